//! From a statistic to a probability, and from many probabilities to those that stand.

use std::f64::consts::SQRT_2;

/// The probability that chi-squared with one degree of freedom is `statistic` or more where nothing is going on:
/// for chi-squared and for both log-likelihoods of a two-by-two table.
///
/// `erfc(√(x/2))`. 3.841459 → 0.05; 58.4386 → 2.0973e−14.
///
/// ```
/// assert!((zjgr::measure::significance::chi_squared_p(3.841459) - 0.05).abs() < 1e-6);
/// ```
pub fn chi_squared_p(statistic: f64) -> f64 {
    libm::erfc((statistic.max(0.0) / 2.0).sqrt())
}

/// The probability that a standard normal variable is as far from 0 as `z`, on either side.
///
/// `erfc(|z|/√2)`. 1.959964 → 0.05.
///
/// ```
/// assert!((zjgr::measure::significance::normal_p(1.959964) - 0.05).abs() < 1e-6);
/// ```
pub fn normal_p(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// Bonferroni's correction: each probability times the number of them, at most 1.
///
/// [0.01, 0.04, 0.03] → [0.03, 0.12, 0.09].
///
/// ```
/// let corrected = zjgr::measure::significance::bonferroni(&[0.01, 0.04, 0.03]);
/// assert!((corrected[2] - 0.09).abs() < 1e-12);
/// ```
pub fn bonferroni(probabilities: &[f64]) -> Vec<f64> {
    probabilities.iter().map(|p| (p * probabilities.len() as f64).min(1.0)).collect()
}

/// The correction that holds the share of false discoveries, not the chance of a single one. Take every row whose
/// corrected value is below 0.05, and 5 % of what you took is expected to be noise.
///
/// The `i`-th smallest of `m` becomes the least of `m p / j` for `j ≥ i`. Benjamini, Y. & Hochberg, Y. (1995):
/// Controlling the false discovery rate. *JRSS B* 57(1), 289–300. The order of the input is kept.
///
/// [0.01, 0.04, 0.03, 0.005] → [0.02, 0.04, 0.04, 0.02].
///
/// ```
/// let corrected = zjgr::measure::significance::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]);
/// assert!((corrected[0] - 0.02).abs() < 1e-12);
/// ```
pub fn benjamini_hochberg(probabilities: &[f64]) -> Vec<f64> {
    let mut by_size: Vec<(usize, f64)> = probabilities.iter().copied().enumerate().collect();
    by_size.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let many = probabilities.len() as f64;
    let mut least = 1.0_f64;
    let mut corrected = vec![1.0; probabilities.len()];
    for (rank, &(index, p)) in by_size.iter().enumerate().rev() {
        // In this order a probability never comes out below what it was by rounding.
        least = least.min(p * (many / (rank + 1) as f64));
        if let Some(slot) = corrected.get_mut(index) {
            *slot = least;
        }
    }
    corrected
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assert_close;
    use super::*;

    fn assert_all_close(measured: &[f64], expected: &[f64]) {
        assert_eq!(measured.len(), expected.len());
        measured.iter().zip(expected).for_each(|(&m, &e)| assert_close(m, e, 1e-12));
    }

    #[test]
    fn worked_values() {
        assert_close(chi_squared_p(3.841458820694124), 0.05, 1e-12);
        assert_close(chi_squared_p(58.4386) / 2.0973e-14, 1.0, 1e-4);
        assert_close(normal_p(-1.959963984540054), 0.05, 1e-12);
        assert_all_close(&bonferroni(&[0.01, 0.04, 0.03]), &[0.03, 0.12, 0.09]);
        assert_all_close(&benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005]), &[0.02, 0.04, 0.04, 0.02]);
    }

    #[test]
    fn the_ends_of_the_scale() {
        assert_close(chi_squared_p(0.0), 1.0, 0.0);
        // So small that no float holds it: 0, not an error.
        assert_close(chi_squared_p(1e9), 0.0, 0.0);
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn corrections_only_ever_raise(probabilities in prop::collection::vec(0.0..=1.0_f64, 0..30)) {
            let discovery = benjamini_hochberg(&probabilities);
            let family = bonferroni(&probabilities);
            for ((p, fdr), fwer) in probabilities.iter().zip(&discovery).zip(&family) {
                prop_assert!(p <= fdr && *fdr <= fwer + 1e-12 && *fwer <= 1.0);
            }
        }
    }
}
