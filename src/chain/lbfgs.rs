//! The lowest point of a smooth function of many numbers.
//!
//! Liu, D. & Nocedal, J. (1989): On the limited memory BFGS method for large scale optimization. *Mathematical
//! Programming* 45, 503–528. Steps are halved until the function falls enough (Armijo's condition).

use super::lattice::dot;
use std::collections::VecDeque;

/// How many steps the shape of the function is remembered from.
const MEMORY: usize = 8;
/// What share of the fall that the slope promises a step must bring.
const SUFFICIENT: f64 = 1e-4;
/// How often a step is halved before the search ends.
const HALVINGS: usize = 40;
/// Over how many rounds the fall is measured.
const PERIOD: usize = 10;

/// Where a search ended.
#[derive(Debug, Clone)]
pub struct Minimum {
    /// The lowest point that was found.
    pub at: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// How many rounds it took.
    pub rounds: usize,
}

/// A step that was made, and how the slope changed over it.
struct Step {
    way: Vec<f64>,
    change: Vec<f64>,
    curve: f64,
}

/// Goes down from `start`, whose length is a multiple of eight. `function(at, slope)` returns the value and writes
/// the slope. Ends where the value fell by less than the share `tolerance` over ten rounds, or after `rounds`.
pub fn minimise(
    start: Vec<f64>,
    tolerance: f64,
    rounds: usize,
    mut function: impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Minimum {
    let mut slope = vec![0.0; start.len()];
    let mut found = Minimum { value: function(&start, &mut slope), at: start, rounds: 0 };
    let mut memory: VecDeque<Step> = VecDeque::new();
    let mut values = VecDeque::from([found.value]);
    let mut new_slope = slope.clone();
    while found.rounds < rounds {
        let way = downhill(&slope, &memory);
        let promise = dot(&way, &slope);
        let mut length = if memory.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let reached = (0..HALVINGS).find_map(|_| {
            let at: Vec<f64> = found.at.iter().zip(&way).map(|(at, way)| at + length * way).collect();
            let value = function(&at, &mut new_slope);
            let enough = value <= found.value + SUFFICIENT * length * promise;
            length /= 2.0;
            enough.then_some((at, value))
        });
        let Some((at, value)) = reached.filter(|_| promise < 0.0) else { break };
        remember(&mut memory, &found.at, &at, &slope, &new_slope);
        std::mem::swap(&mut slope, &mut new_slope);
        found = Minimum { at, value, rounds: found.rounds + 1 };
        values.push_back(value);
        let fell = |before: f64| before - value < tolerance * value.abs();
        if values.len() > PERIOD && values.pop_front().is_some_and(fell) {
            break;
        }
    }
    found
}

/// The way down that slope and memory suggest: the two loops of the paper.
fn downhill(slope: &[f64], memory: &VecDeque<Step>) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let along = |way: &mut [f64], times: f64, other: &[f64]| {
        way.iter_mut().zip(other).for_each(|(way, other)| *way += times * other)
    };
    let mut shares = Vec::new();
    for step in memory.iter().rev() {
        let share = dot(&step.way, &way) / step.curve;
        along(&mut way, -share, &step.change);
        shares.push(share);
    }
    if let Some(step) = memory.back() {
        let scale = step.curve / dot(&step.change, &step.change);
        way.iter_mut().for_each(|way| *way *= scale);
    }
    for (step, share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = dot(&step.change, &way) / step.curve;
        along(&mut way, share - back, &step.way);
    }
    way
}

fn remember(memory: &mut VecDeque<Step>, from: &[f64], to: &[f64], slope: &[f64], new_slope: &[f64]) {
    let less = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let (way, change) = (less(to, from), less(new_slope, slope));
    let curve = dot(&way, &change);
    if curve > f64::EPSILON * dot(&change, &change) {
        memory.push_back(Step { way, change, curve });
    }
    if memory.len() > MEMORY {
        memory.pop_front();
    }
}
