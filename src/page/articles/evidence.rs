//! Evidence for which article a line belongs to. A fact decides nothing; the chain weighs all of them, each apart for
//! every role.
//!
//! Each fact has a name, a sentence that says what it means, and a function; all are listed once, in [`FACTS`].

use std::ops::Range;

use super::blocks::{Blocks, Piece};
use crate::chain::{self, Sequence};
use crate::page::Role;
use crate::page::evidence::boxes;
use crate::page::scale::{ByRole, Scale};

/// One fact.
pub(super) struct Fact {
    /// Its name, as the weights have it.
    pub(super) name: &'static str,
    /// What it says of a line.
    pub(super) says: &'static str,
    scale: Scale,
    of: fn(&Blocks<'_>, &Piece) -> u32,
}

const fn flag(name: &'static str, says: &'static str, of: fn(&Blocks<'_>, &Piece) -> u32) -> Fact {
    Fact { name, says, scale: Scale::Flag, of }
}

const fn steps(
    name: &'static str,
    says: &'static str,
    steps: &'static [u32],
    of: fn(&Blocks<'_>, &Piece) -> u32,
) -> Fact {
    Fact { name, says, scale: Scale::Steps(steps), of }
}

const fn names(
    name: &'static str,
    says: &'static str,
    names: &'static [&'static str],
    of: fn(&Blocks<'_>, &Piece) -> u32,
) -> Fact {
    Fact { name, says, scale: Scale::Names(names), of }
}

const COUNTS: &[u32] = &[1, 2, 3, 5, 9];
const SHARES: &[u32] = &[1, 10, 20, 35, 60];
const LEVELS: &[u32] = &[1, 2, 3, 4];

/// The names of roles, with nothing for the edge of the page.
const ROLES: [&str; 11] = [
    "edge", "masthead", "column", "kicker", "headline", "subhead", "section", "body", "caption", "credit",
    "other",
];

fn role(piece: Option<&Piece>) -> u32 {
    piece.map_or(0, |piece| piece.role as u32 + 1)
}

/// Every fact, in order.
pub(super) const FACTS: &[Fact] = &[
    flag("is", "Holds of every line.", |_, _| 1),
    names("above", "The role of the line above that an article owns.", &ROLES, |blocks, piece| {
        role(blocks.before(piece, 1))
    }),
    names("above-that", "The role of the one above that.", &ROLES, |blocks, piece| {
        role(blocks.before(piece, 2))
    }),
    names("below", "The role of the line below that an article owns.", &ROLES, |blocks, piece| {
        role(blocks.behind(piece))
    }),
    steps(
        "said",
        "In how many of a hundred cases it begins an article, as far as it and its neighbours say.",
        &[2, 10, 30, 50, 70, 90, 98],
        |_, piece| piece.begins,
    ),
    flag("joins", "It goes on with the sentence or the heading above.", |_, piece| piece.joins.into()),
    names(
        "between",
        "What no article owns stands before it.",
        &["", "mark", "dust", "other", "masthead", "edition"],
        |_, piece| piece.between as u32,
    ),
    steps("gap", "Blank lines before it.", LEVELS, |blocks, piece| blocks.raw(piece).blanks),
    steps(
        "more-gap",
        "Blank lines before it, beyond those that lines of the page have.",
        LEVELS,
        |blocks, piece| blocks.raw(piece).blanks.saturating_sub(blocks.usual_gap),
    ),
    steps("level", "The level of its heading mark.", LEVELS, |blocks, piece| blocks.raw(piece).level.into()),
    names("level-beside", "Its heading mark beside that of the headline above.", &BESIDE, |blocks, piece| {
        beside(blocks.raw(piece).level, blocks.headline_above(piece).map(|above| blocks.raw(above).level))
    }),
    names("level-below", "Its heading mark beside that of the next heading.", &BESIDE, |blocks, piece| {
        let next = blocks.sections.get(piece.section + 1);
        beside(blocks.raw(piece).level, next.map(|next| blocks.raw(&blocks.pieces[next.start]).level))
    }),
    names(
        "level-led",
        "Its heading mark beside that of most headings with a byline under them.",
        &BESIDE,
        |blocks, piece| beside(blocks.raw(piece).level, blocks.led_level),
    ),
    names("closes", "How the text under its heading is signed at its end.", &SIGNS, |blocks, piece| {
        blocks.sections[piece.section].closes
    }),
    names(
        "closes-above",
        "How the text under the heading before is signed at its end.",
        &SIGNS,
        |blocks, piece| piece.section.checked_sub(1).map_or(0, |above| blocks.sections[above].closes),
    ),
    steps("same-level", "How many headings of the page have its level.", COUNTS, |blocks, piece| {
        blocks.of_level[usize::from(blocks.raw(piece).level.min(7))]
    }),
    flag("indent", "It is set in.", |blocks, piece| blocks.raw(piece).indent.into()),
    flag("box-opens", "Its place on the page says that it begins something.", |blocks, piece| {
        blocks.place(piece, boxes::opens)
    }),
    names("box-size", "The size of its characters beside running text.", &boxes::SIZES, |blocks, piece| {
        blocks.place(piece, boxes::size)
    }),
    names("box-gap", "The white above it on the page.", &boxes::GAPS, |blocks, piece| {
        blocks.place(piece, boxes::gap)
    }),
    names("box-left", "Where in its column it begins.", &boxes::LEFTS, |blocks, piece| {
        blocks.place(piece, boxes::left)
    }),
    names("box-columns", "How much of a column it fills.", &boxes::WIDTHS, |blocks, piece| {
        blocks.place(piece, boxes::columns)
    }),
    names("box-step", "Its size beside that of the line above.", &boxes::STEPS, |blocks, piece| {
        blocks.place(piece, boxes::step)
    }),
    names(
        "box-heading",
        "Whether the heading above its text, or that it is part of, begins something by its place.",
        &["", "inside", "opens"],
        |blocks, piece| blocks.heading_opens(piece),
    ),
    steps("width", "Its width in columns.", &[12, 20, 30, 44, 80, 160], |blocks, piece| {
        blocks.raw(piece).width
    }),
    names("ends", "How it ends.", &ENDS, |blocks, piece| super::blocks::ending(blocks.raw(piece))),
    names("text-ends", "How the running text above it ends.", &ENDS, |blocks, piece| {
        blocks.text_above(piece).map_or(0, |text| super::blocks::ending(blocks.raw(text)))
    }),
    flag("lead", "A byline opens it.", |_, piece| piece.lead.into()),
    names("signs", "It credits somebody, or ends in a credit.", &SIGNS, |_, piece| piece.signs as u32),
    names("signs-above", "The line above credits somebody, or ends in a credit.", &SIGNS, |blocks, piece| {
        blocks.before(piece, 1).map_or(0, |above| above.signs as u32)
    }),
    names("signs-below", "The line below credits somebody, or ends in a credit.", &SIGNS, |blocks, piece| {
        blocks.behind(piece).map_or(0, |below| below.signs as u32)
    }),
    names(
        "heading",
        "What the heading above its text, or that it is part of, holds.",
        &HEADINGS,
        |blocks, piece| blocks.sections[piece.section].holds,
    ),
    names("heading-above", "What the heading before that holds.", &HEADINGS, |blocks, piece| {
        piece.section.checked_sub(1).map_or(0, |above| blocks.sections[above].holds)
    }),
    names("heading-below", "What the next heading holds.", &HEADINGS, |blocks, piece| {
        blocks.sections.get(piece.section + 1).map_or(0, |below| below.holds)
    }),
    flag("in-heading", "It stands in a heading, behind another line of it.", |blocks, piece| {
        u32::from(piece.is_heading() & (piece.at > blocks.sections[piece.section].start))
    }),
    names("opening", "How the text under its heading opens.", &OPENINGS, |blocks, piece| {
        blocks.sections[piece.section].opening
    }),
    names("opening-above", "How the text under the heading before opens.", &OPENINGS, |blocks, piece| {
        piece.section.checked_sub(1).map_or(0, |above| blocks.sections[above].opening)
    }),
    names("opening-below", "How the text under the next heading opens.", &OPENINGS, |blocks, piece| {
        blocks.sections.get(piece.section + 1).map_or(0, |below| below.opening)
    }),
    flag("led", "The story above it has a byline.", |blocks, piece| blocks.led(piece).into()),
    steps("texts-above", "Paragraphs between it and the heading above.", COUNTS, |_, piece| {
        piece.texts_above
    }),
    steps("texts", "Paragraphs between its heading and the next.", COUNTS, |blocks, piece| {
        blocks.sections[piece.section].texts
    }),
    steps("texts-before", "Paragraphs under the heading before its own.", COUNTS, |blocks, piece| {
        piece.section.checked_sub(1).map_or(0, |above| blocks.sections[above].texts)
    }),
    steps(
        "parallel",
        "Headings near by of one line, its level and about its width.",
        COUNTS,
        |blocks, piece| blocks.parallel(piece).0,
    ),
    steps("parallel-led", "Those of them with a byline under them.", COUNTS, |blocks, piece| {
        blocks.parallel(piece).1
    }),
    names(
        "began",
        "What the last line is that began an article by itself and its neighbours.",
        &ROLES,
        |_, piece| piece.began,
    ),
    flag("item", "It opens as an item of a list does.", |_, piece| u32::from(piece.mark > 0)),
    flag("item-again", "It opens with the mark of the paragraph above.", |blocks, piece| {
        u32::from(
            (piece.mark > 0) & blocks.text_start_above(piece).is_some_and(|text| text.mark == piece.mark),
        )
    }),
    flag("item-above", "The paragraph above opens as an item does.", |blocks, piece| {
        u32::from(blocks.text_start_above(piece).is_some_and(|text| text.mark > 0))
    }),
    flag("time", "It opens with a time.", |_, piece| piece.time.into()),
    flag("opener", "It opens as running text does.", |_, piece| piece.opener.into()),
    flag("shown", "It opens as what describes a photo does.", |_, piece| piece.shown.into()),
    flag("from-page", "It says that it goes on from another page.", |_, piece| piece.from_page.into()),
    flag("speaks", "It is what somebody says in an interview.", |_, piece| piece.speaks.into()),
    names(
        "waits",
        "Running text was left in a sentence further above.",
        &["", "here", "last", "earlier"],
        |_, piece| piece.waits,
    ),
    flag("left-open", "The running text above is left in a sentence.", |_, piece| piece.left_open.into()),
    steps(
        "of-own",
        "How many of a hundred of its pairs of characters stand above, behind the same heading.",
        SHARES,
        |blocks, piece| blocks.share(piece, |shares| shares.own),
    ),
    steps("of-last", "How many stand behind the heading before.", SHARES, |blocks, piece| {
        blocks.share(piece, |shares| shares.last)
    }),
    steps("of-earlier", "How many stand further above.", SHARES, |blocks, piece| {
        blocks.share(piece, |shares| shares.earlier)
    }),
    steps("of-ahead", "How many stand below, before the next heading.", SHARES, |blocks, piece| {
        blocks.share(piece, |shares| shares.ahead)
    }),
    steps(
        "echo",
        "How many of a hundred pairs under its heading stand under the heading before.",
        SHARES,
        |blocks, piece| blocks.sections[piece.section].echo,
    ),
    steps("echo-earlier", "How many stand further above.", SHARES, |blocks, piece| {
        blocks.sections[piece.section].echo_earlier
    }),
];

const BESIDE: [&str; 6] = ["", "same", "deeper", "higher", "marked", "unmarked"];

fn beside(own: u8, other: Option<u8>) -> u32 {
    match (own, other) {
        (_, None) | (0, Some(0)) => 0,
        (_, Some(0)) => 4,
        (0, Some(_)) => 5,
        (own, Some(other)) if own == other => 1,
        (own, Some(other)) if own > other => 2,
        _ => 3,
    }
}

const ENDS: [&str; 5] = ["", "stop", "call", "open", "bare"];
const SIGNS: [&str; 5] = ["", "nobody", "writer", "picture", "both"];
const HEADINGS: [&str; 8] = ["", "label", "section", "headline", "kicked", "completed", "whole", "labelled"];
const OPENINGS: [&str; 7] = ["", "text", "byline", "credit", "caption", "picture", "heading"];

/// The numbers that a model has for the facts.
#[derive(Debug, Clone)]
pub(in crate::page) struct Numbers(ByRole);

impl Numbers {
    /// The numbers that `names` gives to every fact.
    pub(super) fn of(names: &mut impl chain::Names) -> Self {
        let facts: Vec<_> = FACTS.iter().map(|fact| (fact.name, fact.scale)).collect();
        Self(ByRole::of(names, &Role::ALL, &facts))
    }

    /// Which facts hold of each of `pieces`.
    pub(super) fn sequence(&self, blocks: &Blocks<'_>, pieces: Range<usize>) -> Sequence {
        let mut sequence = Sequence::default();
        for piece in &blocks.pieces[pieces] {
            let levels = FACTS.iter().map(|fact| fact.scale.level((fact.of)(blocks, piece)));
            self.0.add(&mut sequence, piece.role as usize, levels);
        }
        sequence
    }
}
