//! The text of a source as a reader takes it: characters that only look like others are those others, and blanks that
//! nobody set are none.
//!
//! OCR puts blanks between characters (Tesseract between all, others here and there), and so do justified lines. Most
//! of that is settled before a page is looked at, so that what a line is does not hang on its blanks; what a blank
//! means in the rest hangs on what its line is, and is settled when the text is pieced together ([`stray`]).
//! Text that needs nothing of this is read once, and not copied.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::page_words::{Cue, List, PageWords};
use super::rejoined::Rejoined;
use super::scan::{compact, is_blank, is_ideograph};
use super::{Role, byline};
use crate::term::{WordEnds, is_word};

/// Plain characters, each with those that only look the same.
const LOOK_ALIKES: &str = include_str!("../../data/radicals.txt");
/// By how much the code of a full-width letter or digit is above that of the plain one.
const FULL_WIDTH: u32 = 0xfee0;

/// From this many blanks on, something is meant to stand apart: a cell, a second column.
const WIDE: usize = 4;
/// A blank between two phrases of a heading is set on purpose where each has at least so many characters.
const PHRASE: usize = 4;
/// The same where the phrases are three or more, all of one length.
const CALL: usize = 3;
/// A name has no more characters.
const NAME: usize = 4;
/// A line with this many blanks can be one that is spaced all through.
const MANY: usize = 3;
/// How many bytes of a page that is spaced all through a blank stands for, at the most.
const BYTES_A_BLANK: usize = 12;
/// How many lines above and below are looked at for the width of a column.
const NEAR: usize = 4;
/// By how much lines of one column differ, in columns of ASCII.
const RAGGED: usize = 2;
/// No column is narrower.
const NARROWEST: usize = 16;
/// How many lines of running text show how wide the column is.
const ENOUGH: usize = 2;
/// What ends a clause, and so is in running text.
const CLAUSE_END: [char; 7] = ['，', '。', '；', '、', '！', '？', ','];
/// The longest word of a byline that is looked for across a blank, in characters.
const BYLINE_WORD: usize = 5;
/// How many bytes one character has, at the most.
const LETTER: usize = 4;
/// A label of data has no more characters.
const LABEL: usize = 6;
/// How many characters a remark in brackets has, at the most.
const REMARK: usize = 40;

/// A source with what of it reads otherwise than it stands.
pub(super) struct Plain {
    /// The text, where it is another than the source.
    changed: Option<Rejoined>,
    /// True where the text has other characters than the source, not only fewer.
    pub(super) has_look_alikes: bool,
    /// True where blanks are left whose meaning hangs on what their line is.
    pub(super) has_gaps: bool,
}

impl Plain {
    /// Reads `source`.
    pub(super) fn of(source: &str, page_words: &PageWords) -> Self {
        let mut reading = Reading {
            source,
            page_words,
            all_spaced: false,
            text: Rejoined::default(),
            copied: 0,
            has_look_alikes: false,
            has_gaps: false,
        };
        reading.all_spaced = is_spaced_page(source);
        let mut at = 0;
        while let Some(found) = suspect(source.as_bytes(), at) {
            let start = memchr::memrchr2(b'\n', b'\r', &source.as_bytes()[..found]).map_or(0, |end| end + 1);
            let tail = &source[found..];
            // Blanks before a line are its indent, and none between characters.
            let lead =
                tail.len() - tail.trim_start_matches(|c: char| is_blank(c) && c != '\n' && c != '\r').len();
            if found == start && lead > 0 {
                at = found + lead;
                continue;
            }
            let end = memchr::memchr2(b'\n', b'\r', &source.as_bytes()[found..])
                .map_or(source.len(), |end| found + end);
            reading.line(start..end);
            at = end;
        }
        let Reading { has_gaps, has_look_alikes, .. } = reading;
        let changed = (reading.copied > 0).then(|| {
            reading.text.push(source, reading.copied..source.len());
            reading.text
        });
        Self { changed, has_look_alikes, has_gaps }
    }

    /// The text; `source` is what it was read from.
    pub(super) fn text<'p>(&'p self, source: &'p str) -> &'p str {
        self.changed.as_ref().map_or(source, Rejoined::as_str)
    }

    /// True where the text is another than the source.
    pub(super) fn is_changed(&self) -> bool {
        self.changed.is_some()
    }

    /// Where in the source the byte at `offset` stands.
    pub(super) fn source_of(&self, offset: usize) -> usize {
        self.changed.as_ref().map_or(offset, |text| text.source_of(offset))
    }

    /// Appends a stretch of the text to `target`, which remembers where it stands in the source.
    pub(super) fn push_into(&self, target: &mut Rejoined, source: &str, range: Range<usize>) {
        match &self.changed {
            Some(text) => target.push_from(text, range),
            None => target.push(source, range),
        }
    }
}

/// A source on its way to becoming plain.
struct Reading<'s> {
    source: &'s str,
    page_words: &'s PageWords,
    /// True where every line is spaced all through.
    all_spaced: bool,
    text: Rejoined,
    /// Up to where the source is in the text.
    copied: usize,
    has_look_alikes: bool,
    has_gaps: bool,
}

impl Reading<'_> {
    fn line(&mut self, line: Range<usize>) {
        let content = &self.source[line.clone()];
        let gaps = gaps(content);
        let is_spaced = !gaps.is_empty()
            && (self.all_spaced
                || is_spaced(content, &gaps) && !names_only_writers(content, self.page_words));
        let drops: Vec<bool> = match is_spaced {
            true => gaps.iter().map(|gap| gap.width <= 1 && gap.is_in_spaced_text()).collect(),
            false => dropped(content, &gaps, self.page_words, || self.is_of_a_column(&line)),
        };
        self.has_gaps |= drops.iter().any(|dropped| !dropped);
        let mut gaps = gaps
            .iter()
            .zip(drops)
            .filter(|(_, dropped)| *dropped)
            .map(|(gap, _)| gap.range.clone())
            .peekable();
        let mut at = 0;
        while let Some(found) = suspect(content.as_bytes(), at) {
            at = found;
            if let Some(gap) = gaps.next_if(|gap| gap.start == found) {
                self.copy_to(line.start + gap.start);
                self.copied = line.start + gap.end;
                at = gap.end;
                continue;
            }
            let Some(c) = content[found..].chars().next() else { break };
            at += c.len_utf8();
            let plain = plain(c);
            if plain != c {
                self.has_look_alikes = true;
                self.copy_to(line.start + found);
                self.text.push_as(plain, line.start + found..line.start + at);
                self.copied = line.start + at;
            }
            if is_wide_digit(c) && parts_thousands(&content[at..]) {
                let end = at + '，'.len_utf8();
                self.text.push_as(',', line.start + at..line.start + end);
                self.copied = line.start + end;
                at = end;
            }
        }
    }

    /// True where lines of running text around it are as wide: a heading rarely fills the column.
    fn is_of_a_column(&self, line: &Range<usize>) -> bool {
        let own = width(&self.source[line.clone()]);
        let above = self.source[..line.start].lines().rev();
        let below = self.source[line.end..].lines().skip(1);
        let near = |lines: &mut dyn Iterator<Item = &str>| -> usize {
            let lines = lines.map(str::trim).filter(|line| !line.is_empty()).take(NEAR);
            lines.filter(|line| line.contains(CLAUSE_END) && width(line).abs_diff(own) <= RAGGED).count()
        };
        own >= NARROWEST && near(&mut above.into_iter()) + near(&mut below.into_iter()) >= ENOUGH
    }

    fn copy_to(&mut self, end: usize) {
        self.text.push(self.source, self.copied..end);
    }
}

/// How wide a line is, its blanks left out: 1 for ASCII, 2 for the rest.
fn width(line: &str) -> usize {
    line.chars().filter(|&c| !is_blank(c)).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

/// True where a comma of Chinese width follows that parts the thousands of a number of such width: １１１，１１１.
fn parts_thousands(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('，')
        && chars.by_ref().take(3).filter(|&c| is_wide_digit(c)).count() == 3
        && !chars.next().is_some_and(is_wide_digit)
}

/// Where at or after `at` a character stands that may have to be read otherwise.
fn suspect(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        at += match *rest {
            // Most of a page.
            [0xe4..=0xe9, ..] => 3,
            [b' ' | b'\t', ..] | [0xc2, 0xa0, ..] | [0xe3, 0x80, 0x80, ..] => return Some(at),
            // Blanks of every width; radicals.
            [0xe2, 0x80, 0x80..=0x8f, ..] | [0xe2, 0x81, 0xa0, ..] | [0xe2, 0xba..=0xbf, ..] => {
                return Some(at);
            }
            // Compatibility ideographs, a byte order mark, full-width letters and digits.
            [0xef, 0xa4..=0xab, ..] | [0xef, 0xbb, 0xbf, ..] => return Some(at),
            [0xef, 0xbc, 0x90..=0x99 | 0xa1..=0xba, ..] | [0xef, 0xbd, 0x81..=0x9a, ..] => return Some(at),
            [0xf0, 0xaf, 0xa0..=0xa8, ..] => return Some(at),
            [0xe2 | 0xe3 | 0xef, ..] => 3,
            [] => return None,
            _ => 1,
        };
    }
}

/// `text` with the characters that its characters stand for: 1998 for １９９８, 工 for ⼯.
///
/// ```
/// assert_eq!(zjgr::page::plain_form("１９９８年"), "1998年");
/// ```
pub fn plain_form(text: &str) -> Cow<'_, str> {
    match text.chars().all(|c| plain(c) == c) {
        true => text.into(),
        false => text.chars().map(plain).collect(),
    }
}

/// The character that `c` stands for.
pub(super) fn plain(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - FULL_WIDTH).unwrap_or(c),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            look_alikes().get(&c).copied().unwrap_or(c)
        }
        _ => c,
    }
}

/// True where `printed` stands for `c` in a text.
pub(super) fn is_form(printed: char, c: char) -> bool {
    plain(printed) == c || (printed, c) == ('，', ',')
}

fn look_alikes() -> &'static FxHashMap<char, char> {
    static TABLE: OnceLock<FxHashMap<char, char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = LOOK_ALIKES.lines().filter(|line| !line.starts_with('#'));
        let lines = lines.filter_map(|line| line.split_once(' '));
        lines.flat_map(|(plain, others)| others.chars().zip(plain.chars().cycle())).collect()
    })
}

/// What stands beside a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// A Chinese character.
    Character,
    /// One of those that numbers are written with.
    Numeral,
    /// One of those that multiply the number before them: 万.
    Scale,
    /// A mark of Chinese print.
    Mark,
    /// One of ASCII that may stand for it.
    Sign,
    /// A decimal point.
    Point,
    Digit,
    Letter,
    Other,
}

impl Side {
    fn of(c: char) -> Self {
        match plain(c) {
            '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' => {
                Self::Numeral
            }
            '十' | '百' | '千' | '万' | '亿' | '萬' | '億' => Self::Scale,
            c if is_ideograph(c) => Self::Character,
            '0'..='9' => Self::Digit,
            'A'..='Z' | 'a'..='z' => Self::Letter,
            '.' => Self::Point,
            ',' | ';' | ':' | '!' | '?' | '(' | ')' | '%' => Self::Sign,
            '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' => Self::Mark,
            '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{ff01}'..='\u{ff20}' | '\u{ff5e}' => {
                Self::Mark
            }
            '々' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '\u{3041}'..='\u{30ff}' => {
                Self::Character
            }
            _ => Self::Other,
        }
    }

    fn is_character(self) -> bool {
        matches!(self, Self::Character | Self::Numeral | Self::Scale)
    }

    fn is_chinese(self) -> bool {
        self.is_character() || self == Self::Mark
    }
}

/// Blanks in the middle of a line.
#[derive(Debug, Clone)]
struct Gap {
    /// Where, in bytes of the line.
    range: Range<usize>,
    /// How many blanks one sees.
    width: usize,
    /// True for more than one blank, or one as wide as a character.
    is_wide: bool,
    left: Side,
    right: Side,
}

impl Gap {
    /// True where it stands between Chinese characters or their marks.
    fn is_between_characters(&self) -> bool {
        let fits = |a: Side, b: Side| a.is_chinese() && (b.is_chinese() || b == Side::Sign);
        fits(self.left, self.right) || fits(self.right, self.left)
    }

    /// True where it parts a figure from the characters around it, and not two figures.
    fn is_beside_a_figure(&self) -> bool {
        matches!(
            (self.left, self.right),
            (Side::Digit, Side::Character | Side::Scale | Side::Mark)
                | (Side::Character | Side::Mark, Side::Digit)
        )
    }

    /// True for what Tesseract puts between any two characters.
    fn is_in_spaced_text(&self) -> bool {
        let figure = |side| matches!(side, Side::Digit | Side::Letter);
        let fits = |a: Side, b: Side| {
            a.is_chinese() && b != Side::Other
                || a == Side::Sign && figure(b)
                || a == Side::Point && b == Side::Digit
        };
        fits(self.left, self.right) || fits(self.right, self.left)
    }
}

/// The gaps of a line, blanks at its ends left out.
fn gaps(line: &str) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut last: Option<char> = None;
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in line.char_indices() {
        if is_blank(c) {
            let (_, width) = open.get_or_insert((at, 0));
            *width += usize::from(c.is_whitespace());
            continue;
        }
        if let (Some((start, width)), Some(last)) = (open.take(), last) {
            let is_wide = width > 1 || line[start..at].contains('\u{3000}');
            gaps.push(Gap { range: start..at, width, is_wide, left: Side::of(last), right: Side::of(c) });
        }
        last = Some(c);
    }
    gaps
}

/// What the blanks of a line part, with the length of each in Chinese characters.
fn phrases(line: &str) -> impl Iterator<Item = (&str, usize)> + Clone {
    let characters = |phrase: &str| phrase.chars().filter(|&c| Side::of(c).is_character()).count();
    line.split(is_blank).filter(|phrase| !phrase.is_empty()).map(move |phrase| (phrase, characters(phrase)))
}

/// True where blanks stand between nearly all words of a line, or nearly all its characters.
fn is_spaced(line: &str, gaps: &[Gap]) -> bool {
    let (mut tokens, mut length, mut alone, mut figures) = (0, 0, 0, 0);
    for (phrase, characters) in phrases(line) {
        let is_figure = phrase.bytes().all(|b| b.is_ascii_alphanumeric());
        tokens += 1;
        length += if is_figure { 1 } else { phrase.chars().count() };
        figures += usize::from(is_figure);
        // A mark may stand beside it; 3200万 is an amount.
        alone += usize::from(characters == 1 && phrase.chars().count() <= 2);
    }
    let all_alone = gaps.len() + 1 >= MANY && alone == tokens;
    let many =
        gaps.len() >= MANY && length * 5 <= tokens * 11 && alone * 4 >= tokens && figures * 2 <= tokens;
    all_alone || many
}

/// True where every line of a page is spaced all through, short ones too.
fn is_spaced_page(source: &str) -> bool {
    if memchr::memchr_iter(b' ', source.as_bytes()).count() * BYTES_A_BLANK < source.len() {
        return false;
    }
    let told = source.lines().map(|line| (line, gaps(line))).filter(|(_, gaps)| gaps.len() >= MANY);
    let (mut spaced, mut all) = (0, 0);
    for (line, gaps) in told {
        spaced += usize::from(is_spaced(line, &gaps));
        all += 1;
    }
    spaced * 3 > all * 2
}

/// Which gaps of a line that is not spaced all through mean nothing, whatever the line is.
fn dropped(line: &str, gaps: &[Gap], page_words: &PageWords, is_of_a_column: impl Fn() -> bool) -> Vec<bool> {
    // Nobody makes a wide blank by chance, and one behind a mark may part a sentence from a credit.
    let is_stray = |gap: &Gap| !gap.is_wide && gap.left.is_character() && gap.right.is_character();
    if !gaps.iter().any(is_stray) {
        return vec![false; gaps.len()];
    }
    let Some(first) = clause_end(line, page_words) else {
        let set = set_gaps(line, gaps, page_words, is_of_a_column);
        return gaps.iter().zip(set).map(|(gap, set)| is_stray(gap) && !set).collect();
    };
    // Names stand between the blanks of a byline, at the start of running text or in brackets.
    let opening = if names_writers(&line[..first], page_words) { first } else { 0 };
    let in_brackets = |gap: &Gap| {
        let before = line[..gap.range.start].chars().rev().take(REMARK);
        before.take_while(|c| !matches!(c, '）' | ')' | '】')).any(|c| matches!(c, '（' | '(' | '【'))
    };
    let may_stay = |gap: &Gap| gap.range.start < opening || in_brackets(gap);
    if !gaps.iter().any(may_stay) {
        return gaps.iter().map(is_stray).collect();
    }
    let split: Vec<bool> =
        gaps.iter().map(|gap| is_stray(gap) && splits_a_word(line, gap, page_words)).collect();
    let signed = Signed::without(line, gaps, &split, page_words);
    let words = WholeWords::of(line, gaps);
    let stays =
        |(index, gap): (usize, &Gap)| may_stay(gap) && signed.parts_at(index, &words) && !split[index];
    gaps.iter().enumerate().map(|(index, gap)| is_stray(gap) && !stays((index, gap))).collect()
}

/// Which gaps of a line without a comma are set on purpose.
fn set_gaps(
    line: &str,
    gaps: &[Gap],
    page_words: &PageWords,
    is_of_a_column: impl Fn() -> bool,
) -> Vec<bool> {
    let heads = is_heading_set(line);
    let signs = line.starts_with(['（', '(']) || names_writers(line, page_words);
    let stands = names_furniture(line, page_words) || looks_set(line, gaps, page_words) && !is_of_a_column();
    if !signs && !stands {
        return vec![false; gaps.len()];
    }
    let split: Vec<bool> =
        gaps.iter().map(|gap| !gap.is_wide && splits_a_word(line, gap, page_words)).collect();
    let signed = Signed::without(line, gaps, &split, page_words);
    let words = WholeWords::of(line, gaps);
    // Where cells stand apart by wide blanks, a narrow one beside a single character is none.
    let has_cells = gaps.iter().any(|gap| gap.is_wide);
    let is_set = |(index, gap): (usize, &Gap)| {
        let told = || opens_with_label(&line[gap.range.end..]) || parts_entries(line, gap, page_words);
        let furniture = || stands && (words.end_at(index) || told());
        let parts = heads && words.end_at(index) || signed.parts_at(index, &words) || furniture();
        parts && !(has_cells && is_beside_one(line, gap)) && !split[index]
    };
    gaps.iter().enumerate().map(is_set).collect()
}

/// A line without some of its gaps, and where in it each gap is or was.
fn without(line: &str, gaps: &[Gap], drops: impl Fn(usize) -> bool) -> (String, Vec<Range<usize>>) {
    let (mut text, mut at, mut places) = (String::with_capacity(line.len()), 0, Vec::new());
    for (index, gap) in gaps.iter().enumerate() {
        text.push_str(&line[at..gap.range.start]);
        let start = text.len();
        text.push_str(if drops(index) { "" } else { &line[gap.range.clone()] });
        places.push(start..text.len());
        at = gap.range.end;
    }
    text.push_str(&line[at..]);
    (text, places)
}

/// The words of a line without its blanks.
struct WholeWords {
    compact: String,
    /// Where in it each gap was.
    gaps: Vec<usize>,
}

impl WholeWords {
    fn of(line: &str, gaps: &[Gap]) -> Self {
        let (compact, gaps) = without(line, gaps, |_| true);
        Self { compact, gaps: gaps.into_iter().map(|gap| gap.start).collect() }
    }

    /// True where no word stands across gap number `index`.
    fn end_at(&self, index: usize) -> bool {
        self.gaps.get(index).is_none_or(|&at| WordEnds::of(&self.compact).at(at))
    }
}

/// The words of a line that bylines are made of, and the names among them.
struct Signed {
    /// Where each word stands that speaks of a writer.
    words: Vec<Range<usize>>,
    /// Where each gap does.
    gaps: Vec<Range<usize>>,
}

/// What a word of a byline says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// What only stands beside a name, or a name with that: 记者, 记者丁一平, 丁一平摄, 本报讯, 3月5日电.
    Sure,
    /// 记者 by itself: what follows is a name, whatever it begins with.
    Role,
    /// What may be a name, beside such a word or another name.
    Name,
    /// 本报 by itself.
    Agency,
    /// 文, 图, 摄: any word may be one such character.
    Letter,
    None,
}

impl Signed {
    /// Those of a line in which the gaps are none that `split` a word.
    fn without(line: &str, gaps: &[Gap], split: &[bool], page_words: &PageWords) -> Self {
        let (text, gaps) = without(line, gaps, |index| split[index]);
        Self { gaps, ..Self::of(&text, page_words) }
    }

    fn of(line: &str, page_words: &PageWords) -> Self {
        let marks = |c: char| is_blank(c) || "（）()【】[]，。；：！？,;:“”《》□■●".contains(c);
        let start = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
        let words: Vec<Range<usize>> = line
            .split(marks)
            .filter(|word| !word.is_empty())
            .map(|word| start(word)..start(word) + word.len())
            .collect();
        let mut signs: Vec<Sign> =
            words.iter().map(|word| Sign::of(&line[word.clone()], page_words)).collect();
        for k in 1..signs.len() {
            let word = &line[words[k].clone()];
            let may_be = (2..=NAME).contains(&word.chars().count()) && word.chars().all(is_ideograph);
            if (signs[k - 1], signs[k]) == (Sign::Role, Sign::None) && may_be && !is_word(word) {
                signs[k] = Sign::Name;
            }
        }
        let mut speaks: Vec<bool> =
            signs.iter().map(|&sign| matches!(sign, Sign::Sure | Sign::Role)).collect();
        for k in 1..signs.len() {
            let pair = (signs[k - 1], signs[k]);
            let is_pair =
                matches!(pair, (Sign::Name | Sign::Agency, Sign::Letter) | (Sign::Letter, Sign::Name));
            speaks[k - 1] |= is_pair;
            speaks[k] |= is_pair || pair.1 == Sign::Name && (speaks[k - 1] || pair.0 == Sign::Agency);
        }
        for k in (1..signs.len()).rev() {
            speaks[k - 1] |= signs[k - 1] == Sign::Name && speaks[k];
        }
        // Names alone, beside each other.
        let names = signs.len() > 1 && signs.iter().all(|&sign| sign == Sign::Name);
        let told = words.into_iter().zip(speaks).filter(|(_, speaks)| *speaks || names);
        Self { words: told.map(|(word, _)| word).collect(), gaps: Vec::new() }
    }

    /// True where a word stands right before or behind gap number `index` that speaks of a writer, and no other word
    /// across it; or where two such words stand there.
    fn parts_at(&self, index: usize, words: &WholeWords) -> bool {
        let Some(gap) = self.gaps.get(index) else { return false };
        let before = self.words.iter().find(|word| word.end == gap.start);
        let behind = self.words.iter().find(|word| word.start == gap.end);
        // 水 电 站: one character may be of any word.
        let is_long = |word: &Range<usize>| word.len() > LETTER;
        before.is_some_and(is_long) && behind.is_some_and(is_long)
            || (before.is_some() || behind.is_some()) && words.end_at(index)
    }
}

impl Sign {
    fn of(word: &str, page_words: &PageWords) -> Self {
        let words = &page_words.byline;
        let mut rest = word;
        let (mut agency, mut sure, mut ends_in_role) = (false, false, false);
        let longest = |rest: &str| {
            let roles = words.at(List::Role, rest).next().map(|word| (word.len(), false));
            let agencies = words.at(List::Agency, rest).next().map(|word| (word.len(), true));
            let messages = words.at(List::Message, rest).next().map(|word| (word.len(), false));
            // A role, an agency; a word for a message, where an agency stands before it.
            [roles, agencies, messages.filter(|_| rest.len() < word.len())].into_iter().flatten().max()
        };
        while let Some((length, is_agency)) = longest(rest) {
            (agency, sure) = (agency | is_agency, sure | !is_agency);
            ends_in_role = words.at(List::Role, rest).any(|role| role.len() == length);
            rest = rest[length..].trim_start_matches(['/', '／', '、', '·']);
        }
        let wired = byline::wire(word) == Some(word.len())
            || word.ends_with(['电', '電', '讯', '訊']) && word.contains(|c: char| c.is_ascii_digit());
        let closes = || words.at(List::Closer, word).any(|closer| closer == word);
        let is_letter = word.chars().count() == 1;
        match (rest.is_empty(), is_named(rest, page_words)) {
            _ if is_letter && (sure || closes()) => Self::Letter,
            _ if wired => Self::Sure,
            (true, _) if ends_in_role => Self::Role,
            (true, _) if sure => Self::Sure,
            (true, _) if agency => Self::Agency,
            (_, Some(true)) => Self::Sure,
            (_, Some(false)) if sure || agency => Self::Sure,
            (_, Some(false)) => Self::Name,
            _ => Self::None,
        }
    }
}

/// Whether `text` is names, with what closes a byline behind them or not, or that alone; none where it is something else.
fn is_named(text: &str, page_words: &PageWords) -> Option<bool> {
    let words = &page_words.byline;
    let closes = |text: &str| words.at(List::Closer, text).any(|word| word == text);
    if closes(text) {
        return Some(true);
    }
    let last = text.rsplit('、').next().unwrap_or(text);
    let is_name = |name: &str| {
        (2..=NAME).contains(&name.chars().count()) && name.starts_with(|c| words.surnames.has(c))
    };
    if !text.split('、').all(|name| is_name(name) || std::ptr::eq(name, last)) {
        return None;
    }
    let cuts = last.char_indices().map(|(at, _)| at).filter(|&at| is_name(&last[..at]));
    if cuts.into_iter().any(|at| closes(&last[at..])) {
        return Some(true);
    }
    is_name(last).then_some(false)
}

/// Where the first clause of running text ends.
fn clause_end(line: &str, page_words: &PageWords) -> Option<usize> {
    let end = line.find(CLAUSE_END);
    // A colon stands in labels and credits, too.
    let is_label =
        || is_heading_set(line) || names_furniture(line, page_words) || names_writers(line, page_words);
    let colon = || line.find(['：', ':']).filter(|_| !is_label());
    end.or_else(colon)
}

/// True where a blank stands in the middle of a word that bylines are made of: 本 报讯, 记 者.
fn splits_a_word(line: &str, gap: &Gap, page_words: &PageWords) -> bool {
    let words = &page_words.byline;
    let before = line[..gap.range.start].chars().rev().filter(|&c| !is_blank(c)).take(BYLINE_WORD);
    let before: Vec<char> = before.collect();
    let after: String = line[gap.range.end..].chars().filter(|&c| !is_blank(c)).take(BYLINE_WORD).collect();
    let mut joined = after;
    before.iter().zip(1..).any(|(&c, count)| {
        joined.insert(0, c);
        let spans = |word: &str| word.chars().count() > count;
        words.at(List::Role, &joined).any(spans)
            || words.at(List::Agency, &joined).any(spans)
            || words.at(List::Closer, &joined).any(spans)
            || words.at(List::Message, &joined).any(spans)
    })
}

/// True where the blanks of a line without a comma look as if they were set on purpose.
fn looks_set(line: &str, gaps: &[Gap], page_words: &PageWords) -> bool {
    let lengths = phrases(line).map(|(_, length)| length);
    let (shortest, longest) = (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0));
    let is_figure = |gap: &Gap| [gap.left, gap.right].contains(&Side::Digit);
    let is_row_head =
        shortest > 1 && longest <= NAME && (shortest == longest || gaps.iter().any(|gap| gap.is_wide));
    is_heading_set(line)
        || gaps.len() > 1 && (is_row_head || gaps.iter().any(is_figure))
        || are_names(line, page_words)
}

/// True for names beside each other, for one set wide (石 羽) and for one behind a place or a post (机器厂工人 陈阿根).
fn are_names(line: &str, page_words: &PageWords) -> bool {
    let surnames = &page_words.byline.surnames;
    let is_name = |&(phrase, length): &(&str, usize)| {
        (2..=NAME).contains(&length) && phrase.starts_with(|c| surnames.has(c))
    };
    let all: Vec<(&str, usize)> = phrases(line).take(MANY + 1).collect();
    match all[..] {
        [(first, 1), (_, 1)] => first.starts_with(|c| surnames.has(c)),
        [(first, 1), (second, 2)] => first.starts_with(|c| surnames.has(c)) && !is_word(second),
        [(first, _), ref last] => is_name(last) && !is_word(last.0) && ends_in_word(first),
        _ => phrases(line).all(|phrase| is_name(&phrase)),
    }
}

/// True where the last characters of `phrase` are a word of two or more.
fn ends_in_word(phrase: &str) -> bool {
    phrase.char_indices().rev().skip(1).take(NAME).any(|(at, _)| is_word(&phrase[at..]))
}

/// True where the blanks of a heading part phrases: 巾帼心向党 建功新时代. A remark in brackets is no heading.
fn is_heading_set(line: &str) -> bool {
    if line.starts_with(['（', '(']) && line.ends_with(['）', ')']) {
        return false;
    }
    let mut lengths = phrases(line).map(|(_, length)| length);
    let all: Vec<usize> = lengths.by_ref().take(MANY + 1).collect();
    match all[..] {
        [first, second] => first >= PHRASE && second >= PHRASE,
        [first, _, ..] => {
            first >= CALL && all.iter().chain(&lengths.collect::<Vec<_>>()).all(|&next| next == first)
        }
        _ => false,
    }
}

/// True for a line of names and roles, and no sentence.
fn names_only_writers(line: &str, page_words: &PageWords) -> bool {
    !line.contains(CLAUSE_END)
        && names_writers(line, page_words)
        && !Signed::of(line, page_words).words.is_empty()
}

/// True where one of the phrases is what stands before or behind the name of a writer.
fn names_writers(line: &str, page_words: &PageWords) -> bool {
    let words = &page_words.byline;
    let mut phrases =
        phrases(line).map(|(phrase, _)| phrase.trim_start_matches(['（', '(', '【', '□', '■', '●']));
    phrases.any(|phrase| {
        let is_whole = |word: &str| word == phrase || word.chars().count() > 1;
        words.at(List::Role, phrase).any(is_whole)
            || words.at(List::Closer, phrase).next().is_some()
            || words.at(List::Agency, phrase).next().is_some()
            || byline::wire(phrase) == Some(phrase.len())
    })
}

/// True for a line of the masthead, of the editors, of the weather, and for data with their labels.
fn names_furniture(line: &str, page_words: &PageWords) -> bool {
    let cues = page_words.cues(&compact(line));
    // 电话 by itself is a word like any other.
    let has_contact =
        || cues.has(Cue::ContactLabel) && line.contains(|c: char| c.is_ascii_digit() || "：:@".contains(c));
    FURNITURE.iter().any(|&cue| cues.has(cue)) || has_contact() || has_labels(line)
}

/// True where entries of a menu stand on both sides: 大 中 小.
fn parts_entries(line: &str, gap: &Gap, page_words: &PageWords) -> bool {
    let apart = |c: char| is_blank(c) || "|｜[]【】/／".contains(c);
    let before = line[..gap.range.start].rsplit(apart).next().unwrap_or_default();
    let behind = line[gap.range.end..].split(apart).next().unwrap_or_default();
    [before, behind].iter().all(|entry| page_words.lists.menu.contains(*entry))
}

/// True where two labels or more stand on a line: 报纸：越溪日报 版次：2.
fn has_labels(line: &str) -> bool {
    line.contains(['：', ':']) && phrases(line).filter(|(phrase, _)| opens_with_label(phrase)).count() > 1
}

/// True where what stands before the first colon is a label: 版次：2.
fn opens_with_label(text: &str) -> bool {
    let label = text.find(['：', ':']).map(|at| &text[..at]);
    label.is_some_and(|label| (2..=LABEL).contains(&label.chars().count()) && label.chars().all(is_ideograph))
}

/// What a line with blanks on purpose is told by.
const FURNITURE: [Cue; 11] = [
    Cue::MastheadLabel,
    Cue::NameEnding,
    Cue::Edition,
    Cue::Navigation,
    Cue::Guide,
    Cue::WeatherOpener,
    Cue::Advertisement,
    Cue::Editors,
    Cue::CreditEnding,
    Cue::Account,
    Cue::Given,
];

/// Which blanks of a line of this role are none: where they stand in it, in bytes.
pub(super) fn stray(line: &str, role: Role) -> Vec<Range<usize>> {
    let gaps = gaps(line);
    let heads = matches!(role, Role::Headline | Role::Kicker | Role::Subhead | Role::Section | Role::Column);
    if gaps.is_empty() || heads && is_heading_set(line) {
        return Vec::new();
    }
    let is_stray =
        |gap: &Gap| gap.width < WIDE && (gap.is_between_characters() || !heads && gap.is_beside_a_figure());
    gaps.into_iter().filter(is_stray).map(|gap| gap.range).collect()
}

/// The same for a row of a table, whose cells blanks or lines part: what stands beside a single character is no cell.
pub(super) fn stray_in_row(line: &str) -> Vec<Range<usize>> {
    let is_framed = line.contains(['|', '｜']);
    let is_stray = |gap: &Gap| {
        let between = gap.left.is_character() && gap.right.is_character() && !gap.is_wide;
        between && (is_framed || is_beside_one(line, gap))
    };
    gaps(line).into_iter().filter(is_stray).map(|gap| gap.range).collect()
}

/// True where a single character stands between this blank and another.
fn is_beside_one(line: &str, gap: &Gap) -> bool {
    let single = |text: &str| text.chars().count() == 1;
    line[..gap.range.start].rsplit(is_blank).next().is_some_and(single)
        || line[gap.range.end..].split(is_blank).next().is_some_and(single)
}
