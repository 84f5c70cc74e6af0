//! What each character can be inside a figure, looked up in one table.

use std::sync::LazyLock;

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
        matches!(self, Self::Digit | Self::Numeral | Self::Formal | Self::Scale | Self::FormalScale)
    }

    /// True for the numerals of Chinese.
    pub(super) fn is_chinese(self) -> bool {
        matches!(self, Self::Numeral | Self::Formal | Self::Scale | Self::FormalScale)
    }

    /// True for the characters of Chinese, numerals or not.
    pub(super) fn is_plain(self) -> bool {
        self == Self::Han || self.is_chinese()
    }

    /// True for the formal set.
    pub(super) fn is_formal(self) -> bool {
        matches!(self, Self::Formal | Self::FormalScale)
    }

    /// True for a mark at which a clause ends.
    pub(super) fn ends_clause(self) -> bool {
        matches!(self, Self::Clause | Self::Stop)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Info {
    /// The plain form of the character: half-width, simplified, not formal.
    pub(super) fold: u16,
    /// What it can be.
    pub(super) kind: Kind,
}

impl Info {
    /// The plain form of `c`, whose line this is.
    pub(super) fn plain(self, c: char) -> char {
        if self.fold == 0 { c } else { char::from_u32(u32::from(self.fold)).unwrap_or(c) }
    }
}

static VARIANTS: &str = include_str!("../../data/figures/variants.txt");
static TRADITIONAL: &str = include_str!("../../data/fold.txt");

static TABLE: LazyLock<Vec<Info>> = LazyLock::new(build);

/// The whole table, for the characters of the basic plane.
pub(super) fn table() -> &'static [Info] {
    &TABLE
}

static BEGINNINGS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; TABLE.len() / 64 + 1];
    for (c, info) in TABLE.iter().enumerate() {
        let half = u32::from(info.fold) == '半' as u32;
        // Tags and LaTeX marks have a meaning for what follows.
        let mark = matches!(u8::try_from(c), Ok(b'$' | b'\\' | b'<'));
        if (info.kind.is_numeric() || half || mark)
            && let Some(word) = bits.get_mut(c / 64)
        {
            *word |= 1 << (c % 64);
        }
    }
    bits
});

/// True for what a figure may begin with, and for marks that must be read to understand what follows them.
pub(super) fn begins_figure(c: char) -> bool {
    let c = c as usize;
    BEGINNINGS.get(c / 64).is_some_and(|bits| bits >> (c % 64) & 1 == 1)
}

/// The plain form of `c`.
pub(super) fn fold(c: char) -> char {
    let info = TABLE.get(c as usize);
    info.and_then(|info| char::from_u32(u32::from(info.fold))).unwrap_or(c)
}

/// What `c` can be.
pub(super) fn kind_of(c: char) -> Kind {
    TABLE.get(c as usize).map_or(Kind::Other, |info| info.kind)
}

fn build() -> Vec<Info> {
    let mut table: Vec<Info> = (0..=u16::MAX).map(|c| Info { fold: c, kind: Kind::Other }).collect();
    let kinds: [(std::ops::RangeInclusive<u16>, Kind); 13] = [
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
        (0xd800, 0xdfff, Kind::Other),
    ]
    .map(|(from, to, kind)| (from..=to, kind));
    for (range, kind) in kinds {
        for c in range {
            table[usize::from(c)].kind = kind;
        }
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
            table[c as usize].kind = kind;
        }
    }
    for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars();
        let Some(plain) = chars.next() else { continue };
        for other in chars {
            table[other as usize].fold = plain as u16;
        }
    }
    table['參' as usize].fold = '三' as u16;
    for line in TRADITIONAL.lines().filter(|line| !line.starts_with('#')) {
        let Some((plain, others)) = line.split_once(' ') else { continue };
        let Some(plain) = plain.chars().next().and_then(|c| u16::try_from(c as u32).ok()) else { continue };
        for other in others.chars() {
            // What folds already is a numeral, or plain for some other reason.
            if let Some(info) =
                table.get_mut(other as usize).filter(|info| u32::from(info.fold) == other as u32)
            {
                info.fold = plain;
            }
        }
    }
    // Full-width signs are the half-width ones moved by a constant; their kind moves with them.
    for c in 0x21..=0x7e_usize {
        let wide = c + 0xfee0;
        table[wide].fold = table[c].fold;
        table[wide].kind = table[c].kind;
    }
    for (wide, plain) in [('²', '2'), ('³', '3'), ('µ', 'μ'), ('＄', '$'), ('￥', '¥'), ('￡', '£')]
    {
        table[wide as usize].fold = plain as u16;
    }
    table
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
