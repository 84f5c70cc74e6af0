//! What a line looks like by itself: its length, its marks, how it opens and ends.

use super::super::page_words::PageWords;
use super::super::scan::{
    Ending, is_blank, is_ideograph, opens_with_number, opens_with_speaker, opens_with_time,
};
use super::{Fact, View};

pub(super) const FACTS: &[Fact] = &[
    Fact::steps(
        "width",
        "How wide it is, in columns.",
        &[3, 5, 7, 9, 11, 13, 17, 21, 25, 29, 33, 37, 45, 61, 111],
        |view, i| view.lines[i].width,
    )
    .near(),
    Fact::names("ends", "What its last character is.", &ENDS, |view, i| view.shapes[i].ends as u32).near(),
    Fact::names("sentence", "Whether a sentence is over at its end.", &ENDINGS, ending).near(),
    Fact::names("opens", "What its first character is.", &OPENS, |view, i| view.shapes[i].opens as u32)
        .near(),
    Fact::flag("inner-stop", "A sentence ends inside it.", |view, i| view.lines[i].inner_stop.into()).near(),
    Fact::steps("commas", "How many commas it has.", &[1, 2, 3], |view, i| view.lines[i].commas),
    Fact::flag("unclosed", "A bracket or a quotation is open at its end.", |view, i| {
        view.shapes[i].unclosed.into()
    })
    .near(),
    Fact::flag("unopened", "It closes a bracket or a quotation that it did not open.", |view, i| {
        view.shapes[i].unopened.into()
    })
    .near(),
    Fact::flag("quoted", "All of it is one quotation.", |view, i| view.lines[i].quoted.into()),
    Fact::flag("quotes", "It has a quotation mark.", |view, i| view.shapes[i].quotes.into()),
    Fact::flag("titled", "It names a book or a paper in 《》.", |view, i| view.shapes[i].titled.into()),
    Fact::flag("colon", "It has a colon inside.", |view, i| view.shapes[i].colon.into()),
    Fact::names("level", "The level of its heading mark.", &["", "1", "2", "3", "4"], |view, i| {
        view.lines[i].level.min(4).into()
    })
    .near(),
    Fact::flag("bold", "All of it is bold.", |view, i| view.lines[i].bold.into()).near(),
    Fact::flag("markup", "Nothing of it is text.", |view, i| view.lines[i].markup.into()).near(),
    Fact::flag("framed", "It is the one cell of a table's row.", |view, i| view.lines[i].framed.into()),
    Fact::flag("couplet", "A blank parts it into two halves of one length.", |view, i| {
        view.lines[i].couplet.into()
    }),
    Fact::flag("refrain", "Blanks part it into phrases that open with one word.", |view, i| {
        view.lines[i].refrain.into()
    }),
    Fact::flag("dotted", "A dot or a bar stands in it.", |view, i| view.lines[i].dotted.into()),
    Fact::steps("phrases", "Into how many phrases blanks part it.", &[2, 3, 4, 6], |view, i| {
        view.shapes[i].phrases
    }),
    Fact::flag("spaced-out", "Blanks part it into single characters.", |view, i| {
        view.shapes[i].spaced_out.into()
    }),
    Fact::steps("digits", "How many runs of digits it has.", &[1, 2, 3, 5], |view, i| view.lines[i].digits),
    Fact::steps(
        "digit-share",
        "How many of a hundred of its characters are digits.",
        &[1, 15, 30, 50, 80],
        |view, i| view.shapes[i].digit_share,
    ),
    Fact::flag("no-ideograph", "It has no Chinese character.", |view, i| view.shapes[i].latin.into()).near(),
    Fact::flag("plain", "It is made of Chinese characters alone.", |view, i| view.shapes[i].plain.into())
        .near(),
    Fact::flag("numbered", "It opens with the number of a list.", |view, i| view.shapes[i].numbered.into())
        .near(),
    Fact::flag("time", "It opens with a time, and a comma behind it.", |view, i| view.shapes[i].time.into())
        .near(),
    Fact::flag("speaker", "It opens with who speaks.", |view, i| view.shapes[i].speaker.into()).near(),
    Fact::flag("early-comma", "A comma stands among its first six characters.", |view, i| {
        view.shapes[i].early_comma.into()
    })
    .near(),
    Fact::flag("particle", "It ends in a word that ends no sentence.", |view, i| {
        view.shapes[i].particle.into()
    })
    .near(),
    Fact::flag("lacks-word", "It opens with what only follows a word.", |view, i| {
        view.shapes[i].lacks_word.into()
    })
    .near(),
];

const ENDS: [&str; 12] = [
    "ideograph",
    "stop",
    "exclaims",
    "asks",
    "dots",
    "comma",
    "pause",
    "colon",
    "opening",
    "closing",
    "figure",
    "other",
];

const OPENS: [&str; 10] =
    ["ideograph", "quotation", "bracket", "title", "digit", "letter", "dash", "bullet", "closing", "other"];

/// How a line ends.
pub(super) const ENDINGS: [&str; 4] = ["stop", "call", "open", "bare"];

pub(super) fn ending(view: &View<'_>, i: usize) -> u32 {
    match view.lines[i].ending {
        Ending::Stop => 0,
        Ending::Call => 1,
        Ending::Open => 2,
        Ending::Bare => 3,
    }
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::page) struct Shape {
    ends: u8,
    opens: u8,
    unclosed: bool,
    unopened: bool,
    quotes: bool,
    titled: bool,
    colon: bool,
    phrases: u32,
    spaced_out: bool,
    digit_share: u32,
    latin: bool,
    plain: bool,
    numbered: bool,
    time: bool,
    speaker: bool,
    early_comma: bool,
    particle: bool,
    lacks_word: bool,
}

/// How far a comma is looked for at the start.
const EARLY: usize = 6;
/// A line of more bytes than that is running text: what is said of short ones is not looked up.
const LONG: usize = 400;

impl Shape {
    pub(super) fn of(content: &str, page_words: &PageWords) -> Self {
        let whole = content.len() <= LONG;
        let counted = if whole { Counted::of(content) } else { Counted::default() };
        let first = content.chars().next().unwrap_or(' ');
        let last = content.chars().next_back().unwrap_or(' ');
        let (unclosed, unopened) = brackets(content);
        Self {
            ends: ends(last),
            opens: opens(first),
            unclosed,
            unopened,
            quotes: content.contains(['“', '”', '「', '」']),
            titled: content.contains('《'),
            colon: content.trim_end_matches(['：', ':']).contains(['：', ':']),
            phrases: counted.phrases,
            spaced_out: counted.phrases >= 2 && counted.characters == counted.phrases,
            digit_share: counted.digits * 100 / counted.characters.max(1),
            latin: whole && counted.ideographs == 0,
            plain: whole && counted.ideographs == counted.characters,
            numbered: opens_with_number(content),
            time: opens_with_time(content),
            speaker: whole && opens_with_speaker(content),
            early_comma: content.chars().take(EARLY).any(|c| matches!(c, '，' | ',')),
            particle: page_words.lists.particles.contains(last),
            lacks_word: matches!(first, '的' | '了' | '着'),
        }
    }
}

/// What is counted of a line.
#[derive(Debug, Default)]
struct Counted {
    characters: u32,
    ideographs: u32,
    digits: u32,
    phrases: u32,
}

impl Counted {
    fn of(content: &str) -> Self {
        let mut counted = Self::default();
        let mut apart = true;
        for c in content.chars() {
            let blank = is_blank(c);
            counted.phrases += u32::from(apart && !blank);
            apart = blank;
            counted.characters += u32::from(!blank);
            counted.ideographs += u32::from(is_ideograph(c));
            counted.digits += u32::from(c.is_ascii_digit());
        }
        counted
    }
}

/// Whether a bracket or a quotation is open at the end, and whether one is closed that was not opened.
fn brackets(content: &str) -> (bool, bool) {
    const PAIRS: [(char, char); 6] =
        [('“', '”'), ('（', '）'), ('(', ')'), ('《', '》'), ('「', '」'), ('【', '】')];
    let mut depth = [0i32; PAIRS.len()];
    let mut unopened = false;
    for c in content.chars().filter(|&c| !is_ideograph(c)) {
        for (depth, (open, close)) in depth.iter_mut().zip(PAIRS) {
            *depth += i32::from(c == open);
            *depth -= i32::from(c == close);
            unopened |= *depth < 0;
            *depth = (*depth).max(0);
        }
    }
    (depth.iter().any(|&depth| depth > 0), unopened)
}

fn ends(c: char) -> u8 {
    match c {
        c if is_ideograph(c) => 0,
        '。' | '．' | '｡' => 1,
        '！' | '!' => 2,
        '？' | '?' => 3,
        '…' => 4,
        '，' | ',' => 5,
        '、' | '；' | ';' => 6,
        '：' | ':' => 7,
        '“' | '（' | '(' | '《' | '「' | '【' | '—' => 8,
        '”' | '’' | '）' | ')' | '》' | '」' | '』' | '】' => 9,
        c if c.is_ascii_digit() => 10,
        '%' | '％' => 10,
        _ => 11,
    }
}

fn opens(c: char) -> u8 {
    match c {
        c if is_ideograph(c) => 0,
        '“' | '「' | '‘' | '『' | '"' => 1,
        '（' | '(' | '【' | '〔' | '[' => 2,
        '《' => 3,
        c if c.is_ascii_digit() => 4,
        c if c.is_alphabetic() => 5,
        '—' | '-' | '─' | '－' => 6,
        '”' | '）' | ')' | '》' | '」' | '，' | '。' | '、' | '：' | '；' => 8,
        c if ('\u{2460}'..='\u{27ff}').contains(&c) => 7,
        _ => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    #[test]
    fn length_and_ends() {
        assert_eq!(said("width", "一二\n一二三四五六七"), "<3 >=13".replace("<3", ">=3"));
        assert_eq!(
            said("ends", "工会\n开会。\n会议，\n会议：\n“工会”\n8%\n吗？\n啊！\n说……\n甲、\n（\n~"),
            "ideograph stop comma colon closing figure asks exclaims dots pause opening other"
        );
        assert_eq!(said("sentence", "开会。\n好！\n会议，\n工会"), "stop call open bare");
        assert_eq!(
            said("opens", "工\n“工\n（工\n《工\n1工\nA工\n——工\n■工\n”工"),
            "ideograph quotation bracket title digit letter dash bullet closing"
        );
        assert_eq!(said("particle", "工会的\n工会"), "x -");
        assert_eq!(said("lacks-word", "的工会\n工会"), "x -");
    }

    #[test]
    fn marks_inside() {
        assert_eq!(said("inner-stop", "好。又来\n好。"), "x -");
        assert_eq!(said("commas", "工会\n一，二\n一，二，三，四"), "<1 >=1 >=3");
        assert_eq!(said("unclosed", "“工会\n“工会”"), "x -");
        assert_eq!(said("unopened", "工会”\n“工会”"), "x -");
        assert_eq!(said("quoted", "“我们都要好好干”\n“我们”都要好好干"), "x -");
        assert_eq!(said("quotes", "“我们”干\n我们"), "x -");
        assert_eq!(said("titled", "读《工会》\n工会"), "x -");
        assert_eq!(said("colon", "主席：加油\n主席："), "x -");
        assert_eq!(said("dotted", "系列·上\n系列"), "x -");
        assert_eq!(said("early-comma", "近日，工会\n工会在近日开会，"), "x -");
    }

    #[test]
    fn marks_of_a_heading() {
        assert_eq!(said("level", "# 工会\n工会"), "1 -");
        assert_eq!(said("bold", "**工会**\n工会"), "x -");
        assert_eq!(said("markup", "![](a.jpg)\n工会"), "x -");
        assert_eq!(said("framed", "| 工会开会 |\n工会"), "x -");
    }

    #[test]
    fn phrases_and_figures() {
        assert_eq!(said("couplet", "职工心向党 建功新时代\n职工"), "x -");
        assert_eq!(said("refrain", "保增长 保民生 保稳定\n职工"), "x -");
        assert_eq!(said("phrases", "工会\n工会 开会"), "<2 >=2");
        assert_eq!(said("spaced-out", "公　告\n公告"), "x -");
        assert_eq!(said("digits", "工会\n3人5天"), "<1 >=2");
        assert_eq!(said("digit-share", "工会\n12"), "<1 >=80");
        assert_eq!(said("no-ideograph", "ABC\n工会"), "x -");
        assert_eq!(said("plain", "工会\n工会3"), "x -");
        assert_eq!(said("numbered", "1.工会\n工会"), "x -");
        assert_eq!(said("time", "5月9日上午，工会开会\n工会"), "x -");
        assert_eq!(said("speaker", "问：工会什么时候开会？\n工会"), "x -");
    }
}
