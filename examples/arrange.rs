//! What is read of files that say where words stand: their text in reading order, marked like the pages that people
//! annotate. Headings by their size begin with `#`, first lines of paragraphs are set in, and what stands apart is parted by
//! blank lines.
//!
//! ```console
//! $ cargo run --example arrange -- page.alto.xml > page.txt
//! ```

use std::io::Write;

use zjgr::layout::arrange;
use zjgr::source::{Buffers, Document, Inputs, Opened, ReadOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut buffers, mut out) = (Buffers::default(), std::io::stdout().lock());
    for input in Inputs::find(std::env::args().skip(1), None).files {
        let Opened::Page(page) = ReadOptions::default().open(&input, &mut buffers)? else { continue };
        for mut document in page.read(&mut buffers)?.0 {
            arrange(&mut document);
            out.write_all(marked(&document).as_bytes())?;
        }
    }
    Ok(())
}

/// The text with its marks.
fn marked(document: &Document) -> String {
    let mut marked = String::new();
    for (line, placement) in document.text.lines().zip(&document.placements) {
        let mark = match (placement.head, placement.is_indented()) {
            (true, _) => "# ",
            (false, true) => "　　",
            (false, false) => "",
        };
        marked.extend([mark, line, "\n"]);
    }
    marked
}
