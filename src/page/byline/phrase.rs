//! The phrases of a page that may name people: what opens or ends a paragraph, and what is nothing but a credit.

use crate::page::Role;
use crate::page::scan::is_blank;

/// Where a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// It opens a paragraph.
    Opening,
    /// It ends one.
    Closing,
    /// It ends what is said of a picture.
    Caption,
    /// It is a line of which nobody has said yet what it is.
    Line,
    /// It is a paragraph by itself that is told to be a credit.
    Credit,
}

impl Place {
    /// All places.
    pub const ALL: [Self; 5] = [Self::Opening, Self::Closing, Self::Caption, Self::Line, Self::Credit];
}

/// Characters among which somebody may be named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Where it stands.
    pub place: Place,
    /// Its characters.
    pub chars: Vec<char>,
}

/// How far a phrase reaches, in characters: one that opens a paragraph, one that ends it, one by itself.
const OPENING: usize = 80;
const CLOSING: usize = 48;
const CREDIT: usize = 160;

/// What ends a sentence that a credit stands behind.
const ENDS: [char; 9] = ['。', '！', '？', '”', '…', '」', '』', '!', '?'];

/// The phrases of a paragraph of that role. `opens` says that a word or a bracket of a byline stands at its start.
pub(in crate::page) fn phrases(role: Role, content: &str, opens: bool) -> Vec<Phrase> {
    let phrase = |place, chars: Vec<char>| Phrase { place, chars };
    let content = content.trim_matches(is_blank);
    let closing = |place| closing(content).map(|chars| phrase(place, chars));
    match role {
        Role::Credit => vec![phrase(Place::Credit, content.chars().take(CREDIT).collect())],
        // What is nothing but a bracket signs, whatever the reader took it for.
        Role::Body if is_bracketed(content) => {
            vec![phrase(Place::Credit, content.chars().take(CREDIT).collect())]
        }
        Role::Body => {
            let opening = opens.then(|| phrase(Place::Opening, opening(content)));
            opening.into_iter().chain(closing(Place::Closing)).collect()
        }
        Role::Caption => closing(Place::Caption).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The phrases of a line of which nobody has said yet what it is. `opens` is as above, `closes` says that a
/// word or a bracket of a credit stands at its end; one that `is_short` may name people and nothing else.
pub(in crate::page) fn line_phrases(
    content: &str,
    opens: bool,
    closes: bool,
    is_short: bool,
) -> [Option<Phrase>; 3] {
    let phrase = |place, chars: Vec<char>| Phrase { place, chars };
    let content = content.trim_matches(is_blank);
    let opening = opens.then(|| phrase(Place::Opening, opening(content)));
    let closing = closes.then(|| closing(content)).flatten().map(|chars| phrase(Place::Closing, chars));
    [opening, closing, is_short.then(|| phrase(Place::Line, content.chars().collect()))]
}

/// The brackets in which people are named.
pub(in crate::page) const OPENS: [char; 6] = ['（', '(', '【', '〔', '[', '［'];
pub(in crate::page) const CLOSES: [char; 6] = ['）', ')', '】', '〕', ']', '］'];

/// How `content` begins, as far as its first clause goes, with the mark behind it. Commas part names in brackets alone.
fn opening(content: &str) -> Vec<char> {
    let mut depth = 0_u32;
    let mut ends = |c: char| {
        depth = match c {
            c if OPENS.contains(&c) => depth + 1,
            c if CLOSES.contains(&c) => depth.saturating_sub(1),
            _ => depth,
        };
        c == '。' || depth == 0 && matches!(c, '，' | ',')
    };
    let end = content.chars().take(OPENING).position(&mut ends).map_or(OPENING, |end| end + 1);
    content.chars().take(end).collect()
}

/// What stands in the last bracket of `content`, with the character before it, or behind its last sentence.
fn closing(content: &str) -> Option<Vec<char>> {
    let mut tail: Vec<char> = content.chars().rev().take(CLOSING).collect();
    tail.reverse();
    let is_closed = tail.last().is_some_and(|c| CLOSES.contains(c));
    let start = match is_closed {
        true => tail.iter().rposition(|c| OPENS.contains(c))?.saturating_sub(1),
        false => tail.iter().rposition(|c| ENDS.contains(c))?,
    };
    Some(tail.split_off(start)).filter(|tail| tail.len() > 2)
}

/// `text` without the mark that a site left behind its last bracket: (丁一平)?
pub(in crate::page) fn without_left_over(text: &str) -> &str {
    let rest = text.strip_suffix(['?', '？']).unwrap_or(text).trim_end_matches(is_blank);
    if rest.ends_with(['）', ')']) { rest } else { text }
}

/// True where one bracket holds all of a paragraph: （渡口所　丁一平）.
fn is_bracketed(content: &str) -> bool {
    let inside = content.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inside.is_some_and(|inside| !inside.contains(['（', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(role: Role, content: &str) -> String {
        let phrases = phrases(role, content, true);
        let said = phrases
            .iter()
            .map(|phrase| format!("{:?}:{}", phrase.place, phrase.chars.iter().collect::<String>()));
        said.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_paragraph_names_people_at_its_ends() {
        assert_eq!(said(Role::Credit, "　记者 甲 摄"), "Credit:记者 甲 摄");
        assert_eq!(said(Role::Body, "（渡口所　甲）"), "Credit:（渡口所　甲）");
        assert_eq!(said(Role::Caption, "大桥通车。甲 摄"), "Caption:。甲 摄");
        assert_eq!(
            said(Role::Body, "开会了（见图）。（甲 乙）"),
            "Opening:开会了（见图）。 | Closing:。（甲 乙）"
        );
        assert_eq!(said(Role::Body, "开会了。"), "Opening:开会了。");
        assert_eq!(said(Role::Headline, "开会了"), "");
    }
}
