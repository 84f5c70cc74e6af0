//! What was printed again, found when all articles are known, and its rows.

use jiff::civil::Date;

use super::align::Alignment;
use super::clusters::{Member, Shared, clusters};
use super::seeds::{Fingerprints, Hit};
use super::store::Store;
use super::text::Article;
use super::{Dated, Prints, Reprints};
use crate::Result;
use crate::analysis::partial::{decode, encode};
use crate::analysis::place::{self, Place, Placed};
use crate::analysis::{Tabulate, round};
use crate::table::{Column, Columns, Row, Table};

use std::sync::LazyLock;

/// The columns of the table.
pub(crate) static COLUMNS: LazyLock<Vec<Column<Passage>>> = LazyLock::new(|| {
    place::and([
        Column::integer("cluster", "Which passages are one: the number of the text, from 1", |row| {
            row.cluster.into()
        }),
        Column::integer("chars", "How many characters the passage has", |row| row.chars.into()),
        Column::decimal(
            "similarity",
            "The share of its characters, letters and digits that are the same in the print that is most like it",
            |row| round(row.similarity, 4).into(),
        ),
        Column::text("text", "The passage; a blank stands between paragraphs", |row| (&*row.text).into()),
    ])
});

/// What a row is about: a passage that stands elsewhere too.
#[derive(Debug)]
pub(crate) struct Passage<'p> {
    place: Place<'p>,
    cluster: usize,
    chars: usize,
    similarity: f64,
    text: String,
}

impl Row for Passage<'static> {
    type At<'p> = Passage<'p>;
}

impl Placed for Passage<'_> {
    fn place(&self) -> &Place<'_> {
        &self.place
    }
}

impl Tabulate for Reprints {
    fn columns(&self, _partial: &Prints) -> Columns {
        Columns::from(&*COLUMNS)
    }

    /// The rows: cluster by cluster, of each the first print first; what has no day comes last.
    fn rows(&self, partial: &mut Prints, table: &mut Table) -> Result<()> {
        let mut articles = Articles::of(partial)?;
        let shared = articles.shared(self)?;
        for (mut members, cluster) in clusters(&shared).into_iter().zip(1..) {
            members.sort_by_key(|member| {
                let date = articles.date(member.article);
                (date.is_none(), date, member.article, member.range.start)
            });
            let first = members.first().and_then(|member| articles.date(member.article));
            for member in members {
                articles.push_row(&member, cluster, first.filter(|_| self.dated == Dated::First), table)?;
            }
        }
        Ok(())
    }
}

/// All articles in the order of their files, by number.
#[derive(Default)]
struct Articles {
    whole: Store,
    told: Store,
    dates: Vec<Option<Date>>,
    fingerprints: Fingerprints,
    // Memory that is used again.
    bytes: Vec<u8>,
}

impl Articles {
    fn of(partial: &mut Prints) -> Result<Self> {
        let mut articles = Self::default();
        let mut told = Vec::new();
        partial.articles.read(|_, kept| {
            let Some(article) = kept.0 else { return Ok(()) };
            told.clear();
            told.extend(article.told());
            articles.fingerprints.add(articles.dates.len() as u32, &told)?;
            articles.bytes.clear();
            told.iter().for_each(|code| articles.bytes.extend_from_slice(&code.to_le_bytes()));
            articles.told.push(&articles.bytes)?;
            articles.dates.push(article.date());
            articles.whole.push(&encode(&article)?)
        })?;
        Ok(articles)
    }

    fn date(&self, number: u32) -> Option<Date> {
        self.dates.get(number as usize).copied().flatten()
    }

    /// What any two articles share.
    fn shared(&mut self, options: &Reprints) -> Result<Vec<Shared>> {
        let fingerprints = std::mem::take(&mut self.fingerprints);
        let mut shared = Vec::new();
        let (mut earlier, mut later) = (Vec::new(), Vec::new());
        let mut at_hand = None;
        fingerprints.pairs(self.told.len(), |[first, second], hits| {
            if at_hand != Some(second) {
                self.read_told(second, &mut later)?;
                at_hand = Some(second);
            }
            self.read_told(first, &mut earlier)?;
            for found in alignments([&earlier, &later], hits) {
                let similarity = found.similarity();
                let is_long = found.length() as usize >= options.min_chars;
                if is_long && similarity >= options.min_similarity && found.is_one_text() {
                    let [one, other] = found.ranges;
                    shared.push(Shared { sides: [(first, one), (second, other)], similarity });
                }
            }
            Ok(())
        })?;
        Ok(shared)
    }

    fn read_told(&mut self, number: u32, told: &mut Vec<u16>) -> Result<()> {
        self.told.read(number, &mut self.bytes)?;
        told.clear();
        told.extend(self.bytes.as_chunks().0.iter().map(|&code| u16::from_le_bytes(code)));
        Ok(())
    }

    fn push_row(
        &mut self,
        member: &Member,
        cluster: usize,
        date: Option<Date>,
        table: &mut Table,
    ) -> Result<()> {
        self.whole.read(member.article, &mut self.bytes)?;
        let article: Article = decode(&self.bytes)?;
        let bytes = article.bytes(&member.range);
        let mut place = article.place(bytes.start);
        place.date = date.or(place.date);
        let (chars, text) = (article.chars(bytes.clone()), article.passage(bytes));
        table.push(&COLUMNS, &Passage { place, cluster, chars, similarity: member.similarity, text })
    }
}

/// What two texts share around their hits, each stretch of the later text once.
fn alignments(texts: [&[u16]; 2], hits: &[Hit]) -> Vec<Alignment> {
    let mut found: Vec<Alignment> = Vec::new();
    for hit in hits {
        // Hits come in the order of the later text.
        let is_covered = found.last().is_some_and(|last| hit.later < last.ranges[1].end);
        if !is_covered {
            found.push(Alignment::around(texts, [hit.earlier, hit.later]));
        }
    }
    found
}
