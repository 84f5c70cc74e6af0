//! Where tables go, and in which form.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Command, Stdio};

use super::{Folder, PAGE, Ran, zjgr};

#[test]
fn the_ending_of_the_file_picks_the_format() {
    let folder = Folder::new().with("page.txt", PAGE);
    for (name, start) in
        [("a.csv", "file,line,"), ("a.tsv", "file\tline\t"), ("a.jsonl", "{\"file\":\"page.txt\",")]
    {
        assert_eq!(folder.run(&format!("layout page.txt -o {name}")).out, "");
        assert!(folder.read(name).starts_with(start), "{name}");
    }
    folder.run("layout page.txt -o a.csv --format tsv");
    assert!(folder.read("a.csv").starts_with("file\tline\t"), "a flag says more than an ending");
}

#[test]
fn a_spreadsheet_gets_what_it_can_read() {
    let folder = Folder::new().with("page.txt", "=1+1\n-3.5\n－减\n正文\n");
    let table = folder.run("layout page.txt --excel").out;
    assert!(table.starts_with("\u{feff}file,line,"));
    assert!(table.lines().count() == 5 && table.matches("\r\n").count() == 5);
    for cell in [",'=1+1\r", ",-3.5\r", ",'－减\r", ",正文\r"] {
        assert!(table.contains(cell), "{cell:?} in {table}");
    }
}

#[test]
fn no_header_runs_as_a_formula() {
    let record = "{\"text\":\"工会工会\",\"newspaper\":\"=HYPERLINK(1)\"}\n";
    let folder = Folder::new().with("r.jsonl", record);
    let table = folder.run("stats r.jsonl --by newspaper --wide --excel").out;
    assert!(table.lines().next().unwrap().ends_with(",'=HYPERLINK(1)"), "{table}");
}

#[test]
fn a_run_that_reads_nothing_leaves_the_old_table() {
    let folder = Folder::new().with("table.csv", "old");
    assert_eq!(folder.run("pages gone.txt -o table.csv").status, Some(1));
    assert_eq!(folder.read("table.csv"), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_table_is_replaced_with_its_rights_and_through_its_link() {
    let folder = Folder::new().with("page.txt", PAGE).with("real.csv", "old");
    fs::set_permissions(folder.path().join("real.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.csv", folder.path().join("link.csv")).unwrap();
    assert_eq!(folder.run("pages page.txt -o link.csv").status, Some(0));
    assert!(folder.read("real.csv").starts_with("file,"));
    assert_eq!(fs::metadata(folder.path().join("real.csv")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("link.csv")).unwrap().is_symlink());
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::new().with("page.txt", PAGE);
    let ran = folder.run("pages page.txt -o gone/table.csv");
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), "zjgr: the folder gone does not exist\n"));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let folder = Folder::new().with("page.txt", PAGE.repeat(20_000));
    let mut command = Command::new(zjgr());
    command.args(["layout", "page.txt"]).current_dir(folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 5];
    // The pipe is closed when this goes out of scope, as `head` does.
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn an_interrupt_leaves_no_half_written_table() {
    let folder = Folder::new().with("table.csv", "old");
    let mut child = waiting(&folder, &[], &["layout", "-", "-o", "table.csv"]);
    let count = || fs::read_dir(folder.path()).unwrap().count();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // While its input stays open, only the interrupt can end it.
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "zjgr: interrupted; table.csv is as it was\n");
    assert_eq!((folder.read("table.csv").as_str(), count()), ("old", 1));
}

/// The line of a shell, with `zjgr` on its path, run in `folder`.
pub(super) fn shell(folder: &Folder, line: &str) -> Ran {
    let path = format!("{}:{}", zjgr().parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    Ran::from(command.args(["-c", line]).env("PATH", path).current_dir(folder.path()).output().unwrap())
}

#[test]
fn a_table_never_takes_the_place_of_what_is_read() {
    let folder = Folder::new()
        .with("page.txt", PAGE)
        .with("list.txt", "工会\n")
        .with("slogans.txt", "技能大赛\n")
        .with("units.toml", "")
        .with("files.txt", "page.txt\n")
        .with("kept.txt", "old.zjp\n")
        .with("profile.toml", "");
    let at = |name: &str| folder.path().join(name);
    for name in ["page.db", "page.parquet", "page.html", "page.xlsx", "page.graphml"] {
        symlink("page.txt", at(name)).unwrap();
    }
    assert_eq!(folder.run("stats page.txt --partial old.zjp").status, Some(0));
    fs::hard_link(at("old.zjp"), at("hard.zjp")).unwrap();
    symlink("page.txt", at("link.csv")).unwrap();
    symlink("link.csv", at("link-of-link.csv")).unwrap();
    fs::hard_link(at("page.txt"), at("hard.csv")).unwrap();
    for line in [
        "zjgr articles page.txt -o page.txt",
        "zjgr articles page.txt -o ./page.txt",
        "zjgr articles page.txt -o link.csv",
        "zjgr articles page.txt -o link-of-link.csv",
        "zjgr articles page.txt -o hard.csv",
        "zjgr articles link.csv -o page.txt",
        "zjgr articles < page.txt -o page.txt",
        "zjgr articles page.txt >> page.txt",
        "zjgr articles page.txt -o /dev/fd/3 3< page.txt",
        "zjgr stats page.txt --user-dict list.txt -o list.txt",
        "zjgr stats page.txt --stopwords list.txt -o list.txt",
        "zjgr stats page.txt --terms list.txt -o list.txt",
        "zjgr slogans page.txt --lexicon slogans.txt -o slogans.txt",
        "zjgr extract-numbers page.txt --units units.toml -o units.toml",
        "zjgr layout page.txt --profile profile.toml -o profile.toml",
        "zjgr keyness --target path=page.txt --reference path=list.txt -o list.txt",
        "zjgr stats page.txt --partial page.txt",
        "zjgr stats page.txt --partial link.csv",
        "zjgr stats page.txt --terms list.txt --partial list.txt",
        "zjgr stats old.zjp page.txt --partial old.zjp",
        "zjgr merge stats old.zjp --partial hard.zjp",
        "zjgr merge stats page.txt -o page.txt",
        "zjgr articles --files-from files.txt -o page.txt",
        "zjgr articles --files-from files.txt -o files.txt",
        "zjgr stats --files-from files.txt --partial page.txt",
        "zjgr stats --files-from kept.txt --partial old.zjp",
        "zjgr articles page.txt -o page.db",
        "zjgr articles page.txt -o page.parquet",
        "zjgr report page.txt -o page.html",
        "zjgr workbook page.txt -o page.xlsx",
        "zjgr names page.txt --pairs article -o page.graphml",
    ] {
        let ran = shell(&folder, line);
        assert_eq!(ran.status, Some(2), "{line}: {}", ran.err);
        assert!(ran.err.contains("it would be lost: write elsewhere"), "{line}: {}", ran.err);
    }
    assert_eq!((folder.read("page.txt").as_str(), folder.read("list.txt").as_str()), (PAGE, "工会\n"));
}

#[test]
fn in_a_folder_that_is_read_only_our_tables_are_replaced() {
    let folder = Folder::new()
        .with("pages/page.txt", PAGE)
        .with("pages/notes.csv", "我的,笔记\n")
        .with("pages/photo.jpg", [0xff, 0xd8, 0xff])
        .with("pages/empty.csv", "")
        .with("elsewhere.txt", PAGE);
    symlink("../elsewhere.txt", folder.path().join("pages/link.txt")).unwrap();
    for name in ["pages/notes.csv", "pages/photo.jpg", "elsewhere.txt"] {
        let before = fs::read(folder.path().join(name)).unwrap();
        let ran = folder.run(&format!("articles pages --format csv -o {name}"));
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.err);
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), before, "{name}");
    }
    for line in [
        "stats pages --partial pages/page.txt",
        "report pages -o pages/notes.html",
        "workbook pages -o pages/notes.xlsx",
        "articles pages -o pages/notes.db",
        "articles pages -o pages/notes.parquet",
        "names pages --pairs article -o pages/notes.graphml",
    ] {
        let name = line.rsplit(' ').next().unwrap();
        if !folder.path().join(name).exists() {
            fs::write(folder.path().join(name), "mine").unwrap();
        }
        let before = folder.read(name);
        let ran = folder.run(line);
        assert_eq!((ran.status, folder.read(name)), (Some(2), before), "{line}: {}", ran.err);
        if name.ends_with("txt") {
            continue;
        }
        fs::remove_file(folder.path().join(name)).unwrap();
        for round in 0..2 {
            assert_eq!(folder.run(line).status, Some(0), "{line}, round {round}");
        }
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    for _ in 0..2 {
        assert_eq!(folder.run("stats pages --partial pages/new.zjp").status, Some(0));
    }
    for name in ["pages/empty.csv", "pages/new.csv", "pages/new.csv"] {
        assert_eq!(folder.run(&format!("articles pages -q -o {name}")).status, Some(0), "{name}");
        assert_eq!(folder.read(name).lines().count(), 3, "{name}");
    }
    let ran = shell(&folder, "zjgr articles pages > pages/redirected.txt");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(folder.read("pages/redirected.txt").lines().count(), 3);
}

#[test]
fn a_read_only_file_is_refused() {
    let folder = Folder::new().with("page.txt", PAGE).with("table.csv", "old");
    fs::set_permissions(folder.path().join("table.csv"), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = folder.run("pages page.txt -o table.csv");
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.err, "zjgr: table.csv: this file is read-only: make it writable, or write elsewhere\n");
    assert_eq!(folder.read("table.csv"), "old");
}

#[test]
fn rights_and_links_stay_as_they_were() {
    let folder = Folder::new().with("page.txt", PAGE).with("shared.csv", "old");
    let at = |name: &str| folder.path().join(name);
    fs::set_permissions(at("shared.csv"), fs::Permissions::from_mode(0o664)).unwrap();
    symlink("to-be.csv", at("dangling.csv")).unwrap();
    assert_eq!(shell(&folder, "umask 077; zjgr pages page.txt -o shared.csv").status, Some(0));
    assert_eq!(fs::metadata(at("shared.csv")).unwrap().permissions().mode() & 0o777, 0o664);
    assert_eq!(shell(&folder, "umask 027; zjgr pages page.txt -o dangling.csv").status, Some(0));
    assert!(fs::symlink_metadata(at("dangling.csv")).unwrap().is_symlink());
    assert_eq!(fs::symlink_metadata(at("to-be.csv")).unwrap().permissions().mode() & 0o777, 0o640);
    symlink("circle.csv", at("circle.csv")).unwrap();
    assert_eq!(folder.run("pages page.txt -o circle.csv").status, Some(1));
}

#[test]
fn in_a_read_only_folder_a_writable_file_is_written_over() {
    let folder = Folder::new().with("page.txt", PAGE).with("locked/table.csv", "old".repeat(999));
    let mode = |name: &str, mode| {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("", 0o755);
    mode("locked/table.csv", 0o666);
    mode("locked", 0o555);
    // Whoever may do everything is asked by nobody; so somebody else is.
    let other = if fs::File::create(folder.path().join("locked/test")).is_ok() {
        fs::remove_file(folder.path().join("locked/test")).unwrap();
        "setpriv --reuid 65534 --regid 65534 --clear-groups "
    } else {
        ""
    };
    fs::copy(zjgr(), folder.path().join("copy")).unwrap();
    let ran = shell(&folder, &format!("{other}./copy pages page.txt -o locked/table.csv"));
    let new = shell(&folder, &format!("{other}./copy pages page.txt -o locked/new.csv"));
    mode("locked", 0o755);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("its folder is read-only"), "{}", ran.err);
    assert!(
        folder.read("locked/table.csv").starts_with("file,")
            && !folder.read("locked/table.csv").contains("old")
    );
    assert_eq!(new.status, Some(1), "{}", new.err);
}

#[test]
fn a_stream_is_appended_to_as_it_stands() {
    let folder = Folder::new().with("page.txt", PAGE);
    for line in [
        "(echo first; zjgr layout page.txt -o /dev/fd/1; echo last) > out",
        "(echo first; zjgr layout page.txt -o /dev/stdout; echo last) > out",
        "(echo first; zjgr layout page.txt -o -; echo last) > out",
        "(echo first >&2; zjgr layout page.txt -o /dev/stderr; echo last >&2) 2> out",
    ] {
        assert_eq!(shell(&folder, line).status, Some(0), "{line}");
        let out = folder.read("out");
        assert!(out.starts_with("first\nfile,line,") && out.ends_with("\nlast\n"), "{line}: {out}");
        assert_eq!(out.lines().count(), 5, "{line}: {out}");
    }
    shell(&folder, "echo first > out; zjgr layout page.txt -o /dev/fd/3 3>> out; echo last >> out");
    assert!(folder.read("out").starts_with("first\nfile,line,") && folder.read("out").ends_with("\nlast\n"));
}

#[test]
fn an_ending_that_names_no_format_stops_the_run() {
    let folder = Folder::new().with("page.txt", PAGE);
    for name in ["table.xls", "table.txt", "table"] {
        let ran = folder.run(&format!("layout page.txt -o {name}"));
        assert_eq!(ran.status, Some(2), "{name}");
        assert!(ran.err.contains("its ending names no format"), "{}", ran.err);
        assert_eq!(folder.run(&format!("layout page.txt --format tsv -o {name}")).status, Some(0));
    }
    assert_eq!(folder.run("layout page.txt -o /dev/null").status, Some(0));
}

/// A run that waits for input, in the folder in which it writes `table.csv`; what whoever runs the tests ignores does
/// not count.
pub(super) fn waiting(folder: &Folder, before: &[&str], args: &[&str]) -> Child {
    let mut command = Command::new("env");
    command.arg("--default-signal").args(before).arg(zjgr()).args(args).current_dir(folder.path());
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    // The hidden file shows that it is at work.
    while half_written(folder) == 0 {
        std::thread::yield_now();
    }
    child
}

pub(super) fn half_written(folder: &Folder) -> usize {
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".partial")).count()
}

fn kill(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn whatever_ends_it_is_told_by_its_exit_status() {
    for (signal, status) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let folder = Folder::new();
        let mut child = waiting(&folder, &[], &["layout", "-", "-o", "table.csv"]);
        kill(&child, signal);
        let input = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(input);
        assert_eq!(output.status.code(), Some(status));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "zjgr: interrupted; table.csv was not written\n");
        assert_eq!(half_written(&folder), 0);
    }
}

#[test]
fn what_goes_on_without_a_terminal_is_not_ended_by_its_end() {
    let folder = Folder::new();
    let mut child = waiting(&folder, &["nohup"], &["layout", "-", "-o", "table.csv"]);
    kill(&child, "-HUP");
    child.stdin.take().unwrap().write_all(PAGE.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.read("table.csv").lines().count(), 3);
}

#[test]
fn what_a_killed_run_left_is_swept_by_the_next_one() {
    let folder = Folder::new().with("page.txt", PAGE);
    let args = ["layout", "-", "-o", "table.csv"];
    let mut killed = waiting(&folder, &[], &args);
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(half_written(&folder), 1);
    assert_eq!(folder.run("layout page.txt -o other.csv").status, Some(0));
    assert_eq!(half_written(&folder), 1, "of another target");
    // What is still being written stays.
    let mut at_work = waiting(&folder, &[], &args);
    assert_eq!(folder.run("layout page.txt -o table.csv").status, Some(0));
    assert_eq!(half_written(&folder), 1);
    at_work.stdin.take().unwrap().write_all(PAGE.as_bytes()).unwrap();
    assert_eq!(at_work.wait().unwrap().code(), Some(0));
    assert_eq!(half_written(&folder), 0);
}
