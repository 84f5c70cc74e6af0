//! Puts a page together from its outline: paragraphs, articles, the fields of each.

use std::ops::Range;

use super::byline::{self, Lead, PageBylines, People, Phrase, Place};
use super::header::Header;
use super::learn::Answer;
use super::outline::{Outline, OutlinedArticle};
use super::page_words::{BylineWords, Cue, PageWords};
use super::plain::{self, Plain};
use super::rejoined::{LineIndex, Rejoined};
use super::repeat::{Paragraph, Repeats};
use super::scan::{self, Raw, is_blank};
use super::{Article, Byline, Line, Page, Part, Reader, Role, fragments, imprint, read, turns};
use crate::source::{Document, Format, Meta, Placement};

/// The lines of `document`, with what their place on the page says of them.
pub(super) fn lines_of(
    document: &Document,
    text: &str,
    plain: &Plain,
    index: &LineIndex,
    page_words: &PageWords,
) -> Vec<Raw> {
    let mut lines = Vec::new();
    // Another text has its lines in other places, and as many of them.
    let own = plain.is_changed().then(|| LineIndex::new(text, document.first_line, document.single_line));
    scan::scan(text, own.as_ref().unwrap_or(index), page_words, &mut lines);
    set_off_by_place(&mut lines, &document.placements);
    lines
}

/// What lines are, each by itself and its neighbours.
fn outlined(
    document: &Document,
    text: &str,
    lines: &mut [Raw],
    told: &[Option<Answer>],
    reader: &Reader,
    bylines: &PageBylines<'_>,
) -> Outline {
    let page_words = &*reader.page_words;
    if !has_layout(document.format) {
        return Outline::plain(text, lines, page_words);
    }
    read::read(text, lines, told, page_words, &reader.profiles, &reader.weights(), bylines)
}

/// Understands `document`.
pub(super) fn build(document: Document, index: LineIndex, reader: &Reader) -> Page {
    built(document, index, reader).0
}

/// Understands `document`; with it the phrases that were read for names, each with its part.
pub(super) fn built(document: Document, index: LineIndex, reader: &Reader) -> (Page, Vec<(usize, Phrase)>) {
    let page_words = &*reader.page_words;
    let plain = Plain::of(&document.text, page_words);
    let text = plain.text(&document.text);
    let mut lines = lines_of(&document, text, &plain, &index, page_words);
    let answers = reader.corrections.of_lines(&document.file);
    let told: Vec<Option<Answer>> = answers.map_or_else(Vec::new, |answers| {
        lines.iter().map(|line| answers.get(&index.number(line.index)).copied()).collect()
    });
    let weights = reader.weights();
    let bylines = PageBylines::new(&weights.bylines, &page_words.byline);
    let mut outline = outlined(&document, text, &mut lines, &told, reader, &bylines);
    if document.heading > 0
        && let (false, Some(first)) = (has_layout(document.format), outline.lines.first_mut())
    {
        first.role = Role::Headline;
    }
    let paragraphs = Paragraphs::of(&outline);
    if document.format != Format::Lines && document.format != Format::Jsonl {
        mark_repeats(text, &lines, &index, &mut outline, &paragraphs);
        if told.is_empty() {
            merge_headless(&mut outline);
            give_back_repeats(&mut outline, &paragraphs);
        }
    }
    let mut page = Page {
        file: document.file.clone(),
        id: document.meta.id.clone(),
        masthead: std::mem::take(&mut outline.masthead),
        ..Page::default()
    };
    let order = order_articles(&outline);
    fill_lines(&mut page, &lines, &index, &outline, &order, &plain);
    let sheet = Sheet { source: &document.text, plain: &plain, text, lines: &lines, format: document.format };
    fill_parts(&mut page, &sheet, &index, &outline, &paragraphs, &order);
    fill_articles(&mut page, &lines, &index, &outline, &paragraphs, &order);
    if let (Some(record), false, [article]) =
        (document.record, has_layout(document.format), &mut page.articles[..])
    {
        article.number = record;
    }
    let phrases = match reader.asks_who {
        true => phrases(&page, &sheet, &outline, &paragraphs),
        false => Vec::new(),
    };
    fill_bylines(&mut page, &phrases, &bylines, &page_words.byline);
    turns::assign(&mut page, &page_words.lists);
    page.has_look_alikes = plain.has_look_alikes;
    imprint::assign(&mut page, &outline.imprints);
    page.index = index;
    page.document = document;
    imprint::sign(&mut page, &outline.imprints, page_words, &weights.bylines);
    head(&mut page, &outline.headers);
    page.number_sheets();
    reader.corrections.of_sheets(&mut page);
    (page, phrases)
}

/// Tells lines what their place on the page says of them.
fn set_off_by_place(lines: &mut [Raw], placements: &[Placement]) {
    for line in lines {
        let Some(placement) = placements.get(line.index) else { continue };
        line.level = u8::from(placement.head);
        line.indent = placement.is_indented();
        line.place = Some(*placement);
    }
}

/// True where lines may be anything; else each is a paragraph.
fn has_layout(format: Format) -> bool {
    !matches!(format, Format::Plain | Format::Lines | Format::Jsonl)
}

/// What header lines say holds where the page says nothing, and before what the path says.
fn head(page: &mut Page, headers: &[Header]) {
    let Some(first) = headers.first() else { return };
    let path = std::mem::take(&mut page.document.fallback);
    page.document.fallback = Meta { headline: None, ..first.meta.clone() }.or(path);
    if headers.len() < 2 {
        return;
    }
    for article in &mut page.articles {
        let line = |header: &&Header| page.lines.get(header.line).map_or(0, |line| line.number);
        let Some(own) = headers.iter().rev().find(|header| line(header) <= article.lines.0) else { continue };
        let own = &own.meta;
        article.date = article.date.or(own.date.filter(|_| page.masthead.date.is_none()));
        let missing =
            |said: &Option<String>, printed: &Option<String>| said.clone().filter(|_| printed.is_none());
        article.newspaper =
            article.newspaper.take().or_else(|| missing(&own.newspaper, &page.masthead.newspaper));
        article.page = article.page.take().or_else(|| missing(&own.page, &page.masthead.page));
        article.section = article.section.take().or_else(|| missing(&own.section, &page.masthead.section));
    }
}

/// The lines of each paragraph, paragraph after paragraph, in the order of their first lines.
pub(super) struct Paragraphs {
    lines: Vec<usize>,
    /// Where each paragraph starts in `lines`; one more entry than paragraphs.
    starts: Vec<usize>,
}

impl Paragraphs {
    fn of(outline: &Outline) -> Self {
        let count = outline.lines.len();
        let mut next: Vec<Option<usize>> = vec![None; count];
        for (i, outlined) in outline.lines.iter().enumerate() {
            if let Some(before) = outlined.continues {
                next[before] = Some(i);
            }
        }
        let mut all = Self { lines: Vec::with_capacity(count), starts: Vec::with_capacity(count + 1) };
        for (i, outlined) in outline.lines.iter().enumerate() {
            if outlined.continues.is_some() {
                continue;
            }
            all.starts.push(all.lines.len());
            let mut line = Some(i);
            while let Some(at) = line {
                all.lines.push(at);
                line = next[at];
            }
        }
        all.starts.push(all.lines.len());
        all
    }

    fn iter(&self) -> impl Iterator<Item = &[usize]> {
        self.starts.windows(2).map(|pair| &self.lines[pair[0]..pair[1]])
    }
}

fn mark_repeats(
    text: &str,
    lines: &[Raw],
    index: &LineIndex,
    outline: &mut Outline,
    paragraphs: &Paragraphs,
) {
    let mut repeats = Repeats::default();
    for paragraph in paragraphs.iter() {
        let role = outline.lines[paragraph[0]].role;
        if !matches!(role, Role::Body | Role::Caption) {
            continue;
        }
        if let Some(earlier) = repeats.feed(text, lines, &Paragraph { role, lines: paragraph }) {
            for &line in paragraph {
                outline.lines[line].duplicate_of = Some(index.number(lines[earlier].index));
            }
            outline.repeats.push((paragraph[0], earlier));
        }
    }
}

/// A story printed before its headline, and again behind it, is one article; so is one whose headline follows it
/// with no byline under it.
fn merge_headless(outline: &mut Outline) {
    let count = outline.articles.len();
    let mut target: Vec<usize> = (0..count).collect();
    for &(line, earlier) in &outline.repeats {
        if let (Some(later), Some(first)) = (outline.lines[line].article, outline.lines[earlier].article)
            && later != first
            && !outline.articles[first].headed
            && outline.articles[later].headed
            && target[first] == first
        {
            target[first] = later;
        }
    }
    for (first, pair) in outline.articles.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        let waits = |article: &OutlinedArticle| !article.headed && article.bylined;
        if target[first] == first && waits(a) && b.headed && b.paragraphs == 0 {
            target[first] = first + 1;
        }
    }
    for outlined in &mut outline.lines {
        outlined.article = outlined.article.map(|article| target[article]);
    }
}

/// A repeat belongs to the article whose passage it repeats, wherever it was printed.
fn give_back_repeats(outline: &mut Outline, paragraphs: &Paragraphs) {
    let owners: Vec<(usize, Option<usize>)> =
        outline.repeats.iter().map(|&(line, earlier)| (line, outline.lines[earlier].article)).collect();
    let mut next = owners.iter().peekable();
    for paragraph in paragraphs.iter() {
        if let Some(&&(line, owner)) = next.peek()
            && line == paragraph[0]
        {
            next.next();
            for &line in paragraph {
                outline.lines[line].article = owner;
            }
        }
    }
}

/// The articles that own lines, in the order of their first lines.
fn order_articles(outline: &Outline) -> Vec<Option<usize>> {
    let mut order: Vec<Option<usize>> = vec![None; outline.articles.len()];
    let mut next = 0;
    for outlined in &outline.lines {
        if let Some(article) = outlined.article
            && order[article].is_none()
        {
            order[article] = Some(next);
            next += 1;
        }
    }
    order
}

fn fill_lines(
    page: &mut Page,
    lines: &[Raw],
    index: &LineIndex,
    outline: &Outline,
    order: &[Option<usize>],
    plain: &Plain,
) {
    page.lines.extend(lines.iter().zip(&outline.lines).map(|(raw, outlined)| Line {
        number: index.number(raw.index),
        role: outlined.role,
        article: outlined.article.and_then(|article| order[article]),
        joins: outlined.continues.is_some(),
        duplicate_of: outlined.duplicate_of,
        confidence: outlined.confidence,
        start: plain.source_of(raw.start) as u32,
        end: plain.source_of(raw.end) as u32,
    }));
}

/// What the text of the parts is taken from.
struct Sheet<'p> {
    /// The document as it was read.
    source: &'p str,
    plain: &'p Plain,
    /// Its text, which the lines stand in.
    text: &'p str,
    lines: &'p [Raw],
    format: Format,
}

fn fill_parts(
    page: &mut Page,
    sheet: &Sheet<'_>,
    index: &LineIndex,
    outline: &Outline,
    paragraphs: &Paragraphs,
    order: &[Option<usize>],
) {
    for paragraph in paragraphs.iter() {
        let (first, last) = (paragraph[0], paragraph[paragraph.len() - 1]);
        let outlined = &outline.lines[first];
        let at = page.text.len();
        for (k, &line) in paragraph.iter().enumerate() {
            if k > 0 && needs_space(outlined.role, page.text.as_str(), sheet.text, &sheet.lines[line]) {
                page.text.space();
            }
            sheet.push_line(&mut page.text, line, outlined.role);
        }
        page.parts.push(Part {
            role: outlined.role,
            article: outlined.article.and_then(|article| order[article]),
            range: at..page.text.len(),
            lines: (index.number(sheet.lines[first].index), index.number(sheet.lines[last].index)),
            duplicate_of: outlined.duplicate_of,
            is_left_out: false,
        });
    }
}

/// Lines of a headline are set apart by a blank; so are two Latin words that the line end kept apart.
fn needs_space(role: Role, so_far: &str, text: &str, line: &Raw) -> bool {
    if matches!(role, Role::Headline | Role::Kicker | Role::Subhead) {
        return true;
    }
    let before = so_far.bytes().next_back().is_some_and(|b| b.is_ascii_alphabetic());
    before && text.as_bytes().get(line.start).is_some_and(u8::is_ascii_alphabetic)
}

impl Sheet<'_> {
    /// Appends a line without the blanks that mean nothing in its role.
    fn push_line(&self, target: &mut Rejoined, line: usize, role: Role) {
        let raw = &self.lines[line];
        let mut at = raw.start;
        if self.plain.has_gaps {
            let content = raw.content(self.text);
            // Running text with stray blanks looks like cells.
            let is_row = raw.commas == 0 && fragments::is_row(self.text, self.lines, line);
            let blanks = match !role.is_heading() && is_row {
                true => plain::stray_in_row(content),
                false => plain::stray(content, self.looks_like(raw, role)),
            };
            for blanks in blanks {
                self.push_clean(target, at..raw.start + blanks.start);
                at = raw.start + blanks.end;
            }
        }
        self.push_clean(target, at..raw.end);
    }

    /// The role by which the blanks of a line are judged. In text that says nothing of roles a line may be a heading.
    fn looks_like(&self, line: &Raw, role: Role) -> Role {
        if !has_layout(self.format) && line.could_head() && line.commas == 0 { Role::Headline } else { role }
    }

    /// Appends a stretch without the crumbs that OCR leaves: tags, LaTeX, bold marks.
    fn push_clean(&self, target: &mut Rejoined, range: Range<usize>) {
        let mut kept = range.start;
        if scan::may_have_crumbs(&self.text[range.clone()]) {
            let mut at = range.start;
            while at < range.end {
                let length = scan::crumb(&self.text[at..range.end]);
                if length > 0 {
                    self.plain.push_into(target, self.source, kept..at);
                    at += length;
                    kept = at;
                } else {
                    at += self.text[at..range.end].chars().next().map_or(1, char::len_utf8);
                }
            }
        }
        self.plain.push_into(target, self.source, kept..range.end);
    }

    /// A paragraph with all its blanks, which stand between the names of a byline; as it is read where they stand between
    /// all its characters.
    fn with_blanks(&self, paragraph: &[usize]) -> Option<String> {
        let printed = |&line: &usize| {
            let Raw { start, end, .. } = self.lines[line];
            &self.source[self.plain.source_of(start)..self.plain.source_of(end)]
        };
        if !paragraph.iter().any(|line| printed(line).contains(is_blank)) {
            return None;
        }
        let content: String = paragraph.iter().map(|line| scan::clean(printed(line))).collect();
        let parts = content.split(is_blank).filter(|part| !part.is_empty());
        let (parts, chars) =
            parts.fold((0, 0), |(parts, chars), part| (parts + 1, chars + part.chars().count()));
        let is_spaced = parts > 2 && parts * 5 > chars * 3;
        (!is_spaced).then(|| content.chars().map(plain::plain).collect())
    }
}

fn fill_articles(
    page: &mut Page,
    lines: &[Raw],
    index: &LineIndex,
    outline: &Outline,
    paragraphs: &Paragraphs,
    order: &[Option<usize>],
) {
    let count = order.iter().flatten().count();
    page.articles = (0..count)
        .map(|i| Article { number: i as u32 + 1, lines: (u32::MAX, 0), ..Article::default() })
        .collect();
    let mut part_of_line: Vec<usize> = vec![0; lines.len()];
    for (part, paragraph) in paragraphs.iter().enumerate() {
        for &line in paragraph {
            part_of_line[line] = part;
        }
        let Some(number) = page.parts[part].article else { continue };
        let article = &mut page.articles[number];
        let (first, last) = page.parts[part].lines;
        article.lines = (article.lines.0.min(first), article.lines.1.max(last));
        match page.parts[part].role {
            Role::Column => {}
            Role::Kicker if article.kicker.is_none() => article.kicker = Some(part),
            Role::Headline if article.headline.is_none() => article.headline = Some(part),
            Role::Subhead if article.subhead.is_none() => article.subhead = Some(part),
            _ => article.parts.push(part),
        }
    }
    for (i, outlined) in outline.lines.iter().enumerate() {
        let Some(article) = page.parts[part_of_line[i]].article else { continue };
        let article = &mut page.articles[article];
        let tells = outlined.role.is_heading() || index.number(lines[i].index) == article.lines.0;
        if tells && outlined.confidence < article.confidence.or(Some(1.0)) {
            article.confidence = outlined.confidence;
        }
    }
    for (found, sketch) in outline.articles.iter().enumerate() {
        if let Some(number) = order[found] {
            page.articles[number].story = sketch.story;
        }
        if let (Some(number), Some(label)) = (order[found], sketch.column) {
            page.articles[number].column = Some(part_of_line[label]);
        }
    }
}

/// The phrases that may name people, each with its part.
fn phrases(
    page: &Page,
    sheet: &Sheet<'_>,
    outline: &Outline,
    paragraphs: &Paragraphs,
) -> Vec<(usize, Phrase)> {
    let of = |(part, paragraph): (usize, &[usize])| {
        let spelled = sheet.with_blanks(paragraph);
        let content = page.text.as_str().get(page.parts[part].range.clone()).unwrap_or_default();
        let content = spelled.as_deref().unwrap_or(content);
        let first = &sheet.lines[paragraph[0]];
        let role = outline.lines[paragraph[0]].role;
        let phrases = byline::phrases(role, content, first.has(Cue::LeadOpener));
        phrases.into_iter().map(move |phrase| (part, phrase))
    };
    let told = paragraphs.iter().enumerate().filter(|(part, _)| page.parts[*part].article.is_some());
    told.flat_map(of).collect()
}

/// Says of each article where it comes from, and who wrote and who photographed.
fn fill_bylines(
    page: &mut Page,
    phrases: &[(usize, Phrase)],
    bylines: &PageBylines<'_>,
    words: &BylineWords,
) {
    // Whom the part before the next one credits.
    let (mut next, mut above) = (0, People::default());
    for (part, phrase) in phrases {
        let Some(number) = page.parts[*part].article else { continue };
        let lead = bylines.read_last(phrase);
        if phrase.place == Place::Credit {
            let credited = std::mem::replace(&mut above, lead.people.clone());
            if !lead.people.photographers.is_empty() && next == *part {
                share_camera(page, *part, &credited, &lead.people.photographers);
            }
            next = part + 1;
        }
        attribute(&mut page.articles[number], lead, words);
    }
}

/// A credit of two lines, below the text: 记者 甲, and under it 通讯员 乙 摄. Both took the picture; who is named on both
/// lines wrote as well.
fn share_camera(page: &mut Page, part: usize, credited: &People, photographers: &[String]) {
    let Some(before) = part.checked_sub(1) else { return };
    let (above, own) = (&page.parts[before], &page.parts[part]);
    let Some(number) = own.article.filter(|_| above.article == own.article) else { return };
    let adjacent = above.role == Role::Credit && above.lines.1 + 1 == own.lines.0;
    let below_text =
        page.parts[..before].iter().any(|part| part.article == Some(number) && part.role == Role::Body);
    if !(adjacent && below_text && credited.photographers.is_empty()) {
        return;
    }
    let article = &mut page.articles[number];
    for byline in credited.bylines.iter().filter(|byline| !photographers.contains(&byline.name)) {
        article.bylines.retain(|known| known != byline);
        credit(article, People { photographers: vec![byline.name.clone()], ..People::default() });
    }
}

/// Says of an article where it came from, if nothing has yet, and adds who is named.
fn attribute(article: &mut Article, lead: Lead, words: &BylineWords) {
    // 作者：甲 above the text, and 记者甲 in it: what somebody is says more than that they wrote it.
    article.bylines.retain(|known| {
        let named = lead.people.bylines.iter().any(|byline| byline.name == known.name);
        !(named && words.writers.contains(&known.role))
    });
    article.source = article.source.take().or(lead.source);
    article.dateline = article.dateline.take().or(lead.dateline);
    credit(article, lead.people);
}

/// Adds people to an article, each once.
fn credit(article: &mut Article, people: People) {
    for byline in people.bylines {
        let known = |b: &Byline| b.name == byline.name;
        if !article.bylines.iter().any(known) {
            article.bylines.push(byline);
        }
    }
    for name in people.photographers {
        if !article.photographers.contains(&name) {
            article.photographers.push(name);
        }
    }
}
