//! Text whose place on the page is known, as OCR programs and PDF files give it.

use std::collections::HashMap;
use std::ops::Range;

/// A rectangle, in the units of the file it is from: pixels of an image, points of a PDF; y grows downwards.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Area {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
}

impl Area {
    /// The rectangle between two corners, given in any order.
    pub fn between(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x: x0.min(x1), y: y0.min(y1), width: (x1 - x0).abs(), height: (y1 - y0).abs() }
    }

    /// The rectangle around `points`; none without any.
    pub fn around(points: impl IntoIterator<Item = (f32, f32)>) -> Option<Self> {
        let corner = |(x, y)| Self { x, y, width: 0.0, height: 0.0 };
        points.into_iter().map(corner).reduce(Self::with)
    }

    /// The smallest rectangle that holds this one and `other`.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// Its right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Its lower edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The height of its middle.
    pub fn middle(&self) -> f32 {
        self.y + self.height / 2.0
    }

    /// The middle between its left and its right edge.
    pub(crate) fn centre(&self) -> f32 {
        self.x + self.width / 2.0
    }

    /// True where every number in it can be reckoned with.
    pub(crate) fn is_sound(&self) -> bool {
        /// Far more pixels than any scan has.
        const FAR: f32 = 1e7;
        [self.x, self.y, self.width, self.height].iter().all(|value| value.is_finite() && value.abs() < FAR)
    }
}

/// A piece of text that stands together: a word, a line, whatever the file tells the place of.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Piece {
    /// What it says, without line ends.
    pub text: String,
    /// Where it stands.
    pub area: Area,
    /// How sure the OCR program is of it, from 0 to 1.
    pub confidence: Option<f32>,
    /// The number of the line that the file puts it on; pieces of one line share it.
    pub line: u32,
    /// How high that line is, where the file tells it apart from its words.
    pub line_height: Option<f32>,
    /// True where the file says that it is a heading.
    pub heading: bool,
    /// What the file that lists the pages of its issue says of it.
    pub told: Option<Told>,
}

/// Which article something belongs to, as the file says that lists the pages of an issue (METS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The article, numbered through the issue.
    pub story: u32,
    /// Its place among what is said of that issue: the order in which an article is read.
    pub order: u32,
    /// Which part of the article it is.
    pub part: StoryPart,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryPart {
    /// What stands above its text: kicker, headline, subhead.
    Heading,
    /// Its text.
    Body,
    /// What describes a picture.
    Caption,
    /// All of an advertisement, which is no article.
    Advertisement,
}

/// What is said of the blocks of one file: from which to which, by their names, and what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stories(pub(super) Vec<(String, Option<String>, Told)>);

/// One page of placed text, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Sheet {
    /// Which page of its file it is, from 1.
    pub number: u32,
    /// What stands on it.
    pub pieces: Vec<Piece>,
    /// True where the file's order of lines was made with knowledge that places do not tell, and is kept.
    pub ordered: bool,
    /// The blocks that the file gives names to, with the pieces that stand in each.
    pub blocks: Vec<(String, Range<usize>)>,
}

impl Sheet {
    /// Lets the pieces know what is said of the blocks that they stand in. What is said first holds.
    pub fn tell(&mut self, stories: &Stories) {
        let known: HashMap<&str, &Range<usize>> =
            self.blocks.iter().map(|(name, pieces)| (name.as_str(), pieces)).collect();
        for (from, to, told) in &stories.0 {
            let Some(first) = known.get(from.as_str()) else { continue };
            let last = to.as_ref().and_then(|to| known.get(to.as_str())).unwrap_or(first);
            let pieces = self.pieces.get_mut(first.start..last.end.max(first.end)).unwrap_or_default();
            for piece in pieces {
                piece.told = piece.told.or(Some(*told));
            }
        }
    }
}

/// How a line of a document's text stands on its sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Placement {
    /// Which page of the file the line is on, from 1; 0 for a line that stands nowhere (a blank one).
    pub sheet: u32,
    /// Where it is.
    pub area: Area,
    /// How sure the OCR program is of it, from 0 to 1.
    pub confidence: Option<f32>,
    /// The height of its characters, in that of the page's running text.
    pub size: f32,
    /// True where it is the first line of something that stands apart from what is read before it.
    pub opens: bool,
    /// True where it is the largest line of a heading that a story stands under.
    pub head: bool,
    /// The column it begins in, from 1 at the left (of vertical text, at the right).
    pub column: u16,
    /// How many columns it, or the heading it is part of, reaches over; less than 1 for a short line.
    pub columns: f32,
    /// The white above it, in heights of running text; up to the edge of the page for the first line.
    pub gap: f32,
    /// How far it is set in from the left edge of its column, in heights of running text.
    pub indent: f32,
    /// True where as much is free at its left as at its right.
    pub centred: bool,
    /// What the file that lists the pages of its issue says of it.
    pub told: Option<Told>,
}

impl Placement {
    /// True where it is set in like the first line of a paragraph.
    pub fn is_indented(&self) -> bool {
        /// By two characters, more or less; what is set in further stands at the right, or in the middle.
        const INDENT: std::ops::RangeInclusive<f32> = 1.3..=3.2;
        INDENT.contains(&self.indent) && !self.centred
    }
}
