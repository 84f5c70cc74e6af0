//! Lists of words that must stay whole.

use crate::slogan;
use crate::{ErrorKind, Result};

/// Words of unions and of Zhejiang that no general dictionary has.
const BUILTIN: [&str; 2] =
    [include_str!("../../data/terms/union.txt"), include_str!("../../data/terms/zhejiang.txt")];

/// The tag of a user word that comes without one: another proper name.
const DEFAULT_TAG: &str = "nz";

/// A word that must stay whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserWord<'l> {
    /// The word.
    pub word: &'l str,
    /// Its part of speech.
    pub tag: Option<&'l str>,
}

impl<'l> UserWord<'l> {
    /// A word without a tag.
    pub fn new(word: &'l str) -> Self {
        Self { word, tag: None }
    }

    /// Its part of speech, `nz` where none is given.
    pub fn tag(&self) -> &'l str {
        self.tag.unwrap_or(DEFAULT_TAG)
    }
}

/// Words that must stay whole, in the order they were given. A list may have millions: each takes its own bytes, and
/// sixteen more.
///
/// ```
/// use zjgr::term::{UserWord, WordList};
///
/// let mut words = WordList::parse("浙工惠 5 nz\n疗休养")?;
/// words.push(UserWord::new("车间夜校"));
/// assert_eq!(words.iter().map(|word| (word.word, word.tag())).next(), Some(("浙工惠", "nz")));
/// assert_eq!(words.len(), 3);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList {
    /// Each word, and its tag behind it.
    text: String,
    ends: Vec<Ends>,
}

/// Where a word ends in the text of its list, and where its tag does: at the same place where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    word: usize,
    tag: usize,
}

impl WordList {
    /// The words that come along: those of unions and of Zhejiang under `data/terms`, and the slogans of
    /// `data/slogans.toml`, except where a slogan has punctuation in it or more than six characters, and so is more than
    /// a word.
    ///
    /// # Errors
    ///
    /// None, as long as the lists that were compiled in are well-formed; a test sees to it.
    pub fn builtin() -> Result<Self> {
        let mut list = Self::default();
        slogan::words().into_iter().for_each(|word| list.push(UserWord::new(word)));
        for text in BUILTIN {
            list.extend(&Self::parse(text)?);
        }
        Ok(list)
    }

    /// Reads a list: a line is a word, optionally its frequency, optionally its tag, with blanks between. A word is kept
    /// whole whatever its frequency; it may stand there so that a dictionary written for jieba can be used as it is. In a line
    /// with tabs only the tabs divide, so that a word may hold blanks. What follows `#` at the start of a line or
    /// after a blank is a comment; empty lines, a byte order mark and CRLF are fine.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Words`] with its line where one has more fields than three, a frequency that is no whole number, a
    /// tag that is no tag, or a word without a letter or digit in it.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut list = Self::default();
        for (line, number) in text.lines().zip(1..) {
            let line = strip_comment(line).trim();
            if !line.is_empty() {
                let word = parse_line(line)
                    .map_err(|message| crate::Error::new(ErrorKind::Words(message)).at_line(number))?;
                list.push(word);
            }
        }
        Ok(list)
    }

    /// Adds the words of `other`; where both have a word, the later one's tag holds.
    pub fn extend(&mut self, other: &Self) {
        other.iter().for_each(|word| self.push(word));
    }

    /// Adds a word.
    pub fn push(&mut self, UserWord { word, tag }: UserWord<'_>) {
        self.text.push_str(word);
        let end = self.text.len();
        self.text.push_str(tag.unwrap_or_default());
        self.ends.push(Ends { word: end, tag: self.text.len() });
    }

    /// The word of that number, the first of which is 0.
    pub fn get(&self, number: usize) -> Option<UserWord<'_>> {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |ends| ends.tag);
        let ends = self.ends.get(number)?;
        let tag = self.text.get(ends.word..ends.tag).filter(|tag| !tag.is_empty());
        Some(UserWord { word: self.text.get(start..ends.word)?, tag })
    }

    /// The words.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = UserWord<'_>> + Clone {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// `line` without its comment.
fn strip_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = c;
    }
    line
}

fn parse_line(line: &str) -> std::result::Result<UserWord<'_>, String> {
    let tabs = line.contains('\t');
    let fields: Vec<&str> =
        if tabs { line.split('\t').map(str::trim).collect() } else { line.split_whitespace().collect() };
    let (&word, rest) = fields.split_first().unwrap_or((&"", &[]));
    if !word.chars().any(char::is_alphanumeric) {
        return Err(format!("`{line}`: a word with at least one letter or digit is expected first"));
    }
    let (frequency, tag) = match *rest {
        [] => (None, None),
        // Python's jieba lets either be left out.
        [one] if is_tag(one) => (None, Some(one)),
        [one] => (Some(one), None),
        [frequency, tag] => (Some(frequency), Some(tag)),
        _ => {
            return Err(format!(
                "`{line}`: word, frequency and tag are expected, not {} fields",
                fields.len()
            ));
        }
    };
    if let Some(text) = frequency.filter(|text| !text.is_empty() && text.parse::<u64>().is_err()) {
        return Err(format!("`{text}` is no frequency: a whole number is expected after the word"));
    }
    match tag.filter(|text| !text.is_empty()) {
        Some(tag) if !is_tag(tag) => Err(format!("`{tag}` is no tag: letters as in n, vn, nz are expected")),
        tag => Ok(UserWord { word, tag }),
    }
}

/// Tags are a letter or a few, sometimes with a digit: `n`, `vn`, `Ng`, `eng`, `nr2`.
fn is_tag(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 8
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, Option<String>)> {
        let list = WordList::parse(text).expect("a good list");
        list.iter().map(|word| (word.word.to_owned(), word.tag.map(str::to_owned))).collect()
    }

    #[test]
    fn frequency_and_tag_may_each_be_left_out() {
        let list = words("浙工惠 1000 nz\n浙工赛 500\n浙工益 nz\n浙工缘");
        let expected = [("浙工惠", Some("nz")), ("浙工赛", None), ("浙工益", Some("nz")), ("浙工缘", None)];
        assert_eq!(list, expected.map(|(word, tag)| (word.to_owned(), tag.map(str::to_owned))));
    }

    #[test]
    fn a_byte_order_mark_crlf_comments_and_blanks_at_the_end_do_no_harm() {
        let list = words("\u{FEFF}# unions\r\n浙工惠 \t \r\n\r\n  C#语言 3 n  # a comment \r\n");
        assert_eq!(list.iter().map(|w| w.0.as_str()).collect::<Vec<_>>(), ["浙工惠", "C#语言"]);
    }

    #[test]
    fn a_word_may_hold_blanks_where_tabs_divide() {
        assert_eq!(words("New York\t10\tns"), [("New York".to_owned(), Some("ns".to_owned()))]);
    }

    #[test]
    fn a_bad_line_is_named_with_its_number() {
        for (line, says) in [
            (
                "浙工惠 many times nz",
                "`浙工惠 many times nz`: word, frequency and tag are expected, not 4 fields",
            ),
            ("浙工惠 -3 nz", "`-3` is no frequency: a whole number is expected after the word"),
            ("浙工惠 三次", "`三次` is no frequency: a whole number is expected after the word"),
            ("浙工惠 3 名词", "`名词` is no tag: letters as in n, vn, nz are expected"),
            ("—— 3 n", "`—— 3 n`: a word with at least one letter or digit is expected first"),
        ] {
            let error = WordList::parse(&format!("总工会\n{line}\n")).expect_err(line);
            assert_eq!(error.to_string(), format!("line 2: {says}"));
        }
    }

    #[test]
    fn the_lists_that_come_along_are_well_formed() {
        let list = WordList::builtin().expect("well-formed lists");
        for word in ["产业工人队伍建设改革", "疗休养", "劳模工匠", "山区26县", "浙工赛", "两性两化"]
        {
            assert!(list.iter().any(|w| w.word == word), "{word}");
        }
    }
}
