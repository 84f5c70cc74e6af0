//! `zjgr collocates`: which words keep company with a term.

use super::Corpus;

const PAGE: &str = "\
{\"text\": \"工会服务职工。工会服务企业，职工满意。天气很好。\"}
{\"text\": \"职工参加工会。企业发展。\"}
{\"text\": \"春天来了，职工和企业都很好。\"}
";

fn corpus() -> Corpus {
    Corpus::of(&[("a.jsonl", PAGE)])
}

#[test]
fn a_row_per_word_near_the_node() {
    let table = corpus().zjgr(&["collocates", "工会", "a.jsonl", "--min-count", "1", "--sort", "count"]);
    insta::assert_snapshot!(table, @r"
    rank,collocate,pos,count,expected,mi,mi3,t,log_dice,g2,delta_p_collocate,delta_p_node,left,right,articles,corpus_count
    1,职工,n,3,1.28,1.22881869,4.398743692,0.993042463,13.77760758,3.792067573,0.3161764706,0.5119047619,1,2,2,4
    2,服务,vn,2,0.64,1.64385619,3.64385619,0.9616652224,13.67807191,4.941106275,0.25,0.7391304348,0,2,1,2
    3,企业,n,1,0.96,0.05889368905,0.05889368905,0.04,12.4150375,0.002768040927,0.007352941176,0.01515151515,0,1,1,3
    4,参加,v,1,0.32,1.64385619,1.64385619,0.68,13,2.368884807,0.125,0.7083333333,1,0,1,1
    5,满意,v,1,0.32,1.64385619,1.64385619,0.68,13,2.368884807,0.125,0.7083333333,0,1,1,1
    ");
}

#[test]
fn the_span_may_be_left_out_of_the_expectation() {
    let args =
        ["collocates", "工会", "a.jsonl", "--expected", "bigram", "--window", "1", "--format", "table"];
    insta::assert_snapshot!(corpus().zjgr(&args), @r"
    rank  collocate  pos  count  expected     mi    mi3      t  log_dice     g2  delta_p_collocate  delta_p_node  left  right  articles  corpus_count
       1  服务       vn       2      0.24  3.059  5.059  1.245     13.68  10.12             0.6667        0.9565     0      2         1             2
    ");
}

#[test]
fn only_nouns_or_without_stop_words() {
    let words = |flags: &[&str]| {
        let table = corpus().zjgr(
            &[&["collocates", "企业", "a.jsonl", "--min-count", "1", "--sort", "count"], flags].concat(),
        );
        table.lines().skip(1).filter_map(|row| row.split(',').nth(1).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(words(&["--pos", "n"]), ["职工", "工会"]);
    assert!(words(&["--stopwords", "none"]).contains(&"和".to_owned()));
    assert!(!words(&[]).contains(&"和".to_owned()));
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (0..20).map(|i| (format!("{i}.jsonl"), PAGE.repeat(i % 3 + 1))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let corpus = Corpus::of(&files);
    let run = |threads| corpus.zjgr(&["collocates", "工会", ".", "--threads", threads]);
    assert_eq!(run("1"), run("7"));
}

#[test]
fn a_node_that_never_occurs_gives_no_row_and_says_why() {
    let corpus = corpus();
    let (status, errors) = corpus.fails(&["collocates", "火车", "a.jsonl"]);
    assert_eq!(status, 0);
    assert!(errors.contains("`火车` does not occur as a whole word"), "{errors}");
    assert_eq!(corpus.zjgr(&["collocates", "火车", "a.jsonl"]).lines().count(), 1);
}

#[test]
fn a_node_that_no_dictionary_has_is_kept_whole() {
    let corpus =
        Corpus::of(&[("a.jsonl", "{\"text\": \"省里的浙工慧平台服务职工，浙工慧平台服务企业。\"}\n")]);
    let table = corpus.zjgr(&["collocates", "浙工慧", "a.jsonl", "--left", "0", "--right", "1"]);
    assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("1,平台,n,2,")), "{table}");
}

#[test]
fn traditional_and_simplified_may_be_one() {
    let corpus = Corpus::of(&[("a.jsonl", "{\"text\": \"工會服務職工，工会服务职工。\"}\n")]);
    let table = corpus.zjgr(&["collocates", "工会", "a.jsonl", "--fold", "--right", "1", "--left", "0"]);
    assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("1,服务,vn,2,")), "{table}");
}

#[test]
fn a_window_wider_than_anything_is_the_sentence() {
    let wide = usize::MAX.to_string();
    let table = corpus().zjgr(&["collocates", "工会", "a.jsonl", "--window", &wide]);
    assert_eq!(table, corpus().zjgr(&["collocates", "工会", "a.jsonl", "--window", "99"]));
}
