//! What the three decisions have learnt: a table of weights for each, in one file.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use memchr::memmem;

use super::articles::{Gather, Gatherer};
use super::byline::BylineReader;
use super::decide::{Decide, Decider};
use super::joins::{Join, Joiner};
use super::learnt::Decision;
use crate::error::{Error, ErrorKind, Result};

/// What a reader has learnt: weights for what lines are, which article each belongs to, and where sentences go on.
#[derive(Debug, Clone)]
pub struct Weights {
    pub(super) lines: Decider,
    pub(super) articles: Gatherer,
    pub(super) joins: Joiner,
    /// Who is named, which no paper teaches.
    pub(super) bylines: Arc<BylineReader>,
}

/// The names of the tables, in their order.
const TABLES: [&str; 3] = ["[lines]", "[articles]", "[joins]"];

/// The weights that are compiled in, which `examples/fit` learns from the pages under `tests/`: those of
/// `data/page/weights.tsv`, and the rows of `data/page/boxes.tsv` for pages whose boxes are known.
const BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page_weights.tsv"));

/// The same, packed by `build.rs`.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page_weights"));

impl Weights {
    /// Those that are compiled in, without the names of facts, which a program that reads need not know.
    pub(super) fn nameless() -> Arc<Self> {
        static WEIGHTS: LazyLock<Arc<Weights>> = LazyLock::new(|| {
            // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
            Arc::new(Weights::unpack(PACKED).expect("build.rs packs the weights well"))
        });
        Arc::clone(&WEIGHTS)
    }

    fn unpack(packed: &'static [u8]) -> Option<Self> {
        let [lines, articles, joins] = postcard::from_bytes(packed).ok()?;
        Some(Self {
            lines: Decider::unpack(lines)?,
            articles: Gatherer::unpack(articles)?,
            joins: Joiner::unpack(joins)?,
            bylines: BylineReader::built_in(),
        })
    }

    /// Those that are compiled in.
    pub fn built_in() -> Arc<Self> {
        static WEIGHTS: LazyLock<Arc<Weights>> = LazyLock::new(|| {
            // The file is compiled in: it cannot fail for a user when it does not fail in the tests.
            Arc::new(Weights::from_tsv(BUILT_IN).expect("data/page/weights.tsv is well formed"))
        });
        Arc::clone(&WEIGHTS)
    }

    /// Those of a file that [`Weights::to_tsv`] was written to.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or [`Weights::from_tsv`] does not understand it.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read(path).map_err(|error| Error::from(error).at_path(path))?;
        Self::from_tsv(&text).map_err(|error| error.at_path(path))
    }

    /// Every fact that is weighed: the table it stands in, its name there, and what it says of a line.
    ///
    /// ```
    /// let (table, name, says) = zjgr::page::Weights::facts().next().expect("there are some");
    /// assert!(table == "[lines]" && !name.is_empty() && says.ends_with('.'));
    /// ```
    pub fn facts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        let [lines, articles, joins] = TABLES;
        let of = |table: &'static str| move |(name, says)| (table, name, says);
        Decide::facts()
            .map(of(lines))
            .chain(Gather::facts().map(of(articles)))
            .chain(Join::facts().map(of(joins)))
    }

    /// Those of a reader that has learnt nothing.
    pub fn blank() -> Self {
        Self {
            lines: Decider::blank(),
            articles: Gatherer::blank(),
            joins: Joiner::blank(),
            bylines: BylineReader::built_in(),
        }
    }

    /// The weights as text that people read: for each decision its name in brackets, then a table of facts and
    /// what each weighs for every state.
    pub fn to_tsv(&self) -> String {
        let [lines, articles, joins] = TABLES;
        let tables = [self.lines.to_tsv(), self.articles.to_tsv(), self.joins.to_tsv()];
        [lines, articles, joins].iter().zip(tables).map(|(name, table)| format!("{name}\n{table}")).collect()
    }

    /// The rows of [`Weights::to_tsv`] whose names `are` such.
    pub fn rows_to_tsv(&self, are: fn(&str) -> bool) -> String {
        let is_kept = |line: &&str| {
            let name = line.split('\t').next().unwrap_or_default();
            name == "fact" || TABLES.contains(&name) || are(name)
        };
        self.to_tsv().lines().filter(is_kept).flat_map(|line| [line, "\n"]).collect()
    }

    /// The same, with what `other` knows of bylines.
    #[must_use]
    pub fn with_bylines_of(self, other: &Self) -> Self {
        Self { bylines: Arc::clone(&other.bylines), ..self }
    }

    /// The same, with what a table that [`Weights::bylines_to_tsv`] wrote knows of bylines.
    ///
    /// # Errors
    ///
    /// Where the text is none of such a table.
    pub fn with_bylines(self, table: &[u8]) -> Result<Self> {
        Ok(Self { bylines: Arc::new(BylineReader::from_tsv(table)?), ..self })
    }

    /// What it knows of bylines, as a table.
    pub fn bylines_to_tsv(&self) -> String {
        self.bylines.to_tsv()
    }

    /// Reads what [`Weights::to_tsv`] wrote.
    ///
    /// # Errors
    ///
    /// Where the text is no UTF-8, a table is missing, or a row of one is no weight.
    pub fn from_tsv(text: &[u8]) -> Result<Self> {
        let text =
            std::str::from_utf8(text).map_err(|_| ErrorKind::Encoding { encoding: "UTF-8".to_owned() })?;
        let find = |text: &[u8], head: &str| memmem::find(text, head.as_bytes());
        let table = |name: &str| {
            let start = find(text.as_bytes(), &format!("{name}\n")).map(|at| at + name.len() + 1);
            let rest = &text.as_bytes()[start.ok_or_else(|| missing(name))?..];
            let end = TABLES.iter().filter_map(|other| find(rest, &format!("\n{other}\n"))).min();
            Ok::<_, crate::Error>(&rest[..end.map_or(rest.len(), |end| end + 1)])
        };
        let [lines, articles, joins] = TABLES;
        Ok(Self {
            lines: Decider::from_tsv(table(lines)?)?,
            articles: Gatherer::from_tsv(table(articles)?)?,
            joins: Joiner::from_tsv(table(joins)?)?,
            bylines: BylineReader::built_in(),
        })
    }
}

fn missing(name: &str) -> ErrorKind {
    ErrorKind::Weights(format!("no weights of a page reader: the table `{name}` is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::page::Reader;

    #[test]
    fn what_is_packed_reads_as_what_is_written() {
        let written = Reader::default().with_weights((*Weights::built_in()).clone());
        for name in ["zhehai-2023-05-25-p1.txt", "zheling-2023-10-18-p2.md", "zhidong-2024-01-16-epaper.txt"]
        {
            let text = std::fs::read_to_string(Path::new("data/pages").join(name)).unwrap();
            let lines = |reader: &Reader| reader.read(Document::of(&text)).lines;
            assert_eq!(lines(&Reader::default()), lines(&written), "{name}");
        }
        assert!(Weights::unpack(&PACKED[..PACKED.len() - 1]).is_none());
    }

    #[test]
    fn weights_are_data() {
        let text = Weights::blank().to_tsv();
        assert_eq!(Weights::from_tsv(text.as_bytes()).unwrap().to_tsv(), text);
        let start = text.find("[articles]").unwrap();
        let error = Weights::from_tsv(&text.as_bytes()[..start]).unwrap_err();
        assert!(error.to_string().contains("`[articles]` is missing"), "{error}");
    }
}
