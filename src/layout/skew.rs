//! How far the lines of a page are off the level.

use super::lines::Line;

/// The steepest slope that is looked for, about a degree, and the steps in which it is.
const STEEPEST: f32 = 0.018;
const STEPS: i32 = 36;
/// A slope must put lines this much better in rows than none does.
const BETTER: f32 = 1.05;

/// How far `lines` fall for each unit to the right; `unit` is the height of a line.
pub(super) fn slope(lines: &[Line], unit: f32) -> f32 {
    let level = rows(lines, 0.0, unit);
    let slopes = (-STEPS..=STEPS).map(|step| STEEPEST * step as f32 / STEPS as f32);
    let scored = slopes.map(|slope| (slope, rows(lines, slope, unit)));
    // Of slopes that are as good as each other, the smallest.
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs().total_cmp(&a.0.abs())));
    best.filter(|best| best.1 > level * BETTER).map_or(0.0, |best| best.0)
}

/// How well lines stand in rows where they fall by `slope`: the sum of squares of what stands in each row.
fn rows(lines: &[Line], slope: f32, unit: f32) -> f32 {
    /// The rows that are told apart within the height of a line.
    const WITHIN: f32 = 4.0;
    let mut counts = std::collections::BTreeMap::<i32, f32>::new();
    for line in lines {
        let level = line.area.middle() - slope * line.area.centre();
        // Pages that are too large for it stand in one row.
        *counts.entry((level / unit * WITHIN) as i32).or_default() += line.ems;
    }
    counts.values().map(|count| count * count).sum()
}
