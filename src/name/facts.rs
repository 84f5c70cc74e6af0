//! What is known of each character of a sentence. A fact decides nothing; what it weighs is learnt.

use std::ops::Range;
use std::sync::LazyLock;

use super::fact::{
    AHEAD_VIEW, BEHIND_TITLE_VIEW, BRACKETS_VIEW, FOREIGN_VIEW, Fact, GRADES_VIEW, LONG_SIDES_VIEW,
    LONGEST_PLACE_VIEW, MARKS_VIEW, MOST_SHIFT, NAME_VIEW, PLACE_AHEAD_VIEW, PLACE_IN_WORD, SHAPES,
    SHORT_SIDES_VIEW, START_VIEW, TAG, View, WINDOWS, WORD, WORDS, code, list_place, packed, shifts,
};
use super::name_words::{Character, ListKind, Marks, NameWords};
use crate::slogan::Fold;
use crate::term::{Segmenter, SegmenterOptions};

/// A word as the segmenter cut it.
#[derive(Debug, Clone)]
struct Cut {
    /// Its characters.
    range: Range<usize>,
    /// Its part of speech in the dictionary; empty where it has none.
    tag: &'static str,
    /// True where no name goes on over it.
    breaks: bool,
}

/// The nearest end of a body's name from a character on, with no word between over which a name does not go on.
#[derive(Debug, Clone, Copy)]
struct End {
    /// The number of its kind among [`ListKind::BODY_ENDS`].
    kind: usize,
    /// Its last character.
    at: usize,
    /// True where a verb stands between.
    over_verb: bool,
}

/// A name that might begin at a character, by its facts: what it would be made of, and what stands on either side of it
/// if its given name has one character or two.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    pattern: u64,
    left: u64,
    short: u64,
    long: u64,
}

/// A sentence, looked at. Used again and again, it keeps its memory.
#[derive(Debug, Default)]
pub struct Sentence {
    folded: String,
    /// The characters, Simplified; digits and Latin letters are all alike.
    chars: Vec<char>,
    /// What is known of each by itself.
    known: Vec<Character>,
    /// Where each character of the text starts, and where the last one ends, in bytes.
    starts: Vec<usize>,
    marks: Vec<Marks>,
    places: Vec<Range<usize>>,
    /// For each character, where it stands in the longest place, how long that is, and whether it was cut so; 0 where it
    /// stands in none.
    longest_place: Vec<u8>,
    cuts: Vec<Cut>,
    /// For each character, the number of its word.
    cut_of: Vec<usize>,
    /// For each word, the end of a body's name ahead.
    ahead: Vec<Option<End>>,
    /// For each character, where the words began that follow each other without a break.
    chunk_starts: Vec<usize>,
    /// For each character, 1 inside of quotation marks, 2 inside of brackets.
    brackets: Vec<u64>,
    /// For each character, where the run of characters of foreign names that it stands in begins and ends.
    foreign: Vec<Range<usize>>,
}

/// What stands in place of a character before the first and behind the last.
const EDGE: char = '\u{1}';

impl Sentence {
    /// Looks at `text`.
    pub fn look(&mut self, text: &str) {
        static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| {
            Segmenter::new(SegmenterOptions { no_hmm: true, ..SegmenterOptions::default() })
        });
        let mut folded = std::mem::take(&mut self.folded);
        Fold::get().text_into(text, &mut folded);
        self.starts.clear();
        self.chars.clear();
        // A folded character has as many bytes.
        for (at, c) in folded.char_indices() {
            self.starts.push(at);
            self.chars.push(c);
        }
        self.starts.push(folded.len());
        let words = NameWords::get();
        words.find(&self.chars, &mut self.marks, &mut self.places);
        self.known.clear();
        for c in &mut self.chars {
            *c = shape(*c);
            self.known.push(words.character(*c));
        }
        self.cut(&SEGMENTER, &folded);
        self.look_at_places();
        self.look_ahead();
        self.look_around();
        self.folded = folded;
    }

    /// How many characters it has (code points).
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// True where it has none.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Where characters stand in the text, in bytes.
    pub fn bytes(&self, chars: &Range<usize>) -> Range<usize> {
        let at = |at: usize| self.starts.get(at).or(self.starts.last()).copied().unwrap_or_default();
        at(chars.start)..at(chars.end)
    }

    /// Which character starts at byte `at` of the text.
    pub fn character_at(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start < at)
    }

    fn cut(&mut self, segmenter: &Segmenter, folded: &str) {
        self.cuts.clear();
        self.cut_of.clear();
        let mut end_byte = 0;
        segmenter.cut(folded, |token| {
            let (start, number) = (self.cut_of.len(), self.cuts.len());
            end_byte += token.text.len();
            while self.starts.get(self.cut_of.len()).is_some_and(|at| *at < end_byte) {
                self.cut_of.push(number);
            }
            let tag = token.tag();
            let breaks = breaks(tag) || token.text.chars().all(is_mark);
            self.cuts.push(Cut { range: start..self.cut_of.len(), tag, breaks });
        });
    }

    fn look_at_places(&mut self) {
        self.longest_place.clear();
        self.longest_place.resize(self.chars.len(), 0);
        for range in &self.places {
            let was_cut = u8::from(self.opens(range.start)) << 1 | u8::from(self.opens(range.end));
            let known = (range.len().min(4) as u8) << 2 | was_cut;
            for at in range.clone() {
                let place = u8::from(at == range.start) << 1 | u8::from(at + 1 == range.end);
                self.longest_place[at] = known << 2 | place;
            }
        }
    }

    /// True where a word of the segmenter begins at `at`, or the sentence ends there.
    fn opens(&self, at: usize) -> bool {
        self.cut_of.get(at).is_none_or(|&number| self.cuts[number].range.start == at)
    }

    fn look_ahead(&mut self) {
        self.ahead.clear();
        self.ahead.resize(self.cuts.len(), None);
        let mut ahead: Option<End> = None;
        for (number, cut) in self.cuts.iter().enumerate().rev() {
            let last = cut.range.end - 1;
            let marks = self.marks[last];
            let end = || ListKind::BODY_ENDS.iter().position(|&kind| marks.ends(kind));
            if cut.breaks {
                ahead = None;
            } else if let Some(kind) = (!marks.is_empty()).then(end).flatten() {
                ahead = Some(End { kind, at: last, over_verb: false });
            } else if let Some(end) = ahead.as_mut().filter(|_| cut.tag == "v") {
                end.over_verb = true;
            }
            self.ahead[number] = ahead;
        }
        self.chunk_starts.clear();
        let mut start = 0;
        for cut in &self.cuts {
            if cut.breaks {
                start = cut.range.end;
            }
            self.chunk_starts.resize(cut.range.end, start);
        }
    }

    fn look_around(&mut self) {
        self.brackets.clear();
        let mut inside = 0;
        for &c in &self.chars {
            let (here, next) = match c {
                '\u{4e00}'..='\u{9fff}' => (inside, inside),
                '”' | '’' | '」' | '』' | '）' | ')' => (0, 0),
                '“' | '‘' | '「' | '『' => (inside, 1),
                '（' | '(' => (inside, 2),
                _ => (inside, inside),
            };
            self.brackets.push(here);
            inside = next;
        }
        self.foreign.clear();
        while self.foreign.len() < self.chars.len() {
            let start = self.foreign.len();
            let run = (start..self.chars.len()).take_while(|&at| self.is_foreign(at)).count();
            self.foreign.resize(start + run.max(1), start..start + run);
        }
    }

    /// True for a character of foreign names.
    fn is_foreign(&self, at: usize) -> bool {
        self.known[at].foreign >= FOREIGN_GRADE || self.chars[at] == '·'
    }

    fn char_at(&self, at: isize) -> char {
        usize::try_from(at).ok().and_then(|at| self.chars.get(at)).copied().unwrap_or(EDGE)
    }

    /// Character `at` as a number; [`EDGE`] beyond the edges.
    pub(super) fn code(&self, at: isize) -> u16 {
        code(self.char_at(at))
    }

    /// How many words it was cut into.
    pub(super) fn words(&self) -> usize {
        self.cuts.len()
    }

    /// The characters of word `number` as a number, and what its tag and length say; of none beyond the edges.
    pub(super) fn word(&self, number: Option<usize>) -> (Option<u64>, u64) {
        let Some(cut) = number.and_then(|number| self.cuts.get(number)) else {
            return (None, u64::from(b'-') << 8);
        };
        let tag = cut.tag.bytes().take(4).fold(0, |tag, byte| tag << 8 | u64::from(byte));
        let word = packed(self.chars[cut.range.clone()].iter().take(3).copied());
        (Some(word), tag << 8 | cut.range.len().min(3) as u64)
    }

    /// Where each character of word `number` stands in it: 2 at its beginning and 1 at its end.
    pub(super) fn places_of(&self, number: usize) -> impl Iterator<Item = usize> {
        let Range { start, end } = self.cuts.get(number).map(|cut| cut.range.clone()).unwrap_or_default();
        (start..end).map(move |at| usize::from(at == start) << 1 | usize::from(at + 1 == end))
    }

    /// The number of the word that character `at` stands in, and where it stands in it: 2 at its beginning and 1 at its
    /// end.
    pub(super) fn word_of(&self, at: usize) -> (usize, u64) {
        let number = self.cut_of[at];
        let own = &self.cuts[number].range;
        (number, u64::from(at == own.start) << 1 | u64::from(at + 1 == own.end))
    }

    /// Puts the facts of character `at` into `facts`.
    pub fn facts(&self, at: usize, facts: &mut Vec<Fact>) {
        facts.clear();
        for (about, &(_, shape, first)) in WINDOWS.iter().enumerate() {
            let codes = SHAPES[shape].iter().map(|&distance| self.char_at(at as isize + first + distance));
            facts.push(Fact::new(about, packed(codes)));
        }
        let (number, place) = self.word_of(at);
        for (index, &(_, _, distance)) in WORDS.iter().enumerate() {
            let (word, tag) = self.word(number.checked_add_signed(distance));
            facts.push(Fact::new(TAG + index, tag | place << PLACE_IN_WORD));
            facts.extend(word.map(|word| Fact::new(WORD + index, word)));
        }
        for shift in -MOST_SHIFT..=MOST_SHIFT {
            let Some(from) = at.checked_add_signed(-shift).filter(|from| *from < self.len()) else {
                continue;
            };
            self.seen(from, |view, value| {
                let member = shifts(view).iter().position(|of_member| *of_member == shift);
                facts.extend(member.map(|member| Fact::of_other(view, value, member)));
            });
        }
    }

    /// Hands out what is seen at character `at` in the [`OTHERS`].
    #[inline]
    pub(super) fn seen(&self, at: usize, mut each: impl FnMut(View, u64)) {
        self.marks[at].kinds().for_each(|(kind, place)| each(MARKS_VIEW, list_place(kind, place)));
        if self.longest_place[at] != 0 {
            each(LONGEST_PLACE_VIEW, self.longest_place[at].into());
        }
        self.see_names(at, &mut each);
        self.see_bodies(at, &mut each);
    }

    #[inline]
    fn see_names(&self, at: usize, each: &mut impl FnMut(View, u64)) {
        let character = self.known[at];
        let grades = u64::from(character.surname) << 6
            | u64::from(character.given) << 3
            | u64::from(character.foreign);
        if grades != 0 {
            let own = &self.cuts[self.cut_of[at]].range;
            each(GRADES_VIEW, grades << 1 | u64::from(own.len() == 1));
        }
        let may_open = character.surname > 0 || self.marks[at].begins(ListKind::Surname);
        if let Some(anchor) = may_open.then(|| self.name_at(at)).flatten() {
            if character.surname > 0 && at > 0 {
                each(BEHIND_TITLE_VIEW, anchor.left << 2 | u64::from(character.surname));
            }
            each(NAME_VIEW, anchor.pattern);
            each(SHORT_SIDES_VIEW, anchor.left << 4 | anchor.short);
            each(LONG_SIDES_VIEW, anchor.left << 4 | anchor.long);
        }
        let run = &self.foreign[at];
        if run.len() > 1 {
            let (from, to) = ((at - run.start).min(3) as u64, (run.end - at).min(4) as u64);
            each(FOREIGN_VIEW, from << 3 | to);
        }
    }

    /// What a name that begins at `at` would be made of; none where no family name stands there.
    fn name_at(&self, at: usize) -> Option<Anchor> {
        let single = self.known[at].surname;
        let is_compound = self.marks[at].begins(ListKind::Surname);
        let (grade, length) = if is_compound { (3, 2) } else { (single, 1) };
        if grade == 0 {
            return None;
        }
        let grade_of = |at: usize| self.known.get(at).map_or(0, |known| known.given);
        let given = at + length;
        let cuts = [at, given, given + 1, given + 2]
            .into_iter()
            .fold(0, |cuts, at| cuts << 1 | u64::from(self.opens(at)));
        let grades = [grade, grade_of(given), grade_of(given + 1)];
        let pattern = grades.into_iter().fold(0, |pattern, grade| pattern << 3 | u64::from(grade));
        Some(Anchor {
            pattern: pattern << 4 | cuts,
            left: self.side_before(at),
            short: self.side_behind(given + 1),
            long: self.side_behind(given + 2),
        })
    }

    /// What stands before `at`, as a number.
    fn side_before(&self, at: usize) -> u64 {
        const KINDS: [ListKind; 8] = [
            ListKind::Title,
            ListKind::Role,
            ListKind::Body,
            ListKind::PlaceEnd,
            ListKind::Act,
            ListKind::Place,
            ListKind::Break,
            ListKind::Affix,
        ];
        let Some(before) = at.checked_sub(1) else { return 1 };
        let mark = |kind: &ListKind| self.marks[before].ends(*kind);
        match self.chars[before] {
            '、' => 2,
            c if is_sign(c) => 3,
            _ => KINDS.iter().position(mark).map_or(0, |number| 4 + number as u64),
        }
    }

    /// What stands at `at`, as a number.
    fn side_behind(&self, at: usize) -> u64 {
        const KINDS: [ListKind; 5] =
            [ListKind::Act, ListKind::Role, ListKind::Title, ListKind::Break, ListKind::Place];
        let Some(&c) = self.chars.get(at) else { return 1 };
        let mark = |kind: &ListKind| self.marks[at].begins(*kind);
        match c {
            '、' => 2,
            '等' => 4,
            _ if is_sign(c) => 3,
            _ => KINDS.iter().position(mark).map_or(0, |number| 5 + number as u64),
        }
    }

    #[inline]
    fn see_bodies(&self, at: usize, each: &mut impl FnMut(View, u64)) {
        let number = self.cut_of[at];
        let place = self.marks[at].of(ListKind::Place);
        if let Some(end) = self.ahead[number].filter(|end| end.at >= at) {
            let far = match end.at - at {
                near @ 0..=2 => near as u64,
                3..=5 => 3,
                6..=9 => 4,
                _ => 5,
            };
            let ahead = (end.kind as u64) << 1 | u64::from(end.over_verb);
            each(AHEAD_VIEW, ahead << 3 | far);
            if place != 0 {
                each(PLACE_AHEAD_VIEW, ahead << 3 | place);
            }
        } else if place != 0 {
            each(PLACE_AHEAD_VIEW, 1 << 8 | place);
        }
        let start = self.chunk_starts[at];
        if start <= at {
            let ahead = self.ahead[number].map_or(0, |end| 1 + end.kind as u64);
            each(START_VIEW, ahead << 3 | (at - start).min(4) as u64);
        }
        if self.brackets[at] != 0 {
            each(BRACKETS_VIEW, self.brackets[at]);
        }
    }
}

/// True for the tag of a word over which no name goes on.
fn breaks(tag: &str) -> bool {
    matches!(tag.as_bytes().first(), Some(b'p' | b'c' | b'u' | b'r' | b'd' | b'y' | b't'))
}

/// True for what is neither letter nor digit.
fn is_sign(c: char) -> bool {
    // Most of a page, without asking Unicode.
    match c {
        '\u{4e00}'..='\u{9fff}' => false,
        '、' | '。' | '，' | '“' | '”' | '：' | '（' | '）' => true,
        _ => !c.is_alphanumeric(),
    }
}

/// The same; a circle is printed for a zero.
fn is_mark(c: char) -> bool {
    c != '○' && is_sign(c)
}

/// Digits and letters are all alike, and so are the two widths of a mark.
fn shape(c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => '0',
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => 'a',
        // Most of a page, without asking Unicode.
        '\u{4e00}'..='\u{9fff}' => c,
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '（' => '(',
        '）' => ')',
        '！' => '!',
        '？' => '?',
        '•' | '・' | '‧' | '．' => '·',
        _ if c.is_whitespace() || c.is_control() => ' ',
        _ => c,
    }
}

/// How much more often than in text a character must stand in foreign names to count as one of them.
const FOREIGN_GRADE: u8 = 2;
