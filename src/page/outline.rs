//! A page while it is put together: what is known of its lines and articles.

use super::byline;
use super::header::{self, Header};
use super::imprint::Imprint;
use super::lexicon::{Cue, Lexicon};
use super::scan::{self, Raw};
use super::{Masthead, Role};

/// What is known of one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Draft {
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
pub(super) struct Sketch {
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
    pub(super) drafts: Vec<Draft>,
    pub(super) articles: Vec<Sketch>,
    pub(super) masthead: Masthead,
    /// What the lines of the masthead say of paper, day and page.
    pub(super) imprints: Vec<Imprint>,
    /// What header lines above the text say.
    pub(super) headers: Vec<Header>,
    /// First lines of paragraphs that repeat an earlier one, with the first line of that.
    pub(super) repeats: Vec<(usize, usize)>,
    /// For each line, whether a byline opens it.
    pub(super) bylines: Vec<bool>,
}

impl Outline {
    /// The outline of text that is nothing but paragraphs: one article, a paragraph a line.
    pub(super) fn plain(text: &str, lines: &mut [Raw], lexicon: &Lexicon) -> Self {
        let mut roles = vec![None; lines.len()];
        let (headers, headings) = header::mark(text, lines, &mut roles, lexicon);
        let bylines = lines.iter().map(|line| byline_opens(text, line, lexicon)).collect();
        let draft = |(i, role): (usize, Option<Role>)| {
            let article = if role.is_none() { Some(0) } else { None };
            let heading = headings.iter().find(|heading| heading.line == i);
            let text = heading.map_or(Role::Body, |heading| heading.role);
            Draft {
                role: role.unwrap_or(text),
                article,
                continues: None,
                duplicate_of: None,
                confidence: None,
            }
        };
        let drafts = roles.into_iter().enumerate().map(draft).collect();
        let articles = if lines.is_empty() {
            Vec::new()
        } else {
            vec![Sketch { paragraphs: lines.len(), ..Sketch::default() }]
        };
        Self { drafts, articles, bylines, headers, ..Self::default() }
    }
}

/// True where the line opens with a byline: 本报讯 记者甲报道.
fn byline_opens(text: &str, line: &Raw, lexicon: &Lexicon) -> bool {
    line.has(Cue::LeadOpener) && byline::lead(&scan::clean(line.content(text)), &lexicon.byline).is_some()
}
