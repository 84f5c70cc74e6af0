//! Formulas: pure functions over counts, one file for each family.
//!
//! Each says where it was published, what goes in and what comes out, and has a worked value that its test
//! repeats. A measure that is not defined for its input (a division by nothing, the spread of a term that
//! never occurs) is `None`, so that no table ever shows `NaN` or an infinite number.
//!
//! * [`contingency`]: the two-by-two table, and the tests on it that keyness and association share
//! * [`keyness`]: what sets one corpus apart from another
//! * [`association`]: which words keep company
//! * [`dispersion`]: how evenly a word is spread over the parts of a corpus
//! * [`diversity`]: how rich a vocabulary is
//! * [`termhood`]: how much of a term a phrase is
//! * [`trend`]: whether a series rises or falls
//! * [`permutation`]: how likely articles dealt out by chance are as uneven
//! * [`significance`]: from a statistic to a probability, and from many of them to those that stand

pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod keyness;
pub mod permutation;
pub mod significance;
pub mod termhood;
pub mod trend;

/// A number that may stand in a table: `None` where `value` is infinite or no number.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// Asserts that a measure has the value that a paper or another program gives, to so many digits.
#[cfg(test)]
#[track_caller]
fn assert_close(measured: impl Into<Option<f64>>, expected: f64, tolerance: f64) {
    let measured = measured.into().expect("a value");
    let difference = (measured - expected).abs();
    assert!(difference <= tolerance * expected.abs().max(1.0), "{measured} is not {expected}");
}
