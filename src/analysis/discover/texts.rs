//! The texts that were searched, put aside to be read again when it is known what to count in them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::ledger::{Amount, Ledger};
use crate::analysis::scope::Scope;
use crate::page::{Role, Selection};

/// What was searched, by page.
pub(super) type Texts = Ledger<Sheets>;

/// The printed pages of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sheets(pub(super) Vec<Sheet>);

/// The articles of a printed page.
pub(super) type Sheet = Vec<Article>;

/// What of an article was searched.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Article {
    pub(super) date: Option<Date>,
    pub(super) parts: Vec<Part>,
}

/// A part of an article.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Part {
    /// True for headline, kicker and subhead.
    pub(super) is_headline: bool,
    pub(super) text: String,
}

impl Article {
    /// Article `index` of a page.
    pub(super) fn of(scope: &Scope, selection: &Selection<'_>, index: usize) -> Self {
        let page = selection.page();
        let parts = scope.parts(selection, index).map(|(at, part)| Part {
            is_headline: matches!(part.role, Role::Kicker | Role::Headline | Role::Subhead),
            text: page.part_text(at).to_owned(),
        });
        Self { date: page.date_of(index), parts: parts.collect() }
    }
}

/// What a page is put aside under. Two may have the same name.
pub(super) fn name(selection: &Selection<'_>) -> String {
    let page = selection.page();
    let line = page.document().first_line;
    format!("{}\0{line:010}\0{}", page.file, page.id.as_deref().unwrap_or_default())
}

impl Amount for Sheets {
    fn add(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.sort_unstable();
    }

    fn weight(&self) -> usize {
        let parts = self.0.iter().flatten().flat_map(|article| &article.parts);
        parts.map(|part| size_of::<Part>() + part.text.len()).sum()
    }
}
