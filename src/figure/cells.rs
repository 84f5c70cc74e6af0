//! A text as cells: one a character, folded, with blanks, tags and LaTeX marks taken out.
//!
//! Everything behind this works on cells, so that `10 亿元`, `１０億元` and `$10$亿元` are one and the same to it.

use std::borrow::Cow;
use std::ops::Range;

use super::words::{Ahead, Group, Kind, Sign, SignRows};

/// One character that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// Its plain form.
    pub(super) ch: char,
    /// What it can be.
    pub(super) kind: Kind,
    /// True where a blank stood before it.
    pub(super) gap: bool,
    /// How many bytes of the text it takes.
    pub(super) length: u8,
    /// Where it starts in the text, in bytes.
    pub(super) at: u32,
    /// Those that it is alike.
    pub(super) group: Group,
    /// At which places the words have a numeral that begin with it, one bit a place.
    pub(super) places: u8,
}

impl Cell {
    /// Where it ends in the text, in bytes.
    pub(super) fn end(&self) -> u32 {
        self.at + u32::from(self.length)
    }
}

/// A stretch between quotation marks that may be a label: the cells between the marks.
pub(super) type Label = Range<usize>;

/// The cells of one text, and where its labels are.
#[derive(Debug, Default, Clone)]
pub(super) struct Cells {
    pub(super) list: Vec<Cell>,
    pub(super) labels: Vec<Label>,
    /// The cells at which a figure is looked for.
    pub(super) starts: Vec<u32>,
    /// Where the run of ASCII ends that was last looked at for an address.
    run_end: usize,
    /// True where a LaTeX mark stands for a sign.
    marked: bool,
}

/// How many bytes every character of Chinese has, and most signs among them.
const PLAIN: usize = 3;

/// The longest label that is looked at.
const LABEL: usize = 16;

/// Clauses without a figure are left out where they are longer than this many bytes: no figure looks so far
/// beyond its own clause.
const FAR: usize = 45;

/// Where reading a text stands.
struct Reading<'t> {
    text: &'t str,
    signs: SignRows<'t>,
    at: usize,
    /// True where a blank stands before `at`.
    gap: bool,
    /// True where a clause begins at `at`.
    fresh: bool,
    /// Up to where it is known that cells are needed.
    needed: usize,
    /// True inside a formula.
    math: bool,
    /// The first cell behind a quotation mark that is open.
    open: Option<usize>,
    /// Where the brace stands that ends an exponent.
    brace: Option<usize>,
}

impl<'t> Reading<'t> {
    fn new(text: &'t str, signs: SignRows<'t>) -> Self {
        Self { text, signs, at: 0, gap: false, fresh: true, needed: 0, math: false, open: None, brace: None }
    }
}

impl Cells {
    /// Reads `text`, keeping the memory of an earlier text. Long stretches of clauses without any numeral have
    /// one cell, which ends a sentence; a text without any has none.
    pub(super) fn refill(&mut self, text: &str, signs: SignRows<'_>) {
        self.list.clear();
        self.labels.clear();
        self.starts.clear();
        self.run_end = 0;
        self.marked = false;
        if !signs.may_have_figures(text) {
            return;
        }
        let mut reading = Reading::new(text, signs);
        loop {
            self.plain_run(&mut reading);
            let Some(c) = text.get(reading.at..).and_then(|rest| rest.chars().next()) else { break };
            if self.leaves_out(&mut reading) {
                continue;
            }
            let sign = signs.get(c);
            reading.fresh = sign.parts_clauses();
            self.sign(&mut reading, c, sign);
        }
    }

    /// Most of a text is Chinese characters and single signs among them, with nothing to be looked into.
    #[inline(never)]
    fn plain_run(&mut self, reading: &mut Reading<'_>) {
        let (mut at, mut gap, mut fresh, signs) = (reading.at, reading.gap, reading.fresh, reading.signs);
        let quoted = reading.open.is_some();
        let rest = reading.text.as_bytes().get(at..).unwrap_or_default();
        for &[a, b, c] in rest.as_chunks::<PLAIN>().0 {
            let code = u32::from(a & 0xf) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
            // A character that begins otherwise has fewer bytes, or more.
            let Some(c) = char::from_u32(code).filter(|_| a >> 4 == 0xe) else { break };
            let sign = signs.get(c);
            let simple = || sign.is_simple() && !(fresh || quoted);
            if !(sign.is_plain() || simple()) {
                break;
            }
            self.put(c, sign, gap, at, PLAIN);
            (at, gap, fresh) = (at + PLAIN, false, sign.parts_clauses());
        }
        (reading.at, reading.gap, reading.fresh) = (at, gap, fresh);
    }

    /// Leaves out the clauses up to the next that may have a figure, where they are long.
    fn leaves_out(&mut self, reading: &mut Reading<'_>) -> bool {
        let at = reading.at;
        if !reading.fresh || at < reading.needed {
            return false;
        }
        let (border, numeral) = next_figure(reading.text, at, reading.signs);
        reading.needed = numeral;
        let far = border - at > FAR;
        if far {
            let (at, group) = (at as u32, Group::LEFT_OUT);
            self.list.push(Cell { ch: '\0', kind: Kind::Stop, gap: false, length: 0, at, group, places: 0 });
            (reading.at, reading.gap) = (border, false);
        }
        far
    }

    /// Reads `c`, which is no plain character and has the sign `sign`.
    fn sign(&mut self, reading: &mut Reading<'_>, c: char, sign: Sign) {
        let at = reading.at;
        let end = at + c.len_utf8();
        match sign.kind {
            Kind::Blank => (reading.at, reading.gap) = (end, true),
            _ if c.is_ascii() && self.ascii(reading, c, sign.kind) => {}
            kind => {
                self.quote(reading, c, kind);
                self.put(c, sign, reading.gap, at, c.len_utf8());
                (reading.at, reading.gap) = (end, false);
            }
        }
    }

    /// Reads a word or a mark of ASCII; false for a sign that is nothing special.
    fn ascii(&mut self, reading: &mut Reading<'_>, c: char, kind: Kind) -> bool {
        match kind {
            Kind::Digit | Kind::Letter => self.word(reading),
            _ if reading.brace == Some(reading.at) => reading.at += 1,
            _ => return c == '^' && self.exponent(reading) || self.read_markup(reading),
        }
        true
    }

    /// 10^{4}: the mark matters, or else it reads 104; its braces do not.
    fn exponent(&mut self, reading: &mut Reading<'_>) -> bool {
        let at = reading.at;
        let Some(brace) = exponent(reading.text, at).filter(|_| self.ends_in_ten()) else { return false };
        let end = at + 1 + usize::from(brace.is_some());
        self.push_as('^', Kind::Other, reading, at..end);
        self.marked = true;
        (reading.at, reading.gap, reading.brace) = (end, false, brace);
        true
    }

    /// Reads a tag or a LaTeX mark, where one stands there.
    fn read_markup(&mut self, reading: &mut Reading<'_>) -> bool {
        let at = reading.at;
        let Some((end, stands_for)) = markup(reading.text, at, &mut reading.math) else { return false };
        if let Some(ch) = stands_for {
            self.push_as(ch, Kind::Other, reading, at..end);
            self.marked = true;
            reading.gap = false;
        }
        reading.at = end;
        true
    }

    /// Keeps where a quotation mark opens, and the label where it closes.
    fn quote(&mut self, reading: &mut Reading<'_>, c: char, kind: Kind) {
        let to = self.list.len();
        match (kind, reading.open) {
            (Kind::Open, _) => reading.open = Some(to + 1),
            (Kind::Clause | Kind::Stop, _) => reading.open = None,
            (Kind::Other, None) if c == '"' => reading.open = Some(to + 1),
            (Kind::Other, Some(_)) if c != '"' => {}
            (Kind::Other | Kind::Close, Some(from)) => {
                reading.open = None;
                if (1..=LABEL).contains(&to.saturating_sub(from)) {
                    self.labels.push(from..to);
                }
            }
            _ => {}
        }
    }

    /// Adds the cell of `c`, whose sign is `sign`.
    #[inline]
    fn put(&mut self, c: char, sign: Sign, gap: bool, at: usize, length: usize) {
        if sign.starts_figure() {
            self.starts.push(self.list.len() as u32);
        }
        let Sign { kind, group, places, .. } = sign;
        let (ch, length, at) = (sign.plain(c), length as u8, at as u32);
        self.list.push(Cell { ch, kind, gap, length, at, group, places });
    }

    /// Adds the cell of a character that is taken to be of `kind`, whatever it is elsewhere.
    #[inline]
    fn push_as(&mut self, ch: char, kind: Kind, reading: &Reading<'_>, bytes: Range<usize>) {
        let (gap, group) = (reading.gap, reading.signs.group_as(ch, kind));
        let (at, length, places) = (bytes.start as u32, bytes.len() as u8, reading.signs.get(ch).places);
        self.list.push(Cell { ch, kind, gap, length, at, group, places });
    }

    /// True where the last cells are 10, and no digit before them.
    fn ends_in_ten(&self) -> bool {
        let mut last = self.list.iter().rev().map(|cell| cell.ch);
        match (last.next(), last.next(), last.next()) {
            (Some('0'), Some('1'), before) => !before.is_some_and(|c| c.is_ascii_digit() || c == '.'),
            _ => false,
        }
    }

    /// Reads a run of ASCII letters and digits, or of all that a web address is made of.
    ///
    /// A web or mail address has no digits for us. An `l`, `I` or `O` among digits is what an OCR program
    /// made of 1 and 0.
    fn word(&mut self, reading: &mut Reading<'_>) {
        let (text, from) = (reading.text, reading.at);
        let bytes = text.as_bytes().get(from..).unwrap_or_default();
        // Each run is looked at once, from its start: a run of many short words stays linear.
        let (run, marks) = if from < self.run_end { (0, 0) } else { run_of(bytes, OF_ADDRESS) };
        self.run_end = self.run_end.max(from + run);
        let address = marks & (LETTER | ADDRESS) == LETTER | ADDRESS && is_address(&text[from..from + run]);
        // What is no address is read letter by letter up to its first sign: signs have their own ways.
        let (length, marks) = if address { (run, 0) } else { run_of(bytes, LETTER | DIGIT) };
        let word = &bytes[..length];
        let misread = marks & LETTER != 0 && is_misread(word, &text[from + length..]);
        for (&b, at) in word.iter().zip(from..) {
            let (ch, kind) = match b {
                b'l' | b'I' if misread => ('1', Kind::Digit),
                b'O' | b'o' if misread => ('0', Kind::Digit),
                b'0'..=b'9' if !address => (b as char, Kind::Digit),
                _ => (b as char, Kind::Letter),
            };
            if kind == Kind::Digit {
                self.starts.push(self.list.len() as u32);
            }
            self.push_as(ch, kind, reading, at..at + 1);
            reading.gap = false;
        }
        reading.at = from + length;
    }

    /// The figure's text as printed, less blanks, tags and LaTeX marks. Between a Latin letter and a digit
    /// that a blank keeps apart, one blank stays.
    pub(super) fn text<'t>(&self, source: &'t str, cells: Range<usize>) -> Cow<'t, str> {
        let list = self.list.get(cells).unwrap_or_default();
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return Cow::Borrowed("") };
        let whole = source.get(first.at as usize..last.end() as usize).unwrap_or_default();
        let kept: usize = list.iter().map(|cell| usize::from(cell.length)).sum();
        let as_printed = !self.marked || list.iter().all(|cell| is_as_printed(cell, source));
        if kept == whole.len() && as_printed {
            return Cow::Borrowed(whole);
        }
        let mut text = String::with_capacity(whole.len());
        for (k, cell) in list.iter().enumerate() {
            let before = k.checked_sub(1).and_then(|k| list.get(k)).map(|before| before.kind);
            if let (true, Kind::Digit, Some(Kind::Letter)) = (cell.gap, cell.kind, before) {
                text.push(' ');
            }
            let raw = source.get(cell.at as usize..cell.end() as usize).unwrap_or_default();
            let mut chars = raw.chars();
            match (chars.next(), chars.next()) {
                // The mark of 37^C stands for another sign; every other character is as printed.
                (Some(one), None) if one != '^' => text.push(one),
                _ => text.push(cell.ch),
            }
        }
        Cow::Owned(text)
    }
}

/// True where the cell stands in `source` as it is; a degree sign that is ASCII there was a LaTeX mark.
fn is_as_printed(cell: &Cell, source: &str) -> bool {
    let first = source.as_bytes().get(cell.at as usize);
    match (first, cell.length) {
        (Some(b'\\'), 2..) => false,
        (Some(first), _) if first.is_ascii() && cell.ch == '°' => false,
        (_, ..=1) => true,
        _ => !cell.ch.is_ascii() || cell.kind != Kind::Other,
    }
}

/// Where the next character stands that a figure may begin with, or that needs its surroundings to be read; and
/// the last border in front of it. Both are the end of the text where there is none.
fn next_figure(text: &str, from: usize, signs: SignRows<'_>) -> (usize, usize) {
    let rest = text.get(from..).unwrap_or_default();
    let mut border = from;
    for (offset, c) in rest.char_indices() {
        match signs.ahead(c) {
            Ahead::Nothing => {}
            Ahead::Figure => return (border, from + offset),
            Ahead::Border => border = from + offset,
        }
    }
    (text.len(), text.len())
}

/// What a byte is among those of words and web addresses, a bit each: any of them, a letter, a digit, a sign without which
/// there is no address.
const OF_ADDRESS: u8 = 1;
const LETTER: u8 = 2;
const DIGIT: u8 = 4;
const ADDRESS: u8 = 8;

/// The same of every byte.
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut b = 0;
    while b < 128 {
        bytes[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => OF_ADDRESS | LETTER,
            b'0'..=b'9' => OF_ADDRESS | DIGIT,
            b'.' | b'@' | b':' => OF_ADDRESS | ADDRESS,
            b'_' | b'/' | b'-' | b'~' | b'?' | b'=' | b'&' | b'%' | b'+' | b'#' => OF_ADDRESS,
            _ => 0,
        };
        b += 1;
    }
    bytes
};

/// How many bytes of `kinds` `bytes` begins with, and what they are.
fn run_of(bytes: &[u8], kinds: u8) -> (usize, u8) {
    let run = bytes.iter().map(|&b| BYTES[usize::from(b)]).take_while(|of| of & kinds != 0);
    run.fold((0, 0), |(length, all), of| (length + 1, all | of))
}

/// What web and mail addresses and names of files have, and numbers have not.
const ADDRESS_PARTS: [&str; 12] =
    ["@", "://", "www.", ".com", ".cn", ".net", ".org", ".jpg", ".jpeg", ".png", ".gif", ".htm"];

fn is_address(token: &str) -> bool {
    ADDRESS_PARTS.iter().any(|part| token.contains(part))
}

/// What may follow one l that was a 1: l小时, l月. No unit has it before it.
const BEHIND_ONE: &str = "小个年月日名人元万亿次家项天位件";

/// What may follow digits that end in an l that was a 1: 2l年; anything else is so many litres.
const BEHIND_DIGITS: &str = "年月日号时分万亿元人名个家%";

/// True for letters in `word`, with `rest` behind it, that an OCR program made of 1 and 0.
fn is_misread(word: &[u8], rest: &str) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    match (word, next) {
        (b"l" | b"I", '.') => rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit),
        (b"l", _) => BEHIND_ONE.contains(next),
        _ => looks_misread(word, next),
    }
}

/// True for digits with a few `l`, `I` and `O` among them, as in l20, 5OO and 2O21.
fn looks_misread(word: &[u8], next: char) -> bool {
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let doubtful = word.iter().filter(|b| b"lIOo".contains(b)).count();
    let litres = (word.last(), doubtful) == (Some(&b'l'), 1) && !BEHIND_DIGITS.contains(next);
    match (digits, doubtful) {
        (0, _) | (_, 0) => false,
        _ => digits + doubtful == word.len() && !litres && word != b"O2O",
    }
}

/// For a mark at `at` that an exponent of one or two digits follows, bare or in braces: where the brace stands
/// that closes it, if there is one.
fn exponent(text: &str, at: usize) -> Option<Option<usize>> {
    let rest = text.as_bytes().get(at + 1..)?;
    let braced = rest.first() == Some(&b'{');
    let from = usize::from(braced);
    let from = from + usize::from(rest.get(from) == Some(&b'-'));
    let digits = rest.get(from..)?.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let closed = rest.get(from + digits) == Some(&b'}');
    ((1..=2).contains(&digits) && braced == closed).then_some(closed.then_some(at + 1 + from + digits))
}

/// Where a tag or a LaTeX mark ends, and the sign it stands for.
type Mark = (usize, Option<char>);

/// The tag or the LaTeX mark that starts at `at`.
fn markup(text: &str, at: usize, math: &mut bool) -> Option<Mark> {
    let rest = text.as_bytes().get(at..)?;
    match rest.first()? {
        b'<' => tag(rest).map(|length| (at + length, None)),
        b'$' => dollar(text, at, math),
        b'\\' => command(rest, math).map(|(length, sign)| (at + length, sign)),
        b'^' => raised(rest, math).map(|(length, sign)| (at + length, sign)),
        b'{' | b'}' | b'_' => math.then_some((at + 1, None)),
        _ => None,
    }
}

/// How long the tag is that `rest` begins with.
fn tag(rest: &[u8]) -> Option<usize> {
    const LONGEST: usize = 24;
    let near = rest.get(..LONGEST).unwrap_or(rest);
    let close = near.iter().position(|&b| b == b'>')?;
    let named = rest.get(1).filter(|&b| b.is_ascii_alphabetic() || *b == b'/');
    let mut inside = near.get(1..close)?.iter();
    let plain = inside.all(|b| b.is_ascii_alphanumeric() || b" /=\"'-_".contains(b));
    named.filter(|_| plain).map(|_| close + 1)
}

/// A dollar sign that opens a formula has its other half near by, with nothing but a formula between.
fn dollar(text: &str, at: usize, math: &mut bool) -> Option<Mark> {
    const LONGEST: usize = 64;
    if std::mem::take(math) {
        return Some((at + 1, None));
    }
    let near = text.get(at + 1..)?.char_indices().take(LONGEST);
    let of_formula = |c: char| c != '$' && (c.is_ascii() || "×·±°".contains(c));
    let mut near = near.skip_while(|&(_, c)| of_formula(c));
    *math = matches!(near.next(), Some((1.., '$')));
    math.then_some((at + 1, None))
}

/// How long the LaTeX command is that `rest` begins with, and the sign it stands for.
fn command(rest: &[u8], math: &mut bool) -> Option<Mark> {
    const LONGEST: usize = 16;
    let word = rest[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphabetic()).count();
    let sign = match &rest[1..=word] {
        b"" => return escape(*rest.get(1)?, math),
        b"circ" | b"degree" => Some('°'),
        b"sim" | b"thicksim" => Some('~'),
        b"times" => Some('×'),
        b"cdot" => Some('·'),
        b"pm" => Some('±'),
        b"colon" => Some(':'),
        b"mathrm" | b"text" | b"mathbf" | b"rm" | b"textbf" | b"quad" | b"left" | b"right" => None,
        _ => return None,
    };
    Some((1 + word, sign))
}

/// A sign behind a backslash: brackets open and close a formula, spaces are none.
fn escape(sign: u8, math: &mut bool) -> Option<Mark> {
    match sign {
        b'(' | b'[' => *math = true,
        b')' | b']' => *math = false,
        b',' | b' ' | b';' | b'!' => {}
        b'%' | b'$' => return Some((2, Some(char::from(sign)))),
        _ => return None,
    }
    Some((2, None))
}

/// 37^{\circ}C, or what is left of it where the command was taken out: 37^{}C.
fn raised(rest: &[u8], math: &mut bool) -> Option<Mark> {
    let after = rest.get(1..)?;
    let marks = after.iter().take(4).take_while(|b| b"{} ".contains(b)).count();
    match after.get(marks) {
        Some(b'C') => Some((1 + marks, Some('°'))),
        Some(b'\\') => {
            *math = true;
            Some((1 + marks, None))
        }
        _ => math.then_some((1, None)),
    }
}
