//! `zjgr reprints`: what was printed again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Corpus, Folder, Ran};

/// Numbers without a pattern, the same every time (Marsaglia 2003: xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from)
    }

    /// Characters that stand for running text, with marks between.
    fn text(&mut self, length: usize) -> Vec<char> {
        (0..length)
            .map(|at| match at % 13 {
                12 => '，',
                _ => char::from_u32(0x4e00 + (self.below(1_500) * 13) as u32).unwrap(),
            })
            .collect()
    }

    /// What OCR makes of it: one character in twenty is another, is lost, or is there twice.
    fn misread(&mut self, text: &[char]) -> Vec<char> {
        let mut read = Vec::new();
        for &c in text {
            match self.below(140) {
                0..=4 => read.extend(self.text(1)),
                5 => {}
                6 => read.extend([c, c]),
                _ => read.push(c),
            }
        }
        read
    }
}

/// An article with a planted passage, or with none.
struct Planted {
    text: String,
    story: Option<usize>,
}

fn planted(chance: &mut Chance, passage: &[char], story: Option<usize>) -> Planted {
    let [before, after] = [(); 2].map(|()| chance.below(150));
    let text = [chance.text(before), passage.to_vec(), chance.text(after)].concat();
    Planted { text: text.into_iter().collect(), story }
}

/// Stories, each with copies: whole, cut, misread, both.
fn articles(chance: &mut Chance) -> Vec<Planted> {
    let mut articles = Vec::new();
    for number in 0..300 {
        let length = chance.between(60, 300);
        let story = chance.text(length);
        articles.push(planted(chance, &story, Some(number)));
        for _ in 0..chance.between(1, 4) {
            let kind = chance.below(4);
            let length = chance.between(50, story.len());
            let from = chance.below(story.len() - length + 1);
            let copy =
                if kind.is_multiple_of(2) { story.clone() } else { story[from..from + length].to_vec() };
            let copy = if kind < 2 { copy } else { chance.misread(&copy) };
            articles.push(planted(chance, &copy, Some(number)));
        }
    }
    for _ in 0..600 {
        articles.push(planted(chance, &[], None));
    }
    for at in (1..articles.len()).rev() {
        articles.swap(at, chance.below(at + 1));
    }
    articles
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let articles = articles(&mut Chance(88_172_645_463_325_252));
    let mut files = vec![String::new(); 7];
    for (number, article) in articles.iter().enumerate() {
        writeln!(files[number % 7], "{{\"id\":\"{number}\",\"text\":\"{}\"}}", article.text).unwrap();
    }
    let folder = files
        .iter()
        .enumerate()
        .fold(Folder::new(), |folder, (number, text)| folder.with(&format!("{number}.jsonl"), text));
    let ran = folder.run("reprints .");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let mut stories: BTreeMap<String, Vec<Option<usize>>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let rows = ran.cells(["id", "cluster", "column", "chars", "text"]);
    for [id, cluster, column, chars, text] in &rows {
        let article = &articles[id.parse::<usize>().unwrap()];
        stories.entry(cluster.clone()).or_default().push(article.story);
        found.insert(id.clone());
        // The place is right.
        let from: usize = column.parse::<usize>().unwrap() - 1;
        let there: String = article.text.chars().skip(from).take(chars.parse().unwrap()).collect();
        assert_eq!(&there, text);
    }
    let right =
        stories.values().filter(|members| members[0].is_some() && members.iter().all(|m| *m == members[0]));
    let right: usize = right.map(Vec::len).sum();
    let planted = articles.iter().filter(|article| article.story.is_some()).count();
    assert!(right as f64 >= 0.98 * rows.len() as f64, "precision {right} of {}", rows.len());
    assert!(found.len() as f64 >= 0.98 * planted as f64, "recall {} of {planted}", found.len());
    for threads in ["1", "2", "3", "7"] {
        assert_eq!(folder.run(&format!("reprints . --threads {threads}")).out, ran.out);
    }
}

const STORY: &str = "东海市总工会昨天在滨江广场举行劳模宣讲，十二位劳模走上讲台，讲述自己在车间、码头和课堂里的平凡故事，台下掌声不断。";

fn corpus() -> Corpus {
    let page = |day: &str, number: u32, text: &str| {
        format!("东海工人日报\n{day} 第{number}版\n\n劳模开讲\n\n　　本报讯 {text}\n")
    };
    let cut = STORY.replace("台下掌声不断。", "").replace("广场", "厂场");
    Corpus::of(&[
        ("b/1.txt", &page("2021年3月2日 星期二", 1, STORY)),
        ("a/2.txt", &page("2021年3月3日 星期三", 2, &format!("又讯 {cut}另据了解，明年还要办。"))),
        ("c.jsonl", &format!("{{\"id\":\"7\",\"text\":\"据东海工人日报报道：{STORY}\"}}\n")),
    ])
}

fn rows<const N: usize>(args: &[&str], columns: [&str; N]) -> Vec<[String; N]> {
    let ran: Ran = corpus().ran(args);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    ran.cells(columns)
}

#[test]
fn a_story_in_three_papers_is_a_cluster_the_first_print_first() {
    let found = rows(&["reprints", "."], ["file", "date", "page", "cluster", "line"]);
    let expected = [
        ["./b/1.txt", "2021-03-02", "1", "1", "6"],
        ["./a/2.txt", "2021-03-03", "2", "1", "6"],
        ["./c.jsonl", "", "", "1", "1"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    let texts = rows(&["reprints", "."], ["text", "similarity"]);
    assert_eq!(texts[2], [STORY.to_owned(), "1".to_owned()]);
    assert!(texts[1][0].contains("厂场") && !texts[1][0].contains("另据"), "{texts:?}");
}

#[test]
fn a_story_may_be_dated_by_its_first_print() {
    let dates = rows(&["reprints", ".", "--dated", "first"], ["date"]);
    assert!(dates.iter().all(|[date]| date == "2021-03-02"), "{dates:?}");
}

#[test]
fn short_and_unlike_passages_are_left_out_on_request() {
    assert_eq!(rows(&["reprints", ".", "--min-chars", "60"], ["file"]).len(), 0);
    assert_eq!(rows(&["reprints", ".", "--min-similarity", "0.99"], ["file"]).len(), 2);
    let (status, error) = corpus().fails(&["reprints", ".", "--min-similarity", "2"]);
    assert_eq!(status, 2);
    assert!(error.contains("a share from 0 to 1"), "{error}");
}

#[test]
fn different_news_with_one_formula_are_no_reprints() {
    let news = [
        "本报讯 记者丁一报道 昨天上午，东海市总工会主席王大山一行来到远东机械公司，为360名高温作业职工送去价值2.8万元的清凉用品，并叮嘱企业做好防暑降温工作。",
        "本报讯 记者沈青报道 前天下午，南湖区总工会主席李小川一行来到金星纺织公司，为1200名高温作业职工送去价值9.5万元的清凉用品，并叮嘱企业做好防暑降温工作。",
        "经东海市第九届人民代表大会常务委员会第十二次会议通过，任命赵有田为东海市教育局局长，自2021年4月6日起施行，现予公布。",
        "经东海市第九届人民代表大会常务委员会第十五次会议通过，任命周秀兰为东海市水利局局长，自2021年8月30日起施行，现予公布。",
        "据省统计局消息，上个月全省粮食收购价格与前一个月相比上涨百分之三，其中早稻上涨较多，是近三年来同期的最高水平。",
        "据省统计局消息，上个月全省钢材出厂价格与前一个月相比下跌百分之七，其中线材下跌较多，是近十年来同期的最低水平。",
    ];
    let lines: String = news.iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect();
    let table = Corpus::of(&[("a.jsonl", &lines)]).zjgr(&["reprints", "a.jsonl"]);
    assert_eq!(table.lines().count(), 1, "{table}");
}

#[test]
fn what_was_printed_before_is_left_out_of_every_count() {
    let corpus = corpus();
    corpus.zjgr(&["reprints", "a", "b", "c.jsonl", "-o", "r.csv"]);
    let count = |args: &[&str]| {
        let ran = corpus.ran(args);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
        ran.cells(["count"]).into_iter().map(|[count]| count.parse::<u32>().unwrap()).sum::<u32>()
    };
    let names = ["slogans", "a", "./b", "c.jsonl", "--slogan", "讲台", "--slogan", "另据了解"];
    assert_eq!(count(&names), 4);
    assert_eq!(
        count(&[&names[..], &["--leave-out", "r.csv"]].concat()),
        2,
        "the first print, and what one adds"
    );
    let hits = ["concordance", "--term", "讲台", "--leave-out", "r.csv", "b", "a", "c.jsonl"];
    assert_eq!(corpus.ran(&hits).cells(["file"]), [["b/1.txt"]]);
    // As two machines would do it.
    for (part, files) in [("1.zjp", "b"), ("2.zjp", "a")] {
        corpus.zjgr(&["reprints", files, "--partial", part]);
    }
    corpus.zjgr(&["merge", "reprints", "1.zjp", "2.zjp", "-o", "m.csv"]);
    corpus.zjgr(&["stats", "b", "--leave-out", "m.csv", "--partial", "3.zjp", "-q"]);
    corpus.zjgr(&["stats", "a", "--leave-out", "m.csv", "--partial", "4.zjp", "-q"]);
    let merged = corpus.zjgr(&["merge", "stats", "3.zjp", "4.zjp"]);
    assert!(merged.contains(",讲台,n,1,"), "{merged}");
}

#[test]
fn a_table_that_says_nothing_of_reprints_is_refused_and_one_of_other_files_told_of() {
    let corpus = corpus();
    corpus.zjgr(&["pages", ".", "-o", "p.csv"]);
    let (status, error) = corpus.fails(&["stats", ".", "--leave-out", "p.csv"]);
    assert_eq!(status, 1);
    assert!(error.contains("p.csv:2: no table that zjgr reprints wrote"), "{error}");
    corpus.zjgr(&["reprints", ".", "-o", "r.tsv"]);
    let ran = corpus.ran(&["stats", "a", "b", "--leave-out", "r.tsv"]);
    assert!(ran.err.contains("--leave-out: 1 of 2 passages were not met"), "{}", ran.err);
}
