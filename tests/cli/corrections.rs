//! `--layout` and `--pages`: what a person put right is taken as it stands.

use super::{Folder, Ran};

const PAGE: &str = "江岸职工报\n2023年5月9日 星期二\n\n渡口的灯亮了四十年\n\n本报讯 记者丁一平报道 渡工老许每晚八点准时点灯，四十年没有误过一班船。\n\n乡亲们说，灯亮心里就踏实。\n\n▲▲班组小事\n\n钳工班昨天修好了三台水泵，夜班没有停工。\n";

const COLUMNS: &str = "file,line,role,article,joins";

/// The table of lines with `row`, which begins with its file and line, in the place of the one that was there.
fn fixed(table: &str, row: &str) -> String {
    let line: String = row.splitn(3, ',').take(2).map(|cell| format!("{cell},")).collect();
    assert!(
        table.lines().any(|old| old.starts_with(&line) & (old != row)),
        "{row} is nothing new in {table}"
    );
    table.lines().map(|old| if old.starts_with(&line) { row } else { old }.to_owned() + "\n").collect()
}

#[test]
fn lines_are_what_they_were_put_right_to_be_in_every_command() {
    let folder = Folder::new().with("p.txt", PAGE);
    let table = folder.run(&format!("layout p.txt --columns {COLUMNS}")).out;
    // The last line is an article of its own, and the label above it its headline.
    let table = fixed(&fixed(&table, "p.txt,10,headline,7,0"), "p.txt,12,body,7,0");
    let folder = folder.with("fixed.csv", format!("\u{FEFF}{table}"));
    let again = folder.run(&format!("layout p.txt --layout fixed.csv --columns {COLUMNS},confidence")).out;
    assert!(again.contains("p.txt,10,headline,2,0,1\np.txt,12,body,2,0,1\n"), "{again}");
    let articles = folder.run("articles p.txt --layout fixed.csv --columns article,headline,body").out;
    assert!(articles.contains("2,▲▲班组小事,钳工班昨天修好了三台水泵，夜班没有停工。"), "{articles}");
    let figures = folder.run("extract-numbers p.txt --layout fixed.csv --columns article,text").out;
    assert!(figures.contains("2,三台"), "{figures}");
}

#[test]
fn a_few_rows_change_nothing_else() {
    let folder = Folder::new().with("p.txt", PAGE);
    let before = folder.run(&format!("layout p.txt --columns {COLUMNS}")).out;
    let folder = folder.with("few.tsv", "file\tline\trole\tarticle\tjoins\n./p.txt\t8\tbody\t1\t1\n");
    let whole = folder.path().join("p.txt").display().to_string();
    let moved = folder.run(&format!("layout {whole} --layout few.tsv --columns line,role,joins")).out;
    assert!(moved.contains("8,body,1\n"), "whatever the file is called: {moved}");
    let after = folder.run(&format!("layout p.txt --layout few.tsv --columns {COLUMNS}")).out;
    assert_eq!(after, fixed(&before, "p.txt,8,body,1,1"));
}

#[test]
fn pages_are_what_they_were_put_right_to_be() {
    let folder = Folder::new()
        .with("p.txt", PAGE)
        .with("q.txt", PAGE)
        .with("pages.csv", "file,date,page,newspaper\np.txt,2021-01-08,A2,\n");
    let columns = "file,newspaper,date,page,date_from";
    let rows =
        folder.run(&format!("pages p.txt q.txt --pages pages.csv --set-page 9 --columns {columns}")).out;
    let right = "p.txt,江岸职工报,2021-01-08,A2,corrected\nq.txt,江岸职工报,2023-05-09,9,page\n";
    assert_eq!(rows, format!("{columns}\n{right}"));
}

#[test]
fn the_pages_of_one_file_are_put_right_row_by_row() {
    let both = "\
沙湾工人报 2023年5月9日 第3版

机修班夜里抢修水泵

    本报讯 记者丁一平报道 6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。

沙湾工人报 2023年5月10日 第8版

码头添了一台新吊机

    本报讯 记者王小二报道 东浦码头昨天添了一台吊机，一次能吊四十吨。
";
    let folder = Folder::new().with("two.txt", both);
    let rows = folder.run("pages two.txt --columns file,date,page").out;
    assert_eq!(rows.lines().count(), 3, "two pages stand in the file: {rows}");
    let folder = folder.with("pages.csv", rows.replace("2023-05-10,8", "2023-05-11,4"));
    let after = folder.run("pages two.txt --pages pages.csv --columns file,date,page").out;
    assert_eq!(after, folder.read("pages.csv"));
}

#[test]
fn what_is_no_such_table_is_named_with_its_line() {
    let folder = Folder::new()
        .with("p.txt", PAGE)
        .with("role.csv", format!("{COLUMNS}\np.txt,1,title,1,0\n"))
        .with("day.csv", "file,date\np.txt,2021-02-30\n");
    for (line, says) in [
        ("stats p.txt --layout role.csv", "role.csv:2: `title` is no role"),
        ("stats p.txt --pages day.csv", "day.csv:2: `2021-02-30` is no day"),
        ("stats p.txt --pages role.txt", "role.txt"),
        ("layout p.txt --layout role.csv -o role.csv", "is read by this run"),
    ] {
        let ran = folder.run(line);
        assert_ne!(ran.status, Some(0), "{line}: {}", ran.err);
        assert!(ran.err.contains(says), "{line}: {}", ran.err);
    }
}

#[test]
fn a_table_that_tells_of_no_file_of_the_run_stops_it() {
    let lines = |file: &str| format!("{COLUMNS}\n{file},10,headline,7,0\n");
    let folder = Folder::new()
        .with("here/p.txt", PAGE)
        .with("there/q.txt", PAGE)
        .with("all.csv", lines("here/p.txt") + "there/q.txt,10,headline,7,0\n")
        .with("q.csv", lines("there/q.txt"))
        .with("moved.csv", lines("before/p.txt"))
        .with("bare.csv", lines("p.txt"))
        .with("none.csv", format!("{COLUMNS}\n"))
        .with("days.csv", "file,date\nbefore/p.txt,2021-02-03\n")
        .with("days.tsv", "file\tdate\nbefore/p.txt\t2021-02-03\n");
    for (line, table) in [
        ("layout here --layout moved.csv", "moved.csv"),
        ("layout here --layout bare.csv", "bare.csv"),
        ("articles here/p.txt --layout q.csv", "q.csv"),
        ("articles here --layout all.csv --layout moved.csv", "moved.csv"),
        ("stats here --pages days.csv", "days.csv"),
        ("pages here there --pages days.tsv -o pages.csv", "days.tsv"),
        ("terms here --layout moved.csv --reference there", "moved.csv"),
        ("keyness here --layout moved.csv --target here/p.txt", "moved.csv"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.status, Some(2), "{line}: {}", ran.err);
        let says = format!("{table}: no file of this run stands in it");
        assert!(
            ran.err.contains(&says) & ran.err.contains("start where these are found"),
            "{line}: {}",
            ran.err
        );
        assert_eq!(ran.out, "", "{line}");
    }
    assert!(!folder.path().join("pages.csv").exists());
    let ran = Ran::from(
        folder.zjgr("layout --name there/q.txt --layout q.csv").write_stdin(PAGE).output().unwrap(),
    );
    assert!(ran.out.contains("there/q.txt,10,headline"), "{} {}", ran.out, ran.err);
    for line in [
        "layout here --layout all.csv",
        "articles there/q.txt --layout all.csv --layout q.csv",
        "layout here --layout none.csv",
        "terms here --layout q.csv --reference there",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.status, Some(0), "{line}: {}", ran.err);
    }
}
