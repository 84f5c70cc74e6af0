//! What stands around a line: the run of short lines that it is one of, how far away sentences, bylines and other
//! headings are, and lines that look like it.

use super::super::page_words::Cue;
use super::super::scan::{Ending, Raw, SHORT, is_blank};
use super::Fact;
use super::people::Named;
use super::place::Places;
use super::wording::Said;

pub(super) const FACTS: &[Fact] = &[
    Fact::steps(
        "run",
        "How many lines that may be headings stand together with it.",
        &[1, 2, 3, 4, 6],
        |view, i| view.around.of[i].run.size,
    )
    .near(),
    Fact::names(
        "run-place",
        "Where in that run it stands.",
        &["", "only", "first", "inner", "last"],
        |view, i| view.around.of[i].run.place,
    )
    .near(),
    Fact::names(
        "tight-run",
        "Where it stands in the run of them that no gap parts.",
        &["", "only", "first", "inner", "last"],
        |view, i| view.around.of[i].tight.place,
    )
    .near(),
    Fact::names("above-width", "Its width beside that of the line above.", &BESIDE, |view, i| {
        beside(view.lines, i, i.checked_sub(1))
    }),
    Fact::names("below-width", "Its width beside that of the line below.", &BESIDE, |view, i| {
        beside(view.lines, i, Some(i + 1))
    }),
    Fact::names(
        "even",
        "Whether it and the line above are headings of one length, and how many of their characters are the same.",
        &EVEN,
        |view, i| view.around.of[i].even,
    )
    .near(),
    Fact::names("above-level", "Its heading mark beside that of the line above.", &LEVELS, |view, i| {
        beside_level(view.lines, i, i.checked_sub(1))
    }),
    Fact::names("below-level", "Its heading mark beside that of the line below.", &LEVELS, |view, i| {
        beside_level(view.lines, i, Some(i + 1))
    }),
    Fact::within("since-stop", "How many lines above a sentence ends.", DISTANCES, |view, i| {
        view.around.of[i].since_stop
    }),
    Fact::within("to-stop", "How many lines below a sentence ends.", DISTANCES, |view, i| {
        view.around.of[i].to_stop
    }),
    Fact::within("to-text", "How many lines below running text stands.", DISTANCES, |view, i| {
        view.around.of[i].to_text
    }),
    Fact::within("since-text", "How many lines above running text stands.", DISTANCES, |view, i| {
        view.around.of[i].since_text
    }),
    Fact::within("to-byline", "How many lines below a byline opens a story.", FAR_DISTANCES, |view, i| {
        view.around.of[i].to_byline
    }),
    Fact::within(
        "since-byline",
        "How many lines above a byline opened a story.",
        FAR_DISTANCES,
        |view, i| view.around.of[i].since_byline,
    ),
    Fact::within("to-credit", "How many lines below a credit stands.", DISTANCES, |view, i| {
        view.around.of[i].to_credit
    }),
    Fact::within("since-credit", "How many lines above a credit stands.", DISTANCES, |view, i| {
        view.around.of[i].since_credit
    }),
    Fact::within("to-heading", "How many lines below a heading mark stands.", FAR_DISTANCES, |view, i| {
        view.around.of[i].to_level
    }),
    Fact::within("since-heading", "How many lines above a heading mark stands.", FAR_DISTANCES, |view, i| {
        view.around.of[i].since_level
    }),
    Fact::within("to-masthead", "How many lines below data of a masthead stands.", DISTANCES, |view, i| {
        view.around.of[i].to_masthead
    }),
    Fact::within(
        "since-masthead",
        "How many lines above data of a masthead stands.",
        DISTANCES,
        |view, i| view.around.of[i].since_masthead,
    ),
    Fact::within("to-site", "How many lines below something of a site stands.", DISTANCES, |view, i| {
        view.around.of[i].to_site
    }),
    Fact::within("since-site", "How many lines above something of a site stands.", DISTANCES, |view, i| {
        view.around.of[i].since_site
    }),
    Fact::steps(
        "parallel",
        "How many short lines near by have its length, level and marks.",
        &[1, 2, 3],
        |view, i| view.around.of[i].parallel,
    )
    .near(),
    Fact::names(
        "pending",
        "Whether the running text above was left in a sentence, and what stands between.",
        &PENDING,
        |view, i| view.around.of[i].pending,
    )
    .near(),
    Fact::flag("before-text", "No sentence ends and no byline stands above it on the page.", |view, i| {
        view.around.of[i].before_text.into()
    })
    .near(),
    Fact::names(
        "text-above",
        "How the nearest running text above ends, and fills its column.",
        &TEXT,
        |view, i| view.around.of[i].text_above,
    ),
];

const DISTANCES: &[u32] = &[1, 2, 3, 4, 6];
const FAR_DISTANCES: &[u32] = &[1, 2, 3, 4, 6, 10];

pub(super) const BESIDE: [&str; 8] =
    ["", "far-less", "less", "little-less", "same", "little-more", "more", "far-more"];

pub(super) fn beside(lines: &[Raw], i: usize, other: Option<usize>) -> u32 {
    let Some(other) = other.and_then(|other| lines.get(other)) else { return 0 };
    let (own, other) = (i64::from(lines[i].width), i64::from(other.width));
    match own - other {
        ..-24 => 1,
        -24..-8 => 2,
        -8..-2 => 3,
        -2..=2 => 4,
        3..=8 => 5,
        9..=24 => 6,
        25.. => 7,
    }
}

const EVEN: [&str; 5] = ["", "none", "one", "two", "more"];

/// Whether line `i` and the one above, both of which may be headings, have as many characters, and how many of these are
/// the same: 少一点研究研究 and 多一点马上就办.
fn even(text: &str, lines: &[Raw], heads: &[bool], i: usize) -> u32 {
    let Some(above) = i.checked_sub(1).filter(|&above| heads[above] & heads[i]) else { return 0 };
    let characters = |k: usize| lines[k].content(text).chars().filter(|&c| !is_blank(c));
    let alike = characters(above).zip(characters(i)).filter(|(a, b)| a == b).count();
    if characters(above).count() == characters(i).count() { 1 + alike.min(3) as u32 } else { 0 }
}

const LEVELS: [&str; 6] = ["", "same", "deeper", "higher", "marked", "unmarked"];

fn beside_level(lines: &[Raw], i: usize, other: Option<usize>) -> u32 {
    let Some(other) = other.and_then(|other| lines.get(other)) else { return 0 };
    match (lines[i].level, other.level) {
        (0, 0) => 0,
        (_, 0) => 4,
        (0, _) => 5,
        (own, other) if own == other => 1,
        (own, other) if own > other => 2,
        _ => 3,
    }
}

/// Whether something on a page is of a site, and how many lines it has.
pub(super) const FRAMES: [&str; 8] =
    ["print", "print<=12", "print<=6", "print<=3", "site", "site<=12", "site<=6", "site<=3"];
/// How many lines a short page has, at the most.
const FEW: [usize; 3] = [12, 6, 3];

const PENDING: [&str; 4] = ["", "beside", "near", "far"];

pub(super) const TEXT: [&str; 9] =
    ["", "stop", "stop-full", "call", "call-full", "open", "open-full", "bare", "bare-full"];

/// A run of lines, and where in it a line stands.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    size: u32,
    place: u32,
    /// How many stand above it.
    at: u32,
}

/// Where in a run of up to four lines a line stands.
pub(super) const SLOTS: [&str; 12] =
    ["no", "1/1", "1/2", "2/2", "1/3", "2/3", "3/3", "1/4", "2/4", "3/4", "4/4", "longer"];

impl Run {
    fn slot(self) -> u32 {
        match self.size {
            0 => 0,
            1..=4 => 1 + self.size * (self.size - 1) / 2 + self.at,
            _ => 11,
        }
    }
}

/// What stands around one line.
#[derive(Debug, Clone, Copy, Default)]
struct LineSurroundings {
    run: Run,
    tight: Run,
    since_stop: u32,
    to_stop: u32,
    since_text: u32,
    to_text: u32,
    since_byline: u32,
    to_byline: u32,
    since_credit: u32,
    to_credit: u32,
    since_level: u32,
    to_level: u32,
    since_masthead: u32,
    to_masthead: u32,
    since_site: u32,
    to_site: u32,
    parallel: u32,
    even: u32,
    pending: u32,
    text_above: u32,
    before_text: bool,
}

/// What stands around each line.
#[derive(Debug, Clone, Default)]
pub(in crate::page) struct Surroundings {
    of: Vec<LineSurroundings>,
    /// Where the page comes from, and how long it is.
    frame: u32,
}

/// What counts as far away, in lines.
const FAR: u32 = 60;
/// How far lines are looked at that may be like one.
const NEAR: usize = 25;
/// How far running text is looked for that was left in a sentence.
const BACK: u32 = 8;

impl Surroundings {
    /// How the nearest running text above line `i` ends.
    pub(super) fn text_above(&self, i: usize) -> u32 {
        self.of[i].text_above
    }

    /// Where in the run of lines that may be headings, and that no gap parts, line `i` stands.
    pub(super) fn tight_slot(&self, i: usize) -> u32 {
        self.of[i].tight.slot()
    }

    /// The same, whatever gaps part them.
    pub(super) fn slot(&self, i: usize) -> u32 {
        self.of[i].run.slot()
    }

    /// Whether something on the page is of a site, and how many lines it has.
    pub(super) fn frame(&self) -> u32 {
        self.frame
    }

    pub(super) fn of(text: &str, lines: &[Raw], places: &Places, named: &[Named], said: &[Said]) -> Self {
        let mut of = vec![LineSurroundings::default(); lines.len()];
        let heads: Vec<bool> = (0..lines.len()).map(|i| may_head(&lines[i], &named[i])).collect();
        let runs = runs(&heads, |_| true);
        let tight = self::runs(&heads, |i| lines[i].blanks == 0);
        let stop = distances(lines.len(), |i| (lines[i].ending == Ending::Stop) | lines[i].inner_stop);
        let is_text = |i: usize| is_text(lines, places, i);
        let texts = distances(lines.len(), is_text);
        let byline = distances(lines.len(), |i| named[i].opens());
        let credit = distances(lines.len(), |i| named[i].is_credit());
        let level = distances(lines.len(), |i| lines[i].level > 0);
        let masthead =
            distances(lines.len(), |i| lines[i].has(Cue::MastheadLabel) | lines[i].has(Cue::Edition));
        let of_site = |i: usize| {
            lines[i].has(Cue::Navigation)
                | lines[i].has(Cue::Edition)
                | lines[i].has(Cue::Related)
                | said[i].is_of_site()
        };
        let site = distances(lines.len(), of_site);
        let has_site = (0..lines.len()).any(of_site);
        let few = FEW.iter().filter(|&&few| lines.len() <= few).count();
        let mut last_text: Option<usize> = None;
        let mut before_text = true;
        for (i, around) in of.iter_mut().enumerate() {
            *around = LineSurroundings {
                run: runs[i],
                tight: tight[i],
                since_stop: stop[i].0,
                to_stop: stop[i].1,
                since_text: texts[i].0,
                to_text: texts[i].1,
                since_byline: byline[i].0,
                to_byline: byline[i].1,
                since_credit: credit[i].0,
                to_credit: credit[i].1,
                since_level: level[i].0,
                to_level: level[i].1,
                since_masthead: masthead[i].0,
                to_masthead: masthead[i].1,
                since_site: site[i].0,
                to_site: site[i].1,
                parallel: parallel(text, lines, &heads, i),
                even: even(text, lines, &heads, i),
                pending: last_text.map_or(0, |last| pending(lines, last, i)),
                text_above: last_text.map_or(0, |last| left(lines, places, last)),
                before_text,
            };
            before_text &= !((lines[i].ending == Ending::Stop) | lines[i].inner_stop | named[i].opens());
            if is_text(i) {
                last_text = Some(i);
            }
        }
        Self { of, frame: 4 * u32::from(has_site) + few as u32 }
    }
}

/// Short, no sentence and no byline: it may be a heading.
fn may_head(line: &Raw, named: &Named) -> bool {
    line.could_head() & !named.opens() & !named.is_credit() & !line.markup
}

/// Running text, as far as one line tells.
fn is_text(lines: &[Raw], places: &Places, i: usize) -> bool {
    let line = &lines[i];
    let told = line.inner_stop | (line.ending == Ending::Stop) | (line.commas > 0) | (line.width > SHORT);
    (told | places.is_full(lines, i)) & (line.level == 0)
}

/// For each line the run of `member` lines that it is one of; `joins` says whether a line may follow the one above.
fn runs(member: &[bool], joins: impl Fn(usize) -> bool) -> Vec<Run> {
    let mut runs = vec![Run::default(); member.len()];
    let mut start = 0;
    while start < member.len() {
        let mut end = start;
        while end < member.len() && member[end] && (end == start || joins(end)) {
            end += 1;
        }
        let size = (end - start) as u32;
        for (at, run) in runs[start..end].iter_mut().enumerate() {
            let place = match at {
                _ if size == 1 => 1,
                0 => 2,
                at if at + 1 == end - start => 4,
                _ => 3,
            };
            *run = Run { size, place, at: at as u32 };
        }
        start = end.max(start + 1);
    }
    runs
}

/// For each line how many lines above and below the nearest line stands of which `holds`; [`FAR`] where there is none.
fn distances(count: usize, holds: impl Fn(usize) -> bool) -> Vec<(u32, u32)> {
    let mut all = vec![(FAR, FAR); count];
    let mut since = FAR;
    for (i, distance) in all.iter_mut().enumerate() {
        distance.0 = since;
        since = if holds(i) { 1 } else { FAR.min(since + 1) };
    }
    let mut to = FAR;
    for (i, distance) in all.iter_mut().enumerate().rev() {
        distance.1 = to;
        to = if holds(i) { 1 } else { FAR.min(to + 1) };
    }
    all
}

/// How many lines near line `i` are headings like it.
fn parallel(text: &str, lines: &[Raw], heads: &[bool], i: usize) -> u32 {
    if !heads[i] {
        return 0;
    }
    let own = &lines[i];
    let opening = |line: &Raw| text[line.start..line.end].chars().next().filter(|c| !c.is_alphanumeric());
    let like = |k: usize| {
        let line = &lines[k];
        heads[k]
            && k.abs_diff(i) > 1
            && line.level == own.level
            && line.width.abs_diff(own.width) <= 4
            && line.blanks == own.blanks
            && line.bold == own.bold
            && opening(line) == opening(own)
    };
    (i.saturating_sub(NEAR)..lines.len().min(i + NEAR)).filter(|&k| like(k)).take(3).count() as u32
}

/// Whether the running text on line `last`, above line `i`, was left in a sentence.
fn pending(lines: &[Raw], last: usize, i: usize) -> u32 {
    let away = (i - last) as u32;
    match away {
        _ if lines[last].ends_sentence() => 0,
        1 => 1,
        ..=BACK => 2,
        _ => 3,
    }
}

fn left(lines: &[Raw], places: &Places, last: usize) -> u32 {
    let ending = match lines[last].ending {
        Ending::Stop => 0,
        Ending::Call => 1,
        Ending::Open => 2,
        Ending::Bare => 3,
    };
    1 + 2 * ending + u32::from(places.is_full(lines, last))
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    const PAGE: &str = "各地消息\n职工有了新家园\n盖起大楼\n本报讯 昨天，大楼盖好了。\n丁一平 摄\n工会开了大会\n昨天，工会开会，";

    #[test]
    fn runs() {
        assert_eq!(said("run", PAGE), ">=3 >=3 >=3 <1 <1 >=1 <1");
        assert_eq!(said("run-place", PAGE), "first inner last - - only -");
        assert_eq!(said("tight-run", "盖了新楼\n\n开了大会\n修了大路"), "only first last");
    }

    #[test]
    fn beside() {
        assert_eq!(said("above-width", "职工有了新家园\n家"), "- less");
        assert_eq!(said("below-width", "职工有了新家园\n家"), "more -");
        assert_eq!(said("even", "少说空话废话\n多做好事实事\n多开会\n大家都来"), "- none - -");
        assert_eq!(said("above-level", "# 甲\n## 乙\n丙"), "- deeper unmarked");
        assert_eq!(said("below-level", "# 甲\n## 乙\n丙"), "higher marked -");
    }

    #[test]
    fn distances() {
        assert_eq!(said("since-stop", "开会。\n甲\n乙"), "- <=1 <=2");
        assert_eq!(said("to-stop", "甲\n乙\n开会。"), "<=2 <=1 -");
        assert_eq!(said("to-text", PAGE), "<=3 <=2 <=1 <=3 <=2 <=1 -");
        assert_eq!(said("since-text", "开会。\n甲"), "- <=1");
        assert_eq!(said("to-byline", PAGE), "<=3 <=2 <=1 - - - -");
        assert_eq!(said("since-byline", PAGE), "- - - - <=1 <=2 <=3");
        assert_eq!(said("to-credit", PAGE), "<=4 <=3 <=2 <=1 - - -");
        assert_eq!(said("since-credit", PAGE), "- - - - - <=1 <=2");
        assert_eq!(said("to-heading", "甲\n# 乙"), "<=1 -");
        assert_eq!(said("since-heading", "# 乙\n甲"), "- <=1");
        assert_eq!(said("to-masthead", "甲\n邮发代号：31-2"), "<=1 -");
        assert_eq!(said("since-masthead", "邮发代号：31-2\n甲"), "- <=1");
    }

    #[test]
    fn sites() {
        let page = "东海日报数字报\n职工有了新家园\n昨天，大楼盖好了。\n上一篇 下一篇";
        assert_eq!(said("to-site", page), "<=3 <=2 <=1 -");
        assert_eq!(said("since-site", page), "- <=1 <=2 <=3");
    }

    #[test]
    fn likeness_and_open_sentences() {
        assert_eq!(said("parallel", "开大会\n正文。\n盖大楼\n正文。\n修大路"), ">=2 <1 >=2 <1 >=2");
        assert_eq!(said("pending", "昨天，工会开会，\n图书馆\n又来"), "- beside near");
        assert_eq!(said("before-text", "盖大楼\n昨天，工会开会。\n图书馆"), "x x -");
        assert_eq!(said("text-above", "昨天，工会开会，\n图书馆"), "- open");
    }
}
