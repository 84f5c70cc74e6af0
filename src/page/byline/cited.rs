//! Whom a line of data names as the writer among other things: `来源：… 作者：甲`, `… | 记者 甲 通讯员 乙`.

use super::People;
use super::phrase::{Phrase, Place};
use super::reader::BylineReader;
use crate::page::page_words::BylineWords;
use crate::page::scan::is_blank;

impl BylineReader {
    /// The writers whom `line` names. A label of `authors` is the role where the name has no other.
    pub(in crate::page) fn cited(&self, line: &str, authors: &[String], words: &BylineWords) -> People {
        let labelled = authors.iter().find_map(|label| Some((label, labelled_value(line, label)?)));
        if let Some((label, value)) = labelled {
            let mut people = self.people(&value, words);
            let bare = people.bylines.iter_mut().filter(|byline| byline.role.is_empty());
            bare.for_each(|byline| byline.role.clone_from(label));
            return people;
        }
        let cells: Vec<&str> = line.split(['|', '｜']).collect();
        if cells.len() < 2 {
            return People::default();
        }
        let named = cells.into_iter().map(|cell| self.people(cell, words));
        named.into_iter().find(|people| !people.bylines.is_empty()).unwrap_or_default()
    }

    fn people(&self, text: &str, words: &BylineWords) -> People {
        let chars = text.trim_matches(is_blank).chars().collect();
        self.read(&Phrase { place: Place::Line, chars }, words).people
    }
}

/// What stands behind `label` and its colon, up to the next label.
fn labelled_value(line: &str, label: &str) -> Option<String> {
    let (_, rest) = line.split_once(label)?;
    let value = rest.trim_start_matches(is_blank).strip_prefix(['：', ':'])?;
    let fields = value.split(is_blank).filter(|field| !field.is_empty());
    let ends = |field: &&str| {
        field.contains(['：', ':', '|', '｜', '【', '[']) || field.starts_with(|c: char| c.is_ascii_digit())
    };
    let fields: Vec<&str> = fields.take_while(|field| !ends(field)).collect();
    Some(fields.join(" ")).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;

    fn said(line: &str) -> String {
        let words = PageWords::built_in().byline.clone();
        let people = BylineReader::built_in().cited(line, &["作者".to_owned()], &words);
        people
            .bylines
            .iter()
            .map(|byline| format!("{}={}", byline.role, byline.name))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_line_of_data_says_who_wrote() {
        for (line, people) in [
            ("2018-10-25 08:16 来源：沙湾日报 作者：丁一平 浏览次数：356", "作者=丁一平"),
            ("作者: 记者 丁一平 通讯员 王小二 来源: 沙湾日报", "记者=丁一平 通讯员=王小二"),
            ("2015-03-17 08:21 | 来源: 沙湾日报 | 记者 丁一平 通讯员 王小二", "记者=丁一平 通讯员=王小二"),
            ("沙湾日报 2023-05-04 作者：丁一平", "作者=丁一平"),
            ("沙湾日报 2023年5月4日 第3版", ""),
            ("作者：", ""),
            ("要闻 | 沙湾日报", ""),
        ] {
            assert_eq!(said(line), people, "{line}");
        }
    }
}
