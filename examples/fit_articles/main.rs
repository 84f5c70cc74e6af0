//! Learns from the annotated pages under tests/ which article each line belongs to, and shows how well by leaving each
//! paper out in turn. Prints the lines at which an article begins and none was found, or the other way round.
//!
//! ```console
//! $ cargo run --profile fit --no-default-features --example fit_articles -- data/page/articles.tsv
//! ```
//!
//! The same pages give the same weights. A folder of annotated pages named behind the file is read and never learnt from.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a tool for whoever works on zjgr"
)]

#[path = "../../tests/gold/mod.rs"]
mod gold;
#[path = "../fit/vary.rs"]
mod vary;

use std::collections::BTreeMap;

use gold::{Gold, MEASURES, Scores, document, folders, pages, score};
use zjgr::chain::{Example, Options};
use zjgr::page::learn::Answer;
use zjgr::page::{Gatherer, Reader, Role};

/// How often each page is set anew to learn from.
const SETTINGS: u32 = 2;

/// The standard deviation of the prior of each weight.
const DEVIATION: f64 = 0.3;

/// In how many parts the papers are left out by turns.
const FOLDS: usize = 5;

/// The part that a paper belongs to: pages of one paper never stand on both sides.
fn fold(gold: &Gold) -> usize {
    let name = gold.name.rsplit('/').next().unwrap();
    let paper = name.split('-').next().unwrap();
    vary::hash(paper) as usize % FOLDS
}

fn show(what: &str, of: &[(usize, Scores)], pages: &[Gold]) {
    println!("{what}");
    let mut kinds: BTreeMap<&str, Vec<Scores>> = BTreeMap::new();
    for (at, scores) in of {
        let folder = pages[*at].name.split('/').next().unwrap();
        kinds.entry(folder).or_default().push(*scores);
        kinds.entry("all").or_default().push(*scores);
    }
    for (kind, scores) in kinds {
        let mean = Scores::mean(&scores).0;
        let cells: Vec<String> =
            MEASURES.iter().zip(mean).map(|(name, mean)| format!("{name} {mean:.4}")).collect();
        println!("  {kind:14} {}", cells.join("  "));
    }
}

/// The article of each line that one owns and that repeats no other.
fn owned(gold: &Gold) -> BTreeMap<u32, u32> {
    let owned = gold.lines.iter().filter(|(_, line)| (line.article > 0) & line.duplicate_of.is_none());
    owned.map(|(&number, line)| (number, line.article)).collect()
}

fn answers(gold: &Gold) -> BTreeMap<u32, Answer> {
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name).unwrap();
    let answer =
        |line: &gold::GoldLine| Answer { role: role(&line.role), article: line.article, joins: line.joins };
    gold.lines.iter().map(|(&number, line)| (number, answer(line))).collect()
}

/// What `reader` makes of each page and of as many settings of it as are asked for, to learn from.
fn examples(reader: &Reader, all: &[Gold]) -> Vec<Vec<Example>> {
    let blank = Gatherer::blank();
    let of_page = |gold: &Gold| {
        let own = reader.article_example(&document(&gold.text), &blank, &owned(gold));
        let varied = (0..SETTINGS).map(|time| {
            let (text, told) = vary::vary(&gold.name, &gold.text, &answers(gold), time);
            let owned = told.iter().filter(|(_, answer)| answer.article > 0);
            let owned = owned.map(|(&number, answer)| (number, answer.article)).collect();
            let example = reader.article_example(&document(&text), &blank, &owned);
            Example { weight: 1.0 / f64::from(SETTINGS), ..example }
        });
        std::iter::once(own).chain(varied).collect()
    };
    all.iter().map(of_page).collect()
}

/// The scores of pages as `reader` reads them, with their places among all.
fn scores<'g>(reader: &Reader, pages: impl Iterator<Item = (usize, &'g Gold)>) -> Vec<(usize, Scores)> {
    pages.map(|(at, gold)| (at, score(gold, &reader.read(document(&gold.text))))).collect()
}

fn main() {
    let all: Vec<Gold> = folders().iter().flat_map(|folder| pages(folder)).collect();
    let reader = Reader::default();
    let examples = examples(&reader, &all);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options { deviation: DEVIATION, threads, ..Options::default() };
    let learn = |of: &mut dyn Iterator<Item = &Vec<Example>>| {
        let (gatherer, _) =
            Gatherer::blank().fit(&of.flatten().cloned().collect::<Vec<_>>(), &options).unwrap();
        gatherer
    };
    let mut left_out = Vec::new();
    for part in 0..FOLDS {
        let mut rest =
            examples.iter().zip(&all).filter(|(_, gold)| fold(gold) != part).map(|(example, _)| example);
        let reader = reader.clone().with_gatherer(learn(&mut rest));
        let pages = || all.iter().enumerate().filter(|(_, gold)| fold(gold) == part);
        left_out.extend(scores(&reader, pages()));
        pages().for_each(|(_, gold)| errors(gold, &reader.read(document(&gold.text))));
    }
    show("each paper left out in turn", &left_out, &all);
    let gatherer = learn(&mut examples.iter());
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, gatherer.to_tsv()).unwrap();
    }
    let reader = reader.with_gatherer(gatherer);
    show("the same pages that were learnt from", &scores(&reader, all.iter().enumerate()), &all);
    for folder in std::env::args().skip(2) {
        let held = pages(std::path::Path::new(&folder));
        show(&folder, &scores(&reader, held.iter().enumerate()), &held);
        held.iter().for_each(|gold| errors(gold, &reader.read(document(&gold.text))));
    }
}

/// Lines at which an article begins and none was found, or the other way round.
fn errors(gold: &Gold, page: &zjgr::Page) {
    let (mut seen, mut said) = (Vec::new(), Vec::new());
    for line in &page.lines {
        let Some(told) = gold.lines.get(&line.number) else { continue };
        let first = (told.article > 0) & !seen.contains(&told.article);
        seen.push(told.article);
        let found = line.article.is_some_and(|article| !said.contains(&article));
        said.extend(line.article);
        if first != found {
            println!(
                "{}:{} {} {} {}: {}",
                gold.name,
                line.number,
                if first { "MISSED" } else { "EXTRA" },
                told.role,
                line.role.name(),
                page.line_text(line).chars().take(40).collect::<String>()
            );
        }
    }
}
