//! Bylines, datelines and credits: who wrote it, who took the picture, where the story came from.

use super::Byline;
use super::lexicon::{BylineWords, Openers};
use super::scan::is_blank;

/// The phrase that a story opens with: `本报讯 记者甲报道`, `新华社北京2月24日电（记者甲、乙）`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lead {
    /// The agency or paper it names.
    pub(super) source: Option<String>,
    /// Place and date as printed.
    pub(super) dateline: Option<String>,
    /// Who is named.
    pub(super) people: People,
}

/// Who is named in a byline or a credit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Who wrote, in print order.
    pub(super) bylines: Vec<Byline>,
    /// Who took pictures, in print order.
    pub(super) photographers: Vec<String>,
    /// The paper or agency that is named with a role (本报 in 本报记者).
    pub(super) source: Option<String>,
}

/// How far into a paragraph a byline is looked for, in characters.
const REACH: usize = 90;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
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

/// Reads the phrase that `text` opens with, if it opens with one.
pub(super) fn lead(text: &str, words: &BylineWords) -> Option<Lead> {
    let text = text.trim_start_matches(is_blank);
    // Some papers mark the start of a story with a sign.
    let text = text.trim_start_matches(['■', '●', '◎', '□', '▲', '*']).trim_start_matches(is_blank);
    let mut found = Lead::default();
    if let Some((inside, rest)) = bracketed(text) {
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
    let people = plain_people(text, words)?;
    found.source.clone_from(&people.source);
    found.people = people;
    Some(found)
}

/// Where a story comes from, and how many bytes say so.
struct Origin {
    source: Option<String>,
    dateline: Option<String>,
    length: usize,
}

/// 本报讯, 本报杭州7月20日讯, 据新华社北京2月24日电, 〔中央社台北12日電〕.
fn origin(text: &str, words: &BylineWords) -> Option<Origin> {
    let about = text.strip_prefix("据").or_else(|| text.strip_prefix("據"));
    let prefix = if about.is_some() { text.len() - about.unwrap_or_default().len() } else { 0 };
    let body = &text[prefix..];
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
    for (i, c) in head.char_indices().filter(|&(_, c)| is_blank(c)) {
        let part = &head[..i];
        if let Some(tokens) = tokens(part, words)
            && matches!(tokens.last(), Some(Token::Name(_)))
            && tokens.iter().any(|t| matches!(t, Token::Role { text, .. } if text.chars().count() > 1))
        {
            last = Some(assign(&tokens, None, ""));
        }
        let _ = c;
    }
    last.filter(|people| !people.bylines.is_empty())
}

/// Reads a line that is nothing but a credit: `记者邹伟锋 摄`, `□ 方若谷`, `（本报记者 甲）`.
pub(super) fn credit(line: &str, words: &BylineWords) -> Option<People> {
    let mut text = line.trim_matches(is_blank);
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
        && rest.trim_matches(is_blank).is_empty()
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
pub(super) fn sign_off(line: &str, words: &BylineWords) -> Option<Lead> {
    let (inside, rest) = bracketed(line.trim_matches(is_blank))?;
    if !rest.trim_matches(is_blank).is_empty() {
        return None;
    }
    let from = origin(inside, words)?;
    let rest = inside[from.length..].trim_matches(is_blank);
    let people = if rest.is_empty() { People::default() } else { whole(rest, words, Some(false))? };
    Some(Lead { source: from.source, dateline: from.dateline, people })
}

/// True where `line` looks like nothing but a person's name.
pub(super) fn bare_name(line: &str, words: &BylineWords) -> bool {
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
fn bare_names(text: &str, words: &BylineWords) -> Option<People> {
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

/// Reads the line that signs a letter: `阀门厂工人 石立本`, or a name in brackets.
pub(super) fn signature(line: &str, words: &BylineWords) -> Option<People> {
    let text = line.trim_matches(is_blank);
    let byline =
        |name: &str| Byline { role: String::new(), name: name.chars().filter(|&c| !is_blank(c)).collect() };
    if let Some((inside, rest)) = bracketed(text)
        && rest.trim_matches(is_blank).is_empty()
    {
        return bare_names(inside, words);
    }
    let fields: Vec<&str> = text.split(is_blank).filter(|field| !field.is_empty()).collect();
    let (first, names) = fields.split_first()?;
    let place = (3..=14).contains(&first.chars().count()) && first.chars().all(is_name_char);
    (place && !names.is_empty() && names.len() <= 4 && names.iter().all(|name| bare_name(name, words)))
        .then(|| People { bylines: names.iter().map(|name| byline(name)).collect(), ..People::default() })
}

/// Reads the credit that ends a paragraph, where one does: `…。通讯员甲 摄`, `…（记者 甲）`.
pub(super) fn trailing(text: &str, words: &BylineWords) -> Option<People> {
    let text = text.trim_end_matches(is_blank);
    let tail_start = text.char_indices().rev().take(REACH / 2).last().map_or(0, |(i, _)| i);
    let tail = &text[tail_start..];
    if let Some(closing) = tail.chars().next_back().filter(|c| matches!(c, '）' | ')' | '】' | '〕')) {
        let open = tail.rfind(['（', '(', '【', '〔'])?;
        let inside = tail[open..]
            .chars()
            .next()
            .map(|c| &tail[open + c.len_utf8()..tail.len() - closing.len_utf8()])?;
        // Names alone sign a piece where its last sentence is over.
        let over = || tail[..open].trim_end_matches(is_blank).ends_with(['。', '！', '？', '”', '…', '」']);
        return whole(inside, words, Some(false))
            .or_else(|| over().then(|| bare_names(inside, words)).flatten());
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

/// The text inside the bracket that `text` opens with, and what follows the bracket.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close: &[char] = match open {
        '（' | '(' => &['）', ')'],
        '【' => &['】'],
        '〔' | '[' | '［' => &['〕', ']', '］'],
        '〈' => &['〉'],
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let end = inner.char_indices().take(REACH).find(|(_, c)| close.contains(c))?;
    Some((&inner[..end.0], &inner[end.0 + end.1.len_utf8()..]))
}

/// Reads all of `text` as people. `marked` is given for a credit by itself and says whether a sign stood
/// before it: without a sign, a role or a closer has to say that these are names.
fn whole(text: &str, words: &BylineWords, marked: Option<bool>) -> Option<People> {
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

fn is_name_char(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2fa1f}' | '·' | '•')
}

fn is_separator(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '、' | '，' | ',' | ':' | '：' | '；' | ';' | '|' | '｜' | '—' | '-' | '\\' | '&' | '＆' | '*'
        )
}

fn is_slash(c: char) -> bool {
    matches!(c, '/' | '／' | '╱' | '∕')
}

/// Splits `text` into roles and names; nothing where some of it is neither.
fn tokens<'t>(text: &'t str, words: &BylineWords) -> Option<Vec<Token<'t>>> {
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
fn role_at<'w>(rest: &str, words: &'w BylineWords) -> Option<&'w str> {
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

/// The length of the name that `rest` opens with: up to a separator, a role or a closer.
fn name_at(rest: &str, words: &BylineWords) -> Option<usize> {
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

/// Two single characters with a blank between are one name of two characters, spaced out in print.
fn merge_split_names<'t>(text: &'t str, tokens: &mut Vec<Token<'t>>) {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut i = 0;
    while i + 1 < tokens.len() {
        if let (Token::Name(a), Token::Name(b)) = (tokens[i], tokens[i + 1])
            && a.chars().count() == 1
            && b.chars().count() == 1
        {
            let merged = &text[offset(a)..offset(b) + b.len()];
            tokens[i] = Token::Name(merged);
            tokens.remove(i + 1);
        }
        i += 1;
    }
}

/// Two to four characters, longer with a dot in it; none of the words that only look like a name.
fn is_name(name: &str, words: &BylineWords) -> bool {
    let count = name.chars().filter(|&c| !is_blank(c)).count();
    let dotted = name.contains(['·', '•']);
    // Four characters are a name only behind a family name, 欧阳 or another.
    let long = count == 4 && name.starts_with(|c| words.surnames.contains(c));
    ((2..=3).contains(&count) || long || (dotted && count <= 12))
        && !name
            .char_indices()
            .any(|(at, _)| words.no_names.at(&name[at..]).any(|word| word.chars().count() > 1))
}

/// Gives every name its role. A photo role behind names makes them photographers only; one before a name that
/// stands beside 文 gives both.
fn assign(tokens: &[Token<'_>], closer: Option<&str>, default: &str) -> People {
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
                let name: String = name.chars().filter(|&c| !is_blank(c)).collect();
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
                } else {
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
        if !written {
            people.bylines.retain(|b| !pictures(&b.role));
        }
        people.photographers.extend(by_role);
    }
    people
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

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn words() -> BylineWords {
        Lexicon::built_in().byline
    }

    fn bylines(people: &People) -> Vec<(&str, &str)> {
        people.bylines.iter().map(|b| (b.role.as_str(), b.name.as_str())).collect()
    }

    /// Source, dateline, bylines, photographers of the phrase that a text opens with.
    fn opened(text: &str) -> Option<(Option<String>, Option<String>, String, String)> {
        let found = lead(text, &words())?;
        let people =
            bylines(&found.people).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
        Some((found.source, found.dateline, people, found.people.photographers.join(" ")))
    }

    #[track_caller]
    fn check(text: &str, source: &str, dateline: &str, people: &str, photographers: &str) {
        let (s, d, p, f) = opened(text).unwrap_or_else(|| panic!("no byline in {text}"));
        assert_eq!(
            (s.unwrap_or_default().as_str(), d.unwrap_or_default().as_str(), p.as_str(), f.as_str()),
            (source, dateline, people, photographers),
            "{text}"
        );
    }

    #[test]
    fn reads_bylines_in_the_forms_papers_use() {
        check("本报讯 记者丁一平报道 昨天下午,", "本报", "", "记者=丁一平", "");
        check("本报讯 丁一平、王小二报道 近日,", "本报", "", "通讯员=丁一平 通讯员=王小二", "");
        check("本报讯 （记者 丁一平 通讯员 王二） 今天", "本报", "", "记者=丁一平 通讯员=王二", "");
        check("本报杭州7月20日讯 （记者 丁一平） 今天", "本报", "杭州7月20日讯", "记者=丁一平", "");
        check(
            "新华社北京2月24日电（记者丁一平、王小二）中国",
            "新华社",
            "北京2月24日电",
            "记者=丁一平 记者=王小二",
            "",
        );
        check("据新华社北京2月24日电 中国", "新华社", "北京2月24日电", "", "");
        check("本报记者 丁一平报道 为了", "本报", "", "记者=丁一平", "");
        check("记者丁一平报道 “山区", "", "", "记者=丁一平", "");
        check("通讯员丁一平 记者王小二 摄影报道 5月", "", "", "通讯员=丁一平 记者=王小二", "丁一平 王小二");
        check("本报讯(见习记者 丁一平)昨天", "本报", "", "见习记者=丁一平", "");
        check("本报北京今日电 外交部", "本报", "北京今日电", "", "");
        check("〔記者王小明／台北報導〕行政院", "", "", "記者=王小明", "");
        check("本报综合消息 今天", "本报", "", "", "");
        check("【本报讯】昨日", "本报", "", "", "");
        check("记者 丁一平 通讯员 王小二 今年夏天,", "", "", "记者=丁一平 通讯员=王小二", "");
    }

    #[test]
    fn running_text_has_no_byline() {
        for text in [
            "记者昨日从市总工会获悉,",
            "本报将于明日起改版,",
            "记者在现场看到,工人们",
            "本报电话受理时间",
            "新华社记者走进车间,看到",
            "人民日报评论员文章指出,",
        ] {
            assert_eq!(opened(text), None, "{text}");
        }
    }

    #[test]
    fn reads_credits() {
        let check = |text: &str, people: &str, photographers: &str| {
            let found = credit(text, &words()).unwrap_or_else(|| panic!("no credit in {text}"));
            let said = bylines(&found).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
            assert_eq!(
                (said.as_str(), found.photographers.join(" ").as_str()),
                (people, photographers),
                "{text}"
            );
        };
        check("记者丁一平 摄", "", "丁一平");
        check("通讯员丁一平、王小二 摄", "", "丁一平 王小二");
        check("□ 丁一平", "=丁一平", "");
        check("■本报记者 丁一平", "记者=丁一平", "");
        check("文 丁一平 图 王小二", "文=丁一平 图=王小二", "王小二");
        check("记者 丁一平 通讯员 王小二 文/摄", "记者=丁一平 通讯员=王小二", "丁一平 王小二");
        check("丁一平 王小二 摄", "", "丁一平 王小二");
        check("丁一平摄", "", "丁一平");
        check("新华社发（丁一平摄）", "", "丁一平");
        check("（记者 丁 平）", "记者=丁平", "");
        check("摄影：王小二", "", "王小二");
        check("□ 本报评论员", "", "");
    }

    #[test]
    fn headlines_are_no_credits() {
        for text in ["开心做灯笼", "党性 传后人", "记者走进直播间", "手机一扫 后厨直播", "摄影大赛开幕"]
        {
            assert_eq!(credit(text, &words()), None, "{text}");
        }
    }

    #[test]
    fn reads_what_ends_a_paragraph() {
        let found = trailing("包汤圆、做灯笼。通讯员丁一平 摄", &words()).unwrap();
        assert_eq!(found.photographers, ["丁一平"]);
        let found = trailing("大家都说好。（记者 丁一平）", &words()).unwrap();
        assert_eq!(bylines(&found), [("记者", "丁一平")]);
        assert_eq!(trailing("大家都说好。", &words()), None);
        assert_eq!(trailing("这是规定(试行)", &words()), None);
    }
}
