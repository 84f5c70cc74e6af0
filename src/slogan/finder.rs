//! Finding the slogans of a lexicon in a text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Compare, Found, Lexicon, Phrases, Slogan};

/// The number of a slogan in the lexicon of a [`SloganFinder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SloganId(u32);

impl SloganId {
    /// The number, to index a list with that has an entry for each slogan.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where two slogans overlap, which of them count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    /// Of two slogans of one family the longer one: 二十大精神 is no 二十大 besides. Of two families both.
    #[default]
    LongestOfFamily,
    /// Both, whatever their family: each was asked for by its name.
    Both,
}

/// A slogan found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Which.
    pub slogan: SloganId,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Finds the slogans of a lexicon, whatever words the text is made of. Built once, shared by all threads.
#[derive(Debug)]
pub struct SloganFinder {
    lexicon: Lexicon,
    phrases: Phrases,
    /// For each slogan the number of those among which only the longest counts.
    rivals: Vec<usize>,
}

impl SloganFinder {
    /// A finder for every slogan of `lexicon`.
    pub fn new(lexicon: Lexicon, overlap: Overlap) -> Self {
        let forms = lexicon.slogans().iter().zip(0..);
        let forms = forms.flat_map(|(slogan, number)| slogan.forms().map(move |form| (form, number)));
        let phrases = Phrases::new(Compare::Loose, forms);
        let mut families: FxHashMap<&str, usize> = FxHashMap::default();
        let rivals: Vec<usize> = lexicon
            .slogans()
            .iter()
            .map(|slogan| {
                let next = families.len();
                let group = if overlap == Overlap::Both { &slogan.name } else { slogan.family() };
                *families.entry(group).or_insert(next)
            })
            .collect();
        Self { phrases, rivals, lexicon }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The slogan with that number.
    pub fn slogan(&self, id: SloganId) -> Option<&Slogan> {
        self.lexicon.slogans().get(id.index())
    }

    /// Every slogan with its number, in the order of the lexicon.
    pub fn slogans(&self) -> impl Iterator<Item = (SloganId, &Slogan)> {
        (0..).map(SloganId).zip(self.lexicon.slogans())
    }

    /// The mentions in `text`, in order of their start. Those of one slogan never overlap.
    pub fn find(&self, text: &str, mut mention: impl FnMut(Mention)) {
        // Up to where each group of rivals has been found. Most texts have no slogan at all.
        let mut taken: FxHashMap<usize, usize> = FxHashMap::default();
        self.phrases.find_all(text, |found| {
            if splits_a_number(text, &found) || !found.stands_free(text) {
                return;
            }
            let rivals = self.rivals.get(found.value as usize).copied().unwrap_or_default();
            let taken = taken.entry(rivals).or_default();
            if *taken <= found.start {
                *taken = found.end;
                mention(Mention { slogan: SloganId(found.value), start: found.start, end: found.end });
            }
        });
    }
}

/// True where what was found begins or ends with two numerals in the middle of a longer number: 十四五 in
/// 二十四五岁 is no five-year plan.
fn splits_a_number(text: &str, found: &Found) -> bool {
    let inside = text.get(found.start..found.end).unwrap_or_default();
    let before = text.get(..found.start).and_then(|text| text.chars().next_back());
    let after = text.get(found.end..).and_then(|text| text.chars().next());
    let begins = inside.chars().take(2).all(is_numeral);
    let ends = inside.chars().rev().take(2).all(is_numeral);
    (begins && before.is_some_and(is_numeral)) || (ends && after.is_some_and(|c| is_numeral(c) || c == '岁'))
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(finder: &SloganFinder, text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        finder.find(text, |m| {
            let name = finder.slogan(m.slogan).map(|slogan| slogan.name.clone()).unwrap_or_default();
            found.push((name, text[m.start..m.end].to_owned()));
        });
        found
    }

    fn names(lexicon: &str, overlap: Overlap, text: &str) -> Vec<String> {
        let finder = SloganFinder::new(Lexicon::parse_toml(lexicon).expect("a lexicon"), overlap);
        mentions(&finder, text).into_iter().map(|(name, _)| name).collect()
    }

    const CONGRESS: &str = "[[slogan]]\nname = '二十大'\nfamily = '大会'\n\
                            [[slogan]]\nname = '二十大精神'\nfamily = '大会'\n\
                            [[slogan]]\nname = '精神文明'\n";

    #[test]
    fn of_one_family_the_longest_counts_and_of_two_families_both() {
        assert_eq!(names(CONGRESS, Overlap::LongestOfFamily, "贯彻二十大精神"), ["二十大精神"]);
        assert_eq!(names(CONGRESS, Overlap::LongestOfFamily, "二十大精神文明"), ["二十大精神", "精神文明"]);
    }

    #[test]
    fn a_slogan_inside_a_longer_one_counts_when_both_were_asked_for() {
        assert_eq!(names(CONGRESS, Overlap::Both, "贯彻二十大精神"), ["二十大精神", "二十大"]);
    }

    #[test]
    fn a_variant_counts_for_its_slogan_and_is_shown_as_printed() {
        let lexicon = Lexicon::parse_list("山区26县=山区二十六县").expect("a list");
        let finder = SloganFinder::new(lexicon, Overlap::default());
        let found = mentions(&finder, "助力山区２６县、山區26縣和“山区”二十六县");
        let forms: Vec<&str> = found.iter().map(|(_, form)| form.as_str()).collect();
        assert_eq!(forms, ["山区２６县", "山區26縣", "山区”二十六县"]);
        assert!(found.iter().all(|(name, _)| name == "山区26县"));
    }

    #[test]
    fn a_plan_is_no_age_and_no_piece_of_a_number() {
        let list = "[[slogan]]\nname = '十四五'\n";
        assert_eq!(names(list, Overlap::default(), "“十四五”规划，十四五期间").len(), 2);
        for text in ["二十四五岁", "十四五岁的孩子", "八十四五人"] {
            assert!(names(list, Overlap::default(), text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_slogan_ends_where_a_latin_word_or_a_number_does() {
        let list = "[[slogan]]\nname = '浙工e'\n[[slogan]]\nname = '5G'\n";
        assert!(names(list, Overlap::default(), "浙工english 15G").is_empty());
        assert_eq!(names(list, Overlap::default(), "浙工e家，5G网").len(), 2);
    }
}
