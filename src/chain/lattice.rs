//! All rows of states that a sequence may have, and what can be asked of them without going through them one by one.

use super::model::LANES;
use super::{Model, Sequence};

/// The widths of rows that are kept in registers: those of models of 25 to 32 states, as the page reader has, and of 17 to
/// 24, as the reader of bylines.
const WIDE: usize = 4 * LANES;
const MIDDLE: usize = 3 * LANES;
/// Scores further below the best than this are taken for this: `exp` would give nothing that counts.
const FLOOR: f64 = -230.0;

/// Room to reckon in, for one sequence after another.
#[derive(Debug, Default)]
pub struct Work {
    /// What the facts of each element weigh with each state.
    weights: Vec<f32>,
    /// The score of the best way into each state.
    scores: Vec<f32>,
    path: Vec<usize>,
    passes: Passes,
}

impl Model {
    /// The states of the highest score, one for each element: Viterbi, A. (1967), *IEEE Transactions on Information
    /// Theory* 13(2), 260–269. Where two rows of states score the same, the one with the lower numbers at the end.
    pub fn best<'a>(&self, sequence: &Sequence, work: &'a mut Work) -> &'a [usize] {
        self.weigh(sequence, work);
        self.find_best(work)
    }

    /// What [`Model::best`] and [`Model::marginals`] say, for little more than the price of the first.
    pub fn decide(&self, sequence: &Sequence, work: &mut Work) -> (Vec<usize>, Vec<f64>) {
        self.weigh(sequence, work);
        let path = self.find_best(work).to_vec();
        (path, self.find_marginals(work))
    }

    /// Adds up what the facts of each element weigh with each state.
    fn weigh(&self, sequence: &Sequence, work: &mut Work) {
        let width = self.width();
        work.path.clear();
        work.path.resize(sequence.len(), 0);
        work.weights.clear();
        work.weights.resize(sequence.len() * width, 0.0);
        for (here, facts) in work.weights.chunks_exact_mut(width.max(1)).zip(sequence.iter()) {
            match width {
                WIDE => self.sum::<WIDE>(facts, here),
                MIDDLE => self.sum::<MIDDLE>(facts, here),
                _ => self.sum::<LANES>(facts, here),
            }
        }
    }

    /// Sums the rows of `facts`, `N` weights at a time: so many stay in registers.
    fn sum<const N: usize>(&self, facts: &[u32], to: &mut [f32]) {
        for (part, to) in to.chunks_exact_mut(N).enumerate() {
            let mut sums = [0.0; N];
            for &fact in facts {
                let weights = self.row(self.row_of(fact)).get(part * N..(part + 1) * N).unwrap_or_default();
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
            to.copy_from_slice(&sums);
        }
    }

    fn find_best<'a>(&self, work: &'a mut Work) -> &'a [usize] {
        let (count, width) = (self.states().len(), self.width());
        work.scores.clear();
        work.scores.resize(work.weights.len(), 0.0);
        for (at, weights) in work.weights.chunks_exact(width.max(1)).enumerate() {
            let (before, here) = work.scores.split_at_mut(at * width);
            let here = &mut here[..width];
            match before.len().checked_sub(width) {
                Some(start) => match width {
                    WIDE => self.arrive::<WIDE>(&before[start..], here),
                    MIDDLE => self.arrive::<MIDDLE>(&before[start..], here),
                    _ => self.arrive::<LANES>(&before[start..], here),
                },
                None => here.copy_from_slice(self.steps.behind(None)),
            }
            here.iter_mut().zip(weights).for_each(|(here, weight)| *here += weight);
        }
        let mut next = None;
        for (state, scores) in work.path.iter_mut().zip(work.scores.chunks_exact(width.max(1))).rev() {
            *state = highest((0..count).map(|from| scores[from] + self.steps.at(Some(from), next)));
            next = Some(*state);
        }
        &work.path
    }

    /// The score of the best way from `before` into each state. Which way that was is asked later, of the states that
    /// are on the path alone: to remember it here would keep the inner loop out of the wide registers.
    fn arrive<const N: usize>(&self, before: &[f32], here: &mut [f32]) {
        for (part, here) in here.chunks_exact_mut(N).enumerate() {
            let mut best = [f32::NEG_INFINITY; N];
            for (from, &score) in before.iter().enumerate().take(self.states().len()) {
                let steps = self.steps.behind(Some(from)).get(part * N..(part + 1) * N).unwrap_or_default();
                for (best, &step) in best.iter_mut().zip(steps) {
                    let way = score + step;
                    *best = if way > *best { way } else { *best };
                }
            }
            here.copy_from_slice(&best);
        }
    }

    /// The probability of each state for each element, 0 to 1: the sum over all rows of states that have it there.
    /// One row of as many numbers as there are states for each element, one behind the other.
    pub fn marginals(&self, sequence: &Sequence, work: &mut Work) -> Vec<f64> {
        self.weigh(sequence, work);
        self.find_marginals(work)
    }

    fn find_marginals(&self, work: &mut Work) -> Vec<f64> {
        let (count, width) = (self.states().len(), self.width());
        let (weights, len) = (&work.weights, work.path.len());
        work.passes.run(&self.potentials, len, |at, scores| {
            let weights = &weights[at * width..][..width];
            scores.iter_mut().zip(weights).for_each(|(score, &weight)| *score = f64::from(weight));
        });
        let mut marginals = Vec::with_capacity(len * count);
        (0..len).for_each(|at| marginals.extend(work.passes.marginals(at).into_iter().take(count)));
        marginals
    }
}

/// The place of the highest number, the first of several.
fn highest(numbers: impl Iterator<Item = f32>) -> usize {
    let higher = |best: (usize, f32), new: (usize, f32)| if new.1 > best.1 { new } else { best };
    numbers.enumerate().fold((0, f32::NEG_INFINITY), higher).0
}

/// The sum of the products, summed in eight lanes: the same on every machine, and fast on most.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += a * b);
    }
    lanes.iter().sum()
}

/// Something for each succession of two states: a row for each state before, a row for none before, and one for
/// none behind. Rows are filled up to a width.
#[derive(Debug, Clone)]
pub(super) struct Steps<T> {
    count: usize,
    width: usize,
    cells: Vec<T>,
}

impl<T: Copy> Steps<T> {
    /// The same for every succession, and for what fills the rows up.
    pub(super) fn new(count: usize, width: usize, cell: T) -> Self {
        Self { count, width, cells: vec![cell; (count + 2) * width] }
    }

    /// Asks for each succession.
    pub(super) fn filled(mut self, cell: impl Fn(Option<usize>, Option<usize>) -> T) -> Self {
        for state in 0..self.count {
            (0..self.count)
                .for_each(|from| self.cells[from * self.width + state] = cell(Some(from), Some(state)));
            self.cells[self.count * self.width + state] = cell(None, Some(state));
            self.cells[(self.count + 1) * self.width + state] = cell(Some(state), None);
        }
        self
    }

    /// Another thing for each, fill included.
    pub(super) fn map<U>(&self, other: impl Fn(T) -> U) -> Steps<U> {
        Steps {
            count: self.count,
            width: self.width,
            cells: self.cells.iter().map(|&cell| other(cell)).collect(),
        }
    }

    /// The row behind a state, or behind none.
    pub(super) fn behind(&self, from: Option<usize>) -> &[T] {
        let row = from.unwrap_or(self.count);
        &self.cells[row * self.width..(row + 1) * self.width]
    }

    /// The row of what stands before nothing.
    pub(super) fn last(&self) -> &[T] {
        &self.cells[(self.count + 1) * self.width..]
    }

    /// What there is for the succession of two states, `None` for the edge.
    pub(super) fn at(&self, from: Option<usize>, to: Option<usize>) -> T {
        match (from, to) {
            (from, Some(to)) => self.behind(from)[to],
            (from, None) => self.last()[from.unwrap_or_default()],
        }
    }
}

impl Steps<f64> {
    /// The exponentials, 0 for negative infinity.
    pub(super) fn exp(&self) -> Self {
        self.map(libm::exp)
    }
}

/// The forward and the backward pass over one sequence, each element scaled so that its numbers add up to 1.
///
/// Rabiner, L. (1989): A tutorial on hidden Markov models. *Proceedings of the IEEE* 77(2), 257–286, section V.A.
#[derive(Debug, Default)]
pub(super) struct Passes {
    width: usize,
    /// The exponential of each state's score, less that of the best one.
    local: Vec<f64>,
    forward: Vec<f64>,
    backward: Vec<f64>,
    /// What the backward numbers of each element added up to before they were scaled.
    scales: Vec<f64>,
    /// The logarithm of the sum over all rows of states.
    pub(super) log_sum: f64,
}

impl Passes {
    /// Goes over `len` elements; `score(at, row)` adds the weights of the facts of element `at` to a row of zeros.
    pub(super) fn run(&mut self, steps: &Steps<f64>, len: usize, mut score: impl FnMut(usize, &mut [f64])) {
        self.width = steps.width;
        self.log_sum = 0.0;
        for numbers in [&mut self.local, &mut self.forward, &mut self.backward] {
            numbers.clear();
            numbers.resize(len * steps.width, 0.0);
        }
        for at in 0..len {
            let local = &mut self.local[at * steps.width..][..steps.width];
            score(at, local);
            let best = local[..steps.count].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            local.iter_mut().for_each(|score| *score = libm::exp((*score - best).max(FLOOR)));
            self.log_sum += best + libm::log(self.advance(steps, at));
        }
        self.go_back(steps, len);
    }

    /// Fills the forward row of element `at`; returns what it added up to.
    fn advance(&mut self, steps: &Steps<f64>, at: usize) -> f64 {
        let (before, here) = self.forward.split_at_mut(at * self.width);
        let here = &mut here[..self.width];
        match before.len().checked_sub(self.width) {
            None => here.copy_from_slice(steps.behind(None)),
            Some(start) => {
                for (from, &weight) in before[start..].iter().enumerate().take(steps.count) {
                    here.iter_mut()
                        .zip(steps.behind(Some(from)))
                        .for_each(|(here, step)| *here += weight * step);
                }
            }
        }
        here.iter_mut().zip(&self.local[at * self.width..]).for_each(|(here, local)| *here *= local);
        scale(here)
    }

    fn go_back(&mut self, steps: &Steps<f64>, len: usize) {
        self.scales.clear();
        self.scales.resize(len, 1.0);
        let mut ahead = vec![0.0; self.width];
        for at in (0..len).rev() {
            let row = &mut self.backward[at * self.width..][..self.width];
            match at + 1 == len {
                true => row.copy_from_slice(steps.last()),
                false => (0..steps.count).for_each(|from| row[from] = dot(steps.behind(Some(from)), &ahead)),
            }
            if at + 1 == len {
                self.log_sum += libm::log(dot(&self.forward[at * self.width..], row));
            }
            self.scales[at] = scale(row);
            ahead
                .iter_mut()
                .zip(row.iter().zip(&self.local[at * self.width..]))
                .for_each(|(ahead, (row, local))| *ahead = row * local);
        }
    }

    /// The probability of each state for element `at`.
    pub(super) fn marginals(&self, at: usize) -> Vec<f64> {
        let (forward, backward) = (self.forward[at * self.width..].iter(), &self.backward[at * self.width..]);
        let mut row: Vec<f64> =
            forward.zip(backward).take(self.width).map(|(forward, backward)| forward * backward).collect();
        scale(&mut row);
        row
    }

    /// Adds the probability of each succession between element `at` and the one before, times `times`, to `counts`:
    /// a row behind each state.
    pub(super) fn count_steps(&self, steps: &Steps<f64>, at: usize, times: f64, counts: &mut [f64]) {
        let row = |numbers: &[f64], at: usize| numbers[at * self.width..][..self.width].to_vec();
        let (before, ahead) = (row(&self.forward, at - 1), row(&self.backward, at));
        let whole = dot(&before, &row(&self.backward, at - 1)) * self.scales[at - 1];
        let ahead: Vec<f64> = ahead
            .iter()
            .zip(row(&self.local, at))
            .map(|(ahead, local)| ahead * local / whole * times)
            .collect();
        for (from, counts) in counts.chunks_exact_mut(self.width).enumerate().take(steps.count) {
            let steps = steps.behind(Some(from)).iter().zip(&ahead);
            counts
                .iter_mut()
                .zip(steps)
                .for_each(|(count, (step, ahead))| *count += before[from] * step * ahead);
        }
    }
}

/// Scales numbers so that they add up to 1, all alike where they are all 0; returns what they added up to.
fn scale(numbers: &mut [f64]) -> f64 {
    let sum: f64 = numbers.iter().sum();
    let (times, plus) = if sum > 0.0 { (1.0 / sum, 0.0) } else { (0.0, 1.0 / numbers.len() as f64) };
    numbers.iter_mut().for_each(|number| *number = *number * times + plus);
    sum
}
