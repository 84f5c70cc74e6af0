//! What sets one corpus, the target, apart from another, the reference.

use super::contingency::{Contingency, surprise};
use super::finite;

/// How often a word occurs in the target and in the reference, and how many words each has.
///
/// ```
/// use zjgr::measure::keyness::{Direction, Frequencies};
///
/// let word = Frequencies { target: 120, target_size: 50_000, reference: 60, reference_size: 80_000 };
/// assert_eq!(word.direction(), Direction::Positive);
/// assert!((word.log_likelihood().unwrap() - 58.4386).abs() < 1e-4);
/// assert!((word.percent_difference().unwrap() - 220.0).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequencies {
    /// Occurrences in the target.
    pub target: u64,
    /// Words in the target.
    pub target_size: u64,
    /// Occurrences in the reference.
    pub reference: u64,
    /// Words in the reference.
    pub reference_size: u64,
}

/// Where a word is the commoner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Direction {
    /// Relatively more often in the target.
    Positive,
    /// Relatively more often in the reference.
    Negative,
    /// As often in both.
    #[cfg_attr(feature = "cli", value(skip))]
    Neither,
}

impl Direction {
    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Neither => "neither",
        }
    }
}

impl Frequencies {
    /// The two-by-two table: for G² over four cells and chi-squared.
    pub fn table(&self) -> Contingency {
        Contingency::of_two_corpora(self.target, self.target_size, self.reference, self.reference_size)
    }

    /// In which corpus the word has the higher share.
    pub fn direction(&self) -> Direction {
        // Cross-multiplied, and in 128 bits, so that equal shares compare as equal.
        let target = u128::from(self.target) * u128::from(self.reference_size);
        let reference = u128::from(self.reference) * u128::from(self.target_size);
        match target.cmp(&reference) {
            std::cmp::Ordering::Greater => Direction::Positive,
            std::cmp::Ordering::Less => Direction::Negative,
            std::cmp::Ordering::Equal => Direction::Neither,
        }
    }

    /// The log-likelihood over two cells; never negative, and `None` where one corpus is empty.
    ///
    /// `2 (a ln(a/E1) + b ln(b/E2))` with `E1 = c (a+b)/(c+d)` and `E2 = d (a+b)/(c+d)` for `a` of `c` words in
    /// the target and `b` of `d` in the reference. Rayson, P. & Garside, R. (2000): Comparing corpora using
    /// frequency profiling. *Workshop on Comparing Corpora*, ACL, 1–6.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 58.4386.
    pub fn log_likelihood(&self) -> Option<f64> {
        let [a, c, b, d] = self.as_floats();
        if c == 0.0 || d == 0.0 {
            return None;
        }
        // The product first: then what is expected of two parts that are alike is what they have, to the last bit.
        let expected = |size: f64| size * (a + b) / (c + d);
        let sum = surprise(a, expected(c)) + surprise(b, expected(d));
        finite(2.0 * sum).map(|ll| ll.max(0.0))
    }

    /// The binary logarithm of how many times as common the word is in the target as in the reference.
    ///
    /// `log2((a/c) / (b/d))`; a count of 0 is taken as 0.5. Hardie, A. (2014): Log Ratio: an informal introduction.
    /// CASS, Lancaster University, 28 April 2014.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 1.678072.
    pub fn log_ratio(&self) -> Option<f64> {
        let [a, c, b, d] = self.as_floats();
        if a == 0.0 && b == 0.0 {
            return None;
        }
        let or_half = |count: f64| if count == 0.0 { 0.5 } else { count };
        finite(((or_half(a) / c) / (or_half(b) / d)).log2())
    }

    /// By how many percent the word is more common in the target than in the reference; `None` for a word that
    /// the reference does not have, for which no percentage is true.
    ///
    /// `100 (NFa − NFb) / NFb` with NF the share of the word in its corpus. Gabrielatos, C. & Marchi, A. (2011):
    /// Keyness: matching metrics to definitions. *Corpus Linguistics in the South* 1, Portsmouth.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 220.
    pub fn percent_difference(&self) -> Option<f64> {
        let [a, c, b, d] = self.as_floats();
        finite(100.0 * (a * d - b * c) / (b * c))
    }

    /// The ratio of the frequencies per million words, `add` added to both.
    ///
    /// `(fpm_a + n) / (fpm_b + n)`. A small `n` (1) brings out rare words, a large one (100, 1000) common ones.
    /// Kilgarriff, A. (2009): Simple maths for keywords. *Proceedings of Corpus Linguistics*, Liverpool.
    ///
    /// 120 in 50,000 words against 60 in 80,000, `add` 1 → 3.19707.
    pub fn simple_maths(&self, add: f64) -> Option<f64> {
        let [a, c, b, d] = self.as_floats();
        finite((1e6 * a / c + add) / (1e6 * b / d + add))
    }

    /// The Bayes factor of "the corpora differ" over "they do not", as the Bayesian information criterion puts
    /// it: below 0 speaks for no difference; above 2 is positive, above 6 strong, above 10 very strong evidence.
    ///
    /// `LL − ln N` with `LL` over two cells. Wilson, A. (2013): Embracing Bayes factors for key item analysis in
    /// corpus linguistics. In *New Approaches to the Study of Linguistic Variability*, 3–11.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 46.6633.
    pub fn bayes_factor(&self) -> Option<f64> {
        let [_, c, _, d] = self.as_floats();
        finite(self.log_likelihood()? - (c + d).ln())
    }

    fn as_floats(self) -> [f64; 4] {
        [self.target, self.target_size, self.reference, self.reference_size].map(|count| count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    const WORKED: Frequencies =
        Frequencies { target: 120, target_size: 50_000, reference: 60, reference_size: 80_000 };

    #[test]
    fn worked_values() {
        assert_close(WORKED.log_likelihood(), 58.4386, 1e-6);
        assert_close(WORKED.log_ratio(), 1.678072, 1e-6);
        assert_close(WORKED.percent_difference(), 220.0, 1e-12);
        assert_close(WORKED.simple_maths(1.0), 3.19707, 1e-6);
        assert_close(WORKED.bayes_factor(), 46.6633, 1e-6);
        assert_eq!(WORKED.direction(), Direction::Positive);
    }

    #[test]
    fn simple_maths_in_the_paper() {
        let paper = Frequencies {
            target: 35,
            target_size: 112_289_811,
            reference: 263,
            reference_size: 1_559_717_242,
        };
        assert_close(paper.simple_maths(1.0), 1.1224, 1e-4);
    }

    #[test]
    fn a_word_of_one_corpus_only() {
        let only_target = Frequencies { reference: 0, ..WORKED };
        assert_eq!(only_target.percent_difference(), None);
        assert_close(only_target.log_ratio(), (240.0_f64 * 1.6).log2(), 1e-12);
        let only_reference = Frequencies { target: 0, ..WORKED };
        assert_close(only_reference.percent_difference(), -100.0, 1e-12);
        assert_eq!(only_reference.direction(), Direction::Negative);
    }

    #[test]
    fn nothing_to_compare_with_has_no_value() {
        let alone = Frequencies { reference: 0, reference_size: 0, ..WORKED };
        assert_eq!(alone.log_ratio(), None);
        assert_eq!(alone.percent_difference(), None);
        assert_eq!(alone.simple_maths(1.0), None);
        let empty = Frequencies { target: 0, target_size: 0, reference: 0, reference_size: 0 };
        assert_eq!(empty.log_likelihood(), None);
        assert_eq!(empty.bayes_factor(), None);
        assert_eq!(empty.direction(), Direction::Neither);
    }

    #[test]
    fn swapping_the_corpora_turns_the_sign() {
        let swapped = Frequencies {
            target: WORKED.reference,
            target_size: WORKED.reference_size,
            reference: WORKED.target,
            reference_size: WORKED.target_size,
        };
        assert_close(swapped.log_ratio(), -1.678072, 1e-6);
        assert_close(swapped.log_likelihood(), 58.4386, 1e-6);
    }
}
