//! Whether a word is more frequent in one half of a corpus than its articles, dealt out by chance, would make it.
//!
//! A test that takes every word for independent of the last calls far too much significant, since a text that has a
//! word once has it again (Lijffijt, J. et al. (2016): Significance testing of word frequencies in corpora. *Digital
//! Scholarship in the Humanities* 31(2), 374–397). Here the articles are what is drawn: they are dealt out anew to
//! target and reference, each of which keeps its number of them, and `p` is how likely the word's count in the target
//! then strays as far as it does.
//!
//! The dealing is not drawn but worked out. The statistic is the sum over the target of `x = c − f n`, where an article
//! of `n` words has the word `c` times and `f` is its share of the whole corpus. Let each article fall to the target
//! with the chance `π`, and ask only for those deals that give it its number of articles: then the tail of the sum
//! follows from the saddlepoint of `K(t, a) = Σ ln(1 − π + π eᵃ⁺ᵗˣ)` (Robinson, J. (1982): Saddlepoint approximations
//! for permutation tests and confidence intervals. *JRSS B* 44(1), 91–101; Skovgaard, I. (1987): Saddlepoint expansions
//! for conditional distributions. *J. Appl. Prob.* 24(4), 875–887). So a probability of 10⁻²⁰ is told as well as one of
//! 0.2, nothing is random, and the same corpus has the same probabilities everywhere.

use std::f64::consts::{PI, SQRT_2};

use super::dispersion::{Parts, Share};

/// Newton's steps to the saddlepoint; it takes four to ten.
const MOST_STEPS: usize = 60;
/// How near the saddlepoint has to be: by Newton's decrement, half of which is how far `K` is off (Boyd & Vandenberghe
/// 2004, 9.5).
const NEAR_ENOUGH: f64 = 1e-18;
/// Where the decrement is as small as that a whole step leads down, whatever rounding makes of the two heights.
const CERTAIN: f64 = 1e-8;
/// No step is halved further.
const SHORTEST_STEP: f64 = 1e-8;
/// So near to the middle, in standard deviations, the formula divides next to nothing by next to nothing; the normal
/// distribution does there.
const MIDDLE: f64 = 0.01;
/// Where a count has a standard deviation of so many of its steps, that it moves in steps makes no difference.
const SMOOTH: f64 = 20.0;
/// A product of chances is taken the logarithm of before it is too small to be told from nothing.
const SMALLEST_PRODUCT: f64 = 1e-250;
/// Where the lengths of the articles alone give the statistic so much of a step, or of its own standard deviation, it
/// does not move in steps.
const BLURRED: f64 = 0.5;

/// The two-sided probability that articles dealt out by chance to target and reference give a word as uneven a count:
/// twice the smaller tail, what is exactly as uneven counted half, at most 1.
///
/// `parts` are target and reference, `shares` the articles of each that have the word. Exactly 1 where the word has the
/// same share of both; `None` where one part has no article, or the word never occurs. The last digits depend on
/// the order of the shares, so pass them in a fixed one. Takes time with the number of shares.
///
/// Ten articles of 100 words each in target and reference; a word once in eight of the target's and in two of the
/// reference's → 0.01191 (counted out over all ways to deal: 0.01205).
///
/// ```
/// use zjgr::measure::dispersion::Spread;
/// use zjgr::measure::permutation::permutation_p;
///
/// // Ten articles of 100 words on either side: eight of the target's have the word, two of the reference's.
/// let side = |has| (0..10).map(move |article| (u64::from(article < has), 100));
/// let parts = side(8).map(|article| article.1).collect();
/// let (target, reference) = (Spread::shares_of(side(8)), Spread::shares_of(side(2)));
/// let p = permutation_p([&parts, &parts], [&target, &reference]).unwrap();
/// assert!((p - 0.0119).abs() < 1e-4);
/// ```
pub fn permutation_p(parts: [&Parts; 2], shares: [&[Share]; 2]) -> Option<f64> {
    let count_of = |side: &[Share]| side.iter().map(|share| i128::from(share.count)).sum::<i128>();
    let counts = shares.map(count_of);
    let sizes = parts.map(|part| i128::from(part.size));
    if parts.iter().any(|part| part.number == 0) || counts == [0, 0] {
        return None;
    }
    // What the target has more than its fair share, times the size of the whole, in whole numbers.
    let excess = counts[0] * sizes[1] - counts[1] * sizes[0];
    let deal = Deal::new(parts, shares, excess < 0);
    if excess == 0 || deal.deviation() <= 0.0 {
        return Some(1.0);
    }
    let tail = deal.tail(excess.abs() as f64 / (sizes[0] + sizes[1]) as f64);
    Some((2.0 * tail.min(1.0 - tail)).clamp(deal.least(), 1.0))
}

/// A word and the articles among which it is dealt out.
struct Deal {
    /// How many articles the side has that is looked at: the one with more than its fair share.
    dealt: f64,
    /// The share of all articles that these are.
    chance: f64,
    /// How far the articles that have the word are above their fair share, the furthest first; those that are alike are
    /// taken together.
    above: Vec<Alike>,
    /// How many articles these are.
    having: f64,
    /// The greatest common divisor of the counts: in such steps the statistic moves.
    step: f64,
    /// The standard deviation that it would have if only the lengths of the articles differed.
    blur: f64,
    without: Without,
}

/// Articles that are equally far above their fair share.
struct Alike {
    /// How far.
    x: f64,
    /// How many there are.
    number: f64,
}

/// The articles without the word, taken together: each is below its fair share by what is fair for its length, which
/// differs little between them.
struct Without {
    number: f64,
    /// How far one is below its fair share in the mean, as a negative number.
    mean: f64,
    /// The sum of squares around that mean.
    squares: f64,
}

/// `K` at one point, with its first and second derivatives.
struct Cumulants {
    value: f64,
    /// What the logarithm is still to be taken of.
    product: f64,
    slope: [f64; 2],
    /// By `t` twice, by `t` and `a`, by `a` twice.
    curve: [f64; 3],
}

impl Cumulants {
    /// Adds what `number` articles bring that are each by `x` above their fair share.
    fn add(&mut self, [t, a]: [f64; 2], chance: f64, x: f64, number: f64) {
        let (y, other) = (a + t * x, 1.0 - chance);
        // Of the two ways to write it, the one in which nothing overflows.
        let small = libm::exp(-y.abs());
        let (inside, outside) = if y > 0.0 { (chance, other * small) } else { (chance * small, other) };
        let total = inside + outside;
        let inside = inside / total;
        let spread = number * inside * (outside / total);
        self.value += number * y.max(0.0);
        // One logarithm of a product in place of one of each factor.
        match number {
            1.0 => self.product *= total,
            _ => self.value += number * libm::log(total),
        }
        if self.product < SMALLEST_PRODUCT {
            self.take_logarithm();
        }
        self.slope[0] += number * x * inside;
        self.slope[1] += number * inside;
        self.curve[0] += spread * x * x;
        self.curve[1] += spread * x;
        self.curve[2] += spread;
    }

    fn take_logarithm(&mut self) {
        self.value += libm::log(std::mem::replace(&mut self.product, 1.0));
    }

    fn determinant(&self) -> f64 {
        self.curve[0] * self.curve[2] - self.curve[1] * self.curve[1]
    }
}

impl Deal {
    /// `turned` looks at the reference instead of the target.
    fn new(parts: [&Parts; 2], shares: [&[Share]; 2], turned: bool) -> Self {
        let [target, reference] = parts;
        let all = || shares.into_iter().flatten();
        let count: u64 = all().map(|share| share.count).sum();
        let (size, articles) = (target.size + reference.size, target.number + reference.number);
        let fair = count as f64 / size as f64;
        let mut above: Vec<f64> = all().map(|share| share.count as f64 - fair * share.size as f64).collect();
        above.sort_unstable_by(|a, b| b.total_cmp(a));
        let having = above.len();
        let alike = above.chunk_by(|a, b| a == b);
        let alike = alike.filter_map(|same| Some(Alike { x: *same.first()?, number: same.len() as f64 }));
        let words: u64 = all().map(|share| share.size).sum();
        let squares: u128 = all().map(|share| u128::from(share.size).pow(2)).sum();
        let number = (articles - having as u64) as f64;
        let mean = if number > 0.0 { -fair * (size - words) as f64 / number } else { 0.0 };
        let around =
            fair * fair * (target.squares + reference.squares - squares) as f64 - number * mean * mean;
        let lengths = (target.squares + reference.squares) as f64 - (size as f64).powi(2) / articles as f64;
        let dealt = if turned { reference.number } else { target.number } as f64;
        let chance = dealt / articles as f64;
        Self {
            dealt,
            chance,
            above: alike.collect(),
            having: having as f64,
            blur: fair * (chance * (1.0 - chance) * lengths.max(0.0)).sqrt(),
            step: all().fold(0, |step, share| gcd(step, share.count)) as f64,
            without: Without { number, mean, squares: around.max(0.0) },
        }
    }

    fn cumulants(&self, at: [f64; 2]) -> Cumulants {
        let Without { number, mean, squares } = self.without;
        let spread = self.chance * (1.0 - self.chance) * squares;
        let mut sum = Cumulants {
            value: spread * at[0] * at[0] / 2.0,
            product: 1.0,
            slope: [spread * at[0], 0.0],
            curve: [spread, 0.0, 0.0],
        };
        sum.add(at, self.chance, mean, number);
        for Alike { x, number } in &self.above {
            sum.add(at, self.chance, *x, *number);
        }
        sum.take_logarithm();
        sum
    }

    /// The same where `t` and `a` are 0, where every article falls to the target with the same chance.
    fn middle(&self) -> Cumulants {
        let Without { number, mean, squares } = self.without;
        let mut sums = [number, number * mean, squares + number * mean * mean];
        for Alike { x, number } in &self.above {
            sums[0] += number;
            sums[1] += number * x;
            sums[2] += number * x * x;
        }
        let spread = self.chance * (1.0 - self.chance);
        Cumulants {
            value: 0.0,
            product: 1.0,
            slope: [self.chance * sums[1], self.chance * sums[0]],
            curve: [spread * sums[2], spread * sums[1], spread * sums[0]],
        }
    }

    /// The standard deviation of the statistic.
    fn deviation(&self) -> f64 {
        let middle = self.middle();
        (middle.determinant() / middle.curve[2]).max(0.0).sqrt()
    }

    /// The least probability that there is: that of a single deal, half of which counts on either side.
    fn least(&self) -> f64 {
        let all = self.without.number + self.having;
        libm::exp(
            libm::lgamma(self.dealt + 1.0) + libm::lgamma(all - self.dealt + 1.0) - libm::lgamma(all + 1.0),
        )
    }

    /// The probability of an excess of `excess` or more, what is exactly that counted half.
    fn tail(&self, excess: f64) -> f64 {
        let deviation = self.deviation();
        let is_blurred = self.blur > BLURRED * self.step.min(deviation);
        if is_blurred || deviation > SMOOTH * self.step {
            return self.beyond(excess, deviation, 0.0, &mut [0.0, 0.0]);
        }
        // The mean of the tails with it and without it. The saddlepoint of the one is near that of the other.
        let (half, mut near) = (self.step / 2.0, [0.0, 0.0]);
        let with = self.beyond(excess - half, deviation, self.step, &mut near);
        (with + self.beyond(excess + half, deviation, self.step, &mut near)) / 2.0
    }

    /// The probability of more than `excess`, of a statistic that moves in steps of `step`, between two of which
    /// `excess` is; 0 for one that moves smoothly. The saddlepoint is sought from `near`, and is there afterwards.
    fn beyond(&self, excess: f64, deviation: f64, step: f64, near: &mut [f64; 2]) -> f64 {
        if excess.abs() < MIDDLE * deviation {
            return libm::erfc(excess / deviation / SQRT_2) / 2.0;
        }
        let all = self.without.number + self.having;
        if excess >= self.largest(self.dealt) {
            return 0.0;
        }
        if excess <= -self.largest(all - self.dealt) {
            return 1.0;
        }
        let ([t, a], at) = self.saddlepoint(excess, *near);
        *near = [t, a];
        let w = (2.0 * (t * excess + a * self.dealt - at.value)).max(0.0).sqrt().copysign(t);
        let per_step = if step > 0.0 { 2.0 / step * libm::sinh(t * step / 2.0) } else { t };
        let u = per_step * (at.determinant() / (all * self.chance * (1.0 - self.chance))).max(0.0).sqrt();
        let density = libm::exp(-w * w / 2.0) / (2.0 * PI).sqrt();
        let tail = libm::erfc(w / SQRT_2) / 2.0 + density * (1.0 / u - 1.0 / w);
        if tail.is_finite() { tail.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The largest excess of any `dealt` articles: of those that are furthest above their fair share.
    fn largest(&self, dealt: f64) -> f64 {
        let rich = self.above.partition_point(|alike| alike.x > self.without.mean);
        let without = Alike { x: self.without.mean, number: self.without.number };
        let (rich, poor) = self.above.split_at(rich);
        let (mut left, mut sum) = (dealt, 0.0);
        for Alike { x, number } in rich.iter().chain([&without]).chain(poor) {
            let taken = number.min(left);
            left -= taken;
            sum += taken * x;
        }
        sum
    }

    /// Where `K` has the slopes `excess` and `dealt`: by Newton's steps downhill on `K − t excess − a dealt`, which is
    /// convex, each halved until it leads down. Also `K` there.
    fn saddlepoint(&self, excess: f64, near: [f64; 2]) -> ([f64; 2], Cumulants) {
        let height = |at: [f64; 2], sum: &Cumulants| sum.value - at[0] * excess - at[1] * self.dealt;
        let mut at = near;
        let mut sum = if near == [0.0, 0.0] { self.middle() } else { self.cumulants(near) };
        for _ in 0..MOST_STEPS {
            let off = [sum.slope[0] - excess, sum.slope[1] - self.dealt];
            let determinant = sum.determinant();
            let [tt, ta, aa] = sum.curve;
            let step = [(aa * off[0] - ta * off[1]) / determinant, (tt * off[1] - ta * off[0]) / determinant];
            let decrement = off[0] * step[0] + off[1] * step[1];
            if decrement <= NEAR_ENOUGH || determinant <= 0.0 {
                break;
            }
            let before = height(at, &sum);
            let mut share = 1.0;
            loop {
                let next = [at[0] - share * step[0], at[1] - share * step[1]];
                let there = self.cumulants(next);
                let leads_down = decrement < CERTAIN || height(next, &there) <= before;
                if leads_down || share < SHORTEST_STEP {
                    (at, sum) = (next, there);
                    break;
                }
                share /= 2.0;
            }
        }
        (at, sum)
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assert_close;
    use super::*;

    /// Parts and shares of articles given as (count, size).
    fn p(target: &[(u64, u64)], reference: &[(u64, u64)]) -> Option<f64> {
        let parts = [target, reference].map(|side| side.iter().map(|article| article.1).collect::<Parts>());
        let shares = [target, reference].map(|side| {
            let has_it = side.iter().filter(|article| article.0 > 0);
            has_it.map(|&(count, size)| Share { count, size }).collect::<Vec<_>>()
        });
        permutation_p([&parts[0], &parts[1]], [&shares[0], &shares[1]])
    }

    /// The same counted out: every way to deal, ties counted half.
    fn counted_out(target: &[(u64, u64)], reference: &[(u64, u64)]) -> f64 {
        let all: Vec<_> = target.iter().chain(reference).copied().collect();
        let (count, size) = all.iter().fold((0, 0), |sum, article| (sum.0 + article.0, sum.1 + article.1));
        let excess = |article: &(u64, u64)| (article.0 * size) as i64 - (article.1 * count) as i64;
        let observed: i64 = target.iter().map(excess).sum();
        let (mut above, mut same, mut ways) = (0.0, 0.0, 0.0);
        for deal in 0_u32..1 << all.len() {
            if deal.count_ones() as usize != target.len() {
                continue;
            }
            let dealt = all.iter().enumerate().filter(|(k, _)| deal >> k & 1 == 1);
            let sum: i64 = dealt.map(|(_, article)| excess(article)).sum();
            ways += 1.0;
            above += f64::from(u8::from(sum > observed));
            same += f64::from(u8::from(sum == observed));
        }
        let tail: f64 = (above + same / 2.0) / ways;
        (2.0 * tail.min(1.0 - tail)).min(1.0)
    }

    /// Numbers that look random and are the same every time (splitmix64).
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }

        /// How often something of this mean happens.
        fn poisson(&mut self, mean: f64) -> u64 {
            let (mut product, mut count) = (self.next(), 0);
            while product > (-mean).exp() {
                product *= self.next();
                count += 1;
            }
            count
        }
    }

    #[test]
    fn worked_values() {
        let side = |has: usize| (0..10).map(|k| (u64::from(k < has), 100)).collect::<Vec<_>>();
        assert_close(p(&side(8), &side(2)), 0.011908, 1e-6);
        assert_close(counted_out(&side(8), &side(2)), 0.012054, 1e-6);
    }

    #[test]
    fn nothing_to_tell_apart() {
        let articles = [(3, 50), (0, 80), (1, 20)];
        assert_eq!(p(&articles, &articles), Some(1.0));
        assert_eq!(p(&articles, &[]), None);
        assert_eq!(p(&[(0, 5)], &[(0, 7)]), None);
        // One burst says nothing, however long it is.
        let mut burst = vec![(0, 100); 20];
        burst[0] = (40, 100);
        assert!(p(&burst, &[(0, 100); 20]).unwrap() > 0.2);
    }

    #[test]
    fn no_deal_is_less_likely_than_any_other() {
        // One article of five falls to the target: whatever it lacks, one deal in five makes it lack that.
        let reference = [(1, 20), (2, 30), (3, 40), (4, 50)];
        assert_close(p(&[(0, 10)], &reference), 0.2, 1e-12);
        assert_close(counted_out(&[(0, 10)], &reference), 0.2, 1e-12);
    }

    #[test]
    fn a_probability_far_out_is_told() {
        let target = vec![(2, 100); 200];
        let reference = vec![(0, 100); 200];
        let far = p(&target, &reference).unwrap();
        assert!(far > 0.0 && far < 1e-80, "{far}");
    }

    /// The experiment of the two halves: articles of 30 to 400 words, words of all frequencies that come in bursts,
    /// dealt out by chance. Of those in ten articles and more, one in twenty is below 0.05.
    #[test]
    fn two_halves_of_one_corpus_hold_what_p_promises() {
        let mut numbers = Numbers(7);
        for (burst, in_target) in [(1.0, 200), (3.0, 200), (8.0, 200), (2.0, 60)] {
            let sizes: Vec<u64> =
                (0..400).map(|_| 30 + (numbers.next() * numbers.next() * 370.0) as u64).collect();
            let (mut tested, mut below) = (0_u32, 0_u32);
            while tested < 1000 {
                let mean = 0.02 * (numbers.next() * 5.0).exp2();
                let article = |size: &u64, numbers: &mut Numbers| {
                    let topics = numbers.poisson(mean * *size as f64 / 100.0);
                    ((topics as f64 * burst * (0.5 + numbers.next())).round() as u64, *size)
                };
                let articles: Vec<_> = sizes.iter().map(|size| article(size, &mut numbers)).collect();
                if articles.iter().filter(|article| article.0 > 0).count() < 10 {
                    continue;
                }
                let (target, reference) = articles.split_at(in_target);
                tested += 1;
                below += u32::from(p(target, reference).unwrap() < 0.05);
            }
            let share = f64::from(below) / f64::from(tested);
            assert!((0.03..=0.06).contains(&share), "{share} of them, in bursts of {burst}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn it_is_what_counting_out_gives(
            target in prop::collection::vec((0_u64..4, 20_u64..60), 6..9),
            reference in prop::collection::vec((0_u64..4, 20_u64..60), 6..9),
        ) {
            prop_assume!(target.iter().chain(&reference).filter(|article| article.0 > 0).count() > 3);
            let (fast, slow) = (p(&target, &reference).unwrap(), counted_out(&target, &reference));
            prop_assert!((fast - slow).abs() < 0.06 + slow / 4.0, "{} for {}", fast, slow);
        }

        #[test]
        fn target_and_reference_are_alike(
            target in prop::collection::vec((0_u64..9, 1_u64..99), 1..30),
            reference in prop::collection::vec((0_u64..9, 1_u64..99), 1..30),
        ) {
            match (p(&target, &reference), p(&reference, &target)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-4 && (0.0..=1.0).contains(&a), "{a} and {b}"),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
