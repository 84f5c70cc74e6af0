//! Stories that go on over the page: 下转第4版 at the end of one part, 上接第1版 at the head of the other.

use std::ops::Range;

use super::page_words::Lists;
use super::scan::{compact, is_blank};
use super::{Page, Role};
use crate::calendar::number;

/// How far from the head of a part or from its end such words stand, in characters.
const REACH: usize = 16;

/// What stands behind the number of a page.
const END: char = '版';

/// The longest number of a page, in characters.
const LONGEST: usize = 3;

/// Says of every article on which page it goes on, and from which one it comes.
pub(super) fn assign(page: &mut Page, words: &Lists) {
    let said = |text: fn(&str) -> String, words: &[String]| -> Vec<Option<String>> {
        let is_heading =
            |role: Role| matches!(role, Role::Kicker | Role::Headline | Role::Subhead | Role::Section);
        let parts = page.parts.iter().enumerate();
        parts
            .map(|(at, part)| told(&text(page.part_text(at)), words).filter(|_| !is_heading(part.role)))
            .collect()
    };
    let (on, from) = (said(tail, &words.continued_on), said(head, &words.continued_from));
    let owners: Vec<Option<usize>> = page.parts.iter().map(|part| part.article).collect();
    // A line by itself turns the story above it, or goes on with the one below.
    for (article, number) in nearest(owners.iter().zip(on)) {
        page.articles[article].continued_on.get_or_insert(number);
    }
    for (article, number) in nearest(owners.iter().zip(from).rev()) {
        page.articles[article].continued_from = Some(number);
    }
}

/// What is said, with the article of the part or of the last one before it that has an article.
fn nearest<'p>(parts: impl Iterator<Item = (&'p Option<usize>, Option<String>)>) -> Vec<(usize, String)> {
    let mut near = None;
    let told = parts.filter_map(|(owner, said)| {
        near = owner.or(near);
        near.zip(said)
    });
    told.collect()
}

fn head(text: &str) -> String {
    text.chars().filter(|&c| !is_blank(c)).take(REACH).collect()
}

fn tail(text: &str) -> String {
    let start =
        text.char_indices().rev().filter(|&(_, c)| !is_blank(c)).nth(REACH - 1).map_or(0, |(at, _)| at);
    compact(&text[start..])
}

/// The page that stands behind one of `words`: 4 in 下转第四版, A02 in 下转A02版.
fn told(text: &str, words: &[String]) -> Option<String> {
    let behind = words.iter().find_map(|word| text.split_once(word.as_str()))?.1;
    let rest: Vec<char> = behind.strip_prefix('第').unwrap_or(behind).chars().collect();
    let letter: String = rest.iter().take_while(|c| c.is_ascii_alphabetic()).take(1).collect();
    let (number, length) = number(&rest[letter.len()..], LONGEST)?;
    let printed: String = rest[letter.len()..][..length].iter().collect();
    let closed = rest.get(letter.len() + length).is_some_and(|&c| c == END);
    let digits = if letter.is_empty() { number.to_string() } else { printed };
    (closed && number > 0).then(|| letter + &digits)
}

/// Cuts what says that article `index` goes on elsewhere off the part that ends with it.
pub(super) fn cut_tail(page: &mut Page, index: usize, words: &Lists) {
    let parts = page.articles[index].parts.clone();
    for &at in parts.iter().rev() {
        let text = page.part_text(at);
        let start = text.len() - tail_of(text).len();
        if let Some(said) = span(&text[start..], &words.continued_on) {
            let start = page.parts[at].range.start + start + said.start;
            page.parts[at].range.end = start;
            return drop_empty(page, index, at);
        }
    }
}

/// Cuts what says that a story comes from elsewhere off the first of its `parts` that begins with it.
pub(super) fn cut_head(page: &mut Page, parts: &[usize], words: &Lists) {
    for &at in parts {
        let text = page.part_text(at);
        let head = text.char_indices().nth(REACH).map_or(text, |(end, _)| &text[..end]);
        if let Some(said) = span(head, &words.continued_from) {
            page.parts[at].range.start += said.end;
            if let Some(index) = page.parts[at].article {
                drop_empty(page, index, at);
            }
            return;
        }
    }
}

/// A part of which nothing is left is none of its article.
fn drop_empty(page: &mut Page, index: usize, at: usize) {
    if page.parts[at].range.is_empty() {
        page.articles[index].parts.retain(|&part| part != at);
    }
}

/// The last characters of `text`.
fn tail_of(text: &str) -> &str {
    text.char_indices().rev().nth(REACH - 1).map_or(text, |(at, _)| &text[at..])
}

const OPENING: [char; 5] = ['（', '(', '【', '[', '〔'];
const CLOSING: [char; 5] = ['）', ')', '】', ']', '〕'];

/// The bytes of `text` that say the number of another page behind one of `words`, with the brackets around them.
fn span(text: &str, words: &[String]) -> Option<Range<usize>> {
    told(&compact(text), words)?;
    let at = words.iter().filter_map(|word| text.find(word.as_str())).min()?;
    let start = text[..at].trim_end_matches(|c| is_blank(c) | OPENING.contains(&c)).len();
    let end = at + text[at..].find(END)? + END.len_utf8();
    let rest = &text[end..];
    let closing = rest.char_indices().take(LONGEST).find(|(_, c)| CLOSING.contains(c));
    Some(start..end + closing.map_or(0, |(at, c)| at + c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::page::Reader;

    /// Where each article of a page comes from, and where it goes on.
    fn turns(text: &str) -> Vec<(String, String)> {
        let page = Reader::default().read(Document::of(text));
        let said = |number: Option<&str>| number.unwrap_or("-").to_owned();
        page.articles()
            .map(|article| (said(article.continued_from()), said(article.continued_on())))
            .collect()
    }

    #[track_caller]
    fn check(ending: &str, opening: &str, from: &str, on: &str) {
        let text = format!(
            "# 东浦码头添新吊机\n\n{opening}东浦码头昨天添了一台吊机，一次能吊四十吨，三班倒着用。\n\n码头工人说，这下省了不少力气，夜班也不用加人了。{ending}\n"
        );
        assert_eq!(turns(&text), [(from.to_owned(), on.to_owned())], "{text}");
    }

    #[test]
    fn a_story_says_where_it_goes_on() {
        check("（下转第4版）", "", "-", "4");
        check("(下转第二版)", "", "-", "2");
        check("（下转A02版）", "", "-", "A02");
        check("\n\n（下转第十二版）", "", "-", "12");
        check(" （下转3版）", "（上接一版）", "1", "3");
    }

    #[test]
    fn a_story_says_where_it_comes_from() {
        check("", "（上接第1版）", "1", "-");
        check("", "(上接A1版)", "A1", "-");
        check("", "（上接1版③）", "1", "-");
    }

    #[test]
    fn other_turns_are_none() {
        check("从手底下转到了别人手里。", "", "-", "-");
        check("（下转第版）", "（上接前文）", "-", "-");
    }
}
