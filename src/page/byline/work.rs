//! Who made what: `画：甲`, `甲作`, `词 甲 曲 乙`, `甲 编译`.

use super::credit::is_pen_name;
use super::names::is_name_char;
use super::tokens::is_separator;
use super::{People, bracketed};
use crate::page::Byline;
use crate::page::page_words::BylineWords;
use crate::page::scan::is_blank;

/// The longest name of a group that made something, in characters.
const LONGEST_GROUP: usize = 8;

/// A line of works, as far as it is read.
#[derive(Default)]
struct Works {
    /// Names whose work may stand behind them.
    waiting: Vec<String>,
    /// The work whose makers may stand behind it.
    work: Option<String>,
    made: Vec<Byline>,
}

impl Works {
    /// A work by itself: that of the names that wait for one, else of those that follow.
    fn work(&mut self, work: &str) {
        if self.waiting.is_empty() {
            self.work = Some(work.to_owned());
        }
        self.settle(work);
    }

    /// What waits for a work made this one.
    fn settle(&mut self, work: &str) {
        let makers = self.waiting.drain(..).map(|name| Byline { role: work.to_owned(), name });
        self.made.extend(makers);
    }

    fn name(&mut self, name: &str) {
        match &self.work {
            Some(work) => self.made.push(Byline { role: work.clone(), name: name.to_owned() }),
            None => self.waiting.push(name.to_owned()),
        }
    }
}

/// Reads who made what on a line that is told to be a credit. Each name has a work beside it.
pub(in crate::page) fn works(line: &str, words: &BylineWords) -> Option<People> {
    let text = line.trim_matches(is_blank);
    let text = words.marks.iter().find_map(|mark| text.strip_prefix(mark.as_str())).unwrap_or(text);
    let text = match bracketed(text) {
        Some((inside, rest)) if rest.chars().all(is_blank) => inside,
        _ => text,
    };
    let mut works = Works::default();
    for field in text.split(is_separator).filter(|field| !field.is_empty()) {
        if words.works.contains(field) {
            works.work(field);
        } else if let Some((name, work)) = signed_work(field, words) {
            works.waiting.push(name.to_owned());
            works.settle(work);
        } else if is_maker(field, words) & !has_post(field, words) {
            works.name(field);
        } else {
            return None;
        }
    }
    let all_told = works.waiting.is_empty() & !works.made.is_empty();
    all_told.then(|| People { bylines: works.made, ..People::default() })
}

/// A name and the work that stands behind it without a blank, the longest that is known: 甲编译.
fn signed_work<'f>(field: &'f str, words: &BylineWords) -> Option<(&'f str, &'f str)> {
    let starts = field.char_indices().skip(2).map(|(at, _)| field.split_at(at));
    starts.into_iter().find(|(name, work)| words.works.contains(*work) & is_pen_name(name, words))
}

/// True where a post or a paper stands in `field`: 本报记者.
fn has_post(field: &str, words: &BylineWords) -> bool {
    let opens = |(at, _): (usize, char)| {
        let known = words.roles.at(&field[at..]).chain(words.agencies.at(&field[at..]));
        known.into_iter().any(|word| word.chars().count() > 1)
    };
    field.char_indices().any(opens)
}

/// A person or a group that may have made something.
fn is_maker(field: &str, words: &BylineWords) -> bool {
    let group = (2..=LONGEST_GROUP).contains(&field.chars().count()) & field.chars().all(is_name_char);
    is_pen_name(field, words) | group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    fn said(line: &str) -> String {
        let people = works(line, &PageWords::built_in().byline).unwrap_or_default();
        let made: Vec<String> =
            people.bylines.iter().map(|Byline { role, name }| format!("{role}={name}")).collect();
        made.join(" ")
    }

    #[test]
    fn works_stand_before_and_behind_names() {
        assert_eq!(said("画：丁一平"), "画=丁一平");
        assert_eq!(said("（丁一平作）"), "作=丁一平");
        assert_eq!(said("词　丁一　曲　二连演唱组"), "词=丁一 曲=二连演唱组");
        assert_eq!(said("丁一作词　王二作曲"), "作词=丁一 作曲=王二");
        assert_eq!(said("安德烈·莫兰作　丁一平译"), "作=安德烈·莫兰 译=丁一平");
        assert_eq!(said("丁一　王二　编译"), "编译=丁一 编译=王二");
        assert_eq!(said("□丁一平　画"), "画=丁一平");
    }

    #[test]
    fn without_a_work_nobody_made_one() {
        for line in
            ["丁一平", "记者 丁一平 摄", "（未完待续）", "作", "丁一　作　2003年", "本报记者 丁一平 整理"]
        {
            assert_eq!(said(line), "", "{line}");
        }
    }
}
