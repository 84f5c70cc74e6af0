//! What pages teach that a person corrected: a paper's own ways, learnt around what the reader knows already.
//!
//! ```
//! use zjgr::analysis::lessons::Lessons;
//! use zjgr::run::Corpus;
//! use zjgr::source::Inputs;
//!
//! let folder = tempfile::tempdir()?;
//! let page = folder.path().join("p1.txt");
//! std::fs::write(&page, "本刊絮语\n职工有了新家园\n昨天，大楼盖好了。\n")?;
//! // The table of `zjgr layout`, with its role and article put right.
//! let rows = format!("file,line,role,article,joins\n{0},1,column,1,0\n{0},2,headline,1,0\n{0},3,body,1,0\n", page.display());
//!
//! let mut lessons = Lessons::default();
//! lessons.correct(&rows, b',')?;
//! let corpus = Corpus::new(Inputs::find(lessons.files(), None));
//! let (taught, _) = corpus.count(&lessons)?;
//! assert_eq!(taught.pages(), 1);
//! let weights = lessons.learn(taught)?;
//! assert!(weights.to_tsv().starts_with("[lines]\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::path::Path;
use std::sync::Arc;

use super::Analysis;
use crate::Result;
use crate::chain::{Example, Options};
use crate::page::learn::Teacher;
use crate::page::{Corrections, Selection, Weights};

/// How far what is learnt may lie from what was known, as the standard deviation of a prior: a few pages move what they
/// have much of, and nothing else.
const DEVIATION: f64 = 0.3;
/// How often the weights are bettered.
const ROUNDS: usize = 40;

/// What a person says of the lines of pages, to learn from.
#[derive(Debug, Clone)]
pub struct Lessons {
    corrections: Corrections,
    teacher: Teacher,
}

impl Default for Lessons {
    /// Lessons to a reader that knows what is built in.
    fn default() -> Self {
        Self {
            corrections: Corrections::default(),
            teacher: Teacher::new(Weights::clone(&Weights::built_in())),
        }
    }
}

/// What pages taught.
#[derive(Debug, Default)]
pub struct Taught {
    pages: Vec<(Arc<str>, Page)>,
}

#[derive(Debug)]
struct Page {
    lines: Option<Example>,
    articles: Example,
    joins: Vec<Example>,
}

impl Taught {
    /// How many pages.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The files of which lines are not told of, so that nothing is learnt of what lines are.
    pub fn incomplete(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().filter(|(_, page)| page.lines.is_none()).map(|(file, _)| &**file)
    }
}

impl Lessons {
    /// Takes up a table of `zjgr layout` that a person put right; see [`Corrections::take_layout`].
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) with its line where a row is none of such a table.
    pub fn correct(&mut self, table: &str, delimiter: u8) -> Result<()> {
        self.corrections.take_layout(table, delimiter).map(drop)
    }

    /// The files of the pages, in the order of their names.
    pub fn files(&self) -> Vec<&Path> {
        self.corrections.files()
    }

    /// The built-in weights, moved towards what was taught.
    ///
    /// # Errors
    /// Where what was taught comes from other lessons.
    pub fn learn(&self, mut taught: Taught) -> Result<Weights> {
        taught.pages.sort_by(|(a, _), (b, _)| a.cmp(b));
        let options = Options { deviation: DEVIATION, rounds: ROUNDS, ..Options::default() };
        let (mut lines, mut articles, mut joins) = (Vec::new(), Vec::new(), Vec::new());
        for (_, page) in taught.pages {
            lines.extend(page.lines);
            articles.push(page.articles);
            joins.extend(page.joins);
        }
        let weights = self.teacher.fit_lines(&lines, &options)?;
        let weights = Teacher::new(weights).fit_articles(&articles, &options)?;
        Teacher::new(weights).fit_joins(&joins, &options)
    }
}

impl Analysis for Lessons {
    const NAME: &'static str = "learn";
    type Partial = Taught;

    fn start(&self) -> Taught {
        Taught::default()
    }

    fn add(&self, taught: &mut Taught, page: &Selection<'_>) {
        let page = page.page();
        let Some(answers) = self.corrections.of_lines(&page.file) else { return };
        let document = page.document();
        let lesson = Page {
            lines: self.teacher.lines(document, answers),
            articles: self.teacher.articles(document, answers),
            joins: self.teacher.joins(document, answers),
        };
        taught.pages.push((Arc::clone(&page.file), lesson));
    }

    fn merge(&self, taught: &mut Taught, other: Taught) {
        taught.pages.extend(other.pages);
    }
}
