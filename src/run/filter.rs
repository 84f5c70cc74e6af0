//! Which articles count.

use jiff::civil::Date;
use regex::Regex;

use crate::page::{Duplicates, Page, Selection};

/// Which articles count; by default all of them do.
#[derive(Debug, Clone, Default)]
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
    pub(super) fn judge<'p>(&self, page: &'p Page, duplicates: Duplicates) -> Verdict<'p> {
        if self.since.is_some() || self.until.is_some() {
            let Some(date) = page.date() else { return Verdict::Undated };
            if self.since.is_some_and(|since| date < since) || self.until.is_some_and(|until| date > until) {
                return Verdict::Pass;
            }
        }
        if !self.newspapers.is_empty() && !self.newspapers.iter().any(|name| page.newspaper() == Some(name)) {
            return Verdict::Pass;
        }
        let Some(pattern) = &self.matching else {
            return Verdict::Take(Selection::all(page, duplicates));
        };
        let whole = Selection::all(page, duplicates);
        let chosen = (0..page.articles.len())
            .map(|article| whole.parts_of(article).any(|(at, _)| pattern.is_match(page.part_text(at))))
            .collect();
        let selection = Selection::of(page, chosen, duplicates);
        if selection.is_empty() { Verdict::Pass } else { Verdict::Take(selection) }
    }
}
