//! Digits and signs that make no number: 1..5, 1.2.3, 1,234,56. What they were meant to say cannot be told, so that they
//! say nothing.

use super::figure_words::Set;
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;

/// A number with its signs is not longer than this, in characters.
const LONGEST: usize = 48;

/// The parts that a run of digits and signs consists of.
#[derive(Debug, Default)]
struct Run {
    /// The cell after its last digit.
    end: usize,
    /// The digits between the signs.
    parts: Vec<Part>,
    /// How many points, strokes and apostrophes stand by themselves between two digits.
    points: usize,
    strokes: usize,
    apostrophes: usize,
    /// True where two points or commas stand side by side: 1..5, 12.,5.
    is_doubled: bool,
}

/// Digits between two signs.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// True where a comma of half width stands before them.
    behind_comma: bool,
    length: usize,
    starts_with_zero: bool,
}

/// How many digits commas part.
const GROUP: usize = 3;

impl Part {
    /// True for digits behind a comma that are neither thousands nor one of a list: 1,05.
    fn is_odd(&self) -> bool {
        match self.length {
            1 | GROUP => false,
            _ => self.starts_with_zero,
        }
    }
}

impl Text<'_> {
    /// Where the digits and signs end that begin at `at`, where they make no number.
    pub(super) fn garbled(&self, at: usize) -> Option<usize> {
        if self.is_behind_a_point(at) {
            return Some(super::numeral::run_end(self.cells, at));
        }
        // Most numbers have no sign behind their digits.
        let end = self.past_digits(at)?;
        self.past_pattern(Pattern::NumberSigns, end)?;
        if self.is_decimal(end) {
            return None;
        }
        let run = self.signed_run(at);
        let is_garbled =
            run.has_odd_signs() || is_grouped_wrongly(&run.parts) || self.has_cents_behind_comma(at, &run);
        is_garbled.then_some(run.end)
    }

    /// 1,23元: the comma is neither one of thousands nor between two amounts.
    fn has_cents_behind_comma(&self, at: usize, run: &Run) -> bool {
        const CENTS: usize = 2;
        let [_, Part { behind_comma: true, length: CENTS, .. }] = *run.parts else { return false };
        self.ch_before(at) != ',' && self.money_at(run.end)
    }

    /// True behind a second point (..5), and behind a point that stands behind another numeral: 十.5.
    fn is_behind_a_point(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or('\0', |k| self.ch(k));
        let Some(numeral) = at.checked_sub(2).filter(|_| before(1) == '.' && self.is_glued(at)) else {
            return false;
        };
        match self.kind(numeral) {
            // More points lead from a title to its page.
            _ if before(2) == '.' => before(3) != '.',
            Kind::Numeral | Kind::Formal | Kind::Scale | Kind::FormalScale => !self.numbers_a_part(numeral),
            _ => false,
        }
    }

    /// True for a numeral that closes a clause's number: 二.三年来.
    fn numbers_a_part(&self, last: usize) -> bool {
        const MOST: usize = 3;
        let is_part = |k: &usize| self.kind(*k).is_chinese();
        let length = (0..=last).rev().take(MOST + 1).take_while(is_part).count();
        let before = (last + 1).checked_sub(length + 1).map_or(Kind::Stop, |k| self.kind(k));
        length <= MOST && before.ends_clause()
    }

    /// Behind the digits at `at`; none where there are none.
    fn past_digits(&self, at: usize) -> Option<usize> {
        let cells = self.cells.get(at..)?.iter();
        let length = cells.take_while(|cell| cell.kind == Kind::Digit).count();
        (length > 0).then_some(at + length)
    }

    /// True for a point at `at` with digits behind it and no other sign behind these, as most signs among digits are.
    fn is_decimal(&self, at: usize) -> bool {
        let end = self
            .char_at(at, '.')
            .filter(|&digits| self.is_glued(digits))
            .and_then(|digits| self.past_digits(digits));
        end.is_some_and(|end| !self.one_of(end, Set::NumberSigns))
    }

    fn is_glued(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| !cell.gap)
    }

    fn signed_run(&self, at: usize) -> Run {
        let mut run = Run::default();
        let (mut signs, mut next) = (Vec::new(), at);
        for cell in self.cells.get(at..).unwrap_or_default().iter().take(LONGEST) {
            if next > at && cell.gap {
                break;
            }
            match cell.ch {
                _ if cell.kind == Kind::Digit => {
                    run.digit(&mut signs, cell.ch == '0');
                    run.end = next + 1;
                }
                '.' | '/' | '\'' => signs.push(cell.ch),
                ',' if cell.length == 1 => signs.push(','),
                _ => break,
            }
            next += 1;
        }
        let is_counted = self.counted(next) || self.kind(next) == Kind::Scale;
        run.is_doubled |= is_double(&signs) && is_counted;
        run
    }
}

impl Run {
    /// True for signs that no number has: two points or strokes, an apostrophe, two signs side by side.
    fn has_odd_signs(&self) -> bool {
        self.is_doubled || self.points.max(self.strokes) > 1 || self.apostrophes > 0
    }

    /// A digit, behind `signs`.
    fn digit(&mut self, signs: &mut Vec<char>, is_zero: bool) {
        match (self.parts.last_mut(), &**signs) {
            (Some(part), []) => {
                part.length += 1;
                return;
            }
            (Some(_), ['.']) => self.points += 1,
            (Some(_), ['/']) => self.strokes += 1,
            (Some(_), ['\'']) => self.apostrophes += 1,
            (_, signs) => self.is_doubled |= is_double(signs),
        }
        let behind_comma = **signs == [','];
        self.parts.push(Part { behind_comma, length: 1, starts_with_zero: is_zero });
        signs.clear();
    }
}

/// True for exactly two points or commas; more of them lead from a title to its page.
fn is_double(signs: &[char]) -> bool {
    signs.len() == 2 && signs.iter().all(|sign| ['.', ','].contains(sign))
}

/// True where commas part thousands and something else besides: 1,234,56. 1,2,3 are three numbers.
fn is_grouped_wrongly(parts: &[Part]) -> bool {
    let behind = parts.iter().filter(|part| part.behind_comma);
    let groups = behind.clone().filter(|part| part.length == GROUP).count();
    let odd = behind.clone().any(Part::is_odd);
    let mixed = (1..behind.count()).contains(&groups);
    parts.first().is_some_and(|first| first.length <= GROUP) && (mixed || odd)
}
