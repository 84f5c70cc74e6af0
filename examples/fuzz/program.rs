//! Whole commands as a user starts them: every command with every flag that its help names, whatever is added later.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::input::{Chance, Input, PIECES};

/// What stands for a value in the help, and what is given for it; of what stands in braces in a value, `{piece}` is
/// anything. What is not listed here gets anything.
const VALUES: &[(&str, &[&str])] = &[
    ("N", &["0", "1", "2", "7", "99999999999", "-1", "x"]),
    ("P", &["0", "0.05", "1", "2", "nan"]),
    ("N-N", &["1", "1-2", "2-3", "3-1", "0"]),
    ("FILE", &["words", "{input}", "none", "missing", "builtin", "out.csv"]),
    ("FILE.zjp", &["kept.zjp"]),
    ("LIST", &["words", "none", "builtin"]),
    ("DATE", &["2021", "2021-02", "2021-02-30", "2022-01-01", "{piece}"]),
    ("REGEX", &["工", "[一-三]+", "(a|b)*", "(", "{piece}"]),
    ("NAME", &["工会", "共富=共富,共同富裕", "{piece}"]),
    ("NAME|FILE", &["generic", "zhejiang-ribao", "words", "{piece}"]),
    ("TERM", &["工会", "工", "{piece}"]),
    ("UNIT", &["元", "万元", "人", "{piece}"]),
    ("CLASS,…", &["all", "money,percent", "count"]),
    ("COLUMN,…", &["file", "file,line", "count,term", "{piece}"]),
    ("PART,…", &["headline", "body,caption"]),
    ("TAG,…", &["n", "n,v", "nr"]),
    ("TAG", &["n", "nr"]),
    ("WHAT,…", &["numbers", "numbers,latin"]),
    ("FIELD=NAME,…", &["text=text", "text=body,date=id", "{piece}"]),
    ("PATTERN", &["{newspaper}/{date}/{page}", "{id}", "{piece}"]),
    (
        "CONDITION",
        &["since=2020", "until=2021", "headline=工", "match=工", "path=.", "file=words", "{piece}"],
    ),
    ("DIR", &["made"]),
];
/// What a table is written to.
const TABLES: &[&str] = &[
    "out.csv",
    "out.tsv",
    "out.jsonl",
    "out.xlsx",
    "out.parquet",
    "out.sqlite",
    "out.db",
    "out.html",
    "out.zjp",
    "out.json",
    "out",
    "/dev/null",
    "/dev/full",
    "none/out.csv",
];
/// What must stand in front of the paths: one of these.
const FIRST: &[(&str, &[&str])] = &[
    ("concordance", &["工会"]),
    ("collocates", &["工"]),
    ("keyness", &["--target headline=工"]),
    ("trends", &["--term 工会", "--rising", "--unit 元 --slogan 共同富裕"]),
    (
        "merge",
        &[
            "stats",
            "terms",
            "slogans",
            "collocates 工",
            "keyness --target headline=工",
            "reprints",
            "trends --term 工会",
            "extract-numbers --sum",
            "names --count",
            "names --pairs article",
        ],
    ),
    ("workbook", &["-o out.xlsx", "-o out.csv"]),
    ("report", &["-o out.html", "-o out.xlsx"]),
    ("completions", &["bash", "zsh", "fish", "powershell", "elvish"]),
];
/// What takes a folder to write into, and no files.
const WRITERS: [&str; 2] = ["sample", "man"];
/// The folder of what is read.
const READ: &str = "read";
/// Flags that would only show the help.
const LEFT_OUT: &[&str] = &["--help", "--version"];
/// The most flags that are given at once.
const MOST: usize = 3;
/// A run over an input of some kilobytes that takes this long has found something that grows with the square.
const TOO_LONG: Duration = Duration::from_secs(20);

/// A flag as the help names it.
#[derive(Debug)]
struct Flag {
    name: String,
    /// What its value is called, where it takes one.
    value: Option<String>,
    /// The values that it may have, where these are listed.
    possible: Vec<String>,
}

/// The program, and every command with its flags.
pub(crate) struct Program {
    path: PathBuf,
    folder: PathBuf,
    commands: Vec<(String, Vec<Flag>)>,
}

impl Program {
    pub(crate) fn new(path: &Path, folder: &Path) -> Self {
        let path = std::fs::canonicalize(path).unwrap();
        let says = |args: &[&str]| help(&Command::new(&path).args(args).env("LANG", "C").output().unwrap());
        let names = says(&["-h"]).lines().filter_map(command).collect::<Vec<_>>();
        let commands = names
            .into_iter()
            .filter(|name| name != "help")
            .map(|name| (name.clone(), flags(&says(&[&name, "-h"]))))
            .collect();
        Self { path, folder: folder.to_owned(), commands }
    }

    /// Makes the folder anew: a page, and files that flags name.
    pub(crate) fn lay_out(&self, page: &[u8]) {
        let _ = std::fs::remove_dir_all(&self.folder);
        std::fs::create_dir_all(self.folder.join("pages")).unwrap();
        std::fs::create_dir_all(self.folder.join(READ)).unwrap();
        std::fs::write(self.folder.join("words"), "工会\n技能大赛\n").unwrap();
        std::fs::write(self.folder.join("pages/2021-02-25-p1.txt"), page).unwrap();
    }

    /// Puts the files of `input` where they are read.
    pub(crate) fn put(&self, input: &Input) -> Vec<PathBuf> {
        let put = |(name, bytes): &(String, Vec<u8>)| {
            let path = self.folder.join(READ).join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        input.files.iter().map(put).collect()
    }

    /// A command line, and the names under which it is counted.
    pub(crate) fn any(&self, chance: &mut Chance, input: &Input) -> (Vec<String>, Vec<String>) {
        let (command, flags) = chance.of(&self.commands);
        let mut names = vec![format!("command {command}")];
        let mut line = vec![command.clone()];
        if let Some((_, first)) = FIRST.iter().find(|(name, _)| name == command) {
            let first = *chance.of(first);
            line.extend(first.split(' ').map(str::to_owned));
            if command == "merge" {
                names.push(format!("command merge {}", line[1]));
            }
        }
        let named = format!("{READ}/{}", input.files[0].0);
        for _ in 0..chance.below(MOST + 1).min(flags.len()) {
            let flag = chance.of(flags);
            names.push(format!("flag {}", flag.name));
            line.push(flag.name.clone());
            line.extend(flag.value(chance, &named));
        }
        line.push(match WRITERS.contains(&&**command) {
            true => "made".into(),
            false => (*chance.of(&[&named, &named, &named, READ, "pages", "kept.zjp"])).to_owned(),
        });
        (line, names)
    }

    /// Why the command is a fault, if it is one, and its status.
    pub(crate) fn fault(&self, line: &[String]) -> (Option<String>, String) {
        let (mut output, mut took) = self.run(line);
        // On a busy machine anything may take long once.
        if took > TOO_LONG {
            (output, took) = self.run(line);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let status = output.status.code().map_or("none".to_owned(), |status| status.to_string());
        let fault = match output.status.code() {
            _ if said.contains("a fault of zjgr") => Some(said.into_owned()),
            _ if took > TOO_LONG => Some(format!("took {took:?}")),
            Some(0..=3) => None,
            _ => Some(format!("status {status}: {said}")),
        };
        (fault, format!("status {status}"))
    }
}

impl Program {
    fn run(&self, line: &[String]) -> (Output, Duration) {
        let started = Instant::now();
        let mut command = Command::new(&self.path);
        command.args(line).current_dir(&self.folder).stdin(Stdio::null()).env("LANG", "C");
        (command.output().unwrap(), started.elapsed())
    }
}

impl Flag {
    fn value(&self, chance: &mut Chance, input: &str) -> Option<String> {
        let kind = self.value.as_ref()?;
        if !self.possible.is_empty() {
            return Some(chance.of(&self.possible).clone());
        }
        if self.name == "--output" {
            return Some((*chance.of(TABLES)).to_owned());
        }
        let known = VALUES.iter().find(|(name, _)| name == kind);
        let value = known.map_or("{piece}", |&(_, values)| *chance.of(values));
        // No argument of a program holds a NUL.
        let value = value.replace("{input}", input);
        Some(value.replace("{piece}", &chance.of(PIECES).replace('\0', "")))
    }
}

/// The help without line ends inside of an entry.
fn help(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The command that a line of the program's help names.
fn command(line: &str) -> Option<String> {
    let rest = line.strip_prefix("  ")?;
    let name = rest.split(' ').next()?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    (is_name && rest.contains("  ")).then(|| name.to_owned())
}

/// The flags that the help of a command names.
fn flags(help: &str) -> Vec<Flag> {
    let mut entries: Vec<String> = Vec::new();
    for line in help.lines() {
        let text = line.trim_start();
        match entries.last_mut() {
            _ if text.starts_with('-') && line.starts_with("  ") => entries.push(text.to_owned()),
            Some(entry) if line.starts_with("          ") => *entry += &format!(" {text}"),
            _ => entries.push(String::new()),
        }
    }
    entries.iter().filter_map(|entry| flag(entry)).filter(|flag| !LEFT_OUT.contains(&&*flag.name)).collect()
}

fn flag(entry: &str) -> Option<Flag> {
    let long = entry.get(entry.find("--")?..)?;
    let name = long.split([' ', '=']).next()?.to_owned();
    let behind = long.get(name.len()..)?;
    let value = behind.strip_prefix(" <").and_then(|rest| rest.split('>').next()).map(str::to_owned);
    let listed = long.split_once("[possible values: ").and_then(|(_, rest)| rest.split(']').next());
    let possible = listed.map(|list| list.split(", ").map(|value| value.trim().to_owned()).collect());
    Some(Flag { name, value, possible: possible.unwrap_or_default() })
}
