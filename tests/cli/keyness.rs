//! `zjgr keyness`: what sets one part of the corpus apart from another.

use super::Corpus;

const OLD: &str = r#"{"text": "工会服务职工，工会发展会员。", "date": "2021-05-01", "newspaper": "甲报", "headline": "工会"}
{"text": "职工参加工会活动。", "date": "2021-06-01", "newspaper": "乙报", "headline": "活动"}
"#;
const NEW: &str = r#"{"text": "企业发展共同富裕。共同富裕靠职工。", "date": "2022-05-01", "newspaper": "甲报", "headline": "共富"}
{"text": "共同富裕示范区，职工和企业。", "date": "2022-06-01", "newspaper": "乙报", "headline": "企业"}
"#;

fn corpus() -> Corpus {
    Corpus::of(&[("2021/a.jsonl", OLD), ("2022/b.jsonl", NEW)])
}

#[test]
fn two_folders_positive_and_negative_keys_apart() {
    let table = corpus().zjgr(&["keyness", "--target", "2022", "--reference", "2021"]);
    insta::assert_snapshot!(table, @r"
    key,rank,term,pos,target_count,reference_count,target_per_million,reference_per_million,ll,g2,chi_squared,log_ratio,percent_diff,simple_maths,bic,p,p_adjusted,target_articles,reference_articles,target_dispersion,reference_dispersion,only_in
    positive,1,企业,n,3,0,230769.2308,0,3.923558804,4.300941862,1.340933372,2.469485283,,230770.2308,0.7046829796,0.1666666667,0.2222222222,2,0,0.380952381,,target
    positive,2,共同富裕,nz,3,0,230769.2308,0,3.923558804,4.300941862,1.340933372,2.469485283,,230770.2308,0.7046829796,0.1666666667,0.2222222222,2,0,0.2380952381,,target
    negative,1,工会,n,0,4,0,333333.3333,5.871753401,6.707153931,2.97666743,-3.115477217,-100,2.999991e-6,2.652877576,0.1666666667,0.2222222222,0,2,,0.2857142857,reference
    negative,2,职工,n,2,2,153846.1538,166666.6667,0.006405125468,0.00762638708,0,-0.1154772174,-7.692307692,0.9230773846,-3.212470699,0.6408833178,0.6408833178,2,2,0.07142857143,0.1428571429,
    ");
}

#[test]
fn a_part_may_be_described_in_many_ways() {
    let corpus = corpus();
    let terms = |flags: &[&str]| {
        let table = corpus.zjgr(&[&["keyness", "--min-count", "1", "--stopwords", "none"], flags].concat());
        table
            .lines()
            .skip(1)
            .map(|row| row.split(',').nth(4).unwrap_or_default().parse::<u32>().unwrap_or(0))
            .sum::<u32>()
    };
    // How many words were counted in the target: the words of the last two records.
    let all = terms(&["--target", "2022", "."]);
    assert!(all > 10);
    assert_eq!(terms(&["--target", "date=2022", "."]), all);
    assert_eq!(terms(&["--target", "date=2022-05..2022-06", "."]), all);
    assert_eq!(terms(&["--target", "since=2022-01-01", "--target", "until=2022", "."]), all);
    assert_eq!(terms(&["--target", "headline=共富|企业", "."]), all);
    let first = terms(&["--target", "newspaper=甲报", "--target", "date=2022", "."]);
    let second = terms(&["--target", "newspaper=乙报", "--target", "date=2022", "."]);
    assert_eq!(first + second, all);
}

#[test]
fn a_term_of_one_part_only_is_shown_as_such() {
    let table = corpus().zjgr(&["keyness", "--target", "2022", "--reference", "2021", "--format", "jsonl"]);
    for row in table.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
        let only = row["only_in"].as_str();
        assert_eq!(row["reference_count"] == 0, only == Some("target"));
        assert_eq!(row["target_count"] == 0, only == Some("reference"));
        // No percentage is true of what the reference does not have.
        assert_eq!(row["percent_diff"].is_null(), only == Some("target"));
    }
    assert!(!table.to_lowercase().contains("inf") && !table.to_lowercase().contains("nan"));
}

#[test]
fn an_empty_part_is_an_error_that_says_which() {
    let (status, errors) = corpus().fails(&["keyness", "--target", "date=2030", "."]);
    assert_eq!(status, 1);
    assert!(errors.contains("no word in the target"), "{errors}");
    let (status, errors) =
        corpus().fails(&["keyness", "--target", "date=2022", "--reference", "date=1956", "."]);
    assert_eq!(status, 1);
    assert!(errors.contains("no word in the reference"), "{errors}");
}

#[test]
fn articles_of_both_parts_are_counted_and_said_so() {
    let (status, errors) =
        corpus().fails(&["keyness", "--target", "date=2022", "--reference", "since=2021", "."]);
    assert_eq!(status, 0);
    assert!(errors.contains("count in both: 2"), "{errors}");
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let files: Vec<(String, String)> = (0..20)
        .map(|i| {
            (format!("{}/{i}.jsonl", 2021 + i % 2), if i % 3 == 0 { OLD } else { NEW }.repeat(i % 4 + 1))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let corpus = Corpus::of(&files);
    let run =
        |threads| corpus.zjgr(&["keyness", "--target", "2022", "--reference", "2021", "--threads", threads]);
    assert_eq!(run("1"), run("7"));
}

#[test]
fn a_condition_that_makes_no_sense_is_wrong_usage() {
    for condition in ["paper=甲报", "date=二〇二一", "headline=("] {
        assert_eq!(corpus().fails(&["keyness", "--target", condition, "."]).0, 2, "{condition}");
    }
}

/// 120 articles of two papers in turn. Two of 乙报 write of railways and of little else; 职工 stands in every article, and
/// in those of 乙报 six times as often.
fn two_papers() -> Corpus {
    let article = |k: usize| {
        let subject = if k == 1 || k == 3 { "铁路" } else { "会议" }.repeat(9);
        let (paper, workers) = if k.is_multiple_of(2) { ("甲报", 1) } else { ("乙报", 6) };
        let workers = "职工。".repeat(workers);
        format!("{{\"text\": \"{subject}。{workers}\", \"newspaper\": \"{paper}\"}}\n")
    };
    Corpus::of(&[("news.jsonl", &(0..120).map(article).collect::<String>())])
}

#[test]
fn what_comes_in_bursts_is_no_key_and_what_is_in_every_article_is_one() {
    let flags = ["keyness", "--target", "newspaper=乙报", "--format", "jsonl", "news.jsonl"];
    let table = two_papers().zjgr(&flags);
    let number = |word: &str, column: &str| {
        let row = table.lines().find(|row| row.contains(&format!("\"term\":\"{word}\""))).unwrap();
        serde_json::from_str::<serde_json::Value>(row).unwrap()[column].as_f64().unwrap()
    };
    assert!(number("职工", "p_adjusted") < 1e-10, "{table}");
    // 18 times in one paper and never in the other: the log-likelihood, to which 3.84 is significant, is sure of it.
    assert!(number("铁路", "ll") > 15.0, "{table}");
    // Two articles are not: that both fall to one paper is as likely as not.
    assert!(number("铁路", "p") > 0.2, "{table}");
}

#[test]
fn the_same_articles_on_both_sides_are_no_different() {
    let corpus = Corpus::of(&[("a/x.jsonl", OLD), ("b/x.jsonl", OLD)]);
    let table = corpus.zjgr(&["keyness", "--target", "a", "--reference", "b", "--min-count", "1"]);
    assert!(table.lines().count() > 3, "{table}");
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        assert_eq!((cells[0], cells[8], cells[15], cells[16]), ("neither", "0", "1", "1"), "{row}");
    }
}

#[test]
fn a_word_of_too_few_articles_is_left_out_and_not_tested() {
    let flags = ["keyness", "--target", "2022", "--reference", "2021", "--min-count", "1"];
    let rows = |more: &[&str]| corpus().zjgr(&[&flags, more].concat()).lines().count() - 1;
    assert!(rows(&["--min-articles", "2"]) < rows(&[]));
    assert_eq!(rows(&["--min-articles", "5"]), 0);
}

/// Numbers by chance, the same every time (a linear congruential generator, Knuth 1998).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// The articles in two halves.
    fn halves(&mut self, articles: &[String]) -> [Vec<String>; 2] {
        let mut dealt = articles.to_vec();
        for at in (1..dealt.len()).rev() {
            dealt.swap(at, self.below(at + 1));
        }
        let reference = dealt.split_off(dealt.len() / 2);
        [dealt, reference]
    }
}

/// The articles on the pages of the tests that nothing is kept back of.
fn articles() -> Vec<String> {
    let folders = ["corpus", "corpus-blind", "corpus-years", "corpus-learn"];
    let pages = folders.map(|folder| format!("{}/tests/{folder}/pages", env!("CARGO_MANIFEST_DIR")));
    let args = ["articles", "-q", "--format", "jsonl", "--columns", "headline,body"];
    // What looks like markup is left out.
    let table = Corpus::of(&[]).ran(&[&args[..], &pages.each_ref().map(String::as_str)].concat()).out;
    let text = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let body = row["body"].as_array().unwrap().iter().filter_map(|part| part.as_str());
        row["headline"].as_str().into_iter().chain(body).collect::<Vec<_>>().join("\n")
    };
    table.lines().map(text).collect()
}

/// The rows of the comparison of two halves, as cells of `columns`.
fn compared<const N: usize>(
    halves: &[Vec<String>; 2],
    args: &[&str],
    columns: [&str; N],
) -> Vec<[String; N]> {
    let records = |articles: &Vec<String>| -> String {
        articles.iter().map(|text| serde_json::json!({ "text": text }).to_string() + "\n").collect()
    };
    let [target, reference] = halves.each_ref().map(records);
    let planted: String = planted().iter().map(|term| format!("{term}\n")).collect();
    let corpus = Corpus::of(&[("a.jsonl", &target), ("b.jsonl", &reference), ("planted.txt", &planted)]);
    let flags = ["keyness", "--target", "a.jsonl", "--reference", "b.jsonl", "--record-layout", "plain"];
    corpus.ran(&[&flags[..], args].concat()).cells(columns)
}

/// Words that no text has.
fn planted() -> Vec<String> {
    let (first, second) = ("珑瑨翀骎骕", "坮埗堍墈塮壖夼夆");
    first.chars().flat_map(|a| second.chars().map(move |b| format!("{a}{b}"))).collect()
}

#[test]
fn two_halves_of_real_looking_text_are_significant_as_often_as_p_says() {
    let articles = articles();
    assert!(articles.len() > 900, "{}", articles.len());
    let mut chance = Chance(19);
    let (mut below, mut all) = (0, 0);
    for _ in 0..6 {
        let halves = chance.halves(&articles);
        let rows = compared(&halves, &["--min-articles", "10", "--stopwords", "none"], ["p"]);
        all += rows.len();
        below += rows.iter().filter(|[p]| p.parse::<f64>().unwrap() < 0.05).count();
    }
    let share = below as f64 / all as f64;
    assert!(all > 3000 && (0.03..=0.06).contains(&share), "{below} of {all} words: {share:.4}");
}

#[test]
fn planted_keys_in_real_looking_text_are_found() {
    let mut chance = Chance(7);
    let mut halves = chance.halves(&articles());
    for (term, number) in planted().iter().zip(0..) {
        // From 6 to 13 times in the reference, every fourth word two at a time; six times as often in the target.
        let (times, burst) = (6 + number % 8, if number % 4 == 3 { 2 } else { 1 });
        for (half, times) in halves.iter_mut().zip([6 * times, times]) {
            for _ in 0..times / burst {
                let at = chance.below(half.len());
                half[at].push_str(&format!("\n{term}。").repeat(burst));
            }
        }
    }
    let rows =
        compared(&halves, &["--user-dict", "planted.txt", "--only", "positive"], ["term", "p_adjusted"]);
    let found = |row: &&[String; 2]| planted().contains(&row[0]) && row[1].parse::<f64>().unwrap() < 0.05;
    let count = rows.iter().filter(found).count();
    assert!(count >= 35, "{count} of {}", planted().len());
    let other = |row: &&[String; 2]| !planted().contains(&row[0]) && row[1].parse::<f64>().unwrap() < 0.05;
    assert!(rows.iter().filter(other).count() <= 4, "words that nobody planted");
}

#[test]
fn identical_parts_differ_in_nothing() {
    let articles = articles();
    let halves = [articles.clone(), articles];
    let rows = compared(&halves, &[], ["log_ratio", "ll", "p", "p_adjusted"]);
    assert!(rows.iter().all(|row| row == &["0", "0", "1", "1"]), "{:?}", rows.first());
}
