//! Names that begin alike: 浙工赛, 浙工惠, 浙工益.

use rustc_hash::{FxHashMap, FxHashSet};

/// A family is so many different candidates that begin with the same two characters.
const FAMILY: usize = 3;

/// The members of a family are no longer than this, in characters.
const FAMILY_LENGTH: usize = 5;

/// The beginnings that so many of `names` share that they are families.
pub(in crate::analysis) fn families<'a>(names: impl Iterator<Item = &'a str>) -> FxHashSet<String> {
    let mut members: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for name in names {
        if let Some(prefix) = prefix(name) {
            members.entry(prefix).or_default().insert(name);
        }
    }
    members
        .into_iter()
        .filter(|(_, names)| names.len() >= FAMILY)
        .map(|(prefix, _)| prefix.to_owned())
        .collect()
}

/// The first two characters of a short name.
pub(in crate::analysis) fn prefix(name: &str) -> Option<&str> {
    let short = (3..=FAMILY_LENGTH).contains(&name.chars().count());
    let (end, _) = name.char_indices().nth(2)?;
    name.get(..end).filter(|_| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_names_with_one_beginning_are_a_family() {
        let names = ["浙工赛", "浙工惠", "浙工益", "共富路上", "共富工坊"];
        assert_eq!(families(names.into_iter()), FxHashSet::from_iter(["浙工".to_owned()]));
    }
}
