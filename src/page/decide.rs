//! One decision over the whole page: what each line is, whether an article begins with it, and whether it goes on.
//!
//! The states are roles, each with what else is told of a line. A linear chain ([`crate::chain`]) weighs the facts of
//! all lines together; what can never follow what is declared here, once. The weights are learnt
//! (`data/page/weights.tsv`; those of facts of boxes are in `data/page/boxes.tsv`).

use std::ops::Range;
use std::sync::LazyLock;

use super::Role;
use super::evidence::{self, Numbers, View};
use super::learnt::{Decision, Learnt};
use crate::chain::{self, Reason, Sequence, Work};

/// What a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// Its role.
    pub(super) role: Role,
    /// An article begins with it.
    pub(super) begins: bool,
    /// It is left in a sentence or a heading that the next line of its role goes on with.
    pub(super) open: bool,
    /// Running text above it was left in a sentence that goes on below it.
    pub(super) held: bool,
}

impl State {
    fn name(self) -> String {
        let marks = [(self.begins, ",begins"), (self.open, ",open"), (self.held, ",held")];
        let marks = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark);
        std::iter::once(self.role.name()).chain(marks).collect()
    }

    /// True where running text is left in a sentence behind it.
    fn keeps_text_open(self) -> bool {
        self.held | (self.open & (self.role == Role::Body))
    }
}

/// Which of its marks a role may have: that an article begins with it, that it is left open, that it stands in a sentence.
const MARKS: [(Role, bool, bool, bool); 10] = [
    (Role::Masthead, false, false, true),
    (Role::Column, true, false, false),
    (Role::Kicker, true, true, false),
    (Role::Headline, true, true, false),
    (Role::Subhead, false, true, false),
    (Role::Section, false, true, false),
    (Role::Body, true, true, true),
    (Role::Caption, true, true, true),
    (Role::Credit, false, false, true),
    (Role::Other, false, false, true),
];

/// Every state, in a fixed order.
static STATES: LazyLock<Vec<State>> = LazyLock::new(states);

fn states() -> Vec<State> {
    let mut states = Vec::new();
    for (role, may_begin, may_be_open, may_be_held) in MARKS {
        for begins in [false, true].into_iter().take(1 + usize::from(may_begin)) {
            for open in [false, true].into_iter().take(1 + usize::from(may_be_open)) {
                for held in [false, true].into_iter().take(1 + usize::from(may_be_held & !begins)) {
                    states.push(State { role, begins, open, held });
                }
            }
        }
    }
    states
}

/// True where `to` can never follow `from`; none is the edge of the page.
fn is_forbidden(from: Option<State>, to: Option<State>) -> bool {
    let kept = from.is_some_and(State::keeps_text_open);
    let same = from.zip(to).is_some_and(|(from, to)| (from.role == to.role) & !to.begins);
    let heading = from.is_some_and(|from| from.open & (from.role != Role::Body));
    match to {
        // What is left open goes on somewhere.
        None => kept | heading,
        Some(to) => {
            let goes_on = to.held | ((to.role == Role::Body) & !to.begins);
            (kept & !goes_on) | (to.held & !kept) | (heading & !same)
        }
    }
}

/// What was decided of the lines of a page.
pub(super) struct Decided<'p> {
    pub(super) view: &'p View<'p>,
    pub(super) roles: Vec<Role>,
    /// How likely each begins an article, from 0 to 1.
    pub(super) begins: Vec<f32>,
    /// How likely each is left in a sentence or a heading that goes on below.
    pub(super) open: Vec<f32>,
    /// How likely each is in the state that it was given.
    pub(super) sure: Vec<f32>,
    /// The line whose sentence or heading each goes on with, as far as its neighbours tell.
    pub(super) continues: Vec<Option<usize>>,
}

/// How likely a line must be of an article to be of one on a page without any.
const MAY_BE_OWNED: f64 = 0.25;

/// Of the states of lines that articles own, the likeliest by their `marginals`, and how likely it is.
fn likeliest_owned(marginals: &[f64]) -> (usize, f64) {
    let states = marginals.iter().copied().enumerate().zip(&*STATES);
    let owned = states.filter(|(_, state)| !state.role.is_unowned()).map(|(of, _)| of);
    owned.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
}

/// Why a line is what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The state it was given: its role, and `begins`, `open` or `held` behind it.
    pub state: String,
    /// How likely that state is, from 0 to 1.
    pub probability: f64,
    /// The next likely state.
    pub rival: String,
    /// What speaks for the one and against the other, what weighs most first.
    pub reasons: Vec<Reason>,
}

/// What each line is.
#[derive(Debug, Clone)]
pub(super) struct Decide;

/// Decides what lines are.
pub(super) type Decider = Learnt<Decide>;

impl Decision for Decide {
    type Numbers = Numbers;

    fn states() -> Vec<String> {
        STATES.iter().map(|state| state.name()).collect()
    }

    fn facts() -> impl Iterator<Item = (&'static str, &'static str)> {
        evidence::said()
    }

    fn numbers(names: &mut impl chain::Names) -> Numbers {
        Numbers::of(names)
    }

    fn is_forbidden(from: Option<usize>, to: Option<usize>) -> bool {
        let at = |state: Option<usize>| state.map(|state| STATES[state]);
        is_forbidden(at(from), at(to))
    }
}

impl Decider {
    /// Which facts hold of each of `lines`.
    pub(super) fn sequence(&self, view: &View<'_>, lines: Range<usize>) -> Sequence {
        self.numbers.sequence(view, lines)
    }

    /// What each line is.
    pub(super) fn decide<'p>(&self, view: &'p View<'p>) -> Decided<'p> {
        let mut work = Work::default();
        let count = STATES.len();
        let (mut path, mut begins, mut open, mut sure) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut owned = Vec::new();
        for (seen, decided) in chain::windows(view.lines.len()) {
            let sequence = self.sequence(view, seen.clone());
            let (best, marginals) = self.model.decide(&sequence, &mut work);
            for at in decided.start - seen.start..decided.end - seen.start {
                let line = &marginals[at * count..(at + 1) * count];
                let sum = |of: fn(&State) -> bool| -> f32 {
                    let held = line.iter().zip(&*STATES).filter(|(_, state)| of(state));
                    held.map(|(probability, _)| *probability as f32).sum()
                };
                path.push(best[at]);
                owned.push(likeliest_owned(line));
                begins.push(sum(|state| state.begins));
                open.push(sum(|state| state.open));
                sure.push(line[best[at]] as f32);
            }
        }
        // A page has an article: where the likeliest path finds none, what well may be of one is.
        if path.iter().all(|&state| STATES[state].role.is_unowned()) {
            for (at, &(state, probability)) in owned.iter().enumerate().filter(|(_, of)| of.1 >= MAY_BE_OWNED)
            {
                (path[at], sure[at]) = (state, probability as f32);
            }
        }
        let roles = path.iter().map(|&state| STATES[state].role).collect();
        Decided { view, roles, begins, open, sure, continues: self.continued(&path) }
    }

    /// The line that each goes on with, where `path` is what the lines are.
    fn continued(&self, path: &[usize]) -> Vec<Option<usize>> {
        let (mut open, mut text) = (None, None);
        let step = |(i, &state): (usize, &usize)| {
            let state = STATES[state];
            let is_body = (state.role == Role::Body) & !state.held;
            let continues = if is_body { text.take() } else { open };
            open = (state.open & !is_body).then_some(i);
            text = if is_body & state.open { Some(i) } else { text };
            continues
        };
        path.iter().enumerate().map(step).collect()
    }

    /// Why each line is what it is.
    pub(super) fn explain(&self, view: &View<'_>) -> Vec<Explained> {
        let mut work = Work::default();
        let sequence = self.sequence(view, 0..view.lines.len());
        let (path, marginals) = self.model.decide(&sequence, &mut work);
        let names = self.model.states();
        let explain = |(i, &state): (usize, &usize)| {
            let own = &marginals[i * names.len()..(i + 1) * names.len()];
            let others = (0..names.len()).filter(|&other| other != state);
            let rival = others.max_by(|&a, &b| own[a].total_cmp(&own[b])).unwrap_or(state);
            Explained {
                state: names[state].clone(),
                probability: own[state],
                rival: names[rival].clone(),
                reasons: self.model.why(&sequence, &path, i, rival),
            }
        };
        path.iter().enumerate().map(explain).collect()
    }

    /// The states of lines whose `answers` are known: role, article (0 for none), and the line that each goes on with.
    pub(super) fn states_of(&self, answers: &[(Role, u32, Option<usize>)]) -> Vec<usize> {
        let mut states: Vec<State> = answers
            .iter()
            .map(|&(role, ..)| State { role, begins: false, open: false, held: false })
            .collect();
        let mut seen = Vec::new();
        for (state, &(_, article, _)) in states.iter_mut().zip(answers) {
            let new = (article > 0) & !seen.contains(&article);
            let may = MARKS.iter().any(|&(role, begins, ..)| (role == state.role) & begins);
            state.begins = new & may;
            seen.extend(new.then_some(article));
        }
        for (i, &(role, _, continues)) in answers.iter().enumerate() {
            let Some(before) = continues.filter(|_| !states[i].begins) else { continue };
            let may_be_open = MARKS.iter().any(|&(other, _, open, _)| (other == role) & open);
            let between = before + 1..i;
            let may_stand = |k: usize| {
                let (state, (other, article, continues)) = (states[k], answers[k]);
                let may = MARKS.iter().any(|&(role, .., held)| (role == other) & held) & !state.begins;
                let scrap = continues.is_none() & !state.open & (article == answers[i].1);
                may & ((other != Role::Body) | scrap)
            };
            let reachable =
                may_be_open & (between.is_empty() | (role == Role::Body)) & between.clone().all(may_stand);
            if reachable {
                states[before].open = true;
                states[between].iter_mut().for_each(|state| state.held = true);
            }
        }
        states.iter().filter_map(|state| STATES.iter().position(|known| known == state)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_goes_on_over_what_stands_in_it() {
        let decider = Decider::blank();
        let answers = [
            (Role::Headline, 1, None),
            (Role::Body, 1, None),
            (Role::Caption, 1, None),
            (Role::Credit, 1, None),
            (Role::Body, 1, Some(1)),
        ];
        let names: Vec<String> =
            decider.states_of(&answers).into_iter().map(|state| STATES[state].name()).collect();
        assert_eq!(names, ["headline,begins", "body,open", "caption,held", "credit,held", "body"]);
    }

    #[test]
    fn what_is_left_open_goes_on() {
        let state = |role, open, held| Some(State { role, begins: false, open, held });
        assert!(is_forbidden(state(Role::Body, true, false), None));
        assert!(is_forbidden(state(Role::Body, true, false), state(Role::Headline, false, false)));
        assert!(is_forbidden(state(Role::Body, false, false), state(Role::Caption, false, true)));
        assert!(is_forbidden(state(Role::Headline, true, false), state(Role::Body, false, false)));
        assert!(!is_forbidden(state(Role::Headline, true, false), state(Role::Headline, false, false)));
        assert!(!is_forbidden(state(Role::Other, false, true), state(Role::Body, false, false)));
    }
}
