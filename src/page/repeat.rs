//! Passages that stand twice on a page: OCR read them twice, or the page was pasted together so.
//!
//! Short runs of characters (shingles) are hashed, those that end in one of a fixed quarter of all characters, and a
//! paragraph whose hashes line up with those of an earlier passage repeats it. Time grows with the text, however much
//! repeats.

use rustc_hash::FxHashMap;

use super::Role;
use super::scan::{Raw, ideograph};

/// Characters in a shingle.
const SHINGLE: usize = 6;
/// Room for the characters of a shingle: a power of two, which finds the place of the next one at once.
const WINDOW: usize = 8;
/// About one shingle in this many is kept; which ones depends on their text alone.
const KEEP: usize = 4;
/// A shorter paragraph never counts as a repeat.
const SHORTEST: usize = 20;
/// How far two alignments may drift apart by characters that OCR lost or added.
const DRIFT: i64 = 4;
/// How many characters may be misread in a row before the alignment is given up.
const REACH: usize = 48;

/// An odd number without a pattern (2^64 divided by the golden ratio), to spread what differs over the highest bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// One paragraph: its role and its lines, indices into the page's lines.
pub(super) struct Paragraph<'p> {
    pub(super) role: Role,
    pub(super) lines: &'p [usize],
}

/// Finds repeats: feed it the paragraphs of a page in order.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// The first place of each kept shingle, in characters from the start of all text fed so far.
    places: FxHashMap<u32, u32>,
    /// Where each line starts, in the same count, with its index and role.
    starts: Vec<(u32, usize, Role)>,
    length: u32,
    kept: Vec<(u32, u32)>,
    hits: Vec<(u32, u32)>,
}

impl Repeats {
    /// Looks whether `paragraph` repeats an earlier one of its role; gives the index of the first line of that.
    pub(super) fn feed(&mut self, text: &str, lines: &[Raw], paragraph: &Paragraph<'_>) -> Option<usize> {
        if self.places.capacity() == 0 {
            // What a page of Chinese needs; to grow again and again would cost more than the looking up.
            self.places.reserve(text.len() / (3 * KEEP));
        }
        let from = self.length;
        let line_starts = self.starts.len();
        let length = self.shingle(text, lines, paragraph);
        let found = if length >= SHORTEST { self.earlier(length, paragraph.role) } else { None };
        if found.is_some() {
            self.starts.truncate(line_starts);
            return found;
        }
        for &(hash, at) in &self.kept {
            self.places.entry(hash).or_insert(from + at);
        }
        self.length = from + length as u32;
        None
    }

    /// Hashes the paragraph's shingles into `kept`; gives its length in characters, blanks and marks left out.
    fn shingle(&mut self, text: &str, lines: &[Raw], paragraph: &Paragraph<'_>) -> usize {
        self.kept.clear();
        let mut window = [0u32; WINDOW];
        let mut count = 0usize;
        for &line in paragraph.lines {
            self.starts.push((self.length + count as u32, line, paragraph.role));
            for c in Told(lines[line].content(text)) {
                window[count % WINDOW] = c;
                count += 1;
                if is_kept(c) && count >= SHINGLE {
                    let shingle = (count - SHINGLE..count).map(|at| window[at % WINDOW]);
                    self.kept.push((hash(shingle), (count - SHINGLE) as u32));
                }
            }
        }
        count
    }

    fn earlier(&mut self, length: usize, role: Role) -> Option<usize> {
        self.hits.clear();
        self.hits.extend(
            self.kept.iter().filter_map(|&(hash, at)| self.places.get(&hash).map(|&place| (at, place))),
        );
        if self.hits.len() < 2 && self.kept.len() > 2
            || self.hits.is_empty()
            || self.hits.len() * 3 < self.kept.len()
        {
            return None;
        }
        // The alignment that most hits share.
        let diagonal = |&(at, place): &(u32, u32)| i64::from(place) - i64::from(at);
        let mut diagonals: Vec<i64> = self.hits.iter().map(diagonal).collect();
        diagonals.sort_unstable();
        let mut best = (0, 0);
        let mut low = 0;
        for high in 0..diagonals.len() {
            while diagonals[high] - diagonals[low] > DRIFT {
                low += 1;
            }
            if high + 1 - low > best.0 {
                best = (high + 1 - low, diagonals[low]);
            }
        }
        // How much of the paragraph that alignment covers, misread characters between hits included.
        let (mut covered, mut last, mut first) = (0usize, None::<u32>, None::<(u32, u32)>);
        for hit in &self.hits {
            let drift = diagonal(hit) - best.1;
            if !(-DRIFT..=2 * DRIFT).contains(&drift) {
                continue;
            }
            let at = hit.0 as usize;
            covered += match last {
                Some(last) if at - last as usize <= REACH => at - last as usize,
                Some(_) => SHINGLE,
                None if at <= 3 * SHINGLE => at + SHINGLE,
                None => SHINGLE,
            };
            first = first.or(Some(*hit));
            last = Some(hit.0);
        }
        let (last, first) = (last? as usize, first?);
        let tail = length - last.min(length);
        covered += if tail <= 4 * SHINGLE { tail.saturating_sub(SHINGLE) } else { 0 };
        if covered * 10 < length * 8 {
            return None;
        }
        let place = first.1.saturating_sub(first.0) + 2;
        let index = self.starts.partition_point(|&(start, ..)| start <= place).checked_sub(1)?;
        let &(_, line, earlier_role) = self.starts.get(index)?;
        (earlier_role == role).then_some(line)
    }
}

/// What two readings of a text agree on: characters, letters and digits. Punctuation is what OCR gets wrong most; it
/// tells nothing apart.
struct Told<'t>(&'t str);

impl Iterator for Told<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        // Nearly all of a page is in the first range; asking Unicode about each would take half the time.
        if let Some(code) = ideograph(self.0.as_bytes()) {
            self.0 = &self.0[3..];
            return Some(code);
        }
        let mut chars = self.0.chars();
        loop {
            let c = chars.next()?;
            let told = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
                || c.is_ascii_alphanumeric()
                || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
                || c as u32 >= 0x2_0000 && c.is_alphanumeric();
            if told {
                self.0 = chars.as_str();
                return Some(c as u32);
            }
        }
    }
}

/// True for a fixed quarter of all characters.
#[inline]
fn is_kept(c: u32) -> bool {
    c.wrapping_mul(SPREAD as u32) >> 30 == 0
}

#[inline]
fn hash(shingle: impl Iterator<Item = u32>) -> u32 {
    let hash = shingle.fold(0, |hash: u64, c| hash.wrapping_add(c.into()).wrapping_mul(SPREAD));
    (hash >> 32) as u32
}
