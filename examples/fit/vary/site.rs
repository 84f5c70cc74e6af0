//! Sets the stories of a page as the sites of papers do: each by itself, its headings line by line, its paragraphs in
//! one piece, and round it what a site prints (`sites.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use zjgr::page::Role;
use zjgr::page::learn::Answer;

use super::{Dice, Line, in_one_piece, plain};

/// What sites print round a story.
#[derive(Deserialize)]
struct Sites {
    papers: Vec<String>,
    sections: Vec<String>,
    pages: Vec<String>,
    names: Vec<String>,
    dates: Vec<String>,
    times: Vec<String>,
    closing: Vec<String>,
    opening: Vec<String>,
    site: Vec<Site>,
}

/// How one site sets a story.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Site {
    /// At the head of the page.
    head: Vec<String>,
    /// Above the headings of each story.
    above: Vec<String>,
    /// Between its headings and its text.
    between: Vec<String>,
    /// Below it.
    foot: Vec<String>,
}

fn sites() -> &'static Sites {
    static SITES: OnceLock<Sites> = OnceLock::new();
    SITES.get_or_init(|| toml::from_str(include_str!("sites.toml")).unwrap())
}

fn drawn<'s>(list: &'s [String], dice: &mut Dice) -> &'s str {
    &list[dice.below(list.len())]
}

/// What is drawn for one page.
struct Issue {
    paper: String,
    section: String,
    page: String,
    date: String,
    time: String,
}

impl Issue {
    fn drawn(dice: &mut Dice) -> Self {
        let sites = sites();
        let (year, month, day) = (1950 + dice.below(75), 1 + dice.below(12), 1 + dice.below(28));
        let date = drawn(&sites.dates, dice)
            .replace("{y}", &year.to_string())
            .replace("{mm}", &format!("{month:02}"))
            .replace("{dd}", &format!("{day:02}"))
            .replace("{m}", &month.to_string())
            .replace("{d}", &day.to_string());
        let number = (1 + dice.below(8)).to_string();
        Self {
            paper: drawn(&sites.papers, dice).to_owned(),
            section: drawn(&sites.sections, dice).to_owned(),
            page: drawn(&sites.pages, dice).replace("{n}", &number),
            date,
            time: drawn(&sites.times, dice).to_owned(),
        }
    }

    /// The lines that `templates` stand for, beside a story called `title`, on a page that has `titles`.
    fn lines(
        &self,
        templates: &[impl AsRef<str>],
        title: &str,
        titles: &[String],
        article: u32,
        dice: &mut Dice,
    ) -> Vec<Line> {
        let mut lines = Vec::new();
        for template in templates {
            let (kind, text) = template.as_ref().split_once('|').unwrap();
            let (role, article) = match kind {
                "m" => (Role::Masthead, 0),
                "r" => (Role::Credit, article),
                _ => (Role::Other, 0),
            };
            let answer = Answer { role, article, joins: false };
            if text == "{titles}" {
                lines.extend(titles.iter().map(|title| Line { text: title.clone(), answer, blanks: 0 }));
                continue;
            }
            let mut text = text
                .replace("{paper}", &self.paper)
                .replace("{section}", &self.section)
                .replace("{page}", &self.page)
                .replace("{date}", &self.date)
                .replace("{time}", &self.time)
                .replace("{title}", title);
            while text.contains("{name}") {
                text = text.replacen("{name}", drawn(&sites().names, dice), 1);
            }
            lines.push(Line { text, answer, blanks: usize::from(dice.in_hundred(30)) });
        }
        lines
    }
}

/// The stories of a page, each by itself, as a site sets them; `lines` where none has a headline.
pub(super) fn dressed(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let stories = stories(&lines);
    if stories.is_empty() {
        return lines;
    }
    let (issue, site) = (Issue::drawn(dice), &sites().site[dice.below(sites().site.len())]);
    let titles: Vec<String> = stories.iter().map(|story| title(story)).collect();
    let (again, gap, joined) = (dice.in_hundred(50), dice.below(2), dice.in_hundred(40));
    let mut set = Vec::new();
    for (story, title) in stories.into_iter().zip(&titles) {
        let article = story[0].answer.article;
        let add = |templates: &[String], set: &mut Vec<Line>, dice: &mut Dice| {
            set.extend(issue.lines(templates, title, &titles, article, dice));
        };
        if set.is_empty() || again {
            add(&site.head, &mut set, dice);
        }
        add(&site.above, &mut set, dice);
        let text = story.iter().position(|line| !heads(line)).unwrap_or(story.len());
        let signed = story.iter().any(|line| line.answer.role == Role::Credit);
        let headings = headings(&story[..text], joined);
        set.extend(headings.into_iter().map(|line| Line { blanks: gap, ..line }));
        add(&site.between, &mut set, dice);
        if !signed && text < story.len() && dice.in_hundred(20) {
            set.extend(issue.lines(&[drawn(&sites().opening, dice)], title, &titles, article, dice));
        }
        set.extend(in_one_piece(&story[text..]));
        if !signed && dice.in_hundred(30) {
            set.extend(issue.lines(&[drawn(&sites().closing, dice)], title, &titles, article, dice));
        }
        let add = |templates: &[String], set: &mut Vec<Line>, dice: &mut Dice| {
            set.extend(issue.lines(templates, title, &titles, article, dice));
        };
        add(&site.foot, &mut set, dice);
    }
    set
}

fn heads(line: &Line) -> bool {
    matches!(line.answer.role, Role::Column | Role::Kicker | Role::Headline | Role::Subhead)
}

/// The stories that have a headline, each with its lines.
fn stories(lines: &[Line]) -> Vec<Vec<Line>> {
    let mut stories: Vec<Vec<Line>> = Vec::new();
    for line in lines.iter().filter(|line| line.answer.article > 0) {
        match stories.iter_mut().find(|story| story[0].answer.article == line.answer.article) {
            Some(story) => story.push(line.clone()),
            None => stories.push(vec![line.clone()]),
        }
    }
    stories.retain(|story| story.iter().any(|line| line.answer.role == Role::Headline));
    stories
}

/// The headline of a story.
fn title(story: &[Line]) -> String {
    let headline = story.iter().filter(|line| line.answer.role == Role::Headline);
    headline.map(|line| plain(&line.text).to_owned()).collect::<Vec<_>>().join(" ")
}

/// Headings without marks; what was broken over lines stands on one where sites set it so.
fn headings(lines: &[Line], joined: bool) -> Vec<Line> {
    let mut set: Vec<Line> = Vec::new();
    for line in lines {
        let text = plain(&line.text).trim().to_owned();
        match set.last_mut() {
            Some(above) if joined && line.answer.joins && above.answer.role == line.answer.role => {
                above.text = format!("{} {text}", above.text);
            }
            _ => set.push(Line { text, ..line.clone() }),
        }
    }
    set
}
