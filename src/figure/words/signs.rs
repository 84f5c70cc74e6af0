//! What each character can be inside a figure, looked up in one table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::UnitKind;
use super::groups::{Group, Grouping, Groups};
use crate::packed::Records;

/// The role a character can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// Anything that is none of the others: signs, symbols.
    #[default]
    Other,
    /// A Chinese character that is no numeral.
    Han,
    /// A Latin, Greek or other letter.
    Letter,
    /// An Arabic digit, full-width ones included.
    Digit,
    /// A Chinese digit: 〇 to 九, 两.
    Numeral,
    /// A digit of the formal set (壹 貳 叁 …), which also stand in ordinary words (陆地, 队伍).
    Formal,
    /// 十 百 千 万 亿 and what they are written like.
    Scale,
    /// A scale of the formal set: 拾 佰 仟.
    FormalScale,
    /// A blank of any width, a line end.
    Blank,
    /// The pause 、 between things of a list.
    Pause,
    /// A comma, a colon, a semicolon.
    Clause,
    /// A full stop, an exclamation or question mark.
    Stop,
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
    /// A bracket of any shape.
    Bracket,
}

impl Kind {
    /// Every kind, in this order.
    pub(crate) const ALL: [Self; 15] = [
        Self::Other,
        Self::Han,
        Self::Letter,
        Self::Digit,
        Self::Numeral,
        Self::Formal,
        Self::Scale,
        Self::FormalScale,
        Self::Blank,
        Self::Pause,
        Self::Clause,
        Self::Stop,
        Self::Open,
        Self::Close,
        Self::Bracket,
    ];

    /// True for whatever can begin a number.
    #[inline]
    pub(crate) fn is_numeric(self) -> bool {
        self.is_of(DIGITS | CHINESE)
    }

    /// True for a digit of any set.
    #[inline]
    pub(crate) fn is_digit(self) -> bool {
        self.is_of(DIGITS)
    }

    /// True for the numerals of Chinese.
    #[inline]
    pub(crate) fn is_chinese(self) -> bool {
        self.is_of(CHINESE)
    }

    /// True for a mark at which a phrase ends.
    #[inline]
    pub(crate) fn ends_phrase(self) -> bool {
        self.is_of(CLAUSE_ENDS | Self::Pause.bit())
    }

    /// True for the characters of Chinese, numerals or not.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.is_of(CHINESE | Self::Han.bit())
    }

    /// True for the formal set.
    #[inline]
    pub(crate) fn is_formal(self) -> bool {
        self.is_of(Self::Formal.bit() | Self::FormalScale.bit())
    }

    /// True for a mark at which a clause ends.
    #[inline]
    pub(crate) fn ends_clause(self) -> bool {
        self.is_of(CLAUSE_ENDS)
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// True for one of the kinds that have their bits in `kinds`.
    #[inline]
    const fn is_of(self, kinds: u16) -> bool {
        self.bit() & kinds != 0
    }
}

/// The digits of every set, the numerals of Chinese, and the marks at which a clause ends.
const DIGITS: u16 = Kind::Digit.bit() | Kind::Numeral.bit() | Kind::Formal.bit();
const CHINESE: u16 = Kind::Numeral.bit() | Kind::Formal.bit() | Kind::Scale.bit() | Kind::FormalScale.bit();
const CLAUSE_ENDS: u16 = Kind::Clause.bit() | Kind::Stop.bit();

/// What is known of one character.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sign {
    /// The plain form of the character (half-width, simplified, not formal); 0 where it is plain itself.
    fold: u16,
    /// What it can be.
    pub(crate) kind: Kind,
    /// Those that its plain form is alike.
    pub(crate) group: Group,
    /// What must be known of it to find the next figure.
    marks: u8,
    /// At which places the words have a numeral that begin with its plain form, one bit a place.
    pub(crate) places: u8,
}

/// The most characters of a word that its numeral is looked for among.
const WORD_PLACES: usize = 5;

/// A figure may begin with it, or it must be read to understand what follows.
const BEGINS: u8 = 1;
/// Clauses are told apart by it when looking for the next figure.
const PARTS: u8 = 2;
/// A figure is looked for where it stands.
const STARTS: u8 = 4;
/// It is a character of Chinese, numeral or not.
const PLAIN: u8 = 8;
/// It may be a misread digit, without any digit beside it.
const MISREAD: u8 = 16;
/// It is a sign of three bytes that nothing is to be looked into for, outside quotation marks.
const SIMPLE: u8 = 32;
/// All of these.
const MARKS: u8 = 63;

impl Sign {
    /// True for a character at which a figure is looked for.
    #[inline]
    pub(crate) fn starts_figure(self) -> bool {
        self.marks & STARTS != 0
    }

    /// True for a character of Chinese, numeral or not.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.marks & PLAIN != 0
    }

    /// True for a sign of three bytes that needs no look at what stands around it, outside quotation marks.
    #[inline]
    pub(crate) fn is_simple(self) -> bool {
        self.marks & SIMPLE != 0
    }

    /// True for a mark that parts two clauses.
    #[inline]
    pub(crate) fn parts_clauses(self) -> bool {
        self.marks & PARTS != 0
    }

    /// The plain form of `c`, whose sign this is.
    pub(crate) fn plain(self, c: char) -> char {
        if self.fold == 0 { c } else { char::from_u32(u32::from(self.fold)).unwrap_or(c) }
    }
}

/// What is known of every character, in one table: a text has each of its characters looked up once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Signs {
    table: Records<SIGN>,
    /// The marks by themselves, where little else lies between them: most of a text is looked through for the next
    /// figure and never read.
    marks: Records<1>,
    /// The groups of the first characters where they stand for a letter, and where they stand for a sign.
    other_groups: Vec<[Group; 2]>,
}

/// How many bytes a sign takes: its plain form, its kind, marks and places, and the two numbers of its group.
const SIGN: usize = 8;

/// How many characters may stand for a letter or a sign whatever they are: those of one byte, and a few signs that LaTeX
/// has commands for.
const FIRST: u8 = u8::MAX;

/// What a character is to one who looks for the next figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// Nothing.
    Nothing,
    /// A figure may begin with it, or it must be read to understand what follows.
    Figure,
    /// It parts two clauses.
    Border,
}

impl Sign {
    fn bytes(self) -> [u8; SIGN] {
        let known = u16::from(self.kind as u8) | u16::from(self.marks) << 4 | u16::from(self.places) << 11;
        let bits = u32::from(self.fold) | u32::from(known) << 16;
        (u64::from(bits) | u64::from(self.group.bits()) << 32).to_le_bytes()
    }

    #[inline]
    fn read(bytes: [u8; SIGN]) -> Self {
        let bits = u64::from_le_bytes(bytes);
        Self {
            fold: bits as u16,
            kind: KINDS[(bits >> 16) as usize % KINDS.len()],
            marks: (bits >> 20) as u8 & MARKS,
            places: (bits >> 27) as u8 % (1 << WORD_PLACES),
            group: Group::of((bits >> 32) as u32),
        }
    }
}

/// The kinds, by the four bits that stand for each.
const KINDS: [Kind; 16] = {
    let mut kinds = [Kind::Other; 16];
    let mut number = 0;
    while number < Kind::ALL.len() {
        kinds[number] = Kind::ALL[number];
        number += 1;
    }
    kinds
};

impl Signs {
    /// The table, where it lies.
    pub(crate) fn rows(&self) -> SignRows<'_> {
        SignRows { signs: self.table.from(0), marks: self.marks.from(0), others: &self.other_groups }
    }
}

/// What is known of every character, where it lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignRows<'r> {
    signs: &'r [[u8; SIGN]],
    marks: &'r [[u8; 1]],
    others: &'r [[Group; 2]],
}

impl SignRows<'_> {
    /// What is known of `c`. A character outside the basic plane is nothing special, but may be on any list.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Sign {
        let outside = Sign { fold: 0, kind: Kind::Other, group: Group::OUTSIDE, marks: 0, places: u8::MAX };
        self.signs.get(c as usize).map_or(outside, |bytes| Sign::read(*bytes))
    }

    /// The group of `c`, a plain form, where it is taken to be of `kind`, whatever the table says.
    #[inline]
    pub(crate) fn group_as(&self, c: char, kind: Kind) -> Group {
        let sign = self.get(c);
        match self.others.get(c as usize) {
            _ if sign.kind == kind => sign.group,
            Some(&[letter, other]) => {
                if kind == Kind::Letter {
                    letter
                } else {
                    other
                }
            }
            None => sign.group,
        }
    }

    /// What `c` is to one who looks for the next figure.
    #[inline]
    pub(crate) fn ahead(&self, c: char) -> Ahead {
        let marks = self.marks(c);
        match (marks & BEGINS, marks & PARTS) {
            (0, 0) => Ahead::Nothing,
            (0, _) => Ahead::Border,
            _ => Ahead::Figure,
        }
    }

    /// False for a text in which nothing may begin a figure, nor be a misread beginning of one.
    pub(crate) fn may_have_figures(&self, text: &str) -> bool {
        text.chars().any(|c| self.marks(c) & (BEGINS | MISREAD) != 0)
    }

    #[inline]
    fn marks(&self, c: char) -> u8 {
        self.marks.get(c as usize).map_or(0, |[marks]| *marks)
    }
}

/// The same while it is made.
#[derive(Debug)]
pub(super) struct SignTable {
    signs: Vec<Sign>,
    /// The word lists that have a word which begins with a plain form (or ends with it, where a list is read backwards),
    /// one bit a list, and the kinds of the units among them, one bit a kind.
    words: BTreeMap<char, (u128, u16)>,
    /// At which places the words have a numeral that begin with a plain form, one bit a place.
    places: BTreeMap<char, u8>,
}

static VARIANTS: &str = include_str!("../../../data/figures/variants.txt");
static TRADITIONAL: &str = include_str!("../../../data/fold.txt");

/// What a figure may begin with besides numerals; tags and LaTeX marks have a meaning for what follows.
const BEGINNINGS: [char; 3] = ['$', '\\', '<'];

/// A figure without a numeral: 半年.
const HALF: char = '半';

/// The letter that an OCR program reads for a 1: l小时.
const LETTER_ONE: char = 'l';

/// The marks at which clauses are told apart when looking for the next figure.
const PARTING: [char; 5] = ['，', '。', '；', '！', '？'];

/// The kinds of signs that tell something of what stands around them.
const SPECIAL: [Kind; 3] = [Kind::Blank, Kind::Open, Kind::Close];

/// How many characters the table has: those of the basic plane.
const PLANE: usize = 1 << 16;

impl SignTable {
    /// All characters, on no word list yet.
    pub(super) fn new() -> Self {
        let mut table =
            Self { signs: vec![Sign::default(); PLANE], words: BTreeMap::new(), places: BTreeMap::new() };
        table.set_kinds();
        table.set_folds();
        table
    }

    /// The table, with the group of every character, and what is known of each group.
    pub(super) fn finish(mut self, mut grouping: Grouping<'_>) -> (Signs, Groups) {
        let mut marks = vec![[0]; PLANE];
        for c in (0..=u16::MAX).filter_map(|c| char::from_u32(u32::from(c))) {
            let sign = self.get(c);
            let group = grouping.of(&self, sign.plain(c), sign.kind);
            let starts = sign.kind.is_numeric() || sign.plain(c) == HALF;
            let begins = starts || BEGINNINGS.contains(&sign.plain(c));
            let known = [
                (BEGINS, begins),
                (PARTS, !begins && PARTING.contains(&c)),
                (STARTS, starts),
                (PLAIN, sign.kind.is_plain()),
                (MISREAD, c == LETTER_ONE),
                (SIMPLE, c.len_utf8() == 3 && !SPECIAL.contains(&sign.kind)),
            ];
            let known = known.into_iter().filter(|known| known.1).fold(0, |all, (mark, _)| all | mark);
            marks[c as usize] = [known];
            let places = self.places.get(&sign.plain(c)).copied().unwrap_or_default();
            self.set(c, |sign| (sign.group, sign.marks, sign.places) = (group, known, places));
        }
        let first = (0..=FIRST).map(char::from);
        let other_groups = first.map(|c| [Kind::Letter, Kind::Other].map(|kind| grouping.of(&self, c, kind)));
        let signs = Signs {
            other_groups: other_groups.collect(),
            table: self.signs.iter().copied().map(Sign::bytes).collect(),
            marks: marks.into_iter().collect(),
        };
        (signs, grouping.finish())
    }

    fn get(&self, c: char) -> Sign {
        self.signs.get(c as usize).copied().unwrap_or_default()
    }

    /// What `c` can be.
    pub(super) fn kind(&self, c: char) -> Kind {
        self.get(c).kind
    }

    /// The plain form of `c`.
    pub(super) fn fold(&self, c: char) -> char {
        self.get(c).plain(c)
    }

    /// Marks at which places `word` has a numeral, in the sign of its first character.
    pub(super) fn begins_word(&mut self, word: &str) {
        let is_numeral = |c| !matches!(self.kind(c), Kind::Han | Kind::Letter) || self.fold(c) == HALF;
        let places = word.chars().take(WORD_PLACES).enumerate().filter(|&(_, c)| is_numeral(c));
        let places = places.fold(0, |all, (place, _)| all | 1 << place);
        if let Some(first) = word.chars().next() {
            *self.places.entry(self.fold(first)).or_default() |= places;
        }
    }

    /// Notes that a word of `list` begins with `c`, a plain form.
    pub(super) fn put_on_list(&mut self, c: char, list: u32) {
        self.words.entry(c).or_default().0 |= 1 << list;
    }

    /// Notes that a unit of that kind begins with `c`.
    pub(super) fn begins_unit(&mut self, c: char, kind: UnitKind) {
        let plain = self.fold(c);
        self.words.entry(plain).or_default().1 |= 1 << kind as u16;
    }

    /// The lists that have words which begin with `c`, a plain form, and the kinds of units that do.
    pub(super) fn words(&self, c: char) -> (u128, u16) {
        self.words.get(&c).copied().unwrap_or_default()
    }

    fn set_kinds(&mut self) {
        let ranges = [
            (0x00, 0x20, Kind::Blank),
            (0x30, 0x39, Kind::Digit),
            (0x41, 0x5a, Kind::Letter),
            (0x61, 0x7a, Kind::Letter),
            (0xc0, 0x24f, Kind::Letter),
            (0x370, 0x52f, Kind::Letter),
            (0x2000, 0x200f, Kind::Blank),
            (0x2028, 0x202f, Kind::Blank),
            (0x3400, 0x9fff, Kind::Han),
            (0xf900, 0xfaff, Kind::Han),
            (0x3040, 0x30ff, Kind::Letter),
            (0xac00, 0xd7a3, Kind::Letter),
        ];
        for (from, to, kind) in ranges {
            self.signs.get_mut(from..=to).into_iter().flatten().for_each(|sign| sign.kind = kind);
        }
        let singles = [
            ("\u{a0}\u{3000}\u{feff}\u{205f}\u{ad}", Kind::Blank),
            ("〇零一二三四五六七八九两", Kind::Numeral),
            ("壹弌贰貳弍叁叄弎參肆伍陆陸柒捌玖", Kind::Formal),
            ("十百千万萬亿億廿卄卅卌兆", Kind::Scale),
            ("拾佰仟", Kind::FormalScale),
            ("○◯", Kind::Numeral),
            ("兩両", Kind::Numeral),
            ("、", Kind::Pause),
            (",，:：;；∶︰﹕﹐", Kind::Clause),
            ("。！？!?…", Kind::Stop),
            ("“‘「『〝", Kind::Open),
            ("”’」』〞", Kind::Close),
            ("()（）[]【】〔〕《》〈〉<>{}", Kind::Bracket),
        ];
        for (chars, kind) in singles {
            for c in chars.chars() {
                self.set(c, |sign| sign.kind = kind);
            }
        }
        // Full-width signs are the half-width ones moved by a constant; their kind moves with them.
        for plain in '!'..='~' {
            if let Some(wide) = char::from_u32(plain as u32 + 0xfee0) {
                let kind = self.get(plain).kind;
                self.set(wide, |sign| sign.kind = kind);
            }
        }
    }

    fn set_folds(&mut self) {
        for (wide, plain) in [('²', '2'), ('³', '3'), ('µ', 'μ'), ('＄', '$'), ('￥', '¥'), ('￡', '£')]
        {
            self.set_fold(wide, plain);
        }
        for plain in '!'..='~' {
            if let Some(wide) = char::from_u32(plain as u32 + 0xfee0) {
                self.set_fold(wide, plain);
            }
        }
        self.set_fold('參', '三');
        for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            let Some(plain) = chars.next() else { continue };
            chars.for_each(|other| self.set_fold(other, plain));
        }
        for line in TRADITIONAL.lines().filter(|line| !line.starts_with('#')) {
            let Some((plain, others)) = line.split_once(' ') else { continue };
            let Some(plain) = plain.chars().next() else { continue };
            others.chars().for_each(|other| self.set_fold(other, plain));
        }
    }

    fn set(&mut self, c: char, change: impl FnOnce(&mut Sign)) {
        if let Some(sign) = self.signs.get_mut(c as usize) {
            change(sign);
        }
    }

    /// Sets the plain form of `c`. What has one already is a numeral, or plain for some other reason.
    fn set_fold(&mut self, c: char, plain: char) {
        let Ok(form) = u16::try_from(plain as u32) else { return };
        if self.get(c).fold == 0 && c != plain {
            self.set(c, |sign| sign.fold = form);
        }
    }
}

/// The value of a folded digit, Arabic or Chinese.
pub(crate) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => c as u8 - b'0',
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The power of ten that a folded scale word stands for.
pub(crate) fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        '京' => 16,
        '垓' => 20,
        _ => return None,
    })
}
