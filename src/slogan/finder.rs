//! Finding the slogans of a lexicon in a text.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Compare, Found, Lexicon, Phrases, Slogan};
use crate::calendar::NUMERALS;

/// What stands between the parts of a slogan.
const COMMAS: [char; 3] = ['、', '，', ','];

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
#[non_exhaustive]
pub struct Mention {
    /// Which.
    pub slogan: SloganId,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Finds the slogans of a lexicon, whatever words the text is made of. Built once, shared by all threads.
///
/// ```
/// use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
///
/// let finder = SloganFinder::new(Lexicon::parse_list("两性两化")?, Overlap::default());
/// let mut found = Vec::new();
/// finder.find("做好“两性”两化的文章", |_| true, |mention| found.push(finder.slogan(mention.slogan)));
/// assert_eq!(found[0].unwrap().name, "两性两化");
/// # Ok::<(), zjgr::Error>(())
/// ```
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
        let numbered = lexicon.slogans().iter().zip(0..);
        let forms: Vec<(&str, u32)> =
            numbered.flat_map(|(slogan, number)| slogan.forms().map(move |form| (form, number))).collect();
        // Parts that stand on two lines of a headline have no comma between them.
        let joined: Vec<String> = forms.iter().map(|(form, _)| form.replace(COMMAS, "")).collect();
        let joined = joined.iter().zip(&forms).map(|(form, &(_, number))| (form.as_str(), number));
        let all = forms.iter().copied().chain(joined);
        let phrases = Phrases::new(Compare::Loose, all);
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

    /// The mentions in `text`, in order of their start. Those of one slogan never overlap, nor do those of one
    /// family where only the longest counts. `stands` says of a stretch of the text, in bytes, whether it is no piece
    /// of another word: a slogan is none.
    pub fn find(
        &self,
        text: &str,
        mut stands: impl FnMut(Range<usize>) -> bool,
        mut mention: impl FnMut(Mention),
    ) {
        // Most texts have no slogan at all.
        let mut found: Vec<Found> = Vec::new();
        self.phrases.find_all(text, |hit| {
            let is_whole = !splits_a_number(text, &hit) && hit.stands_free(text);
            if is_whole && stands(hit.start..hit.end) {
                found.push(hit);
            }
        });
        for hit in self.longest(found) {
            mention(Mention { slogan: SloganId(hit.value), start: hit.start, end: hit.end });
        }
    }

    /// Of those that overlap and are rivals the longest, of equally long ones the first; in order of their start.
    fn longest(&self, mut found: Vec<Found>) -> Vec<Found> {
        if let [] | [_] = *found {
            return found;
        }
        found.sort_by_key(|hit| (Reverse(hit.end - hit.start), hit.start));
        // Where what was taken starts and ends, of each group of rivals.
        let mut taken: FxHashMap<usize, BTreeMap<usize, usize>> = FxHashMap::default();
        found.retain(|hit| {
            let rivals = self.rivals.get(hit.value as usize).copied().unwrap_or_default();
            let taken = taken.entry(rivals).or_default();
            // Of those that overlap none, the last that starts before the end of this one ends last.
            let is_free = taken.range(..hit.end).next_back().is_none_or(|(_, &end)| end <= hit.start);
            if is_free {
                taken.insert(hit.start, hit.end);
            }
            is_free
        });
        found.sort_by_key(|hit| (hit.start, Reverse(hit.end)));
        found
    }
}

/// True where what was found is a piece of a number: begins with a numeral behind another one or behind 第 (第六保障中队,
/// 十三个代表), or ends with two of them in the middle of one (十四五岁 is no five-year plan).
fn splits_a_number(text: &str, found: &Found) -> bool {
    let inside = text.get(found.start..found.end).unwrap_or_default();
    let before = text.get(..found.start).and_then(|text| text.chars().next_back());
    let after = text.get(found.end..).and_then(|text| text.chars().next());
    let begins = inside.chars().next().is_some_and(is_numeral);
    let ends = inside.chars().rev().take(2).all(is_numeral);
    (begins && before.is_some_and(|c| is_numeral(c) || c == '第'))
        || (ends && after.is_some_and(|c| is_numeral(c) || c == '岁'))
}

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(&c) || matches!(c, '〇' | '零')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(finder: &SloganFinder, text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        finder.find(
            text,
            |_| true,
            |m| {
                let name = finder.slogan(m.slogan).map(|slogan| slogan.name.clone()).unwrap_or_default();
                found.push((name, text[m.start..m.end].to_owned()));
            },
        );
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
    fn of_two_that_overlap_in_one_family_the_longer_counts_wherever_it_starts() {
        let list = "[[slogan]]\nname = '全面小康'\nfamily = '小康'\n\
                    [[slogan]]\nname = '小康社会建设'\nfamily = '小康'\n";
        assert_eq!(
            names(list, Overlap::LongestOfFamily, "全面小康社会建设，全面小康"),
            ["小康社会建设", "全面小康"]
        );
    }

    #[test]
    fn a_slogan_of_parts_is_found_with_any_comma_a_blank_or_none_between_them() {
        let list = "[[slogan]]\nname = '学思想、强党性、重实践、建新功'\n";
        for text in
            ["学思想，强党性，重实践，建新功", "学思想 强党性 重实践 建新功", "学思想强党性重实践建新功"]
        {
            assert_eq!(names(list, Overlap::default(), text).len(), 1, "{text}");
        }
        assert!(names(list, Overlap::default(), "学思想。强党性。重实践。建新功").is_empty());
    }

    #[test]
    fn a_slogan_is_no_piece_of_another_word() {
        let lexicon = Lexicon::parse_list("六保").expect("a list");
        let finder = SloganFinder::new(lexicon, Overlap::default());
        let text = "六保障，六保";
        let mut starts = Vec::new();
        finder.find(text, |range| range.end != "六保".len(), |mention| starts.push(mention.start));
        assert_eq!(starts, ["六保障，".len()]);
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
        let list = "[[slogan]]\nname = '六保'\n[[slogan]]\nname = '三个代表'\n";
        for text in ["第六保障中队", "十三个代表", "第三个代表"] {
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
