//! Stories that go on on another page of the day, put together: one article, whose lines stand in several files.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::bigrams::{Bigram, bigrams};
use super::page_words::Lists;
use super::{Article, LineIndex, Page, Part, Reader, Rejoined, Role, turns};
use crate::source::{Document, Meta, page_number};

/// What stands on another page of the day and was joined to an article.
#[derive(Debug, Clone, Default)]
pub struct Leaf {
    /// The stretch of its file that the story stands in.
    pub(super) document: Document,
    pub(super) index: LineIndex,
    /// Where its text begins in what the page's text was taken from: behind the page's own document and the leaves
    /// before it.
    pub(super) base: usize,
    article: u32,
    lines: (u32, u32),
}

impl Leaf {
    /// The stretch of its file that the story stands in: its path, its number of the page and its name.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The number that its part of the article has in its own file.
    pub fn article(&self) -> u32 {
        self.article
    }

    /// Its first and last line in its file.
    pub fn lines(&self) -> (u32, u32) {
        self.lines
    }
}

/// So many stories that go on, and so many that may go on with one, are compared; a day has a dozen.
const MOST: usize = 200;
/// Of the headings and the text of a story so many bigrams are compared.
const COMPARED: usize = 400;
/// Where only one of two pages says that the story goes on, so much of the second headline stands in the first.
const ALIKE: f64 = 0.6;

/// An article of one of the pages, with what tells where it goes on.
struct Story<'p> {
    /// The page and the article.
    at: (usize, usize),
    /// Of which paper and day it is.
    issue: (Option<&'p str>, Option<jiff::civil::Date>),
    number: Option<String>,
    from: Option<String>,
    on: Option<String>,
    /// Its number in the issue, where that is told.
    story: Option<u32>,
    /// The bigrams of its headings.
    headings: HashSet<Bigram>,
    /// Those of its text.
    text: HashSet<Bigram>,
}

impl<'p> Story<'p> {
    fn of(page: &'p Page, at: (usize, usize)) -> Self {
        let article = &page.articles[at.1];
        let heads = || [article.kicker, article.headline, article.subhead].into_iter().flatten();
        Self {
            at,
            issue: (page.newspaper_of(at.1), page.date_of(at.1)),
            number: page.page_of(at.1).map(number),
            from: article.continued_from.as_deref().map(number),
            on: article.continued_on.as_deref().map(number),
            story: article.story,
            headings: compared(heads().map(|part| page.part_text(part))),
            text: compared(heads().chain(article.parts.iter().copied()).map(|part| page.part_text(part))),
        }
    }

    /// How well `next` goes on with this story; none where it does not.
    fn goes_on_with(&self, next: &Self) -> Option<Fit> {
        let agree =
            |said: &Option<String>, page: &Option<String>| said.is_some() & (page.is_none() | (said == page));
        let is_free = |said: &Option<String>, page: &Option<String>| said.is_none() | agree(said, page);
        let same_paper = self.issue.0.is_none() | next.issue.0.is_none() | (self.issue.0 == next.issue.0);
        let alike = share(&next.headings, &self.headings);
        let both = agree(&self.on, &next.number) & agree(&next.from, &self.number);
        let either = agree(&self.on, &next.number) | agree(&next.from, &self.number);
        let told = is_free(&self.on, &next.number) & is_free(&next.from, &self.number);
        let elsewhere = (self.at.0 != next.at.0) | (self.number != next.number);
        if let Some((own, other)) = self.story.zip(next.story) {
            let is_same =
                (own == other) & (self.at.0 < next.at.0) & same_paper & (self.issue.1 == next.issue.1);
            return is_same.then_some(Fit { both: true, alike: 1.0, text: 1.0 });
        }
        let goes_on = both | (either & told & (alike >= ALIKE));
        let fits = elsewhere & same_paper & (self.issue.1 == next.issue.1) & goes_on;
        fits.then(|| Fit { both, alike, text: share(&next.text, &self.text) })
    }
}

/// How well one story goes on with another.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Fit {
    /// Both pages say so.
    both: bool,
    /// The share of the second's headings that stands in the first's, and of its text.
    alike: f64,
    text: f64,
}

/// The bigrams of `texts`.
fn compared<'t>(texts: impl Iterator<Item = &'t str>) -> HashSet<Bigram> {
    texts.flat_map(bigrams).take(COMPARED).collect()
}

/// The share of `of` that is in `all`.
fn share(of: &HashSet<Bigram>, all: &HashSet<Bigram>) -> f64 {
    of.intersection(all).count() as f64 / of.len().max(1) as f64
}

impl Reader {
    /// Joins the stories of `pages` that go on on another of them (下转第4版, 上接第1版), of one paper and one day each: the
    /// article that begins goes on with the parts of the other ([`Page::leaf`]), which counts no more
    /// ([`Article::is_joined`]).
    ///
    /// Which goes on with which is told by the numbers of the pages, on both or on one of them, and by what the headlines
    /// and texts have in common. At the most 200 such stories of the pages are joined.
    pub fn join(&self, pages: &mut [Page]) {
        let links = links(pages);
        let later: HashSet<_> = links.values().copied().collect();
        for &first in links.keys().filter(|first| !later.contains(first)) {
            let mut next = links.get(&first);
            while let Some(&at) = next {
                append(pages, first, at, &self.page_words.lists);
                next = links.get(&at);
            }
        }
    }
}

/// Which article, of which page, each goes on with.
fn links(pages: &[Page]) -> BTreeMap<(usize, usize), (usize, usize)> {
    let says = |article: &Article| {
        article.continued_on.is_some() | article.continued_from.is_some() | article.story.is_some()
    };
    if !pages.iter().any(|page| page.articles.iter().any(says)) {
        return BTreeMap::new();
    }
    let every =
        pages.iter().enumerate().flat_map(|(at, page)| (0..page.articles.len()).map(move |a| (at, a)));
    let stories: Vec<Story<'_>> = every.map(|at| Story::of(&pages[at.0], at)).collect();
    let mut fits = Vec::new();
    for (first, next) in candidates(&stories) {
        if let Some(fit) = first.goes_on_with(next) {
            fits.push((fit, first.at, next.at));
        }
    }
    // The best first; of those that are as good, in the order of the pages.
    fits.sort_by(|a, b| {
        b.0.partial_cmp(&a.0).unwrap_or(std::cmp::Ordering::Equal).then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut links, mut taken) = (BTreeMap::new(), HashSet::new());
    for (_, first, next) in fits {
        let is_circle = std::iter::successors(Some(next), |at| links.get(at).copied()).any(|at| at == first);
        if !links.contains_key(&first) && !taken.contains(&next) && !is_circle {
            links.insert(first, next);
            taken.insert(next);
        }
    }
    links
}

/// The pairs that are compared: what is told to be one article, what says that it goes on with what stands on that page, what says that it comes from
/// elsewhere with what stands there.
fn candidates<'s, 'p>(stories: &'s [Story<'p>]) -> Vec<(&'s Story<'p>, &'s Story<'p>)> {
    let mut told: Vec<&'s Story<'p>> = stories.iter().filter(|story| story.story.is_some()).collect();
    told.sort_by_key(|story| (story.story, story.at));
    let mut of_page: HashMap<Option<&str>, Vec<&'s Story<'p>>> = HashMap::new();
    let says = |story: &&Story<'_>| story.on.is_some() | story.from.is_some();
    // Those that say something of other pages come first, and are looked at in any case.
    for story in stories.iter().filter(says).chain(stories.iter().filter(|story| !says(story))) {
        let own = of_page.entry(story.number.as_deref()).or_default();
        if own.len() < MOST {
            own.push(story);
        }
    }
    let on_page = |number: &Option<String>| -> Vec<&'s Story<'p>> {
        [number.as_deref(), None].iter().filter_map(|page| of_page.get(page)).flatten().copied().collect()
    };
    let going = stories.iter().filter(|story| story.on.is_some()).take(MOST);
    let coming = stories.iter().filter(|story| story.from.is_some()).take(MOST);
    let on = going.flat_map(|first| on_page(&first.on).into_iter().map(move |next| (first, next)));
    let from = coming.flat_map(|next| on_page(&next.from).into_iter().map(move |first| (first, next)));
    let told = told.windows(2).map(|pair| (pair[0], pair[1]));
    told.chain(on).chain(from).collect()
}

/// Appends the article at `next` to the one at `first`.
fn append(pages: &mut [Page], first: (usize, usize), next: (usize, usize), words: &Lists) {
    let Some(taken) = Taken::of(&pages[next.0], next.1) else { return };
    let target = &mut pages[first.0];
    turns::cut_tail(target, first.1, words);
    let parts: Vec<usize> = match first.0 == next.0 {
        true => taken.parts.iter().map(|(at, _)| *at).collect(),
        false => match target.take_leaf(first.1, &taken) {
            Some(parts) => parts,
            None => return,
        },
    };
    target.go_on(first.1, &parts, &taken);
    turns::cut_head(target, &parts, words);
    let source = &mut pages[next.0];
    source.articles[next.1] = Article { is_joined: true, parts: Vec::new(), ..taken.article };
    if first.0 == next.0 {
        let lines = source.lines.iter_mut().filter(|line| line.article == Some(next.1));
        lines.for_each(|line| line.article = Some(first.1));
        let own = &mut source.articles[first.1];
        own.lines = (own.lines.0.min(taken.lines.0), own.lines.1.max(taken.lines.1));
    } else {
        for (at, _) in taken.parts {
            source.parts[at].is_left_out = true;
        }
    }
}

/// An article that is taken from its page.
struct Taken {
    article: Article,
    /// Its parts in the order in which they are read, with their numbers.
    parts: Vec<(usize, Part)>,
    lines: (u32, u32),
    /// The stretch of its file that it stands in.
    document: Document,
    /// The text of its page.
    text: Rejoined,
    /// Where what is taken begins in the text of its file.
    start: usize,
    has_look_alikes: bool,
}

impl Taken {
    fn of(page: &Page, index: usize) -> Option<Self> {
        let article = page.articles.get(index)?.clone();
        let heads = [article.kicker, article.headline, article.subhead].into_iter().flatten();
        let numbers = heads.chain(article.parts.iter().copied());
        let parts: Vec<(usize, Part)> =
            numbers.filter_map(|at| Some((at, page.parts.get(at)?.clone()))).collect();
        let range = page.stretch(article.lines);
        let source = &page.document;
        let meta = Meta {
            page: page.page_of(index).map(str::to_owned),
            section: page.section_of(index).map(str::to_owned),
            id: page.id.clone(),
            ..Meta::default()
        };
        let first = article.lines.0.saturating_sub(source.first_line) as usize;
        let count = article.lines.1.saturating_sub(article.lines.0) as usize + 1;
        let document = Document {
            file: Arc::clone(&page.file),
            text: source.text.get(range.clone())?.to_owned(),
            format: source.format,
            first_line: if source.single_line { source.first_line } else { article.lines.0 },
            single_line: source.single_line,
            heading: source.heading,
            meta,
            placements: source.placements.iter().skip(first).take(count).copied().collect(),
            record: source.record,
            ..Document::default()
        };
        let (text, has_look_alikes) = (page.text.clone(), page.has_look_alikes);
        Some(Self {
            lines: article.lines,
            article,
            parts,
            document,
            text,
            start: range.start,
            has_look_alikes,
        })
    }
}

impl Page {
    /// The bytes of the document in which lines `lines` stand.
    fn stretch(&self, lines: (u32, u32)) -> Range<usize> {
        let text = &self.document.text;
        if self.document.single_line {
            return 0..text.len();
        }
        let index = |number: u32| number.saturating_sub(self.document.first_line) as usize;
        let (first, last) = (index(lines.0), index(lines.1).min(self.index.len().saturating_sub(1)));
        self.index.range(text, first.min(last)).start..self.index.range(text, last).end
    }

    /// Takes the parts of an article of another page, behind all others. Their numbers; none where there is no room.
    fn take_leaf(&mut self, index: usize, taken: &Taken) -> Option<Vec<usize>> {
        let last = self.leaves.last().map(|leaf| leaf.base + leaf.document.text.len());
        // What stands in two files never goes on without a gap.
        let base = last.unwrap_or(self.document.text.len()) + 1;
        u32::try_from(base + taken.document.text.len()).ok()?;
        let shift = |source: usize| source.saturating_sub(taken.start) + base;
        let mut numbers = Vec::with_capacity(taken.parts.len());
        for (_, part) in &taken.parts {
            let from = self.text.len();
            self.text.push_shifted(&taken.text, part.range.clone(), shift);
            numbers.push(self.parts.len());
            self.parts.push(Part { range: from..self.text.len(), ..part.clone() });
        }
        let document = taken.document.clone();
        let lines = LineIndex::new(&document.text, document.first_line, document.single_line)
            .with_heading(document.heading);
        let leaf = Leaf { document, index: lines, base, article: taken.article.number, lines: taken.lines };
        self.leaves.push(leaf);
        self.has_look_alikes |= taken.has_look_alikes;
        self.articles[index].leaves.push(self.leaves.len() as u32);
        Some(numbers)
    }

    /// Lets article `index` go on with `parts`.
    fn go_on(&mut self, index: usize, parts: &[usize], taken: &Taken) {
        let heads =
            [self.articles[index].kicker, self.articles[index].headline, self.articles[index].subhead];
        let printed = compared(heads.into_iter().flatten().map(|part| self.part_text(part)));
        for &at in parts {
            let is_heading = matches!(self.parts[at].role, Role::Kicker | Role::Headline | Role::Subhead);
            let is_again =
                is_heading && share(&compared([self.part_text(at)].into_iter()), &printed) >= ALIKE;
            let part = &mut self.parts[at];
            part.article = Some(index);
            part.role = if is_heading { Role::Section } else { part.role };
            part.is_left_out |= is_again;
            if !is_again {
                self.articles[index].parts.push(at);
            }
        }
        let article = &mut self.articles[index];
        for byline in &taken.article.bylines {
            if !article.bylines.iter().any(|known| known.name == byline.name) {
                article.bylines.push(byline.clone());
            }
        }
        for name in &taken.article.photographers {
            if !article.photographers.contains(name) {
                article.photographers.push(name.clone());
            }
        }
        article.source = article.source.take().or_else(|| taken.article.source.clone());
        article.dateline = article.dateline.take().or_else(|| taken.article.dateline.clone());
    }
}

/// The number of a page, to be held against others: A2 for A02, 4 for 04.
fn number(printed: &str) -> String {
    let printed = page_number(printed).to_ascii_uppercase();
    let (letter, digits) = printed.split_at(printed.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0));
    format!("{letter}{}", digits.trim_start_matches('0'))
}
