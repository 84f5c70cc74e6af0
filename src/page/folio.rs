//! The folio: the line on which a paper, or its digital edition, prints its name, the day and the number of the page.

use jiff::civil::Date;

use super::masthead::{self, Token};
use super::page_words::Lists;
use super::pattern::Pattern;
use super::scan::{is_blank, is_ideograph};
use crate::calendar::{Glyphs, compact_date, number};
use crate::source::page_number;

/// What one line says as a folio, and what of it is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Folio {
    /// The paper's name.
    pub(super) newspaper: Option<String>,
    /// The day of issue.
    pub(super) date: Option<Date>,
    /// The number of the page, as it is cited.
    pub(super) page: Option<String>,
    /// The name of the page.
    pub(super) section: Option<String>,
    /// True where it has the weekday, or a number that stands in mastheads only.
    pub(super) routine: bool,
    /// True where a label says what the day or the name is: 出版日期, 来源.
    pub(super) labelled: bool,
    /// True where it has a time of day.
    pub(super) timed: bool,
    /// True where it says that this is a digital edition, or who has the rights.
    pub(super) edition: bool,
    /// True where it has a day on which somebody looked at it or scanned it, and no day of issue.
    pub(super) visited: bool,
    /// That day.
    pub(super) visit: Option<Date>,
    /// The words that nothing explains: the headline, where a footer repeats it.
    pub(super) rest: Vec<String>,
}

/// The longest label of a datum, in characters.
const LONGEST_LABEL: usize = 4;
/// How labels of days end.
const DAY_LABELS: [&str; 3] = ["日期", "时间", "時間"];

/// True for what ends as labels of days do and says of what: 入藏日期, 校对时间. Where no list has it as a label of the day
/// of issue, it is none.
pub(super) fn names_other_day(label: &str) -> bool {
    DAY_LABELS.iter().any(|end| label.len() > end.len() && label.ends_with(end))
}

impl Folio {
    /// Reads `line` as a folio.
    pub(super) fn read(line: &str, lists: &Lists) -> Self {
        let glyphs = Glyphs::of(line, is_blank);
        let mut reader = Reader {
            glyphs: &glyphs,
            lists,
            folio: Self::default(),
            words: Vec::new(),
            at: 0,
            year: None,
            visits: false,
            paged: false,
        };
        reader.scan();
        reader.sort_words();
        let Self { visited, visit, date, .. } = reader.folio;
        Self { visited: visited & date.is_none(), date: date.or(visit), ..reader.folio }
    }

    /// True where it says that a day of a visit follows, and has none: 今天是.
    pub(super) fn announces_visit(&self) -> bool {
        self.visited & self.date.is_none() & self.rest.is_empty()
    }

    /// True for a day with its weekday and nothing that is not a folio's.
    pub(super) fn is_day(&self) -> bool {
        self.date.is_some() && self.routine && self.rest.is_empty() && !self.visited
    }

    /// True where everything on the line is a folio's, and the line says enough to be one by itself.
    pub(super) fn is_sure(&self) -> bool {
        let told = [self.newspaper.is_some(), self.page.is_some(), self.labelled, self.timed, self.edition];
        self.rest.is_empty() && self.date.is_some() && told.contains(&true) && !self.visited
    }

    /// True where it says something of the paper or the page, and nothing else.
    pub(super) fn is_pure(&self) -> bool {
        let told = [self.newspaper.is_some(), self.page.is_some(), self.date.is_some(), self.edition];
        self.rest.is_empty() && told.contains(&true)
    }
}

/// A word of a folio: characters between blanks, marks and whatever is read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word {
    start: usize,
    end: usize,
    /// True where a label, with a colon, stands before it.
    labelled: bool,
    /// True where that is the label of a page.
    paged: bool,
    /// True where only a blank stands between it and the word before.
    joins: bool,
    /// True where a colon stands behind it: a label that no list has.
    labels: bool,
}

struct Reader<'l> {
    glyphs: &'l Glyphs,
    lists: &'l Lists,
    folio: Folio,
    words: Vec<Word>,
    at: usize,
    /// The year of the number of an issue, 2018年第12期, for a day that has none.
    year: Option<i16>,
    /// True where the next day is one of a visit.
    visits: bool,
    /// True where the last label was one of a page.
    paged: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &[char] {
        self.glyphs.chars.get(self.at..).unwrap_or_default()
    }

    fn text(&self, word: Word) -> String {
        self.glyphs.chars.get(word.start..word.end).unwrap_or_default().iter().collect()
    }

    /// The longest of `words` that stands here, in characters.
    fn opens(&self, words: &[Vec<char>]) -> Option<usize> {
        words.iter().filter(|word| self.rest().starts_with(word)).map(Vec::len).max()
    }

    /// Reads what can be read by itself, and collects the words between.
    fn scan(&mut self) {
        let mut open: Option<Word> = None;
        let mut labelled = false;
        let mut joins = false;
        while let Some(&c) = self.rest().first() {
            let apart = self.glyphs.apart.get(self.at).copied().unwrap_or_default();
            if apart {
                joins |= open.is_some();
                self.words.extend(open.take());
            }
            let starts_word = open.is_none();
            let read = if starts_word { self.label() } else { None }
                .map(|length| (length, true))
                .or_else(|| Some((self.datum(open)?, false)));
            if let Some((length, label)) = read {
                self.words.extend(open.take());
                self.at += length;
                (labelled, joins) = (label, false);
                continue;
            }
            if is_mark(c) && !self.is_within_name(open) {
                let labels = matches!(c, '：' | ':');
                let word = open.take().map(|word| Word { labels, ..word });
                // A colon ends a label that is not known, too.
                let unknown = word.is_some_and(|word| word.labels && word.end - word.start <= LONGEST_LABEL);
                if unknown {
                    self.paged = word.is_some_and(|word| self.text(word).contains(['版', '页', '頁']));
                }
                labelled = unknown || labelled && (labels || c == '《');
                self.words.extend(word);
                joins = false;
            } else {
                let word = open.get_or_insert(Word {
                    start: self.at,
                    end: self.at,
                    labelled: std::mem::take(&mut labelled),
                    paged: self.paged,
                    joins: std::mem::take(&mut joins),
                    labels: false,
                });
                word.end = self.at + 1;
            }
            self.at += 1;
        }
        self.words.extend(open);
    }

    /// True at the point in 财经·产业, and not at that in A2·副刊.
    fn is_within_name(&self, open: Option<Word>) -> bool {
        let next = self.rest().get(1).copied().is_some_and(is_ideograph);
        let numbered = open.is_some_and(|word| is_page_number(&self.text(word)));
        open.is_some() && next && !numbered && self.rest().first() == Some(&'·')
    }

    /// A label, with its colon or without: 出版日期：, 今天是.
    fn label(&mut self) -> Option<usize> {
        self.rest().first().filter(|&&first| self.lists.folio_openings.may_open(first))?;
        if let Some(length) = self.opens(&self.lists.folio_visited) {
            (self.folio.visited, self.visits) = (true, true);
            return Some(length);
        }
        let length = self.opens(&self.lists.folio_labels)?;
        let Some('：' | ':' | '】' | '］' | ']') = self.rest().get(length) else { return None };
        (self.folio.labelled, self.visits) = (true, false);
        let label = self.rest().get(..length).unwrap_or_default();
        self.paged = ['版', 'p', 'P'].iter().any(|sign| label.contains(sign));
        Some(length + 1)
    }

    /// True where the day that stands here is none of issue, as the word before it says.
    fn is_other_day(&self, open: Option<Word>) -> bool {
        // A colon may stand between.
        let before = || self.words.last().copied().filter(|word| word.end + 1 >= self.at);
        let label = open.or_else(before).map(|word| self.text(word)).unwrap_or_default();
        let is_known = || self.lists.folio_labels.iter().any(|known| label.chars().eq(known.iter().copied()));
        self.visits || names_other_day(&label) && !is_known()
    }

    /// What can be read by itself, wherever it stands: a day, a weekday, a number of the paper's, a time, a page. `open` is
    /// the word that stands right before it.
    fn datum(&mut self, open: Option<Word>) -> Option<usize> {
        let starts_word = open.is_none();
        let before = self.at.checked_sub(1).and_then(|k| self.glyphs.chars.get(k).copied());
        if let Some(length) =
            time(self.rest()).filter(|_| starts_word || before.is_none_or(|c| !c.is_ascii_digit()))
        {
            self.folio.timed = true;
            return Some(length);
        }
        if let Some(length) = self.day_of_issue(starts_word) {
            return Some(length);
        }
        if let Some((token, length)) = masthead::token(self.glyphs, self.at, &self.lists.announces) {
            match token {
                Token::Date(date) if self.is_other_day(open) => {
                    self.visits = false;
                    self.folio.visited = true;
                    self.folio.visit = self.folio.visit.or(Some(date));
                }
                Token::Date(date) => {
                    self.visits = false;
                    self.folio.date = self.folio.date.or(Some(date));
                }
                Token::Weekday(_)
                | Token::Issue(..)
                | Token::Serial(_)
                | Token::Postal(_)
                | Token::Lunar(..) => {
                    self.folio.routine = true;
                }
                Token::Website(_) | Token::Email(_) | Token::Address | Token::Pages => {}
                // A word that announces something may be part of another: 出版 in 出版社.
                Token::Label => return starts_word.then_some(length),
            }
            return Some(length);
        }
        let (page, length) = self.page(before, starts_word)?;
        self.folio.page.get_or_insert(page);
        Some(length)
    }

    /// A day that needs something else on the line to be one: 20210317, 2018年第12期 and, behind it, 3月26日.
    fn day_of_issue(&mut self, starts_word: bool) -> Option<usize> {
        let rest = self.rest();
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if !starts_word || digits == 0 || self.folio.date.is_some() {
            return None;
        }
        let written: String = rest.get(..digits)?.iter().collect();
        if digits == 8 {
            self.folio.date = Some(compact_date(&written)?);
            return Some(digits);
        }
        if digits == 4 && rest.get(4..6) == Some(&['年', '第']) {
            self.year = written.parse().ok();
            return self.year.map(|_| 5);
        }
        let month = number(rest, 2).filter(|&(_, length)| rest.get(length) == Some(&'月'))?;
        let behind = rest.get(month.1 + 1..)?;
        let day = number(behind, 2).filter(|&(_, length)| behind.get(length) == Some(&'日'))?;
        let date = Date::new(self.year?, i8::try_from(month.0).ok()?, i8::try_from(day.0).ok()?).ok()?;
        self.folio.date = Some(date);
        self.folio.routine = true;
        Some(month.1 + day.1 + 2)
    }

    /// 第4版, 第A02版, 04版, 00002版, 第四版, 头版.
    fn page(&self, before: Option<char>, starts_word: bool) -> Option<(String, usize)> {
        let rest = self.rest();
        if starts_word && (rest.starts_with(&['头', '版']) || rest.starts_with(&['頭', '版'])) {
            let numbered = self.words.iter().map(|&word| self.text(word)).find(|word| is_page_number(word));
            return Some((numbered.map_or_else(|| "1".to_owned(), |number| page_number(&number)), 2));
        }
        let is_glued = || before.is_some_and(|c| c.is_ascii_alphanumeric()) && !self.glyphs.apart[self.at];
        let ordinal = match rest.first() {
            Some('第') => true,
            // 综合新闻 | 3版: the bar is no misread 1.
            Some('|') => return None,
            _ if !starts_word || is_glued() => return None,
            _ => false,
        };
        let mut at = usize::from(ordinal);
        let letter = rest.get(at).copied().filter(char::is_ascii_uppercase);
        at += usize::from(letter.is_some());
        let (value, digits) = number(rest.get(at..)?, 5)?;
        at += digits;
        // 第2版()
        let closed = match rest.get(at) {
            Some('版') => 1,
            Some('页' | '頁') if ordinal => 1,
            _ => return None,
        };
        // 今日8版, 2.0版 count, or name, something else.
        if let Some('.' | '．') = before {
            return None;
        }
        let printed: String = match letter {
            Some(letter) => {
                std::iter::once(letter).chain(rest.iter().skip(at - digits).take(digits).copied()).collect()
            }
            None => value.to_string(),
        };
        Some((printed, at + closed))
    }

    /// Says of every word what it is.
    fn sort_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut known = vec![false; words.len()];
        self.find_name(&words, &mut known);
        self.explain(&words, &mut known);
        self.find_page(&words, &mut known);
        self.find_section(&words, &mut known);
        let rest = words.iter().zip(&known).filter(|(_, known)| !**known);
        self.folio.rest = rest.map(|(&word, _)| self.text(word)).collect();
    }

    /// The name of the paper: a word that ends like one, or several that blanks part: 之江 工人 日 报.
    fn find_name(&mut self, words: &[Word], known: &mut [bool]) {
        for (k, &word) in words.iter().enumerate() {
            if let Some(name) = self.name(&self.text(word)) {
                self.folio.newspaper.get_or_insert(name);
                known[k] = true;
            }
        }
        if self.folio.newspaper.is_some() {
            return;
        }
        for last in 0..words.len() {
            let first = (0..=last).rev().find(|&k| !words[k].joins).unwrap_or(last);
            if first == last {
                continue;
            }
            let joined: String = words[first..=last].iter().map(|&word| self.text(word)).collect();
            // Blanks set a name wide: none of its parts is long.
            let wide = words[first..=last].iter().all(|word| word.end - word.start <= 3);
            if let Some(name) = self.name(&joined).filter(|_| wide) {
                self.folio.newspaper = Some(name);
                known[first..=last].fill(true);
                return;
            }
        }
    }

    fn name(&mut self, word: &str) -> Option<String> {
        let form = self.lists.publishers.iter().find_map(|form| word.strip_suffix(form.as_str()));
        let stem = form.unwrap_or(word).trim_start_matches("本报由");
        if !Pattern::PaperName.fits(stem) || self.lists.names_no_paper(stem) {
            return None;
        }
        self.folio.edition |= form.is_some();
        Some(stem.replace("曰报", "日报"))
    }

    /// Values of labels, editors with their names, forms of the edition, stray numbers.
    fn explain(&mut self, words: &[Word], known: &mut [bool]) {
        let mut editing = false;
        for (k, &word) in words.iter().enumerate() {
            if known[k] {
                editing = false;
                continue;
            }
            let text = self.text(word);
            let post = self.lists.posts.at(&text).next();
            let edits = post.and_then(|post| text.strip_prefix(post));
            let form = self.lists.editions.iter().any(|form| text.contains(form.as_str()));
            self.folio.edition |= form;
            if let Some(name) = edits {
                editing = true;
                known[k] = name.chars().count() <= 4;
            } else if editing {
                known[k] = text.chars().count() <= 4;
                editing = known[k];
            } else {
                let entry = self.lists.menu.contains(&text);
                let sent = self.folio.timed && self.lists.folio_sent_from.contains(&text);
                let day = || self.folio.visit.is_some() && names_other_day(&text);
                let label = word.labels && self.folio.labelled || day();
                // YAOWEN, what the page is called in Latin letters.
                let latin = self.folio.newspaper.is_some() && Pattern::Capitals.fits(&text);
                known[k] = form
                    || entry
                    || sent
                    || label
                    || latin
                    || self.explain_page(&text)
                    || word.labelled && !(word.paged && self.lists.sections.contains(&text))
                    || Pattern::LongNumber.fits(&text);
            }
        }
    }

    /// 02要闻, 要闻02: the number and the name of the page in one word.
    fn explain_page(&mut self, word: &str) -> bool {
        let section = word.trim_matches(|c: char| c.is_ascii_alphanumeric());
        let number = word.strip_prefix(section).or_else(|| word.strip_suffix(section)).unwrap_or_default();
        let explains =
            self.folio.date.is_some() && self.lists.sections.contains(section) && is_page_number(number);
        if explains {
            self.folio.page.get_or_insert_with(|| page_number(number));
            self.folio.section.get_or_insert_with(|| section.to_owned());
        }
        explains
    }

    /// A number by itself: A02, 4, 00002. Later ones say the same again.
    fn find_page(&mut self, words: &[Word], known: &mut [bool]) {
        let may_be = |word: &Word| word.end - word.start <= 5 && (word.paged || !word.labelled);
        for (k, &word) in words.iter().enumerate().filter(|(_, word)| may_be(word)) {
            let text = self.text(word);
            if is_page_number(&text) {
                self.folio.page.get_or_insert_with(|| page_number(&text));
                known[k] = true;
            } else if text.bytes().all(|b| b.is_ascii_digit()) {
                known[k] = true;
            }
        }
    }

    /// The name of the page: beside its number, or one that many papers have.
    fn find_section(&mut self, words: &[Word], known: &mut [bool]) {
        let open: Vec<usize> = (0..words.len()).filter(|&k| !known[k]).collect();
        let fits = |k: usize| {
            let text = self.text(words[k]);
            Pattern::SectionName.fits(&text) && !self.lists.pointers.contains(&text)
        };
        let listed = |k: usize| self.lists.sections.contains(&self.text(words[k]));
        let found = open.iter().copied().find(|&k| listed(k)).or_else(|| {
            let paged = self.folio.page.is_some()
                && (self.folio.date.is_some() || self.folio.newspaper.is_some() || open.len() == 1);
            open.iter().copied().find(|&k| fits(k)).filter(|_| paged)
        });
        if let Some(k) = found {
            self.folio.section = Some(self.text(words[k]));
            known[k] = true;
        }
    }
}

/// True for what can be the number of a page, by itself: A02, 4, 00002.
fn is_page_number(text: &str) -> bool {
    Pattern::BarePage.fits(text)
}

/// What parts words in a folio.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// 07:43:44, 7:43.
fn time(rest: &[char]) -> Option<usize> {
    let digits =
        |at: usize| rest.get(at..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = digits(0);
    let mut parts = 0;
    while (1..=2).contains(&digits(at + 1)) && matches!(rest.get(at), Some(':' | '：')) {
        at += 1 + digits(at + 1);
        parts += 1;
    }
    ((1..=2).contains(&digits(0)) && parts >= 1).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    /// Newspaper, date, page, section; then what is left.
    fn said(line: &str) -> [String; 5] {
        let folio = Folio::read(line, &PageWords::built_in().lists);
        [
            folio.newspaper.unwrap_or_default(),
            folio.date.map(|date| date.to_string()).unwrap_or_default(),
            folio.page.unwrap_or_default(),
            folio.section.unwrap_or_default(),
            folio.rest.join("|"),
        ]
    }

    #[test]
    fn a_folio_is_read_in_whatever_order_it_is_printed() {
        for (line, newspaper, date, page, section, rest) in [
            ("人民日报 2023年3月17日 第4版", "人民日报", "2023-03-17", "4", "", ""),
            ("4 综合新闻 越溪日报 2023年3月17日 星期五", "越溪日报", "2023-03-17", "4", "综合新闻", ""),
            ("《 越溪日报 》（ 2023年03月17日 01 版）", "越溪日报", "2023-03-17", "1", "", ""),
            ("《越溪日报》（2023年3月17日 02版）", "越溪日报", "2023-03-17", "2", "", ""),
            ("1962年5月9日海岱日报 第2版", "海岱日报", "1962-05-09", "2", "", ""),
            ("出版日期：1988年12月15日", "", "1988-12-15", "", "", ""),
            (
                "海岱农民报　1954年6月9日　第3版　　数字化时间：2012-03-05",
                "海岱农民报",
                "1954-06-09",
                "3",
                "",
                "",
            ),
            ("海岱日报　2021年06月09日 06:40　山东", "海岱日报", "2021-06-09", "", "", ""),
            ("B07　港聞　　2016-06-09　　字體：大 中 小", "", "2016-06-09", "B07", "港聞", ""),
            ("目前位置：首頁 > 2016年6月9日 > B07版：港聞", "", "2016-06-09", "B07", "港聞", ""),
            ("海岱日报数字报刊平台", "海岱日报", "", "", "", ""),
            ("稿源: 越溪晚报   2011-09-17 07:43:44", "越溪晚报", "2011-09-17", "", "", ""),
            ("来源：人民日报  2023-03-17 07:12", "人民日报", "2023-03-17", "", "", ""),
            ("之江工人日报 2023/03/17 A02", "之江工人日报", "2023-03-17", "A02", "", ""),
            (
                "A2 要闻 2023年3月17日 星期五 编辑 白杉 之江工人日报",
                "之江工人日报",
                "2023-03-17",
                "A2",
                "要闻",
                "",
            ),
            (
                "之江工人日报  2023年3月17日  星期五  第2版  责编：白杉  版式：陆秋",
                "之江工人日报",
                "2023-03-17",
                "2",
                "",
                "",
            ),
            (
                "越溪工人日报 工会 00002 办起晚课堂的纺机小镇 2019-06-13 2 2019年06月13日 星期四",
                "越溪工人日报",
                "2019-06-13",
                "2",
                "工会",
                "办起晚课堂的纺机小镇",
            ),
            ("2019-06-13 3528690 2 2019年06月13日 星期四", "", "2019-06-13", "2", "", ""),
            ("越溪日报 要闻 00004 2019-06-13 越溪日报社版权所有", "越溪日报", "2019-06-13", "4", "要闻", ""),
            ("越溪青年报2020年5月4日星期一要闻02", "越溪青年报", "2020-05-04", "2", "要闻", ""),
            ("02要闻2020年5月4日星期一越溪青年报", "越溪青年报", "2020-05-04", "2", "要闻", ""),
            ("越溪日报(2021-03-17 第1版)", "越溪日报", "2021-03-17", "1", "", ""),
            ("[越溪日报] [2021-03-17] [A01] [头版]", "越溪日报", "2021-03-17", "A01", "", ""),
            ("越溪日报 20210317 第01版", "越溪日报", "2021-03-17", "1", "", ""),
            ("报纸：越溪日报　出版日期：20210317　版次：A01", "越溪日报", "2021-03-17", "A01", "", ""),
            ("越溪日报 2023年1月 6日 星期五 03版 ZONGHE 综合", "越溪日报", "2023-01-06", "3", "综合", ""),
            ("越溪周刊 2018年第12期 3月26日出版", "越溪周刊", "2018-03-26", "", "", ""),
            ("02 | 要闻", "", "", "2", "要闻", ""),
            ("00002版：工会", "", "", "2", "工会", ""),
            ("第2版()", "", "", "2", "", ""),
            ("第四版", "", "", "4", "", ""),
            ("之江 工人 日 报", "之江工人日报", "", "", "", ""),
            ("濠灣日報 電子報", "濠灣日報", "", "", "", ""),
            ("二〇二三年三月十七日　星期五　第四版", "", "2023-03-17", "4", "", ""),
            (
                "2015年03月17日08:21    来源：沙湾网-沙湾日报    手机看新闻",
                "沙湾日报",
                "2015-03-17",
                "",
                "",
                "",
            ),
            (
                "2015年03月17日 08:21:33 来源： 沙湾网 【字号 大 中 小】 【打印】 【纠错】",
                "",
                "2015-03-17",
                "",
                "",
                "",
            ),
            (
                "2015-03-17 08:21:33 | 来源: 沙湾日报 | 记者 丁一平 通讯员 白一帆",
                "沙湾日报",
                "2015-03-17",
                "",
                "",
                "",
            ),
            ("2019/06/13 05:30", "", "2019-06-13", "", "", ""),
            ("越溪晚报/2016年/4月/12日/第007版", "越溪晚报", "2016-04-12", "7", "", ""),
            (
                "发布时间：2024-01-09 09:21 　信息来源：越溪日报 　编辑：丁一 　审核：白帆　热度：1024",
                "越溪日报",
                "2024-01-09",
                "",
                "",
                "",
            ),
            ("越溪晨报 2011-10-13 | 要闻 | 3版", "越溪晨报", "2011-10-13", "3", "要闻", ""),
            ("A6·副刊 越溪晨报 2011年10月13日", "越溪晨报", "2011-10-13", "A6", "副刊", ""),
            (
                "更新日期：2022年1月5日 发布日期：2019年9月4日 来源：越溪日报",
                "越溪日报",
                "2019-09-04",
                "",
                "",
                "",
            ),
            (
                "发布日期：2019年9月4日 更新于2022年1月5日 来源：越溪日报",
                "越溪日报",
                "2019-09-04",
                "",
                "",
                "",
            ),
            ("越溪日报 2019年9月4日 第5版 入藏日期：2022年1月5日", "越溪日报", "2019-09-04", "5", "", ""),
            (
                "A6 财经·产业 责编/丁一 美编/白帆 2011.10.13 星期四 越溪晨报",
                "越溪晨报",
                "2011-10-13",
                "A6",
                "财经·产业",
                "",
            ),
            ("//www.haidai.example2014-06-16 16:37:14来源: 海岱网", "", "2014-06-16", "", "", ""),
        ] {
            assert_eq!(said(line), [newspaper, date, page, section, rest].map(str::to_owned), "{line}");
        }
    }

    #[test]
    fn text_leaves_something_over() {
        for line in [
            "详见2023年3月17日第4版",
            "2023年3月17日，越溪日报社迁入新楼",
            "我和越溪日报的三十年",
            "全省工会工作会议 2023年3月17日召开",
            "时间：2023年3月17日 地点：越溪日报社",
        ] {
            assert!(!Folio::read(line, &PageWords::built_in().lists).is_sure(), "{line}");
        }
    }

    #[test]
    fn the_day_somebody_looked_is_no_day_of_issue() {
        for line in [
            "今天是2024年1月5日 星期五",
            "访问日期：2024-01-05",
            "扫描日期：2024年1月5日",
            "入藏日期：2024年1月5日",
            "校对时间 2024-01-05 10:20",
            "OCR日期：2024年1月5日",
            "网页快照时间：2024-01-05",
            "更新于2024年1月5日",
            "最后更新：2024-01-05 10:20:30",
            "Last updated: 2024-01-05",
        ] {
            assert!(Folio::read(line, &PageWords::built_in().lists).visited, "{line}");
        }
    }
}
