//! `zjgr learn`

use super::Folder;

const PAGE: &str = "江岸职工报\n2023年5月9日 星期二\n\n渡口的灯亮了四十年\n\n本报讯 记者丁一平报道 渡工老许每晚八点准时点灯，四十年没有误过一班船。\n\n乡亲们说，灯亮心里就踏实。\n\n▲▲班组小事\n\n钳工班昨天修好了三台水泵，夜班没有停工。\n";

/// The table of `zjgr layout` with the line that `told` begins with, up to its role, put right.
fn corrected(folder: &Folder, from: &str, to: &str) -> String {
    let table = folder.run("layout p.txt --columns file,line,role,article,joins").out;
    assert!(table.contains(from), "{table}");
    table.replace(from, to)
}

#[test]
fn what_is_put_right_is_learnt() {
    let folder = Folder::new().with("p.txt", PAGE);
    let before = folder.run("layout p.txt --columns line,role").out;
    let line = before.lines().find(|line| line.starts_with("10,")).expect("the tenth line").to_owned();
    let role = if line == "10,column" { "other" } else { "column" };
    let row = folder.run("layout p.txt --columns file,line,role,article,joins").out;
    let row = row.lines().find(|line| line.starts_with("p.txt,10,")).expect("the tenth line").to_owned();
    let table =
        corrected(&folder, &row, &format!("p.txt,10,{role},{},0", if role == "column" { 2 } else { 0 }));
    // A few pages of one kind: the same page under other names.
    let folder = folder.with("q.txt", PAGE).with("r.txt", PAGE);
    let rows =
        |name: &str| table.lines().skip(1).map(|row| row.replace("p.txt", name) + "\n").collect::<String>();
    let all = format!("{table}{}{}", rows("q.txt"), rows("r.txt"));
    let folder = folder.with("fixed.csv", all);
    let ran = folder.run("learn fixed.csv -o own.weights");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("learnt from 3 page(s)"), "{}", ran.err);
    let after = folder.run("layout p.txt --columns line,role --page-weights own.weights").out;
    assert!(after.contains(&format!("10,{role}")), "{after}");
    let again = folder.run("learn fixed.csv -o again.weights");
    assert_eq!(again.status, Some(0));
    assert_eq!(
        folder.read("again.weights"),
        folder.read("own.weights"),
        "the same bytes from the same pages"
    );
}

#[test]
fn what_is_no_corrected_table_is_named_with_its_line() {
    let folder = Folder::new()
        .with("p.txt", PAGE)
        .with("role.csv", "file,line,role,article,joins\np.txt,1,title,1,0\n")
        .with("other.csv", "a,b\n1,2\n")
        .with("gone.csv", "file,line,role,article,joins\nnone.txt,1,body,1,0\n");
    let err = |line: &str| {
        let ran = folder.run(line);
        assert_ne!(ran.status, Some(0), "{line}");
        ran.err
    };
    assert!(
        err("learn role.csv -o w").contains("role.csv:2: `title` is no role"),
        "{}",
        err("learn role.csv -o w")
    );
    assert!(err("learn other.csv -o w").contains("other.csv"), "{}", err("learn other.csv -o w"));
    assert!(err("learn gone.csv -o w").contains("none.txt"), "{}", err("learn gone.csv -o w"));
    assert!(err("learn role.csv -o role.csv").contains("role.csv"));
}

#[test]
fn weights_that_are_none_are_named() {
    let folder = Folder::new().with("p.txt", PAGE).with("w.txt", "nothing\n");
    let ran = folder.run("articles p.txt --page-weights w.txt");
    assert_ne!(ran.status, Some(0));
    assert!(ran.err.contains("w.txt"), "{}", ran.err);
}
