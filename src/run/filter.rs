//! Which articles count.

use jiff::civil::Date;
use regex::Regex;

use crate::page::{Duplicates, Page, Selection};

/// Which articles count; by default all of them do.
///
/// ```
/// use zjgr::run::Filter;
///
/// let mut filter = Filter::default();
/// filter.newspapers.push("东浦工人报".to_owned());
/// filter.since = Some("2021-02-25".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Filter {
    /// Nothing published before this day, and nothing without a date.
    pub since: Option<Date>,
    /// Nothing published after this day, and nothing without a date.
    pub until: Option<Date>,
    /// Only these papers; all where it is empty.
    pub newspapers: Vec<String>,
    /// Only articles of which a headline or a paragraph matches.
    pub matching: Option<Regex>,
}

/// What a filter makes of a page.
#[derive(Debug)]
pub(super) enum Verdict<'p> {
    /// These articles count.
    Take(Selection<'p>),
    /// None does.
    Pass,
    /// None does, since the filter asks for a date and the page has none.
    Undated,
}

impl Filter {
    /// Which of the newspapers that are asked for the page is of: a bit for each of the first 64.
    pub(super) fn newspapers_of(&self, page: &Page) -> u64 {
        let is_of = |name: &str| {
            let mut articles = (0..page.articles.len()).map(Some).chain([None]);
            articles.any(|article| page.newspaper_of(article) == Some(name))
        };
        self.newspapers
            .iter()
            .zip(0..u64::BITS)
            .filter(|(name, _)| is_of(name))
            .map(|(_, bit)| 1 << bit)
            .sum()
    }

    pub(super) fn judge<'p>(&self, page: &'p Page, duplicates: Duplicates) -> Verdict<'p> {
        let whole = Selection::all(page, duplicates);
        let fits_whole = self.is_met(page, None);
        let chosen: Vec<bool> = (0..page.articles.len())
            .map(|article| self.is_met(page, Some(article)) && !page.is_left_out(article))
            .collect();
        if fits_whole && self.matching.is_none() && !chosen.contains(&false) {
            return Verdict::Take(whole);
        }
        let asks_for_date = self.since.is_some() || self.until.is_some();
        let dated =
            || page.date().is_some() || (0..chosen.len()).any(|article| page.date_of(article).is_some());
        if asks_for_date && !dated() {
            return Verdict::Undated;
        }
        let matches = |article: usize| {
            let Some(pattern) = &self.matching else { return true };
            whole.parts_of(article).any(|(at, _)| pattern.is_match(page.part_text(at)))
        };
        let chosen = chosen.into_iter().enumerate().map(|(article, fits)| fits && matches(article)).collect();
        let selection = Selection::of(page, chosen, duplicates);
        if selection.is_empty() { Verdict::Pass } else { Verdict::Take(selection) }
    }

    /// True where day and paper of an article, or of what no article owns, are among those asked for.
    fn is_met(&self, page: &Page, article: Option<usize>) -> bool {
        let date = page.date_of(article);
        let after = self.since.is_none_or(|since| date.is_some_and(|date| date >= since));
        let before = self.until.is_none_or(|until| date.is_some_and(|date| date <= until));
        let paper = || {
            page.newspaper_of(article).is_some_and(|name| self.newspapers.iter().any(|asked| asked == name))
        };
        after && before && (self.newspapers.is_empty() || paper())
    }
}
