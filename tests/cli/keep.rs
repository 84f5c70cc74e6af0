//! `--keep` and `--by`: what records say besides goes along, and things are counted apart by it.

use super::Corpus;

const RECORDS: &str = r#"{"id":"b","date":"2021-03-02","headline":"甲会召开","text":"到会职工点赞，浙工惠上线，投入3万元。","author":"林溪","topic":"工会","page":"第04版","section":"要闻"}
{"id":"a","date":"2021-05-09","headline":"乙会召开","text":"职工技能大赛开赛，奖金5万元。","author":["程远","白杉"],"topic":"竞赛","page":"A02"}
{"id":"c","date":"2021-05-10","headline":"丙会召开","text":"职工到书屋看书。"}
"#;

fn corpus() -> Corpus {
    Corpus::of(&[("a.jsonl", RECORDS)])
}

fn zjgr(line: &str) -> String {
    corpus().zjgr(&line.split_whitespace().collect::<Vec<_>>())
}

#[test]
fn kept_fields_are_columns_of_every_row() {
    insta::assert_snapshot!(zjgr("extract-numbers a.jsonl --keep author,topic --columns id,page,section,text,author,topic"), @r"
    id,page,section,text,author,topic
    b,4,要闻,3万元,林溪,工会
    a,A02,,5万元,程远; 白杉,竞赛
    ");
    for line in [
        "articles a.jsonl --keep author",
        "pages a.jsonl --keep author",
        "layout a.jsonl --keep author",
        "concordance 职工 a.jsonl --keep author",
        "concordance 职工 a.jsonl --keep author --sort right",
        "concordance 职工 a.jsonl --keep author --sample 9",
        "slogans a.jsonl --mentions --keep author",
    ] {
        let table = zjgr(line);
        let ends: Vec<&str> = table.lines().filter_map(|row| row.rsplit(',').next()).collect();
        assert_eq!(ends.first(), Some(&"author"), "{line}: {table}");
        assert!(ends.contains(&"林溪"), "{line}: {table}");
    }
    assert!(zjgr("articles a.jsonl --keep author --describe").contains("\nauthor,string,"));
}

#[test]
fn what_a_record_does_not_say_is_empty_and_null() {
    let table = zjgr("concordance 书屋 a.jsonl --keep topic --format jsonl --columns id,topic");
    assert_eq!(table, "{\"id\":\"c\",\"topic\":null}\n");
}

#[test]
fn a_field_called_like_a_column_is_refused() {
    let (status, says) = corpus().fails(&["articles", "a.jsonl", "--keep", "date"]);
    assert_eq!(status, 2, "{says}");
    assert!(says.contains("there is a column `date` already"), "{says}");
}

#[test]
fn things_are_counted_apart_by_a_kept_field_by_column_and_by_section() {
    let count = "stats a.jsonl --term-match ^职工$ --columns";
    let by = |by: &str| zjgr(&format!("{count} {by},term,count --by {by} --keep topic"));
    assert_eq!(by("topic"), "topic,term,count\n,职工,1\n工会,职工,1\n竞赛,职工,1\n");
    assert_eq!(by("section"), "section,term,count\n,职工,2\n要闻,职工,1\n");
    let (status, says) = corpus().fails(&["stats", "a.jsonl", "--by", "topic"]);
    assert_eq!(status, 2, "{says}");
    assert!(says.contains("--by topic: groups are date, month, quarter"), "{says}");
    let page = "江东工人报\n2021年3月2日 星期二\n总第1200号\n\n【班组故事】\n\n车间里的灯光\n\n本报讯 记者程远报道 昨天，职工技能大赛在江东开赛，来自各县的职工参加。\n";
    let corpus = Corpus::of(&[("a.txt", page)]);
    let table = corpus.zjgr(&["slogans", "a.txt", "--slogan", "技能大赛", "--by", "column"]);
    assert!(table.starts_with("column,slogan,"), "{table}");
}

#[test]
fn articles_of_records_come_in_their_order() {
    let table = zjgr("slogans a.jsonl --slogan 职工 --by article --columns article,count");
    assert_eq!(table, "article,count\na.jsonl:b#1,1\na.jsonl:a#2,1\na.jsonl:c#3,1\n");
}

#[test]
fn wide_tables_have_periods_without_text_empty_and_may_show_shares() {
    insta::assert_snapshot!(zjgr("slogans a.jsonl --slogan 职工 --slogan 五水共治 --all --by month --wide"), @"
    slogan,family,total,2021-03,2021-04,2021-05
    职工,职工,3,1,,2
    五水共治,治水治城,0,0,,0
    ");
    insta::assert_snapshot!(zjgr("slogans a.jsonl --slogan 职工 --by month --wide --value share"), @"
    slogan,family,total,2021-03,2021-04,2021-05
    职工,职工,3,434.7826,,645.1613
    ");
    insta::assert_snapshot!(zjgr("stats a.jsonl --term-match ^职工$ --by month --wide --value share"), @"
    rank,term,pos,total,2021-03,2021-04,2021-05
    1,职工,n,3,90909.0909,,133333.3333
    ");
}
