//! Learns to read pages from the annotated ones under `tests/`, and says how well that works.
//!
//! `cargo run --profile fit --no-default-features --example fit -- cross` leaves out a paper at a time and prints how
//! well its pages are read; `facts` lists what is known of a line. Otherwise it learns from all pages and writes `data/page/weights.tsv`. Options, as
//! `name=value`: `vary` how many times each page is set anew, `folds`, `deviation` of the prior, `rounds` at most,
//! `only=FOLDER` which pages are read, `held=FOLDER` pages that are read and never learnt from.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for whoever works on the project"
)]

#[path = "../../tests/gold/mod.rs"]
mod gold;
mod vary;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gold::{Gold, MEASURES, Scores, document, folders, pages, score};
use zjgr::chain::{Example, Options};
use zjgr::page::learn::{Answer, Teacher, facts};
use zjgr::page::{Reader, Role};

/// What was asked for.
struct Asked {
    cross: bool,
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
    let asked = Asked {
        cross: arguments.iter().any(|argument| argument == "cross"),
        options: options.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    };
    if arguments.iter().any(|argument| argument == "facts") {
        facts().for_each(|(name, says)| println!("{name}\t{says}"));
        return;
    }
    let folders = folders();
    let read: Vec<Gold> = folders.iter().flat_map(|folder| pages(folder)).collect();
    let started = std::time::Instant::now();
    if asked.cross {
        cross(&asked, &read);
    } else {
        let model = learn(&asked, read.iter());
        let text = model.to_tsv();
        let path = asked.options.get("to").map_or("data/page/weights.tsv", String::as_str);
        std::fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, &text).unwrap();
        println!("{path}: {} bytes", text.len());
        held(&asked, &Reader::default().with_weights(model));
    }
    eprintln!("{:.0?}", started.elapsed());
}

/// The paper that a page is of: its name up to the first dash.
fn paper(gold: &Gold) -> &str {
    let name = gold.name.split_once('/').map_or(gold.name.as_str(), |(_, name)| name);
    name.split('-').next().unwrap_or(name)
}

/// What the annotation says of each line.
fn answers(gold: &Gold) -> BTreeMap<u32, Answer> {
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name).unwrap();
    let answer =
        |line: &gold::GoldLine| Answer { role: role(&line.role), article: line.article, joins: line.joins };
    gold.lines.iter().map(|(&number, line)| (number, answer(line))).collect()
}

fn examples<'g>(asked: &Asked, teacher: &Teacher, pages: impl Iterator<Item = &'g Gold>) -> Vec<Example> {
    let times: u32 = asked.number("vary", 4);
    let share: f64 = asked.number("share", 1.0);
    let mut examples = Vec::new();
    for gold in pages {
        let example = |text: &str, answers: &BTreeMap<u32, Answer>| teacher.example(&document(text), answers);
        let answers = answers(gold);
        match example(&gold.text, &answers) {
            Some(example) => examples.push(example),
            None => eprintln!("{}: lines that are not annotated", gold.name),
        }
        let heavy = if gold.name.starts_with("corpus-learn/") { 1.0 } else { asked.number("heavy", 1.0) };
        if let Some(example) = examples.last_mut() {
            example.weight = heavy;
        }
        for time in 0..times {
            let (text, answers) = vary::vary(&gold.name, &gold.text, &answers, time);
            let varied = example(&text, &answers).expect("every line of a page set anew is annotated");
            examples.push(Example { weight: heavy * share / f64::from(times), ..varied });
        }
    }
    examples
}

fn learn<'g>(asked: &Asked, pages: impl Iterator<Item = &'g Gold>) -> zjgr::chain::Model {
    let teacher = Teacher::default();
    let examples = examples(asked, &teacher, pages);
    let options = Options {
        deviation: asked.number("deviation", 1.0),
        rounds: asked.number("rounds", 120),
        tolerance: asked.number("tolerance", 1e-3),
        unseen: asked.number("unseen", false),
        threads: 2,
        ..Options::default()
    };
    teacher.fit(&examples, &options).unwrap()
}

/// Leaves out papers in turn, and reads them.
fn cross(asked: &Asked, read: &[Gold]) {
    let folds: usize = asked.number("folds", 5);
    let only = asked.options.get("only");
    let is_asked = |gold: &&Gold| only.is_none_or(|only| gold.name.starts_with(&format!("{only}/")));
    let mut papers: Vec<&str> = read.iter().map(paper).collect::<BTreeSet<_>>().into_iter().collect();
    papers.sort_by_key(|paper| vary::hash(paper));
    let fold = |gold: &Gold| papers.iter().position(|other| *other == paper(gold)).unwrap() % folds;
    let mut scores: BTreeMap<&str, Vec<(String, Scores)>> = BTreeMap::new();
    for left_out in 0..folds {
        let model = learn(asked, read.iter().filter(|gold| fold(gold) != left_out));
        let reader = Reader::default().with_weights(model);
        for gold in read.iter().filter(is_asked).filter(|gold| fold(gold) == left_out) {
            let page = reader.read(document(&gold.text));
            let folder = gold.name.split('/').next().unwrap();
            scores.entry(folder).or_default().push((gold.name.clone(), score(gold, &page)));
            if asked.options.contains_key("errors") {
                errors(gold, &page);
            }
        }
        eprintln!("fold {} of {folds}", left_out + 1);
    }
    println!("{:24} {}", "", MEASURES.map(|measure| format!("{measure:>11}")).concat());
    for (folder, pages) in &scores {
        show(folder, &pages.iter().map(|(_, scores)| *scores).collect::<Vec<_>>());
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
