//! A page as the facts see it: its lines, and what was found out once for all of them.

use super::super::bigrams::Bigrams;
use super::super::byline::PageBylines;
use super::super::folio::Folio;
use super::super::page_words::PageWords;
use super::super::scan::{self, Ending, Raw};
use super::super::setting::Setting;
use super::super::titles::{self, Footer};
use super::around::Surroundings;
use super::kind;
use super::people::Named;
use super::place::{self, Places};
use super::shape::Shape;
use super::topic::{self, Topic};
use super::wording::Said;

/// A page as the facts see it.
pub(in crate::page) struct View<'p> {
    pub(in crate::page) text: &'p str,
    pub(in crate::page) lines: &'p [Raw],
    pub(in crate::page) page_words: &'p PageWords,
    /// How the running text is set.
    pub(in crate::page) setting: Setting,
    /// Which pairs of ideographs stand on each line.
    pub(in crate::page) bigrams: Bigrams,
    /// What each line says of paper, day and page, where it may say that.
    pub(in crate::page) folios: Vec<Option<Folio>>,
    /// Footers that repeat a headline.
    pub(in crate::page) footers: Vec<Footer>,
    pub(super) shapes: Vec<Shape>,
    pub(super) said: Vec<Said>,
    pub(super) named: Vec<Named>,
    pub(super) places: Places,
    pub(super) around: Surroundings,
    pub(super) topic: Topic,
}

/// The widest line that can be a folio, in columns: a footer that repeats a headline is long.
const WIDEST_FOLIO: u32 = 160;

impl<'p> View<'p> {
    /// Looks at a page.
    pub(in crate::page) fn new(
        text: &'p str,
        lines: &'p [Raw],
        page_words: &'p PageWords,
        bylines: &PageBylines<'_>,
    ) -> Self {
        let folios: Vec<Option<Folio>> = lines.iter().map(|line| folio(text, line, page_words)).collect();
        let footers = titles::footers(text, lines, &folios, &page_words.lists);
        let setting = Setting::of(lines);
        let shapes: Vec<Shape> =
            lines.iter().map(|line| Shape::of(&scan::clean(line.content(text)), page_words)).collect();
        let places = Places::of(lines, &setting);
        let named: Vec<Named> = lines.iter().map(|line| Named::of(text, line, page_words, bylines)).collect();
        let said = Said::of_page(text, lines, page_words, &folios, &footers);
        let around = Surroundings::of(text, lines, &places, &named, &said);
        let bigrams = Bigrams::of(text, lines);
        let topic = Topic::of(text, lines, &bigrams);
        Self {
            text,
            lines,
            page_words,
            setting,
            bigrams,
            folios,
            footers,
            shapes,
            said,
            named,
            places,
            around,
            topic,
        }
    }

    /// True where a byline opens line `i`.
    pub(in crate::page) fn opens(&self, i: usize) -> bool {
        self.named[i].opens()
    }

    /// Whom line `i` credits as a line by itself, and whom its end does: nobody (1), a writer (2), who took pictures (3),
    /// both (4); 0 where it credits none.
    pub(in crate::page) fn credits(&self, i: usize) -> [u32; 2] {
        self.named[i].credits()
    }

    /// True where line `i` is little else than data of a masthead.
    pub(in crate::page) fn is_data(&self, i: usize) -> bool {
        self.said[i].is_data(kind::DATA)
    }

    /// True where line `i` says the day, the paper or the page.
    pub(in crate::page) fn is_folio(&self, i: usize) -> bool {
        let told = |folio: &Folio| folio.date.is_some() | folio.newspaper.is_some() | folio.is_pure();
        self.folios[i].as_ref().is_some_and(told)
    }

    /// Whether line `i` fills its column: 0 where there is none, 1 for a short line, 2 for a full one, 3 for one far
    /// wider.
    pub(in crate::page) fn filled(&self, i: usize) -> u32 {
        place::filled(self, i)
    }

    /// The gap above line `i` beside the page's usual one: less (0), the same (1), more (2).
    pub(in crate::page) fn spacing(&self, i: usize) -> u32 {
        self.places.spacing(self.lines, i)
    }

    /// Whether line `i` is set in, on a page whose paragraphs are or are not.
    pub(in crate::page) fn indent(&self, i: usize) -> u32 {
        place::indent(self, i)
    }

    /// The longest word that goes on from the end of line `above` to line `below`, in characters less one; 0 for none.
    pub(in crate::page) fn crossing(&self, above: usize, below: usize) -> u32 {
        topic::crossing(self.text, self.lines, above, below)
    }
}

/// What a line says as a folio, where it may be one.
fn folio(text: &str, line: &Raw, page_words: &PageWords) -> Option<Folio> {
    let could = line.width <= WIDEST_FOLIO && line.ending != Ending::Stop && line.commas == 0;
    let content = could.then(|| line.content(text))?;
    let marks = ['：', ':', '版', '报', '報', '日', '期', '年', '刊', '０', '１', '２'];
    let visited =
        || page_words.lists.folio_visited.iter().any(|word| content.chars().eq(word.iter().copied()));
    let told = line.digits > 0 || content.contains(marks) || visited();
    told.then(|| Folio::read(content, &page_words.lists))
}
