"use strict";
// What the page shows. Everything in it comes from the tables that stand in the file; all of it is set as text, never
// as markup. Only what is looked at stands on the page, so that it stays small however large the tables are.
(() => {
  const ROWS = 50; // rows of a table on the page at once
  const BARS = 20; // bars of a chart
  const MOST_PERIODS = 120; // bars of a chart of periods
  const AROUND = 60; // lines of a passage before and after the hit

  const parse = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = parse("words");
  const setup = parse("setup");
  let language = words[setup.language] ? setup.language : navigator.language.startsWith("zh") ? "zh" : "en";
  const about = parse("about");
  const say = (key) => words[language][key] ?? key;
  /** The same for what has a name elsewhere too: a value of a column, what was done. */
  const called = (kind, name) => words[language][kind]?.[name] ?? name;
  const made = () => about.map(([what, value]) => `${called("made", what)}: ${value}`).join(" · ");
  const number = (value, digits = 0) => value.toLocaleString(language, { maximumFractionDigits: digits });
  const LONG = 1e6; // a number that is written short where there is little room
  const brief = (value, digits = 0) =>
    Math.abs(value) < LONG ? number(value, digits) : value.toLocaleString(language, { notation: "compact", maximumSignificantDigits: 4 });

  // ---- tables

  /** The table of that name: its columns, and its rows as objects. */
  const loaded = new Map();
  function table(name) {
    if (!loaded.has(name)) loaded.set(name, load(name));
    return loaded.get(name);
  }

  function load(name) {
    const element = document.getElementById("table-" + name);
    if (!element) return null;
    const { columns, rows } = JSON.parse(element.textContent);
    const names = columns.map((column) => column.name);
    const above = [];
    return {
      name,
      columns,
      rows: rows.map((cells, position) => {
        const row = { position };
        names.forEach((column, at) => {
          // In a column of texts the number 0 stands for the text above.
          const text = columns[at].type === "string" && cells[at] === 0 ? above[at] : cells[at];
          above[at] = text;
          row[column] = text;
        });
        return row;
      }),
    };
  }

  /** The rows by what `key` gives of each. */
  function groups(rows, key) {
    const found = new Map();
    for (const row of rows) {
      const of = key(row);
      if (of === null || of === undefined || of === "") continue;
      if (found.has(of)) found.get(of).push(row);
      else found.set(of, [row]);
    }
    return found;
  }

  const period = (row) => (row.date ? row.date.slice(0, view.per) : null);

  // ---- what is looked at

  const PER = { year: 4, month: 7, day: 10 };
  const view = { tab: "corpus", per: PER.month, share: false, key: null, period: null, search: "", sort: null, down: false, page: 0 };

  /** What rows add up to; a hundredth of a fen is the last place. */
  const sum = (rows) => Number(rows.reduce((total, row) => total + row.value, 0).toFixed(4));

  /** The parts of the report: the table of each, what its bars count, and its columns on the page. Where `bars` is there, it
      says how long each bar is; where `amount` is, what rows come to, else it is their number. `single`: of one bar only the
      rows can be looked at together. */
  const PARTS = [
    { tab: "corpus", table: "articles", key: (row) => row.newspaper, shown: ["date", "newspaper", "page", "headline", "chars", "place"] },
    { tab: "terms", table: "term_hits", totals: "terms", key: (row) => row.node, shown: ["node", "left", "right", "date", "headline", "place"], hit: "node" },
    { tab: "rising", table: "rising_hits", bars: () => table("rising").rows.map((row) => [row.term, row.slope]), header: "slope", key: (row) => row.node, shown: ["node", "left", "right", "date", "headline", "place"], hit: "node" },
    { tab: "slogans", table: "slogans", key: (row) => row.slogan, shown: ["slogan", "form", "context", "date", "headline", "place"], hit: "form" },
    { tab: "figures", table: "extract-numbers", key: (row) => row.canonical_unit || cell(row, "class"), shown: ["text", "value", "unit", "class", "object", "context", "date", "place"], hit: "text" },
    { tab: "sums", table: "extract-numbers", only: isSum, amount: sum, header: "sum", single: true, key: (row) => row.canonical_unit, shown: ["text", "value", "unit", "object", "context", "date", "place"], hit: "text" },
    { tab: "names", table: "names", key: (row) => row.normal || row.text, shown: ["text", "type", "titles", "context", "date", "headline", "place"], hit: "text" },
    { tab: "doubtful", table: "articles", only: doubtful, key: (row) => say(doubts(row)[0]), shown: ["doubt", "date", "newspaper", "headline", "chars", "place"] },
  ];
  const part = () => PARTS.find((candidate) => candidate.tab === view.tab);

  function doubts(row) {
    const said = [];
    if (!row.headline) said.push("no_headline");
    if (!row.date) said.push("no_date");
    if (!row.newspaper) said.push("no_newspaper");
    if (row.duplicate_chars > 0) said.push("repeats");
    if (row.doubtful) said.push("doubtful");
    return said;
  }
  function doubtful(row) {
    return doubts(row).length > 0;
  }

  /** True for an amount of money that its article says for the first time: what `extract-numbers --sum` adds. */
  function isSum(row) {
    return row.class === "money" && row.article && !row.again && typeof row.value === "number";
  }

  const NAMED = { class: "classes", type: "types" }; // columns whose values have names in each language

  function place(row) {
    return row.file + ":" + (row.line ?? row.first_line ?? "");
  }

  function cell(row, column) {
    if (column === "place") return place(row);
    if (column === "doubt") return doubts(row).map(say).join("; ");
    if (column === "titles") return row.title ?? "";
    if (NAMED[column]) return called(NAMED[column], row[column] ?? "");
    return row[column] ?? "";
  }

  /** All rows of the part that is looked at. */
  function all() {
    const found = table(part().table);
    return found ? found.rows.filter(part().only ?? (() => true)) : [];
  }

  /** Those of the bar that was chosen, in the period that was. */
  function chosen(without) {
    let rows = all();
    if (view.key !== null && without !== "key") rows = rows.filter((row) => part().key(row) === view.key);
    if (view.period !== null && without !== "period") rows = rows.filter((row) => period(row) === view.period);
    return rows;
  }

  /** Those in which the words that are searched for stand, sorted. */
  function listed() {
    let rows = chosen();
    const asked = view.search.trim().toLowerCase();
    if (asked) {
      rows = rows.filter((row) => part().shown.some((column) => String(cell(row, column)).toLowerCase().includes(asked)));
    }
    if (view.sort) {
      const order = new Intl.Collator(language, { numeric: true });
      const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b)));
      rows = [...rows].sort((a, b) => compare(cell(a, view.sort), cell(b, view.sort)) * (view.down ? -1 : 1));
    }
    return rows;
  }

  // ---- making elements: text is text

  function make(name, attributes = {}, ...children) {
    const svg = ["svg", "g", "rect", "text", "line", "title"].includes(name);
    const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  /** What happens on a click, and on the keys that press a button. */
  function pressed(action) {
    return {
      onclick: action,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          action(event);
        }
      },
    };
  }

  const short = (text, length) => {
    const characters = Array.from(text);
    return characters.length > length ? characters.slice(0, length - 1).join("") + "…" : text;
  };

  // ---- charts

  function button(label, value, isChosen, action) {
    return make("g", { role: "button", tabindex: 0, "aria-pressed": String(isChosen), "aria-label": `${label}: ${value}`, ...pressed(action) });
  }

  /** How wide a chart is drawn, so that its letters are as large as those around it. */
  const room = () => Math.max(280, Math.min(560, document.body.clientWidth - 60));

  /** How wide a text is drawn, or a little less. */
  const wide = (text) => Array.from(text).reduce((sum, sign) => sum + (sign > "\u2fff" ? 13 : 8), 0);

  /** Bars that lie: one a name, the longest first. */
  function lying(entries, chosenName, choose) {
    const [width, step] = [room(), 24];
    const left = Math.round(width * 0.3);
    const most = Math.max(...entries.map(([, value]) => Math.abs(value)), 1e-9);
    const svg = make("svg", { viewBox: `0 0 ${width} ${entries.length * step + 4}`, role: "group" });
    entries.forEach(([name, value], at) => {
      const [y, length] = [at * step + 2, (Math.abs(value) / most) * (width - left - 80)];
      const shown = number(value, 2);
      const drawn = brief(value, 2);
      const group = button(name, shown, name === chosenName, () => choose(name));
      group.append(
        make("title", {}, `${name}: ${shown}`),
        make("rect", { class: "hold", x: 1, y, width: width - 2, height: step - 3, rx: 3 }),
        make("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, short(name, Math.floor((left - 10) / 13))),
        make("rect", { class: value < 0 ? "bar falls" : "bar", x: left, y: y + 2, width: Math.max(length, 1), height: step - 7, rx: 2 }),
        make("text", { x: left + length + 6, y: y + 15 }, drawn),
      );
      svg.append(group);
    });
    return svg;
  }

  /** Where a scale ends that reaches `value`: a round number whose half is one too, so that nothing counts by halves. */
  function roundEnd(value) {
    const unit = 10 ** Math.floor(Math.log10(value));
    const rounds = unit > 1 ? [1, 2, 4, 6, 8] : [2, 4, 6, 8];
    return rounds.map((times) => times * unit).find((round) => round >= value) ?? 10 * unit;
  }

  /** Bars that stand: one a period, in the order of time; periods without a row have their place too. */
  function standing(entries, chosenName, choose) {
    const [width, height, bottom] = [room(), 210, 34];
    const most = roundEnd(Math.max(...entries.map(([, value]) => value), 1e-9));
    const scale = [0, 0.5, 1].map((part) => [part, brief(most * part, most < 10 ? 2 : 0)]);
    const left = 12 + Math.max(32, ...scale.map(([, label]) => wide(label)));
    const step = (width - left - 4) / Math.max(entries.length, 1);
    const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" });
    for (const [part, label] of scale) {
      const y = height - bottom - part * (height - bottom - 14);
      svg.append(
        make("line", { x1: left, x2: width, y1: y, y2: y }),
        make("text", { class: "soft", x: left - 5, y: y + 4, "text-anchor": "end" }, label),
      );
    }
    const labelled = Math.max(1, Math.ceil(84 / step));
    entries.forEach(([name, value], at) => {
      const [x, tall] = [left + at * step, (value / most) * (height - bottom - 14)];
      const group = button(name, number(value, 2), name === chosenName, () => choose(name));
      group.append(
        make("title", {}, `${name}: ${number(value, 2)}`),
        make("rect", { class: "hold", x, y: 4, width: step, height: height - bottom - 4 }),
        make("rect", { class: "bar", x: x + step * 0.1, y: height - bottom - tall, width: step * 0.8, height: value > 0 ? Math.max(tall, 1) : 0 }),
      );
      svg.append(group);
      if (at % labelled === 0) {
        svg.append(make("text", { class: "soft", x: x + step / 2, y: height - bottom + 18, "text-anchor": "middle" }, name));
      }
    });
    return svg;
  }

  /** Every period from the first to the last, so that what is missing is seen. */
  function periods(names) {
    const sorted = [...names].sort();
    if (!sorted.length || view.per === PER.day) return sorted;
    const found = [];
    let [year, month] = sorted[0].split("-").map(Number);
    const last = sorted[sorted.length - 1];
    for (let count = 0; count < 2000; count += 1) {
      const name = view.per === PER.year ? String(year).padStart(4, "0") : `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      found.push(name);
      if (name >= last) break;
      if (view.per === PER.year || month === 12) [year, month] = [year + 1, 1];
      else month += 1;
    }
    return found;
  }

  /** A period is as long as it must be for the bars to have room. */
  function fitting() {
    const dates = table("articles").rows.map((row) => row.date).filter(Boolean);
    const days = new Set(dates).size;
    view.per = PER.month;
    if (days <= MOST_PERIODS / 3) view.per = PER.day;
    else if (periods(new Set(dates.map((date) => date.slice(0, PER.month)))).length > MOST_PERIODS) view.per = PER.year;
  }

  const count = (rows) => rows.length;

  function byKey() {
    const { bars, amount = count, key } = part();
    const found = bars ? bars() : [...groups(chosen("key"), key)].map(([name, rows]) => [name, amount(rows)]);
    return found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  function byPeriod() {
    const found = groups(chosen("period"), period);
    const sizes = groups(table("articles").rows, period);
    return periods(sizes.keys()).map((name) => {
      const value = (part().amount ?? count)(found.get(name) ?? []);
      const chars = (sizes.get(name) ?? []).reduce((sum, row) => sum + (row.chars ?? 0), 0);
      return [name, view.share ? (chars ? (value / chars) * 1e4 : 0) : value];
    });
  }

  function csvOf(header, rows) {
    const quoted = (value) => {
      const text = String(value ?? "");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [header, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
  }

  function save(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  function chart(name, entries, svg, header) {
    const csv = () => save(`${view.tab}-${name}.csv`, csvOf(header, entries));
    const tools = make("span", {}, make("button", { onclick: csv, "data-csv": name }, say("csv")), " ",
      make("button", { onclick: () => numbers(name, entries, header), "data-table": name }, say("as_table")));
    return make("figure", { "data-chart": name }, make("figcaption", {}, make("span", {}, say(`${view.tab}_${name}`)), tools), svg);
  }

  /** The numbers of a chart as a table. */
  function numbers(name, entries, header) {
    const body = make("tbody", {}, ...entries.slice(0, 300).map(([label, value]) =>
      make("tr", {}, make("td", {}, label), make("td", { class: "number" }, number(value, 4)))));
    const head = make("thead", {}, make("tr", {}, ...header.map((title, at) => make("th", { class: at ? "number" : null }, say(title)))));
    open(make("h2", {}, say(`${view.tab}_${name}`)), make("table", {}, head, body));
  }

  // ---- the passage

  let byFile = null;
  function lines(file) {
    byFile ??= groups(table("lines").rows, (row) => row.file);
    return byFile.get(file) ?? [];
  }

  const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;
  const characters = (text) => (segmenter ? Array.from(segmenter.segment(text), (piece) => piece.segment) : Array.from(text));

  /** What of each line is the hit: it may run on in the next ones, and blanks count for nothing in it. */
  function marked(found, row, hit) {
    let left = hit ? Array.from(String(hit)).filter((c) => c.trim()).length : 0;
    const marks = new Map();
    for (const line of found) {
      if (left === 0) break;
      const all = characters(line.text ?? "");
      const isFirst = marks.size === 0;
      const start = isFirst ? row.column - line.begin : 0;
      if (isFirst ? line.line !== row.line || start < 0 || start >= all.length : line.article !== row.article) continue;
      let end = start;
      while (end < all.length && left > 0) {
        left -= Array.from(all[end]).filter((c) => c.trim()).length;
        end += 1;
      }
      left = Math.max(left, 0);
      marks.set(line, [all.slice(0, start).join(""), all.slice(start, end).join(""), all.slice(end).join("")]);
    }
    return marks;
  }

  function passage(row) {
    const found = lines(row.file);
    const hit = part().hit && row.line ? marked(found, row, row[part().hit]) : new Map();
    const first = row.line ?? row.first_line ?? 1;
    const last = row.line ?? row.last_line ?? first;
    const own = (line) => line.line >= first - AROUND && line.line <= Math.min(last, first + 4 * AROUND) + AROUND;
    const inArticle = (line) => !row.article || line.article === row.article || hit.has(line);
    const shown = found.filter((line) => own(line) && inArticle(line));
    const list = make("ol", { class: "passage" }, ...shown.map((line) => {
      const pieces = hit.get(line);
      const text = make("span", { class: line.role === "headline" ? "headline" : null });
      if (pieces) text.append(pieces[0], make("mark", {}, pieces[1]), pieces[2]);
      else text.append(line.text ?? "");
      return make("li", { class: pieces ? "here" : null }, make("span", {}, String(line.line)), text);
    }));
    const source = [row.newspaper, row.date, row.page && `${say("page")} ${row.page}`, row.section].filter(Boolean).join(" · ");
    open(make("h2", {}, row.headline || say("no_headline")), make("p", { class: "soft" }, source), make("p", {}, make("code", { "data-place": true }, place(row))), list);
    document.querySelector("dialog .here")?.scrollIntoView({ block: "nearest" });
  }

  function open(...content) {
    const dialog = document.querySelector("dialog");
    const close = make("button", { onclick: () => dialog.close(), autofocus: true }, say("close"));
    dialog.replaceChildren(make("div", { class: "above" }, close), ...content);
    dialog.showModal();
  }

  // ---- the page

  function set(changes) {
    Object.assign(view, changes);
    draw();
  }

  function facts() {
    const articles = table("articles").rows;
    const dates = articles.map((row) => row.date).filter(Boolean).sort();
    const sum = (column) => articles.reduce((total, row) => total + (row[column] ?? 0), 0);
    const said = [
      ["newspapers", number(groups(articles, (row) => row.newspaper).size)],
      ["dates", dates.length ? `${dates[0]} – ${dates[dates.length - 1]}` : "–"],
      ["pages", number(table("pages").rows.length)],
      ["articles", number(articles.length)],
      ["chars", number(sum("chars"))],
      ["duplicate_chars", number(sum("duplicate_chars"))],
      ["doubtful_articles", number(articles.filter(doubtful).length)],
    ];
    return make("dl", { class: "facts" }, ...said.map(([what, value]) =>
      make("div", { "data-fact": what }, make("dt", {}, say(what)), make("dd", {}, value))));
  }

  function tools(count) {
    const choice = (name, options, value, change) => make("label", {}, say(name) + " ", make("select", { onchange: change },
      ...options.map(([key, label]) => make("option", { value: key, selected: key === String(value) }, label))));
    const search = make("input", { type: "search", value: view.search, placeholder: say("search"), "aria-label": say("search") });
    search.addEventListener("input", () => {
      view.search = search.value;
      view.page = 0;
      rows();
    });
    const keys = byKey().slice(0, 300).map(([key]) => [key, short(key, 20)]);
    const all = view.key !== null && !keys.some(([key]) => key === view.key) ? [[view.key, view.key], ...keys] : keys;
    return make("div", { class: "tools" },
      choice(`${view.tab}_key`, part().single ? all : [["", say("all")], ...all], view.key ?? "", (event) => set({ key: event.target.value || null, page: 0 })),
      choice("per", Object.entries(PER).map(([name, length]) => [String(length), say(name)]), view.per, (event) => set({ per: Number(event.target.value), period: null, page: 0 })),
      view.tab === "corpus" || view.tab === "doubtful" || part().amount ? null :
        choice("measure", [["", say("count")], ["1", say("share")]], view.share ? "1" : "", (event) => set({ share: event.target.value === "1" })),
      search,
      make("button", { id: "clear", onclick: () => set({ key: firstKey(), period: null, search: "", page: 0 }), disabled: view.key === firstKey() && view.period === null && !view.search }, say("clear")),
      make("button", { id: "rows-csv", onclick: () => save(`${view.tab}.csv`, rowsCsv()) }, say("rows_csv")));
  }

  /** What is chosen where nobody chose: nothing, or the first bar where rows of several cannot be looked at together. */
  function firstKey() {
    return part().single ? byKey()[0][0] : null;
  }

  /** The rows that are listed, with all columns of their table. */
  function rowsCsv() {
    const names = table(part().table).columns.map((column) => column.name);
    return csvOf(names, listed().map((row) => names.map((name) => row[name])));
  }

  function rows() {
    const holder = document.getElementById("rows");
    const found = listed();
    const pages = Math.max(1, Math.ceil(found.length / ROWS));
    view.page = Math.min(view.page, pages - 1);
    const kinds = new Map(table(part().table).columns.map((column) => [column.name, column.type]));
    const isNumber = (column) => ["integer", "number"].includes(kinds.get(column));
    const head = part().shown.map((column) => {
      const order = view.sort === column ? (view.down ? "descending" : "ascending") : null;
      const sign = order === "descending" ? " ▼" : order ? " ▲" : "";
      const sort = () => {
        Object.assign(view, { sort: column, down: view.sort === column && !view.down, page: 0 });
        rows();
        document.querySelector(`th[data-column="${column}"] button`).focus();
      };
      return make("th", { "aria-sort": order, "data-column": column, class: isNumber(column) ? "number" : null }, make("button", { onclick: sort }, say(column) + sign));
    });
    const body = found.slice(view.page * ROWS, (view.page + 1) * ROWS).map((row) => {
      const cells = part().shown.map((column) => {
        const value = cell(row, column);
        const text = typeof value === "number" ? number(value, 10) : short(String(value), 120);
        const kind = isNumber(column) ? "number" : column === "date" || NAMED[column] ? "whole" : null;
        const hit = part().hit && column === "context" ? row[part().hit] : null;
        const at = hit ? text.indexOf(hit) : -1;
        if (at < 0) return make("td", { class: kind }, text);
        return make("td", { class: kind }, text.slice(0, at), make("mark", {}, hit), text.slice(at + hit.length));
      });
      return make("tr", { tabindex: 0, ...pressed(() => passage(row)) }, ...cells);
    });
    const turn = (by) => () => {
      view.page += by;
      rows();
    };
    holder.replaceChildren(
      make("div", { class: "tools" },
        make("span", { id: "count", "data-count": found.length, "aria-live": "polite" }, `${number(found.length)} ${say("rows")}`),
        make("button", { onclick: turn(-1), disabled: view.page === 0 }, say("previous")),
        make("span", {}, `${number(view.page + 1)} / ${number(pages)}`),
        make("button", { onclick: turn(1), disabled: view.page >= pages - 1 }, say("next"))),
      make("div", { class: "wide" }, make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body))));
  }

  /** Of `entries`, which rise at the head and fall at the tail, the steepest of either kind. */
  function steepest(entries) {
    const half = BARS / 2;
    const rise = entries.filter(([, slope]) => slope > 0);
    const fall = entries.filter(([, slope]) => slope < 0);
    return [...rise.slice(0, Math.max(half, BARS - fall.length)), ...fall.slice(-Math.max(half, BARS - rise.length))];
  }

  function draw() {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("title");
    const focused = document.activeElement?.getAttribute?.("aria-label") ?? document.activeElement?.id;
    const optional = ["rising", "sums", "doubtful"];
    const tabs = PARTS.filter(({ table: name, tab, only = () => true }) => table(name) && (!optional.includes(tab) || table(name).rows.some(only)));
    const keys = byKey();
    const times = byPeriod();
    const chooseKey = (name) => set({ key: view.key === name ? firstKey() : name, page: 0 });
    const choosePeriod = (name) => set({ period: view.period === name ? null : name, page: 0 });
    const top = view.tab === "rising" ? steepest(keys) : keys.slice(0, BARS);
    const turned = (event) => {
      const at = tabs.findIndex(({ tab }) => tab === view.tab);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1 }[event.key];
      if (to === undefined || !tabs[to]) return;
      show(tabs[to].tab);
      document.querySelector('nav [aria-selected="true"]').focus();
    };
    const other = language === "zh" ? "en" : "zh";
    const pieces = [
      make("header", {}, make("h1", {}, say("title")), make("span", {},
        make("small", {}, `${setup.version} `),
        make("button", { id: "language", lang: other, onclick: () => { language = other; draw(); } }, words[other].name), " ",
        make("button", { onclick: () => print() }, say("print")))),
      make("nav", { role: "tablist", onkeydown: turned }, ...tabs.map(({ tab }) =>
        make("button", { role: "tab", "data-tab": tab, "aria-selected": String(tab === view.tab), tabindex: tab === view.tab ? 0 : -1, onclick: () => show(tab) }, say(`tab_${tab}`)))),
      view.tab === "corpus" ? make("div", {}, facts(), make("p", { class: "soft", id: "made" }, made())) : make("p", { class: "soft" }, say(`${view.tab}_about`)),
      make("div", { class: "charts" },
        chart("bars", keys, lying(top, view.key, chooseKey), [`${view.tab}_key`, part().header ?? "count"]),
        chart("time", times, standing(times.slice(-MOST_PERIODS), view.period, choosePeriod), ["date", view.share ? "share" : part().amount ? part().header : "count"])),
      keys.length > BARS ? make("p", { class: "soft" }, `${say("more_bars")} ${number(keys.length)}`) : null,
      tools(),
      make("section", { id: "rows" }),
    ];
    document.querySelector("main").replaceChildren(...pieces.filter((piece) => piece !== null));
    rows();
    if (focused) document.querySelector(`[aria-label="${CSS.escape(focused).replaceAll('"', '\\"')}"], [id="${CSS.escape(focused)}"]`)?.focus();
  }

  function show(tab) {
    Object.assign(view, { tab, key: null, period: null, search: "", sort: null, down: false, page: 0, share: false });
    view.key = firstKey();
    fitting();
    draw();
  }

  // Where the page grows or shrinks, charts are drawn anew, so that their letters stay as large as the others.
  let drawn = room();
  window.addEventListener("resize", () => {
    if (room() === drawn) return;
    drawn = room();
    draw();
  });

  show("corpus");
})();
