//! A sample that needs no random number: the same rows of the same corpus, today and in ten years.

use std::collections::BinaryHeap;

/// Keeps the `size` rows of lowest rank, where a row's rank is a number mixed from what the row says. Rows that
/// say the same have the same rank on any machine and in any order; of those, the earlier ones are kept. A row
/// that is in a sample of a corpus is, when more is added to the corpus, as likely as any other to stay in it.
#[derive(Debug)]
pub(super) struct Sample<T> {
    size: usize,
    offered: u64,
    kept: BinaryHeap<Ranked<T>>,
}

#[derive(Debug)]
struct Ranked<T> {
    rank: u64,
    order: u64,
    row: T,
}

impl<T> Sample<T> {
    /// An empty sample that will keep up to `size` rows.
    pub(super) fn new(size: usize) -> Self {
        Self { size, offered: 0, kept: BinaryHeap::new() }
    }

    /// Offers a row, whose rank comes from `content`: what tells it from other rows.
    pub(super) fn offer(&mut self, content: &[&[u8]], row: T) {
        let order = self.offered;
        self.offered += 1;
        self.kept.push(Ranked { rank: rank(content), order, row });
        if self.kept.len() > self.size {
            self.kept.pop();
        }
    }

    /// The rows that were kept, in the order in which they were offered.
    pub(super) fn into_rows(self) -> Vec<T> {
        let mut kept = self.kept.into_vec();
        kept.sort_unstable_by_key(|ranked| ranked.order);
        kept.into_iter().map(|ranked| ranked.row).collect()
    }
}

impl<T> PartialEq for Ranked<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Ranked<T> {}

impl<T> PartialOrd for Ranked<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Ranked<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.rank, self.order).cmp(&(other.rank, other.order))
    }
}

/// FNV-1a over the pieces, each with its end marked, then mixed until every bit counts. Fixed for good: a change
/// would change every sample that was ever published.
fn rank(content: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for piece in content {
        for &byte in piece.iter().chain([0xff].iter()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: impl IntoIterator<Item = u32>, size: usize) -> Vec<u32> {
        let mut sample = Sample::new(size);
        rows.into_iter().for_each(|row| sample.offer(&[&row.to_le_bytes()], row));
        sample.into_rows()
    }

    #[test]
    fn the_same_rows_every_time() {
        // Printed in papers: these must never change.
        assert_eq!(sample(0..1000, 5), [313, 485, 490, 844, 897]);
    }

    #[test]
    fn the_order_of_the_offers_does_not_choose() {
        let mut backwards = sample((0..500).rev(), 40);
        backwards.sort_unstable();
        assert_eq!(backwards, sample(0..500, 40));
    }

    #[test]
    fn every_tenth_of_the_corpus_has_its_share() {
        let mut tenths = [0_u32; 10];
        sample(0..10_000, 1_000).into_iter().for_each(|row| tenths[row as usize / 1_000] += 1);
        assert!(tenths.iter().all(|&share| (70..=130).contains(&share)), "{tenths:?}");
    }

    #[test]
    fn a_sample_larger_than_what_there_is_takes_everything() {
        assert_eq!(sample(0..3, 10), [0, 1, 2]);
        assert_eq!(sample(0..3, 0), [0; 0]);
    }
}
