//! `zjgr extract-numbers`: figures with their values, units and places.

use super::{Corpus, Ran};

const TEXT: &str =
    "疗休养经费标准由每人每天400元提高到600元，共惠及1.2万名职工。\n百余名志愿者走上街头，进一步统一思想。\n";

fn corpus() -> Corpus {
    Corpus::of(&[("a.txt", TEXT)])
}

fn cells<const N: usize>(args: &[&str], columns: [&str; N]) -> Vec<[String; N]> {
    let ran: Ran = corpus().ran(&[&["extract-numbers", "a.txt", "--input-format", "plain"], args].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    ran.cells(columns)
}

#[test]
fn a_row_for_every_figure_with_its_place() {
    let rows = cells(&[], ["line", "column", "text", "class", "value", "unit", "bound", "object"]);
    let rows: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    1 13 400元 money 400 元 exact 
    1 20 600元 money 600 元 exact 
    1 28 1.2万名 count 12000 名 exact 职工
    2 1 百余名 count 100 名 over 志愿者
    ");
}

#[test]
fn what_it_is_said_of_and_what_it_changed_to() {
    let rows = cells(&["--class", "money"], ["text", "per", "change", "canonical_unit"]);
    assert_eq!(rows[0], ["400元", "每人每天", "to 600元", "元"]);
    assert_eq!(rows[1], ["600元", "", "from 400元", "元"]);
}

#[test]
fn only_some_figures() {
    let texts = |args: &[&str]| cells(args, ["text"]).concat();
    assert_eq!(texts(&["--class", "count"]), ["1.2万名", "百余名"]);
    assert_eq!(texts(&["--unit", "名", "--max", "1000"]), ["百余名"]);
    assert_eq!(texts(&["--min", "500"]), ["600元", "1.2万名"]);
}

#[test]
fn sums_by_class_and_unit() {
    let table = corpus().zjgr(&["extract-numbers", "a.txt", "--input-format", "plain", "--sum"]);
    insta::assert_snapshot!(table, @r"
    class,unit,count,sum,min,max,mean,again
    money,元,2,1000,400,600,500,0
    count,名,2,12100,100,12000,6050,0
    ");
}

#[test]
fn what_no_article_owns_is_listed_and_adds_nothing_up() {
    let page = "东海日报\n2021年3月8日 星期一\n今日8版 零售1元\n补助发到手\n本报讯 记者王小川报道 昨天，县里把补助发到120名职工手里，每人500元，大家说这笔钱来得正是时候。\n";
    let corpus = Corpus::of(&[("a.txt", page)]);
    let ran = corpus.ran(&["extract-numbers", "a.txt"]);
    assert_eq!(
        ran.cells(["article", "text"]),
        [["0", "8版"], ["0", "1元"], ["1", "120名"], ["1", "500元"]].map(|row| row.map(str::to_owned))
    );
    let sums = corpus.ran(&["extract-numbers", "a.txt", "--sum"]);
    let trend = corpus.ran(&["trends", "--unit", "元", "a.txt"]);
    assert_eq!(sums.cells(["unit", "sum"]), [["元", "500"], ["名", "120"]].map(|row| row.map(str::to_owned)));
    assert_eq!(trend.cells(["sum"]), [["500"]]);
}

#[test]
fn a_bare_number_that_no_article_owns_is_no_figure() {
    let page = "东海日报 要闻 00002 2019-06-13 3528690 2 2019年06月13日 星期四\n补助发到手\n本报讯 记者王小川报道 昨天，县里把补助发到120名职工手里，大家说这笔钱来得正是时候。\n";
    let corpus = Corpus::of(&[("a.txt", page)]);
    assert_eq!(corpus.ran(&["extract-numbers", "a.txt"]).cells(["text"]), [["120名"]]);
}

/// The rows of a table as jsonl.
fn rows(table: &str) -> Vec<serde_json::Value> {
    table.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_is_no_single_number_stands_in_a_column_of_its_own() {
    let corpus = Corpus::of(&[("a.txt", "三分之二的企业复工，男女比例为1:2，投入100万元。\n")]);
    let rows =
        rows(&corpus.zjgr(&["extract-numbers", "a.txt", "--input-format", "plain", "--format", "jsonl"]));
    let columns = |name: &str| rows.iter().map(|row| row[name].to_string()).collect::<Vec<_>>();
    assert_eq!(columns("value"), ["null", "null", "1000000"]);
    assert_eq!(columns("ratio"), ["\"2/3\"", "\"1:2\"", "null"]);
}

#[test]
fn what_an_article_says_again_is_marked_and_added_once() {
    let page =
        "# 全省新增岗位12600个\n\n本报讯 记者公孙大宁报道 今年各县新增岗位12600个，其中山区新增3100个。\n";
    let corpus = Corpus::of(&[("a.txt", page)]);
    let rows = rows(&corpus.zjgr(&["extract-numbers", "a.txt", "--format", "jsonl"]));
    let again: Vec<_> = rows.iter().map(|row| row["again"].as_str().unwrap_or_default()).collect();
    assert_eq!(again, ["", "1:9", ""], "{rows:?}");
    let sums = corpus.zjgr(&["extract-numbers", "a.txt", "--sum"]);
    assert!(sums.contains("count,个,2,15700,3100,12600,7850,1"), "{sums}");
}

#[test]
fn a_unit_of_the_users_own() {
    let corpus =
        Corpus::of(&[("a.txt", "新建驿站站60坑\n"), ("mine.toml", "[count]\n\"坑\" = \"坑 坑位\"\n")]);
    let table = corpus.zjgr(&["extract-numbers", "a.txt", "--units", "mine.toml", "--unit", "坑"]);
    assert!(table.contains(",60坑,count,60,,,坑,"), "{table}");
}

#[test]
fn a_bad_file_of_units_is_named_with_its_line() {
    let corpus = Corpus::of(&[("a.txt", "60坑\n"), ("mine.toml", "[count]\n坑 = 坑\n")]);
    let (status, message) = corpus.fails(&["extract-numbers", "a.txt", "--units", "mine.toml"]);
    assert_eq!(status, 1, "{message}");
    assert!(message.contains("mine.toml:2"), "{message}");
}

#[test]
fn dates_are_resolved_by_the_date_of_the_record() {
    let record = r#"{"text": "24日启动，持续到6月18日。", "date": "2021-02-25"}"#;
    let corpus = Corpus::of(&[("a.jsonl", record)]);
    let rows = corpus.ran(&["extract-numbers", "a.jsonl", "--class", "date"]).cells(["text", "iso"]);
    assert_eq!(rows, [["24日", "2021-02-24"], ["6月18日", "2021-06-18"]]);
}

#[test]
fn numbers_are_numbers_in_jsonl() {
    let lines = corpus().zjgr(&[
        "extract-numbers",
        "a.txt",
        "--input-format",
        "plain",
        "--format",
        "jsonl",
        "--unit",
        "元",
    ]);
    assert!(
        lines.lines().all(|line| line.contains(r#""value":400,"#) || line.contains(r#""value":600,"#)),
        "{lines}"
    );
}

#[test]
fn amounts_beside_each_other_are_amounts_of_their_own_where_nothing_else_stands() {
    for text in ["1.5亿 3200万 980万\n", "各地分别为1.5亿 3200万 980万\n"] {
        let ran = Corpus::of(&[("a.txt", text)]).ran(&["extract-numbers", "a.txt"]);
        let values = ran.cells(["value"]).concat();
        assert_eq!(values, ["150000000", "32000000", "9800000"], "{text}");
    }
}
