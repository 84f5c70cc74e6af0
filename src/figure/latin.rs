//! Digits beside Latin letters: standards, trains, roads, number plates, and parts of names.

use super::Class;
use super::chars::Kind;
use super::lexicon::Cue;
use super::scan::{Draft, Text};
use crate::page::Role;

/// What a digit beside Latin letters is.
#[allow(clippy::large_enum_variant, reason = "looked at once and never kept")]
pub(super) enum Token {
    /// An identifier.
    Found(Draft),
    /// Part of a word; go on behind this cell.
    Skip(usize),
}

impl Text<'_> {
    /// A digit behind Latin letters: CN33-0018, G15高速, ISBN 978-…, C919.
    pub(super) fn token(&self, at: usize) -> Option<Token> {
        if self.kind(at) != Kind::Digit {
            return None;
        }
        let mut start = at;
        while start > self.floor && at - start < 12 {
            let letter = self.kind(start - 1) == Kind::Letter;
            let dash = self.ch(start - 1) == '-'
                && start >= 2
                && self.kind(start - 2) == Kind::Letter
                && start == at;
            let glued =
                self.glued(start) || (start == at && (self.is_standard(start) || self.dated_standard(at)));
            // GB/T 28001
            let slash =
                self.ch(start - 1) == '/' && start < at && start >= 2 && self.kind(start - 2) == Kind::Letter;
            if !(letter || dash || slash) || !glued {
                break;
            }
            start -= 1;
        }
        if start == at {
            return None;
        }
        let mut end = at;
        while end - at < 40 {
            let cell = self.kind(end);
            // K312+400 is a place on a road, and a patent's last sign may be an X.
            let sign = matches!(self.ch(end), '-' | '—' | '/' | '.')
                || (self.ch(end) == '+' && self.ch(at - 1) == 'K');
            let joint = sign && matches!(self.kind(end + 1), Kind::Digit)
                || self.ch(end) == '.' && self.ch(end + 1) == 'X';
            let letter = cell == Kind::Letter && end > at;
            if !(cell == Kind::Digit || joint || letter)
                || (end > at && self.cells.get(end).is_some_and(|c| c.gap))
            {
                break;
            }
            end += 1;
        }
        let word: String = self
            .cells
            .get(start..at)
            .unwrap_or_default()
            .iter()
            .map(|cell| cell.ch.to_ascii_uppercase())
            .collect();
        let series = word.split('/').next().unwrap_or_default();
        let standard = matches!(series, "CN" | "ISBN" | "ISSN" | "NO" | "NO." | "QQ" | "GB" | "ISO" | "IEC")
            || self.dated_standard(at)
            || self.ch(at - 1) == 'K' && (at..end).any(|at| self.ch(at) == '+');
        let announced = end - at >= 4
            && (start..at).all(|at| self.ch(at).is_ascii_uppercase())
            && self
                .lexicon
                .cue_before(Cue::Identifier, self.cells, self.floor, self.cue_end(start))
                .is_some();
        // G15沈海高速
        let road = |end: usize| self.behind_word(Cue::Road, end);
        let named = |end: usize| {
            (1..=4)
                .take_while(|k| self.kind(end + k - 1) == Kind::Han)
                .any(|k| road(end + k) && self.ch(end + k) != '线' && self.ch(end + k) != '次')
        };
        let numbered = word.len() <= 2 && (road(end) || matches!(word.as_str(), "G" | "S") && named(end));
        let plate = word.len() == 1
            && end - at >= 4
            && start > self.floor
            && "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".contains(self.ch(start - 1));
        // A1, B2: pages of a paper that names its parts by letters.
        let page = word.len() == 1 && end - at <= 2 && self.kind(end - 1) == Kind::Digit;
        let labelled = matches!(self.role, Role::Masthead | Role::Other)
            && (start == 0 || self.cells.get(start).is_some_and(|cell| cell.gap));
        let page = page && (self.is(end, "版") || labelled);
        if page {
            let end = end + usize::from(self.is(end, "版"));
            return Some(Token::Found(Draft::new(start..end, Class::Identifier)));
        }
        // DB33/T 2035-2017: the standard of a province.
        let local = self.is(end, "/T") && self.dated_standard(end + 2);
        let end = if local { self.run(end + 2).0 } else { end };
        let train = usize::from(numbered && self.is(end, "次"));
        let end = end + train;
        if standard || numbered || plate || announced || local {
            return Some(Token::Found(Draft::new(start - usize::from(plate)..end, Class::Identifier)));
        }
        if ["RMB", "USD", "US", "HK", "NT"].iter().any(|currency| word == *currency) {
            return None;
        }
        // A Latin word that a dash joins to the number (COVID-19), or letters alone: part of a name.
        Some(Token::Skip(end.max(at + 1)))
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
        let dates = self.dates();
        let Some((dash, number, _)) = dates.digits(at) else { return false };
        let year = matches!(self.ch(dash), '-' | '—').then(|| dates.digits(dash + 1)).flatten();
        year.is_some_and(|(_, year, digits)| {
            digits == 4 && (1949..2100).contains(&year) && !(1900..=year).contains(&number)
        })
    }
}
