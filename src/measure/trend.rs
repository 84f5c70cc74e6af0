//! Whether a series rises or falls over time, by measures that a single wild value cannot move.

use super::finite;
use super::significance::normal_p;

/// Up to this many values without ties, the probability of a tau is counted out instead of approximated.
const EXACT_UP_TO: usize = 33;

/// Kendall's rank correlation of a series with time, and how likely one as strong is by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// Tau-b: from −1 (falls at every step) to 1 (rises at every step).
    pub tau: f64,
    /// The probability of a tau so far from 0, on either side, in a series that has no trend.
    pub p: f64,
}

/// Kendall's tau-b of `values`, taken at equal steps of time, and its two-sided probability (the test of Mann and
/// Kendall). `None` where there are fewer than two values or all are the same: there is nothing to rank.
///
/// `tau_b = (C − D) / √((n₀ − n₁) n₀)` for `C` pairs that rise, `D` that fall, `n₀ = n(n−1)/2` pairs in all and `n₁`
/// tied ones. The probability is exact up to 33 values without ties, else normal with the variance corrected for ties.
/// Kendall, M. (1970): *Rank Correlation Methods*, 4th ed.; Mann, H. (1945): Nonparametric tests against trend.
/// *Econometrica* 13, 245–259. Takes time n log n.
///
/// [1, 3, 2, 4, 5] → τ 0.8, p 0.083333; [1, 2, 2, 3, 1, 4] → τ 0.501280, p 0.172537.
pub fn kendall(values: &[f64]) -> Option<Kendall> {
    let n = values.len();
    if n < 2 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut sorted = values.to_vec();
    let falling = sort_counting_inversions(&mut sorted);
    let (mut tied, mut tied_variance) = (0_u64, 0.0);
    for group in sorted.chunk_by(|a, b| a == b) {
        let t = group.len() as u64;
        tied += t * (t - 1) / 2;
        tied_variance += (t * (t - 1)) as f64 * (2 * t + 5) as f64;
    }
    let n = n as u64;
    let pairs = n * (n - 1) / 2;
    if tied == pairs {
        return None;
    }
    let rising = pairs - tied - falling;
    let difference = rising as f64 - falling as f64;
    // Two roots, as a product of two large numbers of pairs loses digits.
    let tau = (difference / ((pairs - tied) as f64).sqrt() / (pairs as f64).sqrt()).clamp(-1.0, 1.0);
    let fewer = rising.min(falling);
    let p = if tied == 0 && (n as usize <= EXACT_UP_TO || fewer <= 1) {
        exact_p(n, fewer)
    } else {
        let variance = ((n * (n - 1)) as f64 * (2 * n + 5) as f64 - tied_variance) / 18.0;
        normal_p(difference / variance.sqrt())
    };
    Some(Kendall { tau, p: p.min(1.0) })
}

/// Sorts, and says how many pairs stood in falling order: equal ones do not count.
fn sort_counting_inversions(values: &mut [f64]) -> u64 {
    let mut buffer = values.to_vec();
    let (mut inversions, mut width) = (0_u64, 1_usize);
    // A merge sort from the bottom up: no depth to run out of.
    while width < values.len() {
        for (block, out) in values.chunks(2 * width).zip(buffer.chunks_mut(2 * width)) {
            let (left, right) = block.split_at(width.min(block.len()));
            let (mut l, mut r) = (left.iter().peekable(), right.iter().peekable());
            for slot in out {
                let take_right = match (l.peek(), r.peek()) {
                    (Some(a), Some(b)) => b < a,
                    (left, _) => left.is_none(),
                };
                if take_right {
                    inversions += l.len() as u64;
                }
                if let Some(&value) = if take_right { r.next() } else { l.next() } {
                    *slot = value;
                }
            }
        }
        values.copy_from_slice(&buffer);
        width *= 2;
    }
    inversions
}

/// The probability that of `n` values in random order at most `fewer` pairs stand against the trend, in either
/// direction: twice the share of permutations with so few inversions.
fn exact_p(n: u64, fewer: u64) -> f64 {
    // share[k]: how likely k inversions are among the values so far. The j-th value adds 0 to j−1 with equal chance.
    let mut share = vec![0.0; fewer as usize + 1];
    if let Some(none) = share.first_mut() {
        *none = 1.0;
    }
    for j in 2..=n {
        let before = std::mem::replace(&mut share, Vec::with_capacity(fewer as usize + 1));
        let mut window = 0.0;
        for (k, value) in before.iter().enumerate() {
            window += value;
            if let Some(left) = k.checked_sub(j as usize).and_then(|gone| before.get(gone)) {
                window -= left;
            }
            share.push(window / j as f64);
        }
    }
    (2.0 * share.iter().sum::<f64>()).min(1.0)
}

/// The Theil–Sen slope: the median of the slopes between all pairs of points `(x, y)`, `x` rising. How much the series
/// gains with each step of `x`, unmoved by up to a quarter of wild values. `None` for fewer than two points.
///
/// Sen, P. (1968): Estimates of the regression coefficient based on Kendall's tau. *JASA* 63, 1379–1389. Takes time
/// and memory with the square of the length: 10 years of days are 7 million pairs.
///
/// y = 1, 3, 2, 4, 5 at x = 0, 1, … → 1; y = 1, 2, 2, 3, 1, 4 → 0.5; (0, 0), (1, 2), (4, 4) → 1.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (i, from) in points.iter().enumerate() {
        let later = points.iter().skip(i + 1).filter(|to| to.0 != from.0);
        slopes.extend(later.map(|to| (to.1 - from.1) / (to.0 - from.0)));
    }
    median(&mut slopes)
}

/// The middle value, or the mean of the two in the middle. Changes the order of `values`.
fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let lower = below.iter().copied().max_by(f64::total_cmp).filter(|_| even);
    finite(lower.map_or(upper, |lower| (lower + upper) / 2.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assert_close;
    use super::*;

    fn at_equal_steps(values: &[f64]) -> Vec<(f64, f64)> {
        values.iter().enumerate().map(|(x, &y)| (x as f64, y)).collect()
    }

    #[test]
    fn worked_values() {
        let rising = kendall(&[1.0, 3.0, 2.0, 4.0, 5.0]).expect("a trend");
        assert_close(rising.tau, 0.8, 1e-12);
        assert_close(rising.p, 0.083333, 1e-6);
        let tied = kendall(&[1.0, 2.0, 2.0, 3.0, 1.0, 4.0]).expect("a trend");
        assert_close(tied.tau, 0.501280, 1e-6);
        assert_close(tied.p, 0.172537, 1e-6);
        assert_close(theil_sen(&at_equal_steps(&[1.0, 3.0, 2.0, 4.0, 5.0])), 1.0, 1e-12);
        assert_close(theil_sen(&at_equal_steps(&[1.0, 2.0, 2.0, 3.0, 1.0, 4.0])), 0.5, 1e-12);
        assert_close(theil_sen(&[(0.0, 0.0), (1.0, 2.0), (4.0, 4.0)]), 1.0, 1e-12);
    }

    #[test]
    fn a_series_that_rises_at_every_step() {
        let line: Vec<f64> = (0..8).map(|x| 2.0 + 3.0 * f64::from(x)).collect();
        let trend = kendall(&line).expect("a trend");
        assert_close(trend.tau, 1.0, 1e-12);
        assert_close(trend.p, 2.0 / 40320.0, 1e-15);
        assert_close(theil_sen(&at_equal_steps(&line)), 3.0, 1e-12);
    }

    #[test]
    fn nothing_to_rank_has_no_trend() {
        assert_eq!(kendall(&[]), None);
        assert_eq!(kendall(&[1.0]), None);
        assert_eq!(kendall(&[0.0, 0.0, 0.0]), None);
        assert_eq!(kendall(&[0.0, f64::NAN]), None);
        assert_eq!(theil_sen(&at_equal_steps(&[])), None);
        assert_eq!(theil_sen(&at_equal_steps(&[4.0])), None);
        assert_close(theil_sen(&at_equal_steps(&[0.0, 0.0, 0.0])), 0.0, 0.0);
    }

    proptest! {
        #[test]
        fn inversions_are_counted_as_the_definition_says(values in prop::collection::vec(0_u8..20, 0..60)) {
            let mut floats: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
            let pairs = (0..values.len()).flat_map(|i| (i + 1..values.len()).map(move |j| (i, j)));
            let falling = pairs.filter(|&(i, j)| values[i] > values[j]).count() as u64;
            prop_assert_eq!(sort_counting_inversions(&mut floats), falling);
            prop_assert!(floats.is_sorted());
        }

        #[test]
        fn turning_a_series_round_turns_its_trend(values in prop::collection::vec(0_u8..20, 2..60)) {
            let forwards: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
            let backwards: Vec<f64> = forwards.iter().rev().copied().collect();
            match (kendall(&forwards), kendall(&backwards)) {
                (Some(a), Some(b)) => {
                    prop_assert!((a.tau + b.tau).abs() < 1e-12 && (a.p - b.p).abs() < 1e-12);
                }
                (a, b) => prop_assert_eq!(a, b),
            }
            prop_assert!((theil_sen(&at_equal_steps(&forwards)).unwrap() + theil_sen(&at_equal_steps(&backwards)).unwrap()).abs() < 1e-12);
        }
    }
}
