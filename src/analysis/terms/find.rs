//! The candidates of an article.

use crate::analysis::discover::candidates::{candidates, puts_forward};
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
    /// What that last one is beside them.
    before: Beside,
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
    beside: Beside,
}

/// What a word is to a phrase that stands beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Beside {
    /// A word of content, so that the phrase may be part of a longer one.
    Part,
    /// A mark, a function word, or the edge of the text: the phrase begins or ends there.
    #[default]
    Edge,
    /// The mark between the members of a list.
    Series,
    /// A word that puts names forward.
    Cue,
}

/// What the members of a list have between them.
const SERIES: &str = "、";

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
    /// True in a list, and in one whose members end alike.
    in_series: bool,
    alike: bool,
    /// True between edges.
    alone: bool,
}

/// How often an article has a candidate.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) count: u32,
    pub(super) quoted: u32,
    pub(super) cued: u32,
    pub(super) fitting: u32,
    pub(super) in_series: u32,
    pub(super) alike: u32,
    pub(super) alone: u32,
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
            spans.push(Span {
                start,
                end,
                quoted: candidate.quoted,
                cued: candidate.cued,
                ..Span::default()
            });
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
                self.end_run(terms, word.beside);
            } else {
                self.run.push(Placed { start, end, word });
            }
        });
        self.end_run(terms, Beside::Edge);
        edges.push(at);
        chars.extend(text.char_indices().map(|(at, c)| (base + at, c)));
        self.parallels(&chars, &edges);
        self.series(&chars, &edges);
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
                found.in_series += any(|span| span.in_series);
                found.alike += any(|span| span.alike);
                found.alone += any(|span| span.alone);
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

    /// Adds the phrases among the words since the last that no phrase has; behind them stands what is `after`.
    fn end_run(&mut self, terms: &Terms, after: Beside) {
        for first in 0..self.run.len() {
            let mut words = self.run.iter().skip(first).take(MOST_WORDS);
            let Some(opening) = words.next().filter(|placed| !placed.word.is_stopword) else { continue };
            let before = first.checked_sub(1).and_then(|at| self.run.get(at));
            let before = before.map_or(self.before, |placed| placed.word.beside);
            let mut reached = terms.patterns.begin(opening.word.fitting);
            let (mut last, mut chars, mut behind) = (opening, opening.word.chars, first + 1);
            while let Some(at) = reached {
                let is_phrase = terms.patterns.is_whole(at) && !last.word.is_stopword;
                if is_phrase && (FEWEST_CHARS..=MOST_CHARS).contains(&chars) {
                    let next = self.run.get(behind).map_or(after, |placed| placed.word.beside);
                    let span = Span { start: opening.start, end: last.end, fitting: true, ..Span::default() };
                    let is_several = behind > first + 1 && chars > FEWEST_CHARS;
                    self.spans.push(if is_several { span.between(before, next) } else { span });
                }
                let Some(next) = words.next() else { break };
                last = next;
                chars += next.word.chars;
                behind += 1;
                reached = terms.patterns.go_on(at, next.word.fitting);
            }
        }
        self.run.clear();
        self.before = after;
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

    /// Adds the members of lists of three, as long as each other, that end alike: 获得感、幸福感、安全感.
    fn series(&mut self, chars: &[(usize, char)], edges: &[usize]) {
        let marks: Vec<usize> =
            chars.iter().zip(0..).filter(|((_, c), _)| SERIES.starts_with(*c)).map(|(_, at)| at).collect();
        for pair in marks.windows(2) {
            let &[first, second] = pair else { continue };
            let length = second - first - 1;
            if !MEMBERS.contains(&length) || first < length {
                continue;
            }
            let members = [first - length, first + 1, second + 1].map(|from| chars.get(from..from + length));
            let [Some(one), Some(two), Some(three)] = members else { continue };
            let place = |member: &[(usize, char)]| {
                let (&(start, _), &(last, c)) = (member.first()?, member.last()?);
                let place = (start, last + c.len_utf8());
                let is_edge = |at: usize| edges.binary_search(&at).is_ok();
                (is_edge(place.0) && is_edge(place.1)).then_some(place)
            };
            if !are_alike(&[one, two, three].map(|member| member.iter().map(|(_, c)| *c).collect())) {
                continue;
            }
            for (start, end) in [one, two, three].into_iter().filter_map(place) {
                self.spans.push(Span {
                    start,
                    end,
                    fitting: true,
                    in_series: true,
                    alike: true,
                    ..Span::default()
                });
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
        let is_edge = || is_stopword || segmenter.tag(text).starts_with(FUNCTION_TAGS);
        let beside = match text {
            SERIES => Beside::Series,
            _ if puts_forward(text) => Beside::Cue,
            _ if !is_word || is_edge() => Beside::Edge,
            _ => Beside::Part,
        };
        Self { fitting, is_word, is_stopword, chars: text.chars().count(), beside }
    }
}

/// What the tags of function words begin with: prepositions, conjunctions, particles.
const FUNCTION_TAGS: [char; 3] = ['p', 'c', 'u'];

impl Span {
    /// The same with what stands before and behind it.
    fn between(self, before: Beside, behind: Beside) -> Self {
        let is_free = before != Beside::Part && behind != Beside::Part;
        let in_series = before == Beside::Series || behind == Beside::Series;
        Self {
            in_series: is_free && in_series,
            cued: is_free && before == Beside::Cue,
            alone: is_free,
            ..self
        }
    }
}

/// How many characters a member of a list has whose members end alike.
const MEMBERS: std::ops::RangeInclusive<usize> = 3..=8;

/// True for members of Chinese characters that end alike and are not the same.
fn are_alike([one, two, three]: &[String; 3]) -> bool {
    let last = |member: &String| member.chars().next_back();
    let is_plain = |member: &String| member.chars().all(is_han);
    let ends = last(one) == last(two) && last(two) == last(three);
    ends && one != two && two != three && [one, two, three].into_iter().all(is_plain)
}

/// True for four Chinese characters in two halves that begin or end alike and are not the same: 走深走实, 应建尽建.
pub(super) fn is_parallel([a, b, c, d]: [char; 4]) -> bool {
    let halves = a == c && b != d || b == d && a != c;
    halves && a != b && c != d && [a, b, c, d].into_iter().all(is_han)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
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
