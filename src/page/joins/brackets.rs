//! What lines open and close: brackets and quotation marks.

use crate::page::scan::{Raw, is_ideograph};

/// What opens a bracket or a quotation, and what closes it.
const BRACKETS: [(char, char); 6] =
    [('《', '》'), ('“', '”'), ('「', '」'), ('（', '）'), ('(', ')'), ('『', '』')];

/// How many of each kind are open.
pub(super) type Open = [u32; BRACKETS.len()];

/// What one line does with brackets of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// How many it closes that it did not open.
    closes: u32,
    /// How many it leaves open.
    opens: u32,
    /// It has one that closes.
    closing: bool,
    /// The first that it has opens.
    opens_first: bool,
}

/// What one line does with brackets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Brackets([Use; BRACKETS.len()]);

/// What the brackets and quotes of a paragraph and a line say of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// Nothing is open, and the line closes only what it opens.
    None,
    /// The line closes what the paragraph left open.
    Closes,
    /// The line closes what neither opened.
    Unopened,
    /// The paragraph is left open, and the line does not close it.
    LeftOpen,
    /// The paragraph is left open, and the line opens anew.
    Opened,
}

impl Brackets {
    /// Those of a line of `text`.
    pub(super) fn of(text: &str, line: &Raw) -> Self {
        let mut brackets = Self::default();
        for c in line.content(text).chars().filter(|&c| !is_ideograph(c)) {
            let kind = BRACKETS.iter().zip(&mut brackets.0);
            if let Some((&(opening, _), used)) = kind.into_iter().find(|((a, b), _)| (c == *a) | (c == *b)) {
                used.take(c == opening);
            }
        }
        brackets
    }

    /// What is open behind the line, where `open` is before it.
    pub(super) fn behind(&self, open: &mut Open) {
        for (open, used) in open.iter_mut().zip(&self.0) {
            *open = open.saturating_sub(used.closes) + used.opens;
        }
    }

    /// What the line says of what a paragraph left `open`; the first kind of bracket that tells more than that it was
    /// left open tells it.
    pub(super) fn beside(&self, open: &Open) -> Bracket {
        let kinds =
            open.iter().zip(&self.0).map(|(&open, used)| match (open > 0, used.closing, used.opens_first) {
                (true, true, false) => Bracket::Closes,
                (false, true, false) => Bracket::Unopened,
                (true, false, false) => Bracket::LeftOpen,
                (true, _, true) => Bracket::Opened,
                _ => Bracket::None,
            });
        let told = kinds.clone().find(|kind| !matches!(kind, Bracket::None | Bracket::LeftOpen));
        told.or_else(|| kinds.into_iter().find(|&kind| kind == Bracket::LeftOpen)).unwrap_or(Bracket::None)
    }

    /// Whether the line closes something that is `open`.
    pub(super) fn closes(&self, open: &Open) -> bool {
        open.iter().zip(&self.0).any(|(&open, used)| (open > 0) & used.closing & !used.opens_first)
    }
}

impl Use {
    fn take(&mut self, opens: bool) {
        self.opens_first |= opens & !self.closing & (self.opens == 0);
        if opens {
            self.opens += 1;
        } else {
            self.closing = true;
            self.closes += u32::from(self.opens == 0);
            self.opens = self.opens.saturating_sub(1);
        }
    }
}
