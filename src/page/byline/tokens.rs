//! A byline taken apart into roles and names, and put together into who did what.

use super::names::{is_name, is_name_char, name_at};
use super::{People, REACH, bracketed};
use crate::page::Byline;
use crate::page::page_words::BylineWords;
use crate::page::scan::{compact, is_blank};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A role, and whether a slash ties it to the name before or behind it.
    Role {
        text: &'t str,
        after_slash: bool,
        before_slash: bool,
    },
    Name(&'t str),
    /// 报道, 摄影报道: it closes the byline.
    Closer(&'t str),
    /// The paper or agency a person works for.
    Agency(&'t str),
}

/// Reads all of `text` as people. `marked` is given for a credit by itself and says whether a sign stood
/// before it: without a sign, a role or a closer has to say that these are names.
pub(super) fn whole(text: &str, words: &BylineWords, marked: Option<bool>) -> Option<People> {
    if text.chars().count() > REACH {
        return None;
    }
    let mut text = text.trim_matches(is_blank);
    // 新华社发（甲摄）
    if let Some(agency) = words.agencies.at(text).next()
        && let Some(rest) = text[agency.len()..].trim_start().strip_prefix(['发', '發'])
    {
        let rest = rest.trim_matches(is_blank);
        text = bracketed(rest).map_or(rest, |(inside, _)| inside);
        if text.is_empty() {
            return None;
        }
    }
    let tokens = tokens(text, words)?;
    // 报道 closes a byline: what stands behind it is the story.
    if tokens.iter().rev().skip(1).any(|t| matches!(t, Token::Closer(_))) {
        return None;
    }
    // 从学徒到记者: what a person is stands before the name, or apart from it.
    if let [.., Token::Name(name), Token::Role { text: role, .. }] = tokens.as_slice()
        && text.ends_with(&format!("{name}{role}"))
        && (role.ends_with('者') || role.ends_with('员') || role.ends_with('員'))
    {
        return None;
    }
    let named = tokens.iter().any(|t| matches!(t, Token::Name(_)));
    let said = tokens.iter().any(|t| matches!(t, Token::Role { .. } | Token::Closer(_)));
    if !named {
        // 本报评论员 signs with no name.
        let alone = matches!(tokens.as_slice(), [Token::Agency(_), Token::Role { .. }]);
        let source = tokens.iter().find_map(|token| match token {
            Token::Agency(agency) => Some((*agency).to_owned()),
            _ => None,
        });
        return (alone && marked.is_some()).then(|| People { source, ..People::default() });
    }
    if marked == Some(false) && !said {
        return None;
    }
    let names = tokens.iter().filter(|t| matches!(t, Token::Name(_))).count();
    if marked == Some(true) && !said {
        // Names only: they have to look it.
        let likely = |token: &Token<'_>| match token {
            Token::Name(name) => {
                name.chars().count() <= 3 || name.starts_with(|c| words.surnames.contains(c))
            }
            _ => true,
        };
        if names > 4 || !tokens.iter().all(likely) {
            return None;
        }
    }
    let closer = match tokens.last() {
        Some(Token::Closer(text)) => Some(*text),
        _ => None,
    };
    Some(assign(&tokens, closer, ""))
}

/// Splits `text` into roles and names; nothing where some of it is neither.
pub(super) fn tokens<'t>(text: &'t str, words: &BylineWords) -> Option<Vec<Token<'t>>> {
    let mut found: Vec<Token<'t>> = Vec::new();
    let mut at = 0;
    let mut slash = false;
    while at < text.len() {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        if is_separator(c) {
            at += c.len_utf8();
            continue;
        }
        if is_slash(c) {
            slash = true;
            at += c.len_utf8();
            continue;
        }
        if let Some(agency) = words.agencies.at(rest).next()
            && (words.roles.at(rest[agency.len()..].trim_start()).next().is_some()
                || rest[agency.len()..].trim().is_empty())
        {
            found.push(Token::Agency(&rest[..agency.len()]));
            at += agency.len();
            continue;
        }
        if found.is_empty()
            && let Some(length) = unlisted_agency(rest, words)
        {
            found.push(Token::Agency(&rest[..length]));
            at += length;
            continue;
        }
        let closer = words.closers.at(rest).find(|closer| closer.chars().count() > 1);
        if let Some(role) = role_at(rest, words)
            && closer.is_none_or(|closer| closer.len() <= role.len())
        {
            let next = rest[role.len()..].chars().next();
            found.push(Token::Role {
                text: &rest[..role.len()],
                after_slash: slash,
                before_slash: next.is_some_and(is_slash),
            });
            slash = false;
            at += role.len();
            continue;
        }
        if let Some(closer) = closer {
            found.push(Token::Closer(&rest[..closer.len()]));
            at += closer.len();
            continue;
        }
        // 台北報導: a place, then a closer.
        if slash && let Some(length) = placed_closer(rest, words) {
            found.push(Token::Closer(&rest[..length]));
            at += length;
            slash = false;
            continue;
        }
        slash = false;
        let length = name_at(rest, words)?;
        found.push(Token::Name(&rest[..length]));
        at += length;
    }
    merge_split_names(text, &mut found);
    let valid = found.iter().all(|token| match token {
        Token::Name(name) => is_name(name, words),
        _ => true,
    });
    (valid && !found.is_empty()).then_some(found)
}

/// No name is a single character: one is part of the name behind it, or of the one before it, spaced out in print.
fn merge_split_names<'t>(text: &'t str, tokens: &mut Vec<Token<'t>>) {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let length = |token: Option<&Token<'_>>| match token {
        Some(Token::Name(name)) => name.chars().filter(|&c| !is_blank(c)).count(),
        _ => 0,
    };
    let may_be_part = |token: Option<&Token<'_>>| (1..=LONGEST_PART).contains(&length(token));
    let mut i = 0;
    while i < tokens.len() {
        let behind = tokens.get(i + 1).is_some_and(|next| may_be_part(Some(next)));
        let first = match i.checked_sub(1) {
            _ if length(tokens.get(i)) != 1 => None,
            _ if behind => Some(i),
            Some(before) if may_be_part(tokens.get(before)) => Some(before),
            _ => None,
        };
        let Some(first) = first else {
            i += 1;
            continue;
        };
        if let (Token::Name(a), Token::Name(b)) = (tokens[first], tokens[first + 1]) {
            tokens[first] = Token::Name(&text[offset(a)..offset(b) + b.len()]);
        }
        tokens.remove(first + 1);
        i = first;
    }
}

/// The longest part of a name that a blank parts, in characters.
const LONGEST_PART: usize = 2;

/// The length of the paper or station that `rest` opens with, told by how its name ends and the role behind it:
/// 某某新闻客户端 记者 甲.
fn unlisted_agency(rest: &str, words: &BylineWords) -> Option<usize> {
    if !rest.contains("记者") && !rest.contains("通讯员") {
        return None;
    }
    let mut end = 0;
    for (count, c) in rest.chars().take(12).enumerate() {
        if !is_name_char(c) {
            break;
        }
        end += c.len_utf8();
        let behind = rest[end..].trim_start_matches(is_blank);
        if count >= 1
            && words.roles.at(behind).any(|role| role.ends_with("记者") || role.ends_with("通讯员"))
            && words.agency_endings.iter().any(|ending| rest[..end].ends_with(ending.as_str()))
        {
            return Some(end);
        }
    }
    None
}

/// The role that `rest` opens with. One of a single character (文, 图, 摄) has to stand by itself.
pub(super) fn role_at<'w>(rest: &str, words: &'w BylineWords) -> Option<&'w str> {
    words.roles.at(rest).find(|role| {
        let next = rest[role.len()..].chars().next();
        role.chars().count() > 1 || next.is_none_or(|c| is_separator(c) || is_slash(c))
    })
}

/// A place of two to four characters and 报道 or 報導.
fn placed_closer(rest: &str, words: &BylineWords) -> Option<usize> {
    let mut at = 0;
    for (count, c) in rest.chars().take(6).enumerate() {
        if count >= 1
            && let Some(closer) = words.closers.at(&rest[at..]).find(|closer| closer.chars().count() > 1)
        {
            return Some(at + closer.len());
        }
        if !is_name_char(c) {
            return None;
        }
        at += c.len_utf8();
    }
    None
}

pub(super) fn is_separator(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '、' | '，' | ',' | ':' | '：' | '；' | ';' | '|' | '｜' | '—' | '-' | '\\' | '&' | '＆' | '*'
        )
}

pub(super) fn is_slash(c: char) -> bool {
    matches!(c, '/' | '／' | '╱' | '∕')
}

/// Gives every name its role. A photo role behind names makes them photographers only; one before a name that
/// stands beside 文 gives both.
pub(super) fn assign(tokens: &[Token<'_>], closer: Option<&str>, default: &str) -> People {
    let mut people = People::default();
    let words_of = |text: &str| text.chars().filter(|&c| !is_slash(c)).collect::<String>();
    let pictures = |text: &str| words_of(text).contains(['摄', '攝', '图', '圖', '照']);
    let writes = |text: &str| {
        let text = words_of(text);
        text.contains(['文', '道', '導', '讯', '写'])
    };
    let mut role = default.to_owned();
    // Names that wait for a role behind them, from the last one that was settled.
    let mut settled = 0;
    // 文/图 before names: they did both.
    let mut both = false;
    let suffixed = matches!(tokens.first(), Some(Token::Name(_)));
    for (i, token) in tokens.iter().enumerate() {
        match *token {
            Token::Agency(agency) => {
                people.source = Some(agency.trim_start_matches(['据', '據']).to_owned());
            }
            Token::Name(name) => {
                let name = compact(name);
                if both {
                    people.photographers.push(name.clone());
                }
                people.bylines.push(Byline { role: role.clone(), name });
            }
            Token::Role { text, after_slash, before_slash } => {
                let works = pictures(text) || matches!(text, "文" | "文字" | "著" | "译");
                let next_is_name = matches!(tokens.get(i + 1), Some(Token::Name(_)));
                let had_names = people.bylines.len() > settled;
                let behind =
                    works && had_names && !before_slash && (after_slash || suffixed || !next_is_name);
                if behind {
                    settle(&mut people, settled, text, pictures(text), writes(text));
                    settled = people.bylines.len();
                    default.clone_into(&mut role);
                } else if !(pictures(&role) && follows_role(tokens, i)) {
                    text.clone_into(&mut role);
                    both = text.starts_with('文') && pictures(text);
                    if both {
                        "文".clone_into(&mut role);
                    }
                }
            }
            Token::Closer(_) => {}
        }
    }
    if let Some(closer) = closer {
        settle(&mut people, settled, closer, pictures(closer), writes(closer));
    }
    // What stands before its name: 文 甲 图 乙 gives both, 摄影：乙 by itself only the photographer.
    let written = people.bylines.iter().any(|b| !pictures(&b.role) || writes(&b.role));
    let by_role: Vec<String> = people
        .bylines
        .iter()
        .filter(|b| pictures(&b.role) && !b.role.contains("记者"))
        .map(|b| b.name.clone())
        .collect();
    if !by_role.is_empty() {
        // 图 names who made a picture beside the text; 摄影 who took one for it.
        let took = |b: &Byline| !written || b.role.contains(['摄', '攝']) && !b.role.contains("记者");
        people.bylines.retain(|b| !(pictures(&b.role) && !writes(&b.role) && took(b)));
        people.photographers.extend(by_role);
    }
    people
}

/// True where nothing but agencies stands between the `i`th token and a role before it: 摄影：本报记者 甲.
fn follows_role(tokens: &[Token<'_>], i: usize) -> bool {
    let before = tokens[..i].iter().rev().find(|token| !matches!(token, Token::Agency(_)));
    matches!(before, Some(Token::Role { .. }))
}

/// A role behind names says what they did.
fn settle(people: &mut People, from: usize, role: &str, pictures: bool, writes: bool) {
    if role.starts_with('文') {
        for byline in people.bylines.iter_mut().skip(from).filter(|b| b.role.is_empty()) {
            "文".clone_into(&mut byline.role);
        }
    }
    if pictures {
        let names: Vec<String> = people.bylines.iter().skip(from).map(|b| b.name.clone()).collect();
        people.photographers.extend(names);
        if !writes {
            people.bylines.truncate(from);
        }
    }
}
