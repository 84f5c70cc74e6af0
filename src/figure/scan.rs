//! The scanner: one pass over a text, from numeral to numeral, and who is asked what each is.

use std::ops::Range;
use std::sync::Arc;

use super::cells::Cells;
use super::draft::{DraftFigure, UnitText};
use super::figure_words::FigureWords;
use super::numeral::traits::BROKEN;
use super::numeral::{self, Memo};
use super::text::Text;
use super::{Class, Context, Figure, relate};
use crate::error::Result;

/// Memory that a scanner uses again for each text. One a thread.
#[derive(Debug, Default, Clone)]
pub struct Scratch {
    cells: Cells,
    drafts: Vec<DraftFigure>,
    memo: Memo,
}

/// Finds figures. Built once, shared by all threads.
///
/// ```
/// use zjgr::figure::{Bound, Class, Context, Scanner};
///
/// let scanner = Scanner::new(&["[noun]\n\"驿站\" = \"驿站 职工驿站\""])?;
/// let figures = scanner.scan("全市建成职工驿站500余个，投入1.2亿元。", &Context::default());
/// assert_eq!((figures[0].class, figures[0].bound), (Class::Count, Bound::Over));
/// assert_eq!(figures[1].class, Class::Money);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Scanner {
    lexicon: Arc<FigureWords>,
}

impl Scanner {
    /// A scanner with the units that are compiled in and those of `more`, each the text of a file of the same form.
    ///
    /// # Errors
    /// Where such a text is no TOML of that form; the error has the line.
    pub fn new(more: &[&str]) -> Result<Self> {
        Ok(Self { lexicon: FigureWords::with(more)? })
    }

    /// The words that it is told by.
    pub(super) fn lexicon(&self) -> &FigureWords {
        &self.lexicon
    }

    /// The figures of `text`, in order.
    pub fn scan(&self, text: &str, context: &Context) -> Vec<Figure> {
        let mut figures = Vec::new();
        self.scan_into(text, context, &mut Scratch::default(), &mut figures);
        figures
    }

    /// Appends the figures of `text` to `figures`, in order.
    pub fn scan_into(&self, text: &str, context: &Context, scratch: &mut Scratch, figures: &mut Vec<Figure>) {
        scratch.cells.refill(text, self.lexicon.signs.rows());
        scratch.drafts.clear();
        self.find(context, scratch);
        let Scratch { cells, drafts, memo } = scratch;
        relate::relate(cells, drafts, &self.lexicon, memo, context);
        figures.extend(drafts.drain(..).map(|draft| self.finish(text, cells, draft)));
    }

    fn find(&self, context: &Context, scratch: &mut Scratch) {
        let Scratch { cells, drafts, memo } = scratch;
        memo.clear();
        let whole = Text::new(cells, &self.lexicon, memo, context);
        let mut labels = cells.labels.as_slice();
        let (mut at, mut floor) = (0, 0);
        let mut starts = cells.starts.iter().map(|&start| start as usize);
        while let Some(next) = starts.find(|&start| start >= at) {
            at = next;
            while labels.first().is_some_and(|label| label.end <= at) {
                labels = labels.get(1..).unwrap_or_default();
            }
            let near = labels.get(..1).unwrap_or_default();
            let text = Text { labels: near, floor, ..whole };
            match figure(&text, at, drafts.last()) {
                Step::Found(draft) => {
                    at = draft.cells.end.max(at + 1);
                    floor = at;
                    drafts.push(draft);
                }
                Step::Skip(end) => {
                    at = end.max(at + 1);
                    floor = floor.max(at.saturating_sub(1));
                }
            }
        }
    }

    fn finish(&self, source: &str, cells: &Cells, draft: DraftFigure) -> Figure {
        let bytes = |range: &Range<usize>| {
            let inside = cells.list.get(range.clone())?;
            Some(inside.first()?.at as usize..inside.last()?.end() as usize)
        };
        let unit = match &draft.unit {
            UnitText::None => String::new(),
            UnitText::Cells(range) => cells.text(source, range.clone()).into_owned(),
            UnitText::Parted(first, second) => {
                cells.text(source, first.clone()).into_owned() + &cells.text(source, second.clone())
            }
            UnitText::Fixed(unit) => (*unit).to_owned(),
        };
        let canonical = match (&draft.canonical, &draft.unit) {
            (Some(id), _) => self.lexicon.unit(*id).map(|unit| unit.canonical.clone()),
            (None, UnitText::Fixed(unit)) => Some(Arc::from(*unit)),
            (None, UnitText::Cells(_) | UnitText::Parted(..)) => Some(Arc::from(unit.as_str())),
            _ => None,
        };
        Figure {
            span: bytes(&draft.cells).unwrap_or(0..0),
            text: cells.text(source, draft.cells.clone()).into_owned(),
            class: draft.class,
            value: draft.value,
            value_max: draft.value_max,
            unit,
            canonical,
            bound: draft.bound,
            object: draft.object.as_ref().and_then(bytes),
            per: draft.per.as_ref().map(|per| {
                let each = if draft.each { "每" } else { "" };
                each.to_owned() + &cells.text(source, per.clone())
            }),
            iso: draft.iso,
            change: draft.change,
        }
    }
}

/// What a numeral turned out to be.
#[allow(clippy::large_enum_variant, reason = "looked at once and never kept")]
pub(super) enum Step {
    Found(DraftFigure),
    /// No figure; go on at this cell.
    Skip(usize),
}

impl Step {
    pub(super) fn named(cells: Range<usize>) -> Self {
        Self::Found(DraftFigure::new(cells, Class::Named))
    }
}

/// One who is asked what the numeral at some cell is, with the figure before it; none where it knows nothing of it.
type Reader = fn(&Text<'_>, usize, Option<&DraftFigure>) -> Option<Step>;

/// Who is asked, in this order; the first who knows decides. What is no number comes before what is one, and what
/// is told by words beside it before what is told by the number alone.
const READERS: &[Reader] = &[
    |text, at, _| (text.ch(at) == '半').then(|| text.half(at)),
    |text, at, _| text.latin(at),
    |text, at, _| text.is_vessel(at).then(|| Step::Skip(text.past(at))),
    |text, at, _| text.anniversary(at).map(Step::named),
    |text, at, _| text.named_label(at).map(Step::named),
    |text, at, _| text.person(at).or_else(|| text.place(at)).map(Step::Skip),
    |text, at, _| text.generations(at).map(Step::Skip),
    |text, at, _| text.is_each_tael(at).then_some(Step::Skip(at + 1)),
    |text, at, _| text.bracketed_day(at).map(|found| Step::Found(found.draft())),
    |text, at, _| text.listed_word(at),
    |text, at, _| text.one_half(at).map(Step::Found),
    |text, at, _| text.four(at).map(Step::named),
    |text, at, _| text.is_marker(at).then(|| Step::Skip(numeral::run_end(text.cells, at))),
    |text, at, _| text.short_year(at).map(Step::Found),
    |text, at, last| (text.ch_before(at) == '第').then(|| text.placed(at, last)).flatten(),
    |text, at, last| text.announced(at, last).map(Step::Found),
    |text, at, last| text.next_score(at, last).map(Step::Found),
    |text, at, _| {
        let numeral = text.numeral(at).filter(|numeral| numeral.has(BROKEN))?;
        Some(Step::Skip(numeral::run_end(text.cells, numeral.end.max(at))))
    },
    |text, at, _| text.date(at).map(|found| Step::Found(found.draft())),
    |text, at, _| text.garbled(at).map(Step::Skip),
    |text, at, last| text.ordinal(at, last).map(Step::Found),
    |text, at, _| {
        let draft = text.quantity(at)?;
        Some(if draft.bare { text.bare(at, draft) } else { Step::Found(draft) })
    },
];

/// What the numeral at `at` is.
fn figure(text: &Text<'_>, at: usize, last: Option<&DraftFigure>) -> Step {
    let known = READERS.iter().find_map(|reader| reader(text, at, last));
    known.unwrap_or_else(|| Step::Skip(text.past(at)))
}
