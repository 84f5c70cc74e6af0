//! Learning where the phrase ends that names what is counted.
//!
//! [`phrases`] says where it may end behind each number of a text, and what tells of each end; `examples/fit_objects`
//! learns from annotated sentences what that weighs.
//!
//! ```
//! use zjgr::figure::{Scanner, learn::phrases};
//!
//! let phrases = phrases(&Scanner::new(&[])?, "3000名农民工返乡。");
//! assert_eq!((phrases[0].figure.clone(), phrases[0].ends.len()), (0..7, 6));
//! assert!(phrases[0].facts[3].iter().any(|fact| fact.to_string() == "next-2 返乡"));
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::ops::Range;

use super::cells::Cells;
pub use super::figure_words::Fact;
use super::numeral::Memo;
use super::text::Text;
use super::{Context, Scanner};

/// What stands behind a number and may name what is counted.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// The figure, in bytes of the text.
    pub figure: Range<usize>,
    /// Where the phrase begins, and then every place where it may end, in bytes. At the last it must.
    pub ends: Vec<usize>,
    /// What holds of each.
    pub facts: Vec<Vec<Fact>>,
}

/// The phrases behind the numbers of `text` that count something.
pub fn phrases(scanner: &Scanner, text: &str) -> Vec<Phrase> {
    let context = Context::default();
    let lexicon = scanner.lexicon();
    let (mut cells, memo) = (Cells::default(), Memo::default());
    cells.refill(text, lexicon.signs.rows());
    let found = scanner.scan(text, &context);
    let whole = Text::new(&cells, lexicon, &memo, &context);
    let behind = |end: usize| cells.list.iter().position(|cell| cell.at as usize >= end);
    let phrase = |figure: &super::Figure| {
        let open = whole.open_phrase(behind(figure.span.end)?)?;
        let byte = |&at: &usize| cells.list.get(at).map_or(text.len(), |cell| cell.at as usize);
        let facts = |&at: &usize| {
            let mut facts = Vec::new();
            whole.tell_of_end(&open, at, &mut |fact| facts.push(fact));
            facts
        };
        Some(Phrase {
            figure: figure.span.clone(),
            ends: open.ends.iter().map(byte).collect(),
            facts: open.ends.iter().map(facts).collect(),
        })
    };
    found.iter().filter_map(phrase).collect()
}
