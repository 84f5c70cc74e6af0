//! States, facts, and what each weighs.

use super::lattice::Steps;
use super::{Facts, Sequence};

/// Rows are filled up to a multiple of this many weights, so that whole registers of them are added.
pub(super) const LANES: usize = 8;

/// The rows of weights that stand before those of the facts: what a state weighs as the first, as the last, and
/// behind each state.
const FIRST: usize = 0;
pub(super) const LAST: usize = 1;
const AFTER: usize = 2;

/// A linear chain: its states, its facts, and the weight of each fact with each state.
#[derive(Debug, Clone)]
pub struct Model {
    states: Vec<String>,
    facts: Facts,
    /// Rows of [`Model::width`] weights.
    weights: Vec<f32>,
    /// Which states must not follow which.
    pub(super) forbidden: Steps<bool>,
    /// What each succession weighs: negative infinity where it is forbidden.
    pub(super) steps: Steps<f32>,
    /// The exponentials of the same.
    pub(super) potentials: Steps<f64>,
}

/// What one fact adds to the score of a state beside that of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The name of the fact; `(first)`, `(last)`, `(after STATE)` and `(before STATE)` for the place in the sequence.
    pub fact: String,
    /// Its weight with the one state less that with the other: above 0 it speaks for the first.
    pub weight: f32,
}

impl Model {
    /// A model in which everything weighs nothing and any state may follow any other.
    pub fn new<S: Into<String>>(states: impl IntoIterator<Item = S>, facts: Facts) -> Self {
        let states: Vec<String> = states.into_iter().map(Into::into).collect();
        let (count, width) = (states.len(), states.len().next_multiple_of(LANES));
        let forbidden = Steps::new(count, width, true).filled(|_, _| false);
        let (steps, potentials) = (Steps::new(count, width, 0.0), Steps::new(count, width, 0.0));
        Self { states, facts, weights: Vec::new(), forbidden, steps, potentials }.weighing(Vec::new())
    }

    /// The same model, in which no state follows another where `forbidden(from, to)` is true. `None` is the edge:
    /// `(None, to)` asks whether `to` must not come first, `(from, None)` whether `from` must not come last.
    #[must_use]
    pub fn forbid(mut self, forbidden: impl Fn(Option<usize>, Option<usize>) -> bool) -> Self {
        self.forbidden = self.forbidden.filled(forbidden);
        let weights = std::mem::take(&mut self.weights);
        self.weighing(weights)
    }

    /// The same model with other weights.
    pub(super) fn weighing(mut self, weights: Vec<f32>) -> Self {
        self.weights = weights;
        self.weights.resize(self.weights.len().max(self.rows() * self.width()), 0.0);
        // What facts weigh says nothing of successions.
        let successions = AFTER + self.states.len();
        let weights = self.weights.iter().take(successions * self.width());
        let steps = self.steps_of(&weights.map(|&weight| f64::from(weight)).collect::<Vec<_>>());
        self.potentials = steps.exp();
        self.steps = steps.map(|weight| weight as f32);
        self
    }

    /// The names of the states; the place of a name is its number.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The names of the facts.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The names of the facts, to add some; a new one weighs nothing until it is [fitted](super::fit).
    pub fn facts_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }

    /// What the fact with this number weighs with this state; 0 where it is not known.
    pub fn weight(&self, fact: u32, state: usize) -> f32 {
        self.row(self.row_of(fact)).get(state).copied().unwrap_or_default()
    }

    /// What it weighs that state `to` follows state `from`, `None` being the edge; negative infinity where it must not.
    pub fn step(&self, from: Option<usize>, to: Option<usize>) -> f32 {
        self.steps.at(from, to)
    }

    /// Every reason why element `at` of `sequence` is in its state of `path` and not in the state `rival`, what
    /// weighs most first. Their sum is the score of `path` less that of the same path with the rival in that place.
    pub fn why(&self, sequence: &Sequence, path: &[usize], at: usize, rival: usize) -> Vec<Reason> {
        let Some(&state) = path.get(at) else { return Vec::new() };
        let (before, behind) = (at.checked_sub(1).map(|before| path[before]), path.get(at + 1).copied());
        let step = |name: &str, other: Option<usize>, edge: &str, step: &dyn Fn(usize) -> f32| Reason {
            fact: other.map_or(format!("({edge})"), |other| format!("({name} {})", self.states[other])),
            weight: step(state) - step(rival),
        };
        let from = step("after", before, "first", &|state| self.steps.at(before, Some(state)));
        let to = step("before", behind, "last", &|state| self.steps.at(Some(state), behind));
        let known = sequence.at(at).iter().filter_map(|&fact| Some((fact, self.facts.name(fact)?)));
        let facts = known.map(|(fact, name)| Reason {
            fact: name.to_owned(),
            weight: self.weight(fact, state) - self.weight(fact, rival),
        });
        let mut reasons: Vec<Reason> =
            facts.chain([from, to]).filter(|reason| reason.weight != 0.0).collect();
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.fact.cmp(&b.fact)));
        reasons
    }

    /// Whether `to` must not follow `from`.
    pub(super) fn forbids(&self, from: Option<usize>, to: Option<usize>) -> bool {
        self.forbidden.at(from, to)
    }

    /// How many weights a row has: one for each state, and what fills it up.
    pub(super) fn width(&self) -> usize {
        self.states.len().next_multiple_of(LANES)
    }

    /// How many rows of weights there are.
    pub(super) fn rows(&self) -> usize {
        AFTER + self.states.len() + self.facts.len()
    }

    /// The row of a fact.
    pub(super) fn row_of(&self, fact: u32) -> usize {
        AFTER + self.states.len() + fact as usize
    }

    /// The row of what stands before an element: a state, or nothing.
    pub(super) fn row_behind(&self, before: Option<usize>) -> usize {
        before.map_or(FIRST, |state| AFTER + state)
    }

    /// What row `row` is called.
    pub(super) fn name_of(&self, row: usize) -> String {
        match row {
            FIRST => "(first)".to_owned(),
            LAST => "(last)".to_owned(),
            _ => match self.states.get(row - AFTER) {
                Some(state) => format!("(after {state})"),
                None => {
                    let number = row - AFTER - self.states.len();
                    self.facts.name(number as u32).unwrap_or_default().to_owned()
                }
            },
        }
    }

    /// The weights of a row; none where it was never fitted.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        self.weights.get(row * self.width()..(row + 1) * self.width()).unwrap_or_default()
    }

    /// What each succession weighs when all weights are `weights`.
    pub(super) fn steps_of(&self, weights: &[f64]) -> Steps<f64> {
        let width = self.width();
        self.forbidden.map(|_| f64::NEG_INFINITY).filled(|from, to| {
            match (self.forbidden.at(from, to), from, to) {
                (false, from, Some(to)) => weights[self.row_behind(from) * width + to],
                (false, Some(from), None) => weights[LAST * width + from],
                _ => f64::NEG_INFINITY,
            }
        })
    }
}
