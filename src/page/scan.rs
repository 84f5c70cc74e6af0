//! The lines of a page as they stand, each with what can be said of it without looking at the others.

use std::borrow::Cow;
use std::ops::Range;

use super::page_words::{Cue, Cues, PageWords};
use super::pattern::Pattern;
use super::rejoined::LineIndex;
use crate::source::Placement;

/// A line up to this width is looked at word by word; a longer one can only be running text.
pub(super) const SHORT: u32 = 110;

/// What a label may be dressed in.
const LABEL_MARKS: [char; 20] = [
    '【', '】', '〖', '〗', '[', ']', '「', '」', '《', '》', '◆', '■', '●', '◇', '★', '※', '—', '─', '=',
    '*',
];

/// How many characters of a longer one are looked at: no word that opens running text is longer.
const OPENING: usize = 8;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A sentence is over: 。, closing quotes behind it included.
    Stop,
    /// A sentence is over, or a heading is: ！ ？ …
    Call,
    /// A sentence goes on for certain: ， 、 ； ： or an opening bracket.
    Open,
    /// Anything else.
    Bare,
}

impl Ending {
    /// True where a sentence is over.
    fn is_over(self) -> bool {
        matches!(self, Self::Stop | Self::Call)
    }
}

/// One line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    /// Its index among all lines of the document.
    pub(super) index: usize,
    /// Where its text starts in the document, blanks and heading marks left out.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// How many blank lines stand before it.
    pub(super) blanks: u32,
    /// True where it is indented like the start of a paragraph.
    pub(super) indent: bool,
    /// Its Markdown heading level; 0 where it has none.
    pub(super) level: u8,
    /// True where all of it is bold (`**…**`).
    pub(super) bold: bool,
    /// Its width in columns: 1 for ASCII, 2 for the rest.
    pub(super) width: u32,
    /// How it ends.
    pub(super) ending: Ending,
    /// What its words say; nothing is looked up in lines wider than [`SHORT`].
    pub(super) cues: Cues,
    /// True where a sentence ends inside it.
    pub(super) inner_stop: bool,
    /// How many commas (， 、 ；) it has.
    pub(super) commas: u32,
    /// True where its brackets and quotes close what they open.
    pub(super) balanced: bool,
    /// True where nothing of it is text: an image link, a rule, a tag.
    pub(super) markup: bool,
    /// Its place on the page, where the file says where words stand.
    pub(super) place: Option<Placement>,
    /// How many runs of digits it has.
    pub(super) digits: u32,
    /// True where blanks part it into phrases.
    pub(super) phrases: bool,
    /// True where a blank parts it into two halves of one length, as a campaign's motto.
    pub(super) couplet: bool,
    /// True where blanks part it into three phrases or more that open with one word, as a campaign's call.
    pub(super) refrain: bool,
    /// True where all of it is one quotation.
    pub(super) quoted: bool,
    /// True where a dot in its middle parts it in two: a campaign and its part.
    pub(super) dotted: bool,
    /// True where it is the one cell of a table's row.
    pub(super) framed: bool,
}

impl Raw {
    /// The line of that index whose text is in `range`, and nothing said of it.
    fn at(index: usize, range: Range<usize>) -> Self {
        Self {
            index,
            start: range.start,
            end: range.end,
            blanks: 0,
            indent: false,
            level: 0,
            bold: false,
            width: 0,
            ending: Ending::Bare,
            cues: Cues::default(),
            inner_stop: false,
            commas: 0,
            balanced: true,
            markup: false,
            place: None,
            digits: 0,
            phrases: false,
            couplet: false,
            refrain: false,
            quoted: false,
            dotted: false,
            framed: false,
        }
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues.has(cue)
    }

    /// Its text.
    pub(super) fn content<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// True where a sentence is over at its end.
    pub(super) fn ends_sentence(&self) -> bool {
        self.ending.is_over()
    }

    /// Short, and neither a sentence nor the middle of one.
    pub(super) fn could_head(&self) -> bool {
        matches!(
            self,
            Self {
                width: ..=SHORT,
                ending: Ending::Bare | Ending::Call,
                inner_stop: false,
                balanced: true,
                ..
            }
        )
    }
}

/// The ideographs that pages are made of, without looking them up in a table.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The ideograph that UTF-8 text opens with, where it opens with one of these: its code, from its three bytes.
#[inline]
pub(super) fn ideograph(text: &[u8]) -> Option<u32> {
    let &[a, b, c] = text.first_chunk()?;
    let code = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
    (a & 0xF0 == 0xE0 && (0x4E00..=0x9FFF).contains(&code)).then_some(code)
}

/// Blanks of every kind that stand around a line.
#[inline]
pub(super) fn is_blank(c: char) -> bool {
    !is_ideograph(c)
        && (c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\0'))
}

/// `text` without its blanks.
pub(super) fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    compact.extend(text.chars().filter(|&c| !is_blank(c)));
    compact
}

/// What a character says of the sentence that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A sentence is over.
    Stop,
    /// A sentence is over, or a heading is.
    Call,
    /// It closes what stands before it.
    Closer,
    /// Something follows for certain.
    Opener,
    /// A full stop of Latin script, or a decimal point.
    Point,
    /// Anything else.
    None,
}

impl Mark {
    fn of(c: char) -> Self {
        match c {
            '。' | '．' | '｡' => Self::Stop,
            '！' | '？' | '!' | '?' | '…' => Self::Call,
            '”' | '’' | '」' | '』' | '"' | '\'' | '）' | ')' | '》' | '】' | '〕' | '*' | '〉' => {
                Self::Closer
            }
            '，' | ',' | '、' | '；' | ';' | '：' | ':' | '—' | '·' | '-' | '～' | '~' => {
                Self::Opener
            }
            '“' | '‘' | '（' | '(' | '《' | '「' | '『' | '【' | '〈' => Self::Opener,
            '.' => Self::Point,
            _ => Self::None,
        }
    }

    /// True where it closes a sentence, or what closes behind one.
    fn closes(self) -> bool {
        matches!(self, Self::Stop | Self::Call | Self::Closer)
    }
}

/// Reads the lines of `text`, blank ones left out, into `lines`.
pub(super) fn scan(text: &str, index: &LineIndex, page_words: &PageWords, lines: &mut Vec<Raw>) {
    lines.clear();
    let mut blanks = 0;
    let mut compact = String::new();
    for i in 0..index.len() {
        let range = index.range(text, i);
        let whole = &text[range.clone()];
        let trimmed = whole.trim_matches(is_blank);
        if trimmed.is_empty() {
            blanks += 1;
            continue;
        }
        let lead = whole.len() - whole.trim_start_matches(is_blank).len();
        let start = range.start + lead;
        let mut line =
            Raw { blanks, indent: is_indent(&whole[..lead]), ..Raw::at(i, start..start + trimmed.len()) };
        blanks = 0;
        strip_crumbs(text, &mut line);
        strip_marks(text, &mut line);
        strip_left_over(text, &mut line);
        let content = clean(line.content(text));
        measure(&content, &mut line);
        line.cues = cues(&content, &line, page_words, &mut compact);
        if line.framed {
            line.cues.add(Cue::CaptionOpener);
        }
        if super::byline::wire(&content).is_some() {
            line.cues.add(Cue::LeadOpener);
        }
        lines.push(line);
    }
}

/// What a label says without what it is dressed in.
const DRESSED: [Cue; 6] =
    [Cue::ColumnWord, Cue::ColumnEnding, Cue::BriefEnding, Cue::Guide, Cue::Weather, Cue::Advertisement];

/// What the words of `line` say, which is `content` without crumbs; `compact` is memory to work in.
fn cues(content: &str, line: &Raw, page_words: &PageWords, compact: &mut String) -> Cues {
    let letters = content.chars().filter(|&c| !is_blank(c));
    compact.clear();
    if line.width > SHORT {
        compact.extend(letters.take(OPENING));
        return page_words.opening_cues(compact);
    }
    compact.extend(letters);
    let mut cues = page_words.cues(compact);
    if cues.has(Cue::ContactLabel) && (line.digits > 0 || content.contains(['：', ':', '@'])) {
        cues.add(Cue::MastheadLabel);
    }
    // A label in brackets of its own says what it says without them.
    if compact.starts_with(LABEL_MARKS) {
        cues.merge(page_words.cues(compact.trim_matches(LABEL_MARKS)), &DRESSED);
    }
    // ▲扫码观看: an arrow in front of where to turn.
    if let Some(inner) = compact.strip_prefix(['▲', '▶', '►', '→', '☞', '△']) {
        cues.merge(page_words.cues(inner), &[Cue::Turn]);
    }
    // 系列报道·某某: what stands before the dot says that it is a label.
    let label = line.dotted.then(|| compact.split_once(['·', '•', '｜'])).flatten();
    if let Some((label, _)) = label {
        cues.merge(page_words.cues(label), &[Cue::ColumnEnding]);
    }
    cues
}

/// Two ideographic blanks, or two to eight of another kind: the start of a paragraph.
fn is_indent(lead: &str) -> bool {
    let narrow = || lead.chars().filter(|c| [' ', '\u{a0}', '\u{2002}', '\u{2003}'].contains(c)).count();
    lead.contains('\u{3000}') || (2..=8).contains(&narrow())
}

/// Takes crumbs and the blanks among them off the start of a line.
fn strip_crumbs(text: &str, line: &mut Raw) {
    loop {
        let content = line.content(text);
        let length = if content.starts_with("**") { 0 } else { crumb(content) };
        let blanks = content[length..].len() - content[length..].trim_start_matches(is_blank).len();
        if length == 0 || length + blanks == content.len() {
            break;
        }
        line.start += length + blanks;
    }
}

/// The text without the crumbs that OCR and web pages leave in it.
pub(super) fn clean(content: &str) -> Cow<'_, str> {
    if !may_have_crumbs(content) {
        return Cow::Borrowed(content);
    }
    let mut kept = String::with_capacity(content.len());
    let mut at = 0;
    while let Some(c) = content[at..].chars().next() {
        match crumb(&content[at..]) {
            0 => {
                kept.push(c);
                at += c.len_utf8();
            }
            length => at += length,
        }
    }
    Cow::Owned(kept)
}

/// A quick look whether there is anything for [`crumb`] to find.
pub(super) fn may_have_crumbs(content: &str) -> bool {
    memchr::memchr3(b'$', b'\\', b'<', content.as_bytes()).is_some()
        || memchr::memchr2(b'&', b'*', content.as_bytes()).is_some()
}

/// The length of the crumb that `rest` opens with (a tag, LaTeX, a bold mark, a blank written as an entity); 0
/// where it opens with text.
pub(super) fn crumb(rest: &str) -> usize {
    match rest.as_bytes().first() {
        Some(b'<') => tag(&rest[1..]),
        Some(b'*') if rest.starts_with("**") => 2,
        Some(b'$') => formula_sign(&rest[1..]),
        Some(b'&') => {
            ENTITIES.iter().find(|entity| rest.starts_with(**entity)).map_or(0, |entity| entity.len())
        }
        Some(b'\\') => command(&rest[1..]),
        _ => 0,
    }
}

/// Blanks that are written as entities.
const ENTITIES: [&str; 6] = ["&nbsp;", "&ensp;", "&emsp;", "&#160;", "&#12288;", "&thinsp;"];

/// How many bytes a tag has between its brackets, at most.
const TAG: usize = 199;

/// The length of a tag, of which `inner` is what stands behind its bracket: a letter or a slash, and a closing bracket
/// soon.
fn tag(inner: &str) -> usize {
    match inner.as_bytes().first() {
        Some(b'/' | b'!' | b'A'..=b'Z' | b'a'..=b'z') => {
            inner.bytes().take(TAG + 1).position(|b| b == b'>').map_or(0, |close| close + 2)
        }
        _ => 0,
    }
}

/// How far the other half of a formula is looked for, in characters.
const FORMULA: usize = 64;

/// The length of the sign of a formula that `inner` stands behind. $5 is money, unless its other half is near by, with
/// nothing but ASCII and signs between.
fn formula_sign(inner: &str) -> usize {
    let ends = |c: &char| match c {
        '$' => true,
        '×' | '·' | '±' | '°' => false,
        c => !c.is_ascii(),
    };
    let is_money = inner.starts_with(|c: char| c.is_ascii_digit());
    let is_formula = || inner.chars().take(FORMULA).find(ends) == Some('$');
    usize::from(!is_money || is_formula())
}

/// The length of what stands for a sign or for nothing, of which `inner` is what stands behind the backslash: \%, \,,
/// \mathrm{.
fn command(inner: &str) -> usize {
    // 5\times10^{4} would read 510^{4} without its sign.
    if Pattern::TimesTenTo.fits(inner) {
        return 0;
    }
    let name = inner.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = inner.len() - name.len();
    1 + letters + usize::from(letters > 0 && name.starts_with('{'))
}

/// Takes Markdown marks off: heading marks, quotes, bold.
fn strip_marks(text: &str, line: &mut Raw) {
    let content = line.content(text);
    let hashes = content.bytes().take_while(|&b| b == b'#').count();
    // ATX headings want a blank behind the marks; without one it is a hashtag, unless there are several.
    line.level = match hashes {
        1 if content[1..].starts_with([' ', '\u{3000}', '\t']) => 1,
        2..=6 => hashes as u8,
        _ => 0,
    };
    if line.level > 0 {
        let inner = content[hashes..].trim_matches(is_blank).trim_end_matches('#').trim_end_matches(is_blank);
        if !inner.is_empty() {
            line.start +=
                hashes + (content[hashes..].len() - content[hashes..].trim_start_matches(is_blank).len());
            line.end = line.start + inner.len();
        }
    }
    let content = line.content(text);
    if let Some(quoted) = content.strip_prefix('>') {
        let inner = quoted.trim_start_matches(is_blank);
        if !inner.is_empty() {
            line.start = line.end - inner.len();
        }
    }
    let content = line.content(text);
    let bold = content.strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
    if let Some(inner) = bold.filter(|inner| !inner.is_empty() && !inner.contains("**")) {
        let left = inner.trim_start_matches(is_blank);
        line.start += 2 + inner.len() - left.len();
        line.end = line.start + left.trim_end_matches(is_blank).len();
        line.bold = line.end > line.start;
    }
    strip_cell(text, line);
    line.markup = is_markup(line.content(text));
}

/// Takes off the mark that a site left behind a bracket that is all of a line: (丁一平)?
fn strip_left_over(text: &str, line: &mut Raw) {
    let content = line.content(text);
    if content.starts_with(['（', '(']) {
        line.end = line.start + super::byline::without_left_over(content).len();
    }
}

/// Takes the frame off a row of a table that has one cell: | text |, as converters set what stands under a picture.
fn strip_cell(text: &str, line: &mut Raw) {
    let content = line.content(text);
    let Some(cell) = content.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')) else { return };
    let inner = cell.trim_matches(is_blank);
    if inner.contains('|') || !inner.contains(is_ideograph) {
        return;
    }
    line.start = inner.as_ptr() as usize - text.as_ptr() as usize;
    line.end = line.start + inner.len();
    line.framed = true;
}

/// An image link, a lone tag, a rule, a table's frame, hashtags: nothing a reader would read.
fn is_markup(content: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric() && !Mark::of(c).closes();
    Pattern::Markup.fits(content) || content.chars().all(is_sign)
}

/// How many brackets and quotes of each kind are open.
#[derive(Default)]
struct Open {
    depth: [i32; 5],
    /// True where one was closed that was not open.
    is_unopened: bool,
}

impl Open {
    fn note(&mut self, c: char) {
        match c {
            '“' | '「' => self.depth[0] += 1,
            '”' | '」' => self.depth[0] -= 1,
            '（' | '(' => self.depth[1] += 1,
            '）' | ')' => self.depth[1] -= 1,
            '《' => self.depth[2] += 1,
            '》' => self.depth[2] -= 1,
            '『' | '‘' => self.depth[3] += 1,
            '』' => self.depth[3] -= 1,
            '【' | '〔' => self.depth[4] += 1,
            '】' | '〕' => self.depth[4] -= 1,
            // An apostrophe for a year ('22) closes nothing.
            '’' => self.depth[3] = (self.depth[3] - 1).max(0),
            _ => return,
        }
        self.is_unopened |= self.depth.iter().any(|&depth| depth < 0);
    }

    fn is_balanced(&self) -> bool {
        self.depth == [0; 5] && !self.is_unopened
    }
}

/// The narrowest line that is a quotation, in columns.
const QUOTATION: u32 = 12;

/// Width, ending, stops and commas, in one pass.
fn measure(content: &str, line: &mut Raw) {
    let bytes = content.as_bytes();
    let mut open = Open::default();
    let (mut pending_stop, mut in_digits) = (false, false);
    let (mut at, mut behind_ideograph) = (0, 0);
    while at < content.len() {
        if ideograph(&bytes[at..]).is_some() {
            // Most of a page, and nothing to look at.
            behind_ideograph = at + 3;
            line.width += 2;
            line.inner_stop |= pending_stop;
            in_digits = false;
            at += 3;
            continue;
        }
        let Some(c) = content[at..].chars().next() else { break };
        line.width += match c {
            // A stray blank between two ideographs.
            ' ' if behind_ideograph == at && ideograph(&bytes[at + 1..]).is_some() => 0,
            c if c.is_ascii() => 1,
            _ => 2,
        };
        at += c.len_utf8();
        // A stop with text behind it, closing marks aside, is inside the line.
        line.inner_stop |= pending_stop && !Mark::of(c).closes() && !is_blank(c);
        line.digits += u32::from(c.is_ascii_digit() && !in_digits);
        in_digits = c.is_ascii_digit();
        match c {
            '。' | '｡' => pending_stop = true,
            '，' | ',' | '、' | '；' | ';' => line.commas += 1,
            ' ' | '\u{3000}' => line.phrases = true,
            '·' | '•' | '｜' => line.dotted = true,
            c => open.note(c),
        }
    }
    if line.phrases && line.commas == 0 {
        line.couplet = Pattern::Couplet.fits(content);
        line.refrain = is_refrain(content);
    }
    line.quoted = line.width >= QUOTATION && Pattern::Quotation.fits(content);
    line.balanced = open.is_balanced();
    line.ending = ending(content);
}

/// 保增长 保民生 保稳定: three short phrases or more of one length, each with the same first word.
fn is_refrain(content: &str) -> bool {
    let mut openings = content.split([' ', '\u{3000}']).filter_map(|phrase| phrase.chars().next());
    let first = openings.next();
    Pattern::EqualPhrases.fits(content) && openings.all(|opening| Some(opening) == first)
}

/// How `content` ends, closing quotes and brackets looked through. A remark in brackets behind a full stop
/// (（下转第3版）, （记者 甲）) leaves the sentence ended.
pub(super) fn ending(content: &str) -> Ending {
    let mut is_closed = false;
    for (at, c) in content.char_indices().rev().filter(|&(_, c)| !is_blank(c)) {
        match Mark::of(c) {
            Mark::Closer if !is_closed && is_remark_behind_stop(&content[..at + c.len_utf8()]) => {
                return Ending::Stop;
            }
            Mark::Closer => is_closed = true,
            Mark::Stop => return Ending::Stop,
            Mark::Call => return Ending::Call,
            // A point behind a digit is a decimal point that the line end cut off.
            Mark::Point if content[..at].ends_with(|c: char| c.is_ascii_digit()) => return Ending::Open,
            Mark::Point if !is_closed => return Ending::Stop,
            Mark::Opener if !is_closed => return Ending::Open,
            Mark::Opener | Mark::Point | Mark::None => return Ending::Bare,
        }
    }
    Ending::Bare
}

/// How many characters a remark has in its brackets.
const REMARK: usize = 30;

/// True where `content` ends in a remark in brackets, and a sentence is over before it.
fn is_remark_behind_stop(content: &str) -> bool {
    let Some(inner) = content.strip_suffix(['）', ')', '】']) else { return false };
    let mut back = inner.char_indices().rev().take(REMARK);
    let Some((open, _)) = back.find(|(_, c)| ['（', '(', '【'].contains(c)) else { return false };
    let before = inner[..open].trim_end_matches(is_blank);
    match before.chars().next_back() {
        Some('”' | '」') => ending(before) == Ending::Stop,
        Some(c) => matches!(Mark::of(c), Mark::Stop | Mark::Call),
        None => false,
    }
}

/// How far a time and the comma behind it are looked for, and how far the time begins, in characters.
const TIME_CLAUSE: usize = 18;
const TIME: usize = 5;

/// True where `content` opens with a time, and a comma soon behind: 2020年，… or 5月9日上午，….
pub(super) fn opens_with_time(content: &str) -> bool {
    if !content.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let end = content.char_indices().nth(TIME_CLAUSE).map_or(content.len(), |(end, _)| end);
    let Some((clause, _)) = content[..end].split_once(['，', ',']) else { return false };
    let unit = clause.chars().position(|c| ['年', '月', '日'].contains(&c));
    unit.is_some_and(|unit| unit <= TIME) && clause.chars().all(char::is_alphanumeric)
}

/// True where `content` is what somebody says in an interview: 问：…？ or 卞东方：….
pub(super) fn opens_with_speaker(content: &str) -> bool {
    let speaker: Vec<char> = content.trim_start_matches(['@', '＠']).chars().take(9).collect();
    let Some(colon) = speaker.iter().position(|c| ['：', ':'].contains(c)) else { return false };
    (1..=7).contains(&colon)
        && speaker[..colon].iter().all(|c| c.is_alphanumeric() && !c.is_ascii())
        && content.chars().count() > colon + 5
        && ending(content).is_over()
}

/// True where `content` opens with the number of a list: 1. or 2、 or ①.
pub(super) fn opens_with_number(content: &str) -> bool {
    Pattern::ListNumber.fits(content)
}
