//! The READMEs say what is: every block marked `console` shows what the program really prints, and every table of
//! columns has the columns that the program writes.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test --test readme` writes them anew.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

#[test]
fn what_the_readmes_show_is_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md").case("README.zh-CN.md");
}

/// The names that the first table of columns after the heading `## command` has: what stands in backticks in its first
/// cells, but for what stands in brackets.
fn told(readme: &str, command: &str) -> Vec<String> {
    let (_, section) = readme.split_once(&format!("\n## {command}\n")).expect("the section");
    let table =
        section.lines().skip_while(|line| !line.starts_with("| column |") && !line.starts_with("| 列 |"));
    let rows = table.skip(2).take_while(|line| line.starts_with('|'));
    let cell = |row: &str| row.split('|').nth(1).unwrap_or_default().to_owned();
    let names = rows.map(cell).flat_map(|cell| {
        let plain = cell.split(['(', '（']).next().unwrap_or_default().to_owned();
        plain.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    });
    names.collect()
}

/// The commands whose columns stand in a table of their own.
const COMMANDS: [&str; 10] = [
    "layout",
    "names",
    "reprints",
    "terms",
    "pages",
    "articles",
    "extract-numbers",
    "concordance",
    "collocates",
    "keyness",
];

/// Columns of `jsonl` only, which the tables of the READMEs do not have.
const NESTED: [&str; 2] = ["sections", "captions"];

/// The columns that a command says it writes without being asked for more.
fn described(command: &str) -> Vec<String> {
    let mut zjgr = Command::new(env!("CARGO_BIN_EXE_zjgr"));
    let output = zjgr.args([command, "--describe", "--format", "jsonl"]).output().expect("the program runs");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let rows = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    let name = |row: serde_json::Result<Value>| row.expect("a row")["name"].as_str().map(str::to_owned);
    rows.filter_map(name).filter(|name| !NESTED.contains(&name.as_str())).collect()
}

#[test]
fn the_tables_of_columns_are_what_the_commands_describe() {
    let readmes =
        ["README.md", "README.zh-CN.md"].map(|file| (file, std::fs::read_to_string(file).expect(file)));
    for command in COMMANDS {
        let columns = described(command);
        for (file, readme) in &readmes {
            assert_eq!(told(readme, command), columns, "{command} in {file}");
        }
    }
}

#[test]
fn every_command_has_its_tests_and_is_told_of() {
    let files = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).expect(folder).map(|entry| entry.expect(folder).path());
        entries.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
    };
    let tests = files("tests/cli");
    for file in files("src/bin/zjgr/cmd").into_iter().filter(|file| file != "mod") {
        assert!(tests.contains(&file), "tests/cli/{file}.rs");
        let command = file.replace('_', "-");
        for readme in ["README.md", "README.zh-CN.md"] {
            let text = std::fs::read_to_string(readme).expect(readme);
            let told = [format!("\n## {command}\n"), format!("zjgr {command} ")];
            assert!(told.iter().any(|told| text.contains(told)), "{command} in {readme}");
        }
    }
}
