//! How long headlines are, month by month: an analysis of one's own, over the same flow as every command.
//!
//! An analysis adds a page to a partial, and merges partials. The run does the rest: files, encodings, threads, and pages
//! that cannot be read.
//!
//! ```console
//! $ cargo run --example headlines_by_month -- pages/
//! ```

use std::collections::BTreeMap;

use zjgr::analysis::Analysis;
use zjgr::analysis::basis::Basis;
use zjgr::page::{Selection, characters};
use zjgr::run::Corpus;
use zjgr::source::Inputs;

/// For each month: how many headlines, and how many characters they have.
type Partial = BTreeMap<String, (u64, u64)>;

struct Headlines;

impl Analysis for Headlines {
    const NAME: &'static str = "headlines";
    type Partial = Partial;

    fn start(&self) -> Partial {
        Partial::default()
    }

    fn add(&self, partial: &mut Partial, selection: &Selection<'_>) {
        let page = selection.page();
        for (index, _) in selection.articles() {
            let date = page.date_of(index);
            let month = date.map_or_else(|| "undated".to_owned(), |date| date.strftime("%Y-%m").to_string());
            if let Some(headline) = page.headline(index) {
                let (count, length) = partial.entry(month).or_default();
                *count += 1;
                *length += characters(headline) as u64;
            }
        }
    }

    fn merge(&self, partial: &mut Partial, other: Partial) {
        for (month, (count, length)) in other {
            let here = partial.entry(month).or_default();
            here.0 += count;
            here.1 += length;
        }
    }

    fn basis(&self, partial: &Partial) -> Basis {
        Basis::default().total("headlines", partial.values().map(|(count, _)| count).sum())
    }
}

#[expect(clippy::print_stdout, reason = "an example may say what it found")]
fn main() -> zjgr::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let corpus = Corpus::new(Inputs::find(&paths, None));
    let (months, _) = corpus.count(&Headlines)?;
    for (month, (count, length)) in months {
        println!("{month}\t{count}\t{:.1}", length as f64 / count as f64);
    }
    Ok(())
}
