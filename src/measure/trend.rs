//! Whether a series rises or falls over time, by measures that a single wild value cannot move.

use super::finite;
use super::significance::normal_p;

/// Up to this many values without ties, the probability of a tau is counted out instead of approximated.
const EXACT_UP_TO: usize = 33;

/// Between up to this many points the slopes are written down: two million at most.
const WRITTEN_DOWN: usize = 2000;

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
///
/// ```
/// let trend = zjgr::measure::trend::kendall(&[1.0, 3.0, 2.0, 4.0, 5.0]).unwrap();
/// assert!((trend.tau - 0.8).abs() < 1e-12 && (trend.p - 0.083333).abs() < 1e-6);
/// ```
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
/// gains with each step of `x`, unmoved by up to a quarter of wild values. `None` for fewer than two points, or where
/// one is no number.
///
/// Sen, P. (1968): Estimates of the regression coefficient based on Kendall's tau. *JASA* 63, 1379–1389. Takes time
/// n log n and memory n: the slopes of a long series, which are many more than its points, are not written down but
/// counted. How many are at most `s` is how many pairs of the values `y − s x` do not rise (Cole, R. et al. (1989): An
/// optimal-time algorithm for slope selection. *SIAM Journal on Computing* 18, 792–810); the median is closed in on by
/// halving.
///
/// y = 1, 3, 2, 4, 5 at x = 0, 1, … → 1; y = 1, 2, 2, 3, 1, 4 → 0.5; (0, 0), (1, 2), (4, 4) → 1.
///
/// ```
/// assert_eq!(zjgr::measure::trend::theil_sen(&[(0.0, 0.0), (1.0, 2.0), (4.0, 4.0)]), Some(1.0));
/// ```
pub fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    if points.iter().any(|(x, y)| !(x.is_finite() && y.is_finite())) {
        return None;
    }
    if points.len() > WRITTEN_DOWN {
        return Slopes::of(points).median();
    }
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (i, from) in points.iter().enumerate() {
        let later = points.iter().skip(i + 1).filter(|to| to.0 != from.0);
        slopes.extend(later.map(|to| (to.1 - from.1) / (to.0 - from.0)));
    }
    median(&mut slopes)
}

/// The slopes between all pairs of points whose `x` differ, counted without being written down.
struct Slopes {
    /// The points, the last first, those of one `x` by falling `y`.
    points: Vec<(f64, f64)>,
    /// No slope is steeper than this, up or down.
    steepest: f64,
    /// How many pairs are no slope, as they share their `x`; and how many of those their `y` too.
    upright: u64,
    same: u64,
    /// Memory that is used again.
    values: Vec<f64>,
}

impl Slopes {
    fn of(points: &[(f64, f64)]) -> Self {
        let mut points = points.to_vec();
        points.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let pairs_of = |same: fn(&(f64, f64), &(f64, f64)) -> bool| -> u64 {
            points.chunk_by(same).map(|group| pairs(group.len())).sum()
        };
        let ys = points.iter().map(|point| point.1);
        let spread = ys.clone().fold(f64::MIN, f64::max) - ys.fold(f64::MAX, f64::min);
        let gaps = points.windows(2).map(|pair| pair[0].0 - pair[1].0).filter(|&gap| gap > 0.0);
        let steepest = (spread / gaps.fold(f64::MAX, f64::min)).min(f64::MAX);
        let (upright, same) = (pairs_of(|a, b| a.0 == b.0), pairs_of(|a, b| a == b));
        Self { values: Vec::with_capacity(points.len()), points, steepest, upright, same }
    }

    fn median(&mut self) -> Option<f64> {
        let slopes = pairs(self.points.len()) - self.upright;
        if slopes == 0 {
            return None;
        }
        let lower = self.smallest_with(slopes.div_ceil(2));
        match slopes % 2 == 1 || self.up_to(lower) > slopes / 2 {
            true => Some(lower),
            false => Some(f64::midpoint(lower, self.smallest_with(slopes / 2 + 1))),
        }
    }

    /// The smallest number that so many slopes do not exceed.
    fn smallest_with(&mut self, count: u64) -> f64 {
        // Halving goes over the numbers that a float can be, in order: each is found in 64 steps, however small.
        let (mut below, mut found) = (order(-self.steepest) - 1, order(self.steepest));
        while found - below > 1 {
            let middle = (below + found) / 2;
            match self.up_to(in_order(middle)) >= count {
                true => found = middle,
                false => below = middle,
            }
        }
        in_order(found)
    }

    /// How many slopes are at most `slope`.
    fn up_to(&mut self, slope: f64) -> u64 {
        self.values.clear();
        self.values.extend(self.points.iter().map(|&(x, y)| y - slope * x));
        // The later point comes first here: a pair that falls is one whose slope is larger. Of the pairs that share
        // their x, those with different y fall too.
        let larger = sort_counting_inversions(&mut self.values).saturating_sub(self.upright - self.same);
        pairs(self.points.len()) - self.upright - larger
    }
}

fn pairs(n: usize) -> u64 {
    let n = n as u64;
    n * n.saturating_sub(1) / 2
}

/// Where a float stands in the order of all floats.
fn order(number: f64) -> i128 {
    let bits = i128::from(number.to_bits() as i64);
    if bits < 0 { i128::from(i64::MIN) - bits } else { bits }
}

/// The float that stands there.
fn in_order(place: i128) -> f64 {
    let bits = if place < 0 { i128::from(i64::MIN) - place } else { place };
    f64::from_bits(bits as i64 as u64)
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

    #[test]
    fn eighty_years_of_days_take_no_room() {
        // What rises by one in four days, with a wild value now and then.
        let days = (0..29_220_u32)
            .map(|day| (f64::from(day), f64::from(if day % 97 == 0 { 5000 } else { day / 4 })));
        assert_close(theil_sen(&days.collect::<Vec<_>>()), 0.25, 1e-4);
        let still: Vec<(f64, f64)> =
            (0..29_220_u32).map(|day| (f64::from(day), f64::from(u8::from(day % 7 == 0)))).collect();
        assert_close(theil_sen(&still), 0.0, 0.0);
    }

    proptest! {
        #[test]
        fn slopes_are_counted_as_they_are_written_down(
            points in prop::collection::vec((0_u8..30, -20_i8..20, 1_u8..9), 0..40),
        ) {
            let mut points: Vec<(f64, f64)> =
                points.iter().map(|&(x, y, part)| (x.into(), f64::from(y) / f64::from(part))).collect();
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            match (Slopes::of(&points).median(), theil_sen(&points)) {
                (Some(counted), Some(written)) => prop_assert!((counted - written).abs() < 1e-9, "{counted} {written}"),
                (counted, written) => prop_assert_eq!(counted, written),
            }
        }

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
