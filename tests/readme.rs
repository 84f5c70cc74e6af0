//! The READMEs say what is: every block marked `console` shows what the program really prints, and every table of
//! columns has the columns that the program writes.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test --test readme` writes them anew.

use zjgr::analysis::{
    articles, collocates, concordance, figures, keyness, layout, names as named, pages, reprints, terms,
};
use zjgr::table::{Column, Row};

#[test]
fn what_the_readmes_show_is_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md").case("README.zh-CN.md");
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

fn names<R: Row>(columns: &[Column<R>]) -> Vec<String> {
    let plain = columns.iter().map(Column::field).filter(|field| !field.is_nested() && !field.is_optional());
    plain.map(|field| field.name().to_owned()).collect()
}

#[test]
fn the_tables_of_columns_are_the_lists_of_columns() {
    let lists = [
        ("layout", names(&layout::COLUMNS)),
        ("names", names(&named::COLUMNS)),
        ("reprints", names(&reprints::COLUMNS)),
        ("terms", names(terms::COLUMNS)),
        ("pages", names(pages::COLUMNS)),
        ("articles", names(&articles::COLUMNS)),
        ("extract-numbers", names(&figures::COLUMNS)),
        ("concordance", names(&concordance::COLUMNS)),
        ("collocates", names(collocates::COLUMNS)),
        ("keyness", names(keyness::COLUMNS)),
    ];
    for file in ["README.md", "README.zh-CN.md"] {
        let readme = std::fs::read_to_string(file).expect("the README");
        for (command, columns) in &lists {
            assert_eq!(&told(&readme, command), columns, "{command} in {file}");
        }
    }
}
