//! The phrase behind a number that names what is counted: where it may end, and what tells of each end.
//!
//! The ends are weighed against each other, each by what holds there and by what was passed on the way to it
//! (`data/figures/objects.tsv`, learnt by `examples/fit_objects`): 职工 and 职工书屋 both may name something, and which of
//! them does is told by what stands behind.

use std::ops::Range;

use super::figure_words::{Cue, Fact, View};
use super::name::Name;
use super::object::is_verb;
use super::pattern::Pattern;
use super::text::Text;
use super::words::Kind;
use crate::term::{dictionary_tag, for_each_tagged_word};

/// The longest phrase that is taken for one.
const LONGEST: usize = 18;

/// How far behind it words are looked at.
const BEHIND: usize = 4;

/// How much more likely the best end so far must be than all that was passed, so that no other is looked at.
const HOPELESS: i32 = 800;

/// A phrase that is open: it begins at its first cell, and may end in front of some of the next.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) from: usize,
    /// Where it may end, in order.
    pub(super) ends: Vec<usize>,
    /// The words in it and behind it, as the general dictionary cuts them.
    words: Vec<Word>,
    /// What the lists say of each place in it.
    places: Vec<Place>,
    /// The letter of its classifier's group.
    group: char,
}

/// A word, and the letters of its tag.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    tag: [char; 2],
}

/// What the lists say of a place.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The letter of the list that has a word which ends there.
    head: char,
    /// Whether a word that is kept whole lies across.
    kept: char,
}

/// What is said where there is nothing.
const NONE: char = '-';

/// The lists whose words may begin behind a phrase, each with a letter.
const BEGINS: [(char, Cue); 7] = [
    ('e', Cue::ObjectEnd),
    ('k', Cue::ObjectKeep),
    ('p', Cue::Person),
    ('s', Cue::NounSuffix),
    ('c', Cue::Change),
    ('v', Cue::Verb),
    ('m', Cue::MoneyNoun),
];

/// The lists whose words may end one.
const ENDS: [(char, Cue); 2] = [('p', Cue::PersonHead), ('b', Cue::BodyHead)];

/// The first letters of the tags of nouns, and of what may stand in front of one; the others make one with a second.
const NOUNS: [char; 4] = ['n', 'j', 'b', 's'];
const NOUNS_WITH_N: [char; 2] = ['v', 'a'];

/// The digit of a length.
fn digit(length: usize) -> char {
    const DIGITS: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    DIGITS[length.min(DIGITS.len() - 1)]
}

impl Word {
    /// True for a noun, and for what may stand in front of one in a compound.
    fn is_noun_like(&self) -> bool {
        let [first, second] = self.tag;
        NOUNS.contains(&first) | (NOUNS_WITH_N.contains(&first) & (second == 'n'))
    }
}

impl Phrase {
    /// How many words begin in front of `at`.
    fn words_before(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.start < at)
    }

    fn place(&self, at: usize) -> Place {
        let place = self.places.get(at - self.from);
        place.copied().unwrap_or(Place { head: NONE, kept: NONE })
    }
}

impl Text<'_> {
    /// The phrase that is open at `from`; none where a quotation mark stays open.
    pub(super) fn open_phrase(&self, from: usize) -> Option<Phrase> {
        let (mut at, mut quoted, mut ends) = (from, false, vec![from]);
        while let Some(next) = self.goes_on(from, at, quoted).filter(|_| at < from + LONGEST) {
            (at, quoted) = next;
            ends.extend((!quoted).then_some(at));
        }
        let (words, places) = match ends.len() {
            1 => Default::default(),
            _ => (self.words_of(from..at), self.places_of(from..at)),
        };
        (!quoted).then_some(Phrase { from, ends, words, places, group: self.group_before(from) })
    }

    /// Where the phrase from `from` may end next behind `at`, and whether a quotation mark is open there.
    fn goes_on(&self, from: usize, at: usize, quoted: bool) -> Option<(usize, bool)> {
        let begins = at == from;
        let cell = self.cells.get(at).filter(|cell| quoted | begins | !cell.gap)?;
        match (cell.kind, quoted) {
            (Kind::Open, false) if begins => Some((at + 1, true)),
            (Kind::Close, true) => Some((at + 1, false)),
            (Kind::Han | Kind::Letter, _) => Some((at + 1, quoted)),
            (kind, true) if kind.is_numeric() => Some((at + 1, quoted)),
            // 四川籍, 五粮液: a numeral in a word that is none.
            _ => match self.word(at)? {
                Name::Ordinary(end) => Some((end, quoted)).filter(|_| !begins | (end > at + 1)),
                Name::Named(_) => None,
            },
        }
    }

    /// The words of `cells` and of what stands behind them.
    fn words_of(&self, cells: Range<usize>) -> Vec<Word> {
        let behind = (cells.end..cells.end + BEHIND).take_while(|&at| self.kind(at) == Kind::Han);
        let text: String = cells.clone().chain(behind).map(|at| self.ch(at)).collect();
        let (mut words, mut start) = (Vec::new(), cells.start);
        for_each_tagged_word(&text, |length, tag| {
            let mut letters = tag.chars();
            let mut next = || letters.next().unwrap_or(NONE);
            words.push(Word { start, end: start + length, tag: [next(), next()] });
            start += length;
        });
        words
    }

    /// What the lists say of each place from the beginning of `cells` to their end.
    fn places_of(&self, cells: Range<usize>) -> Vec<Place> {
        let mut kept = cells.start;
        let place = |at: usize| {
            let ends = |cue| self.word_before(cue, at).is_some_and(|start| start >= cells.start);
            let head = ENDS.iter().find(|(_, cue)| ends(*cue)).map_or(NONE, |(letter, _)| *letter);
            let place = Place { head, kept: if kept > at { 'k' } else { NONE } };
            kept = kept.max(self.word_at(Cue::ObjectKeep, at).unwrap_or(at));
            place
        };
        (cells.start..=cells.end).map(place).collect()
    }

    /// The letter of the group that the classifier in front of `from` is in: of persons, of bodies, of money.
    fn group_before(&self, from: usize) -> char {
        match self.ch_before(from) {
            '名' | '位' => 'p',
            '家' | '户' => 'b',
            '元' => 'm',
            _ => NONE,
        }
    }

    /// The likeliest of the ends of `phrase`.
    pub(super) fn likeliest_end(&self, phrase: &Phrase) -> usize {
        let (mut passed, mut best) = (0, (i32::MIN, phrase.from));
        for &at in &phrase.ends {
            let (mut here, mut beyond) = (passed, passed);
            self.tell_of_end(phrase, at, &mut |fact| {
                let [ends, goes_on] = self.lexicon.objects.get(fact);
                here += ends;
                beyond += goes_on;
            });
            passed = beyond;
            best = if here > best.0 { (here, at) } else { best };
            if passed.saturating_add(HOPELESS) < best.0 {
                break;
            }
        }
        best.1
    }

    /// Tells everything that holds where `phrase` ends in front of `at`.
    pub(super) fn tell_of_end(&self, phrase: &Phrase, at: usize, tell: &mut impl FnMut(Fact)) {
        self.tell_of_characters(phrase, at, tell);
        let tag = self.tell_of_words(phrase, at, tell);
        let end = self.tell_of_lists(phrase, at, tag, tell);
        tell_of_heads(phrase, at, [phrase.place(at).head, end, tag], tell);
    }

    fn tell_of_characters(&self, phrase: &Phrase, at: usize, tell: &mut impl FnMut(Fact)) {
        // The classifier counts for the last character where nothing is behind it.
        let last = |back: usize| at.checked_sub(back).filter(|&k| k + 1 >= phrase.from);
        let [before, last] = [2, 1].map(|back| last(back).map_or('\0', |k| self.ch(k)));
        let [next, behind] = [self.ch(at), self.ch(at + 1)];
        let classifier = self.ch_before(phrase.from);
        tell(Fact::new(View::Always, []));
        tell(Fact::new(View::Last1, [last]));
        tell(Fact::new(View::Last2, [before, last]));
        tell(Fact::new(View::Next1, [next]));
        tell(Fact::new(View::Next2, [next, behind]));
        tell(Fact::new(View::Classifier, [classifier, digit(at - phrase.from)]));
        tell(Fact::new(View::Left, self.left(phrase, at)));
    }

    /// What is left of the phrase behind `at`: how much, and what stands behind that.
    fn left(&self, phrase: &Phrase, at: usize) -> [char; 2] {
        let end = phrase.ends.last().copied().unwrap_or(at);
        let behind = match self.kind(end) {
            Kind::Han | Kind::Letter => 'h',
            kind if kind.is_numeric() => 'n',
            _ => 'p',
        };
        [digit(end - at), behind]
    }

    /// Tells of the words around `at`, and returns the letter of the tag of the next.
    fn tell_of_words(&self, phrase: &Phrase, at: usize, tell: &mut impl FnMut(Fact)) -> char {
        let before = phrase.words_before(at);
        let word = |number: usize| phrase.words.get(number);
        let tag = |number: usize| word(number).map_or([NONE; 2], |word| word.tag);
        if let Some(cut) = word(before.wrapping_sub(1)).filter(|word| word.end > at) {
            let place = [digit(at - cut.start), digit(cut.end - cut.start)];
            tell(Fact::new(View::Inside, place.into_iter().chain(cut.tag)));
            return '/';
        }
        let [first, last] = [2, 1].map(|back| before.wrapping_sub(back));
        let length = |number| digit(word(number).map_or(0, |word| word.end - word.start));
        let [next, behind] = [tag(before), tag(before + 1)];
        tell(Fact::new(View::LastWord, [length(last)].into_iter().chain(tag(last))));
        tell(Fact::new(View::NextWord, [length(before)].into_iter().chain(next)));
        tell(Fact::new(View::LastTags, [tag(first), tag(last), next].into_iter().flatten()));
        tell(Fact::new(View::NextTags, [tag(last), next, behind].into_iter().flatten()));
        tell(Fact::new(View::LeftTags, [next, behind, self.left(phrase, at)].into_iter().flatten()));
        next[0]
    }

    /// Tells what the lists say of the place `at`, and returns the digit of the word there at which phrases end.
    fn tell_of_lists(&self, phrase: &Phrase, at: usize, tag: char, tell: &mut impl FnMut(Fact)) -> char {
        let Place { head, kept } = phrase.place(at);
        let mut end = '0';
        for (letter, cue) in BEGINS {
            let Some(behind) = self.word_at(cue, at) else { continue };
            tell(Fact::new(View::Begins, [letter, digit(behind - at)]));
            end = if cue == Cue::ObjectEnd { digit(behind - at) } else { end };
        }
        let verb = match is_verb([self.ch(at), self.ch(at + 1)]) {
            true => 'v',
            false if self.fits(Pattern::FormedVerb, at..at) => 'f',
            false => NONE,
        };
        let across = match at > phrase.from {
            true if self.is_noun(at - 1..at + 1) => 'n',
            _ => NONE,
        };
        tell(Fact::new(View::Lies, [across, kept]));
        tell(Fact::new(View::Lists, [head, end, verb, across, kept]));
        tell(Fact::new(View::Lists, [head, end, verb, tag, across, kept]));
        tell(Fact::new(View::Lists, [end, verb, tag]));
        tell(Fact::new(View::Lists, [head, tag]));
        end
    }

    /// True where the general dictionary has a noun in `cells`: 乘客, which is no 乘.
    fn is_noun(&self, cells: Range<usize>) -> bool {
        let word: String = cells.map(|at| self.ch(at)).collect();
        dictionary_tag(&word).is_some_and(|tag| tag.starts_with('n'))
    }
}

/// Tells of the words behind `at` that may end the phrase further on, beside what ends it there.
fn tell_of_heads(phrase: &Phrase, at: usize, [head, end, tag]: [char; 3], tell: &mut impl FnMut(Fact)) {
    const MOST: usize = 3;
    let group = phrase.group;
    tell(Fact::new(View::Group, [group, head, tag]));
    tell(Fact::new(View::Group, [group, head, end, tag]));
    let words = phrase.words.get(phrase.words_before(at)..).unwrap_or_default();
    let count = words.iter().take_while(|word| word.is_noun_like()).count();
    let [run, follows] = [count.wrapping_sub(1), count].map(|number| words.get(number));
    let run_end = run.map_or(at, |word| word.end);
    let run_head = phrase.place(run_end).head;
    let follows = follows.map_or(NONE, |word| word.tag[0]);
    let limit = if Some(&run_end) < phrase.ends.last() { 'i' } else { 'e' };
    tell(Fact::new(View::Run, [digit(count.min(MOST)), run_head, follows, limit]));
    let count = digit(count.min(MOST - 1));
    tell(Fact::new(View::Run, [group, head, count, run_head, limit]));
    tell(Fact::new(View::Run, [head, count, run_head, follows, tag]));
    let further = phrase.ends.iter().filter(|&&end| end > at);
    let ahead = further.copied().find(|&end| phrase.place(end).head != NONE).unwrap_or(at);
    let (far, what) = (digit(ahead - at), if ahead > at { phrase.place(ahead).head } else { NONE });
    let then = phrase.words.get(phrase.words_before(ahead)).filter(|_| ahead > at);
    tell(Fact::new(View::Ahead, [far, what, then.map_or(NONE, |word| word.tag[0])]));
    tell(Fact::new(View::Ahead, [group, head, far, what]));
    tell(Fact::new(View::Ahead, [group, what, tag]));
}
