//! Weights as a table that people read: a row for each fact, a column for each state.

use super::{Facts, Model};
use crate::error::{Error, ErrorKind, Result};
use std::fmt::Write;

/// What would break a line or a cell, and how it is written.
const ESCAPES: [(&str, &str); 4] = [("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")];

impl Model {
    /// The weights as tab-separated text: a header of `fact` and the states, then a row for each fact that has a weight,
    /// sorted, with its weight for each state to two decimals; a cell is empty where that is nothing. Successions have
    /// facts of their own: `(first)`, `(last)`, `(after STATE)`. Tab, line end and backslash in a name are written `\t`,
    /// `\n`, `\r` and `\\`.
    pub fn to_tsv(&self) -> String {
        let mut rows: Vec<(String, String)> = (0..self.rows())
            .map(|row| {
                (escaped(&self.name_of(row)), self.states().iter().zip(self.row(row)).map(cell).collect())
            })
            .filter(|(_, cells): &(String, String)| cells.chars().any(|c| c != '\t'))
            .collect();
        rows.sort();
        let states: String = self.states().iter().map(|state| format!("\t{}", escaped(state))).collect();
        let mut text = format!("fact{states}\n");
        for (name, cells) in rows {
            let _ = writeln!(text, "{name}{cells}");
        }
        text
    }

    /// Reads what [`Model::to_tsv`] wrote, for these states; its facts are those that the text has weights for.
    ///
    /// # Errors
    ///
    /// Where the text is no UTF-8, has another header, or a row that is not a fact and a finite number or nothing for
    /// each state, or whose fact stood before. The error says which line.
    pub fn from_tsv<S: Into<String>>(states: impl IntoIterator<Item = S>, text: &[u8]) -> Result<Self> {
        let text =
            std::str::from_utf8(text).map_err(|_| ErrorKind::Encoding { encoding: "UTF-8".to_owned() })?;
        let mut model = Self::new(states, Facts::default());
        let mut lines = text.lines();
        let header: Vec<String> = lines.next().unwrap_or_default().split('\t').map(unescaped).collect();
        if header.first().is_none_or(|first| first != "fact") || header[1..] != *model.states() {
            let states = model.states().join(", ");
            return Err(wrong(
                1,
                &format!("no table of weights: the first line must be fact, {states}, with tabs between"),
            ));
        }
        let successions: Vec<String> = (0..model.rows()).map(|row| model.name_of(row)).collect();
        let mut weights = vec![f32::NAN; model.rows() * model.width()];
        for (number, line) in (2..).zip(lines) {
            let (fact, cells) = line.split_once('\t').unwrap_or((line, ""));
            let fact = unescaped(fact);
            let succession = fact.starts_with('(').then(|| successions.iter().position(|name| *name == fact));
            let row = succession.flatten().unwrap_or_else(|| {
                let number = model.facts_mut().add(&fact);
                model.row_of(number)
            });
            let (start, width) = (row * model.width(), model.width());
            weights.resize(weights.len().max(start + width), f32::NAN);
            if !weights[start].is_nan() {
                return Err(wrong(number, &format!("the fact `{fact}` stood before")));
            }
            let own = &mut weights[start..start + width];
            own.fill(0.0);
            fill(own, cells, model.states().len()).map_err(|what| wrong(number, &what))?;
        }
        weights.iter_mut().filter(|weight| weight.is_nan()).for_each(|weight| *weight = 0.0);
        Ok(model.weighing(weights))
    }
}

/// A weight as it is written, with the tab before it.
fn cell((_, weight): (&String, &f32)) -> String {
    let weight = format!("{weight:.2}");
    let nothing = weight.trim_matches(['-', '0', '.']).is_empty();
    format!("\t{}", if nothing { "" } else { &weight })
}

/// Reads the weights of a row, one for each of so many states.
fn fill(row: &mut [f32], cells: &str, states: usize) -> std::result::Result<(), String> {
    let (mut slots, mut found) = (row.iter_mut().take(states), 0);
    for cell in cells.as_bytes().split(|&byte| byte == b'\t') {
        found += 1;
        let Some(slot) = slots.next().filter(|_| !cell.is_empty()) else { continue };
        let other = || std::str::from_utf8(cell).ok()?.parse().ok().filter(|weight: &f32| weight.is_finite());
        let weight = hundredths(cell).or_else(other);
        *slot = weight.ok_or_else(|| format!("`{}` is no weight", String::from_utf8_lossy(cell)))?;
    }
    if found == states { Ok(()) } else { Err(format!("{found} weights for {states} states")) }
}

/// The weight that a cell of the usual form says: a sign, one or two digits, a point, two digits. There are a hundred
/// thousand of them, and they are read whenever the program starts.
fn hundredths(cell: &[u8]) -> Option<f32> {
    let (sign, cell) = cell.strip_prefix(b"-").map_or((1, cell), |cell| (-1, cell));
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i32::from(byte - b'0'));
    let all = match *cell {
        [a, b'.', b, c] => [0, digit(a)?, digit(b)?, digit(c)?],
        [a, b, b'.', c, d] => [digit(a)?, digit(b)?, digit(c)?, digit(d)?],
        _ => return None,
    };
    let number = all.into_iter().fold(0, |number, digit| number * 10 + digit);
    // Both are exact, and so the quotient is the nearest to what is written, as `parse` gives it.
    Some((sign * number) as f32 / 100.0)
}

fn wrong(line: u64, what: &str) -> Error {
    Error::new(ErrorKind::Weights(what.to_owned())).at_line(line)
}

fn escaped(name: &str) -> String {
    ESCAPES.iter().fold(name.to_owned(), |name, (plain, escape)| name.replace(plain, escape))
}

fn unescaped(name: &str) -> String {
    if !name.contains('\\') {
        return name.to_owned();
    }
    let mut rest = name;
    let mut plain = String::new();
    while let Some(first) = rest.chars().next() {
        let known = ESCAPES.iter().find(|(_, escape)| rest.starts_with(escape));
        let (part, len) = known
            .map_or((&rest[..first.len_utf8()], first.len_utf8()), |(plain, escape)| (*plain, escape.len()));
        plain.push_str(part);
        rest = &rest[len..];
    }
    plain
}
