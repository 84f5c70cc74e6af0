//! What looks like a person's name.

use super::People;
use super::tokens::{is_separator, is_slash, role_at};
use crate::page::Byline;
use crate::page::page_words::{BylineWords, Openers};
use crate::page::scan::is_blank;

/// True where `line` looks like nothing but a person's name.
pub(in crate::page) fn bare_name(line: &str, words: &BylineWords) -> bool {
    let name: Vec<char> = line.chars().filter(|&c| !is_blank(c)).collect();
    // 石 羽: a name of two characters, set wide, is one whatever it begins with.
    let wide =
        || line.trim_matches(is_blank).chars().filter(|&c| is_blank(c)).count() >= 1 && name.len() == 2;
    (2..=3).contains(&name.len())
        && name.iter().all(|&c| is_name_char(c))
        && (words.surnames.contains(name[0]) || wide())
        && is_name(line.trim_matches(is_blank), words)
}

/// Reads names and nothing else, the characters of one maybe set wide: `周　仁　马兰英`.
pub(super) fn bare_names(text: &str, words: &BylineWords) -> Option<People> {
    let mut names: Vec<String> = Vec::new();
    let mut single = false;
    for field in text.split(|c: char| is_blank(c) || c == '、').filter(|field| !field.is_empty()) {
        let alone = field.chars().count() == 1;
        match names.last_mut().filter(|_| single && alone) {
            Some(name) => {
                name.push_str(field);
                single = false;
            }
            None => {
                names.push(field.to_owned());
                single = alone;
            }
        }
    }
    let people = !names.is_empty() && names.len() <= 4 && names.iter().all(|name| bare_name(name, words));
    people.then(|| People {
        bylines: names.into_iter().map(|name| Byline { role: String::new(), name }).collect(),
        ..People::default()
    })
}

pub(super) fn is_name_char(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2fa1f}' | '·' | '•')
}

/// The length of the name that `rest` opens with: up to a separator, a role or a closer.
pub(super) fn name_at(rest: &str, words: &BylineWords) -> Option<usize> {
    let mut at = 0;
    for (count, c) in rest.chars().enumerate() {
        if is_separator(c) || is_slash(c) {
            break;
        }
        if !is_name_char(c) || count > 9 {
            return None;
        }
        let here = &rest[at..];
        let stops = |list: &Openers| list.at(here).any(|word| word.chars().count() > 1);
        if count >= 1 && (stops(&words.roles) || stops(&words.closers)) {
            break;
        }
        // 甲摄, 甲图: one character that ends the run says what the name did.
        let last = here.len() == c.len_utf8()
            || here[c.len_utf8()..].chars().next().is_some_and(|n| is_separator(n) || is_slash(n));
        if count >= if matches!(c, '摄' | '攝') { 1 } else { 2 }
            && last
            && matches!(c, '摄' | '攝' | '图' | '圖' | '绘')
            && role_at(here, words).is_some()
        {
            break;
        }
        at += c.len_utf8();
    }
    (at > 0).then_some(at)
}

/// Two to four characters, longer with a dot in it; none of the words that only look like a name.
pub(super) fn is_name(name: &str, words: &BylineWords) -> bool {
    let count = name.chars().filter(|&c| !is_blank(c)).count();
    let dotted = name.contains(['·', '•']);
    // Four characters are a name only behind a family name, 欧阳 or another.
    let long = count == 4 && name.starts_with(|c| words.surnames.contains(c));
    ((2..=3).contains(&count) || long || (dotted && count <= 12)) && !has_other_word(name, words)
}

/// True where a word stands in `name` that no name has.
pub(super) fn has_other_word(name: &str, words: &BylineWords) -> bool {
    name.char_indices().any(|(at, _)| words.no_names.at(&name[at..]).any(|word| word.chars().count() > 1))
}
