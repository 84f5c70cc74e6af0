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
    /// It is a table of what zjgr found in texts: what it holds is counted for a second time, out of its place.
    Finds,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "most of its lines are rows of a table, and were read as text",
            Self::Columns => {
                "two columns stand side by side on most of its lines, and were read as one line each"
            }
            Self::Encodings => "many characters are damaged: a part of it is in another encoding",
            Self::Finds => "it is a table that zjgr wrote of what it found, and is read as text; name the texts themselves",
        })
    }
}

/// What most lines of `text` look like, where it is odd.
pub(super) fn oddity(text: &str) -> Option<Oddity> {
    let (mut lines, mut rows, mut double) = (0, 0, 0);
    let filled = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in filled() {
        lines += 1;
        rows += usize::from(line.matches('\t').count() >= 2);
        double += usize::from(has_gutter(line));
    }
    let most = |count: usize| lines >= FEWEST && 2 * count > lines;
    match (most(rows) || lines >= FEWEST && is_csv(filled()), most(double)) {
        (true, _) => Some(Oddity::Table),
        (_, true) => Some(Oddity::Columns),
        _ => None,
    }
}

/// True where the first line names columns, with commas between, and nearly all others have as many cells.
fn is_csv<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    let columns = lines.next().map_or(0, commas);
    let (mut all, mut rows) = (0, 0);
    // Most pages are done with here.
    for line in lines.take_while(|_| columns > 0) {
        all += 1;
        rows += usize::from(commas(line) == columns);
    }
    rows > 0 && rows * 10 >= all * 9
}

/// How many commas stand in a line outside of quotes; none where it ends as sentences do.
fn commas(line: &str) -> usize {
    if line.ends_with(['。', '，', ',', '！', '？']) {
        return 0;
    }
    let mut is_quoted = false;
    let mut outside = |c: char| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    };
    line.chars().filter(|&c| outside(c)).count()
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
        let rows = "2019-09-04,\"昨天,上午开赛。\"\n".repeat(9);
        assert_eq!(oddity(&format!("date,text\n{rows}")), Some(Oddity::Table));
        assert_eq!(oddity(&"造纸厂,20,3000\n".repeat(9)), Some(Oddity::Table));
        assert_eq!(oddity(&"昨天,职工大赛开赛,来自六县的选手参加比赛\n上午,开赛。\n".repeat(9)), None);
        assert_eq!(oddity(&format!("造纸厂,机械厂\n{}", "昨天开赛,来自六县的职工参加。\n".repeat(9))), None);
    }
}
