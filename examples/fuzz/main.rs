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

mod input;
mod library;
mod program;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use input::{Chance, dressed, mutated};
use library::{Library, Manner};
use program::Program;

/// A run over an input of some kilobytes that takes this long has found something that grows with the square.
const TOO_LONG: Duration = Duration::from_secs(10);
/// How often a faulty input is tried with a piece less.
const SMALLER: usize = 500;
/// How many runs of the program share a folder; then what they wrote into it is swept away.
const SWEEP: u64 = 1000;

/// Why a run over `bytes` is a fault, if it is one; `again` reads it a second time.
fn fault(library: &Library, bytes: &[u8], manner: Manner, again: bool) -> Option<String> {
    let started = Instant::now();
    let run = |manner| catch_unwind(AssertUnwindSafe(|| library.run(bytes, manner)));
    let first = run(manner);
    if started.elapsed() > TOO_LONG {
        return Some(format!("took {:?}", started.elapsed()));
    }
    match (first, again) {
        (Err(_), _) => Some("a panic".into()),
        (Ok(_), false) => None,
        (Ok(first), true) => match run(manner.backwards()) {
            Ok(second) if second == first => None,
            _ => Some("two readings differ".into()),
        },
    }
}

/// The same fault in less.
fn smaller(library: &Library, chance: &mut Chance, mut bytes: Vec<u8>, manner: Manner) -> Vec<u8> {
    for _ in 0..SMALLER {
        let length = bytes.len();
        let (start, size) = (chance.below(length), chance.below(length / 4 + 2));
        let less = [&bytes[..start], &bytes[(start + size).min(length)..]].concat();
        if fault(library, &less, manner, true).is_some() {
            bytes = less;
        }
    }
    bytes
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
        fault: Option<(String, Vec<u8>)>,
    ) {
        names.into_iter().for_each(|name| *self.counts.entry(name).or_default() += 1);
        if let Some((why, bytes)) = fault {
            self.faults += 1;
            std::fs::create_dir_all(&options.into).unwrap();
            let file = options.into.join(format!("seed{}-run{}.bin", options.seed, self.runs));
            std::fs::write(&file, bytes).unwrap();
            println!("{}: {why}", file.display());
        }
        self.runs += 1;
    }

    fn print(&self, options: &Options, took: Duration) {
        for (what, count) in &self.counts {
            println!("{count:9} {what}");
        }
        println!("{:9} runs in {took:?} from seed {}, {} faults", self.runs, options.seed, self.faults);
    }
}

/// What was asked for.
struct Options {
    seconds: u64,
    runs: u64,
    seed: u64,
    into: PathBuf,
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
    let library = Library::new(folder);
    std::panic::set_hook(Box::new(|_| {}));
    while options.goes_on(report, started) {
        let bytes = mutated(&mut chance, &seeds);
        let bytes = dressed(&mut chance, bytes);
        let manner = Manner::any(&mut chance, &library);
        let again = report.runs.is_multiple_of(options.every);
        let found = fault(&library, &bytes, manner, again).map(|why| {
            (format!("{:?}: {why}", manner.names(&library)), smaller(&library, &mut chance, bytes, manner))
        });
        report.add(options, manner.names(&library), found);
    }
}

/// Commands as a user starts them.
fn processes(program: &Path, options: &Options, folder: &Path, report: &mut Report, started: Instant) {
    let (seeds, mut chance) = (options.seeds(), Chance(options.seed));
    let program = Program::new(program, folder);
    while options.goes_on(report, started) {
        if report.runs.is_multiple_of(SWEEP) {
            let _ = std::fs::remove_dir_all(folder);
            std::fs::create_dir_all(folder.join("pages")).unwrap();
            std::fs::write(folder.join("words"), "工会\n技能大赛\n").unwrap();
            std::fs::write(folder.join("pages/2021-02-25-p1.txt"), chance.of(&seeds)).unwrap();
        }
        let bytes = mutated(&mut chance, &seeds);
        let bytes = dressed(&mut chance, bytes);
        std::fs::write(folder.join("input"), &bytes).unwrap();
        let (line, mut names) = program.any(&mut chance);
        let (fault, status) = program.fault(&line);
        names.push(status);
        report.add(options, names, fault.map(|why| (format!("{line:?}: {why}"), bytes)));
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
    report.print(&options, started.elapsed());
    ExitCode::from(u8::from(report.faults > 0))
}
