//! `zjgr terms`: words and phrases that matter.

use super::{Corpus, Ran};

const NEWS: &str = r#"{"id":"1","date":"2021-03-02","headline":"数字工厂开工","text":"东海市推进数字工厂建设，数字工厂服务职工。海边的数字工厂做到应改尽改，打造“蓝海码头”品牌。"}
{"id":"2","date":"2022-05-06","headline":"码头新事","text":"数字工厂建设又有新进展，“蓝海码头”和“蓝海课堂”、“蓝海书屋”开门，蓝海码头受欢迎。"}
"#;
const OTHER: &str = r#"{"id":"3","date":"2020-01-01","headline":"旧闻","text":"职工在码头劳动，建设进展顺利。职工服务职工。"}
"#;

fn corpus() -> Corpus {
    Corpus::of(&[("news.jsonl", NEWS), ("other.jsonl", OTHER)])
}

fn cells<const N: usize>(flags: &[&str], columns: [&str; N]) -> Vec<[String; N]> {
    let ran: Ran = corpus().ran(&[&["terms", "news.jsonl"], flags].concat());
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    ran.cells(columns)
}

/// The cells of the row of `term`.
fn row<const N: usize>(term: &str, flags: &[&str], columns: [&str; N]) -> Option<[String; N]> {
    let terms = cells(flags, ["term"]);
    let at = terms.iter().position(|cell| cell[0] == term)?;
    cells(flags, columns).into_iter().nth(at)
}

#[test]
fn words_and_phrases_the_likeliest_first() {
    insta::assert_snapshot!(corpus().zjgr(&["terms", "news.jsonl", "--top", "4"]), @"
    rank,term,pos,signs,count,articles,pages,c_value,keyness,dispersion,score,first_date,last_date
    1,蓝海码头,ns n,phrase quoted cue family alone,3,2,2,6,698.6744,0.4028,20.2558,2021-03-02,2022-05-06
    2,数字工厂,n n,phrase cue alone,5,2,2,6,1163.7907,0.4333,16.992,2021-03-02,2022-05-06
    3,数字工厂建设,n n vn,phrase cue alone,2,2,2,5.1699,466.1163,0.1042,15.4898,2021-03-02,2022-05-06
    4,蓝海书屋,ns n,phrase quoted family,1,1,1,2,233.5581,1,13.4526,2022-05-06,2022-05-06
    ");
}

#[test]
fn the_signs_say_why_a_term_is_there() {
    let signs = |term| row(term, &[], ["signs", "count"]).map(|[signs, count]| format!("{signs} {count}"));
    assert_eq!(signs("数字工厂").as_deref(), Some("phrase cue alone 5"));
    assert_eq!(signs("应改尽改").as_deref(), Some("parallel 1"));
    assert_eq!(signs("蓝海码头").as_deref(), Some("phrase quoted cue family alone 3"));
    // Once, and nothing speaks for it.
    assert_eq!(signs("新事"), None);
}

#[test]
fn a_phrase_that_is_little_else_than_part_of_a_longer_one_is_folded_into_it() {
    assert!(row("数字", &[], []).is_none(), "always 数字工厂");
    // Five times, of these twice as 数字工厂建设: log2 4 · (5 − 2/1).
    assert_eq!(row("数字工厂", &[], ["c_value"]), Some(["6".to_owned()]));
    assert_eq!(row("数字工厂建设", &[], ["c_value", "count"]), Some(["5.1699".to_owned(), "2".to_owned()]));
}

#[test]
fn frequencies_are_held_against_the_dictionary_or_a_reference() {
    let keyness = |term, flags: &[&str]| {
        let [cell] = row(term, &[&["--min-count", "1"], flags].concat(), ["keyness"]).unwrap();
        cell.parse::<f64>().unwrap()
    };
    let reference = ["--reference", "other.jsonl"];
    assert!(keyness("码头", &[]) > 10.0 * keyness("码头", &reference), "the reference has 码头");
    assert!(keyness("数字工厂", &reference) > 100.0);
    assert!(keyness("数字工厂", &["--simple-maths-add", "1000"]) < keyness("数字工厂", &[]) / 5.0);
    let (status, error) = corpus().fails(&["terms", "news.jsonl", "--reference", "nothing.txt"]);
    assert_eq!(status, 1);
    assert!(error.contains("nothing.txt"), "{error}");
}

#[test]
fn patterns_say_which_runs_of_words_are_phrases() {
    let of = |flags: &[&str]| -> Vec<String> {
        let fitting = cells(&[flags, &["--min-count", "1"]].concat(), ["term", "signs"]);
        let phrases = fitting.into_iter().filter(|[_, signs]| signs.starts_with("phrase"));
        phrases.map(|[term, _]| term).collect()
    };
    assert!(of(&["--pos", "v n n"]).contains(&"推进数字工厂".to_owned()));
    assert!(!of(&[]).contains(&"推进数字工厂".to_owned()));
    let (status, error) = corpus().fails(&["terms", "news.jsonl", "--pos", "名词"]);
    assert_eq!(status, 2);
    assert!(error.contains("`名词` is no part of speech"), "{error}");
}

#[test]
fn groups_have_their_own_ranks() {
    let rows = cells(&["--by", "year", "--top", "1"], ["year", "rank", "first_date"]);
    assert_eq!(
        rows,
        [["2021", "1", "2021-03-02"], ["2022", "1", "2022-05-06"]].map(|row| row.map(str::to_owned))
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let on = |threads| corpus().zjgr(&["terms", ".", "--min-count", "1", "--threads", threads]);
    let one = on("1");
    assert!(["2", "3", "7"].iter().all(|threads| on(threads) == one));
}

#[test]
fn what_stands_in_a_list_or_between_edges_needs_no_quotation_marks() {
    let news = r#"{"id":"1","text":"增强归属感、自豪感、荣誉感。推进数字公园、湿地公园建设。关于数字码头，打造数字剧场。数字码头建成。"}"#;
    let rows = Corpus::of(&[("a.jsonl", news)]).ran(&["terms", "a.jsonl"]).cells(["term", "signs"]);
    let signs = |term: &str| rows.iter().find(|row| row[0] == term).map(|row| row[1].as_str());
    for term in ["归属感", "自豪感", "荣誉感"] {
        assert!(signs(term).is_some_and(|signs| signs.contains("family series")), "{term}: {rows:?}");
    }
    assert!(signs("数字公园").is_some_and(|signs| signs.contains("cue series")), "{rows:?}");
    assert!(signs("数字码头").is_some_and(|signs| signs.contains("alone")), "{rows:?}");
    assert!(signs("数字剧场").is_some_and(|signs| signs.contains("cue")), "{rows:?}");
}
