//! Makes automata of the regular expressions in `data/page/patterns.toml`. `build.rs` alone has this file as a module.

use std::collections::BTreeMap;

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;
use serde::Deserialize;
use toml::{Spanned, Table, Value};

use super::{Anchor, PackedPattern, Pattern};
use crate::packed::{Problem, parse};

/// Where the patterns are written, and where the words are that they name.
pub(crate) const FILE: &str = "data/page/patterns.toml";
pub(crate) const WORDS: &str = "data/page.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, String>,
    patterns: BTreeMap<Pattern, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pattern: Spanned<String>,
    #[serde(default)]
    compact: bool,
    #[serde(rename = "fits")]
    _fits: Vec<String>,
    #[serde(rename = "fails")]
    _fails: Vec<String>,
}

/// The patterns of `text`, each at the place of its name. `words` is what [`WORDS`] says.
///
/// # Errors
/// Where one is missing, names a class or a list that does not exist, or is no regular expression.
pub(crate) fn read(text: &str, words: &str) -> Result<Vec<PackedPattern<Vec<u8>>>, Problem> {
    let file: File = parse(FILE, text)?;
    let words: Table = parse(WORDS, words)?;
    let names = Names { classes: &file.classes, words: &words };
    let mut packed = Vec::new();
    for (name, entry) in &file.patterns {
        if *name as usize != packed.len() {
            return Err(Problem::of(FILE, format!("what stands before {name:?} is missing")));
        }
        let written = entry.pattern.get_ref();
        let problem = |what| Problem::of(FILE, what).within(text, entry.pattern.span());
        let (expression, anchor) = anchored(written);
        let expression = names.resolve(expression).map_err(problem)?;
        let automaton = automaton(&expression, anchor).map_err(|error| problem(error.to_string()))?;
        packed.push(PackedPattern { anchor, compact: entry.compact, automaton });
    }
    Ok(packed)
}

/// The expression without the signs at its ends, and what they say.
fn anchored(written: &str) -> (&str, Anchor) {
    let written = written.trim();
    match (written.strip_prefix('^'), written.strip_suffix('$')) {
        (Some(inner), Some(_)) => (inner.trim_end_matches('$'), Anchor::Whole),
        (None, Some(inner)) => (inner, Anchor::End),
        (inner, None) => (inner.unwrap_or(written), Anchor::Start),
    }
}

/// What a name in braces stands for.
struct Names<'f> {
    classes: &'f BTreeMap<String, String>,
    words: &'f Table,
}

impl Names<'_> {
    /// `expression` with what its names stand for. How often something is repeated, {1,3}, is no name.
    fn resolve(&self, expression: &str) -> Result<String, String> {
        let mut resolved = String::new();
        let mut rest = expression;
        while let Some(open) = rest.find('{') {
            let (before, braced) = rest.split_at(open);
            let end = braced.find('}').ok_or("a brace is open")?;
            resolved += before;
            match &braced[1..end] {
                name if name.starts_with(|c: char| c.is_ascii_lowercase()) && !before.ends_with("\\u") => {
                    resolved += &self.named(name)?;
                }
                _ => resolved += &braced[..=end],
            }
            rest = &braced[end + 1..];
        }
        Ok(resolved + rest)
    }

    fn named(&self, name: &str) -> Result<String, String> {
        let unknown = || format!("no class and no list of that name in a pattern: {name}");
        let Some((section, list)) = name.split_once('.') else {
            return self.resolve(self.classes.get(name).ok_or_else(unknown)?);
        };
        let words = self.words.get(section).and_then(|section| section.get(list)?.as_array());
        let words: Vec<String> =
            words.ok_or_else(unknown)?.iter().filter_map(Value::as_str).map(escaped).collect();
        Ok(format!("({})", words.join("|")))
    }
}

/// What means something of its own in an expression.
const SIGNS: &str = "\\.+*?()|[]{}^$#&-~";

/// An expression for `word` as it is.
fn escaped(word: &str) -> String {
    let escape = |c: char| SIGNS.contains(c).then_some('\\').into_iter().chain([c]);
    word.chars().flat_map(escape).collect()
}

/// The automaton of `expression`, which knows where the longest text ends that fits.
fn automaton(expression: &str, anchor: Anchor) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let dense = dense::Builder::new()
        .syntax(syntax::Config::new().ignore_whitespace(true))
        .thompson(thompson::Config::new().reverse(anchor == Anchor::End))
        .configure(
            dense::Config::new().start_kind(StartKind::Anchored).match_kind(MatchKind::All).minimize(true),
        )
        .build(expression)?;
    let sparse = dense.to_sparse()?;
    let is_big = std::env::var("CARGO_CFG_TARGET_ENDIAN").is_ok_and(|endian| endian == "big");
    Ok(if is_big { sparse.to_bytes_big_endian() } else { sparse.to_bytes_little_endian() })
}
