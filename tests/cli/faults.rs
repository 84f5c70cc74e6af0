//! What goes wrong outside of the program: a full disk, a kill at any moment, a pipe that nobody reads. Hundreds of runs,
//! so that they stand apart:
//!
//! ```console
//! $ cargo test --test cli faults -- --ignored
//! ```

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::output::{half_written, shell, waiting};
use super::{Folder, PAGE, zjgr};

/// Every command that writes a table, as it is started on the folder `pages`.
const COMMANDS: [&str; 24] = [
    "layout pages",
    "pages pages",
    "articles pages",
    "stats pages",
    "stats pages --by month --wide",
    "stats pages --lengths",
    "terms pages --min-count 1",
    "reprints pages --min-chars 12 --dated first",
    "slogans pages --all",
    "slogans pages --mentions --slogan 技能大赛",
    "slogans pages --discover",
    "names pages",
    "names pages --count",
    "names pages --pairs article",
    "extract-numbers pages",
    "extract-numbers pages --sum",
    "concordance 工 pages",
    "collocates 职工 pages",
    "keyness --target path=pages/1 --reference path=pages/2",
    "trends --term 职工 --per year pages",
    "trends --rising --per year --min-articles 1 --max-p 1 pages",
    "merge stats kept.zjp",
    "merge stats kept.zjp pages",
    "stats pages --describe",
];
const FORMATS: [&str; 7] = ["csv", "tsv", "jsonl", "table", "markdown", "xlsx", "parquet"];
/// What is no single table, and what it is written to.
const FILES: [(&str, &str); 6] = [
    ("report pages -o", "made.html"),
    ("workbook pages -o", "made.xlsx"),
    ("names pages --pairs article -o", "made.graphml"),
    ("stats pages --partial", "made.zjp"),
    ("merge stats kept.zjp pages --partial", "made.zjp"),
    ("reprints pages --min-chars 12 --partial", "made.zjp"),
];
/// The same, of tables that are no text.
const BINARY: [(&str, &str); 4] = [
    ("articles pages -o", "made.parquet"),
    ("articles pages -o", "made.xlsx"),
    ("articles pages -o", "made.csv.gz"),
    ("layout pages -o", "made.jsonl.zst"),
];

fn folder() -> Folder {
    let page = format!("2021年2月25日 星期四\n{PAGE}“技能大赛”精神\n").repeat(40);
    let folder = Folder::new().with("pages/1/a.txt", &page).with("pages/2/b.txt", page.replace("赛", "会"));
    assert_eq!(folder.run("stats pages --partial kept.zjp").status, Some(0));
    folder
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn on_a_full_device_every_command_fails_and_says_so() {
    let folder = folder();
    let fails = |line: &str| {
        let ran = shell(&folder, line);
        assert_eq!(ran.status, Some(1), "{line}: {}", ran.err);
        assert!(ran.err.contains("No space left on device"), "{line}: {}", ran.err);
    };
    for command in COMMANDS {
        for format in FORMATS {
            let whole = shell(&folder, &format!("zjgr {command} --format {format} > whole"));
            // A table of records without a row is no byte.
            if whole.status == Some(0) && std::fs::metadata(folder.path().join("whole")).unwrap().len() > 0 {
                fails(&format!("zjgr {command} --format {format} -o /dev/full"));
                fails(&format!("zjgr {command} --format {format} > /dev/full"));
            }
        }
    }
    for (command, file) in FILES.into_iter().chain(BINARY) {
        shell(&folder, &format!("ln -sf /dev/full {file}"));
        fails(&format!("zjgr {command} {file}"));
    }
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_disk_that_fills_up_leaves_the_old_file() {
    // The system lets no file grow beyond one block of 512 bytes, as a disk that fills up while a table is written.
    let folder = folder();
    let tables = COMMANDS.into_iter().filter(|command| !command.starts_with("trends --term"));
    let tables = tables.map(|command| (format!("{command} --format csv -o"), "table"));
    let files = FILES.into_iter().chain(BINARY).map(|(command, file)| (command.to_owned(), file));
    for (command, file) in tables.chain(files) {
        let path = folder.path().join(file);
        let _ = std::fs::remove_file(&path);
        assert_eq!(folder.run(&format!("{command} {file}")).status, Some(0), "{command} {file}");
        let whole = std::fs::metadata(&path).unwrap().len();
        std::fs::write(&path, "old").unwrap();
        let line = format!("trap '' XFSZ; ulimit -f 1; zjgr {command} {file}");
        let ran = shell(&folder, &line);
        if whole > 1024 {
            assert_eq!(ran.status, Some(1), "{line}: {}", ran.err);
            assert_eq!(folder.read(file), "old", "{line}");
        }
        assert!(!ran.err.contains("a fault of zjgr"), "{line}: {}", ran.err);
        assert_eq!(half_written(&folder), 0, "{line}");
    }
}

/// How many rows the table of articles in `made.db` has; none where there is no such table.
#[cfg(feature = "sqlite")]
fn stored(folder: &Folder) -> Option<i64> {
    let database = rusqlite::Connection::open(folder.path().join("made.db")).unwrap();
    database.query_row("SELECT count(*) FROM articles", [], |row| row.get(0)).ok()
}

#[test]
#[cfg(feature = "sqlite")]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_database_keeps_its_tables_whatever_happens() {
    let folder = folder();
    assert_eq!(folder.run("articles pages/1 -o made.db").status, Some(0));
    let old = stored(&folder);
    let ran = shell(&folder, "trap '' XFSZ; ulimit -f 1; zjgr articles pages -o made.db");
    assert_eq!((ran.status, stored(&folder)), (Some(1), old), "{}", ran.err);
    let ran = shell(&folder, "zjgr articles pages -o /dev/full --format sqlite");
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    for round in 0..60 {
        kill_after(&folder, "articles pages -o made.db", round);
        let rows = stored(&folder);
        assert!(
            rows == old || rows == old.map(|rows| 2 * rows),
            "run {round}: {rows:?} rows, {old:?} before"
        );
        assert_eq!(folder.run("articles pages/1 -o made.db").status, Some(0), "run {round}");
    }
}

/// Starts a command and kills it, a little later in each round.
fn kill_after(folder: &Folder, line: &str, round: u64) {
    let mut child = Command::new(zjgr())
        .args(line.split(' '))
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(round * 3));
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_kill_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let folder = folder();
    for (command, file) in FILES.into_iter().chain(BINARY) {
        let path = folder.path().join(file);
        let line = format!("{command} {file}");
        let _ = std::fs::remove_file(&path);
        assert_eq!(folder.run(&line).status, Some(0), "{line}");
        let new = std::fs::read(&path).unwrap();
        for round in 0..30 {
            std::fs::write(&path, "old").unwrap();
            kill_after(&folder, &line, round);
            let found = std::fs::read(&path).unwrap();
            assert!(found == b"old" || found == new, "{line}, run {round}: {} bytes", found.len());
        }
        assert_eq!(folder.run(&line).status, Some(0), "{line}");
        assert_eq!(half_written(&folder), 0, "{line}");
    }
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_kill_while_it_reads_leaves_the_old_table_or_the_new_one() {
    let (page, signals) = (PAGE.repeat(50), ["-KILL", "-TERM", "-INT", "-HUP"]);
    for round in 0..400 {
        let folder = Folder::new().with("table.csv", "old");
        let mut child = waiting(&folder, &[], &["layout", "-", "--input-format", "lines", "-o", "table.csv"]);
        let mut input = child.stdin.take().unwrap();
        for _ in 0..round % 40 {
            input.write_all(page.as_bytes()).unwrap();
        }
        // Every other run gets all of its input, so that some are killed while the table takes its place.
        let open = (round % 2 == 0).then_some(input);
        let signal = signals[round / 100];
        Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
        child.wait().unwrap();
        drop(open);
        let lines = page.lines().count() * (round % 40);
        let table = folder.read("table.csv");
        assert!(table == "old" || table.lines().count() == lines + 1, "{signal}, run {round}: {table}");
        let left = folder.with("page.txt", PAGE);
        left.run("layout page.txt -o table.csv");
        assert_eq!(half_written(&left), 0, "{signal}, run {round}");
    }
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_pipe_that_is_closed_ends_every_command_quietly() {
    let folder = folder();
    for command in COMMANDS {
        for format in FORMATS {
            for length in [0, 1, 300, 70_000] {
                let mut child = Command::new(zjgr())
                    .args(command.split(' ').chain(["--format", format]))
                    .current_dir(folder.path())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap();
                // What is shorter ends before.
                let read = child.stdout.take().unwrap().take(length).read_to_end(&mut Vec::new());
                assert!(read.is_ok());
                let output = child.wait_with_output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(0), "{command} {format} {length}: {said}");
            }
        }
        for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
            let ran = shell(&folder, &format!("zjgr {command} {closed}"));
            assert!(matches!(ran.status, Some(0 | 1)), "{command} {closed}: {:?} {}", ran.status, ran.err);
            assert!(!ran.err.contains("a fault of zjgr"), "{command} {closed}: {}", ran.err);
        }
    }
}
