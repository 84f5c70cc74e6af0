//! Evidence for whether a line goes on with an earlier one of its role and article. A fact decides nothing; the chain
//! weighs all of them, each apart for every role.

use super::brackets::Bracket;
use super::pairs::Pair;
use crate::chain::{self, Sequence};
use crate::page::scale::{ByRole, Scale};

/// One fact.
pub(super) struct Fact {
    /// Its name, as the weights have it.
    pub(super) name: &'static str,
    /// What it says of two lines.
    pub(super) says: &'static str,
    scale: Scale,
    of: fn(&Pair) -> u32,
}

const fn fact(name: &'static str, says: &'static str, scale: Scale, of: fn(&Pair) -> u32) -> Fact {
    Fact { name, says, scale, of }
}

const ENDS: [&str; 9] = ["bare", "stop", "call", "comma", "colon", "semicolon", "dash", "particle", "figure"];
const OPENS: [&str; 11] = [
    "text", "closing", "quote", "bracket", "particle", "figure", "latin", "item", "speaker", "opener",
    "byline",
];
const FILLS: [&str; 4] = ["none", "short", "full", "over"];
const GAPS: [&str; 3] = ["less", "usual", "more"];
const BETWEEN: [&str; 8] = ["next", "other", "masthead", "picture", "heading", "column", "text", "another"];
const SIDES: [&str; 4] = ["neither", "above", "below", "both"];
const INDENTS: [&str; 4] = ["", "in-flush", "in-indented", "flush-indented"];
const WIDTHS: [&str; 4] = ["tiny", "short", "middle", "long"];
const WORDS: [&str; 4] = ["", "two", "three", "four"];
const BRACKETS: [&str; 5] = ["", "closes", "unopened", "left-open", "opened"];

/// Every fact, in order.
pub(super) const FACTS: &[Fact] = &[
    fact("is", "Holds of every line.", Scale::Flag, |_| 1),
    fact("first", "No line of its role stands above it in its article.", Scale::Flag, |pair| {
        pair.first.into()
    }),
    fact("ends", "How the line above ends.", Scale::Names(&ENDS), |pair| pair.ends as u32),
    fact("opens", "How it opens.", Scale::Names(&OPENS), |pair| pair.opens as u32),
    fact("meets", "How the one ends and the other opens.", Scale::Product(&[&ENDS, &OPENS]), |pair| {
        pair.ends as u32 * OPENS.len() as u32 + pair.opens as u32
    }),
    fact(
        "break",
        "How the line above ends and fills its column, and what stands between.",
        Scale::Product(&[&ENDS, &FILLS, &BETWEEN]),
        |pair| {
            (pair.ends as u32 * FILLS.len() as u32 + pair.fill_above) * BETWEEN.len() as u32
                + pair.between as u32
        },
    ),
    fact(
        "joint",
        "How the line above ends and fills its column, and the gap between.",
        Scale::Product(&[&ENDS, &FILLS, &GAPS]),
        |pair| (pair.ends as u32 * FILLS.len() as u32 + pair.fill_above) * GAPS.len() as u32 + pair.gap,
    ),
    fact(
        "fills",
        "How the line above and the line fill their columns.",
        Scale::Product(&[&FILLS, &FILLS]),
        |pair| pair.fill_above * FILLS.len() as u32 + pair.fill,
    ),
    fact(
        "tail",
        "How the line above ends, how the line fills its column, and whether a sentence ends with it.",
        Scale::Product(&[&ENDS, &FILLS, &["goes on", "ends"]]),
        |pair| (pair.ends as u32 * FILLS.len() as u32 + pair.fill) * 2 + u32::from(pair.ends_sentence),
    ),
    fact(
        "set",
        "Whether it is set in, and how the line above ends.",
        Scale::Product(&[&INDENTS, &ENDS]),
        |pair| pair.indent * ENDS.len() as u32 + pair.ends as u32,
    ),
    fact(
        "apart",
        "What stands between the two, and how the line opens.",
        Scale::Product(&[&BETWEEN, &OPENS]),
        |pair| pair.between as u32 * OPENS.len() as u32 + pair.opens as u32,
    ),
    fact("away", "How many lines stand between.", Scale::Steps(&[1, 2, 3, 5, 9, 16]), |pair| pair.away),
    fact("gap", "How many blank lines stand above it.", Scale::Steps(&[1, 2, 3, 4]), |pair| pair.blanks),
    fact(
        "crossing",
        "The longest word that goes on from the one to the other.",
        Scale::Names(&WORDS),
        |pair| pair.crossing,
    ),
    fact(
        "bracket",
        "What brackets and quotes that the line closes, or the paragraph leaves open.",
        Scale::Names(&BRACKETS),
        |pair| pair.bracket as u32,
    ),
    fact(
        "bracket-apart",
        "The same, with what stands between.",
        Scale::Product(&[&BRACKETS, &BETWEEN]),
        |pair| pair.bracket as u32 * BETWEEN.len() as u32 + pair.between as u32,
    ),
    fact(
        "said",
        "What the first decision said of it.",
        Scale::Names(&["starts", "goes on", "goes on elsewhere"]),
        |pair| pair.said,
    ),
    fact(
        "left",
        "In how many of a hundred cases the line above is left open.",
        Scale::Steps(&[2, 10, 30, 50, 70, 90, 98]),
        |pair| pair.left_open,
    ),
    fact("so-far", "How many lines the paragraph has so far.", Scale::Steps(&[2, 3, 5, 9, 16]), |pair| {
        pair.so_far
    }),
    fact("level", "It has a heading mark.", Scale::Flag, |pair| pair.level.into()),
    fact("bold", "It is set bold.", Scale::Flag, |pair| pair.bold.into()),
    fact("row", "Which of the two is a row of a table.", Scale::Names(&SIDES), |pair| pair.rows),
    fact("heads", "Which of the two may be a heading.", Scale::Names(&SIDES), |pair| pair.heads),
    fact("phrases", "Which of the two is parted by blanks.", Scale::Names(&SIDES), |pair| pair.phrases),
    fact("commas", "Which of the two has commas.", Scale::Names(&SIDES), |pair| pair.commas),
    fact("salutation", "The line above greets somebody.", Scale::Flag, |pair| pair.greeted.into()),
    fact("again", "It opens as an earlier paragraph of the page does.", Scale::Flag, |pair| {
        pair.again.into()
    }),
    fact("back", "The line above belongs to another article.", Scale::Flag, |pair| pair.back.into()),
    fact("width", "The width of the line above, and its own.", Scale::Product(&[&WIDTHS, &WIDTHS]), |pair| {
        pair.widths
    }),
    fact(
        "cut",
        "How the line above ends, and the widths of both.",
        Scale::Product(&[&ENDS, &WIDTHS, &WIDTHS]),
        |pair| pair.ends as u32 * (WIDTHS.len() * WIDTHS.len()) as u32 + pair.widths,
    ),
    fact(
        "cut-apart",
        "How the line above ends, how wide it is, and what stands between the two.",
        Scale::Product(&[&ENDS, &WIDTHS, &BETWEEN]),
        |pair| {
            let above = pair.widths / WIDTHS.len() as u32;
            (pair.ends as u32 * WIDTHS.len() as u32 + above) * BETWEEN.len() as u32 + pair.between as u32
        },
    ),
    fact(
        "cut-opens",
        "How the line above ends, how wide it is, and how the line opens.",
        Scale::Product(&[&ENDS, &WIDTHS, &OPENS]),
        |pair| {
            let above = pair.widths / WIDTHS.len() as u32;
            (pair.ends as u32 * WIDTHS.len() as u32 + above) * OPENS.len() as u32 + pair.opens as u32
        },
    ),
    fact("shared", "How many pairs of characters both have.", Scale::Steps(&[1, 2, 4, 8]), |pair| {
        pair.shared
    }),
    fact(
        "sentences",
        "In how many of a hundred lines of running text of the page a sentence ends.",
        Scale::Steps(&[25, 50, 75, 95]),
        |pair| pair.sentences,
    ),
    fact(
        "setting",
        "How the line above ends, and in how many lines of the page's running text a sentence ends.",
        Scale::Product(&[&ENDS, &["few", "some", "many", "all"]]),
        |pair| {
            pair.ends as u32 * 4 + [30, 70, 95].iter().filter(|&&step| step <= pair.sentences).count() as u32
        },
    ),
    fact(
        "after",
        "Whether the next line of its role closes what the paragraph left open.",
        Scale::Flag,
        |pair| (pair.closes_later & matches!(pair.bracket, Bracket::LeftOpen)).into(),
    ),
];

/// The numbers that a model has for the facts.
#[derive(Debug, Clone)]
pub(in crate::page) struct Numbers(ByRole);

impl Numbers {
    /// The numbers that `names` gives to every fact.
    pub(super) fn of(names: &mut impl chain::Names) -> Self {
        let facts: Vec<_> = FACTS.iter().map(|fact| (fact.name, fact.scale)).collect();
        Self(ByRole::of(names, &super::JOINED, &facts))
    }

    /// Adds the facts that hold of `pair`, whose role is the `role`th of those that are joined, to `sequence`.
    pub(super) fn add(&self, sequence: &mut Sequence, pair: &Pair, role: usize) {
        self.0.add(sequence, role, FACTS.iter().map(|fact| fact.scale.level((fact.of)(pair))));
    }
}
