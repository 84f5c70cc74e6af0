//! Throws mutated pages at the whole flow, and looks for what must never happen: a fault, two readings of one input
//! that differ, a run that takes much longer than its size allows.
//!
//! A run is a whole command on a whole input: a page is mutated, put into the file of some program, encoded, packed and
//! damaged at random, read in a random format, understood, and what one of the commands makes of it is written in a random
//! format. With `--program` it is a process as a user starts it, every command with every flag that its help names. An input
//! that brings out a fault is made as small as it can be and written to a folder, to become a file under
//! `tests/regressions/`.
//!
//! ```console
//! $ cargo run --release --example fuzz -- --seconds 60 data/pages tests/regressions
//! $ cargo run --release --example fuzz -- --program target/release/zjgr --runs 200000 --seed 7 data/pages
//! ```
//!
//! Nothing but the seed decides what is tried, so that a run can be repeated.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for whoever works on zjgr")]

mod form;
mod input;
mod library;
mod packing;
mod program;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use input::{Chance, Input, dressed, mutated};
use library::{Library, Manner};
use program::Program;

/// A run over an input of some kilobytes that takes this long has found something that grows with the square.
const TOO_LONG: Duration = Duration::from_secs(10);
/// How often a faulty input is tried with a piece less.
const SMALLER: usize = 500;
/// After how many runs it is noted what was tried.
const NOTE: u64 = 1000;
/// How many runs of the program share a folder; then what they wrote into it is swept away.
const SWEEP: u64 = 1000;

/// Why a run over `input` is a fault, if it is one; `again` reads it a second time.
fn fault(library: &mut Library, input: &Input, manner: Manner, again: bool) -> Option<String> {
    let started = Instant::now();
    let mut run = |is_apart| catch_unwind(AssertUnwindSafe(|| library.run(input, manner, is_apart)));
    let first = match run(false) {
        Err(_) => return Some("a panic".into()),
        Ok(Err(why)) => return Some(why),
        Ok(Ok(first)) => first,
    };
    let took = started.elapsed();
    // On a busy machine anything may take long once.
    if took > TOO_LONG {
        let started = Instant::now();
        let _ = run(false);
        return (started.elapsed() > TOO_LONG).then(|| format!("took {took:?}"));
    }
    match again.then(|| run(true)) {
        None => None,
        Some(Ok(Ok(second))) if second == first => None,
        Some(_) => Some("two readings differ".into()),
    }
}

/// The same fault in less.
fn smaller(library: &mut Library, chance: &mut Chance, mut input: Input, manner: Manner) -> Input {
    for _ in 0..SMALLER {
        let bytes = &input.files[0].1;
        let length = bytes.len();
        let (start, size) = (chance.below(length), chance.below(length / 4 + 2));
        let less = [&bytes[..start], &bytes[(start + size).min(length)..]].concat();
        let more = std::mem::replace(&mut input.files[0].1, less);
        if fault(library, &input, manner, true).is_none() {
            input.files[0].1 = more;
        }
    }
    input
}

/// What was tried, and what it brought out.
struct Report {
    counts: BTreeMap<String, u64>,
    runs: u64,
    faults: u64,
}

impl Report {
    fn add(
        &mut self,
        options: &Options,
        names: impl IntoIterator<Item = String>,
        fault: Option<(String, Input)>,
    ) {
        names.into_iter().for_each(|name| *self.counts.entry(name).or_default() += 1);
        if let Some((why, input)) = fault {
            self.faults += 1;
            std::fs::create_dir_all(&options.into).unwrap();
            for (name, bytes) in input.files {
                let file = options.into.join(format!("seed{}-run{}-{name}", options.seed, self.runs));
                std::fs::write(&file, bytes).unwrap();
                println!("{}: {why}", file.display());
            }
        }
        self.runs += 1;
    }

    /// Writes what was tried up to now, where that is asked for.
    fn note(&self, options: &Options, started: Instant) {
        if let Some(file) = options.counts.as_ref().filter(|_| self.runs.is_multiple_of(NOTE)) {
            std::fs::write(file, self.text(options, started)).unwrap();
        }
    }

    fn text(&self, options: &Options, started: Instant) -> String {
        let lines = self.counts.iter().map(|(what, count)| format!("{count:9} {what}\n"));
        let (runs, took, seed, faults) = (self.runs, started.elapsed(), options.seed, self.faults);
        lines.chain([format!("{runs:9} runs in {took:?} from seed {seed}, {faults} faults\n")]).collect()
    }
}

/// What was asked for.
struct Options {
    seconds: u64,
    runs: u64,
    seed: u64,
    into: PathBuf,
    /// The file in which what was tried is noted as it goes.
    counts: Option<PathBuf>,
    program: Option<PathBuf>,
    /// Every so many runs, the input is read a second time and its pages counted in another order.
    every: u64,
    paths: Vec<PathBuf>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            seconds: u64::MAX >> 8,
            runs: u64::MAX,
            seed: 1,
            into: "faults".into(),
            counts: None,
            program: None,
            every: 1,
            paths: Vec::new(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || args.next().unwrap_or_default();
            match arg.as_str() {
                "--seconds" => options.seconds = value().parse().unwrap(),
                "--runs" => options.runs = value().parse().unwrap(),
                "--seed" => options.seed = value().parse().unwrap(),
                "--again" => options.every = value().parse().unwrap(),
                "--into" => options.into = value().into(),
                "--counts" => options.counts = Some(value().into()),
                "--program" => options.program = Some(value().into()),
                path => options.paths.push(path.into()),
            }
        }
        options
    }

    /// The pages that are mutated.
    fn seeds(&self) -> Vec<Vec<u8>> {
        let files = self.paths.iter().flat_map(|path| match std::fs::read_dir(path) {
            Ok(folder) => folder.flatten().map(|entry| entry.path()).collect(),
            Err(_) => vec![path.clone()],
        });
        let mut files: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
        files.sort();
        let read = files.iter().map(|file| std::fs::read(file).unwrap());
        read.chain([Vec::new(), "车间里的灯光\n本报讯 128名选手参加。\n".into()]).collect()
    }
}

impl Options {
    /// True while there is more to try.
    fn goes_on(&self, report: &Report, started: Instant) -> bool {
        report.runs < self.runs && started.elapsed().as_secs() < self.seconds
    }
}

/// Commands in this process.
fn library(options: &Options, folder: &Path, report: &mut Report, started: Instant) {
    let (seeds, mut chance) = (options.seeds(), Chance(options.seed));
    let mut library = Library::new(folder);
    std::panic::set_hook(Box::new(|_| {}));
    while options.goes_on(report, started) {
        let bytes = mutated(&mut chance, &seeds);
        let mut input = dressed(&mut chance, bytes, &seeds);
        let manner = Manner::any(&mut chance, &library);
        let again = report.runs.is_multiple_of(options.every);
        let mut names = std::mem::take(&mut input.names);
        names.extend(manner.names(&library));
        if again {
            names.push(format!("again, page by page: {}", names[names.len() - manner.names(&library).len()]));
        }
        let found = fault(&mut library, &input, manner, again)
            .map(|why| (format!("{names:?}: {why}"), smaller(&mut library, &mut chance, input, manner)));
        report.add(options, names, found);
        report.note(options, started);
    }
}

/// Commands as a user starts them.
fn processes(program: &Path, options: &Options, folder: &Path, report: &mut Report, started: Instant) {
    let (seeds, mut chance) = (options.seeds(), Chance(options.seed));
    let program = Program::new(program, folder);
    while options.goes_on(report, started) {
        if report.runs.is_multiple_of(SWEEP) {
            program.lay_out(chance.of::<Vec<u8>>(&seeds));
        }
        let bytes = mutated(&mut chance, &seeds);
        let mut input = dressed(&mut chance, bytes, &seeds);
        let paths = program.put(&input);
        let (line, said) = program.any(&mut chance, &input);
        let (fault, status) = program.fault(&line);
        paths.iter().for_each(|path| drop(std::fs::remove_file(path)));
        let mut names = std::mem::take(&mut input.names);
        names.extend(said);
        names.push(status);
        report.add(options, names, fault.map(|why| (format!("{line:?}: {why}"), input)));
        report.note(options, started);
    }
}

fn main() -> ExitCode {
    let (options, started) = (Options::read(), Instant::now());
    let folder = tempfile::tempdir().unwrap();
    let mut report = Report { counts: BTreeMap::new(), runs: 0, faults: 0 };
    match &options.program {
        Some(program) => processes(program, &options, &folder.path().join("run"), &mut report, started),
        None => library(&options, folder.path(), &mut report, started),
    }
    let text = report.text(&options, started);
    options.counts.iter().for_each(|file| std::fs::write(file, &text).unwrap());
    print!("{text}");
    ExitCode::from(u8::from(report.faults > 0))
}
