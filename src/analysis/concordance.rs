//! Every place where a term stands, with the text around it (KWIC: key word in context).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Listing;
use super::basis::Basis;
use super::pinyin;
use super::place::{self, Place, Placed};
use super::query::Query;
use super::sample::Sample;
use super::scope::Scope;
use super::word_places::WordPlaces;
use crate::page::{Selection, first_characters, last_characters};
use crate::table::{Column, Columns, Row, Rows};
use crate::term::Segmenter;

/// The columns of the table.
pub static COLUMNS: LazyLock<Vec<Column<Hit>>> = LazyLock::new(|| {
    place::and([
        Column::<Hit>::text("left", "What stands before the hit in the same paragraph", |hit| {
            (&*hit.left).into()
        })
        .ending(),
        Column::<Hit>::text("node", "The hit, as printed", |hit| (&*hit.node).into()).hit(),
        Column::text("right", "What stands after it in the same paragraph", |hit| (&*hit.right).into()),
    ])
});

/// The columns of the view for a terminal, where the node stands in one line under another.
pub static VIEW_COLUMNS: &[Column<Hit>] = &[
    Column::<Hit>::text("place", "File, line and column", |hit| {
        format!("{}:{}:{}", hit.place.file, hit.place.line, hit.place.column).into()
    })
    .ending(),
    Column::<Hit>::text("left", "What stands before the hit", |hit| (&*hit.left).into())
        .right_aligned()
        .ending(),
    Column::<Hit>::text("node", "The hit, as printed", |hit| (&*hit.node).into()).hit(),
    Column::text("right", "What stands after it", |hit| (&*hit.right).into()),
];

/// What is looked for, and how much is shown around it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Concordance {
    /// What is looked for.
    pub query: Query,
    /// How many characters, or words where words are cut, are shown on either side of a hit.
    pub width: usize,
    /// Cuts words, where a hit must consist of whole ones; else terms are found on text.
    pub segmenter: Option<Segmenter>,
    /// Which parts of an article are searched.
    pub scope: Scope,
}

impl Concordance {
    /// Looks for `query` on text, with `width` characters on either side.
    pub fn new(query: Query, width: usize) -> Self {
        Self { query, width, segmenter: None, scope: Scope::default() }
    }
}

/// One place where a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit<'p> {
    /// Where it stands.
    pub place: Place<'p>,
    /// What stands before it in the same paragraph.
    pub left: Cow<'p, str>,
    /// The hit itself.
    pub node: Cow<'p, str>,
    /// What stands after it in the same paragraph.
    pub right: Cow<'p, str>,
    /// What its record says besides: [`crate::source::Meta::kept`].
    pub kept: Cow<'p, [Option<String>]>,
}

/// By what rows are sorted; rows that are equal in it stay in the order of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Order {
    /// By file and place.
    #[default]
    Source,
    /// By day of issue.
    ///
    /// Hits without one come last.
    Date,
    /// By what stands before the hit, from the hit outwards.
    Left,
    /// By what stands after the hit.
    Right,
}

/// Which of two characters comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Collation {
    /// By sound, as in a dictionary.
    ///
    /// Tones count (`an1` before `an4` before `ang1`), characters of one sound stand in the order of their code points, and
    /// what has no sound stands first.
    #[default]
    Pinyin,
    /// By Unicode code point.
    CodePoint,
}

/// Several concordances, one after the other on each page: a place counts for every term that stands there.
#[derive(Debug)]
pub struct Concordances(pub Vec<Concordance>);

impl Listing for Concordances {
    const NAME: &'static str = "concordances";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        Columns::from(&*COLUMNS)
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        for concordance in &self.0 {
            concordance.hits(selection, |hit| rows.push(&COLUMNS, &hit));
        }
    }
}

/// Every place where one of some words stands as a word: what [`super::stats::Stats`] counts.
#[derive(Debug)]
pub struct WordHits {
    words: FxHashSet<String>,
    segmenter: Segmenter,
    /// How many characters are shown on either side.
    width: usize,
}

impl WordHits {
    /// Looks for `words` among those that `segmenter` cuts, with `width` characters on either side.
    pub fn new(words: impl IntoIterator<Item = String>, segmenter: Segmenter, width: usize) -> Self {
        Self { words: words.into_iter().collect(), segmenter, width }
    }
}

impl Listing for WordHits {
    const NAME: &'static str = "word-hits";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        Columns::from(&*COLUMNS)
    }

    fn basis(&self) -> Basis {
        Basis::default().list("words", &self.segmenter.cutting())
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let mut cursor = page.cursor();
        for (index, part) in selection.parts().filter(|(_, part)| part.article.is_some()) {
            let text = page.part_text(index);
            let mut at = 0;
            self.segmenter.cut(&self.segmenter.folded(text), |token| {
                // What is folded has as many bytes.
                let range = at..at + token.text.len();
                at = range.end;
                if !self.words.contains(token.text) {
                    return;
                }
                let position = cursor.position(part.range.start + range.start);
                let (left, right) = around(text, &range, self.width);
                let hit = Hit {
                    place: Place::of(page, part.article, position),
                    left: left.into(),
                    node: text.get(range).unwrap_or_default().into(),
                    right: right.into(),
                    kept: Cow::Borrowed(&page.document().meta.kept),
                };
                rows.push(&COLUMNS, &hit);
            });
        }
    }
}

impl Concordance {
    /// The hits of `selection` in source order.
    pub fn hits<'p>(&self, selection: &Selection<'p>, mut hit: impl FnMut(Hit<'p>)) {
        let page = selection.page();
        let mut cursor = page.cursor();
        for (at, part) in selection.parts().filter(|(_, part)| self.scope.has(part.role)) {
            if part.article.is_none() {
                continue;
            }
            let text = page.part_text(at);
            let mut words = None;
            for range in self.query.find(text) {
                // Cut only where something was found.
                let words =
                    words.get_or_insert_with(|| Some(WordPlaces::cut(self.segmenter.as_ref()?, text)));
                if words.as_ref().is_some_and(|words| !words.holds_whole(&range)) {
                    continue;
                }
                let position = cursor.position(part.range.start + range.start);
                let (left, right) = self.context(text, words.as_ref(), &range);
                hit(Hit {
                    place: Place::of(page, part.article, position),
                    left: left.into(),
                    node: text.get(range).unwrap_or_default().into(),
                    right: right.into(),
                    kept: Cow::Borrowed(&page.document().meta.kept),
                });
            }
        }
    }

    /// What stands before and after `range`.
    fn context<'t>(
        &self,
        text: &'t str,
        words: Option<&WordPlaces>,
        range: &Range<usize>,
    ) -> (&'t str, &'t str) {
        let Some(words) = words else { return around(text, range, self.width) };
        let left = text.get(words.back(range.start, self.width)..range.start);
        let right = text.get(range.end..words.forth(range.end, self.width));
        (left.unwrap_or_default(), right.unwrap_or_default())
    }
}

/// The `width` characters of `text` before and after `range`.
fn around<'t>(text: &'t str, range: &Range<usize>, width: usize) -> (&'t str, &'t str) {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    (last_characters(before, width), first_characters(after, width))
}

impl Listing for Concordance {
    const NAME: &'static str = "concordance";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        Columns::from(&*COLUMNS)
    }

    fn basis(&self) -> Basis {
        let cutting = self.segmenter.iter().map(Segmenter::cutting);
        cutting.fold(Basis::default(), |basis, cutting| basis.list("words", &cutting))
    }

    fn rows(&self, page: &Selection<'_>, rows: &mut Rows) {
        self.hits(page, |hit| rows.push(&COLUMNS, &hit));
    }
}

impl Row for Hit<'static> {
    type At<'p> = Hit<'p>;
}

impl Placed for Hit<'_> {
    fn place(&self) -> &Place<'_> {
        &self.place
    }
}

impl Hit<'_> {
    /// The hit without its page.
    pub fn into_owned(self) -> Hit<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Hit {
            place: self.place.into_owned(),
            left: owned(self.left),
            node: owned(self.node),
            right: owned(self.right),
            kept: Cow::Owned(self.kept.into_owned()),
        }
    }

    /// What tells this hit from others, for a sample: the name of its file without the folders before it, so that
    /// a corpus may be moved; its place; its words.
    fn identity(&self) -> [Vec<u8>; 4] {
        let name = self.place.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let place = [self.place.line.to_le_bytes(), self.place.column.to_le_bytes()].concat();
        let node = self.node.as_bytes().to_vec();
        [name.as_bytes().to_vec(), place, self.left.as_bytes().to_vec(), node]
    }
}

/// Hits that are gathered to be sorted, all of them or a sample.
///
/// ```
/// use zjgr::analysis::concordance::{Collation, Concordance, Hit, Hits, Order};
/// use zjgr::analysis::query::{Case, Query, Script};
/// use zjgr::Document;
/// use zjgr::page::{Duplicates, Reader, Selection};
///
/// let query = Query::terms(&["工会"], Case::Distinct, Script::Distinct)?;
/// let concordance = Concordance::new(query, 4);
/// let text = "　　昨日，县总工会开会。\n　　今天工会送清凉。\n";
/// let page = Reader::default().read(Document::of(text));
/// let mut hits = Hits::new(None);
/// concordance.hits(&Selection::all(&page, Duplicates::Skip), |hit| hits.push(hit.into_owned()));
/// let hits = hits.sorted(Order::Right, Collation::Pinyin);
/// assert_eq!(hits.iter().map(|hit| &*hit.right).collect::<Vec<_>>(), ["开会。", "送清凉。"]);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug)]
pub struct Hits(Sample<Hit<'static>>);

impl Hits {
    /// None yet. Of more than `most` so many are kept, spread over all of them; the same ones every time.
    pub fn new(most: Option<usize>) -> Self {
        Self(Sample::new(most.unwrap_or(usize::MAX)))
    }

    /// Adds a hit; hits come in the order of the sources.
    pub fn push(&mut self, hit: Hit<'static>) {
        let identity = hit.identity();
        self.0.offer(&identity.each_ref().map(Vec::as_slice), hit);
    }

    /// The hits in this order; of those that are equal in it the earlier comes first.
    pub fn sorted(self, order: Order, collation: Collation) -> Vec<Hit<'static>> {
        let mut hits = self.0.into_rows();
        match order {
            Order::Source => {}
            Order::Date => hits.sort_by_key(|hit| (hit.place.date.is_none(), hit.place.date)),
            Order::Left => hits.sort_by_cached_key(|hit| key(hit.left.chars().rev(), collation)),
            Order::Right => hits.sort_by_cached_key(|hit| key(hit.right.chars(), collation)),
        }
        hits
    }
}

fn key(characters: impl Iterator<Item = char>, collation: Collation) -> String {
    match collation {
        Collation::Pinyin => pinyin::key(characters),
        Collation::CodePoint => characters.collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::super::query::{Case, Script};
    use super::*;
    use crate::page::{Duplicates, Page, Reader};
    use crate::source::{Document, Format};

    fn page(text: &str) -> Page {
        let document =
            Document { text: text.into(), format: Format::Plain, first_line: 1, ..Document::default() };
        Reader::default().read(document)
    }

    fn hits(page: &Page, term: &str, width: usize) -> Vec<Hit<'static>> {
        let concordance = Concordance {
            query: Query::terms(&[term], Case::Distinct, Script::Distinct).unwrap(),
            width,
            segmenter: None,
            scope: Scope::default(),
        };
        let mut hits = Vec::new();
        concordance.hits(&Selection::all(page, Duplicates::Skip), |hit| hits.push(hit.into_owned()));
        hits
    }

    fn contexts(text: &str, term: &str, width: usize) -> Vec<(String, String, String)> {
        let text_of = |hit: Hit<'_>| (hit.left.into(), hit.node.into(), hit.right.into());
        hits(&page(text), term, width).into_iter().map(text_of).collect()
    }

    fn row(left: &str, node: &str, right: &str) -> (String, String, String) {
        (left.into(), node.into(), right.into())
    }

    #[test]
    fn a_hit_has_its_context_and_stays_in_its_paragraph() {
        let text = "职工之家由工会建设管理。\n工会";
        assert_eq!(contexts(text, "工会", 3), [row("之家由", "工会", "建设管"), row("", "工会", "")]);
    }

    #[test]
    fn a_character_is_what_a_reader_counts() {
        assert_eq!(contexts("e\u{301}a\u{301}x工会👨‍👩‍👧b", "工会", 2), [row("a\u{301}x", "工会", "👨‍👩‍👧b")]);
        assert_eq!(contexts("甲工会乙", "工会", 0), [row("", "工会", "")]);
    }

    #[test]
    fn a_term_that_never_occurs_gives_no_row() {
        assert_eq!(hits(&page("职工"), "工会", 5), []);
        assert_eq!(hits(&page(""), "工会", 5), []);
    }

    #[test]
    fn the_left_context_sorts_from_the_node_outwards() {
        let page = page("安全的工会\n职工的工会\n北京市工会");
        let mut found = Hits::new(None);
        hits(&page, "工会", 5).into_iter().for_each(|hit| found.push(hit));
        let hits = found.sorted(Order::Left, Collation::Pinyin);
        let left: Vec<&str> = hits.iter().map(|hit| &*hit.left).collect();
        // 的 before 市; then 工 (gong) before 全 (quan).
        assert_eq!(left, ["职工的", "安全的", "北京市"]);
    }

    /// The source from the place of `hit` on, line ends and the blanks around them left out, as a careful reader reads.
    fn source_at(text: &str, hit: &Hit<'_>) -> String {
        let lines: Vec<&str> = text.split('\n').collect();
        let first: String =
            lines[hit.place.line as usize - 1].graphemes(true).skip(hit.place.column as usize - 1).collect();
        let rest = lines[hit.place.line as usize..].iter().take(9).map(|line| line.trim());
        std::iter::once(first.trim()).chain(rest).collect()
    }

    proptest! {
        /// On a page whose lines are cut at the column edge a hit may begin on one line and end on the next: it points
        /// at where it begins.
        #[test]
        fn a_hit_in_a_wrapped_paragraph_points_at_where_it_begins(
            sentences in prop::collection::vec("[一二会工，职]{4,40}。", 1..12),
            width in 5_usize..30,
            indent in "(|\u{3000}\u{3000}|  )",
        ) {
            let characters: Vec<char> = sentences.concat().chars().collect();
            let lines: Vec<String> =
                characters.chunks(width).map(|line| format!("{indent}{}", line.iter().collect::<String>())).collect();
            let text = lines.join("\n");
            let document =
                Document { text: text.clone(), format: Format::Page, first_line: 1, ..Document::default() };
            let page = Reader::default().read(document);
            for hit in hits(&page, "工会", 6) {
                let source = source_at(&text, &hit);
                // Another line may stand between the two halves of a hit; its first character is there for certain.
                prop_assert!(source.starts_with('工'), "{}:{} in {text:?}: {source}", hit.place.line, hit.place.column);
            }
        }

        /// What stands at line and column of the source is the hit.
        #[test]
        fn a_hit_points_at_its_place_in_the_source(text in "([工会职a e\u{301}，]|\n|\r\n|\u{3000}){0,80}") {
            let lines: Vec<&str> = text.split('\n').collect();
            for hit in hits(&page(&text), "工会", 4) {
                let line = lines[hit.place.line as usize - 1];
                let from_column: String = line.graphemes(true).skip(hit.place.column as usize - 1).collect();
                prop_assert!(from_column.starts_with('工'), "{}:{} in {text:?}", hit.place.line, hit.place.column);
                let told = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
                prop_assert!(told(&from_column).starts_with("工会"), "{}:{} in {text:?}", hit.place.line, hit.place.column);
                let before: String = line.graphemes(true).take(hit.place.column as usize - 1).collect();
                prop_assert!(told(&before).ends_with(&told(&hit.left)));
            }
        }
    }
}
