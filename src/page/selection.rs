//! What of a page a run was asked for.

use super::characters;
use super::{Article, Page, Part};

/// What to do with passages that the OCR printed a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Duplicates {
    /// Leave them out.
    #[default]
    Skip,
    /// Take them like any other text.
    Keep,
}

/// A page together with what of it counts: the articles that a filter let through, with or without the
/// passages that stand there twice. It is what every analysis is given.
///
/// ```
/// use zjgr::Document;
/// use zjgr::page::{Duplicates, Reader, Selection};
///
/// let page = Reader::default().read(Document::of("职工有了新家园\n　　昨天上午，东浦机床厂的大楼盖好了。"));
/// let selection = Selection::all(&page, Duplicates::Skip);
/// let texts: Vec<&str> = selection.parts_of(0).map(|(part, _)| page.part_text(part)).collect();
/// assert_eq!(texts[0], "职工有了新家园");
/// assert!(Selection::of(&page, vec![false], Duplicates::Skip).is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Selection<'p> {
    page: &'p Page,
    /// One entry an article; none where every article counts, and with them what no article owns.
    chosen: Option<Vec<bool>>,
    duplicates: Duplicates,
}

impl<'p> Selection<'p> {
    /// The whole page, furniture included.
    pub fn all(page: &'p Page, duplicates: Duplicates) -> Self {
        Self { page, chosen: None, duplicates }
    }

    /// The articles of `page` for which `chosen` (one entry an article) is true, and nothing else.
    pub fn of(page: &'p Page, chosen: Vec<bool>, duplicates: Duplicates) -> Self {
        Self { page, chosen: Some(chosen), duplicates }
    }

    /// The page, with everything on it.
    pub fn page(&self) -> &'p Page {
        self.page
    }

    /// What happens to repeated passages.
    pub fn duplicates(&self) -> Duplicates {
        self.duplicates
    }

    /// True where nothing on the page counts, although it has articles.
    pub fn is_empty(&self) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| !chosen.contains(&true))
    }

    /// True where article `index` counts; `None` asks for what no article owns. One that was joined to an article of
    /// another page counts there.
    pub fn has(&self, index: Option<usize>) -> bool {
        let is_joined = |index: usize| self.page.articles.get(index).is_some_and(|article| article.is_joined);
        self.shows(index) && !index.is_some_and(is_joined)
    }

    /// True where the lines of article `index` are among those asked for, wherever it counts.
    pub fn shows(&self, index: Option<usize>) -> bool {
        match (&self.chosen, index) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(chosen), Some(index)) => chosen.get(index).copied().unwrap_or(false),
        }
    }

    /// The passages that are left out since they repeat others: how many, and how many characters they have.
    pub fn repeats(&self) -> (u64, u64) {
        if self.duplicates == Duplicates::Keep {
            return (0, 0);
        }
        let parts = self.page.parts.iter().enumerate();
        let repeated = parts
            .filter(|(_, part)| part.duplicate_of.is_some() && !part.is_left_out && self.has(part.article));
        let sizes = repeated.map(|(at, _)| characters(self.page.part_text(at)) as u64);
        sizes.fold((0, 0), |(passages, chars), size| (passages + 1, chars + size))
    }

    /// The articles that count, each with its index into [`Page::articles`].
    pub fn articles(&self) -> impl Iterator<Item = (usize, &'p Article)> {
        self.page.articles.iter().enumerate().filter(|(index, _)| self.has(Some(*index)))
    }

    /// The articles that count, as indices into [`Page::articles`], printed page by printed page.
    pub fn sheets(&self) -> Vec<Vec<usize>> {
        let mut sheets: Vec<Vec<usize>> = Vec::with_capacity(1);
        for (index, _) in self.articles() {
            let same = |articles: &&mut Vec<usize>| {
                articles.first().is_some_and(|&first| self.page.sheet_of(first) == self.page.sheet_of(index))
            };
            match sheets.iter_mut().find(same) {
                Some(articles) => articles.push(index),
                None => sheets.push(vec![index]),
            }
        }
        sheets
    }

    /// The same in one list, each article with whether it is the first of its page.
    pub fn by_sheet(&self) -> impl Iterator<Item = (bool, usize)> {
        let opening =
            |articles: Vec<usize>| articles.into_iter().enumerate().map(|(at, index)| (at == 0, index));
        self.sheets().into_iter().flat_map(opening)
    }

    /// The parts that count, each with its index into [`Page::parts`], in source order: those of the articles
    /// that count and, where no filter chose among them, those that no article owns.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &'p Part)> {
        self.page.parts.iter().enumerate().filter(|(_, part)| self.has(part.article) && self.counts(part))
    }

    /// The parts of article `index` that count: kicker, headline and subhead, then the rest in source order.
    /// The column that it stands under is not among them.
    pub fn parts_of(&self, index: usize) -> impl Iterator<Item = (usize, &'p Part)> {
        let article = self.page.articles.get(index).filter(|_| self.has(Some(index)));
        let heads = article.into_iter().flat_map(|a| [a.kicker, a.headline, a.subhead]).flatten();
        let rest = article.into_iter().flat_map(|a| a.parts.iter().copied());
        heads
            .chain(rest)
            .filter_map(|at| self.page.parts.get(at).map(|part| (at, part)))
            .filter(|(_, part)| self.counts(part))
    }

    fn counts(&self, part: &Part) -> bool {
        let is_told_once = part.duplicate_of.is_none() || self.duplicates == Duplicates::Keep;
        is_told_once && !part.is_left_out
    }
}
