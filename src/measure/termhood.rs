//! How much of a term a phrase is.

/// C-value: how often a phrase occurs by itself, weighed by its length.
///
/// `log2 |a| · f(a)` for a phrase that is part of no longer one, else `log2 |a| · (f(a) − t(a) / c(a))`, where `c` longer
/// candidates have it, in `t` of its occurrences. `length` is that of the phrase in words, or in characters where words
/// are no firm unit. Frantzi, K., Ananiadou, S. & Mima, H. (2000): Automatic recognition of multi-word terms: the
/// C-value/NC-value method. *International Journal on Digital Libraries* 3(2), 115–130.
///
/// Their example: BASAL CELL CARCINOMA, three words, 984 times, of these 26 in 5 longer candidates → 1551.36;
/// CYSTIC BASAL CELL CARCINOMA, four words, 11 times, of these 5 in one → 12.
///
/// ```
/// assert_eq!(zjgr::measure::termhood::c_value(4, 11, 5, 1), 12.0);
/// ```
pub fn c_value(length: usize, count: u64, nested: u64, longer: u64) -> f64 {
    let mean = if longer == 0 { 0.0 } else { nested as f64 / longer as f64 };
    libm::log2(length.max(1) as f64) * (count as f64 - mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn the_example_of_the_paper() {
        for (length, count, nested, longer, expected) in [
            (5, 5, 0, 0, 11.6096),
            (4, 11, 5, 1, 12.0),
            (4, 7, 0, 0, 14.0),
            (4, 5, 0, 0, 10.0),
            (4, 3, 0, 0, 6.0),
            (3, 984, 26, 5, 1551.36),
        ] {
            assert_close(c_value(length, count, nested, longer), expected, 1e-5);
        }
    }

    #[test]
    fn one_word_has_no_length_to_weigh() {
        assert_eq!(c_value(1, 100, 0, 0), 0.0);
        assert_eq!(c_value(0, 100, 0, 0), 0.0);
    }
}
