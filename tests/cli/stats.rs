//! `zjgr stats`: terms, how often, where, since when.

use super::Corpus;

const SPRING: &str = "\
江东工人报
2021年3月2日 星期二
总第1200号

职工疗休养回来了

本报讯 记者程远报道 昨天，江东市总工会下发职工疗休养通知，推进职工疗休养工作。通知
要求，疗休养向山区26县倾斜，“浙工惠”服务进企业、进车间，惠及职工18.5万人。

劳模工匠进山区

本报讯 记者林溪报道 百名劳模工匠昨天走进山区26县，为企业职工上课。市总工会的App
同步直播，“两性两化”运作让服务阵地活起来，浙工赛在山区开赛。
";

const AUTUMN: &str = "\
江东工人报
2022年11月9日 星期三
总第1610号

职工说改革

本报讯 记者林溪报道 产业工人队伍建设改革进入第五年，职工说，改革让职工有奔头。全市各级
总工会推进产业工人队伍建设改革，职工技能提升有通道。
";

fn corpus() -> Corpus {
    Corpus::of(&[("pages/a.txt", SPRING), ("pages/b.txt", AUTUMN)])
}

fn table(args: &[&str]) -> String {
    corpus().zjgr(&[&["stats", "pages"], args].concat())
}

/// The cells of the columns `names`, row by row, with blanks between.
fn cells(table: &str, names: &[&str]) -> Vec<String> {
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let at: Vec<usize> = names.iter().map(|name| header.iter().position(|h| h == name).unwrap()).collect();
    lines.map(|row| at.iter().map(|&at| row[at]).collect::<Vec<_>>().join(" ")).collect()
}

fn terms(args: &[&str]) -> Vec<String> {
    cells(&table(args), &["term"])
}

#[test]
fn a_row_for_every_term_the_most_frequent_first() {
    insta::assert_snapshot!(table(&["--top", "8"]), @r"
    rank,term,pos,count,per_million,articles,pages,dispersion,first_date,last_date
    1,职工,n,9,94736.84,3,2,0.3154,2021-03-02,2022-11-09
    2,疗休养,n,4,42105.26,1,1,0.8676,2021-03-02,2021-03-02
    3,总工会,nt,3,31578.95,3,2,0.0686,2021-03-02,2022-11-09
    4,进,v,3,31578.95,2,1,0.402,2021-03-02,2021-03-02
    5,产业工人队伍建设改革,nz,2,21052.63,1,1,1,2022-11-09,2022-11-09
    6,企业,n,2,21052.63,2,1,0.3971,2021-03-02,2021-03-02
    7,劳模工匠,n,2,21052.63,1,1,0.9265,2021-03-02,2021-03-02
    8,山区,ns,2,21052.63,1,1,0.9265,2021-03-02,2021-03-02
    ");
}

#[test]
fn the_words_of_the_trade_stay_whole() {
    let counts = cells(&table(&[]), &["term", "count"]);
    for count in [
        "浙工赛 1",
        "浙工惠 1",
        "两性两化 1",
        "山区26县 2",
        "劳模工匠 2",
        "疗休养 4",
        "产业工人队伍建设改革 2",
        "总工会 3",
    ] {
        assert!(counts.iter().any(|row| row == count), "{count}: {counts:?}");
    }
}

#[test]
fn a_user_dictionary_always_wins() {
    let corpus = Corpus::of(&[
        ("a.txt", "记者走进享浙工益民服务站，二〇二二年的阿卜杜·热合曼说\n"),
        (
            "words.txt",
            "\u{FEFF}# bare words will do\r\n浙工益\r\n二〇二二年 5 t  \r\n\r\n阿卜杜·热合曼 nr\r\n",
        ),
    ]);
    let args =
        ["stats", "a.txt", "--user-dict", "words.txt", "--no-builtin-words", "--input-format", "plain"];
    let found = cells(&corpus.zjgr(&args), &["term", "pos"]);
    for word in ["浙工益 nz", "二〇二二年 t", "阿卜杜·热合曼 nr"] {
        assert!(found.iter().any(|row| row == word), "{word}: {found:?}");
    }
}

#[test]
fn a_bad_line_of_a_user_dictionary_is_named() {
    let corpus = Corpus::of(&[("a.txt", "工会\n"), ("words.txt", "浙工益\n浙工缘 often\u{FF01}\n")]);
    let (status, says) = corpus.fails(&["stats", "a.txt", "--user-dict", "words.txt"]);
    assert_eq!(status, 1);
    assert!(says.contains("words.txt:2: `often！` is no frequency"), "{says}");
}

#[test]
fn numbers_latin_and_punctuation_count_on_request() {
    let plain = terms(&[]);
    for term in ["18.5", "App", "，"] {
        assert!(!plain.iter().any(|t| t == term), "{term}");
    }
    assert!(terms(&["--with", "numbers"]).contains(&"18.5".to_owned()));
    assert!(terms(&["--with", "latin"]).contains(&"App".to_owned()));
    assert!(terms(&["--with", "punctuation"]).contains(&"。".to_owned()));
}

#[test]
fn stop_words_are_those_that_come_along_or_ones_own_or_none() {
    assert!(!terms(&[]).contains(&"让".to_owned()));
    assert!(terms(&["--stopwords", "none"]).contains(&"让".to_owned()));
    let corpus = Corpus::of(&[("a.txt", SPRING), ("stop.txt", "职工\n")]);
    let found = cells(&corpus.zjgr(&["stats", "a.txt", "--stopwords", "stop.txt"]), &["term"]);
    assert!(!found.contains(&"职工".to_owned()) && found.contains(&"的".to_owned()));
}

#[test]
fn stop_words_are_those_of_either_script() {
    let text = "記者說，我們沒有為了這些，這個，後來，從而與於是並且過去的這樣的許多工會，而是及其萬元。\n是否能否究竟，尽管既然仿佛有关相关截至，每天每年期间，罢了而已，车间。\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let all = corpus.zjgr(&["stats", "a.txt", "--input-format", "plain", "--columns", "term", "--no-header"]);
    let mut left: Vec<&str> = all.lines().collect();
    left.sort_unstable();
    assert_eq!(left, ["工會", "车间"]);
}

#[test]
fn terms_are_chosen_by_part_of_speech_length_number_and_pattern() {
    for tag in cells(&table(&["--pos", "n"]), &["pos"]) {
        assert!(tag.starts_with('n'), "{tag}");
    }
    assert!(terms(&["--min-chars", "5"]).iter().all(|term| term.chars().count() >= 5));
    assert_eq!(terms(&["--min-count", "4"]), ["职工", "疗休养"]);
    assert_eq!(terms(&["--term-match", "^山区"]), ["山区", "山区26县"]);
}

#[test]
fn a_list_of_terms_keeps_its_order_and_its_zeros() {
    let corpus = Corpus::of(&[("a.txt", SPRING), ("terms.txt", "五水共治\n职工\n# a comment\n直播间\n的\n")]);
    let table = corpus.zjgr(&["stats", "a.txt", "--terms", "terms.txt"]);
    assert_eq!(
        cells(&table, &["rank", "term", "count"]),
        ["3 五水共治 0", "1 职工 5", "4 直播间 0", "2 的 1"]
    );
}

#[test]
fn a_term_of_the_list_that_no_dictionary_has_is_kept_whole() {
    let corpus = Corpus::of(&[("a.txt", "职工暖心屋开门\n"), ("terms.txt", "暖心屋\n")]);
    let args = ["stats", "a.txt", "--terms", "terms.txt", "--input-format", "plain"];
    assert_eq!(cells(&corpus.zjgr(&args), &["term", "count"]), ["暖心屋 1"]);
}

#[test]
fn n_grams_never_reach_across_a_mark_or_over_a_number() {
    let corpus = Corpus::of(&[("a.txt", "推进工作。职工培训500名职工，“技能”提升\n")]);
    let args = ["stats", "a.txt", "--ngrams", "2-3", "--input-format", "plain", "--stopwords", "none"];
    assert_eq!(cells(&corpus.zjgr(&args), &["term"]), ["名 职工", "技能 提升", "推进 工作", "职工 培训"]);
}

#[test]
fn traditional_and_simplified_are_one_on_request() {
    let corpus = Corpus::of(&[("a.txt", "勞動競賽開幕\n劳动竞赛开幕\n")]);
    let args = ["stats", "a.txt", "--input-format", "plain", "--min-count", "2"];
    assert!(cells(&corpus.zjgr(&args), &["term"]).is_empty());
    let folded = corpus.zjgr(&[&args[..], &["--fold"]].concat());
    assert_eq!(cells(&folded, &["term", "count"]), ["劳动竞赛 2", "开幕 2"]);
}

#[test]
fn counted_apart_long_and_wide() {
    let asked = ["--by", "year", "--min-count", "2"];
    insta::assert_snapshot!(table(&asked), @r"
    year,rank,term,pos,count,per_million,articles,pages,dispersion,first_date,last_date
    2021,1,职工,n,5,73529.41,2,1,0.5111,2021-03-02,2021-03-02
    2021,2,疗休养,n,4,58823.53,1,1,0.8889,2021-03-02,2021-03-02
    2021,3,进,v,3,44117.65,2,1,0.2593,2021-03-02,2021-03-02
    2021,4,企业,n,2,29411.76,2,1,0.0556,2021-03-02,2021-03-02
    2021,5,劳模工匠,n,2,29411.76,1,1,1,2021-03-02,2021-03-02
    2021,6,山区,ns,2,29411.76,1,1,1,2021-03-02,2021-03-02
    2021,7,山区26县,nz,2,29411.76,2,1,0.0556,2021-03-02,2021-03-02
    2021,8,市,n,2,29411.76,2,1,0.0556,2021-03-02,2021-03-02
    2021,9,总工会,nt,2,29411.76,2,1,0.0556,2021-03-02,2021-03-02
    2021,10,通知,v,2,29411.76,1,1,0.8889,2021-03-02,2021-03-02
    2022,1,职工,n,4,148148.15,1,1,,2022-11-09,2022-11-09
    2022,2,产业工人队伍建设改革,nz,2,74074.07,1,1,,2022-11-09,2022-11-09
    2022,3,改革,vn,2,74074.07,1,1,,2022-11-09,2022-11-09
    ");
    insta::assert_snapshot!(table(&[&asked[..], &["--wide"]].concat()), @r"
    rank,term,pos,total,2021,2022
    1,职工,n,9,5,4
    2,疗休养,n,4,4,0
    3,总工会,nt,3,2,1
    4,进,v,3,3,0
    5,产业工人队伍建设改革,nz,2,0,2
    6,企业,n,2,2,0
    7,劳模工匠,n,2,2,0
    8,山区,ns,2,2,0
    9,山区26县,nz,2,2,0
    10,市,n,2,2,0
    11,推进,v,2,1,1
    12,改革,vn,2,0,2
    13,林溪,nr,2,1,1
    14,通知,v,2,2,0
    ");
}

#[test]
fn an_article_is_a_group_too() {
    let table = table(&["--by", "article", "--top", "1"]);
    assert_eq!(
        cells(&table, &["article", "term", "count"]),
        ["pages/a.txt#1 疗休养 4", "pages/a.txt#2 劳模工匠 2", "pages/b.txt#1 职工 4"]
    );
}

#[test]
fn articles_are_in_the_order_of_their_numbers() {
    let record = |number: u32| format!("{{\"id\":\"r{number}\",\"text\":\"职工\"}}\n");
    let records: String = (1..=12).map(record).collect();
    let corpus = Corpus::of(&[("a.jsonl", &records)]);
    let table = corpus.zjgr(&["stats", "a.jsonl", "--by", "article", "--columns", "article", "--no-header"]);
    let expected: Vec<String> = (1..=12).map(|number| format!("a.jsonl:r{number}#{number}")).collect();
    assert_eq!(table.lines().collect::<Vec<_>>(), expected);
    let wide = corpus.zjgr(&["stats", "a.jsonl", "--by", "article", "--wide"]);
    assert!(wide.starts_with(&format!("rank,term,pos,total,{}\n", expected.join(","))), "{wide}");
}

#[test]
fn only_some_parts_of_the_articles() {
    assert_eq!(terms(&["--parts", "headline", "--min-count", "2"]), ["职工"]);
}

#[test]
fn lengths_in_place_of_terms() {
    insta::assert_snapshot!(table(&["--lengths", "--by", "month", "--window", "20"]), @r"
    month,articles,tokens,types,chars,ttr,sttr,mattr,mtld
    2021-03,2,68,48,168,0.7059,0.875,0.8817,66.87
    2022-11,1,27,20,73,0.7407,0.8,0.8313,29.16
    ");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let names: Vec<String> = (0..20).map(|i| format!("{i:02}.txt")).collect();
    let pages = [SPRING, AUTUMN, "记者说，工会、职工与企业。\n", "山区26县的职工\n"];
    let files: Vec<(&str, &str)> =
        names.iter().zip(pages.iter().cycle()).map(|(n, p)| (n.as_str(), *p)).collect();
    let corpus = Corpus::of(&files);
    for more in [&[][..], &["--by", "month"], &["--ngrams", "1-3"], &["--lengths", "--by", "page"]] {
        let on = |threads| corpus.zjgr(&[&["stats", ".", "--threads", threads], more].concat());
        assert_eq!(on("1"), on("2"), "{more:?}");
        assert_eq!(on("1"), on("8"), "{more:?}");
    }
}

#[test]
fn counts_and_dispersion_are_those_of_pythons_jieba() {
    let oracle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle");
    let (text, words) = (format!("{oracle}/stats.txt"), format!("{oracle}/stats-words.txt"));
    let table = corpus().zjgr(&[
        "stats",
        &text,
        "--input-format",
        "lines",
        "--no-builtin-words",
        "--user-dict",
        &words,
        "--stopwords",
        "none",
        "--with",
        "numbers,latin",
        "--format",
        "tsv",
    ]);
    let rows = |table: &str, columns: [usize; 4]| {
        let rows = table.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
        let mut rows: Vec<(String, String, String, f64)> = rows
            .map(|row| columns.map(|at| row[at].to_owned()))
            .map(|[term, count, articles, dispersion]| (term, count, articles, dispersion.parse().unwrap()))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    let expected = rows(&std::fs::read_to_string(format!("{oracle}/stats.tsv")).unwrap(), [0, 1, 2, 3]);
    let counted = rows(&table, [1, 3, 5, 7]);
    assert_eq!(counted.len(), expected.len());
    for (ours, theirs) in counted.iter().zip(&expected) {
        assert_eq!((&ours.0, &ours.1, &ours.2), (&theirs.0, &theirs.1, &theirs.2));
        // Both are rounded to four places, from a fraction and from a sum of whole numbers.
        assert!((ours.3 - theirs.3).abs() < 1.5e-4, "{ours:?} {theirs:?}");
    }
}

#[test]
fn a_term_counts_as_a_whole_word_or_on_request_wherever_its_characters_stand() {
    let text = "全国总工会发文，市总工会响应，职工会议在鄞州区举行，最多三人。\n";
    let corpus = Corpus::of(&[("a.txt", text), ("terms.txt", "总工会\n工会\n全国总工会\n鄞州\n最多\n")]);
    let count = |more: &[&str]| {
        let args = ["stats", "a.txt", "--terms", "terms.txt", "--input-format", "plain"];
        cells(&corpus.zjgr(&[&args, more].concat()), &["term", "count"])
    };
    assert_eq!(count(&[]), ["总工会 1", "工会 0", "全国总工会 1", "鄞州 0", "最多 1"]);
    assert_eq!(count(&["--substring"]), ["总工会 2", "工会 3", "全国总工会 1", "鄞州 1", "最多 1"]);
    let (status, says) = corpus.fails(&["stats", "a.txt", "--substring"]);
    assert_eq!((status, says.contains("--terms")), (2, true), "{says}");
}

#[test]
fn a_term_of_several_words_needs_ngrams_and_is_told_so() {
    let corpus = Corpus::of(&[("a.txt", "推动经济发展。\n"), ("terms.txt", "经济 发展\n经济\n")]);
    let args = ["stats", "a.txt", "--terms", "terms.txt", "--input-format", "plain"];
    let run = corpus.ran(&args);
    assert_eq!(cells(&run.out, &["term", "count"]), ["经济 发展 0", "经济 1"]);
    assert!(
        run.err.contains("经济 发展 is a term of 2 word(s), and is counted with --ngrams 2 only"),
        "{}",
        run.err
    );
    let run = corpus.ran(&[&args[..], &["--ngrams", "1-2"]].concat());
    assert_eq!(cells(&run.out, &["term", "count"]), ["经济 发展 1", "经济 1"]);
    assert_eq!(run.err, "");
}
