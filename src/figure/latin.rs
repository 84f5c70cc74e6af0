//! Digits beside Latin letters: standards, trains, roads, number plates, and parts of names.

use std::ops::{Range, RangeInclusive};

use super::Class;
use super::draft::DraftFigure;
use super::figure_words::Cue;
use super::name::Name;
use super::pattern::Pattern;
use super::scan::Step;
use super::text::Text;
use super::words::Kind;
use crate::page::Role;

/// The most letters in front of a number that are read with it.
const LETTERS: usize = 12;

/// The longest token of letters, digits and signs.
const TOKEN: usize = 40;

/// The years that a standard can be of.
const STANDARD_YEARS: RangeInclusive<u32> = 1949..=2099;

/// Letters and the token behind them: CN33-0018.
struct Token {
    start: usize,
    /// The first digit.
    at: usize,
    end: usize,
}

impl Text<'_> {
    /// A digit behind Latin letters: CN33-0018, G15高速, ISBN 978-…, C919.
    pub(super) fn latin(&self, at: usize) -> Option<Step> {
        let start = self.letters_start(at).filter(|_| self.kind(at) == Kind::Digit)?;
        let token = Token { start, at, end: self.token_end(at) };
        let identifies = |cells| Step::Found(DraftFigure::new(cells, Class::Identifier));
        if let Some(cells) = self.page_letter(&token).or_else(|| self.identifying_token(&token)) {
            return Some(identifies(cells));
        }
        if self.word_before(Cue::CurrencyLetters, at) == Some(start) {
            return None;
        }
        // A Latin word that a dash joins to the number (COVID-19), or letters alone: part of a name.
        Some(match self.word(at) {
            Some(Name::Named(cells)) => Step::named(cells),
            _ => Step::Skip(token.end.max(at + 1)),
        })
    }

    /// The cells of a standard, a road, a number plate, or of a token that a word announces.
    fn identifying_token(&self, token: &Token) -> Option<Range<usize>> {
        let &Token { start, end, .. } = token;
        self.local_standard(token)
            .or_else(|| self.road_number(token))
            .or_else(|| self.number_plate(token))
            .or_else(|| self.is_standard_word(token).then_some(start..end))
            .or_else(|| self.is_announced(token).then_some(start..end))
    }

    /// DB33/T 2035-2017: the standard of a province.
    fn local_standard(&self, token: &Token) -> Option<Range<usize>> {
        let number =
            self.past_pattern(Pattern::Recommended, token.end).filter(|&at| self.dated_standard(at))?;
        Some(token.start..self.run(number).end)
    }

    /// G15沈海高速, D3112次: one letter or two and the number of a road, a train or a flight.
    fn road_number(&self, token: &Token) -> Option<Range<usize>> {
        let cells =
            self.around(Pattern::RoadNumber, token.at..token.end).filter(|_| token.at - token.start <= 2);
        cells.map(|cells| token.start..cells.end)
    }

    /// 浙A12345
    fn number_plate(&self, token: &Token) -> Option<Range<usize>> {
        const SHORTEST: usize = 5;
        let plate = self.around(Pattern::NumberPlate, token.start..token.end)?;
        Some(plate).filter(|plate| plate.len() > SHORTEST && token.at == token.start + 1)
    }

    /// Where the letters start that the digit at `at` stands behind.
    fn letters_start(&self, at: usize) -> Option<usize> {
        let floor = self.floor.max(at.saturating_sub(LETTERS));
        let letters = (floor..at).rev().take_while(|&k| self.joins_letters(k, at));
        letters.last()
    }

    /// True where the cell `k` goes on, backwards, with letters that end before the digit at `at`.
    fn joins_letters(&self, k: usize, at: usize) -> bool {
        let touches = k + 1 == at;
        let glued = self.glued(k + 1);
        let of_letters = match (self.kind(k), self.ch(k), touches) {
            (Kind::Letter, ..) => true,
            // COVID-19, GB/T 28001
            (_, '-', true) | (_, '/', false) => {
                k.checked_sub(1).is_some_and(|k| self.kind(k) == Kind::Letter)
            }
            _ => false,
        };
        match (of_letters, glued, touches) {
            (true, true, _) => true,
            (true, false, true) => self.fits(Pattern::Standard, at..at) || self.dated_standard(at),
            _ => false,
        }
    }

    /// Where the digits end that start at `at`, with the letters and signs among them.
    fn token_end(&self, at: usize) -> usize {
        let goes_on = |&end: &usize| end == at || self.glued(end) && self.is_of_token(end, at);
        (at..at + TOKEN).take_while(goes_on).last().map_or(at, |last| last + 1)
    }

    /// True where the cell `end` belongs to the token whose digits start at `at`.
    fn is_of_token(&self, end: usize, at: usize) -> bool {
        match (self.kind(end), self.ch(end)) {
            (Kind::Digit | Kind::Letter, _) => true,
            // K312+400 is a place on a road.
            (_, '+') => (self.ch(at - 1), self.kind(end + 1)) == ('K', Kind::Digit),
            _ => self.fits(Pattern::TokenJoint, end..end),
        }
    }

    /// True for the words of standards, books and accounts in front of a number, and for places on a road.
    fn is_standard_word(&self, token: &Token) -> bool {
        let at = token.at;
        let named = self.word_before(Cue::Standard, at) == Some(token.start);
        let joined = (at..token.end).any(|at| self.ch(at) == '+');
        match self.ch(at - 1) {
            'K' if joined => true,
            _ => named || self.dated_standard(at),
        }
    }

    /// True for capitals and a long number that a word in front announces.
    fn is_announced(&self, token: &Token) -> bool {
        let capitals = (token.start..token.at).all(|at| self.ch(at).is_ascii_uppercase());
        capitals && token.end - token.at >= 4 && self.fits(Pattern::Announced, token.start..token.end)
    }

    /// A1, B2版: pages of a paper that names its parts by letters.
    fn page_letter(&self, token: &Token) -> Option<Range<usize>> {
        let &Token { start, at, end } = token;
        let digits = (at..end).all(|at| self.kind(at) == Kind::Digit);
        let labelled = match self.role {
            Role::Masthead | Role::Other => start == 0 || !self.glued(start),
            _ => false,
        };
        let named = self.char_at(end, '版').or(labelled.then_some(end))?;
        match (at - start, end - at) {
            (1, 1 | 2) if digits => Some(start..named),
            _ => None,
        }
    }

    /// True for capitals and a number that ends in a year: GB 7258—2017, DB33/T 2035-2017. What stands before
    /// the dash is no year itself: NBA 2022-2023.
    fn dated_standard(&self, at: usize) -> bool {
        self.standard_year(at).is_some()
    }

    fn standard_year(&self, at: usize) -> Option<u32> {
        Some(self.ch_before(at)).filter(char::is_ascii_uppercase)?;
        let (dash, number, _) = self.digits(at)?;
        let (_, year, 4) = self.digits(self.past_pattern(Pattern::LongDash, dash)?)? else { return None };
        let range = (1900..=year).contains(&number);
        Some(year).filter(|year| STANDARD_YEARS.contains(year) && !range)
    }
}
