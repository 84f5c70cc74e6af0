//! Articles, figures and slogans, held against every page that people annotated.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod gold;

use std::path::Path;

use gold::tables::{FIELDS, FigureScore, annotated, miscounted_slogans};
use gold::{KEPT, MEASURES, Scores, document, folders, pages, score};
use zjgr::page::Reader;

/// The least that each folder of annotated pages reaches, in the order of [`MEASURES`]. The reader learns from all of them
/// but those [`KEPT`], so that theirs are no measure of how well it reads: they say that it can still read what it was taught.
/// How well papers are read that were left out, `examples/fit` says.
const BARS: [(&str, [f64; MEASURES.len()]); 6] = [
    ("corpus", [0.99, 0.98, 0.97, 0.98, 0.99, 0.98, 0.94, 0.98, 0.95]),
    ("corpus-blind", [0.985, 0.97, 0.975, 0.985, 0.99, 0.97, 0.94, 0.96, 0.955]),
    ("corpus-learn", [0.985, 0.97, 0.945, 0.955, 0.99, 0.96, 0.93, 0.975, 0.945]),
    ("corpus-years", [0.99, 0.985, 0.98, 0.89, 0.99, 0.99, 0.97, 0.98, 0.975]),
    ("corpus-kept", [0.95, 0.89, 0.94, 0.93, 0.99, 0.94, 0.88, 0.95, 0.82]),
    ("corpus-fronts", [0.96, 0.9, 0.91, 0.955, 0.99, 0.975, 0.865, 0.945, 0.88]),
];

#[test]
fn pages_are_read_as_people_read_them() {
    let reader = Reader::default();
    let mut low = Vec::new();
    let kept = KEPT.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder));
    for folder in folders().into_iter().chain(kept) {
        let scores: Vec<Scores> =
            pages(&folder).iter().map(|gold| score(gold, &reader.read(document(&gold.text)))).collect();
        let mean = Scores::mean(&scores);
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        println!("{name}: {:?}", mean.0.map(|measure| (measure * 10_000.0).floor() / 10_000.0));
        let Some((_, bars)) = BARS.iter().find(|(folder, _)| *folder == name) else { continue };
        for ((measure, reached), bar) in MEASURES.iter().zip(mean.0).zip(bars) {
            if reached < *bar {
                low.push(format!("{name}: {measure} {reached:.4}, bar {bar}"));
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

/// The least that each folder with annotated figures reaches: F1 of figures, F1 of whole rows, and of the figures found
/// the share that have each of [`FIELDS`] right.
const FIGURE_BARS: [(&str, [f64; 2 + FIELDS.len()]); 2] = [
    ("corpus", [0.97, 0.97, 1.0, 1.0, 1.0, 1.0, 1.0, 0.97]),
    ("corpus-blind", [0.985, 0.985, 1.0, 1.0, 1.0, 1.0, 0.995, 0.965]),
];

#[test]
fn figures_of_pages_are_found_as_people_find_them() {
    let reader = Reader::default();
    let mut low = Vec::new();
    for (name, bars) in FIGURE_BARS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        let mut score = FigureScore::default();
        for gold in pages(&folder) {
            if let Some(table) = annotated(&folder, &gold.name, "figures.tsv") {
                score.add(&reader.read(document(&gold.text)), &table);
            }
        }
        println!("{name}: {score:?} {:?}", score.shares());
        for ((measure, reached), bar) in
            ["figures", "whole rows"].iter().chain(&FIELDS).zip(score.shares()).zip(bars)
        {
            if reached < bar {
                low.push(format!("{name}: {measure} {reached:.4}, bar {bar}"));
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[test]
fn slogans_of_pages_are_counted_as_people_count_them() {
    let reader = Reader::default();
    let (mut pages_with_slogans, mut wrong) = (0, Vec::new());
    for folder in folders() {
        for gold in pages(&folder) {
            if let Some(table) = annotated(&folder, &gold.name, "slogans.tsv") {
                pages_with_slogans += 1;
                let of_page = miscounted_slogans(reader.read(document(&gold.text)), &table);
                wrong.extend(of_page.into_iter().map(|slogan| format!("{}: {slogan}", gold.name)));
            }
        }
    }
    assert!(pages_with_slogans >= 12, "{pages_with_slogans} pages");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
