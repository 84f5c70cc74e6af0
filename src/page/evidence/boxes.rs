//! Where a line stands on the page, where the file says where words stand: its size, the white above it, the edges of its
//! column. Of text without boxes these facts say nothing.
//!
//! Their weights are learnt apart from those of the text (`data/page/boxes.tsv`), from pages that were printed and read
//! by OCR programs, while the rest stays as it is: so no text is read otherwise because of them. All their names open
//! with [`OPENING`], by which their weights are known.

use super::{Fact, View};
use crate::source::Placement;

/// What the names of facts of boxes open with.
pub(in crate::page) const OPENING: &str = "box-";

pub(super) const FACTS: &[Fact] = &[
    Fact::flag("box-opens", "Its place says that something begins with it.", opens).near(),
    Fact::names("box-size", "The size of its characters beside running text.", &SIZES, size).near(),
    Fact::names("box-step", "Its size beside that of the line above.", &STEPS, step).near(),
    Fact::names("box-columns", "How much of a column it fills, or how many it goes over.", &WIDTHS, columns)
        .near(),
    Fact::names("box-gap", "The white above it on the page.", &GAPS, gap).near(),
    Fact::names("box-left", "Where in its column it begins.", &LEFTS, left).near(),
    Fact::names("box-sure", "How sure the OCR program is of it.", &SURE, sure),
    Fact::product(
        "box-set",
        "Its size, where in its column it begins, and how much of it it fills.",
        &[&SIZES, &LEFTS, &WIDTHS],
        |view, i| {
            place(view, i).map_or(u32::MAX, |_| {
                let edges = size(view, i) * LEFTS.len() as u32 + left(view, i);
                edges * WIDTHS.len() as u32 + columns(view, i)
            })
        },
    ),
    Fact::product(
        "box-joint",
        "The white above it, and its size beside that above.",
        &[&GAPS, &STEPS],
        |view, i| place(view, i).map_or(u32::MAX, |_| gap(view, i) * STEPS.len() as u32 + step(view, i)),
    ),
];

/// Sizes of characters, and where each begins, in that of running text.
pub(in crate::page) const SIZES: [&str; 7] = ["", "fine", "text", "larger", "head", "large", "huge"];
const LARGER: [f32; 5] = [0.93, 1.08, 1.25, 1.7, 2.3];

/// What a line fills of its column, or how many it goes over.
pub(in crate::page) const WIDTHS: [&str; 7] = ["", "scrap", "short", "most", "full", "wide", "several"];
const WIDER: [f32; 5] = [0.3, 0.62, 0.88, 1.15, 1.9];

/// The white above a line; it turns where it stands in the next column.
pub(in crate::page) const GAPS: [&str; 8] = ["", "turns", "none", "little", "line", "more", "two", "far"];
const FARTHER: [f32; 5] = [0.25, 0.6, 0.9, 1.4, 2.5];

/// Where a line begins in its column.
pub(in crate::page) const LEFTS: [&str; 5] = ["", "flush", "indented", "centred", "deep"];

/// The size of a line beside that of the line above.
pub(in crate::page) const STEPS: [&str; 4] = ["", "smaller", "same", "larger"];
/// Sizes are one within this part of them.
const SAME: f32 = 0.1;

/// How sure an OCR program is.
const SURE: [&str; 5] = ["", "hardly", "unsure", "rather", "sure"];
const SURER: [f32; 3] = [0.5, 0.75, 0.9];

fn place<'v>(view: &View<'v>, i: usize) -> Option<&'v Placement> {
    view.lines.get(i)?.place.as_ref()
}

/// Which of the classes that begin at `steps` a value is of, counted from 1.
fn class(steps: &[f32], value: f32) -> u32 {
    1 + steps.iter().filter(|&&step| step <= value).count() as u32
}

/// True where the place of line `i` says that something begins with it.
pub(in crate::page) fn opens(view: &View<'_>, i: usize) -> u32 {
    place(view, i).map_or(0, |place| place.opens.into())
}

pub(in crate::page) fn size(view: &View<'_>, i: usize) -> u32 {
    place(view, i).map_or(0, |place| class(&LARGER, place.size))
}

pub(in crate::page) fn columns(view: &View<'_>, i: usize) -> u32 {
    place(view, i).map_or(0, |place| class(&WIDER, place.columns))
}

pub(in crate::page) fn gap(view: &View<'_>, i: usize) -> u32 {
    let Some(own) = place(view, i) else { return 0 };
    let above = i.checked_sub(1).and_then(|above| place(view, above));
    let turns = above.is_some_and(|above| own.area.middle() < above.area.bottom());
    if turns { 1 } else { 1 + class(&FARTHER, own.gap) }
}

pub(in crate::page) fn left(view: &View<'_>, i: usize) -> u32 {
    /// What is set in by less begins at the edge.
    const FLUSH: f32 = 0.8;
    place(view, i).map_or(0, |place| match place.indent {
        _ if place.centred => 3,
        ..FLUSH => 1,
        _ if place.is_indented() => 2,
        _ => 4,
    })
}

pub(in crate::page) fn step(view: &View<'_>, i: usize) -> u32 {
    let above = i.checked_sub(1).and_then(|above| place(view, above));
    let Some((own, above)) = place(view, i).zip(above) else { return 0 };
    class(&[1.0 - SAME, 1.0 + SAME], own.size / above.size.max(f32::MIN_POSITIVE))
}

fn sure(view: &View<'_>, i: usize) -> u32 {
    place(view, i).and_then(|place| place.confidence).map_or(0, |sure| class(&SURER, sure))
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::super::tests::{said, said_at};
    use super::*;
    use crate::source::Area;

    /// A headline over two columns, the first line of each set in, and a signature at the right.
    fn places() -> [Placement; 4] {
        let place = |x: f32, y: f32, size: f32| Placement {
            area: Area { x, y, width: 100.0, height: 10.0 * size },
            size,
            columns: 1.0,
            gap: 0.4,
            ..Placement::default()
        };
        [
            Placement {
                opens: true,
                head: true,
                columns: 2.0,
                centred: true,
                gap: 3.0,
                ..place(50.0, 0.0, 2.0)
            },
            Placement { indent: 2.0, ..place(0.0, 30.0, 1.0) },
            Placement { confidence: Some(0.6), ..place(120.0, 30.0, 1.0) },
            Placement { indent: 5.0, columns: 0.5, gap: 1.0, ..place(170.0, 50.0, 0.9) },
        ]
    }

    const TEXT: &str = "题目\n甲\n乙\n丙";

    #[test]
    fn places_say_what_a_line_may_be() {
        let said = |name: &str| said_at(name, TEXT, &places());
        assert_eq!(said("box-opens"), "x - - -");
        assert_eq!(said("box-size"), "large text text fine");
        assert_eq!(said("box-step"), "- smaller same same");
        assert_eq!(said("box-columns"), "several full full short");
        assert_eq!(said("box-gap"), "far little turns more");
        assert_eq!(said("box-left"), "centred indented flush deep");
        assert_eq!(said("box-sure"), "- - unsure -");
        assert_eq!(said("box-set").split(' ').next(), Some("large,centred,several"));
        assert_eq!(said("box-joint").split(' ').nth(2), Some("turns,same"));
    }

    #[test]
    fn of_text_without_boxes_nothing_is_said() {
        for fact in FACTS {
            assert_eq!(said(fact.name, TEXT), "- - - -", "{}", fact.name);
        }
        assert_eq!(facts().filter(|fact| fact.name.starts_with(OPENING)).count(), FACTS.len());
    }
}
