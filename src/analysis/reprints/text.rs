//! An article as it is compared: what two readings of it agree on, with a way back to where it stands.

use std::borrow::Cow;
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
    date: Option<Date>,
    headline: Option<String>,
    /// The files that it stands in: more than one where it goes on on another page.
    leaves: Vec<Leaf>,
    /// Its parts, kicker, headline and subhead first, with a line end between.
    text: String,
    /// Where the text goes on elsewhere in the file.
    leaps: Vec<Leap>,
}

/// A file, and what it says of the article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Leaf {
    /// What [`Position::leaf`] calls it.
    number: u32,
    file: String,
    id: Option<String>,
    page: Option<String>,
    section: Option<String>,
    article: u32,
}

/// From here on the text stands elsewhere in the file, or in another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Leap {
    /// The byte of the text.
    at: u32,
    leaf: u32,
    line: u32,
    column: u32,
    spot: Option<Spot>,
}

impl Leaf {
    fn of(number: u32, place: Place<'_>) -> Self {
        let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        Self {
            number,
            file: place.file.into_owned(),
            id: owned(place.id),
            page: owned(place.page),
            section: owned(place.section),
            article: place.article,
        }
    }
}

impl Article {
    /// Article `index` of a page; none where it has no text.
    pub(super) fn of(scope: &Scope, selection: &Selection<'_>, index: usize) -> Option<Self> {
        let page = selection.page();
        let (mut text, mut leaps, mut leaves) = (String::new(), Vec::new(), Vec::new());
        for part in ranges(scope, selection, index) {
            if !text.is_empty() {
                text.push(BETWEEN);
            }
            let from = text.len();
            for (at, position) in page.leaps(part.clone()) {
                let at = (from + at - part.start) as u32;
                let Position { leaf, line, column } = position;
                let place = Place::of(page, Some(index), position);
                leaps.push(Leap { at, leaf, line, column, spot: place.spot });
                if leaves.iter().all(|known: &Leaf| known.number != leaf) {
                    leaves.push(Leaf::of(leaf, place));
                }
            }
            text.push_str(page.text().get(part)?);
        }
        leaps.first()?;
        let headline = page.headline(index).map(Into::into);
        Some(Self { date: page.date_of(index), headline, leaves, text, leaps })
    }

    /// The file that it begins in.
    fn first(&self) -> &Leaf {
        static NONE: Leaf =
            Leaf { number: 0, file: String::new(), id: None, page: None, section: None, article: 0 };
        self.leaves.first().unwrap_or(&NONE)
    }

    /// What tells it from others, and sorts as the files do.
    pub(super) fn name(&self) -> String {
        let first = self.first();
        let own = self.leaps.iter().filter(|leap| leap.leaf == first.number);
        let line = own.map(|leap| leap.line).min().unwrap_or_default();
        let id = first.id.as_deref().unwrap_or_default();
        format!("{}\0{line:010}\0{:010}\0{id}", first.file, first.article)
    }

    pub(super) fn weight(&self) -> usize {
        let names: usize = self.leaves.iter().map(|leaf| leaf.file.len() + size_of::<Leaf>()).sum();
        self.text.len() + size_of::<Leap>() * self.leaps.len() + names
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
        let start = Leap { at: 0, leaf: 0, line: 1, column: 1, spot: None };
        let Leap { at, leaf, line, column, spot } =
            self.leaps.get(index.saturating_sub(1)).copied().unwrap_or(start);
        let leaf = self.leaves.iter().find(|known| known.number == leaf).unwrap_or(self.first());
        let between = self.text.get(at as usize..offset).unwrap_or_default();
        Place {
            file: leaf.file.as_str().into(),
            id: leaf.id.as_deref().map(Into::into),
            date: self.date,
            page: leaf.page.as_deref().map(Into::into),
            section: leaf.section.as_deref().map(Into::into),
            article: leaf.article,
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
