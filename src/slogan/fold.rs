//! Traditional and Simplified characters as one.
//!
//! `build.rs` has this file as a module of its own: it makes [`Fold`] of the lists and packs it ([`crate::packed`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::packed::{Records, Table};

/// A Simplified character, and the Traditional ones that are written for it.
const CHARACTERS: &str = include_str!("../../data/fold.txt");
/// A word in Simplified characters and in Traditional ones, where a character is folded otherwise than by itself.
const WORDS: &str = include_str!("../../data/fold-words.txt");

/// Maps Traditional characters and older forms to Simplified ones.
///
/// One character becomes one character of as many bytes, so that a place in a folded text is the same place in the
/// text. A character that stands for two is folded by the word that it stands in: 著 is 着 in 看著, and stays in 著名.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Fold {
    /// What each character of the basic plane becomes by itself; 0 where it stays, whatever word it stands in.
    to: Records<2>,
    /// The characters that become something else in some words.
    in_words: Table,
    /// These words, for each such character.
    words: Vec<Vec<Word>>,
}

/// What stands around a character in a word, folded, and what it becomes there.
#[derive(Debug, Serialize, Deserialize)]
struct Word {
    before: String,
    after: Vec<char>,
    to: char,
}

/// The same while it is made.
struct Folding {
    to: Vec<u16>,
    words: BTreeMap<char, Vec<Word>>,
}

impl Folding {
    fn read() -> Self {
        let mut fold = Self { to: vec![0; 0x1_0000], words: BTreeMap::new() };
        for (simplified, traditional) in characters() {
            fold.set(traditional, simplified);
        }
        // Full-width forms stand at a fixed distance from the plain ones; only letters, digits and the plus of 互联网＋ are
        // folded, because a full-width comma is the usual comma of Chinese print.
        for wide in ('０'..='９').chain('Ａ'..='Ｚ').chain('ａ'..='ｚ').chain(['＋']) {
            fold.set(wide, char::from_u32(wide as u32 - 0xFEE0).unwrap_or(wide));
        }
        for (simplified, traditional) in lines(WORDS) {
            fold.add_word(simplified, traditional);
        }
        fold
    }

    fn set(&mut self, from: char, to: char) {
        if let (Some(slot), Ok(to)) = (self.to.get_mut(from as usize), u16::try_from(to as u32)) {
            *slot = to;
        }
    }

    fn add_word(&mut self, simplified: &str, traditional: &str) {
        for (index, (to, from)) in simplified.chars().zip(traditional.chars()).enumerate() {
            if self.char(from) != to {
                let before = traditional.chars().take(index).map(|c| self.char(c)).collect();
                let after = traditional.chars().skip(index + 1).map(|c| self.char(c)).collect();
                self.words.entry(from).or_default().push(Word { before, after, to });
            }
        }
    }

    fn char(&self, c: char) -> char {
        folded(c, self.to.get(c as usize).copied())
    }
}

/// What `c` becomes, where its place in the table has `to`.
fn folded(c: char, to: Option<u16>) -> char {
    match to {
        Some(to) if to != 0 => char::from_u32(u32::from(to)).unwrap_or(c),
        _ => c,
    }
}

impl Fold {
    /// The fold of `data/fold.txt` and `data/fold-words.txt`.
    pub(crate) fn read() -> Self {
        let Folding { mut to, words } = Folding::read();
        for &c in words.keys() {
            if let Some(to) = to.get_mut(c as usize).filter(|to| **to == 0) {
                *to = c as u16;
            }
        }
        let in_words = words.keys().map(|&c| u64::from(c)).zip(0..).collect();
        let to = to.into_iter().map(u16::to_le_bytes).collect();
        Self { to, in_words, words: words.into_values().collect() }
    }

    /// What `c` becomes by itself.
    #[inline]
    pub(crate) fn char(&self, c: char) -> char {
        folded(c, self.to.get(c as usize).map(|to| u16::from_le_bytes(*to)))
    }

    /// True where `c` stays what it is in every word.
    #[inline]
    fn stays(&self, c: char) -> bool {
        c < FIRST || self.to.get(c as usize).is_none_or(|to| *to == [0, 0])
    }

    /// Every character of the basic plane that becomes another one by itself, and that one.
    pub(crate) fn variants(&self) -> impl Iterator<Item = (char, char)> {
        let folded = (0..).zip(self.to.from(0)).filter(|(_, to)| **to != [0, 0]);
        let folded = folded.filter_map(|(from, _)| char::from_u32(from)).map(|from| (from, self.char(from)));
        folded.filter(|(from, to)| from != to)
    }

    /// `text` folded; it has as many bytes. Full-width letters and digits stay: a page has none.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut out = String::new();
        self.text_into(text, &mut out);
        out
    }

    /// Puts `text` folded into `out`, whose memory is used again.
    pub(crate) fn text_into(&self, text: &str, out: &mut String) {
        out.clear();
        let mut copied = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| !self.stays(*c)) {
            out.push_str(text.get(copied..at).unwrap_or_default());
            copied = at + c.len_utf8();
            let rest = text.get(copied..).unwrap_or_default();
            let folded = self.in_word(c, out, rest).unwrap_or_else(|| self.char(c));
            out.push(if folded.len_utf8() == c.len_utf8() { folded } else { c });
        }
        out.push_str(text.get(copied..).unwrap_or_default());
    }

    /// What `c` becomes in the word that it stands in, between `before`, which is folded, and `rest`.
    fn in_word(&self, c: char, before: &str, rest: &str) -> Option<char> {
        let words = self.words.get(self.in_words.get(c.into())? as usize)?;
        let goes_on = |word: &Word| {
            let after = rest.chars().map(|c| self.char(c)).take(word.after.len());
            after.eq(word.after.iter().copied())
        };
        words.iter().find(|word| before.ends_with(&word.before) && goes_on(word)).map(|word| word.to)
    }
}

/// No character before this one is folded in a text.
const FIRST: char = '\u{2e80}';

/// The lines of a table: Simplified, Traditional.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(simplified, traditional)| (simplified, traditional.trim()))
}

/// The pairs of characters: Simplified, Traditional.
fn characters() -> impl Iterator<Item = (char, char)> {
    lines(CHARACTERS).flat_map(|(simplified, traditional)| {
        let simplified = simplified.chars().next();
        traditional.chars().filter_map(move |t| simplified.map(|s| (s, t)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified() {
        assert_eq!(Fold::get().text("總工會開展勞動競賽"), "总工会开展劳动竞赛");
    }

    #[test]
    fn full_width_letters_and_digits_become_plain_and_punctuation_stays() {
        let folded: String = "山区２６县，ＡＩ＋".chars().map(|c| Fold::get().char(c)).collect();
        assert_eq!(folded, "山区26县，AI+");
    }

    #[test]
    fn older_forms_become_todays() {
        for (old, today) in [
            ("保衞祖國，敍述經過，擡頭", "保卫祖国，叙述经过，抬头"),
            ("鑛工會議，効率倍增", "矿工会议，效率倍增"),
            ("汚水処理，鎌刀", "污水处理，镰刀"),
            ("学斈，荘稼，値班", "学学，庄稼，值班"),
            ("飜身，啣接，姊姉", "翻身，衔接，姊姊"),
            ("遊戱規槼，預俻", "游戏规规，预备"),
            ("瓷碗和磁椀，玻瓈和玻琍", "瓷碗和磁碗，玻璃和玻璃"),
            ("劫後餘生，刧奪", "劫后余生，劫夺"),
            ("羣衆，峯頂，牀單", "群众，峰顶，床单"),
            ("慨歎，嘅然", "慨叹，慨然"),
            ("糧帋，裸躶，霸覇", "粮纸，裸裸，霸霸"),
        ] {
            assert_eq!(Fold::get().text(old), today);
        }
    }

    #[test]
    fn a_character_that_stands_for_two_is_folded_by_its_word() {
        for (text, folded) in [
            ("看著顯著的成績", "看着显著的成绩"),
            ("著名作家的著作", "著名作家的著作"),
            ("天氣乾燥，餅乾", "天气干燥，饼干"),
            ("乾坤，乾隆年間", "乾坤，乾隆年间"),
            ("合夥，大夥兒", "合伙，大伙儿"),
            ("明瞭，瞭解，瞭望塔", "明了，了解，瞭望塔"),
            ("徵求，特徵，宮商角徵羽", "征求，特征，宫商角徵羽"),
            ("藉口，憑藉，慰藉", "借口，凭借，慰藉"),
            ("答覆，覆蓋，計畫，圖畫", "答复，覆盖，计划，图画"),
        ] {
            assert_eq!(Fold::get().text(text), folded);
            assert_eq!(Fold::get().text(folded), folded, "twice");
        }
    }

    #[test]
    fn a_place_in_a_text_stays_its_place() {
        for (simplified, traditional) in characters().filter(|(_, t)| *t >= FIRST) {
            assert_eq!(simplified.len_utf8(), traditional.len_utf8(), "{traditional}");
        }
        for text in ["總工會", "𠮷野家２６", "e\u{301}"] {
            assert_eq!(Fold::get().text(text).len(), text.len());
        }
    }

    #[test]
    fn what_simplified_text_uses_itself_stays() {
        let text = "扭转乾坤，著名宫商角徵羽";
        assert_eq!(Fold::get().text(text), text);
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for (simplified, traditional) in characters() {
            assert_eq!(Fold::get().char(traditional), simplified);
            assert_eq!(Fold::get().char(simplified), simplified, "{simplified} {traditional}");
        }
    }
}
