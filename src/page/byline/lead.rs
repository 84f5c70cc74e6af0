//! The phrase that a story opens with: where it comes from, and who wrote it.

use super::tokens::{Token, assign, is_slash, role_at, tokens, whole};
use super::{Lead, People, REACH, bracketed};
use crate::page::page_words::BylineWords;
use crate::page::scan::{is_blank, is_ideograph};

/// Reads the phrase that `text` opens with, if it opens with one.
pub(in crate::page) fn lead(text: &str, words: &BylineWords) -> Option<Lead> {
    let text = text.trim_start_matches(is_blank);
    // Some papers mark the start of a story with a sign.
    let text = text.trim_start_matches(['■', '●', '◎', '□', '▲', '*']).trim_start_matches(is_blank);
    let mut found = Lead::default();
    if let Some((inside, rest)) = bracketed(text) {
        if let Some(lead) = placed_wire(inside, words).or_else(|| placed_report(inside, words)) {
            return Some(lead);
        }
        if let Some(from) = origin(inside, words) {
            // 【本报讯】, （本报北京电）, 〔記者甲／台北報導〕
            (found.source, found.dateline) = (from.source, from.dateline);
            let tail = &inside[from.length..];
            found.people = whole(tail, words, None).unwrap_or_default();
            if found.people.bylines.is_empty() {
                found.people = opening_people(rest, words).unwrap_or_default();
            }
            return Some(found);
        }
        let people = whole(inside, words, None)?;
        // Without 本报讯 before it, a bracket needs a role to be a byline: 【简讯】 is a label.
        people.bylines.iter().any(|b| !b.role.is_empty()).then_some(())?;
        found.source.clone_from(&people.source);
        found.people = people;
        return Some(found);
    }
    if let Some(from) = origin(text, words) {
        (found.source, found.dateline) = (from.source, from.dateline);
        found.people = opening_people(&text[from.length..], words).unwrap_or_default();
        // 本报讯 followed by bare names: the people who sent it in.
        for byline in &mut found.people.bylines {
            if byline.role.is_empty() {
                "通讯员".clone_into(&mut byline.role);
            }
        }
        return Some(found);
    }
    let head = text.split(is_blank).next().unwrap_or_default();
    let told = || head.contains(is_slash) || words.places.iter().any(|place| head.contains(place.as_str()));
    if let Some(lead) = told().then(|| placed_report(head, words)).flatten() {
        return Some(lead);
    }
    let people = plain_people(text, words)?;
    found.source.clone_from(&people.source);
    found.people = people;
    Some(found)
}

/// The longest name of a paper, a site or a station before 讯, in characters.
const LONGEST_WIRE: usize = 10;

/// 海岱网讯, 濠灣商報訊: a paper, a site or a station that no list has, told by how its name ends. Its length.
pub(in crate::page) fn wire(text: &str) -> Option<usize> {
    let mut before = None;
    for (count, (at, c)) in text.char_indices().take(LONGEST_WIRE + 1).enumerate() {
        if matches!(c, '讯' | '訊') {
            let end = at + c.len_utf8();
            let named = count >= 2
                && before.is_some_and(|c| matches!(c, '报' | '報' | '网' | '網' | '社' | '台' | '臺' | '刊'));
            let closed = text[end..]
                .chars()
                .next()
                .is_none_or(|c| is_blank(c) || "（(【〔[：:，,—－-记記通".contains(c));
            return (named && closed).then_some(end);
        }
        if !is_ideograph(c) {
            return None;
        }
        before = Some(c);
    }
    None
}

/// （記者甲台北十三日電）, （中央社記者甲台北17日電）: who, where and when, with nothing between.
fn placed_wire(inside: &str, words: &BylineWords) -> Option<Lead> {
    let told = inside.trim_matches(is_blank).strip_suffix(['电', '電', '讯', '訊'])?;
    let message = &inside.trim_matches(is_blank)[told.len()..];
    let counts = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十廿卅元月日号號".contains(c);
    let head = told.trim_end_matches(counts);
    let day = &told[head.len()..];
    if !day.ends_with(['日', '号', '號']) {
        return None;
    }
    placed_people(head, &format!("{day}{message}"), words)
}

/// 記者甲屏東報導, 本報記者甲紐約專訊: who and where.
fn placed_report(text: &str, words: &BylineWords) -> Option<Lead> {
    let text = text.trim_matches(is_blank);
    let message = words.placed_messages.iter().find(|message| text.ends_with(message.as_str()))?;
    placed_people(&text[..text.len() - message.len()], message, words)
}

/// The agency, the role and the names that `head` has, and the place behind them, which opens the dateline that `rest`
/// ends.
fn placed_people(head: &str, rest: &str, words: &BylineWords) -> Option<Lead> {
    // The first character that is neither a role's nor an agency's begins the first name.
    let agency = words.agencies.at(head).next().unwrap_or_default();
    let people = head[agency.len()..].trim_start_matches(is_blank);
    let role = words.roles.at(people).find(|role| role.chars().count() > 1)?;
    let (names, place) = split_place(people[role.len()..].trim_matches(is_blank), words)?;
    let tokens = tokens(names, words)?;
    let named = tokens.iter().all(|token| matches!(token, Token::Name(_)));
    let people = named.then(|| assign(&tokens, None, role))?;
    let source = (!agency.is_empty()).then(|| agency.to_owned());
    Some(Lead { source, dateline: Some(format!("{place}{rest}")), people })
}

/// Names, and the place that stands behind the last: one that is known, or whatever a name of three characters, or
/// of two, leaves.
fn split_place<'t>(text: &'t str, words: &BylineWords) -> Option<(&'t str, &'t str)> {
    let known =
        words.places.iter().filter(|place| text.ends_with(place.as_str())).max_by_key(|place| place.len());
    if let Some(place) = known.filter(|place| place.len() < text.len()) {
        return Some(text.split_at(text.len() - place.len()));
    }
    if let Some((names, place)) = text.rsplit_once(is_slash) {
        return (2..=4).contains(&place.chars().count()).then_some((names, place));
    }
    let last = text
        .rfind(['、', ' ', '\u{3000}', '，'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let count = text[last..].chars().count();
    let name = match count {
        5..=7 => 3,
        4 => 2,
        _ => return None,
    };
    let at = text[last..].char_indices().nth(name).map(|(at, _)| last + at)?;
    Some(text.split_at(at))
}

/// Where a story comes from, and how many bytes say so.
pub(super) struct Origin {
    pub(super) source: Option<String>,
    pub(super) dateline: Option<String>,
    pub(super) length: usize,
}

/// 本报讯, 本报杭州7月20日讯, 据新华社北京2月24日电, 〔中央社台北12日電〕.
pub(super) fn origin(text: &str, words: &BylineWords) -> Option<Origin> {
    let about = text.strip_prefix("据").or_else(|| text.strip_prefix("據"));
    let prefix = if about.is_some() { text.len() - about.unwrap_or_default().len() } else { 0 };
    let body = &text[prefix..];
    if let Some(length) = wire(body) {
        let source = body[..length].trim_end_matches(['讯', '訊']).to_owned();
        let listed = words.agencies.at(body).next().is_some_and(|agency| agency.len() + "讯".len() >= length);
        if !listed {
            return Some(Origin { source: Some(source), dateline: None, length: prefix + length });
        }
    }
    let agency = words.agencies.at(body).next()?;
    // 晚报讯 is the agency and the message word in one.
    let in_one = agency.ends_with("报讯") || agency.ends_with("報訊");
    if in_one {
        let source = agency.trim_end_matches(['讯', '訊']).to_owned();
        return Some(Origin { source: Some(source), dateline: None, length: prefix + agency.len() });
    }
    let source = agency.trim_start_matches(['据', '據']).trim_end_matches("综合消息").to_owned();
    let source = if source.is_empty() { None } else { Some(source) };
    let rest = &body[agency.len()..];
    let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
    let rest = &rest[blanks..];
    let before = prefix + agency.len() + blanks;
    if let Some(word) = words.message_words.at(rest).next() {
        // 电 may open a word of the sentence (电力, 电话); a message word ends where a blank, a bracket or a name follows.
        let behind = rest[word.len()..].chars().next();
        let ends = behind.is_none_or(|c| is_blank(c) || "（(，,：:〕】)）—".contains(c))
            || word.chars().count() > 1
            || matches!(word, "讯" | "訊");
        if ends {
            return Some(Origin { source, dateline: None, length: before + word.len() });
        }
    }
    // Place and date, then 电 or 讯.
    let mut length = 0;
    let mut dated = false;
    for (i, c) in rest.char_indices().take(24) {
        let message = rest[i..].starts_with("消息") && dated;
        if (matches!(c, '电' | '電' | '讯' | '訊') || message) && i > 0 {
            length = i + if message { "消息".len() } else { c.len_utf8() };
            let short = rest[..i].chars().count() <= 6;
            let next = rest[length..].chars().next();
            let closed = next.is_none_or(|c| is_blank(c) || "（(，,：:〕】)）—/／".contains(c));
            if dated || (short && closed) {
                break;
            }
            length = 0;
        }
        dated |= matches!(c, '日' | '曰' | '号');
        if !(c.is_alphanumeric()
            || is_blank(c)
            || matches!(c, '、' | '/' | '／' | '（' | '(' | '）' | ')' | '·'))
        {
            break;
        }
    }
    if length > 0 {
        let dateline = rest[..length].trim_matches(is_blank);
        return Some(Origin { source, dateline: Some(dateline.to_owned()), length: before + length });
    }
    None
}

/// The people named right behind the origin: in brackets, or plain up to 报道.
fn opening_people(rest: &str, words: &BylineWords) -> Option<People> {
    let rest = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '：' | ':' | '—' | '-'));
    if let Some((inside, _)) = bracketed(rest) {
        return whole(inside, words, None).filter(|p| !p.bylines.is_empty() || !p.photographers.is_empty());
    }
    plain_people(rest, words)
}

/// `记者阮向民报道`, `记者甲 通讯员乙 文/摄`, `记者 甲 ` with a blank behind it.
fn plain_people(text: &str, words: &BylineWords) -> Option<People> {
    let reach = text.char_indices().nth(REACH).map_or(text.len(), |(i, _)| i);
    let head = &text[..reach];
    let stop = head.find(['，', ',', '。', '；', '：', '“', '「', '！', '？', '\n']).unwrap_or(head.len());
    let head = &head[..stop];
    // The first closer with nothing but people before it.
    let mut at = 0;
    while at < head.len() {
        let rest = &head[at..];
        if at > 0
            && let Some(closer) = words.closers.at(rest).find(|closer| closer.chars().count() > 1)
        {
            let tokens = tokens(&head[..at], words)?;
            let people = assign(&tokens, Some(closer), "");
            return (!people.bylines.is_empty() || !people.photographers.is_empty()).then_some(people);
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    // No closer: a role, a blank or none, a name, and a blank behind the last name.
    let mut last = None;
    for (i, _) in head.char_indices().filter(|&(_, c)| is_blank(c)) {
        let part = &head[..i];
        if let Some(tokens) = tokens(part, words)
            && matches!(tokens.last(), Some(Token::Name(_)))
            && tokens.iter().any(|t| matches!(t, Token::Role { text, .. } if text.chars().count() > 1))
        {
            last = Some((i, assign(&tokens, None, "")));
        }
    }
    let (end, people) = last?;
    // 记者 甲 通讯员 乙 摄: nothing but a credit opens no story.
    let rest = head[end..].trim_matches(is_blank);
    let credit = stop == text.len() && role_at(rest, words).is_some_and(|role| role.len() == rest.len());
    Some(people).filter(|_| !credit).filter(|people| !people.bylines.is_empty())
}
