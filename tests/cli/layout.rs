//! `zjgr layout`

use super::{Folder, PAGE};

#[test]
fn every_line_that_is_not_blank_has_a_row_with_its_number() {
    let folder = Folder::new().with("page.txt", format!("\n{}\r\n \r\n结尾\r", PAGE.trim_end()));
    let lines: Vec<_> = folder.run("layout page.txt").cells(["line", "text"]).into_iter().collect();
    let numbers: Vec<&str> = lines.iter().map(|[line, _]| line.as_str()).collect();
    assert_eq!(numbers, ["2", "3", "5"]);
    assert_eq!(lines[0][1], "车间里的灯光");
    assert_eq!(lines[2][1], "结尾");
}
