//! Learns whom phrases name, and says how well that works: on pages whose lines are as they were annotated.

use std::collections::BTreeMap;

use super::gold::{Gold, Scores, document, score};
use super::{Asked, answers, forms, vary};
use zjgr::chain::Options;
use zjgr::page::learn::{Credited, Phrase, Place, Teacher};
use zjgr::page::{Corrections, Reader, Weights};

/// What a page teaches: its phrases, and what is told of the articles that they stand in. Of those of
/// lines that name nobody some are enough.
pub(crate) fn lessons(teacher: &Teacher, gold: &Gold) -> Vec<(Phrase, Credited)> {
    let told: BTreeMap<u32, Credited> =
        (1..).zip(gold.articles["articles"].as_array().unwrap()).map(credited).collect();
    let credited = |line: &u32| {
        let told = gold.lines.get(line).and_then(|line| told.get(&line.article));
        told.cloned().unwrap_or_default()
    };
    let of_parts = teacher.phrases(document(&gold.text), &answers(gold));
    let of_parts = of_parts.into_iter().map(|(line, phrase)| (phrase, credited(&line)));
    let kept = |line: &u32| {
        let role = gold.lines.get(line).map_or("", |line| line.role.as_str());
        role == "credit" || (vary::hash(&gold.name) as u32).wrapping_add(*line).is_multiple_of(EVERY)
    };
    let of_lines = teacher.line_phrases(&document(&gold.text)).into_iter();
    let of_lines = of_lines.flat_map(|(line, phrases)| {
        let names = gold.lines.get(&line).is_some_and(|line| NAMING.contains(&line.role.as_str()));
        let credited = if names { credited(&line) } else { Credited::default() };
        phrases.into_iter().map(move |phrase| (line, phrase, credited.clone()))
    });
    let of_lines = of_lines.filter(|(line, phrase, credited)| kept(line) || phrase.names(credited));
    of_parts.chain(of_lines.map(|(_, phrase, credited)| (phrase, credited))).collect()
}

/// The roles of lines that may name people.
const NAMING: [&str; 3] = ["credit", "body", "caption"];

/// Of lines that name nobody one of so many is learnt from.
const EVERY: u32 = 6;

fn credited((number, article): (u32, &serde_json::Value)) -> (u32, Credited) {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let list = |name: &str| article[name].as_array().cloned().unwrap_or_default();
    let credited = Credited {
        bylines: list("bylines").iter().map(|of| (text(&of[0]).unwrap(), text(&of[1]).unwrap())).collect(),
        photographers: list("photographers").iter().filter_map(text).collect(),
        source: text(&article["source"]),
        dateline: text(&article["dateline"]),
    };
    (number, credited)
}

/// How much of a text stands behind a byline in the forms, in characters.
const TEXT: usize = 24;

/// Where what is learnt of bylines stands.
pub(crate) const PATH: &str = "data/page/bylines.tsv";

/// What `told` teaches, and the forms of bylines with the names that are in it.
fn learn(asked: &Asked, mut told: Vec<(Phrase, Credited)>) -> Weights {
    let names = told.iter().flat_map(|(_, credited)| credited.bylines.iter().map(|(_, name)| name.clone()));
    let names: Vec<String> = names.map(|name| name.split_whitespace().collect()).collect();
    let nobody =
        told.iter().filter(|(phrase, credited)| phrase.place == Place::Opening && !phrase.names(credited));
    let texts = nobody.map(|(phrase, _)| phrase.chars.iter().take(TEXT).collect());
    told.extend(forms::lessons(&names, &texts.collect::<Vec<String>>()));
    let options = Options {
        deviation: asked.number("bylines-deviation", 1.0),
        rounds: asked.number("bylines-rounds", 120),
        tolerance: asked.number("bylines-tolerance", 1e-3),
        least: asked.number("bylines-least", 0.1),
        unseen: false,
        threads: 2,
        ..Options::default()
    };
    Teacher::new(Weights::blank()).fit_bylines(&told, &options).unwrap()
}

/// What is learnt of bylines from all pages but those of each part in turn; read from files where that was done before.
pub(crate) fn apart(asked: &Asked, pages: &[Gold], parts: &[usize], folds: usize) -> Vec<Weights> {
    let path = |part: usize| asked.options.get("apart").map(|folder| format!("{folder}/bylines-{part}.tsv"));
    let table = |part: usize| path(part).and_then(|path| std::fs::read(path).ok());
    let known: Option<Vec<Vec<u8>>> = (0..folds).map(table).collect();
    if let Some(known) = known {
        return known.iter().map(|table| Weights::blank().with_bylines(table).unwrap()).collect();
    }
    let teacher = Teacher::new((*Weights::built_in()).clone());
    let lessons: Vec<Vec<(Phrase, Credited)>> = pages.iter().map(|gold| lessons(&teacher, gold)).collect();
    let learn_without = |part: usize| {
        let others = lessons.iter().zip(parts).filter(|of| *of.1 != part);
        let weights = learn(asked, others.flat_map(|of| of.0.clone()).collect());
        path(part).into_iter().for_each(|path| std::fs::write(path, weights.bylines_to_tsv()).unwrap());
        eprintln!("bylines of part {} of {folds}", part + 1);
        weights
    };
    (0..folds).map(learn_without).collect()
}

/// What is learnt of bylines from all pages.
pub(crate) fn all(asked: &Asked, pages: &[Gold]) -> Weights {
    let teacher = Teacher::new((*Weights::built_in()).clone());
    learn(asked, pages.iter().flat_map(|gold| lessons(&teacher, gold)).collect())
}

/// Leaves out papers in turn, and says how well their bylines are read where their lines are as they were annotated.
pub(crate) fn cross(asked: &Asked, pages: &[Gold]) {
    let folds: usize = asked.number("folds", 5);
    let parts = super::parts(pages, folds);
    let apart = apart(asked, pages, &parts, folds);
    let read = |(gold, &part): (&Gold, &usize)| {
        let reader = Reader::default()
            .with_weights(Weights::built_in().as_ref().clone().with_bylines_of(&apart[part]));
        read_as_told(asked, &reader, gold)
    };
    super::show("bylines of told lines", &pages.iter().zip(&parts).map(read).collect::<Vec<_>>());
}

/// The scores of a page whose lines are as they were annotated.
fn read_as_told(asked: &Asked, reader: &Reader, gold: &Gold) -> Scores {
    let mut table = "file,line,role,article,joins\n".to_owned();
    for (number, line) in &gold.lines {
        table += &format!("page.txt,{number},{},{},{}\n", line.role, line.article, u8::from(line.joins));
    }
    let mut corrections = Corrections::default();
    corrections.take_layout(&table, b',').unwrap();
    let page = reader.clone().with_corrections(corrections).read(document(&gold.text));
    if asked.options.contains_key("errors") {
        errors(gold, &page);
    }
    score(gold, &page)
}

/// Says of which articles other people are named than were told.
pub(crate) fn errors(gold: &Gold, page: &zjgr::Page) {
    let told = gold.articles["articles"].as_array().unwrap();
    for article in page.articles() {
        let number = gold.lines.get(&article.lines().0).map_or(0, |line| line.article as usize);
        let Some((_, told)) =
            number.checked_sub(1).and_then(|at| told.get(at)).map(|told| credited((0, told)))
        else {
            continue;
        };
        let compact = |text: &str| text.split_whitespace().collect::<String>();
        let told: Vec<String> =
            told.bylines.iter().map(|(role, name)| format!("{}:{}", compact(role), compact(name))).collect();
        let said: Vec<String> =
            article.bylines().iter().map(|byline| format!("{}:{}", byline.role, byline.name)).collect();
        if told.iter().collect::<std::collections::BTreeSet<_>>() != said.iter().collect() {
            println!("{} {number}: {} said {}", gold.name, told.join(" "), said.join(" "));
        }
    }
}
