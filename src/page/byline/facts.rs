//! What is known of each character of a phrase.

use super::look::{Bound, Look, Stretch, Word, is_gap, is_part_of_name};
use super::phrase::{CLOSES, OPENS, Place};
use crate::chain::{Name, Names, Part, Sequence};
use crate::page::page_words::{BylineWords, List};
use crate::page::scan::is_blank;

/// The facts of a phrase, as they are put together.
pub(super) struct Facts<'f, N: Names> {
    look: &'f Look<'f>,
    words: &'f BylineWords,
    names: &'f mut N,
    /// Each character as it is, and what it is.
    chars: Vec<Part<'f>>,
    classes: Vec<Part<'static>>,
    /// Each stretch as it is.
    stretches: Vec<Part<'f>>,
    facts: Vec<u32>,
}

/// A part of names that is known when the program is built.
macro_rules! part {
    ($text:literal) => {
        const { Part::of($text) }
    };
}

/// Adds the fact of that name with these values.
macro_rules! add {
    ($facts:expr, $kind:literal, $($value:expr),+) => {
        $facts.add(part!($kind), &[$($value),+])
    };
}

/// Counts above this are all the same.
const MOST: usize = 9;

impl<'f, N: Names> Facts<'f, N> {
    /// What is known of each character of `look`.
    pub(super) fn sequence(look: &'f Look<'f>, words: &'f BylineWords, names: &'f mut N) -> Sequence {
        let chars = (0..look.chars.len()).map(|at| Part::of(look.text(at, 1))).collect();
        let classes = look.chars.iter().map(|&c| class(c)).collect();
        let stretches = look.stretches.iter().map(|of| Part::of(look.text(of.start, of.len))).collect();
        let mut facts = Self { look, words, names, chars, classes, stretches, facts: Vec::new() };
        let mut sequence = Sequence::default();
        let of_all = facts.of_phrase();
        for at in 0..look.chars.len() {
            facts.facts.clear();
            facts.facts.extend(&of_all);
            facts.characters(at);
            facts.lists(at);
            facts.stretch(at);
            facts.roles(at);
            facts.distance(at);
            sequence.add(facts.facts.iter().copied());
        }
        sequence
    }

    /// The number of the fact `kind` with these values.
    fn number(&mut self, kind: Part<'_>, values: &[Part<'_>]) -> u32 {
        let colon = N::Name::known(part!(":"));
        let values = values.iter().map(|&value| N::Name::known(value));
        let name = values.fold(N::Name::known(kind), |name, value| name.and(&colon).and(&value));
        self.names.number(&name)
    }

    fn add(&mut self, kind: Part<'_>, values: &[Part<'_>]) {
        let number = self.number(kind, values);
        self.facts.push(number);
    }

    /// What holds of the phrase: where it stands, how many roles and stretches are in it.
    fn of_phrase(&mut self) -> Vec<u32> {
        let (place, bracketed) = (place(self.look.place), bracketed(self.look.chars));
        let roles = self.look.words.iter().filter(|word| word.list == List::Role).count();
        let (roles, stretches) = (count(roles.min(3)), count(self.look.stretches.len().min(5)));
        vec![
            self.number(part!("phrase"), &[place, bracketed, roles]),
            self.number(part!("phrase-of"), &[place, bracketed, roles, stretches]),
        ]
    }

    /// The characters here and beside, alone and in pairs, and what they are.
    fn characters(&mut self, at: usize) {
        const NAMES: [Part<'_>; 5] = [part!("c-2"), part!("c-1"), part!("c"), part!("c+1"), part!("c+2")];
        let beside: [Option<usize>; 5] = std::array::from_fn(|offset| (at + offset).checked_sub(2));
        let of = |parts: &[Part<'f>], at: Option<usize>| {
            at.and_then(|at| parts.get(at)).copied().unwrap_or(part!("^"))
        };
        let texts = beside.map(|at| of(&self.chars, at));
        let looks = beside.map(|at| of(&self.classes, at));
        for (name, text) in NAMES.into_iter().zip(texts) {
            self.add(name, &[text]);
        }
        add!(self, "cc", texts[1], texts[2]);
        add!(self, "cc+", texts[2], texts[3]);
        self.add(part!("looks"), &looks[1..4]);
        self.add(part!("looks-far"), &looks);
        add!(self, "family", self.family(at), looks[1]);
    }

    /// Where it stands in words of the lists.
    fn lists(&mut self, at: usize) {
        for list in List::ALL {
            let within = |at: usize| self.look.within.get(at).and_then(|within| within[list as usize]);
            if let Some(here) = within(at) {
                add!(self, "in", name(list), count(here.at), count(here.len));
            } else if within(at + 1).is_some_and(|next| next.at == 0) {
                add!(self, "before", name(list));
            }
            if at > 0 && within(at - 1).is_some_and(|last| last.at + 1 == last.len) {
                add!(self, "behind", name(list));
            }
        }
    }

    /// The stretch that it stands in.
    fn stretch(&mut self, at: usize) {
        let Some(number) = self.look.stretch_at(at) else { return self.gap(at) };
        let stretch = self.look.stretches[number];
        let (here, len) = (count(at - stretch.start), count(stretch.len));
        let before = self.bound(stretch.before, stretch.start.wrapping_sub(1));
        let behind = self.bound(stretch.behind, stretch.start + stretch.len);
        let place = place(self.look.place);
        add!(self, "stretch", len, here);
        add!(self, "stretch-in", len, here, before, behind);
        add!(self, "stretch-at", len, here, before, place);
        let beside = |number: Option<usize>, gap: bool| {
            number
                .filter(|_| gap)
                .and_then(|number| self.look.stretches.get(number))
                .map_or(part!("-"), |of| count(of.len))
        };
        let last = beside(number.checked_sub(1), is_gap(stretch.before));
        let next = beside(Some(number + 1), is_gap(stretch.behind));
        add!(self, "stretch-beside", len, here, last, next);
        add!(self, "stretch-beside-at", len, here, last, next, place, bracketed(self.look.chars));
        self.spelled(number, len, here);
        // What stands before a name without a gap ends in what somebody is, or where they work.
        let family = self.family(at);
        let left = stretch.start + stretch.len - at;
        add!(self, "left", count(left.min(5)), family, last);
        let behind = if at > stretch.start { self.chars[at - 1] } else { part!("^") };
        add!(self, "left-behind", behind, count(left.min(4)), family);
    }

    /// The stretches around a character that stands in none.
    fn gap(&mut self, at: usize) {
        let next = self.look.stretches.partition_point(|stretch| stretch.start <= at);
        let len = |number: Option<usize>| {
            number
                .and_then(|number| self.look.stretches.get(number))
                .map_or(part!("-"), |of| count(of.len.min(5)))
        };
        let touches_left = next.checked_sub(1).map(|last| self.look.stretches[last]);
        let touches = touches_left.is_some_and(|last| last.start + last.len == at);
        let touched = self.look.stretches.get(next).is_some_and(|next| next.start == at + 1);
        let [before, last, here, behind] =
            [next.checked_sub(2), next.checked_sub(1), Some(next), Some(next + 1)].map(len);
        let side = match (touches, touched) {
            (true, true) => part!("between"),
            (true, false) => part!("left"),
            (false, true) => part!("right"),
            (false, false) => part!("alone"),
        };
        let mark = self.classes[at];
        add!(self, "gap", mark, side, last, here);
        add!(self, "gap-among", mark, side, before, last, here, behind);
        add!(self, "gap-at", mark, side, last, here, place(self.look.place));
    }

    /// Whether a family name begins with the character at `at`.
    fn family(&self, at: usize) -> Part<'static> {
        let is_one = self.look.chars.get(at).is_some_and(|&c| self.words.surnames.has(c));
        if is_one { part!("surname") } else { part!("-") }
    }

    /// What stands on a side of a stretch, the mark there at `at`.
    fn bound(&self, bound: Bound, at: usize) -> Part<'f> {
        match bound {
            Bound::Word(list) => name(list),
            Bound::Mark(c) if is_blank(c) => part!("_"),
            Bound::Mark(_) => self.chars[at],
            Bound::Edge => part!("^"),
        }
    }

    /// How the stretch begins and ends.
    fn spelled(&mut self, number: usize, len: Part<'_>, here: Part<'_>) {
        let Stretch { start, len: count_of, .. } = self.look.stretches[number];
        let (first, last) = (self.chars[start], self.chars[start + count_of - 1]);
        add!(self, "stretch-family", len, here, self.family(start));
        add!(self, "stretch-first", first, here);
        add!(self, "stretch-last", last, count(count_of.min(5)));
        if count_of <= MOST {
            add!(self, "stretch-is", self.stretches[number]);
        }
    }

    /// The roles beside it.
    fn roles(&mut self, at: usize) {
        let [before, behind] = self.look.roles_beside(at);
        let look = self.look;
        let text = |role: Option<(Word, usize)>| {
            role.map_or(part!(""), |(word, _)| Part::of(look.text(word.start, word.len)))
        };
        let steps = |role: Option<(Word, usize)>| role.map_or(part!("-"), |(_, steps)| count(steps.min(3)));
        let (left, right) = (text(before), text(behind));
        let (to_left, to_right) = (steps(before), steps(behind));
        let in_stretch = if self.look.stretch_at(at).is_some() { part!("stretch") } else { part!("-") };
        add!(self, "role-before", left, to_left, in_stretch);
        add!(self, "role-behind", right, to_right, in_stretch);
        let (left, right) = (work(left.text), work(right.text));
        add!(self, "roles", left, to_left, right, to_right, in_stretch);
        add!(self, "roles-at", left, to_left, right, to_right, in_stretch, place(self.look.place));
    }

    /// How far it is from the start of the phrase, and what mark comes next.
    fn distance(&mut self, at: usize) {
        let far = match at {
            0..=8 => count(at),
            9..=15 => part!("15"),
            16..=30 => part!("30"),
            _ => part!("far"),
        };
        let ahead = self.look.chars[at..]
            .iter()
            .position(|c| !(is_part_of_name(*c) || c.is_ascii_digit() || is_blank(*c)));
        let mark = ahead.map_or(part!("$"), |ahead| self.chars[at + ahead]);
        let steps = ahead.map_or(part!("$"), |ahead| if ahead < 8 { count(ahead) } else { part!("far") });
        let place = place(self.look.place);
        let opens =
            self.look.words.first().filter(|word| word.start <= 1).map_or(part!("-"), |word| name(word.list));
        add!(self, "from", far, place, opens);
        add!(self, "ahead", mark, place);
        add!(self, "ahead-in", mark, steps);
    }
}

/// A small number as text.
fn count(number: usize) -> Part<'static> {
    const COUNTS: [Part<'_>; MOST + 1] = [
        part!("0"),
        part!("1"),
        part!("2"),
        part!("3"),
        part!("4"),
        part!("5"),
        part!("6"),
        part!("7"),
        part!("8"),
        part!("9"),
    ];
    COUNTS[number.min(MOST)]
}

fn place(place: Place) -> Part<'static> {
    match place {
        Place::Opening => part!("opening"),
        Place::Closing => part!("closing"),
        Place::Caption => part!("caption"),
        Place::Line => part!("line"),
        Place::Credit => part!("credit"),
    }
}

fn name(list: List) -> Part<'static> {
    match list {
        List::Role => part!("role"),
        List::Agency => part!("agency"),
        List::Closer => part!("closer"),
        List::Message => part!("message"),
        List::Place => part!("place"),
        List::Group => part!("group"),
        List::NoName => part!("no-name"),
        List::Work => part!("work"),
    }
}

/// What a role says that somebody did: took pictures, wrote, both, or what they are.
fn work(role: &str) -> Part<'static> {
    let pictures = role.contains(['摄', '攝', '图', '圖', '照', '绘', '画']);
    let writes = role.contains(['文', '道', '導', '讯', '写', '著', '译', '作']);
    match (role.is_empty(), pictures, writes) {
        (true, ..) => part!(""),
        (_, true, true) => part!("both"),
        (_, true, false) => part!("pictures"),
        (_, false, true) => part!("writes"),
        (_, false, false) => part!("is"),
    }
}

/// Whether one bracket holds the phrase, or a mark stands before it.
fn bracketed(chars: &[char]) -> Part<'static> {
    match (chars.first(), chars.last()) {
        (Some(first), Some(last)) if OPENS.contains(first) && CLOSES.contains(last) => part!("bracketed"),
        (Some(first), _) if !first.is_alphanumeric() => part!("marked"),
        _ => part!("-"),
    }
}

/// What a character is.
fn class(c: char) -> Part<'static> {
    match c {
        c if is_part_of_name(c) => part!("h"),
        c if is_blank(c) => part!("_"),
        c if OPENS.contains(&c) => part!("("),
        c if CLOSES.contains(&c) => part!(")"),
        '、' | '，' | ',' | '；' | ';' | '|' | '｜' => part!(","),
        '/' | '／' | '╱' | '∕' => part!("/"),
        '：' | ':' => part!(":"),
        '。' | '！' | '？' | '”' | '」' | '…' => part!("."),
        c if c.is_numeric() => part!("d"),
        c if c.is_alphabetic() => part!("a"),
        _ => part!("o"),
    }
}
