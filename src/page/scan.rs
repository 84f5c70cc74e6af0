//! The lines of a page as they stand, each with what can be said of it without looking at the others.

use std::borrow::Cow;

use super::page_words::{Cue, Cues, PageWords};
use super::rejoined::LineIndex;
use crate::source::Told;

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
    /// What the file that lists the pages of its issue says of it.
    pub(super) told: Option<Told>,
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
    /// True where its place on the page says that it begins something of its own.
    pub(super) opens: bool,
}

impl Raw {
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues.has(cue)
    }

    /// Its text.
    pub(super) fn content<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// True where a sentence is over at its end.
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.ending, Ending::Stop | Ending::Call)
    }

    /// Short, and neither a sentence nor the middle of one.
    pub(super) fn could_head(&self) -> bool {
        self.width <= SHORT
            && matches!(self.ending, Ending::Bare | Ending::Call)
            && !self.inner_stop
            && self.balanced
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

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '"' | '\'' | '）' | ')' | '》' | '】' | '〕' | '*' | '〉')
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '．' | '｡')
}

fn is_open_end(c: char) -> bool {
    matches!(
        c,
        '，' | ','
            | '、'
            | '；'
            | ';'
            | '：'
            | ':'
            | '“'
            | '‘'
            | '（'
            | '('
            | '《'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '—'
            | '·'
            | '-'
            | '～'
            | '~'
    )
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
        let indent = is_indent(&whole[..lead]);
        let start = range.start + lead;
        let mut line = Raw {
            index: i,
            start,
            end: start + trimmed.len(),
            blanks,
            indent,
            level: 0,
            bold: false,
            width: 0,
            ending: Ending::Bare,
            cues: Cues::default(),
            inner_stop: false,
            commas: 0,
            balanced: true,
            markup: false,
            told: None,
            digits: 0,
            phrases: false,
            couplet: false,
            refrain: false,
            quoted: false,
            dotted: false,
            framed: false,
            opens: false,
        };
        blanks = 0;
        strip_crumbs(text, &mut line);
        strip_marks(text, &mut line);
        strip_left_over(text, &mut line);
        let content = clean(line.content(text));
        measure(&content, &mut line);
        if line.width <= SHORT {
            compact.clear();
            compact.extend(content.chars().filter(|&c| !is_blank(c)));
            // A label in brackets of its own says what it says without them.
            line.cues = page_words.cues(&compact);
            if line.has(Cue::ContactLabel) && (line.digits > 0 || content.contains(['：', ':', '@'])) {
                line.cues.add(Cue::MastheadLabel);
            }
            if compact.starts_with(LABEL_MARKS) {
                let inner = compact.trim_matches(LABEL_MARKS);
                line.cues.merge(
                    page_words.cues(inner),
                    &[
                        Cue::ColumnWord,
                        Cue::ColumnEnding,
                        Cue::BriefEnding,
                        Cue::Guide,
                        Cue::Weather,
                        Cue::Advertisement,
                    ],
                );
            }
            // ▲扫码观看: an arrow in front of where to turn.
            if let Some(inner) = compact.strip_prefix(['▲', '▶', '►', '→', '☞', '△']) {
                line.cues.merge(page_words.cues(inner), &[Cue::Turn]);
            }
            // 系列报道·某某: what stands before the dot says that it is a label.
            if line.dotted
                && let Some((label, _)) = compact.split_once(['·', '•', '｜'])
            {
                line.cues.merge(page_words.cues(label), &[Cue::ColumnEnding]);
            }
        } else {
            compact.clear();
            compact.extend(content.chars().filter(|&c| !is_blank(c)).take(OPENING));
            line.cues = page_words.opening_cues(&compact);
        }
        if line.framed {
            line.cues.add(Cue::CaptionOpener);
        }
        if super::byline::wire(&content).is_some() {
            line.cues.add(Cue::LeadOpener);
        }
        lines.push(line);
    }
}

/// Two ideographic blanks, or two to eight of another kind: the start of a paragraph.
fn is_indent(lead: &str) -> bool {
    let wide = lead.chars().filter(|&c| c == '\u{3000}').count();
    wide > 0
        || (2..=8).contains(
            &lead
                .chars()
                .filter(|&c| c == ' ' || c == '\u{a0}' || c == '\u{2002}' || c == '\u{2003}')
                .count(),
        )
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
    if let Some(inner) = rest.strip_prefix('<') {
        // A tag: a letter or a slash behind the bracket, and a closing one soon.
        let tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        return match inner.bytes().take(200).position(|b| b == b'>') {
            Some(close) if tag => close + 2,
            _ => 0,
        };
    }
    if rest.starts_with("**") {
        return 2;
    }
    if let Some(inner) = rest.strip_prefix('$') {
        // $5 is money; a formula has its other half near by, with nothing but ASCII and signs between.
        let money = inner.starts_with(|c: char| c.is_ascii_digit());
        let next = inner.chars().take(64).find(|&c| c == '$' || !(c.is_ascii() || "×·±°".contains(c)));
        return usize::from(!money || next == Some('$'));
    }
    if rest.starts_with('&') {
        let entity = ["&nbsp;", "&ensp;", "&emsp;", "&#160;", "&#12288;", "&thinsp;"];
        return entity.iter().find(|entity| rest.starts_with(**entity)).map_or(0, |entity| entity.len());
    }
    if let Some(command) = rest.strip_prefix('\\') {
        // \% and \$ stand for the sign; \mathrm{ and \, for nothing.
        let letters = command.bytes().take_while(u8::is_ascii_alphabetic).count();
        // 5\times10^{4} would read 510^{4} without its sign.
        if command.strip_prefix("times").is_some_and(|rest| rest.trim_start().starts_with("10^")) {
            return 0;
        }
        if letters > 0 {
            let brace = usize::from(command.as_bytes().get(letters) == Some(&b'{'));
            return 1 + letters + brace;
        }
        return 1;
    }
    0
}

/// Takes Markdown marks off: heading marks, quotes, bold.
fn strip_marks(text: &str, line: &mut Raw) {
    let content = line.content(text);
    let hashes = content.bytes().take_while(|&b| b == b'#').count();
    // ATX headings want a blank behind the marks; without one it is a hashtag, unless there are several.
    if (1..=6).contains(&hashes) && (hashes > 1 || content[hashes..].starts_with([' ', '\u{3000}', '\t'])) {
        line.level = hashes as u8;
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
    if let Some(inner) = content.strip_prefix("**").and_then(|c| c.strip_suffix("**"))
        && !inner.is_empty()
        && !inner.contains("**")
    {
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
    if inner.is_empty() || inner.contains('|') || !inner.contains(is_ideograph) {
        return;
    }
    line.start = inner.as_ptr() as usize - text.as_ptr() as usize;
    line.end = line.start + inner.len();
    line.framed = true;
}

/// An image link, a lone tag, a rule, a table's frame: nothing a reader would read.
fn is_markup(content: &str) -> bool {
    if (content.starts_with("![") || content.starts_with("[![")) && content.ends_with(')') {
        return true;
    }
    // Hashtags: #话题# #话题#
    if content.starts_with('#') && content.trim_start_matches('#').contains('#') {
        return true;
    }
    if content.starts_with('<') && content.ends_with('>') {
        let mut inside = false;
        let text = content.chars().any(|c| {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    return false;
                }
                _ => {}
            }
            !inside && !c.is_whitespace()
        });
        return !text;
    }
    content.chars().all(|c| !is_ideograph(c) && !c.is_alphanumeric() && !is_closer(c) && !is_stop(c))
}

/// Width, ending, stops and commas, in one pass.
fn measure(content: &str, line: &mut Raw) {
    let mut width = 0;
    let mut depth = [0i32; 5];
    let mut balanced = true;
    let mut pending_stop = false;
    let mut in_digits = false;
    let mut at = 0;
    let mut behind_ideograph = 0;
    while at < content.len() {
        if ideograph(&content.as_bytes()[at..]).is_some() {
            // Most of a page, and nothing to look at.
            behind_ideograph = at + 3;
            width += 2;
            line.inner_stop |= pending_stop;
            in_digits = false;
            at += 3;
            continue;
        }
        let Some(c) = content[at..].chars().next() else { break };
        let is_stray =
            c == ' ' && behind_ideograph == at && ideograph(&content.as_bytes()[at + 1..]).is_some();
        at += c.len_utf8();
        width += match c {
            _ if is_stray => 0,
            c if c.is_ascii() => 1,
            _ => 2,
        };
        // A stop with text behind it, closing marks aside, is inside the line.
        if pending_stop && !is_closer(c) && !is_stop(c) && !is_blank(c) {
            line.inner_stop = true;
        }
        let digit = c.is_ascii_digit();
        if digit && !in_digits {
            line.digits += 1;
        }
        in_digits = digit;
        match c {
            '。' | '｡' => pending_stop = true,
            '，' | ',' | '、' | '；' | ';' => line.commas += 1,
            ' ' | '\u{3000}' => line.phrases = true,
            '·' | '•' | '｜' => line.dotted = true,
            '“' | '「' => depth[0] += 1,
            '”' | '」' => depth[0] -= 1,
            '（' | '(' => depth[1] += 1,
            '）' | ')' => depth[1] -= 1,
            '《' => depth[2] += 1,
            '》' => depth[2] -= 1,
            '『' | '‘' => depth[3] += 1,
            '』' => depth[3] -= 1,
            '【' | '〔' => depth[4] += 1,
            '】' | '〕' => depth[4] -= 1,
            // An apostrophe for a year ('22) closes nothing.
            '’' => depth[3] = (depth[3] - 1).max(0),
            _ => {}
        }
        balanced &= depth.iter().all(|&d| d >= 0);
    }
    line.couplet = line.phrases && line.commas == 0 && is_couplet(content);
    line.quoted = width >= 12
        && content.strip_prefix('“').is_some_and(|said| said.find('”') == Some(said.len().saturating_sub(3)));
    line.refrain = line.phrases && line.commas == 0 && is_refrain(content);
    line.width = width;
    line.balanced = balanced && depth.iter().all(|&d| d == 0);
    line.ending = ending(content);
}

/// 巾帼心向党 建功新时代: two phrases of one length, and nothing but words.
fn is_couplet(content: &str) -> bool {
    let mut halves = content.split([' ', '\u{3000}']).filter(|half| !half.is_empty());
    let (Some(first), Some(second), None) = (halves.next(), halves.next(), halves.next()) else {
        return false;
    };
    let words = |half: &str| half.len() <= 24 && half.chars().all(is_ideograph);
    first.len() == second.len() && first.len() >= 9 && words(first) && words(second)
}

/// 保增长 保民生 保稳定: three short phrases or more of one length, each with the same first word.
fn is_refrain(content: &str) -> bool {
    let mut phrases = content.split([' ', '\u{3000}']).filter(|phrase| !phrase.is_empty());
    let Some(first) = phrases.next() else { return false };
    let opening = first.chars().next();
    let mut alike = 0;
    (6..=12).contains(&first.len())
        && first.chars().all(is_ideograph)
        && phrases.all(|phrase| {
            alike += 1;
            phrase.len() == first.len()
                && phrase.chars().next() == opening
                && phrase.chars().all(is_ideograph)
        })
        && alike >= 2
}

/// How `content` ends, closing quotes and brackets looked through. A remark in brackets behind a full stop
/// (（下转第3版）, （记者 甲）) leaves the sentence ended.
pub(super) fn ending(content: &str) -> Ending {
    let mut closed = false;
    let mut chars = content.char_indices().rev();
    while let Some((at, c)) = chars.next() {
        if is_blank(c) {
            continue;
        }
        if is_closer(c) {
            if matches!(c, '）' | ')' | '】') && !closed {
                let remark = chars.clone().take(30).find(|&(_, c)| matches!(c, '（' | '(' | '【'));
                let before = remark
                    .and_then(|(open, _)| content[..open].trim_end_matches(is_blank).chars().next_back());
                if before.is_some_and(is_stop)
                    || before.is_some_and(|b| matches!(b, '”' | '」'))
                        && ending(&content[..remark.map_or(at, |r| r.0)]) == Ending::Stop
                {
                    return Ending::Stop;
                }
            }
            closed = true;
            continue;
        }
        // A point behind a digit is a decimal point that the line end cut off.
        let decimal = c == '.' && content[..at].ends_with(|c: char| c.is_ascii_digit());
        return if decimal {
            Ending::Open
        } else if matches!(c, '。' | '．' | '｡') || (c == '.' && !closed) {
            Ending::Stop
        } else if is_stop(c) {
            Ending::Call
        } else if is_open_end(c) && !closed {
            Ending::Open
        } else {
            Ending::Bare
        };
    }
    Ending::Bare
}

/// True where `content` opens with a time, and a comma soon behind: 2020年，… or 5月9日上午，….
pub(super) fn opens_with_time(content: &str) -> bool {
    if !content.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let head: Vec<char> = content.chars().take(18).collect();
    let Some(unit) = head.iter().position(|c| matches!(c, '年' | '月' | '日')) else { return false };
    let Some(comma) = head.iter().position(|c| matches!(c, '，' | ',')) else { return false };
    unit <= 5 && unit < comma && head[..comma].iter().all(|c| c.is_alphanumeric())
}

/// True where `content` is what somebody says in an interview: 问：…？ or 卞东方：….
pub(super) fn opens_with_speaker(content: &str) -> bool {
    let speaker: Vec<char> = content.trim_start_matches(['@', '＠']).chars().take(9).collect();
    let Some(colon) = speaker.iter().position(|c| matches!(c, '：' | ':')) else { return false };
    (1..=7).contains(&colon)
        && speaker[..colon].iter().all(|c| c.is_alphanumeric() && !c.is_ascii())
        && content.chars().count() > colon + 5
        && matches!(ending(content), Ending::Stop | Ending::Call)
}

/// True where `content` opens with the number of a list: 1. or 2、 or ①.
pub(super) fn opens_with_number(content: &str) -> bool {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    if content.starts_with(['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩']) {
        return true;
    }
    (1..=2).contains(&digits) && {
        let mut rest = content[digits..].chars();
        matches!(rest.next(), Some('.' | '、' | '．' | ')' | '）'))
            && rest.next().is_some_and(|c| !c.is_ascii_digit())
    }
}
