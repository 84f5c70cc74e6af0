//! Patterns among the paths that are typed. The shells of Windows leave them to the program, and quotes do so elsewhere.

use std::path::PathBuf;

use glob::MatchOptions;

/// The signs of a pattern.
const SIGNS: [char; 3] = ['*', '?', '['];

/// What `path` stands for: everything that matches, by name, where it is a pattern and no file is called so; else itself.
pub(crate) fn matching(path: PathBuf) -> Vec<PathBuf> {
    let pattern = path.to_str().filter(|text| text.contains(SIGNS) && !path.exists());
    // Hidden files are left out, as everywhere.
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
    let found = pattern.and_then(|pattern| glob::glob_with(pattern, options).ok());
    let found: Vec<PathBuf> = found.into_iter().flatten().filter_map(Result::ok).collect();
    if found.is_empty() { vec![path] } else { found }
}
