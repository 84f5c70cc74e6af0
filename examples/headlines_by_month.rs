//! How long headlines are, month by month: an analysis of one's own, over the same flow as every command.
//!
//! An analysis is two functions: one adds a page to a partial, one merges partials. The run does the rest: files, encodings,
//! threads, and pages that cannot be read.
//!
//! ```console
//! $ cargo run --example headlines_by_month -- pages/
//! ```

use std::collections::BTreeMap;

use zjgr::page::{Selection, characters};
use zjgr::run::Corpus;
use zjgr::source::Inputs;

/// For each month: how many headlines, and how many characters they have.
type Partial = BTreeMap<String, (u64, u64)>;

fn add(partial: &mut Partial, selection: &Selection<'_>) {
    let page = selection.page();
    let month = page.date().map_or_else(|| "undated".to_owned(), |date| date.strftime("%Y-%m").to_string());
    for (index, _) in selection.articles() {
        if let Some(headline) = page.headline(index) {
            let (count, length) = partial.entry(month.clone()).or_default();
            *count += 1;
            *length += characters(headline) as u64;
        }
    }
}

fn merge(partial: &mut Partial, other: Partial) {
    for (month, (count, length)) in other {
        let here = partial.entry(month).or_default();
        here.0 += count;
        here.1 += length;
    }
}

#[expect(clippy::print_stdout, reason = "an example may say what it found")]
fn main() -> zjgr::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let corpus = Corpus::new(Inputs::find(&paths, None));
    let (months, _) = corpus.fold(Partial::default, add, merge)?;
    for (month, (count, length)) in months {
        println!("{month}\t{count}\t{:.1}", length as f64 / count as f64);
    }
    Ok(())
}
