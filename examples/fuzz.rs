//! Throws mutated pages at the whole flow, and looks for what must never happen: a fault, two readings of one input
//! that differ, a run that takes much longer than its size allows.
//!
//! A run is a whole analysis of a whole input: a page is mutated, encoded, packed and damaged at random, read in a random
//! format, understood, and its lines, articles, figures, slogans and words are written in a random format. With
//! `--program` it is a whole command as a user starts it, every command with every kind of flag. An input that brings out a
//! fault is made as small as it can be and written to a folder, to become a file under `tests/regressions/`.
//!
//! ```console
//! $ cargo run --release --example fuzz -- --seconds 60 data/pages tests/regressions
//! $ cargo run --release --example fuzz -- --program target/release/zjgr --runs 200000 --seed 7 data/pages
//! ```
//!
//! Nothing but the seed decides what is tried, so that a run can be repeated.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for whoever works on zjgr")]

use std::collections::BTreeMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use zjgr::analysis::Listing;
use zjgr::analysis::{articles::Articles, layout::Layout, pages::Pages};
use zjgr::figure::{Context, Scanner};
use zjgr::page::{Duplicates, Reader, Selection};
use zjgr::slogan::{Lexicon, Overlap, SloganFinder};
use zjgr::source::{Buffers, Chunk, Encoding, Format, Input, Opened, ReadOptions};
use zjgr::table::{Destination, Format as TableFormat, Table};
use zjgr::term::{Segmenter, SegmenterOptions, WordList};

/// A run over an input of some kilobytes that takes this long has found something that grows with the square.
const TOO_LONG: Duration = Duration::from_secs(10);
/// How often a faulty input is tried with a piece less.
const SMALLER: usize = 500;

/// What pages are made of, and what has been trouble elsewhere.
const PIECES: &[&str] = &[
    "本报讯（记者 王小川 通讯员 李一）",
    "第4版",
    "2021年2月25日 星期四",
    "农历正月十四",
    "■",
    "●",
    "【",
    "】",
    "“",
    "”",
    "（",
    "）",
    "#",
    "**",
    "|",
    "---",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\t",
    "    ",
    "\u{3000}\u{3000}",
    "\u{feff}",
    "\u{200d}",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{0}",
    "\u{301}",
    "👨‍👩‍👧",
    "⼯⼈",
    "１２３",
    "一万亿",
    "百分之三点五",
    "99999999999999999999999999999",
    "1,234.5亿元",
    "三分之〇",
    "近5成",
    "2月30日",
    "十四五",
    "图为",
    "摄",
    "（转第3版）",
    "上接第1版",
    "责任编辑",
    "{\"text\":\"",
    "\"}",
    "<p>",
    "</p>",
    ",",
    ",,,,",
    "=HYPERLINK(1)",
    "从3%提高到5%",
    "同比增长",
    "至",
    "～",
    "℃",
    "No.",
    "http://a.cn",
    "a@b.cn",
    "共同富裕",
    "浙工惠",
];

/// Commands and their flags, as users give them. What stands in place of `FILE` is a list of words.
const COMMANDS: &[&str] = &[
    "layout",
    "pages",
    "articles",
    "articles --format jsonl",
    "articles --match 工会",
    "stats",
    "stats --ngrams 1-3 --fold",
    "stats --by month --wide",
    "stats --lengths",
    "stats --no-hmm --no-builtin-words",
    "slogans --all",
    "slogans --mentions",
    "slogans --by year --wide",
    "slogans --discover",
    "slogans --lexicon FILE",
    "extract-numbers",
    "extract-numbers --class all",
    "extract-numbers --sum --min 3",
    "concordance 工",
    "concordance [一-三]+ --regex",
    "concordance 工会 --tokens --sort right --sample 3",
    "collocates 工会",
    "collocates 职工 --window 2",
    "keyness --target since=2020 --reference until=2019",
    "trends --term 工会 --per day",
    "trends --unit 元 --per year",
    "trends --term 工会 --plot",
    "trends --slogan 共同富裕 --tokens",
    "stats --user-dict FILE",
];
const SHARED: &[&str] = &[
    "",
    "--format tsv",
    "--format jsonl",
    "--format table",
    "--excel",
    "--duplicates keep",
    "--input-format page",
    "--input-format epaper",
    "--input-format plain",
    "--input-format lines",
    "--input-format jsonl",
    "--encoding gbk",
    "--encoding big5",
    "--encoding utf-16",
    "--since 2000",
    "--threads 1",
    "--threads 3",
    "-v",
    "-q",
];

/// Numbers without a pattern (Steele, Lea & Flood 2014: SplitMix).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(60)).min(length)
    }
}

/// A page, mutated a few times.
fn mutated(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = chance.of(seeds).clone();
    for _ in 0..=chance.below(12) {
        let range = chance.range(bytes.len());
        let at = range.start;
        match chance.below(8) {
            0 => drop(bytes.drain(range)),
            1 => bytes = [&bytes[..range.end], &bytes[range.start..]].concat(),
            2 => drop(bytes.splice(at..at, chance.of(PIECES).bytes())),
            3 => drop(bytes.splice(range, chance.of(PIECES).bytes())),
            4 => drop(bytes.splice(at..at, chance.of(PIECES).repeat(1 + chance.below(200)).into_bytes())),
            5 => {
                let other = chance.of(seeds);
                drop(bytes.splice(at..at, other[chance.range(other.len())].to_vec()));
            }
            6 if at < bytes.len() => bytes[at] = chance.next() as u8,
            _ => bytes.truncate(bytes.len() - chance.below(bytes.len() / 8 + 1)),
        }
    }
    bytes
}

/// The bytes in some encoding, packed, and sometimes damaged.
fn dressed(chance: &mut Chance, bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut bytes = match chance.below(12) {
        0 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        1 => encoding_rs::BIG5.encode(&text).0.into_owned(),
        2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        3 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        4 => format!("{{\"text\":{:?},\"date\":\"2021-02-2{}\"}}\n", text, chance.below(12)).into_bytes(),
        5 => text.into_bytes(),
        _ => bytes,
    };
    match chance.below(16) {
        0 => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&bytes).unwrap();
            bytes = packed.finish().unwrap();
        }
        1 => bytes = zstd::encode_all(&*bytes, 1).unwrap(),
        _ => return bytes,
    }
    if chance.below(3) == 0 {
        let at = chance.below(bytes.len());
        bytes[at] = chance.next() as u8;
    }
    bytes
}

/// What every run uses.
struct Tools {
    reader: Reader,
    scanner: Scanner,
    slogans: SloganFinder,
    segmenter: Segmenter,
    file: PathBuf,
}

/// How one input is read and written.
struct Manner {
    read: ReadOptions,
    format: TableFormat,
}

impl Manner {
    fn any(chance: &mut Chance) -> Self {
        let formats = [
            None,
            None,
            None,
            Some(Format::Page),
            Some(Format::Epaper),
            Some(Format::Plain),
            Some(Format::Lines),
            Some(Format::Jsonl),
        ];
        let encodings = [
            None,
            None,
            None,
            None,
            Some(Encoding::Utf8),
            Some(Encoding::Gb18030),
            Some(Encoding::Big5),
            Some(Encoding::Utf16Le),
        ];
        let tables =
            [TableFormat::CSV, TableFormat::EXCEL, TableFormat::TSV, TableFormat::JSONL, TableFormat::TABLE];
        let read = ReadOptions {
            format: *chance.of(&formats),
            encoding: *chance.of(&encodings),
            ..ReadOptions::default()
        };
        Self { read, format: *chance.of(&tables) }
    }

    fn name(&self) -> String {
        let format = self.read.format.map_or("auto", Format::name);
        let encoding = self.read.encoding.map_or("auto", Encoding::name);
        format!("{format:7} {encoding:8} {:?}", self.format)
    }
}

impl Tools {
    fn new(folder: &Path) -> Self {
        let options = SegmenterOptions {
            words: WordList::builtin().unwrap(),
            fold: true,
            ..SegmenterOptions::default()
        };
        Self {
            reader: Reader::default(),
            scanner: Scanner::new(&[]).unwrap(),
            slogans: SloganFinder::new(Lexicon::builtin().unwrap(), Overlap::LongestOfFamily),
            segmenter: Segmenter::new(options),
            file: folder.join("input"),
        }
    }

    /// A number that stands for everything that was made of the input.
    fn run(&self, bytes: &[u8], manner: &Manner) -> u64 {
        std::fs::write(&self.file, bytes).unwrap();
        let mut buffers = Buffers::default();
        let mut sum = 0_u64;
        let chunks: Vec<Chunk> = match manner.read.open(&Input::file(&self.file), &mut buffers) {
            Ok(Opened::Page(page)) => vec![Chunk::Page(page)],
            Ok(Opened::Records(mut batches)) => {
                std::iter::from_fn(|| batches.next_batch().ok().flatten().map(Chunk::Batch)).collect()
            }
            Err(_) => Vec::new(),
        };
        for chunk in chunks {
            chunk.read(&mut buffers, |document| {
                sum = sum.rotate_left(5)
                    ^ document.map_or(1, |document| self.understand(self.reader.read(document), manner));
                None
            });
        }
        sum
    }

    fn understand(&self, page: zjgr::Page, manner: &Manner) -> u64 {
        let selection = Selection::all(&page, Duplicates::Skip);
        list(&Layout, &selection, manner.format);
        list(&Pages, &selection, manner.format);
        list(&Articles, &selection, manner.format);
        let (mut sum, mut cursor) = (0_u64, page.cursor());
        let lines = page.document().text.len() as u64 + 1;
        for (at, part) in selection.parts() {
            let text = page.part_text(at);
            let context = Context { date: page.date(), role: part.role };
            for figure in self.scanner.scan(text, &context) {
                assert!(text.get(figure.span.clone()).is_some(), "a figure stands in its text");
                let position = cursor.position(part.range.start + figure.span.start);
                assert!(u64::from(position.line) <= lines + u64::from(page.document().first_line));
                sum = sum.wrapping_mul(31).wrapping_add(figure.span.end as u64);
            }
            self.slogans.find(text, |mention| sum = sum.wrapping_mul(31).wrapping_add(mention.end as u64));
            let tokens = self.segmenter.tokens(text);
            sum = sum.wrapping_mul(31).wrapping_add(tokens.len() as u64);
        }
        sum
    }

    /// Why a run over `bytes` is a fault, if it is one.
    fn fault(&self, bytes: &[u8], manner: &Manner) -> Option<String> {
        let started = Instant::now();
        let run = || catch_unwind(AssertUnwindSafe(|| self.run(bytes, manner)));
        match (run(), started.elapsed() > TOO_LONG, run()) {
            (Err(_), ..) => Some("a panic".into()),
            (_, true, _) => Some(format!("took {:?}", started.elapsed())),
            (Ok(first), _, Ok(second)) if first != second => Some("two readings differ".into()),
            _ => None,
        }
    }

    /// The same fault in less.
    fn smaller(&self, chance: &mut Chance, mut bytes: Vec<u8>, manner: &Manner) -> Vec<u8> {
        for _ in 0..SMALLER {
            let length = bytes.len();
            let (start, size) = (chance.below(length), chance.below(length / 4 + 2));
            let less = [&bytes[..start], &bytes[(start + size).min(length)..]].concat();
            if self.fault(&less, manner).is_some() {
                bytes = less;
            }
        }
        bytes
    }
}

/// Writes the rows that a listing gives.
fn list(listing: &impl Listing, selection: &Selection<'_>, format: TableFormat) {
    let mut table = Table::new(Destination::stream(std::io::sink()), format, listing.columns());
    let mut rows = table.rows();
    listing.rows(selection, &mut rows);
    table.append(&rows).unwrap();
    table.finish().unwrap();
}

/// Why a whole command over the file is a fault, if it is one.
fn fault_of(program: &Path, line: &str, file: &Path) -> Option<String> {
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.replace("FILE", &file.with_file_name("words").to_string_lossy()))
        .collect();
    let output = Command::new(program).args(words).arg(file).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        _ if said.contains("a fault of zjgr") => Some(said.into_owned()),
        Some(0..=3) => None,
        status => Some(format!("status {status:?}")),
    }
}

/// What was asked for.
struct Options {
    seconds: u64,
    runs: u64,
    seed: u64,
    into: PathBuf,
    program: Option<PathBuf>,
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
            paths: Vec::new(),
        };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || args.next().unwrap_or_default();
            match arg.as_str() {
                "--seconds" => options.seconds = value().parse().unwrap(),
                "--runs" => options.runs = value().parse().unwrap(),
                "--seed" => options.seed = value().parse().unwrap(),
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

fn main() -> ExitCode {
    let options = Options::read();
    let (seeds, mut chance) = (options.seeds(), Chance(options.seed));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("words"), "工会\n技能大赛\n").unwrap();
    let tools = Tools::new(folder.path());
    std::panic::set_hook(Box::new(|_| {}));
    let (started, mut counts, mut runs, mut faults) = (Instant::now(), BTreeMap::<String, u64>::new(), 0, 0);
    while runs < options.runs && started.elapsed().as_secs() < options.seconds {
        let bytes = mutated(&mut chance, &seeds);
        let bytes = dressed(&mut chance, bytes);
        let (what, fault, smallest) = match &options.program {
            Some(program) => {
                let (command, shared) = (chance.of(COMMANDS), chance.of(SHARED));
                std::fs::write(&tools.file, &bytes).unwrap();
                let fault = fault_of(program, &format!("{command} {shared}"), &tools.file);
                (format!("{command:45} {shared}"), fault, bytes)
            }
            None => {
                let manner = Manner::any(&mut chance);
                let fault = tools.fault(&bytes, &manner);
                let smallest =
                    if fault.is_some() { tools.smaller(&mut chance, bytes, &manner) } else { bytes };
                (manner.name(), fault, smallest)
            }
        };
        if let Some(why) = fault {
            faults += 1;
            std::fs::create_dir_all(&options.into).unwrap();
            let file = options.into.join(format!("seed{}-run{runs}.bin", options.seed));
            std::fs::write(&file, smallest).unwrap();
            println!("{}: {what}: {why}", file.display());
        }
        *counts.entry(what).or_default() += 1;
        runs += 1;
    }
    for (what, count) in &counts {
        println!("{count:9} {what}");
    }
    println!("{runs:9} runs in {:?} from seed {}, {faults} faults", started.elapsed(), options.seed);
    ExitCode::from(u8::from(faults > 0))
}
