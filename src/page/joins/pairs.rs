//! Two lines of one role and article, as the evidence sees them: the one above, and the one that may go on with it.

use rustc_hash::FxHashSet;

use super::brackets::{Bracket, Brackets, Open};
use crate::page::Role;
use crate::page::articles::Gathered;
use crate::page::bigrams::Bigram;
use crate::page::decide::Decided;
use crate::page::evidence::View;
use crate::page::fragments;
use crate::page::page_words::Cue;
use crate::page::scan::{self, Ending, Raw, SHORT};

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Bare,
    Stop,
    Call,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Particle,
    Figure,
}

/// How a line opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    Text,
    Closing,
    Quote,
    Bracket,
    Particle,
    Figure,
    Latin,
    Item,
    Speaker,
    Opener,
    Byline,
}

/// What stands between two lines; of several things the last of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Between {
    Nothing,
    Other,
    Masthead,
    Picture,
    Heading,
    Column,
    Text,
    Another,
}

/// A line, and the one above it of the same role and article.
pub(super) struct Pair {
    /// No line stands above it.
    pub(super) first: bool,
    pub(super) ends: Ends,
    pub(super) opens: Opens,
    pub(super) between: Between,
    pub(super) bracket: Bracket,
    pub(super) fill_above: u32,
    pub(super) fill: u32,
    pub(super) gap: u32,
    pub(super) indent: u32,
    pub(super) away: u32,
    pub(super) blanks: u32,
    pub(super) crossing: u32,
    /// What the first decision said: it starts (0), it goes on with the line above (1) or with another (2).
    pub(super) said: u32,
    pub(super) left_open: u32,
    pub(super) so_far: u32,
    pub(super) rows: u32,
    pub(super) heads: u32,
    pub(super) phrases: u32,
    pub(super) commas: u32,
    pub(super) widths: u32,
    pub(super) shared: u32,
    pub(super) sentences: u32,
    pub(super) ends_sentence: bool,
    pub(super) level: bool,
    pub(super) bold: bool,
    pub(super) greeted: bool,
    pub(super) again: bool,
    pub(super) back: bool,
    pub(super) closes_later: bool,
}

/// What is known of the page while its lines are paired.
pub(super) struct Sheet<'p> {
    decided: &'p Decided<'p>,
    gathered: &'p Gathered,
    /// For each line, whether it opens as an earlier line of running text does.
    again: Vec<bool>,
    /// Of a hundred lines of running text, those in which a sentence ends last.
    sentences: u32,
    /// What each line opens and closes.
    brackets: Vec<Brackets>,
}

/// How many bytes tell how a line opens: ten characters.
const OPENING: usize = 30;
/// How many bytes of a long paragraph are looked at for what is open.
const LOOKED_AT: usize = 6_000;
/// The most pairs of characters of a line that are compared.
const COMPARED: usize = 64;

impl<'p> Sheet<'p> {
    pub(super) fn of(decided: &'p Decided<'p>, gathered: &'p Gathered) -> Self {
        let view = decided.view;
        let mut openings: FxHashSet<&[u8]> = FxHashSet::default();
        let is_body = |i: usize| gathered.roles[i] == Role::Body;
        let again = (0..view.lines.len())
            .map(|i| {
                let line = &view.lines[i];
                let opening =
                    view.text.as_bytes().get(line.start..line.end).and_then(|line| line.get(..OPENING));
                is_body(i) & opening.is_some_and(|opening| !openings.insert(opening))
            })
            .collect();
        let texts = (0..view.lines.len()).filter(|&i| is_body(i));
        let (all, ended) =
            texts.fold((0, 0), |(all, ended), i| (all + 1, ended + u32::from(view.lines[i].ends_sentence())));
        let brackets = view.lines.iter().map(|line| Brackets::of(view.text, line)).collect();
        Self { decided, gathered, again, sentences: ended * 100 / all.max(1), brackets }
    }

    fn view(&self) -> &'p View<'p> {
        self.decided.view
    }

    /// What is known of line `i` and `before`, the line above of its role and article; `paragraph` has the lines of the
    /// paragraph that `before` ends, `next` is the line of its role and article below.
    pub(super) fn pair(
        &self,
        before: Option<usize>,
        i: usize,
        paragraph: &[usize],
        next: Option<usize>,
    ) -> Pair {
        let view = self.view();
        let line = &view.lines[i];
        let above = before.map(|before| &view.lines[before]);
        let both =
            |holds: &dyn Fn(usize) -> bool| u32::from(before.is_some_and(holds)) + 2 * u32::from(holds(i));
        let (bracket, closes_later) =
            before.map_or((Bracket::None, false), |_| self.bracket(paragraph, i, next));
        let continues = self.decided.continues[i];
        Pair {
            first: before.is_none(),
            ends: above.map_or(Ends::Bare, |above| ends(view, above)),
            opens: opens(view, i),
            between: before.map_or(Between::Nothing, |before| self.between(before, i)),
            bracket,
            fill_above: before.map_or(0, |before| view.filled(before)),
            fill: view.filled(i),
            gap: view.spacing(i),
            indent: view.indent(i),
            away: before.map_or(0, |before| (i - before - 1) as u32),
            blanks: line.blanks,
            crossing: before.map_or(0, |before| view.crossing(before, i)),
            said: match continues {
                None => 0,
                Some(_) if continues == before => 1,
                Some(_) => 2,
            },
            left_open: before.map_or(0, |before| (self.decided.open[before] * 100.0) as u32),
            so_far: paragraph.len() as u32,
            rows: both(&|i| fragments::is_row(view.text, view.lines, i)),
            heads: both(&|i| view.lines[i].could_head()),
            phrases: both(&|i| view.lines[i].phrases),
            commas: both(&|i| view.lines[i].commas > 0),
            widths: above.map_or(0, width) * 4 + width(line),
            shared: before.map_or(0, |before| self.shared(before, i)),
            sentences: self.sentences,
            ends_sentence: line.ends_sentence(),
            level: line.level > 0,
            bold: line.bold,
            greeted: above.is_some_and(|above| above.has(Cue::Salutation) & (above.ending == Ending::Open)),
            again: self.again[i],
            back: i.checked_sub(1).is_some_and(|above| {
                self.gathered.owners[above].is_some()
                    & (self.gathered.owners[above] != self.gathered.owners[i])
            }),
            closes_later,
        }
    }

    fn between(&self, before: usize, i: usize) -> Between {
        let kind = |k: usize| match self.gathered.roles[k] {
            _ if self.gathered.owners[k].is_some_and(|owner| Some(owner) != self.gathered.owners[i]) => {
                Between::Another
            }
            Role::Other => Between::Other,
            Role::Masthead => Between::Masthead,
            Role::Caption | Role::Credit => Between::Picture,
            Role::Column => Between::Column,
            Role::Body => Between::Text,
            _ => Between::Heading,
        };
        (before + 1..i).map(kind).max().unwrap_or(Between::Nothing)
    }

    /// What brackets say of line `i` behind `paragraph`, and whether the `next` line closes what is open.
    fn bracket(&self, paragraph: &[usize], i: usize, next: Option<usize>) -> (Bracket, bool) {
        let mut looked_at = 0;
        // The last lines first: what is open there is open at the end.
        let from = paragraph.iter().rev().take_while(|&&k| {
            looked_at += self.view().lines[k].content(self.view().text).len();
            looked_at < LOOKED_AT
        });
        let from = paragraph.len() - from.count();
        let mut open = Open::default();
        paragraph[from..].iter().for_each(|&k| self.brackets[k].behind(&mut open));
        (self.brackets[i].beside(&open), next.is_some_and(|next| self.brackets[next].closes(&open)))
    }

    fn shared(&self, before: usize, i: usize) -> u32 {
        let bigrams = |k: usize| self.view().bigrams.on(k).iter().take(COMPARED);
        let above: FxHashSet<&Bigram> = bigrams(before).collect();
        bigrams(i).filter(|bigram| above.contains(bigram)).count() as u32
    }
}

fn width(line: &Raw) -> u32 {
    match line.width {
        ..=12 => 0,
        13..=44 => 1,
        45..=SHORT => 2,
        _ => 3,
    }
}

fn ends(view: &View<'_>, line: &Raw) -> Ends {
    let last = line.content(view.text).chars().next_back().unwrap_or_default();
    match line.ending {
        Ending::Stop => Ends::Stop,
        Ending::Call => Ends::Call,
        Ending::Open => match last {
            '：' | ':' => Ends::Colon,
            '；' | ';' => Ends::Semicolon,
            '—' | '-' | '～' | '~' | '·' => Ends::Dash,
            _ => Ends::Comma,
        },
        Ending::Bare if view.page_words.lists.particles.contains(last) => Ends::Particle,
        Ending::Bare if last.is_ascii_alphanumeric() => Ends::Figure,
        Ending::Bare => Ends::Bare,
    }
}

fn opens(view: &View<'_>, i: usize) -> Opens {
    let (line, lists) = (&view.lines[i], &view.page_words.lists);
    let content = line.content(view.text);
    let first = content.chars().next().unwrap_or_default();
    let item = || {
        scan::opens_with_number(content)
            | lists.items.iter().any(|mark| content.starts_with(mark.as_str()))
            | lists.item_marks.contains(first)
    };
    match first {
        _ if view.opens(i) => Opens::Byline,
        '，' | '。' | '、' | '；' | '：' | '”' | '’' | '」' | '』' | '）' | ')' | '》' | '！' | '？'
        | ',' | '.' => Opens::Closing,
        _ if item() => Opens::Item,
        _ if scan::opens_with_speaker(content) => Opens::Speaker,
        '“' | '‘' | '「' | '『' | '"' => Opens::Quote,
        '（' | '(' | '《' | '【' | '〔' | '[' => Opens::Bracket,
        '的' | '了' | '着' | '们' | '之' => Opens::Particle,
        c if c.is_ascii_digit() => Opens::Figure,
        c if c.is_ascii_alphabetic() => Opens::Latin,
        _ if line.has(Cue::BodyOpener) => Opens::Opener,
        _ => Opens::Text,
    }
}
