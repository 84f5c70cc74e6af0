//! One page: every line gets a role, lines are rejoined into paragraphs, paragraphs gathered into articles.

mod article_view;
mod articles;
mod bigrams;
mod build;
mod built_in;
mod byline;
mod continued;
mod corrections;
mod cursor;
mod decide;
mod evidence;
mod folio;
mod fragments;
mod furniture;
mod header;
mod imprint;
mod joins;
pub mod learn;
mod learnt;
mod masthead;
mod nameplate;
mod outline;
#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod page_words;
mod passage;
mod pattern;
mod plain;
mod profile;
mod read;
mod rejoined;
mod repeat;
mod scale;
mod scan;
mod selection;
mod setting;
mod titles;
mod turns;
mod weights;
#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod word_index;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

pub use article_view::ArticleView;
pub use continued::Leaf;
pub use corrections::Corrections;
pub(crate) use corrections::each_row;
pub use passage::Passage;
pub use plain::plain_form;
pub use profile::Profile;
pub use rejoined::{LineIndex, Position, characters};
pub(crate) use rejoined::{Rejoined, first_characters, last_characters};
pub use selection::{Duplicates, Selection};
pub use weights::Weights;

use self::page_words::PageWords;
use self::profile::Profiles;
use crate::source::{DateFrom, Document, Meta};

/// What a line, or a paragraph made of lines, is.
///
/// ```
/// use zjgr::page::Role;
///
/// assert_eq!(Role::ALL.map(Role::name)[..3], ["masthead", "column", "kicker"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Name of the paper, its date, numbers, addresses and motto.
    Masthead,
    /// The label of a running column or campaign that articles stand under.
    Column,
    /// The line above the main headline that leads into it (引题).
    Kicker,
    /// The main headline (主题).
    Headline,
    /// The line below the main headline that completes it (副题).
    Subhead,
    /// A heading inside an article (小标题).
    Section,
    /// Running text.
    Body,
    /// Text that describes a photo.
    Caption,
    /// A line that only names who took the photo or wrote the piece.
    Credit,
    /// Advertisements, page numbers, editors: whatever no article owns.
    Other,
}

impl Role {
    /// Every role, in the order above.
    pub const ALL: [Self; 10] = [
        Self::Masthead,
        Self::Column,
        Self::Kicker,
        Self::Headline,
        Self::Subhead,
        Self::Section,
        Self::Body,
        Self::Caption,
        Self::Credit,
        Self::Other,
    ];

    /// True for what no article owns.
    pub(crate) fn is_unowned(self) -> bool {
        matches!(self, Self::Masthead | Self::Other)
    }

    /// True for what stands above text: labels and headlines of every kind.
    pub(crate) fn is_heading(self) -> bool {
        matches!(self, Self::Column | Self::Kicker | Self::Headline | Self::Subhead | Self::Section)
    }

    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Masthead => "masthead",
            Self::Column => "column",
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Subhead => "subhead",
            Self::Section => "section",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Other => "other",
        }
    }
}

/// A part of the page's text: lines of one role that belong together, rejoined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The article it belongs to, as an index into [`Page::articles`]; none for what no article owns.
    pub article: Option<usize>,
    /// Where it stands in [`Page::text`], in bytes.
    pub range: Range<usize>,
    /// Its first and last line in the file.
    pub lines: (u32, u32),
    /// The line on which the same text already stood, where this part repeats an earlier one.
    pub duplicate_of: Option<u32>,
    /// True where it does not count, since it was printed before elsewhere.
    pub is_left_out: bool,
}

/// How one line of the file was understood. Blank lines have none.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u32,
    /// What it is.
    pub role: Role,
    /// The article it belongs to, as an index into [`Page::articles`].
    pub article: Option<usize>,
    /// True where it continues an earlier line of the same article and role.
    pub joins: bool,
    /// The line where the same text already stood.
    pub duplicate_of: Option<u32>,
    /// How likely it is what it was taken for, from 0 to 1; none where lines are not told apart.
    pub confidence: Option<f32>,
    /// Where the line stands in the document's text, in bytes, blanks at both ends left out.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// What the masthead says of the paper and of this issue of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Masthead {
    /// The paper's name.
    pub newspaper: Option<String>,
    /// The day of issue.
    pub date: Option<Date>,
    /// The lunar date as printed, `壬寅年十一月初一`.
    pub lunar_date: Option<String>,
    /// The weekday as printed, `星期四`.
    pub weekday: Option<String>,
    /// The issue number, digits only: `12266` for 总第12266号.
    pub issue_number: Option<String>,
    /// The serial number, `CN33-0018`.
    pub serial_number: Option<String>,
    /// The postal subscription number (邮发代号), `31-2`.
    pub postal_number: Option<String>,
    /// The paper's web address.
    pub website: Option<String>,
    /// The paper's mail address.
    pub email: Option<String>,
    /// The number of the page in the issue (版次) as printed: `A02`, `4`.
    pub page: Option<String>,
    /// The name of the page (版名): `要闻`.
    pub section: Option<String>,
}

/// Somebody who is named in a byline, with the role that is printed beside the name (`记者`, `通讯员`, …).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Byline {
    /// The role as printed; empty where none is.
    pub role: String,
    /// The name.
    pub name: String,
}

/// One article, as parts of the page's text.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Article {
    /// Its number on the page, from 1.
    pub number: u32,
    /// The running column it stands under: an index into [`Page::parts`], as are those below.
    pub column: Option<usize>,
    /// The kicker.
    pub kicker: Option<usize>,
    /// The headline.
    pub headline: Option<usize>,
    /// The subhead.
    pub subhead: Option<usize>,
    /// Everything else that belongs to it (sections, body, captions, credits), in source order.
    pub parts: Vec<usize>,
    /// The agency or paper that the byline names: `本报`, `新华社`.
    pub source: Option<String>,
    /// Place and date as printed: `杭州2月24日电`.
    pub dateline: Option<String>,
    /// Who wrote it, in print order.
    pub bylines: Vec<Byline>,
    /// Who took its photos.
    pub photographers: Vec<String>,
    /// The day it was published, where a file holds several days and says so beside the article; see
    /// [`Page::date_of`].
    pub date: Option<Date>,
    /// The paper it stood in, where a file holds several; see [`Page::newspaper_of`].
    pub newspaper: Option<String>,
    /// The number of its page (版次), where a file holds several pages; see [`Page::page_of`].
    pub page: Option<String>,
    /// The name of its page (版名), where a file holds several; see [`Page::section_of`].
    pub section: Option<String>,
    /// The page (版次) that it comes from: 上接第1版.
    pub continued_from: Option<String>,
    /// The page that it goes on on: 下转第4版.
    pub continued_on: Option<String>,
    /// Its number in the issue, where a METS file says which article is which.
    pub story: Option<u32>,
    /// The pages of the day that it goes on on and was joined with, as numbers of [`Page::leaf`]; see [`Reader::join`].
    pub leaves: Vec<u32>,
    /// True where it goes on with an article of another page, was joined to it, and counts there.
    pub is_joined: bool,
    /// Its first and last line in the file.
    pub lines: (u32, u32),
    /// How likely its headings are what they were taken for, and that it begins where it does: the least of these, from 0
    /// to 1; none where lines are not told apart.
    pub confidence: Option<f32>,
}

/// One page, understood.
///
/// ```
/// use zjgr::Document;
/// use zjgr::page::Reader;
///
/// let page = Reader::default().read(Document::of("职工有了新家园\n　　昨天上午，东浦机床\n厂的大楼盖好了。"));
/// let at = page.text().find("机床厂").expect("rejoined over the end of the line");
/// let place = page.position(at);
/// assert_eq!((place.line, place.column), (2, 10));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Page {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The record's own identifier, where its container gave one.
    pub id: Option<String>,
    /// What the masthead says.
    pub masthead: Masthead,
    /// How each line was understood, in source order, blank ones left out.
    pub lines: Vec<Line>,
    /// The page's text, in source order of each part's first line.
    pub parts: Vec<Part>,
    /// The articles, in order of first appearance.
    pub articles: Vec<Article>,
    /// For each article, which of the printed pages in the file it stands on.
    sheets: Vec<usize>,
    /// The document it was read from.
    document: Document,
    text: Rejoined,
    /// True where the text has plain characters for others of the document.
    has_look_alikes: bool,
    index: LineIndex,
    /// What stands on other pages and was joined to articles of this one.
    leaves: Vec<Leaf>,
}

/// Understands documents. Built once, shared by all threads.
///
/// ```
/// use zjgr::Document;
/// use zjgr::page::{Reader, Role};
///
/// let page = Reader::default().read(Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
/// assert_eq!(page.lines[0].role, Role::Headline);
/// assert_eq!(page.articles().next().and_then(|article| article.headline()), Some("职工有了新家园"));
/// ```
#[derive(Debug, Clone)]
pub struct Reader {
    page_words: Arc<PageWords>,
    profiles: Arc<Profiles>,
    /// What it has learnt; none for what is built in.
    weights: Option<Arc<Weights>>,
    /// What a person put right.
    corrections: Arc<Corrections>,
    /// Whether somebody asks who wrote articles, and where they came from.
    asks_who: bool,
}

impl Default for Reader {
    /// A reader with the words that are compiled in.
    fn default() -> Self {
        Self {
            page_words: PageWords::built_in(),
            profiles: Arc::new(Profiles::built_in()),
            weights: None,
            corrections: Arc::default(),
            asks_who: true,
        }
    }
}

impl Reader {
    /// A reader to which every page is a page of the paper that `profile` describes. By default each page
    /// picks the profile that its masthead names.
    ///
    /// ```
    /// use zjgr::Document;
    /// use zjgr::page::{Profile, Reader, Role};
    ///
    /// let profile = Profile::parse("name = \"东浦工人报\"\ncolumns = [\"车间来信\"]")?;
    /// let page = Reader::default().with_profile(profile).read(Document::of("车间来信\n职工有了新家园\n昨天，大楼盖好了。"));
    /// assert_eq!(page.lines[0].role, Role::Column);
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profiles: Arc::new(Profiles::only(profile)), ..self }
    }

    /// A reader that decides by other weights.
    #[must_use]
    pub fn with_weights(self, weights: Weights) -> Self {
        Self { weights: Some(Arc::new(weights)), ..self }
    }

    /// A reader that takes for what it is what a person put right.
    #[must_use]
    pub fn with_corrections(self, corrections: Corrections) -> Self {
        Self { corrections: Arc::new(corrections), ..self }
    }

    /// The same; where nobody `asks_who` wrote an article, took its pictures or sent it, it is not said.
    #[must_use]
    pub(crate) fn that_asks_who(self, asks_who: bool) -> Self {
        Self { asks_who, ..self }
    }

    /// What it has learnt.
    fn weights(&self) -> Arc<Weights> {
        self.weights.clone().unwrap_or_else(Weights::nameless)
    }

    /// Understands one document.
    pub fn read(&self, mut document: Document) -> Page {
        self.corrections.of_document(&mut document);
        let index = LineIndex::new(&document.text, document.first_line, document.single_line)
            .with_heading(document.heading);
        build::build(document, index, self)
    }
}

/// The longest headline that is cited, in characters (and one of as many bytes is not counted).
const LONGEST_HEADLINE: usize = 200;

impl Page {
    /// The rejoined text of the whole page, part after part, with nothing between them.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The text of part `index`.
    pub fn part_text(&self, index: usize) -> &str {
        self.parts.get(index).and_then(|part| self.text().get(part.range.clone())).unwrap_or_default()
    }

    /// What stands in `range` of [`Page::text`] as it is printed: １９９８年 where the text has 1998年.
    ///
    /// ```
    /// use zjgr::Document;
    /// use zjgr::page::Reader;
    ///
    /// let page = Reader::default().read(Document::of("１９９８年的消息。"));
    /// let at = page.text().find("1998").expect("plain digits");
    /// assert_eq!(page.printed(at..at + 4), "１９９８");
    /// ```
    pub fn printed(&self, range: Range<usize>) -> Cow<'_, str> {
        let text = self.text().get(range.clone()).unwrap_or_default();
        if !self.has_look_alikes {
            return text.into();
        }
        let printed = |(at, c): (usize, char)| {
            let (_, document, _, source) = self.source_of(range.start + at);
            let source = document.text.get(source..);
            source
                .and_then(|source| source.chars().next())
                .filter(|&other| plain::is_form(other, c))
                .unwrap_or(c)
        };
        text.char_indices().map(printed).collect()
    }

    /// The source line that `line` names, blanks at both ends left out.
    pub fn line_text(&self, line: &Line) -> &str {
        self.document.text.get(line.start as usize..line.end as usize).unwrap_or_default()
    }

    /// The headline of article `index`, where it has one: the one printed, else its record's own. It stands in every row
    /// that cites the article, so that of a line that is as long as no headline ever was only the beginning counts.
    pub fn headline(&self, index: usize) -> Option<&str> {
        let whole = match self.articles.get(index)?.headline {
            Some(part) => self.part_text(part),
            None => self.document.meta.headline.as_deref()?,
        };
        // Nearly every headline has fewer bytes than that.
        Some(if whole.len() <= LONGEST_HEADLINE { whole } else { first_characters(whole, LONGEST_HEADLINE) })
    }

    /// The newspaper: what the user or its record says, else its masthead, else header lines or the path.
    pub fn newspaper(&self) -> Option<&str> {
        self.said(|meta| meta.newspaper.as_deref(), self.masthead.newspaper.as_deref())
    }

    /// The day of issue: what the user or its record says, else its masthead, else header lines or the path.
    pub fn date(&self) -> Option<Date> {
        self.said(|meta| meta.date, self.masthead.date)
    }

    /// The day that an article was published: what stands beside it, else the page's own; what the user or the record
    /// says outranks both. As below, `None` asks for what no article owns.
    pub fn date_of(&self, article: impl Into<Option<usize>>) -> Option<Date> {
        self.said(
            |meta| meta.date,
            self.article(article).and_then(|article| article.date).or(self.masthead.date),
        )
    }

    /// Where the day of an article is said.
    pub fn date_from(&self, article: impl Into<Option<usize>>) -> Option<DateFrom> {
        let (over, under) = (&self.document.meta, &self.document.fallback);
        let of = |meta: &Meta| meta.date.map(|_| meta.date_from.unwrap_or(DateFrom::Record));
        let own = self.article(article).and_then(|article| article.date);
        // An article has a day of its own from header lines only where the page prints none.
        let printed = own.or(self.masthead.date).map(|_| match under.date_from {
            Some(DateFrom::Header) if self.masthead.date.is_none() => DateFrom::Header,
            _ => DateFrom::Page,
        });
        of(over).or(printed).or_else(|| of(under))
    }

    /// The newspaper that an article stood in.
    pub fn newspaper_of(&self, article: impl Into<Option<usize>>) -> Option<&str> {
        let own = self.article(article).and_then(|article| article.newspaper.as_deref());
        self.said(|meta| meta.newspaper.as_deref(), own.or(self.masthead.newspaper.as_deref()))
    }

    /// The number of the page (版次) that an article stood on.
    pub fn page_of(&self, article: impl Into<Option<usize>>) -> Option<&str> {
        let own = self.article(article).and_then(|article| article.page.as_deref());
        self.said(|meta| meta.page.as_deref(), own.or(self.masthead.page.as_deref()))
    }

    /// The name of the page (版名) that an article stood on.
    pub fn section_of(&self, article: impl Into<Option<usize>>) -> Option<&str> {
        let own = self.article(article).and_then(|article| article.section.as_deref());
        self.said(|meta| meta.section.as_deref(), own.or(self.masthead.section.as_deref()))
    }

    /// Which of the printed pages in the file article `index` stands on, counted from 0 in order of appearance: one
    /// for every newspaper, day and number of the page.
    pub fn sheet_of(&self, index: usize) -> usize {
        self.sheets.get(index).copied().unwrap_or_default()
    }

    /// How many printed pages the file holds; 1 where it has no article.
    pub fn sheet_count(&self) -> usize {
        self.sheets.iter().max().map_or(1, |last| last + 1)
    }

    /// How many days the articles are of.
    pub fn day_count(&self) -> usize {
        let days: BTreeSet<_> = (0..self.articles.len()).filter_map(|index| self.date_of(index)).collect();
        days.len()
    }

    /// Tells the printed pages of the file apart.
    fn number_sheets(&mut self) {
        let mut known = Vec::new();
        let mut sheets = Vec::with_capacity(self.articles.len());
        for index in 0..self.articles.len() {
            let own = (self.newspaper_of(index), self.date_of(index), self.page_of(index));
            let number = known.iter().position(|sheet| *sheet == own).unwrap_or(known.len());
            if number == known.len() {
                known.push(own);
            }
            sheets.push(number);
        }
        self.sheets = sheets;
    }

    /// What outranks the page, what the page says, what fills in for it.
    fn said<'p, T>(&'p self, of: impl Fn(&'p Meta) -> Option<T>, printed: Option<T>) -> Option<T> {
        of(&self.document.meta).or(printed).or_else(|| of(&self.document.fallback))
    }

    fn article(&self, index: impl Into<Option<usize>>) -> Option<&Article> {
        self.articles.get(index.into()?)
    }

    /// The place in the file of the byte at `offset` of [`Page::text`].
    ///
    /// Costs time with the length of the line; to look up many offsets in rising order, use [`Page::cursor`].
    pub fn position(&self, offset: usize) -> Position {
        let (leaf, document, index, source) = self.source_of(offset);
        Position { leaf, ..index.position(&document.text, source) }
    }

    /// What the byte at `offset` of the text was taken from: the number of the leaf, its document with its lines, and
    /// the offset in that.
    fn source_of(&self, offset: usize) -> (u32, &Document, &LineIndex, usize) {
        let source = self.text.source_of(offset);
        let leaf = self.leaves.partition_point(|leaf| leaf.base <= source);
        match leaf.checked_sub(1).and_then(|at| self.leaves.get(at)) {
            Some(own) => (leaf as u32, &own.document, &own.index, source - own.base),
            None => (0, &self.document, &self.index, source),
        }
    }

    /// What of another page was joined to an article of this one, by its number, from 1.
    pub fn leaf(&self, number: u32) -> Option<&Leaf> {
        self.leaves.get((number as usize).checked_sub(1)?)
    }

    /// The offsets in `range` of [`Page::text`] at which it stands elsewhere in the file than right behind what comes
    /// before it, the first one among them, each with its place: between them columns count on.
    pub(crate) fn leaps(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Position)> {
        let mut cursor = self.cursor();
        let leaps = self.text.leaps(range.clone());
        std::iter::once(range.start).chain(leaps).map(move |at| (at, cursor.position(at)))
    }

    /// The places at which the texts of the lines begin, in the order of [`Page::lines`].
    pub(crate) fn line_begins(&self) -> impl Iterator<Item = Position> {
        let text = self.document.text.as_str();
        let mut last: Option<(usize, Position)> = None;
        self.lines.iter().map(move |line| {
            let at = line.start as usize;
            let place = match last {
                Some((before, place)) if before <= at => self.index.position_after(text, before, place, at),
                _ => self.index.position(text, at),
            };
            last = Some((at, place));
            place
        })
    }

    /// Looks up places of many offsets: cheap as long as they rise.
    ///
    /// ```
    /// use zjgr::Document;
    /// use zjgr::page::Reader;
    ///
    /// let page = Reader::default().read(Document::of("工会办事，\n职工说好。"));
    /// let mut cursor = page.cursor();
    /// let columns: Vec<u32> = page.text().char_indices().map(|(at, _)| cursor.position(at).column).collect();
    /// assert_eq!(columns[..3], [1, 2, 3]);
    /// ```
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { page: self, last: None }
    }

    /// The document that the page was read from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Gives the document back, so that its memory can be used for the next one.
    pub fn into_document(self) -> Document {
        self.document
    }
}

/// Looks up the places of offsets into [`Page::text`]; see [`Page::cursor`].
///
/// It remembers the last place, so that a line is counted through once however many offsets are looked up on it,
/// as long as they rise.
#[derive(Debug)]
pub struct Cursor<'p> {
    page: &'p Page,
    /// The last offset in the text of its document, with its place.
    last: Option<(usize, Position)>,
}

impl Cursor<'_> {
    /// The place in the file of the byte at `offset` of [`Page::text`].
    pub fn position(&mut self, offset: usize) -> Position {
        let (leaf, document, index, source) = self.page.source_of(offset);
        let text = document.text.as_str();
        let position = match self.last {
            Some((at, place)) if place.leaf == leaf && at <= source => {
                index.position_after(text, at, place, source)
            }
            _ => Position { leaf, ..index.position(text, source) },
        };
        self.last = Some((source, position));
        position
    }
}
