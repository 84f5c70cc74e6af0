//! From bytes to text: which encoding they are in, and what they say in it.

use std::io::{self, Read};

use encoding_rs::{self as codec, CoderResult, Decoder};

use crate::{Error, ErrorKind, Result};

/// An encoding of Chinese text.
///
/// ```
/// use zjgr::source::{Encoding, ReadOptions};
///
/// let mut options = ReadOptions::default();
/// options.encoding = Some(Encoding::Gb18030);
/// assert_eq!(Encoding::Gb18030.name(), "gb18030");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Encoding {
    /// Unicode, one to four bytes a character.
    #[cfg_attr(feature = "cli", value(name = "utf-8", alias = "utf8"))]
    Utf8,
    /// With GBK and GB2312, which are parts of it.
    #[cfg_attr(feature = "cli", value(aliases = ["gbk", "gb2312"]))]
    Gb18030,
    /// With the Hong Kong additions.
    Big5,
    /// Unicode, two bytes at a time, the low one first.
    #[cfg_attr(feature = "cli", value(name = "utf-16le", aliases = ["utf-16", "utf16", "utf16le"]))]
    Utf16Le,
    /// Unicode, two bytes at a time, the high one first.
    #[cfg_attr(feature = "cli", value(name = "utf-16be", alias = "utf16be"))]
    Utf16Be,
}

impl Encoding {
    /// Its name, as it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    pub(super) fn codec(self) -> &'static codec::Encoding {
        match self {
            Self::Utf8 => codec::UTF_8,
            Self::Gb18030 => codec::GB18030,
            Self::Big5 => codec::BIG5,
            Self::Utf16Le => codec::UTF_16LE,
            Self::Utf16Be => codec::UTF_16BE,
        }
    }

    /// The encoding that a byte order mark at the start of `bytes` names, and how long the mark is.
    pub(super) fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Some((Self::Utf8, 3)),
            [0xff, 0xfe, ..] => Some((Self::Utf16Le, 2)),
            [0xfe, 0xff, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }
}

/// What the bytes of a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) encoding: Encoding,
    /// How many characters were damaged, and are read as U+FFFD.
    pub(super) damaged: u32,
}

/// Replaces `text` by what `bytes` say in the encoding `wanted`, or in the one they seem to be in. A byte order
/// mark is no part of the text. Single damaged characters are read as U+FFFD.
///
/// # Errors
/// [`ErrorKind::Binary`] for what is no text, [`ErrorKind::Encoding`] for what is none in that encoding, or in
/// any.
pub(super) fn decode(bytes: &[u8], wanted: Option<Encoding>, text: &mut String) -> Result<Decoded> {
    text.clear();
    let (marked, bytes) = match Encoding::of_mark(bytes) {
        Some((encoding, length)) if wanted.is_none_or(|wanted| wanted == encoding) => {
            (Some(encoding), bytes.get(length..).unwrap_or_default())
        }
        _ => (None, bytes),
    };
    let wanted = wanted.or(marked);
    if matches!(wanted, None | Some(Encoding::Utf8))
        && let Ok(valid) = simdutf8::basic::from_utf8(bytes)
        && (wanted.is_some() || memchr::memchr(0, bytes).is_none() && !is_binary(bytes))
    {
        text.push_str(valid);
        return Ok(Decoded { encoding: Encoding::Utf8, damaged: 0 });
    }
    let encoding = match wanted {
        Some(encoding) => encoding,
        None => detect(bytes)?,
    };
    convert(bytes, encoding, text);
    let damaged = if text.contains('\u{fffd}') { count_damage(bytes, encoding, text) } else { 0 };
    if is_hopeless(damaged, text) {
        text.clear();
        let encoding = encoding.name().to_owned();
        return Err(ErrorKind::Encoding { encoding }.into());
    }
    Ok(Decoded { encoding, damaged })
}

fn convert(bytes: &[u8], encoding: Encoding, text: &mut String) {
    let mut decoder = encoding.codec().new_decoder_without_bom_handling();
    let mut rest = bytes;
    loop {
        text.reserve(decoder.max_utf8_buffer_length(rest.len().min(1 << 16)).unwrap_or(rest.len()));
        let (result, read, _) = decoder.decode_to_string(rest, text, true);
        rest = rest.get(read..).unwrap_or_default();
        if result == codec::CoderResult::InputEmpty {
            return;
        }
    }
}

/// How many of the U+FFFD in `text` stand for damage; a file may also hold the character itself, because
/// another program put it there, and that is no news.
fn count_damage(bytes: &[u8], encoding: Encoding, text: &str) -> u32 {
    let shown = text.matches('\u{fffd}').count();
    let own: &[u8] = match encoding {
        Encoding::Utf8 => "\u{fffd}".as_bytes(),
        Encoding::Gb18030 => &[0x84, 0x31, 0xa4, 0x37],
        Encoding::Big5 => return shown as u32,
        Encoding::Utf16Le => &[0xfd, 0xff],
        Encoding::Utf16Be => &[0xff, 0xfd],
    };
    let own = memchr::memmem::find_iter(bytes, own).count();
    shown.saturating_sub(own) as u32
}

/// More than one character in twenty damaged is no damage but the wrong encoding; a character cut in two at
/// the very end is forgiven in a text of any length.
fn is_hopeless(damaged: u32, text: &str) -> bool {
    let cut =
        text.ends_with('\u{fffd}') && text.chars().rev().nth(1).is_some_and(|before| before != '\u{fffd}');
    let damaged = (damaged as usize).saturating_sub(cut.into());
    damaged > 0 && damaged * 20 > text.chars().count()
}

/// How much of a file is looked at to find out its encoding.
const SAMPLE: usize = 1 << 18;

/// Finds out the encoding of bytes that have no mark and are no clean UTF-8.
fn detect(bytes: &[u8]) -> Result<Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = detect_utf16(sample) {
        return Ok(encoding);
    }
    if is_binary(sample) {
        return Err(ErrorKind::Binary.into());
    }
    if is_damaged_utf8(sample) {
        return Ok(Encoding::Utf8);
    }
    let (gb, big5) = (Fit::of(sample, gb18030_pair), Fit::of(sample, big5_pair));
    let (encoding, fit) =
        if gb.score() >= big5.score() { (Encoding::Gb18030, gb) } else { (Encoding::Big5, big5) };
    // Running text in the right encoding reaches 0.9; unusual characters, a list of names for instance, half.
    if fit.score() > 0.4 {
        return Ok(encoding);
    }
    let tried = if is_mixed(sample) {
        "one encoding: some lines are utf-8, others are not"
    } else {
        "utf-8, gb18030, big5 or utf-16"
    };
    Err(Error::new(ErrorKind::Encoding { encoding: tried.into() }))
}

/// True where some lines are Chinese in UTF-8, and others are no UTF-8.
fn is_mixed(bytes: &[u8]) -> bool {
    let is_chinese = |text: &str| text.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n').filter(|line| line.ends_with(b"\n"));
    lines().any(|line| str::from_utf8(line).is_ok_and(is_chinese))
        && lines().any(|line| str::from_utf8(line).is_err())
}

/// True for what is no text in any encoding that extends ASCII: control characters, other than those that
/// move a printer's head, in more than one byte of a hundred.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let is_control = |&byte: &u8| u8::from(matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127));
    // In blocks whose count fits a byte, so that many bytes are looked at in one step.
    let control: usize =
        sample.chunks(128).map(|block| usize::from(block.iter().map(is_control).sum::<u8>())).sum();
    control * 100 > sample.len() || bytes.starts_with(b"%PDF-")
}

/// True where nearly everything outside ASCII is well-formed UTF-8: in another encoding of Chinese hardly
/// anything is, by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut well, mut ill) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        well += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        ill += usize::from(!chunk.invalid().is_empty());
    }
    // The sample, or the file, may end within a character.
    let ends_within = bytes.utf8_chunks().last().is_some_and(|chunk| is_cut_short(chunk.invalid()));
    let ill = ill - usize::from(ends_within);
    well > 0 && ill * 10 <= well
}

/// True for the first bytes of a UTF-8 character that is longer.
fn is_cut_short(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// UTF-16 shows in that nearly every unit, read with the right byte first, is a character that Chinese text is
/// made of; text in other encodings, read so, is spread over all of Unicode.
fn detect_utf16(bytes: &[u8]) -> Option<Encoding> {
    // A few bytes fit by chance, and an odd one at the end is no accident in a short text.
    if bytes.len() < 4 || bytes.len() % 2 == 1 && bytes.len() < 64 {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let usual = units.clone().filter(|&unit| is_usual_unit(unit)).count();
        usual as f64 / units.count() as f64
    };
    let (le, be) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let (encoding, share) = if le >= be { (Encoding::Utf16Le, le) } else { (Encoding::Utf16Be, be) };
    // ASCII read as UTF-16 looks Chinese; but it never gets here without a zero byte or one above 127.
    let possible = memchr::memchr(0, bytes).is_some() || !bytes.is_ascii();
    (share >= 0.95 && possible).then_some(encoding)
}

fn is_usual_unit(unit: u16) -> bool {
    matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x203e | 0x2160..=0x217f
        | 0x2460..=0x249b | 0x25a0..=0x25ff | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff01..=0xff5e | 0xfffd)
}

/// What two bytes are in a two-byte encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// Punctuation, or a character from the part of the set where the common ones stand.
    Common,
    /// Anything else that may be.
    Possible,
    /// Four bytes that are one character.
    Long,
    /// No character.
    No,
}

/// How well bytes fit a two-byte encoding.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    common: usize,
    pairs: usize,
    wrong: usize,
}

impl Fit {
    fn of(bytes: &[u8], pair: fn(u8, u8) -> Pair) -> Self {
        let mut fit = Self::default();
        let mut rest = bytes;
        loop {
            rest = match rest {
                [0..=0x7f, rest @ ..] => rest,
                // One byte alone at the end was cut from the next.
                [] | [_] => return fit,
                [lead, trail, after @ ..] => {
                    fit.pairs += 1;
                    match pair(*lead, *trail) {
                        Pair::Common => fit.common += 1,
                        Pair::Possible => {}
                        Pair::Long => {
                            rest = after.get(2..).unwrap_or_default();
                            continue;
                        }
                        Pair::No => {
                            fit.wrong += 1;
                            rest = rest.get(1..).unwrap_or_default();
                            continue;
                        }
                    }
                    after
                }
            };
        }
    }

    /// The share of common characters, what fits nowhere counted against it twice.
    fn score(self) -> f64 {
        if self.pairs == 0 {
            return -1.0;
        }
        (self.common as f64 - 2.0 * self.wrong as f64) / self.pairs as f64
    }
}

/// GB2312 has its 3755 common characters in rows B0 to D7; GBK put the others before, between and after.
fn gb18030_pair(lead: u8, trail: u8) -> Pair {
    match (lead, trail) {
        (0xa1 | 0xa3 | 0xb0..=0xd7, 0xa1..=0xfe) => Pair::Common,
        (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => Pair::Possible,
        (0x81..=0xfe, 0x30..=0x39) => Pair::Long,
        _ => Pair::No,
    }
}

/// Big5 has its 5401 common characters in rows A4 to C6.
fn big5_pair(lead: u8, trail: u8) -> Pair {
    match (lead, trail) {
        (0xa1..=0xc6, 0x40..=0x7e | 0xa1..=0xfe) => Pair::Common,
        (0x87..=0xfe, 0x40..=0x7e | 0xa1..=0xfe) => Pair::Possible,
        _ => Pair::No,
    }
}

/// Text of some encoding, read as UTF-8.
pub(super) struct Narrowed<R> {
    source: R,
    decoder: Decoder,
    wide: Vec<u8>,
    narrow: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Narrowed<R> {
    pub(super) fn new(source: R, encoding: Encoding) -> Self {
        let decoder = encoding.codec().new_decoder_without_bom_handling();
        Self { source, decoder, wide: Vec::new(), narrow: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.wide.clear();
        let read = self.source.by_ref().take(1 << 15).read_to_end(&mut self.wide)?;
        self.ended = read == 0;
        self.narrow.resize(self.decoder.max_utf8_buffer_length(read).unwrap_or(3 * read + 16), 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(&self.wide, &mut self.narrow, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty, "there was room for everything");
        self.narrow.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Narrowed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.narrow.len() && !self.ended {
            self.refill()?;
        }
        let ready = self.narrow.get(self.given..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
