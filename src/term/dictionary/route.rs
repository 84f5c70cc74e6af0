//! The most probable way to cut text into words of the dictionary.

use std::cell::Cell;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::slot::Slot;
use super::{Place, at, code, guess, probabilities};

/// A run of more characters than this, 2 MB of memory, leaves nothing behind.
const MOST_KEPT: usize = 1 << 16;

/// A run of the characters that words are made of. Its memory is used again for the next.
#[derive(Debug, Default)]
struct Run {
    /// The characters, and behind them the end.
    characters: Vec<Character>,
}

/// A character of a run, and the best word to take from it on.
#[derive(Debug, Clone, Copy, Default)]
struct Character {
    /// What stands where a word would go on from the character before to this one.
    pair: Slot,
    /// The logarithm of the probability of the best word and of those after it.
    probability: f64,
    start: u32,
    /// The slot where the best word ends; 0 for a character in no word.
    slot: u32,
    code: u16,
    /// How many characters the best word has.
    length: u16,
}

/// Cuts `text` and hands out its words in order, each with its place where it was found in the dictionary.
///
/// Cuts as jieba does, to the word: of all ways to make a run of characters of words, the one whose frequencies
/// multiply to the most; with `guess`, single characters left side by side go through jieba's hidden Markov model.
#[inline]
pub(crate) fn cut<'t>(text: &'t str, guess: bool, mut word: impl FnMut(&'t str, Option<Place>)) {
    thread_local!(static RUN: Cell<Run> = Cell::default());
    // Taken and not borrowed, so that `word` may cut, too.
    let mut run = RUN.take();
    let mut rest = text;
    while !rest.is_empty() {
        let (words, others) = rest.split_at_checked(run.read(rest)).unwrap_or((rest, ""));
        run.find_best();
        run.hand_out(words, guess, &mut word);
        rest = cut_others(others, &mut word);
    }
    if run.characters.capacity() <= MOST_KEPT {
        RUN.set(run);
    }
}

/// Knows no word, so that all it does is guess.
static GUESSER: LazyLock<Jieba> = LazyLock::new(Jieba::empty);

/// The part of speech of `word`, in jieba's tag set: the dictionary's where it has the word, else a guess. A word that
/// falls apart when it stands alone is what its last part is: Chinese puts the head last.
pub(crate) fn tag(word: &str) -> &'static str {
    if let Some(place) = Place::of(word) {
        return place.tag();
    }
    let mut last = "";
    cut(word, true, |part, _| last = part);
    let ascii = || last.bytes().filter(u8::is_ascii_alphanumeric);
    match Place::of(last) {
        Some(place) => place.tag(),
        None if ascii().next().is_none() => guess::tag(last),
        None if ascii().all(|byte| byte.is_ascii_digit()) => "m",
        None => "eng",
    }
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

impl Run {
    /// Reads the run at the start of `text`; says where it ends.
    #[inline]
    fn read(&mut self, text: &str) -> usize {
        self.characters.clear();
        let mut base = 0;
        let mut end = text.len();
        for (start, c) in text.char_indices() {
            if !is_of_words(c) {
                end = start;
                break;
            }
            let code = code(c);
            // Nothing waits for what is found here, so that the looks at memory wait together.
            let pair = at(base ^ usize::from(code));
            base = at(code.into()).base();
            self.characters.push(Character { pair, start: start as u32, code, ..Character::default() });
        }
        self.characters.push(Character { start: end as u32, ..Character::default() });
        end
    }

    /// Finds the best word from each character, from the last one on.
    #[inline]
    fn find_best(&mut self) {
        let probabilities = probabilities();
        let probability = |rank: usize| probabilities.get(rank).copied().unwrap_or_default();
        for from in (0..self.characters.len().saturating_sub(1)).rev() {
            let Some([first, others @ ..]) = self.characters.get_mut(from..) else { return };
            let mut slot = usize::from(first.code);
            let mut here = at(slot);
            // What comes of a character in no word, unless a word is found.
            (first.slot, first.length) = (0, 1);
            first.probability = f64::NEG_INFINITY;
            for (other, length) in others.iter().zip(1..) {
                if here.rank() > 0 {
                    let found = probability(here.rank()) + other.probability;
                    // Of words as good as each other the longest.
                    if found >= first.probability {
                        (first.probability, first.slot, first.length) = (found, slot as u32, length);
                    }
                }
                if !here.may_go_on(other.code) {
                    break;
                }
                slot = here.base() ^ usize::from(other.code);
                here = if length == 1 { other.pair } else { at(slot) };
                if here.code() != other.code {
                    break;
                }
            }
            if first.slot == 0 {
                let next = others.first().map_or(0.0, |next| next.probability);
                first.probability = probability(0) + next;
            }
        }
    }

    /// Hands out the words of the run, which is `text`.
    #[inline]
    fn hand_out<'t>(&self, text: &'t str, guess: bool, word: &mut impl FnMut(&'t str, Option<Place>)) {
        let mut from = 0;
        while let Some(first) = self.characters.get(from).filter(|first| first.length > 0) {
            let singles = self.singles(text, from, guess);
            let to = from + singles.max(first.length.into());
            match singles {
                0 | 1 => word(self.text(text, from, to), Place::at(first.slot)),
                _ => self.hand_out_singles(text, from, to, guess, word),
            }
            from = to;
        }
    }

    /// How many characters side by side are words of one character from there on: without a guess, how many letters
    /// and digits of ASCII.
    #[inline]
    fn singles(&self, text: &str, from: usize, guess: bool) -> usize {
        let characters = self.characters.get(from..).unwrap_or_default();
        let is_single = |one: &&Character| {
            one.length == 1
                && (guess || text.as_bytes().get(one.start as usize).is_some_and(u8::is_ascii_alphanumeric))
        };
        characters.iter().take_while(is_single).count()
    }

    fn hand_out_singles<'t>(
        &self,
        text: &'t str,
        from: usize,
        to: usize,
        guess: bool,
        word: &mut impl FnMut(&'t str, Option<Place>),
    ) {
        let all = self.text(text, from, to);
        if !guess {
            word(all, None);
        } else if Place::of(all).is_some() {
            // A word that is less probable than its characters.
            for (at, one) in (from..to).zip(self.characters.get(from..to).unwrap_or_default()) {
                word(self.text(text, at, at + 1), Place::at(one.slot));
            }
        } else {
            GUESSER.cut(all, true).into_iter().for_each(|token| word(token.word, None));
        }
    }

    /// The characters of `text` from one to another.
    #[inline]
    fn text<'t>(&self, text: &'t str, from: usize, to: usize) -> &'t str {
        let start = |at: usize| self.characters.get(at).map_or(text.len(), |one| one.start as usize);
        text.get(start(from)..start(to)).unwrap_or_default()
    }
}

/// True for the characters that words are made of: jieba's blocks.
#[inline]
pub(super) fn is_of_words(c: char) -> bool {
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

    /// Whose words ours must be.
    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    fn words(text: &str, guess: bool) -> Vec<&str> {
        let mut words = Vec::new();
        cut(text, guess, |word, _| words.push(word));
        words
    }

    fn words_of_jieba(text: &str, guess: bool) -> Vec<&str> {
        JIEBA.cut(text, guess).into_iter().map(|token| token.word).collect()
    }

    /// None for a word that jieba knows and yet takes apart where it stands alone.
    fn tag_of_jieba(word: &str) -> Option<String> {
        let tags = JIEBA.tag(word, true);
        let apart = tags.len() > 1 && JIEBA.has_word(word);
        (!apart).then(|| tags.last().map_or("x", |tag| tag.tag).to_owned())
    }

    fn check_tag(word: &str) {
        if let Some(wanted) = tag_of_jieba(word) {
            assert_eq!(tag(word), wanted, "{word}");
        }
    }

    #[test]
    fn pages_are_cut_as_jieba_cuts_them() {
        let mut read = 0;
        for folder in
            ["data/pages", "tests/corpus/pages", "tests/corpus-blind/pages", "tests/corpus-years/pages"]
        {
            for page in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
                let Ok(text) = fs::read_to_string(page.path()) else { continue };
                read += text.len();
                for guess in [true, false] {
                    assert_eq!(
                        words(&text, guess),
                        words_of_jieba(&text, guess),
                        "{}",
                        page.path().display()
                    );
                }
                for word in words(&text, true) {
                    assert_eq!(Place::of(word).is_some(), JIEBA.has_word(word), "{word}");
                    check_tag(word);
                }
            }
        }
        assert!(read > 100_000, "only {read} bytes were read");
    }

    #[test]
    fn a_word_of_the_dictionary_has_its_tag_also_where_its_characters_are_more_probable() {
        assert_eq!(words("最多", true), ["最", "多"]);
        assert_eq!(tag("最多"), "d");
    }

    #[test]
    fn a_word_has_a_place_where_the_dictionary_has_it() {
        for (word, known) in
            [("工会", true), ("会", true), ("浙工惠", false), ("工会工", false), ("", false), ("~", false)]
        {
            assert_eq!(Place::of(word).is_some(), known, "{word}");
        }
    }

    #[test]
    fn the_words_are_handed_out_with_their_places() {
        let mut places = Vec::new();
        cut("工会，浙工惠", true, |word, place| places.push((word, place == Place::of(word))));
        assert_eq!(places, [("工会", true), ("，", true), ("浙工惠", true)]);
    }

    #[test]
    fn what_takes_the_words_may_cut_as_well() {
        let mut inner = Vec::new();
        cut("中国人民", true, |word, _| cut(word, true, |word, _| inner.push(word.to_owned())));
        assert_eq!(inner, ["中国", "人民"]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_as_jieba_cuts_it(
            text in "(\\PC|[一二三四十百千万的了在是不有人大中国工会职产业队伍建设改革发展省市县区王李张小明𠮷㐂]|中华人民共和国|乌鲁木齐|[aA1+.%_#-]|\r\n|，|。){0,60}",
            guess in any::<bool>(),
        ) {
            prop_assert_eq!(words(&text, guess), words_of_jieba(&text, guess));
        }

        #[test]
        fn any_word_is_tagged_as_jieba_tags_it(word in "([一二三的不人大中国工会职产业伍建设改革发展省市王李张𠮷]|[aA1]|浙|惠|颖){1,6}") {
            check_tag(&word);
        }
    }
}
