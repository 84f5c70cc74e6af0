//! Passages of a page that do not count, since they were printed before, elsewhere.

use std::ops::Range;

use super::{Article, Page, Part, Position, Role};

/// A passage of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passage {
    /// The number of the article.
    pub article: u32,
    /// Where it begins.
    pub from: Position,
    /// What it says, with a blank between paragraphs.
    pub text: String,
}

impl Passage {
    /// What article number `article` says as `text`, beginning at `from`.
    pub fn new(article: u32, from: Position, text: impl Into<String>) -> Self {
        Self { article, from, text: text.into() }
    }
}

impl Page {
    /// Leaves `passages` out of whatever is counted: a part of which one is only a stretch is divided, a heading never is.
    /// Returns how many stand there as they are said to.
    ///
    /// ```
    /// use zjgr::Document;
    /// use zjgr::page::{Passage, Position, Reader};
    ///
    /// let mut page = Reader::default().read(Document::of("劳模开讲\n　　昨天上午劳模开讲，台下掌声不断。"));
    /// let from = Position { line: 2, column: 3, ..Position::default() };
    /// assert_eq!(page.leave_out(&[Passage::new(1, from, "昨天上午劳模开讲，台下掌声不断。")]), 1);
    /// assert!(page.parts.iter().any(|part| part.is_left_out));
    /// ```
    pub fn leave_out<'t>(&mut self, passages: impl IntoIterator<Item = &'t Passage>) -> usize {
        let mut stretches = Vec::new();
        let mut met = 0;
        for passage in passages {
            if let Some(found) = self.find(passage) {
                stretches.extend(found);
                met += 1;
            }
        }
        if !stretches.is_empty() {
            self.divide(&joined(stretches));
        }
        met
    }

    /// True where nothing of article `index` counts, neither here nor where it was joined to.
    pub fn is_left_out(&self, index: usize) -> bool {
        let Some(article) = self.articles.get(index).filter(|article| !article.is_joined) else {
            return false;
        };
        let mut parts = order(article).filter_map(|at| self.parts.get(at)).peekable();
        parts.peek().is_some() && parts.all(|part| part.is_left_out)
    }

    /// The stretches of the page's text that a passage is; none where it does not stand where it is said to.
    fn find(&self, passage: &Passage) -> Option<Vec<Range<usize>>> {
        let index = self.articles.binary_search_by_key(&passage.article, |article| article.number).ok()?;
        let article = self.articles.get(index)?;
        let mut parts = order(article).filter_map(|at| self.parts.get(at)).map(|part| part.range.clone());
        let start = |part: Range<usize>| Some(self.offset(part.clone(), passage.from)?..part.end);
        let mut left = passage.text.as_str();
        let mut stretches = Vec::new();
        let mut next = parts.find_map(start);
        while let Some(part) = next {
            let text = self.text().get(part.clone())?;
            match (left.strip_prefix(text), text.starts_with(left)) {
                (_, true) => {
                    stretches.push(part.start..part.start + left.len());
                    return Some(stretches);
                }
                (Some(rest), _) => {
                    stretches.push(part);
                    left = rest.strip_prefix(' ').unwrap_or(rest);
                }
                // A part that was not compared, or that repeats another on the page.
                _ if !stretches.is_empty() => {}
                _ => return None,
            }
            next = parts.next();
        }
        None
    }

    /// The byte in `range` of the text that stands at `position` in the file.
    fn offset(&self, range: Range<usize>, position: Position) -> Option<usize> {
        let is_before = |place: &Position| {
            place.line == position.line && place.leaf == position.leaf && place.column <= position.column
        };
        let (at, place) = self.leaps(range.clone()).filter(|(_, place)| is_before(place)).last()?;
        let text = self.text().get(at..range.end)?;
        let before = super::first_characters(text, (position.column - place.column) as usize);
        Some(at + before.len()).filter(|&at| at < range.end && self.position(at) == position)
    }

    /// Divides parts so that `stretches`, in order and apart, are parts of their own that do not count.
    fn divide(&mut self, stretches: &[Range<usize>]) {
        let mut parts = Vec::with_capacity(self.parts.len() + 2 * stretches.len());
        let mut pieces_of = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let from = parts.len();
            parts.extend(pieces(part, stretches));
            pieces_of.push(from..parts.len());
        }
        for article in &mut self.articles {
            let of = |at: usize| pieces_of.get(at).cloned().unwrap_or_default();
            let heads =
                [&mut article.column, &mut article.kicker, &mut article.headline, &mut article.subhead];
            heads.into_iter().flatten().for_each(|head| *head = of(*head).start);
            article.parts = article.parts.iter().flat_map(|&at| of(at)).collect();
        }
        self.parts = parts;
    }
}

/// `stretches` in order, those that overlap joined.
fn joined(mut stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stretches.sort_unstable_by_key(|stretch| stretch.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut().filter(|last| stretch.start <= last.end) {
            Some(last) => last.end = last.end.max(stretch.end),
            None => joined.push(stretch),
        }
    }
    joined
}

/// The parts of an article in the order in which they are read.
fn order(article: &Article) -> impl Iterator<Item = usize> {
    [article.kicker, article.headline, article.subhead]
        .into_iter()
        .flatten()
        .chain(article.parts.iter().copied())
}

/// What `part` is divided into.
fn pieces(part: &Part, stretches: &[Range<usize>]) -> Vec<Part> {
    let Range { start, end } = part.range;
    let first = stretches.partition_point(|stretch| stretch.end <= start);
    let from_here =
        stretches.get(first..).unwrap_or_default().iter().take_while(|stretch| stretch.start < end);
    let inside: Vec<Range<usize>> =
        from_here.map(|stretch| stretch.start.max(start)..stretch.end.min(end)).collect();
    let covered: usize = inside.iter().map(Range::len).sum();
    let is_heading = matches!(part.role, Role::Column | Role::Kicker | Role::Headline | Role::Subhead);
    if is_heading || inside.is_empty() {
        return vec![Part { is_left_out: 2 * covered > end - start, ..part.clone() }];
    }
    let piece = |range: Range<usize>, is_left_out| Part { range, is_left_out, ..part.clone() };
    let mut pieces = Vec::new();
    let mut at = start;
    for stretch in inside {
        pieces.push(piece(at..stretch.start, false));
        at = stretch.end;
        pieces.push(piece(stretch, true));
    }
    pieces.push(piece(at..end, false));
    pieces.retain(|piece| !piece.range.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Duplicates, Reader, Selection};
    use crate::source::Document;

    const TEXT: &str = "浙江工人日报\n2021年3月2日 星期二\n\n劳模开讲\n\n　　本报讯 昨天上午劳模开讲，台下掌声不断。\n\n　　另据了解，明年还要办。\n";

    fn page() -> Page {
        Reader::default().read(Document { text: TEXT.into(), first_line: 1, ..Document::default() })
    }

    fn counted(page: &Page) -> String {
        let selection = Selection::all(page, Duplicates::Skip);
        selection.parts_of(0).map(|(at, _)| page.part_text(at)).collect::<Vec<_>>().join("|")
    }

    fn passage(line: u32, column: u32, text: &str) -> Passage {
        Passage { article: 1, from: Position { line, column, ..Position::default() }, text: text.into() }
    }

    #[test]
    fn a_stretch_over_two_paragraphs_is_cut_out() {
        let mut page = page();
        let whole = counted(&page);
        assert_eq!(whole, "劳模开讲|本报讯昨天上午劳模开讲，台下掌声不断。|另据了解，明年还要办。");
        assert_eq!(page.leave_out(&[passage(6, 7, "昨天上午劳模开讲，台下掌声不断。 另据了解，")]), 1);
        assert_eq!(counted(&page), "劳模开讲|本报讯|明年还要办。");
        assert!(!page.is_left_out(0));
    }

    #[test]
    fn an_article_may_be_left_out_whole() {
        let mut page = page();
        let text = "劳模开讲 本报讯昨天上午劳模开讲，台下掌声不断。 另据了解，明年还要办。";
        assert_eq!(page.leave_out(&[passage(4, 1, text), passage(6, 7, "昨天上午")]), 2);
        assert_eq!(counted(&page), "");
        assert!(page.is_left_out(0));
    }

    #[test]
    fn what_does_not_stand_where_it_is_said_to_is_not_touched() {
        let mut page = page();
        let whole = counted(&page);
        for passage in [
            passage(6, 7, "前天上午"),
            passage(6, 70, "昨天"),
            passage(99, 1, "昨天"),
            passage(6, 7, "昨天上午劳模开讲，台下鸦雀无声。"),
        ] {
            assert_eq!(page.leave_out([&passage]), 0, "{passage:?}");
        }
        assert_eq!(page.leave_out(&[Passage { article: 9, ..passage(6, 7, "昨天") }]), 0);
        assert_eq!(counted(&page), whole);
    }
}
