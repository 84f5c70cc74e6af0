//! Text on a terminal: what would steer it is shown, not obeyed.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with signs that a terminal obeys, or that turn the direction of writing, written as `\u{1b}`. Line ends and
/// tabs stay.
///
/// ```
/// assert_eq!(zjgr::table::harmless("\u{1b}[2J工会\n"), "\\u{1b}[2J工会\n");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match steers(c) {
            true => _ = write!(shown, "{}", c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

pub(super) fn steers(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode, annex 9).
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown() {
        assert_eq!(harmless("工会\t\n"), "工会\t\n");
        assert_eq!(harmless("\u{1b}[2J工\u{202e}会\u{9b}1m\r"), "\\u{1b}[2J工\\u{202e}会\\u{9b}1m\\u{d}");
    }
}
