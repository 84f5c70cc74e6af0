//! What each character of a phrase belongs to, and whom a row of labels names.

use std::ops::Range;

use super::phrase::Place;
use super::{Lead, People};
use crate::page::Byline;
use crate::page::scan::is_blank;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Did {
    Wrote,
    Pictured,
    Both,
}

/// Where the role of a name is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RoleAt {
    Nowhere,
    /// Nowhere, and yet it is known: who is named behind 本报讯 without one sent it in.
    Implied,
    Before,
    Behind,
}

/// What characters may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name(Did, RoleAt),
    Role,
    Source,
    Dateline,
}

/// All kinds, by the names that they have in the table of weights.
const KINDS: [(&str, Kind); 11] = [
    ("writer", Kind::Name(Did::Wrote, RoleAt::Nowhere)),
    ("sender", Kind::Name(Did::Wrote, RoleAt::Implied)),
    ("role+writer", Kind::Name(Did::Wrote, RoleAt::Before)),
    ("writer+role", Kind::Name(Did::Wrote, RoleAt::Behind)),
    ("picture", Kind::Name(Did::Pictured, RoleAt::Nowhere)),
    ("both", Kind::Name(Did::Both, RoleAt::Nowhere)),
    ("role+both", Kind::Name(Did::Both, RoleAt::Before)),
    ("both+role", Kind::Name(Did::Both, RoleAt::Behind)),
    ("role", Kind::Role),
    ("source", Kind::Source),
    ("dateline", Kind::Dateline),
];

/// The role that is implied.
const IMPLIED: &str = "通讯员";

/// The label of a character that belongs to nothing. Behind it stand two for each kind: its first character, and more.
const NONE: usize = 0;

/// The names of the labels.
pub(super) fn states() -> Vec<String> {
    let kinds = KINDS.iter().flat_map(|(name, _)| [(*name).to_owned(), format!("{name}-")]);
    std::iter::once("none".to_owned()).chain(kinds).collect()
}

/// True where `to` can never follow `from`: more of what has not begun.
pub(super) fn is_forbidden(from: Option<usize>, to: Option<usize>) -> bool {
    let goes_on = |label: usize| label > NONE && label.is_multiple_of(2);
    to.is_some_and(|to| goes_on(to) && from != Some(to) && from != Some(to - 1))
}

/// What a person says that an article's phrases name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credited {
    /// Who wrote: roles and names.
    pub bylines: Vec<(String, String)>,
    /// Who took the pictures.
    pub photographers: Vec<String>,
    /// Where the story came from.
    pub source: Option<String>,
    /// Place and day.
    pub dateline: Option<String>,
}

/// The label of each of `chars`, where they name what was `told` of the article.
pub(super) fn labels(chars: &[char], told: &Credited) -> Vec<usize> {
    let mut labels = vec![NONE; chars.len()];
    for (role, name) in &told.bylines {
        for at in places(chars, name) {
            let pictured = told.photographers.contains(name);
            let is_implied = role == IMPLIED;
            let role = nearest(chars, role, &at);
            let role_at = match &role {
                None if is_implied => RoleAt::Implied,
                None => RoleAt::Nowhere,
                Some(role) if role.start < at.start => RoleAt::Before,
                Some(_) => RoleAt::Behind,
            };
            let did = if pictured { Did::Both } else { Did::Wrote };
            role.into_iter().for_each(|role| put(&mut labels, &role, Kind::Role));
            put(&mut labels, &at, Kind::Name(did, role_at));
        }
    }
    let wrote = |name: &String| told.bylines.iter().any(|(_, writer)| writer == name);
    for name in told.photographers.iter().filter(|name| !wrote(name)) {
        places(chars, name)
            .into_iter()
            .for_each(|at| put(&mut labels, &at, Kind::Name(Did::Pictured, RoleAt::Nowhere)));
    }
    let first = |text: &Option<String>| text.as_ref().and_then(|text| places(chars, text).into_iter().next());
    first(&told.source).into_iter().for_each(|at| put(&mut labels, &at, Kind::Source));
    first(&told.dateline).into_iter().for_each(|at| put(&mut labels, &at, Kind::Dateline));
    labels
}

/// Labels the characters `at`, if nothing else is there.
fn put(labels: &mut [usize], at: &Range<usize>, kind: Kind) {
    let Some(number) = KINDS.iter().position(|(_, other)| *other == kind) else { return };
    if labels[at.clone()].iter().any(|&label| label != NONE) {
        return;
    }
    labels[at.clone()].fill(2 * number + 2);
    labels[at.start] = 2 * number + 1;
}

/// Where `text` stands among `chars`, whatever blanks stand in either.
fn places(chars: &[char], text: &str) -> Vec<Range<usize>> {
    let text: Vec<char> = text.chars().filter(|&c| !is_blank(c)).collect();
    let from = |start: usize| {
        let mut wanted = text.iter();
        let mut next = wanted.next()?;
        for (at, c) in chars.iter().enumerate().skip(start).filter(|(_, c)| !is_blank(**c)) {
            if c != next {
                return None;
            }
            match wanted.next() {
                Some(more) => next = more,
                None => return Some(start..at + 1),
            }
        }
        None
    };
    (0..chars.len()).filter(|&start| !is_blank(chars[start])).filter_map(from).collect()
}

/// Where the role of the name at `at` is printed: the last place before it, else the first behind it.
fn nearest(chars: &[char], role: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let places = places(chars, role);
    let before = places.iter().rev().find(|place| place.end <= at.start);
    before.or_else(|| places.iter().find(|place| place.start >= at.end)).cloned()
}

/// A run of characters of one kind.
struct Span {
    kind: Kind,
    text: String,
}

/// The runs of a row of labels.
fn spans(chars: &[char], labels: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (c, &label) in chars.iter().zip(labels).filter(|(_, label)| **label != NONE) {
        let kind = KINDS[(label - 1) / 2].1;
        match spans.last_mut().filter(|_| label % 2 == 0) {
            Some(span) => span.text.push(*c),
            None => spans.push(Span { kind, text: c.to_string() }),
        }
    }
    spans
}

/// What `chars` name by their labels.
pub(super) fn named(place: Place, chars: &[char], labels: &[usize]) -> Lead {
    let spans = spans(chars, labels);
    let compact = |text: &str| text.chars().filter(|&c| !is_blank(c)).collect::<String>();
    let first = |kind| spans.iter().find(|span| span.kind == kind).map(|span| span.text.clone());
    let role_of = |at: usize, role_at| {
        let is_role = |span: &&Span| span.kind == Kind::Role;
        let role = match role_at {
            RoleAt::Nowhere => None,
            RoleAt::Implied => return IMPLIED.to_owned(),
            RoleAt::Before => spans[..at].iter().rev().find(is_role),
            RoleAt::Behind => spans[at..].iter().find(is_role),
        };
        role.map(|role| compact(&role.text)).unwrap_or_default()
    };
    let source = first(Kind::Source).map(|source| compact(&source));
    let mut people = People::default();
    for (at, span) in spans.iter().enumerate() {
        let Kind::Name(did, role_at) = span.kind else { continue };
        let name = compact(&span.text);
        if did != Did::Wrote {
            people.photographers.push(name.clone());
        }
        if did != Did::Pictured {
            people.bylines.push(Byline { role: role_of(at, role_at), name });
        }
    }
    if place == Place::Caption {
        people.bylines.clear();
    }
    let told = |at: &usize| chars[*at].is_alphanumeric();
    let all = (0..chars.len()).filter(told).count().max(1);
    let said = (0..chars.len()).filter(told).filter(|&at| labels[at] != NONE).count();
    Lead { source, dateline: first(Kind::Dateline), people, share: (said * 100 / all) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of the labels that `text` has when it names what is told.
    fn again(text: &str, bylines: &[(&str, &str)], photographers: &[&str]) -> String {
        let told = Credited {
            bylines: bylines.iter().map(|(role, name)| ((*role).to_owned(), (*name).to_owned())).collect(),
            photographers: photographers.iter().map(|name| (*name).to_owned()).collect(),
            source: Some("本报".to_owned()),
            dateline: None,
        };
        let chars: Vec<char> = text.chars().collect();
        let Lead { source, people, .. } = named(Place::Credit, &chars, &labels(&chars, &told));
        let bylines: Vec<String> =
            people.bylines.iter().map(|Byline { role, name }| format!("{role}={name}")).collect();
        [&bylines[..], &people.photographers, &source.into_iter().collect::<Vec<_>>()].concat().join(" ")
    }

    #[test]
    fn labels_name_what_was_told() {
        assert_eq!(
            again("本报记者 丁 一 王二", &[("记者", "丁一"), ("记者", "王二")], &[]),
            "记者=丁一 记者=王二 本报"
        );
        assert_eq!(
            again("丁一 文 王二 图", &[("文", "丁一"), ("图", "王二")], &["王二"]),
            "文=丁一 图=王二 王二"
        );
        assert_eq!(again("丁一 摄", &[], &["丁一"]), "丁一");
        assert_eq!(again("（老茶客）", &[("", "老茶客")], &[]), "=老茶客");
        assert_eq!(again("昨天", &[("", "老茶客")], &[]), "");
    }

    #[test]
    fn only_what_began_goes_on() {
        let states = states();
        assert_eq!((states.len(), states[1].as_str(), states[2].as_str()), (23, "writer", "writer-"));
        assert!(
            is_forbidden(None, Some(2)) & is_forbidden(Some(0), Some(2)) & is_forbidden(Some(3), Some(2))
        );
        assert!(
            !is_forbidden(Some(1), Some(2))
                & !is_forbidden(Some(2), Some(2))
                & !is_forbidden(Some(2), Some(1))
        );
    }
}
