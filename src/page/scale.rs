//! How what is measured of a line is told apart, and what each of its levels is called in the weights.

use super::Role;
use crate::chain::{Facts, Sequence};

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

    /// What the levels of the fact `name` are called.
    pub(super) fn levels(self, name: &str) -> Vec<String> {
        match self {
            Self::Flag => vec![name.to_owned()],
            Self::Steps(steps) => {
                let from = |step: &u32| [name, ">=", &step.to_string()].concat();
                let below = steps.first().map(|first| [name, "<", &first.to_string()].concat());
                below.into_iter().chain(steps.iter().map(from)).collect()
            }
            Self::Within(limits) => {
                limits.iter().map(|limit| [name, "<=", &limit.to_string()].concat()).collect()
            }
            Self::Names(names) => names.iter().map(|level| [name, "=", level].concat()).collect(),
            Self::Product(lists) => {
                let product = |all: Vec<String>, (at, list): (usize, &&[&str])| {
                    let mark = if at == 0 { "" } else { "," };
                    all.iter()
                        .flat_map(|head| list.iter().map(move |name| [head, mark, name].concat()))
                        .collect()
                };
                lists.iter().enumerate().fold(vec![format!("{name}=")], product)
            }
        }
    }
}

/// The numbers that a model has for the levels of facts, one fact behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Levels {
    /// Takes the levels of each fact up into `names`, with what stands before their names.
    pub(super) fn of<'a>(names: &mut Facts, facts: impl Iterator<Item = (&'a str, &'a [String])>) -> Self {
        let (mut of, mut name) = (Self::default(), String::new());
        for (prefix, levels) in facts {
            of.starts.push(of.numbers.len() as u32);
            for level in levels {
                name.clear();
                name.extend([prefix, level.as_str()]);
                of.numbers.push(names.add(&name));
            }
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
    /// Takes `facts`, each with its name, up into `names` for every one of `roles`.
    pub(super) fn of(names: &mut Facts, roles: &[Role], facts: &[(&str, Scale)]) -> Self {
        let levels: Vec<Vec<String>> = facts.iter().map(|(name, scale)| scale.levels(name)).collect();
        let mut numbers = |of: &str| {
            let prefix = format!("{of}: ");
            Levels::of(names, levels.iter().map(|levels| (prefix.as_str(), levels.as_slice())))
        };
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
