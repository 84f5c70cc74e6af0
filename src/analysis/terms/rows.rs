//! Which candidates are shown, in which order, and their rows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::find::is_parallel;
use super::{Against, CandidateCounts, DIVIDER, REFERENCE, Terms, Use};
use crate::Result;
use crate::analysis::discover::candidates::{is_number_word, is_pair};
use crate::analysis::discover::families::{families, prefix};
use crate::analysis::group::{self, GroupId, GroupKey, Grouped};
use crate::analysis::tally::Tally;
use crate::analysis::{Tabulate, round};
use crate::measure::dispersion::{Parts, Share, Spread};
use crate::measure::keyness::Frequencies;
use crate::measure::termhood::c_value;
use crate::table::{Column, Columns, Row, Table};
use crate::term::{Segmenter, general_frequency};

/// By default a candidate is shown whose count and signs come to this.
const LEAST: u64 = 2;
/// A phrase is part of a longer one where that has so much of its occurrences.
const FOLDED: f64 = 0.8;
/// A name stands in quotation marks, or beside a word that puts it forward, this share of its times or more.
const OFTEN: f64 = 0.1;
/// A sign is worth as much as to occur four times as often.
const SIGN: f64 = 2.0;

/// The columns of the table.
pub(crate) static COLUMNS: &[Column<TermRow>] = &[
    Column::integer("rank", "Its place in this table, or in its group", |row| row.rank.into()),
    Column::text("term", "The word or phrase", |row| (&*row.candidate.text).into()),
    Column::text("pos", "The parts of speech of its words, in jieba's tag set", |row| (&*row.pos).into()),
    Column::text(
        "signs",
        "What speaks for it: word, phrase (a pattern allows its words), listed (a word that stays whole), quoted, cue, number, parallel, family, series, alone",
        |row| row.candidate.signs.names().into(),
    ),
    Column::integer("count", "How often it occurs", |row| row.candidate.tally.count.into()),
    Column::integer("articles", "In how many articles", |row| row.candidate.tally.articles.into()),
    Column::integer("pages", "On how many pages", |row| row.candidate.tally.pages.into()),
    Column::decimal(
        "c_value",
        "How often it occurs by itself, weighed by its length in characters (Frantzi, Ananiadou & Mima 2000)",
        |row| round(row.scores.c_value, 4).into(),
    ),
    Column::decimal(
        "keyness",
        "Its frequency per million over that in the reference, with the same added to both (Kilgarriff 2009)",
        |row| row.scores.keyness.map(|keyness| round(keyness, 4)).into(),
    ),
    Column::decimal(
        "dispersion",
        "DPnorm over articles: 0 where it is spread evenly, 1 where one article has all of it (Lijffijt & Gries 2012)",
        |row| row.candidate.dispersion.map(|dp| round(dp, 4)).into(),
    ),
    Column::decimal("score", "What puts the rows in order", |row| round(row.scores.score, 4).into()),
    Column::date("first_date", "When it was first printed", |row| row.candidate.tally.first.into()),
    Column::date("last_date", "When it was last printed", |row| row.candidate.tally.last.into()),
];

/// What a row is about: a candidate in a group.
#[derive(Debug)]
pub(crate) struct TermRow<'p> {
    group: &'p GroupKey,
    rank: usize,
    candidate: &'p Candidate,
    scores: Scores,
    pos: String,
}

impl Row for TermRow<'static> {
    type At<'p> = TermRow<'p>;
}

impl Grouped for TermRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// A candidate that occurs often enough.
#[derive(Debug)]
struct Candidate {
    text: Box<str>,
    tally: Tally,
    dispersion: Option<f64>,
    reference: u64,
    signs: Signs,
}

/// What speaks for a candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Signs {
    is_phrase: bool,
    is_listed: bool,
    is_quoted: bool,
    is_cued: bool,
    is_number_word: bool,
    is_parallel: bool,
    is_of_family: bool,
    is_in_series: bool,
    is_alone: bool,
}

/// What ranks a candidate.
#[derive(Debug, Clone, Copy)]
struct Scores {
    c_value: f64,
    keyness: Option<f64>,
    score: f64,
}

/// The longer candidates that have a candidate.
#[derive(Debug, Clone, Copy, Default)]
struct Nested {
    /// How often they do, each occurrence once.
    count: u64,
    /// How many.
    longer: u64,
    /// How often the one does that does so most often.
    most: u64,
}

impl Tabulate for Terms {
    fn columns(&self, _partial: &CandidateCounts) -> Columns {
        Columns::from(&group::columns(self.by.as_ref(), COLUMNS))
    }

    /// The rows: group by group, the highest score first.
    fn rows(&self, partial: &mut CandidateCounts, table: &mut Table) -> Result<()> {
        let columns = group::columns(self.by.as_ref(), COLUMNS);
        let mut candidates = self.candidates(partial)?;
        for (id, group) in partial.groups.sorted() {
            let mut own = candidates.remove(&id).unwrap_or_default();
            mark_families(&mut own);
            let size = partial.parts.get(id).map_or(0, |parts| parts.size);
            let frame = Frame { terms: self, size, reference_size: partial.reference.size };
            for ((scores, candidate), rank) in frame.ranked(&own).into_iter().zip(1..) {
                let pos = tags(&self.segmenter, &candidate.text);
                table.push(&columns, &TermRow { group, rank, candidate, scores, pos })?;
            }
        }
        Ok(())
    }
}

impl Terms {
    /// The candidates of each group that occur often enough, by code point.
    fn candidates(&self, partial: &mut CandidateCounts) -> Result<FxHashMap<GroupId, Vec<Candidate>>> {
        let (groups, parts) = (partial.by_suffix(), partial.parts.clone());
        let mut candidates: FxHashMap<GroupId, Vec<Candidate>> = FxHashMap::default();
        // The reference comes before all groups of a candidate.
        let mut reference = (String::new(), 0);
        partial.candidates.read(|name, used| {
            let (text, suffix) = name.split_once(DIVIDER).unwrap_or((name, ""));
            if suffix == REFERENCE {
                reference = (text.to_owned(), used.tally.count);
                return Ok(());
            }
            let Some(&group) = groups.get(suffix) else { return Ok(()) };
            let signs = Signs::of(&self.segmenter, text, &used);
            let is_shown = match self.min_count {
                Some(count) => used.tally.count >= count,
                None => used.tally.count + signs.own() >= LEAST,
            };
            if is_shown {
                let reference = if reference.0 == text { reference.1 } else { 0 };
                let parts = parts.get(group).copied().unwrap_or_default();
                let candidate = Candidate::new(text, used, parts, reference, signs);
                candidates.entry(group).or_default().push(candidate);
            }
            Ok(())
        })?;
        Ok(candidates)
    }
}

impl Candidate {
    fn new(text: &str, used: Use, parts: Parts, reference: u64, signs: Signs) -> Self {
        // In an order that does not depend on that in which pages were read.
        let mut shares = used.shares;
        shares.sort_unstable();
        let share = |&(count, size): &(u32, u32)| Share { count: count.into(), size: size.into() };
        let shares: Vec<Share> = shares.iter().map(share).collect();
        let dispersion = Spread::new(parts, &shares).dp_norm();
        Self { text: text.into(), tally: used.tally, dispersion, reference, signs }
    }
}

impl Signs {
    fn of(segmenter: &Segmenter, text: &str, used: &Use) -> Self {
        let is_known = || general_frequency(text).0 > 0;
        let mut chars = text.chars();
        let four: [Option<char>; 4] = std::array::from_fn(|_| chars.next());
        let end = chars.next();
        let is_four = |is: fn([char; 4]) -> bool| match (four, &end) {
            ([Some(a), Some(b), Some(c), Some(d)], None) => is([a, b, c, d]),
            _ => false,
        };
        // A common word that was set off once is no name.
        let is_often = |times: u64| times > 0 && times as f64 >= OFTEN * used.tally.count as f64;
        let is_number_word = is_number_word(text) && (used.quoted > 0 || is_four(is_pair)) && !is_known();
        Self {
            is_phrase: used.fitting > 0 && segmenter.words(text).len() > 1,
            is_listed: segmenter.is_listed(text),
            is_quoted: is_often(used.quoted),
            is_cued: is_often(used.cued),
            is_number_word,
            is_parallel: is_four(is_parallel) && !is_number_word && !is_known(),
            is_of_family: is_often(used.alike),
            is_in_series: is_often(used.in_series),
            is_alone: used.tally.count >= LEAST && is_often(used.alone),
        }
    }

    /// With their names, those that say something of a candidate beyond its count.
    fn marks(self) -> [(&'static str, bool); 8] {
        [
            ("listed", self.is_listed),
            ("quoted", self.is_quoted),
            ("cue", self.is_cued),
            ("number", self.is_number_word),
            ("parallel", self.is_parallel),
            ("family", self.is_of_family),
            ("series", self.is_in_series),
            ("alone", self.is_alone),
        ]
    }

    /// What they weigh: a word that nothing speaks for is less of a term than a phrase of words.
    fn weight(self) -> f64 {
        let is_plain_word = !self.is_phrase && self.own() == 0;
        SIGN * (self.own() as f64 - f64::from(u8::from(is_plain_word)))
    }

    /// How many those are.
    fn own(self) -> u64 {
        self.marks().iter().filter(|mark| mark.1).count() as u64
    }

    fn names(self) -> String {
        let form = if self.is_phrase { "phrase" } else { "word" };
        let is_form_known = self.is_phrase || self.own() == 0;
        let marks = self.marks();
        let names = marks.iter().filter(|mark| mark.1).map(|mark| mark.0);
        is_form_known.then_some(form).into_iter().chain(names).collect::<Vec<_>>().join(" ")
    }
}

/// Marks quoted names of which several begin alike; those that end alike in a list are marked already.
fn mark_families(candidates: &mut [Candidate]) {
    let quoted = candidates.iter().filter(|candidate| candidate.signs.is_quoted);
    let names: Vec<String> = quoted.map(|candidate| candidate.text.to_string()).collect();
    let families: FxHashSet<String> = families(names.iter().map(String::as_str));
    for candidate in candidates.iter_mut().filter(|candidate| candidate.signs.is_quoted) {
        candidate.signs.is_of_family |=
            prefix(&candidate.text).is_some_and(|prefix| families.contains(prefix));
    }
}

/// What the candidates of one group are ranked by.
struct Frame<'t> {
    terms: &'t Terms,
    size: u64,
    reference_size: u64,
}

impl Frame<'_> {
    /// The candidates that are shown, the highest score first.
    fn ranked<'c>(&self, candidates: &'c [Candidate]) -> Vec<(Scores, &'c Candidate)> {
        let nested = nested(&self.terms.segmenter, candidates);
        let shown = candidates.iter().zip(nested).filter(|(candidate, nested)| !nested.folds(candidate));
        let mut ranked: Vec<_> =
            shown.map(|(candidate, nested)| (self.scores(candidate, nested), candidate)).collect();
        ranked.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.1.text.cmp(&b.1.text)));
        ranked.truncate(self.terms.top.unwrap_or(usize::MAX));
        ranked
    }

    fn scores(&self, candidate: &Candidate, nested: Nested) -> Scores {
        let (reference, reference_size) = match self.terms.against {
            Against::Reference => (candidate.reference, self.reference_size),
            Against::Dictionary => general_frequency(&candidate.text),
        };
        let target = candidate.tally.count;
        let frequencies = Frequencies { target, target_size: self.size, reference, reference_size };
        let keyness = frequencies.simple_maths(self.terms.simple_maths_add);
        let c_value = c_value(candidate.text.chars().count(), target, nested.count, nested.longer);
        let score = score(c_value, keyness, candidate.signs);
        Scores { c_value, keyness, score }
    }
}

/// How much a candidate matters: `log2(1 + C-value) + log2(keyness)` and 2 for each sign of its own; 2 less for a word
/// that nothing speaks for.
fn score(c_value: f64, keyness: Option<f64>, signs: Signs) -> f64 {
    libm::log2(1.0 + c_value.max(0.0)) + keyness.map_or(0.0, libm::log2) + signs.weight()
}

impl Nested {
    /// True where `candidate` is little else than part of a longer one, and nothing speaks for it by itself.
    fn folds(self, candidate: &Candidate) -> bool {
        candidate.signs.own() == 0 && self.most as f64 >= FOLDED * candidate.tally.count as f64
    }
}

/// For each of `candidates` the longer ones that have it as whole words; as the paper has it, from the longest to the
/// shortest, so that an occurrence in two longer ones of which one has the other counts once.
fn nested(segmenter: &Segmenter, candidates: &[Candidate]) -> Vec<Nested> {
    let numbers: FxHashMap<&str, usize> =
        candidates.iter().zip(0..).map(|(candidate, number)| (&*candidate.text, number)).collect();
    let mut nested = vec![Nested::default(); candidates.len()];
    let mut order: Vec<(usize, usize)> =
        candidates.iter().zip(0..).map(|(candidate, at)| (candidate.text.chars().count(), at)).collect();
    order.sort_unstable_by_key(|&(length, at)| (std::cmp::Reverse(length), at));
    for (_, longer) in order {
        let (Some(candidate), Some(&own)) = (candidates.get(longer), nested.get(longer)) else { continue };
        let count = candidate.tally.count;
        let mut seen = FxHashSet::default();
        for part in parts_of(segmenter, &candidate.text) {
            let Some(&number) = numbers.get(part) else { continue };
            if let Some(nested) = nested.get_mut(number).filter(|_| seen.insert(number)) {
                nested.count += count.saturating_sub(own.count);
                nested.longer += 1;
                nested.most = nested.most.max(count);
            }
        }
    }
    nested
}

/// What a phrase has of whole words, itself left out.
fn parts_of<'t>(segmenter: &Segmenter, text: &'t str) -> impl Iterator<Item = &'t str> {
    let mut edges = vec![0];
    segmenter
        .words(text)
        .into_iter()
        .for_each(|word| edges.push(edges.last().map_or(0, |at| at + word.len())));
    let last = edges.len();
    let spans = (0..last).flat_map(move |from| (from + 1..last).map(move |to| (from, to)));
    let spans: Vec<(usize, usize)> = spans
        .filter_map(|(from, to)| Some((*edges.get(from)?, *edges.get(to)?)))
        .filter(|&(start, end)| end - start < text.len())
        .collect();
    spans.into_iter().filter_map(|(start, end)| text.get(start..end))
}

/// The parts of speech of the words of `text`.
fn tags(segmenter: &Segmenter, text: &str) -> String {
    segmenter.words(text).into_iter().map(|word| segmenter.tag(word)).collect::<Vec<_>>().join(" ")
}
