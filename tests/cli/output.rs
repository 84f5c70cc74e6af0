//! Where tables go, and in which form.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use super::{Folder, PAGE, zjgr};

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
fn a_run_that_reads_nothing_leaves_the_old_table() {
    let folder = Folder::new().with("table.csv", "old");
    assert_eq!(folder.run("pages gone.txt -o table.csv").status, Some(1));
    assert_eq!(folder.read("table.csv"), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_table_is_replaced_with_its_rights_and_through_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
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
    let mut command = Command::new(zjgr());
    command.args(["layout", "-", "-o", "table.csv"]).current_dir(folder.path());
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It waits for input; the hidden file shows that it is at work.
    let count = || fs::read_dir(folder.path()).unwrap().count();
    while count() < 2 {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // While its input stays open, only the interrupt can end it.
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "zjgr: interrupted; nothing was written to a file\n"
    );
    assert_eq!((folder.read("table.csv").as_str(), count()), ("old", 1));
}
