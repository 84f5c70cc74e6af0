//! Every term a small number.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};

use super::dictionary::Place;
use super::grams::{Entry, Grams, Packed};
use super::segment::Token;
use super::short_words::{ShortWord, ShortWords};

/// The number of a term in its [`Vocabulary`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermId(pub(super) u32);

impl TermId {
    /// The number, to index a list with that has an entry for each term.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Numbers for words and n-grams, given in the order in which they are first seen.
///
/// Looking a word up copies nothing and follows no pointer: up to twelve bytes, which is four Chinese characters,
/// the word itself is the key. That is what makes counting cheaper than with a map of strings.
///
/// ```
/// use zjgr::term::Vocabulary;
///
/// let mut vocabulary = Vocabulary::default();
/// let (union, workers) = (vocabulary.word("工会"), vocabulary.word("职工"));
/// assert_eq!(vocabulary.word("工会"), union);
/// let both = vocabulary.gram(union, workers);
/// assert_eq!(vocabulary.text(both), "工会 职工");
/// ```
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "Vec<KeptEntry<String>>")]
pub struct Vocabulary {
    short: ShortWords,
    long: FxHashMap<Box<str>, TermId>,
    grams: Grams,
    entries: Vec<Packed>,
    arena: String,
    /// One more than the number of each word, by its place in the dictionary; 0 where it is not known. Empty until
    /// there is one.
    by_place: Vec<u32>,
    // Memory that is used again.
    known: Vec<u32>,
}

/// A term as it is kept.
#[derive(Serialize, Deserialize)]
enum KeptEntry<T> {
    Word(T),
    Gram(TermId, TermId),
}

/// The terms of a vocabulary in an order in which nothing shows of that in which they were seen: words by their text, then
/// n-grams, the shorter ones first, by their words. This is how a vocabulary is kept.
#[derive(Debug)]
pub struct SortedTerms<'v> {
    terms: &'v Vocabulary,
    order: Vec<TermId>,
    numbers: Vec<TermId>,
}

impl SortedTerms<'_> {
    /// The terms in this order.
    pub fn order(&self) -> &[TermId] {
        &self.order
    }

    /// The place of the term `id` in it.
    pub fn number(&self, id: TermId) -> TermId {
        self.numbers.get(id.index()).copied().unwrap_or_default()
    }

    /// What `values` has of each term, in this order; a term that it does not reach has nothing.
    pub fn of<T: Clone + Default>(&self, values: &[T]) -> Vec<T> {
        self.order.iter().map(|id| values.get(id.index()).cloned().unwrap_or_default()).collect()
    }
}

impl Serialize for SortedTerms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.order.iter().map(|&id| match self.terms.entry(id) {
            Some(Entry::Gram { head, last }) => KeptEntry::Gram(self.number(head), self.number(last)),
            _ => KeptEntry::Word(self.terms.word_text(id)),
        }))
    }
}

impl TryFrom<Vec<KeptEntry<String>>> for Vocabulary {
    type Error = &'static str;

    fn try_from(kept: Vec<KeptEntry<String>>) -> Result<Self, Self::Error> {
        let mut terms = Self::default();
        for (entry, number) in kept.into_iter().zip(0..) {
            let id = match entry {
                KeptEntry::Word(word) => terms.word(&word),
                KeptEntry::Gram(head, last) if head.0.max(last.0) < number => terms.gram(head, last),
                KeptEntry::Gram(..) => return Err("an n-gram of words that come after it"),
            };
            if id.0 != number {
                return Err("a term that stands there twice");
            }
        }
        Ok(terms)
    }
}

impl Vocabulary {
    /// The number of `word`, a new one where it has none yet.
    #[inline]
    pub fn word(&mut self, word: &str) -> TermId {
        match ShortWord::of(word) {
            Some(key) => self.short_word(key, word),
            None => self.long_word(word),
        }
    }

    /// Hands out `tokens` with the number of each, in order. Faster than word by word: where a word stands in the
    /// dictionary its place is the key, and memory is asked for many at a time.
    pub fn number<'t>(&mut self, tokens: &[Token<'t>], mut each: impl FnMut(TermId, &'t str)) {
        let mut known = std::mem::take(&mut self.known);
        known.clear();
        // Nothing depends on what is found, so that the looks wait for memory together.
        known.extend(tokens.iter().map(|&token| self.known(token)));
        for (&token, &known) in tokens.iter().zip(&known) {
            let id = if known > 0 { TermId(known - 1) } else { self.learn(token) };
            each(id, token.text);
        }
        self.known = known;
    }

    /// The number of the word `token`, a new one where it has none yet.
    #[inline]
    pub fn token(&mut self, token: Token<'_>) -> TermId {
        let known = self.known(token);
        if known > 0 { TermId(known - 1) } else { self.learn(token) }
    }

    /// What stands in `by_place` for `token`; 0 for a word that the dictionary does not have.
    #[inline]
    fn known(&self, token: Token<'_>) -> u32 {
        token.place.and_then(|place| self.by_place.get(place.index())).copied().unwrap_or_default()
    }

    /// The number of the word `token`, to be found by its place the next time.
    fn learn(&mut self, token: Token<'_>) -> TermId {
        let id = self.word(token.text);
        if let Some(place) = token.place {
            if self.by_place.is_empty() {
                self.by_place = vec![0; Place::end()];
            }
            if let Some(known) = self.by_place.get_mut(place.index()) {
                *known = id.0 + 1;
            }
        }
        id
    }

    #[inline]
    fn short_word(&mut self, key: ShortWord, word: &str) -> TermId {
        match self.short.get(key) {
            Some(id) => id,
            None => {
                let id = self.add_word(word);
                self.short.insert(key, id);
                id
            }
        }
    }

    #[cold]
    fn long_word(&mut self, word: &str) -> TermId {
        if let Some(&id) = self.long.get(word) {
            return id;
        }
        let id = self.add_word(word);
        self.long.insert(word.into(), id);
        id
    }

    fn add_word(&mut self, word: &str) -> TermId {
        let start = self.arena.len() as u32;
        self.arena.push_str(word);
        self.add(Packed::word(start, word.len() as u32))
    }

    /// The number of the n-gram made of the term `head` and then the word `last`.
    #[inline]
    pub fn gram(&mut self, head: TermId, last: TermId) -> TermId {
        let gram = Packed::gram(head, last);
        if let Some(id) = self.grams.get(gram, &self.entries) {
            return id;
        }
        let id = self.add(gram);
        self.grams.insert(id, &self.entries);
        id
    }

    fn add(&mut self, entry: Packed) -> TermId {
        let id = TermId(self.entries.len() as u32);
        self.entries.push(entry);
        id
    }

    /// The number of `word` where it has one.
    pub fn get(&self, word: &str) -> Option<TermId> {
        match ShortWord::of(word) {
            Some(key) => self.short.get(key),
            None => self.long.get(word).copied(),
        }
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every number, in order.
    pub fn ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.entries.len() as u32).map(TermId)
    }

    #[inline]
    fn entry(&self, id: TermId) -> Option<Entry> {
        self.entries.get(id.index()).map(|entry| entry.unpack())
    }

    /// True where the term `id` is one word.
    pub fn is_word(&self, id: TermId) -> bool {
        matches!(self.entry(id), Some(Entry::Word { .. }))
    }

    /// The words of the term `id`, one unless it is an n-gram.
    pub fn words_of(&self, id: TermId) -> Vec<TermId> {
        let (mut words, mut id) = (Vec::new(), id);
        while let Some(Entry::Gram { head, last }) = self.entry(id) {
            words.push(last);
            id = head;
        }
        words.push(id);
        words.reverse();
        words
    }

    /// The text of the word `id`; empty for an n-gram or a number that this vocabulary did not give.
    pub fn word_text(&self, id: TermId) -> &str {
        match self.entry(id) {
            Some(Entry::Word { start, length }) => {
                self.arena.get(start as usize..(start + length) as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The text of the term `id`, the words of an n-gram with a blank between them.
    pub fn text(&self, id: TermId) -> String {
        let words: Vec<&str> = self.words_of(id).into_iter().map(|word| self.word_text(word)).collect();
        words.join(" ")
    }

    /// The terms in the order in which they are kept.
    pub fn sorted(&self) -> SortedTerms<'_> {
        let mut lengths: Vec<u32> = Vec::with_capacity(self.len());
        for entry in &self.entries {
            // What an n-gram is made of was numbered before it.
            lengths.push(match entry.unpack() {
                Entry::Word { .. } => 1,
                Entry::Gram { head, .. } => lengths[head.index()] + 1,
            });
        }
        let length = |id: TermId| lengths[id.index()];
        let mut order: Vec<TermId> = self.ids().collect();
        order.sort_by_key(|&id| length(id));
        let mut numbers = vec![TermId::default(); self.len()];
        let mut next = 0;
        for alike in order.chunk_by_mut(|&a, &b| length(a) == length(b)) {
            alike.sort_unstable_by_key(|&id| match self.entry(id) {
                Some(Entry::Gram { head, last }) => (numbers[head.index()], numbers[last.index()], ""),
                _ => (TermId::default(), TermId::default(), self.word_text(id)),
            });
            for id in alike {
                numbers[id.index()] = TermId(next);
                next += 1;
            }
        }
        SortedTerms { terms: self, order, numbers }
    }

    /// Takes the terms of `other` in; says for each number of `other` which number it has here.
    pub fn merge(&mut self, other: &Self) -> Vec<TermId> {
        let mut numbers: Vec<TermId> = Vec::with_capacity(other.len());
        for (entry, id) in other.entries.iter().zip(other.ids()) {
            let here = match entry.unpack() {
                Entry::Word { .. } => self.word(other.word_text(id)),
                // Both parts were numbered before the whole was.
                Entry::Gram { head, last } => self.gram(numbers[head.index()], numbers[last.index()]),
            };
            numbers.push(here);
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::term::{Segmenter, SegmenterOptions};

    #[test]
    fn a_term_keeps_its_number_and_its_text() {
        let mut terms = Vocabulary::default();
        let long = "产业工人队伍建设改革";
        let ids = ["工会", "职工", long, "工会", long].map(|word| terms.word(word));
        assert_eq!((ids[0], ids[2]), (ids[3], ids[4]));
        assert_eq!(terms.text(ids[2]), long);
        assert_eq!(terms.len(), 3);
    }

    #[test]
    fn an_n_gram_is_its_words_with_blanks_between() {
        let mut terms = Vocabulary::default();
        let [a, b, c] = ["高质量", "发展", "建设"].map(|word| terms.word(word));
        let ab = terms.gram(a, b);
        let abc = terms.gram(ab, c);
        assert_eq!(terms.text(abc), "高质量 发展 建设");
        assert_eq!(terms.words_of(abc), [a, b, c]);
        assert_eq!(terms.gram(ab, c), abc);
    }

    proptest! {
        #[test]
        fn merging_keeps_every_text(left in words(), right in words()) {
            let (mut here, there) = (vocabulary(&left), vocabulary(&right));
            let before: Vec<String> = here.ids().map(|id| here.text(id)).collect();
            let numbers = here.merge(&there);
            for (id, text) in here.ids().zip(before) {
                prop_assert_eq!(here.text(id), text);
            }
            for (id, number) in there.ids().zip(numbers) {
                prop_assert_eq!(there.text(id), here.text(number));
            }
        }

        #[test]
        fn what_is_kept_depends_on_no_order(left in words(), right in words()) {
            let kept = |first: &[String], second: &[String]| {
                let mut terms = vocabulary(first);
                terms.merge(&vocabulary(second));
                let sorted = terms.sorted();
                let texts: Vec<String> = sorted.order().iter().map(|&id| terms.text(id)).collect();
                (postcard::to_stdvec(&sorted).unwrap(), texts)
            };
            let (bytes, texts) = kept(&left, &right);
            prop_assert_eq!(&kept(&right, &left), &(bytes.clone(), texts.clone()));
            let read: Vocabulary = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(read.ids().map(|id| read.text(id)).collect::<Vec<_>>(), texts);
        }

        #[test]
        fn many_tokens_get_the_numbers_that_each_would_get(text in "([甲乙a。]{0,3}|中国|人民|浙工惠){0,20}") {
            let segmenter = Segmenter::new(SegmenterOptions::default());
            let (mut one_by_one, mut together) = (Vocabulary::default(), Vocabulary::default());
            for part in segmenter.tokens(&text).chunks(7) {
                let wanted: Vec<_> = part.iter().map(|token| (one_by_one.word(token.text), token.text)).collect();
                let mut found = Vec::new();
                together.number(part, |id, word| found.push((id, word)));
                prop_assert_eq!(found, wanted);
            }
        }

        #[test]
        fn different_words_have_different_numbers(words in proptest::collection::hash_set("\\PC{0,8}", 0..50)) {
            let mut terms = Vocabulary::default();
            for word in &words {
                terms.word(word);
            }
            prop_assert_eq!(terms.len(), words.len());
            for word in &words {
                prop_assert_eq!(terms.get(word).map(|id| terms.text(id)), Some(word.clone()));
            }
        }
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[甲乙丙]{1,7}", 0..20)
    }

    /// The words and all their bigrams.
    fn vocabulary(words: &[String]) -> Vocabulary {
        let mut terms = Vocabulary::default();
        let ids: Vec<TermId> = words.iter().map(|word| terms.word(word)).collect();
        for pair in ids.windows(2) {
            terms.gram(pair[0], pair[1]);
        }
        terms
    }
}
