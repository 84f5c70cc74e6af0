//! Learns to read pages from the annotated ones under `tests/`, and says how well that works.
//!
//! `cargo run --profile fit --no-default-features --example fit -- cross` leaves out papers in turn and prints how well
//! their pages are read; `teach` reads the pages of papers left out before and after their other pages were taught;
//! `facts` lists what is known of a line; `pairs` draws `data/page/pairs.txt` from the pages; `boxes` learns, after the
//! rest, what the places of lines say, and writes `data/page/boxes.tsv`. `bylines` says how well bylines are read
//! on lines that are told, or with `bylines-to=FILE` learns them alone. Otherwise it learns from all pages and writes `data/page/weights.tsv` and `data/page/bylines.tsv`. Options, as `name=value`: `vary` and `again` how many times each page is set anew to learn of
//! lines and of the rest, `folds`, `deviation` of the prior, `rounds` at most, `apart=FOLDER` where what is learnt of lines
//! without each part is kept, `bylines-…` the same for bylines, `held=FOLDER` pages that are read and never learnt from, `printed=1` to learn from those of
//! `corpus-printed` too, `errors=1`, `pages=1`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for whoever works on the project"
)]

mod boxes;
mod bylines;
mod forms;
#[path = "../../tests/gold/mod.rs"]
mod gold;
mod pairs;
mod vary;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gold::{Gold, MEASURES, Scores, document, folders, pages, score};
use zjgr::chain::{Example, Options};
use zjgr::page::learn::{Answer, Answers, Teacher, facts};
use zjgr::page::{Reader, Role, Weights};

/// What was asked for.
struct Asked {
    options: BTreeMap<String, String>,
}

impl Asked {
    fn number<T: std::str::FromStr>(&self, name: &str, default: T) -> T {
        self.options.get(name).map_or(default, |value| value.parse().ok().unwrap())
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = arguments.iter().filter_map(|argument| argument.split_once('='));
    let asked = Asked { options: options.map(|(name, value)| (name.to_owned(), value.to_owned())).collect() };
    if arguments.iter().any(|argument| argument == "facts") {
        facts().for_each(|(name, says)| println!("{name}\t{says}"));
        return;
    }
    if arguments.iter().any(|argument| argument == "boxes") {
        boxes::learn(&asked, arguments.iter().any(|argument| argument == "cross"));
        return;
    }
    let read: Vec<Gold> = folders()
        .iter()
        .filter(|folder| !folder.ends_with(boxes::FOLDER))
        .flat_map(|folder| pages(folder))
        .collect();
    if arguments.iter().any(|argument| argument == "pairs") {
        let list = pairs::telling(&read, asked.number("most", 4000));
        std::fs::write("data/page/pairs.txt", list).unwrap();
        return;
    }
    let started = std::time::Instant::now();
    if arguments.iter().any(|argument| argument == "bylines") {
        match asked.options.get("bylines-to") {
            Some(path) => std::fs::write(path, bylines::all(&asked, &read).bylines_to_tsv()).unwrap(),
            None => bylines::cross(&asked, &read),
        }
        eprintln!("{:.0?}", started.elapsed());
        return;
    }
    let course = Course::new(&asked, &read);
    if arguments.iter().any(|argument| argument == "cross") {
        course.cross();
    } else if arguments.iter().any(|argument| argument == "teach") {
        course.teach();
    } else {
        let weights = course.all();
        let text = weights.to_tsv();
        let path = asked.options.get("to").map_or("data/page/weights.tsv", String::as_str);
        std::fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &text).unwrap();
        println!("{path}: {} bytes", text.len());
        let path = asked.options.get("bylines-to").map_or(bylines::PATH, String::as_str);
        std::fs::write(path, weights.bylines_to_tsv()).unwrap();
        held(&asked, &Reader::default().with_weights(weights));
    }
    eprintln!("{:.0?}", started.elapsed());
}

/// Learns from pages, each decision on what the ones before it say of pages that they did not learn from.
struct Course<'c> {
    asked: &'c Asked,
    pages: &'c [Gold],
    /// The part that each page is of: those of one paper are together.
    parts: Vec<usize>,
    folds: usize,
    /// What was learnt of bylines without each part in turn.
    bylines: Vec<Weights>,
    /// What was learnt of lines without each part in turn.
    apart: Vec<Weights>,
    /// What each page teaches of articles and of joins, as read by what was learnt without it.
    articles: Vec<Vec<Example>>,
    joins: Vec<Vec<Example>>,
}

impl<'c> Course<'c> {
    fn new(asked: &'c Asked, pages: &'c [Gold]) -> Self {
        let folds: usize = asked.number("folds", 5);
        let parts = parts(pages, folds);
        let mut course = Self {
            asked,
            pages,
            parts,
            folds,
            bylines: Vec::new(),
            apart: Vec::new(),
            articles: Vec::new(),
            joins: Vec::new(),
        };
        course.bylines = bylines::apart(asked, pages, &course.parts, folds);
        course.apart = (0..folds).map(|part| course.lines_without(part)).collect();
        for (gold, &part) in pages.iter().zip(&course.parts) {
            let teacher = Teacher::new(course.apart[part].clone());
            let (articles, joins) = course.taught(&teacher, gold);
            course.articles.push(articles);
            course.joins.push(joins);
        }
        course
    }

    /// What is learnt of lines from all pages but those of one part; read from a file where that was done before.
    fn lines_without(&self, part: usize) -> Weights {
        let path = self.asked.options.get("apart").map(|folder| format!("{folder}/{part}.tsv"));
        if let Some(text) = path.as_ref().and_then(|path| std::fs::read(path).ok()) {
            return Weights::from_tsv(&text).unwrap().with_bylines_of(&self.bylines[part]);
        }
        let weights = self.learn(|other| other != part).with_bylines_of(&self.bylines[part]);
        path.into_iter().for_each(|path| std::fs::write(path, weights.to_tsv()).unwrap());
        eprintln!("lines of part {} of {}", part + 1, self.folds);
        weights
    }

    /// What a page and its settings teach of articles and of joins.
    fn taught(&self, teacher: &Teacher, gold: &Gold) -> (Vec<Example>, Vec<Example>) {
        let times: u32 = self.asked.number("again", 2);
        let own = answers(gold);
        let varied = (0..times).map(|time| vary::vary(&gold.name, &gold.text, &own, time));
        let (mut articles, mut joins) = (Vec::new(), Vec::new());
        let told = std::iter::once((gold.text.clone(), own.clone())).chain(varied);
        for (time, (text, answers)) in told.enumerate() {
            let weight = if time == 0 { 1.0 } else { 1.0 / f64::from(times) };
            let document = document(&text);
            let weighed = |example: Example| Example { weight, ..example };
            joins.extend(teacher.joins(&document, &answers).into_iter().map(weighed));
            let first = |number: &u32| time > 0 || gold.lines[number].duplicate_of.is_none();
            let answers = answers.into_iter().filter(|(number, _)| first(number)).collect();
            articles.push(weighed(teacher.articles(&document, &answers)));
        }
        (articles, joins)
    }

    /// `lines` with what is learnt of articles and joins from the pages of which `is_part` holds.
    fn complete(&self, lines: &Weights, is_part: impl Fn(usize) -> bool) -> Weights {
        let of = |taught: &[Vec<Example>]| -> Vec<Example> {
            taught.iter().zip(&self.parts).filter(|of| is_part(*of.1)).flat_map(|of| of.0.clone()).collect()
        };
        let options = |deviation| Options { deviation, threads: 2, ..Options::default() };
        let articles = options(self.asked.number("articles-deviation", 0.3));
        let weights = Teacher::new(lines.clone()).fit_articles(&of(&self.articles), &articles).unwrap();
        let joins = options(self.asked.number("joins-deviation", 0.5));
        Teacher::new(weights).fit_joins(&of(&self.joins), &joins).unwrap()
    }

    fn all(&self) -> Weights {
        let all = bylines::all(self.asked, self.pages);
        self.complete(&self.learn(|_| true).with_bylines_of(&all), |_| true)
    }

    /// Leaves out papers in turn, and reads them.
    fn cross(&self) {
        let mut scores: BTreeMap<&str, Vec<(String, Scores)>> = BTreeMap::new();
        let mut calibration = Calibration::default();
        for left_out in 0..self.folds {
            let weights = self.complete(&self.apart[left_out], |part| part != left_out);
            let reader = Reader::default().with_weights(weights);
            for (gold, _) in self.pages.iter().zip(&self.parts).filter(|of| *of.1 == left_out) {
                let page = reader.read(document(&gold.text));
                let folder = gold.name.split('/').next().unwrap();
                calibration.add(gold, &page);
                scores.entry(folder).or_default().push((gold.name.clone(), score(gold, &page)));
                if self.asked.options.contains_key("errors") {
                    errors(gold, &page);
                    bylines::errors(gold, &page);
                }
            }
            eprintln!("part {} of {}", left_out + 1, self.folds);
        }
        println!("{:24} {}", "", MEASURES.map(|measure| format!("{measure:>11}")).concat());
        let of = |pages: &[(String, Scores)]| pages.iter().map(|(_, scores)| *scores).collect::<Vec<_>>();
        for (folder, pages) in &scores {
            show(folder, &of(pages));
        }
        show("all", &scores.values().flat_map(|pages| of(pages)).collect::<Vec<_>>());
        calibration.show();
        if self.asked.options.contains_key("pages") {
            scores.values().flatten().for_each(|(name, scores)| show(name, &[*scores]));
        }
    }
}

/// The part that each page is of: those of one paper are together.
fn parts(pages: &[Gold], folds: usize) -> Vec<usize> {
    let mut papers: Vec<&str> = pages.iter().map(paper).collect::<BTreeSet<_>>().into_iter().collect();
    papers.sort_by_key(|paper| vary::hash(paper));
    let part = |gold: &Gold| papers.iter().position(|other| *other == paper(gold)).unwrap() % folds;
    pages.iter().map(part).collect()
}

/// The paper that a page is of: its name up to the first dash.
fn paper(gold: &Gold) -> &str {
    let name = gold.name.split_once('/').map_or(gold.name.as_str(), |(_, name)| name);
    name.split('-').next().unwrap_or(name)
}

/// What the annotation says of each line.
fn answers(gold: &Gold) -> Answers {
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name).unwrap();
    let answer =
        |line: &gold::GoldLine| Answer { role: role(&line.role), article: line.article, joins: line.joins };
    gold.lines.iter().map(|(&number, line)| (number, answer(line))).collect()
}

impl Course<'_> {
    /// What the pages of which `is_part` holds and their settings teach of lines, each read by what was learnt of bylines
    /// without it.
    fn examples(&self, is_part: impl Fn(usize) -> bool) -> Vec<Example> {
        let times: u32 = self.asked.number("vary", 4);
        let mut examples = Vec::new();
        for (gold, &part) in self.pages.iter().zip(&self.parts).filter(|of| is_part(*of.1)) {
            let teacher = Teacher::new(Weights::blank().with_bylines_of(&self.bylines[part]));
            let example = |text: &str, answers: &Answers| teacher.lines(&document(text), answers);
            let answers = answers(gold);
            match example(&gold.text, &answers) {
                Some(example) => examples.push(example),
                None => eprintln!("{}: lines that are not annotated", gold.name),
            }
            for time in 0..times {
                let (text, answers) = vary::vary(&gold.name, &gold.text, &answers, time);
                let varied = example(&text, &answers).expect("every line of a page set anew is annotated");
                examples.push(Example { weight: 1.0 / f64::from(times), ..varied });
            }
        }
        examples
    }

    /// What is learnt of lines from the pages of which `is_part` holds.
    fn learn(&self, is_part: impl Fn(usize) -> bool) -> Weights {
        let options = Options {
            deviation: self.asked.number("deviation", 0.8),
            rounds: self.asked.number("rounds", 120),
            tolerance: self.asked.number("tolerance", 1e-3),
            unseen: false,
            least: self.asked.number("least", 0.05),
            threads: 2,
            ..Options::default()
        };
        Teacher::new(Weights::blank()).fit_lines(&self.examples(is_part), &options).unwrap()
    }
}

impl Course<'_> {
    /// Reads each page of a paper that was left out, before and after the paper's other pages were taught as `zjgr learn`
    /// teaches them.
    fn teach(&self) {
        let mut papers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, gold) in self.pages.iter().enumerate() {
            papers.entry(paper(gold)).or_default().push(at);
        }
        let weights: Vec<Weights> = (0..self.folds)
            .map(|left_out| self.complete(&self.apart[left_out], |part| part != left_out))
            .collect();
        let options =
            Options { deviation: self.asked.number("deviation", 0.3), rounds: 40, ..Options::default() };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for pages in papers.values().filter(|pages| pages.len() > 1) {
            for &read in pages {
                let prior = &weights[self.parts[read]];
                let gold = &self.pages[read];
                let teacher = Teacher::new(prior.clone());
                let others = pages.iter().filter(|&&other| other != read).map(|&other| &self.pages[other]);
                let examples: Vec<Example> =
                    others.filter_map(|gold| teacher.lines(&document(&gold.text), &answers(gold))).collect();
                let taught = teacher.fit_lines(&examples, &options).unwrap();
                let score = |weights: Weights| {
                    score(gold, &Reader::default().with_weights(weights).read(document(&gold.text)))
                };
                before.push(score(prior.clone()));
                after.push(score(taught));
            }
        }
        println!("{:24} {}", "", MEASURES.map(|measure| format!("{measure:>11}")).concat());
        show(&format!("{} pages before", before.len()), &before);
        show("after", &after);
    }
}

/// How many of the lines of which the reader is so sure are what it says.
#[derive(Default)]
struct Calibration {
    right: [usize; SURE.len()],
    all: [usize; SURE.len()],
}

/// From which confidence on.
const SURE: [f32; 6] = [0.95, 0.9, 0.8, 0.7, 0.5, 0.0];

impl Calibration {
    fn add(&mut self, gold: &Gold, page: &zjgr::Page) {
        for line in &page.lines {
            let (Some(told), Some(sure)) = (gold.lines.get(&line.number), line.confidence) else { continue };
            let bin = SURE.iter().position(|&from| sure >= from).unwrap();
            self.all[bin] += 1;
            self.right[bin] += usize::from(told.role == line.role.name());
        }
    }

    fn show(&self) {
        for ((from, right), all) in SURE.iter().zip(self.right).zip(self.all) {
            println!(
                "confidence {from:.2} and more: {all:6} lines, {:.3} right",
                right as f64 / all.max(1) as f64
            );
        }
    }
}

fn show(name: &str, scores: &[Scores]) {
    let mean = Scores::mean(scores);
    println!("{name:24} {}", mean.0.map(|measure| format!("{measure:11.4}")).concat());
}

/// Reads pages that were never learnt from.
fn held(asked: &Asked, reader: &Reader) {
    let Some(folder) = asked.options.get("held") else { return };
    println!("{:24} {}", "", MEASURES.map(|measure| format!("{measure:>11}")).concat());
    let mut all = Vec::new();
    for gold in pages(Path::new(folder)) {
        let page = reader.read(document(&gold.text));
        let scores = score(&gold, &page);
        show(gold.name.split('/').next_back().unwrap(), &[scores]);
        if asked.options.contains_key("errors") {
            errors(&gold, &page);
        }
        why(asked, &gold, reader);
        all.push(scores);
    }
    show("mean", &all);
}

/// Says why the lines that were asked for are read as they are: `why=PAGE:LINE,LINE`.
fn why(asked: &Asked, gold: &Gold, reader: &Reader) {
    let Some((page, lines)) = asked.options.get("why").and_then(|why| why.split_once(':')) else { return };
    if !gold.name.ends_with(page) {
        return;
    }
    let explained = reader.explain(&document(&gold.text));
    for number in lines.split(',') {
        let told = &explained[&number.parse().unwrap()];
        println!("{number}: {} {:.3}, not {}", told.state, told.probability, told.rival);
        for reason in told.reasons.iter().take(asked.number("reasons", 25)) {
            println!("    {:8.3} {}", reason.weight, reason.fact);
        }
    }
}

/// Says which lines were read otherwise.
fn errors(gold: &Gold, page: &zjgr::Page) {
    for line in &page.lines {
        let Some(told) = gold.lines.get(&line.number) else { continue };
        let first = |number: u32| {
            gold.lines
                .values()
                .zip(gold.lines.keys())
                .find(|(line, _)| line.article == number)
                .map(|(_, &at)| at)
        };
        let begins = told.article > 0 && first(told.article) == Some(line.number);
        let said = line.article.is_some_and(|article| page.articles[article].lines.0 == line.number);
        if told.role != line.role.name() || told.joins != line.joins || begins != said {
            let mark = |joins: bool, begins: bool| {
                format!("{}{}", if joins { "+" } else { "" }, if begins { "*" } else { "" })
            };
            println!(
                "{}:{} {}{} read as {}{}: {}",
                gold.name,
                line.number,
                told.role,
                mark(told.joins, begins),
                line.role.name(),
                mark(line.joins, said),
                page.line_text(line).chars().take(40).collect::<String>()
            );
        }
    }
}
