//! The READMEs say what is: every block marked `console` shows what the program really prints, and every table of
//! columns has the columns that the program writes; what they say to type runs.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test --test readme` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn what_the_readmes_show_is_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md").case("README.zh-CN.md");
}

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// The blocks of `readme` that are marked so, in their order.
fn blocks(readme: &str, mark: &str) -> Vec<String> {
    let text = fs::read_to_string(readme).expect(readme);
    let opening = format!("\n```{mark}\n");
    text.split(&opening)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("\n```")?.0.to_owned() + "\n"))
        .collect()
}

/// A folder of pages and of everything else that the READMEs name: `pages/` with the sample pages, as files and by year,
/// an archive by year and month, and words to keep whole.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect(name);
        fs::write(path, bytes).expect(name);
    };
    for entry in fs::read_dir("data/pages").expect("the sample pages") {
        let path = entry.expect("a page").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        put(&format!("pages/{name}"), &fs::read(&path).expect("a page"));
    }
    for (number, day) in ["2021年3月8日", "2022年3月8日", "2023年3月8日", "2024年1月8日"].iter().enumerate()
    {
        let names = ["pages/2021", "pages/2022", "archive/2023", "archive/2024-01"]
            .map(|name| format!("{name}/a.txt"));
        let page = format!("东海日报\n{day} 星期五\n工会开会\n本报讯 记者王小川报道 职工到市总工会开会。\n");
        put(&names[number], page.as_bytes());
        put(&format!("pages/p{}.txt", number + 1), page.as_bytes());
    }
    put("dated/2023/0308-1-a.txt", "工会开会\n本报讯 职工到市总工会开会。\n".as_bytes());
    put("names.txt", "技能大赛\n".as_bytes());
    folder
}

/// Runs `script` in `folder`, with the program on the path; what it says where it fails.
fn fails(script: &str, folder: &Path) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_zjgr")).parent().expect("its folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a path"));
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(folder).env("PATH", path).env("LC_ALL", "C.UTF-8");
    let output = shell.output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    (!output.status.success()).then(|| format!("{script}: {}: {said}", output.status))
}

/// Programs that stand in the READMEs beside ours, which a test of ours cannot do without: `tests/*.py` try these.
const OTHERS: [&str; 5] = ["cargo ", "pip ", "python ", "spark-submit ", "sqlite3 "];

#[test]
fn what_the_readmes_say_to_type_runs() {
    for readme in READMES {
        let folder = folder();
        let mut count = 0;
        for block in blocks(readme, "sh") {
            let is_ours =
                |line: &&str| !line.starts_with(' ') && !OTHERS.iter().any(|other| line.starts_with(other));
            for line in block.lines().filter(is_ours) {
                assert_eq!(fails(line, folder.path()), None, "{readme}");
                count += 1;
            }
        }
        assert!(count >= 20, "{readme}: {count} lines");
    }
}

/// What stands in the text between backticks, and has something to read or to write.
#[test]
fn what_the_readmes_name_in_passing_runs() {
    for readme in READMES {
        let text = fs::read_to_string(readme).expect(readme);
        let spans = text.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " "));
        let folder = tempfile::tempdir().expect("a folder");
        let typed: Vec<_> =
            spans.filter(|span| span.starts_with("zjgr ") && span.contains(" pages")).collect();
        assert!(typed.len() >= 6, "{readme}: {typed:?}");
        for line in typed {
            assert_eq!(fails(&line, folder.path()), None, "{readme}");
        }
    }
}

#[test]
fn the_files_that_the_readmes_show_are_taken() {
    for readme in READMES {
        let folder = folder();
        let [project, units, profile] = blocks(readme, "toml").try_into().expect("three blocks");
        let at = |name: &str| folder.path().join(name);
        for (name, text, script) in [
            ("units.toml", units, "zjgr extract-numbers pages/ --units units.toml"),
            ("paper.toml", profile, "zjgr pages pages/ --profile paper.toml"),
            ("zjgr.toml", project.replace("\"pages\"", "\"dated\""), "zjgr stats -v"),
        ] {
            fs::write(at(name), text).expect(name);
            assert_eq!(fails(script, folder.path()), None, "{readme}: {name}");
        }
    }
}

/// The question that the READMEs ask of a database finds the articles that say it.
#[cfg(feature = "sqlite")]
#[test]
fn the_question_to_a_database_has_an_answer() {
    for readme in READMES {
        let folder = folder();
        let with = |block: &String| block.contains("sqlite3 ");
        let block = blocks(readme, "sh").into_iter().find(with).expect("the block");
        let (commands, question) = block.split_once("sqlite3 corpus.db \"").expect("a question");
        let question = question.trim_end().trim_end_matches('"').replace("\\\"", "\"");
        assert_eq!(fails(commands, folder.path()), None, "{readme}");
        let database = rusqlite::Connection::open(folder.path().join("corpus.db")).expect("a database");
        let mut asked = database.prepare(&question).expect("the question");
        let found = asked.query_map([], |row| row.get::<_, String>(0)).expect("an answer").count();
        assert!(found >= 4, "{readme}: {found} articles");
    }
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
