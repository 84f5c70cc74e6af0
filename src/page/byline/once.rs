//! Phrases of one page, each read once: a line that opens a paragraph is asked about before it is known to be one, and
//! once more when it is.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{BylineReader, Lead, Phrase};
use crate::page::page_words::BylineWords;

/// What reads the bylines of one page.
pub(in crate::page) struct PageBylines<'r> {
    reader: &'r BylineReader,
    words: &'r BylineWords,
    read: RefCell<FxHashMap<Phrase, Lead>>,
}

impl<'r> PageBylines<'r> {
    pub(in crate::page) fn new(reader: &'r BylineReader, words: &'r BylineWords) -> Self {
        Self { reader, words, read: RefCell::default() }
    }

    /// What `phrase` names, which may be asked once more.
    pub(in crate::page) fn read(&self, phrase: Phrase) -> Lead {
        let lead = self.reader.read(&phrase, self.words);
        self.read.borrow_mut().insert(phrase, lead.clone());
        lead
    }

    /// The same when it is asked for the last time: nothing of it is kept.
    pub(in crate::page) fn read_last(&self, phrase: &Phrase) -> Lead {
        let known = self.read.borrow_mut().remove(phrase);
        known.unwrap_or_else(|| self.reader.read(phrase, self.words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::byline::Place;
    use crate::page::page_words::PageWords;

    #[test]
    fn a_phrase_names_the_same_people_when_it_comes_again() {
        let words = PageWords::built_in();
        let reader = BylineReader::built_in();
        let bylines = PageBylines::new(&reader, &words.byline);
        let phrase = |place| Phrase { place, chars: "（记者 丁一平）".chars().collect() };
        let first = bylines.read(phrase(Place::Credit));
        assert_eq!(first.people.bylines.len(), 1);
        bylines.read(phrase(Place::Line));
        assert_eq!(bylines.read.borrow().len(), 2);
        for _ in 0..2 {
            assert_eq!(bylines.read_last(&phrase(Place::Credit)), first);
        }
        assert_eq!(bylines.read.borrow().len(), 1);
    }
}
