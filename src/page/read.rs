//! How a page is read: what each line is, which article it belongs to, which line it goes on with.

use super::corrections;
use super::decide::Decided;
use super::evidence::View;
use super::header;
use super::learn::Answer;
use super::lexicon::{Cue, Lexicon};
use super::outline::{Draft, Outline};
use super::profile::{Known, Profiles};
use super::scan::{Raw, SHORT};
use super::weights::Weights;
use super::{Masthead, Role, nameplate};

/// What lines say by themselves, whatever stands around them: data above a text that a program wrote.
pub(super) struct Given {
    /// The roles of header lines.
    roles: Vec<Option<Role>>,
    /// The lines that are headlines for certain.
    headlines: Vec<usize>,
    headers: Vec<header::Header>,
}

impl Given {
    /// Reads the header lines of a page, and takes their labels off.
    pub(super) fn of(text: &str, lines: &mut [Raw], lexicon: &Lexicon) -> Self {
        let mut roles = vec![None; lines.len()];
        let (headers, headlines) = header::mark(text, lines, &mut roles, lexicon);
        header::mark_columns(text, lines, &mut roles, lexicon);
        Self { roles, headlines, headers }
    }

    /// Lets the first decision know of them.
    fn settle(&self, decided: &mut Decided<'_>) {
        for (role, given) in decided.roles.iter_mut().zip(&self.roles) {
            *role = given.unwrap_or(*role);
        }
        for &line in &self.headlines {
            decided.roles[line] = Role::Headline;
            decided.begins[line] = 1.0;
        }
    }
}

/// What the lines of a page are, as `weights` say.
pub(super) fn decided<'p>(view: &'p View<'p>, given: &Given, weights: &Weights) -> Decided<'p> {
    let mut decided = weights.lines.decide(view);
    given.settle(&mut decided);
    decided
}

/// Reads a page; `told` has what a person told of each line, or nothing at all.
pub(super) fn read(
    text: &str,
    lines: &mut [Raw],
    told: &[Option<Answer>],
    lexicon: &Lexicon,
    profiles: &Profiles,
    weights: &Weights,
) -> Outline {
    let paper = mark_known(text, lines, profiles);
    let given = Given::of(text, lines, lexicon);
    let lines: &[Raw] = lines;
    let view = View::new(text, lines, lexicon);
    let decided = decided(&view, &given, weights);
    let mut gathered = weights.articles.gather(&decided);
    corrections::settle(&mut gathered, told);
    let (masthead, imprints) = nameplate::read(&view, &gathered.roles, |i| given.roles[i].is_some());
    let named = masthead.newspaper.is_some() | masthead.date.is_some() | masthead.issue_number.is_some();
    if told.is_empty() {
        gathered.take_for_text(|i| {
            lines[i].markup | view.is_folio(i) | (named & (decided.roles[i] == Role::Masthead))
        });
    }
    let mut continues = weights.joins.join(&decided, &gathered);
    corrections::join(&gathered, told, &mut continues);
    let masthead = Masthead { newspaper: paper.or(masthead.newspaper), ..masthead };
    let draft = |i: usize| Draft {
        role: gathered.roles[i],
        article: gathered.owners[i],
        continues: continues[i],
        duplicate_of: None,
        confidence: Some(if told.get(i).is_some_and(Option::is_some) { 1.0 } else { decided.sure[i] }),
    };
    Outline {
        drafts: (0..lines.len()).map(draft).collect(),
        articles: gathered.articles,
        masthead,
        imprints,
        headers: given.headers,
        bylines: (0..lines.len()).map(|i| view.opens(i)).collect(),
        ..Outline::default()
    }
}

/// How many lines at the head and at the foot of a page may be a masthead.
const HEAD: usize = 60;
const FOOT: usize = 12;

/// Lets lines know what the profile of their paper knows of them. The name of the paper, where it has one.
pub(super) fn mark_known(text: &str, lines: &mut [Raw], profiles: &Profiles) -> Option<String> {
    let head = lines.iter().take(HEAD).chain(lines.iter().skip(HEAD).rev().take(FOOT));
    let paper = profiles.of_page(head.filter(|line| line.width <= SHORT).map(|line| line.content(text)))?;
    for line in lines.iter_mut().filter(|line| line.width <= SHORT) {
        match paper.knows(line.content(text)) {
            Some(Known::Column) => line.cues.add(Cue::ColumnWord),
            Some(Known::Name | Known::Motto) => line.cues.add(Cue::Own),
            None => {}
        }
    }
    Some(paper.profile.name.clone()).filter(|name| !name.is_empty())
}
