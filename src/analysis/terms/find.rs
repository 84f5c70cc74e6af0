//! The candidates of an article.

use crate::analysis::discover::candidates::candidates;
use crate::term::{Class, Fitting, Segmenter, TermId, Vocabulary};

use super::{DIVIDER, Terms};

/// No phrase has more words.
const MOST_WORDS: usize = 6;
/// No candidate has more characters.
const MOST_CHARS: usize = 16;
/// Nor fewer: one character says too little.
const FEWEST_CHARS: usize = 2;
/// Words are remembered with what they may be in a phrase, up to so many.
const MOST_KNOWN: usize = 1 << 20;

/// Finds the candidates of one article after the other.
#[derive(Debug, Default)]
pub(super) struct CandidateFinder {
    words: Vocabulary,
    /// What each word is.
    known: Vec<Option<Word>>,
    /// The text of the article at hand.
    text: String,
    spans: Vec<Span>,
    size: u32,
    /// The words since the last that no phrase has.
    run: Vec<Placed>,
    name: String,
}

/// What a word may be in a phrase.
#[derive(Debug, Clone, Copy)]
struct Word {
    fitting: Fitting,
    /// False for punctuation.
    is_word: bool,
    is_stopword: bool,
    chars: usize,
}

#[derive(Debug, Clone, Copy)]
struct Placed {
    start: usize,
    end: usize,
    word: Word,
}

/// Where a candidate stands in the text of the article, and what speaks for it there.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
    quoted: bool,
    cued: bool,
    fitting: bool,
}

/// How often an article has a candidate.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) count: u32,
    pub(super) quoted: u32,
    pub(super) cued: u32,
    pub(super) fitting: u32,
}

impl CandidateFinder {
    /// Looks through a part of the article.
    pub(super) fn search(&mut self, terms: &Terms, text: &str) {
        if self.words.len() > MOST_KNOWN {
            (self.words, self.known) = (Vocabulary::default(), Vec::new());
        }
        let text = terms.segmenter.folded(text);
        let base = self.text.len();
        self.text.push_str(&text);
        let spans = &mut self.spans;
        candidates(&text, |candidate| {
            let start = base + candidate.start;
            let end = start + candidate.text.len();
            spans.push(Span { start, end, quoted: candidate.quoted, cued: candidate.cued, fitting: false });
        });
        let mut at = base;
        let (mut chars, mut edges) = (Vec::new(), Vec::new());
        terms.segmenter.cut(&text, |token| {
            let id = self.words.token(token);
            let word = self.word(terms, id, token.text);
            let (start, end) = (at, at + token.text.len());
            at = end;
            self.size += u32::from(word.is_word);
            edges.push(start);
            if word.fitting == Fitting::default() {
                self.end_run(terms);
            } else {
                self.run.push(Placed { start, end, word });
            }
        });
        self.end_run(terms);
        edges.push(at);
        chars.extend(text.char_indices().map(|(at, c)| (base + at, c)));
        self.parallels(&chars, &edges);
    }

    /// How many words the article has.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// Hands out the candidates of the article, each once and with `suffix` behind its text, and goes on to the next.
    pub(super) fn hand_out(&mut self, suffix: &str, mut each: impl FnMut(&str, Found)) {
        let text = self.text.as_str();
        let of = |span: &Span| text.get(span.start..span.end).unwrap_or_default();
        self.spans.sort_unstable_by(|a, b| of(a).cmp(of(b)).then(a.start.cmp(&b.start)));
        for alike in self.spans.chunk_by(|a, b| of(a) == of(b)) {
            let mut found = Found::default();
            // What was found in several ways at one place stands there once.
            for place in alike.chunk_by(|a, b| a.start == b.start) {
                let any = |is: fn(&Span) -> bool| u32::from(place.iter().any(is));
                found.count += 1;
                found.quoted += any(|span| span.quoted);
                found.cued += any(|span| span.cued);
                found.fitting += any(|span| span.fitting);
            }
            self.name.clear();
            self.name.extend(alike.first().map(of));
            self.name.push(DIVIDER);
            self.name.push_str(suffix);
            each(&self.name, found);
        }
        self.text.clear();
        self.spans.clear();
        self.size = 0;
    }

    /// Adds the phrases among the words since the last that no phrase has.
    fn end_run(&mut self, terms: &Terms) {
        for first in 0..self.run.len() {
            let mut words = self.run.iter().skip(first).take(MOST_WORDS);
            let Some(opening) = words.next().filter(|placed| !placed.word.is_stopword) else { continue };
            let mut reached = terms.patterns.begin(opening.word.fitting);
            let (mut last, mut chars) = (opening, opening.word.chars);
            while let Some(at) = reached {
                let is_phrase = terms.patterns.is_whole(at) && !last.word.is_stopword;
                if is_phrase && (FEWEST_CHARS..=MOST_CHARS).contains(&chars) {
                    let (start, end) = (opening.start, last.end);
                    self.spans.push(Span { start, end, fitting: true, ..Span::default() });
                }
                let Some(next) = words.next() else { break };
                last = next;
                chars += next.word.chars;
                reached = terms.patterns.go_on(at, next.word.fitting);
            }
        }
        self.run.clear();
    }

    /// Adds what is four characters long, of which the first and the third or the second and the fourth are alike, and
    /// begins and ends where a word does.
    fn parallels(&mut self, chars: &[(usize, char)], edges: &[usize]) {
        for window in chars.windows(4) {
            let &[(start, a), (_, b), (_, c), (last, d)] = window else { continue };
            let end = last + d.len_utf8();
            let is_edge = |at: &usize| edges.binary_search(at).is_ok();
            if is_parallel([a, b, c, d]) && is_edge(&start) && is_edge(&end) {
                self.spans.push(Span { start, end, ..Span::default() });
            }
        }
    }

    fn word(&mut self, terms: &Terms, id: TermId, text: &str) -> Word {
        if let Some(&Some(word)) = self.known.get(id.index()) {
            return word;
        }
        let word = Word::of(terms, &terms.segmenter, text);
        if id.index() >= self.known.len() {
            self.known.resize(id.index() + 1, None);
        }
        if let Some(known) = self.known.get_mut(id.index()) {
            *known = Some(word);
        }
        word
    }
}

impl Word {
    fn of(terms: &Terms, segmenter: &Segmenter, text: &str) -> Self {
        let is_word = segmenter.class(text) != Class::Punctuation;
        let fitting = if is_word { terms.patterns.fitting(&segmenter.tag(text)) } else { Fitting::default() };
        let is_stopword = terms.stopwords.contains(text);
        Self { fitting, is_word, is_stopword, chars: text.chars().count() }
    }
}

/// True for four Chinese characters in two halves that begin or end alike and are not the same: 走深走实, 应建尽建.
pub(super) fn is_parallel([a, b, c, d]: [char; 4]) -> bool {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}');
    let halves = a == c && b != d || b == d && a != c;
    halves && a != b && c != d && [a, b, c, d].into_iter().all(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_that_begin_or_end_alike_are_parallel() {
        let parallel = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            is_parallel([chars[0], chars[1], chars[2], chars[3]])
        };
        for text in ["走深走实", "应建尽建", "互学互鉴"] {
            assert!(parallel(text), "{text}");
        }
        for text in ["研究研究", "高高兴兴", "哈哈哈哈", "职工之家", "1012", "说，说话"] {
            assert!(!parallel(text), "{text}");
        }
    }
}
