//! Bylines, datelines and credits: who wrote it, who took the picture, where the story came from.
//!
//! What of a page may name people is a *phrase* (`phrase`). It is looked at (`look`), every character of it has facts
//! (`facts`), and a linear chain gives each a label (`reader`): part of a name, of a role, of a source, of a dateline.
//! A label of a name says where its role stands and whether its bearer wrote, took pictures or both, so that whom a
//! phrase names is read off its labels (`label`). The weights are learnt (`data/page/bylines.tsv`).

mod cited;
mod facts;
mod label;
mod look;
mod names;
mod once;
mod phrase;
mod reader;
mod wire;

pub use label::Credited;
pub(super) use names::bare_name;
pub(super) use once::PageBylines;
pub(super) use phrase::{CLOSES, OPENS, line_phrases, phrases, without_left_over};
pub use phrase::{Phrase, Place};
pub(super) use reader::BylineReader;
pub(super) use wire::wire;

use super::Byline;

/// The phrase that a story opens with: `本报讯 记者甲报道`, `新华社北京2月24日电（记者甲、乙）`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lead {
    /// The agency or paper it names.
    pub(super) source: Option<String>,
    /// Place and date as printed.
    pub(super) dateline: Option<String>,
    /// Who is named.
    pub(super) people: People,
    /// How many of a hundred characters say one of these, blanks and marks left out.
    pub(super) share: u32,
}

/// Who is named in a byline or a credit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Who wrote, in print order.
    pub(super) bylines: Vec<Byline>,
    /// Who took pictures, in print order.
    pub(super) photographers: Vec<String>,
}
