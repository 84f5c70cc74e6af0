//! Makes of lists, weights and dictionaries what `zjgr` reads in place, so that nothing is parsed when it starts, and what
//! is wrong with one of them stops the build with its file and line.
//!
//! Those under `data/` are read by the modules of the library that know them (`src/packed` says how they are kept).
//!
//! The dictionary of jieba, which comes with the crate jieba-rs, becomes a double array. jieba-rs builds its tables of
//! 16 MB from the text of the dictionary each time a program starts, and hides them. Made once, at build time, they take
//! 6 MB and no time to load, and the words have numbers. So does its model that guesses the tags of unknown words.
//! `src/term/dictionary` reads both, and says what the files written here are.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "files of the library are modules here: what is made here is read there"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

#[path = "src/calendar"]
mod calendar {
    mod era;
    pub(crate) use era::era_openings;
}
#[path = "src/figure"]
mod figure {
    pub(crate) mod bound;
    pub(crate) mod words;
}
#[path = "src/name"]
mod name {
    mod fact;
    pub(crate) mod name_words;
    mod numbers;
    pub(crate) mod weights;
}
#[path = "src/openings.rs"]
mod openings;
#[path = "src/packed/mod.rs"]
mod packed;
#[path = "src/page"]
mod page {
    pub(crate) mod page_words;
    pub(crate) mod pattern {
        pub(crate) mod compile;
        mod name;
        mod packed;
        pub(crate) use name::Pattern;
        pub(crate) use packed::{Anchor, PackedPattern};
    }
    mod word_index;
}
#[path = "src/slogan"]
mod slogan {
    pub(crate) mod entry;
    pub(crate) mod fold;
}
#[path = "src/term/dictionary/slot.rs"]
mod slot;

use figure::words::FigureWords;
use name::name_words::NameWords;
use name::weights::Weights;
use packed::{Key, PackedWeights, Problem};
use page::page_words::PageWords;
use page::pattern::compile;
use slogan::entry;
use slogan::fold::Fold;
use slot::Slot;

/// The release that Cargo.toml asks for.
const JIEBA: &str = "jieba-rs-0.11.0";
/// The SHA-256 of its dictionary: of another one nothing that is said of words would hold.
const DICTIONARY: &str = "139519822fe8ab9e10d9d07e68ea0451045380aedaf54ecc51e2a28c6b42a13f";
/// The SHA-256 of its model of tags.
const MODEL: &str = "405474cefa8a8e56e8b6a918efe507a1b3c185668d25a78f52bacc4f960ba17d";
/// Names the dictionary where cargo keeps the sources of crates in an unusual place.
const VARIABLE: &str = "ZJGR_JIEBA_DICTIONARY";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={WEIGHTS}");
    println!("cargo::rerun-if-changed={BOX_WEIGHTS}");
    println!("cargo::rerun-if-changed={BYLINE_WEIGHTS}");
    println!("cargo::rerun-if-changed={NAME_WEIGHTS}");
    println!("cargo::rerun-if-changed={}", compile::FILE);
    println!("cargo::rerun-if-changed={}", compile::WORDS);
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    tell_commit();
    let path = find()?;
    let text = read(&path, DICTIONARY)?;
    let words = parse(&text)
        .map_err(|line| format!("{}:{line}: not a word, a frequency and a tag", path.display()))?;
    if words.is_empty() {
        return Err(format!("{}: no words", path.display()).into());
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?);
    write(&words, &folder)?;

    let path = path.with_file_name("posseg.txt");
    let text = read(&path, MODEL)?;
    let model = Model::parse(&text).ok_or_else(|| format!("{}: not a model of tags", path.display()))?;
    model.write(&folder)?;
    let page_weights = with_rows(&fs::read_to_string(WEIGHTS)?, &fs::read_to_string(BOX_WEIGHTS)?);
    fs::write(folder.join("page_weights.tsv"), &page_weights)?;
    let page_weights: [_; 3] = pack(WEIGHTS, &page_weights)?;
    let keep = |name: &str, packed: postcard::Result<Vec<u8>>| -> Result<(), Box<dyn Error>> {
        Ok(fs::write(folder.join(name), packed?)?)
    };
    keep("page_weights", postcard::to_stdvec(&page_weights))?;
    let [byline_weights] = pack(BYLINE_WEIGHTS, &fs::read_to_string(BYLINE_WEIGHTS)?)?;
    keep("byline_weights", postcard::to_stdvec(&byline_weights))?;
    keep("page_words", postcard::to_stdvec(&PageWords::read()?))?;
    let [patterns, words] = [compile::FILE, compile::WORDS].map(fs::read_to_string);
    keep("page_patterns", postcard::to_stdvec(&compile::read(&patterns?, &words?)?))?;
    keep("figure_words", postcard::to_stdvec(&FigureWords::new(&[])?))?;
    keep("name_words", postcard::to_stdvec(&NameWords::read()?))?;
    keep("fold", postcard::to_stdvec(&Fold::read()))?;
    let slogans = entry::read()?;
    keep("slogans", postcard::to_stdvec(&slogans))?;
    keep("slogan_words", postcard::to_stdvec(&entry::words(&slogans)))?;
    let weights = fs::read_to_string(NAME_WEIGHTS)?;
    keep("name_weights", postcard::to_stdvec(&Weights::parse(NAME_WEIGHTS, &weights)?))
}

/// Names the commit that is built. Where nothing tells it, manifests have none.
const COMMIT: &str = "ZJGR_COMMIT";

/// Says which commit is built: the one that is named, the one that a package came of, or that of the repository. Only
/// where the build is for use, since everything is built anew when it changes.
fn tell_commit() {
    println!("cargo::rerun-if-env-changed={COMMIT}");
    let is_named = env::var_os(COMMIT).is_some();
    if is_named || env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return;
    }
    if let Some(commit) = packaged_commit().or_else(repository_commit) {
        println!("cargo::rustc-env={COMMIT}={commit}");
    }
}

/// What cargo wrote into the package.
fn packaged_commit() -> Option<String> {
    let said = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = said.split_once("\"sha1\"")?;
    let commit = rest.split('"').nth(1)?;
    Some(commit.to_owned())
}

/// What Git says of this folder, where it is the root of a repository; with `-dirty` where files were changed since.
fn repository_commit() -> Option<String> {
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    let root = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?);
    if root.canonicalize().ok()? != Path::new(".").canonicalize().ok()? {
        return None;
    }
    for name in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", name])?;
        if Path::new(&path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"])
}

/// What finds names.
const NAME_WEIGHTS: &str = "data/names/weights.tsv";

/// What the reader of bylines has learnt.
const BYLINE_WEIGHTS: &str = "data/page/bylines.tsv";

/// What the page reader has learnt.
const WEIGHTS: &str = "data/page/weights.tsv";

/// What it has learnt of boxes: more rows of the same tables.
const BOX_WEIGHTS: &str = "data/page/boxes.tsv";

/// The tables of weights in `text`, each with the rows that `more` has of it.
fn with_rows(text: &str, more: &str) -> String {
    let is_table = |line: &str| line.starts_with('[');
    let rows = |name: &str| -> Vec<&str> {
        let table = more.lines().skip_while(|line| *line != name).skip(2);
        table.take_while(|line| !is_table(line)).collect()
    };
    let (mut all, mut added) = (String::with_capacity(text.len() + more.len()), Vec::new());
    for line in text.lines() {
        if is_table(line) {
            all.extend(std::mem::replace(&mut added, rows(line)).into_iter().flat_map(|row| [row, "\n"]));
        }
        all.extend([line, "\n"]);
    }
    all.extend(added.into_iter().flat_map(|row| [row, "\n"]));
    all
}

/// The tables of weights in `text`, whose headers are rows of `fact`.
fn pack<const N: usize>(file: &'static str, text: &str) -> Result<[PackedWeights; N], Problem> {
    let problem = |(line, what): (&str, String)| {
        let at = text.find(line).unwrap_or_default();
        Problem::of(file, what).within(text, at..at)
    };
    // A header is a line of its own, the first one too.
    let lines = format!("\n{text}");
    let tables = lines.split("\nfact\t").skip(1).map(|table| pack_table(table).map_err(problem));
    tables.collect::<Result<Vec<_>, _>>()?.try_into().map_err(|tables: Vec<_>| {
        Problem::of(file, format!("{} tables of weights, and not {N}", tables.len()))
    })
}

/// One table: the names of its states, then a row for each fact, up to the name of the next table; or a line of it that is
/// wrong, and why.
fn pack_table(text: &str) -> Result<PackedWeights, (&str, String)> {
    let mut lines = text.lines().filter(|line| !line.starts_with('['));
    let states: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let after = states.iter().map(|state| format!("(after {state})"));
    let successions: Vec<String> =
        ["(first)", "(last)"].map(str::to_owned).into_iter().chain(after).collect();
    let mut before = vec![vec![0; states.len() * 2]; successions.len()];
    let mut facts = BTreeMap::new();
    for line in lines {
        let (name, cells) = line.split_once('\t').ok_or_else(|| (line, "no row of weights".to_owned()))?;
        let row = cells.split('\t').map(hundredths).collect::<Result<Vec<[u8; 2]>, _>>();
        let row = row.map_err(|what| (line, what))?.concat();
        if row.len() != states.len() * 2 {
            return Err((line, format!("{} weights for {} states", row.len() / 2, states.len())));
        }
        match successions.iter().position(|succession| succession == name) {
            Some(at) => before[at] = row,
            None if facts.insert(Key::of(name).hash, row).is_none() => {}
            None => return Err((line, format!("another fact has the key of {name}"))),
        }
    }
    let numbers = facts.keys().copied().zip(0..).collect();
    let rows = before.into_iter().chain(facts.into_values()).flatten().collect();
    Ok(PackedWeights { states: states.len(), facts: numbers, rows })
}

/// A weight as it is written, in hundredths.
fn hundredths(cell: &str) -> Result<[u8; 2], String> {
    let digits = cell.replace('.', "");
    let is_written = cell.is_empty() || cell.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
    let number = if digits.is_empty() { Some(0) } else { digits.parse::<i16>().ok() };
    number.filter(|_| is_written).map(i16::to_le_bytes).ok_or_else(|| format!("no weight: {cell}"))
}

/// The text of a file of jieba-rs, if it is the one that this program was made and tested with.
fn read(path: &Path, sha256: &str) -> Result<String, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    let wrong = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let bytes = fs::read(path).map_err(|error| wrong(&error))?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found != sha256 {
        return Err(wrong(&format!("SHA-256 {found}, which is not that of {JIEBA}, {sha256}")));
    }
    String::from_utf8(bytes).map_err(|error| wrong(&error))
}

/// Where the dictionary is: among the sources of crates that cargo has unpacked, or where its configuration says that
/// they are vendored, or beside the sources of this crate.
fn find() -> Result<PathBuf, String> {
    if let Some(path) = env::var_os(VARIABLE) {
        return Ok(path.into());
    }
    let mut folders = registries();
    for above in above() {
        folders.extend(vendored(&above));
        folders.extend([above.join("vendor"), above]);
    }
    let versioned = |folder: &PathBuf| [folder.join(JIEBA), folder.join("jieba-rs")];
    folders
        .iter()
        .flat_map(versioned)
        .map(|folder| folder.join("src/data/dict.txt"))
        .find(|place| place.is_file() && read(place, DICTIONARY).is_ok())
        .ok_or_else(|| format!("found no sources of {JIEBA}; let {VARIABLE} name its file src/data/dict.txt, beside which is posseg.txt"))
}

/// Cargo's home, where it keeps what it downloads and its configuration for all projects.
fn home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// The folders into which cargo unpacks the crates of each registry.
fn registries() -> Vec<PathBuf> {
    let registries = home().and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> =
        registries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// The folders in which cargo looks for its configuration: those above this crate, those above what is built (they
/// differ where this crate is a dependency), and the one above its home.
fn above() -> Vec<PathBuf> {
    let built = ["CARGO_MANIFEST_DIR", "OUT_DIR"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    let mut above: Vec<PathBuf> =
        built.flat_map(|folder| folder.ancestors().map(Path::to_path_buf).collect::<Vec<_>>()).collect();
    above.extend(home().and_then(|home| Some(home.parent()?.to_path_buf())));
    above
}

/// The folders that `[source]` tables of the configuration in `folder` name: whatever stands behind `directory =`.
fn vendored(folder: &Path) -> Vec<PathBuf> {
    let home = home().filter(|home| home.parent() == Some(folder));
    let files = home.into_iter().chain([folder.join(".cargo")]).map(|home| home.join("config.toml"));
    let text: String = files.filter_map(|file| fs::read_to_string(file).ok()).collect();
    let values = text.split("directory").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('='));
    let quoted = values.filter_map(|value| {
        let value = value.trim_start();
        let sign = value.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        value.split(sign).nth(1)
    });
    quoted.map(|path| folder.join(path)).collect()
}

struct Word {
    characters: Vec<char>,
    frequency: u64,
    tag: String,
}

/// The words of the dictionary, each once, in order; or the line that is none.
fn parse(text: &str) -> Result<Vec<Word>, usize> {
    let mut words = BTreeMap::new();
    for (line, number) in text.lines().zip(1_usize..) {
        let mut fields = line.split_ascii_whitespace();
        let Some(word) = fields.next() else { continue };
        let frequency = fields.next().and_then(|field| field.parse().ok()).ok_or(number)?;
        let tag = fields.next().unwrap_or_default().to_owned();
        words.insert(word, (frequency, tag));
    }
    let word =
        |(word, (frequency, tag)): (&str, _)| Word { characters: word.chars().collect(), frequency, tag };
    Ok(words.into_iter().map(word).collect())
}

fn write(words: &[Word], folder: &Path) -> Result<(), Box<dyn Error>> {
    let codes = codes(words)?;
    let frequencies: BTreeSet<u64> = words.iter().map(|word| word.frequency).collect();
    let ranks: HashMap<u64, u64> = frequencies.iter().copied().zip(1..).collect();
    let tags: BTreeSet<&str> = words.iter().map(|word| word.tag.as_str()).collect();
    let numbers: HashMap<&str, u64> = tags.iter().copied().zip(0..).collect();
    if codes.len() >= Slot::CODES || ranks.len() >= Slot::RANKS || numbers.len() > Slot::TAGS {
        return Err("the dictionary has more characters, frequencies or tags than a slot holds".into());
    }
    let mut words: Vec<Entry> = words
        .iter()
        .map(|word| Entry {
            codes: word.characters.iter().map(|c| codes[c]).collect(),
            frequency: word.frequency,
            rank: ranks[&word.frequency],
            tag: numbers[word.tag.as_str()],
        })
        .collect();
    words.sort_by(|a, b| a.codes.cmp(&b.codes));
    let slots = DoubleArray::new(codes.len(), &beginnings(&words)).slots;
    if slots.len() > Slot::BASES {
        return Err("the dictionary has more beginnings than a slot can point to".into());
    }

    let mut table = vec![0_u16; 1 << 16];
    codes.iter().for_each(|(&c, &code)| table[c as usize] = code);
    fs::write(folder.join("codes"), table.iter().flat_map(|code| code.to_le_bytes()).collect::<Vec<u8>>())?;
    fs::write(folder.join("slots"), slots.iter().flat_map(|slot| slot.0.to_le_bytes()).collect::<Vec<u8>>())?;
    let total: u64 = words.iter().map(|word| word.frequency).sum();
    let frequencies = std::iter::once(total).chain(frequencies);
    fs::write(folder.join("frequencies"), frequencies.flat_map(u64::to_le_bytes).collect::<Vec<u8>>())?;
    fs::write(folder.join("tags"), tags.into_iter().collect::<Vec<_>>().join("\n"))?;
    Ok(())
}

/// A code for each character, from 1, the more often used the smaller: what is often looked at lies together.
fn codes(words: &[Word]) -> Result<HashMap<char, u16>, Box<dyn Error>> {
    let mut uses: BTreeMap<char, u64> = BTreeMap::new();
    for word in words {
        word.characters.iter().for_each(|&c| *uses.entry(c).or_default() += word.frequency);
    }
    let mut characters: Vec<(char, u64)> = uses.into_iter().collect();
    characters.sort_by_key(|&(_, uses)| Reverse(uses));
    if characters.iter().any(|&(c, _)| c > '\u{ffff}') {
        return Err("the dictionary has a character beyond the basic plane".into());
    }
    Ok(characters.into_iter().map(|(c, _)| c).zip(1..).collect())
}

/// A word as it goes into the array.
struct Entry {
    codes: Vec<u16>,
    frequency: u64,
    rank: u64,
    tag: u64,
}

/// A beginning that words share.
struct Beginning {
    /// How often these words are used.
    uses: u64,
    children: Vec<Child>,
}

/// A character that goes on from a beginning.
struct Child {
    code: u16,
    /// The rank and the tag of the word that ends with it.
    word: Option<(u64, u64)>,
    /// The longer beginning, by number, where words go on.
    beginning: Option<usize>,
}

/// The beginnings of `words`, which are sorted; the empty one first.
fn beginnings(words: &[Entry]) -> Vec<Beginning> {
    let mut beginnings = vec![Beginning { uses: 0, children: Vec::new() }];
    let mut open = vec![(0, 0..words.len(), 0)];
    while let Some((number, Range { start: mut from, end: to }, length)) = open.pop() {
        while from < to {
            let code = words[from].codes[length];
            let end = from + words[from..to].partition_point(|word| word.codes[length] == code);
            let word = Some(&words[from]).filter(|word| word.codes.len() == length + 1);
            let rest = from + usize::from(word.is_some())..end;
            let beginning = (!rest.is_empty()).then(|| {
                let uses = words[rest.clone()].iter().map(|word| word.frequency).sum();
                beginnings.push(Beginning { uses, children: Vec::new() });
                open.push((beginnings.len() - 1, rest, length + 1));
                beginnings.len() - 1
            });
            let word = word.map(|word| (word.rank, word.tag));
            beginnings[number].children.push(Child { code, word, beginning });
            from = end;
        }
    }
    beginnings
}

/// A trie in one array (J. Aoe, 1989): the child for a character stands where its parent's base and the character's
/// code, bit by bit added, point. No two parents have the same base, so that the code alone tells whose child a slot is.
#[derive(Default)]
struct DoubleArray {
    slots: Vec<Slot>,
    /// A slot behind each, before which none is free.
    next: Vec<u32>,
    bases: Vec<bool>,
}

impl DoubleArray {
    /// The array of `beginnings` with codes up to `codes`.
    fn new(codes: usize, beginnings: &[Beginning]) -> Self {
        let mut array = Self::default();
        // Every character has a slot behind the empty beginning, whose base is 0, also where no word starts with it.
        for code in 1..=codes {
            array.take(code, code as u16);
        }
        // The beginnings with the most children go in first, while there is room for them side by side; among
        // equals those used most, which so stand together.
        let mut order: Vec<usize> = (1..beginnings.len()).collect();
        order.sort_by_key(|&number| Reverse((beginnings[number].children.len(), beginnings[number].uses)));
        let mut bases = vec![0; beginnings.len()];
        let (mut size, mut slot) = (usize::MAX, 0);
        for number in order {
            let children = &beginnings[number].children;
            if children.len() < size {
                // Fewer children may fit where more did not; large numbers make too little difference to look again.
                size = children.len() - children.len() / 24;
                slot = 0;
            }
            (bases[number], slot) = array.find_base(children, slot);
            for child in children {
                array.take(bases[number] ^ usize::from(child.code), child.code);
            }
        }
        for (beginning, base) in beginnings.iter().zip(&bases) {
            for child in &beginning.children {
                let slot = &mut array.slots[base ^ usize::from(child.code)];
                if let Some((rank, tag)) = child.word {
                    *slot = slot.with_word(rank, tag);
                }
                if let Some(number) = child.beginning {
                    let codes = beginnings[number].children.iter().map(|child| child.code);
                    *slot = slot.with_children(bases[number], codes);
                }
            }
        }
        array
    }

    /// The first base, not used yet, that puts the first of `children` behind `slot` and at which the slots of all are
    /// free; and the slot of the first.
    fn find_base(&mut self, children: &[Child], mut slot: usize) -> (usize, usize) {
        loop {
            slot = self.next_free(slot);
            let base = slot ^ usize::from(children[0].code);
            self.bases.resize(self.bases.len().max(base + 1), false);
            if base > 0
                && !self.bases[base]
                && children.iter().all(|child| self.is_free(base ^ usize::from(child.code)))
            {
                self.bases[base] = true;
                return (base, slot);
            }
        }
    }

    /// The first free slot after `slot`. There is always one: the array grows.
    fn next_free(&mut self, slot: usize) -> usize {
        let mut next = slot;
        loop {
            self.grow(next);
            next = self.next[next] as usize;
            self.grow(next);
            if self.is_free(next) {
                self.next[slot] = next as u32;
                return next;
            }
        }
    }

    fn is_free(&self, slot: usize) -> bool {
        self.slots.get(slot).is_none_or(|&slot| slot == Slot::default())
    }

    fn take(&mut self, slot: usize, code: u16) {
        self.grow(slot);
        self.slots[slot] = Slot::of(code);
    }

    /// Makes the array long enough for `slot`.
    fn grow(&mut self, slot: usize) {
        for slot in self.slots.len()..=slot {
            self.slots.push(Slot::default());
            self.next.push(slot as u32 + 1);
        }
    }
}

/// A hidden Markov model over characters. A state is a place in a word (0 begins it, 1 is inside, 2 ends it, 3 is the
/// word) times 64 plus the number of a tag; what is never seen has the logarithm of 0.
struct Model {
    tags: String,
    starts: Vec<f64>,
    /// By the state that follows, then the one before.
    steps: Vec<f64>,
    /// By character, the states that it may be in.
    characters: BTreeMap<char, BTreeMap<u8, f64>>,
}

impl Model {
    const STATES: usize = 256;

    fn parse(text: &str) -> Option<Self> {
        let none = |length| vec![f64::NEG_INFINITY; length];
        let mut model = Self {
            tags: String::new(),
            starts: none(Self::STATES),
            steps: none(Self::STATES * Self::STATES),
            characters: BTreeMap::new(),
        };
        // The only states that some characters may be in, whatever else was seen.
        let mut only: BTreeMap<char, BTreeSet<u8>> = BTreeMap::new();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut fields = line.split('|').filter(|field| !field.is_empty());
            match section {
                _ if line.starts_with('@') => section = line,
                "@TAGS" => model.tags = line.replace(',', "\n"),
                "@START" => {
                    let (state, probability) = line.rsplit_once(',')?;
                    model.starts[usize::from(state_of(state)?)] = probability.parse().ok()?;
                }
                "@TRANS" => {
                    let before = state_of(fields.next()?)?;
                    for field in fields {
                        let (state, probability) = field.rsplit_once(',')?;
                        let at = usize::from(state_of(state)?) * Self::STATES + usize::from(before);
                        model.steps[at] = probability.parse().ok()?;
                    }
                }
                "@EMIT" => {
                    let state = state_of(fields.next()?)?;
                    for field in fields {
                        let (character, probability) = field.rsplit_once(',')?;
                        let states = model.characters.entry(character.chars().next()?).or_default();
                        states.insert(state, probability.parse().ok()?);
                    }
                }
                "@CHAR_STATE" => {
                    let character = fields.next()?.chars().next()?;
                    only.insert(character, fields.map(state_of).collect::<Option<_>>()?);
                }
                // What stands before the first section is a comment.
                "" => {}
                _ => return None,
            }
        }
        for (character, states) in only.into_iter().filter(|(_, states)| !states.is_empty()) {
            model.characters.entry(character).or_default().retain(|state, _| states.contains(state));
        }
        Some(model)
    }

    fn write(&self, folder: &Path) -> Result<(), Box<dyn Error>> {
        let bytes =
            |numbers: &[f64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let (mut rows, mut states, mut probabilities) = (Vec::new(), Vec::new(), Vec::new());
        for character in 0..1 << 16 {
            rows.extend((states.len() as u32).to_le_bytes());
            let row = char::from_u32(character).and_then(|character| self.characters.get(&character));
            states.extend(row.into_iter().flat_map(BTreeMap::keys));
            probabilities.extend(row.into_iter().flat_map(BTreeMap::values));
        }
        rows.extend((states.len() as u32).to_le_bytes());
        fs::write(folder.join("model_tags"), &self.tags)?;
        fs::write(folder.join("model_starts"), bytes(&self.starts))?;
        fs::write(folder.join("model_steps"), bytes(&self.steps))?;
        fs::write(folder.join("model_rows"), rows)?;
        fs::write(folder.join("model_states"), states)?;
        fs::write(folder.join("model_probabilities"), bytes(&probabilities))?;
        Ok(())
    }
}

/// `2,17`: a place in a word and a tag.
fn state_of(text: &str) -> Option<u8> {
    let (place, tag) = text.trim().split_once(',')?;
    let (place, tag): (u8, u8) = (place.parse().ok()?, tag.parse().ok()?);
    (place < 4 && tag < 64).then_some(place * 64 + tag)
}
