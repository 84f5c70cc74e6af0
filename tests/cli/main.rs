//! The commands as a user types them: a file here for what all of them share, and one for each command.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(feature = "archives")]
mod archives;
mod articles;
mod collocates;
mod columns;
mod completions;
mod concordance;
mod corrections;
mod editions;
mod extract_numbers;
mod faults;
mod formats;
mod forms;
mod help;
mod input;
mod joining;
mod keep;
mod keyness;
mod layout;
mod learn;
mod man;
mod merge;
mod names;
mod output;
mod pages;
mod project;
mod report;
mod reprints;
mod run;
mod sample;
mod slogans;
mod stats;
mod tables;
mod terms;
mod trends;
mod vendored;
mod verify;
mod workbook;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder that is gone after the test, with a page in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts `bytes` into the file `name`, folders on the way included.
    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// `zjgr`, started in this folder with the words of `line` as arguments.
    fn zjgr(&self, line: &str) -> Command {
        let mut command = Command::new(zjgr());
        command.current_dir(self.path()).args(line.split_whitespace()).env("LC_ALL", "C");
        command
    }

    /// What the command line gives back, and its exit status.
    fn run(&self, line: &str) -> Ran {
        Ran::from(self.zjgr(line).output().unwrap())
    }
}

/// A folder of texts, for commands whose arguments hold blanks or are expected to succeed.
struct Corpus(Folder);

impl Corpus {
    /// `files` are names and texts.
    fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().fold(Folder::new(), |folder, (name, text)| folder.with(name, text)))
    }

    /// What `zjgr` prints, run in this folder.
    fn zjgr(&self, args: &[&str]) -> String {
        let Ran { status, out, err } = self.ran(args);
        assert_eq!(status, Some(0), "zjgr {args:?}: {err}");
        out
    }

    /// The exit status, and what stands on standard error.
    fn fails(&self, args: &[&str]) -> (i32, String) {
        let Ran { status, err, .. } = self.ran(args);
        (status.unwrap_or(-1), err)
    }

    fn ran(&self, args: &[&str]) -> Ran {
        Ran::from(self.0.zjgr("").args(args).output().unwrap())
    }
}

/// What a user sees.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// The rows of the csv on standard output: the cells named `columns` of each.
    fn cells<const N: usize>(&self, columns: [&str; N]) -> Vec<[String; N]> {
        let mut reader = csv::Reader::from_reader(self.out.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = columns.map(|column| header.iter().position(|name| name == column).unwrap());
        reader.records().map(|row| row.unwrap()).map(|row| at.map(|at| row[at].to_owned())).collect()
    }
}

fn zjgr() -> PathBuf {
    assert_cmd::cargo::cargo_bin("zjgr")
}

/// Two lines that are a page as good as any.
const PAGE: &str =
    "车间里的灯光\n本报讯 记者王小川报道 昨天，全市职工技能大赛在体育馆开赛，来自六个县的128名选手参加。\n";
