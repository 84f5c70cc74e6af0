//! Weights as a table that people read: `fact`, `state`, `weight`, sorted.

use super::{Facts, Model};
use crate::error::{Error, ErrorKind, Result};
use std::fmt::Write;

const HEADER: &str = "fact\tstate\tweight";

/// What would break a line or a cell, and how it is written.
const ESCAPES: [(&str, &str); 4] = [("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")];

impl Model {
    /// The weights as tab-separated text: a header, then a row for each weight that is not 0 when rounded to three
    /// decimals, in the order of facts and states. Successions have facts of their own: `(first)`, `(last)`,
    /// `(after STATE)`. Tab, line end and backslash in a name are written `\t`, `\n`, `\r` and `\\`.
    pub fn to_tsv(&self) -> String {
        let mut rows: Vec<(String, usize)> =
            (0..self.rows()).map(|row| (escaped(&self.name_of(row)), row)).collect();
        rows.sort();
        let mut text = format!("{HEADER}\n");
        for (name, row) in rows {
            for (state, weight) in self.states().iter().zip(self.row(row)) {
                let weight = format!("{weight:.3}");
                let nothing = weight.trim_matches(['-', '0', '.']).is_empty();
                if !nothing {
                    let _ = writeln!(text, "{name}\t{}\t{weight}", escaped(state));
                }
            }
        }
        text
    }

    /// Reads what [`Model::to_tsv`] wrote, for these states; its facts are those that the text has weights for.
    ///
    /// # Errors
    ///
    /// Where the text is no UTF-8, has another header, or a row that is not a fact, one of the states and a finite
    /// number, or that stood before. The error says which line.
    pub fn from_tsv<S: Into<String>>(states: impl IntoIterator<Item = S>, text: &[u8]) -> Result<Self> {
        let text =
            std::str::from_utf8(text).map_err(|_| ErrorKind::Encoding { encoding: "UTF-8".to_owned() })?;
        let mut model = Self::new(states, Facts::default());
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(wrong(
                1,
                "no table of weights: the first line must be `fact`, `state`, `weight`, with tabs between",
            ));
        }
        let places: Vec<String> = (0..model.rows()).map(|row| model.name_of(row)).collect();
        let places: rustc_hash::FxHashMap<&str, usize> =
            places.iter().enumerate().map(|(row, name)| (name.as_str(), row)).collect();
        let mut weights = vec![f32::NAN; model.rows() * model.width()];
        for (number, line) in (2..).zip(lines) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [fact, state, weight] = cells[..] else {
                return Err(wrong(
                    number,
                    &format!("{} cells, not three: a fact, a state and a weight", cells.len()),
                ));
            };
            let (fact, state) = (unescaped(fact), unescaped(state));
            let Some(column) = model.states().iter().position(|known| *known == state) else {
                return Err(wrong(
                    number,
                    &format!("no state `{state}`; there are {}", model.states().join(", ")),
                ));
            };
            let Some(weight) = weight.parse().ok().filter(|weight: &f32| weight.is_finite()) else {
                return Err(wrong(number, &format!("`{weight}` is no weight")));
            };
            let row = places.get(fact.as_str()).copied().unwrap_or_else(|| {
                let number = model.facts_mut().add(&fact);
                model.row_of(number)
            });
            let cell = row * model.width() + column;
            weights.resize(weights.len().max((row + 1) * model.width()), f32::NAN);
            if !weights[cell].is_nan() {
                return Err(wrong(number, &format!("a second weight of `{fact}` with `{state}`")));
            }
            weights[cell] = weight;
        }
        weights.iter_mut().filter(|weight| weight.is_nan()).for_each(|weight| *weight = 0.0);
        Ok(model.weighing(weights))
    }
}

fn wrong(line: u64, what: &str) -> Error {
    Error::new(ErrorKind::Format(what.to_owned())).at_line(line)
}

fn escaped(name: &str) -> String {
    ESCAPES.iter().fold(name.to_owned(), |name, (plain, escape)| name.replace(plain, escape))
}

fn unescaped(name: &str) -> String {
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
