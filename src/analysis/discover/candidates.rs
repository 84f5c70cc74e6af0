//! What in a text may be a slogan: what stands in quotation marks, and words built on numerals.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::calendar::NUMERALS;
use crate::slogan::{Quotations, Side};

/// What stands beside names that a paper puts forward.
const CUES: &str = include_str!("../../../data/cues.txt");

/// How many characters beside a quotation are searched for a cue.
const NEAR: usize = 8;

/// How long a candidate is, in characters.
const LENGTHS: RangeInclusive<usize> = 3..=24;

/// A slogan of two halves with a comma or a blank between (建设清廉机关、创建模范机关): how long a half is.
const HALVES: RangeInclusive<usize> = 4..=12;

/// A slogan of three parts and more, all of one length (学思想、强党性、重实践、建新功): how long a part is.
const PARTS: RangeInclusive<usize> = 2..=8;

/// What stands between the parts of a slogan.
const BETWEEN: [char; 5] = ['、', ',', '，', ' ', '\u{3000}'];

struct Cues {
    before: Vec<&'static str>,
    after: Vec<&'static str>,
    units: FxHashSet<char>,
}

static READ: LazyLock<Cues> = LazyLock::new(|| {
    let words = |key: &str| {
        let line = CUES.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.split_whitespace().collect::<Vec<_>>()
    };
    let units = words("units").concat().chars().collect();
    Cues { before: words("before"), after: words("after"), units }
});

/// A place where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) struct Candidate<'t> {
    /// The candidate, without its quotation marks.
    pub(in crate::analysis) text: &'t str,
    /// The byte at which it starts.
    pub(in crate::analysis) start: usize,
    /// True where it stands in quotation marks.
    pub(in crate::analysis) quoted: bool,
    /// True where a cue stands beside it.
    pub(in crate::analysis) cued: bool,
}

/// Hands out every candidate of `text`.
pub(in crate::analysis) fn candidates<'t>(text: &'t str, mut found: impl FnMut(Candidate<'t>)) {
    let quotations = Quotations::of(text);
    let mut open: Vec<usize> = Vec::new();
    let mut last: [Option<(usize, char)>; 4] = [None; 4];
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match quotations.side(at, c) {
            Some(Side::Open) => {
                // Quotations are nested twice at most; what opens more often was never closed.
                open.truncate(3);
                open.push(end);
            }
            Some(Side::Close) => {
                if let Some(start) = open.pop() {
                    quotation(text, start, at, &mut found);
                }
            }
            None if matches!(c, '。' | '！' | '？' | '\n') => open.clear(),
            None => {}
        }
        last.rotate_left(1);
        last[3] = Some((at, c));
        if let [Some((start, a)), Some((_, b)), Some((_, c2)), Some((_, d))] = last
            && is_pair([a, b, c2, d])
        {
            let before = text.get(..start).and_then(|text| text.chars().next_back());
            let phrase = text.get(start..end).unwrap_or_default();
            if !before.is_some_and(|c| is_numeral(c) || c == '第' || c.is_ascii_digit()) {
                found(Candidate { text: phrase, start, quoted: false, cued: is_cued(text, start, end) });
            }
        }
    }
}

/// True for two nouns with a numeral each: 三访四清.
pub(in crate::analysis) fn is_pair([a, b, c, d]: [char; 4]) -> bool {
    is_numeral(a) && is_numeral(c) && is_plain(b) && is_plain(d)
}

/// Looks at what stands between two quotation marks, at the bytes `start..end` of `text`.
fn quotation<'t>(text: &'t str, start: usize, end: usize, found: &mut impl FnMut(Candidate<'t>)) {
    let whole = text.get(start..end).unwrap_or_default();
    let inside = whole.trim();
    if is_name(inside) {
        let blanks = whole.len() - whole.trim_start().len();
        let cued = is_cued(text, start, end);
        found(Candidate { text: inside, start: start + blanks, quoted: true, cued });
    }
}

/// True for what may be the name of something: Chinese characters without a sentence mark, or parts of them with a comma
/// or a blank between.
fn is_name(phrase: &str) -> bool {
    let lengths: Vec<usize> = phrase.split(BETWEEN).map(|part| part.chars().count()).collect();
    let has_lengths = match *lengths {
        [whole] => LENGTHS.contains(&whole),
        [first, second] => HALVES.contains(&first) && HALVES.contains(&second),
        [first, ref others @ ..] => PARTS.contains(&first) && others.iter().all(|&other| other == first),
        [] => false,
    };
    let is_allowed = |c: char| c.is_alphanumeric() || BETWEEN.contains(&c) || "+＋·-".contains(c);
    has_lengths && phrase.chars().all(is_allowed) && phrase.chars().filter(|&c| is_chinese(c)).count() >= 3
}

/// True where `phrase` is built on numerals: it begins with one that is followed by no unit (八八战略, 双百引领), or
/// has one in each half (一支部一特色).
pub(in crate::analysis) fn is_number_word(phrase: &str) -> bool {
    let mut chars = phrase.chars();
    let (first, second) = (chars.next(), chars.next());
    first.is_some_and(is_numeral)
        && second.is_some_and(|c| !READ.units.contains(&c))
        && phrase.chars().count() >= 3
}

/// True where a word that puts names forward stands near the bytes `start..end` of `text`.
fn is_cued(text: &str, start: usize, end: usize) -> bool {
    let sentence_mark = |c: &char| matches!(c, '。' | '，' | '；' | '：' | '！' | '？' | ',' | ';' | ':');
    let before: Vec<char> = text
        .get(..start)
        .unwrap_or_default()
        .chars()
        .rev()
        .take_while(|c| !sentence_mark(c))
        .take(NEAR)
        .collect();
    let before: String = before.into_iter().rev().collect();
    let after: String =
        text.get(end..).unwrap_or_default().chars().take_while(|c| !sentence_mark(c)).take(NEAR).collect();
    READ.before.iter().any(|cue| before.contains(cue)) || READ.after.iter().any(|cue| after.contains(cue))
}

/// True for a word that stands before names that are put forward.
pub(in crate::analysis) fn puts_forward(word: &str) -> bool {
    READ.before.contains(&word)
}

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(&c) || matches!(c, '两' | '双')
}

/// True for a Chinese character that is neither a numeral nor a unit.
fn is_plain(c: char) -> bool {
    is_chinese(c) && !is_numeral(c) && !READ.units.contains(&c)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        candidates(text, |c| {
            if c.quoted {
                found.push((c.text, c.cued));
            }
        });
        found
    }

    fn bare(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        candidates(text, |c| {
            if !c.quoted {
                found.push(c.text);
            }
        });
        found
    }

    #[test]
    fn names_in_quotation_marks_are_candidates_and_speech_is_none() {
        assert_eq!(quoted("着力打造“邻工汇”工作品牌"), [("邻工汇", true)]);
        assert_eq!(quoted("他说：“今天真热，大家歇歇。”"), []);
        assert_eq!(quoted("所谓“老好人”"), [("老好人", false)]);
    }

    #[test]
    fn a_quotation_in_a_quotation_is_one_too() {
        assert_eq!(quoted("以“践行‘九九方略’”为主题"), [("九九方略", true)]);
    }

    #[test]
    fn two_halves_with_a_comma_are_one_slogan() {
        assert_eq!(quoted("深化“当好一线工人、体会职工冷暖”活动"), [("当好一线工人、体会职工冷暖", true)]);
        assert_eq!(quoted("形成“点、线、面”"), []);
        assert_eq!(quoted("“不忘初心 牢记使命”"), [("不忘初心 牢记使命", false)]);
    }

    #[test]
    fn three_parts_and_more_are_one_slogan_where_they_are_alike() {
        let text = "总要求是“学思想、强党性、重实践、建新功”";
        assert_eq!(quoted(text), [("学思想、强党性、重实践、建新功", false)]);
        assert_eq!(quoted("“张三、李小四、王五五”"), []);
    }

    #[test]
    fn a_slogan_may_be_long() {
        assert_eq!(quoted("“全心全意依靠工人阶级办好企业”"), [("全心全意依靠工人阶级办好企业", false)]);
    }

    #[test]
    fn straight_marks_quote_as_well() {
        assert_eq!(quoted("打造\"邻工汇\"和\"邻工惠\"品牌"), [("邻工汇", true), ("邻工惠", true)]);
    }

    #[test]
    fn numerals_before_two_nouns_need_no_quotation_marks() {
        assert_eq!(bare("全面推行三访四清工作"), ["三访四清"]);
        for text in ["三年五个月", "第三组四班", "一百三河四山"] {
            assert!(bare(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_built_on_numerals() {
        for phrase in ["两性两化", "双百引领", "一支部一特色", "八八战略"] {
            assert!(is_number_word(phrase), "{phrase}");
        }
        for phrase in ["三年计划", "邻工汇", "两个"] {
            assert!(!is_number_word(phrase), "{phrase}");
        }
    }
}
