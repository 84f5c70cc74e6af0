//! A slogan.
//!
//! `build.rs` has this file as a module of its own: it packs the slogans of `data/slogans.toml` ([`crate::packed`]).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::packed::{Problem, parse};

/// A slogan with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Slogan {
    /// The name it is counted under.
    pub name: String,
    /// The family it belongs to; a slogan of no family is its own.
    #[serde(default)]
    pub family: String,
    /// Other ways to print it. Quotation marks, blanks and middle dots inside, one comma for another or none, and
    /// Traditional characters, need no variant.
    #[serde(default)]
    pub variants: Vec<String>,
    /// The year of its first source, where that is certain.
    #[serde(default)]
    pub year: Option<i16>,
    /// That source: who said it where, or which decision.
    #[serde(default)]
    pub source: String,
    /// What it means.
    #[serde(default)]
    pub note: String,
}

impl Slogan {
    /// Every way to print it, its name first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.variants).map(String::as_str)
    }

    /// Says what is wrong, if it is none.
    pub(super) fn check(&self) -> Result<(), String> {
        for form in self.forms() {
            if !form.chars().any(char::is_alphanumeric) {
                return Err(format!("`{form}` is no slogan: it has no letter and no digit"));
            }
        }
        Ok(())
    }
}

/// A slogan of more characters is a phrase, whose words are counted: 共同富裕 in 共同富裕示范区.
const LONGEST_WORD: usize = 6;

/// What a file of slogans is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    pub(crate) slogan: Vec<Slogan>,
}

/// The slogans of `data/slogans.toml`.
///
/// # Errors
/// Where the file is not of its form, or what it has is no slogan or there twice.
pub(crate) fn read() -> Result<Vec<Slogan>, Problem> {
    const FILE: &str = "data/slogans.toml";
    const TEXT: &str = include_str!("../../data/slogans.toml");
    let slogans = parse::<File>(FILE, TEXT)?.slogan;
    let mut names = BTreeSet::new();
    for slogan in &slogans {
        let problem = |what| {
            let at = TEXT.find(&slogan.name).unwrap_or_default();
            Problem::of(FILE, what).within(TEXT, at..at)
        };
        slogan.check().map_err(problem)?;
        if !names.insert(&slogan.name) {
            return Err(problem(format!("{} is named twice", slogan.name)));
        }
    }
    Ok(slogans)
}

/// The forms of `slogans` that are words: without punctuation, and no longer than a word is.
pub(crate) fn words(slogans: &[Slogan]) -> Vec<&str> {
    let is_word =
        |form: &&str| form.chars().all(char::is_alphanumeric) && form.chars().count() <= LONGEST_WORD;
    slogans.iter().flat_map(Slogan::forms).filter(is_word).collect()
}
