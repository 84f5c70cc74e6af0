//! Recursive cuts along white: what stands beside each other, what below (Nagy and Seth 1984; Ha, Haralick and
//! Phillips 1995).

use crate::source::Area;

/// In which direction cuts are looked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// What stands below is read after what stands above.
    Rows,
    /// What stands at the right is read after what stands at the left.
    Columns,
}

/// No page nests its parts any deeper.
const DEEPEST: usize = 32;

/// The order in which things are read that stand at `areas`, as indices into them. White counts from `gap` on.
pub(super) fn order(areas: &[Area], first: First, gap: f32) -> Vec<usize> {
    let mut ordered = Vec::with_capacity(areas.len());
    part(areas, (0..areas.len()).collect(), first, gap, 0, &mut ordered);
    ordered
}

fn part(
    areas: &[Area],
    mut group: Vec<usize>,
    first: First,
    gap: f32,
    depth: usize,
    ordered: &mut Vec<usize>,
) {
    if group.len() < 2 || depth == DEEPEST {
        return finish(areas, group, ordered);
    }
    let rows = |area: &Area| (area.y, area.bottom());
    let columns = |area: &Area| (area.x, area.right());
    let both = match first {
        First::Rows => [split(areas, &mut group, rows, gap), split(areas, &mut group, columns, gap)],
        First::Columns => [split(areas, &mut group, columns, gap), split(areas, &mut group, rows, gap)],
    };
    match both.into_iter().find(|parts| parts.len() > 1) {
        Some(parts) => parts.into_iter().for_each(|group| part(areas, group, first, gap, depth + 1, ordered)),
        None => finish(areas, group, ordered),
    }
}

/// What white does not part is read from its upper left.
fn finish(areas: &[Area], mut group: Vec<usize>, ordered: &mut Vec<usize>) {
    group.sort_by(|&a, &b| areas[a].y.total_cmp(&areas[b].y).then(areas[a].x.total_cmp(&areas[b].x)));
    ordered.extend(group);
}

/// The parts of `group` between which white of `gap` at least goes all the way through.
pub(super) fn split(
    areas: &[Area],
    group: &mut [usize],
    span: impl Fn(&Area) -> (f32, f32),
    gap: f32,
) -> Vec<Vec<usize>> {
    group.sort_by(|&a, &b| span(&areas[a]).0.total_cmp(&span(&areas[b]).0));
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut end = f32::MIN;
    for &at in group.iter() {
        let (from, to) = span(&areas[at]);
        match parts.last_mut().filter(|_| from - end < gap) {
            Some(part) => part.push(at),
            None => parts.push(vec![at]),
        }
        end = end.max(to);
    }
    parts
}
