//! Where the words of a text stand.

use std::ops::Range;

use crate::term::{Class, Segmenter};

/// The words of a text and the punctuation between them, by where each ends.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Where each token starts, and where the text ends.
    edges: Vec<usize>,
    /// Which tokens are words: no punctuation and no blanks.
    words: Vec<Range<usize>>,
}

impl Words {
    /// Cuts `text`.
    pub fn cut(segmenter: &Segmenter, text: &str) -> Self {
        let (mut edges, mut words) = (vec![0], Vec::new());
        let mut at = 0;
        segmenter.cut(text, |token| {
            let end = at + token.len();
            if Class::of(token) != Class::Punctuation {
                words.push(at..end);
            }
            edges.push(end);
            at = end;
        });
        Self { edges, words }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True where `range` starts and ends where a word or a mark does: it holds whole words.
    pub fn holds_whole(&self, range: &Range<usize>) -> bool {
        self.edges.binary_search(&range.start).is_ok() && self.edges.binary_search(&range.end).is_ok()
    }

    /// Where the last `count` words before `at` start.
    pub fn back(&self, at: usize, count: usize) -> usize {
        let before = self.words.partition_point(|word| word.end <= at);
        if count == 0 {
            return at;
        }
        self.words.get(before.saturating_sub(count)).filter(|_| before > 0).map_or(at, |word| word.start)
    }

    /// Where the first `count` words after `at` end.
    pub fn forth(&self, at: usize, count: usize) -> usize {
        let after = self.words.partition_point(|word| word.start < at);
        let last = (after + count).min(self.words.len());
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
        let words = Words::cut(&segmenter, text);
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
