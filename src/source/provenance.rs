//! What is said of a document beside its text: by the user, by a record, by the path that it lies under.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use regex::Regex;

use super::{DateFrom, Document, Format, Meta};
use crate::calendar::{Glyphs, compact_date};
use crate::{Error, ErrorKind, Result};

/// What the user says of all documents, and how their paths are to be read.
///
/// ```
/// use zjgr::Document;
/// use zjgr::page::Reader;
/// use zjgr::source::Provenance;
///
/// let mut provenance = Provenance::default();
/// provenance.newspaper = Some("东浦工人报".to_owned());
/// let mut document = Document::of("职工有了新家园\n昨天，大楼盖好了。");
/// provenance.of("2021-06-12.txt").tell(&mut document);
/// let page = Reader::default().read(document);
/// assert_eq!(page.newspaper(), Some("东浦工人报"));
/// assert_eq!(page.date().map(|day| day.to_string()).as_deref(), Some("2021-06-12"));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Provenance {
    /// The day of issue of everything.
    pub date: Option<Date>,
    /// The newspaper of everything.
    pub newspaper: Option<String>,
    /// The number of the page (版次) of everything.
    pub page: Option<String>,
    /// How paths are put together.
    pub pattern: Option<PathPattern>,
}

/// What is said of every document of one file.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// By the user, or found by the user's pattern: it outranks what a document says of itself.
    over: Meta,
    /// By the path: it fills what nothing else says.
    under: Meta,
}

impl Provenance {
    /// What is said of the documents of the file at `path`.
    pub fn of(&self, path: &str) -> Said {
        let set = Meta {
            date: self.date,
            newspaper: self.newspaper.clone(),
            page: self.page.clone(),
            date_from: Some(DateFrom::Set),
            ..Meta::default()
        };
        let found = self.pattern.as_ref().and_then(|pattern| pattern.read(path)).unwrap_or_default();
        Said { over: set.or(found), under: of_path(path) }
    }
}

impl Said {
    /// Tells `document` what is said of it. Of the records of a file the path says nothing about pages.
    pub fn tell(&self, document: &mut Document) {
        let record = Meta { date_from: Some(DateFrom::Record), ..std::mem::take(&mut document.meta) };
        document.meta = self.over.clone().or(record);
        let is_record = matches!(document.format, Format::Jsonl | Format::Lines);
        let page = self.under.page.clone().filter(|_| !is_record);
        document.fallback = std::mem::take(&mut document.fallback).or(Meta { page, ..self.under.clone() });
    }
}

impl Meta {
    /// What this says, and what `other` says of the rest.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let date_from = if self.date.is_some() { self.date_from } else { other.date_from };
        let date = self.date.or(other.date);
        Self {
            id: self.id.or(other.id),
            date,
            date_from: date_from.filter(|_| date.is_some()),
            newspaper: self.newspaper.or(other.newspaper),
            page: self.page.or(other.page),
            section: self.section.or(other.section),
            headline: self.headline.or(other.headline),
            kept: if self.kept.is_empty() { other.kept } else { self.kept },
        }
    }
}

/// How the paths of a corpus are put together: `{newspaper}/{date}/{page}`.
///
/// The pattern is held against the end of the path without its ending. `*` stands for anything within one name.
///
/// ```
/// use zjgr::source::PathPattern;
///
/// let pattern = PathPattern::parse("{newspaper}/{date}/{page}")?;
/// let said = pattern.read("pages/东浦工人报/2021-06-12/04.txt").expect("a path of this kind");
/// assert_eq!(said.newspaper.as_deref(), Some("东浦工人报"));
/// assert_eq!(said.page.as_deref(), Some("4"));
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PathPattern(Regex);

/// What a pattern may name, with what it looks like in a path.
const FIELDS: [(&str, &str); 8] = [
    ("newspaper", "[^/]+?"),
    (
        "date",
        r"\d{4}/\d{1,2}/\d{1,2}|[\d〇零一二三四五六七八九十中民][\d〇零一二三四五六七八九十廿卅元年月日号號華华民國国._\- ]{5,}?",
    ),
    ("year", r"\d{4}"),
    ("month", r"\d{1,2}"),
    ("day", r"\d{1,2}"),
    ("page", "[^/]+?"),
    ("section", "[^/]+?"),
    ("id", "[^/]+?"),
];

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where it names nothing, or something that is not known.
    pub fn parse(pattern: &str) -> Result<Self> {
        let wrong =
            |what: String| Error::new(ErrorKind::Usage(format!("the path pattern {pattern:?} {what}")));
        let names = || FIELDS.map(|(name, _)| format!("{{{name}}}")).join(" ");
        let mut regex = String::from("(?:^|/)");
        let mut named = 0;
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            if let Some((name, behind)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                let Some((name, looks)) = FIELDS.iter().find(|(field, _)| *field == name) else {
                    return Err(wrong(format!("names {{{name}}}; it may name {}", names())));
                };
                regex.push_str(&format!("(?P<{name}>{looks})"));
                named += 1;
                rest = behind;
                continue;
            }
            match c {
                '*' => regex.push_str("[^/]*?"),
                c => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        if named == 0 {
            return Err(wrong(format!("names nothing; it may name {}", names())));
        }
        regex.push_str(r"(?:\.[A-Za-z0-9.]{1,12})?$");
        match Regex::new(&regex) {
            Ok(regex) => Ok(Self(regex)),
            Err(_) => Err(wrong("names something twice".to_owned())),
        }
    }

    /// What the path says; none where it is not put together like this, or names a day that is none.
    pub fn read(&self, path: &str) -> Option<Meta> {
        let path = path.replace('\\', "/");
        let found = self.0.captures(&path)?;
        let text = |name: &str| found.name(name).map(|part| part.as_str());
        let number = |name: &str| text(name).and_then(|part| part.parse::<i8>().ok());
        let mut meta = Meta {
            id: text("id").map(str::to_owned),
            newspaper: text("newspaper").map(str::to_owned),
            page: text("page").map(page_number),
            section: text("section").map(str::to_owned),
            ..Meta::default()
        };
        if let Some(date) = text("date") {
            meta.date = Some(compact_date(&date.replace('_', "-"))?);
        } else if let (Some(year), Some(month), Some(day)) = (text("year"), number("month"), number("day")) {
            meta.date = Some(Date::new(year.parse().ok()?, month, day).ok()?);
        }
        meta.date_from = meta.date.map(|_| DateFrom::Pattern);
        Some(meta)
    }
}

/// The number of a page as it is cited: `4` for 04 and 第4版, `A02` as it stands.
///
/// ```
/// assert_eq!(zjgr::source::page_number("第4版"), "4");
/// assert_eq!(zjgr::source::page_number("04"), "4");
/// ```
pub fn page_number(printed: &str) -> String {
    let bare = printed.trim().trim_start_matches(['第', 'p', 'P']).trim_end_matches('版').trim();
    if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
        let number = bare.trim_start_matches('0');
        return if number.is_empty() { "0".to_owned() } else { number.to_owned() };
    }
    bare.to_owned()
}

/// The endings of files, which say nothing of what is in them.
const ENDINGS: [&str; 12] =
    [".gz", ".zst", ".txt", ".text", ".md", ".jsonl", ".ndjson", ".json", ".csv", ".html", ".xml", ".pdf"];

/// What stands before and behind the name of a paper in a path; a day may stand right beside it: 越溪日报2023年3月17日.
const APART: [char; 21] = [
    '/', '-', '_', ' ', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '《', '》', '（', '）', '(',
    ')',
];

/// What a path says by itself: the last day in it, the number of the page behind that, the name of a paper.
fn of_path(path: &str) -> Meta {
    let path = path.replace('\\', "/");
    let mut whole = path.as_str();
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending)) {
        whole = shorter;
    }
    let dated = last_date(whole);
    let behind = dated.and_then(|(_, end)| whole.get(end..)).unwrap_or_default();
    Meta {
        date: dated.map(|(date, _)| date),
        date_from: dated.map(|_| DateFrom::Path),
        newspaper: whole.split(APART).rev().find_map(paper).map(str::to_owned),
        page: page_of(behind, whole),
        ..Meta::default()
    }
}

/// The last day in a path, and where it ends.
fn last_date(path: &str) -> Option<(Date, usize)> {
    let mut found = None;
    let mut from = 0;
    // Two digits more than a year may be a day that is none: the next year is looked for behind this one.
    while let Some((at, (day, rest))) = Rest::starts(path, from, |c| !c.is_ascii_digit()).find_map(dated) {
        found = day.map(|day| (day, path.len() - rest.0.len())).or(found);
        from = at + YEAR;
    }
    found.or_else(|| spelled_date(path))
}

/// How many digits a year has.
const YEAR: usize = 4;

/// The day that stands at a place of a path, and what is behind it: none where what looks like one is none.
fn dated((at, rest): (usize, Rest<'_>)) -> Option<(usize, (Option<Date>, Rest<'_>))> {
    let (year, rest) = rest.digits(YEAR..=YEAR)?;
    let compact = || {
        let (month, rest) = rest.digits(2..=2)?;
        Some((month, rest.perhaps("/").digits(2..=2)?))
    };
    let slashed = || {
        let (month, rest) = rest.past("/")?.digits(2..=2)?;
        Some((month, rest.digits(2..=2)?))
    };
    let parted = || {
        let (month, rest) = rest.past("-_./年")?.perhaps("/").digits(1..=2)?;
        let (day, rest) = rest.past("-_./月")?.perhaps("/").digits(1..=2)?;
        Some((month, (day, rest.past("日").filter(|rest| rest.ends_number()).unwrap_or(rest))))
    };
    let (month, (day, rest)) = [compact(), slashed(), parted()]
        .into_iter()
        .flatten()
        .find(|(_, (_, rest))| rest.ends_number())
        .filter(|_| ["18", "19", "20"].iter().any(|century| year.starts_with(century)))?;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some((at, (date.ok(), rest)))
}

/// What is left of a path from some place on.
#[derive(Debug, Clone, Copy)]
struct Rest<'p>(&'p str);

impl<'p> Rest<'p> {
    /// What is left of `path` from `from` on, and from behind every character there for which `parts` is true.
    fn starts(path: &'p str, from: usize, parts: fn(char) -> bool) -> impl Iterator<Item = (usize, Self)> {
        let behind = path.get(from..).unwrap_or_default().char_indices();
        let behind = behind.filter(move |(_, c)| parts(*c)).map(move |(at, c)| from + at + c.len_utf8());
        std::iter::once(from).chain(behind).filter_map(|at| Some((at, Self(path.get(at..)?))))
    }

    /// Behind one of `signs`.
    fn past(self, signs: &str) -> Option<Self> {
        self.0.strip_prefix(|c| signs.contains(c)).map(Self)
    }

    /// Behind one of `signs`, if one stands there.
    fn perhaps(self, signs: &str) -> Self {
        self.past(signs).unwrap_or(self)
    }

    /// Behind `word`, if it stands there.
    fn perhaps_word(self, word: &str) -> Self {
        self.0.strip_prefix(word).map_or(self, Self)
    }

    /// The digits here, as many of `count` as there are, and what is behind them.
    fn digits(self, count: RangeInclusive<usize>) -> Option<(&'p str, Self)> {
        let digits = self.0.bytes().take(*count.end()).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(digits);
        count.contains(&digits.len()).then_some((digits, Self(rest)))
    }

    /// Digits here, with one of the capitals of `letters` before them or none, and what is behind them.
    fn numbered(self, letters: RangeInclusive<char>) -> Option<(&'p str, Self)> {
        let letter = self.0.strip_prefix(|c| letters.contains(&c)).map_or(self, Self);
        let (_, rest) = letter.digits(1..=3)?;
        Some((self.0.get(..self.0.len() - rest.0.len())?, rest))
    }

    /// True where no digit stands.
    fn ends_number(self) -> bool {
        !self.0.starts_with(|c: char| c.is_ascii_digit())
    }

    /// True where neither a digit nor a Latin letter stands.
    fn ends_word(self) -> bool {
        !self.0.starts_with(|c: char| c.is_ascii_alphanumeric())
    }
}

/// A day in Chinese numerals, or of another era: 一九六三年三月十七日.
fn spelled_date(path: &str) -> Option<(Date, usize)> {
    let glyphs = Glyphs::of(path, |_| false);
    let (mut at, mut end) = (0, 0);
    for c in path.chars() {
        if let Some((date, length)) = glyphs.date(at) {
            let bytes: usize = glyphs.chars.iter().skip(at).take(length).map(|c| c.len_utf8()).sum();
            return Some((date, end + bytes));
        }
        at += 1;
        end += c.len_utf8();
    }
    None
}

/// The number of the page: behind the day (20230317-01), or said to be one (p1, 第4版, A02).
fn page_of(behind: &str, whole: &str) -> Option<String> {
    let name = whole.rsplit('/').next().unwrap_or(whole);
    said_page(behind).or_else(|| counted_page(behind)).or_else(|| said_page(name)).map(page_number)
}

/// What is said to be a page: p1, page_1, 第4版, A02.
fn said_page(path: &str) -> Option<&str> {
    Rest::starts(path, 0, |c| !c.is_ascii_alphanumeric()).find_map(|(_, rest)| {
        let page = || rest.past("pP")?.perhaps_word("age").perhaps("-_").digits(1..=3);
        let version = || {
            let (page, rest) = rest.perhaps("第").numbered('A'..='Z')?;
            Some((page, rest.past("版")?))
        };
        let sheet = || {
            rest.numbered('A'..='D').filter(|(page, _)| {
                (2..=3).contains(&page.len()) && !page.starts_with(|c: char| c.is_ascii_digit())
            })
        };
        let found = [page(), version(), sheet()].into_iter().flatten().find(|(_, rest)| rest.ends_word());
        found.map(|(page, _)| page)
    })
}

/// The number that stands behind a day.
fn counted_page(behind: &str) -> Option<&str> {
    let parts = |c: char| "-_/.".contains(c) || c.is_whitespace();
    let rest = Rest(behind.trim_start_matches(parts));
    let said = rest.past("第").or_else(|| rest.past("pP").map(|rest| rest.perhaps_word("age")));
    let (page, rest) = said.unwrap_or(rest).numbered('A'..='Z')?;
    let rest = rest.perhaps("版").0;
    (rest.is_empty() || rest.starts_with(parts)).then_some(page)
}

/// A name in a path that is a paper's: 人民日报.
fn paper(name: &str) -> Option<&str> {
    let name = name.trim_matches(|c: char| "年月日版第".contains(c) || c.is_ascii_alphanumeric());
    let named = name.ends_with(['报', '報']) && name.chars().all(|c| !c.is_ascii());
    ((3..=12).contains(&name.chars().count()) && named).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Date, page and newspaper that a path says.
    fn said(path: &str) -> (String, String, String) {
        let meta = of_path(path);
        let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
        (date, meta.page.unwrap_or_default(), meta.newspaper.unwrap_or_default())
    }

    #[test]
    fn a_path_says_the_day_the_page_and_the_paper() {
        for (path, date, page, newspaper) in [
            ("2023/03/17/a.txt", "2023-03-17", "", ""),
            ("corpus/2023-03/17/node_2.txt", "2023-03-17", "", ""),
            ("corpus/202303/17/02.txt", "2023-03-17", "2", ""),
            ("corpus/2023/0317/02.txt", "2023-03-17", "2", ""),
            ("20230317-01.txt", "2023-03-17", "1", ""),
            ("20230317/20230317-01-01.txt", "2023-03-17", "1", ""),
            ("rmrb-1998-01-05-p1.txt", "1998-01-05", "1", ""),
            ("rmrb_1998_1_5_A02.txt.gz", "1998-01-05", "A02", ""),
            ("人民日报/1998年1月5日/第4版.txt", "1998-01-05", "4", "人民日报"),
            ("人民日报/1998年/01月/05日/04.txt", "1998-01-05", "4", "人民日报"),
            ("越溪日报_20230317_A02.txt", "2023-03-17", "A02", "越溪日报"),
            ("一九六三年三月十七日.txt", "1963-03-17", "", ""),
            ("2023.03.17.txt", "2023-03-17", "", ""),
            ("越溪日报2023年3月17日第4版.txt", "2023-03-17", "4", "越溪日报"),
            ("2023年3月17日越溪日报第4版.txt", "2023-03-17", "4", "越溪日报"),
            ("《越溪日报》20230317-04.txt", "2023-03-17", "4", "越溪日报"),
            ("20230317越溪日报A02.txt", "2023-03-17", "A02", "越溪日报"),
            ("越溪日报(2023-03-17)/p04.txt", "2023-03-17", "4", "越溪日报"),
            ("scans-20240105/yxrb-1998-01-05-p1.txt", "1998-01-05", "1", ""),
            ("p.txt", "", "", ""),
            ("a/12345678.txt", "", "", ""),
            ("data20231399/x.txt", "", "", ""),
            ("汇总 2023.txt", "", "", ""),
        ] {
            assert_eq!(said(path), (date.into(), page.into(), newspaper.into()), "{path}");
        }
    }

    #[test]
    fn a_pattern_reads_a_path_from_its_end() {
        let pattern = PathPattern::parse("{newspaper}/{date}/{page}").unwrap();
        let meta = pattern.read("corpus/越溪日报/20230317/04.txt").unwrap();
        assert_eq!(meta.newspaper.as_deref(), Some("越溪日报"));
        assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2023-03-17"));
        assert_eq!(meta.page.as_deref(), Some("4"));
        assert_eq!(meta.date_from, Some(DateFrom::Pattern));
        assert_eq!(pattern.read("越溪日报/昨天/04.txt"), None);
        let parts = PathPattern::parse("{year}/{month}{day}-{page}-*").unwrap();
        let meta = parts.read("2023/0317-A02-第一篇.txt").unwrap();
        assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2023-03-17"));
        assert_eq!(meta.page.as_deref(), Some("A02"));
        let stuck = PathPattern::parse("*{date}p{page}").unwrap();
        for (path, date, page) in [
            ("nprb19470904p02.txt", "1947-09-04", "2"),
            ("scans/nprb-2019-09-04p5.txt", "2019-09-04", "5"),
            ("np二〇一九年九月四日p5.txt", "2019-09-04", "5"),
        ] {
            let meta = stuck.read(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some(date), "{path}");
            assert_eq!(meta.page.as_deref(), Some(page), "{path}");
        }
        for wrong in ["{paper}/{date}", "plain", "{date}/{date}", ""] {
            assert!(PathPattern::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_the_user_sets_outranks_the_path_and_the_path_only_fills() {
        let mut document = Document { file: "人民日报/20230317-01.txt".into(), ..Document::default() };
        Provenance::default().of(&document.file).tell(&mut document);
        assert_eq!(document.meta, Meta::default());
        assert_eq!(document.fallback.date_from, Some(DateFrom::Path));
        let set = Provenance { date: Date::new(1963, 3, 17).ok(), ..Provenance::default() };
        set.of(&document.file).tell(&mut document);
        assert_eq!(document.meta.date_from, Some(DateFrom::Set));
    }
}
