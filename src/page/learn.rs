//! Learning to read pages from pages that people annotated.
//!
//! A [`Teacher`] turns annotated pages into examples of the three decisions, and examples into [`Weights`];
//! [`Reader::with_weights`] reads with them, [`Reader::explain`] says why it reads a line as it does. `examples/fit`
//! teaches from the pages under `tests/`, and measures what is learnt on pages left out.
//!
//! ```
//! use std::collections::BTreeMap;
//! use zjgr::chain::Options;
//! use zjgr::page::learn::{Answer, Teacher};
//! use zjgr::page::{Reader, Role, Weights};
//! use zjgr::Document;
//!
//! let page = |text: &str| Document::of(text);
//! let answer = |role| Answer { role, article: 1, joins: false };
//! let told = BTreeMap::from([(1, answer(Role::Headline)), (2, answer(Role::Body))]);
//!
//! let teacher = Teacher::new(Weights::blank());
//! let example = teacher.lines(&page("职工有了新家园\n昨天，大楼盖好了。"), &told).expect("each line is told of");
//! let weights = teacher.fit_lines(&[example], &Options::default())?;
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

use super::articles::Gathered;
use super::byline::{BylineReader, PageBylines};
pub use super::byline::{Credited, Phrase, Place};
use super::corrections::Corrections;
use super::decide::Decided;
pub use super::decide::Explained;
use super::evidence::{self, View, boxes};
use super::page_words::PageWords;
use super::plain::Plain;
use super::read::{self, Given};
use super::scan::Raw;
use super::weights::Weights;
use super::{LineIndex, Reader, Role, build};
use crate::Document;
use crate::chain::{Example, Options};
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

/// What a person says of the lines of a page, by their numbers.
pub type Answers = BTreeMap<u32, Answer>;

/// Turns annotated pages into examples, and examples into weights.
#[derive(Debug, Clone)]
pub struct Teacher {
    page_words: Arc<PageWords>,
    weights: Weights,
}

/// What is learnt of a page: its lines as the teacher's weights see them, and what a person says of each.
struct Lesson<'p> {
    decided: Decided<'p>,
    answers: Vec<Option<Answer>>,
}

impl Teacher {
    /// A teacher of what begins with `weights`: what is learnt stays near them.
    pub fn new(weights: Weights) -> Self {
        Self { page_words: PageWords::built_in(), weights }
    }

    /// What can be learnt from a page of what lines are; none where a line is not told of.
    pub fn lines(&self, document: &Document, answers: &Answers) -> Option<Example> {
        with_view(document, &self.page_words, &self.weights.bylines, |view, lines, index| {
            let mut last: BTreeMap<(Role, u32), usize> = BTreeMap::new();
            let mut told = Vec::with_capacity(lines.len());
            for (i, line) in lines.iter().enumerate() {
                let Answer { role, article, joins } = *answers.get(&index.number(line.index))?;
                let before = last.insert((role, article), i);
                told.push((role, article, before.filter(|_| joins)));
            }
            let decider = &self.weights.lines;
            Some(Example::new(decider.sequence(view, 0..lines.len()), decider.states_of(&told)))
        })
    }

    /// The names of the facts that say which pairs of characters stand on each line of a page, by the numbers of lines,
    /// whether the reader knows the pair or not: what a list of pairs is drawn from.
    pub fn pairs(&self, document: &Document) -> BTreeMap<u32, Vec<String>> {
        with_view(document, &self.page_words, &self.weights.bylines, |view, lines, index| {
            let names = |i: usize| evidence::pairs::names(view, i).collect();
            lines.iter().enumerate().map(|(i, line)| (index.number(line.index), names(i))).collect()
        })
    }

    /// What can be learnt from a page of which article each line belongs to, its lines being what the teacher's own
    /// weights say. `answers` tells of lines that repeat no other.
    pub fn articles(&self, document: &Document, answers: &Answers) -> Example {
        self.lesson(document, answers, |lesson| {
            let article =
                |line: usize| lesson.answers[line].map(|answer| answer.article).filter(|&own| own > 0);
            self.weights.articles.example(&lesson.decided, article)
        })
    }

    /// What can be learnt from a page of which lines go on with others, its lines being what the teacher's own weights
    /// say, their articles what `answers` says.
    pub fn joins(&self, document: &Document, answers: &Answers) -> Vec<Example> {
        self.lesson(document, answers, |lesson| {
            let owner = |answer: &Option<Answer>| {
                answer.map(|answer| answer.article as usize).filter(|&article| article > 0)
            };
            let gathered = Gathered {
                owners: lesson.answers.iter().map(owner).collect(),
                roles: lesson.decided.roles.clone(),
                articles: Vec::new(),
            };
            let joins = |line: usize| lesson.answers[line].is_some_and(|answer| answer.joins);
            self.weights.joins.examples(&lesson.decided, &gathered, joins)
        })
    }

    /// The teacher's weights, with those of what lines are learnt from `examples`.
    ///
    /// # Errors
    ///
    /// Where an example is none of this teacher's.
    pub fn fit_lines(&self, examples: &[Example], options: &Options) -> Result<Weights> {
        let lines = self.weights.lines.fit(examples, options)?;
        Ok(Weights { lines, ..self.weights.clone() })
    }

    /// The teacher's weights, with those of which article each line belongs to learnt from `examples`.
    ///
    /// # Errors
    ///
    /// Where an example is none of this teacher's.
    pub fn fit_articles(&self, examples: &[Example], options: &Options) -> Result<Weights> {
        let articles = self.weights.articles.fit(examples, options)?;
        Ok(Weights { articles, ..self.weights.clone() })
    }

    /// The teacher's weights, with those of where sentences go on learnt from `examples`.
    ///
    /// # Errors
    ///
    /// Where an example is none of this teacher's.
    pub fn fit_joins(&self, examples: &[Example], options: &Options) -> Result<Weights> {
        let joins = self.weights.joins.fit(examples, options)?;
        Ok(Weights { joins, ..self.weights.clone() })
    }

    /// The phrases of a page that may name people, each with the number of the line that its paragraph begins with, where
    /// the lines are what `answers` says.
    pub fn phrases(&self, document: Document, answers: &Answers) -> Vec<(u32, Phrase)> {
        let corrections = Corrections::of_layout(&document.file, answers.clone());
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let reader = Reader::default().with_weights(self.weights.clone()).with_corrections(corrections);
        let (page, phrases) = build::built(document, index, &reader);
        phrases.into_iter().map(|(part, phrase)| (page.parts[part].lines.0, phrase)).collect()
    }

    /// The phrases of each line of a page that may name people, whatever it is.
    pub fn line_phrases(&self, document: &Document) -> BTreeMap<u32, Vec<Phrase>> {
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let plain = Plain::of(&document.text, &self.page_words);
        let text = plain.text(&document.text);
        let lines = build::lines_of(document, text, &plain, &index, &self.page_words);
        let words = &self.page_words.byline;
        let phrases = |line: &Raw| evidence::phrases(text, line, words).into_iter().flatten().collect();
        lines.iter().map(|line| (index.number(line.index), phrases(line))).collect()
    }

    /// The teacher's weights, with those of whom phrases name learnt from such of which that is told.
    ///
    /// # Errors
    ///
    /// Where the fitting fails.
    pub fn fit_bylines(&self, told: &[(Phrase, Credited)], options: &Options) -> Result<Weights> {
        let bylines = BylineReader::learnt(told, &self.page_words.byline, options)?;
        Ok(Weights { bylines: bylines.into(), ..self.weights.clone() })
    }

    fn lesson<T>(&self, document: &Document, answers: &Answers, learn: impl FnOnce(&Lesson<'_>) -> T) -> T {
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let plain = Plain::of(&document.text, &self.page_words);
        let text = plain.text(&document.text);
        let mut lines = build::lines_of(document, text, &plain, &index, &self.page_words);
        let given = Given::of(text, &mut lines, &self.page_words);
        let bylines = PageBylines::new(&self.weights.bylines, &self.page_words.byline);
        let view = View::new(text, &lines, &self.page_words, &bylines);
        let decided = read::decided(&view, &given, &self.weights);
        let answers = lines.iter().map(|line| answers.get(&index.number(line.index)).copied()).collect();
        learn(&Lesson { decided, answers })
    }
}

/// Looks at the lines of `document`.
pub(super) fn with_view<T>(
    document: &Document,
    page_words: &PageWords,
    bylines: &BylineReader,
    of: impl FnOnce(&View<'_>, &[Raw], &LineIndex) -> T,
) -> T {
    let index = LineIndex::new(&document.text, document.first_line, document.single_line);
    let plain = Plain::of(&document.text, page_words);
    let text = plain.text(&document.text);
    let lines = build::lines_of(document, text, &plain, &index, page_words);
    let bylines = PageBylines::new(bylines, &page_words.byline);
    of(&View::new(text, &lines, page_words, &bylines), &lines, &index)
}

/// True for the name of a row of weights that says what the place of a line on the page weighs. Fitted alone
/// ([`Options::of`]), these leave the reading of text without boxes as it is.
pub fn is_of_boxes(row: &str) -> bool {
    row.contains(boxes::OPENING)
}

/// What can be known of a line: the name of each fact with what it says.
pub fn facts() -> impl Iterator<Item = (&'static str, &'static str)> {
    evidence::said()
}

impl Reader {
    /// Why each line of `document` is read as it is, by the numbers of the lines.
    pub fn explain(&self, document: &Document) -> BTreeMap<u32, Explained> {
        let index = LineIndex::new(&document.text, document.first_line, document.single_line);
        let plain = Plain::of(&document.text, &self.page_words);
        let text = plain.text(&document.text);
        let mut lines = build::lines_of(document, text, &plain, &index, &self.page_words);
        read::mark_known(text, &mut lines, &self.profiles);
        Given::of(text, &mut lines, &self.page_words);
        let weights = self.weights.clone().unwrap_or_else(Weights::built_in);
        let bylines = PageBylines::new(&weights.bylines, &self.page_words.byline);
        let explained = weights.lines.explain(&View::new(text, &lines, &self.page_words, &bylines));
        lines.iter().map(|line| index.number(line.index)).zip(explained).collect()
    }
}
