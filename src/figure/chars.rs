//! What each character can be inside a figure, looked up in one table.

/// The role a character can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
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
    /// True for whatever can begin a number.
    pub(super) fn is_numeric(self) -> bool {
        self.is_digit() || self.is_chinese()
    }

    /// True for a digit of any set.
    pub(super) fn is_digit(self) -> bool {
        [Self::Digit, Self::Numeral, Self::Formal].contains(&self)
    }

    /// True for the numerals of Chinese.
    pub(super) fn is_chinese(self) -> bool {
        [Self::Numeral, Self::Formal, Self::Scale, Self::FormalScale].contains(&self)
    }

    /// True for a mark at which a phrase ends.
    pub(super) fn ends_phrase(self) -> bool {
        [Self::Clause, Self::Stop, Self::Pause].contains(&self)
    }

    /// True for the characters of Chinese, numerals or not.
    pub(super) fn is_plain(self) -> bool {
        self == Self::Han || self.is_chinese()
    }

    /// True for the formal set.
    pub(super) fn is_formal(self) -> bool {
        [Self::Formal, Self::FormalScale].contains(&self)
    }

    /// True for a mark at which a clause ends.
    pub(super) fn ends_clause(self) -> bool {
        [Self::Clause, Self::Stop].contains(&self)
    }
}

/// What is known of one character.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sign {
    /// The plain form of the character (half-width, simplified, not formal); 0 where it is plain itself.
    fold: u16,
    /// What it can be.
    pub(super) kind: Kind,
    /// The word lists that have a word which begins with its plain form (or ends with it, where a list is read
    /// backwards), one bit a list.
    pub(super) lists: u32,
}

impl Sign {
    /// The plain form of `c`, whose sign this is.
    pub(super) fn plain(self, c: char) -> char {
        if self.fold == 0 { c } else { char::from_u32(u32::from(self.fold)).unwrap_or(c) }
    }
}

/// What is known of every character, in one table: a text has each of its characters looked up once.
#[derive(Debug, Clone)]
pub(super) struct Signs {
    table: Vec<Sign>,
    /// The characters that have another plain form.
    variants: Vec<u16>,
    /// One bit a character: whether a figure may begin with it.
    beginnings: Vec<u64>,
}

static VARIANTS: &str = include_str!("../../data/figures/variants.txt");
static TRADITIONAL: &str = include_str!("../../data/fold.txt");

/// What a figure may begin with besides numerals; tags and LaTeX marks have a meaning for what follows.
const BEGINNINGS: [char; 4] = ['半', '$', '\\', '<'];

/// How many characters the table has: those of the basic plane.
const PLANE: usize = 1 << 16;

impl Signs {
    /// All characters, on no word list yet.
    pub(super) fn new() -> Self {
        let mut signs = Self {
            table: vec![Sign::default(); PLANE],
            variants: Vec::with_capacity(4096),
            beginnings: vec![0; PLANE / 64],
        };
        signs.set_kinds();
        signs.set_folds();
        signs.set_beginnings();
        signs
    }

    /// What is known of `c`. A character outside the basic plane is nothing special, but may be on any list.
    #[inline]
    pub(super) fn get(&self, c: char) -> Sign {
        self.table.get(c as usize).copied().unwrap_or(Sign { fold: 0, kind: Kind::Other, lists: u32::MAX })
    }

    /// The plain form of `c`.
    pub(super) fn fold(&self, c: char) -> char {
        self.get(c).plain(c)
    }

    /// True for what a figure may begin with, and for marks that must be read to understand what follows them.
    #[inline]
    pub(super) fn begins_figure(&self, c: char) -> bool {
        let c = c as usize;
        self.beginnings.get(c / 64).is_some_and(|bits| bits >> (c % 64) & 1 == 1)
    }

    /// Puts `c`, a plain form, on the lists of `bits`.
    pub(super) fn put_on_lists(&mut self, c: char, bits: u32) {
        if let Some(sign) = self.table.get_mut(c as usize) {
            sign.lists |= bits;
        }
    }

    /// Gives characters with another plain form the lists of that form, once all are marked.
    pub(super) fn mark_variants(&mut self) {
        for &c in &self.variants {
            let lists =
                self.table.get(usize::from(c)).and_then(|sign| self.table.get(usize::from(sign.fold)));
            let lists = lists.map_or(0, |plain| plain.lists);
            if let Some(sign) = self.table.get_mut(usize::from(c)) {
                sign.lists = lists;
            }
        }
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
            self.table.get_mut(from..=to).into_iter().flatten().for_each(|sign| sign.kind = kind);
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

    fn set_beginnings(&mut self) {
        for (c, sign) in self.table.iter().enumerate() {
            let plain = u32::try_from(c).ok().and_then(char::from_u32).map(|c| sign.plain(c));
            let begins = sign.kind.is_numeric() || plain.is_some_and(|plain| BEGINNINGS.contains(&plain));
            if let Some(word) = self.beginnings.get_mut(c / 64) {
                *word |= u64::from(begins) << (c % 64);
            }
        }
    }

    fn set(&mut self, c: char, change: impl FnOnce(&mut Sign)) {
        if let Some(sign) = self.table.get_mut(c as usize) {
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
pub(super) fn digit(c: char) -> Option<u8> {
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
pub(super) fn scale(c: char) -> Option<u32> {
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
