//! Where the lines of a page stand, as a table beside its text: a row for each line that stands somewhere.

use zjgr::source::{Area, Placement};

const HEADER: &str =
    "line\tx\ty\twidth\theight\tconfidence\tsize\topens\thead\tcolumns\tgap\tindent\tcentred\n";

/// The table of `placements`, one for each line.
pub(crate) fn to_tsv(placements: &[Placement]) -> String {
    let placed = placements.iter().zip(1..).filter(|(placement, _)| placement.sheet > 0);
    let row = |(place, line): (&Placement, u32)| {
        let Area { x, y, width, height, .. } = place.area;
        let confidence = place.confidence.map_or(String::new(), |sure| format!("{sure:.2}"));
        format!(
            "{line}\t{x:.0}\t{y:.0}\t{width:.0}\t{height:.0}\t{confidence}\t{:.2}\t{}\t{}\t{:.2}\t{:.2}\t{:.2}\t{}\n",
            place.size,
            u8::from(place.opens),
            u8::from(place.head),
            place.columns,
            place.gap,
            place.indent,
            u8::from(place.centred),
        )
    };
    std::iter::once(HEADER.to_owned()).chain(placed.map(row)).collect()
}

/// The placements of so many lines that `table` has.
pub(crate) fn from_tsv(table: &str, lines: usize) -> Vec<Placement> {
    let mut placements = vec![Placement::default(); lines];
    for row in table.lines().skip(1) {
        let cells: Vec<f32> = row.split('\t').map(|cell| cell.parse().unwrap_or(-1.0)).collect();
        let &[line, x, y, width, height, sure, size, opens, head, columns, gap, indent, centred] = &cells[..]
        else {
            panic!("no row of places: {row}");
        };
        let Some(place) = placements.get_mut((line as usize).wrapping_sub(1)) else {
            panic!("a page of {lines} lines has none at {line}");
        };
        place.sheet = 1;
        place.area = Area::between(x, y, x + width, y + height);
        place.confidence = Some(sure).filter(|&sure| sure >= 0.0);
        (place.size, place.columns, place.gap, place.indent) = (size, columns, gap, indent);
        (place.opens, place.head, place.centred) = (opens > 0.0, head > 0.0, centred > 0.0);
    }
    placements
}
