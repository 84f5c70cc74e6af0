//! What each fact weighs with each label, and the best labels of a sentence under these weights.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::facts::{Fact, Sentence};
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

/// The weights of all facts, and of each label behind each other.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    rows: FxHashMap<u64, Row>,
    /// What each label weighs behind each; first those behind nothing, then those behind each label, then each before
    /// nothing.
    steps: Vec<[i32; LABELS]>,
}

/// The names of the rows of steps.
const STEP: &str = "behind";

/// Room to reckon in, for one sentence after another.
#[derive(Debug, Default)]
pub struct Work {
    facts: Vec<Fact>,
    from: Vec<[u8; LABELS]>,
    labels: Vec<usize>,
}

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
        let mut weights = Self { rows: FxHashMap::default(), steps: Vec::new() };
        for fact in facts {
            let outside = weight(fact, 0);
            let row: [f32; NAMED] = std::array::from_fn(|named| weight(fact, named + 1) - outside);
            if row.iter().any(|weight| weight.abs() >= least) {
                weights.rows.insert(fact.key(), row.map(whole));
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
    }

    /// The weights as text: a line for each fact, then one for each label before; the fact, a tab, and a number for
    /// each label but `O`, of which 200 make 1; 0 is left empty.
    pub fn to_tsv(&self) -> String {
        let mut rows: Vec<(String, Vec<i32>)> = self
            .rows
            .iter()
            .map(|(&key, row)| {
                (Fact::of_key(key).to_string(), row.iter().map(|&weight| weight.into()).collect())
            })
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
        let mut weights = Self { rows: FxHashMap::default(), steps: Vec::new() };
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
                weights.rows.insert(Fact::parse(name).ok_or_else(wrong)?.key(), row);
            }
        }
        weights.steps.resize(LABELS + 2, [0; LABELS]);
        weights.forbid();
        Ok(weights)
    }

    /// How many facts have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where none has.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The labels of the highest score (Viterbi 1967).
    pub fn best<'w>(&self, sentence: &Sentence, work: &'w mut Work) -> &'w [usize] {
        work.from.clear();
        work.labels.clear();
        if self.steps.is_empty() {
            work.labels.resize(sentence.len(), 0);
            return &work.labels;
        }
        let mut scores = [0; LABELS];
        for at in 0..sentence.len() {
            sentence.facts(at, &mut work.facts);
            let mut sum = [0_i16; NAMED];
            for fact in &work.facts {
                if let Some(row) = self.rows.get(&fact.key()) {
                    sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum = sum.saturating_add(*weight));
                }
            }
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

    /// The best score of each label behind those with `scores`, and which of them it stands behind.
    fn advance(&self, scores: &[i32; LABELS], from: &mut [u8; LABELS]) -> [i32; LABELS] {
        let mut best = [i32::MIN; LABELS];
        for (before, &score) in scores.iter().enumerate() {
            if score <= NEVER {
                continue;
            }
            for (label, &step) in self.steps[before + 1].iter().enumerate() {
                let way = score + step;
                if way > best[label] {
                    best[label] = way;
                    from[label] = before as u8;
                }
            }
        }
        best.map(|score| score.max(NEVER))
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
    fn a_line_that_is_none_is_named() {
        let error = Weights::from_tsv("char=工\t1,2\nchar=会").expect_err("no tab");
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
