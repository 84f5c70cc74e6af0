//! Counting apart what stands in different months, papers, articles.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::period::Length;
use super::round;
use crate::page::Selection;
use crate::table::{Column, Row, Type};

/// By what is counted apart.
///
/// ```
/// use zjgr::analysis::{counted, group::By, lengths::Lengths};
/// use zjgr::page::Reader;
/// use zjgr::table::Format;
/// use zjgr::term::{Segmenter, SegmenterOptions};
///
/// let mut lengths = Lengths::new(Segmenter::new(SegmenterOptions::default()));
/// lengths.by = Some(By::Year);
/// let page = Reader::default().read(zjgr::Document::of("2021年3月2日 星期二\n\n职工参加比赛。"));
/// assert!(counted(&lengths, &[page], Format::CSV)?.contains("\n2021,"));
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
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
    /// By the running column or campaign that an article stands under.
    Column,
    /// By the name of the page (版名).
    Section,
    /// By a field that records carry along: its name, and its place among [`crate::source::Fields::kept`].
    Field(String, usize),
}

impl By {
    /// The name of the column that says which group a row is about.
    pub fn name(&self) -> &str {
        match self {
            Self::Date => "date",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Article => "article",
            Self::Page => "page",
            Self::File => "file",
            Self::Newspaper => "newspaper",
            Self::Column => "column",
            Self::Section => "section",
            Self::Field(name, _) => name,
        }
    }

    /// How long the periods are, where groups are periods.
    pub fn length(&self) -> Option<Length> {
        let lengths = [Length::Day, Length::Month, Length::Quarter, Length::Year];
        lengths.into_iter().find(|length| length.by() == *self)
    }

    /// The group of article `index` of a page.
    pub(crate) fn key(&self, selection: &Selection<'_>, index: usize) -> GroupKey {
        let page = selection.page();
        let day = |format: &str| {
            page.date_of(index).map_or_else(String::new, |date| date.strftime(format).to_string())
        };
        let name: Arc<str> = match self {
            Self::Date => day("%Y-%m-%d").into(),
            Self::Month => day("%Y-%m").into(),
            Self::Quarter => {
                let name = page.date_of(index).map(|date| Length::Quarter.name(Length::Quarter.of(date)));
                name.unwrap_or_default().into()
            }
            Self::Year => day("%Y").into(),
            Self::Article => return GroupKey::of_article(selection, index),
            Self::Page => sheet_name(selection, index),
            Self::File => Arc::clone(&page.file),
            Self::Newspaper => page.newspaper_of(index).unwrap_or_default().into(),
            Self::Column => {
                let label = page.articles.get(index).and_then(|article| article.column);
                label.map_or("", |part| page.part_text(part)).into()
            }
            Self::Section => page.section_of(index).unwrap_or_default().into(),
            Self::Field(_, place) => {
                let said = page.document().meta.kept.get(*place).and_then(Option::as_deref);
                said.unwrap_or_default().into()
            }
        };
        GroupKey { name, ..GroupKey::default() }
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
pub(crate) struct GroupKey {
    /// The name; of an article the file it stands in.
    name: Arc<str>,
    /// The number of the record in its file where the group is an article of one, else 0.
    record: u32,
    /// The number of the article where the group is one, else 0.
    number: u32,
    /// What the article's file and record are called.
    label: Arc<str>,
}

impl GroupKey {
    /// The group that article `index` of a page is by itself.
    fn of_article(selection: &Selection<'_>, index: usize) -> Self {
        let page = selection.page();
        Self {
            name: Arc::clone(&page.file),
            record: page.document().record.unwrap_or_default(),
            number: page.articles.get(index).map_or(0, |article| article.number),
            label: name_of(selection),
        }
    }

    /// The name as tables show it; an article's is `file#number`.
    pub(crate) fn label(&self) -> String {
        match self.number {
            0 => self.name.to_string(),
            number => format!("{}#{number}", self.label),
        }
    }
}

/// What is counted in a group.
pub(crate) trait Grouped {
    /// The group.
    fn group(&self) -> &GroupKey;
}

/// The columns of a table whose rows may be counted apart: the group where they are, then `rest`.
pub(crate) fn columns<R: Row + 'static>(by: Option<&By>, rest: &[Column<R>]) -> Vec<Column<R>>
where
    for<'p> R::At<'p>: Grouped,
{
    let about = "The group; an article is file#number";
    let group = by.map(|by| {
        let name = by.name().to_owned();
        Column::<R>::nth(Type::Text, name, about, 0, |row, _| row.group().label().into())
    });
    group.into_iter().chain(rest.iter().cloned()).collect()
}

/// What stands in the columns of a wide table: a row per thing, a column per group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Wide {
    /// How often it occurs.
    #[default]
    Count,
    /// How often in how much text: per million words, slogans per 10,000 characters.
    Share,
}

/// A group of a wide table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WideGroup {
    /// Its number; none for a period that has no text.
    pub(crate) id: Option<GroupId>,
    /// Its name.
    pub(crate) key: GroupKey,
}

/// A row of a wide table.
pub(crate) trait Spread {
    /// What stands in the columns of the groups; nothing where a group has no text.
    fn values(&self) -> &[Option<f64>];
}

impl Wide {
    /// What stands in the column of a group: `count` of its own, or its share in `size`, of which `per` is one unit.
    pub(crate) fn value(self, count: u64, size: u64, per: f64) -> Option<f64> {
        match self {
            _ if size == 0 => None,
            Self::Count => Some(count as f64),
            Self::Share => Some(round(count as f64 * per / size as f64, 4)),
        }
    }

    /// The columns of `groups`; `unit` is that of shares.
    pub(crate) fn columns<R: Row + 'static>(self, groups: &[WideGroup], unit: &'static str) -> Vec<Column<R>>
    where
        for<'p> R::At<'p>: Spread,
    {
        let column = |(number, group): (usize, &WideGroup)| match self {
            Self::Count => {
                let about = "How often in this group; empty where it has no text";
                Column::<R>::nth(Type::Integer, group.key.label(), about, number, |row, number| {
                    row.values().get(number).copied().flatten().map(|count| count as u64).into()
                })
            }
            Self::Share => {
                let about = "How often in the text of this group; empty where it has none";
                Column::<R>::nth(Type::Decimal, group.key.label(), about, number, |row, number| {
                    row.values().get(number).copied().flatten().into()
                })
                .in_unit(unit)
            }
        };
        groups.iter().enumerate().map(column).collect()
    }
}

/// The number of a group among [`Groups`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct GroupId(u32);

impl GroupId {
    /// The number, to index a list with that has an entry for each group.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is added up in each group: a `T`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PerGroup<T>(Vec<T>);

impl<T> Default for PerGroup<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> PerGroup<T> {
    /// What is added up in `group`, to be added to.
    pub(crate) fn of(&mut self, group: GroupId) -> &mut T {
        self.0.resize_with(self.0.len().max(group.index() + 1), T::default);
        &mut self.0[group.index()]
    }

    /// What was added up in `group`; none where nothing was.
    pub(crate) fn get(&self, group: GroupId) -> Option<&T> {
        self.0.get(group.index())
    }

    /// The same by the numbers that [`Groups::in_order`] gives, for every group.
    pub(crate) fn in_order(&self, numbers: &[GroupId]) -> Self
    where
        T: Clone,
    {
        let mut ordered = Self(vec![T::default(); numbers.len()]);
        for (&number, value) in numbers.iter().zip(&self.0) {
            value.clone_into(ordered.of(number));
        }
        ordered
    }

    /// What is added up in each group, by its number.
    pub(crate) fn all(&self) -> &[T] {
        &self.0
    }

    /// The same, to be changed.
    pub(crate) fn all_mut(&mut self) -> &mut [T] {
        &mut self.0
    }

    /// Adds with `add` what `other` has, whose groups have these `numbers` here, as [`Groups::merge`] says.
    pub(crate) fn merge(&mut self, numbers: &[GroupId], other: Self, mut add: impl FnMut(&mut T, T)) {
        for (&group, there) in numbers.iter().zip(other.0) {
            add(self.of(group), there);
        }
    }
}

/// The groups that were met, numbered in the order in which they were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "GroupList", into = "GroupList")]
pub(crate) struct Groups {
    by: Option<By>,
    numbers: FxHashMap<GroupKey, GroupId>,
    keys: Vec<GroupKey>,
}

/// Groups as they are kept.
#[derive(Serialize, Deserialize)]
struct GroupList {
    by: Option<By>,
    keys: Vec<(String, u32, u32, String)>,
}

impl From<Groups> for GroupList {
    fn from(groups: Groups) -> Self {
        let kept = |key: &GroupKey| (key.name.to_string(), key.record, key.number, key.label.to_string());
        let keys = groups.keys.iter().map(kept).collect();
        Self { by: groups.by, keys }
    }
}

impl From<GroupList> for Groups {
    fn from(list: GroupList) -> Self {
        let mut groups = Self { by: list.by, ..Self::default() };
        for (name, record, number, label) in list.keys {
            groups.number(GroupKey { name: name.into(), record, number, label: label.into() });
        }
        groups
    }
}

impl Groups {
    /// Groups by `by`; without it there is one group, which has no name.
    pub(crate) fn new(by: Option<By>) -> Self {
        let mut groups = Self { by, ..Self::default() };
        if groups.by.is_none() {
            groups.number(GroupKey::default());
        }
        groups
    }

    /// By what they are told apart.
    pub(crate) fn by(&self) -> Option<&By> {
        self.by.as_ref()
    }

    /// The group of article `index` of a page.
    pub(crate) fn of(&mut self, selection: &Selection<'_>, index: usize) -> GroupId {
        match &self.by {
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
    pub(crate) fn key(&self, id: GroupId) -> Option<&GroupKey> {
        self.keys.get(id.index())
    }

    /// The groups with their names, in the order in which tables show them.
    pub(crate) fn sorted(&self) -> Vec<(GroupId, &GroupKey)> {
        let mut groups: Vec<_> = (0..).map(GroupId).zip(&self.keys).collect();
        groups.sort_unstable_by(|a, b| a.1.cmp(b.1));
        groups
    }

    /// The same, and between the first period and the last those that have no text.
    pub(crate) fn without_gaps(&self) -> Vec<WideGroup> {
        let wide = |(id, key): (GroupId, &GroupKey)| WideGroup { id: Some(id), key: key.clone() };
        let known: Vec<WideGroup> = self.sorted().into_iter().map(wide).collect();
        let Some(length) = self.by.as_ref().and_then(By::length) else { return known };
        let mut groups: Vec<WideGroup> = Vec::with_capacity(known.len());
        for group in known {
            let last = groups.last().and_then(|group| length.parse(&group.key.name));
            let between = last.zip(length.parse(&group.key.name)).into_iter();
            // The first and the last of them are there.
            let between =
                between.flat_map(|(last, next)| last.to(next).skip(1)).map(|period| length.name(period));
            let empty = between.filter(|name| **name != *group.key.name).map(|name| WideGroup {
                id: None,
                key: GroupKey { name: name.into(), ..GroupKey::default() },
            });
            groups.extend(empty);
            groups.push(group);
        }
        groups
    }

    /// The groups as they are kept, numbered in the order of their keys; says for each number of now which it is there.
    pub(crate) fn in_order(&self) -> (Self, Vec<GroupId>) {
        let mut ordered = Self { by: self.by.clone(), ..Self::default() };
        let mut numbers = vec![GroupId::default(); self.keys.len()];
        for (id, key) in self.sorted() {
            numbers[id.index()] = ordered.number(key.clone());
        }
        (ordered, numbers)
    }

    /// Takes the groups of `other` in; says for each number of `other` which number it has here.
    pub(crate) fn merge(&mut self, other: Self) -> Vec<GroupId> {
        other.keys.into_iter().map(|key| self.number(key)).collect()
    }
}
