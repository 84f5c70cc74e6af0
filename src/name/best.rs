//! The best labels of a sentence under weights.

use super::fact::{MARGIN, MOST_SHIFT, PLACES_IN_WORD, View, WORD_VIEW};
use super::facts::Sentence;
use super::numbers::{LABELS, OUTSIDE};
use super::weights::{MEMBERS, NAMED, ROW, Row, Rows, Scores, Weights, read_row};
use crate::{Error, ErrorKind, Result};

/// Memory that is used again for one sentence after another.
#[derive(Debug, Default)]
pub struct LabelScratch {
    /// The weights of all facts of each character, added up, from [`PAD`] before the first one to as many behind the last.
    sums: Vec<Row>,
    /// The same of each word that is seen, from one before the first word to one behind the last.
    words: Vec<Row>,
    /// The first rows of the tags of these words.
    tags: Vec<u32>,
    /// The first rows of the characters, from [`MARGIN`] before the first one to as many behind the last.
    singles: Vec<u32>,
    scores: Vec<Scores>,
    labels: Vec<usize>,
    /// The rows of characters that are seen together, with their view and where the first of them stands.
    sights: Vec<(View, Rows, usize)>,
    /// The pairs that are seen, with the character behind and where they stand.
    pairs: Vec<(u32, u16, usize)>,
}

/// How far beyond the edges of a sentence facts reach.
const PAD: usize = (MARGIN + MOST_SHIFT) as usize;

impl Weights {
    /// Reads what [`Weights::to_tsv`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Weights`] with its line where one is none.
    pub fn from_tsv(text: &str) -> Result<Self> {
        Self::parse("", text).map_err(|problem| {
            let line = problem.line.unwrap_or_default() as u64;
            Error::new(ErrorKind::Weights(problem.what)).at_line(line)
        })
    }

    /// The labels of the highest score (Viterbi 1967).
    pub fn best<'w>(&self, sentence: &Sentence, scratch: &'w mut LabelScratch) -> &'w [usize] {
        scratch.scores.clear();
        scratch.labels.clear();
        let ([first, .., last], false) = (&*self.steps, sentence.is_empty()) else {
            scratch.labels.resize(sentence.len(), OUTSIDE);
            return &scratch.labels;
        };
        self.add_up(sentence, scratch);
        let LabelScratch { sums, scores: all, labels, .. } = scratch;
        let mut sums = sums[PAD..PAD + sentence.len()].iter();
        let mut scores = Scores::new(first);
        sums.by_ref().take(1).for_each(|sum| scores.add(sum));
        for sum in sums {
            all.push(scores);
            scores = self.ways.advance(&scores);
            scores.add(sum);
        }
        let mut label = highest((0..LABELS).map(|label| scores.of(label) + last[label] as f32));
        labels.push(label);
        for scores in all.iter().rev() {
            label = self.ways.before(label, scores);
            labels.push(label);
        }
        labels.reverse();
        labels
    }

    /// Adds up the weights of all facts of each character.
    fn add_up(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        // Everything is looked up before anything is added, so that the looks at memory wait together.
        self.look_up(sentence, scratch);
        scratch.sums.clear();
        scratch.sums.resize(PAD, [0; NAMED]);
        self.add_words(sentence, scratch);
        scratch.sums.resize(sentence.len() + 2 * PAD, [0; NAMED]);
        let LabelScratch { sights, sums, singles, .. } = scratch;
        let weights = self.rows();
        for (first, place) in singles.iter().zip(PAD - 2 * MARGIN as usize..) {
            let rows = weights.get(*first as usize..).unwrap_or_default();
            if let (Some(sums), Some(rows)) = (sums[place..].first_chunk_mut(), rows.first_chunk()) {
                add_around(sums, rows);
            }
        }
        for (view, rows, place) in sights {
            scatter(weights, &self.seen.shifts[*view], *rows, *place, sums);
        }
        for at in 0..sentence.len() {
            sentence.seen(at, |view, value| {
                if let Some(rows) = self.seen.other(view, value) {
                    scatter(weights, &self.seen.shifts[view], rows, PAD + at, sums);
                }
            });
        }
    }

    /// Looks up what is seen of the characters by themselves and together.
    fn look_up(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        let seen = &self.seen;
        let LabelScratch { sights, pairs, singles, .. } = scratch;
        sights.clear();
        pairs.clear();
        singles.clear();
        let number = |at: isize| seen.number(sentence.code(at));
        let mut next = [number(-MARGIN), number(1 - MARGIN)];
        for at in -MARGIN..sentence.len() as isize + MARGIN {
            let [first, second] = next;
            let third = number(at + 2);
            next = [second, third];
            singles.push(seen.single(first));
            if first == 0 {
                continue;
            }
            let place = PAD.saturating_add_signed(at);
            if second != 0
                && let Some((rows, pair)) = seen.pair(first, second)
            {
                sights.push((1, rows, place));
                pairs.push((pair, third, place));
            }
            if third != 0 {
                sights.extend(seen.apart(first, third).map(|rows| (2, rows, place)));
            }
        }
        let triple = |&(pair, third, place): &(u32, u16, usize)| Some((3, seen.triple(pair, third)?, place));
        sights.extend(pairs.iter().filter_map(triple));
    }

    /// Puts what words and their tags weigh for each character behind `sums`.
    fn add_words(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        let LabelScratch { sums, words, tags, .. } = scratch;
        words.clear();
        words.resize(sentence.words() + 4, [0; NAMED]);
        tags.clear();
        let weights = self.rows();
        for number in 0..sentence.words() + 2 {
            let (word, tag) = sentence.word(number.checked_sub(1));
            if let Some(rows) = word.and_then(|word| self.seen.words.get(word)) {
                scatter(weights, &self.seen.shifts[WORD_VIEW], rows, 1 + number, words);
            }
            tags.push(self.seen.tag(tag));
        }
        for (number, tags) in tags.windows(WORDS_SEEN).enumerate() {
            let [before, own, behind] = tags else { return };
            for place in sentence.places_of(number) {
                let place = place as u32;
                let rows = [before + place, own + PLACES + place, behind + 2 * PLACES + place];
                sums.push(total(
                    &words[2 + number],
                    rows.map(|row| weights.get(row as usize).unwrap_or(&[0; ROW])),
                ));
            }
        }
    }
}

/// Adds each of the `rows` of what is seen at `place` to the sum of the character, or word, that it holds of.
#[inline]
fn scatter(weights: &[[u8; ROW]], shifts: &[isize; MEMBERS], rows: Rows, place: usize, sums: &mut [Row]) {
    let Rows { first, mut members } = rows;
    for row in weights.get(first as usize..).unwrap_or_default() {
        let shift = shifts[members.trailing_zeros() as usize % MEMBERS];
        add(&mut sums[place.wrapping_add_signed(shift)], row);
        members &= members.wrapping_sub(1);
        if members == 0 {
            return;
        }
    }
}

/// How many characters are seen from a character by themselves, and how many words; its own among them.
const SEEN: usize = 2 * MARGIN as usize + 1;
const WORDS_SEEN: usize = 3;

/// How many rows what a tag says has for each distance.
const PLACES: u32 = PLACES_IN_WORD as u32;

// By themselves they are a few instructions over whole rows; put into another function they were not made so.
#[inline(never)]
fn add(sum: &mut Row, row: &[u8; ROW]) {
    *sum = both(sum, &read_row(row));
}

/// The sum of `row` and `rows`.
#[inline(never)]
fn total<const N: usize>(row: &Row, rows: [&[u8; ROW]; N]) -> Row {
    rows.iter().fold(*row, |sum, row| both(&sum, &read_row(row)))
}

/// Adds the rows of a character to the sums of those around it: the first of them to the last.
#[inline(never)]
fn add_around(sums: &mut [Row; SEEN], rows: &[[u8; ROW]; SEEN]) {
    sums.iter_mut().rev().zip(rows).for_each(|(sum, row)| *sum = both(sum, &read_row(row)));
}

#[inline]
fn both(one: &Row, other: &Row) -> Row {
    std::array::from_fn(|at| one[at].saturating_add(other[at]))
}

/// The place of the highest number, the first of several.
fn highest(numbers: impl Iterator<Item = f32>) -> usize {
    let higher = |best: (usize, f32), new: (usize, f32)| if new.1 > best.1 { new } else { best };
    numbers.enumerate().fold((OUTSIDE, f32::NEG_INFINITY), higher).0
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashMap;

    use super::super::fact::Fact;
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
        let known: FxHashMap<Fact, Row> = weights.facts().collect();
        let (mut sentence, mut scratch, mut facts) =
            (Sentence::default(), LabelScratch::default(), Vec::new());
        for text in ["", "周", "省总工会主席周国强说,", "欧阳锋在衢州市柯城区(简称“柯城”)会见阿里·汗"]
        {
            sentence.look(text);
            weights.add_up(&sentence, &mut scratch);
            for at in 0..sentence.len() {
                sentence.facts(at, &mut facts);
                let mut sum = [0; NAMED];
                facts.iter().filter_map(|fact| known.get(fact)).for_each(|row| sum = both(&sum, row));
                assert_eq!(scratch.sums[PAD + at], sum, "character {at} of {text}");
            }
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = Weights::from_tsv("char=工\t1,2\nchar=会").expect_err("no tab");
        assert!(error.to_string().starts_with("line 2: "), "{error}");
    }
}
