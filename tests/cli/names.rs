//! `zjgr names`: who and what is named, how often, and with whom.

use proptest::prelude::*;

use super::{Corpus, Folder};

const PAGES: &str = r#"{"text": "昨日，浙江省总工会副主席王建国到衢州市调研。王建国说，省总工会将继续服务职工。", "date": "2021-05-01", "headline": "王建国在衢州调研"}
{"text": "浙江省总工会主席陈洪涛、副主席王建国看望了劳模李秀英。李秀英在读《红岩》。", "date": "2022-05-01", "headline": "看望劳模"}
"#;

fn corpus() -> Corpus {
    Corpus::of(&[("a.jsonl", PAGES)])
}

#[test]
fn a_short_form_has_the_full_one_and_a_person_the_title() {
    let table = corpus().zjgr(&["names", "a.jsonl", "--columns", "article,line,text,type,normal,title"]);
    insta::assert_snapshot!(table, @"
    article,line,text,type,normal,title
    1,1,王建国,person,王建国,副主席
    1,1,衢州,place,衢州市,
    1,1,浙江省总工会,organisation,浙江省总工会,
    1,1,副主席,title,副主席,
    1,1,王建国,person,王建国,副主席
    1,1,衢州市,place,衢州市,
    1,1,王建国,person,王建国,副主席
    1,1,省总工会,organisation,浙江省总工会,
    2,2,浙江省总工会,organisation,浙江省总工会,
    2,2,主席,title,主席,
    2,2,陈洪涛,person,陈洪涛,主席
    2,2,副主席,title,副主席,
    2,2,王建国,person,王建国,副主席
    2,2,劳模,title,劳模,
    2,2,李秀英,person,李秀英,劳模
    2,2,李秀英,person,李秀英,劳模
    2,2,红岩,work,红岩,
    ");
}

#[test]
fn names_are_counted_with_titles_and_variants() {
    let table = corpus().zjgr(&["names", "--count", "a.jsonl", "--type", "person,organisation,work"]);
    insta::assert_snapshot!(table, @"
    name,type,count,bylines,articles,pages,first_date,last_date,titles,variants
    王建国,person,4,0,2,2,2021-05-01,2022-05-01,副主席,
    浙江省总工会,organisation,3,0,2,2,2021-05-01,2022-05-01,,省总工会
    李秀英,person,2,0,1,1,2022-05-01,2022-05-01,劳模,
    红岩,work,1,0,1,1,2022-05-01,2022-05-01,,
    陈洪涛,person,1,0,1,1,2022-05-01,2022-05-01,主席,
    ");
}

#[test]
fn names_that_stand_together_are_counted() {
    let table = corpus().zjgr(&["names", "a.jsonl", "--pairs", "sentence", "--type", "person"]);
    insta::assert_snapshot!(table, @"
    name,type,other,other_type,count,expected,log_likelihood,name_count,other_count
    李秀英,person,王建国,person,1,1.333333333,0.3669001403,2,4
    王建国,person,陈洪涛,person,1,0.6666666667,0.9080533494,4,1
    李秀英,person,陈洪涛,person,1,0.3333333333,2.634145784,2,1
    ");
}

#[test]
fn parts_add_up_to_one_run() {
    let folder = Folder::new().with("a.jsonl", PAGES).with("b.jsonl", PAGES);
    for line in ["names --count", "names --count --by year", "names --pairs sentence"] {
        folder.run(&format!("{line} a.jsonl --partial a.zjp"));
        let whole = folder.run(&format!("{line} a.jsonl b.jsonl")).out;
        assert!(whole.lines().count() > 2, "{whole}");
        assert_eq!(folder.run(&format!("merge {line} a.zjp b.jsonl")).out, whole);
        for threads in [1, 2, 3, 7] {
            let ran = folder.run(&format!("{line} a.jsonl b.jsonl --threads {threads}"));
            assert_eq!(ran.out, whole, "{threads} threads");
        }
    }
}

#[test]
fn every_mention_is_cited_where_it_stands() {
    let text = "本报讯　浙江省总工会\n主席陈洪涛昨日到\n衢州市柯城区看望劳模李秀英。";
    let folder = Folder::new().with("a.txt", text);
    let lines: Vec<&str> = text.lines().collect();
    let ran = folder.run("names a.txt --input-format page");
    let cells = ran.cells(["line", "column", "text"]);
    assert!(cells.len() > 3, "{cells:?}");
    for [line, column, name] in cells {
        let (line, column): (usize, usize) = (line.parse().unwrap(), column.parse().unwrap());
        let first = lines[line - 1].chars().nth(column - 1);
        assert_eq!(first, name.chars().next(), "{name} at {line}:{column}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever stands around it, over lines and behind characters of four bytes.
    #[test]
    fn a_mention_stands_where_it_is_cited(
        lines in proptest::collection::vec("(浙江省总工会|主席|王建国|劳模|李秀英|阿卜杜拉·阿里|衢州市柯城区|《红岩》|说，|看望了|。|昨天|\u{20bb7}|a1| |　){1,14}", 1..7),
    ) {
        let folder = Folder::new().with("a.txt", lines.join("\n"));
        for format in ["page", "plain", "lines"] {
            let ran = folder.run(&format!("names a.txt --input-format {format}"));
            for [line, column, name] in ran.cells(["line", "column", "text"]) {
                let line = &lines[line.parse::<usize>().unwrap() - 1];
                let rest = line.chars().skip(column.parse::<usize>().unwrap() - 1);
                // Blanks between characters count for nothing.
                let rest: String = rest.filter(|c| !c.is_whitespace()).collect();
                let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
                let is_there = rest.starts_with(&name) || !rest.is_empty() && name.starts_with(&rest);
                prop_assert!(is_there, "{}: {} in {}", format, name, line);
            }
        }
    }
}

#[test]
fn pairs_are_a_graph() {
    let folder = Folder::new().with("a.jsonl", PAGES);
    let ran = folder.run("names a.jsonl --pairs sentence --type person -o pairs.graphml");
    assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    let graph = folder.read("pairs.graphml");
    let shown = folder.run("names a.jsonl --pairs sentence --type person --format graphml");
    assert_eq!(shown.out, graph);
    assert!(graph.contains(r#"<node id="person:王建国"><data key="label">王建国</data>"#), "{graph}");
    assert!(graph.contains(r#"<data key="weight">1</data>"#), "{graph}");
    assert!(graph.ends_with("</graphml>\n"), "{graph}");
    let nodes = graph.matches("<node ").count();
    assert!(nodes >= 2 && graph.matches("<edge ").count() >= 1, "{graph}");
}

#[test]
fn names_stay_whole_where_words_are_counted() {
    let folder = Folder::new().with("a.jsonl", PAGES);
    for (line, column) in [
        ("stats a.jsonl", "term"),
        ("collocates 副主席 a.jsonl --min-count 1", "collocate"),
        ("keyness --target date=2021 --reference date=2022 a.jsonl --min-count 1", "term"),
    ] {
        let has = |flag: &str| {
            let ran = folder.run(&format!("{line} {flag}"));
            assert_eq!(ran.status, Some(0), "{}", ran.err);
            ran.cells([column]).contains(&["浙江省总工会".to_owned()])
        };
        assert!(has("--names"), "{line}");
        assert!(!has(""), "{line}: the dictionary does not have it");
    }
}
