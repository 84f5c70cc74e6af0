//! Which words a table shows.

use crate::term::{Class, Segmenter, StopWords};

/// Which words a table shows.
///
/// ```
/// use zjgr::analysis::shown::ShownWords;
/// use zjgr::term::{Segmenter, SegmenterOptions, StopWords};
///
/// let mut shown = ShownWords::default();
/// shown.stopwords = StopWords::builtin();
/// let segmenter = Segmenter::new(SegmenterOptions::default());
/// assert!(shown.has(&segmenter, "职工", "n") && !shown.has(&segmenter, "的", "uj"));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ShownWords {
    /// Words that are left out.
    pub stopwords: StopWords,
    /// Only parts of speech that begin with one of these; all where there is none.
    pub pos: Vec<String>,
    /// Numbers as well.
    pub numbers: bool,
    /// Words in Latin letters as well.
    pub latin: bool,
}

impl ShownWords {
    /// True where `word`, whose part of speech is `pos`, is shown.
    pub fn has(&self, segmenter: &Segmenter, word: &str, pos: &str) -> bool {
        let of_class = match segmenter.class(word) {
            Class::Word => true,
            Class::Number => self.numbers,
            Class::Latin => self.latin,
            Class::Punctuation => false,
        };
        let of_pos = self.pos.is_empty() || self.pos.iter().any(|tag| pos.starts_with(tag.as_str()));
        of_class && of_pos && !self.stopwords.contains(word)
    }
}
