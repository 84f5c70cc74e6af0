//! Which article belongs to which day, page and paper, where a file holds several.

use jiff::civil::Date;

use super::Page;
use super::byline::{BylineReader, People};
use super::folio::Folio;
use super::page_words::PageWords;

/// What one line says of the paper, the day and the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Imprint {
    /// The line, an index into the page's lines.
    pub(super) line: usize,
    pub(super) newspaper: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) page: Option<String>,
    pub(super) section: Option<String>,
}

impl Imprint {
    /// What `folio` says on line `line`.
    pub(super) fn of(line: usize, folio: Folio) -> Self {
        let Folio { newspaper, date, page, section, visited, .. } = folio;
        Self { line, newspaper, date: date.filter(|_| !visited), page, section }
    }
}

/// Gives every article what stands beside it, where the imprints of the file differ.
pub(super) fn assign(page: &mut Page, imprints: &[Imprint]) {
    let spans: Vec<(u32, u32)> = page.articles.iter().map(|article| article.lines).collect();
    let dates = values(page, imprints, |imprint| imprint.date);
    let newspapers = values(page, imprints, |imprint| imprint.newspaper.clone());
    let pages = values(page, imprints, |imprint| imprint.page.clone());
    let sections = values(page, imprints, |imprint| imprint.section.clone());
    for (article, date) in page.articles.iter_mut().zip(beside(&spans, &dates)) {
        article.date = date;
    }
    for (article, newspaper) in page.articles.iter_mut().zip(beside(&spans, &newspapers)) {
        article.newspaper = newspaper;
    }
    for (article, number) in page.articles.iter_mut().zip(beside(&spans, &pages)) {
        article.page = number;
    }
    // A page of its own without a name has none: the one before says nothing of it.
    for (article, section) in page.articles.iter_mut().zip(beside(&spans, &sections)) {
        article.section = section;
    }
}

/// Gives every article that names nobody the writers whom the line of data inside it, above it or below it names.
pub(super) fn sign(page: &mut Page, imprints: &[Imprint], page_words: &PageWords, reader: &BylineReader) {
    let said = values(page, imprints, |imprint| writers(page, imprint, page_words, reader));
    let spans: Vec<(u32, u32)> = page.articles.iter().map(|article| article.lines).collect();
    for (line, people) in said {
        let inside = spans.iter().position(|&(start, end)| (start..=end).contains(&line));
        let below = || spans.iter().position(|&(start, _)| start > line);
        let article = inside.or_else(below).or(spans.len().checked_sub(1));
        let Some(article) = article.and_then(|article| page.articles.get_mut(article)) else { return };
        if article.bylines.is_empty() {
            article.bylines = people.bylines;
        }
    }
}

/// Whom the line of `imprint` names as writers.
fn writers(page: &Page, imprint: &Imprint, page_words: &PageWords, reader: &BylineReader) -> Option<People> {
    let content = page.line_text(page.lines.get(imprint.line)?);
    let people = reader.cited(content, &page_words.header.author, &page_words.byline);
    (!people.bylines.is_empty()).then_some(people)
}

/// What the imprints say of one thing, each with the number of its line in the file.
fn values<T>(page: &Page, imprints: &[Imprint], of: impl Fn(&Imprint) -> Option<T>) -> Vec<(u32, T)> {
    let number = |imprint: &Imprint| page.lines.get(imprint.line).map(|line| line.number);
    imprints.iter().filter_map(|imprint| Some((number(imprint)?, of(imprint)?))).collect()
}

/// For each article what is said of it: inside it; else, where the file says it below what it is about, in the first
/// line behind it; else in the last line before it. Nothing where all say the same.
fn beside<T: Clone + PartialEq>(spans: &[(u32, u32)], said: &[(u32, T)]) -> Vec<Option<T>> {
    let Some((first_line, first)) = said.first() else { return vec![None; spans.len()] };
    if said.iter().all(|(_, value)| value == first) {
        return vec![None; spans.len()];
    }
    let below = spans.first().is_some_and(|&(_, last)| last < *first_line)
        && spans.last().is_some_and(|&(_, end)| said.last().is_some_and(|(line, _)| *line > end));
    let value = |&(start, end): &(u32, u32)| {
        let inside = said.iter().find(|(line, _)| (start..=end).contains(line));
        let after = || said.iter().find(|(line, _)| *line > end).filter(|_| below);
        let before = || said.iter().rev().find(|(line, _)| *line < start);
        inside.or_else(after).or_else(before).or(said.first()).map(|(_, value)| value.clone())
    };
    spans.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn an_article_has_what_stands_above_inside_or_below_it() {
        let spans = [(3, 5), (8, 10)];
        let given = |said: &[(u32, char)]| beside(&spans, said);
        assert_eq!(given(&[(1, 'a'), (7, 'b')]), [Some('a'), Some('b')]);
        assert_eq!(given(&[(6, 'a'), (11, 'b')]), [Some('a'), Some('b')]);
        assert_eq!(given(&[(4, 'a'), (9, 'b')]), [Some('a'), Some('b')]);
        assert_eq!(given(&[(1, 'a'), (6, 'a'), (7, 'b'), (11, 'b')]), [Some('a'), Some('b')]);
        assert_eq!(given(&[(1, 'a'), (7, 'a')]), [None, None]);
        assert_eq!(given(&[]), [None, None]);
    }
}
