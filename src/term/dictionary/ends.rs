//! Where words end.

use std::ops::Range;

use super::route::{cut, is_of_words};

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
        let Some((before, after)) = self.text.split_at_checked(at) else { return false };
        let joins = |c: Option<char>| c.is_some_and(is_of_words);
        if !joins(before.chars().next_back()) || !joins(after.chars().next()) {
            return true;
        }
        if !self.known.iter().any(|stretch| stretch.range.contains(&at)) {
            self.known.rotate_right(1);
            self.known[0] = Stretch::around(self.text, at);
        }
        self.known.iter().any(|stretch| stretch.ends.binary_search(&at).is_ok())
    }
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
    fn a_mark_ends_a_word_and_so_does_the_text() {
        assert!(whole("“六保”障中队", "六保"));
        assert!(whole("六保", "六保"));
        assert!(whole("", ""));
    }
}
