//! A page while it is put together: what is known of its lines and articles.

use super::header::{self, Header};
use super::imprint::Imprint;
use super::page_words::PageWords;
use super::scan::Raw;
use super::{Masthead, Role};

/// What is known of one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OutlinedLine {
    pub(super) role: Role,
    /// The article, numbered as found; `None` for what no article owns.
    pub(super) article: Option<usize>,
    /// The line (an index into the lines) that this one continues.
    pub(super) continues: Option<usize>,
    /// The line number of the passage that this one repeats.
    pub(super) duplicate_of: Option<u32>,
    /// How likely it is what it was taken for.
    pub(super) confidence: Option<f32>,
}

/// What is known of one article while it is put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OutlinedArticle {
    /// The column label it stands under: an index into the lines.
    pub(super) column: Option<usize>,
    /// The level of its headline; 0 where it has no mark.
    pub(super) level: u8,
    /// True where it has a headline.
    pub(super) headed: bool,
    /// True where it begins with a byline.
    pub(super) bylined: bool,
    /// Lines of running text so far.
    pub(super) paragraphs: usize,
    /// Its number in the issue, where the file says that lists the pages of that.
    pub(super) story: Option<u32>,
}

/// A page, outlined.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) lines: Vec<OutlinedLine>,
    pub(super) articles: Vec<OutlinedArticle>,
    pub(super) masthead: Masthead,
    /// What the lines of the masthead say of paper, day and page.
    pub(super) imprints: Vec<Imprint>,
    /// What header lines above the text say.
    pub(super) headers: Vec<Header>,
    /// First lines of paragraphs that repeat an earlier one, with the first line of that.
    pub(super) repeats: Vec<(usize, usize)>,
}

impl Outline {
    /// The outline of text that is nothing but paragraphs: one article, a paragraph a line.
    pub(super) fn plain(text: &str, lines: &mut [Raw], page_words: &PageWords) -> Self {
        let mut roles = vec![None; lines.len()];
        let (headers, headings) = header::take_headers(text, lines, &mut roles, page_words);
        let outline = |(i, role): (usize, Option<Role>)| {
            let article = if role.is_none() { Some(0) } else { None };
            let heading = headings.iter().find(|heading| heading.line == i);
            let text = heading.map_or(Role::Body, |heading| heading.role);
            OutlinedLine {
                role: role.unwrap_or(text),
                article,
                continues: None,
                duplicate_of: None,
                confidence: None,
            }
        };
        let outlined = roles.into_iter().enumerate().map(outline).collect();
        let articles = if lines.is_empty() {
            Vec::new()
        } else {
            vec![OutlinedArticle { paragraphs: lines.len(), ..OutlinedArticle::default() }]
        };
        Self { lines: outlined, articles, headers, ..Self::default() }
    }
}
