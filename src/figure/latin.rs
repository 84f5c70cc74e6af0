//! Digits beside Latin letters: standards, trains, roads, number plates, and parts of names.

use super::Class;
use super::chars::Kind;
use super::draft::DraftFigure;
use super::figure_words::{Cue, Set};
use super::name::Name;
use super::scan::Step;
use super::text::Text;
use crate::page::Role;

/// The short names of the provinces, on number plates.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// What stands in front of the numbers of standards, books and accounts.
const STANDARDS: [&str; 9] = ["CN", "ISBN", "ISSN", "NO", "NO.", "QQ", "GB", "ISO", "IEC"];

/// What stands in front of an amount of money.
const CURRENCIES: [&str; 5] = ["RMB", "USD", "US", "HK", "NT"];

impl Text<'_> {
    /// A digit behind Latin letters: CN33-0018, G15高速, ISBN 978-…, C919.
    pub(super) fn latin(&self, at: usize) -> Option<Step> {
        let start = self.letters_start(at).filter(|_| self.kind(at) == Kind::Digit)?;
        let end = self.token_end(at);
        let word: String = (start..at).map(|at| self.ch(at).to_ascii_uppercase()).collect();
        if let Some(end) = self.page_letter(start, at, end) {
            return Some(Step::Found(DraftFigure::new(start..end, Class::Identifier)));
        }
        // DB33/T 2035-2017: the standard of a province.
        let local = self.is(end, "/T") && self.dated_standard(end + 2);
        let end = if local { self.run(end + 2).0 } else { end };
        let numbered = self.is_numbered(&word, end);
        let end = end + usize::from(numbered && self.is(end, "次"));
        let plate =
            word.len() == 1 && end - at >= 4 && start > self.floor && PROVINCES.contains(self.ch(start - 1));
        let identifies = self.is_standard_word(&word, at, end) || self.is_announced(start, at, end);
        if local || numbered || plate || identifies {
            return Some(Step::Found(DraftFigure::new(start - usize::from(plate)..end, Class::Identifier)));
        }
        if CURRENCIES.contains(&word.as_str()) {
            return None;
        }
        // A Latin word that a dash joins to the number (COVID-19), or letters alone: part of a name.
        Some(match self.word(at) {
            Some(Name::Named(cells)) => Step::named(cells),
            _ => Step::Skip(end.max(at + 1)),
        })
    }

    /// Where the letters start that the digit at `at` stands behind.
    fn letters_start(&self, at: usize) -> Option<usize> {
        let mut start = at;
        while start > self.floor && at - start < 12 {
            let letter = self.kind(start - 1) == Kind::Letter;
            let behind_letter = start >= 2 && self.kind(start - 2) == Kind::Letter;
            let dash = self.ch(start - 1) == '-' && behind_letter && start == at;
            // GB/T 28001
            let slash = self.ch(start - 1) == '/' && behind_letter && start < at;
            let glued =
                self.glued(start) || (start == at && (self.is_standard(start) || self.dated_standard(at)));
            if !(letter || dash || slash) || !glued {
                break;
            }
            start -= 1;
        }
        (start < at).then_some(start)
    }

    /// Where the digits end that start at `at`, with the letters and signs among them.
    fn token_end(&self, at: usize) -> usize {
        let mut end = at;
        while end - at < 40 && (end == at || self.glued(end)) {
            let cell = self.kind(end);
            // K312+400 is a place on a road, and a patent's last sign may be an X.
            let sign = self.one_of(end, Set::DateSigns) || (self.ch(end) == '+' && self.ch(at - 1) == 'K');
            let joint =
                sign && self.kind(end + 1) == Kind::Digit || self.ch(end) == '.' && self.ch(end + 1) == 'X';
            let letter = cell == Kind::Letter && end > at;
            if !(cell == Kind::Digit || joint || letter) {
                break;
            }
            end += 1;
        }
        end
    }

    /// True for the words of standards, books and accounts in front of a number.
    fn is_standard_word(&self, word: &str, at: usize, end: usize) -> bool {
        let series = word.split('/').next().unwrap_or_default();
        let road = self.ch(at - 1) == 'K' && (at..end).any(|at| self.ch(at) == '+');
        STANDARDS.contains(&series) || self.dated_standard(at) || road
    }

    /// True for capitals and a long number that a word in front announces.
    fn is_announced(&self, start: usize, at: usize, end: usize) -> bool {
        let capitals = (start..at).all(|at| self.ch(at).is_ascii_uppercase());
        end - at >= 4 && capitals && self.before_word(Cue::Identifier, self.cue_end(start))
    }

    /// True for the number of a road, a train or a flight: G15沈海高速, D3112次.
    fn is_numbered(&self, word: &str, end: usize) -> bool {
        let named = |end: usize| {
            let name = (1..=4).take_while(|k| self.kind(end + k - 1) == Kind::Han).map(|k| end + k);
            name.into_iter().any(|end| self.behind_word(Cue::Road, end) && !self.one_of(end, Set::Numbered))
        };
        word.len() <= 2 && (self.behind_word(Cue::Road, end) || matches!(word, "G" | "S") && named(end))
    }

    /// A1, B2版: pages of a paper that names its parts by letters: where it ends.
    fn page_letter(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        let short = at - start == 1 && end - at <= 2 && self.kind(end - 1) == Kind::Digit;
        let labelled = matches!(self.role, Role::Masthead | Role::Other)
            && (start == 0 || self.cells.get(start).is_some_and(|cell| cell.gap));
        let named = usize::from(self.is(end, "版"));
        (short && (named == 1 || labelled)).then_some(end + named)
    }

    /// True where the letters before `at` are a standard's: ISBN 978 may have a blank between.
    fn is_standard(&self, at: usize) -> bool {
        ["ISBN", "ISSN", "CN", "GB", "ISO", "/T"].iter().any(|word| {
            at.checked_sub(word.len()).is_some_and(|start| start >= self.floor && self.is(start, word))
        })
    }

    /// True for capitals and a number that ends in a year: GB 7258—2017, DB33/T 2035-2017. What stands before
    /// the dash is no year itself: NBA 2022-2023.
    fn dated_standard(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&k| k >= self.floor);
        if !before.is_some_and(|k| self.ch(k).is_ascii_uppercase()) {
            return false;
        }
        let Some((dash, number, _)) = self.digits(at) else { return false };
        let year = self.one_of(dash, Set::LongDashes).then(|| self.digits(dash + 1)).flatten();
        year.is_some_and(|(_, year, digits)| {
            digits == 4 && (1949..2100).contains(&year) && !(1900..=year).contains(&number)
        })
    }
}
