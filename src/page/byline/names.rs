//! What looks like a person's name.

use crate::page::page_words::{BylineWords, List};
use crate::page::scan::{is_blank, is_ideograph};

/// How many characters a name has that stands by itself.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=3;

/// True where `line` looks like nothing but a person's name.
pub(in crate::page) fn bare_name(line: &str, words: &BylineWords) -> bool {
    let line = line.trim_matches(is_blank);
    let name: String = line.chars().filter(|&c| !is_blank(c)).collect();
    let len = name.chars().count();
    // 石 羽: a name of two characters, set wide, is one whatever it begins with.
    let is_wide = len == 2 && line.len() > name.len();
    let has_other_word = || {
        name.char_indices()
            .any(|(at, _)| words.at(List::NoName, &name[at..]).any(|word| word.chars().count() > 1))
    };
    LENGTHS.contains(&len)
        && name.chars().all(is_ideograph)
        && (is_wide || name.starts_with(|c| words.surnames.has(c)))
        && !has_other_word()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    #[test]
    fn a_name_has_two_or_three_characters_and_a_family_name() {
        let words = PageWords::built_in().byline.clone();
        for name in ["丁一平", "丁 一平", "石 羽", "　丁一"] {
            assert!(bare_name(name, &words), "{name}");
        }
        for other in ["丁", "大楼", "丁一平来了", "本报讯", "丁a", "综 合", ""] {
            assert!(!bare_name(other, &words), "{other}");
        }
    }
}
