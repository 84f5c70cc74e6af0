//! Names in quotation marks that hold a numeral: “八大战略”, “4050”人员.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Class;
use super::cells::Label;
use super::draft::DraftFigure;
use super::figure_words::Cue;
use super::name::Name;
use super::numeral::Numeral;
use super::numeral::traits::{BARE, DECIMAL, PAIR, SINGLE};
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;

/// The longest name with a plus sign: “1+X”.
const LONGEST_SUM: usize = 8;

/// The greatest number in a name that is spelled out: “二十条”.
const GREATEST: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// The numbers of four digits that are years and no nicknames.
const YEARS: Range<u32> = 1800..2100;

impl Text<'_> {
    /// The label around `at`.
    fn label_around(&self, at: usize) -> Option<&Label> {
        self.labels.iter().find(|label| label.contains(&at))
    }

    /// True for the number of “雪龙2”号, a part of the name of a ship.
    pub(super) fn is_vessel(&self, at: usize) -> bool {
        let label = self.label_around(at).filter(|label| label.start < at);
        let ends = |label: &Label| self.digits(at).is_some_and(|(end, ..)| end == label.end);
        label.is_some_and(|label| self.ch(label.end + 1) == '号' && ends(label))
    }

    /// The quoted label that the numeral at `at` makes a name, where no ordinary word covers it.
    pub(super) fn named_label(&self, at: usize) -> Option<Range<usize>> {
        let label = self.label(at)?;
        match self.word(at) {
            Some(Name::Ordinary(_)) => self.four(at).map(|_| label),
            _ => Some(label),
        }
    }

    /// The quoted label that the numeral at `at` makes a name: “八大战略”, “说一件、干一件、成一件”.
    fn label(&self, at: usize) -> Option<Range<usize>> {
        let label = self.label_around(at).filter(|label| label.start >= self.floor)?;
        let plus = label.clone().any(|at| self.ch(at) == '+');
        let named = match (self.kind(at), plus) {
            (Kind::Digit, true) if label.len() <= LONGEST_SUM => true,
            (Kind::Digit, _) => self.is_nickname(label),
            _ => self.is_spelled_name(at, label, plus),
        };
        named.then(|| label.clone())
    }

    /// “4050”人员, “315”体系: nothing but three or four digits, no year and no number to dial.
    fn is_nickname(&self, label: &Label) -> bool {
        let Some((end, number, digits)) = self.digits(label.start).filter(|&(end, ..)| end == label.end)
        else {
            return false;
        };
        let called = match digits {
            3 => true,
            4 => !YEARS.contains(&number),
            _ => false,
        };
        called && self.kind(end + 1) == Kind::Han && self.word_at(Cue::Dialled, label.start) != Some(end)
    }

    /// True where the spelled numeral at `at` makes `label` a name.
    fn is_spelled_name(&self, at: usize, label: &Label, plus: bool) -> bool {
        if self.fits(Pattern::NoNameNumeral, at..at) {
            return false;
        }
        let numeral = self.numeral(at);
        let whole = numeral.filter(|numeral| *label == (at..numeral.end));
        // “八五”, “五一”: numerals and nothing else.
        if whole.is_some_and(|numeral| (2..=3).contains(&numeral.digits)) {
            return true;
        }
        let number = !plus && numeral.is_some_and(|numeral| is_no_name(&numeral));
        !number && !self.is_day(at, label) && self.is_called(at, label, numeral)
    }

    /// True where a date fills the label, or one with its year stands in it.
    fn is_day(&self, at: usize, label: &Label) -> bool {
        let date = self.date(at);
        date.is_some_and(|found| *label == (found.start..found.end) || found.from.year.is_some())
    }

    /// False where the label says how much there is of something, and no more.
    fn is_called(&self, at: usize, label: &Label, numeral: Option<Numeral>) -> bool {
        let Some(draft) = self.quantity(at) else { return true };
        let begins = draft.cells.start <= label.start;
        let whole = begins && draft.cells.end >= label.end;
        match draft.class {
            Class::Count if at == label.start && is_known_by(&draft, label, numeral, whole) => true,
            Class::Count | Class::Duration => !whole,
            _ => !begins,
        }
    }
}

/// True for a number too great, or too exact, to be in a name.
fn is_no_name(numeral: &Numeral) -> bool {
    let large = numeral.value.is_some_and(|value| value.low > GREATEST);
    numeral.has(DECIMAL) || large && numeral.lacks(BARE)
}

/// “百亿镇” is what such a town is called; “两节”, “三座大山”: few things of one kind, in Chinese numerals, are a name in
/// quotation marks.
fn is_known_by(draft: &DraftFigure, label: &Label, numeral: Option<Numeral>, whole: bool) -> bool {
    let town =
        numeral.filter(|numeral| whole && numeral.has(BARE)).is_some_and(|numeral| numeral.end < label.end);
    town || numeral.is_some_and(|numeral| numeral.is(SINGLE, PAIR)) && !draft.article
}
