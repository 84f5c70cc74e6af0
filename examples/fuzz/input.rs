//! Inputs: pieces of pages, mutated, put into the files of other programs, encoded, packed and damaged at random.

use crate::form::{self, FORMS, Made};
use crate::packing::PACKINGS;

/// What pages are made of, and what has been trouble elsewhere.
pub(crate) const PIECES: &[&str] = &[
    "本报讯（记者 王小川 通讯员 李一）",
    "第4版",
    "2021年2月25日 星期四",
    "农历正月十四",
    "■",
    "●",
    "【",
    "】",
    "“",
    "”",
    "（",
    "）",
    "#",
    "**",
    "|",
    "---",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\t",
    "    ",
    "\u{3000}\u{3000}",
    "\u{feff}",
    "\u{200d}",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{0}",
    "\u{301}",
    "👨‍👩‍👧",
    "⼯⼈",
    "１２３",
    "一万亿",
    "百分之三点五",
    "99999999999999999999999999999",
    "1,234.5亿元",
    "三分之〇",
    "近5成",
    "2月30日",
    "十四五",
    "图为",
    "摄",
    "（转第3版）",
    "上接第1版",
    "责任编辑",
    "{\"text\":\"",
    "\"}",
    "<p>",
    "</p>",
    ",",
    ",,,,",
    "=HYPERLINK(1)",
    "从3%提高到5%",
    "同比增长",
    "至",
    "～",
    "℃",
    "No.",
    "http://a.cn",
    "a@b.cn",
    "共同富裕",
    "浙工惠",
];

/// Numbers without a pattern (Steele, Lea & Flood 2014: SplitMix).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub(crate) fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(60)).min(length)
    }
}

/// How long a piece of a page is, in bytes, where it is no whole page.
const PIECE: std::ops::Range<usize> = 100..1_500;
/// One input in so many is a whole page, and one in so many of these is a long one.
const WHOLE: usize = 64;
const LONG_ONES: usize = 128;
/// How often a whole page stands in a long input.
const LONG: usize = 40;

/// Files that belong together: the last holds the text, and the first is the one that is named.
pub(crate) struct Input {
    /// What it is: a form, an encoding, how it is packed.
    pub(crate) names: Vec<String>,
    /// Names and bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// A piece of a seed, or all of it, mutated a few times.
pub(crate) fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = chance.of(seeds);
    let mut bytes = match chance.below(WHOLE) {
        0 => seed.repeat(if chance.below(LONG_ONES) == 0 { LONG } else { 1 }),
        _ => {
            let start = chance.below(seed.len().saturating_sub(PIECE.start));
            let length = PIECE.start + chance.below(PIECE.len());
            seed.iter().skip(start).take(length).copied().collect()
        }
    };
    for _ in 0..=chance.below(6) {
        mutate(chance, &mut bytes, seeds);
    }
    bytes
}

fn mutate(chance: &mut Chance, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let range = chance.range(bytes.len());
    let at = range.start;
    match chance.below(8) {
        0 => drop(bytes.drain(range)),
        1 => *bytes = [&bytes[..range.end], &bytes[range.start..]].concat(),
        2 => drop(bytes.splice(at..at, chance.of(PIECES).bytes())),
        3 => drop(bytes.splice(range, chance.of(PIECES).bytes())),
        4 => {
            let most = if chance.below(LONG_ONES) == 0 { 2_000 } else { 20 };
            let piece = chance.of(PIECES).repeat(1 + chance.below(most));
            drop(bytes.splice(at..at, piece.into_bytes()));
        }
        5 => {
            let other = chance.of(seeds);
            drop(bytes.splice(at..at, other[chance.range(other.len())].to_vec()));
        }
        6 if at < bytes.len() => bytes[at] = chance.next() as u8,
        _ => bytes.truncate(bytes.len() - chance.below(bytes.len() / 8 + 1)),
    }
}

/// The bytes in some form and encoding, packed, and sometimes damaged.
pub(crate) fn dressed(chance: &mut Chance, bytes: Vec<u8>, seeds: &[Vec<u8>]) -> Input {
    let form = if chance.below(3) == 0 { &FORMS[0] } else { chance.of(FORMS) };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (mut bytes, is_text) = match &form.made {
        Made::Plain => (bytes, true),
        Made::Around(shape) => (shape.around(&text, chance.below(2) == 0).into_bytes(), true),
        Made::Text(make) => (make(chance, &text).into_bytes(), true),
        Made::Binary(make) => (make(&text), false),
    };
    let mut names = vec![format!("form {}", form.name)];
    if is_text {
        let (name, encoded) = encoded(chance, bytes);
        names.push(format!("written in {name}"));
        bytes = encoded;
    }
    let mut name = format!("input.{}", form.ending);
    if chance.below(8) == 0 {
        let packing = chance.of(PACKINGS);
        names.push(format!("packed {}", packing.ending));
        bytes = (packing.pack)(&name, &bytes);
        name = format!("{name}.{}", packing.ending);
    }
    // What stands in no form is mutated enough.
    let damages = if is_text { chance.below(2) } else { chance.below(3) };
    (0..damages).for_each(|_| mutate(chance, &mut bytes, seeds));
    if chance.below(16) == 0 {
        name = "input".into();
    }
    let mut files = vec![(name, bytes)];
    if form.name == "mets" {
        files.push(("1.txt".into(), form::page(&text)));
    }
    Input { names, files }
}

/// The bytes in some encoding.
fn encoded(chance: &mut Chance, bytes: Vec<u8>) -> (&'static str, Vec<u8>) {
    let text = || String::from_utf8_lossy(&bytes);
    match chance.below(16) {
        0 => ("gb18030", encoding_rs::GB18030.encode(&text()).0.into_owned()),
        1 => ("big5", encoding_rs::BIG5.encode(&text()).0.into_owned()),
        2 => ("utf-16le", text().encode_utf16().flat_map(u16::to_le_bytes).collect()),
        3 => ("utf-16be", format!("\u{feff}{}", text()).encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => ("utf-8", bytes),
    }
}
