//! How often something was found, in how many articles and pages, since when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::page::Selection;

/// The number of a page within one partial, to count a page once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PageStamp(u32);

impl PageStamp {
    /// The articles that count, each with the stamp of the printed page that it stands on.
    pub(crate) fn articles(&mut self, selection: &Selection<'_>) -> Vec<(Self, usize)> {
        let stamped = selection.by_sheet().map(|(opens_page, index)| {
            if opens_page {
                self.turn();
            }
            (*self, index)
        });
        stamped.collect()
    }

    /// Goes on to another page.
    pub(crate) fn turn(&mut self) {
        self.0 += 1;
    }
}

/// What was counted of one thing. Tallies add up in any order.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// How often.
    pub(crate) count: u64,
    /// In how many articles.
    pub(crate) articles: u32,
    /// On how many pages.
    pub(crate) pages: u32,
    /// The first day.
    pub(crate) first: Option<Date>,
    /// The last day.
    pub(crate) last: Option<Date>,
    /// Of the partial at hand only: another has other numbers.
    #[serde(skip)]
    last_page: PageStamp,
}

impl Tally {
    /// Adds what one article has; `page` is the stamp of the page it stands on, which is 1 or more.
    pub(crate) fn add(&mut self, count: u64, page: PageStamp, date: Option<Date>) {
        self.count += count;
        self.articles += 1;
        if self.last_page != page {
            self.last_page = page;
            self.pages += 1;
        }
        self.widen(date, date);
    }

    /// Adds what another partial, which saw other pages, has.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.articles += other.articles;
        self.pages += other.pages;
        self.widen(other.first, other.last);
    }

    fn widen(&mut self, first: Option<Date>, last: Option<Date>) {
        // `None` is the smallest, so it must not win as the first day.
        self.first = match (self.first, first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.last = self.last.max(last);
    }
}
