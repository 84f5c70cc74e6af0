//! Words that are left out of a table of terms on request.

use rustc_hash::FxHashSet;

use crate::slogan::Fold;
use crate::source::ListPrint;

/// The words of the list that comes along.
const BUILTIN: &str = include_str!("../../data/stopwords.txt");

/// A set of words to leave out.
///
/// ```
/// use zjgr::term::StopWords;
///
/// assert!(StopWords::builtin().contains("的"));
/// assert!(StopWords::parse("# mine\n记者\n").contains("记者"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct StopWords {
    words: FxHashSet<String>,
    /// True where a word in Traditional characters is one of them, too, if it is one in Simplified characters.
    both_scripts: bool,
}

/// No word of the list that comes along is longer, in bytes.
const LONGEST: usize = 18;

impl StopWords {
    /// The list that comes along, `data/stopwords.txt`: function words, and the words of reporting, in Traditional
    /// characters too.
    pub fn builtin() -> Self {
        Self { both_scripts: true, ..Self::parse(BUILTIN) }
    }

    /// Reads a list, as [`read_lines`] does.
    pub fn parse(text: &str) -> Self {
        Self { words: read_lines(text).map(str::to_owned).collect(), both_scripts: false }
    }

    /// True where `word` is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word) || self.both_scripts && word.len() <= LONGEST && self.has_folded(word)
    }

    /// True where `word` is one of them in other characters.
    fn has_folded(&self, word: &str) -> bool {
        let fold = Fold::get();
        word.chars().any(|c| fold.char(c) != c) && self.words.contains(&fold.text(word))
    }

    /// What tells the list from all others.
    pub fn print(&self) -> ListPrint {
        ListPrint::of(self.words.iter().map(String::as_str))
    }
}

/// Reads a list with one term a line; blanks around it, a byte order mark and CRLF are fine. A line that starts with
/// `#` and has more on it is a comment; `#` alone is a term, as some lists of stop words have it.
///
/// ```
/// let lines: Vec<&str> = zjgr::term::read_lines("# mine\n 工会 \n\n职工").collect();
/// assert_eq!(lines, ["工会", "职工"]);
/// ```
pub fn read_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.strip_prefix('\u{FEFF}').unwrap_or(text).lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).filter(|line| !(line.starts_with('#') && line.len() > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_comes_along_has_function_words_and_no_word_of_substance() {
        let list = StopWords::builtin();
        for word in [
            "的",
            "了",
            "和",
            "我们",
            "并且",
            "们",
            "就是",
            "而是",
            "及其",
            "许多",
            "这次",
            "一年",
            "万元",
            "新华社",
            "日电",
        ] {
            assert!(list.contains(word), "{word}");
        }
        for word in
            ["為什麼", "我們", "這個", "並且", "沒有", "後來", "從而", "記者", "報道", "萬元", "們", "裏"]
        {
            assert!(list.contains(word), "{word}");
        }
        assert!(!StopWords::parse("我们\n").contains("我們"), "one's own list says what it says");
        assert!(read_lines(BUILTIN).all(|word| word.len() <= LONGEST));
        for word in ["工会", "职工", "发展", "企业", "党", "工會", "職工", "發展", "黨", "準備", "製造"]
        {
            assert!(!list.contains(word), "{word}");
        }
    }

    #[test]
    fn no_word_of_the_list_that_comes_along_stands_there_twice() {
        let mut words: Vec<&str> = read_lines(BUILTIN).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn lists_from_elsewhere_are_read_as_they_are() {
        let list = StopWords::parse("\u{FEFF}# mine\r\n的 \r\n\r\n#\r\n——\r\n");
        for word in ["的", "#", "——"] {
            assert!(list.contains(word), "{word}");
        }
        assert!(!list.contains("# mine") && !list.contains(""));
    }
}
