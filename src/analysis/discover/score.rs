//! How likely a candidate is a slogan, as the table shows it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::choose::Candidate;
use super::count::{Counted, Uses};
use crate::analysis::round;
use crate::analysis::tally::Tally;
use crate::table::{Column, Row};

pub(super) static COLUMNS: &[Column<CandidateRow>] = &[
    Column::integer("rank", "Its place in this table", |row| row.rank.into()),
    Column::text("candidate", "The phrase", |row| (&row.scored.candidate.text).into()),
    Column::text("family", "The characters that its family begins with", |row| {
        row.scored.candidate.family.as_deref().into()
    }),
    Column::text("signs", "What speaks for it: quoted, cue, number, family", |row| {
        row.scored.signs().join(" ").into()
    }),
    Column::integer("count", "How often it occurs, quoted or not", |row| row.tally().count.into()),
    Column::integer("articles", "In how many articles", |row| row.tally().articles.into()),
    Column::integer("pages", "On how many pages", |row| row.tally().pages.into()),
    Column::integer("in_headlines", "How often in a headline, kicker or subhead", |row| {
        row.scored.uses.in_headlines.into()
    }),
    Column::integer("quoted", "How often in quotation marks that set off a name", |row| {
        row.scored.uses.quoted.into()
    }),
    Column::<CandidateRow>::decimal(
        "cohesion",
        "How firmly its characters hold together: the smallest mutual information of its two parts (Church & Hanks 1990)",
        |row| round(row.scored.cohesion, 2).into(),
    )
    .in_unit("bits"),
    Column::<CandidateRow>::decimal(
        "left_entropy",
        "How freely it stands: the entropy of the character before it (Jin & Tanaka-Ishii 2006)",
        |row| round(row.scored.left, 2).into(),
    )
    .in_unit("bits"),
    Column::<CandidateRow>::decimal("right_entropy", "The entropy of the character behind it", |row| {
        round(row.scored.right, 2).into()
    })
    .in_unit("bits"),
    Column::decimal("newness", "The share of dated articles that were printed before its first day", |row| {
        row.scored.newness.map(|newness| round(newness, 2)).into()
    }),
    Column::decimal("score", "What puts the rows in order", |row| round(row.scored.score, 2).into()),
    Column::date("first_date", "When it was first printed", |row| row.tally().first.into()),
    Column::date("last_date", "When it was last printed", |row| row.tally().last.into()),
];

/// What a row is about: a candidate with its measures.
#[derive(Debug)]
pub(super) struct CandidateRow<'c> {
    pub(super) rank: usize,
    pub(super) scored: &'c Scored<'c>,
}

impl Row for CandidateRow<'static> {
    type At<'p> = CandidateRow<'p>;
}

impl CandidateRow<'_> {
    fn tally(&self) -> &Tally {
        &self.scored.uses.tally
    }
}

/// A candidate with its measures.
#[derive(Debug)]
pub(super) struct Scored<'c> {
    pub(super) candidate: &'c Candidate,
    pub(super) uses: Uses,
    cohesion: f64,
    left: f64,
    right: f64,
    newness: Option<f64>,
    pub(super) score: f64,
}

impl Scored<'_> {
    fn signs(&self) -> Vec<&'static str> {
        let signs = [
            ("quoted", self.uses.quoted > 0),
            ("cue", self.candidate.cued),
            ("number", self.candidate.number_word),
            ("family", self.candidate.family.is_some()),
        ];
        signs.into_iter().filter(|&(_, shown)| shown).map(|(name, _)| name).collect()
    }
}

/// How many articles were printed on each day.
pub(super) type Days = BTreeMap<Date, u64>;

/// What was counted of each candidate in a text of `chars` characters.
pub(super) fn scored<'c>(
    candidates: &'c [Candidate],
    counted: &Counted,
    chars: u64,
    articles: &Days,
) -> Vec<Scored<'c>> {
    let mut entropies: Vec<[Entropy; 2]> = vec![[Entropy::default(); 2]; candidates.len()];
    // A sum of real numbers depends on its order: the neighbours are brought into one.
    let mut neighbours: Vec<_> = counted.neighbours.iter().collect();
    neighbours.sort_unstable();
    for (&(candidate, behind, _), &times) in neighbours {
        if let Some(sides) = entropies.get_mut(candidate as usize) {
            sides[usize::from(behind)].add(times);
        }
    }
    let dated: u64 = articles.values().sum();
    let of_all = candidates.iter().zip(&counted.uses).zip(entropies).zip(&counted.splits);
    of_all
        .map(|(((candidate, &uses), [mut left, mut right]), splits)| {
            left.add_singles(uses.free_left);
            right.add_singles(uses.free_right);
            let earlier = uses.tally.first.map(|first| articles.range(..first).map(|(_, n)| n).sum());
            let newness = earlier.map(|earlier: u64| earlier as f64 / dated.max(1) as f64);
            let mut scored = Scored {
                candidate,
                uses,
                cohesion: cohesion(&counted.occurrences, chars, uses.tally.count, splits),
                left: left.bits(),
                right: right.bits(),
                newness,
                score: 0.0,
            };
            scored.score = score(&scored);
            scored
        })
        .collect()
}

/// How likely a candidate is a slogan: `log2(1 + count) + log2(1 + articles)`, 1 for each sign, the cohesion divided
/// by 10 (at most 2), the smaller of the two entropies, and the newness.
fn score(scored: &Scored<'_>) -> f64 {
    let Uses { tally, .. } = scored.uses;
    ((1 + tally.count) as f64).log2()
        + f64::from(1 + tally.articles).log2()
        + scored.signs().len() as f64
        + (scored.cohesion / 10.0).clamp(0.0, 2.0)
        + scored.left.min(scored.right)
        + scored.newness.unwrap_or_default()
}

/// How firmly the characters of a candidate hold together: the smallest, over all ways to divide it in two, of the
/// pointwise mutual information of the parts in bits, `log2(n(xy) · N / (n(x) · n(y)))`, with `N` the number of
/// characters. Church, K. & Hanks, P. (1990): Word association norms, mutual information, and lexicography.
/// *Computational Linguistics* 16(1), 22–29.
fn cohesion(occurrences: &[u64], chars: u64, count: u64, splits: &[(u32, u32)]) -> f64 {
    let times = |part: u32| occurrences.get(part as usize).copied().unwrap_or_default().max(1) as f64;
    splits
        .iter()
        .map(|&(x, y)| (count as f64 * chars as f64 / (times(x) * times(y))).log2())
        .min_by(f64::total_cmp)
        .unwrap_or_default()
}

/// The entropy of what stands on one side of a candidate, in bits; high where it is free to stand anywhere. An edge of
/// the text and a mark count as something different each time. Jin, Z. & Tanaka-Ishii, K. (2006): Unsupervised
/// segmentation of Chinese text by use of branching entropy. *COLING/ACL 2006 posters*, 428–435.
#[derive(Debug, Clone, Copy, Default)]
struct Entropy {
    total: u64,
    /// `Σ n log2 n`.
    sum: f64,
}

impl Entropy {
    fn add(&mut self, times: u64) {
        self.total += times;
        self.sum += times as f64 * (times as f64).log2();
    }

    fn add_singles(&mut self, number: u64) {
        // Each contributes 1 · log2 1 = 0.
        self.total += number;
    }

    fn bits(self) -> f64 {
        if self.total == 0 {
            0.0
        } else {
            ((self.total as f64).log2() - self.sum / self.total as f64).max(0.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_zero_for_one_neighbour_and_a_bit_for_two() {
        let bits = |neighbours: &[u64], edges: u64| {
            let mut entropy = Entropy::default();
            neighbours.iter().for_each(|&times| entropy.add(times));
            entropy.add_singles(edges);
            entropy.bits()
        };
        assert_eq!(bits(&[], 0), 0.0);
        assert_eq!(bits(&[5], 0), 0.0);
        assert_eq!(bits(&[4, 4], 0), 1.0);
        assert_eq!(bits(&[], 8), 3.0);
    }

    #[test]
    fn cohesion_is_that_of_the_weakest_place() {
        // 100 characters; the whole occurs 2 times, its parts (4, 5) and (2, 10).
        let expected = (200.0_f64 / 20.0).log2();
        assert_eq!(cohesion(&[2, 4, 5, 2, 10], 100, 2, &[(1, 2), (3, 4)]), expected);
    }
}
