//! Learns where the phrase ends that names what is counted, from annotated sentences, and says how well that works.
//!
//! ```sh
//! cargo run --profile fit --example fit_objects -- folds=8
//! cargo run --profile fit --example fit_objects -- to=data/figures/objects.tsv
//! ```
//!
//! It learns from `tests/figures/*.jsonl` and `tests/objects/learnt-*.txt`, where a figure stands with its object as
//! `{12名|工人}`, and from the same objects in front of what stands behind others of their kind. Options, as
//! `name=value`: `mixed` how often that is done, `deviation` of the prior, `least` weight that is kept, in hundredths,
//! `held=FILE` a file of that form that is only read, `errors=1`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a program for whoever works on the project")]

#[path = "../../tests/objects/mod.rs"]
mod objects;
mod told;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use objects::Told;
use rustc_hash::FxHashMap;
use zjgr::chain::minimise;
use zjgr::figure::Scanner;
use zjgr::figure::learn::{Fact, Phrase, phrases};

/// The slope is summed over so many weights at once.
const LANES: usize = 8;

fn main() {
    let arguments = std::env::args().skip(1);
    let options: BTreeMap<String, String> = arguments
        .filter_map(|argument| {
            argument.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()))
        })
        .collect();
    let number = |name: &str, default: f64| options.get(name).map_or(default, |value| value.parse().unwrap());
    let (deviation, mixed) = (number("deviation", 0.6), number("mixed", 2.0) as usize);
    let show = |right: usize, all: usize| println!("{right} of {all} right");
    let score = |weights: &Weights, lessons: &[Lesson]| {
        let wrong = lessons.iter().filter(|lesson| weights.likeliest(&lesson.phrase) != lesson.end);
        let wrong: Vec<&Lesson> = wrong.collect();
        for lesson in wrong.iter().filter(|_| options.contains_key("errors")) {
            let said = lesson.part(weights.likeliest(&lesson.phrase));
            println!("{}: {:?}, said {said:?}", lesson.text, lesson.part(lesson.end));
        }
        lessons.len() - wrong.len()
    };
    let told = told::told();
    let folds = number("folds", 0.0) as usize;
    let mut right = 0;
    for fold in 0..folds {
        let side = |held: bool| {
            let chosen = told.iter().enumerate().filter(|(at, _)| (at % folds == fold) == held);
            chosen.map(|(_, told)| told.clone()).collect::<Vec<_>>()
        };
        right += score(
            &Weights::learn(&lessons(&with_mixed(side(false), mixed)), deviation),
            &lessons(&side(true)),
        );
    }
    if folds > 0 {
        show(right, lessons(&told).len());
    }
    if !options.contains_key("held") && !options.contains_key("to") {
        return;
    }
    let weights = Weights::learn(&lessons(&with_mixed(told, mixed)), deviation);
    if let Some(path) = options.get("held") {
        let held = lessons(&objects::marked(Path::new(path)));
        show(score(&weights, &held), held.len());
    }
    if let Some(path) = options.get("to") {
        let text = weights.to_tsv(number("least", 5.0) as i16);
        fs::write(path, &text).unwrap();
        println!("{path}: {} facts, {} bytes", text.lines().count(), text.len());
    }
}

/// A phrase, and the number of the end that it has.
struct Lesson {
    text: String,
    phrase: Phrase,
    end: usize,
}

impl Lesson {
    fn part(&self, end: usize) -> &str {
        &self.text[self.phrase.ends[0]..self.phrase.ends[end]]
    }
}

/// The phrases of which a person says what they name.
fn lessons(told: &[Told]) -> Vec<Lesson> {
    let scanner = Scanner::new(&[]).unwrap();
    let mut lessons = Vec::new();
    for Told { text, figures } in told {
        for phrase in phrases(&scanner, text) {
            let Some((_, object)) = figures.iter().find(|(range, _)| *range == phrase.figure) else {
                continue;
            };
            let object = object.clone().unwrap_or(phrase.ends[0]..phrase.ends[0]);
            let end = phrase.ends.iter().position(|&at| at == object.end);
            // A unit that is a noun is counted itself, and nothing behind it.
            if let Some(end) = end.filter(|_| object.start == phrase.ends[0]) {
                lessons.push(Lesson { text: text.clone(), phrase, end });
            }
        }
    }
    lessons
}

/// The classifiers that count alike.
const ALIKE: [&str; 3] = ["名位", "辆艘架列", "家户所"];

/// `told`, and each object `times` more in front of what stands behind another that is counted alike.
fn with_mixed(mut told: Vec<Told>, times: usize) -> Vec<Told> {
    let mut kinds: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    for Told { text, figures } in &told {
        for (figure, object) in figures {
            let Some(object) = object.clone().filter(|object| object.start == figure.end) else { continue };
            let rest = text[object.end..].split(['。', '；', ';']).next().unwrap_or_default().to_owned();
            let last = text[figure.clone()].chars().next_back().unwrap_or_default();
            let kind = ALIKE
                .iter()
                .find(|alike| alike.contains(last))
                .map_or(last.to_string(), |alike| (*alike).to_owned());
            kinds.entry(kind).or_default().push([
                text[figure.clone()].to_owned(),
                text[object].to_owned(),
                rest,
            ]);
        }
    }
    let mut state = 1_u64;
    for alike in kinds.values() {
        for [figure, object, _] in alike {
            for _ in 0..times {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let [.., rest] = &alike[(state >> 33) as usize % alike.len()];
                if rest.chars().next().is_some_and(char::is_alphabetic) {
                    let (text, end) = (format!("{figure}{object}{rest}。"), figure.len() + object.len());
                    told.push(Told { text, figures: vec![(0..figure.len(), Some(figure.len()..end))] });
                }
            }
        }
    }
    told
}

/// What each fact weighs for an end just there, and for one further on.
struct Weights(FxHashMap<Fact, [f64; 2]>);

impl Weights {
    /// The weights under which the ends of `lessons` are the likeliest, held by a prior around nothing.
    fn learn(lessons: &[Lesson], deviation: f64) -> Self {
        let mut numbers: FxHashMap<Fact, usize> = FxHashMap::default();
        let facts: Vec<Vec<Vec<usize>>> = lessons
            .iter()
            .map(|lesson| {
                let mut number = |fact: &Fact| {
                    let next = numbers.len();
                    *numbers.entry(*fact).or_insert(next)
                };
                lesson.phrase.facts.iter().map(|facts| facts.iter().map(&mut number).collect()).collect()
            })
            .collect();
        let pull = 1.0 / (deviation * deviation);
        let start = vec![0.0; (2 * numbers.len()).next_multiple_of(LANES)];
        let found = minimise(start, 1e-4, 200, |weights, slope| {
            let mut value = 0.0;
            for (slope, weight) in slope.iter_mut().zip(weights) {
                *slope = weight * pull;
                value += weight * *slope / 2.0;
            }
            for (lesson, facts) in lessons.iter().zip(&facts) {
                value += count(facts, lesson.end, weights, slope);
            }
            value
        });
        let pair = |number: usize| [found.at[2 * number], found.at[2 * number + 1]];
        Self(numbers.into_iter().map(|(fact, number)| (fact, pair(number))).collect())
    }

    /// The number of the likeliest end.
    fn likeliest(&self, phrase: &Phrase) -> usize {
        let (mut passed, mut best) = (0.0, (f64::NEG_INFINITY, 0));
        for (at, facts) in phrase.facts.iter().enumerate() {
            let known = facts.iter().filter_map(|fact| self.0.get(fact));
            let [here, beyond] = known.fold([0.0; 2], |[a, b], [c, d]| [a + c, b + d]);
            best = if passed + here > best.0 { (passed + here, at) } else { best };
            passed += beyond;
        }
        best.1
    }

    /// A line for each fact, in hundredths; without those below `least`.
    fn to_tsv(&self, least: i16) -> String {
        let whole = |weights: &[f64; 2]| weights.map(|weight| (weight * 100.0).round() as i16);
        let kept = self.0.iter().map(|(fact, weights)| (fact.to_string(), whole(weights)));
        let kept: BTreeMap<_, _> =
            kept.filter(|(_, weights)| weights.iter().any(|weight| weight.abs() >= least)).collect();
        let mut text = String::new();
        kept.iter().for_each(|(fact, [here, beyond])| writeln!(text, "{fact}\t{here}\t{beyond}").unwrap());
        text
    }
}

/// How unlikely the end of that number is, and the slope of that: what is expected less what was seen.
fn count(facts: &[Vec<usize>], end: usize, weights: &[f64], slope: &mut [f64]) -> f64 {
    let sum = |facts: &[usize], which: usize| facts.iter().map(|fact| weights[2 * fact + which]).sum::<f64>();
    let mut passed = 0.0;
    let mut scores: Vec<f64> = Vec::with_capacity(facts.len());
    for facts in facts {
        scores.push(passed + sum(facts, 0));
        passed += sum(facts, 1);
    }
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let log_sum = most + scores.iter().map(|score| (score - most).exp()).sum::<f64>().ln();
    let mut further = 0.0;
    for (at, (facts, score)) in facts.iter().zip(&scores).enumerate().rev() {
        let share = (score - log_sum).exp();
        let surprise = [share - f64::from(at == end), further - f64::from(at < end)];
        facts.iter().for_each(|fact| (0..2).for_each(|which| slope[2 * fact + which] += surprise[which]));
        further += share;
    }
    log_sum - scores[end]
}
