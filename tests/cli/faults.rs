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

/// Every command, as it is started on the folder `pages`.
const COMMANDS: [&str; 14] = [
    "layout pages",
    "pages pages",
    "articles pages",
    "stats pages",
    "stats pages --lengths",
    "slogans pages --all",
    "slogans pages --mentions --slogan 技能大赛",
    "slogans pages --discover",
    "extract-numbers pages",
    "extract-numbers pages --sum",
    "concordance 工 pages",
    "collocates 职工 pages",
    "keyness --target path=pages/1 --reference path=pages/2",
    "trends --term 职工 --per year pages",
];
const FORMATS: [&str; 4] = ["csv", "tsv", "jsonl", "table"];

fn folder() -> Folder {
    let page = format!("2021年2月25日 星期四\n{PAGE}“技能大赛”精神\n").repeat(40);
    Folder::new().with("pages/1/a.txt", &page).with("pages/2/b.txt", page.replace("赛", "会"))
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn on_a_full_device_every_command_fails_and_says_so() {
    let folder = folder();
    for command in COMMANDS {
        for format in FORMATS {
            // A table of records without a row is no byte.
            if shell(&folder, &format!("zjgr {command} --format {format}")).out.is_empty() {
                continue;
            }
            for to in ["-o /dev/full", "> /dev/full"] {
                let line = format!("zjgr {command} --format {format} {to}");
                let ran = shell(&folder, &line);
                assert_eq!(ran.status, Some(1), "{line}: {}", ran.err);
                assert!(ran.err.contains("No space left on device"), "{line}: {}", ran.err);
            }
        }
    }
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_disk_that_fills_up_leaves_the_old_table() {
    // The system lets no file grow beyond one block of 512 bytes, as a disk that fills up while a table is written.
    let folder = folder().with("table", "old");
    for command in COMMANDS.into_iter().filter(|command| !command.starts_with("trends")) {
        let line = format!("trap '' XFSZ; ulimit -f 1; zjgr {command} --format csv -o table");
        let ran = shell(&folder, &line);
        let whole = shell(&folder, &format!("zjgr {command}")).out.len();
        if whole > 1024 {
            assert_eq!(ran.status, Some(1), "{line}: {}", ran.err);
            assert_eq!(folder.read("table"), "old", "{line}");
        }
        assert_eq!(half_written(&folder), 0, "{line}");
        std::fs::write(folder.path().join("table"), "old").unwrap();
    }
}

#[test]
#[ignore = "many runs: cargo test --test cli faults -- --ignored"]
fn a_kill_at_any_moment_leaves_the_old_table_or_the_new_one() {
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
