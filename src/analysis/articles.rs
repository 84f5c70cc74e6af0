//! The articles of a page, with everything that is printed about them.
//!
//! ```
//! use zjgr::analysis::{articles::Articles, listed};
//! use zjgr::page::Reader;
//! use zjgr::table::Format;
//!
//! let page = Reader::default().read(zjgr::Document::of("职工有了新家园\n　　本报讯 记者丁一平报道 昨天上午，东浦机床厂的大楼盖好了。"));
//! let table = listed(&Articles::default(), &[page], Format::JSONL)?;
//! assert!(table.contains(r#""headline":"职工有了新家园""#) && table.contains(r#"["记者","丁一平"]"#), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Listing;
use super::place::{Spot, spot_columns};
use crate::page::{Article, Duplicates, Page, Role, Selection, characters};
use crate::table::{Cell, Column, Columns, Row, Rows};

/// The columns of the table.
static COLUMNS: LazyLock<Vec<Column<ArticleRow>>> = LazyLock::new(|| {
    let spots = spot_columns!(ArticleRow, |row: &ArticleRow<'_>| Spot::of_article(row.page(), row.index));
    ARTICLES.iter().cloned().chain(spots).collect()
});

static ARTICLES: &[Column<ArticleRow>] = &[
    Column::<ArticleRow>::text("file", "The file, as it was named", |row| (&*row.page().file).into())
        .ending(),
    Column::text("id", "The record's own identifier, where the input has records", |row| {
        row.page().id.as_deref().into()
    }),
    Column::integer("article", "The number of the article in its file or record", |row| {
        row.article.number.into()
    }),
    Column::date("date", "The day of issue", |row| row.page().date_of(row.index).into()),
    Column::text("page", "The number of the page in the issue (版次), as printed", |row| {
        row.page().page_of(row.index).into()
    }),
    Column::text("section", "The name of the page (版名)", |row| row.page().section_of(row.index).into()),
    Column::text("newspaper", "The paper, as its masthead or the record names it", |row| {
        row.page().newspaper_of(row.index).into()
    }),
    Column::text("column", "The running column or campaign it stands under", |row| {
        row.text(row.article.column).into()
    }),
    Column::text("kicker", "The line above the headline that leads into it (引题)", |row| {
        row.text(row.article.kicker).into()
    }),
    Column::text("headline", "The main headline (主题)", |row| row.page().headline(row.index).into()),
    Column::text("subhead", "The line below the headline that completes it (副题)", |row| {
        row.text(row.article.subhead).into()
    }),
    Column::text("source", "The agency or paper that the byline names: 本报, 新华社", |row| {
        row.article.source.as_deref().into()
    }),
    Column::text("dateline", "Place and date as printed: 杭州2月24日电", |row| {
        row.article.dateline.as_deref().into()
    }),
    Column::list(
        "bylines",
        "Who wrote it, each with the role that is printed: 记者 甲; 通讯员 乙",
        |row| row.bylines(),
    ),
    Column::list("photographers", "Who took its photos", |row| {
        Cell::Names(row.article.photographers.iter().map(|name| name.as_str().into()).collect())
    }),
    Column::integer("first_line", "The first line of the file that belongs to it", |row| {
        row.article.lines.0.into()
    }),
    Column::integer("last_line", "The last line of the file that belongs to it", |row| {
        row.article.lines.1.into()
    }),
    Column::text(
        "continued_from",
        "The number of the page that it comes from: 1 for 上接第一版",
        |row| row.article.continued_from.as_deref().into(),
    ),
    Column::text("continued_on", "The number of the page that it goes on on: 4 for 下转第4版", |row| {
        row.article.continued_on.as_deref().into()
    }),
    Column::list(
        "continued_in",
        "Where it goes on, where the pages of a day are joined: file, first and last line of each part, as 0004.txt:12-30",
        |row| row.continued_in(),
    ),
    Column::<ArticleRow>::integer(
        "chars",
        "How many characters it has, headlines included, repeated passages left out",
        |row| row.chars.into(),
    )
    .in_unit("characters"),
    Column::<ArticleRow>::integer(
        "duplicate_chars",
        "How many characters its passages have that repeat others",
        |row| row.duplicate_chars.into(),
    )
    .in_unit("characters"),
    Column::decimal(
        "confidence",
        "How likely its headings are what they were taken for and it begins where it does: the least, from 0 to 1",
        |row| Cell::rounded(row.article.confidence),
    ),
    Column::list("body", "Its paragraphs", |row| row.texts(Role::Body)),
    Column::<ArticleRow>::list("sections", "The headings inside it (小标题)", |row| {
        row.texts(Role::Section)
    })
    .nested(),
    Column::<ArticleRow>::list("captions", "What describes its photos", |row| row.texts(Role::Caption))
        .nested(),
];

/// What a row is about.
#[derive(Debug)]
struct ArticleRow<'p> {
    selection: &'p Selection<'p>,
    index: usize,
    article: &'p Article,
    chars: usize,
    duplicate_chars: usize,
}

impl Row for ArticleRow<'static> {
    type At<'p> = ArticleRow<'p>;
}

/// The table of articles.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Articles {
    /// Articles of which the reader is surer than this are left out.
    pub max_confidence: Option<f32>,
}

impl Listing for Articles {
    const NAME: &'static str = "articles";

    fn columns(&self) -> Columns {
        (&*COLUMNS).into()
    }

    fn rows(&self, selection: &Selection<'_>, rows: &mut Rows) {
        let limit = self.max_confidence.unwrap_or(1.0);
        let doubtful = |article: &Article| article.confidence.unwrap_or(1.0) <= limit;
        for (index, article) in selection.articles().filter(|(_, article)| doubtful(article)) {
            let (chars, duplicate_chars) = count(selection.page(), article);
            rows.push(&COLUMNS, &ArticleRow { selection, index, article, chars, duplicate_chars });
        }
    }
}

impl ArticleRow<'_> {
    fn page(&self) -> &Page {
        self.selection.page()
    }

    fn text(&self, part: Option<usize>) -> Option<&str> {
        part.map(|part| self.page().part_text(part))
    }

    fn bylines(&self) -> Cell<'_> {
        let bylines = self.article.bylines.iter();
        Cell::Credits(bylines.map(|b| (b.role.as_str().into(), b.name.as_str().into())).collect())
    }

    fn continued_in(&self) -> Cell<'_> {
        let leaves = self.article.leaves.iter().filter_map(|&number| self.page().leaf(number));
        let shown = leaves.map(|leaf| {
            let (first, last) = leaf.lines();
            format!("{}:{first}-{last}", leaf.document().file).into()
        });
        Cell::Names(shown.collect())
    }

    /// The texts of its parts that have this role and count.
    fn texts(&self, role: Role) -> Cell<'_> {
        let page = self.page();
        let counts = |&at: &usize| {
            page.parts.get(at).is_some_and(|part| {
                part.role == role
                    && (part.duplicate_of.is_none() || self.selection.duplicates() == Duplicates::Keep)
            })
        };
        let parts = self.article.parts.iter().copied().filter(counts);
        Cell::Lines(parts.map(|part| Cow::Borrowed(page.part_text(part))).collect())
    }
}

/// How many characters the article has, its headline included, and how many more stand there a second time.
fn count(page: &Page, article: &Article) -> (usize, usize) {
    let heads = [article.kicker, article.headline, article.subhead];
    let (mut chars, mut duplicate_chars) = (0, 0);
    for at in heads.into_iter().flatten().chain(article.parts.iter().copied()) {
        let count = characters(page.part_text(at));
        if page.parts.get(at).is_some_and(|part| part.duplicate_of.is_some()) {
            duplicate_chars += count;
        } else {
            chars += count;
        }
    }
    (chars, duplicate_chars)
}
