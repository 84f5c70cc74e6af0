//! Learning to read pages from pages that people annotated.
//!
//! A [`Teacher`] turns annotated pages into examples and examples into weights; [`Reader::with_weights`] reads with
//! them, [`Reader::explain`] says why it reads a line as it does. The reader that is built in does not decide in this
//! way yet. `examples/fit` teaches from the pages under `tests/`, and measures what is learnt on pages left out.
//!
//! ```
//! use std::collections::BTreeMap;
//! use zjgr::chain::Options;
//! use zjgr::page::learn::{Answer, Teacher};
//! use zjgr::page::{Reader, Role};
//! use zjgr::Document;
//!
//! let page = |text: &str| Document { text: text.to_owned(), first_line: 1, ..Document::default() };
//! let answer = |role| Answer { role, article: 1, joins: false };
//! let told = BTreeMap::from([(1, answer(Role::Headline)), (2, answer(Role::Body))]);
//!
//! let teacher = Teacher::default();
//! let example = teacher.example(&page("职工有了新家园\n昨天，大楼盖好了。"), &told).expect("each line is told of");
//! let weights = teacher.fit(&[example], &Options::default())?;
//!
//! let reader = Reader::default().with_weights(weights);
//! let read = reader.read(page("工会开了大会\n昨天，许多人来了。"));
//! assert_eq!(read.lines[0].role, Role::Headline);
//! assert_eq!(read.lines[1].role, Role::Body);
//! let why = &reader.explain(read.document())[&1];
//! assert_eq!(why.state, "headline,begins");
//! assert!(why.reasons.iter().any(|reason| reason.fact == "before-text"), "the sum of the reasons is the decision");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decide::Decider;
pub use super::decide::Explained;
use super::evidence::{self, View};
use super::lexicon::Lexicon;
use super::plain::Plain;
use super::{LineIndex, Reader, Role, build};
use crate::Document;
use crate::chain::{self, Example, Model, Options};
use crate::error::Result;

/// What a person says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What it is.
    pub role: Role,
    /// The number of the article that it belongs to; 0 for none.
    pub article: u32,
    /// True where it goes on with an earlier line of its role and article.
    pub joins: bool,
}

/// Turns annotated pages into examples, and examples into a reader.
#[derive(Debug, Clone)]
pub struct Teacher {
    lexicon: Arc<Lexicon>,
    decider: Decider,
}

impl Default for Teacher {
    /// A teacher of what has learnt nothing yet.
    fn default() -> Self {
        Self { lexicon: Arc::new(Lexicon::built_in()), decider: Decider::blank() }
    }
}

impl Teacher {
    /// A page as an example, from what is said of each of its lines, by their numbers; none where a line is not told of.
    pub fn example(&self, document: &Document, answers: &BTreeMap<u32, Answer>) -> Option<Example> {
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let plain = Plain::of(&document.text, &self.lexicon);
        let text = plain.text(&document.text);
        let lines = build::lines_of(document, text, &plain, &index, &self.lexicon);
        let view = View::new(text, &lines, &self.lexicon);
        let mut last: BTreeMap<(Role, u32), usize> = BTreeMap::new();
        let mut told = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            let Answer { role, article, joins } = *answers.get(&index.number(line.index))?;
            let before = last.insert((role, article), i);
            told.push((role, article, before.filter(|_| joins)));
        }
        Some(Example::new(self.decider.sequence(&view), self.decider.states_of(&told)))
    }

    /// What is learnt from `examples`.
    ///
    /// # Errors
    ///
    /// Where an example is none of this teacher's.
    pub fn fit(&self, examples: &[Example], options: &Options) -> Result<Model> {
        Ok(chain::fit(self.decider.model(), examples, options)?.model)
    }
}

/// What can be known of a line: the name of each fact with what it says.
pub fn facts() -> impl Iterator<Item = (&'static str, &'static str)> {
    evidence::facts().map(|fact| (fact.name, fact.says))
}

impl Reader {
    /// A reader that decides by other weights.
    #[must_use]
    pub fn with_weights(self, weights: Model) -> Self {
        Self { decider: Some(Arc::new(Decider::with(weights))), gatherer: None, ..self }
    }

    /// Why each line of `document` is read as it is, by the numbers of the lines.
    pub fn explain(&self, document: &Document) -> BTreeMap<u32, Explained> {
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let plain = Plain::of(&document.text, &self.lexicon);
        let text = plain.text(&document.text);
        let lines = build::lines_of(document, text, &plain, &index, &self.lexicon);
        let Some(decider) = &self.decider else { return BTreeMap::new() };
        let explained = decider.explain(&View::new(text, &lines, &self.lexicon));
        lines.iter().map(|line| index.number(line.index)).zip(explained).collect()
    }
}
