//! Sentences in which the names are marked, and how well names are found in them.

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::NameType;
use crate::error::{Error, ErrorKind, Result};

/// A sentence with its names.
///
/// ```
/// use zjgr::name::{Annotated, NameType};
///
/// let line = r#"{"text": "王建国到东海市。", "names": [["王建国", "person"], ["东海市", "place"]], "kind": "", "writer": ""}"#;
/// let sentences = Annotated::read(line)?;
/// assert_eq!(sentences[0].names[1], (12..21, NameType::Place));
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The text.
    pub text: String,
    /// Where the names stand in it, in bytes, in order.
    pub names: Vec<(Range<usize>, NameType)>,
    /// What kind of text it is, and of which time.
    pub kind: String,
    /// Who wrote and marked it.
    pub writer: String,
}

#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    names: Vec<(String, String)>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    writer: String,
}

impl Annotated {
    /// Reads sentences, a JSON object a line: `text`, `names` (`[span, type]` in order of appearance), `kind`,
    /// `writer`.
    ///
    /// # Errors
    /// [`ErrorKind::Record`] with its line where one is none of these, or a name is not in its text.
    pub fn read(text: &str) -> Result<Vec<Self>> {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        lines.map(|(line, number)| Self::of(line).map_err(|error| error.at_line(number))).collect()
    }

    fn of(line: &str) -> Result<Self> {
        let wrong = |what: String| Error::new(ErrorKind::Record(what));
        let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let mut names = Vec::with_capacity(line.names.len());
        let mut from = 0;
        for (span, kind) in &line.names {
            let kind = NameType::named(kind).ok_or_else(|| wrong(format!("`{kind}` is no type of name")))?;
            let found = line.text.get(from..).and_then(|rest| rest.find(span.as_str()));
            let at = found.ok_or_else(|| wrong(format!("`{span}` does not stand behind the name before")))?;
            names.push((from + at..from + at + span.len(), kind));
            from += at + span.len();
        }
        Ok(Self { text: line.text, names, kind: line.kind, writer: line.writer })
    }
}

/// How many names of one type were there, were found, and were found rightly.
///
/// ```
/// use zjgr::name::{Annotated, Finder, NameType, Score, Scratch};
///
/// let sentences = Annotated::read(r#"{"text": "东海市总工会主席王建国到车间看望职工。", "names": [["王建国", "person"]], "kind": "", "writer": ""}"#)?;
/// let mut score = Score::default();
/// for sentence in &sentences {
///     let found = Finder::get().find(&sentence.text, &mut Scratch::default());
///     score.add(NameType::Person, sentence, &found, &Default::default());
/// }
/// assert_eq!(score.recall(), 1.0);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// Names that are marked.
    pub marked: usize,
    /// Names that were found.
    pub found: usize,
    /// Names found as they are marked: the whole span, and the type.
    pub right: usize,
    /// Marked names that are in none of the sentences that were learnt from.
    pub unseen: usize,
    /// Those of them that were found rightly.
    pub unseen_right: usize,
}

impl Score {
    /// Adds the names of type `kind` in one sentence; `known` are the names that were learnt from.
    pub fn add(
        &mut self,
        kind: NameType,
        sentence: &Annotated,
        found: &[(Range<usize>, NameType)],
        known: &FxHashSet<&str>,
    ) {
        let of_kind = |names: &[(Range<usize>, NameType)]| names.iter().filter(|name| name.1 == kind).count();
        self.marked += of_kind(&sentence.names);
        self.found += of_kind(found);
        for name in sentence.names.iter().filter(|name| name.1 == kind) {
            let right = usize::from(found.contains(name));
            let is_known = sentence.text.get(name.0.clone()).is_some_and(|text| known.contains(text));
            self.right += right;
            if !is_known {
                self.unseen += 1;
                self.unseen_right += right;
            }
        }
    }

    /// The share of what was found that is right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// The share of what is marked that was found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.marked.max(1) as f64
    }

    /// The share of the names never seen before that was found.
    pub fn unseen_recall(&self) -> f64 {
        self.unseen_right as f64 / self.unseen.max(1) as f64
    }
}
