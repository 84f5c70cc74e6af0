//! How often each slogan is used: in how many articles and pages, in headlines, in quotation marks, since when.
//!
//! ```
//! use zjgr::analysis::slogans::{Mentions, Slogans};
//! use zjgr::analysis::{counted, listed};
//! use zjgr::page::Reader;
//! use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
//! use zjgr::table::Format;
//!
//! let finder = || Ok::<_, zjgr::Error>(SloganFinder::new(Lexicon::builtin()?, Overlap::default()));
//! let page = Reader::default().read(zjgr::Document::of("昨天上午，“浙工惠”平台上线，职工都说浙工惠好。"));
//! let table = counted(&Slogans::new(finder()?), &[page.clone()], Format::CSV)?;
//! assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("浙工惠,") && row.contains(",2,1,1,")), "{table}");
//! assert_eq!(listed(&Mentions::new(finder()?), &[page], Format::CSV)?.lines().count(), 3);
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::group::{self, By, GroupId, GroupKey, Grouped, Groups, PerGroup, Spread, Wide, WideGroup};
use super::partial::{Portable, decode, encode};
use super::place::{self, Place, Placed};
use super::round;
use super::scope::Scope;
use super::tally::{PageStamp, Tally};
use super::{Analysis, Listing, Tabulate};
use crate::Result;
use crate::page::{Role, Selection, characters, first_characters, last_characters};
use crate::slogan::{Quotations, Slogan, SloganFinder, SloganId};
use crate::table::{Column, Columns, Row, Rows, Table};
use crate::term::WordEnds;

/// The columns of the table of mentions.
static MENTION_COLUMNS: LazyLock<Vec<Column<MentionRow>>> = LazyLock::new(|| {
    place::and([
        Column::text("slogan", "The slogan", |row| row.slogan.into()),
        Column::<MentionRow>::text("form", "How it is printed here", |row| (&*row.form).into()).hit(),
        Column::<MentionRow>::text("context", "The text around it, 20 characters on either side", |row| {
            (&row.context).into()
        })
        .context(),
    ])
});

static COLUMNS: &[Column<SloganRow>] = &[
    Column::text("slogan", "Its name", |row| (&row.slogan.name).into()),
    Column::text("family", "The family it belongs to", |row| row.slogan.family().into()),
    Column::integer("count", "How often it occurs", |row| row.count.uses.all.into()),
    Column::integer("articles", "In how many articles", |row| row.count.tally.articles.into()),
    Column::integer("pages", "On how many pages", |row| row.count.tally.pages.into()),
    Column::integer("in_headlines", "How often in a headline, kicker or subhead", |row| {
        row.count.uses.in_headlines.into()
    }),
    Column::integer("quoted", "How often in quotation marks that set off a name", |row| {
        row.count.uses.quoted.into()
    }),
    Column::<SloganRow>::decimal("per_10k_chars", "How often in the text searched, of the group", |row| {
        let rate = |chars: u64| round(row.count.uses.all as f64 * PER_CHARS / chars as f64, 4);
        (row.chars > 0).then(|| rate(row.chars)).into()
    })
    .in_unit("per 10,000 characters"),
    Column::date("first_date", "When it was first printed", |row| row.count.tally.first.into()),
    Column::date("last_date", "When it was last printed", |row| row.count.tally.last.into()),
];

/// What a row is about: a slogan in a group.
#[derive(Debug)]
struct SloganRow<'p> {
    group: &'p GroupKey,
    slogan: &'p Slogan,
    count: Count,
    /// How many characters of the group were searched.
    chars: u64,
}

impl Row for SloganRow<'static> {
    type At<'p> = SloganRow<'p>;
}

impl Grouped for SloganRow<'_> {
    fn group(&self) -> &GroupKey {
        self.group
    }
}

/// A row of the wide table: a slogan with its counts by group.
#[derive(Debug)]
struct WideRow<'p> {
    slogan: &'p Slogan,
    total: u64,
    values: Vec<Option<f64>>,
}

impl Row for WideRow<'static> {
    type At<'p> = WideRow<'p>;
}

impl Spread for WideRow<'_> {
    fn values(&self) -> &[Option<f64>] {
        &self.values
    }
}

/// A row of the table of mentions.
#[derive(Debug)]
struct MentionRow<'p> {
    place: Place<'p>,
    slogan: &'p str,
    form: Cow<'p, str>,
    context: String,
}

impl Row for MentionRow<'static> {
    type At<'p> = MentionRow<'p>;
}

impl Placed for MentionRow<'_> {
    fn place(&self) -> &Place<'_> {
        &self.place
    }
}

/// How many characters are shown on either side of a mention.
const CONTEXT: usize = 20;

/// What is counted, and how apart.
#[derive(Debug)]
#[non_exhaustive]
pub struct Slogans {
    /// What finds the slogans.
    pub finder: SloganFinder,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// By what they are counted apart.
    pub by: Option<By>,
    /// True to keep slogans that never occur.
    pub all: bool,
    /// For a row per slogan, and a column per group: what stands there.
    pub wide: Option<Wide>,
    /// True to count only what stands in quotation marks that set off a name.
    pub quoted_only: bool,
}

impl Slogans {
    /// Counts all that `finder` finds, all groups together.
    pub fn new(finder: SloganFinder) -> Self {
        Self { finder, scope: Scope::default(), by: None, all: false, wide: None, quoted_only: false }
    }
}

/// Every mention of a slogan, in source order.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mentions {
    /// What finds the slogans.
    pub finder: SloganFinder,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// True to show only what stands in quotation marks that set off a name.
    pub quoted_only: bool,
}

impl Mentions {
    /// Shows all that `finder` finds, in all parts of articles.
    pub fn new(finder: SloganFinder) -> Self {
        Self { finder, scope: Scope::default(), quoted_only: false }
    }
}

/// What was counted so far. Partials add up in any order to the same result.
#[derive(Debug)]
pub struct SloganCounts {
    groups: Groups,
    /// How many characters were searched, by group.
    chars: PerGroup<u64>,
    counts: FxHashMap<(GroupId, SloganId), Count>,
    page: PageStamp,
    /// What the article at hand has; emptied after each.
    article: Vec<(SloganId, Uses)>,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Count {
    tally: Tally,
    uses: Uses,
}

/// How a slogan was used.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Uses {
    all: u64,
    in_headlines: u64,
    quoted: u64,
}

impl Uses {
    fn merge(&mut self, other: Self) {
        self.all += other.all;
        self.in_headlines += other.in_headlines;
        self.quoted += other.quoted;
    }
}

impl Analysis for Slogans {
    const NAME: &'static str = "slogans";
    const ASKS_WHO: bool = false;
    type Partial = SloganCounts;

    fn start(&self) -> SloganCounts {
        SloganCounts {
            groups: Groups::new(self.by.clone()),
            chars: PerGroup::default(),
            counts: FxHashMap::default(),
            page: PageStamp::default(),
            article: Vec::new(),
        }
    }

    fn add(&self, partial: &mut SloganCounts, selection: &Selection<'_>) {
        let page = selection.page();
        for (stamp, index) in partial.page.articles(selection) {
            let group = partial.groups.of(selection, index);
            for (at, part) in self.scope.parts(selection, index) {
                let text = page.part_text(at);
                *partial.chars.of(group) += characters(text) as u64;
                let headline = matches!(part.role, Role::Kicker | Role::Headline | Role::Subhead);
                let quotations = LazyCell::new(|| Quotations::of(text));
                let mut ends = WordEnds::of(text);
                let stands = |range| ends.hold(&range);
                self.finder.find(text, stands, |mention| {
                    let quoted = quotations.hold(mention.start, mention.end);
                    if self.quoted_only && !quoted {
                        return;
                    }
                    let uses = Uses { all: 1, in_headlines: u64::from(headline), quoted: u64::from(quoted) };
                    match partial.article.iter_mut().find(|(slogan, _)| *slogan == mention.slogan) {
                        Some((_, known)) => known.merge(uses),
                        None => partial.article.push((mention.slogan, uses)),
                    }
                });
            }
            for (slogan, uses) in partial.article.drain(..) {
                let count = partial.counts.entry((group, slogan)).or_default();
                count.tally.add(uses.all, stamp, page.date_of(index));
                count.uses.merge(uses);
            }
        }
    }

    fn merge(&self, partial: &mut SloganCounts, other: SloganCounts) {
        let numbers = partial.groups.merge(other.groups);
        partial.chars.merge(&numbers, other.chars, |here, there| *here += there);
        for ((group, slogan), count) in other.counts {
            let Some(&group) = numbers.get(group.index()) else { continue };
            let here = partial.counts.entry((group, slogan)).or_default();
            here.tally.merge(&count.tally);
            here.uses.merge(count.uses);
        }
    }

    fn basis(&self, partial: &SloganCounts) -> Basis {
        let chars = |id: GroupId| partial.chars.get(id).copied().unwrap_or_default();
        Basis::default()
            .total_by("chars", &partial.groups, chars)
            .list("slogans", &self.finder.lexicon().print())
    }
}

impl Portable for Slogans {
    fn pack(&self, partial: &mut SloganCounts) -> Result<Vec<u8>> {
        let (groups, numbers) = partial.groups.in_order();
        let number = |group: GroupId| numbers.get(group.index()).copied().unwrap_or_default();
        let counts = partial.counts.iter().map(|(&(group, slogan), count)| ((number(group), slogan), count));
        let counts: BTreeMap<_, _> = counts.collect();
        encode(&(groups, partial.chars.in_order(&numbers), counts))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<SloganCounts> {
        let (groups, chars, counts) = decode(bytes)?;
        Ok(SloganCounts { groups, chars, counts, ..self.start() })
    }
}

impl Tabulate for Slogans {
    fn columns(&self, partial: &SloganCounts) -> Columns {
        match self.wide {
            Some(wide) => Columns::from(&wide_columns(wide, partial)),
            None => Columns::from(&group::columns(self.by.as_ref(), COLUMNS)),
        }
    }

    fn rows(&self, partial: &mut SloganCounts, table: &mut Table) -> Result<()> {
        match self.wide {
            Some(wide) => self.wide_rows(wide, partial, table),
            None => self.long_rows(partial, table),
        }
    }
}

impl Slogans {
    /// The rows: group by group, and in each the slogans in the order of the lexicon.
    fn long_rows(&self, partial: &SloganCounts, table: &mut Table) -> Result<()> {
        let columns = group::columns(self.by.as_ref(), COLUMNS);
        for (id, group) in partial.groups.sorted() {
            let chars = partial.chars.get(id).copied().unwrap_or_default();
            for (slogan_id, slogan) in self.finder.slogans() {
                let count = partial.counts.get(&(id, slogan_id)).copied();
                if count.is_none() && !self.all {
                    continue;
                }
                let count = count.unwrap_or_default();
                table.push(&columns, &SloganRow { group, slogan, count, chars })?;
            }
        }
        Ok(())
    }

    /// The rows of the wide table: a slogan each, with what stands in the columns of the groups.
    fn wide_rows(&self, wide: Wide, partial: &SloganCounts, table: &mut Table) -> Result<()> {
        let columns = wide_columns(wide, partial);
        let groups = partial.groups.without_gaps();
        for (id, slogan) in self.finder.slogans() {
            let uses = |group| partial.counts.get(&(group, id)).map_or(0, |count| count.uses.all);
            let value = |group: &WideGroup| {
                let group = group.id?;
                let chars = partial.chars.get(group).copied().unwrap_or_default();
                wide.value(uses(group), chars, PER_CHARS)
            };
            let total = groups.iter().filter_map(|group| group.id).map(uses).sum();
            if self.all || total > 0 {
                let values = groups.iter().map(value).collect();
                table.push(&columns, &WideRow { slogan, total, values })?;
            }
        }
        Ok(())
    }
}

/// Shares are those in so many characters.
const PER_CHARS: f64 = 10_000.0;

/// The columns of the wide table: one for each group.
fn wide_columns(wide: Wide, partial: &SloganCounts) -> Vec<Column<WideRow<'static>>> {
    let head: [Column<WideRow<'static>>; 3] = [
        Column::text("slogan", "Its name", |row| (&row.slogan.name).into()),
        Column::text("family", "The family it belongs to", |row| row.slogan.family().into()),
        Column::integer("total", "How often it occurs in all", |row| row.total.into()),
    ];
    let groups = wide.columns(&partial.groups.without_gaps(), "per 10,000 characters");
    head.into_iter().chain(groups).collect()
}

impl Listing for Mentions {
    const NAME: &'static str = "slogan-mentions";
    const ASKS_WHO: bool = false;

    fn columns(&self) -> Columns {
        Columns::from(&*MENTION_COLUMNS)
    }

    fn basis(&self) -> Basis {
        Basis::default().list("slogans", &self.finder.lexicon().print())
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let page = selection.page();
        let mut found = Vec::new();
        for (index, _) in selection.articles() {
            for (at, part) in self.scope.parts(selection, index) {
                let text = page.part_text(at);
                let quotations = LazyCell::new(|| Quotations::of(text));
                let mut ends = WordEnds::of(text);
                let stands = |range| ends.hold(&range);
                self.finder.find(text, stands, |mention| {
                    if !self.quoted_only || quotations.hold(mention.start, mention.end) {
                        found.push((part.range.start + mention.start, at, index, mention));
                    }
                });
            }
        }
        found.sort_by_key(|&(offset, ..)| offset);
        let mut cursor = page.cursor();
        for (offset, at, index, mention) in found {
            let place = Place::of(page, Some(index), cursor.position(offset));
            let text = page.part_text(at);
            let (before, rest) = text.split_at_checked(mention.start).unwrap_or_default();
            let (form, after) = rest.split_at_checked(mention.end - mention.start).unwrap_or_default();
            let context = [last_characters(before, CONTEXT), form, first_characters(after, CONTEXT)].concat();
            let slogan = self.finder.slogan(mention.slogan).map_or("", |slogan| &slogan.name);
            let form = page.printed(offset..offset + form.len());
            rows.push(&MENTION_COLUMNS, &MentionRow { place, slogan, form, context });
        }
    }
}
