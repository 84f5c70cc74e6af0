//! Whether a word is more frequent in one half of a corpus than its articles, dealt out by chance, would make it.
//!
//! A test that takes every word for independent of the last calls far too much significant, since a text that has a
//! word once has it again (Lijffijt, J. et al. (2016): Significance testing of word frequencies in corpora. *Digital
//! Scholarship in the Humanities* 31(2), 374–397). Here the articles are what is drawn: they are dealt out anew to
//! target and reference, and `p` is how likely the word's count in the target then strays as far as it does.
//!
//! The dealing is not drawn but worked out. The statistic is the sum over the target of `x = c − f n`, where an
//! article of `n` words has the word `c` times and `f` is its share of the whole corpus. Each article falls to the
//! target with the chance `π`, the target's share of the articles, so the cumulants of the sum are those of `Σ ln(1 −
//! π + π eᵗˣ)`, and its tail follows from the saddlepoint (Robinson, J. (1982): Saddlepoint approximations for
//! permutation tests and confidence intervals. *JRSS B* 44(1), 91–101, with the formula of Lugannani, R. & Rice, S.
//! (1980): *Adv. Appl. Prob.* 12(2), 475–490). So a probability of 10⁻²⁰ is told as well as one of 0.2, nothing is
//! random, and the same corpus has the same probabilities everywhere.

use std::f64::consts::SQRT_2;

use super::dispersion::{Parts, Share};

/// Newton's steps to the saddlepoint; it takes five to ten.
const MOST_STEPS: usize = 60;
/// How near the saddlepoint has to be, as a share of the standard deviation.
const NEAR_ENOUGH: f64 = 1e-9;
/// So near to the middle (in standard deviations) the formula divides nothing by nothing, and its limit is taken.
const MIDDLE: f64 = 1e-4;

/// The two-sided probability that articles dealt out by chance to target and reference give a word as uneven a count:
/// twice the smaller tail, counting half of what is exactly as uneven, at most 1.
///
/// `parts` are target and reference, `shares` the articles of each that have the word. Exactly 1 where the word has the
/// same share of both; `None` where one part has no article, or the word never occurs. The last digits depend on
/// the order of the shares, so pass them in a fixed one. Takes time with the number of shares.
///
/// Ten articles of 100 words each in target and reference; a word once in eight of the target's and in two of the
/// reference's → 0.01236 (counted out over all ways to deal: 0.01205).
pub fn permutation_p(parts: [&Parts; 2], shares: [&[Share]; 2]) -> Option<f64> {
    let dealt = Dealt::new(parts, shares)?;
    // Where the target has its number of articles for sure, its sum strays a little further than where each article
    // falls to it by chance.
    let articles = (parts[0].number + parts[1].number) as f64;
    let excess = Dealt::excess(parts, shares) * ((articles - 1.0) / articles).sqrt();
    if excess == 0.0 {
        return Some(1.0);
    }
    let above = dealt.tail(excess)?;
    Some((2.0 * above.min(1.0 - above)).clamp(0.0, 1.0))
}

/// A word and the articles among which it is dealt out.
struct Dealt {
    /// The share of the articles that fall to the target.
    chance: f64,
    /// For each article that has the word, how far it is above its fair share.
    above: Vec<f64>,
    /// The greatest common divisor of the counts.
    step: f64,
    /// The articles without the word.
    without: Without,
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

/// The cumulant generating function and its first two derivatives, at one point.
struct Cumulants {
    value: f64,
    slope: f64,
    curve: f64,
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Cumulants {
    /// Adds what `number` articles bring at `t` that are each by `x` above their fair share and fall to the target with
    /// the chance `p`.
    fn add(&mut self, t: f64, p: f64, x: f64, number: f64) {
        let (y, q) = (t * x, 1.0 - p);
        // Of the two ways to write it, the one in which nothing overflows.
        let small = libm::exp(-y.abs());
        let (own, other) = if y > 0.0 { (p, q * small) } else { (p * small, q) };
        let total = own + other;
        let inside = own / total;
        self.value += number * (y.max(0.0) + libm::log(total));
        self.slope += number * x * inside;
        self.curve += number * x * x * inside * (1.0 - inside);
    }
}

impl Dealt {
    fn new(parts: [&Parts; 2], shares: [&[Share]; 2]) -> Option<Self> {
        let [target, reference] = parts;
        let count: u64 = shares.iter().flat_map(|side| side.iter()).map(|share| share.count).sum();
        if target.number == 0 || reference.number == 0 || count == 0 {
            return None;
        }
        let size = (target.size + reference.size) as f64;
        let fair = count as f64 / size;
        let (mut words, mut squares) = (0.0, 0.0);
        let mut above = Vec::with_capacity(shares.iter().map(|side| side.len()).sum());
        for share in shares.into_iter().flatten() {
            let length = share.size as f64;
            above.push(share.count as f64 - fair * length);
            words += length;
            squares += length * length;
        }
        let articles = (target.number + reference.number) as f64;
        let number = articles - above.len() as f64;
        let mean = if number > 0.0 { -fair * (size - words) / number } else { 0.0 };
        let all_squares = (target.squares + reference.squares) as f64;
        let around = fair * fair * (all_squares - squares) - number * mean * mean;
        let without = Without { number, mean, squares: around.max(0.0) };
        let step = shares.iter().flat_map(|side| side.iter()).fold(0, |step, share| gcd(step, share.count));
        Some(Self { chance: target.number as f64 / articles, above, step: step as f64, without })
    }

    /// How often the word stands in the target beyond its fair share; exactly 0 where it has just that.
    fn excess(parts: [&Parts; 2], shares: [&[Share]; 2]) -> f64 {
        let counts = shares.map(|side| side.iter().map(|share| i128::from(share.count)).sum::<i128>());
        let sizes = parts.map(|part| i128::from(part.size));
        let size = sizes[0] + sizes[1];
        (counts[0] * size - (counts[0] + counts[1]) * sizes[0]) as f64 / size as f64
    }

    /// The cumulants at `t`.
    fn cumulants(&self, t: f64) -> Cumulants {
        let (p, q) = (self.chance, 1.0 - self.chance);
        let Without { number, mean, squares } = self.without;
        let spread = p * q * squares;
        let mut at = Cumulants { value: spread * t * t / 2.0, slope: spread * t, curve: spread };
        at.add(t, p, mean, number);
        for &x in &self.above {
            at.add(t, p, x, 1.0);
        }
        at
    }

    /// The probability of an excess of `excess` or more, what is exactly `excess` counted half.
    fn tail(&self, excess: f64) -> Option<f64> {
        let deviation = self.cumulants(0.0).curve.sqrt();
        if deviation <= 0.0 {
            return None;
        }
        if (excess / deviation).abs() < MIDDLE {
            return Some(0.5);
        }
        let t = self.saddlepoint(excess, deviation);
        let at = self.cumulants(t);
        let w = (2.0 * (t * excess - at.value)).max(0.0).sqrt().copysign(t);
        // A count moves in steps; the mean of what the formula gives for the step above and the step below counts what is
        // exactly as uneven half (Daniels, H. (1987): Tail probability approximations. *Int. Stat. Review* 55(1), 37–48).
        let u = 2.0 / self.step * libm::tanh(t * self.step / 2.0) * at.curve.sqrt();
        let upper = libm::erfc(w / SQRT_2) / 2.0;
        let density = libm::exp(-w * w / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        Some((upper + density * (1.0 / u - 1.0 / w)).clamp(0.0, 1.0))
    }

    /// Where the slope of the cumulants is `excess`: by Newton's steps, halved in where they would leave what is known
    /// to hold it.
    fn saddlepoint(&self, excess: f64, deviation: f64) -> f64 {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut t = 0.0;
        for _ in 0..MOST_STEPS {
            let at = self.cumulants(t);
            let off = at.slope - excess;
            if off.abs() <= NEAR_ENOUGH * deviation {
                break;
            }
            if off > 0.0 {
                high = t;
            } else {
                low = t;
            }
            // No step is longer than a few standard deviations allow: the slope flattens out far from the middle.
            let longest = 4.0 / deviation + t.abs();
            let step = (-off / at.curve.max(f64::MIN_POSITIVE)).clamp(-longest, longest);
            let next = t + step;
            t = if next > low && next < high { next } else { (low + high) / 2.0 };
        }
        t
    }
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
        assert_close(p(&side(8), &side(2)), 0.012364, 1e-6);
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
            while tested < 2500 {
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
            prop_assert!((fast - slow).abs() < 0.05, "{} for {}", fast, slow);
        }

        #[test]
        fn target_and_reference_are_alike(
            target in prop::collection::vec((0_u64..9, 1_u64..99), 1..30),
            reference in prop::collection::vec((0_u64..9, 1_u64..99), 1..30),
        ) {
            match (p(&target, &reference), p(&reference, &target)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-6 && (0.0..=1.0).contains(&a)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
