use std::num::NonZeroUsize;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::page::{Duplicates, Page, Reader};
use crate::source::Document;
use crate::term::{SegmenterOptions, WordList};

static READER: LazyLock<Reader> = LazyLock::new(Reader::default);

fn stats(by: Option<By>, ngrams: RangeInclusive<usize>) -> Stats {
    let words = WordList::builtin().unwrap();
    let segmenter = Segmenter::new(SegmenterOptions { words, ..SegmenterOptions::default() });
    Stats { segmenter, scope: Scope::default(), by, ngrams, with: With::default() }
}

fn page(name: usize, text: &str) -> Page {
    let file = format!("{name}.txt").into();
    READER.read(Document { file, text: text.to_owned(), first_line: 1, ..Document::default() })
}

fn partial(stats: &Stats, pages: &[Page]) -> Partial {
    let mut partial = stats.start();
    pages.iter().for_each(|page| stats.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
    partial
}

/// The rows, which one thread and two make alike, and the second time as the first.
fn rows(stats: &Stats, mut partial: Partial) -> Vec<String> {
    let mut rows = |threads| {
        let mut rows = Vec::new();
        let columns = stats.columns();
        let row = |row: &TermRow<'_>| {
            rows.push(
                columns.iter().map(|column| format!("{:?}", column.cell(row))).collect::<Vec<_>>().join(","),
            );
            Ok(())
        };
        stats.rows(&mut partial, &Show::default(), NonZeroUsize::new(threads).unwrap(), row).unwrap();
        rows
    };
    let alone = rows(1);
    assert_eq!(rows(2), alone);
    alone
}

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let sentence = prop::sample::select(vec![
        "市总工会推进职工疗休养工作。",
        "山区26县的职工说好。",
        "劳模工匠进企业，培训职工500人。",
        "2021年3月2日 星期二",
        "浙江工人日报",
        "“浙工惠”服务职工",
        "",
    ]);
    let text = prop::collection::vec(sentence, 0..8).prop_map(|lines| lines.join("\n"));
    prop::collection::vec(text, 0..9)
        .prop_map(|texts| texts.iter().enumerate().map(|(name, text)| page(name, text)).collect())
}

/// Pages divided among three partials, merged in two orders, must give what one partial gives.
fn partials_merge(
    stats: &Stats,
    pages: &[Page],
    cuts: (usize, usize),
) -> std::result::Result<(), TestCaseError> {
    let whole = rows(stats, partial(stats, pages));
    let (first, rest) = pages.split_at(cuts.0.min(pages.len()));
    let (second, third) = rest.split_at(cuts.1.min(rest.len()));
    let parts = || [first, second, third].map(|pages| partial(stats, pages));
    let [mut a, mut b, c] = parts();
    stats.merge(&mut b, c);
    stats.merge(&mut a, b);
    prop_assert_eq!(&rows(stats, a), &whole);
    let [a, b, mut c] = parts();
    stats.merge(&mut c, a);
    stats.merge(&mut c, b);
    prop_assert_eq!(&rows(stats, c), &whole);
    // A partial that took another in goes on counting.
    let [mut a, b, _] = parts();
    stats.merge(&mut a, b);
    third.iter().for_each(|page| stats.add(&mut a, &Selection::all(page, Duplicates::Skip)));
    prop_assert_eq!(&rows(stats, a), &whole);
    Ok(())
}

#[test]
fn partials_merge_in_any_order_to_the_same_rows() {
    for (by, ngrams) in [(None, 1..=1), (Some(By::Page), 1..=1), (None, 1..=3), (Some(By::Month), 2..=2)] {
        let stats = stats(by, ngrams);
        let config = ProptestConfig { cases: 40, ..ProptestConfig::default() };
        proptest!(config, |(pages in pages(), cuts in (0_usize..9, 0_usize..9))| {
            partials_merge(&stats, &pages, cuts)?;
        });
    }
}

#[test]
fn the_dispersion_is_that_of_the_definition() {
    let stats = stats(None, 1..=1);
    let texts = ["职工职工职工职工工会", "工会职工", "工会工会工会改革", "改革"];
    let pages: Vec<Page> = texts.iter().enumerate().map(|(name, text)| page(name, text)).collect();
    let mut partial = partial(&stats, &pages);
    let sizes: Vec<u64> = texts.iter().map(|text| stats.segmenter.words(text).len() as u64).collect();
    let mut profiles = std::mem::take(&mut partial.profiles);
    let dispersion = partial.dispersion(&mut profiles).unwrap();
    for (_, term, slot, _) in partial.slots() {
        let word = partial.terms.text(term);
        let counts =
            texts.map(|text| stats.segmenter.words(text).iter().filter(|&&w| w == word).count() as f64);
        let (size, count): (f64, f64) = (sizes.iter().sum::<u64>() as f64, counts.iter().sum());
        let shares = counts.iter().zip(&sizes).map(|(v, &s)| (v / count - s as f64 / size).abs());
        let smallest = *sizes.iter().min().unwrap() as f64 / size;
        let expected = shares.sum::<f64>() / 2.0 / (1.0 - smallest);
        let measured = dispersion[slot as usize].unwrap();
        assert!((measured - expected).abs() < 1e-12, "{word}: {measured} {expected}");
    }
}
