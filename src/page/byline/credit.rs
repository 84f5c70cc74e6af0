//! Lines and ends of paragraphs that only name people: credits, signatures, where a story came from.

use super::lead::origin;
use super::names::{bare_name, bare_names, has_other_word, is_name_char};
use super::tokens::whole;
use super::{Lead, People, REACH, bracketed};
use crate::page::Byline;
use crate::page::page_words::BylineWords;
use crate::page::scan::{compact, is_blank};

/// True where nothing stands behind a bracket but blanks, or a mark that a site left there.
fn is_over(rest: &str) -> bool {
    rest.chars().all(|c| is_blank(c) || matches!(c, '?' | '？'))
}

/// `text` without the mark that a site left behind its last bracket.
pub(in crate::page) fn without_left_over(text: &str) -> &str {
    let rest = text.strip_suffix(['?', '？']).unwrap_or(text).trim_end_matches(is_blank);
    if rest.ends_with(['）', ')']) { rest } else { text }
}

/// Reads a line that is nothing but a credit: `记者邹伟锋 摄`, `□ 方若谷`, `（本报记者 甲）`.
pub(in crate::page) fn credit(line: &str, words: &BylineWords) -> Option<People> {
    let mut text = line.trim_matches(is_blank);
    if let Some(group) =
        bracketed(text).and_then(|(inside, rest)| group(inside, words).filter(|_| is_over(rest)))
    {
        return Some(group);
    }
    let mut marked = false;
    for mark in &words.marks {
        // 口 is a square misread; a square stands apart from the name, or the name would begin with it.
        if let Some(rest) = text.strip_prefix(mark.as_str())
            && (mark != "口" || rest.starts_with(is_blank))
        {
            text = rest.trim_start_matches(is_blank);
            marked = true;
            break;
        }
    }
    if let Some((inside, rest)) = bracketed(text)
        && is_over(rest)
    {
        text = inside;
    }
    if let Some(people) = whole(text, words, Some(marked)) {
        return Some(people);
    }
    // 甲（教师）, 甲 摄 （资料图片）: what stands in brackets says more of the person or the picture.
    if let Some(open) = text.find(['（', '('])
        && open > 0
        && text.ends_with(['）', ')'])
        && text[open..].chars().count() <= 14
    {
        return whole(&text[..open], words, Some(marked));
    }
    None
}

/// Reads the line that says where a story came from when it is over: `（据新华社北京10月8日电）`.
pub(in crate::page) fn sign_off(line: &str, words: &BylineWords) -> Option<Lead> {
    let (inside, rest) = bracketed(line.trim_matches(is_blank))?;
    if !rest.trim_matches(is_blank).is_empty() {
        return None;
    }
    let from = origin(inside, words)?;
    let rest = inside[from.length..].trim_matches(is_blank);
    let people = if rest.is_empty() { People::default() } else { whole(rest, words, Some(false))? };
    Some(Lead { source: from.source, dateline: from.dateline, people })
}

/// Reads the line that signs a letter: `阀门厂工人 石立本`, or a name in brackets.
pub(in crate::page) fn signature(line: &str, words: &BylineWords) -> Option<People> {
    let text = line.trim_matches(is_blank);
    if let Some((inside, rest)) = bracketed(text)
        && is_over(rest)
    {
        return bare_names(inside, words).or_else(|| placed_names(inside, words));
    }
    placed_names(text, words)
}

/// Reads who signs a line that is told to be a credit, where nothing else says so: a pen name, one behind a place or a
/// trade, one with more about its bearer in brackets behind it, two names.
pub(in crate::page) fn signer(line: &str, words: &BylineWords) -> Option<People> {
    let text = line.trim_matches(is_blank);
    let text = words.marks.iter().find_map(|mark| text.strip_prefix(mark.as_str())).unwrap_or(text);
    let text = match bracketed(text) {
        Some((inside, rest)) if is_over(rest) => inside,
        _ => text.split_once(['（', '(']).map_or(text, |(name, _)| name),
    };
    if let Some(group) = group(text, words) {
        return Some(group);
    }
    let mut fields: Vec<String> = Vec::new();
    for field in text.split(|c: char| is_blank(c) || c == '、').filter(|field| !field.is_empty()) {
        let single = |field: &str| field.chars().count() == 1;
        match fields.last_mut().filter(|last| single(field) && single(last)) {
            Some(last) => last.push_str(field),
            None => fields.push(field.to_owned()),
        }
    }
    let names = match fields.as_slice() {
        [_, _] if fields.iter().all(|field| bare_name(field, words)) => &fields[..],
        [_] | [_, _] => &fields[fields.len() - 1..],
        _ => return None,
    };
    let byline = |name: &String| Byline { role: String::new(), name: name.clone() };
    names
        .iter()
        .all(|name| is_pen_name(name, words))
        .then(|| People { bylines: names.iter().map(byline).collect(), ..People::default() })
}

/// The longest pen name, in characters, and the longest with a dot in it.
const LONGEST_PEN_NAME: usize = 5;
const LONGEST_DOTTED_NAME: usize = 14;

/// True for what may sign, though it need not look like a person's name: 老茶客, 罗布·才旺.
pub(super) fn is_pen_name(name: &str, words: &BylineWords) -> bool {
    let longest = if name.contains(['·', '•']) { LONGEST_DOTTED_NAME } else { LONGEST_PEN_NAME };
    (2..=longest).contains(&name.chars().count())
        && name.chars().all(is_name_char)
        && !has_other_word(name, words)
}

/// Reads a pen name by itself, the characters of a short one maybe set wide: `老茶客`, `阿　福`.
fn pen_name(text: &str, words: &BylineWords) -> Option<People> {
    let name = compact(text);
    let byline = Byline { role: String::new(), name };
    let is_short = byline.name.chars().count() < LONGEST_PEN_NAME;
    (is_short & is_pen_name(&byline.name, words))
        .then(|| People { bylines: vec![byline], ..People::default() })
}

/// Reads the body that signs a line which is told to be a credit: `（机务段工会）`.
pub(in crate::page) fn body(line: &str, words: &BylineWords) -> Option<People> {
    let text = line.trim_matches(is_blank);
    ending_in(
        bracketed(text).filter(|(_, rest)| is_over(rest)).map_or(text, |(inside, _)| inside),
        &words.bodies,
    )
}

/// A group that signs: 市化工局报道组.
fn group(text: &str, words: &BylineWords) -> Option<People> {
    ending_in(text, &words.groups)
}

/// What signs under a name that ends as one of `groups` do.
fn ending_in(text: &str, groups: &[String]) -> Option<People> {
    let name = compact(text);
    let is_group = groups.iter().any(|group| name.ends_with(group.as_str()) && name.len() > group.len());
    (is_group && name.chars().all(|c| is_name_char(c) || c.is_ascii_digit()))
        .then(|| People { bylines: vec![Byline { role: String::new(), name }], ..People::default() })
}

/// Reads names behind where their bearers work: `阀门厂工人 石立本`.
fn placed_names(text: &str, words: &BylineWords) -> Option<People> {
    let byline = |name: &str| Byline { role: String::new(), name: compact(name) };
    let fields: Vec<&str> = text.split(is_blank).filter(|field| !field.is_empty()).collect();
    let (first, names) = fields.split_first()?;
    let place = (3..=14).contains(&first.chars().count())
        && first.chars().all(|c| is_name_char(c) || c.is_ascii_digit());
    (place && !names.is_empty() && names.len() <= 4 && names.iter().all(|name| bare_name(name, words)))
        .then(|| People { bylines: names.iter().map(|name| byline(name)).collect(), ..People::default() })
}

/// Reads who a line of data names as the writer among other things: `来源：… 作者：甲`, `… | 记者 甲 通讯员 乙`. A label
/// of `authors` is the role where the name has no other.
pub(in crate::page) fn cited(line: &str, authors: &[String], words: &BylineWords) -> Option<People> {
    let labelled = || {
        let (label, value) = authors.iter().find_map(|label| Some((label, labelled_value(line, label)?)))?;
        let by = |name: &str| Byline { role: label.clone(), name: compact(name) };
        let bare = || {
            let name = bare_name(&value, words);
            name.then(|| People { bylines: vec![by(&value)], ..People::default() })
        };
        bare().or_else(|| credit(&value, words))
    };
    let mut cells = line.split(['|', '｜']);
    labelled()
        .or_else(|| cells.nth(1).and_then(|_| line.split(['|', '｜']).find_map(|cell| credit(cell, words))))
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

/// Reads the credit that ends a paragraph, where one does: `…。通讯员甲 摄`, `…（记者 甲）`.
pub(in crate::page) fn trailing(text: &str, words: &BylineWords) -> Option<People> {
    let text = text.trim_end_matches(is_blank);
    let tail_start = text.char_indices().rev().take(REACH / 2).last().map_or(0, |(i, _)| i);
    let tail = &text[tail_start..];
    if let Some(closing) = tail.chars().next_back().filter(|c| matches!(c, '）' | ')' | '】' | '〕')) {
        let open = tail.rfind(['（', '(', '【', '〔'])?;
        let inside = tail[open..]
            .chars()
            .next()
            .map(|c| &tail[open + c.len_utf8()..tail.len() - closing.len_utf8()])?;
        let inside =
            words.pictures.iter().find_map(|opener| inside.strip_prefix(opener.as_str())).unwrap_or(inside);
        // Names alone sign a piece where its last sentence is over.
        let over = || tail[..open].trim_end_matches(is_blank).ends_with(['。', '！', '？', '”', '…', '」']);
        return group(inside, words)
            .filter(|_| over())
            .or_else(|| whole(inside, words, Some(false)))
            .or_else(|| over().then(|| bare_names(inside, words)).flatten())
            .or_else(|| over().then(|| placed_names(inside, words)).flatten())
            .or_else(|| over().then(|| pen_name(inside, words)).flatten());
    }
    let stop =
        tail.char_indices().rev().find(|&(_, c)| matches!(c, '。' | '！' | '？' | '”' | '…' | '）' | '」'));
    let (at, c) = stop?;
    let credit = tail[at + c.len_utf8()..].trim_matches(is_blank);
    if credit.is_empty() {
        return None;
    }
    whole(credit, words, Some(false))
}
