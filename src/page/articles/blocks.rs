//! A page whose lines have roles, as the evidence sees it: the lines that articles own, and the sections that headings
//! make of them.

use std::ops::Range;

use super::super::Role;
use super::super::bigrams::Bigram;
use super::super::decide::Decided;
use super::super::evidence::{View, boxes};
use super::super::page_words::{Cue, PageWords};
use super::super::scan::{self, Ending, Raw};
use super::topic::{self, Shares};

/// The width of a page number or a crumb, in columns.
const DUST: u32 = 6;
/// How many headings above and below are compared.
const NEAR: usize = 6;
/// By how many columns headings of one kind may differ.
const SLACK: u32 = 10;
/// How far above text may wait for its sentence to go on, in lines.
const PATIENCE: usize = 80;
/// Blocks, circles, stars and other signs that print sets in front of items.
const SIGNS: std::ops::RangeInclusive<char> = '\u{2580}'..='\u{27bf}';
/// The most bytes that what an item is about takes, set bold or in brackets in front of it.
const ITEM_NAME: usize = 36;

/// What stands between a line and the line above that an article owns; the later outranks the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Between {
    Nothing,
    Mark,
    Dust,
    Other,
    Masthead,
    Edition,
}

/// Whom a line credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    No,
    Nobody,
    Writer,
    Picture,
    Both,
}

/// A line that an article owns.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its place among the pieces.
    pub(super) at: usize,
    /// Its place among the lines.
    pub(super) line: usize,
    pub(super) role: Role,
    pub(super) joins: bool,
    /// How likely it begins an article, of a hundred.
    pub(super) begins: u32,
    pub(super) between: Between,
    /// The section that it stands in.
    pub(super) section: usize,
    pub(super) lead: bool,
    pub(super) signs: Signs,
    /// Paragraphs between it and the heading above.
    pub(super) texts_above: u32,
    /// The role, counted from 1, of the last line that was said to begin an article; 0 where there is none.
    pub(super) began: u32,
    /// What it opens with as an item of a list; 0 for nothing.
    pub(super) mark: u32,
    pub(super) time: bool,
    pub(super) opener: bool,
    pub(super) shown: bool,
    pub(super) from_page: bool,
    pub(super) speaks: bool,
    /// Whether text that was left in a sentence waits in its section (1), in the one before (2) or earlier (3).
    pub(super) waits: u32,
    /// Whether the text right above is left in a sentence.
    pub(super) left_open: bool,
}

impl Piece {
    pub(super) fn is_heading(&self) -> bool {
        self.role.is_heading()
    }

    fn starts_text(&self) -> bool {
        (self.role == Role::Body) & !self.joins
    }
}

/// A heading with what stands under it.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// Its first piece.
    pub(super) start: usize,
    /// Behind its last.
    pub(super) end: usize,
    /// The first piece behind its heading.
    text: usize,
    /// What its heading holds.
    pub(super) holds: u32,
    /// How what stands under it opens.
    pub(super) opening: u32,
    /// How the last line of its text is signed.
    pub(super) closes: u32,
    /// How many paragraphs it has.
    pub(super) texts: u32,
    /// How many of a hundred pairs of its text stand in the section before.
    pub(super) echo: u32,
    /// How many stand in earlier ones.
    pub(super) echo_earlier: u32,
}

impl Section {
    /// Whether a byline opens its text.
    pub(super) fn is_led(&self) -> bool {
        matches!(self.opening, 2 | 3)
    }
}

/// A page as the evidence sees it.
pub(super) struct Blocks<'p> {
    page: &'p Decided<'p>,
    pub(super) pieces: Vec<Piece>,
    pub(super) sections: Vec<Section>,
    shares: Vec<Shares>,
    /// The piece of running text above each, itself left out.
    texts: Vec<Option<usize>>,
    /// The first line of the paragraph above each, itself left out.
    text_starts: Vec<Option<usize>>,
    /// The last line with the role of a headline before the heading of each section.
    headlines: Vec<Option<usize>>,
    /// The level of most headings that have a byline under them.
    pub(super) led_level: Option<u8>,
    /// How many headings have each level.
    pub(super) of_level: [u32; 8],
    /// How many blank lines stand before most lines.
    pub(super) usual_gap: u32,
}

impl<'p> Blocks<'p> {
    pub(super) fn of(page: &'p Decided<'p>) -> Self {
        let mut pieces = pieces(page);
        let mut sections = sections(&mut pieces);
        let raws: Vec<&Raw> = pieces.iter().map(|piece| &page.view.lines[piece.line]).collect();
        let stretches: Vec<Range<usize>> =
            sections.iter().map(|section| section.start..section.end).collect();
        let lines: Vec<usize> = pieces.iter().map(|piece| piece.line).collect();
        let shares = topic::shares(&page.view.bigrams, &lines, &stretches);
        let (mut headlines, mut headline) = (Vec::new(), None);
        for section in &mut sections {
            headlines.push(headline);
            let own = &pieces[section.start..section.end];
            headline =
                own.iter().find(|piece| piece.role == Role::Headline).map(|piece| piece.at).or(headline);
            let of =
                |count: fn(&Shares) -> u32| shares[section.text..section.end].iter().map(count).sum::<u32>();
            let pairs = of(|share| share.pairs).max(1);
            section.echo = of(|share| share.last) * 100 / pairs;
            section.echo_earlier = of(|share| share.earlier) * 100 / pairs;
        }
        let mut of_level = [0; 8];
        raws.iter().for_each(|raw| of_level[usize::from(raw.level.min(7))] += 1);
        let mut gaps = [0u32; 8];
        raws.iter().for_each(|raw| gaps[raw.blanks.min(7) as usize] += 1);
        let usual_gap = (0..8u32).rev().max_by_key(|&gap| gaps[gap as usize]).unwrap_or_default();
        let (texts, text_starts) =
            (above(&pieces, |piece| piece.role == Role::Body), above(&pieces, Piece::starts_text));
        let mut blocks = Self {
            page,
            pieces,
            sections,
            shares,
            texts,
            text_starts,
            headlines,
            led_level: None,
            of_level,
            usual_gap,
        };
        blocks.led_level = blocks.led_level();
        blocks.mark_waiting();
        blocks
    }

    pub(super) fn raw(&self, piece: &Piece) -> &Raw {
        &self.page.view.lines[piece.line]
    }

    /// The piece `far` above.
    pub(super) fn before(&self, piece: &Piece, far: usize) -> Option<&Piece> {
        piece.at.checked_sub(far).map(|at| &self.pieces[at])
    }

    /// The piece below.
    pub(super) fn behind(&self, piece: &Piece) -> Option<&Piece> {
        self.pieces.get(piece.at + 1)
    }

    pub(super) fn text_above(&self, piece: &Piece) -> Option<&Piece> {
        self.texts[piece.at].map(|at| &self.pieces[at])
    }

    pub(super) fn text_start_above(&self, piece: &Piece) -> Option<&Piece> {
        self.text_starts[piece.at].map(|at| &self.pieces[at])
    }

    pub(super) fn headline_above(&self, piece: &Piece) -> Option<&Piece> {
        self.headlines[piece.section].map(|at| &self.pieces[at])
    }

    /// Whether the story above a piece has a byline: its own section where it is text, the last with a headline else.
    pub(super) fn led(&self, piece: &Piece) -> bool {
        let own = (!piece.is_heading()).then_some(piece.section);
        let above = self.headline_above(piece).map(|headline| headline.section);
        let led = |section: usize| self.sections[section].is_led();
        own.is_some_and(led) | above.is_some_and(led)
    }

    /// How many headings near by are of one line, the level and about the width of this one; and how many of them have a
    /// byline under them.
    pub(super) fn parallel(&self, piece: &Piece) -> (u32, u32) {
        if !piece.is_heading() {
            return (0, 0);
        }
        let own = self.raw(piece);
        let near = piece.section.saturating_sub(NEAR)..(piece.section + NEAR + 1).min(self.sections.len());
        let alike = |&at: &usize| {
            let section = &self.sections[at];
            let other = self.raw(&self.pieces[section.start]);
            (at != piece.section)
                & (section.text == section.start + 1)
                & (own.level == other.level)
                & (own.width.abs_diff(other.width) <= SLACK)
        };
        let all = near.clone().filter(alike).count();
        let led = near.filter(alike).filter(|&at| self.sections[at].is_led()).count();
        (all as u32, led as u32)
    }

    fn led_level(&self) -> Option<u8> {
        let mut led = [0u32; 8];
        for section in self.sections.iter().filter(|section| section.is_led()) {
            let heading =
                self.pieces[section.start..section.text].iter().find(|piece| piece.role == Role::Headline);
            heading.into_iter().for_each(|heading| led[usize::from(self.raw(heading).level.min(7))] += 1);
        }
        (0..8u8).max_by_key(|&level| led[usize::from(level)]).filter(|&level| led[usize::from(level)] > 0)
    }

    /// What is `said` of the place of a piece.
    pub(super) fn place(&self, piece: &Piece, said: fn(&View<'_>, usize) -> u32) -> u32 {
        said(self.page.view, piece.line)
    }

    /// Whether a line of the heading that a piece stands under begins something by its place: 0 where no place is known,
    /// 1 where none does, 2 where one does.
    pub(super) fn heading_opens(&self, piece: &Piece) -> u32 {
        let section = &self.sections[piece.section];
        let heading = &self.pieces[section.start..section.text.max(section.start + 1).min(self.pieces.len())];
        let opens = heading.iter().any(|piece| self.place(piece, boxes::opens) > 0);
        u32::from(self.raw(piece).place.is_some()) * (1 + u32::from(opens))
    }

    /// The level of the headline that a piece of a heading stands with; its own where there is none.
    pub(super) fn headline_level(&self, piece: &Piece) -> u8 {
        let heading = &self.pieces[piece.at..self.sections[piece.section].text.max(piece.at + 1)];
        let headline = heading.iter().find(|piece| piece.role == Role::Headline);
        self.raw(headline.unwrap_or(piece)).level
    }

    /// How many of a hundred pairs of a piece are of one sort.
    pub(super) fn share(&self, piece: &Piece, of: fn(&Shares) -> u32) -> u32 {
        let shares = &self.shares[piece.at];
        of(shares) * 100 / shares.pairs.max(1)
    }

    /// The places of the pairs of characters on a piece.
    pub(super) fn bigrams(&self, at: usize) -> &'p [Bigram] {
        self.page.view.bigrams.on(self.pieces[at].line)
    }

    /// Fills in what waits: text that was left in a sentence, and does not go on in the next line of text.
    fn mark_waiting(&mut self) {
        let mut waiting: Option<usize> = None;
        for at in 0..self.pieces.len() {
            let open = self.texts[at].filter(|&above| !self.raw(&self.pieces[above]).ends_sentence());
            let section = self.pieces[at].section;
            if let Some(waits) = waiting.filter(|&waits| at - waits <= PATIENCE) {
                self.pieces[at].waits = (section - self.pieces[waits].section).min(2) as u32 + 1;
            }
            let piece = &mut self.pieces[at];
            piece.left_open = open.is_some();
            waiting = match (piece.role, piece.joins) {
                (Role::Body, false) => open.or(waiting),
                (Role::Body, true) => waiting.filter(|_| open.is_some()),
                _ => waiting,
            };
        }
    }
}

/// How a line ends, as the evidence names it.
pub(super) fn ending(line: &Raw) -> u32 {
    match line.ending {
        Ending::Stop => 1,
        Ending::Call => 2,
        Ending::Open => 3,
        Ending::Bare => 4,
    }
}

/// For each piece the last before it that is so.
fn above(pieces: &[Piece], is: impl Fn(&Piece) -> bool) -> Vec<Option<usize>> {
    let mut last = None;
    let step = |piece: &Piece| {
        let before = last;
        last = if is(piece) { Some(piece.at) } else { last };
        before
    };
    pieces.iter().map(step).collect()
}

fn pieces(page: &Decided<'_>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut between = Between::Nothing;
    let (mut began, mut texts_above) = (0, 0);
    for (i, &role) in page.roles.iter().enumerate() {
        let line = &page.view.lines[i];
        if matches!(role, Role::Masthead | Role::Other) {
            between = between.max(furniture(line, role));
            continue;
        }
        texts_above = if role.is_heading() { 0 } else { texts_above };
        let content = line.content(page.view.text);
        let piece = Piece {
            at: pieces.len(),
            line: i,
            role,
            joins: page.continues[i].is_some(),
            begins: (page.begins[i] * 100.0) as u32,
            between: std::mem::replace(&mut between, Between::Nothing),
            section: 0,
            lead: page.view.opens(i),
            signs: signs(page, i),
            texts_above,
            began,
            mark: if page.continues[i].is_some() {
                0
            } else {
                item_mark(content, line.bold, page.view.page_words)
            },
            time: scan::opens_with_time(content),
            opener: line.has(Cue::BodyOpener),
            shown: line.has(Cue::CaptionOpener),
            from_page: line.has(Cue::Turn) && content.chars().take(3).any(|c| c == '接'),
            speaks: scan::opens_with_speaker(content),
            waits: 0,
            left_open: false,
        };
        texts_above += u32::from(piece.starts_text());
        began = if piece.begins >= 50 { role as u32 + 1 } else { began };
        pieces.push(piece);
    }
    pieces
}

/// What a line is that no article owns.
fn furniture(line: &Raw, role: Role) -> Between {
    match role {
        Role::Masthead if line.has(Cue::Edition) => Between::Edition,
        Role::Masthead => Between::Masthead,
        _ if line.markup => Between::Mark,
        _ if line.width <= DUST => Between::Dust,
        _ => Between::Other,
    }
}

/// Whom line `i` credits.
fn signs(page: &Decided<'_>, i: usize) -> Signs {
    let [whole, end] = page.view.credits(i);
    let credited = match page.roles[i] {
        Role::Credit => whole.max(1),
        Role::Body | Role::Caption => end,
        _ => 0,
    };
    [Signs::No, Signs::Nobody, Signs::Writer, Signs::Picture]
        .get(credited as usize)
        .copied()
        .unwrap_or(Signs::Both)
}

/// What a line opens with as an item of a list does: its mark, or 1 for what it is about, bold or in brackets.
fn item_mark(content: &str, bold: bool, page_words: &PageWords) -> u32 {
    let first = content.chars().next().unwrap_or_default();
    let named = |open: &str, close: &str| {
        let inner = content.strip_prefix(open).and_then(|rest| rest.split_once(close));
        inner.is_some_and(|(name, rest)| (name.len() <= ITEM_NAME) & !rest.is_empty())
    };
    match first {
        c if SIGNS.contains(&c) | page_words.lists.item_marks.contains(c) => c as u32,
        '【' if named("【", "】") => 1,
        '*' if !bold && named("**", "**") => 1,
        _ => 0,
    }
}

/// Parts the pieces by headings, and tells each what waits above it.
fn sections(pieces: &mut [Piece]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut inside = false;
    for (at, piece) in pieces.iter_mut().enumerate() {
        let heads = piece.is_heading();
        if sections.is_empty() | (heads & !inside) {
            sections.push(Section { start: at, text: at, ..Section::default() });
        }
        inside = heads;
        piece.section = sections.len() - 1;
        let Some(section) = sections.last_mut() else { continue };
        section.end = at + 1;
        section.texts += u32::from(piece.starts_text());
        section.text = if heads { at + 1 } else { section.text };
    }
    let last = sections.len();
    for (number, section) in sections.iter_mut().enumerate() {
        let holds = |role: Role| pieces[section.start..section.text].iter().any(|piece| piece.role == role);
        section.holds = held(holds);
        let text = &pieces[section.text..section.end];
        let signed = text.iter().rev().take(2).find(|piece| piece.signs != Signs::No);
        section.closes = signed.map_or(0, |piece| piece.signs as u32);
        section.opening =
            opening(pieces.get(section.text).filter(|piece| piece.section == number), number + 1 < last);
    }
    sections
}

fn held(holds: impl Fn(Role) -> bool) -> u32 {
    let [label, kicker, headline, subhead, section] =
        [Role::Column, Role::Kicker, Role::Headline, Role::Subhead, Role::Section].map(&holds);
    match (headline, label, kicker, subhead) {
        (true, true, ..) => 7,
        (true, _, true, true) => 6,
        (true, _, _, true) => 5,
        (true, _, true, _) => 4,
        (true, ..) => 3,
        (false, true, ..) => 1,
        _ if section => 2,
        _ => 0,
    }
}

fn opening(first: Option<&Piece>, more: bool) -> u32 {
    match first {
        None => {
            if more {
                6
            } else {
                0
            }
        }
        Some(piece) if piece.role == Role::Credit => {
            if piece.signs == Signs::Picture {
                5
            } else {
                3
            }
        }
        Some(piece) if piece.role == Role::Caption => 4,
        Some(piece) => {
            if piece.lead {
                2
            } else {
                1
            }
        }
    }
}
