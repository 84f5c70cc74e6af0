//! A linear-chain conditional random field: which state each element of a sequence is in, decided once for all of them.
//!
//! An element (a line of a page, a character of a sentence) is a set of *facts*; a [`Model`] has a weight for every
//! fact with every state, and one for every state behind every other. The score of a row of states is the sum of
//! them, so that it can be explained fact by fact ([`Model::why`]); [`Model::best`] finds the row of the highest
//! score, [`Model::marginals`] says how sure each state of it is, and [`fit`] learns the weights.
//!
//! Lafferty, J., McCallum, A. & Pereira, F. (2001): Conditional random fields: probabilistic models for segmenting
//! and labeling sequence data. *ICML 2001*, 282–289.
//!
//! ```
//! use zjgr::chain::{Example, Facts, Model, Options, Sequence, Work, fit};
//!
//! let mut facts = Facts::default();
//! let (short, long) = (facts.add("short"), facts.add("long"));
//! let lines = Sequence::from_iter([vec![short], vec![long], vec![long], vec![]]);
//! let (headline, body) = (0, 1);
//!
//! // Nothing is known yet, but that no headline stands at the end.
//! let blank = Model::new(["headline", "body"], facts).forbid(|from, to| from == Some(headline) && to.is_none());
//! let example = Example::new(lines.clone(), vec![headline, body, body, body]);
//! let model = fit(&blank, &[example], &Options::default())?.model;
//!
//! let mut work = Work::default();
//! assert_eq!(model.best(&lines, &mut work), [headline, body, body, body]);
//! assert!(model.marginals(&lines, &mut work)[headline] > 0.5, "two states a line, one line behind the other");
//! let why = model.why(&lines, &[headline, body, body, body], 0, body);
//! assert!(why.iter().any(|reason| reason.fact == "short" && reason.weight > 0.0));
//!
//! // Weights are data, and can be read.
//! let text = model.to_tsv();
//! assert!(text.starts_with("fact\theadline\tbody\n"), "{text}");
//! assert_eq!(Model::from_tsv(["headline", "body"], text.as_bytes())?.to_tsv(), text);
//! # Ok::<(), zjgr::Error>(())
//! ```

mod fit;
mod lattice;
mod lbfgs;
mod model;
mod packed;
#[cfg(test)]
mod tests;
mod tsv;

pub use fit::{Example, Fit, Options, fit};
pub use lattice::Work;
pub use lbfgs::{Minimum, minimise};
pub use model::{Model, Reason};
pub(crate) use packed::UNKNOWN;

use std::ops::Range;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::packed::Key;

/// How many elements of a long sequence are decided together.
const WINDOW: usize = 4096;
/// How many elements on either side of those are looked at with them: what stands further away tells nothing.
const MARGIN: usize = 128;

/// The windows in which a sequence of `len` elements is decided, so that the memory it takes does not grow with it: of
/// each the elements that are looked at, and those of them that are decided.
pub(crate) fn windows(len: usize) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    (0..len).step_by(WINDOW).map(move |start| {
        let decided = start..(start + WINDOW).min(len);
        (start.saturating_sub(MARGIN)..(decided.end + MARGIN).min(len), decided)
    })
}

/// The names of facts, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Facts(IndexSet<Box<str>, FxBuildHasher>);

impl Facts {
    /// The number of the fact `name`, which is taken up if it is new.
    pub fn add(&mut self, name: &str) -> u32 {
        self.get(name).unwrap_or_else(|| self.0.insert_full(name.into()).0 as u32)
    }

    /// The number of the fact `name`, if it is known.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.0.get_index_of(name).map(|number| number as u32)
    }

    /// All names; the place of a name is its number.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The name of the fact with this number, if there is one.
    pub fn name(&self, number: u32) -> Option<&str> {
        self.0.get_index(number as usize).map(AsRef::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What gives facts their numbers.
pub(crate) trait Names {
    /// The name of a fact, or a part of it.
    type Name: Name;

    /// The number of the fact of that name.
    fn number(&mut self, name: &Self::Name) -> u32;
}

/// A part of a name, and its key. Of what is known when the program is built, the key is, too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'t> {
    pub(crate) text: &'t str,
    key: Key,
}

impl<'t> Part<'t> {
    pub(crate) const fn of(text: &'t str) -> Self {
        Self { text, key: Key::of(text) }
    }
}

/// A name that is put together from parts.
pub(crate) trait Name: Sized {
    /// A part.
    fn of(part: &str) -> Self;

    /// A part whose key is known.
    fn known(part: Part<'_>) -> Self {
        Self::of(part.text)
    }

    /// This with `more` behind it.
    fn and(&self, more: &Self) -> Self;
}

impl Names for Facts {
    type Name = String;

    fn number(&mut self, name: &String) -> u32 {
        self.add(name)
    }
}

impl Name for String {
    fn of(part: &str) -> Self {
        part.to_owned()
    }

    fn and(&self, more: &Self) -> Self {
        [self.as_str(), more].concat()
    }
}

/// Which facts hold of each element of a sequence, by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    facts: Vec<u32>,
    ends: Vec<usize>,
}

impl Sequence {
    /// Adds an element of which `facts` hold.
    pub fn add(&mut self, facts: impl IntoIterator<Item = u32>) {
        self.facts.extend(facts);
        self.ends.push(self.facts.len());
    }

    /// Takes all elements out, and keeps the room.
    pub fn clear(&mut self) {
        self.facts.clear();
        self.ends.clear();
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The facts of each element.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.facts[start..end])
    }

    /// The facts of element `at`, from 0; none behind the last.
    pub fn at(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(at).map_or(&[], |&end| &self.facts[start..end])
    }
}

impl<I: IntoIterator<Item = u32>> FromIterator<I> for Sequence {
    fn from_iter<T: IntoIterator<Item = I>>(elements: T) -> Self {
        let mut sequence = Self::default();
        elements.into_iter().for_each(|facts| sequence.add(facts));
        sequence
    }
}
