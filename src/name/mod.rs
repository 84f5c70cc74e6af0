//! Names: persons, bodies, places, titles, works.
//!
//! A sentence is labelled character by character, all of it at once: [`Sentence`] says what is known of each character,
//! the [`Weights`] say what each such fact speaks for, and the labels of the highest score are the names.

mod annotated;
mod facts;
mod finder;
mod label;
mod link;
mod name_words;
mod weights;

pub use annotated::{Annotated, Score};
pub use facts::{Fact, Sentence};
pub use finder::{Finder, Room, spans, works};
pub use label::{NameType, forbidden, label_names, labels_of};
pub use link::{Mention, mentions, mentions_of_page};
pub use weights::{Weights, Work};
