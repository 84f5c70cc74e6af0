//! Numerals that are no number by what stands around them: list markers, page numbers, what only looks like one.

use super::chars::Kind;
use super::figure_words::{Cue, Set, UnitKind};
use super::name::Name;
use super::scan::Step;
use super::text::Text;

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
        self.ch(at) == '一'
            && self.lexicon.sort_at(self.cells, at + 1) == Some(UnitKind::Duration)
            && self
                .lexicon
                .cue_before(Cue::Lasting, self.cells, self.floor, at)
                .is_some_and(|start| at - start >= 2)
    }

    /// 拿下十分: points, not the adverb.
    pub(super) fn scores_points(&self, at: usize) -> bool {
        let end = self.past(at);
        let behind = self.kind(end + 1).ends_phrase() || self.behind_word(Cue::PointsBehind, end + 1);
        self.ch(end) == '分' && self.before_word(Cue::PointsBefore, at) && behind
    }

    /// 4/5G, 2/3线: numbers of one thing beside each other: where they end.
    pub(super) fn generations(&self, at: usize) -> Option<usize> {
        let (slash, ..) = self.digits(at).filter(|&(end, ..)| self.ch(end) == '/')?;
        let (end, ..) = self.digits(slash + 1)?;
        let letter = self.kind(end) == Kind::Letter && self.glued(end);
        let named = self.one_of(end, Set::Generations);
        (letter || named).then_some(end + 1)
    }

    /// 每两 in front of an amount of money.
    pub(super) fn is_each_tael(&self, at: usize) -> bool {
        let each = self.ch(at) == '两' && self.ch_before(at) == '每' && self.kind(at + 1).is_numeric();
        let amount = each.then(|| self.numeral(at + 1)).flatten();
        amount.is_some_and(|amount| self.lexicon.money_at(self.cells, amount.end))
    }

    /// 1. and (1) and 1、 in front of what they number; 一是, 二是.
    pub(super) fn is_marker(&self, at: usize) -> bool {
        // A marker is short: a long run of numerals is looked at once, by whoever reads it.
        let run = self.cells.get(at..).unwrap_or_default().iter().take(5);
        let end = at + run.take_while(|cell| cell.kind.is_numeric()).count().max(1);
        if end - at > 3 {
            return false;
        }
        let before = at.checked_sub(1).map_or(Kind::Stop, |k| self.kind(k));
        let first = before.ends_clause() || self.cells.get(at).is_some_and(|cell| cell.gap);
        // 一、二、三等奖 and 3、5、7月 are lists of numbers, not markers.
        let alone = !self.kind(end + 1).is_numeric();
        match self.ch(end) {
            '.' | '、' => first && alone,
            '是' => {
                let one = self.kind(at).is_chinese() && end == at + 1;
                one && !self.one_before(at, Set::BeforeTold)
            }
            close if self.kind(end) == Kind::Bracket => {
                let bracketed = before == Kind::Bracket && alone;
                end - at <= 2 && (bracketed || first && close == ')')
            }
            _ => false,
        }
    }

    /// True for a number between two dashes that are all there is beside it.
    pub(super) fn is_page_number(&self, at: usize, end: usize) -> bool {
        let dash = |at: usize| self.one_of(at, Set::PageDashes);
        let before =
            at.checked_sub(1).is_some_and(|k| dash(k) && k.checked_sub(1).is_none_or(|k| dash(k) && k == 0));
        before && dash(end) && (end + 1 == self.cells.len() || dash(end + 1) && end + 2 == self.cells.len())
    }

    /// Behind the numeral at `at`.
    pub(super) fn past(&self, at: usize) -> usize {
        self.numeral(at)
            .map_or_else(|| super::numeral::run_end(self.cells, at), |numeral| numeral.end.max(at + 1))
    }
}
