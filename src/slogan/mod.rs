//! Named slogans (提法): the lexicon that says which, and finding them as they are printed.
//!
//! [`Lexicon`] is the list, [`SloganFinder`] finds what is on it, `Quotations` says what stands in quotation marks. [`Phrases`]
//! finds many phrases at once and is what [`crate::term`] keeps user words whole with; `Fold` makes
//! Traditional and Simplified characters one.

#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod entry;
mod finder;
#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod fold;
mod lexicon;
mod packed;
mod phrases;
mod quotation;

pub use entry::Slogan;
pub use finder::{Mention, Overlap, SloganFinder, SloganId};
pub(crate) use fold::Fold;
pub use lexicon::Lexicon;
pub(crate) use packed::words;
pub use phrases::{Compare, Found, Phrases};
pub(crate) use quotation::{Quotations, Side};
