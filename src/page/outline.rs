//! From lines to articles: which heading starts one, what belongs to it, where its paragraphs go on.

use super::byline;
use super::furniture::{self, Furniture};
use super::header::{self, Header};
use super::headings::{self, Around};
use super::imprint::Imprint;
use super::lexicon::{Cue, Lexicon};
use super::profile::{Known, Profiles};
use super::running::{self, Setting};
use super::scan::{self, Ending, Raw, SHORT};
use super::{Masthead, Role, marks, titles};

/// What is known of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) role: Role,
    /// The article, numbered as found; `None` for what no article owns.
    pub(super) article: Option<usize>,
    /// The line (an index into the lines) that this one continues.
    pub(super) continues: Option<usize>,
    /// The line number of the passage that this one repeats.
    pub(super) duplicate_of: Option<u32>,
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
    /// True where its headline is that of the story before it, which has none.
    pub(super) belated: bool,
    /// True where a section of it carries a mark.
    pub(super) marked_sections: bool,
    /// Lines of running text so far.
    pub(super) paragraphs: usize,
    /// How many of them stood before the last photo credit, where no byline came before it.
    pub(super) beside_photo: usize,
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
    pub(super) setting: Setting,
    /// First lines of paragraphs that repeat an earlier one, with the first line of that.
    pub(super) repeats: Vec<(usize, usize)>,
    /// For each line, whether a byline opens it.
    pub(super) bylines: Vec<bool>,
}

impl Outline {
    /// The outline of text that is nothing but paragraphs: one article, a paragraph a line.
    pub(super) fn plain(text: &str, lines: &mut [Raw], lexicon: &Lexicon) -> Self {
        let mut roles = vec![None; lines.len()];
        let (headers, headlines) = header::mark(text, lines, &mut roles, lexicon);
        let bylines = lines.iter().map(|line| byline_opens(text, line, lexicon)).collect();
        let draft = |(i, role): (usize, Option<Role>)| {
            let article = if role.is_none() { Some(0) } else { None };
            let text = if headlines.contains(&i) { Role::Headline } else { Role::Body };
            Draft { role: role.unwrap_or(text), article, continues: None, duplicate_of: None }
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

/// Outlines a page.
pub(super) fn outline(text: &str, lines: &mut [Raw], lexicon: &Lexicon, profiles: &Profiles) -> Outline {
    // A masthead stands at the head of a page, or at its foot.
    let head = lines.iter().take(60).chain(lines.iter().skip(60).rev().take(12));
    let paper = profiles.of_page(head.filter(|line| line.width <= SHORT).map(|line| line.content(text)));
    if let Some(paper) = &paper {
        for line in lines.iter_mut().filter(|line| line.width <= SHORT) {
            match paper.knows(line.content(text)) {
                Some(Known::Column) => line.cues.add(Cue::ColumnWord),
                Some(Known::Name | Known::Motto) => line.cues.add(Cue::Own),
                None => {}
            }
        }
    }
    let mut roles: Vec<Option<Role>> = vec![None; lines.len()];
    let (headers, headlines) = header::mark(text, lines, &mut roles, lexicon);
    header::mark_columns(text, lines, &mut roles, lexicon);
    let Furniture { mut masthead, imprints, mut settled } =
        furniture::mark(text, lines, &mut roles, &lexicon.lists);
    for line in headlines {
        settled[line] = true;
    }
    if let Some(paper) = paper.filter(|paper| !paper.profile.name.is_empty()) {
        masthead.newspaper = Some(paper.profile.name.clone());
    }
    let opens = |line: &Raw| byline_opens(text, line, lexicon);
    let bylines: Vec<bool> =
        lines.iter().zip(&roles).map(|(line, role)| role.is_none() && opens(line)).collect();
    // What goes on from another page starts a story here.
    let goes_on =
        |line: &Raw| line.has(Cue::Turn) && line.content(text).chars().take(3).any(|c| matches!(c, '接'));
    let leads: Vec<bool> = (lines.iter().zip(&roles).zip(&bylines))
        .map(|((line, role), &opens)| line.level == 0 && (opens || role.is_none() && goes_on(line)))
        .collect();
    marks::credits(text, lines, &mut roles, &leads, lexicon);
    marks::captions(text, lines, &mut roles);
    let setting = Setting::of(lines, &roles);
    running::mark_columns(lines, &roles, &setting);
    let lines: &[Raw] = lines;
    running::mark(text, lines, &mut roles, &leads, &setting, &lexicon.byline);
    marks::signatures(text, lines, &mut roles, lexicon);
    let headline_level = headline_level(lines, &roles);
    let mut builder = Builder {
        text,
        lines,
        roles,
        leads,
        setting,
        articles: Vec::new(),
        owner: vec![None; lines.len()],
        brief: None,
        headline_level,
        fresh: false,
        pending: None,
        resumed: None,
        last_body: Vec::new(),
        cover: None,
        settled,
        lexicon,
    };
    builder.run();
    builder.relabel_photo_texts();
    let Builder { roles, articles, owner, .. } = builder;
    let drafts = roles
        .into_iter()
        .zip(owner)
        .map(|(role, article)| Draft {
            role: role.unwrap_or(Role::Other),
            article,
            continues: None,
            duplicate_of: None,
        })
        .collect();
    Outline { drafts, articles, masthead, imprints, headers, setting, repeats: Vec::new(), bylines }
}

/// A narrow column, in columns of the screen: what a fragment is measured by where lines are not wrapped.
const COLUMN: u32 = 34;

/// The width of a page number or a crumb: what is no wider ends no article.
const DUST: u32 = 6;
/// How many lines of dust may stand between a heading and what was said before it.
const FAR_BACK: usize = 64;

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a [Raw],
    pub(super) roles: Vec<Option<Role>>,
    pub(super) leads: Vec<bool>,
    pub(super) setting: Setting,
    pub(super) articles: Vec<Sketch>,
    pub(super) owner: Vec<Option<usize>>,
    /// The deeper of the two levels that headlines have, where any are marked.
    headline_level: u8,
    /// A page header of a digital edition stands between the last article and what comes next.
    fresh: bool,
    /// The label of a column of short items, while they last.
    brief: Option<usize>,
    /// A column label that waits for its first article.
    pending: Option<usize>,
    /// The earlier article that goes on behind another one.
    resumed: Option<usize>,
    /// The last line of running text of each article.
    last_body: Vec<Option<usize>>,
    /// The label that goes on covering articles of its level, with that level.
    cover: Option<(usize, u8)>,
    /// For each line, whether something else says that it is the headline.
    settled: Vec<bool>,
    pub(super) lexicon: &'a Lexicon,
}

impl Builder<'_> {
    fn run(&mut self) {
        let groups = self.groups();
        let mut next_group = groups.iter().enumerate().peekable();
        let mut i = 0;
        while i < self.lines.len() {
            if let Some(&(g, group)) = next_group.peek()
                && group[0] == i
            {
                next_group.next();
                self.place_group(&groups, g);
                i = group.last().map_or(i, |&last| last) + 1;
                continue;
            }
            // The header of a digital edition's next page ends whatever article was running.
            self.fresh |= self.lines[i].has(Cue::Edition) && self.roles[i] == Some(Role::Masthead);
            self.place_line(i);
            i += 1;
        }
    }

    /// Heading lines that stand together, with nothing but furniture lines of markup between.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut open = false;
        for i in 0..self.lines.len() {
            match self.roles[i] {
                None if open && self.lines[i].blanks <= 3 => {
                    if let Some(group) = groups.last_mut() {
                        group.push(i);
                    }
                }
                None => {
                    groups.push(vec![i]);
                    open = true;
                }
                Some(_) => open = false,
            }
        }
        groups
    }

    /// What stands around group `g`.
    fn around(&self, groups: &[Vec<usize>], g: usize) -> Around {
        let group = &groups[g];
        let (first, last) = (group[0], group[group.len() - 1]);
        let end = groups.get(g + 1).map_or(self.lines.len(), |next| next[0]);
        let mut around =
            Around { first: self.articles.is_empty() || self.fresh, bare: true, ..Around::default() };
        let (mut bodies, mut figures, mut credited_photo) = (0, 0, false);
        for i in last + 1..end {
            match self.roles[i] {
                Some(Role::Body) => {
                    if bodies == 0 {
                        around.byline |= self.leads[i];
                        around.photo |= self.lines[i].blanks >= 3;
                    }
                    around.bare = false;
                    // What follows a photo credit is the article going on: the photo is not all there is.
                    around.photo &= bodies == 0 || !credited_photo;
                    bodies += 1;
                    figures += usize::from(
                        self.text[self.lines[i].start..].starts_with(|c: char| c.is_ascii_digit()),
                    );
                    around.items += usize::from(self.opens_item(i));
                    let written = self.lines[i].content(self.text);
                    around.photo |= bodies <= 4
                        && !around.byline
                        && byline::trailing(written, &self.lexicon.byline)
                            .is_some_and(|p| !p.photographers.is_empty());
                }
                Some(Role::Credit) => {
                    let people = byline::credit(self.lines[i].content(self.text), &self.lexicon.byline);
                    let photo = people.as_ref().is_some_and(|p| !p.photographers.is_empty());
                    // A line with nobody's camera in it, right under the heading, names the writer.
                    around.byline |= bodies == 0 && !photo;
                    around.byline |= bodies == 0 && people.is_some_and(|p| !p.bylines.is_empty());
                    credited_photo |= photo && (1..=5).contains(&bodies) && !around.byline;
                    around.photo |= credited_photo;
                    around.signed |= bodies > 0 && !photo;
                }
                _ => {}
            }
        }
        let credited = |i: usize| {
            let content = self.lines[i].content(self.text);
            self.roles[i] == Some(Role::Body) && byline::trailing(content, &self.lexicon.byline).is_some()
        };
        around.signed |=
            (last + 1..end).rev().find(|&i| self.roles[i] == Some(Role::Body)).is_some_and(credited);
        around.boxed = bodies >= 2 && figures * 2 > bodies;
        // A photo with a caption of its own stands inside its article; what follows is no new one for it.
        let illustrated = self.articles.last().is_some_and(|a| a.bylined)
            && first >= 2
            && self.roles[first - 1] == Some(Role::Credit)
            && self.roles[first - 2] == Some(Role::Caption);
        around.closed = !illustrated
            && (first.checked_sub(1).is_some_and(credited)
                || self.said_before(first).is_none_or(|before| {
                    matches!(self.roles[before], Some(Role::Credit | Role::Other | Role::Masthead))
                        && !self.lines[before].markup
                }));
        around.labelled = self.pending.is_some();
        if let Some(article) = self.articles.last() {
            around.paragraphs = article.paragraphs;
            around.bylined = article.bylined;
            around.marked_sections = article.marked_sections;
            around.headless = article.bylined && !article.headed && article.column.is_none();
            let deeper = self.lines[first].level > article.level && article.level > 0;
            around.waiting = article.headed
                && (article.paragraphs == 0 || deeper && article.paragraphs == article.beside_photo);
            around.article_level = article.level;
        }
        around.headline_level = self.headline_level;
        around.parallel = self.parallel(groups, g);
        around.last = g + 1 == groups.len();
        let plain = |n: usize| {
            groups.get(n).is_some_and(|group| group.len() == 1 && self.is_plain_heading(groups, n))
        };
        around.in_series = plain(g)
            && (plain(g + 1) || g > 0 && plain(g - 1) && self.roles[groups[g - 1][0]] == Some(Role::Section));
        around
    }

    /// The line before `first`, page numbers and other dust left out; none where there is only dust near it.
    fn said_before(&self, first: usize) -> Option<usize> {
        let near = first.saturating_sub(FAR_BACK)..first;
        near.rev().find(|&k| self.roles[k] != Some(Role::Other) || self.lines[k].width > DUST)
    }

    /// A short item of a column of several: it has a byline or a mark of its own.
    fn opens_item(&self, i: usize) -> bool {
        let content = self.lines[i].content(self.text);
        // **城东街道** …: what the item is about, in bold.
        let bold = content.strip_prefix("**").and_then(|rest| rest.find("**")).is_some_and(|end| end <= 36);
        // 【公积金】…: the same in brackets.
        let named = content
            .strip_prefix('【')
            .and_then(|rest| rest.split_once('】'))
            .is_some_and(|(name, rest)| name.len() <= 24 && !rest.is_empty());
        self.leads[i]
            || bold && !self.lines[i].bold
            || named
            || self.brief.is_some() && scan::opens_with_time(content)
            || content.starts_with(|c| self.lexicon.lists.item_marks.contains(c))
    }

    /// A heading of one line with running text under it that no byline opens, and no photo near it.
    fn is_plain_heading(&self, groups: &[Vec<usize>], n: usize) -> bool {
        let own = groups[n][0];
        let end = groups.get(n + 1).map_or(self.lines.len(), |next| next[0]);
        let text = (own + 1..end).find(|&i| self.roles[i].is_some_and(|role| role != Role::Other));
        let apart = own > 0 && matches!(self.roles[own - 1], Some(Role::Other | Role::Masthead));
        !apart
            && text.is_some_and(|i| {
                self.roles[i] == Some(Role::Body) && !self.leads[i] && self.lines[i].blanks < 3
            })
    }

    /// How much the last line of group `g` is like the headings nearby that no byline follows.
    fn parallel(&self, groups: &[Vec<usize>], g: usize) -> f32 {
        let Some(&own) = groups[g].last() else { return 0.0 };
        let bylined = |n: usize| {
            let last = groups[n].last().map_or(0, |&l| l);
            let end = groups.get(n + 1).map_or(self.lines.len(), |next| next[0]);
            (last + 1..end).find(|&i| self.roles[i] == Some(Role::Body)).is_some_and(|i| self.leads[i])
        };
        // The second line of one headline is like the second line of another: that makes neither a section.
        let compares = |n: usize| groups[g].len() == 1 || groups[n].len() == 1;
        let mut best = 0.0f32;
        for n in (g + 1..groups.len()).take(8) {
            if bylined(n) || groups[n].len() > 2 {
                break;
            }
            if let Some(&other) = groups[n].last().filter(|_| compares(n)) {
                best = best.max(headings::likeness(self.text, &self.lines[own], &self.lines[other]));
            }
        }
        for n in (0..g).rev().take(8) {
            if let Some(&other) = groups[n].last().filter(|_| compares(n)) {
                best = best.max(headings::likeness(self.text, &self.lines[own], &self.lines[other]));
            }
            if bylined(n) || groups[n].len() > 2 {
                break;
            }
        }
        best
    }

    fn place_group(&mut self, groups: &[Vec<usize>], g: usize) {
        let group = &groups[g];
        let around = self.around(groups, g);
        let mut labels = headings::assign(self.lines, group, &around, &self.setting);
        titles::settle(group, &mut labels, &self.settled);
        for (&i, &label) in group.iter().zip(&labels) {
            self.roles[i] = Some(label);
        }
        let headed = labels.contains(&Role::Headline);
        self.brief = None;
        if headed {
            let level = group
                .iter()
                .zip(&labels)
                .filter(|(_, label)| **label == Role::Headline)
                .map(|(&i, _)| self.lines[i].level)
                .min()
                .unwrap_or(0);
            for (&i, &label) in group.iter().zip(&labels) {
                if label == Role::Column {
                    self.pending = Some(i);
                }
            }
            let number = self.begin(level);
            self.articles[number].headed = true;
            self.articles[number].belated =
                around.headless && !(around.byline || around.photo || around.signed || around.labelled);
            for (&i, &label) in group.iter().zip(&labels) {
                if label != Role::Other {
                    self.owner[i] = Some(number);
                }
            }
            // The label belongs to the first article under it.
            if let Some(label) = self.articles[number].column
                && self.owner[label].is_none()
            {
                self.owner[label] = Some(number);
            }
            return;
        }
        for (&i, &label) in group.iter().zip(&labels) {
            match label {
                Role::Column if around.waiting => {
                    let number = self.articles.len() - 1;
                    self.articles[number].column = Some(i);
                    self.owner[i] = Some(number);
                }
                Role::Column => {
                    self.pending = Some(i);
                    self.brief = (around.items >= 2).then_some(i);
                }
                Role::Other => {}
                _ => {
                    let number = self.current();
                    self.owner[i] = Some(number);
                    self.articles[number].marked_sections |=
                        label == Role::Section && self.lines[i].has(Cue::SectionMark);
                }
            }
        }
    }

    /// Starts an article; gives its index.
    fn begin(&mut self, level: u8) -> usize {
        let mut sketch = Sketch { level, ..Sketch::default() };
        if let Some(label) = self.pending.take() {
            sketch.column = Some(label);
            self.cover = Some((label, level));
        } else if let Some((label, at)) = self.cover {
            // A label goes on covering articles of the same marked level.
            if level > 0 && level == at {
                sketch.column = Some(label);
            } else {
                self.cover = None;
            }
        }
        self.fresh = false;
        self.resumed = None;
        self.last_body.push(None);
        self.articles.push(sketch);
        self.articles.len() - 1
    }

    /// The article that text belongs to where nothing says otherwise.
    fn current(&mut self) -> usize {
        if self.articles.is_empty() || self.fresh {
            return self.begin(0);
        }
        self.resumed.unwrap_or(self.articles.len() - 1)
    }

    fn place_line(&mut self, i: usize) {
        match self.roles[i] {
            Some(Role::Body) => {
                // A byline behind nothing but a photo opens the article's own text.
                let photo_only = self.articles.last().is_some_and(|a| {
                    a.headed && !a.bylined && a.beside_photo > 0 && a.paragraphs == a.beside_photo
                });
                let opens = self.opens_by_place(i);
                let lead = self.leads[i] && !photo_only;
                let another = (lead || opens)
                    && self
                        .articles
                        .last()
                        .is_some_and(|a| a.paragraphs > 0 && (opens || a.bylined || self.is_story_lead(i)));
                let item = self.brief.filter(|_| self.opens_item(i));
                if self.pending.is_none() {
                    self.pending = item;
                }
                let orphan = self.is_orphan_photo(i);
                if self.pending.is_none() && !another && !orphan && !self.fresh {
                    self.resumed = self.resumes(i).or(self.resumed);
                }
                let number = if another || orphan || self.fresh || self.pending.is_some() {
                    self.begin(0)
                } else {
                    self.current()
                };
                self.own_label(number);
                self.owner[i] = Some(number);
                self.last_body[number] = Some(i);
                self.articles[number].bylined |= self.leads[i];
                self.articles[number].paragraphs += 1;
            }
            Some(Role::Caption | Role::Credit) => {
                let number = self.current();
                self.owner[i] = Some(number);
                let signs = self.roles[i] == Some(Role::Credit) && self.signs_opening(i);
                let article = &mut self.articles[number];
                article.bylined |= signs && article.headed && article.paragraphs == 0;
                if self.roles[i] == Some(Role::Credit) && !article.bylined && article.paragraphs <= 2 {
                    article.beside_photo = article.paragraphs;
                }
            }
            _ => {}
        }
    }

    /// True where line `i` stands apart from a sentence that is over, set in like the first line of a paragraph.
    fn opens_by_place(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let before = || self.last_body.last().copied().flatten();
        line.opens && line.indent && before().is_some_and(|before| self.lines[before].ends_sentence())
    }

    /// A line that names who wrote, and no camera.
    fn signs_opening(&self, i: usize) -> bool {
        let content = self.lines[i].content(self.text);
        byline::credit(content, &self.lexicon.byline).map_or_else(
            || byline::bare_name(content, &self.lexicon.byline),
            |people| people.photographers.is_empty(),
        )
    }

    /// The earlier article that line `i` goes on with: the running one is at the end of a sentence, that one broke
    /// off in a sentence, and the line can start no paragraph.
    fn resumes(&self, i: usize) -> Option<usize> {
        let line = &self.lines[i];
        let current = self.articles.len().checked_sub(1)?;
        let last = self.last_body[current]?;
        if self.leads[i]
            || line.opens
            || line.blanks < 2
            || !self.lines[last].ends_sentence()
            || line.has(Cue::BodyOpener)
        {
            return None;
        }
        let earlier = (0..current)
            .rev()
            .take(3)
            .find(|&n| self.last_body[n].is_some_and(|k| !self.lines[k].ends_sentence()))?;
        let broken = &self.lines[self.last_body[earlier]?];
        // A few words up to a full stop, or the end of what was quoted there.
        let fragment = line.ending == Ending::Stop
            && !line.inner_stop
            && line.width * 10 < self.setting.edge(line).max(COLUMN) * 7;
        let quoted = !broken.balanced && !line.balanced;
        (fragment || quoted).then_some(earlier)
    }

    fn own_label(&mut self, number: usize) {
        if let Some(label) = self.articles[number].column
            && self.owner[label].is_none()
        {
            self.owner[label] = Some(number);
        }
    }

    /// A byline that names its source starts a story wherever it stands.
    fn is_story_lead(&self, i: usize) -> bool {
        let content = self.lines[i].content(self.text);
        byline::lead(content, &self.lexicon.byline)
            .is_some_and(|lead| lead.source.is_some() || !lead.people.bylines.is_empty())
    }
}

/// True where the line opens with a byline: 本报讯 记者甲报道.
fn byline_opens(text: &str, line: &Raw, lexicon: &Lexicon) -> bool {
    line.has(Cue::LeadOpener) && byline::lead(&scan::clean(line.content(text)), &lexicon.byline).is_some()
}

/// The deeper of the levels 1 and 2, whichever headings of the page have; 0 where none is marked.
fn headline_level(lines: &[Raw], roles: &[Option<Role>]) -> u8 {
    let headings = lines.iter().zip(roles).filter(|(_, role)| role.is_none()).map(|(line, _)| line.level);
    headings.filter(|level| (1..=2).contains(level)).max().unwrap_or(0)
}
