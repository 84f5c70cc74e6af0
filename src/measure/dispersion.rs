//! How evenly a word is spread over the parts of a corpus: its articles, pages, months.
//!
//! Most words are in few of the parts. So nothing here needs a row of counts with a place for every part:
//! [`Parts`] says what the corpus is made of, and a word brings only the parts it occurs in, as [`Share`]s.
//! Both kinds add up from partial counts in any order; only the last digit of a sum may depend on the order of
//! the shares, so pass them in a fixed one.
//!
//! Worked values: Gries, S. (2008): Dispersions and adjusted frequencies in corpora. *IJCL* 13(4), 403–437; his
//! toy corpus has five parts of 9, 10, 10, 10 and 11 words, in which the word *a* occurs 1, 2, 3, 4 and 5 times.

use serde::{Deserialize, Serialize};

use super::finite;

/// What a corpus is made of. Parts without a word are left out: there is nothing that could be spread over them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// How many parts there are.
    pub number: u64,
    /// How many words they have together.
    pub size: u64,
    /// How many words the smallest has.
    pub smallest: u64,
    /// The sum of the squares of their sizes.
    pub squares: u128,
}

impl Parts {
    /// Counts one part of `size` words in.
    pub fn add(&mut self, size: u64) {
        let squares = u128::from(size) * u128::from(size);
        self.merge(Self { number: u64::from(size > 0), size, smallest: size, squares });
    }

    /// Counts the parts of `other` in.
    pub fn merge(&mut self, other: Self) {
        self.smallest = match (self.number, other.number) {
            (_, 0) => self.smallest,
            (0, _) => other.smallest,
            _ => self.smallest.min(other.smallest),
        };
        self.number += other.number;
        self.size += other.size;
        self.squares += other.squares;
    }
}

impl FromIterator<u64> for Parts {
    fn from_iter<I: IntoIterator<Item = u64>>(sizes: I) -> Self {
        let mut parts = Self::default();
        sizes.into_iter().for_each(|size| parts.add(size));
        parts
    }
}

/// One part in which the word occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How often it occurs there.
    pub count: u64,
    /// How many words the part has.
    pub size: u64,
}

/// DP added up part by part, in any order and to the last digit: for a corpus whose parts cannot all be kept.
///
/// Where the word is over its fair share the deviations add up to what they add up to where it is below, so DP is
/// the first of the two sums: `Σ max(0, v/f − s)`. Multiplied by the size of the corpus and by `f` that is a sum of
/// whole numbers, which do not depend on the order in which they are added. Both factors must be known before, so
/// this is a second pass over the parts.
///
/// Toy corpus: (4·50 − 10·15) + (5·50 − 11·15) = 135, and 135 / (50·15) → .18.
///
/// ```
/// use zjgr::measure::dispersion::{DpSum, Parts, Share};
///
/// let parts: Parts = [9, 10, 10, 10, 11].into_iter().collect();
/// let mut sum = DpSum::default();
/// for (count, size) in [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)] {
///     sum.add(&parts, 15, Share { count, size });
/// }
/// assert!((sum.dp(&parts, 15).unwrap() - 0.18).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DpSum {
    excess: u128,
}

impl DpSum {
    /// Adds a part in which a word occurs that occurs `count` times in the whole corpus, which is made of `parts`.
    #[inline]
    pub fn add(&mut self, parts: &Parts, count: u64, share: Share) {
        let (has, fair) =
            (u128::from(share.count) * u128::from(parts.size), u128::from(share.size) * u128::from(count));
        self.excess += has.saturating_sub(fair);
    }

    /// The deviation of proportions, as [`Spread::dp`]; `None` for a word that never occurs.
    pub fn dp(&self, parts: &Parts, count: u64) -> Option<f64> {
        finite(self.excess as f64 / (parts.size as f64 * count as f64))
    }

    /// DP on a scale that reaches 1, as [`Spread::dp_norm`]; `None` where there is only one part.
    pub fn dp_norm(&self, parts: &Parts, count: u64) -> Option<f64> {
        if parts.number < 2 {
            return None;
        }
        let largest = 1.0 - parts.smallest as f64 / parts.size as f64;
        finite(self.dp(parts, count)? / largest).map(|dp| dp.min(1.0))
    }
}

/// A word, the parts it occurs in, and the corpus around them. Every measure costs time with the number of parts
/// that have the word, and is `None` for a word that never occurs.
///
/// ```
/// use zjgr::measure::dispersion::Spread;
///
/// // Of five parts: how often each has the word, and how many words it has.
/// let parts = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)];
/// let shares = Spread::shares_of(parts);
/// let spread = Spread::new(parts.iter().map(|part| part.1).collect(), &shares);
/// assert_eq!(spread.range(), 5);
/// assert!((spread.dp().unwrap() - 0.18).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Spread<'a> {
    parts: Parts,
    shares: &'a [Share],
    count: f64,
}

impl<'a> Spread<'a> {
    /// `shares` are the parts of `parts` that have the word, each once.
    pub fn new(parts: Parts, shares: &'a [Share]) -> Self {
        let count: u64 = shares.iter().map(|share| share.count).sum();
        Self { parts, shares, count: count as f64 }
    }

    /// The same of a full row of parts, `(count, size)` each: what a word without a count of zero would be.
    pub fn shares_of(rows: impl IntoIterator<Item = (u64, u64)>) -> Vec<Share> {
        let shares = rows.into_iter().map(|(count, size)| Share { count, size });
        shares.filter(|share| share.count > 0).collect()
    }

    /// In how many parts the word occurs.
    ///
    /// Toy corpus → 5.
    pub fn range(&self) -> u64 {
        self.shares.iter().filter(|share| share.count > 0).count() as u64
    }

    /// The deviation of proportions, DP: 0 where every part has its fair share, near 1 where one small part has all.
    ///
    /// `½ Σ |v/f − s|` over all parts, with `v/f` the part's share of the word and `s` its share of the corpus.
    /// Gries (2008). Toy corpus → .18.
    pub fn dp(&self) -> Option<f64> {
        // A part without the word adds s; all s add up to 1. So: start from 1 and put the others right.
        let corrections =
            self.proportions().map(|(observed, expected)| (observed - expected).abs() - expected);
        finite((1.0 + corrections.sum::<f64>()) / 2.0)
            .filter(|_| self.count > 0.0)
            .map(|dp| dp.clamp(0.0, 1.0))
    }

    /// DP on a scale that reaches 1 for any corpus: `DP / (1 − min s)`. `None` where there is only one part.
    ///
    /// Lijffijt, J. & Gries, S. (2012): Correction to Gries (2008). *IJCL* 17(1), 147–149. Toy corpus → .2195.
    pub fn dp_norm(&self) -> Option<f64> {
        if self.parts.number < 2 {
            return None;
        }
        let smallest = self.parts.smallest as f64 / self.parts.size as f64;
        finite(self.dp()? / (1.0 - smallest)).map(|dp| dp.min(1.0))
    }

    /// Juilland's D: 1 where the word is equally frequent in every part, 0 where one part has all.
    /// `None` where there is only one part.
    ///
    /// `1 − (sd(p) / mean(p)) / √(n−1)`, with `p` the relative frequency in a part and the standard deviation of a
    /// population. Juilland, A. & Chang-Rodríguez, E. (1964): *Frequency Dictionary of Spanish Words*; relative
    /// frequencies, for parts of unequal size, as in Gries (2020). Toy corpus → .7852.
    pub fn juilland_d(&self) -> Option<f64> {
        let number = self.parts.number as f64;
        let mean = self.relative().sum::<f64>() / number;
        let present: f64 = self.relative().map(|p| (p - mean).powi(2)).sum();
        let absent = (number - self.range() as f64).max(0.0) * mean.powi(2);
        let deviation = ((present + absent) / number).sqrt();
        finite(1.0 - deviation / mean / (number - 1.0).sqrt()).map(|d| d.clamp(0.0, 1.0))
    }

    /// Rosengren's S: 1 where every part has its fair share.
    ///
    /// `(Σ √(s v))² / f`. Rosengren, I. (1971): The quantitative concept of language; for parts of unequal size as
    /// in Gries (2008). Toy corpus → .9498.
    pub fn rosengren_s(&self) -> Option<f64> {
        let roots = self.proportions().map(|(observed, expected)| (observed * expected).sqrt());
        finite(roots.sum::<f64>().powi(2)).filter(|_| self.count > 0.0).map(|s| s.min(1.0))
    }

    /// The Kullback–Leibler divergence of the word's shares from the parts' shares, in bits: 0 where they agree.
    ///
    /// `Σ (v/f) log2((v/f) / s)`. Gries, S. (2020): Analyzing dispersion. In *A Practical Handbook of Corpus
    /// Linguistics*, 99–118. Toy corpus → .137.
    pub fn divergence(&self) -> Option<f64> {
        let bits = self.proportions().map(|(observed, expected)| observed * (observed / expected).log2());
        finite(bits.sum::<f64>()).filter(|_| self.count > 0.0).map(|kld| kld.max(0.0))
    }

    /// Carroll's D2: the entropy of the relative frequencies over the largest it could be. 1 is even, 0 one part.
    /// `None` where there is only one part.
    ///
    /// `−Σ q log2 q / log2 n` with `q = p / Σ p`. Carroll, J. (1970): An alternative to Juilland's usage coefficient.
    /// *Computer Studies in the Humanities and Verbal Behaviour* 3(2), 61–65. Toy corpus → .9379.
    pub fn carroll_d2(&self) -> Option<f64> {
        let total: f64 = self.relative().sum();
        let entropy: f64 = self.relative().map(|p| p / total).map(|q| -q * q.log2()).sum();
        finite(entropy / (self.parts.number as f64).log2())
            .filter(|_| total > 0.0)
            .map(|d2| d2.clamp(0.0, 1.0))
    }

    /// For each part that has the word: its share of the word, and its share of the corpus.
    fn proportions(&self) -> impl Iterator<Item = (f64, f64)> {
        let (count, size) = (self.count, self.parts.size as f64);
        self.present().map(move |share| (share.count as f64 / count, share.size as f64 / size))
    }

    /// For each part that has the word: its frequency relative to the size of the part.
    fn relative(&self) -> impl Iterator<Item = f64> {
        self.present().map(|share| share.count as f64 / share.size as f64)
    }

    fn present(&self) -> impl Iterator<Item = &'a Share> {
        self.shares.iter().filter(|share| share.count > 0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assert_close;
    use super::*;

    /// The definitions as they are printed, over a full row of parts.
    fn dp_by_definition(rows: &[(u64, u64)]) -> f64 {
        let count: u64 = rows.iter().map(|row| row.0).sum();
        let size: u64 = rows.iter().map(|row| row.1).sum();
        let deviations =
            rows.iter().map(|row| (row.0 as f64 / count as f64 - row.1 as f64 / size as f64).abs());
        deviations.sum::<f64>() / 2.0
    }

    #[test]
    fn toy_corpus_of_gries() {
        let rows = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)];
        let shares = Spread::shares_of(rows);
        let spread = Spread::new(rows.iter().map(|row| row.1).collect(), &shares);
        assert_eq!(spread.range(), 5);
        assert_close(spread.dp(), 0.18, 1e-12);
        assert_close(spread.dp_norm(), 0.2195, 1e-4);
        assert_close(spread.juilland_d(), 0.7852, 1e-4);
        assert_close(spread.rosengren_s(), 0.9498, 1e-4);
        assert_close(spread.carroll_d2(), 0.9379, 1e-4);
        assert_close(spread.divergence(), 0.137, 1e-3);
    }

    #[test]
    fn the_toy_corpus_added_up_part_by_part() {
        let rows = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)];
        let parts = rows.iter().map(|row| row.1).collect();
        let mut sum = DpSum::default();
        Spread::shares_of(rows).into_iter().for_each(|share| sum.add(&parts, 15, share));
        assert_close(sum.dp(&parts, 15), 0.18, 1e-12);
        assert_close(sum.dp_norm(&parts, 15), 0.2195, 1e-4);
        assert_eq!(DpSum::default().dp(&parts, 0), None);
    }

    #[test]
    fn parts_of_equal_size() {
        let shares = Spread::shares_of((1..=5).map(|count| (count, 10)));
        let spread = Spread::new([10; 5].into_iter().collect(), &shares);
        assert_close(spread.juilland_d(), 0.7643, 1e-4);
        assert_close(spread.rosengren_s(), 0.9368, 1e-4);
    }

    #[test]
    fn a_word_that_never_occurs_has_no_spread() {
        let spread = Spread::new([10, 20].into_iter().collect(), &[]);
        assert_eq!(spread.range(), 0);
        for measure in [spread.dp(), spread.dp_norm(), spread.juilland_d(), spread.rosengren_s()] {
            assert_eq!(measure, None);
        }
        assert_eq!((spread.divergence(), spread.carroll_d2()), (None, None));
    }

    #[test]
    fn a_corpus_of_one_part_spreads_nothing() {
        let shares = [Share { count: 3, size: 10 }];
        let spread = Spread::new([10].into_iter().collect(), &shares);
        assert_close(spread.dp(), 0.0, 0.0);
        assert_eq!((spread.dp_norm(), spread.juilland_d(), spread.carroll_d2()), (None, None, None));
    }

    #[test]
    fn a_part_without_words_is_no_part() {
        assert_eq!(
            [0, 7, 3].into_iter().collect::<Parts>(),
            Parts { number: 2, size: 10, smallest: 3, squares: 58 }
        );
    }

    fn rows() -> impl Strategy<Value = Vec<(u64, u64)>> {
        let row = (1_u64..500).prop_flat_map(|size| (0..=size, Just(size)));
        prop::collection::vec(row, 2..40)
            .prop_filter("the word occurs", |rows| rows.iter().any(|row| row.0 > 0))
    }

    proptest! {
        #[test]
        fn parts_that_lack_the_word_need_not_be_listed(rows in rows()) {
            let shares = Spread::shares_of(rows.iter().copied());
            let spread = Spread::new(rows.iter().map(|row| row.1).collect(), &shares);
            prop_assert!((spread.dp().unwrap() - dp_by_definition(&rows)).abs() < 1e-12);
        }

        #[test]
        fn adding_up_part_by_part_is_the_definition(rows in rows()) {
            let parts: Parts = rows.iter().map(|row| row.1).collect();
            let (mut sum, count) = (DpSum::default(), rows.iter().map(|row| row.0).sum());
            Spread::shares_of(rows.iter().copied()).into_iter().for_each(|share| sum.add(&parts, count, share));
            prop_assert!((sum.dp(&parts, count).unwrap() - dp_by_definition(&rows)).abs() < 1e-12);
            let shares = Spread::shares_of(rows.iter().copied());
            let spread = Spread::new(parts, &shares);
            prop_assert!((sum.dp_norm(&parts, count).unwrap() - spread.dp_norm().unwrap()).abs() < 1e-9);
        }

        #[test]
        fn every_measure_stays_on_its_scale(rows in rows()) {
            let shares = Spread::shares_of(rows.iter().copied());
            let spread = Spread::new(rows.iter().map(|row| row.1).collect(), &shares);
            for measure in [spread.dp(), spread.dp_norm(), spread.juilland_d(), spread.rosengren_s(), spread.carroll_d2()] {
                prop_assert!((0.0..=1.0).contains(&measure.unwrap()));
            }
        }

        #[test]
        fn parts_merge_in_any_order(sizes in prop::collection::vec(0_u64..100, 0..20), cut in 0_usize..20) {
            let (left, right) = sizes.split_at(cut.min(sizes.len()));
            let mut merged: Parts = right.iter().copied().collect();
            merged.merge(left.iter().copied().collect());
            prop_assert_eq!(merged, sizes.iter().copied().collect());
        }
    }
}
