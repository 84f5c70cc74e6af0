//! What each character can be inside a figure, looked up in one table.

use serde::{Deserialize, Serialize};

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
    pub(crate) fn is_numeric(self) -> bool {
        self.is_digit() || self.is_chinese()
    }

    /// True for a digit of any set.
    pub(crate) fn is_digit(self) -> bool {
        [Self::Digit, Self::Numeral, Self::Formal].contains(&self)
    }

    /// True for the numerals of Chinese.
    pub(crate) fn is_chinese(self) -> bool {
        [Self::Numeral, Self::Formal, Self::Scale, Self::FormalScale].contains(&self)
    }

    /// True for a mark at which a phrase ends.
    pub(crate) fn ends_phrase(self) -> bool {
        [Self::Clause, Self::Stop, Self::Pause].contains(&self)
    }

    /// True for the characters of Chinese, numerals or not.
    pub(crate) fn is_plain(self) -> bool {
        self == Self::Han || self.is_chinese()
    }

    /// True for the formal set.
    pub(crate) fn is_formal(self) -> bool {
        [Self::Formal, Self::FormalScale].contains(&self)
    }

    /// True for a mark at which a clause ends.
    pub(crate) fn ends_clause(self) -> bool {
        [Self::Clause, Self::Stop].contains(&self)
    }
}

/// What is known of one character.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sign {
    /// The plain form of the character (half-width, simplified, not formal); 0 where it is plain itself.
    fold: u16,
    /// What it can be.
    pub(crate) kind: Kind,
    /// The word lists that have a word which begins with its plain form (or ends with it, where a list is read
    /// backwards), one bit a list.
    pub(crate) lists: u32,
}

impl Sign {
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
    /// One bit a character: whether a figure may begin with it.
    beginnings: Records<1>,
}

/// How many bytes a sign takes: its lists, its plain form, its kind, and one to make eight.
const SIGN: usize = 8;

impl Sign {
    fn bytes(self) -> [u8; SIGN] {
        let [a, b, c, d] = self.lists.to_le_bytes();
        let [e, f] = self.fold.to_le_bytes();
        [a, b, c, d, e, f, self.kind as u8, 0]
    }

    #[inline]
    fn read([a, b, c, d, e, f, kind, _]: [u8; SIGN]) -> Self {
        Self {
            fold: u16::from_le_bytes([e, f]),
            kind: Kind::ALL.get(usize::from(kind)).copied().unwrap_or_default(),
            lists: u32::from_le_bytes([a, b, c, d]),
        }
    }
}

impl Signs {
    /// What is known of `c`. A character outside the basic plane is nothing special, but may be on any list.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Sign {
        let bytes = self.table.get(c as usize);
        bytes.map_or(Sign { fold: 0, kind: Kind::Other, lists: u32::MAX }, |bytes| Sign::read(*bytes))
    }

    /// True for what a figure may begin with, and for marks that must be read to understand what follows them.
    #[inline]
    pub(crate) fn begins_figure(&self, c: char) -> bool {
        let c = c as usize;
        self.beginnings.get(c / 8).is_some_and(|[bits]| bits >> (c % 8) & 1 == 1)
    }
}

/// The same while it is made.
#[derive(Debug)]
pub(super) struct SignTable {
    signs: Vec<Sign>,
    /// The characters that have another plain form.
    variants: Vec<u16>,
}

static VARIANTS: &str = include_str!("../../../data/figures/variants.txt");
static TRADITIONAL: &str = include_str!("../../../data/fold.txt");

/// What a figure may begin with besides numerals; tags and LaTeX marks have a meaning for what follows.
const BEGINNINGS: [char; 4] = ['半', '$', '\\', '<'];

/// How many characters the table has: those of the basic plane.
const PLANE: usize = 1 << 16;

impl SignTable {
    /// All characters, on no word list yet.
    pub(super) fn new() -> Self {
        let mut table = Self { signs: vec![Sign::default(); PLANE], variants: Vec::new() };
        table.set_kinds();
        table.set_folds();
        table
    }

    /// The table, with the lists of every character.
    pub(super) fn finish(mut self) -> Signs {
        // Characters with another plain form have the lists of that form.
        for &c in &self.variants {
            let plain = usize::from(self.signs[usize::from(c)].fold);
            self.signs[usize::from(c)].lists = self.signs[plain].lists;
        }
        let mut beginnings = vec![0_u8; PLANE / 8];
        let characters = (0..=u16::MAX).filter_map(|c| char::from_u32(u32::from(c)));
        for (c, sign) in characters.map(|c| (c, self.get(c))) {
            let begins = sign.kind.is_numeric() || BEGINNINGS.contains(&sign.plain(c));
            beginnings[c as usize / 8] |= u8::from(begins) << (c as usize % 8);
        }
        Signs {
            table: self.signs.into_iter().map(Sign::bytes).collect(),
            beginnings: beginnings.into_iter().map(|bits| [bits]).collect(),
        }
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

    /// Puts `c`, a plain form, on the lists of `bits`.
    pub(super) fn put_on_lists(&mut self, c: char, bits: u32) {
        self.set(c, |sign| sign.lists |= bits);
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
        let (Ok(other), Ok(plain)) = (u16::try_from(c as u32), u16::try_from(plain as u32)) else { return };
        if self.get(c).fold == 0 && other != plain {
            self.set(c, |sign| sign.fold = plain);
            self.variants.push(other);
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
