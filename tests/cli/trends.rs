//! `zjgr trends`: what rises and what falls.

use super::Corpus;

const RECORDS: &str = r#"{"text": "工会送清凉。工会服务职工。", "date": "2021-01-03"}
{"text": "工会到企业。", "date": "2021-02-03"}
{"text": "没有别的。", "date": "2021-02-04"}
{"text": "职工之家，职工做主。", "date": "2021-05-04"}
{"text": "没有日期的工会。"}
"#;

fn corpus() -> Corpus {
    Corpus::of(&[("records.jsonl", RECORDS)])
}

#[test]
fn a_row_per_series_and_period_gaps_included() {
    let table = corpus().zjgr(&["trends", "--term", "工会", "--term", "职工", "records.jsonl"]);
    insta::assert_snapshot!(table, @r"
    kind,series,period,count,per_10k_chars,articles,cumulative,period_articles,period_chars,partial,slope,tau,p
    term,工会,2021-01,2,1538.461538,1,2,1,13,0,-384.6153846,-1,0.3333333333
    term,工会,2021-02,1,909.0909091,1,3,2,11,0,-384.6153846,-1,0.3333333333
    term,工会,2021-03,0,,0,3,0,0,0,-384.6153846,-1,0.3333333333
    term,工会,2021-04,0,,0,3,0,0,0,-384.6153846,-1,0.3333333333
    term,工会,2021-05,0,0,0,3,1,10,0,-384.6153846,-1,0.3333333333
    term,职工,2021-01,1,769.2307692,1,1,1,13,0,307.6923077,0.3333333333,1
    term,职工,2021-02,0,0,0,1,2,11,0,307.6923077,0.3333333333,1
    term,职工,2021-03,0,,0,1,0,0,0,307.6923077,0.3333333333,1
    term,职工,2021-04,0,,0,1,0,0,0,307.6923077,0.3333333333,1
    term,职工,2021-05,2,2000,1,3,1,10,0,307.6923077,0.3333333333,1
    ");
}

#[test]
fn a_column_per_period() {
    let table = corpus().zjgr(&["trends", "--term", "工会", "--wide", "--value", "count", "records.jsonl"]);
    insta::assert_snapshot!(table, @r"
    kind,series,slope,tau,p,2021-01,2021-02,2021-03,2021-04,2021-05
    term,工会,-384.6153846,-1,0.3333333333,2,1,,,0
    ");
}

#[test]
fn series_are_counted_apart_and_periods_are_the_same_in_every_group() {
    let records = r#"{"text": "工会送清凉。", "date": "2021-01-03", "topic": "甲"}
{"text": "工会到企业。", "date": "2021-04-03", "topic": "乙"}
{"text": "职工之家。", "date": "2021-10-04", "topic": "甲"}
"#;
    let corpus = Corpus::of(&[("a.jsonl", records)]);
    let line =
        ["trends", "--term", "工会", "--keep", "topic", "--per", "quarter", "a.jsonl", "--by", "topic"];
    insta::assert_snapshot!(corpus.zjgr(&[&line[..], &["--wide", "--value", "count"]].concat()), @"
    topic,kind,series,slope,tau,p,2021-Q1,2021-Q2,2021-Q3,2021-Q4
    乙,term,工会,,,,,1,,
    甲,term,工会,-555.5555556,-1,1,1,,,0
    ");
    insta::assert_snapshot!(corpus.zjgr(&[&line[..], &["--columns", "topic,series,period,count,period_chars"]].concat()), @"
    topic,series,period,count,period_chars
    乙,工会,2021-Q1,0,0
    乙,工会,2021-Q2,1,6
    乙,工会,2021-Q3,0,0
    乙,工会,2021-Q4,0,0
    甲,工会,2021-Q1,1,6
    甲,工会,2021-Q2,0,0
    甲,工会,2021-Q3,0,0
    甲,工会,2021-Q4,0,5
    ");
    let by_quarter = ["trends", "--term", "工会", "a.jsonl", "--by", "quarter"];
    let per_quarter = ["trends", "--term", "工会", "a.jsonl", "--per", "quarter"];
    assert_eq!(corpus.zjgr(&by_quarter), corpus.zjgr(&per_quarter));
    corpus.zjgr(&[&line[..7], &["a.jsonl", "--by", "topic", "--partial", "all.zjp"]].concat());
    let merged = [
        "merge", "trends", "--term", "工会", "--keep", "topic", "--per", "quarter", "--by", "topic",
        "all.zjp",
    ];
    assert_eq!(corpus.zjgr(&merged), corpus.zjgr(&[&line[..7], &["a.jsonl", "--by", "topic"]].concat()));
}

#[test]
fn bars_in_line_whatever_the_labels() {
    let table = corpus().zjgr(&[
        "trends",
        "--term",
        "工会",
        "--term",
        "职工之家",
        "--per",
        "quarter",
        "--plot",
        "records.jsonl",
    ]);
    insta::assert_snapshot!(table, @r"
    series    period   per_10k_chars                                                      trend
    工会      2021-Q1           1250  ██████████████████████████████████████████████████  -1250.000 a period, tau -1.00, p 1.000
    工会      2021-Q2              0
    职工之家  2021-Q1              0                                                      +1000.000 a period, tau 1.00, p 1.000
    职工之家  2021-Q2           1000  ████████████████████████████████████████
    ");
}

#[test]
fn a_regular_expression_is_one_series() {
    let args = ["trends", "--term", "工会|职工", "--regex", "--per", "year", "records.jsonl"];
    let table = corpus().zjgr(&args);
    assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("term,工会|职工,2021,6,")), "{table}");
}

#[test]
fn whole_words_per_million_words() {
    let corpus =
        Corpus::of(&[("a.jsonl", "{\"text\": \"职工会议，职工参加工会。\", \"date\": \"2021-01-01\"}\n")]);
    let table = corpus.zjgr(&["trends", "--term", "工会", "--tokens", "a.jsonl"]);
    assert!(table.starts_with("kind,series,period,count,per_million,"), "{table}");
    assert_eq!(table.lines().nth(1), Some("term,工会,2021-01,1,200000,1,1,1,5,0,,,"));
}

#[test]
fn a_corpus_without_dates_gives_no_row() {
    let corpus = Corpus::of(&[("a.jsonl", "{\"text\": \"工会\"}\n")]);
    let table = corpus.zjgr(&["trends", "--term", "工会", "a.jsonl"]);
    assert_eq!(table.lines().count(), 1);
}

#[test]
fn a_series_that_occurs_nowhere_is_told() {
    let told = |args: &[&str]| {
        let err = corpus().ran(&[&["trends", "records.jsonl"], args].concat()).err;
        err.lines().filter(|line| line.ends_with("` does not occur")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&["--term", "飞机场", "--term", "火箭"]),
        ["zjgr: `飞机场` does not occur", "zjgr: `火箭` does not occur"]
    );
    assert_eq!(told(&["--slogan", "没有这样的提法"]), ["zjgr: `没有这样的提法` does not occur"]);
    assert_eq!(told(&["--unit", "纳米"]), ["zjgr: `纳米` does not occur"]);
    assert_eq!(told(&["--term", "飞机场", "-q"]), [""; 0]);
    assert_eq!(told(&["--term", "职工"]), [""; 0]);
}

#[test]
fn without_a_series_it_is_wrong_usage() {
    assert_eq!(corpus().fails(&["trends", "records.jsonl"]).0, 2);
}

#[test]
fn slogans_and_families_with_their_variants() {
    let records = r#"{"text": "推进“共富”，共同富裕。", "date": "2021-01-03"}
{"text": "浙工惠平台，浙工赛。", "date": "2021-02-03"}
"#;
    let corpus = Corpus::of(&[("a.jsonl", records)]);
    let series = ["--slogan", "共富=共富,共同富裕", "--slogan", "浙工赛", "--family", "浙工"];
    let table = corpus.zjgr(&[&["trends", "--wide", "--value", "count", "a.jsonl"], &series[..]].concat());
    insta::assert_snapshot!(table, @r"
    kind,series,slope,tau,p,2021-01,2021-02
    slogan,共富,-1666.666667,-1,1,2,0
    slogan,浙工赛,1000,1,1,0,1
    family,浙工,2000,1,1,0,2
    ");
    let (status, errors) = corpus.fails(&["trends", "--family", "没有这个", "a.jsonl"]);
    assert_eq!(status, 2);
    assert!(errors.contains("没有这个"), "{errors}");
}

const MONEY: &str = r#"{"text": "发放补助3万元。工程投资2亿元。", "date": "2021-01-03"}
{"text": "补助由400元提高到600.5元，惠及26县。", "date": "2022-02-03"}
{"text": "没有数字。", "date": "2022-03-03"}
"#;

#[test]
fn figures_of_a_unit_are_added_up_exactly() {
    let corpus = Corpus::of(&[("a.jsonl", MONEY)]);
    let table = corpus.zjgr(&["trends", "--unit", "元", "--unit", "县", "--per", "year", "a.jsonl"]);
    insta::assert_snapshot!(table, @r"
    kind,series,period,count,per_10k_chars,articles,cumulative,sum,cumulative_sum,period_articles,period_chars,partial,slope,tau,p
    unit,元,2021,2,1250,1,2,200030000,200030000,1,16,0,-200028999.5,-1,1
    unit,元,2022,2,714.2857143,1,4,1000.5,200031000.5,2,28,0,-200028999.5,-1,1
    unit,县,2021,0,0,0,0,0,0,1,16,0,26,1,1
    unit,县,2022,1,357.1428571,1,1,26,26,2,28,0,26,1,1
    ");
}

#[test]
fn only_figures_in_whose_sentence_something_stands() {
    let corpus = Corpus::of(&[("a.jsonl", MONEY)]);
    let args = ["trends", "--unit", "元", "--near", "补助", "--per", "year", "--wide", "a.jsonl"];
    insta::assert_snapshot!(corpus.zjgr(&args), @r"
    kind,series,slope,tau,p,2021,2022
    unit,元,-28999.5,-1,1,30000,1000.5
    ");
}

/// Ten years with twenty articles each: 工会 becomes commoner with every year, 公社 rarer, 会议 stays as it is; 铁路 comes
/// once in a burst.
fn ten_years() -> Corpus {
    let article = |year: usize, k: usize| {
        let unions = "工会。".repeat(1 + year);
        let communes = "公社。".repeat(12 - year);
        let burst = if (year, k) == (9, 3) { "铁路。".repeat(40) } else { String::new() };
        let rest = "会议。生产。".repeat(10);
        format!(
            "{{\"text\": \"{unions}{communes}{rest}{burst}\", \"date\": \"{}-03-{:02}\"}}\n",
            1980 + year,
            k + 1
        )
    };
    let all: String = (0..10).flat_map(|year| (0..20).map(move |k| article(year, k))).collect();
    Corpus::of(&[("news.jsonl", &all)])
}

#[test]
fn words_that_rise_and_fall_are_found_without_being_named() {
    let table = ten_years().zjgr(&["trends", "--rising", "--falling", "--per", "year", "news.jsonl"]);
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(',').collect()).collect();
    assert_eq!(
        rows[0],
        [
            "direction",
            "rank",
            "term",
            "pos",
            "count",
            "articles",
            "slope",
            "tau",
            "p",
            "p_adjusted",
            "first_date",
            "last_date",
        ]
    );
    let found: Vec<_> = rows.iter().skip(1).map(|row| (row[0], row[1], row[2], row[4], row[7])).collect();
    assert_eq!(found, [("rising", "1", "工会", "1100", "1"), ("falling", "1", "公社", "1500", "-1")]);
    // An article has 33 words, one of them more with each year: a thirty-third of a million.
    let slope: f64 = rows[1][6].parse().unwrap();
    assert!((slope - 1e6 / 33.0).abs() < 20.0, "{slope}");
    let only = ten_years().zjgr(&["trends", "--falling", "--per", "year", "--top", "5", "news.jsonl"]);
    assert_eq!(only.lines().count(), 2, "{only}");
}

#[test]
fn a_burst_is_no_trend_and_few_periods_prove_none() {
    let corpus = ten_years();
    let all = corpus.zjgr(&[
        "trends",
        "--rising",
        "--per",
        "year",
        "--max-p",
        "1",
        "--min-articles",
        "1",
        "news.jsonl",
    ]);
    let burst = all.lines().find(|row| row.contains("铁路")).expect("it is tested");
    let p: f64 = burst.split(',').nth(8).unwrap().parse().unwrap();
    assert!(p > 0.05, "{burst}");
    let (_, errors) = corpus.fails(&["trends", "--rising", "--per", "year", "--since", "1988", "news.jsonl"]);
    assert!(errors.contains("none has a trend"), "{errors}");
}

#[test]
fn n_grams_rise_too() {
    let table = ten_years().zjgr(&[
        "trends",
        "--falling",
        "--per",
        "year",
        "--ngrams",
        "2",
        "--max-p",
        "1",
        "news.jsonl",
    ]);
    assert_eq!(table.lines().count(), 1, "no two of its words stand in one sentence: {table}");
    let (_, errors) = ten_years().fails(&["trends", "--rising", "--term", "工会", "news.jsonl"]);
    assert!(errors.contains("cannot be used with"), "{errors}");
}

/// A record a day from the first day to the last, each with 工会 as often as its month says.
fn daily(days: impl IntoIterator<Item = (u32, u32)>) -> Corpus {
    let record = |(month, day): (u32, u32)| {
        let text = "工会。".repeat(month as usize) + "职工会议";
        format!("{{\"text\": \"{text}\", \"date\": \"2021-{month:02}-{day:02}\"}}\n")
    };
    Corpus::of(&[("days.jsonl", &days.into_iter().map(record).collect::<String>())])
}

#[test]
fn a_month_of_which_only_a_part_has_text_is_marked_and_left_out_of_the_trend() {
    let whole = (1..4).flat_map(|month| (1..29).map(move |day| (month, day)));
    let corpus = daily(whole.chain((1..8).map(|day| (4, day))));
    let column = |flags: &[&str], name: &str| {
        let table = corpus.zjgr(&[&["trends", "--term", "工会", "days.jsonl"], flags].concat());
        let at = table.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
        table.lines().skip(1).map(|row| row.split(',').nth(at).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(column(&[], "partial"), ["0", "0", "0", "1"]);
    // τ of three values in rising order is as likely as one in three; of four, as one in twelve.
    assert_eq!(column(&[], "p")[0], "0.3333333333");
    assert_eq!(column(&["--keep-partial"], "p")[0], "0.08333333333");
    // The same months of a paper that comes out every ten days are whole.
    let corpus = daily((1..5).flat_map(|month| [(month, 5), (month, 15), (month, 25)]));
    let table = corpus.zjgr(&["trends", "--term", "工会", "days.jsonl"]);
    assert!(!table.contains(",1,1,0."), "{table}");
    assert!(table.lines().skip(1).all(|row| row.contains(",0,")), "{table}");
}
