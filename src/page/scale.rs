//! How what is measured of a line is told apart, and what each of its levels is called in the weights.

use super::Role;
use crate::chain::{Names, Sequence};

/// How what a fact measures is told apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scale {
    /// It holds, or does not.
    Flag,
    /// Less than the first, from the first on, from the second on, ….
    Steps(&'static [u32]),
    /// Up to the first, up to the second, …; what is more says nothing.
    Within(&'static [u32]),
    /// One of these; the empty name says nothing.
    Names(&'static [&'static str]),
    /// One of each of these; counted up as the digits of a number are, the last the fastest.
    Product(&'static [&'static [&'static str]]),
}

impl Scale {
    /// The level of what was `measured`; none where it says nothing.
    pub(super) fn level(self, measured: u32) -> Option<u16> {
        match self {
            Self::Flag => (measured > 0).then_some(0),
            Self::Steps(steps) => Some(steps.iter().filter(|&&step| step <= measured).count() as u16),
            Self::Within(limits) => limits.iter().position(|&limit| measured <= limit).map(|at| at as u16),
            Self::Names(names) => {
                names.get(measured as usize).filter(|name| !name.is_empty()).map(|_| measured as u16)
            }
            Self::Product(_) => Some(measured as u16),
        }
    }

    /// Tells `each` what the levels of the fact `name` are called, one after the other, in parts; the first is `prefix`.
    fn each_level(self, prefix: &str, name: &str, each: &mut dyn FnMut(&[&str])) {
        let mut number = itoa::Buffer::new();
        let mut step = |sign: &str, step: u32| each(&[prefix, name, sign, number.format(step)]);
        match self {
            Self::Flag => each(&[prefix, name]),
            Self::Steps(steps) => {
                steps.first().into_iter().for_each(|&first| step("<", first));
                steps.iter().for_each(|&from| step(">=", from));
            }
            Self::Within(limits) => limits.iter().for_each(|&limit| step("<=", limit)),
            Self::Names(names) => names.iter().for_each(|level| each(&[prefix, name, "=", level])),
            Self::Product(lists) => each_of_all(lists, &mut vec![prefix, name, "="], each),
        }
    }

    /// What the levels of the fact `name` are called.
    #[cfg(test)]
    pub(super) fn levels(self, name: &str) -> Vec<String> {
        let mut levels = Vec::new();
        self.each_level("", name, &mut |parts| levels.push(parts.concat()));
        levels
    }
}

/// Tells `each` every row of one name of each of `lists`, with commas between, behind `parts`.
fn each_of_all<'a>(lists: &'a [&'a [&'a str]], parts: &mut Vec<&'a str>, each: &mut dyn FnMut(&[&str])) {
    let Some((first, rest)) = lists.split_first() else { return each(parts) };
    let before = parts.len();
    for name in *first {
        parts.push(name);
        parts.extend((!rest.is_empty()).then_some(","));
        each_of_all(rest, parts, each);
        parts.truncate(before);
    }
}

/// The numbers that a model has for the levels of facts, one fact behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Levels {
    /// The numbers that `names` gives to the levels of each fact, whose names `prefix` stands before.
    pub(super) fn of<'a>(
        names: &mut impl Names,
        prefix: &str,
        facts: impl IntoIterator<Item = (&'a str, Scale)>,
    ) -> Self {
        let mut of = Self::default();
        for (name, scale) in facts {
            of.starts.push(of.numbers.len() as u32);
            scale.each_level(prefix, name, &mut |level| of.numbers.push(names.number(level)));
        }
        of
    }

    /// The number of a level of the fact that was the `fact`th.
    pub(super) fn number(&self, fact: usize, level: u16) -> u32 {
        self.numbers[self.starts[fact] as usize + usize::from(level)]
    }
}

/// The numbers that a model has for facts that are weighed apart for every role: for each fact and level one that counts
/// for every role, and for each role one that counts for it alone.
#[derive(Debug, Clone)]
pub(super) struct ByRole {
    of_all: Levels,
    of_role: Vec<Levels>,
}

impl ByRole {
    /// The numbers that `names` gives to `facts`, each with its name, for every one of `roles`.
    pub(super) fn of(names: &mut impl Names, roles: &[Role], facts: &[(&str, Scale)]) -> Self {
        let mut numbers = |of: &str| Levels::of(names, &format!("{of}: "), facts.iter().copied());
        let of_role = roles.iter().map(|role| numbers(role.name())).collect();
        Self { of_all: numbers("any"), of_role }
    }

    /// Adds an element to `sequence` whose role is the `role`th; `levels` has the level of each fact, none where it says
    /// nothing.
    pub(super) fn add(
        &self,
        sequence: &mut Sequence,
        role: usize,
        levels: impl Iterator<Item = Option<u16>>,
    ) {
        let own = &self.of_role[role];
        let held = levels.enumerate().filter_map(|(fact, level)| {
            let level = level?;
            Some([self.of_all.number(fact, level), own.number(fact, level)])
        });
        sequence.add(held.flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_names() {
        let said = |scale: Scale, measured: u32| {
            scale
                .level(measured)
                .map_or_else(|| "-".to_owned(), |level| scale.levels("it")[usize::from(level)].clone())
        };
        assert_eq!([said(Scale::Flag, 0), said(Scale::Flag, 3)], ["-", "it"]);
        assert_eq!([said(Scale::Steps(&[2, 4]), 1), said(Scale::Steps(&[2, 4]), 3)], ["it<2", "it>=2"]);
        assert_eq!([said(Scale::Within(&[2, 4]), 4), said(Scale::Within(&[2, 4]), 5)], ["it<=4", "-"]);
        assert_eq!([said(Scale::Names(&["", "so"]), 0), said(Scale::Names(&["", "so"]), 1)], ["-", "it=so"]);
        assert_eq!(said(Scale::Product(&[&["a", "b"], &["x", "y", "z"]]), 4), "it=b,y");
    }
}
