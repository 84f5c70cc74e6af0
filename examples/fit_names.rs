//! Learns the weights by which names are found, from annotated sentences, and says how well they do.
//!
//! ```sh
//! cargo run --profile fit --example fit_names -- tests/names/{sentences,written-{b,c,d,e,f,g,h}}.jsonl --by-writer --copies 2 --least 0.05
//! cargo run --profile fit --example fit_names -- tests/names/{sentences,written-{b,c,d,e,f,g,h}}.jsonl --copies 2 --least 0.05 --output data/names/weights.tsv
//! cargo run --profile fit --example fit_names -- tests/names/kept.jsonl --score
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use rustc_hash::{FxHashMap, FxHashSet};
use zjgr::chain::{Example, Facts, Model, Options, Sequence, fit};
use zjgr::name::{
    Annotated, Fact, Finder, NameType, Score, Scratch, Sentence, Weights, forbidden, label_names, labels_of,
    spans,
};
use zjgr::term::{FindWords, Segmenter, SegmenterOptions, WordList};

/// A fact that holds of fewer characters is left out.
const LEAST_COUNT: usize = 2;

#[derive(Debug)]
struct Args {
    files: Vec<String>,
    folds: usize,
    by_writer: bool,
    output: Option<String>,
    score: bool,
    whole: bool,
    errors: bool,
    deviation: f64,
    least: f32,
    rounds: usize,
    copies: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = args()?;
    let mut sentences = Vec::new();
    for file in &args.files {
        sentences.extend(Annotated::read(&fs::read_to_string(file)?).map_err(|error| error.at_path(file))?);
    }
    if args.score {
        let mut scores = Scores::default();
        scores.add(Finder::get(), &sentences, &FxHashSet::default(), args.errors);
        scores.print();
    }
    if args.whole {
        print_whole(&sentences)?;
    }
    if args.folds > 0 {
        score_folds(&sentences, &args, args.folds, |at, _| at % args.folds)?;
    }
    if args.by_writer {
        let writers: BTreeSet<&str> = sentences.iter().map(|sentence| sentence.writer.as_str()).collect();
        let number = |_, sentence: &Annotated| writers.iter().position(|writer| *writer == sentence.writer);
        score_folds(&sentences, &args, writers.len(), |at, sentence| number(at, sentence).unwrap_or(0))?;
    }
    if let Some(output) = &args.output {
        let weights = learn(&sentences, &args)?;
        println!("{} facts", weights.len());
        fs::write(output, weights.to_tsv())?;
    }
    Ok(())
}

/// Learns from all folds but one and scores that one, for each; `fold_of` says to which fold a sentence belongs.
fn score_folds(
    sentences: &[Annotated],
    args: &Args,
    folds: usize,
    fold_of: impl Fn(usize, &Annotated) -> usize,
) -> Result<(), Box<dyn Error>> {
    let mut all = Scores::default();
    for fold in 0..folds {
        let side = |test: bool| {
            let chosen = sentences.iter().enumerate().filter(|(at, s)| (fold_of(*at, s) == fold) == test);
            chosen.map(|(_, sentence)| sentence.clone()).collect::<Vec<_>>()
        };
        let (learnt, test) = (side(false), side(true));
        let known =
            learnt.iter().flat_map(|s| s.names.iter().filter_map(|(range, _)| s.text.get(range.clone())));
        let known: FxHashSet<&str> = known.collect();
        let finder = Finder::new(learn(&learnt, args)?);
        if args.by_writer {
            let mut of_fold = Scores::default();
            of_fold.add(&finder, &test, &known, false);
            println!("writer {}", test.first().map_or("", |sentence| &sentence.writer));
            of_fold.print();
        }
        all.add(&finder, &test, &known, args.errors);
    }
    all.print();
    Ok(())
}

fn args() -> Result<Args, Box<dyn Error>> {
    let mut args = Args {
        files: Vec::new(),
        folds: 0,
        by_writer: false,
        output: None,
        score: false,
        whole: false,
        errors: false,
        deviation: 0.5,
        least: 0.1,
        rounds: 150,
        copies: 0,
    };
    let mut given = std::env::args().skip(1);
    while let Some(arg) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{arg}: a value is missing"));
        match arg.as_str() {
            "--folds" => args.folds = value()?.parse()?,
            "--output" => args.output = Some(value()?),
            "--by-writer" => args.by_writer = true,
            "--score" => args.score = true,
            "--whole" => args.whole = true,
            "--errors" => args.errors = true,
            "--deviation" => args.deviation = value()?.parse()?,
            "--least" => args.least = value()?.parse()?,
            "--rounds" => args.rounds = value()?.parse()?,
            "--copies" => args.copies = value()?.parse()?,
            _ => args.files.push(arg),
        }
    }
    Ok(args)
}

/// The weights under which the names of `sentences` are the likeliest.
fn learn(sentences: &[Annotated], args: &Args) -> Result<Weights, Box<dyn Error>> {
    let mut all: Vec<Annotated> = sentences.to_vec();
    let pools = exchange::Pools::new(sentences)?;
    for copy in 0..args.copies {
        all.extend(pools.exchanged(sentences, copy as u64 + 1));
    }
    let (mut looked, mut facts) = (Sentence::default(), Vec::new());
    let mut seen: Vec<(Vec<Vec<Fact>>, Vec<usize>)> = Vec::new();
    let mut counts: FxHashMap<Fact, usize> = FxHashMap::default();
    for sentence in &all {
        looked.look(&sentence.text);
        let mut elements = Vec::new();
        for at in 0..looked.len() {
            looked.facts(at, &mut facts);
            facts.iter().for_each(|fact| *counts.entry(*fact).or_default() += 1);
            elements.push(facts.clone());
        }
        let place = |at: usize| looked.character_at(at);
        let names: Vec<_> = sentence
            .names
            .iter()
            .map(|(range, kind)| (place(range.start)..place(range.end), *kind))
            .collect();
        seen.push((elements, labels_of(looked.len(), &names)));
    }
    let mut kept: Vec<Fact> =
        counts.into_iter().filter(|(_, count)| *count >= LEAST_COUNT).map(|(fact, _)| fact).collect();
    kept.sort_unstable();
    let mut names = Facts::default();
    let numbers: FxHashMap<Fact, u32> =
        kept.iter().map(|&fact| (fact, names.add(&fact.to_string()))).collect();
    let examples: Vec<Example> = seen
        .into_iter()
        .map(|(elements, labels)| {
            let known = |facts: Vec<Fact>| {
                facts.into_iter().filter_map(|fact| numbers.get(&fact).copied()).collect::<Vec<_>>()
            };
            Example::new(Sequence::from_iter(elements.into_iter().map(known)), labels)
        })
        .collect();
    let blank = Model::new(label_names(), names).forbid(forbidden);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options { deviation: args.deviation, rounds: args.rounds, threads, ..Options::default() };
    let fitted = fit(&blank, &examples, &options)?;
    eprintln!("{} facts, {} rounds, objective {:.1}", kept.len(), fitted.rounds, fitted.objective);
    let model = fitted.model;
    let weight =
        |fact: Fact, label: usize| numbers.get(&fact).map_or(0.0, |&number| model.weight(number, label));
    Ok(Weights::new(kept.iter().copied(), args.least, weight, |from, to| model.step(from, to)))
}

/// Says how many names of each type are one word where the sentences are cut as `stats` cuts them, without and with the
/// names that are found in them.
fn print_whole(sentences: &[Annotated]) -> Result<(), Box<dyn Error>> {
    let cutter = |whole| {
        let mut options = SegmenterOptions::default();
        options.compounds = WordList::builtin()?;
        options.whole = whole;
        Ok::<_, Box<dyn Error>>(Segmenter::new(options))
    };
    let cutters = [cutter(None)?, cutter(Some(spans as FindWords))?];
    let mut kept: BTreeMap<NameType, [usize; 3]> = BTreeMap::new();
    for sentence in sentences {
        for (number, cutter) in cutters.iter().enumerate() {
            let (mut words, mut at) = (FxHashSet::default(), 0);
            cutter.cut(&sentence.text, |word| {
                words.insert(at..at + word.text.len());
                at += word.text.len();
            });
            for (range, kind) in &sentence.names {
                let counts = kept.entry(*kind).or_default();
                counts[0] += usize::from(number == 0);
                counts[number + 1] += usize::from(words.contains(range));
            }
        }
    }
    println!("{:<13} {:>6} {:>6} {:>8}", "type", "marked", "whole", "--names");
    for (kind, [marked, plain, with_names]) in &kept {
        println!("{:<13} {marked:>6} {plain:>6} {with_names:>8}", kind.name());
    }
    Ok(())
}

/// Scores by type, and of all of them.
#[derive(Debug, Default)]
struct Scores {
    types: BTreeMap<NameType, Score>,
    kinds: BTreeMap<String, (usize, usize)>,
}

impl Scores {
    fn add(&mut self, finder: &Finder, sentences: &[Annotated], known: &FxHashSet<&str>, errors: bool) {
        let mut scratch = Scratch::default();
        for sentence in sentences {
            let found = finder.find(&sentence.text, &mut scratch);
            for kind in NameType::ALL {
                self.types.entry(kind).or_default().add(kind, sentence, &found, known);
            }
            let wrong = found.iter().filter(|name| !sentence.names.contains(name)).count()
                + sentence.names.iter().filter(|name| !found.contains(name)).count();
            let of_kind = self.kinds.entry(sentence.kind.clone()).or_default();
            of_kind.0 += sentence.names.len();
            of_kind.1 += wrong;
            if errors && wrong > 0 {
                let show = |from: &[(std::ops::Range<usize>, NameType)],
                            other: &[(std::ops::Range<usize>, NameType)]| {
                    let only = from.iter().filter(|name| !other.contains(name));
                    only.map(|(range, kind)| {
                        format!("{}:{}", &sentence.text[range.clone()], &kind.name()[..2])
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
                };
                println!(
                    "{}\n   + {}\n   - {}",
                    sentence.text,
                    show(&found, &sentence.names),
                    show(&sentence.names, &found)
                );
            }
        }
    }

    fn print(&self) {
        println!(
            "{:<13} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6}",
            "type", "marked", "P", "R", "F", "unseen", "R"
        );
        for (kind, score) in &self.types {
            let (p, r) = (score.precision(), score.recall());
            let f = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
            println!(
                "{:<13} {:>6} {p:>6.3} {r:>6.3} {f:>6.3} {:>7} {:>6.3}",
                kind.name(),
                score.marked,
                score.unseen,
                score.unseen_recall()
            );
        }
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, (_, wrong))| std::cmp::Reverse(*wrong));
        let shown: Vec<String> =
            kinds.iter().take(12).map(|(kind, (all, wrong))| format!("{kind} {wrong}/{all}")).collect();
        println!("wrong by kind: {}", shown.join(", "));
    }
}

#[path = "fit_names/exchange.rs"]
mod exchange;
