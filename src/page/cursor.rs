//! A place in a row of characters that moves on over what is expected there.

use crate::calendar::{digit, number};

/// The characters that are being read, and how many of them have been.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'g> {
    rest: &'g [char],
    /// How many characters were passed.
    pub(super) at: usize,
}

impl<'g> Cursor<'g> {
    pub(super) fn new(rest: &'g [char]) -> Self {
        Self { rest, at: 0 }
    }

    /// What has not been passed.
    fn ahead(&self) -> &'g [char] {
        self.rest.get(self.at..).unwrap_or_default()
    }

    /// The characters that were passed from `from` on.
    pub(super) fn passed(&self, from: usize) -> &'g [char] {
        self.rest.get(from..self.at).unwrap_or_default()
    }

    /// Passes a character that is one of `set`; false where none stands here.
    pub(super) fn pass(&mut self, set: &str) -> bool {
        self.pass_up_to(1, set) == 1
    }

    /// Passes characters of `set`, and says how many.
    pub(super) fn pass_all(&mut self, set: &str) -> usize {
        self.pass_up_to(usize::MAX, set)
    }

    /// Passes at most `most` characters of `set`, and says how many.
    pub(super) fn pass_up_to(&mut self, most: usize, set: &str) -> usize {
        let passed = self.ahead().iter().take(most).take_while(|&&c| set.contains(c)).count();
        self.at += passed;
        passed
    }

    /// Passes a character of each set, one behind the other; false, and passes none, where they do not stand here.
    pub(super) fn pass_each(&mut self, sets: &[&str]) -> bool {
        let fits = self.ahead().iter().zip(sets).filter(|(c, set)| set.contains(**c)).count() == sets.len();
        self.at += if fits { sets.len() } else { 0 };
        fits
    }

    /// Passes the first of `words` that stands here, and says how many characters it has; none where no word does.
    pub(super) fn pass_word(&mut self, words: &[&str]) -> Option<usize> {
        let ahead = self.ahead();
        let length = |word: &&str| {
            let mut rest = ahead.iter();
            word.chars().all(|c| rest.next() == Some(&c)).then(|| word.chars().count())
        };
        let length = words.iter().find_map(length)?;
        self.at += length;
        Some(length)
    }

    /// Passes a number of at most `most` characters; its value, and how many characters it has.
    pub(super) fn pass_number(&mut self, most: usize) -> Option<(u64, usize)> {
        let (value, length) = number(self.ahead(), most)?;
        self.at += length;
        Some((value, length))
    }

    /// True where a digit stands here.
    pub(super) fn is_at_digit(&self) -> bool {
        self.ahead().first().is_some_and(|&c| digit(c).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn it_passes_what_is_expected_and_nothing_else() {
        let text: Vec<char> = "总第12号：：甲子年".chars().collect();
        let mut cursor = Cursor::new(&text);
        assert_eq!(cursor.pass_word(&["第", "总第", "总"]), Some(2));
        assert_eq!(cursor.pass_number(5), Some((12, 2)));
        assert!(!cursor.is_at_digit() && !cursor.pass("期"));
        assert!(cursor.pass("期号"));
        assert_eq!(cursor.pass_all("：:"), 2);
        assert!(!cursor.pass_each(&["甲乙", "丑"]) && cursor.pass_each(&["甲乙", "子丑"]));
        assert_eq!(cursor.passed(7), ['甲', '子']);
        assert_eq!((cursor.pass_up_to(3, "年"), cursor.pass_word(&["年"])), (1, None));
    }
}
