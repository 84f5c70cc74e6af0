//! The sentences that are learnt from.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::objects::{Told, marked};

#[derive(Deserialize)]
struct Case {
    input: String,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    text: String,
    class: String,
    object: Option<String>,
}

/// What is learnt from: `tests/figures/*.jsonl` and `tests/objects/learnt-*.txt`.
pub(crate) fn told() -> Vec<Told> {
    let cases = files("tests/figures", "", ".jsonl").into_iter().flat_map(|path| cases(&path));
    let marked = files("tests/objects", "learnt", ".txt").into_iter().flat_map(|path| marked(&path));
    cases.chain(marked).collect()
}

fn files(folder: &str, first: &str, last: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files.retain(|path| name(path).starts_with(first) && name(path).ends_with(last));
    files.sort();
    files
}

fn cases(path: &Path) -> Vec<Told> {
    let read = |line: &str| {
        let case: Case = serde_json::from_str(line).unwrap();
        let mut at = 0;
        let mut figures = Vec::new();
        for expected in case.expect {
            let Some(start) = case.input[at..].find(&expected.text).map(|start| at + start) else { continue };
            at = start + expected.text.len();
            let counts = ["count", "ordinal", "money"].contains(&expected.class.as_str());
            let Some(object) = expected.object.filter(|_| counts) else { continue };
            let place = object_of(&case.input, start..at, &object).filter(|_| !object.is_empty());
            if object.is_empty() || place.is_some() {
                figures.push((start..at, place));
            }
        }
        Told { text: case.input, figures }
    };
    fs::read_to_string(path).unwrap().lines().map(read).collect()
}

/// Where `object` stands that `figure` counts: behind it, or in it, where the unit is counted itself.
fn object_of(text: &str, figure: Range<usize>, object: &str) -> Option<Range<usize>> {
    let inside = || text[figure.clone()].rfind(object).map(|start| figure.start + start);
    let behind = text[figure.end..].find(object).map(|start| figure.end + start);
    let start = behind.filter(|&start| start == figure.end).or_else(inside).or(behind)?;
    Some(start..start + object.len())
}
