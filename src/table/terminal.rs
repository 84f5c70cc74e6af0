//! Columns in line, for a person to look at: numbers are rounded to four digits, and what is too long is cut off. On a
//! terminal a line is as wide as that: wide columns give way to narrow ones, columns without a cell are left out, and
//! what was looked for is bright. For a program to read, take another format.
//!
//! How wide a column is only the last row tells. So rows are kept as they come, cells divided by control characters
//! that no cell can hold here, and laid out at the end.

use std::borrow::Cow;
use std::io::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::format::{Cells, Encode};
use super::harmless::steers;
use super::sink::{Sheet, Sink};
use super::{About, Cell, Destination, Field, Format, Screen, Shown, Type};
use crate::Result;

impl Format {
    /// Columns in line, long cells cut off: to look at.
    pub const TABLE: Self = Self::new(&Terminal);
}

/// How many columns of the terminal a cell may take before its end is cut off.
const WIDEST: usize = 72;

/// What stands between two columns.
const GAP: &str = "  ";

/// No column is made narrower than this, in columns of the terminal.
const NARROWEST: usize = 6;

/// Text in fewer columns than this cannot be read; a column of text that is wider is given as many at least.
const READABLE: usize = 12;

/// What stands for what is cut off.
const ELLIPSIS: &str = "…";

/// What makes the names of columns and what was looked for bright, and what ends that.
const NAME: &str = "\u{1b}[1m";
const HIT: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

const CELL_END: char = '\u{1f}';
const ROW_END: char = '\u{1e}';

struct Terminal;

impl Encode for Terminal {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "Columns in line, long cells cut off: to look at in a terminal"
    }

    fn header(&self, fields: &[Field], out: &mut Vec<u8>) {
        let mut row = String::new();
        fields.iter().for_each(|field| push(&mut row, field.name()));
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn row(&self, cells: &mut Cells<'_>, out: &mut Vec<u8>) {
        let (mut scratch, mut row) = (String::new(), String::new());
        for (_, cell) in cells {
            // Nobody reads ten digits.
            let short = match cell {
                Cell::Real(number) => Cell::Real(format!("{number:.3e}").parse().unwrap_or(number)),
                cell => cell,
            };
            push(&mut row, short.flat(&mut scratch));
        }
        row.push(ROW_END);
        out.extend_from_slice(row.as_bytes());
    }

    fn sink(&self, sheet: Sheet<'_>, destination: Destination) -> Result<Box<dyn Sink>> {
        let (mut rows, header) = (Vec::new(), sheet.header);
        if header {
            self.header(sheet.fields, &mut rows);
        }
        Ok(Box::new(Laid { fields: sheet.fields.to_vec(), rows, destination, header }))
    }
}

/// Rows that wait for the last.
struct Laid {
    fields: Vec<Field>,
    rows: Vec<u8>,
    destination: Destination,
    header: bool,
}

impl Sink for Laid {
    fn append(&mut self, rows: &[u8]) -> Result<()> {
        self.rows.extend_from_slice(rows);
        Ok(())
    }

    fn finish(mut self: Box<Self>, _about: &About) -> Result<()> {
        let encoded = std::mem::take(&mut self.rows);
        let encoded = str::from_utf8(&encoded).unwrap_or_default();
        let rows: Vec<Vec<&str>> =
            encoded.split_terminator(ROW_END).map(|row| row.split_terminator(CELL_END).collect()).collect();
        let mut layouts: Vec<Layout> = self.fields.iter().map(Layout::new).collect();
        for (number, row) in rows.iter().enumerate() {
            let is_header = self.header && number == 0;
            layouts.iter_mut().zip(row).for_each(|(layout, cell)| layout.see(cell, is_header));
        }
        let screen = self.destination.screen();
        if let Some(screen) = screen {
            // Every cell was looked at.
            self.destination.is_clean();
            fit(&mut layouts, screen.width);
            self.say_once(&layouts, screen)?;
        }
        let bright = screen.is_some_and(|screen| screen.colours);
        let mut line = String::new();
        for (number, row) in rows.iter().enumerate() {
            line.clear();
            let is_header = self.header && number == 0;
            let hit = hit(&layouts, row).filter(|_| !is_header);
            let paint = Paint { on: bright, is_header, hit };
            for (layout, cell) in layouts.iter().zip(row).filter(|(layout, _)| layout.is_shown()) {
                if !line.is_empty() {
                    line.push_str(GAP);
                }
                layout.write(cell, &paint, &mut line);
            }
            self.line(line.trim_end_matches(' '))?;
        }
        self.name_left_out(&layouts, screen)?;
        self.destination.finish()
    }
}

impl Laid {
    fn line(&mut self, line: &str) -> Result<()> {
        let written = writeln!(self.destination, "{line}");
        written.map_err(|error| self.destination.blame(error.into()))
    }

    /// Says what is the same in every row, where there is no room to say it in each.
    fn say_once(&mut self, layouts: &[Layout], screen: Screen) -> Result<()> {
        for (at, layout) in layouts.iter().enumerate().filter(|(_, layout)| layout.place == Place::Above) {
            let name = self.fields.get(at).map(Field::name).unwrap_or_default();
            let said = format!("{name}: {}", layout.first.as_deref().unwrap_or_default());
            self.line(cut(&said, screen.width))?;
        }
        Ok(())
    }

    /// Names the columns for which there is no room.
    fn name_left_out(&mut self, layouts: &[Layout], screen: Option<Screen>) -> Result<()> {
        let left_out = layouts.iter().zip(&self.fields).filter(|(layout, _)| layout.place == Place::LeftOut);
        let names: Vec<&str> = left_out.map(|(_, field)| field.name()).collect();
        match screen {
            Some(screen) if !names.is_empty() => {
                self.line(cut(&format!("({ELLIPSIS} {})", names.join(", ")), screen.width))
            }
            _ => Ok(()),
        }
    }
}

/// Makes lines `width` wide. Columns without a cell are left out. Where the others have no room, those that say the same
/// in every row are said once, above; then the last ones are left out, but for what was looked for, until text can be
/// read in what is left; and wide columns of text give way to narrow ones. No number and no day is ever cut.
fn fit(layouts: &mut [Layout], width: usize) {
    for layout in layouts.iter_mut().filter(|layout| layout.first.is_none()) {
        layout.place = Place::Empty;
    }
    if needed(layouts, |layout| layout.width) <= width {
        return;
    }
    for layout in layouts.iter_mut().filter(|layout| layout.is_whole) {
        layout.width = layout.widest.max(layout.width.min(NARROWEST));
    }
    for layout in layouts.iter_mut().filter(|layout| layout.is_shown() && layout.is_the_same()) {
        layout.place = Place::Above;
    }
    let readable = |layout: &Layout| if layout.is_whole { layout.width } else { layout.width.min(READABLE) };
    while needed(layouts, readable) > width {
        let Some(last) = layouts.iter_mut().rfind(|layout| layout.is_shown() && layout.gives_way()) else {
            break;
        };
        last.place = Place::LeftOut;
    }
    share(layouts, width);
}

/// How wide a line is whose columns are as wide as `each` says.
fn needed(layouts: &[Layout], each: impl Fn(&Layout) -> usize) -> usize {
    let shown = layouts.iter().filter(|layout| layout.is_shown());
    let gaps = shown.clone().count().saturating_sub(1) * GAP.len();
    shown.map(each).sum::<usize>() + gaps
}

/// Shares what numbers and days leave of a line among the columns of text: what takes less than an equal share has all
/// that it needs, and the rest share alike.
fn share(layouts: &mut [Layout], width: usize) {
    let whole = needed(layouts, |layout| if layout.is_whole { layout.width } else { 0 });
    let mut left = width.saturating_sub(whole);
    let mut order: Vec<&mut Layout> =
        layouts.iter_mut().filter(|layout| layout.is_shown() && !layout.is_whole).collect();
    order.sort_by_key(|layout| layout.width);
    let mut sharing = order.len();
    for layout in order {
        let share = left.checked_div(sharing).unwrap_or_default();
        layout.width = layout.width.min(share.max(NARROWEST));
        left = left.saturating_sub(layout.width);
        sharing -= 1;
    }
}

/// What was looked for, as `row` has it.
fn hit<'r>(layouts: &[Layout], row: &[&'r str]) -> Option<&'r str> {
    let place = layouts.iter().position(|layout| layout.shown == Shown::Hit)?;
    row.get(place).copied().filter(|hit| !hit.is_empty())
}

/// How a row is painted.
struct Paint<'r> {
    on: bool,
    is_header: bool,
    hit: Option<&'r str>,
}

impl Paint<'_> {
    /// Appends `text`, bright where it is what was looked for.
    fn push(&self, text: &str, shown: Shown, out: &mut String) {
        let found =
            self.hit.filter(|_| shown == Shown::Context).and_then(|hit| text.split_once(hit).zip(Some(hit)));
        match (self.on, self.is_header, shown, found) {
            (true, true, ..) => bright(NAME, text, out),
            (true, false, Shown::Hit, _) => bright(HIT, text, out),
            (true, false, _, Some(((before, after), hit))) => {
                out.push_str(before);
                bright(HIT, hit, out);
                out.push_str(after);
            }
            _ => out.push_str(text),
        }
    }
}

fn bright(colour: &str, text: &str, out: &mut String) {
    out.push_str(colour);
    out.push_str(text);
    out.push_str(PLAIN);
}

/// Appends a cell; what would move the cursor or turn the line becomes a blank.
fn push(row: &mut String, text: &str) {
    row.extend(text.chars().map(|c| if steers(c) || c.is_control() { ' ' } else { c }));
    row.push(CELL_END);
}

/// Where the cells of a column go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Row,
    /// Above the table, since they are all the same.
    Above,
    /// Nowhere, for want of room.
    LeftOut,
    /// There are none.
    Empty,
}

#[derive(Debug, Clone)]
struct Layout {
    width: usize,
    /// The same without the name of the column.
    widest: usize,
    /// True where the column stands flush right.
    right: bool,
    /// True for what must not be cut: numbers and days.
    is_whole: bool,
    shown: Shown,
    place: Place,
    /// The first cell that has something in it; and how many rows have the same, and how many there are.
    first: Option<String>,
    same: usize,
    rows: usize,
}

impl Layout {
    fn new(field: &Field) -> Self {
        Self {
            width: 0,
            widest: 0,
            right: field.is_right_aligned(),
            is_whole: !matches!(field.kind(), Type::Text | Type::List),
            shown: field.shown(),
            place: Place::Row,
            first: None,
            same: 0,
            rows: 0,
        }
    }

    fn see(&mut self, cell: &str, is_header: bool) {
        self.width = self.width.max(cell.width().min(WIDEST));
        if is_header {
            return;
        }
        self.widest = self.widest.max(cell.width().min(WIDEST));
        self.rows += 1;
        if self.first.is_none() && !cell.is_empty() {
            self.first = Some(cell.to_owned());
        }
        self.same += usize::from(self.first.as_deref() == Some(cell));
    }

    fn is_shown(&self) -> bool {
        self.place == Place::Row
    }

    /// True for what may stand elsewhere than in its row.
    fn gives_way(&self) -> bool {
        matches!(self.shown, Shown::Plain | Shown::Ending)
    }

    /// True where every one of several rows says the same.
    fn is_the_same(&self) -> bool {
        self.rows > 1 && self.same == self.rows && self.gives_way()
    }

    fn write(&self, text: &str, paint: &Paint<'_>, out: &mut String) {
        let shown = self.cut(text, paint.hit);
        let blanks = std::iter::repeat_n(' ', self.width.saturating_sub(shown.width()));
        if self.right {
            out.extend(blanks);
            paint.push(&shown, self.shown, out);
        } else {
            paint.push(&shown, self.shown, out);
            out.extend(blanks);
        }
    }

    /// As much of `text` as there is room for: its end where that tells most; where it stands around `hit`, what is around it.
    fn cut<'t>(&self, text: &'t str, hit: Option<&str>) -> Cow<'t, str> {
        if text.width() <= self.width {
            return text.into();
        }
        if self.shown == Shown::Ending {
            return format!("{ELLIPSIS}{}", last(text, self.width.saturating_sub(ELLIPSIS.width()))).into();
        }
        let around =
            hit.filter(|_| self.shown == Shown::Context).and_then(|hit| text.find(hit).zip(Some(hit)));
        let (mut rest, mut room) = (text, self.width.saturating_sub(ELLIPSIS.width()));
        let mut shown = String::new();
        if let Some((at, hit)) = around {
            let before = room.saturating_sub(hit.width()) / 2;
            let (left, right) = text.split_at(at);
            if left.width() > before {
                let kept = last(left, before.saturating_sub(ELLIPSIS.width()));
                shown = format!("{ELLIPSIS}{kept}");
                (rest, room) = (right, room.saturating_sub(shown.width()));
            }
        }
        let kept =
            cut(rest, room + if rest.width() <= room + ELLIPSIS.width() { ELLIPSIS.width() } else { 0 });
        shown.push_str(kept);
        if kept.len() < rest.len() {
            shown.push_str(ELLIPSIS);
        }
        shown.into()
    }
}

/// As much of the end of `text` as fits into `width` columns.
fn last(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let fits = text.grapheme_indices(true).rev().take_while(|(_, character)| {
        taken += character.width();
        taken <= width
    });
    fits.last().map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

/// As much of the start of `text` as fits into `width` columns.
fn cut(text: &str, width: usize) -> &str {
    let mut taken = 0;
    let too_far = text.grapheme_indices(true).find(|(_, character)| {
        taken += character.width();
        taken > width
    });
    too_far.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{column, written};
    use super::*;
    use crate::table::Type;

    #[test]
    fn chinese_takes_two_columns_a_character() {
        let columns = [
            column(0, "left", Type::Text).right_aligned(),
            column(1, "node", Type::Text),
            column(2, "count", Type::Integer),
        ];
        let rows = [
            vec!["省总".into(), "工会".into(), 7_u32.into()],
            vec!["市a总，".into(), "工会b".into(), 12_u32.into()],
        ];
        insta::assert_snapshot!(written(Format::TABLE, &columns, &rows), @r"
           left  node   count
           省总  工会       7
        市a总，  工会b     12
        ");
    }

    fn texts(cells: [&'static str; 2]) -> String {
        let columns = [column(0, "a", Type::Text), column(1, "b", Type::Text)];
        written(Format::TABLE, &columns, &[cells.iter().map(|&cell| Cell::from(cell)).collect()])
    }

    #[test]
    fn no_cell_moves_the_cursor_or_breaks_the_line() {
        assert_eq!(texts(["x\u{1b}[2J\n", "y\u{1f}z"]), "a       b\nx [2J   y z\n");
    }

    #[test]
    fn a_long_cell_is_cut() {
        let shown = texts([
            "工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工工",
            "b",
        ]);
        let expected = format!("{}…   b", "工".repeat(35));
        assert_eq!(shown.lines().nth(1), Some(expected.as_str()));
    }

    /// What a terminal of this width gets.
    fn on_a_terminal(width: usize, colours: bool, rows: &[[&'static str; 4]]) -> Vec<String> {
        let columns = [
            column(0, "file", Type::Text),
            column(1, "id", Type::Text),
            column(2, "text", Type::Text).hit(),
            column(3, "context", Type::Text).context(),
        ];
        let seen = crate::table::Memory::default();
        let destination = Destination::terminal(seen.clone(), crate::table::Screen { width, colours });
        let mut table = crate::table::Table::new(destination, Format::TABLE, &columns);
        for row in rows {
            let cells: Vec<Cell<'_>> = row.iter().map(|&cell| Cell::from(cell)).collect();
            table.push(&columns, &crate::table::tests::Known(&cells)).unwrap();
        }
        table.finish().unwrap();
        seen.text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_has_no_room_is_said_once_or_named_and_no_number_is_cut() {
        let names = ["file", "date", "value", "text", "context", "object", "per"];
        let kinds = [Type::Text, Type::Date, Type::Integer, Type::Text, Type::Text, Type::Text, Type::Text];
        let mut layouts: Vec<Layout> = Vec::new();
        let fields: Vec<Field> =
            names.iter().zip(kinds).map(|(name, kind)| Field::new(kind, (*name).into(), "")).collect();
        for (field, name) in fields.iter().zip(names) {
            let mut layout = Layout::new(field);
            layout.see(name, true);
            layouts.push(layout);
        }
        let rows = [
            [
                "pages/a.txt",
                "2021-02-24",
                "1234567890123",
                "三十五人",
                "全市各级工会共帮扶困难职工三十五人",
                "困难职工家庭",
                "每人每天",
            ],
            ["pages/a.txt", "2021-02-25", "7", "七人", "其中七人是外来务工人员", "外来务工人员", "每月"],
        ];
        for row in rows {
            layouts.iter_mut().zip(row).for_each(|(layout, cell)| layout.see(cell, false));
        }
        layouts[3].shown = Shown::Hit;
        layouts[4].shown = Shown::Context;
        fit(&mut layouts, 60);
        let places: Vec<Place> = layouts.iter().map(|layout| layout.place).collect();
        use Place::{Above, LeftOut, Row};
        assert_eq!(places, [Above, Row, Row, Row, Row, LeftOut, LeftOut]);
        assert_eq!((layouts[1].width, layouts[2].width), (10, 13), "days and numbers are whole");
        assert!(needed(&layouts, |layout| layout.width) <= 60);
    }

    const ROW: [&str; 4] = ["pages/a.txt", "", "三十五人", "全市各级工会共帮扶困难职工三十五人，比去年增加"];

    #[test]
    fn a_line_is_no_wider_than_the_terminal_and_the_hit_stays_in_sight() {
        for width in [30, 48, 60, 100] {
            for line in on_a_terminal(width, false, &[ROW]) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
        let lines = on_a_terminal(48, false, &[ROW]);
        insta::assert_snapshot!(lines.join("\n"), @"
        file         text      context
        pages/a.txt  三十五人  …难职工三十五人，比去年…
        ");
    }

    #[test]
    fn where_the_end_tells_most_it_stays() {
        let columns = [
            column(0, "place", Type::Text).ending(),
            column(1, "left", Type::Text).right_aligned().ending(),
            column(2, "node", Type::Text).hit(),
        ];
        let seen = crate::table::Memory::default();
        let destination =
            Destination::terminal(seen.clone(), crate::table::Screen { width: 40, colours: false });
        let mut table = crate::table::Table::new(destination, Format::TABLE, &columns);
        for (place, left) in
            [("pages/2021/a.txt:7:12", "全市各级工会共帮扶困难"), ("pages/2021/b.txt:30:2", "共帮扶")]
        {
            let cells = [place.into(), left.into(), "职工".into()];
            table.push(&columns, &crate::table::tests::Known(&cells)).unwrap();
        }
        table.finish().unwrap();
        insta::assert_snapshot!(seen.text(), @"
        place                         left  node
        …2021/a.txt:7:12   …工会共帮扶困难  职工
        …2021/b.txt:30:2            共帮扶  职工
        ");
    }

    #[test]
    fn what_was_looked_for_is_bright() {
        let lines = on_a_terminal(100, true, &[["a", "", "会", "工会\u{1b}[2J"]]);
        assert_eq!(
            lines,
            [
                "\u{1b}[1mfile\u{1b}[0m  \u{1b}[1mtext\u{1b}[0m  \u{1b}[1mcontext\u{1b}[0m",
                "a     \u{1b}[1;31m会\u{1b}[0m    工\u{1b}[1;31m会\u{1b}[0m [2J"
            ]
        );
    }
}
