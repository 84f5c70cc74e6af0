//! A day as papers print it: in digits or numerals, of our era or another, with blanks wherever print has them.

use jiff::civil::Date;

use super::{LunarDay, era_at};

/// The characters of a line without its blanks, and where blanks stood: a blank ends a number, unless the line is
/// set with blanks all through it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Glyphs {
    /// The characters.
    pub chars: Vec<char>,
    /// For each character, whether a blank stood before it.
    pub apart: Vec<bool>,
}

impl Glyphs {
    /// The characters of `line`, those left out that `is_blank` says to be blanks.
    pub(crate) fn of(line: &str, is_blank: impl Fn(char) -> bool) -> Self {
        let mut glyphs =
            Self { chars: Vec::with_capacity(line.len() / 2), apart: Vec::with_capacity(line.len() / 2) };
        let mut blank = false;
        for c in line.chars() {
            if is_blank(c) {
                blank = true;
                continue;
            }
            glyphs.chars.push(c);
            glyphs.apart.push(blank);
            blank = false;
        }
        glyphs
    }

    /// The day, with its year, that begins at `at`, and how many characters it takes.
    pub(crate) fn date(&self, at: usize) -> Option<(Date, usize)> {
        if !may_open_date(*self.chars.get(at)?) {
            return None;
        }
        // A stray blank inside a number is read over only where nothing can be read with blanks as they stand.
        self.date_in(at, false).or_else(|| self.date_in(at, true))
    }

    fn date_in(&self, at: usize, joined: bool) -> Option<(Date, usize)> {
        let held = joined || !self.apart.get(at).copied().unwrap_or_default();
        let before = at.checked_sub(1).filter(|_| held).and_then(|k| self.chars.get(k));
        if before.is_some_and(|&c| digit(c).is_some()) {
            return None;
        }
        let mut reader = Reader { glyphs: self, at, joined };
        let (year, calendar) = reader.year()?;
        let date = match (reader.take(|c| SEPARATORS.contains(&c))?, calendar) {
            (YEAR, _) => reader.spelled(year, calendar),
            (sign, Calendar::Ours) if !joined => reader.signed(year, sign),
            _ => None,
        };
        Some((date?, reader.at - at))
    }
}

/// The word behind a year.
const YEAR: char = '年';

/// What may stand behind a year.
const SEPARATORS: [char; 9] = [YEAR, '-', '—', '/', '.', '．', '–', '－', '／'];

/// What may stand behind a day. OCR reads 日 as 曰 or 目 at times.
const CLOSINGS: [char; 5] = ['日', '曰', '目', '号', '號'];

/// The months of the lunar calendar that have a name.
const LUNAR_MONTHS: [(char, u64); 4] = [('正', 1), ('冬', 11), ('腊', 12), ('臘', 12)];

/// Which calendar a date is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calendar {
    /// Ours, its years too.
    Ours,
    /// The years of an era, with our months and days.
    Era,
    /// The years of an era, with the months and days of the lunar calendar.
    Lunar,
}

/// The first year whose new moons are known to the day; those before are worked out, and may be a day off.
const FIRST_KNOWN_MOONS: i16 = 1900;

/// The years in which a paper may have been printed.
const YEARS: std::ops::RangeInclusive<u64> = 1800..=2200;

/// How many digits a year has that is spelled.
const SPELLED: usize = 4;

/// The longest year that is counted out: 一千九百八十五.
const LONGEST_YEAR: usize = 8;

/// The day of our calendar that was printed so.
fn date(year: i16, month: u64, day: u64) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day of our calendar that a day of the lunar one was, where that is known.
fn lunar_date(year: i16, month: u64, day: u64) -> Option<Date> {
    let lunar = LunarDay { month: u32::try_from(month).ok()?, leap: false, day: u32::try_from(day).ok()? };
    Some(year).filter(|&year| year >= FIRST_KNOWN_MOONS).and_then(|year| lunar.in_lunar_year(year.into()))
}

/// Reads a date, part after part.
struct Reader<'g> {
    glyphs: &'g Glyphs,
    at: usize,
    /// True where blanks end no number.
    joined: bool,
}

impl Reader<'_> {
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.glyphs.chars.get(self.at).copied().filter(|&c| wanted(c))?;
        self.at += 1;
        Some(c)
    }

    /// The characters up to the next blank, or all that come.
    fn run(&self) -> &[char] {
        let rest = self.glyphs.chars.get(self.at..).unwrap_or_default();
        if self.joined {
            return rest;
        }
        let apart = self.glyphs.apart.get(self.at..).unwrap_or_default();
        let end = apart.iter().skip(1).position(|&blank| blank).map_or(rest.len(), |k| k + 1);
        rest.get(..end).unwrap_or(rest)
    }

    fn number(&mut self, most: usize) -> Option<u64> {
        let (value, length) = number(self.run(), most)?;
        self.at += length;
        Some(value)
    }

    /// The rest of a date behind 年. A lunar day often ends in no 日.
    fn spelled(&mut self, year: i16, calendar: Calendar) -> Option<Date> {
        let lunar = calendar == Calendar::Lunar;
        // 2016年/4月/12日, as a path of years, months and days has it.
        self.take(|c| c == '/');
        let month = if lunar { self.lunar_month() } else { self.month() }?;
        self.take(|c| c == '月');
        self.take(|c| c == '/');
        self.take(|c| (c, lunar) == ('初', true));
        let day = self.number(3)?;
        match (self.take(|c| CLOSINGS.contains(&c)), lunar) {
            (_, true) => lunar_date(year, month, day),
            (Some(_), false) => date(year, month, day),
            (None, false) => None,
        }
    }

    /// The rest of a date behind a year and `sign`, which stands behind its month too.
    fn signed(&mut self, year: i16, sign: char) -> Option<Date> {
        let month = self.month()?;
        self.take(|c| c == sign);
        let day = self.number(3).filter(|_| !self.digit_follows())?;
        date(year, month, day)
    }

    /// The year, and the calendar that it is counted in.
    fn year(&mut self) -> Option<(i16, Calendar)> {
        let rest = self.glyphs.chars.get(self.at..).unwrap_or_default();
        if let Some((era, named)) = era_at(rest) {
            self.at += named;
            let first = self.take(|c| c == '元').map(|_| 1);
            let value = first.or_else(|| self.number(10))?;
            let counted = era.first != 1 || YEARS.contains(&value);
            let calendar = if era.solar { Calendar::Era } else { Calendar::Lunar };
            return era.year(value).filter(|_| counted).map(|year| (year, calendar));
        }
        let run = self.run();
        let spelled = run.iter().take_while(|&&c| digit(c).is_some()).count();
        // 一千九百零五年 is counted out, 一九〇五年 spelled.
        let (value, length) = number(run, if spelled < SPELLED { LONGEST_YEAR } else { spelled })?;
        let whole = (spelled, length) == (SPELLED, SPELLED) || run.get(1) == Some(&'千');
        let year = i16::try_from(value).ok().filter(|_| whole && YEARS.contains(&value))?;
        self.at += length;
        Some((year, Calendar::Ours))
    }

    fn month(&mut self) -> Option<u64> {
        let first = self.take(|c| c == '元').map(|_| 1);
        first.or_else(|| self.number(3))
    }

    fn lunar_month(&mut self) -> Option<u64> {
        let named = LUNAR_MONTHS.into_iter().find(|&(name, _)| self.take(|c| c == name).is_some());
        named.map(|(_, month)| month).or_else(|| self.month())
    }

    /// True where a digit follows with no blank before it.
    fn digit_follows(&self) -> bool {
        let apart = self.glyphs.apart.get(self.at).copied().unwrap_or_default();
        !apart && self.glyphs.chars.get(self.at).is_some_and(|&c| digit(c).is_some())
    }
}

/// The day that all of `text` is, blanks left out: 2023/03/17, 2023-3-7, 2023年3月17日, 20230317.
///
/// ```
/// use jiff::civil::date;
///
/// assert_eq!(zjgr::calendar::compact_date("2023年3月17日"), Some(date(2023, 3, 17)));
/// assert_eq!(zjgr::calendar::compact_date("20230317"), Some(date(2023, 3, 17)));
/// assert_eq!(zjgr::calendar::compact_date("2月30日"), None);
/// ```
pub fn compact_date(text: &str) -> Option<Date> {
    let glyphs = Glyphs::of(text, char::is_whitespace);
    if let Some((date, length)) = glyphs.date(0) {
        return (length == glyphs.chars.len()).then_some(date);
    }
    lone_date(text.trim())
}

/// The day that eight digits and nothing else are: 20230317.
fn lone_date(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let date = Date::new(year, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?).ok()?;
    YEARS.contains(&u64::try_from(year).ok()?).then_some(date)
}

/// A quick look whether a day with its year may begin with `c`.
fn may_open_date(c: char) -> bool {
    digit(c).is_some() || !c.is_ascii() && c.is_alphabetic()
}

/// A digit as print, or OCR, has it.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        'O' | 'o' | 'Ｏ' | '〇' | '○' | '零' => Some(0),
        'l' | 'I' | '|' | '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        'S' => Some(5),
        'B' => Some(8),
        _ => None,
    }
}

/// The number in digits, Arabic or Chinese, or with 十百千万, that `rest` opens with, and its length. At most `most`
/// characters.
pub(crate) fn number(rest: &[char], most: usize) -> Option<(u64, usize)> {
    let (mut total, mut section, mut last) = (0u64, 0u64, 0u64);
    let mut length = 0;
    let mut scaled = false;
    for &c in rest.iter().take(most) {
        let scale = match c {
            '十' => Some(10),
            '廿' => Some(20),
            '卅' => Some(30),
            '百' => Some(100),
            '千' => Some(1000),
            '万' | '萬' => Some(10_000),
            _ => None,
        };
        match (digit(c), scale) {
            (Some(d), _) => {
                last = if scaled { u64::from(d) } else { last.checked_mul(10)?.checked_add(u64::from(d))? }
            }
            (None, Some(20)) | (None, Some(30)) => section += scale.unwrap_or(0),
            (None, Some(10_000)) => {
                total = (section + last).max(1).checked_mul(10_000)?;
                (section, last, scaled) = (0, 0, true);
            }
            (None, Some(s)) => {
                section += last.max(1) * s;
                (last, scaled) = (0, true);
            }
            (None, None) => break,
        }
        length += 1;
    }
    (length > 0).then_some((total + section + last, length))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The days in `line`, left to right.
    fn days(line: &str) -> Vec<String> {
        let glyphs = Glyphs::of(line, char::is_whitespace);
        let (mut at, mut found) = (0, Vec::new());
        while at < glyphs.chars.len() {
            match glyphs.date(at) {
                Some((date, length)) => {
                    found.push(date.to_string());
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    #[test]
    fn a_day_is_read_in_every_way_that_papers_print_it() {
        for line in [
            "2023年3月17日",
            "2023年03月17日",
            "２０２３年３月１７日",
            "2023 年 3 月 17 日",
            "2 0 2 3 年 3 月 1 7 日",
            "2023年3月1 7日",
            "二〇二三年三月十七日",
            "二○二三年三月十七曰",
            "2023-03-17",
            "2023/3/17",
            "2023.03.17",
            "民國112年3月17日",
            "中華民國一百一十二年三月十七日",
            "公元2023年3月17日",
            "4 2023年3月17日 2",
            "2O23年3月l7日",
            "2023年/3月/17日",
        ] {
            assert_eq!(days(line), ["2023-03-17"], "{line}");
        }
        assert_eq!(days("民國元年元月二日"), ["1912-01-02"]);
        assert_eq!(days("中華民國卅八年五月廿日"), ["1949-05-20"]);
        assert_eq!(days("昭和十二年七月七日"), ["1937-07-07"]);
        assert_eq!(days("西曆一千九百零五年五月四號"), ["1905-05-04"]);
    }

    #[test]
    fn a_lunar_day_of_an_era_is_one_of_ours() {
        assert_eq!(days("光緒二十七年正月初一日"), ["1901-02-19"]);
        assert_eq!(days("光緒二十四年正月初一日"), [""; 0]);
        assert_eq!(days("宣统三年八月十九"), ["1911-10-10"]);
    }

    #[test]
    fn a_blank_is_a_boundary_between_numbers() {
        assert_eq!(days("2019-06-13 2 2019年06月13日"), ["2019-06-13", "2019-06-13"]);
        assert_eq!(days("3528690 2 2019年06月13日"), ["2019-06-13"]);
        assert_eq!(days("12019年6月13日"), [""; 0]);
        assert_eq!(days("2019-06-131"), [""; 0]);
        assert_eq!(days("2019年13月1日 1700年1月1日 2019年2月30日"), [""; 0]);
    }

    #[test]
    fn all_of_a_cell_is_a_day() {
        for text in ["2023/03/17", "2023-3-17", "2023年3月17日", "20230317", " 2023-03-17 "] {
            assert_eq!(compact_date(text), Some(date(2023, 3, 17)), "{text}");
        }
        for text in ["2023-03", "2023-03-17x", "99999999", ""] {
            assert_eq!(compact_date(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_makes_it_fail(line in "[0-9年月日民国光绪元正腊初廿卅一二三四五六七八九十百千万 /.-]{0,20}") {
            days(&line);
            let _ = compact_date(&line);
        }
    }
}
