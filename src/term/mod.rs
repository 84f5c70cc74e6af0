//! Terms: text cut into words, user words kept whole, and every term a small number.
//!
//! * [`Segmenter`] cuts text; [`WordList`] says which words it must keep whole
//! * [`Vocabulary`] gives each term a number, so that counting never copies a string
//! * [`PhrasePatterns`] say which runs of words are phrases
//! * [`Class`] tells words from numbers, Latin and punctuation; [`StopWords`] are left out on request

mod class;
mod dictionary;
mod grams;
mod patterns;
mod segment;
mod short_words;
mod stopwords;
mod vocabulary;
mod word_list;

pub use class::Class;
pub use dictionary::{WordEnds, general_frequency};
pub(crate) use patterns::Fitting;
pub use patterns::PhrasePatterns;
pub use segment::{Cutting, FindWords, Segmenter, SegmenterOptions, Token};
pub use stopwords::{StopWords, read_lines};
pub use vocabulary::{SortedTerms, TermId, Vocabulary};
pub use word_list::{UserWord, WordList};

/// True where the general dictionary has `word` as the name of a person, a place or a body.
pub(crate) fn is_name(word: &str) -> bool {
    let tag = dictionary::Place::of(word).map_or("", dictionary::Place::tag);
    ["nr", "ns", "nt"].iter().any(|name| tag.starts_with(name))
}

/// True where the general dictionary has `word`.
pub(crate) fn is_word(word: &str) -> bool {
    dictionary::Place::of(word).is_some()
}

/// Hands out the words of `text` as the general dictionary cuts it, each with its number of characters and its part of
/// speech.
pub(crate) fn for_each_tagged_word(text: &str, mut word: impl FnMut(usize, &'static str)) {
    dictionary::cut(text, false, |part, place| {
        word(part.chars().count(), place.map_or("", dictionary::Place::tag));
    });
}

/// The part of speech that the general dictionary gives `word`; none where it does not have it.
pub(crate) fn dictionary_tag(word: &str) -> Option<&'static str> {
    dictionary::Place::of(word).map(dictionary::Place::tag)
}
