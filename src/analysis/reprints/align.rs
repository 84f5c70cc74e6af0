//! What two texts share around a place at which they are the same, character by character, over what OCR misread, lost
//! or added.
//!
//! From the place on, texts are compared as long as they agree; where they do not, the least step is looked for behind
//! which they do again. The passage ends where its score was highest, given up when the score has fallen by [`DROP`] (the
//! X-drop of Zhang, Z. et al. 2000: A greedy algorithm for aligning DNA sequences. *Journal of Computational Biology* 7,
//! 203–214).

use std::ops::Range;

/// How many characters may be misread, lost or added in a row.
const REACH: usize = 16;
/// Texts agree again where so many of the next characters are the same.
const AGREED: usize = 4;
/// How many characters are looked at to see whether they do.
const AHEAD: usize = 6;
/// What a character costs that differs; one that is the same counts 1.
const DIFFERENT: i32 = 2;
/// What it costs besides where several in a row differ, or a digit does: a name, a number, a place.
const TELLING: i32 = 10;
/// How far a score may fall below its highest.
const DROP: i32 = 40;
/// As how many such differences one number for another counts: it is seldom misread.
const NUMBER: u32 = 3;
/// How many differences of that kind misreading alone brings about: so many, and so many a character.
const CHANCE: (f64, f64) = (1.0, 0.025);

/// What two texts share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Where it stands in the earlier text, and in the later one, in characters.
    pub(super) ranges: [Range<u32>; 2],
    score: Score,
}

/// How alike they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Score {
    value: i32,
    /// How many characters are the same, and how many differ.
    same: u32,
    different: u32,
    /// How often several in a row differ, and three times how often a number does.
    telling: u32,
    /// How many characters of either text it covers.
    covered: [u32; 2],
}

impl Alignment {
    /// What `texts` share around the places `at`, at which they are the same.
    pub(super) fn around(texts: [&[u16]; 2], at: [u32; 2]) -> Self {
        let side = |number: usize| texts[number].split_at(texts[number].len().min(at[number] as usize));
        let [(before, after), (other_before, other_after)] = [side(0), side(1)];
        let forth =
            extend([Walk { text: after, backward: false }, Walk { text: other_after, backward: false }]);
        let back =
            extend([Walk { text: before, backward: true }, Walk { text: other_before, backward: true }]);
        let range = |side: usize| at[side] - back.covered[side]..at[side] + forth.covered[side];
        let score = Score {
            value: back.value + forth.value,
            same: back.same + forth.same,
            different: back.different + forth.different,
            telling: back.telling + forth.telling,
            covered: [0, 0],
        };
        Self { ranges: [range(0), range(1)], score }
    }

    /// The share of characters that are the same.
    pub(super) fn similarity(&self) -> f64 {
        f64::from(self.score.same) / f64::from((self.score.same + self.score.different).max(1))
    }

    /// False for two pieces of news with one formula, in which names, numbers and places differ.
    pub(super) fn is_one_text(&self) -> bool {
        let (few, share) = CHANCE;
        f64::from(self.score.telling) <= few + share * f64::from(self.score.same + self.score.different)
    }

    /// How many characters the shorter side has.
    pub(super) fn length(&self) -> u32 {
        let [earlier, later] = &self.ranges;
        (earlier.end - earlier.start).min(later.end - later.start)
    }
}

/// A text that is gone through, from its start forward or from its end backward.
#[derive(Debug, Clone, Copy)]
struct Walk<'t> {
    text: &'t [u16],
    backward: bool,
}

impl Walk<'_> {
    #[inline]
    fn get(&self, at: usize) -> Option<u16> {
        match self.backward {
            false => self.text.get(at).copied(),
            true => self.text.len().checked_sub(at + 1).and_then(|at| self.text.get(at)).copied(),
        }
    }
}

/// What two texts share from their starts on.
fn extend(texts: [Walk<'_>; 2]) -> Score {
    let (mut score, mut best) = (Score::default(), Score::default());
    loop {
        let [a, b] = score.covered.map(|at| at as usize);
        let (Some(one), Some(other)) = (texts[0].get(a), texts[1].get(b)) else { return best };
        if one == other {
            score.value += 1;
            score.same += 1;
            score.covered = score.covered.map(|at| at + 1);
            if score.value > best.value {
                best = score;
            }
            continue;
        }
        let Some(step) = step(texts, [a, b]) else { return best };
        score.pass(texts, step);
        if score.value < best.value - DROP {
            return best;
        }
    }
}

/// The least step from `at` behind which the texts agree again.
fn step(texts: [Walk<'_>; 2], at: [usize; 2]) -> Option<[usize; 2]> {
    for size in 1..=REACH {
        let lost = (0..size).rev().flat_map(|less| [[size, less], [less, size]]);
        let mut steps = std::iter::once([size, size]).chain(lost);
        if let Some(step) = steps.find(|step| agree(texts, [at[0] + step[0], at[1] + step[1]])) {
            return Some(step);
        }
    }
    None
}

/// True where the texts are the same from `at` on, but for a misread character or two.
fn agree(texts: [Walk<'_>; 2], at: [usize; 2]) -> bool {
    let same = |ahead: usize| {
        let one = texts[0].get(at[0] + ahead);
        one.is_some() && one == texts[1].get(at[1] + ahead)
    };
    same(0) && (0..AHEAD).filter(|&ahead| same(ahead)).count() >= AGREED
}

impl Score {
    /// Goes over what differs.
    fn pass(&mut self, texts: [Walk<'_>; 2], step: [usize; 2]) {
        let at = self.covered.map(|at| at as usize);
        let size = step[0].max(step[1]);
        let pair = |ahead: usize| [texts[0].get(at[0] + ahead), texts[1].get(at[1] + ahead)];
        // What stands at one place in both may be the same between two misread characters.
        let is_same = |ahead: usize| step[0] == step[1] && pair(ahead)[0] == pair(ahead)[1];
        let (mut run, mut longest) = (0, 0);
        for ahead in 0..size {
            run = if is_same(ahead) { 0 } else { run + 1 };
            longest = longest.max(run);
            let (same, different) = if is_same(ahead) { (1, 0) } else { (0, 1) };
            self.same += same;
            self.different += different;
            self.value += same as i32 - DIFFERENT * different as i32;
        }
        let telling = match (is_number(texts, at, step), longest > 1) {
            (true, _) => NUMBER,
            (false, several) => u32::from(several),
        };
        self.telling += telling;
        self.value -= TELLING * i32::from(telling > 0);
        self.covered = [self.covered[0] + step[0] as u32, self.covered[1] + step[1] as u32];
    }
}

/// True where one number stands for another: both sides of what differs have a digit, or one has some and the other
/// nothing.
fn is_number(texts: [Walk<'_>; 2], at: [usize; 2], step: [usize; 2]) -> bool {
    let has = |side: usize, is: fn(u16) -> bool| {
        let mut places = at[side]..at[side] + step[side];
        places.any(|at| texts[side].get(at).is_some_and(is))
    };
    match step {
        [0, _] => has(1, is_digit),
        [_, 0] => has(0, is_digit),
        _ => has(0, is_numeral) && has(1, is_numeral),
    }
}

fn is_digit(code: u16) -> bool {
    char::from_u32(code.into()).is_some_and(|c| c.is_ascii_digit())
}

/// True for digits, Arabic and Chinese; 一 is more often a word, and is lost most easily.
fn is_numeral(code: u16) -> bool {
    let digit = char::from_u32(code.into()).unwrap_or_default();
    is_digit(code)
        || matches!(
            digit,
            '〇' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<u16> {
        text.chars().map(|c| c as u32 as u16).collect()
    }

    fn aligned(one: &str, other: &str, seed: &str) -> Alignment {
        let at = |text: &str| text.find(seed).map(|at| text[..at].chars().count() as u32).unwrap();
        Alignment::around([&codes(one), &codes(other)], [at(one), at(other)])
    }

    const STORY: &str =
        "东海市总工会昨天上午在人民广场举行职工技能比武来自全市二十六家企业的三百名焊工钳工和电工同台竞技";

    #[test]
    fn a_passage_ends_where_the_texts_part() {
        let (one, other) =
            (format!("前面是别的话{STORY}后来又说了许多"), format!("另一篇的开头{STORY}从此各走各的路"));
        let found = aligned(&one, &other, "技能比武");
        let length = STORY.chars().count() as u32;
        assert_eq!(found.ranges, [6..6 + length, 6..6 + length]);
        assert_eq!((found.similarity(), found.is_one_text()), (1.0, true));
    }

    #[test]
    fn misread_lost_and_added_characters_are_gone_over() {
        let misread = STORY
            .replace("上午", "上牛")
            .replace("广场", "厂场")
            .replace("钳工和", "钳工")
            .replace("家", "家家");
        let found = aligned(STORY, &misread, "技能比武");
        let length = STORY.chars().count() as u32;
        assert_eq!(found.ranges, [0..length, 0..length]);
        assert!((0.9..0.95).contains(&found.similarity()), "{}", found.similarity());
        assert!(found.is_one_text());
    }

    #[test]
    fn a_formula_with_other_names_and_numbers_is_no_one_text() {
        let other = STORY
            .replace("东海", "西山")
            .replace("人民", "中心")
            .replace("二十六", "八十九")
            .replace("三百", "五十");
        let found = aligned(STORY, &other, "职工技能比武");
        assert!(!found.is_one_text() || found.length() < 30, "{found:?}");
    }
}
