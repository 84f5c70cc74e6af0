//! Text with a memory: a string pieced together from a source, with a way back for every character of it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A cluster of more bytes than this is no writing; looking no further keeps time bounded on hostile text.
const LONGEST_CHARACTER: usize = 64;

/// How many characters `text` has, as a reader counts them: extended grapheme clusters.
///
/// Text made of Chinese characters, kana, ASCII and their punctuation, where every code point is a cluster of
/// its own, is counted without looking anything up.
///
/// ```
/// assert_eq!(zjgr::page::characters("工会e\u{301}"), 3);
/// ```
pub fn characters(text: &str) -> usize {
    let (count, end) = plain_characters(text, usize::MAX);
    if end == text.len() { count } else { text.graphemes(true).count() }
}

/// The first `count` characters of `text`; the whole of it where it has fewer.
pub(crate) fn first_characters(text: &str, count: usize) -> &str {
    let (found, end) = plain_characters(text, count);
    // What follows may belong to the last character, unless it stands alone too.
    let ends = if found == count { end == text.len() || opens_alone(text, end) } else { end == text.len() };
    if ends {
        return text.get(..end).unwrap_or_default();
    }
    let reach = boundary(text, count.saturating_mul(LONGEST_CHARACTER));
    let near = text.get(..reach).unwrap_or_default();
    let end = near.grapheme_indices(true).nth(count).map_or(near.len(), |(at, _)| at);
    near.get(..end).unwrap_or_default()
}

/// The last `count` characters of `text`; the whole of it where it has fewer.
pub(crate) fn last_characters(text: &str, count: usize) -> &str {
    // Back over code points that stand alone, each of which begins a character.
    let mut starts = text.char_indices().rev();
    let mut start = text.len();
    for _ in 0..count {
        match starts.next() {
            None => return text,
            // A line feed is one character with a carriage return before it.
            Some((at, c)) if stands_alone(c) && c != '\n' => start = at,
            Some(_) => {
                let reach = text.len().saturating_sub(count.saturating_mul(LONGEST_CHARACTER));
                let near = text.get(boundary(text, reach)..).unwrap_or_default();
                let last = near.grapheme_indices(true).rev().nth(count.saturating_sub(1));
                return near.get(last.map_or(0, |(at, _)| at)..).unwrap_or_default();
            }
        }
    }
    text.get(start..).unwrap_or_default()
}

/// The first place at or after `at` where a code point of `text` starts or the text ends.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// How many code points that stand alone `text` opens with, `most` at the most, and where they end.
fn plain_characters(text: &str, most: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while let Some(&lead) = bytes.get(at)
        && count < most
    {
        at += match lead {
            b' '..=b'~' | b'\n' => 1,
            // U+4000 to U+9FFF: nearly all of a page, and every code point of it stands alone.
            0xe4..=0xe9 => 3,
            // 。、《 and ，：（: the rest of nearly all of it.
            0xe3 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x80..=0xa9])) => 3,
            0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbc, 0x81..=0xbf])) => 3,
            _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if stands_alone(c) => c.len_utf8(),
                _ => break,
            },
        };
        count += 1;
    }
    (count, at)
}

/// True where a code point that stands alone follows at `at`.
fn opens_alone(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(stands_alone)
}

/// True for code points that are a cluster of their own beside any other such code point.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\n' | ' '..='~'
        | '\u{b7}'
        | '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff9d}')
}

/// A place in a source file, as a user sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Which file it is in: 0 for the page's own, else the number of a [`super::Leaf`] that was joined to it.
    pub leaf: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in extended grapheme clusters.
    pub column: u32,
}

/// A stretch of the string that was copied from the source as it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the string, in bytes.
    at: u32,
    /// Where it starts in the source, in bytes.
    source: u32,
}

/// A string made of pieces of a source text, in which every byte knows where it came from.
///
/// Nothing but pieces of the source is ever pushed, so each character of the string equals the character at
/// its source position, or is the plain form of it (`push_as`). The one thing that may be put between
/// two pieces is a blank ([`Rejoined::space`]); it points at the end of the piece before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rejoined {
    string: String,
    pieces: Vec<Piece>,
}

impl Rejoined {
    /// The string.
    pub(crate) fn as_str(&self) -> &str {
        &self.string
    }

    /// The length of the string, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.string.len()
    }

    /// Appends `source[range]`.
    pub(crate) fn push(&mut self, source: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.go_on_at(range.start);
        self.string.push_str(&source[range]);
    }

    /// Appends `plain`, which stands for `source[range]`.
    pub(super) fn push_as(&mut self, plain: char, range: Range<usize>) {
        self.go_on_at(range.start);
        self.string.push(plain);
        self.go_on_at(range.end);
    }

    /// Appends a stretch of `other`, which was made from the same source.
    pub(super) fn push_from(&mut self, other: &Self, range: Range<usize>) {
        self.push_shifted(other, range, |source| source);
    }

    /// Appends a stretch of `other`, which was made from another source: `shift` says where a byte of that one stands in this one's.
    pub(super) fn push_shifted(&mut self, other: &Self, range: Range<usize>, shift: impl Fn(usize) -> usize) {
        let mut at = range.start;
        while at < range.end {
            let index = other.pieces.partition_point(|piece| piece.at as usize <= at);
            let end = other.pieces.get(index).map_or(range.end, |next| range.end.min(next.at as usize));
            self.go_on_at(shift(other.source_of(at)));
            self.string.push_str(&other.string[at..end]);
            at = end;
        }
        self.go_on_at(shift(other.source_of(range.end)));
    }

    /// What is pushed next stands at `source`. A piece that goes on where the last one ended needs no entry of its own.
    fn go_on_at(&mut self, source: usize) {
        let (at, source) = (self.string.len() as u32, source as u32);
        let goes_on = self.pieces.last().is_some_and(|last| at - last.at + last.source == source);
        if !goes_on {
            self.pieces.push(Piece { at, source });
        }
    }

    /// Appends a blank that stands nowhere in the source, to keep two parts of a headline apart.
    pub(crate) fn space(&mut self) {
        let at = self.string.len() as u32;
        let source = self.source_of(self.string.len());
        self.pieces.push(Piece { at, source: source as u32 });
        self.string.push(' ');
    }

    /// Where in `range` of the string a piece begins.
    pub(super) fn leaps(&self, range: Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let first = self.pieces.partition_point(|piece| piece.at as usize <= range.start);
        let pieces = self.pieces.get(first..).unwrap_or_default().iter().map(|piece| piece.at as usize);
        let end = range.end;
        pieces.take_while(move |&at| at < end)
    }

    /// The byte offset in the source of the byte at `offset` of the string. The end of the string maps to
    /// the end of its last piece; an empty string maps to 0.
    pub(crate) fn source_of(&self, offset: usize) -> usize {
        let offset = offset as u32;
        let index = self.pieces.partition_point(|piece| piece.at <= offset);
        match index.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(piece) => (offset - piece.at + piece.source) as usize,
            None => 0,
        }
    }
}

/// Where the lines of a text start and end, to turn a byte offset into a [`Position`].
///
/// ```
/// use zjgr::page::LineIndex;
///
/// let text = "工会\n职工";
/// let index = LineIndex::new(text, 1, false);
/// let place = index.position(text, "工会\n职".len());
/// assert_eq!((place.line, place.column), (2, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    first_line: u32,
    single_line: bool,
    /// Where the text of a record begins behind its headline.
    heading: usize,
}

impl LineIndex {
    /// Reads the lines of `text`; LF, CRLF and a lone CR end a line.
    pub fn new(text: &str, first_line: u32, single_line: bool) -> Self {
        let mut index = Self::default();
        index.refill(text, first_line, single_line);
        index
    }

    /// Reads the lines of another text, keeping the memory.
    pub(crate) fn refill(&mut self, text: &str, first_line: u32, single_line: bool) {
        self.first_line = first_line;
        self.single_line = single_line;
        self.starts.clear();
        self.starts.push(0);
        let bytes = text.as_bytes();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !crlf {
                self.starts.push(at as u32 + 1);
            }
        }
    }

    /// Counts columns anew behind the headline that the first `heading` bytes of a record are.
    #[must_use]
    pub(crate) fn with_heading(self, heading: usize) -> Self {
        Self { heading, ..self }
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True where no text was read.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The bytes of line `index` (from 0) in `text`, its line end left out.
    pub fn range(&self, text: &str, index: usize) -> Range<usize> {
        let start = self.starts[index] as usize;
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize);
        let line = &text.as_bytes()[start..end];
        let tail = line.iter().rev().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        start..end - tail
    }

    /// The number in the file of line `index` (from 0).
    pub fn number(&self, index: usize) -> u32 {
        if self.single_line { self.first_line } else { self.first_line + index as u32 }
    }

    /// The line (from 0) that the byte at `offset` stands on.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The place of the byte at `offset` of `text`. In a single-line document the column counts from the
    /// start of the text, or of the headline before it.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let index = self.line_of(offset);
        let start = match self.single_line {
            true if offset >= self.heading => self.heading,
            true => 0,
            false => self.starts.get(index).map_or(0, |&start| start as usize),
        };
        let offset = offset.min(text.len());
        // An accent has the column of the letter that it stands on.
        let column = if opens_alone(text, offset) || offset == text.len() {
            text.get(start..offset).map_or(0, characters)
        } else {
            let line = text.get(start..).unwrap_or_default();
            line.grapheme_indices(true).take_while(|(at, _)| start + at <= offset).count().saturating_sub(1)
        };
        Position { leaf: 0, line: self.number(index), column: column as u32 + 1 }
    }

    /// The place of the byte at `offset`, where the one at `before`, at or ahead of it, is known to stand at
    /// `place`: only what lies between the two is counted through.
    pub(super) fn position_after(
        &self,
        text: &str,
        before: usize,
        place: Position,
        offset: usize,
    ) -> Position {
        let same_line = match self.single_line {
            true => (before < self.heading) == (offset < self.heading),
            false => self.line_of(before) == self.line_of(offset),
        };
        // Both offsets start a character of the text, so what lies between is whole characters.
        match text.get(before..offset.min(text.len())) {
            Some(between) if same_line && opens_alone(text, before) && opens_alone(text, offset) => {
                Position { column: place.column + characters(between) as u32, ..place }
            }
            _ => self.position(text, offset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_what_a_reader_counts() {
        assert_eq!(characters("工会,2021年"), 8);
        assert_eq!(characters("e\u{301}te\u{301}"), 3);
        assert_eq!(characters("か\u{3099}"), 1);
        assert_eq!(characters("工\r\n会"), 3);
    }

    proptest::proptest! {
        /// Where nothing has to be looked up, the answer is the same as if it had been.
        #[test]
        fn the_short_way_counts_like_the_long_one(text in "[ -~·‐-‧\u{3000}-\u{3029}ぁ-ゖ゠-ヿ一-龥！-ﾝ\n\u{301}]*") {
            proptest::prop_assert_eq!(characters(&text), text.graphemes(true).count());
        }

        /// The same for its beginning and its end.
        #[test]
        fn beginnings_and_ends_are_whole_characters(text in "[ -~一-龥，。\r\n\u{301}\u{200d}\u{1f1e6}]{0,12}", count in 0..9_usize) {
            let all: Vec<&str> = text.graphemes(true).collect();
            let count_here = count.min(all.len());
            proptest::prop_assert_eq!(first_characters(&text, count), all[..count_here].concat());
            proptest::prop_assert_eq!(last_characters(&text, count), all[all.len() - count_here..].concat());
        }
    }
}
