//! A text as cells: one a character, folded, with blanks, tags and LaTeX marks taken out.
//!
//! Everything behind this works on cells, so that `10 亿元`, `１０億元` and `$10$亿元` are one and the same to it.

use std::borrow::Cow;
use std::ops::Range;

use super::chars::{Kind, Signs};

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
    /// The word lists that have a word which begins (or ends) with it: see [`Sign::lists`](super::chars::Sign::lists).
    pub(super) lists: u32,
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
    /// Where the run of ASCII ends that was last looked at for an address.
    run_end: usize,
}

/// The longest label that is looked at.
const LABEL: usize = 16;

/// Clauses without a figure are left out where they are longer than this many bytes: no figure looks so far
/// beyond its own clause.
const FAR: usize = 45;

impl Cells {
    /// Reads `text`, keeping the memory of an earlier text. Long stretches of clauses without any numeral have
    /// one cell, which ends a sentence.
    pub(super) fn refill(&mut self, text: &str, signs: &Signs) {
        self.list.clear();
        self.labels.clear();
        self.run_end = 0;
        // Up to where it is known that cells are needed.
        let mut needed = 0;
        let mut fresh = true;
        let mut gap = false;
        let mut math = false;
        let mut open: Option<usize> = None;
        // Where the brace stands that ends an exponent.
        let mut brace = None;
        let mut at = 0;
        loop {
            // Most of a text is Chinese characters, with nothing to be looked into.
            for c in text.get(at..).unwrap_or_default().chars() {
                let sign = signs.get(c);
                if !sign.kind.is_plain() {
                    break;
                }
                let end = at + c.len_utf8();
                self.push(sign.plain(c), sign.kind, gap, at..end, sign.lists);
                (at, gap, fresh) = (end, false, false);
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if at >= needed && fresh {
                let (border, numeral) = next_figure(text, at, signs);
                needed = numeral;
                if border - at > FAR {
                    self.push('\0', Kind::Stop, false, at..at, 0);
                    at = border;
                    gap = false;
                    continue;
                }
            }
            fresh = is_border(c);
            let end = at + c.len_utf8();
            let sign = signs.get(c);
            let ch = sign.plain(c);
            match sign.kind {
                Kind::Blank => {
                    gap = true;
                    at = end;
                    continue;
                }
                Kind::Digit | Kind::Letter if c.is_ascii() => {
                    at = self.ascii(text, at, gap, signs);
                    gap = false;
                    continue;
                }
                _ => {}
            }
            if c == '^'
                && self.ends_in_ten()
                && let Some(braces) = exponent(text, at)
            {
                // 10^{4}: the mark matters, or else it reads 104; its braces do not.
                self.push('^', Kind::Other, gap, at..end + usize::from(braces.is_some()), 0);
                (at, gap, brace) = (end + usize::from(braces.is_some()), false, braces);
                continue;
            }
            if brace == Some(at) {
                at = end;
                continue;
            }
            if c.is_ascii()
                && let Some((skipped, stands_for)) = markup(text, at, &mut math)
            {
                if let Some(ch) = stands_for {
                    self.push(ch, Kind::Other, gap, at..skipped, signs.get(ch).lists);
                    gap = false;
                }
                at = skipped;
                continue;
            }
            match sign.kind {
                Kind::Open => open = Some(self.list.len() + 1),
                Kind::Close => {
                    if let Some(from) = open.take() {
                        let to = self.list.len();
                        if from < to && to - from <= LABEL {
                            self.labels.push(from..to);
                        }
                    }
                }
                Kind::Clause | Kind::Stop => open = None,
                Kind::Other if c == '"' => match open.take() {
                    None => open = Some(self.list.len() + 1),
                    Some(from) if from < self.list.len() && self.list.len() - from <= LABEL => {
                        self.labels.push(from..self.list.len());
                    }
                    Some(_) => {}
                },
                _ => {}
            }
            self.push(ch, sign.kind, gap, at..end, sign.lists);
            gap = false;
            at = end;
        }
    }

    fn push(&mut self, ch: char, kind: Kind, gap: bool, bytes: Range<usize>, lists: u32) {
        self.list.push(Cell { ch, kind, gap, length: bytes.len() as u8, at: bytes.start as u32, lists });
    }

    /// True where the last cells are 10, and no digit before them.
    fn ends_in_ten(&self) -> bool {
        let mut last = self.list.iter().rev().map(|cell| cell.ch);
        last.next() == Some('0')
            && last.next() == Some('1')
            && !last.next().is_some_and(|c| c.is_ascii_digit() || c == '.')
    }

    /// Reads a run of ASCII letters, digits and what web addresses are made of; says where it ends.
    ///
    /// A web or mail address has no digits for us. An `l`, `I` or `O` among digits is what an OCR program
    /// made of 1 and 0.
    fn ascii(&mut self, text: &str, from: usize, mut gap: bool, signs: &Signs) -> usize {
        let bytes = text.as_bytes();
        let part = |b: &u8| b.is_ascii_alphanumeric() || b"._@:/-~?=&%+#".contains(b);
        // Each run is looked at once, from its start: a run of many short words stays linear.
        let mut run = 0;
        if from >= self.run_end {
            run = bytes[from..].iter().take_while(|b| part(b)).count();
            self.run_end = from + run;
        }
        let address = is_address(&text[from..from + run]);
        // What is no address is read letter by letter up to its first sign: signs have their own ways.
        let word = bytes[from..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let length = if address { run } else { word };
        let next = text.get(from + length..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let lone = matches!(&bytes[from..from + length], b"l" | b"I") && next == '.';
        let lone = lone && bytes.get(from + length + 1).is_some_and(u8::is_ascii_digit);
        // l小时, l月: a letter that no unit has before it.
        let unit = &bytes[from..from + length] == b"l" && "小个年月日名人元万亿次家项天位件".contains(next);
        let misread = !address && (lone || unit || looks_misread(&bytes[from..from + length], next));
        for (k, &b) in bytes[from..from + length].iter().enumerate() {
            let (ch, kind) = match b {
                b'l' | b'I' if misread => ('1', Kind::Digit),
                b'O' | b'o' if misread => ('0', Kind::Digit),
                _ if address => (b as char, Kind::Letter),
                b'0'..=b'9' => (b as char, Kind::Digit),
                _ => (b as char, Kind::Letter),
            };
            self.push(ch, kind, gap, from + k..from + k + 1, signs.get(ch).lists);
            gap = false;
        }
        from + length
    }

    /// The figure's text as printed, less blanks, tags and LaTeX marks. Between a Latin letter and a digit
    /// that a blank keeps apart, one blank stays.
    pub(super) fn text<'t>(&self, source: &'t str, cells: Range<usize>) -> Cow<'t, str> {
        let list = self.list.get(cells).unwrap_or_default();
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return Cow::Borrowed("") };
        let whole = source.get(first.at as usize..last.end() as usize).unwrap_or_default();
        let kept: usize = list.iter().map(|cell| usize::from(cell.length)).sum();
        // A degree sign that is ASCII in the text was a LaTeX mark.
        let ascii = |cell: &Cell| source.as_bytes().get(cell.at as usize).is_some_and(u8::is_ascii);
        let degree = |cell: &Cell| cell.ch == '°' && ascii(cell);
        let command =
            |cell: &Cell| source.as_bytes().get(cell.at as usize) == Some(&b'\\') && cell.length > 1;
        let plain = |cell: &Cell| {
            !command(cell)
                && (cell.length <= 1 || cell.ch as u32 > 0x7f || cell.kind != Kind::Other)
                && !degree(cell)
        };
        if kept == whole.len() && list.iter().all(plain) {
            return Cow::Borrowed(whole);
        }
        let mut text = String::with_capacity(whole.len());
        for (k, cell) in list.iter().enumerate() {
            let before = k.checked_sub(1).and_then(|k| list.get(k));
            if cell.gap && cell.kind == Kind::Digit && before.is_some_and(|b| b.kind == Kind::Letter) {
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

/// The marks at which clauses are told apart when looking for the next figure.
fn is_border(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '！' | '？')
}

/// Where the next character stands that a figure may begin with, or that needs its surroundings to be read; and
/// the last border in front of it. Both are the end of the text where there is none.
fn next_figure(text: &str, from: usize, signs: &Signs) -> (usize, usize) {
    let rest = text.get(from..).unwrap_or_default();
    let mut border = from;
    for (offset, c) in rest.char_indices() {
        if signs.begins_figure(c) {
            return (border, from + offset);
        }
        if is_border(c) {
            border = from + offset;
        }
    }
    (text.len(), text.len())
}

fn is_address(token: &str) -> bool {
    let has = |needle: &str| token.contains(needle);
    let letters = token.bytes().any(|b| b.is_ascii_alphabetic());
    letters
        && (has("@")
            || has("://")
            || has("www.")
            || has(".com")
            || has(".cn")
            || has(".net")
            || has(".org")
            || [".jpg", ".jpeg", ".png", ".gif", ".htm"].iter().any(|ending| has(ending)))
}

/// True for digits with a few `l`, `I` and `O` among them, as in l20, 5OO and 2O21.
fn looks_misread(word: &[u8], next: char) -> bool {
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let doubtful = word.iter().filter(|b| matches!(b, b'l' | b'I' | b'O' | b'o')).count();
    let ends_in_litres =
        word.last() == Some(&b'l') && doubtful == 1 && !"年月日号时分万亿元人名个家%".contains(next);
    digits > 0 && doubtful > 0 && digits + doubtful == word.len() && !ends_in_litres && word != b"O2O"
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

/// Where a tag or a LaTeX mark that starts at `at` ends, and the sign it stands for.
fn markup(text: &str, at: usize, math: &mut bool) -> Option<(usize, Option<char>)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..)?;
    match rest.first()? {
        b'<' => {
            let near = rest.get(..24).unwrap_or(rest);
            let close = near.iter().position(|&b| b == b'>')?;
            let named = matches!(rest.get(1), Some(b) if b.is_ascii_alphabetic() || *b == b'/');
            let inside =
                near.get(1..close)?.iter().all(|b| b.is_ascii_alphanumeric() || b" /=\"'-_".contains(b));
            (named && inside).then_some((at + close + 1, None))
        }
        b'$' => {
            if *math {
                *math = false;
                return Some((at + 1, None));
            }
            // One that opens has its other half near by, with nothing but a formula between.
            let near = text.get(at + 1..)?.char_indices().take(64);
            let mut near = near.skip_while(|&(_, c)| c != '$' && (c.is_ascii() || "×·±°".contains(c)));
            let formula = matches!(near.next(), Some((1.., '$')));
            *math = formula;
            formula.then_some((at + 1, None))
        }
        b'\\' => {
            let word = rest[1..].iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
            if word == 0 {
                return match rest.get(1) {
                    Some(b'(' | b')' | b',' | b' ' | b';' | b'!' | b'[' | b']') => {
                        *math = matches!(rest.get(1), Some(b'(' | b'[')) || *math;
                        *math = !matches!(rest.get(1), Some(b')' | b']')) && *math;
                        Some((at + 2, None))
                    }
                    Some(b'%') => Some((at + 2, Some('%'))),
                    Some(b'$') => Some((at + 2, Some('$'))),
                    _ => None,
                };
            }
            let sign = match &rest[1..=word] {
                b"circ" | b"degree" => Some('°'),
                b"sim" | b"thicksim" => Some('~'),
                b"times" => Some('×'),
                b"cdot" => Some('·'),
                b"pm" => Some('±'),
                b"colon" => Some(':'),
                b"mathrm" | b"text" | b"mathbf" | b"rm" | b"textbf" | b"quad" | b"left" | b"right" => None,
                _ => return None,
            };
            Some((at + 1 + word, sign))
        }
        // 37^{\circ}C, or what is left of it where the command was taken out: 37^{}C.
        b'^' => {
            let after = rest.get(1..)?;
            let marks = after.iter().take(4).take_while(|b| b"{} ".contains(b)).count();
            match after.get(marks) {
                Some(b'C') => Some((at + 1 + marks, Some('°'))),
                Some(b'\\') => {
                    *math = true;
                    Some((at + 1 + marks, None))
                }
                _ => math.then_some((at + 1, None)),
            }
        }
        b'{' | b'}' | b'_' if *math => Some((at + 1, None)),
        _ => None,
    }
}
