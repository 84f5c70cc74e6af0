//! Reads OCR'd Chinese newspaper pages and turns them into tables.
//!
//! Everything is one flow, and the folders are that flow:
//!
//! ```text
//! bytes ─source→ Document ─layout→ lines in reading order ─page→ Page { masthead, lines, articles } ─analysis→ mergeable partial ─table→ CSV …
//! ```
//!
//! * [`calendar`] knows the days: eras, lunar years, dates as papers print them. Any room may ask it.
//! * [`chain`] decides over a whole sequence at once, by weights learnt from examples. Any room may ask it, too.
//! * [`source`] finds files and turns bytes into [`source::Document`]s: compression, encoding, format.
//! * [`layout`] puts text whose place on the page is known in reading order.
//! * [`page`] understands one document: a role for every line, lines rejoined into paragraphs, paragraphs
//!   gathered into articles. Its text remembers where every character stood in the file.
//! * [`figure`], [`slogan`] and [`term`] find things in that text.
//! * [`table`] writes rows of cells; it knows of nothing else here. [`measure`] has the formulas.
//! * [`analysis`] counts, page by page, in partials that merge in any order, and says what its rows look like.
//! * [`run`] drives it all over many files and threads.
//!
//! A module knows those before it in this list and none after. The library never prints and never exits.

pub mod analysis;
pub mod calendar;
pub mod chain;
pub mod error;
pub mod figure;
pub mod layout;
pub mod measure;
pub mod page;
pub mod run;
pub mod slogan;
pub mod source;
pub mod table;
pub mod term;

pub use error::{Error, ErrorKind, Result};
pub use page::{Article, Page};
pub use source::Document;
