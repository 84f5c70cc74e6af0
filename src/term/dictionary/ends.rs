//! Where words end.

use std::ops::Range;

use super::Place;
use super::route::{cut, is_of_words};
use crate::calendar::NUMERALS;
use crate::page::{first_characters, last_characters};

/// How many characters beside an edge are cut to see what word ends or begins there.
const BESIDE: usize = 8;

/// Where words end in a text: what stands between two such places is made of whole words.
///
/// The dictionary's most probable cut says it; a character in no word of two or more is a word by itself. The text is
/// looked at only around the places that are asked for.
#[derive(Debug, Clone)]
pub struct WordEnds<'t> {
    text: &'t str,
    /// The stretches that were cut last: one slogan may begin in one and end in another.
    known: [Stretch; 2],
}

/// A stretch of characters that words are made of.
#[derive(Debug, Clone, Default)]
struct Stretch {
    range: Range<usize>,
    /// Where its words end.
    ends: Vec<usize>,
}

impl<'t> WordEnds<'t> {
    /// Where words end in `text`.
    pub fn of(text: &'t str) -> Self {
        Self { text, known: Default::default() }
    }

    /// True where no word of the text begins before the byte `at` and ends behind it.
    pub fn at(&mut self, at: usize) -> bool {
        self.across(at).is_none()
    }

    /// True where `range` is made of whole words, or might be: at an edge that a word crosses, either what of it lies
    /// inside is a word itself (志愿服务 in 志愿服务队, where 服务队 is a word), or what lies outside ends or begins a
    /// word without it (疗休养 in 丽水疗休养, where 水疗 is one). What lies within one longer word is no such range.
    pub fn hold(&mut self, range: &Range<usize>) -> bool {
        let counts = self
            .text
            .get(range.clone())
            .is_some_and(|text| text.starts_with(|c| NUMERALS.contains(&c) || c == '两'));
        [range.start, range.end].into_iter().all(|edge| match self.across(edge) {
            None => true,
            Some(word) => {
                let inside = word.start.max(range.start)..word.end.min(range.end);
                let part = self.text.get(inside.clone()).unwrap_or_default();
                let is_word = !counts && is_long(part) && Place::of(part).is_some();
                inside != *range && (is_word || self.closes(edge, edge == range.start))
            }
        })
    }

    /// True where a word of two characters or more ends (or, with false, begins) at the byte `edge`, when nothing is
    /// known of the other side of it.
    fn closes(&self, edge: usize, ends: bool) -> bool {
        let Some(stretch) = self.known.iter().find(|stretch| stretch.range.contains(&edge)) else {
            return false;
        };
        let outside = if ends { stretch.range.start..edge } else { edge..stretch.range.end };
        let outside = self.text.get(outside).unwrap_or_default();
        let mut words = Vec::new();
        cut(
            if ends { last_characters(outside, BESIDE) } else { first_characters(outside, BESIDE) },
            false,
            |word, _| words.push(word),
        );
        let beside = if ends { words.last() } else { words.first() };
        beside.copied().is_some_and(is_long)
    }

    /// The word that begins before the byte `at` and ends behind it.
    fn across(&mut self, at: usize) -> Option<Range<usize>> {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let joins = |c: Option<char>| c.is_some_and(is_of_words);
        if !joins(before.chars().next_back()) || !joins(after.chars().next()) {
            return None;
        }
        if !self.known.iter().any(|stretch| stretch.range.contains(&at)) {
            self.known.rotate_right(1);
            self.known[0] = Stretch::around(self.text, at);
        }
        self.known.iter().find(|stretch| stretch.range.contains(&at))?.across(at)
    }
}

/// True for two characters and more.
fn is_long(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

impl Stretch {
    fn around(text: &str, at: usize) -> Self {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let start = before.trim_end_matches(is_of_words).len();
        let end = text.len() - after.trim_start_matches(is_of_words).len();
        let mut stretch = Self { range: start..end, ends: Vec::new() };
        let mut here = start;
        cut(text.get(start..end).unwrap_or_default(), false, |word, _| {
            here += word.len();
            stretch.ends.push(here);
        });
        stretch
    }

    /// The word that begins before the byte `at` and ends behind it.
    fn across(&self, at: usize) -> Option<Range<usize>> {
        let next = self.ends.partition_point(|&end| end < at);
        let end = *self.ends.get(next).filter(|&&end| end > at)?;
        let start = next.checked_sub(1).and_then(|last| self.ends.get(last)).copied();
        Some(start.unwrap_or(self.range.start)..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, part: &str) -> bool {
        let start = text.find(part).expect("the part");
        let mut ends = WordEnds::of(text);
        ends.at(start) && ends.at(start + part.len())
    }

    #[test]
    fn what_cuts_a_word_does_not_stand_between_word_ends() {
        assert!(!whole("第六保障中队", "六保"));
        assert!(!whole("全国总工会", "总工会"));
        assert!(whole("做好六保工作", "六保"));
        assert!(whole("享受浙工惠", "浙工惠"));
    }

    #[test]
    fn a_compound_holds_the_words_it_is_made_of() {
        let holds = |text: &str, part: &str| {
            let start = text.find(part).expect("the part");
            WordEnds::of(text).hold(&(start..start + part.len()))
        };
        assert!(holds("法律志愿服务队", "志愿服务"));
        assert!(holds("做好六保工作", "六保"));
        assert!(holds("秀山丽水疗休养活动", "疗休养"));
        assert!(holds("贯彻三个代表重要思想", "三个代表"));
        assert!(!holds("三个代表团审议报告", "三个代表"));
        assert!(!holds("第六保障中队", "六保"));
        assert!(!holds("全国总工会", "总工会"));
    }

    #[test]
    fn a_mark_ends_a_word_and_so_does_the_text() {
        assert!(whole("“六保”障中队", "六保"));
        assert!(whole("六保", "六保"));
        assert!(whole("", ""));
    }
}
