//! The masthead: which lines are made of the data that a paper prints about itself, and what they say.

use jiff::civil::Date;

use super::Masthead;
use super::page_words::Announcing;
use super::scan::is_blank;
use crate::calendar::{Glyphs, digit, number};

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
    if !before.is_some_and(|c| c.is_ascii_alphanumeric())
        && let Some(found) = latin(glyphs, at)
    {
        return Some(found);
    }
    if let Some((date, n)) = glyphs.date(at) {
        return Some((Token::Date(date), n));
    }
    if let Some((text, named, n)) = lunar(rest) {
        return Some((Token::Lunar(text, named), n));
    }
    if let Some(n) = weekday(rest) {
        return Some((Token::Weekday(rest[..n].iter().collect()), n));
    }
    if let Some((number, n)) = issue(rest) {
        return Some((Token::Issue(number, rest.first().is_some_and(|&c| c == '总' || c == '總')), n));
    }
    if let Some((number, n)) = postal(rest) {
        return Some((Token::Postal(number), n));
    }
    if let Some(n) = pages(rest) {
        return Some((Token::Pages, n));
    }
    if let Some(n) = telephone(glyphs, at, before) {
        return Some((Token::Address, n));
    }
    labels
        .words
        .iter()
        .find(|label| label.first() == rest.first() && rest.starts_with(label))
        .map(|label| (Token::Label, label.len()))
}

fn starts(rest: &[char], word: &str) -> bool {
    let mut at = rest.iter();
    word.chars().all(|c| at.next() == Some(&c))
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A lunar date; the label before it (农历) is no part of it. Gives the text, whether it names its year, its
/// length.
fn lunar(rest: &[char]) -> Option<(String, bool, usize)> {
    let mut at = 0;
    let labelled = ["农历", "農曆", "夏历", "阴历"]
        .iter()
        .find(|label| starts(rest, label))
        .map_or(0, |l| l.chars().count());
    at += labelled;
    let from = at;
    let named = STEMS.contains(*rest.get(at)?) && BRANCHES.contains(*rest.get(at + 1)?);
    if named {
        at += 2;
        // An animal may stand between: 壬寅虎年.
        if rest.get(at).is_some_and(|&c| "鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪豬".contains(c)) {
            at += 1;
        }
        if matches!(rest.get(at), Some('年')) {
            at += 1;
        }
    } else if labelled == 0 {
        return None;
    }
    if matches!(rest.get(at), Some('闰' | '閏')) {
        at += 1;
    }
    let month =
        ["十一", "十二", "正", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊", "臘"]
            .iter()
            .find(|m| starts(rest.get(at..).unwrap_or_default(), m));
    let Some(month) = month else {
        // The year's name by itself (壬寅年) says little, but it is masthead data.
        return (named && at > from + 2).then(|| (rest[from..at].iter().collect(), true, at));
    };
    at += month.chars().count();
    if !matches!(rest.get(at), Some('月')) {
        return None;
    }
    at += 1;
    if matches!(rest.get(at), Some('大' | '小')) {
        at += 1;
    }
    let day = rest[at..].iter().take(3).take_while(|&&c| "初一二三四五六七八九十廿卅".contains(c)).count();
    if day == 0 {
        return None;
    }
    at += day;
    if matches!(rest.get(at), Some('日')) && !named {
        at += 1;
    }
    Some((rest[from..at].iter().collect(), named, at))
}

fn weekday(rest: &[char]) -> Option<usize> {
    let label =
        ["星期", "礼拜", "禮拜", "周", "週"].iter().find(|label| starts(rest, label))?.chars().count();
    "一二三四五六日天曰".contains(*rest.get(label)?).then_some(label + 1)
}

/// How many characters the number of an issue has at most.
const LONGEST_ISSUE: usize = 12;

/// 总第12266号, 第8136期, 第四千二百一十八期, NO.12266.
fn issue(rest: &[char]) -> Option<(String, usize)> {
    let total = ["总第", "總第", "总"]
        .iter()
        .find(|label| starts(rest, label))
        .map_or(0, |label| label.chars().count());
    let mut at = total;
    if total == 0 {
        if rest.first() != Some(&'第') {
            return None;
        }
        at = 1;
    }
    let (value, n) = number(&rest[at..], LONGEST_ISSUE)?;
    at += n;
    if rest.get(at).is_some_and(|&c| digit(c).is_some()) {
        return None;
    }
    match rest.get(at) {
        Some('期' | '号' | '號') => at += 1,
        _ if total == 2 && n >= 3 => {}
        _ => return None,
    }
    Some((value.to_string(), at))
}

/// 邮发代号:31-2, and 代号 by itself.
fn postal(rest: &[char]) -> Option<(String, usize)> {
    let label =
        ["国内邮发代号", "邮发代号", "郵發代號", "邮发", "代号"].iter().find(|label| starts(rest, label))?;
    let mut at = label.chars().count();
    while matches!(rest.get(at), Some(':' | '：' | '第')) {
        at += 1;
    }
    let from = at;
    let (_, n) = number(rest.get(at..)?, 3)?;
    at += n;
    if !matches!(rest.get(at), Some('-' | '—' | '–' | '－' | '一' | '~' | '―')) {
        return None;
    }
    at += 1;
    while matches!(rest.get(at), Some('-' | '—')) {
        at += 1;
    }
    let (_, m) = number(rest.get(at..)?, 4)?;
    at += m;
    let text =
        rest[from..from + n].iter().chain(&['-']).chain(&rest[at - m..at]).map(|&c| plain_digit(c)).collect();
    Some((text, at))
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
    let mut at = ["今日共", "今日", "本期共", "本期", "今天", "今日出版", "共", "对开", "四开"]
        .iter()
        .find(|label| starts(rest, label))
        .map(|l| l.chars().count())?;
    while matches!(rest.get(at), Some('共' | '出' | '：' | ':')) {
        at += 1;
    }
    let (_, n) = number(rest.get(at..)?, 4)?;
    at += n;
    matches!(rest.get(at), Some('版' | '张' | '張')).then_some(at + 1)
}

/// A number of seven digits or more, or one with its area code.
fn telephone(glyphs: &Glyphs, at: usize, before: Option<char>) -> Option<usize> {
    let rest = run(glyphs, at);
    // (2021-03-17 第1版)
    let dates = || matches!(rest, ['(' | '（', ..]) && glyphs.date(at + 1).is_some();
    if before.is_some_and(|c| c.is_ascii_digit()) || dates() {
        return None;
    }
    let n = rest
        .iter()
        .take_while(|&&c| c.is_ascii_digit() || matches!(c, '-' | '—' | '（' | '）' | '(' | ')'))
        .count();
    let digits = rest[..n].iter().filter(|c| c.is_ascii_digit()).count();
    (digits >= 7).then_some(n).or_else(|| {
        let postcode = digits == 6 && matches!(before, Some(':' | '：' | '编' | '码'));
        postcode.then_some(n)
    })
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
    if starts(rest, "CN") || starts(rest, "ＣＮ") {
        let mut at = 2;
        while matches!(rest.get(at), Some(':' | '：' | '-' | '—')) {
            at += 1;
        }
        let from = at;
        let (_, a) = number(rest.get(at..)?, 2)?;
        at += a;
        let dashes = rest
            .get(at..)?
            .iter()
            .take_while(|&&c| matches!(c, '-' | '—' | '–' | '－' | '一' | '~' | '―'))
            .count();
        let (_, b) = number(rest.get(at + dashes..)?, 4)?;
        if a == 2 && dashes > 0 && b == 4 {
            let head: String = rest[from..at].iter().map(|&c| plain_digit(c)).collect();
            at += dashes + b;
            let tail: String = rest[at - b..at].iter().map(|&c| plain_digit(c)).collect();
            return Some((Token::Serial(format!("CN{head}-{tail}")), at));
        }
        return None;
    }
    if !rest[0].is_ascii_alphanumeric() {
        return None;
    }
    let word = |c: &&char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '.' | '-' | '_' | '@' | '/' | ':' | '~' | '?' | '=' | '&' | '%')
    };
    let rest = run(glyphs, at);
    let n = rest.iter().take_while(word).count();
    // A day may stand right behind an address: www.example.com2014-06-16.
    let dated = |k: &usize| rest[k - 1].is_ascii_alphabetic() && glyphs.date(at + k).is_some();
    let n = (1..n).find(dated).unwrap_or(n);
    let text: String = rest[..n].iter().collect();
    let text = text.trim_end_matches(['.', ':', '/', '-']);
    let length = text.chars().count();
    if text.contains('@') && text.contains('.') {
        return Some((Token::Email(text.to_owned()), length));
    }
    let lower = text.to_ascii_lowercase();
    let web = lower.starts_with("http")
        || lower.starts_with("www.")
        || [".com", ".cn", ".net", ".org", ".tw", ".hk"].iter().any(|end| lower.ends_with(end));
    (web && text.contains('.')).then(|| (Token::Website(text.to_owned()), length))
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
