//! How what is measured of a line is told apart, and what each of its levels is called in the weights.

use super::Role;
use crate::chain::{Name, Names, Sequence};

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
    /// One of each of these; counted up as the digits of a number are, the last the fastest. `u32::MAX` says nothing.
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
            Self::Product(_) => u16::try_from(measured).ok(),
        }
    }

    /// What the levels of the fact `name` are called, one after the other.
    pub(super) fn levels<N: Name>(self, name: &str) -> Vec<N> {
        let fact = N::of(name);
        let mut number = itoa::Buffer::new();
        let mut step = |sign: &str, step: u32| fact.and(&N::of(sign)).and(&N::of(number.format(step)));
        match self {
            Self::Flag => vec![fact],
            Self::Steps(steps) => {
                let below = steps.first().map(|&first| step("<", first));
                below.into_iter().chain(steps.iter().map(|&from| step(">=", from))).collect()
            }
            Self::Within(limits) => limits.iter().map(|&limit| step("<=", limit)).collect(),
            Self::Names(names) => one_of_each(fact.and(&N::of("=")), &[names]),
            Self::Product(lists) => one_of_each(fact.and(&N::of("=")), lists),
        }
    }
}

/// Every row of one name of each of `lists`, with commas between, behind `before`.
fn one_of_each<N: Name>(before: N, lists: &[&[&str]]) -> Vec<N> {
    let mut rows = vec![before];
    for (place, list) in lists.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let names: Vec<N> = list.iter().map(|name| N::of(comma).and(&N::of(name))).collect();
        rows = rows.iter().flat_map(|row| names.iter().map(|name| row.and(name))).collect();
    }
    rows
}

/// The names of the levels of facts.
pub(super) struct LevelNames<N>(Vec<Vec<N>>);

impl<N: Name> LevelNames<N> {
    /// Those of each of `facts`.
    pub(super) fn of<'a>(facts: impl IntoIterator<Item = (&'a str, Scale)>) -> Self {
        Self(facts.into_iter().map(|(name, scale)| scale.levels(name)).collect())
    }
}

/// The numbers that a model has for the levels of facts, one fact behind the other.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Levels {
    /// The numbers that `names` gives to the levels of each of `facts`, which are told by their places in `levels`, where
    /// `prefix` stands before their names.
    pub(super) fn of<N: Names>(
        names: &mut N,
        prefix: &str,
        levels: &LevelNames<N::Name>,
        facts: impl Iterator<Item = usize> + Clone,
    ) -> Self {
        let prefix = N::Name::of(prefix);
        let count = facts.clone().map(|fact| levels.0[fact].len()).sum();
        let mut of = Self { starts: Vec::new(), numbers: Vec::with_capacity(count) };
        for fact in facts {
            of.starts.push(of.numbers.len() as u32);
            of.numbers.extend(levels.0[fact].iter().map(|level| names.number(&prefix.and(level))));
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
    pub(super) fn of<N: Names>(names: &mut N, roles: &[Role], facts: &[(&str, Scale)]) -> Self {
        let levels = LevelNames::of(facts.iter().copied());
        let mut numbers = |of: &str| Levels::of(names, &format!("{of}: "), &levels, 0..facts.len());
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
            scale.level(measured).map_or_else(
                || "-".to_owned(),
                |level| scale.levels::<String>("it")[usize::from(level)].clone(),
            )
        };
        assert_eq!([said(Scale::Flag, 0), said(Scale::Flag, 3)], ["-", "it"]);
        assert_eq!([said(Scale::Steps(&[2, 4]), 1), said(Scale::Steps(&[2, 4]), 3)], ["it<2", "it>=2"]);
        assert_eq!([said(Scale::Within(&[2, 4]), 4), said(Scale::Within(&[2, 4]), 5)], ["it<=4", "-"]);
        assert_eq!([said(Scale::Names(&["", "so"]), 0), said(Scale::Names(&["", "so"]), 1)], ["-", "it=so"]);
        assert_eq!(said(Scale::Product(&[&["a", "b"], &["x", "y", "z"]]), 4), "it=b,y");
    }
}
