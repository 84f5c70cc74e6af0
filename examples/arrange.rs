//! What is read of files that say where words stand: their lines in reading order, and the place of each.
//!
//! ```console
//! $ cargo run --example arrange -- page.alto.xml page
//! ```
//!
//! writes `page.txt` and `page.places.tsv`.

#![allow(clippy::panic, clippy::unwrap_used, dead_code, reason = "shares a table with the tests")]

#[path = "../tests/gold/places.rs"]
mod places;

use std::fs;

use zjgr::layout::arrange;
use zjgr::source::{Buffers, Inputs, Opened, ReadOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [file, to] = &std::env::args().skip(1).collect::<Vec<_>>()[..] else {
        return Err(
            "arrange FILE TO: the file to read, and what to call what is written, without its ending".into(),
        );
    };
    let (mut buffers, mut text, mut placements) = (Buffers::default(), String::new(), Vec::new());
    for input in Inputs::find([file], None).files {
        let Opened::Page(page) = ReadOptions::default().open(&input, &mut buffers)? else { continue };
        for mut document in page.read(&mut buffers)?.0 {
            arrange(&mut document);
            text.push_str(&document.text);
            placements.append(&mut document.placements);
        }
    }
    fs::write(format!("{to}.txt"), text)?;
    fs::write(format!("{to}.places.tsv"), places::to_tsv(&placements))?;
    Ok(())
}
