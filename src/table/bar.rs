//! Bars made of blocks, for a person to look at in a terminal.

/// Eighths of a block, from none to seven.
const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of at most `width` columns, on which `full` is the whole. What is more than nothing is to be seen, however
/// little it is; nothing is drawn for a value below 0.
///
/// ```
/// assert_eq!(zjgr::table::bar(1.25, 4.0, 4), "█▎");
/// ```
pub fn bar(value: f64, full: f64, width: usize) -> String {
    if value <= 0.0 || !value.is_finite() || full <= 0.0 {
        return String::new();
    }
    let eighths = ((value / full).min(1.0) * 8.0 * width as f64).round().max(1.0) as usize;
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_eighths_of_a_block() {
        assert_eq!(bar(4.0, 4.0, 4), "████");
        assert_eq!(bar(1.25, 4.0, 4), "█▎");
        assert_eq!(bar(0.001, 4.0, 4), "▏");
        assert_eq!(bar(9.0, 4.0, 4), "████");
    }

    #[test]
    fn nothing_draws_nothing() {
        for (value, full) in [(0.0, 4.0), (-1.0, 4.0), (0.0, 0.0), (f64::NAN, 1.0), (1.0, 0.0)] {
            assert_eq!(bar(value, full, 4), "");
        }
    }
}
