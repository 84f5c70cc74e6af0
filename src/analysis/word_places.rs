//! Where the words of a text stand.

use std::ops::Range;

use crate::term::{Class, Segmenter};

/// The words of a text and the punctuation between them, by where each ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordPlaces {
    /// Where each token starts, and where the text ends.
    edges: Vec<usize>,
    /// Which tokens are words: no punctuation and no blanks.
    words: Vec<Range<usize>>,
    /// After how many words each sentence ends.
    sentence_ends: Vec<usize>,
}

/// What ends a sentence. A comma and a semicolon do not, and a point may stand in a number or a name.
pub(super) const SENTENCE_END: [char; 7] = ['。', '！', '？', '!', '?', '…', '\n'];

impl WordPlaces {
    /// Cuts `text`.
    pub(crate) fn cut(segmenter: &Segmenter, text: &str) -> Self {
        let mut cut = Self { edges: vec![0], ..Self::default() };
        let folded = segmenter.folded(text);
        let mut at = 0;
        segmenter.cut(&folded, |token| {
            let token = token.text;
            // What is folded has as many bytes.
            let end = at + token.len();
            if Class::of(token) != Class::Punctuation {
                cut.words.push(at..end);
            } else if token.contains(SENTENCE_END) {
                cut.sentence_ends.push(cut.words.len());
            }
            cut.edges.push(end);
            at = end;
        });
        cut
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// True where `range` starts and ends where a word or a mark does: it holds whole words.
    pub(crate) fn holds_whole(&self, range: &Range<usize>) -> bool {
        self.edges.binary_search(&range.start).is_ok() && self.edges.binary_search(&range.end).is_ok()
    }

    /// Where each word stands.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.words.iter().cloned()
    }

    /// Which words, counted from 0, stand inside `range`.
    pub(crate) fn inside(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|word| word.start < range.start);
        let end = self.words.partition_point(|word| word.end <= range.end);
        first..end.max(first)
    }

    /// Which words, counted from 0, stand in the same sentence as the words `range`.
    pub(crate) fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.sentence_ends.partition_point(|&end| end <= range.start);
        let start = before.checked_sub(1).and_then(|at| self.sentence_ends.get(at)).copied();
        let after = self.sentence_ends.partition_point(|&end| end < range.end);
        let end = self.sentence_ends.get(after).copied();
        start.unwrap_or(0)..end.unwrap_or(self.words.len())
    }

    /// Where the last `count` words before `at` start.
    pub(crate) fn back(&self, at: usize, count: usize) -> usize {
        let before = self.words.partition_point(|word| word.end <= at);
        if count == 0 {
            return at;
        }
        self.words.get(before.saturating_sub(count)).filter(|_| before > 0).map_or(at, |word| word.start)
    }

    /// Where the first `count` words after `at` end.
    pub(crate) fn forth(&self, at: usize, count: usize) -> usize {
        let after = self.words.partition_point(|word| word.start < at);
        let last = after.saturating_add(count).min(self.words.len());
        last.checked_sub(1)
            .filter(|_| last > after)
            .and_then(|last| self.words.get(last))
            .map_or(at, |word| word.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::SegmenterOptions;

    #[test]
    fn contexts_are_counted_in_words() {
        let segmenter = Segmenter::new(SegmenterOptions::default());
        let text = "职工，参加工会的活动。";
        let words = WordPlaces::cut(&segmenter, text);
        let node = text.find("工会").unwrap();
        let node = node..node + "工会".len();
        assert!(words.holds_whole(&node));
        assert!(!words.holds_whole(&(node.start + 3..node.end)));
        let context = |count| {
            (&text[words.back(node.start, count)..node.start], &text[node.end..words.forth(node.end, count)])
        };
        assert_eq!(context(0), ("", ""));
        assert_eq!(context(1), ("参加", "的"));
        assert_eq!(context(9), ("职工，参加", "的活动"));
    }
}
