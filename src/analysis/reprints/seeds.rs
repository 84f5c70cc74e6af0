//! Which two articles may share a passage, and where: fingerprints of their text that are the same.
//!
//! Every run of [`GRAM`] characters is hashed, and of every [`WINDOW`] runs the one with the least hash is kept: whatever
//! two texts share of `GRAM + WINDOW − 1` characters, they share a fingerprint of. Schleimer, S., Wilkerson, D. & Aiken, A.
//! (2003): Winnowing: local algorithms for document fingerprinting. *SIGMOD*, 76–85.

use super::store::{BUCKETS, Buckets};
use crate::Result;

/// How many characters are hashed together.
const GRAM: usize = 8;
/// Of so many hashes in a row the least is kept.
const WINDOW: usize = 4;
/// Fingerprints that so few articles have say much by themselves.
const RARE: usize = 4;
/// Two hits belong together where one text has gained or lost no more than this between them.
const DRIFT: u32 = 16;

/// An odd number without a pattern (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where two articles have the same fingerprint, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) earlier: u32,
    pub(super) later: u32,
    pub(super) is_rare: bool,
}

/// Hands out the fingerprints of a text, each with where it starts.
pub(super) fn winnow(told: &[u16], mut each: impl FnMut(u64, u32)) {
    let mut window = [u64::MAX; WINDOW];
    let mut kept = usize::MAX;
    for (at, gram) in told.windows(GRAM).enumerate() {
        window[at % WINDOW] = hash(gram);
        if at + 1 < WINDOW {
            continue;
        }
        // Of equal ones the last, so that a text that repeats itself has few.
        let least = (at + 1 - WINDOW..=at).rev().min_by_key(|at| window[at % WINDOW]).unwrap_or(at);
        if kept != least {
            kept = least;
            each(window[least % WINDOW], least as u32);
        }
    }
}

fn hash(gram: &[u16]) -> u64 {
    let hash =
        gram.iter().fold(0_u64, |hash, &code| (hash ^ u64::from(code)).wrapping_mul(SPREAD).rotate_left(23));
    (hash ^ hash >> 32).wrapping_mul(SPREAD)
}

/// Fingerprints, and in the end the hits among them.
#[derive(Debug, Default)]
pub(super) struct Fingerprints(Buckets);

impl Fingerprints {
    /// Adds the fingerprints of article `number`.
    pub(super) fn add(&mut self, number: u32, told: &[u16]) -> Result<()> {
        let mut result = Ok(());
        winnow(told, |hash, at| {
            let record = u128::from(hash) << 64 | u128::from(number) << 32 | u128::from(at);
            if result.is_ok() {
                result = self.0.push((hash >> 58) as usize, record);
            }
        });
        result
    }

    /// Hands out each two of the `articles` that may share a passage, with their hits.
    pub(super) fn pairs(
        self,
        articles: usize,
        mut each: impl FnMut([u32; 2], &[Hit]) -> Result<()>,
    ) -> Result<()> {
        let mut hits = Buckets::default();
        self.0.read(|prints| {
            prints.chunk_by(|a, b| a >> 64 == b >> 64).try_for_each(|same| link(same, articles, &mut hits))
        })?;
        let mut found = Vec::new();
        hits.read(|records| {
            for pair in records.chunk_by(|a, b| a >> 64 == b >> 64) {
                found.clear();
                found.extend(pair.iter().map(unpack_hit));
                let articles =
                    pair.first().map_or([0, 0], |first| [(first >> 64) as u32, (first >> 96) as u32]);
                if tells(&found) {
                    each(articles, &found)?;
                }
            }
            Ok(())
        })
    }
}

/// Links each article that has a fingerprint with the one before it that has it too, and where few have it with the one
/// before that: so that what is done grows with the text, however often a passage comes again.
fn link(same: &[u128], articles: usize, hits: &mut Buckets) -> Result<()> {
    let article = |record: &u128| (record >> 32) as u32;
    let firsts: Vec<u128> =
        same.chunk_by(|a, b| article(a) == article(b)).filter_map(|own| own.first().copied()).collect();
    let is_rare = firsts.len() <= RARE;
    let reach = if is_rare { 2 } else { 1 };
    for (index, later) in firsts.iter().enumerate() {
        let before = firsts.get(index.saturating_sub(reach)..index).unwrap_or_default();
        for earlier in before {
            let bucket = article(later) as usize * BUCKETS / articles.max(1);
            hits.push(bucket, pack_hit(*earlier, *later, is_rare))?;
        }
    }
    Ok(())
}

/// Later article, earlier article, place in the later one, place in the earlier one with whether the hit is rare.
fn pack_hit(earlier: u128, later: u128, is_rare: bool) -> u128 {
    let low = |record: u128| record & 0xffff_ffff;
    low(later >> 32) << 96
        | low(earlier >> 32) << 64
        | low(later) << 32
        | low(earlier) << 1
        | u128::from(is_rare)
}

fn unpack_hit(record: &u128) -> Hit {
    Hit { later: (record >> 32) as u32, earlier: (*record as u32) >> 1, is_rare: record & 1 == 1 }
}

/// True where hits are more than a turn of phrase: one is rare, or two stand as far apart in both texts.
fn tells(hits: &[Hit]) -> bool {
    let apart = |hit: &Hit| i64::from(hit.later) - i64::from(hit.earlier);
    hits.iter().any(|hit| hit.is_rare)
        || hits.windows(2).any(|two| matches!(two, [a, b] if apart(a).abs_diff(apart(b)) <= u64::from(DRIFT)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn prints(told: &[u16]) -> Vec<(u64, u32)> {
        let mut prints = Vec::new();
        winnow(told, |hash, at| prints.push((hash, at)));
        prints
    }

    proptest! {
        #[test]
        fn texts_that_share_enough_share_a_fingerprint(
            before in prop::collection::vec(0_u16..500, 0..30),
            shared in prop::collection::vec(0_u16..500, GRAM + WINDOW - 1..40),
            other in prop::collection::vec(0_u16..500, 0..30),
        ) {
            let one = prints(&[&before[..], &shared[..], &other[..]].concat());
            let two = prints(&[&other[..], &shared[..], &before[..]].concat());
            prop_assert!(one.iter().any(|print| two.iter().any(|other| other.0 == print.0)));
        }
    }

    #[test]
    fn about_two_in_five_are_kept_and_of_what_repeats_itself_few() {
        let text: Vec<u16> =
            (0..10_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 16) as u16).collect();
        let kept = prints(&text).len();
        assert!((3_500..4_500).contains(&kept), "{kept}");
        // None is twice the same place.
        assert!(prints(&[7; 1_000]).windows(2).all(|two| two[0].1 < two[1].1));
    }
}
