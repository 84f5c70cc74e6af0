//! The least that counts words: reads the files of a folder, cuts them, counts, prints csv. No articles, no user
//! words, no dates, no lines: what `zjgr stats` is measured against.
//!
//! `cargo run --release --example minimal_jieba -- FOLDER > counts.csv`
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::io::{BufWriter, Write};

use jieba_rs::Jieba;
use rustc_hash::{FxHashMap, FxHashSet};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let jieba = Jieba::new();
    // How often each word occurs, and in how many files.
    let mut counts: FxHashMap<String, (u64, u64)> = FxHashMap::default();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let text = std::fs::read_to_string(entry.path())?;
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for token in jieba.cut(&text, true) {
            let first = u64::from(seen.insert(token.word));
            match counts.get_mut(token.word) {
                Some((count, files)) => {
                    *count += 1;
                    *files += first;
                }
                None => drop(counts.insert(token.word.to_owned(), (1, first))),
            }
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "term,count,files")?;
    for (term, (count, files)) in rows {
        writeln!(out, "\"{}\",{count},{files}", term.replace('"', "\"\""))?;
    }
    out.flush()?;
    Ok(())
}
