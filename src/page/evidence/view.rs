//! A page as the facts see it: its lines, and what was found out once for all of them.

use super::super::folio::Folio;
use super::super::lexicon::Lexicon;
use super::super::scan::{self, Ending, Raw};
use super::super::setting::Setting;
use super::super::titles;
use super::around::Surroundings;
use super::people::Named;
use super::place::Places;
use super::shape::Shape;
use super::topic::Topic;
use super::words::Said;

/// A page as the facts see it.
pub(in crate::page) struct View<'p> {
    pub(in crate::page) text: &'p str,
    pub(in crate::page) lines: &'p [Raw],
    /// How the running text is set.
    pub(in crate::page) setting: Setting,
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
    pub(in crate::page) fn new(text: &'p str, lines: &'p [Raw], lexicon: &Lexicon) -> Self {
        let folios: Vec<Option<Folio>> = lines.iter().map(|line| folio(text, line, lexicon)).collect();
        let footers = titles::footers(text, lines, &folios, &lexicon.lists);
        let setting = Setting::of(lines);
        let shapes: Vec<Shape> =
            lines.iter().map(|line| Shape::of(&scan::clean(line.content(text)), lexicon)).collect();
        let places = Places::of(lines, &setting);
        let named: Vec<Named> = lines.iter().map(|line| Named::of(text, line, lexicon)).collect();
        let around = Surroundings::of(text, lines, &places, &named);
        let said = Said::of_page(text, lines, lexicon, &folios, &footers);
        let topic = Topic::of(text, lines);
        Self { text, lines, setting, shapes, said, named, places, around, topic }
    }

    /// True where a byline opens line `i`.
    pub(in crate::page) fn opens(&self, i: usize) -> bool {
        self.named[i].opens()
    }
}

/// What a line says as a folio, where it may be one.
fn folio(text: &str, line: &Raw, lexicon: &Lexicon) -> Option<Folio> {
    let could = line.width <= WIDEST_FOLIO && line.ending != Ending::Stop && line.commas == 0;
    let content = could.then(|| line.content(text))?;
    let marks = ['：', ':', '版', '报', '報', '日', '期', '年', '刊', '０', '１', '２'];
    let visited = || lexicon.lists.folio_visited.iter().any(|word| content.chars().eq(word.iter().copied()));
    let told = line.digits > 0 || content.contains(marks) || visited();
    told.then(|| Folio::read(content, &lexicon.lists))
}
