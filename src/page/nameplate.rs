//! What the masthead lines of a page say: the paper's name, its day, its numbers, and which page it is.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::evidence::View;
use super::folio::Folio;
use super::imprint::Imprint;
use super::page_words::{Cue, Lists};
use super::pattern::Pattern;
use super::scan::{Raw, compact, is_blank};
use super::{Masthead, Role, masthead};
use crate::calendar::Glyphs;

/// How many lines at the head of a page may say what page it is.
const HEAD: usize = 6;
/// How many lines at the head of a page may be its paper's name, if they end as names of papers do.
const NAMED: usize = 30;
/// The narrowest such line, in columns.
const NARROWEST: u32 = 8;

/// What the masthead of a page says, and what each of its lines says of paper, day and page. `roles` says which lines
/// are the masthead's, `is_header` which are data that a program put above the text: they speak for themselves.
pub(super) fn read(
    view: &View<'_>,
    roles: &[Role],
    is_header: impl Fn(usize) -> bool,
) -> (Masthead, Vec<Imprint>) {
    let mut masthead = Masthead::default();
    let lists = &view.page_words.lists;
    // A poem may end in a year and a month, too: no line of the day is text, or none above it.
    let owned = |i: usize| !matches!(roles[i], Role::Masthead | Role::Other);
    let split = split_date(view.text, view.lines)
        .filter(|(lines, _)| !lines.clone().any(owned) || !(0..*lines.start()).any(owned));
    let mut folios = folios(view, split.as_ref().map(|(lines, _)| lines.clone()));
    for (i, folio) in folios.iter_mut().enumerate() {
        *folio = folio.take().filter(|_| !is_header(i));
    }
    // The day of a visit is none of the paper's; what is nothing but a paper's data is, whatever else the line is.
    let visited = |i: usize| folios[i].as_ref().is_some_and(|folio| folio.visited);
    let data = |i: usize| (roles[i] == Role::Other) & view.is_data(i);
    let own = || {
        (0..roles.len()).filter(|&i| ((roles[i] == Role::Masthead) | data(i)) & !visited(i) & !is_header(i))
    };
    for i in own() {
        let known = masthead.date;
        masthead::read_line(view.lines[i].content(view.text), &lists.announces, &mut masthead);
        // Of the days of one line that of issue counts.
        if let Some(folio) = folios[i].as_ref().filter(|folio| folio.visit.is_some()) {
            masthead.date = known.or(folio.date);
        }
    }
    // A footer that repeats a headline says the day as well.
    let dated = |(folio, role): (&Option<Folio>, &Role)| {
        let folio = folio.as_ref().filter(|folio| !folio.visited)?;
        folio.date.filter(|_| (*role == Role::Masthead) | folio.is_sure() | folio.is_day())
    };
    masthead.date =
        (masthead.date).or(split.map(|(_, date)| date)).or_else(|| folios.iter().zip(roles).find_map(dated));
    let published = || own().find_map(|i| publisher(view.lines[i].content(view.text), lists));
    masthead.newspaper = named_for_certain(view, &folios)
        .or_else(|| name(view, |i| (roles.get(i) == Some(&Role::Masthead)) & !visited(i) & !is_header(i)))
        .or_else(published)
        .map(|name| paper(name, lists));
    let imprints = imprints(view, roles, folios);
    masthead.page = imprints.iter().find_map(|imprint| imprint.page.clone());
    masthead.section = imprints.iter().find_map(|imprint| imprint.section.clone());
    (masthead, imprints)
}

/// What each line says of paper, day and page, those of a footer on its first line.
fn folios(view: &View<'_>, split: Option<RangeInclusive<usize>>) -> Vec<Option<Folio>> {
    let mut folios = view.folios.clone();
    // 今天是, and the day below it.
    let asks = |folio: &Option<Folio>| folio.as_ref().is_some_and(Folio::announces_visit);
    let asked: Vec<bool> = folios.iter().map(asks).collect();
    for (folio, asked) in folios.iter_mut().skip(1).zip(asked) {
        folio.iter_mut().for_each(|folio| folio.visited |= asked);
    }
    // A day of the month set large is no number of a page.
    split.into_iter().for_each(|lines| folios[lines].fill(None));
    for footer in &view.footers {
        let (first, last) = footer.lines;
        folios[first..=last].fill(None);
        folios[first] = Some(footer.folio.clone());
    }
    folios
}

/// What the masthead lines and the labels of pages say, in their order.
fn imprints(view: &View<'_>, roles: &[Role], folios: Vec<Option<Folio>>) -> Vec<Imprint> {
    let masthead = |i: usize| roles.get(i) == Some(&Role::Masthead);
    let told = |i: usize, folio: &Folio| {
        let labels_page = folio.is_pure() & folio.date.is_none() & !folio.visited;
        let near = (i < HEAD) | masthead(i + 1) | masthead(i.wrapping_sub(1));
        let said = near || view.lines[i].content(view.text).contains('版');
        let dates_article = folio.is_sure() | folio.is_day();
        masthead(i) | ((roles[i] == Role::Other) & (dates_article | (labels_page & said)))
    };
    let found = folios.into_iter().enumerate().filter_map(|(i, folio)| Some((i, folio?)));
    found.filter(|(i, folio)| told(*i, folio)).map(|(i, folio)| Imprint::of(i, folio)).collect()
}

/// The name of the paper, where a line says it with the day or the page, or with the rights: the first that does.
fn named_for_certain(view: &View<'_>, folios: &[Option<Folio>]) -> Option<String> {
    let footer = |i: usize| view.footers.iter().any(|footer| footer.lines.0 == i);
    let certain = |(i, folio): (usize, &Option<Folio>)| {
        let folio = folio.as_ref().filter(|folio| !folio.visited)?;
        let paged = folio.is_pure() & folio.page.is_some();
        let certain = folio.is_sure() | (folio.edition & folio.rest.is_empty()) | paged | footer(i);
        folio.newspaper.clone().filter(|_| certain)
    };
    folios.iter().enumerate().find_map(certain)
}

/// The paper's name on a line of its own, or on two; or the first line of the page, which no word of names ends.
fn name(view: &View<'_>, is_own: impl Fn(usize) -> bool) -> Option<String> {
    let plain = |i: usize| {
        let line = view.lines.get(i).filter(|_| is_own(i))?;
        let name = name_of(line.content(view.text));
        let chinese = name.chars().all(|c| c.is_alphanumeric() & !c.is_ascii());
        let count = name.chars().count();
        (chinese & !line.has(Cue::MastheadLabel)).then_some((name, count))
    };
    let named = |i: &usize| {
        let line = &view.lines[*i];
        let content = line.content(view.text);
        is_own(*i) && is_name(content, line, *i) && !view.page_words.lists.is_about_a_paper(content)
    };
    match (0..view.lines.len()).find(named) {
        // 江海 above 工人日报: one name on two lines.
        Some(first) => match (first.checked_sub(1).and_then(plain), plain(first)) {
            (Some((head, 2..=3)), Some((tail, 2..=4))) => Some(head + &tail),
            _ => Some(name_of(view.lines[first].content(view.text))),
        },
        None => (0..2).find_map(plain).filter(|(_, count)| (3..=8).contains(count)).map(|(name, _)| name),
    }
}

/// 北湖工人报数字报: the paper, and in what form.
fn paper(name: String, lists: &Lists) -> String {
    let form = lists.publishers.iter().find_map(|form| name.strip_suffix(form.as_str()));
    form.filter(|paper| paper.ends_with(['报', '報'])).map_or(name.clone(), str::to_owned)
}

/// A day whose parts stand on lines of their own, the day of the month set large: 2009年5月, below it 12. Its lines,
/// and the day.
fn split_date(text: &str, lines: &[Raw]) -> Option<(RangeInclusive<usize>, Date)> {
    let head = lines.iter().enumerate().take(30);
    for (i, line) in head.filter(|(_, line)| line.width <= 24 && line.level == 0) {
        let content = &in_words(line.content(text));
        if !content.ends_with(['年', '月']) {
            continue;
        }
        let beside = |k: usize| lines.get(k).filter(|line| line.width <= 8).map(|line| line.content(text));
        let day = |before: &str, after: &str| {
            let after = after.trim_end_matches(['日', '号']);
            let glyphs = Glyphs::of(&format!("{before}{after}日"), is_blank);
            glyphs.date(0).filter(|&(_, length)| length == glyphs.chars.len()).map(|(date, _)| date)
        };
        if let Some(date) = beside(i + 1).and_then(|below| day(content, below)) {
            return Some((i..=i + 1, date));
        }
        // 二〇二〇年, 五月, 四日
        if let (Some(month), Some(below)) = (beside(i + 1), beside(i + 2))
            && let Some(date) = day(&(content.clone() + month), below)
        {
            return Some((i..=i + 2, date));
        }
        if let Some(before) = i.checked_sub(1)
            && let Some(date) = beside(before).and_then(|above| day(content, above))
        {
            return Some((before..=i, date));
        }
    }
    None
}

/// The year and month of 2016.8, with a weekday behind it or not, as they are written in words; other text as it is.
fn in_words(content: &str) -> String {
    if !Pattern::YearAndMonth.fits(content) {
        return content.to_owned();
    }
    let (months, _) = content.split_once(is_blank).unwrap_or((content, ""));
    months.replace('.', "年") + "月"
}

/// The name of a paper, alone on its line.
pub(super) fn is_name(content: &str, line: &Raw, i: usize) -> bool {
    // Near the head of a page whatever ends in 报 and is no 汇报 is one.
    let heads_page = i < NAMED && line.width >= NARROWEST && !line.has(Cue::NoName);
    let name = match (line.has(Cue::NameEnding), heads_page) {
        (true, _) => Pattern::Nameplate,
        (false, true) => Pattern::NameplateOfAnyPaper,
        (false, false) => return false,
    };
    line.could_head() && name.fits(&name_of(content))
}

/// The name that is all of a line, out of its marks: 《越溪日报》.
fn name_of(content: &str) -> String {
    let name = compact(content).replace("曰报", "日报");
    let inner = name.strip_prefix('《').and_then(|name| name.strip_suffix('》'));
    inner.map_or_else(|| name.clone(), str::to_owned)
}

/// True where the line ends in who publishes the paper: 中共某某县委 某某县人民政府主办.
pub(super) fn is_published(content: &str, lists: &Lists) -> bool {
    lists.publishers.iter().any(|end| content.ends_with(end.as_str()))
}

/// The paper's name from a line about its publisher: `…  越溪日报社出版`, `浙江工人日报 数字报纸`.
fn publisher(content: &str, lists: &Lists) -> Option<String> {
    content.split(|c: char| is_blank(c) || "，,。：:　|".contains(c)).find_map(|word| {
        let stem = lists.publishers.iter().find_map(|end| word.strip_suffix(end.as_str())).unwrap_or(word);
        let stem = stem.trim_start_matches("本报由");
        let ends = ["报", "報", "周刊", "晚刊"].iter().any(|end| stem.ends_with(end));
        (ends && (3..=12).contains(&stem.chars().count()) && !lists.names_no_paper(stem))
            .then(|| name_of(stem))
    })
}
