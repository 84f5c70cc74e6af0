//! Chinese text in the order of a dictionary: by sound.

use pinyin::ToPinyin;

/// A key that sorts text by pinyin, tones and all (`an1` before `an4` before `ang1`), characters of one sound by
/// code point, and everything that has no pinyin (digits, letters, punctuation) before it by code point.
///
/// A character with several readings has its commonest: no sentence is looked at.
pub(crate) fn key(characters: impl Iterator<Item = char>) -> String {
    let mut key = String::new();
    for character in characters {
        match character.to_pinyin() {
            None => key.extend(['\u{1}', character]),
            Some(sound) => {
                key.push('\u{2}');
                key.push_str(sound.with_tone_num_end());
                // Marks the end of the sound, so that a longer one comes after it.
                key.extend(['\u{0}', character]);
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_dictionary_has_it() {
        let mut words = ["职工", "安全", "a", "工会", "昂贵", "按时", "公司", "工", "2021"];
        words.sort_by_key(|word| key(word.chars()));
        assert_eq!(words, ["2021", "a", "安全", "按时", "昂贵", "公司", "工", "工会", "职工"]);
    }
}
