//! What a page looks like that is better read in another way, told so that nobody counts it unawares.

use std::fmt;

/// Fewer lines say nothing.
const FEWEST: usize = 6;
/// So many blanks in the middle of a line keep two columns apart.
const GUTTER: usize = 4;
/// So many characters at least stand in each of them.
const COLUMN: usize = 8;
/// A page with more damaged characters than this has a part in another encoding.
pub(super) const DAMAGED: u32 = 8;

/// Something about a page that its reader should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// Its lines are the rows of a table.
    Table,
    /// Two columns stand side by side on its lines.
    Columns,
    /// A part of it is in another encoding.
    Encodings,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "most of its lines are rows of a table, and were read as text",
            Self::Columns => {
                "two columns stand side by side on most of its lines, and were read as one line each"
            }
            Self::Encodings => "many characters are damaged: a part of it is in another encoding",
        })
    }
}

/// What most lines of `text` look like, where it is odd.
pub(super) fn oddity(text: &str) -> Option<Oddity> {
    let (mut lines, mut rows, mut double) = (0, 0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines += 1;
        rows += usize::from(line.matches('\t').count() >= 2);
        double += usize::from(has_gutter(line));
    }
    let most = |count: usize| lines >= FEWEST && 2 * count > lines;
    match (most(rows), most(double)) {
        (true, _) => Some(Oddity::Table),
        (_, true) => Some(Oddity::Columns),
        _ => None,
    }
}

fn has_gutter(line: &str) -> bool {
    // Hardly any line has blanks enough.
    let Some(at) = line.find("    ").or_else(|| line.find("\u{3000}\u{3000}")) else { return false };
    let (left, right) = line.split_at(at);
    let width = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let blanks: usize =
        right.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    blanks >= GUTTER && width(left) >= COLUMN && width(right) >= COLUMN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_lines_look_like_is_told() {
        assert_eq!(oddity(&"姓名\t单位\t电话\n".repeat(9)), Some(Oddity::Table));
        assert_eq!(
            oddity(&"昨天上午全市职工技能大赛在      来自六个县的选手参加了比赛\n".repeat(9)),
            Some(Oddity::Columns)
        );
        assert_eq!(
            oddity(&"　　昨天上午全市职工技能大赛在体育馆开赛，来自六个县的选手参加。\n".repeat(9)),
            None
        );
        assert_eq!(oddity("姓名\t单位\t电话\n"), None);
    }
}
