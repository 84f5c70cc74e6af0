use std::sync::LazyLock;

use super::*;
use crate::page::{Duplicates, Page, Reader};
use crate::source::Document;
use crate::source::Format;
use crate::term::{SegmenterOptions, WordList};

static READER: LazyLock<Reader> = LazyLock::new(Reader::default);

fn stats(by: Option<By>, ngrams: RangeInclusive<usize>) -> Stats {
    let compounds = WordList::builtin().unwrap();
    let segmenter = Segmenter::new(SegmenterOptions { compounds, ..SegmenterOptions::default() });
    Stats { by, ngrams, ..Stats::new(segmenter) }
}

fn page(name: usize, text: &str) -> Page {
    let file = format!("{name}.txt").into();
    let format = Format::Plain;
    READER.read(Document { file, text: text.to_owned(), format, first_line: 1, ..Document::default() })
}

fn partial(stats: &Stats, pages: &[Page]) -> TermCounts {
    let mut partial = stats.start();
    pages.iter().for_each(|page| stats.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
    partial
}

#[test]
fn the_dispersion_is_that_of_the_definition() {
    let stats = stats(None, 1..=1);
    let texts = ["职工职工职工职工工会", "工会职工", "工会工会工会改革", "改革"];
    let pages: Vec<Page> = texts.iter().enumerate().map(|(name, text)| page(name, text)).collect();
    let mut partial = partial(&stats, &pages);
    let sizes: Vec<u64> = texts.iter().map(|text| stats.segmenter.words(text).len() as u64).collect();
    let mut profiles = std::mem::take(&mut partial.profiles);
    let spread = partial.spread(&mut profiles).unwrap();
    for (_, term, slot, tally) in partial.slots() {
        let word = partial.terms.text(term);
        let counts =
            texts.map(|text| stats.segmenter.words(text).iter().filter(|&&w| w == word).count() as f64);
        let (size, count): (f64, f64) = (sizes.iter().sum::<u64>() as f64, counts.iter().sum());
        let shares = counts.iter().zip(&sizes).map(|(v, &s)| (v / count - s as f64 / size).abs());
        let smallest = *sizes.iter().min().unwrap() as f64 / size;
        let expected = shares.sum::<f64>() / 2.0 / (1.0 - smallest);
        let parts = partial.parts_of(slot).unwrap();
        let measured = spread[slot as usize].dp_norm(parts, tally.count).unwrap();
        assert!((measured - expected).abs() < 1e-12, "{word}: {measured} {expected}");
    }
}
