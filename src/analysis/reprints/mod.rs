//! Text that comes again: on another page, another day, in another paper.
//!
//! Every article is kept with what two readings of it agree on (`text`). When all are known, fingerprints of their
//! text say which two may share a passage (`seeds`); these are aligned character by character (`align`), and passages
//! that share text are a cluster (`clusters`). Memory does not grow with the text: articles, fingerprints and hits lie in
//! temporary files, and what is held is what was found.
//!
//! ```
//! use zjgr::analysis::{counted, reprints::Reprints};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let mut reprints = Reprints::default();
//! reprints.min_chars = 15;
//! let pages = ["morning.txt", "evening.txt"].map(|file| {
//!     let mut document = zjgr::Document::of("昨天上午，东浦机床厂的大楼盖好了，三百多名职工搬进新家，大家都说好。");
//!     document.file = file.into();
//!     Reader::default().read(document)
//! });
//! assert_eq!(counted(&reprints, &pages, Format::CSV)?.lines().count(), 3, "a header and two prints");
//! # Ok::<(), zjgr::Error>(())
//! ```

mod align;
mod clusters;
mod rows;
mod seeds;
mod store;
mod text;

use serde::{Deserialize, Serialize};

use self::text::Article;
use super::Analysis;
use super::ledger::{Amount, Ledger};
use super::partial::Portable;
use super::scope::Scope;
use crate::Result;
use crate::page::Selection;

/// What is looked for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reprints {
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// Only passages of so many characters, letters and digits, marks not counted.
    pub min_chars: usize,
    /// Only passages of which this share is the same as in another print.
    pub min_similarity: f64,
    /// Which day a passage is of.
    pub dated: Dated,
}

impl Reprints {
    /// How long a passage is at least, in characters, unless said otherwise.
    pub const MIN_CHARS: usize = 40;
    /// What share of it must be the same, unless said otherwise.
    pub const MIN_SIMILARITY: f64 = 0.8;
}

impl Default for Reprints {
    /// Every passage of [`Self::MIN_CHARS`] of which [`Self::MIN_SIMILARITY`] is the same.
    fn default() -> Self {
        Self {
            scope: Scope::default(),
            min_chars: Self::MIN_CHARS,
            min_similarity: Self::MIN_SIMILARITY,
            dated: Dated::Own,
        }
    }
}

/// Which day a passage is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Dated {
    /// The one on which it was printed.
    #[default]
    Own,
    /// The one on which its text was printed first.
    ///
    /// That of the first passage of its cluster.
    First,
}

/// The articles of some of the pages. Partials add up in any order to the same result.
#[derive(Debug, Default)]
pub struct Prints {
    articles: Ledger<Kept>,
}

/// An article under its name. One that was read twice is one.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept(Option<Article>);

impl Amount for Kept {
    fn add(&mut self, other: Self) {
        self.0 = self.0.take().or(other.0);
    }

    fn weight(&self) -> usize {
        self.0.as_ref().map_or(0, Article::weight)
    }
}

impl Analysis for Reprints {
    const NAME: &'static str = "reprints";
    const ASKS_WHO: bool = false;
    type Partial = Prints;

    fn start(&self) -> Prints {
        Prints::default()
    }

    fn add(&self, partial: &mut Prints, selection: &Selection<'_>) {
        for (index, _) in selection.articles() {
            if let Some(article) = Article::of(&self.scope, selection, index) {
                partial.articles.change(&article.name(), |kept| kept.add(Kept(Some(article))));
            }
        }
        partial.articles.put_aside();
    }

    fn merge(&self, partial: &mut Prints, other: Prints) {
        partial.articles.merge(other.articles);
    }
}

impl Portable for Reprints {
    fn pack(&self, partial: &mut Prints) -> Result<Vec<u8>> {
        partial.articles.pack()
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Prints> {
        Ok(Prints { articles: Ledger::unpack(bytes)? })
    }
}
