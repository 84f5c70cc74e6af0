//! The page reader, held against every page that people annotated.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod gold;

use gold::{MEASURES, Scores, document, folders, pages, score};
use zjgr::page::Reader;

/// The least that each folder of annotated pages reaches, in the order of [`MEASURES`]. A folder that is not named here is
/// measured and shown (`cargo test --test scores -- --nocapture`).
const BARS: [(&str, [f64; MEASURES.len()]); 3] = [
    ("corpus", [0.96, 0.865, 0.945, 0.945, 0.99, 0.985, 0.865, 0.915, 0.9]),
    ("corpus-blind", [0.995, 0.99, 0.985, 0.985, 0.99, 0.975, 0.98, 0.985, 0.985]),
    ("corpus-years", [0.98, 0.945, 0.985, 0.845, 0.99, 0.99, 0.96, 0.96, 0.95]),
];

#[test]
fn pages_are_read_as_people_read_them() {
    let reader = Reader::default();
    let mut low = Vec::new();
    for folder in folders() {
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
