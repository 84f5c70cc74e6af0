//! Counting apart what stands in different months, papers, articles.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::period::Length;
use crate::page::Selection;
use crate::table::{Column, Row};

/// By what is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum By {
    /// By the day of issue.
    Date,
    /// By its month.
    Month,
    /// By its quarter.
    Quarter,
    /// By its year.
    Year,
    /// By article.
    Article,
    /// By printed page: file, day, number of the page.
    Page,
    /// By file.
    File,
    /// By newspaper.
    Newspaper,
}

impl By {
    /// The name of the column that says which group a row is about.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Article => "article",
            Self::Page => "page",
            Self::File => "file",
            Self::Newspaper => "newspaper",
        }
    }

    /// The group of article `index` of a page.
    pub fn key(self, selection: &Selection<'_>, index: usize) -> GroupKey {
        let page = selection.page();
        let number = page.articles.get(index).map_or(0, |article| article.number);
        let day = |format: &str| {
            page.date_of(index).map_or_else(String::new, |date| date.strftime(format).to_string())
        };
        let (name, number) = match self {
            Self::Date => (day("%Y-%m-%d").into(), 0),
            Self::Month => (day("%Y-%m").into(), 0),
            Self::Quarter => {
                let name = page.date_of(index).map(|date| Length::Quarter.name(Length::Quarter.of(date)));
                (name.unwrap_or_default().into(), 0)
            }
            Self::Year => (day("%Y").into(), 0),
            Self::Article => (name_of(selection), number),
            Self::Page => (sheet_name(selection, index), 0),
            Self::File => (Arc::clone(&page.file), 0),
            Self::Newspaper => (page.newspaper_of(index).unwrap_or_default().into(), 0),
        };
        GroupKey { name, number }
    }
}

/// The file, and the record in it where the file has several.
fn name_of(selection: &Selection<'_>) -> Arc<str> {
    let page = selection.page();
    match (&page.id, page.document().first_line) {
        (Some(id), _) => format!("{}:{id}", page.file).into(),
        (None, line @ 2..) => format!("{}:{line}", page.file).into(),
        _ => Arc::clone(&page.file),
    }
}

/// The same with the day and the number of the page, where the file holds several pages.
fn sheet_name(selection: &Selection<'_>, index: usize) -> Arc<str> {
    let page = selection.page();
    let name = name_of(selection);
    if page.sheet_count() == 1 {
        return name;
    }
    let date = page.date_of(index).map_or_else(String::new, |date| format!(":{date}"));
    let number = page.page_of(index).map_or_else(String::new, |number| format!(":{number}"));
    format!("{name}{date}{number}").into()
}

/// What a group is called. Groups are shown in the order of their keys; what has no date or no newspaper is the
/// group without a name, and comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    name: Arc<str>,
    /// The number of the article where the group is one, else 0.
    number: u32,
}

impl GroupKey {
    /// The name as tables show it; an article's is `file#number`.
    pub fn label(&self) -> String {
        match self.number {
            0 => self.name.to_string(),
            number => format!("{}#{number}", self.name),
        }
    }
}

/// What is counted in a group.
pub trait Grouped {
    /// The group.
    fn group(&self) -> &GroupKey;
}

/// The columns of a table whose rows may be counted apart: the group where they are, then `rest`.
pub fn columns<R: Row + 'static>(by: Option<By>, rest: &[Column<R>]) -> Vec<Column<R>>
where
    for<'p> R::At<'p>: Grouped,
{
    let about = "The group; an article is file#number";
    let group = by.map(|by| Column::<R>::text(by.name(), about, |row| row.group().label().into()));
    group.into_iter().chain(rest.iter().cloned()).collect()
}

/// The number of a group among [`Groups`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupId(u32);

impl GroupId {
    /// The number, to index a list with that has an entry for each group.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The groups that were met, numbered in the order in which they were.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "GroupList", into = "GroupList")]
pub struct Groups {
    by: Option<By>,
    numbers: FxHashMap<GroupKey, GroupId>,
    keys: Vec<GroupKey>,
}

/// Groups as they are kept.
#[derive(Serialize, Deserialize)]
struct GroupList {
    by: Option<By>,
    keys: Vec<(String, u32)>,
}

impl From<Groups> for GroupList {
    fn from(groups: Groups) -> Self {
        let keys = groups.keys.iter().map(|key| (key.name.to_string(), key.number)).collect();
        Self { by: groups.by, keys }
    }
}

impl From<GroupList> for Groups {
    fn from(list: GroupList) -> Self {
        let mut groups = Self { by: list.by, ..Self::default() };
        for (name, number) in list.keys {
            groups.number(GroupKey { name: name.into(), number });
        }
        groups
    }
}

impl Groups {
    /// Groups by `by`; without it there is one group, which has no name.
    pub fn new(by: Option<By>) -> Self {
        let mut groups = Self { by, ..Self::default() };
        if by.is_none() {
            groups.number(GroupKey::default());
        }
        groups
    }

    /// By what they are told apart.
    pub fn by(&self) -> Option<By> {
        self.by
    }

    /// The group of article `index` of a page.
    pub fn of(&mut self, selection: &Selection<'_>, index: usize) -> GroupId {
        match self.by {
            Some(by) => self.number(by.key(selection, index)),
            None => GroupId(0),
        }
    }

    fn number(&mut self, key: GroupKey) -> GroupId {
        if let Some(&id) = self.numbers.get(&key) {
            return id;
        }
        let id = GroupId(self.keys.len() as u32);
        self.keys.push(key.clone());
        self.numbers.insert(key, id);
        id
    }

    /// The name of a group.
    pub fn key(&self, id: GroupId) -> Option<&GroupKey> {
        self.keys.get(id.index())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The groups with their names, in the order in which tables show them.
    pub fn sorted(&self) -> Vec<(GroupId, &GroupKey)> {
        let mut groups: Vec<_> = (0..).map(GroupId).zip(&self.keys).collect();
        groups.sort_unstable_by(|a, b| a.1.cmp(b.1));
        groups
    }

    /// Takes the groups of `other` in; says for each number of `other` which number it has here.
    pub fn merge(&mut self, other: Self) -> Vec<GroupId> {
        other.keys.into_iter().map(|key| self.number(key)).collect()
    }
}
