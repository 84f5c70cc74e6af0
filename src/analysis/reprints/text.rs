//! An article as it is compared: what two readings of it agree on, with a way back to where it stands.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::place::{Place, Spot};
use crate::analysis::scope::Scope;
use crate::page::{Page, Position, Selection, characters};

/// What stands between two parts of an article.
const BETWEEN: char = '\n';

/// An article: where it stands, and its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Article {
    file: String,
    id: Option<String>,
    date: Option<Date>,
    page: Option<String>,
    section: Option<String>,
    number: u32,
    headline: Option<String>,
    /// Its parts, kicker, headline and subhead first, with a line end between.
    text: String,
    /// Where the text goes on elsewhere in the file.
    leaps: Vec<Leap>,
}

/// From here on the text stands elsewhere in the file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Leap {
    /// The byte of the text.
    at: u32,
    line: u32,
    column: u32,
    spot: Option<Spot>,
}

impl Article {
    /// Article `index` of a page; none where it has no text.
    pub(super) fn of(scope: &Scope, selection: &Selection<'_>, index: usize) -> Option<Self> {
        let page = selection.page();
        let (mut text, mut leaps) = (String::new(), Vec::new());
        for part in ranges(scope, selection, index) {
            if !text.is_empty() {
                text.push(BETWEEN);
            }
            let from = text.len();
            for (at, Position { line, column }) in page.leaps(part.clone()) {
                let at = (from + at - part.start) as u32;
                leaps.push(Leap { at, line, column, spot: Spot::of_line(page, line) });
            }
            text.push_str(page.text().get(part)?);
        }
        let &Leap { line, column, .. } = leaps.first()?;
        let place = Place::of(page, Some(index), Position { line, column }).into_owned();
        Some(Self {
            file: place.file.into_owned(),
            id: place.id.map(Into::into),
            date: place.date,
            page: place.page.map(Into::into),
            section: place.section.map(Into::into),
            number: place.article,
            headline: place.headline.map(Into::into),
            text,
            leaps,
        })
    }

    /// What tells it from others, and sorts as the files do.
    pub(super) fn name(&self) -> String {
        let line = self.leaps.iter().map(|leap| leap.line).min().unwrap_or_default();
        format!("{}\0{line:010}\0{:010}\0{}", self.file, self.number, self.id.as_deref().unwrap_or_default())
    }

    pub(super) fn weight(&self) -> usize {
        self.text.len() + size_of::<Leap>() * self.leaps.len() + self.file.len() + 100
    }

    pub(super) fn date(&self) -> Option<Date> {
        self.date
    }

    /// What two readings agree on.
    pub(super) fn told(&self) -> impl Iterator<Item = u16> {
        told(&self.text).map(|(_, code)| code)
    }

    /// The bytes of the text in which the told characters `range` stand, with the marks behind them.
    pub(super) fn bytes(&self, range: &Range<u32>) -> Range<usize> {
        let mut offsets = told(&self.text).map(|(at, _)| at).skip(range.start as usize);
        let start = offsets.next().unwrap_or(self.text.len());
        let length = (range.end.saturating_sub(range.start) as usize).saturating_sub(1);
        let end = offsets.nth(length).unwrap_or(self.text.len());
        // What opens a quotation belongs to what stands in it.
        let passage = self.text.get(start..end).unwrap_or_default();
        let open = |c: char| {
            matches!(c, '“' | '‘' | '「' | '『' | '《' | '（' | '(' | '〈' | '【') || c.is_whitespace()
        };
        start..start + passage.trim_end_matches(open).len()
    }

    /// A stretch of the text as a table shows it.
    pub(super) fn passage(&self, bytes: Range<usize>) -> String {
        self.text.get(bytes).unwrap_or_default().replace(BETWEEN, " ")
    }

    /// How many characters a stretch has, what stands between parts not counted.
    pub(super) fn chars(&self, bytes: Range<usize>) -> usize {
        self.text.get(bytes).unwrap_or_default().split(BETWEEN).map(characters).sum()
    }

    /// Where the byte at `offset` stands.
    pub(super) fn place(&self, offset: usize) -> Place<'_> {
        let index = self.leaps.partition_point(|leap| leap.at as usize <= offset);
        let start = Leap { at: 0, line: 1, column: 1, spot: None };
        let Leap { at, line, column, spot } =
            self.leaps.get(index.saturating_sub(1)).copied().unwrap_or(start);
        let between = self.text.get(at as usize..offset).unwrap_or_default();
        Place {
            file: self.file.as_str().into(),
            id: self.id.as_deref().map(Into::into),
            date: self.date,
            page: self.page.as_deref().map(Into::into),
            section: self.section.as_deref().map(Into::into),
            article: self.number,
            headline: self.headline.as_deref().map(Into::into),
            line,
            column: column + characters(between) as u32,
            spot,
        }
    }
}

/// The parts of article `index` that are compared, as ranges of the page's text, in the order in which they are read.
fn ranges(scope: &Scope, selection: &Selection<'_>, index: usize) -> Vec<Range<usize>> {
    let page: &Page = selection.page();
    let is_label = |at: usize| page.articles.get(index).is_some_and(|article| article.column == Some(at));
    let parts = scope.parts(selection, index).filter(|&(at, _)| !is_label(at));
    parts.map(|(_, part)| part.range.clone()).filter(|range| !range.is_empty()).collect()
}

/// The characters, letters and digits of `text`, each with where it stands: punctuation is what OCR gets wrong most, and
/// tells nothing apart. Characters beyond the first 65,536 are told apart by their last sixteen bits.
fn told(text: &str) -> impl Iterator<Item = (usize, u16)> {
    let is_told = |c: char| match c {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric(),
    };
    text.char_indices().filter(move |&(_, c)| is_told(c)).map(|(at, c)| (at, c as u32 as u16))
}
