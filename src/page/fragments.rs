//! Lines that are neither sentence nor heading: days, who signs a notice, rows of a table.

use super::page_words::Lists;
use super::scan::{Ending, Raw, is_blank, is_ideograph};
use crate::calendar::Glyphs;

/// A date, and nothing else.
pub(super) fn is_day(text: &str, line: &Raw) -> bool {
    if line.width > 32 {
        return false;
    }
    let glyphs = Glyphs::of(line.content(text), is_blank);
    glyphs.date(0).is_some_and(|(_, length)| length == glyphs.chars.len())
}

/// A row of a table: fields set apart by blanks, figures in them, and a row of the same shape beside it.
pub(super) fn is_row(text: &str, lines: &[Raw], i: usize) -> bool {
    let fields = |k: usize| {
        let line = lines.get(k).filter(|line| line.level == 0 && line.width <= 110)?;
        let content = line.content(text);
        let count =
            content.split([' ', '\u{3000}', '|', '｜', '\t']).filter(|field| !field.is_empty()).count();
        (count >= 3).then_some((count, line.digits))
    };
    let framed = |k: usize| {
        lines
            .get(k)
            .is_some_and(|line| line.content(text).starts_with('|') && line.content(text).ends_with('|'))
    };
    if framed(i) && (framed(i + 1) || i > 0 && framed(i - 1)) {
        return true;
    }
    let entry = |k: usize| {
        lines.get(k).is_some_and(|line| {
            line.width <= 60
                && line.level == 0
                && line.digits > 0
                && line.ending == Ending::Bare
                && is_entry(line.content(text))
        })
    };
    if entry(i) && (i.saturating_sub(2)..=i).any(|from| (from..from + 3).all(entry)) {
        return true;
    }
    let Some((own, digits)) = fields(i) else { return false };
    let beside = |k: usize| fields(k).is_some_and(|(count, digits)| count.abs_diff(own) <= 1 && digits >= 2);
    // The head of a table has no figures; what stands below it has.
    beside(i + 1) || digits >= 2 && i > 0 && beside(i - 1)
}

/// 12月2日: a day, whatever follows it.
pub(super) fn opens_with_day(content: &str) -> bool {
    let rest = content.trim_start_matches(|c: char| c.is_ascii_digit());
    let day = rest.strip_prefix('月').filter(|_| rest.len() < content.len());
    day.is_some_and(|day| day.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('日'))
}

/// 熟料产量：28640吨: what is counted, and how many.
fn is_entry(content: &str) -> bool {
    content.split_once(['：', ':']).is_some_and(|(what, count)| {
        (6..=30).contains(&what.len())
            && what.chars().all(is_ideograph)
            && count.trim_start_matches(is_blank).starts_with(|c: char| c.is_ascii_digit())
            && !count.contains(['：', ':'])
    })
}

/// 三月九日, 11月25日, and nothing else.
pub(super) fn is_month_day(content: &str) -> bool {
    let numeral = |part: &str| {
        (1..=3).contains(&part.chars().count())
            && part.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十廿".contains(c))
    };
    let date = content.strip_suffix('日').and_then(|date| date.split_once('月'));
    date.is_some_and(|(month, day)| numeral(month) && numeral(day))
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

/// 通知规定,…: who says something, at the start of a paragraph. He who has spoken before goes on in it.
pub(super) fn says(content: &str, lists: &Lists) -> bool {
    let Some((clause, _)) = content.split_once(['，', ',', '：', ':']) else { return false };
    clause.len() <= 36
        && !clause.starts_with(['他', '她', '其', '并'])
        && lists.says.iter().any(|verb| clause.ends_with(verb.as_str()))
}

/// “爱心超市”。: the end of a sentence whose start is elsewhere.
pub(super) fn is_quoted_scrap(content: &str) -> bool {
    content.len() <= 40
        && content.starts_with('“')
        && content.strip_suffix("”。").is_some_and(|said| said.matches('“').count() == 1)
}
