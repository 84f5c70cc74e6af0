//! Numerals that are no number by what stands around them: list markers, page numbers, what only looks like one.

use super::figure_words::Cue;
use super::name::Name;
use super::pattern::Pattern;
use super::scan::Step;
use super::text::Text;

/// The most numerals of a list marker.
const LONGEST_MARKER: usize = 3;

impl Text<'_> {
    /// What the lists of words say of the numeral.
    pub(super) fn listed_word(&self, at: usize) -> Option<Step> {
        match self.word(at)? {
            Name::Ordinary(_) if self.lasts(at) || self.scores_points(at) => None,
            Name::Ordinary(end) => Some(Step::Skip(end)),
            Name::Named(cells) => Some(Step::named(cells)),
        }
    }

    /// 停运一天, 为期一年: one unit of time that something takes. By itself 一天 is an ordinary word.
    pub(super) fn lasts(&self, at: usize) -> bool {
        let lasting = self.word_before(Cue::Lasting, at);
        self.fits(Pattern::OneOfTime, at..at) && lasting.is_some_and(|start| at - start >= 2)
    }

    /// 拿下十分: points, not the adverb.
    pub(super) fn scores_points(&self, at: usize) -> bool {
        self.fits(Pattern::ScoresPoints, at..self.past(at))
    }

    /// 4/5G, 2/3线: numbers of one thing beside each other: where they end.
    pub(super) fn generations(&self, at: usize) -> Option<usize> {
        let (slash, ..) = self.digits(at)?;
        let (end, ..) = self.digits(self.char_at(slash, '/')?)?;
        self.past_pattern(Pattern::Generation, end)
    }

    /// 每两 in front of an amount of money.
    pub(super) fn is_each_tael(&self, at: usize) -> bool {
        self.fits(Pattern::EachTael, at..at)
    }

    /// 1. and (1) and 1、 in front of what they number; 一是, 二是.
    pub(super) fn is_marker(&self, at: usize) -> bool {
        // A marker is short: a long run of numerals is looked at once, by whoever reads it.
        let run = self.cells.get(at..).unwrap_or_default().iter().take(LONGEST_MARKER + 1);
        let length = run.take_while(|cell| cell.kind.is_numeric()).count().max(1);
        let number = self.beside(at..at + length);
        let fits = |pattern| number.fits(pattern);
        match (length, self.kind(at).is_chinese()) {
            (1, true) if fits(Pattern::ToldMarker) => true,
            (1 | 2, _) if fits(Pattern::BracketMarker) => true,
            (1 | 2, _) if fits(Pattern::ShortMarker) => self.begins_line(at),
            (..=LONGEST_MARKER, _) => fits(Pattern::Marker) && self.begins_line(at),
            _ => false,
        }
    }

    /// True at the start of the text, of a clause, and behind a blank.
    fn begins_line(&self, at: usize) -> bool {
        at == 0 || !self.glued(at) || self.kind(at - 1).ends_clause()
    }

    /// True for a number between two dashes that are all there is beside it.
    pub(super) fn is_page_number(&self, at: usize, end: usize) -> bool {
        let between = self.around(Pattern::BetweenDashes, at..end);
        between.is_some_and(|cells| cells == (0..self.cells.len()))
    }

    /// Behind the numeral at `at`.
    pub(super) fn past(&self, at: usize) -> usize {
        self.numeral(at)
            .map_or_else(|| super::numeral::run_end(self.cells, at), |numeral| numeral.end.max(at + 1))
    }
}
