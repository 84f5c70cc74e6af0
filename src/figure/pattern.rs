//! Where patterns of what stands beside a number fit.

use std::ops::Range;

use super::figure_words::UnitKind;
use super::text::Text;
pub(super) use super::words::Pattern;
use super::words::{Edges, Element, Sides, Test, Times};

/// The longest word that is looked for backwards though its list is read forwards.
const LONGEST_WORD: usize = 8;

/// The place of a number, with what is known of the characters beside it.
pub(super) struct Beside<'t> {
    text: &'t Text<'t>,
    cells: Range<usize>,
    before: Edges<'t>,
    behind: Edges<'t>,
}

impl Beside<'_> {
    /// True where `pattern` fits around the number.
    #[inline]
    pub(super) fn fits(&self, pattern: Pattern) -> bool {
        self.covers(pattern).is_some()
    }

    /// What `pattern` covers, with the number, where it fits.
    #[inline]
    pub(super) fn covers(&self, pattern: Pattern) -> Option<Range<usize>> {
        let open = self.before.may_fit(self.behind, pattern as usize);
        open.then(|| self.text.around_any(pattern, &self.cells)).flatten()
    }

    /// Where `pattern` ends that begins behind the number.
    #[inline]
    pub(super) fn past(&self, pattern: Pattern) -> Option<usize> {
        self.covers(pattern).map(|cells| cells.end)
    }
}

impl Text<'_> {
    /// True where `pattern` fits around the number in `cells`.
    #[inline]
    pub(super) fn fits(&self, pattern: Pattern, cells: Range<usize>) -> bool {
        self.around(pattern, cells).is_some()
    }

    /// What `pattern` covers, with the number in `cells`, where it fits there. Most that are asked for do not, and one look
    /// at the characters beside the number tells of most of these.
    #[inline]
    pub(super) fn around(&self, pattern: Pattern, cells: Range<usize>) -> Option<Range<usize>> {
        self.beside(cells).covers(pattern)
    }

    /// The place of the number in `cells`, of which several patterns are asked for.
    #[inline]
    pub(super) fn beside(&self, cells: Range<usize>) -> Beside<'_> {
        let (before, behind) = (self.edges(cells.start.wrapping_sub(1)), self.edges(cells.end));
        Beside { text: self, cells, before, behind }
    }

    /// What the first alternative of `pattern` covers that fits around the number in `cells`.
    fn around_any(&self, pattern: Pattern, cells: &Range<usize>) -> Option<Range<usize>> {
        self.lexicon.patterns.of(pattern).iter().find_map(|sides| self.around_sides(sides, cells))
    }

    /// What `sides` cover, with the number in `cells`, where they fit there.
    fn around_sides(&self, sides: &Sides, cells: &Range<usize>) -> Option<Range<usize>> {
        let mut found = cells.clone();
        if let Some(behind) = &sides.behind {
            found.end = self.ahead(&behind.covered, cells.end)?;
            self.ahead(&behind.context, found.end)?;
        }
        if let Some(before) = &sides.before {
            found.start = self.back(&before.covered, cells.start)?;
            // What stands further off may belong to an earlier figure.
            Self { floor: 0, ..*self }.back(&before.context, found.start)?;
        }
        Some(found)
    }

    /// Where `pattern` ends that begins at `at`.
    #[inline]
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
            Test::Set(set) => self.one_of(at, set).then_some(at + 1),
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
            Test::Word(cue) if self.lexicon.is_read_backwards(cue) => self.word_before(cue, at),
            Test::Word(_) | Test::Unit(_) | Test::Counted | Test::Number => {
                let starts = (self.floor..at).rev().take(LONGEST_WORD);
                starts.into_iter().find(|&start| self.step_ahead(test, start) == Some(at))
            }
            _ => self.step_ahead(test, last).map(|_| last),
        }
    }

    /// Behind the unit at `at`, where it is of the kinds that `is` knows.
    fn unit_of(&self, at: usize, is: impl Fn(UnitKind) -> bool) -> Option<usize> {
        let (end, id) = self.unit_at(at)?;
        self.sort(id).filter(|&sort| is(sort)).map(|_| end)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Pattern;
    use crate::figure::cells::Cells;
    use crate::figure::figure_words::FigureWords;
    use crate::figure::numeral::Memo;
    use crate::figure::text::Text;
    use crate::figure::{Context, Scanner};

    /// Sentences of many kinds of characters: misread digits, marks of LaTeX, an address, a character of another plane.
    const SENTENCES: [&str; 6] = [
        "今年1月至11月，全市规模以上工业增加值达1286.4亿元，同比增长7.2%，比上年同期提高0.4个百分点。",
        "由職工總會牽頭的競賽吸引了一百二十家企業、近三千名選手參加，其中青年選手佔三分之二；領先上海隊四分。",
        "9月21号下午5点~22号上午5点，T109次列车、浙A12345、电话0571-88065678，第2页 共8页，’22，5元/公斤。",
        "$10^{4}$亿元、37^{\\circ}C，l20万人次，www.a1.cn，“八大战略”，每两一百十二元，𠮷野家三店，赤字３．５亿元。",
        "民国三十四年八月十五，辛丑年腊月初七，大年三十；十来个，百把斤，二十几万多人，5 . 6 万 元，4300 -1.5%。",
        "一是，(二)，3. 兵分三路，三农场，五小时，翻了一番，三毛钱一个，过亿，上千万，半年多，五成五，1/2个，一县一策。",
    ];

    #[test]
    fn what_the_characters_beside_a_number_rule_out_fits_nowhere() {
        let lexicon = FigureWords::new(&[]).unwrap();
        let patterns: BTreeMap<Pattern, toml::Value> =
            toml::from_str(include_str!("../../data/figures/patterns.toml")).unwrap();
        let (mut cells, memo) = (Cells::default(), Memo::default());
        for sentence in SENTENCES {
            cells.refill(sentence, lexicon.signs.rows());
            memo.clear();
            let text = Text::new(&cells, &lexicon, &memo, &Context::default());
            for &pattern in patterns.keys() {
                for cells in (0..=cells.list.len()).flat_map(|at| [at..at, at..at + 1]) {
                    let found = text.around_any(pattern, &cells);
                    assert_eq!(
                        text.around(pattern, cells.clone()),
                        found,
                        "{pattern:?} {cells:?} {sentence}"
                    );
                }
            }
        }
    }

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
