//! What each fact weighs with each label.

//!
//! `build.rs` has this file as a module of its own: it makes [`Weights`] of `data/names/weights.tsv` and packs them
//! ([`crate::packed`]).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fact::{CODE, FIRST_OTHER, Fact, PLACES_IN_WORD, TAG_VIEW, VIEWS, View, WORD_VIEW, shifts};
use super::numbers::{LABELS, OUTSIDE, PLACES, TYPES, forbidden};
use crate::packed::{Problem, Records, Table};

/// Labels beside that of what is in no name, whose weight is always 0.
pub(super) const NAMED: usize = LABELS - 1;

/// Weights are kept as whole numbers: this many make 1.
const SCALE: f32 = 200.0;

/// Lower than every score.
const NEVER: i32 = i32::MIN / 2;

/// The weights of one fact: less that of label `O` with it. Labels that begin a name come first, one for each type, then
/// those inside, those that end one, and those of one character.
pub(super) type Row = [i16; NAMED];

/// Where in a [`Row`] label `named + 1` stands.
const fn slot(named: usize) -> usize {
    named % PLACES.len() * TYPES + named / PLACES.len()
}

/// The label, less one, that stands there in a [`Row`].
const fn named(at: usize) -> usize {
    // There are as many types as places: to change rows and columns twice is to change nothing.
    slot(at)
}

const _: () = assert!(TYPES == PLACES.len());

/// How many bytes a row takes where it is packed.
pub(super) const ROW: usize = 2 * NAMED;

fn row_bytes(row: Row) -> [u8; ROW] {
    let mut bytes = [0; ROW];
    bytes.as_chunks_mut().0.iter_mut().zip(row).for_each(|(to, weight)| *to = weight.to_le_bytes());
    bytes
}

pub(super) fn read_row(bytes: &[u8; ROW]) -> Row {
    let weights = bytes.as_chunks().0;
    std::array::from_fn(|at| i16::from_le_bytes(weights[at]))
}

/// The rows of what is seen: the first of them, and a bit for each member of the view that has one. In a view that is
/// [`dense`] every member has one, and where nothing is known of what is seen the rows are the first of all, which are
/// empty.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rows {
    pub(super) first: u32,
    pub(super) members: u16,
}

/// How many members a view may have: a bit each in [`Rows`].
pub(super) const MEMBERS: usize = u16::BITS as usize;

fn padded(shifts: Vec<isize>) -> [isize; MEMBERS] {
    std::array::from_fn(|member| shifts.get(member).copied().unwrap_or_default())
}

/// How many bytes [`Rows`] take where they are packed.
const ROWS: usize = 6;

impl Rows {
    fn bytes(self) -> [u8; ROWS] {
        let ([a, b, c, d], [e, f]) = (self.first.to_le_bytes(), self.members.to_le_bytes());
        [a, b, c, d, e, f]
    }

    #[inline]
    fn read([a, b, c, d, e, f]: [u8; ROWS]) -> Self {
        Self { first: u32::from_le_bytes([a, b, c, d]), members: u16::from_le_bytes([e, f]) }
    }
}

/// The weights of all facts, and of each label behind each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Weights {
    /// What each row is the weights of, sorted by what is seen; anything where the row is empty.
    facts: Records<8>,
    rows: Records<ROW>,
    pub(super) seen: Seen,
    /// What each label weighs behind each; first those behind nothing, then those behind each label, then each before
    /// nothing.
    pub(super) steps: Vec<[i32; LABELS]>,
    pub(super) ways: Ways,
}

/// The rows of everything that is seen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Seen {
    /// The number of each character of which a fact tells, from 1 on; 0 for the others.
    characters: Records<2>,
    /// By the number of a character.
    single: Records<ROWS>,
    /// By the numbers of two characters, one behind the other: the number of the pair.
    pairs: Table,
    /// By the number of a pair; those that triples begin with come first.
    of_pairs: Records<ROWS>,
    /// How many these are.
    longer: u32,
    /// By the numbers of two characters with another one between.
    apart: Sights,
    /// By the number of a pair and that of the next character.
    triples: Sights,
    pub(super) words: Sights,
    tags: Sights,
    /// By what is seen, for each other view, one behind the other.
    others: Records<ROWS>,
    /// Where each of these begins and ends.
    ranges: Vec<Range<u32>>,
    /// The shifts of the members of each view, as many as [`Rows`] may have.
    pub(super) shifts: Vec<[isize; MEMBERS]>,
}

/// The rows of what is seen, by that.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Sights {
    numbers: Table,
    rows: Records<ROWS>,
}

impl Sights {
    #[inline]
    pub(super) fn get(&self, seen: u64) -> Option<Rows> {
        self.rows.get(self.numbers.get(seen)? as usize).map(|rows| Rows::read(*rows))
    }
}

impl FromIterator<(u64, Rows)> for Sights {
    fn from_iter<I: IntoIterator<Item = (u64, Rows)>>(sights: I) -> Self {
        let (seen, rows): (Vec<u64>, Vec<[u8; ROWS]>) =
            sights.into_iter().map(|(seen, rows)| (seen, rows.bytes())).unzip();
        Self { numbers: seen.into_iter().zip(0..).collect(), rows: rows.into_iter().collect() }
    }
}

impl Seen {
    /// The number of the character with this code; 0 where no fact tells of it.
    #[inline]
    pub(super) fn number(&self, code: u16) -> u16 {
        self.characters.get(usize::from(code)).map_or(0, |number| u16::from_le_bytes(*number))
    }

    /// The first row of the character of that number.
    #[inline]
    pub(super) fn single(&self, number: u16) -> u32 {
        self.single.get(usize::from(number)).map_or(0, |rows| Rows::read(*rows).first)
    }

    /// The first row of what a tag says.
    pub(super) fn tag(&self, tag: u64) -> u32 {
        self.tags.get(tag).map_or(0, |rows| rows.first)
    }

    /// The rows of two characters, and the number of the pair.
    #[inline]
    pub(super) fn pair(&self, first: u16, second: u16) -> Option<(Rows, u32)> {
        let number = self.pairs.get(pair(first, second))?;
        Some((Rows::read(*self.of_pairs.get(number as usize)?), number))
    }

    /// The rows of two characters with another one between.
    #[inline]
    pub(super) fn apart(&self, first: u16, third: u16) -> Option<Rows> {
        self.apart.get(pair(first, third))
    }

    /// The rows of a pair and the character behind it; none where no triple begins with the pair.
    #[inline]
    pub(super) fn triple(&self, pair: u32, third: u16) -> Option<Rows> {
        if pair < self.longer { self.triples.get(triple(pair, third)) } else { None }
    }

    /// The rows of `value` in one of the other views.
    #[inline]
    pub(super) fn other(&self, view: View, value: u64) -> Option<Rows> {
        let Range { start, end } = self.ranges[view - FIRST_OTHER];
        let number = start + value as u32;
        if number < end { self.others.get(number as usize).map(|rows| Rows::read(*rows)) } else { None }
    }
}

/// True for a view in which most of the members of what is seen have a row, so that each has its place.
fn dense(view: View) -> bool {
    view == 0 || view == TAG_VIEW
}

/// The view of three characters.
const TRIPLES: View = 3;

/// The same while it is made.
struct Sorted {
    characters: Vec<u16>,
    single: Vec<Rows>,
    pairs: BTreeMap<u64, u32>,
    of_pairs: Vec<Rows>,
    longer: u32,
    apart: Vec<(u64, Rows)>,
    triples: Vec<(u64, Rows)>,
    words: Vec<(u64, Rows)>,
    tags: Vec<(u64, Rows)>,
    others: Vec<Vec<Rows>>,
}

impl Sorted {
    /// The rows of what is seen.
    fn of(sights: Vec<(View, u64, Rows)>) -> Self {
        let mut seen = Self {
            characters: vec![0; 1 << CODE],
            single: vec![Rows::default()],
            pairs: BTreeMap::new(),
            of_pairs: Vec::new(),
            longer: 0,
            apart: Vec::new(),
            triples: Vec::new(),
            words: Vec::new(),
            tags: Vec::new(),
            others: vec![Vec::new(); VIEWS - FIRST_OTHER],
        };
        let (triples, others): (Vec<_>, Vec<_>) = sights.into_iter().partition(|(view, ..)| *view == TRIPLES);
        triples.into_iter().for_each(|(view, value, rows)| seen.add(view, value, rows));
        seen.longer = seen.of_pairs.len() as u32;
        others.into_iter().for_each(|(view, value, rows)| seen.add(view, value, rows));
        seen
    }

    fn add(&mut self, view: View, value: u64, rows: Rows) {
        let code = |at: u32| (value >> (CODE * at)) as u16;
        match view {
            0 => {
                let number = self.number(code(0));
                self.single[usize::from(number)] = rows;
            }
            1 => {
                let pair = self.pair(code(1), code(0));
                self.of_pairs[pair as usize] = rows;
            }
            2 => {
                let pair = pair(self.number(code(1)), self.number(code(0)));
                self.apart.push((pair, rows));
            }
            TRIPLES => {
                let pair = self.pair(code(2), code(1));
                let triple = triple(pair, self.number(code(0)));
                self.triples.push((triple, rows));
            }
            WORD_VIEW => self.words.push((value, rows)),
            TAG_VIEW => self.tags.push((value, rows)),
            _ => {
                let of_view = &mut self.others[view - FIRST_OTHER];
                let value = value as usize;
                of_view.resize(of_view.len().max(value + 1), Rows::default());
                of_view[value] = rows;
            }
        }
    }

    /// The number of the character with this code, a new one where it has none.
    fn number(&mut self, code: u16) -> u16 {
        let number = &mut self.characters[usize::from(code)];
        if *number == 0 {
            *number = self.single.len() as u16;
            self.single.push(Rows::default());
        }
        *number
    }

    /// The number of two characters, a new one where they have none.
    fn pair(&mut self, first: u16, second: u16) -> u32 {
        let pair = pair(self.number(first), self.number(second));
        let next = self.of_pairs.len() as u32;
        let number = *self.pairs.entry(pair).or_insert(next);
        if number == next {
            self.of_pairs.push(Rows::default());
        }
        number
    }

    fn finish(self) -> Seen {
        let mut end = 0;
        let ranges = self.others.iter().map(|of_view| {
            let start = end;
            end += of_view.len() as u32;
            start..end
        });
        let ranges = ranges.collect();
        let records = |rows: Vec<Rows>| rows.into_iter().map(Rows::bytes).collect();
        Seen {
            characters: self.characters.into_iter().map(u16::to_le_bytes).collect(),
            single: records(self.single),
            pairs: self.pairs.into_iter().collect(),
            of_pairs: records(self.of_pairs),
            longer: self.longer,
            apart: self.apart.into_iter().collect(),
            triples: self.triples.into_iter().collect(),
            words: self.words.into_iter().collect(),
            tags: self.tags.into_iter().collect(),
            ranges,
            others: records(self.others.concat()),
            shifts: (0..VIEWS).map(shifts).map(padded).collect(),
        }
    }
}

fn pair(first: u16, second: u16) -> u64 {
    u64::from(first) << CODE | u64::from(second)
}

fn triple(pair: u32, third: u16) -> u64 {
    u64::from(pair) << CODE | u64::from(third)
}

/// The labels that may stand behind each other, and what that weighs: a name that is not over goes on as what it began,
/// and behind one that is over, or outside, another may begin or none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Ways {
    /// Behind each label that is in no open name, to those that begin a name, then to those of one character.
    opening: [[f32; 2 * TYPES]; CLOSED.len()],
    /// The same, to the label outside.
    outside: [f32; CLOSED.len()],
    /// A name that ends with no more than this is no better way on than none, wherever it leads.
    idle: [f32; 2 * TYPES],
    /// From the beginning of a name and from inside of it, to inside and to its end.
    going_on: [[f32; 2 * TYPES]; 2],
    /// The labels that may stand before each label, in order, with what the step weighs.
    back: Vec<Vec<(usize, f32)>>,
}

/// What the labels of a [`Row`] have scored up to a character, less what the one outside has. All are whole numbers; as
/// floating ones, which have them exactly, every processor finds the higher ones of several pairs at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scores([f32; NAMED]);

impl Scores {
    pub(super) fn new(scores: &[i32; LABELS]) -> Self {
        Self(std::array::from_fn(|at| scores[1 + named(at)] as f32 - scores[OUTSIDE] as f32))
    }

    #[inline]
    pub(super) fn of(&self, label: usize) -> f32 {
        label.checked_sub(1).map_or(0.0, |label| self.0[slot(label)])
    }

    /// Those of the labels that end a name, then those of names of one character.
    #[inline]
    fn closed(&self) -> &[f32; 2 * TYPES] {
        self.0.last_chunk().expect("half of all labels end a name")
    }

    #[inline]
    pub(super) fn add(&mut self, row: &Row) {
        self.0.iter_mut().zip(row).for_each(|(score, weight)| *score += f32::from(*weight));
    }
}

/// The higher one of two numbers: in one instruction, which `f32::max` is not.
#[inline]
fn higher(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

impl Ways {
    fn new(steps: &[[i32; LABELS]]) -> Self {
        let step = |from: usize, to: usize| steps.get(1 + from).map_or(0.0, |steps| steps[to] as f32);
        let opening = CLOSED.map(|from| {
            let begin_or_single = |at: usize| if at < TYPES { at } else { at + 2 * TYPES };
            std::array::from_fn(|at| step(from, 1 + named(begin_or_single(at))))
        });
        let outside = CLOSED.map(|from| step(from, OUTSIDE));
        let idle = std::array::from_fn(|closed| {
            let ways = opening[0].iter().zip(&opening[1 + closed]).map(|(none, some)| none - some);
            ways.fold(outside[0] - outside[1 + closed], f32::min)
        });
        // From the label of each type that stands at `place`, to inside of the same type, and to its end.
        let going_on = |place: usize| {
            std::array::from_fn(|at| step(1 + named(place * TYPES + at % TYPES), 1 + named(TYPES + at)))
        };
        let before = |label: usize| {
            let steps = (0..LABELS).map(|before| (before, step(before, label)));
            steps.filter(|(_, step)| *step > NEVER as f32).collect()
        };
        Self {
            opening,
            outside,
            idle,
            going_on: [going_on(0), going_on(1)],
            back: (0..LABELS).map(before).collect(),
        }
    }

    /// True where a name that ends at the character with `scores` leads nowhere.
    #[inline]
    fn leads_from_outside(&self, scores: &Scores) -> bool {
        // All at once, and no look at one before the next.
        scores.closed().iter().zip(&self.idle).fold(true, |all, (score, idle)| all & (score <= idle))
    }

    /// The best score of each label behind those with `scores`.
    #[inline]
    pub(super) fn advance(&self, scores: &Scores) -> Scores {
        let (mut outside, mut opening) = (self.outside[0], self.opening[0]);
        if !self.leads_from_outside(scores) {
            for (number, &score) in (1..).zip(scores.closed()) {
                let steps = &self.opening[number];
                outside = higher(outside, score + self.outside[number]);
                opening = std::array::from_fn(|at| higher(opening[at], score + steps[at]));
            }
        }
        let [from_begin, from_inside] = &self.going_on;
        let going_on: [f32; 2 * TYPES] = std::array::from_fn(|at| {
            let kind = at % TYPES;
            higher(scores.0[kind] + from_begin[at], scores.0[TYPES + kind] + from_inside[at])
        });
        let others = |at: usize| match at / TYPES {
            0 => opening[at],
            1 | 2 => going_on[at - TYPES],
            _ => opening[at - 2 * TYPES],
        };
        Scores(std::array::from_fn(|at| others(at) - outside))
    }

    /// The label before `label` by which it got its score.
    #[inline]
    pub(super) fn before(&self, label: usize, scores: &Scores) -> usize {
        if label == OUTSIDE && self.leads_from_outside(scores) {
            return OUTSIDE;
        }
        let scored = self.back[label].iter().map(|&(before, step)| (before, scores.of(before) + step));
        let better = |best: (usize, f32), new: (usize, f32)| if new.1 > best.1 { new } else { best };
        scored.fold((OUTSIDE, f32::NEG_INFINITY), better).0
    }
}

/// The labels that are in no open name: outside, then those that end a name, then those of one character.
const CLOSED: [usize; 1 + 2 * TYPES] = {
    let mut labels = [0; 1 + 2 * TYPES];
    let mut at = 0;
    while at < 2 * TYPES {
        labels[1 + at] = 1 + named(2 * TYPES + at);
        at += 1;
    }
    labels
};

/// The names of the rows of steps.
const STEP: &str = "behind";

fn whole(weight: f32) -> i16 {
    (weight * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

impl Weights {
    /// The weights that `weight(fact, label)` gives for `facts`, and `step(from, to)` for labels behind each other
    /// (`None` is the edge of a sentence). A fact no weight of which reaches `least` is left out.
    pub fn new(
        facts: impl IntoIterator<Item = Fact>,
        least: f32,
        weight: impl Fn(Fact, usize) -> f32,
        step: impl Fn(Option<usize>, Option<usize>) -> f32,
    ) -> Self {
        let mut weighed = Vec::new();
        for fact in facts {
            let outside = weight(fact, 0);
            let row: [f32; NAMED] = std::array::from_fn(|at| weight(fact, 1 + named(at)) - outside);
            if row.iter().any(|weight| weight.abs() >= least) {
                weighed.push((fact, row.map(whole)));
            }
        }
        let edges = || std::iter::once(None).chain((0..LABELS).map(Some));
        let behind = |from| std::array::from_fn(|to| i32::from(whole(step(from, Some(to)))));
        let mut steps: Vec<[i32; LABELS]> = edges().map(behind).collect();
        steps.push(std::array::from_fn(|from| i32::from(whole(step(Some(from), None)))));
        Self::arranged(weighed, steps)
    }

    /// These weights, ready to be looked up.
    fn arranged(mut weighed: Vec<(Fact, Row)>, mut steps: Vec<[i32; LABELS]>) -> Self {
        weighed.sort_by_cached_key(|(fact, _)| fact.view());
        for (number, row) in steps.iter_mut().enumerate() {
            for (label, weight) in row.iter_mut().enumerate() {
                let is_last = number == LABELS + 1;
                let (from, to) =
                    if is_last { (Some(label), None) } else { (number.checked_sub(1), Some(label)) };
                if forbidden(from, to) {
                    *weight = NEVER;
                }
            }
        }
        let sight = |(fact, _): &(Fact, Row)| (fact.view().0, fact.view().1);
        let mut sights = Vec::new();
        let mut placed = vec![(Fact::default(), [0; NAMED]); MEMBERS];
        for same in weighed.chunk_by(|one, other| sight(one) == sight(other)) {
            let (view, value) = sight(&same[0]);
            let members = same.iter().fold(0, |members, (fact, _)| members | 1 << fact.view().2);
            sights.push((view, value, Rows { first: placed.len() as u32, members }));
            if dense(view) {
                let row_of = |member| same.iter().find(|(fact, _)| fact.view().2 == member);
                let members = 0..shifts(view).len() * if view == TAG_VIEW { PLACES_IN_WORD } else { 1 };
                placed.extend(members.map(|member| row_of(member).copied().unwrap_or_default()));
            } else {
                placed.extend_from_slice(same);
            }
        }
        let (facts, rows): (Vec<Fact>, Vec<Row>) = placed.into_iter().unzip();
        Self {
            seen: Sorted::of(sights).finish(),
            facts: facts.into_iter().map(|fact| fact.0.to_le_bytes()).collect(),
            rows: rows.into_iter().map(row_bytes).collect(),
            ways: Ways::new(&steps),
            steps,
        }
    }

    /// Every fact and its weights, in order.
    pub(super) fn facts(&self) -> impl Iterator<Item = (Fact, Row)> {
        let facts = self.facts.from(0).iter().map(|fact| Fact(u64::from_le_bytes(*fact)));
        let rows = self.rows.from(0).iter().map(read_row);
        facts.zip(rows).filter(|(_, row)| *row != [0; NAMED])
    }

    /// All rows, as they are kept.
    #[inline]
    pub(super) fn rows(&self) -> &[[u8; ROW]] {
        self.rows.from(0)
    }

    /// The weights as text: a line for each fact, then one for each label before; the fact, a tab, and a number for
    /// each label but `O`, of which 200 make 1; 0 is left empty.
    pub fn to_tsv(&self) -> String {
        let numbers = |row: Row| (0..NAMED).map(|named| row[slot(named)].into()).collect();
        let mut rows: Vec<(String, Vec<i32>)> =
            self.facts().map(|(fact, row)| (fact.to_string(), numbers(row))).collect();
        rows.sort();
        let steps = self.steps.iter().enumerate();
        rows.extend(steps.map(|(number, row)| {
            (
                format!("{STEP}={number}"),
                row.iter().map(|&weight| if weight == NEVER { 0 } else { weight }).collect(),
            )
        }));
        let mut text = String::new();
        for (name, numbers) in rows {
            text.push_str(&name);
            let mut separator = '\t';
            for number in numbers {
                text.push(separator);
                separator = ',';
                if number != 0 {
                    let _ = write!(text, "{number}");
                }
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`Weights::to_tsv`] wrote to `file`.
    ///
    /// # Errors
    /// Where a line is none; the error has its number.
    pub(crate) fn parse(file: &'static str, text: &str) -> Result<Self, Problem> {
        let (mut weighed, mut steps) = (Vec::new(), Vec::new());
        for (line, number) in text.lines().zip(1..) {
            let wrong = || {
                let what = format!("`{line}`: a fact, a tab, and numbers with commas between are expected");
                Problem { file, line: Some(number), what }
            };
            let (name, numbers) = line.split_once('\t').ok_or_else(wrong)?;
            let mut numbers =
                numbers.split(',').map(|cell| if cell.is_empty() { Ok(0) } else { cell.parse::<i16>() });
            let mut next = || numbers.next().unwrap_or(Ok(0)).map_err(|_| wrong());
            if name.starts_with(STEP) && !name.starts_with("behind-title") {
                let mut row = [0; LABELS];
                for weight in &mut row {
                    *weight = i32::from(next()?);
                }
                steps.push(row);
            } else {
                let mut row = [0; NAMED];
                for named in 0..NAMED {
                    row[slot(named)] = next()?;
                }
                weighed.push((Fact::parse(name).ok_or_else(wrong)?, row));
            }
        }
        steps.resize(LABELS + 2, [0; LABELS]);
        Ok(Self::arranged(weighed, steps))
    }

    /// How many facts have weights.
    pub fn len(&self) -> usize {
        self.facts().count()
    }

    /// True where none has.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
