//! The masthead: which lines are made of the data that a paper prints about itself, and what they say.

use jiff::civil::Date;

use super::Masthead;
use super::cursor::Cursor;
use super::page_words::Announcing;
use super::scan::is_blank;
use crate::calendar::{Glyphs, digit};

/// How much of a line is masthead data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    /// Characters that belong to a token of it.
    pub(super) covered: u32,
    /// Characters in all, blanks and punctuation left out.
    pub(super) total: u32,
    /// True where a token was found that stands in mastheads only (an issue or serial number, a lunar date
    /// with its year's name, the postal subscription number).
    pub(super) certain: bool,
    /// True where it has the day of issue.
    pub(super) dated: bool,
    /// True where it says how many pages the issue has, or the weekday.
    pub(super) routine: bool,
    /// True where it has a web or mail address, or a telephone number.
    pub(super) address: bool,
}

/// Reads the masthead data of one line into `masthead`, with the words that announce it; what is already known stays.
pub(super) fn read_line(line: &str, labels: &Announcing, masthead: &mut Masthead) -> Coverage {
    let mut coverage = Coverage::default();
    let glyphs = Glyphs::of(line, is_blank);
    let mut at = 0;
    while let Some(rest) = glyphs.chars.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((token, length)) = token(&glyphs, at, labels) {
            coverage.covered += length as u32;
            coverage.total += length as u32;
            note(token, masthead, &mut coverage);
            at += length;
        } else {
            if rest[0].is_alphanumeric() {
                coverage.total += 1;
            }
            at += 1;
        }
    }
    coverage
}

fn note(token: Token, masthead: &mut Masthead, coverage: &mut Coverage) {
    fn set<T>(slot: &mut Option<T>, value: T) {
        if slot.is_none() {
            *slot = Some(value);
        }
    }
    match token {
        Token::Date(date) => {
            coverage.dated = true;
            set(&mut masthead.date, date);
        }
        Token::Lunar(text, named_year) => {
            coverage.certain |= named_year;
            set(&mut masthead.lunar_date, text);
        }
        Token::Weekday(text) => {
            coverage.routine = true;
            set(&mut masthead.weekday, text);
        }
        Token::Issue(number, total) => {
            coverage.certain = true;
            if total {
                masthead.issue_number = None;
            }
            set(&mut masthead.issue_number, number);
        }
        Token::Serial(text) => {
            coverage.certain = true;
            set(&mut masthead.serial_number, text);
        }
        Token::Postal(text) => {
            coverage.certain = true;
            set(&mut masthead.postal_number, text);
        }
        Token::Website(text) => {
            coverage.address = true;
            set(&mut masthead.website, text);
        }
        Token::Email(text) => {
            coverage.address = true;
            set(&mut masthead.email, text);
        }
        Token::Address => coverage.address = true,
        Token::Pages => coverage.routine = true,
        Token::Label => {}
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// The day of issue.
    Date(Date),
    /// The lunar date, and whether it names its year (壬寅年).
    Lunar(String, bool),
    Weekday(String),
    /// The issue number, and whether it counts from the paper's first issue (总第).
    Issue(String, bool),
    Serial(String),
    Postal(String),
    Website(String),
    Email(String),
    /// A telephone number, a postcode.
    Address,
    /// How many pages the issue has.
    Pages,
    /// A word that announces one of the above.
    Label,
}

/// The token that begins at `at`, and how many characters it takes.
pub(super) fn token(glyphs: &Glyphs, at: usize, labels: &Announcing) -> Option<(Token, usize)> {
    let rest = glyphs.chars.get(at..)?;
    let before = at.checked_sub(1).and_then(|before| glyphs.chars.get(before).copied());
    if !labels.openings.may_open(*rest.first()?) {
        return None;
    }
    let is_glued = before.is_some_and(|c| c.is_ascii_alphanumeric());
    let dated = || glyphs.date(at).map(|(date, n)| (Token::Date(date), n));
    let named_day = || weekday(rest).map(|n| (Token::Weekday(rest[..n].iter().collect()), n));
    let latin = if is_glued { None } else { latin(glyphs, at) };
    latin
        .or_else(dated)
        .or_else(|| lunar(rest).map(|(text, is_named, n)| (Token::Lunar(text, is_named), n)))
        .or_else(named_day)
        .or_else(|| issue(rest))
        .or_else(|| postal(rest).map(|(number, n)| (Token::Postal(number), n)))
        .or_else(|| pages(rest).map(|n| (Token::Pages, n)))
        .or_else(|| telephone(glyphs, at, before).map(|n| (Token::Address, n)))
        .or_else(|| label(rest, labels))
}

/// A word that announces data.
fn label(rest: &[char], labels: &Announcing) -> Option<(Token, usize)> {
    let word = labels.words.iter().find(|word| word.first() == rest.first() && rest.starts_with(word))?;
    Some((Token::Label, word.len()))
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
/// Animals that may stand between the name of a year and 年: 壬寅虎年.
const ANIMALS: &str = "鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪豬";
const LUNAR: [&str; 4] = ["农历", "農曆", "夏历", "阴历"];
const LUNAR_MONTHS: [&str; 16] =
    ["十一", "十二", "正", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊", "臘"];
const LUNAR_DAYS: &str = "初一二三四五六七八九十廿卅";

/// A lunar date; the label before it (农历) is no part of it. Gives the text, whether it names its year, its
/// length.
fn lunar(rest: &[char]) -> Option<(String, bool, usize)> {
    let mut cursor = Cursor::new(rest);
    let label = cursor.pass_word(&LUNAR);
    let from = cursor.at;
    let is_named = cursor.pass_each(&[STEMS, BRANCHES]);
    if is_named {
        cursor.pass(ANIMALS);
        cursor.pass("年");
    } else {
        label?;
    }
    cursor.pass("闰閏");
    if cursor.pass_word(&LUNAR_MONTHS).is_none() {
        // The year's name by itself (壬寅年) says little, but it is masthead data.
        let year = Some(cursor.passed(from)).filter(|year| is_named && year.len() > 2)?;
        return Some((year.iter().collect(), true, cursor.at));
    }
    cursor.pass("月").then_some(())?;
    cursor.pass("大小");
    if cursor.pass_up_to(3, LUNAR_DAYS) == 0 {
        return None;
    }
    if !is_named {
        cursor.pass("日");
    }
    Some((cursor.passed(from).iter().collect(), is_named, cursor.at))
}

fn weekday(rest: &[char]) -> Option<usize> {
    let mut cursor = Cursor::new(rest);
    cursor.pass_word(&["星期", "礼拜", "禮拜", "周", "週"])?;
    cursor.pass("一二三四五六日天曰").then_some(cursor.at)
}

/// How many characters the number of an issue has at most, and at least where only 总第 says what it is.
const LONGEST_ISSUE: usize = 12;
const SHORTEST_TOTAL: usize = 3;

/// 总第12266号, 第8136期, 第四千二百一十八期: the number, and whether it counts from the first issue.
fn issue(rest: &[char]) -> Option<(Token, usize)> {
    let mut cursor = Cursor::new(rest);
    let total = cursor.pass_word(&["总第", "總第", "总"]);
    total.or_else(|| cursor.pass_word(&["第"]))?;
    let (value, digits) = cursor.pass_number(LONGEST_ISSUE)?;
    if cursor.is_at_digit() {
        return None;
    }
    let is_closed = cursor.pass("期号號") || total == Some(2) && digits >= SHORTEST_TOTAL;
    is_closed.then(|| (Token::Issue(value.to_string(), total.is_some()), cursor.at))
}

/// What stands between the parts of a number, misread characters among it.
const DASHES: &str = "-—–－一~―";

/// 邮发代号:31-2, and 代号 by itself.
fn postal(rest: &[char]) -> Option<(String, usize)> {
    let mut cursor = Cursor::new(rest);
    cursor.pass_word(&["国内邮发代号", "邮发代号", "郵發代號", "邮发", "代号"])?;
    cursor.pass_all(":：第");
    let from = cursor.at;
    cursor.pass_number(3)?;
    let head = cursor.passed(from);
    cursor.pass(DASHES).then_some(())?;
    cursor.pass_all("-—");
    let from = cursor.at;
    cursor.pass_number(4)?;
    Some((in_two(head, cursor.passed(from)), cursor.at))
}

/// The two parts of a number, in plain digits.
fn in_two(head: &[char], tail: &[char]) -> String {
    head.iter().chain(&['-']).chain(tail).map(|&c| plain_digit(c)).collect()
}

/// A digit of another width, or misread, as an ASCII digit; other characters as they are.
fn plain_digit(c: char) -> char {
    match c {
        '０'..='９' | 'O' | 'o' | 'l' | 'I' | '〇' => {
            digit(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
        }
        _ => c,
    }
}

/// 今日8版, 本期共十六版, 今日4开8版.
fn pages(rest: &[char]) -> Option<usize> {
    let mut cursor = Cursor::new(rest);
    cursor.pass_word(&["今日共", "今日", "本期共", "本期", "今天", "今日出版", "共", "对开", "四开"])?;
    cursor.pass_all("共出：:");
    cursor.pass_number(4)?;
    cursor.pass("版张張").then_some(cursor.at)
}

/// How many digits a telephone number has at least, and how many a postcode.
const TELEPHONE: usize = 7;
const POSTCODE: usize = 6;

/// A number of seven digits or more, or one with its area code; a postcode behind what announces one.
fn telephone(glyphs: &Glyphs, at: usize, before: Option<char>) -> Option<usize> {
    let mut cursor = Cursor::new(run(glyphs, at));
    let length = cursor.pass_all("0123456789-—（）()");
    let digits = cursor.passed(0).iter().filter(|c| c.is_ascii_digit()).count();
    // (2021-03-17 第1版)
    let dates = || matches!(cursor.passed(0), ['(' | '（', ..]) && glyphs.date(at + 1).is_some();
    let is_number = match before {
        Some('0'..='9') => false,
        Some(':' | '：' | '编' | '码') => digits >= POSTCODE,
        _ => digits >= TELEPHONE,
    };
    (is_number && !dates()).then_some(length)
}

/// The characters from `at` up to the next blank.
fn run(glyphs: &Glyphs, at: usize) -> &[char] {
    let rest = glyphs.chars.get(at..).unwrap_or_default();
    let apart = glyphs.apart.get(at + 1..).unwrap_or_default();
    let end = apart.iter().position(|&blank| blank).map_or(rest.len(), |k| k + 1);
    rest.get(..end).unwrap_or(rest)
}

/// Serial numbers, web and mail addresses.
fn latin(glyphs: &Glyphs, at: usize) -> Option<(Token, usize)> {
    let rest = glyphs.chars.get(at..)?;
    match rest {
        ['C', 'N', ..] | ['Ｃ', 'Ｎ', ..] => serial(rest),
        [first, ..] if first.is_ascii_alphanumeric() => address(glyphs, at),
        _ => None,
    }
}

/// CN12-3456
fn serial(rest: &[char]) -> Option<(Token, usize)> {
    let mut cursor = Cursor::new(rest);
    cursor.pass_up_to(2, "CNＣＮ");
    cursor.pass_all(":：-—");
    let from = cursor.at;
    let (_, head) = cursor.pass_number(2)?;
    let dashes = cursor.pass_all(DASHES);
    let (_, tail) = cursor.pass_number(4)?;
    let (start, end) = (from + head, cursor.at);
    match (head, dashes, tail) {
        (2, 1.., 4) => {
            let number = in_two(rest.get(from..start)?, rest.get(end - tail..end)?);
            Some((Token::Serial(format!("CN{number}")), end))
        }
        _ => None,
    }
}

/// How addresses on the web open and end, in small letters.
const WEB_OPENINGS: [&str; 2] = ["http", "www."];
const WEB_ENDINGS: [&str; 6] = [".com", ".cn", ".net", ".org", ".tw", ".hk"];

fn is_web(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let opens = WEB_OPENINGS.iter().any(|opening| address.starts_with(opening));
    (opens && address.contains('.')) || WEB_ENDINGS.iter().any(|ending| address.ends_with(ending))
}

/// Web and mail addresses.
fn address(glyphs: &Glyphs, at: usize) -> Option<(Token, usize)> {
    let rest = run(glyphs, at);
    let is_word = |c: &&char| c.is_ascii_alphanumeric() || ".-_@/:~?=&%".contains(**c);
    let n = rest.iter().take_while(is_word).count();
    // A day may stand right behind an address: www.example.com2014-06-16.
    let dated = |k: &usize| rest[k - 1].is_ascii_alphabetic() && glyphs.date(at + k).is_some();
    let n = (1..n).find(dated).unwrap_or(n);
    let text: String = rest[..n].iter().collect();
    let text = text.trim_end_matches(['.', ':', '/', '-']);
    let length = text.chars().count();
    if text.contains('@') && text.contains('.') {
        return Some((Token::Email(text.to_owned()), length));
    }
    is_web(text).then(|| (Token::Website(text.to_owned()), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (Masthead, Vec<Coverage>) {
        let labels = crate::page::page_words::PageWords::built_in().lists.announces.clone();
        let mut masthead = Masthead::default();
        let coverage = lines.iter().map(|line| read_line(line, &labels, &mut masthead)).collect();
        (masthead, coverage)
    }

    #[test]
    fn an_issue_number_is_whole_or_none() {
        let number = |line| read(&[line]).0.issue_number;
        assert_eq!(number("总第1234567890123号"), None);
        assert_eq!(number("总第123456789012号").as_deref(), Some("123456789012"));
        assert_eq!(number("总第一万二千二百六十六号").as_deref(), Some("12266"));
        assert_eq!(number("第一千二百三十四五六七八九〇一二三期"), None);
    }

    /// True where a line is little else than data.
    fn is_data(coverage: &Coverage) -> bool {
        coverage.covered * 10 >= coverage.total * 6
    }

    #[test]
    fn reads_what_a_modern_masthead_says() {
        let (m, c) = read(&[
            "2019年3月8日 星期五 己亥年二月初二",
            "国内统一连续出版物号:CN 12—3456 邮发代号：7—89 总第6021期",
            "电子版: www.example.com.cn 电子邮箱:a_b@example.com",
        ]);
        assert_eq!(m.date, Some(Date::constant(2019, 3, 8)));
        assert_eq!(m.weekday.as_deref(), Some("星期五"));
        assert_eq!(m.lunar_date.as_deref(), Some("己亥年二月初二"));
        assert_eq!(m.serial_number.as_deref(), Some("CN12-3456"));
        assert_eq!(m.postal_number.as_deref(), Some("7-89"));
        assert_eq!(m.issue_number.as_deref(), Some("6021"));
        assert_eq!(m.website.as_deref(), Some("www.example.com.cn"));
        assert_eq!(m.email.as_deref(), Some("a_b@example.com"));
        assert!(c.iter().all(is_data), "{c:?}");
    }

    #[test]
    fn reads_old_and_misread_forms() {
        let (m, _) = read(&["一九五八年五月一日 第四千二百一十八期"]);
        assert_eq!(m.date, Some(Date::constant(1958, 5, 1)));
        assert_eq!(m.issue_number.as_deref(), Some("4218"));
        let (m, _) = read(&["2O21年l月5曰 第四二一八号"]);
        assert_eq!(m.date, Some(Date::constant(2021, 1, 5)));
        assert_eq!(m.issue_number.as_deref(), Some("4218"));
        let (m, _) = read(&["中華民國一一二年十月廿五日 星期三"]);
        assert_eq!(m.date, Some(Date::constant(2023, 10, 25)));
    }

    proptest::proptest! {
        /// The quick look spares work and nothing else.
        #[test]
        fn data_begin_with_what_they_may_begin_with(
            line in "([0-9０-９OolI〇一二三四五六七八九十廿农農历夏阴壬寅癸卯年月日正初腊星期礼拜周总第號号国内邮发代今本共对开版张中華民國CN:/.@()（）—-]|邮编|传真|电话|www|新闻){0,24}"
        ) {
            let labels = crate::page::page_words::PageWords::built_in().lists.announces.clone();
            let all = Announcing { openings: ('\0'..='\u{3ff}').collect(), ..labels.clone() };
            let (mut quick, mut slow) = (Masthead::default(), Masthead::default());
            proptest::prop_assert_eq!(read_line(&line, &labels, &mut quick), read_line(&line, &all, &mut slow));
            proptest::prop_assert_eq!(quick, slow);
        }
    }

    #[test]
    fn running_text_is_no_masthead() {
        let (_, c) = read(&["2022年3月起,全市总工会在116个乡镇推广这一做法,职工满意率达到九成以上"]);
        assert!(!is_data(&c[0]));
    }
}
