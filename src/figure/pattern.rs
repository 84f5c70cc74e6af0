//! Where patterns of what stands beside a number fit.

use std::ops::Range;

use super::figure_words::UnitKind;
use super::text::Text;
pub(super) use super::words::Pattern;
use super::words::{Element, Sides, Test, Times};

/// The longest word that is looked for backwards though its list is read forwards.
const LONGEST_WORD: usize = 8;

impl Text<'_> {
    /// True where `pattern` fits around the number in `cells`.
    pub(super) fn fits(&self, pattern: Pattern, cells: Range<usize>) -> bool {
        self.around(pattern, cells).is_some()
    }

    /// What `pattern` covers, with the number in `cells`, where it fits there.
    pub(super) fn around(&self, pattern: Pattern, cells: Range<usize>) -> Option<Range<usize>> {
        self.lexicon.patterns.of(pattern).iter().find_map(|sides| {
            let opens = self.may_follow::<false>(&sides.behind.covered, cells.end)
                && self.may_follow::<true>(&sides.before.covered, cells.start);
            opens.then(|| self.around_sides(sides, &cells)).flatten()
        })
    }

    /// What `sides` cover, with the number in `cells`, where they fit there.
    fn around_sides(&self, sides: &Sides, cells: &Range<usize>) -> Option<Range<usize>> {
        let end = self.ahead(&sides.behind.covered, cells.end)?;
        self.ahead(&sides.behind.context, end)?;
        let start = self.back(&sides.before.covered, cells.start)?;
        if !sides.before.context.is_empty() {
            // What stands further off may belong to an earlier figure.
            Self { floor: 0, ..*self }.back(&sides.before.context, start)?;
        }
        Some(start..end)
    }

    /// False where the first of `elements` asks for a character that does not stand at `at`, or before it. Most patterns
    /// fail there, and most that are asked for fail.
    #[inline]
    fn may_follow<const BACK: bool>(&self, elements: &[Element], at: usize) -> bool {
        let Some(&Element { test, times: Times::Once, .. }) = elements.first() else { return true };
        let at = if BACK { at.wrapping_sub(1) } else { at };
        match (test, self.cells.get(at)) {
            (Test::Edge, _) => true,
            (_, None) => false,
            (Test::Char(c), Some(cell)) => cell.ch == c,
            (Test::Set(set), Some(cell)) => self.lexicon.has(set, cell.ch),
            (Test::Kind(kinds), Some(cell)) => kinds.has(cell.kind as u8),
            (Test::Word(cue), Some(cell)) if self.lexicon.is_read_backwards(cue) == BACK => {
                self.lexicon.may_begin(cue, cell)
            }
            _ => true,
        }
    }

    /// Where `pattern` ends that begins at `at`.
    pub(super) fn past_pattern(&self, pattern: Pattern, at: usize) -> Option<usize> {
        self.around(pattern, at..at).map(|cells| cells.end)
    }

    /// Behind `elements`, where they stand one behind the other from `at` on.
    fn ahead(&self, elements: &[Element], at: usize) -> Option<usize> {
        self.follow::<false>(elements, at)
    }

    /// In front of `elements`, where they stand one before the other up to `at`.
    fn back(&self, elements: &[Element], at: usize) -> Option<usize> {
        self.follow::<true>(elements, at)
    }

    /// Where one comes to from `at`, element by element.
    fn follow<const BACK: bool>(&self, elements: &[Element], from: usize) -> Option<usize> {
        let mut at = from;
        let mut rest = elements;
        while let Some((first, others)) = rest.split_first() {
            rest = others;
            let next = |at| self.next::<BACK>(first, at);
            match first.times {
                Times::Once => at = next(at)?,
                Times::Here => at = next(at).map(|_| at)?,
                Times::Never => at = next(at).is_none().then_some(at)?,
                Times::Perhaps => {
                    let with = next(at).and_then(|at| self.follow::<BACK>(rest, at));
                    return with.or_else(|| self.follow::<BACK>(rest, at));
                }
                Times::UpTo(most) => {
                    let mut times = std::iter::successors(Some(at), |&at| next(at)).take(most + 1);
                    return times.find_map(|at| self.follow::<BACK>(rest, at));
                }
            }
        }
        Some(at)
    }

    /// Where one comes to from `at` by what `element` asks for.
    #[inline]
    fn next<const BACK: bool>(&self, element: &Element, at: usize) -> Option<usize> {
        let next = if BACK { self.step_back(element.test, at)? } else { self.step_ahead(element.test, at)? };
        let cell = if BACK { next } else { at };
        let parted = || self.cells.get(cell).map(|cell| cell.gap);
        element.gap.is_none_or(|wanted| parted() == Some(wanted)).then_some(next)
    }

    /// Behind what `test` asks for at `at`.
    fn step_ahead(&self, test: Test, at: usize) -> Option<usize> {
        let cell = self.cells.get(at);
        match test {
            Test::Char(c) => cell.filter(|cell| cell.ch == c).map(|_| at + 1),
            Test::Set(set) => cell.filter(|cell| self.lexicon.has(set, cell.ch)).map(|_| at + 1),
            Test::Kind(kinds) => cell.filter(|cell| kinds.has(cell.kind as u8)).map(|_| at + 1),
            Test::Word(cue) => self.word_at(cue, at),
            Test::Unit(kinds) => self.unit_of(at, |unit| kinds.has(unit as u8)),
            Test::Counted => self.unit_of(at, |_| true).filter(|_| self.counted(at)),
            Test::Number => self.numeral(at).map(|numeral| numeral.end),
            Test::Edge => cell.is_none_or(|cell| cell.kind.ends_phrase()).then_some(at),
        }
    }

    /// Where what `test` asks for starts that ends before `at` and belongs to no earlier figure.
    fn step_back(&self, test: Test, at: usize) -> Option<usize> {
        if let Test::Edge = test {
            return at.checked_sub(1).is_none_or(|last| self.kind(last).ends_phrase()).then_some(at);
        }
        let last = at.checked_sub(1).filter(|&last| last >= self.floor)?;
        match test {
            Test::Word(cue) if self.lexicon.is_read_backwards(cue) => {
                self.lexicon.cue_before(cue, self.cells, self.floor, at)
            }
            Test::Word(_) | Test::Unit(_) | Test::Counted | Test::Number => {
                let starts = (self.floor..at).rev().take(LONGEST_WORD);
                starts.into_iter().find(|&start| self.step_ahead(test, start) == Some(at))
            }
            _ => self.step_ahead(test, last).map(|_| last),
        }
    }

    /// Behind the unit at `at`, where it is of the kinds that `is` knows.
    fn unit_of(&self, at: usize, is: impl Fn(UnitKind) -> bool) -> Option<usize> {
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        self.sort(id).filter(|&sort| is(sort)).map(|_| end)
    }
}

#[cfg(test)]
mod tests {
    use crate::figure::{Context, Scanner};

    fn classes(text: &str) -> Vec<String> {
        let figures = Scanner::new(&[]).unwrap().scan(text, &Context::default());
        figures.into_iter().map(|figure| format!("{} {}", figure.text, figure.class.name())).collect()
    }

    #[test]
    fn what_stands_beside_a_number_decides() {
        // Covered, and only looked at: 次 belongs to the number, 列车 does not.
        assert_eq!(classes("乘109次列车。"), ["109次 identifier"]);
        // Something that must not stand there.
        assert_eq!(classes("坐23路去。"), ["23路 identifier"]);
        assert_eq!(classes("来了三路人马。"), ["三路 count"]);
        // One of several, up to so many times.
        assert_eq!(classes("领先上海队4分。"), ["4分 count"]);
        assert_eq!(classes("第2页共8页"), ["第2页 ordinal", "8页 identifier"]);
    }
}
