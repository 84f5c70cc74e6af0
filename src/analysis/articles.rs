//! The articles of a page, with everything that is printed about them.

use std::borrow::Cow;

use crate::page::{Article, Duplicates, Page, Role, Selection, characters};
use crate::table::{Cell, Columns, Rows};

/// The columns of the table.
pub fn columns() -> Columns {
    Columns::new([
        "file",
        "article",
        "date",
        "newspaper",
        "column",
        "kicker",
        "headline",
        "subhead",
        "source",
        "dateline",
        "bylines",
        "photographers",
        "first_line",
        "last_line",
        "chars",
        "duplicate_chars",
        "body",
    ])
    .and_nested(&["sections", "captions"])
}

/// Adds a row for every article of `selection`.
pub fn rows(selection: &Selection<'_>, rows: &mut Rows) {
    let page = selection.page();
    for (index, article) in selection.articles() {
        let (chars, duplicate_chars) = count(page, article);
        let skipped = |part: usize| {
            selection.duplicates() == Duplicates::Skip
                && page.parts.get(part).is_some_and(|part| part.duplicate_of.is_some())
        };
        let text = |part: Option<usize>| part.map(|part| page.part_text(part));
        let texts = |role: Role| -> Vec<Cow<'_, str>> {
            let of_role = |&part: &usize| page.parts.get(part).is_some_and(|part| part.role == role);
            let parts = article.parts.iter().copied().filter(of_role).filter(|&part| !skipped(part));
            parts.map(|part| page.part_text(part).into()).collect()
        };
        rows.push(&[
            Cell::from(&*page.file),
            article.number.into(),
            page.date_of(index).into(),
            page.newspaper_of(index).into(),
            text(article.column).into(),
            text(article.kicker).into(),
            page.headline(index).into(),
            text(article.subhead).into(),
            article.source.as_deref().into(),
            article.dateline.as_deref().into(),
            Cell::Credits(
                article.bylines.iter().map(|b| (b.role.as_str().into(), b.name.as_str().into())).collect(),
            ),
            Cell::Names(article.photographers.iter().map(|name| name.as_str().into()).collect()),
            article.lines.0.into(),
            article.lines.1.into(),
            chars.into(),
            duplicate_chars.into(),
            Cell::Lines(texts(Role::Body)),
            Cell::Lines(texts(Role::Section)),
            Cell::Lines(texts(Role::Caption)),
        ]);
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
