//! A fact that holds of a character, and the ways to see it.

use std::fmt;
use std::sync::LazyLock;

use super::name_words::ListKind;

/// A fact: what it is about (8 bits), and what it says of that (56 bits).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact(pub(super) u64);

/// Where the number of what a fact is about stands.
const ABOUT: u32 = 56;

/// The characters that are seen together, by their distance from the first of them.
pub(super) const SHAPES: [&[isize]; 4] = [&[0], &[0, 1], &[0, 2], &[0, 1, 2]];

/// The number of a shape, and how far from the character at hand its first character stands.
pub(super) const WINDOWS: [(&str, usize, isize); 11] = [
    ("char-2", 0, -2),
    ("char-1", 0, -1),
    ("char", 0, 0),
    ("char+1", 0, 1),
    ("char+2", 0, 2),
    ("char-2-1", 1, -2),
    ("char-1+0", 1, -1),
    ("char+0+1", 1, 0),
    ("char+1+2", 1, 1),
    ("char-1+1", 2, -1),
    ("char-1+0+1", 3, -1),
];

/// The words that are seen, by their distance from the one at hand.
pub(super) const WORDS: [(&str, &str, isize); 3] =
    [("word-1", "tag-1", -1), ("word", "tag", 0), ("word+1", "tag+1", 1)];

/// How far from the character at hand it is asked whether a word of a list stands there.
const REACH: isize = 2;

/// The same for the longest place.
const PLACE_REACH: isize = 1;

/// How many characters a family name with a given name has at the most.
const LONGEST_NAME: usize = 4;

// What facts are about, by number.
pub(super) const WORD: usize = WINDOWS.len();
pub(super) const TAG: usize = WORD + WORDS.len();
const GRADES: usize = TAG + WORDS.len();
const NAME: usize = GRADES + 1;
const SHORT_SIDES: usize = NAME + LONGEST_NAME;
const LONG_SIDES: usize = SHORT_SIDES + LONGEST_NAME;
const FOREIGN: usize = LONG_SIDES + LONGEST_NAME;
const AHEAD: usize = FOREIGN + 1;
const PLACE_AHEAD: usize = AHEAD + 1;
const START: usize = PLACE_AHEAD + 1;
const BRACKETS: usize = START + 1;
const BEHIND_TITLE: usize = BRACKETS + 1;
const MARKS: usize = BEHIND_TITLE + 1;
const LONGEST_PLACE: usize = MARKS + (2 * REACH as usize + 1) * ListKind::ALL.len();

/// How many bits below where a character stands in its word the length of a word takes, in what a tag says.
pub(super) const PLACE_IN_WORD: u32 = 2;

/// How many places a character may have in its word: inside, at its end, at its beginning, all of it.
pub(super) const PLACES_IN_WORD: usize = 4;

/// How many bits the place of a character in a word of a list takes.
const PLACE_IN_MARK: u32 = 3;

/// A way to see. What is seen at one place, facts tell of at several: each of them is a member of its view, and holds
/// of the character that stands its shift behind the place. There is one view for each shape of [`WINDOWS`], then those
/// of words and of tags, which are seen from other words, then [`OTHERS`].
pub(super) type View = usize;
pub(super) const WORD_VIEW: View = SHAPES.len();
pub(super) const TAG_VIEW: View = WORD_VIEW + 1;
pub(super) const FIRST_OTHER: View = TAG_VIEW + 1;
pub(super) const VIEWS: usize = FIRST_OTHER + OTHERS.len();

/// A view beside those of characters, words and tags.
#[derive(Debug)]
struct Other {
    /// What its first member is about.
    about: usize,
    members: usize,
    /// The shift of the first member, and how much that of the next one is more.
    shift: isize,
    step: isize,
}

impl Other {
    const fn here(about: usize) -> Self {
        Self { about, members: 1, shift: 0, step: 1 }
    }

    const fn of_name(about: usize) -> Self {
        Self { about, members: LONGEST_NAME, shift: 0, step: 1 }
    }

    const fn from_around(about: usize, reach: isize) -> Self {
        Self { about, members: 2 * reach as usize + 1, shift: reach, step: -1 }
    }
}

const OTHERS: [Other; 12] = [
    Other::here(GRADES),
    Other::of_name(NAME),
    Other::of_name(SHORT_SIDES),
    Other::of_name(LONG_SIDES),
    Other::here(FOREIGN),
    Other::here(AHEAD),
    Other::here(PLACE_AHEAD),
    Other::here(START),
    Other::here(BRACKETS),
    Other::here(BEHIND_TITLE),
    Other::from_around(MARKS, REACH),
    Other::from_around(LONGEST_PLACE, PLACE_REACH),
];
pub(super) const GRADES_VIEW: View = FIRST_OTHER;
pub(super) const NAME_VIEW: View = FIRST_OTHER + 1;
pub(super) const SHORT_SIDES_VIEW: View = FIRST_OTHER + 2;
pub(super) const LONG_SIDES_VIEW: View = FIRST_OTHER + 3;
pub(super) const FOREIGN_VIEW: View = FIRST_OTHER + 4;
pub(super) const AHEAD_VIEW: View = FIRST_OTHER + 5;
pub(super) const PLACE_AHEAD_VIEW: View = FIRST_OTHER + 6;
pub(super) const START_VIEW: View = FIRST_OTHER + 7;
pub(super) const BRACKETS_VIEW: View = FIRST_OTHER + 8;
pub(super) const BEHIND_TITLE_VIEW: View = FIRST_OTHER + 9;
pub(super) const MARKS_VIEW: View = FIRST_OTHER + 10;
pub(super) const LONGEST_PLACE_VIEW: View = FIRST_OTHER + 11;

/// How many different things are seen at the most in one of the [`OTHERS`].
const MOST_VALUES: u64 = 1 << 14;

/// How far beyond the edges of a sentence characters are seen.
pub(super) const MARGIN: isize = 2;

/// No shift is longer, to either side.
pub(super) const MOST_SHIFT: isize = LONGEST_NAME as isize - 1;

/// The shifts of the members of `view`; those of words and tags are counted in words, and a tag has as many members at
/// each as a character may have places in its word.
pub(super) fn shifts(view: View) -> Vec<isize> {
    match view {
        0..WORD_VIEW => {
            let of_shape = WINDOWS.iter().filter(|(_, shape, _)| *shape == view);
            of_shape.map(|&(_, _, first)| -first).collect()
        }
        WORD_VIEW | TAG_VIEW => WORDS.iter().map(|&(_, _, distance)| -distance).collect(),
        _ => OTHERS.get(view - FIRST_OTHER).map_or_else(Vec::new, |other| {
            (0..other.members as isize).map(|member| other.shift + other.step * member).collect()
        }),
    }
}

impl Fact {
    pub(super) fn new(about: usize, value: u64) -> Self {
        Self((about as u64) << ABOUT | value & ((1 << ABOUT) - 1))
    }

    /// The number of what it is about.
    fn about(self) -> usize {
        (self.0 >> ABOUT) as usize
    }

    /// What it says of that.
    fn value(self) -> u64 {
        self.0 & ((1 << ABOUT) - 1)
    }

    /// The view that it is a member of, what is seen in it, and which member it is.
    pub(super) fn view(self) -> (View, u64, usize) {
        let (about, value) = (self.about(), self.value());
        if let Some(&(_, shape, _)) = WINDOWS.get(about) {
            let member = WINDOWS[..about].iter().filter(|(_, of, _)| *of == shape).count();
            return (shape, value, member);
        }
        if about < TAG {
            return (WORD_VIEW, value, about - WORD);
        }
        if about < GRADES {
            let place = value >> PLACE_IN_WORD & 3;
            let tag = value & !(3 << PLACE_IN_WORD);
            return (TAG_VIEW, tag, (about - TAG) * PLACES_IN_WORD + place as usize);
        }
        let number = OTHERS.iter().rposition(|other| other.about <= about).unwrap_or_default();
        let (view, member) = (FIRST_OTHER + number, about - OTHERS[number].about);
        if view == MARKS_VIEW {
            let kinds = ListKind::ALL.len();
            return (view, list_place(member % kinds, value), member / kinds);
        }
        (view, value, member)
    }

    /// Member `member` of one of the [`OTHERS`] in which `value` is seen.
    pub(super) fn of_other(view: View, value: u64, member: usize) -> Self {
        let first = OTHERS[view - FIRST_OTHER].about;
        if view == MARKS_VIEW {
            let kind = (value >> PLACE_IN_MARK) as usize;
            let place = value & ((1 << PLACE_IN_MARK) - 1);
            return Self::new(first + member * ListKind::ALL.len() + kind, place);
        }
        Self::new(first + member, value)
    }
}

/// What is seen where a character stands at `place` in a word of list `kind`.
pub(super) fn list_place(kind: usize, place: u64) -> u64 {
    (kind as u64) << PLACE_IN_MARK | place
}

/// What facts are about, in words: the place of each is its number.
fn abouts() -> &'static [String] {
    static ABOUTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let windows = WINDOWS.iter().map(|&(name, ..)| name.to_owned());
        let words = WORDS.iter().map(|&(name, _, _)| name.to_owned());
        let tags = WORDS.iter().map(|&(_, name, _)| name.to_owned());
        let placed = |name: &'static str| (0..LONGEST_NAME).map(move |offset| format!("{name}@{offset}"));
        let names = ["name", "short-sides", "long-sides"].into_iter().flat_map(placed);
        let others = ["foreign", "ahead", "place-ahead", "start", "brackets", "behind-title"];
        let marks =
            (-REACH..=REACH).flat_map(|at| ListKind::ALL.iter().map(move |kind| format!("{kind:?}@{at}")));
        let longest = (-PLACE_REACH..=PLACE_REACH).map(|at| format!("longest-place@{at}"));
        windows
            .chain(words)
            .chain(tags)
            .chain(["grades".to_owned()])
            .chain(names)
            .chain(others.map(str::to_owned))
            .chain(marks)
            .chain(longest)
            .collect()
    });
    &ABOUTS
}

impl fmt::Display for Fact {
    /// What it is about, `=`, and what it says: characters, or a number in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (about, value) = (self.about(), self.value());
        write!(f, "{}=", abouts().get(about).map_or("", String::as_str))?;
        if about >= TAG {
            return write!(f, "{value:x}");
        }
        let codes = (0..3).rev().map(|at| (value >> (CODE * at) & 0xffff) as u32).filter(|&code| code != 0);
        codes.filter_map(char::from_u32).try_for_each(|c| write!(f, "{c}"))
    }
}

impl Fact {
    /// The fact that is written so.
    pub fn parse(text: &str) -> Option<Self> {
        let (about, value) = text.split_once('=')?;
        let about = abouts().iter().position(|known| known == about)?;
        let value = if about < TAG { packed(value.chars()) } else { u64::from_str_radix(value, 16).ok()? };
        (about < GRADES || value < MOST_VALUES).then_some(Self::new(about, value))
    }
}

/// Up to three characters as one number.
pub(super) fn packed(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |value, c| value << CODE | u64::from(code(c)))
}

/// How many bits a character takes in a number.
pub(super) const CODE: u32 = 16;

/// A character as a number of [`CODE`] bits; those beyond the basic plane are all alike.
pub(super) fn code(c: char) -> u16 {
    (c as u32).min(0xfffd) as u16
}
