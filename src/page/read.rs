//! How a page is read: what each line is, which article it belongs to, which line it goes on with.

use super::corrections;
use std::collections::{HashMap, HashSet};

use super::articles::Gathered;
use super::byline::PageBylines;
use super::decide::Decided;
use super::evidence::View;
use super::header;
use super::learn::Answer;
use super::outline::{Outline, OutlinedArticle, OutlinedLine};
use super::page_words::{Cue, PageWords};
use super::profile::{Known, Profiles};
use super::scan::{Raw, SHORT};
use super::weights::Weights;
use super::{Masthead, Role, fragments, nameplate};
use crate::source::{StoryPart, Told};

/// What lines say by themselves, whatever stands around them: data above a text that a program wrote.
pub(super) struct Given {
    /// The roles of header lines.
    roles: Vec<Option<Role>>,
    /// What is a heading for certain.
    headings: Vec<header::Heading>,
    headers: Vec<header::Header>,
    /// Lines that say a day piece by piece.
    days: Vec<usize>,
    /// What is told of which article they belong to.
    told: Vec<Option<Told>>,
}

impl Given {
    /// Reads the header lines of a page, and takes their labels off.
    pub(super) fn of(text: &str, lines: &mut [Raw], page_words: &PageWords) -> Self {
        let mut roles = vec![None; lines.len()];
        let (headers, headings) = header::take_headers(text, lines, &mut roles, page_words);
        header::take_column_labels(text, lines, &mut roles, page_words);
        header::mark_databases(text, lines, &mut roles, page_words);
        let told = lines.iter().map(|line| line.place.and_then(|place| place.told)).collect();
        let pieces = |i: &usize| [0, 1, 2].map(|piece| lines[i + piece].content(text));
        let days = (0..lines.len().saturating_sub(2)).filter(|i| fragments::is_day_in_pieces(pieces(i)));
        let days = days.flat_map(|first| first..first + 3).collect();
        Self { roles, headings, headers, days, told }
    }

    /// Gives lines that are told of to their articles, each to one of its own; of the articles that were found none keeps
    /// lines that are not told of beside such as are.
    fn assign(&self, gathered: &mut Gathered, lines: &[Raw]) {
        if self.told.iter().all(Option::is_none) {
            return;
        }
        let mut found: Vec<Option<usize>> = vec![None; gathered.articles.len()];
        let told_of: HashSet<usize> =
            self.told.iter().zip(&gathered.owners).filter_map(|(told, owner)| told.and(*owner)).collect();
        let (mut stories, mut articles) = (HashMap::new(), Vec::new());
        for (i, told) in self.told.iter().enumerate() {
            let Some(told) = told else {
                let owner = gathered.owners[i].filter(|owner| !told_of.contains(owner));
                gathered.owners[i] = owner.map(|owner| {
                    *found[owner].get_or_insert_with(|| {
                        articles.push(OutlinedArticle { column: None, ..gathered.articles[owner].clone() });
                        articles.len() - 1
                    })
                });
                let is_owned = gathered.owners[i].is_some() | (gathered.roles[i] == Role::Masthead);
                gathered.roles[i] = if is_owned { gathered.roles[i] } else { Role::Other };
                continue;
            };
            if told.part == StoryPart::Advertisement {
                (gathered.owners[i], gathered.roles[i]) = (None, Role::Other);
                continue;
            }
            let number = *stories.entry(told.story).or_insert_with(|| {
                let story = Some(told.story);
                articles.push(OutlinedArticle { level: lines[i].level, story, ..OutlinedArticle::default() });
                articles.len() - 1
            });
            let role = part_role(told.part, gathered.roles[i]);
            (gathered.owners[i], gathered.roles[i]) = (Some(number), role);
            let article: &mut OutlinedArticle = &mut articles[number];
            article.headed |= role == Role::Headline;
            article.paragraphs += usize::from(role == Role::Body);
            article.column = article.column.or((role == Role::Column).then_some(i));
        }
        // A heading has a headline: its largest line, else its first.
        for (number, article) in articles.iter_mut().enumerate().filter(|(_, article)| !article.headed) {
            let is_heading = |&i: &usize| {
                gathered.owners[i] == Some(number)
                    && self.told[i].is_some_and(|told| told.part == StoryPart::Heading)
            };
            let heading: Vec<usize> = (0..lines.len()).filter(is_heading).collect();
            let largest = heading.iter().copied().find(|&i| lines[i].level > 0);
            if let Some(i) = largest.or(heading.first().copied()) {
                gathered.roles[i] = Role::Headline;
                article.headed = true;
            }
        }
        gathered.articles = articles;
    }

    /// Lets the first decision know of them.
    fn settle(&self, decided: &mut Decided<'_>) {
        for (role, given) in decided.roles.iter_mut().zip(&self.roles) {
            *role = given.unwrap_or(*role);
        }
        for &line in &self.days {
            (decided.roles[line], decided.begins[line]) = (Role::Masthead, 0.0);
        }
        for heading in &self.headings {
            decided.roles[heading.line] = heading.role;
            decided.begins[heading.line] = f32::from(u8::from(heading.begins));
        }
    }
}

/// What a line of this part of an article is that looks like `role`.
fn part_role(part: StoryPart, role: Role) -> Role {
    let (may_be, else_is): (&[Role], Role) = match part {
        StoryPart::Heading => (&[Role::Column, Role::Kicker, Role::Headline, Role::Subhead], Role::Headline),
        StoryPart::Body => (&[Role::Body, Role::Section, Role::Caption, Role::Credit], Role::Body),
        StoryPart::Caption => (&[Role::Caption, Role::Credit], Role::Caption),
        StoryPart::Advertisement => (&[Role::Other], Role::Other),
    };
    if may_be.contains(&role) { role } else { else_is }
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
    page_words: &PageWords,
    profiles: &Profiles,
    weights: &Weights,
    bylines: &PageBylines<'_>,
) -> Outline {
    let paper = mark_known(text, lines, profiles);
    let given = Given::of(text, lines, page_words);
    let lines: &[Raw] = lines;
    let view = View::new(text, lines, page_words, bylines);
    let decided = decided(&view, &given, weights);
    let mut gathered = weights.articles.gather(&decided);
    given.assign(&mut gathered, lines);
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
    let outline = |i: usize| OutlinedLine {
        role: gathered.roles[i],
        article: gathered.owners[i],
        continues: continues[i],
        duplicate_of: None,
        confidence: Some(if told.get(i).is_some_and(Option::is_some) { 1.0 } else { decided.sure[i] }),
    };
    Outline {
        lines: (0..lines.len()).map(outline).collect(),
        articles: gathered.articles,
        masthead,
        imprints,
        headers: given.headers,
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
