//! `zjgr workbook`

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::{Folder, PAGE};

/// The sheet of this name; its first row is the header.
fn sheet(folder: &Folder, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(folder.path().join("t.xlsx")).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn every_sheet_has_the_rows_of_its_command() {
    let folder = Folder::new().with("page.txt", PAGE);
    let ran = folder.run("workbook page.txt -o t.xlsx");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    for (name, command) in [
        ("pages", "pages"),
        ("articles", "articles"),
        ("figures", "extract-numbers"),
        ("slogans", "slogans"),
        ("mentions", "slogans --mentions"),
        ("names", "names"),
        ("terms", "terms"),
    ] {
        let csv = folder.run(&format!("{command} page.txt -q")).out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = sheet(&folder, name);
        assert_eq!(rows[0].iter().map(ToString::to_string).collect::<Vec<_>>(), header, "{name}");
        assert_eq!(rows.len() - 1, reader.records().count(), "{name}");
    }
    assert_eq!(sheet(&folder, "about")[0][1].to_string(), "zjgr workbook");
}

#[test]
fn a_figure_leads_to_its_article() {
    let folder = Folder::new().with("page.txt", PAGE);
    folder.run("workbook page.txt -o t.xlsx");
    let (figures, articles) = (sheet(&folder, "figures"), sheet(&folder, "articles"));
    let at = |sheet: &[Vec<Data>], name: &str| sheet[0].iter().position(|cell| *cell == *name).unwrap();
    let mut book: Xlsx<_> = open_workbook(folder.path().join("t.xlsx")).unwrap();
    let formulas = book.worksheet_formula("figures").unwrap();
    let column = at(&figures, "article");
    let mut seen = 0;
    for (row, figure) in figures.iter().enumerate().skip(1) {
        let article = figure[column].to_string();
        let formula = formulas.get_value((row as u32, column as u32)).cloned().unwrap_or_default();
        let Some((_, rest)) = formula.split_once("'articles'!A") else {
            assert_eq!(article, "0", "only what no article owns leads nowhere");
            continue;
        };
        let target: usize = rest.split('"').next().unwrap().parse().unwrap();
        assert_eq!(articles[target - 1][at(&articles, "article")].to_string(), article);
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn another_ending_is_refused() {
    let folder = Folder::new().with("page.txt", PAGE);
    let ran = folder.run("workbook page.txt -o t.csv");
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("let its name end in .xlsx"), "{}", ran.err);
    assert!(!folder.path().join("t.xlsx").exists());
}

#[test]
fn a_pipe_is_read_for_every_sheet() {
    let folder = Folder::new().with("page.txt", PAGE);
    folder.run("workbook page.txt -o t.xlsx");
    let of = |name: &str| sheet(&folder, name).into_iter().map(|row| row[1..].to_vec()).collect::<Vec<_>>();
    let names = ["pages", "articles", "figures", "mentions", "names", "terms"];
    let named = names.map(of);
    let temporary = folder.path().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let mut piped = folder.zjgr("workbook - -o t.xlsx --manifest m.json");
    let ran = piped.env("TMPDIR", &temporary).write_stdin(PAGE).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(names.map(of), named);
    assert_eq!(sheet(&folder, "pages")[1][0].to_string(), "-");
    assert_eq!(std::fs::read_dir(temporary).unwrap().count(), 0, "no copy stays");
    assert!(folder.read("m.json").contains(&PAGE.len().to_string()), "the manifest has what came");
}

#[test]
fn what_is_wrong_with_a_page_is_said_once() {
    let folder = Folder::new().with("page.txt", PAGE).with("bad.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    let ran = folder.run("workbook page.txt bad.txt -o t.xlsx");
    assert_eq!(ran.status, Some(3), "{}", ran.err);
    assert_eq!(ran.err.matches("bad.txt").count(), 1, "{}", ran.err);
}
