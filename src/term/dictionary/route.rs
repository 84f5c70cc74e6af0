//! The most probable way to cut text into words of the dictionary.

use std::cell::Cell;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::{Place, at, child, code, probabilities};

/// Memory that is used again.
#[derive(Debug, Default)]
struct Scratch {
    /// Where each character of the run starts, and where the last one ends.
    starts: Vec<u32>,
    codes: Vec<u16>,
    steps: Vec<Step>,
}

/// The best word to take from a character on.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// The logarithm of the probability of this word and those after it.
    probability: f64,
    /// The slot where the word ends; 0 for a character in no word.
    slot: u32,
    /// How many characters it has.
    length: u32,
}

/// Cuts `text` and hands out its words in order, each with its place where it was found in the dictionary.
///
/// Cuts as jieba does, to the word: of all ways to make a run of characters of words, the one whose frequencies
/// multiply to the most; with `guess`, single characters left side by side go through jieba's hidden Markov model.
#[inline]
pub(crate) fn cut<'t>(text: &'t str, guess: bool, mut word: impl FnMut(&'t str, Option<Place>)) {
    thread_local!(static SCRATCH: Cell<Scratch> = Cell::default());
    // Taken and not borrowed, so that `word` may cut, too.
    let mut scratch = SCRATCH.take();
    let mut rest = text;
    while !rest.is_empty() {
        let end = scratch.read(rest);
        let (run, others) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !run.is_empty() {
            scratch.find_best();
            scratch.hand_out(run, guess, &mut word);
        }
        rest = cut_others(others, &mut word);
    }
    SCRATCH.set(scratch);
}

/// Knows no word, so that all it does is guess.
static GUESSER: LazyLock<Jieba> = LazyLock::new(Jieba::empty);

/// The part of speech of `word`, in jieba's tag set: the dictionary's where it has the word, else a guess. A word that
/// falls apart when it stands alone is what its last part is: Chinese puts the head last.
pub(crate) fn tag(word: &str) -> String {
    let mut last = ("", None);
    // Where the characters start that the last part was guessed from.
    let (mut start, mut end) = (0, 0);
    cut(word, true, |part, place| {
        end += part.len();
        if place.is_some() || !part.chars().all(is_of_words) {
            start = end;
        }
        last = (part, place);
    });
    let (part, place) = last;
    if let Some(place) = place.or_else(|| Place::of(part)) {
        return place.tag().to_owned();
    }
    let guessed = word.get(start..).unwrap_or_default();
    GUESSER.tag(guessed, true).last().map_or("x", |tag| tag.tag).to_owned()
}

/// Hands out the characters before the next run, each by itself but for `\r\n`; what is left.
#[inline]
fn cut_others<'t>(text: &'t str, word: &mut impl FnMut(&'t str, Option<Place>)) -> &'t str {
    let mut rest = text;
    while let Some(c) = rest.chars().next().filter(|&c| !is_of_words(c)) {
        let length = if rest.starts_with("\r\n") { 2 } else { c.len_utf8() };
        let (one, others) = rest.split_at(length);
        word(one, None);
        rest = others;
    }
    rest
}

impl Scratch {
    /// Reads the run of characters that words are made of at the start of `text`; says where it ends.
    #[inline]
    fn read(&mut self, text: &str) -> usize {
        self.starts.clear();
        self.codes.clear();
        let mut end = text.len();
        for (at, c) in text.char_indices() {
            if !is_of_words(c) {
                end = at;
                break;
            }
            self.starts.push(at as u32);
            self.codes.push(code(c));
        }
        self.starts.push(end as u32);
        end
    }

    /// Finds the best step from each character, from the last one on.
    #[inline]
    fn find_best(&mut self) {
        let (codes, probabilities) = (&*self.codes, probabilities());
        let length = codes.len();
        self.steps.clear();
        self.steps.resize(length + 1, Step::default());
        let steps = &mut *self.steps;
        let unknown = probabilities.first().copied().unwrap_or_default();
        for from in (0..length).rev() {
            let mut best = Step { probability: f64::NEG_INFINITY, slot: 0, length: 0 };
            let mut slot = child(0, codes[from], true);
            let mut to = from;
            while let Some(here) = slot {
                to += 1;
                let found = at(here);
                if found.rank() > 0 {
                    let probability = probabilities[found.rank()] + steps[to].probability;
                    // Of words as good as each other the longest.
                    if probability >= best.probability {
                        best = Step { probability, slot: here as u32, length: (to - from) as u32 };
                    }
                }
                if to == length {
                    break;
                }
                slot = child(found.base(), codes[to], false);
            }
            if best.length == 0 {
                best = Step { probability: unknown + steps[from + 1].probability, slot: 0, length: 1 };
            }
            steps[from] = best;
        }
    }

    /// Hands out the words of `run`.
    #[inline]
    fn hand_out<'t>(&self, run: &'t str, guess: bool, word: &mut impl FnMut(&'t str, Option<Place>)) {
        let text = |from: usize, to: usize| {
            run.get(self.starts[from] as usize..self.starts[to] as usize).unwrap_or_default()
        };
        let length = self.codes.len();
        let mut from = 0;
        while from < length {
            let mut to = from;
            // Single characters side by side; without guessing only those of the Latin alphabet.
            while to < length
                && self.steps[to].length == 1
                && (guess || text(to, to + 1).bytes().all(|byte| byte.is_ascii_alphanumeric()))
            {
                to += 1;
            }
            if to - from > 1 {
                self.hand_out_singles(text(from, to), from..to, guess, word);
                from = to;
                continue;
            }
            let step = self.steps[from];
            let to = from + step.length as usize;
            word(text(from, to), (step.slot > 0).then_some(Place(step.slot)));
            from = to;
        }
    }

    #[cold]
    fn hand_out_singles<'t>(
        &self,
        run: &'t str,
        range: std::ops::Range<usize>,
        guess: bool,
        word: &mut impl FnMut(&'t str, Option<Place>),
    ) {
        if !guess {
            word(run, None);
        } else if Place::of(run).is_some() {
            for at in range.clone() {
                let base = self.starts[range.start];
                let text = run
                    .get((self.starts[at] - base) as usize..(self.starts[at + 1] - base) as usize)
                    .unwrap_or_default();
                word(text, Some(self.steps[at].slot).filter(|&slot| slot > 0).map(Place));
            }
        } else {
            GUESSER.cut(run, true).into_iter().for_each(|token| word(token.word, None));
        }
    }
}

/// True for the characters that words are made of: jieba's blocks.
#[inline]
fn is_of_words(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        _ => matches!(c,
            '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}'),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    fn words(text: &str, guess: bool) -> Vec<&str> {
        let mut words = Vec::new();
        cut(text, guess, |word, _| words.push(word));
        words
    }

    fn words_of_jieba(text: &str, guess: bool) -> Vec<&str> {
        JIEBA.cut(text, guess).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn bench_all() {
        let Ok(folder) = std::env::var("ZALL") else { return };
        for entry in walkdir::WalkDir::new(folder).follow_links(true) {
            let entry = entry.expect("x");
            if !entry.file_type().is_file() { continue; }
            let text = fs::read_to_string(entry.path()).expect("t"); eprintln!("{}", text.len());
            for guess in [true, false] {
                assert_eq!(words(&text, guess), words_of_jieba(&text, guess));
            }
            for token in words(&text, true) {
                assert_eq!(tag(token), JIEBA.tag(token, true).last().map_or("x", |tag| tag.tag), "{token}");
                assert_eq!(Place::of(token).is_some(), JIEBA.has_word(token), "{token}");
            }
        }
    }
}
