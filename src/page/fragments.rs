//! Lines that are neither sentence nor heading: days, who signs a notice, rows of a table.

use super::furniture::is_one_of_several;
use super::page_words::Lists;
use super::pattern::Pattern;
use super::scan::{Ending, Raw, is_blank};
use crate::calendar::Glyphs;

/// A date, and nothing else.
pub(super) fn is_day(text: &str, line: &Raw) -> bool {
    if line.width > 32 {
        return false;
    }
    let glyphs = Glyphs::of(line.content(text), is_blank);
    glyphs.date(0).is_some_and(|(_, length)| length == glyphs.chars.len())
}

/// The widest row of a table, in columns, and the widest that is one entry.
const WIDEST_ROW: u32 = 110;
const WIDEST_ENTRY: u32 = 60;
/// How many fields a row has at least, where nothing but blanks part them.
const FIELDS: usize = 3;

/// A row of a table: a frame around it, or one of three entries, or fields set apart by blanks with figures in them; and a
/// row of the same shape beside it.
pub(super) fn is_row(text: &str, lines: &[Raw], i: usize) -> bool {
    let table = Table { text, lines };
    if is_one_of_several(i, |k| table.is_framed(k)) {
        return true;
    }
    let is_entry = |k: usize| table.is_entry(k);
    if is_entry(i) && (i.saturating_sub(2)..=i).any(|from| (from..from + 3).all(is_entry)) {
        return true;
    }
    let Some(row) = table.row(i) else { return false };
    let is_beside = |k: usize| {
        let row_beside = table.row(k).filter(|beside| beside.figures >= 2);
        row_beside.is_some_and(|beside| beside.fields.abs_diff(row.fields) <= 1)
    };
    // The head of a table has no figures; what stands below it has.
    is_beside(i + 1) || row.figures >= 2 && is_beside(i.wrapping_sub(1))
}

/// What may be a table.
struct Table<'t> {
    text: &'t str,
    lines: &'t [Raw],
}

/// What a row of a table has.
struct Row {
    fields: usize,
    figures: u32,
}

impl Table<'_> {
    fn line(&self, k: usize) -> Option<(&Raw, &str)> {
        self.lines.get(k).map(|line| (line, line.content(self.text)))
    }

    fn is_framed(&self, k: usize) -> bool {
        self.line(k).is_some_and(|(_, content)| Pattern::TableRow.fits(content))
    }

    /// 熟料产量：28640吨
    fn is_entry(&self, k: usize) -> bool {
        match self.line(k) {
            Some((Raw { level: 0, ending: Ending::Bare, width: ..=WIDEST_ENTRY, .. }, content)) => {
                Pattern::TableEntry.fits(content)
            }
            _ => false,
        }
    }

    /// The fields of a line that may be a row.
    fn row(&self, k: usize) -> Option<Row> {
        let (Raw { level: 0, width: ..=WIDEST_ROW, digits, .. }, content) = self.line(k)? else {
            return None;
        };
        let fields =
            content.split([' ', '\u{3000}', '|', '｜', '\t']).filter(|field| !field.is_empty()).count();
        (fields >= FIELDS).then_some(Row { fields, figures: *digits })
    }
}

/// 12月2日: a day, whatever follows it.
pub(super) fn opens_with_day(content: &str) -> bool {
    Pattern::DayOpening.fits(content)
}

/// 三月九日, 11月25日, and nothing else.
pub(super) fn is_month_day(content: &str) -> bool {
    Pattern::MonthDay.fits(content)
}

/// True where three lines say a day piece by piece: 二〇二一年, below it 六月, below that 十二日.
pub(super) fn is_day_in_pieces(pieces: [&str; 3]) -> bool {
    let numerals = |(piece, unit): (&str, char)| {
        let number = piece.trim().strip_suffix(unit).unwrap_or_default();
        !number.is_empty() & number.chars().all(|c| c.is_ascii_digit() | NUMERALS.contains(c))
    };
    pieces.into_iter().zip(['年', '月', '日']).all(numerals)
}

/// The numerals of days.
const NUMERALS: &str = "〇○零一二三四五六七八九十廿卅元";

/// The longest clause that says who speaks, in bytes.
const SAYS: usize = 36;

/// 通知规定,…: who says something, at the start of a paragraph. He who has spoken before goes on in it.
pub(super) fn says(content: &str, lists: &Lists) -> bool {
    let clause = content.split_once(['，', ',', '：', ':']).map(|(clause, _)| clause);
    let clause =
        clause.filter(|clause| clause.len() <= SAYS && !clause.starts_with(['他', '她', '其', '并']));
    clause.is_some_and(|clause| lists.says.iter().any(|verb| clause.ends_with(verb.as_str())))
}

/// The longest end of a quotation, in bytes.
const QUOTED_SCRAP: usize = 40;

/// “爱心超市”。: the end of a sentence whose start is elsewhere.
pub(super) fn is_quoted_scrap(content: &str) -> bool {
    content.len() <= QUOTED_SCRAP && Pattern::QuotedScrap.fits(content)
}
