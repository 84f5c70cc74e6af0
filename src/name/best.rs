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
    /// The rows of the tags of these words.
    tags: Vec<Rows>,
    scores: Vec<Scores>,
    labels: Vec<usize>,
    /// The rows of the characters that are seen, with their view and where the first of these characters stands.
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
        let mut scores = Scores::new(first);
        for sum in &scratch.sums[PAD..PAD + sentence.len()] {
            if let Some(before) = scratch.scores.last() {
                scores = self.ways.advance(before);
            }
            scores.add(sum);
            scratch.scores.push(scores);
        }
        let mut label = highest((0..LABELS).map(|label| scores.of(label) + last[label] as f32));
        scratch.labels.push(label);
        for scores in scratch.scores.iter().rev().skip(1) {
            label = self.ways.before(label, scores);
            scratch.labels.push(label);
        }
        scratch.labels.reverse();
        &scratch.labels
    }

    /// Adds up the weights of all facts of each character.
    fn add_up(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        scratch.sums.clear();
        scratch.sums.resize(sentence.len() + 2 * PAD, [0; NAMED]);
        self.add_characters(sentence, scratch);
        self.add_words(sentence, scratch);
        for at in 0..sentence.len() {
            sentence.seen(at, |view, value| {
                self.scatter(view, self.seen.other(view, value), PAD + at, &mut scratch.sums);
            });
        }
    }

    /// Looks everything up before it adds anything, so that the looks at memory wait together.
    fn add_characters(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        let seen = &self.seen;
        let LabelScratch { sights, pairs, sums, .. } = scratch;
        sights.clear();
        pairs.clear();
        let number = |at: isize| seen.number(sentence.code(at));
        let mut next = [number(-MARGIN), number(1 - MARGIN)];
        for at in -MARGIN..sentence.len() as isize + MARGIN {
            let [first, second] = next;
            let third = number(at + 2);
            next = [second, third];
            if first == 0 {
                continue;
            }
            let place = PAD.saturating_add_signed(at);
            sights.extend(seen.single(first).map(|rows| (0, rows, place)));
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
        for (view, rows, place) in sights {
            self.scatter(*view, Some(*rows), *place, sums);
        }
    }

    fn add_words(&self, sentence: &Sentence, scratch: &mut LabelScratch) {
        scratch.words.clear();
        scratch.words.resize(sentence.words() + 4, [0; NAMED]);
        scratch.tags.clear();
        for number in 0..sentence.words() + 2 {
            let (word, tag) = sentence.word(number.checked_sub(1));
            let rows = word.and_then(|word| self.seen.words.get(word));
            self.scatter(WORD_VIEW, rows, 1 + number, &mut scratch.words);
            scratch.tags.push(self.seen.tags.get(tag).unwrap_or_default());
        }
        let mut sums = scratch.sums.iter_mut().skip(PAD);
        for (number, tags) in scratch.tags.windows(WORDS_SEEN).enumerate() {
            for place in sentence.places_of(number) {
                let Some(sum) = sums.next() else { return };
                add(sum, &scratch.words[2 + number]);
                for (distance, rows) in tags.iter().enumerate() {
                    let member = distance * PLACES_IN_WORD + place;
                    if rows.members >> member & 1 == 1 {
                        let before = (rows.members & ((1 << member) - 1)).count_ones();
                        self.rows(rows.first + before)
                            .first()
                            .into_iter()
                            .for_each(|row| add_packed(sum, row));
                    }
                }
            }
        }
    }

    /// Adds each of the `rows` of what is seen at `place` to the sum of the character that it holds of.
    #[inline]
    fn scatter(&self, view: View, rows: Option<Rows>, place: usize, sums: &mut [Row]) {
        let Some(Rows { first, mut members }) = rows else { return };
        let shifts = &self.seen.shifts[view];
        let mut rows = self.rows(first).iter();
        while let (1.., Some(row)) = (members, rows.next()) {
            let shift = shifts[members.trailing_zeros() as usize % MEMBERS];
            members &= members - 1;
            add_packed(&mut sums[place.wrapping_add_signed(shift)], row);
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

/// The same, of a row as it is kept.
#[inline(never)]
fn add_packed(sum: &mut Row, row: &[u8; ROW]) {
    let (before, row) = (*sum, read_row(row));
    *sum = std::array::from_fn(|at| before[at].saturating_add(row[at]));
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
                facts.iter().filter_map(|fact| known.get(fact)).for_each(|row| add(&mut sum, row));
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
