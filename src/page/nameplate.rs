//! Where a page's mastheads stand: lines made of the data that a paper prints about itself, and what is between them.

use jiff::civil::Date;

use super::folio::Folio;
use super::lexicon::{Cue, Lists};
use super::masthead::{self, Coverage};
use super::scan::{Ending, Raw, SHORT, compact, is_blank};
use super::{Masthead, Role};
use crate::calendar::Glyphs;

/// How many lines may stand between two lines of one masthead.
const GAP: usize = 4;

/// Finds the masthead lines: those made of a paper's own data, and what stands between them.
pub(super) fn mark(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    masthead: &mut Masthead,
    folios: &[Option<Folio>],
    lists: &Lists,
) {
    let known = named_for_certain(roles, folios);
    // Header lines, which say by themselves what they are.
    let given: Vec<bool> = roles.iter().map(|role| *role == Some(Role::Masthead)).collect();
    let mut scores: Vec<(usize, u32)> = Vec::new();
    let mut names: Vec<usize> = Vec::new();
    // Days with their weekday: where a page says it once more, it is a running head.
    let mut days: Vec<(usize, Date)> = Vec::new();
    let split = split_date(text, lines);
    for (i, line) in lines.iter().enumerate() {
        if let Some((first, last, _)) = split
            && (first..=last).contains(&i)
        {
            roles[i] = None;
            scores.push((i, 1 + u32::from(i == first)));
            continue;
        }
        if roles[i].is_some() || line.width > SHORT || line.ending == Ending::Stop {
            continue;
        }
        let content = line.content(text);
        let told = line.digits > 0
            || content.contains(['第', '年', '〇', '一', '.', '@'])
            || content.len() <= 24 && content.contains(['期', '版']);
        let coverage = if told {
            let mut own = Masthead::default();
            let coverage = masthead::read_line(content, &lists.announces, &mut own);
            if let Some(date) = own.date.filter(|_| own.weekday.is_some() && coverage.is_high()) {
                days.push((i, date));
            }
            coverage
        } else {
            Coverage::default()
        };
        let edition = line.has(Cue::Edition);
        let name = is_name(content, line, i) && is_paper(&name_of(content), known.as_deref());
        let score =
            if edition || folios[i].as_ref().is_some_and(Folio::is_sure) || is_completed(lines, folios, i) {
                4
            } else if line.has(Cue::Own) {
                2
            } else if coverage.is_high() {
                let sure =
                    2 * u32::from(coverage.certain) + u32::from(coverage.dated) + u32::from(coverage.address);
                let said = sure
                    + u32::from(content.contains("星期") && coverage.dated)
                    + u32::from(coverage.certain && coverage.covered > 8);
                said.max(u32::from(coverage.routine))
            } else if coverage.certain && line.commas == 0 {
                2
            } else if line.has(Cue::MastheadLabel)
                && line.could_head()
                && (coverage.address || coverage.dated || line.width <= 44 || is_published(content, lists))
                && line.level == 0
            {
                1
            } else {
                u32::from(name)
            };
        if score > 0 {
            scores.push((i, score));
            if name {
                names.push(i);
            }
        }
    }
    // Lines near one another make a block; a block that says enough is a masthead.
    let mut from = 0;
    while from < scores.len() {
        let mut to = from;
        while to + 1 < scores.len() && bridges(lines, roles, folios, scores[to].0, scores[to + 1].0) {
            to += 1;
        }
        let total: u32 = scores[from..=to].iter().map(|&(_, score)| score).sum();
        let strong = scores[from..=to].iter().any(|&(_, score)| score >= 2);
        let at_top = scores[from].0 <= 3;
        // The name of the paper, and the day beside it.
        let strong = strong || is_headed(&scores[from..=to], &names, folios);
        if strong && (total >= 3 || at_top) || scores[from..=to].iter().any(|&(_, s)| s >= 4) {
            let (first, last) = (scores[from].0, scores[to].0);
            // What stands before a masthead at the top of the page is its own: a motto, the name in Latin.
            let alone = first == last && folios[first].as_ref().is_some_and(Folio::is_sure);
            let start = if first <= 4
                && !alone
                && lines[..first].iter().all(|l| l.could_head() && l.width <= 40 && l.level == 0)
            {
                0
            } else {
                first
            };
            // Below a headline it says where and when the article was printed, and heads no page.
            let cites =
                |folio: &Folio| folio.timed || folio.labelled || lines[first].content(text).starts_with('《');
            let cited = alone && first > 0 && folios[first].as_ref().is_some_and(cites);
            let role = if cited { Role::Other } else { Role::Masthead };
            for k in start..=last {
                if roles[k].is_none() {
                    roles[k] = Some(role);
                    masthead::read_line(lines[k].content(text), &lists.announces, masthead);
                }
            }
            mark_latin_name(text, lines, roles, last + 1);
            read_name(text, lines, roles, start, masthead, &names);
            for &n in names.iter().filter(|n| (start..=last).contains(*n)) {
                if masthead.newspaper.is_none() {
                    masthead.newspaper = Some(name_of(lines[n].content(text)));
                }
            }
        }
        from = to + 1;
    }
    if let Some((first, _, date)) = split
        && roles[first] == Some(Role::Masthead)
        && masthead.date.is_none()
    {
        masthead.date = Some(date);
    }
    if known.is_some() {
        masthead.newspaper = known;
    }
    // A footer that repeats a headline says the day as well.
    let dated = |(folio, role): (&Option<Folio>, &Option<Role>)| {
        let folio = folio.as_ref().filter(|folio| !folio.visited)?;
        folio.date.filter(|_| *role == Some(Role::Masthead) || folio.is_sure() || folio.is_day())
    };
    masthead.date = masthead.date.or_else(|| folios.iter().zip(roles.iter()).find_map(dated));
    if masthead.newspaper.is_none() {
        masthead.newspaper = lines
            .iter()
            .zip(roles.iter().zip(&given))
            .filter(|(_, (role, given))| **role == Some(Role::Masthead) && !**given)
            .find_map(|(line, _)| publisher(line.content(text), lists));
    }
    // 北湖工人报数字报: the paper, and in what form.
    if let Some(name) = &mut masthead.newspaper
        && let Some(paper) = lists.publishers.iter().find_map(|form| name.strip_suffix(form.as_str()))
        && paper.ends_with(['报', '報'])
    {
        *name = paper.to_owned();
    }
    mark_running_heads(text, lines, roles, masthead, &names, &days);
    mark_accounts(text, lines, roles);
}

/// The name of the paper, where a line says it with the day or the page, or with the rights: the first that does.
fn named_for_certain(roles: &[Option<Role>], folios: &[Option<Folio>]) -> Option<String> {
    let mut folios = folios.iter().zip(roles).filter_map(|(folio, role)| Some((folio.as_ref()?, role)));
    folios.find_map(|(folio, role)| {
        let footer = *role == Some(Role::Masthead);
        let certain = folio.is_sure() || footer || folio.edition && folio.rest.is_empty();
        folio.newspaper.clone().filter(|_| certain && !folio.visited)
    })
}

/// True where `name` may be the paper that is known by `known`, or a part of its name.
fn is_paper(name: &str, known: Option<&str>) -> bool {
    known.is_none_or(|known| {
        let differ = known.chars().zip(name.chars()).filter(|(a, b)| a != b).count();
        known.contains(name) || known.chars().count() == name.chars().count() && differ <= 1
    })
}

/// True where line `i` and one beside it are a folio between them: the day on one, the name of the paper on the other.
fn is_completed(lines: &[Raw], folios: &[Option<Folio>], i: usize) -> bool {
    let pure = |k: usize| folios.get(k)?.as_ref().filter(|folio| folio.is_pure() && folio.is_routine());
    let pair = |above: usize| {
        let (upper, lower) = (pure(above)?, pure(above + 1)?);
        let parts = |folio: &Folio| (folio.date.is_some(), folio.newspaper.is_some());
        let whole = matches!(
            (parts(upper), parts(lower)),
            ((true, false), (false, true)) | ((false, true), (true, false))
        );
        (whole && lines.get(above + 1)?.blanks == 0).then_some(())
    };
    pair(i).or_else(|| pair(i.checked_sub(1)?)).is_some()
}

/// True where a block has the name of the paper on a line by itself, and the day on another.
fn is_headed(block: &[(usize, u32)], names: &[usize], folios: &[Option<Folio>]) -> bool {
    let dated =
        |i: usize| folios[i].as_ref().is_some_and(|folio| folio.date.is_some() && folio.rest.is_empty());
    block.iter().any(|(i, _)| names.contains(i)) && block.iter().any(|&(i, _)| dated(i))
}

/// The paper's name and the day once more, between the articles.
fn mark_running_heads(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    masthead: &Masthead,
    names: &[usize],
    days: &[(usize, Date)],
) {
    let name = masthead.newspaper.as_deref().unwrap_or_default();
    for (line, role) in lines.iter().zip(roles.iter_mut()).filter(|(_, role)| role.is_none()) {
        if !name.is_empty() && line.content(text) == name {
            *role = Some(Role::Masthead);
        }
    }
    for &i in names {
        if roles[i].is_none() && name_of(lines[i].content(text)) == name {
            roles[i] = Some(Role::Masthead);
        }
    }
    for &(i, date) in days {
        if roles[i].is_none() && masthead.date == Some(date) {
            roles[i] = Some(Role::Masthead);
        }
    }
}

/// Where else the paper is to be found, with the code to scan beside it.
fn mark_accounts(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    for i in 0..lines.len() {
        let account = lines[i].has(Cue::Account)
            && lines[i].level == 0
            && matches!(roles[i], None | Some(Role::Masthead))
            && lines[i].could_head();
        if !account {
            continue;
        }
        let scanned = |k: usize| {
            roles[k] == Some(Role::Other)
                && lines[k].has(Cue::Turn)
                && lines[k].content(text).starts_with('扫')
        };
        let above = i > 0 && lines[i].blanks <= 1 && scanned(i - 1);
        let below = i + 1 < lines.len() && lines[i + 1].blanks <= 1 && scanned(i + 1);
        if above {
            roles[i - 1] = Some(Role::Masthead);
        }
        if below {
            roles[i + 1] = Some(Role::Masthead);
        }
        if above || below {
            roles[i] = Some(Role::Masthead);
        }
    }
}

/// A day whose parts stand on lines of their own, the day of the month set large: 2009年5月, below it 12. Its first
/// and last line, and the day.
pub(super) fn split_date(text: &str, lines: &[Raw]) -> Option<(usize, usize, Date)> {
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
            return Some((i, i + 1, date));
        }
        // 二〇二〇年, 五月, 四日
        if let (Some(month), Some(below)) = (beside(i + 1), beside(i + 2))
            && let Some(date) = day(&(content.clone() + month), below)
        {
            return Some((i, i + 2, date));
        }
        if let Some(before) = i.checked_sub(1)
            && let Some(date) = beside(before).and_then(|above| day(content, above))
        {
            return Some((before, i, date));
        }
    }
    None
}

/// The year and month of 2016.8, with a weekday behind it or not, as they are written in words; other text as it is.
fn in_words(content: &str) -> String {
    let (months, weekday) = content.split_once(is_blank).unwrap_or((content, "星期"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    match months.split_once('.') {
        Some((year, month))
            if digits(year, 4) && digits(month, 2) && weekday.trim_start().starts_with("星期") =>
        {
            format!("{year}年{month}月")
        }
        _ => content.to_owned(),
    }
}

/// The paper's name, where its line ends in no word that names end in, or only the end of it is on one line.
fn read_name(
    text: &str,
    lines: &[Raw],
    roles: &[Option<Role>],
    start: usize,
    masthead: &mut Masthead,
    names: &[usize],
) {
    if masthead.newspaper.is_some() {
        return;
    }
    let plain = |i: usize| {
        let name = name_of(lines[i].content(text));
        let count = name.chars().count();
        let chinese = name.chars().all(|c| c.is_alphanumeric() && !c.is_ascii());
        (roles[i] == Some(Role::Masthead) && chinese && count <= 8 && !lines[i].has(Cue::MastheadLabel))
            .then_some((name, count))
    };
    if let Some(&first) = names.first() {
        // 江海 above 工人日报: one name on two lines.
        if let Some(before) = first.checked_sub(1)
            && let (Some((head, 2..=3)), Some((tail, 2..=4))) = (plain(before), plain(first))
        {
            masthead.newspaper = Some(head + &tail);
        }
        return;
    }
    if start <= 1
        && let Some((name, 3..=8)) = plain(start)
    {
        masthead.newspaper = Some(name);
    }
}

/// The paper's name in Latin letters behind its masthead: YUEXI RIBAO.
fn mark_latin_name(text: &str, lines: &[Raw], roles: &mut [Option<Role>], k: usize) {
    if k < lines.len() && roles[k].is_none() && lines[k].width <= 40 {
        let latin = lines[k].content(text).chars().all(|c| c.is_ascii_uppercase() || is_blank(c));
        if latin {
            roles[k] = Some(Role::Masthead);
        }
    }
}

/// True where line `a` and line `b` may belong to one masthead: few lines between, none of them running text.
fn bridges(lines: &[Raw], roles: &[Option<Role>], folios: &[Option<Folio>], a: usize, b: usize) -> bool {
    let between = &lines[a + 1..b];
    let own = between.iter().zip(&roles[a + 1..b]).filter(|(_, role)| role.is_none()).count();
    // Below the headline a digital edition says paper and day once more: the headline is none of the masthead.
    let whole =
        |i: usize| folios[i].as_ref().is_some_and(|folio| folio.is_sure() && folio.newspaper.is_some());
    (own <= GAP && (own == 0 || !whole(b)))
        && between.len() <= 2 * GAP + 4
        && between.iter().all(|line| {
            line.width <= 60
                && !line.inner_stop
                && line.ending != Ending::Stop
                && (line.level == 0 || line.level > 1)
                && !line.has(Cue::LeadOpener)
        })
}

/// The name of a paper, alone on its line.
pub(super) fn is_name(content: &str, line: &Raw, i: usize) -> bool {
    // Near the head of a page whatever ends in 报 and is no 汇报 is one.
    let ends =
        || i < 30 && name_of(content).ends_with(['报', '報']) && !line.has(Cue::NoName) && line.width >= 8;
    if !(line.has(Cue::NameEnding) || ends()) {
        return false;
    }
    let compact = name_of(content);
    let count = compact.chars().count();
    (3..=12).contains(&count)
        && line.could_head()
        && !compact.contains(['“', '”', '：', '，', '《', '！', '？'])
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
