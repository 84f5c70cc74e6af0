//! Weights from examples: those under which what was seen is the likeliest, held by a prior.

use super::lattice::{Passes, Steps};
use super::lbfgs::minimise;
use super::model::LAST;
use super::{Model, Sequence};
use crate::error::{ErrorKind, Result};

/// In how many parts the examples are counted, whatever the threads: so the sums come out the same.
const PARTS: usize = 8;

/// A sequence and the states that it has.
#[derive(Debug, Clone)]
pub struct Example {
    /// What is known of each element.
    pub sequence: Sequence,
    /// The state of each element.
    pub states: Vec<usize>,
    /// How many examples it stands for.
    pub weight: f64,
}

impl Example {
    /// An example that counts once.
    pub fn new(sequence: Sequence, states: Vec<usize>) -> Self {
        Self { sequence, states, weight: 1.0 }
    }

    /// The rows of weights that count for element `at`, whatever stands before it.
    fn rows(&self, model: &Model, at: usize) -> impl Iterator<Item = usize> {
        let first = (at == 0).then(|| model.row_behind(None));
        let last = (at + 1 == self.sequence.len()).then_some(LAST);
        self.sequence.at(at).iter().map(|&fact| model.row_of(fact)).chain(first).chain(last)
    }
}

/// How weights are fitted.
#[derive(Debug, Clone)]
pub struct Options {
    /// The standard deviation of the Gaussian prior around the weights that are given: the smaller, the closer the
    /// new ones stay to them.
    pub deviation: f64,
    /// The fitting ends where ten rounds improve the objective by less than this share.
    pub tolerance: f64,
    /// The fitting ends after this many rounds.
    pub rounds: usize,
    /// Whether a state that a fact is never seen with gets a weight too. Without, the weights are fewer by half.
    pub unseen: bool,
    /// Whether the weights in the row of this name are fitted: a fact, or `(first)`, `(last)`, `(after STATE)`. Others stay as
    /// they are given.
    pub of: fn(&str) -> bool,
    /// Weights of facts that come to lie nearer than this to those that are given stay as they are given.
    pub least: f64,
    /// How many threads count; the weights do not depend on it.
    pub threads: usize,
    /// Is told the objective after each count, for whoever waits.
    pub watch: fn(f64),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            deviation: 1.0,
            tolerance: 1e-4,
            rounds: 200,
            unseen: true,
            of: |_| true,
            least: 0.0,
            threads: 1,
            watch: |_| (),
        }
    }
}

/// What was fitted.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The prior with new weights.
    pub model: Model,
    /// The negative logarithm of the likelihood of the examples and the weights, to base *e*: the lower the better.
    pub objective: f64,
    /// How many rounds it took.
    pub rounds: usize,
}

/// The weights that minimise `−Σ log p(states | sequence) + Σ (w − w₀)² / 2σ²`: maximum a posteriori under a Gaussian
/// prior around those of `prior`. To learn from nothing, give a blank [`Model::new`]; what it forbids stays forbidden.
/// The same examples give the same weights to the bit, on any number of threads.
///
/// # Errors
///
/// Where an example has not one state for each element, a state or fact that the model does not know, or a row of
/// states that it forbids. The message says which, counting from 1.
pub fn fit(prior: &Model, examples: &[Example], options: &Options) -> Result<Fit> {
    for (number, example) in examples.iter().enumerate() {
        check(prior, example).map_err(|what| ErrorKind::Usage(format!("example {}: {what}", number + 1)))?;
    }
    let width = prior.width();
    let start: Vec<f64> = (0..prior.rows()).flat_map(|row| widened(prior.row(row), width)).collect();
    let mut parts = parts_of(examples, start.len());
    let pull = 1.0 / (options.deviation * options.deviation);
    let mut free = if options.unseen { vec![true; start.len()] } else { seen(prior, examples, start.len()) };
    for (row, free) in free.chunks_exact_mut(width).enumerate() {
        free.iter_mut().for_each(|free| *free &= (options.of)(&prior.name_of(row)));
    }
    let found = minimise(start.clone(), options.tolerance, options.rounds, |weights, slope| {
        let steps = prior.steps_of(weights).exp();
        let batch = PARTS.div_ceil(options.threads.max(1));
        std::thread::scope(|scope| {
            for parts in parts.chunks_mut(batch) {
                scope.spawn(|| parts.iter_mut().for_each(|part| part.count(prior, weights, &steps)));
            }
        });
        let mut value = 0.0;
        for (slope, (weight, start)) in slope.iter_mut().zip(weights.iter().zip(&start)) {
            *slope = (weight - start) * pull;
            value += (weight - start) * *slope / 2.0;
        }
        for part in &parts {
            value += part.value;
            slope.iter_mut().zip(&part.slope).for_each(|(slope, part)| *slope += part);
        }
        slope.iter_mut().zip(&free).filter(|(_, free)| !**free).for_each(|(slope, _)| *slope = 0.0);
        (options.watch)(value);
        if value.is_finite() { value } else { f64::INFINITY }
    });
    let facts = prior.row_of(0) * width;
    let settled = |(at, (&weight, &start)): (usize, (&f64, &f64))| {
        let told = (at < facts) | ((weight - start).abs() >= options.least);
        (if told { weight } else { start }) as f32
    };
    let weights = found.at.iter().zip(&start).enumerate().map(settled).collect();
    Ok(Fit { model: prior.clone().weighing(weights), objective: found.value, rounds: found.rounds })
}

/// Which weights the states of the examples make use of.
fn seen(model: &Model, examples: &[Example], len: usize) -> Vec<bool> {
    let mut seen = vec![false; len];
    for example in examples {
        for (at, &state) in example.states.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| model.row_behind(Some(example.states[before])));
            example.rows(model, at).chain(before).for_each(|row| seen[row * model.width() + state] = true);
        }
    }
    seen
}

/// A row of weights, with nothing where it was never fitted.
fn widened(row: &[f32], width: usize) -> impl Iterator<Item = f64> {
    row.iter().map(|&weight| f64::from(weight)).chain(std::iter::repeat(0.0)).take(width)
}

fn check(model: &Model, example: &Example) -> std::result::Result<(), String> {
    let (elements, states) = (example.sequence.len(), example.states.len());
    if elements != states {
        return Err(format!("{states} states for {elements} elements"));
    }
    let facts = model.facts().names().len();
    let strange = |facts_here: &[u32]| facts_here.iter().find(|&&fact| fact as usize >= facts).copied();
    if let Some(fact) = example.sequence.iter().find_map(strange) {
        return Err(format!("fact {fact} is not one of the model's {facts}"));
    }
    if let Some(state) = example.states.iter().find(|&&state| state >= model.states().len()) {
        return Err(format!("state {state} is not one of the model's {}", model.states().len()));
    }
    let name = |state: Option<usize>| state.map_or("the edge", |state| model.states()[state].as_str());
    let froms = [None].into_iter().chain(example.states.iter().map(|&state| Some(state)));
    let tos = example.states.iter().map(|&state| Some(state)).chain([None]);
    let impossible = |(_, (from, to)): &(usize, (Option<usize>, Option<usize>))| model.forbids(*from, *to);
    match froms.zip(tos).enumerate().filter(|_| elements > 0).find(impossible) {
        Some((at, (from, to))) => {
            Err(format!("{} must not follow {} at element {}", name(to), name(from), at + 1))
        }
        None => Ok(()),
    }
}

/// Some of the examples, and what they say of the weights.
struct Part<'a> {
    examples: Vec<&'a Example>,
    passes: Passes,
    value: f64,
    slope: Vec<f64>,
}

/// The examples in parts of about the same length, each in the order given.
fn parts_of(examples: &[Example], len: usize) -> Vec<Part<'_>> {
    let new = || Part { examples: Vec::new(), passes: Passes::default(), value: 0.0, slope: vec![0.0; len] };
    let mut parts: Vec<Part<'_>> = std::iter::repeat_with(new).take(PARTS).collect();
    let mut lengths = [0; PARTS];
    for example in examples {
        let shortest = (0..PARTS).min_by_key(|&part| lengths[part]).unwrap_or_default();
        lengths[shortest] += example.sequence.len();
        parts[shortest].examples.push(example);
    }
    parts
}

impl Part<'_> {
    /// How unlikely the examples are under `weights`, and the slope of that: what is expected less what was seen.
    fn count(&mut self, model: &Model, weights: &[f64], steps: &Steps<f64>) {
        let width = model.width();
        let row = |row: usize| row * width..(row + 1) * width;
        self.value = 0.0;
        self.slope.fill(0.0);
        for example in &self.examples {
            let (sequence, times) = (&example.sequence, example.weight);
            self.passes.run(steps, sequence.len(), |at, scores| {
                for &fact in sequence.at(at) {
                    scores
                        .iter_mut()
                        .zip(&weights[row(model.row_of(fact))])
                        .for_each(|(score, weight)| *score += weight);
                }
            });
            let mut score = 0.0;
            for (at, &state) in example.states.iter().enumerate() {
                let before = at.checked_sub(1).map(|before| example.states[before]);
                let mut surprise: Vec<f64> =
                    self.passes.marginals(at).into_iter().map(|share| share * times).collect();
                surprise[state] -= times;
                for active in example.rows(model, at) {
                    score += weights[active * width + state];
                    self.slope[row(active)]
                        .iter_mut()
                        .zip(&surprise)
                        .for_each(|(slope, surprise)| *slope += surprise);
                }
                if let Some(before) = before {
                    let succession = model.row_behind(Some(before)) * width + state;
                    score += weights[succession];
                    self.slope[succession] -= times;
                    self.passes.count_steps(
                        steps,
                        at,
                        times,
                        &mut self.slope[model.row_behind(Some(0)) * width..],
                    );
                }
            }
            self.value += times * (self.passes.log_sum - score);
        }
    }
}
