//! The project file beside the pages, and lists of files.

use super::{Folder, PAGE};

fn folder() -> Folder {
    Folder::new().with("a/pages/1.txt", PAGE).with("a/names.words", "技能大\n").with(
        "a/zjgr.toml",
        "paths = [\"pages\"]\n[defaults]\nset-newspaper = \"越州工人日报\"\nuser-dict = [\"names.words\"]\nset-date = \"2021-02-25\"\n[stats]\ntop = 2\nstopwords = \"none\"\nno-builtin-words = true\n",
    )
}

#[test]
fn a_survey_is_two_words_beside_a_project_file() {
    let folder = folder();
    let run = |line: &str| {
        let mut command = folder.zjgr(line);
        super::Ran::from(command.current_dir(folder.path().join("a")).output().unwrap())
    };
    let ran = run("pages");
    assert_eq!(ran.cells(["file", "newspaper", "date"]), [["pages/1.txt", "越州工人日报", "2021-02-25"]]);
    let terms = run("stats").cells(["term"]);
    assert_eq!(terms.len(), 2, "{terms:?}");
    assert!(
        run("stats --top 99").out.contains("技能大,"),
        "what is typed counts, the words of the list stay whole"
    );
    assert_eq!(run("pages --set-date 2022-01-01").cells(["date"]), [["2022-01-01"]]);
    assert_eq!(run("pages pages --no-config").cells(["newspaper"]), [[""]]);
    assert_eq!(run("concordance 大赛").cells(["file"]), [["pages/1.txt"]]);
    let told = run("stats -v").err;
    assert!(
        told.starts_with("zjgr: zjgr.toml: gives --no-builtin-words --stopwords=none --top=2 --set-date"),
        "{told}"
    );
}

#[test]
fn a_project_file_in_the_folder_that_is_named_counts_too() {
    let folder = folder();
    let ran = folder.run("pages a/pages");
    assert_eq!(ran.cells(["newspaper"]), [[""]], "this folder has none: {}", ran.err);
    assert_eq!(folder.run("pages a").cells(["file", "newspaper"]), [["a/pages/1.txt", "越州工人日报"]]);
    assert!(
        folder.run("stats a --top 99").out.contains("技能大,"),
        "files are named from where the project is"
    );
}

#[test]
fn what_a_project_file_says_wrong_is_named() {
    for (text, said) in [
        (
            "[defaults]\nset-paper = \"x\"\n",
            "zjgr: zjgr.toml: `set-paper` is no command, no flag, and not `paths` or `defaults`\n",
        ),
        ("[stast]\n", "zjgr: zjgr.toml: `stast` is no command, no flag, and not `paths` or `defaults`\n"),
        (
            "[stats]\nset-date = \"2021\"\nper = 1\n",
            "zjgr: zjgr.toml: `per` is no command, no flag, and not `paths` or `defaults`\n",
        ),
        ("\n[defaults\n", "zjgr: zjgr.toml:2: "),
    ] {
        let folder = Folder::new().with("zjgr.toml", text).with("1.txt", PAGE);
        let ran = folder.run("stats 1.txt");
        assert_eq!(ran.status, Some(2), "{text}: {}", ran.err);
        assert!(ran.err.starts_with(said), "{}", ran.err);
        assert_eq!(folder.run("stats 1.txt --no-config").status, Some(0));
        assert_eq!(folder.run("stats --help").status, Some(0));
    }
}

#[test]
fn files_may_be_listed() {
    let folder = Folder::new()
        .with("a/1.txt", PAGE)
        .with("a/2.txt", PAGE)
        .with("list", "a/2.txt\n\na/1.txt\n")
        .with("none", "");
    assert_eq!(folder.run("pages --files-from list").cells(["file"]), [["a/2.txt"], ["a/1.txt"]]);
    let mut command = folder.zjgr("pages --files-from -");
    assert_eq!(
        super::Ran::from(command.write_stdin("a/1.txt\n").output().unwrap()).cells(["file"]),
        [["a/1.txt"]]
    );
    assert_eq!(folder.run("pages --files-from gone").status, Some(1));
    assert_eq!(folder.run("pages --files-from none").status, Some(1), "an empty list is not standard input");
    assert_eq!(folder.run("pages --files-from list -o list").status, Some(2), "a list is no table");
}
