//! Which words keep company: a node, and a word near it.
//!
//! ```
//! use zjgr::measure::association::Pair;
//!
//! let pair = Pair { together: 30, places: 200, node: 200, collocate: 500, size: 100_000 };
//! assert_eq!(pair.expected(), Some(1.0));
//! assert!((pair.log_dice().unwrap() - 10.4557).abs() < 1e-4);
//! assert_eq!(Pair { together: 0, ..pair }.mi(), None);
//! ```

use super::contingency::Contingency;
use super::finite;

/// The counts behind one node and one collocate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// How often the collocate stands near the node.
    pub together: u64,
    /// How many places there are near the node: all words inside its windows, or, for bigrams, how often it occurs.
    pub places: u64,
    /// How often the node occurs.
    pub node: u64,
    /// How often the collocate occurs in the corpus.
    pub collocate: u64,
    /// How many words the corpus has.
    pub size: u64,
}

impl Pair {
    /// The two-by-two table of near and not near against this collocate and any other word.
    pub fn table(&self) -> Contingency {
        Contingency::of_pair(self.together, self.places, self.collocate, self.size)
    }

    fn consistent_table(&self) -> Option<Contingency> {
        (self.together <= self.places && self.together <= self.collocate).then(|| self.table())
    }

    /// How often the collocate would stand near the node by chance: `places × collocate / size`.
    ///
    /// With windows, `places` counts the words inside them: the expectation that Evert, S. (2008): Corpora and
    /// collocations (*Corpus Linguistics: An International Handbook*, 1212–1248) gives for surface co-occurrence.
    pub fn expected(&self) -> Option<f64> {
        finite(self.places as f64 * self.collocate as f64 / self.size as f64)
    }

    /// Pointwise mutual information: `log2(O/E)`. Favours rare words.
    ///
    /// Church, K. & Hanks, P. (1990): Word association norms, mutual information, and lexicography.
    /// *Computational Linguistics* 16(1), 22–29.
    ///
    /// 30 together of 200 and 500 in 100,000 → 4.906891.
    pub fn mi(&self) -> Option<f64> {
        finite((self.together as f64 / self.expected()?).log2())
    }

    /// Mutual information with the observed count cubed, which favours frequent pairs: `log2(O³/E)`.
    ///
    /// Daille, B. (1994): *Approche mixte pour l'extraction automatique de terminologie*. PhD thesis, Paris 7.
    ///
    /// 30 together of 200 and 500 in 100,000 → 14.720672.
    pub fn mi3(&self) -> Option<f64> {
        finite((self.together as f64).powi(3).log2() - self.expected()?.log2())
    }

    /// The t-score: `(O − E) / √O`.
    ///
    /// Church, K., Gale, W., Hanks, P. & Hindle, D. (1991): Using statistics in lexical analysis. In *Lexical
    /// Acquisition*, 115–164.
    ///
    /// 30 together of 200 and 500 in 100,000 → 5.294651.
    pub fn t_score(&self) -> Option<f64> {
        let observed = self.together as f64;
        finite((observed - self.expected()?) / observed.sqrt())
    }

    /// The Dice coefficient on a logarithmic scale, which no size of corpus changes: `14 + log2(2 f(xy) / (f(x) + f(y)))`.
    ///
    /// Rychlý, P. (2008): A lexicographer-friendly association score. *RASLAN 2008*, 6–9. At most 14 where
    /// a node has one collocate; a window that holds several may bring it above.
    ///
    /// 30 together of 200 and 500 → 10.455679.
    pub fn log_dice(&self) -> Option<f64> {
        let dice = 2.0 * self.together as f64 / (self.node as f64 + self.collocate as f64);
        finite(14.0 + dice.log2())
    }

    /// The log-likelihood ratio over all four cells; see [`Contingency::g2`]. `None` where the pair stands together
    /// more often than there are places, as may be where windows are counted as if they held one word.
    ///
    /// 30 together of 200 and 500 in 100,000 → 152.247142.
    pub fn g2(&self) -> Option<f64> {
        self.consistent_table()?.g2()
    }

    /// ΔP of the collocate given the node: how much likelier the collocate is near the node than elsewhere.
    ///
    /// `O11/R1 − O21/R2`. Ellis, N. (2006): Language acquisition as rational contingency learning. *Applied
    /// Linguistics* 27(1), 1–24; Gries, S. (2013): 50-something years of work on collocations. *IJCL* 18(1), 137–166.
    ///
    /// *of course*, 5,610 times together of 168,938 *of* and (5,610 + 2,257) *course* → .032.
    pub fn delta_p_collocate(&self) -> Option<f64> {
        self.consistent_table()?.difference_of_rows()
    }

    /// ΔP of the node given the collocate: how much likelier the node is near the collocate than near other words.
    ///
    /// `O11/C1 − O12/C2`; sources as for [`Pair::delta_p_collocate`]. *of course* → .697.
    pub fn delta_p_node(&self) -> Option<f64> {
        self.consistent_table()?.difference_of_columns()
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    const WORKED: Pair = Pair { together: 30, places: 200, node: 200, collocate: 500, size: 100_000 };

    #[test]
    fn worked_values() {
        assert_close(WORKED.expected(), 1.0, 1e-12);
        assert_close(WORKED.mi(), 4.906891, 1e-6);
        assert_close(WORKED.mi3(), 14.720672, 1e-7);
        assert_close(WORKED.t_score(), 5.294651, 1e-6);
        assert_close(WORKED.log_dice(), 10.455679, 1e-7);
        assert_close(WORKED.g2(), 152.247142, 1e-8);
    }

    #[test]
    fn of_course() {
        // The four cells as Gries (2013) prints them.
        let (o11, o12, o21, o22) = (5_610, 168_938, 2_257, 10_233_063);
        let pair = Pair {
            together: o11,
            places: o11 + o12,
            node: o11 + o12,
            collocate: o11 + o21,
            size: o11 + o12 + o21 + o22,
        };
        assert_close(pair.delta_p_collocate(), 0.032, 5e-4);
        assert_close(pair.delta_p_node(), 0.697, 5e-4);
    }

    #[test]
    fn never_together_has_no_logarithm() {
        let never = Pair { together: 0, ..WORKED };
        assert_eq!(never.mi(), None);
        assert_eq!(never.mi3(), None);
        assert_eq!(never.t_score(), None);
        assert_eq!(never.log_dice(), None);
        assert!(never.g2().is_some());
    }

    #[test]
    fn always_together() {
        let always = Pair { together: 5, places: 5, node: 5, collocate: 5, size: 5 };
        assert_close(always.mi(), 0.0, 1e-12);
        assert_close(always.log_dice(), 14.0, 1e-12);
        // Nothing is left outside the windows to compare with.
        assert_eq!(always.g2(), None);
        assert_eq!(always.delta_p_collocate(), None);
    }
}
