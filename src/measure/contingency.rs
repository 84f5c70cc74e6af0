//! The two-by-two table, and the tests that need nothing else.
//!
//! ```
//! use zjgr::measure::contingency::Contingency;
//!
//! let table = Contingency::of_two_corpora(120, 50_000, 60, 80_000);
//! assert!((table.g2().unwrap() - 58.5225).abs() < 1e-4);
//! assert!((table.chi_squared().unwrap() - 60.5839).abs() < 1e-4);
//! ```

use super::finite;

/// A table of observed counts with two rows and two columns.
///
/// | | the word | any other word |
/// | --- | --- | --- |
/// | **here** (target corpus, or inside the windows) | `o11` | `o12` |
/// | **elsewhere** (reference corpus, or outside) | `o21` | `o22` |
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contingency {
    o11: f64,
    o12: f64,
    o21: f64,
    o22: f64,
}

impl Contingency {
    /// The table of a word that occurs `here` times among `size_here` words and `elsewhere` times among
    /// `size_elsewhere`. A count larger than its corpus is taken as the whole of it.
    pub fn of_two_corpora(here: u64, size_here: u64, elsewhere: u64, size_elsewhere: u64) -> Self {
        Self {
            o11: here.min(size_here) as f64,
            o12: size_here.saturating_sub(here) as f64,
            o21: elsewhere.min(size_elsewhere) as f64,
            o22: size_elsewhere.saturating_sub(elsewhere) as f64,
        }
    }

    /// The table of two words that occur `together` times, one of them `row` times in all and the other
    /// `column` times, in a corpus of `size` words.
    pub fn of_pair(together: u64, row: u64, column: u64, size: u64) -> Self {
        let either = (row + column).saturating_sub(together);
        Self {
            o11: together as f64,
            o12: row.saturating_sub(together) as f64,
            o21: column.saturating_sub(together) as f64,
            o22: size.saturating_sub(either) as f64,
        }
    }

    fn rows(&self) -> (f64, f64) {
        (self.o11 + self.o12, self.o21 + self.o22)
    }

    fn columns(&self) -> (f64, f64) {
        (self.o11 + self.o21, self.o12 + self.o22)
    }

    fn total(&self) -> f64 {
        self.o11 + self.o12 + self.o21 + self.o22
    }

    /// How often the word would stand here by chance: its row sum times its column sum over the total.
    pub fn expected(&self) -> Option<f64> {
        finite(self.rows().0 * self.columns().0 / self.total())
    }

    /// The log-likelihood ratio over all four cells, G²; never negative.
    ///
    /// `2 Σ O ln(O/E)`, where a cell of 0 adds nothing. Dunning, T. (1993): Accurate methods for the statistics
    /// of surprise and coincidence. *Computational Linguistics* 19(1), 61–74.
    ///
    /// `None` where one of the rows is empty, so that there is nothing to compare.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 58.5225; 30 together of 200 and 500 in 100,000 → 152.247142.
    pub fn g2(&self) -> Option<f64> {
        let (r1, r2) = self.rows();
        let (c1, c2) = self.columns();
        let total = self.total();
        if r1 == 0.0 || r2 == 0.0 {
            return None;
        }
        let sum = surprise(self.o11, r1 * c1 / total)
            + surprise(self.o12, r1 * c2 / total)
            + surprise(self.o21, r2 * c1 / total)
            + surprise(self.o22, r2 * c2 / total);
        // The sum is 0 at least; rounding may leave it a hair below.
        finite(2.0 * sum).map(|g2| g2.max(0.0))
    }

    /// Pearson's chi-squared.
    ///
    /// `N (O11 O22 − O12 O21)² / (R1 R2 C1 C2)`. 120 in 50,000 words against 60 in 80,000 → 60.583885.
    pub fn chi_squared(&self) -> Option<f64> {
        self.chi_squared_less(0.0)
    }

    /// Pearson's chi-squared with the correction for continuity.
    ///
    /// `N max(0, |O11 O22 − O12 O21| − N/2)² / (R1 R2 C1 C2)`. Yates, F. (1934): Contingency tables involving
    /// small numbers and the χ² test. *Supplement to the JRSS* 1(2), 217–235.
    ///
    /// 120 in 50,000 words against 60 in 80,000 → 59.396443.
    pub fn chi_squared_yates(&self) -> Option<f64> {
        self.chi_squared_less(self.total() / 2.0)
    }

    fn chi_squared_less(&self, correction: f64) -> Option<f64> {
        let (r1, r2) = self.rows();
        let (c1, c2) = self.columns();
        let total = self.total();
        let difference = ((self.o11 * self.o22 - self.o12 * self.o21).abs() - correction).max(0.0);
        // Divided step by step: the product of four sums of a large corpus would lose digits or overflow.
        finite(total * (difference / r1 / c1) * (difference / r2 / c2))
    }

    /// How much likelier the word is here than elsewhere: `O11/R1 − O21/R2`, from −1 to 1.
    pub fn difference_of_rows(&self) -> Option<f64> {
        let (r1, r2) = self.rows();
        finite(self.o11 / r1 - self.o21 / r2)
    }

    /// How much likelier "here" is for the word than for the others: `O11/C1 − O12/C2`, from −1 to 1.
    pub fn difference_of_columns(&self) -> Option<f64> {
        let (c1, c2) = self.columns();
        finite(self.o11 / c1 - self.o12 / c2)
    }
}

/// `O ln(O/E)`, which tends to 0 with O.
pub(super) fn surprise(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn two_corpora() {
        let table = Contingency::of_two_corpora(120, 50_000, 60, 80_000);
        assert_close(table.g2(), 58.5225, 1e-4 / 58.0);
        assert_close(table.chi_squared(), 60.583885, 1e-8);
        assert_close(table.chi_squared_yates(), 59.396443, 1e-8);
    }

    #[test]
    fn a_pair_of_words() {
        let table = Contingency::of_pair(30, 200, 500, 100_000);
        assert_close(table.expected(), 1.0, 1e-12);
        assert_close(table.g2(), 152.247142, 1e-8);
    }

    #[test]
    fn a_word_spread_by_chance_surprises_nobody() {
        let table = Contingency::of_two_corpora(10, 1_000, 20, 2_000);
        assert_close(table.g2(), 0.0, 1e-12);
        assert_close(table.chi_squared(), 0.0, 1e-12);
        // The correction is larger than the difference: 0, not the square of a negative number.
        assert_eq!(Contingency::of_two_corpora(1, 10, 2, 19).chi_squared_yates(), Some(0.0));
    }

    #[test]
    fn a_corpus_of_nothing_has_no_value() {
        let table = Contingency::of_two_corpora(3, 100, 0, 0);
        assert_eq!(table.g2(), None);
        assert_eq!(table.chi_squared_yates(), None);
        assert_eq!(table.difference_of_rows(), None);
    }
}
