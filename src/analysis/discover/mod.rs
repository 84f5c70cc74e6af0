//! Slogans that the lexicon does not have: found by how papers print them, ranked by how they are used.
//!
//! Everything is read twice. The first time, [`Discover`] gathers what may be a slogan: short quotations,
//! and words built on numerals. Of these [`Discover::choose`] keeps those with something to show for it: quoted again
//! and again, put forward by a word such as 打造 or 品牌, built on numerals, or one of a family (浙工赛, 浙工惠,
//! 浙工益). The second time, [`Count`] counts every occurrence of these, in quotation marks or not, and
//! what stands beside them.

pub(super) mod candidates;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use self::candidates::{candidates, is_number_word};
use super::basis::Basis;
use super::scope::Scope;
use super::tally::{PageStamp, Tally};
use super::{Analysis, Tabulate, round};
use crate::Result;
use crate::page::{Role, Selection, characters};
use crate::slogan::{Compare, Fold, Lexicon, Phrases, Quotations};
use crate::table::{Column, Columns, Row, Table};

static COLUMNS: &[Column<CandidateRow>] = &[
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

/// The columns of the table.
pub fn columns() -> Columns {
    COLUMNS.into()
}

/// What a row is about: a candidate with its measures.
#[derive(Debug)]
struct CandidateRow<'c> {
    rank: usize,
    scored: &'c Scored<'c>,
}

impl Row for CandidateRow<'static> {
    type At<'p> = CandidateRow<'p>;
}

impl CandidateRow<'_> {
    fn tally(&self) -> &Tally {
        &self.scored.uses.tally
    }
}

/// A family is so many different candidates that begin with the same two characters.
const FAMILY: usize = 3;

/// What is seen so often is no accident.
const AGAIN: u32 = 2;

/// The members of a family are no longer than this, in characters.
const FAMILY_LENGTH: usize = 5;

/// Looks for slogans that a lexicon does not have.
#[derive(Debug, Default)]
pub struct Discover {
    /// What is known already.
    pub known: Lexicon,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// True to look only at what stands in quotation marks.
    pub quoted_only: bool,
}

/// What the first reading found. Partials add up in any order to the same result.
#[derive(Debug, Default)]
pub struct Collected(FxHashMap<String, Seen>);

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    quoted: u32,
    cued: u32,
    times: u32,
}

/// The candidates whose use is counted in the second reading.
#[derive(Debug)]
pub struct Chosen {
    candidates: Vec<Candidate>,
    /// Finds the candidates, by their index, and after these what their parts are.
    phrases: Phrases,
    /// For each candidate the ways to divide it: the numbers of the two parts.
    splits: Vec<Vec<(u32, u32)>>,
    phrases_len: usize,
}

#[derive(Debug)]
struct Candidate {
    text: String,
    family: Option<String>,
    number_word: bool,
    cued: bool,
}

/// What the second reading found. Partials add up in any order to the same result.
#[derive(Debug)]
pub struct Counted {
    uses: Vec<Uses>,
    /// How often each phrase occurs, parts of candidates included.
    occurrences: Vec<u64>,
    /// How often each character stands before (false) or behind (true) a candidate.
    neighbours: FxHashMap<(u32, bool, char), u64>,
    chars: u64,
    /// How many articles were published on each day.
    articles: BTreeMap<Date, u64>,
    page: PageStamp,
}

#[derive(Debug, Clone, Copy, Default)]
struct Uses {
    tally: Tally,
    in_headlines: u64,
    quoted: u64,
    /// How often it stands at an edge of the text or beside a mark.
    free_left: u64,
    free_right: u64,
    here: u64,
}

/// The first reading: gathers what may be a slogan.
impl Analysis for Discover {
    const NAME: &'static str = "slogan-candidates";
    type Partial = Collected;

    fn start(&self) -> Collected {
        Collected::default()
    }

    fn add(&self, collected: &mut Collected, selection: &Selection<'_>) {
        let page = selection.page();
        for (index, _) in selection.articles() {
            for (at, _) in self.scope.parts(selection, index) {
                candidates(page.part_text(at), |candidate| {
                    let add = Seen { quoted: candidate.quoted.into(), cued: candidate.cued.into(), times: 1 };
                    match collected.0.get_mut(candidate.text) {
                        Some(seen) => seen.merge(add),
                        None => {
                            collected.0.insert(candidate.text.to_owned(), add);
                        }
                    }
                });
            }
        }
    }

    fn merge(&self, collected: &mut Collected, other: Collected) {
        for (text, seen) in other.0 {
            collected.0.entry(text).or_default().merge(seen);
        }
    }

    fn basis(&self, collected: &Collected) -> Basis {
        Basis::default().total("candidates", collected.0.len() as u64).list("slogans", &self.known.print())
    }
}

impl Discover {
    /// Chooses the candidates that have something to show for them. `is_word` says whether a general dictionary has
    /// a word: what is in there is no news, unless it is put in quotation marks again and again.
    pub fn choose(&self, collected: Collected, is_word: impl Fn(&str) -> bool) -> Chosen {
        let fold = Fold::get();
        let known: FxHashSet<String> = self
            .known
            .slogans()
            .iter()
            .flat_map(|slogan| slogan.forms())
            .map(|form| fold.text(form))
            .collect();
        let mut found: Vec<(String, Seen)> = collected.0.into_iter().collect();
        found.retain(|(text, seen)| seen.quoted >= AGAIN || !is_word(text));
        found.retain(|(_, seen)| seen.quoted > 0 || !self.quoted_only);
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        // The known ones count as members, so that a new brand of a known family is seen as one.
        let names = found.iter().filter(|(_, seen)| seen.quoted > 0).map(|(text, _)| text.as_str());
        let families = families(names.chain(known.iter().map(String::as_str)));
        let candidates: Vec<Candidate> = found
            .into_iter()
            .filter(|(text, _)| !known.contains(&fold.text(text)))
            .map(|(text, seen)| {
                let family = prefix(&text).filter(|&p| families.contains(p) && seen.quoted > 0);
                let candidate = Candidate {
                    family: family.map(str::to_owned),
                    number_word: is_number_word(&text),
                    cued: seen.cued > 0,
                    text,
                };
                (candidate, seen)
            })
            .filter(|(candidate, seen)| match seen.quoted {
                0 => seen.times >= AGAIN,
                AGAIN.. => true,
                _ => candidate.cued || candidate.number_word || candidate.family.is_some(),
            })
            .map(|(candidate, _)| candidate)
            .collect();
        Chosen::new(candidates)
    }
}

/// The second reading: counts every occurrence of the candidates.
#[derive(Debug)]
pub struct Count {
    /// The candidates.
    pub chosen: Chosen,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// Only candidates that occur so often are shown.
    pub min_count: u64,
    /// No more than so many are shown.
    pub top: Option<usize>,
}

impl Analysis for Count {
    const NAME: &'static str = "slogan-discovery";
    type Partial = Counted;

    fn start(&self) -> Counted {
        self.chosen.nothing_counted()
    }

    fn add(&self, counted: &mut Counted, selection: &Selection<'_>) {
        let page = selection.page();
        let mut touched: Vec<u32> = Vec::new();
        for (stamp, index) in counted.page.articles(selection) {
            let date = page.date_of(index);
            if let Some(date) = date {
                *counted.articles.entry(date).or_default() += 1;
            }
            for (at, part) in self.scope.parts(selection, index) {
                let text = page.part_text(at);
                counted.chars += characters(text) as u64;
                let headline = matches!(part.role, Role::Kicker | Role::Headline | Role::Subhead);
                let quotations = LazyCell::new(|| Quotations::of(text));
                self.chosen.phrases.find_all(text, |found| {
                    if let Some(times) = counted.occurrences.get_mut(found.value as usize) {
                        *times += 1;
                    }
                    let Some(uses) = counted.uses.get_mut(found.value as usize) else { return };
                    if uses.here == 0 {
                        touched.push(found.value);
                    }
                    uses.here += 1;
                    uses.in_headlines += u64::from(headline);
                    uses.quoted += u64::from(quotations.hold(found.start, found.end));
                    let before = text.get(..found.start).and_then(|text| text.chars().next_back());
                    let after = text.get(found.end..).and_then(|text| text.chars().next());
                    match before.filter(|c| c.is_alphanumeric()) {
                        Some(c) => *counted.neighbours.entry((found.value, false, c)).or_default() += 1,
                        None => uses.free_left += 1,
                    }
                    match after.filter(|c| c.is_alphanumeric()) {
                        Some(c) => *counted.neighbours.entry((found.value, true, c)).or_default() += 1,
                        None => uses.free_right += 1,
                    }
                });
            }
            for candidate in touched.drain(..) {
                if let Some(uses) = counted.uses.get_mut(candidate as usize) {
                    uses.tally.add(std::mem::take(&mut uses.here), stamp, date);
                }
            }
        }
    }

    fn merge(&self, counted: &mut Counted, other: Counted) {
        for (here, there) in counted.uses.iter_mut().zip(&other.uses) {
            here.tally.merge(&there.tally);
            here.in_headlines += there.in_headlines;
            here.quoted += there.quoted;
            here.free_left += there.free_left;
            here.free_right += there.free_right;
        }
        for (here, there) in counted.occurrences.iter_mut().zip(other.occurrences) {
            *here += there;
        }
        for (neighbour, times) in other.neighbours {
            *counted.neighbours.entry(neighbour).or_default() += times;
        }
        for (date, articles) in other.articles {
            *counted.articles.entry(date).or_default() += articles;
        }
        counted.chars += other.chars;
    }

    fn basis(&self, counted: &Counted) -> Basis {
        Basis::default()
            .total("chars", counted.chars)
            .total("dated_articles", counted.articles.values().sum())
            .total("candidates", counted.uses.len() as u64)
    }
}

/// Candidates, the likeliest first.
impl Tabulate for Count {
    fn columns(&self, _counted: &Counted) -> Columns {
        columns()
    }

    fn rows(&self, counted: &mut Counted, table: &mut Table) -> Result<()> {
        let mut scored: Vec<Scored<'_>> = self.chosen.scored(counted);
        scored.retain(|scored| scored.uses.tally.count >= self.min_count.max(1));
        scored.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.candidate.text.cmp(&b.candidate.text))
        });
        let shown = scored.iter().take(self.top.unwrap_or(usize::MAX)).zip(1_usize..);
        shown.into_iter().try_for_each(|(scored, rank)| table.push(COLUMNS, &CandidateRow { rank, scored }))
    }
}

impl Seen {
    fn merge(&mut self, other: Self) {
        self.quoted += other.quoted;
        self.cued += other.cued;
        self.times += other.times;
    }
}

/// A candidate with its measures.
#[derive(Debug)]
struct Scored<'c> {
    candidate: &'c Candidate,
    uses: Uses,
    cohesion: f64,
    left: f64,
    right: f64,
    newness: Option<f64>,
    score: f64,
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

impl Chosen {
    /// A partial for the second reading that has seen nothing.
    fn nothing_counted(&self) -> Counted {
        Counted {
            uses: vec![Uses::default(); self.candidates.len()],
            occurrences: vec![0; self.phrases_len],
            neighbours: FxHashMap::default(),
            chars: 0,
            articles: BTreeMap::new(),
            page: PageStamp::default(),
        }
    }

    fn new(candidates: Vec<Candidate>) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        for candidate in &candidates {
            let next = numbers.len() as u32;
            numbers.entry(&candidate.text).or_insert(next);
        }
        let splits = candidates
            .iter()
            .map(|candidate| {
                let inner = candidate.text.char_indices().skip(1).map(|(at, _)| candidate.text.split_at(at));
                let mut number = |part| {
                    let next = numbers.len() as u32;
                    *numbers.entry(part).or_insert(next)
                };
                inner.map(|(left, right)| (number(left), number(right))).collect()
            })
            .collect();
        let phrases = Phrases::new(Compare::Exact, numbers.iter().map(|(&text, &number)| (text, number)));
        Self { phrases_len: numbers.len(), phrases, splits, candidates }
    }

    fn scored(&self, counted: &Counted) -> Vec<Scored<'_>> {
        let mut entropies: Vec<[Entropy; 2]> = vec![[Entropy::default(); 2]; self.candidates.len()];
        // A sum of real numbers depends on its order: the neighbours are brought into one.
        let mut neighbours: Vec<_> = counted.neighbours.iter().collect();
        neighbours.sort_unstable();
        for (&(candidate, behind, _), &times) in neighbours {
            if let Some(sides) = entropies.get_mut(candidate as usize) {
                sides[usize::from(behind)].add(times);
            }
        }
        let dated: u64 = counted.articles.values().sum();
        let scored = self.candidates.iter().zip(&counted.uses).zip(entropies).zip(&self.splits);
        scored
            .map(|(((candidate, &uses), [mut left, mut right]), splits)| {
                left.add_singles(uses.free_left);
                right.add_singles(uses.free_right);
                let earlier =
                    uses.tally.first.map(|first| counted.articles.range(..first).map(|(_, n)| n).sum());
                let newness = earlier.map(|earlier: u64| earlier as f64 / dated.max(1) as f64);
                let mut scored = Scored {
                    candidate,
                    uses,
                    cohesion: cohesion(counted, uses.tally.count, splits),
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
fn cohesion(counted: &Counted, count: u64, splits: &[(u32, u32)]) -> f64 {
    let times = |part: u32| counted.occurrences.get(part as usize).copied().unwrap_or_default().max(1) as f64;
    splits
        .iter()
        .map(|&(x, y)| (count as f64 * counted.chars as f64 / (times(x) * times(y))).log2())
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

/// The beginnings that so many of `names` share that they are families.
pub(super) fn families<'a>(names: impl Iterator<Item = &'a str>) -> FxHashSet<String> {
    let mut members: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for name in names {
        if let Some(prefix) = prefix(name) {
            members.entry(prefix).or_default().insert(name);
        }
    }
    members
        .into_iter()
        .filter(|(_, names)| names.len() >= FAMILY)
        .map(|(prefix, _)| prefix.to_owned())
        .collect()
}

/// The first two characters of a short name.
pub(super) fn prefix(name: &str) -> Option<&str> {
    let short = (3..=FAMILY_LENGTH).contains(&name.chars().count());
    let (end, _) = name.char_indices().nth(2)?;
    name.get(..end).filter(|_| short)
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
        let counted = Counted {
            occurrences: vec![2, 4, 5, 2, 10],
            chars: 100,
            ..Chosen::new(Vec::new()).nothing_counted()
        };
        let expected = (200.0_f64 / 20.0).log2();
        assert_eq!(cohesion(&counted, 2, &[(1, 2), (3, 4)]), expected);
    }

    #[test]
    fn three_names_with_one_beginning_are_a_family() {
        let names = ["浙工赛", "浙工惠", "浙工益", "共富路上", "共富工坊"];
        assert_eq!(families(names.into_iter()), FxHashSet::from_iter(["浙工".to_owned()]));
    }
}
