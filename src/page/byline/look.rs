//! What a phrase looks like: its characters, the words of a byline in it, and the stretches between them.

use super::phrase::{Phrase, Place};
use crate::page::page_words::{BylineWords, List};
use crate::page::scan::{is_blank, is_ideograph};

/// Where in a word a character stands, and how long the word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Within {
    pub(super) at: usize,
    pub(super) len: usize,
}

/// How many lists there are.
const LISTS: usize = List::ALL.len();

/// Where in a word of each list a character stands.
type Lists = [Option<Within>; LISTS];

/// What stands on a side of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Nothing: the phrase begins or ends.
    Edge,
    /// What is neither an ideograph nor a dot in a name.
    Mark(char),
    /// A word of a list.
    Word(List),
}

/// Ideographs that no word of a role, an agency or a closer parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: usize,
    pub(super) len: usize,
    pub(super) before: Bound,
    pub(super) behind: Bound,
}

/// A word that parts stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) list: List,
    pub(super) start: usize,
    pub(super) len: usize,
}

/// A phrase, looked at.
pub(super) struct Look<'p> {
    pub(super) place: Place,
    pub(super) chars: &'p [char],
    text: String,
    /// Where each character begins in the text, and where the last one ends.
    starts: Vec<usize>,
    /// Of each character, where it stands in the longest word of each list that begins before it.
    pub(super) within: Vec<Lists>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) words: Vec<Word>,
}

/// The roles of one character that may stand behind a name with nothing between.
const WORKS: [char; 14] =
    ['摄', '攝', '图', '圖', '绘', '繪', '画', '畫', '作', '译', '譯', '著', '文', '书'];

impl<'p> Look<'p> {
    pub(super) fn of(phrase: &'p Phrase, words: &BylineWords) -> Self {
        let chars = phrase.chars.as_slice();
        let text: String = chars.iter().collect();
        let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
        let (within, found) = words_in(chars, &text, words);
        let (stretches, parts) = (Vec::new(), Vec::new());
        let mut look = Self { place: phrase.place, chars, text, starts, within, stretches, words: parts };
        look.part(&found);
        look
    }

    /// Parts the phrase into words and stretches.
    fn part(&mut self, found: &[Word]) {
        let mut found = found.iter();
        let mut word = found.next();
        let (mut at, mut before) = (0, Bound::Edge);
        while at < self.chars.len() {
            while word.is_some_and(|word| word.start < at) {
                word = found.next();
            }
            if let Some(word) = word.filter(|word| word.start == at) {
                self.words.push(*word);
                (at, before) = (at + word.len, Bound::Word(word.list));
                continue;
            }
            if !is_part_of_name(self.chars[at]) {
                (at, before) = (at + 1, Bound::Mark(self.chars[at]));
                continue;
            }
            let word_start = word.map_or(self.chars.len(), |word| word.start);
            let len = self.chars[at..word_start].iter().take_while(|c| is_part_of_name(**c)).count();
            let end = at + len;
            let behind = match self.chars.get(end) {
                None => Bound::Edge,
                Some(_) if end == word_start => word.map_or(Bound::Edge, |word| Bound::Word(word.list)),
                Some(c) => Bound::Mark(*c),
            };
            self.stretches.push(Stretch { start: at, len, before, behind });
            at = end;
        }
    }

    /// The stretch that the character at `at` stands in, by its place among them.
    pub(super) fn stretch_at(&self, at: usize) -> Option<usize> {
        let stretch = self.stretches.partition_point(|stretch| stretch.start <= at).checked_sub(1)?;
        (at < self.stretches[stretch].start + self.stretches[stretch].len).then_some(stretch)
    }

    /// The next words before and behind `at` that are roles, each with how many stretches stand between.
    pub(super) fn roles_beside(&self, at: usize) -> [Option<(Word, usize)>; 2] {
        let is_role = |word: &&Word| matches!(word.list, List::Role | List::Closer);
        let between = |from: usize, to: usize| {
            self.stretches
                .iter()
                .filter(|stretch| stretch.start >= from && stretch.start + stretch.len <= to)
                .count()
        };
        let before = self.words.iter().rev().find(|word| is_role(word) && word.start + word.len <= at);
        let behind = self.words.iter().find(|word| is_role(word) && word.start > at);
        [
            before.map(|word| (*word, between(word.start + word.len, at))),
            behind.map(|word| (*word, between(at + 1, word.start))),
        ]
    }

    /// The text of so many characters from that one on.
    pub(super) fn text(&self, start: usize, len: usize) -> &str {
        let range = self.starts.get(start).zip(self.starts.get(start + len));
        range.and_then(|(&start, &end)| self.text.get(start..end)).unwrap_or_default()
    }
}

/// What a name is made of.
pub(super) fn is_part_of_name(c: char) -> bool {
    is_ideograph(c) || matches!(c, '·' | '•' | '〇')
}

/// Where each character stands in words, and the words that part a phrase.
fn words_in(chars: &[char], text: &str, words: &BylineWords) -> (Vec<Lists>, Vec<Word>) {
    let mut within = vec![Lists::default(); chars.len()];
    let mut found: Vec<Word> = Vec::new();
    for (start, (byte, _)) in text.char_indices().enumerate() {
        let mut longest = [None; LISTS];
        for (word, list) in words.opening(&text[byte..]) {
            let list = if list == List::Work { List::Role } else { list };
            longest[list as usize].get_or_insert_with(|| word.chars().count());
        }
        for (list, len) in List::ALL.into_iter().zip(longest).filter_map(|(list, len)| Some((list, len?))) {
            for (at, within) in within[start..start + len].iter_mut().enumerate() {
                within[list as usize].get_or_insert(Within { at, len });
            }
            let is_free = found.last().is_none_or(|last| last.start + last.len <= start);
            if is_free && parts(list, chars, start, len) {
                found.push(Word { list, start, len });
            }
        }
    }
    (within, found)
}

/// True where a word of that list parts a phrase: one of a single character only where it stands by itself, or says
/// behind a name what the name did.
fn parts(list: List, chars: &[char], start: usize, len: usize) -> bool {
    let is_open = |c: Option<&char>| c.is_none_or(|c| !is_part_of_name(*c));
    let before = start.checked_sub(1).and_then(|before| chars.get(before));
    let behind = chars.get(start + len);
    match list {
        List::Role | List::Closer if len == 1 => {
            let is_work = WORKS.contains(&chars[start]) && start >= 2 && !is_open(chars.get(start - 2));
            is_open(behind) && (is_open(before) || is_work)
        }
        List::Role | List::Agency | List::Closer => true,
        List::Message | List::Place | List::Group | List::NoName | List::Work => false,
    }
}

/// True for what parts a phrase without saying anything.
pub(super) fn is_gap(bound: Bound) -> bool {
    matches!(bound, Bound::Mark(c) if is_blank(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    fn said(text: &str) -> String {
        let phrase = Phrase { place: Place::Credit, chars: text.chars().collect() };
        let look = Look::of(&phrase, &PageWords::built_in().byline);
        let stretches: Vec<&str> = look.stretches.iter().map(|of| look.text(of.start, of.len)).collect();
        let words: Vec<&str> = look.words.iter().map(|of| look.text(of.start, of.len)).collect();
        format!("{} | {}", words.join(" "), stretches.join(" "))
    }

    #[test]
    fn words_part_stretches() {
        assert_eq!(said("（本报记者 祖农 莫小琼）"), "本报 记者 | 祖农 莫小琼");
        assert_eq!(said("记者丁一平通讯员文静摄"), "记者 通讯员 摄 | 丁一平 文静");
        assert_eq!(said("文 丁一 图 王二"), "文 图 | 丁一 王二");
        assert_eq!(said("阀门厂工人　石立本"), " | 阀门厂工人 石立本");
        assert_eq!(said(""), " | ");
    }
}
