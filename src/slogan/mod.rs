//! Named slogans (提法): the lexicon that says which, and finding them as they are printed.
//!
//! [`Phrases`] finds many phrases at once and is what [`crate::term`] keeps user words whole with; [`Fold`] makes
//! Traditional and Simplified characters one.

mod fold;
mod phrases;

pub use fold::Fold;
pub use phrases::{Compare, Found, Phrases};
