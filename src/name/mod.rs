//! Names: persons, bodies, places, titles, works.
//!
//! A sentence is labelled character by character, all of it at once: [`Sentence`] says what is known of each character,
//! the [`Weights`] say what each such fact speaks for, and the labels of the highest score are the names.

mod annotated;
mod best;
mod fact;
mod facts;
mod finder;
mod label;
mod link;
#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod name_words;
mod numbers;
mod packed;
mod weights;

pub use annotated::{Annotated, Score};
pub use best::LabelScratch;
pub use fact::Fact;
pub use facts::Sentence;
pub use finder::{Finder, Scratch, spans, works};
pub use label::{NameType, label_names, labels_of};
pub use link::{Mention, mentions, mentions_of_page};
pub use numbers::forbidden;
pub use weights::Weights;
