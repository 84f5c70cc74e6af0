//! What stands in a manifest.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zjgr::analysis::basis::Basis;
use zjgr::run::Outcome;
use zjgr::source::Fingerprint;
use zjgr::{Error, ErrorKind};

use crate::args::read_file;

/// The version of the form.
pub(super) const VERSION: u32 = 1;
/// So many digits of a hash tell two lists apart for a reader.
const SHORT_HASH: usize = 12;

/// How a table was made.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the form.
    pub(super) manifest: u32,
    pub(crate) program: Program,
    pub(super) command: String,
    /// Every option with its value, whoever gave it; left out are those that change nothing in a table.
    pub(super) options: Map<String, Value>,
    /// The files that options name, the project file among them.
    pub(crate) option_files: Vec<File>,
    /// What was named to be read.
    pub(crate) roots: Vec<String>,
    pub(crate) inputs: Vec<File>,
    pub(super) read: Read,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) tables: Vec<TableBasis>,
    pub(crate) outputs: Vec<File>,
}

/// What wrote it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    pub(super) name: String,
    pub(crate) version: String,
    /// The state of the source, where whoever built the program said it.
    pub(super) commit: Option<String>,
}

/// A file that was read or written.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) path: String,
    /// True for what cannot be read again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_stream: bool,
    #[serde(flatten)]
    pub(crate) print: Option<Fingerprint>,
}

/// What was read, and what of it does not count.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Read {
    documents: u64,
    left_out: u64,
    own_tables: u64,
    undated_documents: u64,
    repeated_passages: u64,
    repeated_chars: u64,
}

/// What was left out, and why.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct LeftOut {
    pub(super) path: Option<String>,
    pub(super) line: Option<u64>,
    pub(super) why: String,
}

/// What the numbers of a table rest on.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableBasis {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) basis: Basis,
}

impl Manifest {
    /// Reads the manifest at `path`.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no manifest of this version.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = read_file(path)?;
        let wrong = |why: String| Error::new(ErrorKind::Unreadable(why)).at_path(path);
        let read: Self = serde_json::from_str(&text).map_err(|error| {
            wrong(format!("no manifest that zjgr wrote: {error}")).at_line(error.line() as u64)
        })?;
        match read.manifest {
            VERSION => Ok(read),
            other => Err(wrong(format!("a manifest of version {other}; this zjgr knows {VERSION}")).into()),
        }
    }

    pub(super) fn to_json(&self) -> String {
        // What consists of numbers, text and lists can be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// True where the flag `name` was set.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.options.get(name) == Some(&Value::Bool(true))
    }
}

impl Program {
    /// This program.
    pub(crate) fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            commit: option_env!("ZJGR_COMMIT").map(str::to_owned),
        }
    }
}

impl From<&Outcome> for Read {
    fn from(outcome: &Outcome) -> Self {
        Self {
            documents: outcome.documents,
            left_out: outcome.left_out,
            own_tables: outcome.own_tables,
            undated_documents: outcome.undated,
            repeated_passages: outcome.repeats,
            repeated_chars: outcome.repeated_chars,
        }
    }
}

/// `facts` on one line: `words 120, node_count 4`.
pub(super) fn in_short(facts: &Map<String, Value>) -> String {
    let facts: Vec<String> = facts.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect();
    facts.join(", ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Object(facts) => format!("({})", in_short(facts)),
        Value::String(text) if is_hash(text) => text.chars().take(SHORT_HASH).collect(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
