//! Header lines that somebody's program put above a text: 标题：… 日期：… 来源：…, or YAML front matter.

use super::Role;
use super::folio::{Folio, names_other_day};
use super::page_words::{Cue, HeaderWords, Lists, PageWords};
use super::scan::{Raw, is_blank};
use crate::calendar::compact_date;
use crate::source::{DateFrom, Meta, page_number};

/// How many lines front matter may have.
const LONGEST: usize = 60;
/// The widest line that can be a header, in columns.
const WIDEST: u32 = 200;

/// What one header line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Headline,
    Kicker,
    Subhead,
    Date,
    Newspaper,
    Page,
    Section,
    /// Who wrote it: the line is a credit like any other.
    Author,
    /// The text begins.
    Text,
    /// Something else that is no text.
    Note,
}

/// A header line: what it says, and where in the document's text its value stands.
#[derive(Debug, Clone, Copy)]
struct Line {
    field: Field,
    start: usize,
    end: usize,
}

/// Header lines that stand together, and what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The first line of the block.
    pub(super) line: usize,
    /// What it says.
    pub(super) meta: Meta,
}

impl Field {
    /// The role of the heading that it names.
    fn heading(self) -> Option<Role> {
        match self {
            Self::Headline => Some(Role::Headline),
            Self::Kicker => Some(Role::Kicker),
            Self::Subhead => Some(Role::Subhead),
            _ => None,
        }
    }
}

/// A heading that a header line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) line: usize,
    pub(super) role: Role,
    /// It is the first of its block.
    pub(super) begins: bool,
}

/// Marks the header lines of a text as what no article owns; those of headings keep the heading alone, and the
/// writer's is left for a credit. Returns what the blocks say, and their headings.
pub(super) fn take_headers(
    text: &str,
    lines: &mut [Raw],
    roles: &mut [Option<Role>],
    page_words: &PageWords,
) -> (Vec<Header>, Vec<Heading>) {
    let (mut headers, mut headings) = (Vec::new(), Vec::<Heading>::new());
    let mut i = 0;
    while i < lines.len() {
        let fenced = i == 0 && lines[0].content(text) == "---";
        let found =
            if fenced { front_matter(text, lines, page_words) } else { block(text, lines, i, page_words) };
        let Some((end, block)) = found else {
            i += 1;
            continue;
        };
        let mut header = Header { line: i, ..Header::default() };
        roles[i..end].fill(Some(Role::Masthead));
        for (k, line) in block {
            note(text, &line, &mut header.meta, &page_words.lists);
            let heading = line.field.heading().filter(|_| !repeats(text, lines, end, line));
            if line.start < line.end && (heading.is_some() || line.field == Field::Author) {
                roles[k] = None;
            }
            if let Some(role) = heading.filter(|_| line.start < line.end) {
                (lines[k].start, lines[k].end) = (line.start, line.end);
                let begins = headings.last().is_none_or(|last| last.line < i);
                headings.push(Heading { line: k, role, begins });
            }
        }
        header.meta.date_from = header.meta.date.map(|_| DateFrom::Header);
        headers.push(header);
        i = end;
    }
    (headers, headings)
}

/// How many lines at the head of a text may name the database that it comes from, and how far below them paper or day
/// stands.
const NAMES_DATABASE: usize = 2;
const TO_FOLIO: usize = 4;
/// How far below them a headline stands.
const TO_TEXT: usize = 8;

/// Marks the lines at the head of a text on which a database prints its own name, above the paper's or the day: it is no
/// headline.
pub(super) fn mark_databases(text: &str, lines: &[Raw], roles: &mut [Option<Role>], page_words: &PageWords) {
    let words = &page_words.header;
    let names = |line: &Raw| {
        let content = line.content(text);
        let opens = words.databases.iter().any(|name| content.starts_with(name.as_str()));
        let has = words.database_words.iter().any(|end| content.contains(end.as_str()));
        line.could_head() && (opens || has)
    };
    let says = |k: usize| {
        let folio = || Folio::read(lines[k].content(text), &page_words.lists);
        roles[k].is_some() || lines[k].width <= WIDEST && folio().is_pure()
    };
    let last = (0..lines.len().min(NAMES_DATABASE)).rev().find(|&k| names(&lines[k]));
    let Some(last) = last else { return };
    let below = |most: usize| last + 1..lines.len().min(last + 1 + most);
    // What stands above the day and has no other headline below is one itself: 全县建成职工数据库.
    let mut above_text = below(TO_TEXT).take_while(|&k| !lines[k].ends_sentence());
    if below(TO_FOLIO).any(&says) && above_text.any(|k| lines[k].could_head() && !says(k)) {
        roles[..=last].fill(Some(Role::Masthead));
    }
}

/// Takes the label off the lines on which full-text databases name the column: 专栏:来信. One with no name says
/// nothing.
pub(super) fn take_column_labels(
    text: &str,
    lines: &mut [Raw],
    roles: &mut [Option<Role>],
    page_words: &PageWords,
) {
    for (line, role) in lines.iter_mut().zip(roles.iter_mut()).filter(|(_, role)| role.is_none()) {
        let content = line.content(text);
        let label = |label: &String| content.strip_prefix(label.as_str())?.strip_prefix([':', '：']);
        let Some(name) = page_words.header.column.iter().find_map(label) else { continue };
        let name = name.trim_matches(is_blank);
        if name.is_empty() {
            *role = Some(Role::Other);
        } else if line.could_head() {
            line.start = line.end - name.len();
            line.cues.add(Cue::ColumnWord);
        }
    }
}

/// True where the text below prints the headline once more.
fn repeats(text: &str, lines: &[Raw], end: usize, line: Line) -> bool {
    let headline = text.get(line.start..line.end).unwrap_or_default();
    lines.iter().skip(end).take(4).any(|line| line.content(text) == headline)
}

fn note(text: &str, line: &Line, meta: &mut Meta, lists: &Lists) {
    let value = text.get(line.start..line.end).unwrap_or_default();
    let said = || (!value.is_empty()).then(|| value.to_owned());
    match line.field {
        Field::Headline => meta.headline = meta.headline.take().or_else(said),
        Field::Date => {
            // A time of day may stand behind the day.
            let day = value.split(|c: char| is_blank(c) || c == 'T').next().unwrap_or_default();
            meta.date = meta.date.or_else(|| compact_date(value)).or_else(|| compact_date(day));
        }
        Field::Newspaper => {
            // The day may stand behind the name: 来源：越溪日报 2023-03-17.
            let folio = Folio::read(value, lists);
            let is_folio = folio.newspaper.is_some() & folio.rest.is_empty() & !folio.visited;
            meta.date = meta.date.or(folio.date.filter(|_| is_folio));
            meta.newspaper = meta.newspaper.take().or(folio.newspaper.filter(|_| is_folio)).or_else(said);
        }
        Field::Page => {
            meta.page = meta.page.take().or_else(|| Some(page_number(value)).filter(|page| !page.is_empty()))
        }
        Field::Section => meta.section = meta.section.take().or_else(said),
        Field::Kicker | Field::Subhead | Field::Author | Field::Text | Field::Note => {}
    }
}

type Block = (usize, Vec<(usize, Line)>);

/// YAML front matter: all up to the line that closes it.
fn front_matter(text: &str, lines: &[Raw], page_words: &PageWords) -> Option<Block> {
    let closes = |line: &Raw| ["---", "..."].contains(&line.content(text));
    let end = lines.iter().skip(1).take(LONGEST).position(closes)? + 2;
    let read = |k: usize| Some((k, field(text, &lines[k], &page_words.header)?));
    let block: Vec<_> = (1..end - 1).filter_map(read).collect();
    (!block.is_empty()).then_some((end, block))
}

/// Two header lines or more that stand together from `from` on: at the head of the text, or with a headline's among
/// them, or those of paper and day.
fn block(text: &str, lines: &[Raw], from: usize, page_words: &PageWords) -> Option<Block> {
    let mut block: Vec<(usize, Line)> = Vec::new();
    for (k, line) in lines.iter().enumerate().skip(from) {
        let Some(read) = field(text, line, &page_words.header).filter(|_| k == from || line.blanks <= 1)
        else {
            break;
        };
        block.push((k, read));
        if read.field == Field::Text {
            break;
        }
    }
    let has = |wanted: Field| block.iter().any(|(_, line)| line.field == wanted);
    let tells = match (has(Field::Headline), has(Field::Date), has(Field::Newspaper)) {
        (true, _, _) | (_, true, true) => true,
        (_, false, false) => false,
        // The day alone, or the paper alone, may stand below any text.
        _ => from == 0,
    };
    (block.len() >= 2 && tells).then_some((from + block.len(), block))
}

/// What the line says if it is a header: 日期：1963年3月17日, 【版次】4, date: "2023-03-17".
fn field(text: &str, line: &Raw, words: &HeaderWords) -> Option<Line> {
    if line.width > WIDEST {
        return None;
    }
    let content = line.content(text);
    let (name, value) = match content.strip_prefix(['【', '［', '[', '〖']) {
        Some(inner) => {
            let close = inner.find(['】', '］', ']', '〗'])?;
            let length = inner.get(close..)?.chars().next()?.len_utf8();
            (inner.get(..close)?, inner.get(close + length..)?)
        }
        None => {
            let colon = content.find(['：', ':'])?;
            let length = content.get(colon..)?.chars().next()?.len_utf8();
            (content.get(..colon)?, content.get(colon + length..)?)
        }
    };
    let name: String = name.chars().filter(|&c| !is_blank(c)).collect::<String>().to_lowercase();
    let named = |list: &[String]| list.contains(&name);
    let field = [
        (Field::Headline, &words.headline),
        (Field::Kicker, &words.kicker),
        (Field::Subhead, &words.subhead),
        (Field::Date, &words.date),
        (Field::Newspaper, &words.newspaper),
        (Field::Page, &words.page),
        (Field::Section, &words.section),
        (Field::Author, &words.author),
        (Field::Text, &words.text),
        (Field::Note, &words.other),
    ]
    .into_iter()
    .find_map(|(field, list)| named(list).then_some(field))
    .or_else(|| names_other_day(&name).then_some(Field::Note))?;
    let value = value.trim_matches(|c| is_blank(c) || ['"', '\'', '：', ':'].contains(&c));
    // The text itself may begin on the line of its label; then it is a line of text.
    if field == Field::Text && !value.is_empty() {
        return None;
    }
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    Some(Line { field, start, end: start + value.len() })
}
