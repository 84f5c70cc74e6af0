//! What was printed before, as `zjgr reprints` writes it, to count each text once.

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::Result;
use crate::page::{Page, Passage, Position, each_row};

/// The later prints of every text.
///
/// ```
/// use zjgr::run::LeaveOut;
///
/// let table = "file,id,article,line,column,cluster,text\na.txt,,1,6,7,1,台下掌声不断\nb.txt,,2,9,1,1,台下掌声不断\n";
/// let later_prints = LeaveOut::parse(table, b',')?;
/// assert_eq!(later_prints.count(), 1);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct LeaveOut {
    /// By file, those of each in the order of their lines.
    passages: FxHashMap<PathBuf, Vec<(Option<String>, Passage)>>,
    count: u64,
    met: AtomicU64,
}

/// A row of the table.
#[derive(Debug, Deserialize)]
struct Print {
    file: PathBuf,
    id: Option<String>,
    article: u32,
    line: u32,
    column: u32,
    cluster: u64,
    text: String,
}

impl LeaveOut {
    /// Reads a table of `zjgr reprints`, in csv, or in tsv where `delimiter` is a tab. The first row of each cluster stays.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) with its line where one is no row of such a table.
    pub fn parse(table: &str, delimiter: u8) -> Result<Self> {
        let (mut leave_out, mut seen) = (Self::default(), FxHashSet::default());
        each_row(table, delimiter, says, |print: Print| {
            if !seen.insert(print.cluster) {
                let from = Position { line: print.line, column: print.column, ..Position::default() };
                let passage = Passage::new(print.article, from, print.text);
                leave_out.passages.entry(plain(&print.file)).or_default().push((print.id, passage));
                leave_out.count += 1;
            }
            Ok(())
        })?;
        for passages in leave_out.passages.values_mut() {
            passages.sort_by_key(|(_, passage)| passage.from);
        }
        Ok(leave_out)
    }

    /// How many passages there are to leave out.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many of them were met so far.
    pub fn met(&self) -> u64 {
        self.met.load(Ordering::Relaxed)
    }

    /// Leaves out what stands on `page`.
    pub(super) fn apply(&self, page: &mut Page) {
        if self.passages.is_empty() {
            return;
        }
        let Some(passages) = self.passages.get(&plain(Path::new(&*page.file))) else { return };
        let first = page.document().first_line;
        let last = page.lines.last().map_or(first, |line| line.number.max(first));
        let from = passages.partition_point(|(_, passage)| passage.from.line < first);
        let own = passages.get(from..).unwrap_or_default().iter();
        let own = own.take_while(|(_, passage)| passage.from.line <= last);
        let id = page.id.clone();
        let own = own.filter(|(other, _)| *other == id).map(|(_, passage)| passage);
        self.met.fetch_add(page.leave_out(own) as u64, Ordering::Relaxed);
    }
}

/// `path` without the steps that lead nowhere.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|step| *step != Component::CurDir).collect()
}

/// What is wrong with a table.
fn says(error: &csv::Error) -> String {
    let why = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
        _ => error.to_string(),
    };
    format!("no table that zjgr reprints wrote with all its columns: {why}")
}
