//! The numbers of labels.

/// How many types of names are learnt.
pub(super) const TYPES: usize = 4;

/// Where a character stands in a name: it begins one, is inside, ends one, or is all of it.
pub(super) const PLACES: [&str; 4] = ["B", "I", "E", "S"];
pub(super) const BEGIN: usize = 0;
pub(super) const INSIDE: usize = 1;
pub(super) const END: usize = 2;
pub(super) const SINGLE: usize = 3;

/// The label of a character in no name.
pub(super) const OUTSIDE: usize = 0;

/// How many labels there are.
pub(super) const LABELS: usize = 1 + TYPES * PLACES.len();

/// True where label `to` must not follow label `from`; `None` is the edge of a sentence.
pub fn forbidden(from: Option<usize>, to: Option<usize>) -> bool {
    let open = from.and_then(parts).filter(|&(_, place)| place == BEGIN || place == INSIDE);
    let goes_on = to.and_then(parts).filter(|&(_, place)| place == INSIDE || place == END);
    open.map(|(kind, _)| kind) != goes_on.map(|(kind, _)| kind)
}

/// The number of the type and the place of a label; none outside of names.
pub(super) fn parts(label: usize) -> Option<(usize, usize)> {
    let inside = label.checked_sub(1)?;
    Some((inside / PLACES.len(), inside % PLACES.len()))
}
