//! How rich a vocabulary is, in ways that do not depend on how long the text is.
//!
//! A token may be of any type that can be compared and hashed; numbers that stand for words are the cheapest.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// The threshold of MTLD that McCarthy & Jarvis (2010) settled on.
pub const MTLD_THRESHOLD: f64 = 0.72;

/// Different words per word: types over tokens. `None` for an empty text.
///
/// *the cat and the dog*: 4 of 5 → 0.8.
///
/// ```
/// let words = ["the", "cat", "and", "the", "dog"];
/// assert_eq!(zjgr::measure::diversity::type_token_ratio(&words), Some(0.8));
/// ```
pub fn type_token_ratio<T: Eq + Hash>(tokens: &[T]) -> Option<f64> {
    let types: FxHashSet<&T> = tokens.iter().collect();
    (!tokens.is_empty()).then(|| types.len() as f64 / tokens.len() as f64)
}

/// The standardised type–token ratio (STTR, also MSTTR): the mean of the type–token ratios of the consecutive
/// segments of `segment` words. The rest at the end that does not fill a segment is dropped; `None` where
/// nothing fills one.
///
/// Johnson, W. (1944): Studies in language behavior. *Psychological Monographs* 56(2), 1–15; with segments of 1,000
/// words in Scott's WordSmith Tools.
///
/// *a b a | a b c | a*, segments of 3 → (2/3 + 1) / 2 = 0.833333.
///
/// ```
/// let words: Vec<char> = "abaabca".chars().collect();
/// let ratio = zjgr::measure::diversity::standardised_ttr(&words, 3).unwrap();
/// assert!((ratio - 5.0 / 6.0).abs() < 1e-12);
/// ```
pub fn standardised_ttr<T: Eq + Hash>(tokens: &[T], segment: usize) -> Option<f64> {
    Stretches::segments(tokens, segment).ratio()
}

/// Stretches of equal length, with what they have added up: so that the texts of a corpus can be pooled, each
/// read by itself, in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretches {
    tokens: u128,
    types: u128,
}

impl Stretches {
    /// The consecutive segments of a text that `segment` words fill; what is left over is dropped.
    pub fn segments<T: Eq + Hash>(tokens: &[T], segment: usize) -> Self {
        let mut stretches = Self::default();
        if segment == 0 {
            return stretches;
        }
        let mut types = FxHashSet::default();
        for tokens in tokens.chunks_exact(segment) {
            types.clear();
            types.extend(tokens);
            stretches.add(types.len(), segment);
        }
        stretches
    }

    /// All windows of `window` words of a text.
    pub fn windows<T: Eq + Hash>(tokens: &[T], window: usize) -> Self {
        let mut stretches = Self::default();
        if window == 0 {
            return stretches;
        }
        let mut counts: FxHashMap<&T, u32> = FxHashMap::default();
        for (i, token) in tokens.iter().enumerate() {
            *counts.entry(token).or_default() += 1;
            let Some(full) = (i + 1).checked_sub(window) else { continue };
            if let Some(left) = full.checked_sub(1).and_then(|before| tokens.get(before))
                && let Some(count) = counts.get_mut(left)
            {
                *count -= 1;
                if *count == 0 {
                    counts.remove(left);
                }
            }
            stretches.add(counts.len(), window);
        }
        stretches
    }

    fn add(&mut self, types: usize, tokens: usize) {
        self.types += types as u128;
        self.tokens += tokens as u128;
    }

    /// Adds the stretches of another text, which are as long.
    pub fn merge(&mut self, other: Self) {
        self.types += other.types;
        self.tokens += other.tokens;
    }

    /// The mean of their type–token ratios; `None` where there is no stretch.
    pub fn ratio(&self) -> Option<f64> {
        (self.tokens > 0).then(|| self.types as f64 / self.tokens as f64)
    }
}

/// The moving-average type–token ratio (MATTR): the mean of the type–token ratios of all windows of `window`
/// words. Takes time with the length of the text, whatever the window. `None` where the text is shorter than
/// the window; its plain [`type_token_ratio`] says as much as there is to say.
///
/// Covington, M. & McFall, J. (2010): Cutting the Gordian knot: the moving-average type–token ratio. *Journal of
/// Quantitative Linguistics* 17(2), 94–100.
///
/// *a b a a b c*, windows of 3 → (2 + 2 + 2 + 3) / 4 / 3 = 0.75.
///
/// ```
/// let words: Vec<char> = "abaabc".chars().collect();
/// assert_eq!(zjgr::measure::diversity::moving_average_ttr(&words, 3), Some(0.75));
/// ```
pub fn moving_average_ttr<T: Eq + Hash>(tokens: &[T], window: usize) -> Option<f64> {
    Stretches::windows(tokens, window).ratio()
}

/// The measure of textual lexical diversity (MTLD): the mean length of the stretches that keep a type–token ratio
/// above `threshold` ([`MTLD_THRESHOLD`]), read forwards and backwards and averaged.
///
/// A stretch is full when its ratio has come down to the threshold or below it; what is left at the end counts as
/// the part `(1 − ttr) / (1 − threshold)` of one. Some programs ask for *below*, or for ten words at least: they
/// differ on purpose. `None` where no word is ever repeated, so that no stretch could end.
///
/// McCarthy, P. & Jarvis, S. (2010): MTLD, vocd-D, and HD-D. *Behavior Research Methods* 42(2), 381–392.
///
/// *a b a b a b a b* → *a b a* | *b a b* | *a b*: two full stretches (2/3 < .72) and a rest without a repeated
/// word, both ways, so 8 / 2 → 4.
///
/// ```
/// use zjgr::measure::diversity::{MTLD_THRESHOLD, mtld};
///
/// let words: Vec<char> = "abababab".chars().collect();
/// assert_eq!(mtld(&words, MTLD_THRESHOLD), Some(4.0));
/// ```
pub fn mtld<T: Eq + Hash>(tokens: &[T], threshold: f64) -> Option<f64> {
    Factors::of(tokens, threshold).mtld()
}

/// The stretches of MTLD, added up: so that the texts of a corpus can be pooled, each read by itself, in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    tokens: u64,
    forwards: u128,
    backwards: u128,
}

/// A full stretch in [`Factors`]. Whole numbers add up to the same in any order; real ones do not.
const FULL: f64 = 1e15;

impl Factors {
    /// The stretches of a text; see [`mtld`].
    pub fn of<T: Eq + Hash>(tokens: &[T], threshold: f64) -> Self {
        let whole = |factors: f64| (factors * FULL).round() as u128;
        Self {
            tokens: tokens.len() as u64,
            forwards: whole(factors(tokens.iter(), threshold)),
            backwards: whole(factors(tokens.iter().rev(), threshold)),
        }
    }

    /// Adds the stretches of another text.
    pub fn merge(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.forwards += other.forwards;
        self.backwards += other.backwards;
    }

    /// The measure; `None` where no word is ever repeated within a text.
    pub fn mtld(&self) -> Option<f64> {
        let length = |factors: u128| (factors > 0).then(|| self.tokens as f64 / (factors as f64 / FULL));
        Some((length(self.forwards)? + length(self.backwards)?) / 2.0)
    }
}

/// How many stretches there are, the last one by its part.
fn factors<'a, T: Eq + Hash + 'a>(tokens: impl Iterator<Item = &'a T>, threshold: f64) -> f64 {
    let mut types = FxHashSet::default();
    let (mut length, mut ratio, mut full) = (0_usize, 1.0, 0_usize);
    for token in tokens {
        types.insert(token);
        length += 1;
        ratio = types.len() as f64 / length as f64;
        if ratio <= threshold {
            full += 1;
            types.clear();
            (length, ratio) = (0, 1.0);
        }
    }
    full as f64 + (1.0 - ratio) / (1.0 - threshold)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assert_close;
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn worked_values() {
        assert_close(type_token_ratio(&words("the cat and the dog")), 0.8, 1e-12);
        assert_close(standardised_ttr(&words("a b a a b c a"), 3), 0.833333, 1e-6);
        assert_close(moving_average_ttr(&words("a b a a b c"), 3), 0.75, 1e-12);
        assert_close(mtld(&words("a b a b a b a b"), MTLD_THRESHOLD), 4.0, 1e-12);
    }

    #[test]
    fn the_last_full_segment_counts() {
        // Segments of 3 that fill the text: a program that always drops the last one would say 2/3.
        assert_close(standardised_ttr(&words("a b a a b c"), 3), 0.833333, 1e-6);
    }

    #[test]
    fn an_unfinished_stretch_counts_by_its_part() {
        // a b c a: ratio .75, so (1 − .75) / (1 − .72) of a stretch of 4 words.
        assert_close(mtld(&words("a b c a"), MTLD_THRESHOLD), 4.0 / (0.25 / 0.28), 1e-12);
    }

    #[test]
    fn too_short_a_text_has_no_value() {
        let none: [u32; 0] = [];
        assert_eq!(type_token_ratio(&none), None);
        assert_eq!(standardised_ttr(&[1, 2], 3), None);
        assert_eq!(moving_average_ttr(&[1, 2], 3), None);
        assert_eq!(moving_average_ttr(&[1, 2], 0), None);
        assert_eq!(mtld(&none, MTLD_THRESHOLD), None);
        assert_eq!(mtld(&[1, 2, 3], MTLD_THRESHOLD), None);
    }

    #[test]
    fn texts_are_pooled_by_adding_up_their_stretches() {
        let (one, other) = (words("a b a a b c a"), words("a b a b a b a b"));
        let mut segments = Stretches::segments(&one, 3);
        segments.merge(Stretches::segments(&other, 3));
        // 2, 3 and 2, 2 types in segments of 3.
        assert_close(segments.ratio(), 9.0 / 12.0, 1e-12);
        let mut factors = Factors::of(&other, MTLD_THRESHOLD);
        factors.merge(factors);
        assert_close(factors.mtld(), 4.0, 1e-12);
    }

    proptest! {
        #[test]
        fn the_moving_window_is_the_mean_of_all_windows(
            tokens in prop::collection::vec(0_u32..6, 1..80), window in 1_usize..20,
        ) {
            let ratios: Vec<f64> = tokens.windows(window).filter_map(type_token_ratio).collect();
            let mean = (!ratios.is_empty()).then(|| ratios.iter().sum::<f64>() / ratios.len() as f64);
            match (moving_average_ttr(&tokens, window), mean) {
                (Some(moving), Some(mean)) => prop_assert!((moving - mean).abs() < 1e-12),
                (moving, mean) => prop_assert_eq!(moving, mean),
            }
        }

        #[test]
        fn a_text_and_its_mirror_image_are_as_diverse(tokens in prop::collection::vec(0_u32..6, 1..80)) {
            let mirrored: Vec<u32> = tokens.iter().rev().copied().collect();
            prop_assert_eq!(mtld(&tokens, MTLD_THRESHOLD), mtld(&mirrored, MTLD_THRESHOLD));
        }
    }
}
