//! The names in a text.

use std::cell::RefCell;
use std::ops::Range;

use super::best::LabelScratch;
use super::facts::Sentence;
use super::label::{NameType, names_of};
use super::weights::Weights;

/// True for what ends a sentence: no name goes on over it.
fn ends_sentence(c: char) -> bool {
    // One look at most characters.
    !matches!(c, '\u{3400}'..='\u{9fff}') && matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | '\n')
}

/// A sentence of more bytes than this is cut: so long is none.
const LONGEST_SENTENCE: usize = 3000;

/// Finds names. Built once, shared by all threads.
///
/// ```
/// use zjgr::name::{Finder, NameType, Scratch};
///
/// let text = "东海市总工会主席王建国到车间看望职工。";
/// let names = Finder::get().find(text, &mut Scratch::default());
/// let person = names.iter().find(|(_, kind)| *kind == NameType::Person).unwrap();
/// assert_eq!(&text[person.0.clone()], "王建国");
/// ```
#[derive(Debug)]
pub struct Finder {
    weights: Weights,
}

/// Memory that is used again for one text after another.
#[derive(Debug, Default)]
pub struct Scratch {
    sentence: Sentence,
    labels: LabelScratch,
}

impl Finder {
    /// What finds names by these weights.
    pub fn new(weights: Weights) -> Self {
        Self { weights }
    }

    /// The names in `text`, by where they stand in bytes, in order; no two overlap.
    pub fn find(&self, text: &str, scratch: &mut Scratch) -> Vec<(Range<usize>, NameType)> {
        let mut names = works(text);
        let in_work = names.clone();
        for sentence in sentences(text) {
            let start = sentence.start;
            scratch.sentence.look(text.get(sentence).unwrap_or_default());
            let labels = self.weights.best(&scratch.sentence, &mut scratch.labels);
            for (chars, kind) in names_of(labels) {
                let bytes = scratch.sentence.bytes(&chars);
                let range = start + bytes.start..start + bytes.end;
                let after = in_work.partition_point(|(work, _)| work.end <= range.start);
                let is_name = !text.get(range.clone()).unwrap_or_default().contains(DIVIDES);
                if is_name && in_work.get(after).is_none_or(|(work, _)| work.start >= range.end) {
                    names.push((range, kind));
                }
            }
        }
        names.sort_unstable_by_key(|(range, _)| range.start);
        without_idle_titles(text, names)
    }
}

/// What stands in no name.
const DIVIDES: [char; 8] = ['、', '，', ',', '：', ':', '；', '“', '”'];

/// What may stand between a title and its person, or between two titles.
const JOINTS: [char; 8] = ['、', '兼', ':', '：', '（', '(', ' ', '\u{3000}'];

/// True where nothing but joints stands between two names.
pub(super) fn touches(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    text.get(first.end..second.start).is_some_and(|between| between.chars().all(|c| JOINTS.contains(&c)))
}

/// The names without the titles that touch no person, be it over other titles.
fn without_idle_titles(text: &str, names: Vec<(Range<usize>, NameType)>) -> Vec<(Range<usize>, NameType)> {
    let mut is_kept: Vec<bool> = names.iter().map(|(_, kind)| *kind != NameType::Title).collect();
    let is_held = |at: usize, is_kept: &[bool]| {
        is_kept[at] && matches!(names[at].1, NameType::Person | NameType::Title)
    };
    for at in (0..names.len().saturating_sub(1)).rev() {
        is_kept[at] |= is_held(at + 1, &is_kept) && touches(text, &names[at].0, &names[at + 1].0);
    }
    for at in 1..names.len() {
        is_kept[at] |= names[at - 1].1 == NameType::Person && names[at - 1].0.end == names[at].0.start;
    }
    let mut kept = is_kept.into_iter();
    names.into_iter().filter(|_| kept.next().unwrap_or(true)).collect()
}

/// Where names stand in `text`, in bytes, in order: what stays whole when it is cut into words.
///
/// ```
/// let text = "东海市总工会主席王建国到车间看望职工。";
/// assert!(zjgr::name::spans(text).iter().any(|name| &text[name.clone()] == "王建国"));
/// ```
pub fn spans(text: &str) -> Vec<Range<usize>> {
    thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
    let names = SCRATCH.with_borrow_mut(|scratch| Finder::get().find(text, scratch));
    names.into_iter().map(|(range, _)| range).collect()
}

/// What stands in 《》, without the marks; of marks inside of marks the outer ones.
///
/// ```
/// let text = "他写了《车间来信》。";
/// assert_eq!(&text[zjgr::name::works(text)[0].0.clone()], "车间来信");
/// ```
pub fn works(text: &str) -> Vec<(Range<usize>, NameType)> {
    let mut works = Vec::new();
    if !text.contains('《') {
        return works;
    }
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》')) {
        match (c, depth) {
            ('《', _) => {
                depth += 1;
                if depth == 1 {
                    start = at + c.len_utf8();
                }
            }
            (_, 0) => {}
            _ => {
                depth -= 1;
                if depth == 0 && start < at {
                    works.push((start..at, NameType::Work));
                }
            }
        }
    }
    works
}

/// The sentences of `text`, by where they stand in bytes; together they are the text.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let reach = text.len().min(start + LONGEST_SENTENCE);
        let reach = (reach..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let end = rest.find(ends_sentence).and_then(|at| {
            let mark = rest.get(at..)?.chars().next()?;
            Some(start + at + mark.len_utf8())
        });
        let end = end.unwrap_or(text.len()).min(reach);
        let sentence = start..end;
        start = end;
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_the_text() {
        let long = "工".repeat(2_000);
        for text in ["", "一。二！三", "。。", &long] {
            let parts: String = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(parts, text);
        }
    }

    #[test]
    fn works_stand_in_their_marks() {
        let text = "读《论持久战》和《再论《无〉》再》，《》与》《";
        let found: Vec<&str> = works(text).into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(found, ["论持久战", "再论《无〉》再"]);
    }
}
