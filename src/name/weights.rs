//! What each fact weighs with each label, and the best labels of a sentence under these weights.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::facts::{
    CODE, FIRST_OTHER, Fact, MARGIN, MOST_SHIFT, PLACES_IN_WORD, Sentence, TAG_VIEW, VIEWS, View, WORD_VIEW,
    shifts,
};
use super::label::{LABELS, OUTSIDE, forbidden};
use crate::error::{Error, ErrorKind, Result};

/// Labels beside that of what is in no name, whose weight is always 0.
const NAMED: usize = LABELS - 1;

/// Weights are kept as whole numbers: this many make 1.
const SCALE: f32 = 200.0;

/// Lower than every score.
const NEVER: i32 = i32::MIN / 2;

/// The weights of one fact: less that of label `O` with it. Labels that begin a name come first, one for each type, then
/// those inside, those that end one, and those of one character.
type Row = [i16; NAMED];

/// How many types of names there are.
const TYPES: usize = NAMED / PLACES;

/// How many places a character may have in a name.
const PLACES: usize = 4;

/// Where in a [`Row`] label `named + 1` stands, and the other way round.
const fn slot(named: usize) -> usize {
    named % PLACES * TYPES + named / PLACES
}

const _: () = assert!(TYPES == PLACES);

/// The rows of what is seen: the first of them, and a bit for each member of the view that has one.
#[derive(Debug, Clone, Copy, Default)]
struct Rows {
    first: u32,
    members: u16,
}

/// The weights of all facts, and of each label behind each other.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// What each row is the weights of, sorted by what is seen.
    facts: Vec<Fact>,
    rows: Vec<Row>,
    seen: Seen,
    /// What each label weighs behind each; first those behind nothing, then those behind each label, then each before
    /// nothing.
    steps: Vec<[i32; LABELS]>,
    ways: Ways,
}

/// The rows of everything that is seen.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// The number of each character of which a fact tells, from 1 on; 0 for the others.
    characters: Vec<u16>,
    /// By the number of a character.
    single: Vec<Rows>,
    /// By the numbers of two characters, one behind the other: the rows, and the number of the pair in a triple.
    pairs: FxHashMap<u32, (Rows, u32)>,
    /// By the numbers of two characters with another one between.
    apart: FxHashMap<u32, Rows>,
    /// By the number of a pair and that of the next character.
    triples: FxHashMap<u64, Rows>,
    words: FxHashMap<u64, Rows>,
    tags: FxHashMap<u64, Rows>,
    /// By what is seen, for each other view.
    others: Vec<Vec<Rows>>,
    /// The shifts of the members of each view.
    shifts: Vec<Vec<isize>>,
}

/// A triple of characters that no fact tells of, and what it goes on from.
const NO_TRIPLE: u32 = 0;

impl Seen {
    /// Finds the rows of `facts`, which are sorted by what is seen.
    fn of(facts: &[Fact]) -> Self {
        let mut seen = Self {
            characters: vec![0; 1 << CODE],
            single: vec![Rows::default()],
            others: vec![Vec::new(); VIEWS - FIRST_OTHER],
            shifts: (0..VIEWS).map(shifts).collect(),
            ..Self::default()
        };
        let mut rest = facts;
        while let Some((view, value, _)) = rest.first().map(|fact| fact.view()) {
            let is_same = |fact: &&Fact| (fact.view().0, fact.view().1) == (view, value);
            let (same, others) = rest.split_at(rest.iter().take_while(is_same).count());
            let members = same.iter().fold(0, |members, fact| members | 1 << fact.view().2);
            seen.add(view, value, Rows { first: (facts.len() - rest.len()) as u32, members });
            rest = others;
        }
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
                let pair = pair(self.number(code(1)), self.number(code(0)));
                self.pairs.entry(pair).or_default().0 = rows;
            }
            2 => {
                let pair = pair(self.number(code(1)), self.number(code(0)));
                self.apart.insert(pair, rows);
            }
            3 => {
                let pair = pair(self.number(code(2)), self.number(code(1)));
                let next = self.triples.len() as u32 + 1;
                let number = &mut self.pairs.entry(pair).or_default().1;
                if *number == NO_TRIPLE {
                    *number = next;
                }
                let triple = triple(*number, self.number(code(0)));
                self.triples.insert(triple, rows);
            }
            WORD_VIEW => drop(self.words.insert(value, rows)),
            TAG_VIEW => drop(self.tags.insert(value, rows)),
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
}

fn pair(first: u16, second: u16) -> u32 {
    u32::from(first) << CODE | u32::from(second)
}

fn triple(pair: u32, third: u16) -> u64 {
    u64::from(pair) << CODE | u64::from(third)
}

/// The labels that may stand behind each other, and what that weighs: a name that is not over goes on as what it began,
/// and behind one that is over, or outside, another may begin or none.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// Behind each label that is in no open name, to those that begin a name, then to those of one character.
    opening: Vec<[i32; 2 * TYPES]>,
    /// The same, to the label outside.
    outside: Vec<i32>,
    /// From the beginning of a name and from inside of it, to inside and to its end.
    going_on: [[i32; 2 * TYPES]; 2],
    /// The labels that may stand before each label, in order.
    back: Vec<Vec<(usize, i32)>>,
}

/// What labels have scored up to a character.
#[derive(Debug, Clone, Copy)]
struct Scores {
    outside: i32,
    named: Lanes,
}

type Lanes = [i32; NAMED];

impl Scores {
    fn new(scores: &[i32; LABELS]) -> Self {
        Self { outside: scores[0], named: std::array::from_fn(|at| scores[1 + slot(at)]) }
    }

    fn of(&self, label: usize) -> i32 {
        label.checked_sub(1).map_or(self.outside, |named| self.named[slot(named)])
    }

    fn add(&mut self, row: &Row) {
        self.named.iter_mut().zip(row).for_each(|(score, weight)| *score += i32::from(*weight));
    }
}

impl Ways {
    fn new(steps: &[[i32; LABELS]]) -> Self {
        let behind: Vec<Scores> = steps.iter().skip(1).take(LABELS).map(Scores::new).collect();
        let closed: Vec<&Scores> = CLOSED.iter().filter_map(|&label| behind.get(label)).collect();
        let begin_and_single = |scores: &&Scores| {
            std::array::from_fn(|at| scores.named[if at < TYPES { at } else { at + 2 * TYPES }])
        };
        // From the label of each type that stands at `place`, to inside of the same type, and to its end.
        let going_on = |place: usize| {
            std::array::from_fn(|at| {
                let before = 1 + slot(place * TYPES + at % TYPES);
                behind.get(before).map_or(NEVER, |scores| scores.named[TYPES + at])
            })
        };
        let before = |label: usize| {
            let steps = behind.iter().map(|scores| scores.of(label)).enumerate();
            steps.filter(|(_, step)| *step != NEVER).collect()
        };
        Self {
            opening: closed.iter().map(begin_and_single).collect(),
            outside: closed.iter().map(|scores| scores.outside).collect(),
            going_on: [going_on(0), going_on(1)],
            back: (0..LABELS).map(before).collect(),
        }
    }

    /// The best score of each label behind those with `scores`.
    #[inline]
    fn advance(&self, scores: &Scores) -> Scores {
        let lanes = &scores.named;
        let closed = std::iter::once(scores.outside).chain(lanes[2 * TYPES..].iter().copied());
        let mut outside = NEVER;
        let mut opening = [NEVER; 2 * TYPES];
        for ((score, steps), step) in closed.zip(&self.opening).zip(&self.outside) {
            outside = outside.max(score + step);
            for (best, step) in opening.iter_mut().zip(steps) {
                *best = (*best).max(score + step);
            }
        }
        let [from_begin, from_inside] = &self.going_on;
        let named = std::array::from_fn(|at| match at / TYPES {
            0 => opening[at],
            1 | 2 => {
                let (at, kind) = (at - TYPES, at % TYPES);
                (lanes[kind] + from_begin[at]).max(lanes[TYPES + kind] + from_inside[at])
            }
            _ => opening[at - 2 * TYPES],
        });
        Scores { outside, named }
    }

    /// The label before `label` by which it got its score.
    fn before(&self, label: usize, scores: &Scores) -> usize {
        let scored = self.back[label].iter().map(|&(before, step)| (before, scores.of(before) + step));
        let higher = |best: (usize, i32), new: (usize, i32)| if new.1 > best.1 { new } else { best };
        scored.fold((0, i32::MIN), higher).0
    }
}

/// The labels that are in no open name: outside, then those that end a name, then those of one character.
const CLOSED: [usize; 1 + 2 * TYPES] = {
    let mut labels = [0; 1 + 2 * TYPES];
    let mut at = 0;
    while at < 2 * TYPES {
        labels[1 + at] = 1 + slot(2 * TYPES + at);
        at += 1;
    }
    labels
};

/// The names of the rows of steps.
const STEP: &str = "behind";

/// Room to reckon in, for one sentence after another.
#[derive(Debug, Default)]
pub struct Work {
    /// The weights of all facts of each character, added up, from [`PAD`] before the first one to as many behind the last.
    sums: Vec<Row>,
    /// The same of each word that is seen, from one before the first word to one behind the last.
    words: Vec<Row>,
    /// The rows of the tags of these words.
    tags: Vec<Rows>,
    scores: Vec<Scores>,
    labels: Vec<usize>,
}

/// How far beyond the edges of a sentence facts reach.
const PAD: usize = (MARGIN + MOST_SHIFT) as usize;

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
        let mut weights = Self::default();
        for fact in facts {
            let outside = weight(fact, 0);
            let row: [f32; NAMED] = std::array::from_fn(|at| weight(fact, slot(at) + 1) - outside);
            if row.iter().any(|weight| weight.abs() >= least) {
                weights.facts.push(fact);
                weights.rows.push(row.map(whole));
            }
        }
        let edges = || std::iter::once(None).chain((0..LABELS).map(Some));
        for from in edges() {
            weights.steps.push(std::array::from_fn(|to| i32::from(whole(step(from, Some(to))))));
        }
        weights.steps.push(std::array::from_fn(|from| i32::from(whole(step(Some(from), None)))));
        weights.arranged()
    }

    /// The same, ready to be looked up.
    fn arranged(mut self) -> Self {
        let mut order: Vec<usize> = (0..self.facts.len()).collect();
        order.sort_by_cached_key(|&at| self.facts[at].view());
        self.rows = order.iter().map(|&at| self.rows[at]).collect();
        self.facts = order.iter().map(|&at| self.facts[at]).collect();
        self.seen = Seen::of(&self.facts);
        for (number, row) in self.steps.iter_mut().enumerate() {
            for (label, weight) in row.iter_mut().enumerate() {
                let is_last = number == LABELS + 1;
                let (from, to) =
                    if is_last { (Some(label), None) } else { (number.checked_sub(1), Some(label)) };
                if forbidden(from, to) {
                    *weight = NEVER;
                }
            }
        }
        self.ways = Ways::new(&self.steps);
        self
    }

    /// The weights as text: a line for each fact, then one for each label before; the fact, a tab, and a number for
    /// each label but `O`, of which 200 make 1; 0 is left empty.
    pub fn to_tsv(&self) -> String {
        let rows = self.facts.iter().zip(&self.rows);
        let numbers = |row: &Row| (0..NAMED).map(|named| row[slot(named)].into()).collect();
        let mut rows: Vec<(String, Vec<i32>)> =
            rows.map(|(fact, row)| (fact.to_string(), numbers(row))).collect();
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

    /// Reads what [`Weights::to_tsv`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] with its line where one is none.
    pub fn from_tsv(text: &str) -> Result<Self> {
        let mut weights = Self::default();
        for (line, number) in text.lines().zip(1..) {
            let wrong = || {
                let what = format!("`{line}`: a fact, a tab, and numbers with commas between are expected");
                Error::new(ErrorKind::Format(what)).at_line(number)
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
                weights.steps.push(row);
            } else {
                let mut row = [0; NAMED];
                for named in 0..NAMED {
                    row[slot(named)] = next()?;
                }
                weights.facts.push(Fact::parse(name).ok_or_else(wrong)?);
                weights.rows.push(row);
            }
        }
        weights.steps.resize(LABELS + 2, [0; LABELS]);
        Ok(weights.arranged())
    }

    /// How many facts have weights.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// True where none has.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The labels of the highest score (Viterbi 1967).
    pub fn best<'w>(&self, sentence: &Sentence, work: &'w mut Work) -> &'w [usize] {
        work.scores.clear();
        work.labels.clear();
        let ([first, .., last], false) = (&*self.steps, sentence.is_empty()) else {
            work.labels.resize(sentence.len(), OUTSIDE);
            return &work.labels;
        };
        self.add_up(sentence, work);
        let mut scores = Scores::new(first);
        for sum in &work.sums[PAD..PAD + sentence.len()] {
            if let Some(before) = work.scores.last() {
                scores = self.ways.advance(before);
            }
            scores.add(sum);
            work.scores.push(scores);
        }
        let mut label = highest((0..LABELS).map(|label| scores.of(label).saturating_add(last[label])));
        work.labels.push(label);
        for scores in work.scores.iter().rev().skip(1) {
            label = self.ways.before(label, scores);
            work.labels.push(label);
        }
        work.labels.reverse();
        &work.labels
    }

    /// Adds up the weights of all facts of each character.
    fn add_up(&self, sentence: &Sentence, work: &mut Work) {
        work.sums.clear();
        work.sums.resize(sentence.len() + 2 * PAD, [0; NAMED]);
        self.add_characters(sentence, &mut work.sums);
        self.add_words(sentence, work);
        for at in 0..sentence.len() {
            sentence.seen(at, |view, value| {
                let rows = self.seen.others[view - FIRST_OTHER].get(value as usize);
                self.scatter(view, rows, PAD + at, &mut work.sums);
            });
        }
    }

    fn add_characters(&self, sentence: &Sentence, sums: &mut [Row]) {
        let seen = &self.seen;
        let number = |at: isize| seen.characters[usize::from(sentence.code(at))];
        let mut next = [number(-MARGIN), number(1 - MARGIN)];
        for at in -MARGIN..sentence.len() as isize + MARGIN {
            let [first, second] = next;
            let third = number(at + 2);
            next = [second, third];
            if first == 0 {
                continue;
            }
            let place = PAD.saturating_add_signed(at);
            self.scatter(0, seen.single.get(usize::from(first)), place, sums);
            if second != 0
                && let Some((rows, number)) = seen.pairs.get(&pair(first, second))
            {
                self.scatter(1, Some(rows), place, sums);
                if *number != NO_TRIPLE {
                    self.scatter(3, seen.triples.get(&triple(*number, third)), place, sums);
                }
            }
            if third != 0 {
                self.scatter(2, seen.apart.get(&pair(first, third)), place, sums);
            }
        }
    }

    fn add_words(&self, sentence: &Sentence, work: &mut Work) {
        work.words.clear();
        work.words.resize(sentence.words() + 4, [0; NAMED]);
        work.tags.clear();
        for number in 0..sentence.words() + 2 {
            let (word, tag) = sentence.word(number.checked_sub(1));
            let rows = word.and_then(|word| self.seen.words.get(&word));
            self.scatter(WORD_VIEW, rows, 1 + number, &mut work.words);
            work.tags.push(self.seen.tags.get(&tag).copied().unwrap_or_default());
        }
        let mut sums = work.sums.iter_mut().skip(PAD);
        for (number, tags) in work.tags.windows(WORDS_SEEN).enumerate() {
            for place in sentence.places_of(number) {
                let Some(sum) = sums.next() else { return };
                add(sum, &work.words[2 + number]);
                for (distance, rows) in tags.iter().enumerate() {
                    let member = distance * PLACES_IN_WORD + place;
                    if rows.members >> member & 1 == 1 {
                        let before = (rows.members & ((1 << member) - 1)).count_ones();
                        add(sum, &self.rows[(rows.first + before) as usize]);
                    }
                }
            }
        }
    }

    /// Adds each of the `rows` of what is seen at `place` to the sum of the character that it holds of.
    #[inline]
    fn scatter(&self, view: View, rows: Option<&Rows>, place: usize, sums: &mut [Row]) {
        let Some(&Rows { first, mut members }) = rows else { return };
        let shifts = &self.seen.shifts[view];
        let mut rows = self.rows[first as usize..].iter();
        while let (1.., Some(row)) = (members, rows.next()) {
            let shift = shifts[members.trailing_zeros() as usize];
            members &= members - 1;
            add(&mut sums[place.wrapping_add_signed(shift)], row);
        }
    }
}

/// How many words are seen from a character, its own among them.
const WORDS_SEEN: usize = 3;

// By itself it is a few instructions over whole rows; put into another function it was not made so.
#[inline(never)]
fn add(sum: &mut Row, row: &Row) {
    let (before, row) = (*sum, *row);
    *sum = std::array::from_fn(|at| before[at].saturating_add(row[at]));
}

/// The place of the highest number, the first of several.
fn highest(numbers: impl Iterator<Item = i32>) -> usize {
    let higher = |best: (usize, i32), new: (usize, i32)| if new.1 > best.1 { new } else { best };
    numbers.enumerate().fold((0, i32::MIN), higher).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_come_along_are_read_and_written_as_they_are() {
        let text = include_str!("../../data/names/weights.tsv");
        let weights = Weights::from_tsv(text).expect("a good table");
        assert!(weights.len() > 1000);
        assert!(weights.to_tsv() == text);
    }

    #[test]
    fn what_is_looked_up_together_weighs_what_its_facts_weigh() {
        let weights = Weights::from_tsv(include_str!("../../data/names/weights.tsv")).expect("a good table");
        let known = weights.facts.iter().zip(&weights.rows);
        let known: FxHashMap<Fact, Row> = known.map(|(fact, row)| (*fact, *row)).collect();
        let (mut sentence, mut work, mut facts) = (Sentence::default(), Work::default(), Vec::new());
        for text in ["", "周", "省总工会主席周国强说,", "欧阳锋在衢州市柯城区(简称“柯城”)会见阿里·汗"]
        {
            sentence.look(text);
            weights.add_up(&sentence, &mut work);
            for at in 0..sentence.len() {
                sentence.facts(at, &mut facts);
                let mut sum = [0; NAMED];
                facts.iter().filter_map(|fact| known.get(fact)).for_each(|row| add(&mut sum, row));
                assert_eq!(work.sums[PAD + at], sum, "character {at} of {text}");
            }
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = Weights::from_tsv("char=工\t1,2\nchar=会").expect_err("no tab");
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
