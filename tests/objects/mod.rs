//! Sentences in which a person says what each figure counts.

use std::fs;
use std::ops::Range;
use std::path::Path;

/// A sentence, and of some figures in it what they count; none where that is not said.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) figures: Vec<(Range<usize>, Option<Range<usize>>)>,
}

/// Reads sentences in which a figure stands with what it counts as `{12名|工人}`.
pub(crate) fn marked(path: &Path) -> Vec<Told> {
    let read = |line: &str| {
        let mut parts = line.split('{');
        let mut told = Told { text: parts.next().unwrap_or_default().to_owned(), figures: Vec::new() };
        for part in parts {
            let (marked, rest) = part.split_once('}').unwrap();
            let (figure, object) = marked.split_once('|').unwrap();
            let start = told.text.len();
            told.text += figure;
            let end = told.text.len();
            if !figure.ends_with(object) {
                told.text += object;
            }
            let object = (!object.is_empty()).then(|| told.text.len() - object.len()..told.text.len());
            told.figures.push((start..end, object));
            told.text += rest;
        }
        told
    };
    fs::read_to_string(path).unwrap().lines().filter(|line| !line.is_empty()).map(read).collect()
}
