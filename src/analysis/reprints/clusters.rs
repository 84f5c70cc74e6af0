//! Passages that share text, gathered.

use std::ops::Range;

/// Two stretches of one article are one passage where the shorter lies in the longer with this share or more.
const OVERLAP: f64 = 0.5;

/// What two articles share: their numbers, and where it stands in each.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    pub(super) sides: [(u32, Range<u32>); 2],
    pub(super) similarity: f64,
}

/// A passage that stands elsewhere too.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) article: u32,
    pub(super) range: Range<u32>,
    /// The share of it that is the same in the print that is most like it.
    pub(super) similarity: f64,
}

/// The clusters, in the order of their first members; members in the order of their articles.
pub(super) fn clusters(shared: &[Shared]) -> Vec<Vec<Member>> {
    let (passages, of_side) = passages(shared);
    let mut union = Union((0..passages.len()).collect());
    let mut similarity = vec![0.0_f64; passages.len()];
    for (number, shared) in shared.iter().enumerate() {
        let ends = [0, 1].map(|side| of_side.get(2 * number + side).copied().unwrap_or_default());
        union.join(ends[0], ends[1]);
        for end in ends {
            if let Some(best) = similarity.get_mut(end) {
                *best = best.max(shared.similarity);
            }
        }
    }
    let mut clusters: Vec<Vec<Member>> = Vec::new();
    let mut number_of = vec![usize::MAX; passages.len()];
    for (passage, ((article, range), similarity)) in passages.into_iter().zip(similarity).enumerate() {
        let root = union.root(passage);
        let Some(number) = number_of.get_mut(root) else { continue };
        if *number == usize::MAX {
            *number = clusters.len();
            clusters.push(Vec::new());
        }
        if let Some(cluster) = clusters.get_mut(*number) {
            cluster.push(Member { article, range, similarity });
        }
    }
    clusters.retain(|cluster| cluster.len() > 1);
    clusters
}

/// The passages in order, and which of them each side of each pair is.
fn passages(shared: &[Shared]) -> (Vec<(u32, Range<u32>)>, Vec<usize>) {
    let mut sides: Vec<(u32, u32, u32, usize)> = Vec::with_capacity(2 * shared.len());
    for (article, range) in shared.iter().flat_map(|shared| &shared.sides) {
        sides.push((*article, range.start, range.end, sides.len()));
    }
    sides.sort_unstable();
    let mut passages: Vec<(u32, Range<u32>)> = Vec::new();
    let mut of_side = vec![0; sides.len()];
    for (article, start, end, side) in sides {
        match passages.last_mut().filter(|(last, range)| *last == article && overlap(range, &(start..end))) {
            Some((_, range)) => range.end = range.end.max(end),
            None => passages.push((article, start..end)),
        }
        if let Some(passage) = of_side.get_mut(side) {
            *passage = passages.len() - 1;
        }
    }
    (passages, of_side)
}

fn overlap(one: &Range<u32>, other: &Range<u32>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let shorter = (one.end - one.start).min(other.end - other.start);
    f64::from(shared) >= OVERLAP * f64::from(shorter)
}

/// Which passages belong together (Tarjan 1975: union and find).
struct Union(Vec<usize>);

impl Union {
    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while let Some(&above) = self.0.get(root).filter(|&&above| above != root) {
            // Each step halves the way for those who come after.
            let further = self.0.get(above).copied().unwrap_or(above);
            if let Some(link) = self.0.get_mut(root) {
                *link = further;
            }
            root = further;
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The earlier one is the root, so that nothing depends on the order.
        if let Some(link) = self.0.get_mut(one.max(other)) {
            *link = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(sides: [(u32, Range<u32>); 2]) -> Shared {
        Shared { sides, similarity: 0.9 }
    }

    #[test]
    fn a_cut_copy_belongs_to_the_whole_ones() {
        let found = clusters(&[
            shared([(1, 0..300), (5, 20..320)]),
            shared([(5, 100..200), (9, 0..100)]),
            shared([(2, 0..50), (3, 0..50)]),
        ]);
        let members: Vec<Vec<u32>> =
            found.iter().map(|cluster| cluster.iter().map(|member| member.article).collect()).collect();
        assert_eq!(members, [vec![1, 5, 9], vec![2, 3]]);
        assert_eq!(found[0][1].range, 20..320);
    }

    #[test]
    fn two_stories_in_one_article_stay_two() {
        let found = clusters(&[shared([(1, 0..100), (4, 0..100)]), shared([(1, 90..200), (5, 0..110)])]);
        assert_eq!(found.len(), 2);
    }
}
