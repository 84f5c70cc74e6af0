//! Names as one label for each character, and back.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numbers::{BEGIN, END, INSIDE, OUTSIDE, PLACES, SINGLE, TYPES, parts};

/// What a name names.
///
/// ```
/// use zjgr::name::NameType;
///
/// assert_eq!(NameType::named("person"), Some(NameType::Person));
/// assert_eq!(NameType::Work.name(), "work");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum NameType {
    /// A person: 张才方, 老周.
    Person,
    /// A body, as a company, a union, an office, a school, a team: 浙江省总工会, 省总.
    Organisation,
    /// A place: 衢州市柯城区.
    Place,
    /// A post, rank, trade or honour that stands with a person: 副主席, 电焊工.
    Title,
    /// A book, a paper, a law, a song: what stands in 《》.
    Work,
}

impl NameType {
    /// Every type, in the order above.
    pub const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Place, Self::Title, Self::Work];

    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Title => "title",
            Self::Work => "work",
        }
    }

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The types that are learnt; a work is known by its marks.
const LEARNT: [NameType; 4] = [NameType::Person, NameType::Organisation, NameType::Place, NameType::Title];

const _: () = assert!(LEARNT.len() == TYPES);

/// What the labels are called: `O`, `B-person`, …
pub fn label_names() -> impl Iterator<Item = String> {
    let inside =
        LEARNT.iter().flat_map(|kind| PLACES.iter().map(move |place| format!("{place}-{}", kind.name())));
    std::iter::once("O".to_owned()).chain(inside)
}

/// The labels of `length` characters among which `names` stand. What is not learnt is outside.
pub fn labels_of(length: usize, names: &[(Range<usize>, NameType)]) -> Vec<usize> {
    let mut labels = vec![OUTSIDE; length];
    for (range, kind) in names {
        let Some(number) = LEARNT.iter().position(|learnt| learnt == kind) else { continue };
        let Some(span) = labels.get_mut(range.clone()) else { continue };
        let first = 1 + number * PLACES.len();
        match span {
            [] => {}
            [single] => *single = first + SINGLE,
            [begin, inside @ .., end] => {
                *begin = first + BEGIN;
                inside.fill(first + INSIDE);
                *end = first + END;
            }
        }
    }
    labels
}

/// The names that `labels` say, by the characters that they are made of.
pub(crate) fn names_of(labels: &[usize]) -> Vec<(Range<usize>, NameType)> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        let Some((number, place)) = parts(label) else { continue };
        if place == BEGIN || place == SINGLE {
            start = at;
        }
        if place == END || place == SINGLE {
            names.push((start..at + 1, LEARNT[number]));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::numbers::{LABELS, forbidden};
    use super::*;

    #[test]
    fn labels_say_the_names_that_they_were_made_of() {
        let names = vec![(0..3, NameType::Organisation), (3..5, NameType::Title), (5..6, NameType::Person)];
        let labels = labels_of(8, &names);
        assert_eq!(names_of(&labels), names);
        let edges = std::iter::once(None).chain(labels.iter().copied().map(Some)).chain([None]);
        let edges: Vec<_> = edges.collect();
        assert!(edges.windows(2).all(|pair| !forbidden(pair[0], pair[1])));
    }

    #[test]
    fn a_name_must_end_as_what_it_began() {
        let label = |name: &str| label_names().position(|label| label == name);
        assert!(forbidden(label("B-person"), label("E-place")));
        assert!(forbidden(label("B-person"), label("O")));
        assert!(forbidden(None, label("I-person")) && forbidden(label("B-person"), None));
        assert!(!forbidden(label("E-person"), label("B-place")));
        assert_eq!(label_names().count(), LABELS);
    }
}
