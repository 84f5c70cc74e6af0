//! What each fact weighs with each label, and the best labels of a sentence under these weights.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::facts::{
    Fact, PLACES_IN_WORD, Sentence, TAG_VIEW, VIEWS, WORD_VIEW, window_starts, word_distances,
};
use super::label::{LABELS, forbidden};
use crate::error::{Error, ErrorKind, Result};

/// Labels beside that of what is in no name, whose weight is always 0.
const NAMED: usize = LABELS - 1;

/// Weights are kept as whole numbers: this many make 1.
const SCALE: f32 = 200.0;

/// Lower than every score.
const NEVER: i32 = i32::MIN / 2;

/// The weights of one fact: less that of label `O` with it.
type Row = [i16; NAMED];

/// A label that may stand behind another, and what that weighs.
#[derive(Debug, Clone, Copy)]
struct Way {
    before: u8,
    label: u8,
    step: i32,
}

/// Facts that see the same from different distances, found together.
#[derive(Debug, Clone, Default)]
struct View {
    /// Which entry is that of what is seen.
    entries: FxHashMap<u64, u32>,
    /// The numbers of the rows of each entry, one for each member; all 0 in the first entry, which is that of what is not
    /// known.
    rows: Vec<u32>,
    members: usize,
}

impl View {
    fn set(&mut self, seen: u64, member: usize, row: u32) {
        if self.rows.is_empty() {
            self.rows.resize(self.members, 0);
        }
        let next = (self.rows.len() / self.members) as u32;
        let entry = *self.entries.entry(seen).or_insert(next) as usize;
        if entry == next as usize {
            self.rows.resize(self.rows.len() + self.members, 0);
        }
        self.rows[entry * self.members + member] = row;
    }

    /// Which entry is that of `seen`.
    fn entry(&self, seen: u64) -> u32 {
        self.entries.get(&seen).copied().unwrap_or_default()
    }

    fn row(&self, entry: u32, member: usize) -> u32 {
        self.rows.get(entry as usize * self.members + member).copied().unwrap_or_default()
    }
}

/// The weights of all facts, and of each label behind each other.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// What each row is the weights of, but the first one, which is of no fact and has none.
    facts: Vec<Fact>,
    rows: Vec<Row>,
    /// The rows of facts that see the same, by the number of their view.
    views: [View; VIEWS],
    /// The number of the row of each other fact, by what it is about and what it says of that.
    lone: Vec<Vec<u32>>,
    /// What each label weighs behind each; first those behind nothing, then those behind each label, then each before
    /// nothing.
    steps: Vec<[i32; LABELS]>,
    /// The labels that may stand behind each other.
    ways: Vec<Way>,
}

/// The names of the rows of steps.
const STEP: &str = "behind";

/// Room to reckon in, for one sentence after another.
#[derive(Debug, Default)]
pub struct Work {
    /// The entries of what is seen from each character on, from [`MARGIN`] before the first one to as many behind the last.
    grams: Vec<[u32; WORD_VIEW]>,
    /// The entries of each word and of its tag, from one before the first word to one behind the last.
    words: Vec<(u32, u32)>,
    /// The rows of the facts of one character.
    rows: Vec<u32>,
    from: Vec<[u8; LABELS]>,
    labels: Vec<usize>,
}

/// The number of the row of no fact.
const NO_ROW: u32 = 0;

/// How far beyond the edges of a sentence facts look.
const MARGIN: isize = 2;

fn whole(weight: f32) -> i16 {
    (weight * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

impl Weights {
    /// The weights that `weight(fact, label)` gives for `facts`, and `step(from, to)` for labels behind each other
    /// (`None` is the edge of a sentence). A fact no weight of which reaches `least` is left out.
    pub fn new(
        facts: impl IntoIterator<Item = Fact>,
        least: f32,
        weight: impl Fn(Fact, usize) -> f32,
        step: impl Fn(Option<usize>, Option<usize>) -> f32,
    ) -> Self {
        let mut weights = Self::blank();
        for fact in facts {
            let outside = weight(fact, 0);
            let row: [f32; NAMED] = std::array::from_fn(|named| weight(fact, named + 1) - outside);
            if row.iter().any(|weight| weight.abs() >= least) {
                weights.add(fact, row.map(whole));
            }
        }
        let edges = || std::iter::once(None).chain((0..LABELS).map(Some));
        for from in edges() {
            weights.steps.push(std::array::from_fn(|to| i32::from(whole(step(from, Some(to))))));
        }
        weights.steps.push(std::array::from_fn(|from| i32::from(whole(step(Some(from), None)))));
        weights.forbid();
        weights
    }

    fn blank() -> Self {
        let mut weights = Self { rows: vec![[0; NAMED]], ..Self::default() };
        for (number, view) in weights.views.iter_mut().enumerate() {
            view.members = match number {
                WORD_VIEW => word_distances().count(),
                TAG_VIEW => word_distances().count() * PLACES_IN_WORD,
                shape => window_starts(shape).count(),
            };
        }
        weights
    }

    fn add(&mut self, fact: Fact, row: Row) {
        let number = self.rows.len() as u32;
        self.facts.push(fact);
        self.rows.push(row);
        if let Some((view, seen, member)) = fact.view() {
            self.views[view].set(seen, member, number);
            return;
        }
        let (about, value) = (fact.about(), fact.value() as usize);
        if self.lone.len() <= about {
            self.lone.resize(about + 1, Vec::new());
        }
        let rows = &mut self.lone[about];
        if rows.len() <= value {
            rows.resize(value + 1, 0);
        }
        rows[value] = number;
    }

    fn forbid(&mut self) {
        for (number, row) in self.steps.iter_mut().enumerate() {
            for (label, weight) in row.iter_mut().enumerate() {
                let is_last = number == LABELS + 1;
                let (from, to) =
                    if is_last { (Some(label), None) } else { (number.checked_sub(1), Some(label)) };
                if forbidden(from, to) {
                    *weight = NEVER;
                }
            }
        }
        self.ways.clear();
        for (before, row) in self.steps.iter().skip(1).take(LABELS).enumerate() {
            let allowed = row.iter().enumerate().filter(|(_, step)| **step != NEVER);
            self.ways.extend(allowed.map(|(label, &step)| Way {
                before: before as u8,
                label: label as u8,
                step,
            }));
        }
    }

    /// The weights as text: a line for each fact, then one for each label before; the fact, a tab, and a number for
    /// each label but `O`, of which 200 make 1; 0 is left empty.
    pub fn to_tsv(&self) -> String {
        let rows = self.facts.iter().zip(self.rows.iter().skip(1));
        let mut rows: Vec<(String, Vec<i32>)> = rows
            .map(|(fact, row)| (fact.to_string(), row.iter().map(|&weight| weight.into()).collect()))
            .collect();
        rows.sort();
        let steps = self.steps.iter().enumerate();
        rows.extend(steps.map(|(number, row)| {
            (
                format!("{STEP}={number}"),
                row.iter().map(|&weight| if weight == NEVER { 0 } else { weight }).collect(),
            )
        }));
        let mut text = String::new();
        for (name, numbers) in rows {
            text.push_str(&name);
            let mut separator = '\t';
            for number in numbers {
                text.push(separator);
                separator = ',';
                if number != 0 {
                    let _ = write!(text, "{number}");
                }
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`Weights::to_tsv`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] with its line where one is none.
    pub fn from_tsv(text: &str) -> Result<Self> {
        let mut weights = Self::blank();
        for (line, number) in text.lines().zip(1..) {
            let wrong = || {
                let what = format!("`{line}`: a fact, a tab, and numbers with commas between are expected");
                Error::new(ErrorKind::Format(what)).at_line(number)
            };
            let (name, numbers) = line.split_once('\t').ok_or_else(wrong)?;
            let mut numbers =
                numbers.split(',').map(|cell| if cell.is_empty() { Ok(0) } else { cell.parse::<i16>() });
            let mut next = || numbers.next().unwrap_or(Ok(0)).map_err(|_| wrong());
            if name.starts_with(STEP) && !name.starts_with("behind-title") {
                let mut row = [0; LABELS];
                for weight in &mut row {
                    *weight = i32::from(next()?);
                }
                weights.steps.push(row);
            } else {
                let mut row = [0; NAMED];
                for weight in &mut row {
                    *weight = next()?;
                }
                weights.add(Fact::parse(name).ok_or_else(wrong)?, row);
            }
        }
        weights.steps.resize(LABELS + 2, [0; LABELS]);
        weights.forbid();
        Ok(weights)
    }

    /// How many facts have weights.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// True where none has.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The labels of the highest score (Viterbi 1967).
    pub fn best<'w>(&self, sentence: &Sentence, work: &'w mut Work) -> &'w [usize] {
        work.from.clear();
        work.labels.clear();
        if self.steps.is_empty() {
            work.labels.resize(sentence.len(), 0);
            return &work.labels;
        }
        self.look(sentence, work);
        let mut scores = [0; LABELS];
        for at in 0..sentence.len() {
            let sum = self.sum(sentence, at, work);
            let mut from = [0; LABELS];
            scores = if at == 0 { self.steps[0] } else { self.advance(&scores, &mut from) };
            scores.iter_mut().skip(1).zip(sum).for_each(|(score, sum)| *score += i32::from(sum));
            work.from.push(from);
        }
        let last = &self.steps[LABELS + 1];
        let ends = scores.iter().zip(last).map(|(score, last)| score.saturating_add(*last));
        let mut label = highest(ends);
        for from in work.from.iter().rev() {
            work.labels.push(label);
            label = usize::from(from[label]);
        }
        work.labels.reverse();
        &work.labels
    }

    /// Looks for what is seen from each character and word.
    fn look(&self, sentence: &Sentence, work: &mut Work) {
        work.grams.clear();
        work.grams.extend((-MARGIN..sentence.len() as isize + MARGIN).map(|at| {
            let grams = sentence.grams(at);
            std::array::from_fn(|shape| self.views[shape].entry(grams[shape]))
        }));
        work.words.clear();
        work.words.extend((0..sentence.words() + 2).map(|number| {
            let (word, tag) = sentence.word(number.checked_sub(1));
            let word = word.map_or(0, |word| self.views[WORD_VIEW].entry(word));
            (word, self.views[TAG_VIEW].entry(tag))
        }));
    }

    /// The weights of all facts of character `at`, added up.
    fn sum(&self, sentence: &Sentence, at: usize, work: &mut Work) -> Row {
        let rows = &mut work.rows;
        rows.clear();
        for (shape, view) in self.views.iter().enumerate().take(WORD_VIEW) {
            for (member, first) in window_starts(shape).enumerate() {
                let entry = work.grams[(at as isize + first + MARGIN) as usize][shape];
                rows.push(view.row(entry, member));
            }
        }
        let (number, place) = sentence.word_of(at);
        for (index, distance) in word_distances().enumerate() {
            let (word, tag) = work.words[(number as isize + distance + 1) as usize];
            rows.push(self.views[WORD_VIEW].row(word, index));
            rows.push(self.views[TAG_VIEW].row(tag, index * PLACES_IN_WORD + place as usize));
        }
        sentence.lone_facts(at, |fact| {
            let row = self.lone.get(fact.about()).and_then(|rows| rows.get(fact.value() as usize));
            rows.extend(row);
        });
        let mut sum = [0; NAMED];
        rows.iter().filter(|row| **row != NO_ROW).for_each(|&row| add(&mut sum, &self.rows[row as usize]));
        sum
    }

    /// The best score of each label behind those with `scores`, and which of them it stands behind.
    fn advance(&self, scores: &[i32; LABELS], from: &mut [u8; LABELS]) -> [i32; LABELS] {
        let mut best = [NEVER; LABELS];
        for &Way { before, label, step } in &self.ways {
            let score = scores[usize::from(before)] + step;
            let (best, from) = (&mut best[usize::from(label)], &mut from[usize::from(label)]);
            // Without a branch, which could not be foreseen.
            let is_better = score > *best;
            *best = if is_better { score } else { *best };
            *from = if is_better { before } else { *from };
        }
        best
    }
}

fn add(sum: &mut Row, row: &Row) {
    for (sum, weight) in sum.iter_mut().zip(row) {
        *sum = sum.saturating_add(*weight);
    }
}

/// The place of the highest number, the first of several.
fn highest(numbers: impl Iterator<Item = i32>) -> usize {
    let higher = |best: (usize, i32), new: (usize, i32)| if new.1 > best.1 { new } else { best };
    numbers.enumerate().fold((0, i32::MIN), higher).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_come_along_are_read_and_written_as_they_are() {
        let text = include_str!("../../data/names/weights.tsv");
        let weights = Weights::from_tsv(text).expect("a good table");
        assert!(weights.len() > 1000);
        assert!(weights.to_tsv() == text);
    }

    #[test]
    fn what_is_looked_up_together_weighs_what_its_facts_weigh() {
        let weights = Weights::from_tsv(include_str!("../../data/names/weights.tsv")).expect("a good table");
        let known = weights.facts.iter().zip(weights.rows.iter().skip(1));
        let known: FxHashMap<Fact, Row> = known.map(|(fact, row)| (*fact, *row)).collect();
        let (mut sentence, mut work, mut facts) = (Sentence::default(), Work::default(), Vec::new());
        for text in ["", "周", "省总工会主席周国强说,", "欧阳锋在衢州市柯城区(简称“柯城”)会见阿里·汗"]
        {
            sentence.look(text);
            weights.look(&sentence, &mut work);
            for at in 0..sentence.len() {
                sentence.facts(at, &mut facts);
                let mut sum = [0; NAMED];
                facts.iter().filter_map(|fact| known.get(fact)).for_each(|row| add(&mut sum, row));
                assert_eq!(weights.sum(&sentence, at, &mut work), sum, "character {at} of {text}");
            }
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = Weights::from_tsv("char=工\t1,2\nchar=会").expect_err("no tab");
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
