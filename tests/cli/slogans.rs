//! `zjgr slogans`: how often each slogan is used, and where.

use super::Corpus;

/// A page whose lines are cut at the column edge, so that slogans are broken.
const PAGE: &str = "\
江东工人报
2021年3月2日 星期二
总第1200号

“浙工赛”点燃夏日车间

本报讯 记者程远报道 昨天，全省“浙工赛”在江东启动，参赛职工说，“浙
工赛”比的是技能，赢的是干劲。市总工会介绍，今年还将推出“浙工惠”服务，贯彻
落实全会精神，把“三治”融合的经验用到企业里，让职工在家门口就能享受到党的二十
大精神带来的实惠。

車間裡的山區26縣

本报讯 记者程远报道 一批来自山区26县的青年走进车间，他们中最小的只有十四
五岁就开始学艺。
";

/// Another issue of the paper.
const LATER: &str = "\
江东工人报
2022年11月9日 星期三
总第1610号

代表热议二十大

本报讯 记者林溪报道 二十大代表走进车间谈“浙工惠”，职工们听得入神。
";

const PLAIN: &str = "贯彻二十大精神\n学习二十大\n";

fn corpus() -> Corpus {
    Corpus::of(&[("pages/a.txt", PAGE), ("pages/b.txt", LATER)])
}

#[test]
fn a_row_for_every_slogan_that_occurs_in_the_order_of_the_lexicon() {
    insta::assert_snapshot!(corpus().zjgr(&["slogans", "pages"]), @"
    slogan,family,count,articles,pages,in_headlines,quoted,per_10k_chars,first_date,last_date
    浙工赛,浙工,3,1,1,1,3,134.5291,2021-03-02,2021-03-02
    浙工惠,浙工,2,2,2,0,2,89.6861,2021-03-02,2022-11-09
    二十大,大会,2,1,1,1,0,89.6861,2022-11-09,2022-11-09
    二十大精神,大会,1,1,1,0,0,44.843,2021-03-02,2021-03-02
    山区26县,山区海岛,2,1,1,1,0,89.6861,2021-03-02,2021-03-02
    三治融合,治理,1,1,1,0,1,44.843,2021-03-02,2021-03-02
    ");
}

#[test]
fn a_slogan_broken_at_the_column_edge_counts_and_stands_where_it_starts() {
    let table = corpus().zjgr(&["slogans", "pages/a.txt", "--slogan", "浙工赛", "--mentions"]);
    insta::assert_snapshot!(table, @r"
    file,id,date,page,section,article,headline,line,column,slogan,form,context
    pages/a.txt,,2021-03-02,,,1,“浙工赛”点燃夏日车间,5,2,浙工赛,浙工赛,“浙工赛”点燃夏日车间
    pages/a.txt,,2021-03-02,,,1,“浙工赛”点燃夏日车间,7,18,浙工赛,浙工赛,本报讯记者程远报道昨天，全省“浙工赛”在江东启动，参赛职工说，“浙工赛”比的
    pages/a.txt,,2021-03-02,,,1,“浙工赛”点燃夏日车间,7,35,浙工赛,浙工赛,全省“浙工赛”在江东启动，参赛职工说，“浙工赛”比的是技能，赢的是干劲。市总工会介绍，
    ");
}

#[test]
fn what_is_asked_for_by_name_counts_inside_a_longer_one_too() {
    let corpus = Corpus::of(&[("a.txt", PLAIN)]);
    let count = |args: &[&str]| {
        let all = [&["slogans", "a.txt", "--input-format", "plain"], args].concat();
        counts(&corpus.zjgr(&all))
    };
    assert_eq!(count(&["--slogan", "二十大"]), ["二十大 2"]);
    assert_eq!(count(&["--slogan", "二十大精神", "--slogan", "二十大"]), ["二十大精神 1", "二十大 2"]);
}

#[test]
fn a_slogan_may_be_given_with_its_variants() {
    let table = corpus().zjgr(&["slogans", "pages", "--slogan", "浙工=浙工赛,浙工惠"]);
    assert_eq!(counts(&table), ["浙工 5"]);
}

#[test]
fn zero_rows_are_kept_on_request() {
    let some = corpus().zjgr(&["slogans", "pages"]);
    let all = corpus().zjgr(&["slogans", "pages", "--all"]);
    assert!(!some.contains("五水共治"));
    assert!(all.contains("五水共治,治水治城,0,0,0,0,0,0,,"), "{all}");
}

#[test]
fn counted_apart_by_month_long_and_wide() {
    let asked = ["slogans", "pages", "--slogan", "浙工惠", "--slogan", "二十大", "--by", "month"];
    insta::assert_snapshot!(corpus().zjgr(&asked), @r"
    month,slogan,family,count,articles,pages,in_headlines,quoted,per_10k_chars,first_date,last_date
    2021-03,浙工惠,浙工,1,1,1,0,1,54.6448,2021-03-02,2021-03-02
    2021-03,二十大,大会,1,1,1,0,0,54.6448,2021-03-02,2021-03-02
    2022-11,浙工惠,浙工,1,1,1,0,1,250,2022-11-09,2022-11-09
    2022-11,二十大,大会,2,1,1,1,0,500,2022-11-09,2022-11-09
    ");
    insta::assert_snapshot!(corpus().zjgr(&[&asked[..], &["--wide"]].concat()), @"
    slogan,family,total,2021-03,2021-04,2021-05,2021-06,2021-07,2021-08,2021-09,2021-10,2021-11,2021-12,2022-01,2022-02,2022-03,2022-04,2022-05,2022-06,2022-07,2022-08,2022-09,2022-10,2022-11
    浙工惠,浙工,2,1,,,,,,,,,,,,,,,,,,,,1
    二十大,大会,3,1,,,,,,,,,,,,,,,,,,,,2
    ");
}

#[test]
fn a_lexicon_of_ones_own_replaces_the_one_that_comes_along_or_adds_to_it() {
    let corpus = Corpus::of(&[
        ("a.txt", PAGE),
        ("mine.toml", "[[slogan]]\nname = \"技能\"\nfamily = \"人才\"\nvariants = [\"学艺\"]\n"),
        ("mine.txt", "# a list\n车间\n"),
    ]);
    assert_eq!(counts(&corpus.zjgr(&["slogans", "a.txt", "--lexicon", "mine.toml"])), ["技能 2"]);
    let both = corpus.zjgr(&["slogans", "a.txt", "--lexicon", "builtin", "--lexicon", "mine.txt"]);
    assert!(both.contains("浙工赛,浙工,") && both.contains("车间,车间,"), "{both}");
}

#[test]
fn the_lexicon_is_printed_to_be_edited() {
    let corpus = Corpus::of(&[("a.txt", PAGE)]);
    let printed = corpus.zjgr(&["slogans", "--print-lexicon"]);
    let again = Corpus::of(&[("a.txt", PAGE), ("mine.toml", &printed)]);
    assert_eq!(
        again.zjgr(&["slogans", "a.txt", "--lexicon", "mine.toml"]),
        corpus.zjgr(&["slogans", "a.txt"])
    );
}

#[test]
fn a_bad_lexicon_is_named_with_its_line() {
    let corpus = Corpus::of(&[("a.txt", PAGE), ("mine.toml", "[[slogan]]\nname = \"甲\"\nkind = \"乙\"\n")]);
    let (status, says) = corpus.fails(&["slogans", "a.txt", "--lexicon", "mine.toml"]);
    assert_eq!(status, 1);
    assert!(says.contains("mine.toml:3: unknown field `kind`"), "{says}");
}

#[test]
fn only_headlines_are_searched_on_request() {
    let table = corpus().zjgr(&["slogans", "pages", "--slogan", "浙工赛", "--parts", "headline"]);
    assert_eq!(counts(&table), ["浙工赛 1"]);
    let (status, says) = corpus().fails(&["slogans", "pages", "--parts", "masthead"]);
    assert_eq!(status, 2);
    assert!(says.contains("the parts of an article are column, kicker"), "{says}");
}

#[test]
fn any_number_of_threads_gives_the_same_table() {
    let names: Vec<String> = (0..12).map(|i| format!("{i:02}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), PAGE)).collect();
    let corpus = Corpus::of(&files);
    let on = |threads: &str| corpus.zjgr(&["slogans", ".", "--by", "article", "--threads", threads]);
    assert_eq!(on("1"), on("2"));
    assert_eq!(on("1"), on("8"));
}

/// `slogan count` of every row.
fn counts(table: &str) -> Vec<String> {
    let rows = table.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|cells| format!("{} {}", cells[0], cells[2])).collect()
}

#[test]
fn of_a_family_the_longest_that_overlaps_counts_wherever_it_starts() {
    let lexicon = "[[slogan]]\nname = \"全面小康\"\nfamily = \"小康\"\n\
                   [[slogan]]\nname = \"小康社会建设\"\nfamily = \"小康\"\n";
    let corpus = Corpus::of(&[("a.txt", "推进全面小康社会建设\n决胜全面小康\n"), ("mine.toml", lexicon)]);
    let table = corpus.zjgr(&["slogans", "a.txt", "--input-format", "plain", "--lexicon", "mine.toml"]);
    assert_eq!(counts(&table), ["全面小康 1", "小康社会建设 1"]);
}

#[test]
fn a_slogan_is_no_piece_of_another_word_nor_of_a_number() {
    let text = "第六保障中队赶到现场。\n守住六保底线。\n他是第三个代表。\n重温三个代表。\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let count = |args: &[&str]| {
        counts(&corpus.zjgr(&[&["slogans", "a.txt", "--input-format", "plain"], args].concat()))
    };
    let mut found = count(&[]);
    found.sort_unstable();
    assert_eq!(found, ["三个代表 1", "六保 1"]);
    assert_eq!(count(&["--slogan", "六保"]), ["六保 1"]);
}

#[test]
fn the_parts_of_a_slogan_may_be_divided_in_any_way() {
    let text =
        "牢记“学思想，强党性，重实践，建新功”\n学思想、强党性、重实践、建新功\n学思想强党性重实践建新功\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let table = corpus.zjgr(&["slogans", "a.txt", "--input-format", "plain"]);
    assert_eq!(counts(&table), ["学思想、强党性、重实践、建新功 3"]);
}

#[test]
fn only_what_is_quoted_counts_on_request() {
    let text = "打造\"浙工惠\"品牌，浙工惠上线了。\n“浙工赛”与浙工赛\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let zjgr = |args: &[&str]| {
        corpus.zjgr(&[&["slogans", "a.txt", "--input-format", "plain", "--quoted-only"], args].concat())
    };
    assert_eq!(counts(&zjgr(&[])), ["浙工赛 1", "浙工惠 1"]);
    let mentions = zjgr(&["--mentions", "--columns", "line,column,slogan"]);
    assert_eq!(mentions, "line,column,slogan\n1,4,浙工惠\n2,2,浙工赛\n");
}

#[test]
fn discovery_sees_straight_quotes_blanks_parts_long_ones_and_words_of_the_dictionary() {
    let text = "推进\"邻工汇\"工作。\n“邻家工友 一路同行”\n“学技术、强本领、重实干、创佳绩”活动。\n\
                弘扬“为城市万家灯火守夜的人”精神。\n谈“马拉松”，再谈“马拉松”。\n三访四清好，三访四清难。\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let found = |args: &[&str]| {
        let asked = ["slogans", "a.txt", "--input-format", "plain", "--discover", "--columns", "candidate"];
        let mut found: Vec<String> =
            corpus.zjgr(&[&asked, args].concat()).lines().skip(1).map(str::to_owned).collect();
        found.sort_unstable();
        found
    };
    let quoted = ["为城市万家灯火守夜的人", "学技术、强本领、重实干、创佳绩", "邻工汇", "马拉松"];
    let mut all = [&["三访四清"], &quoted[..]].concat();
    all.sort_unstable();
    assert_eq!(found(&[]), all);
    assert_eq!(found(&["--quoted-only"]), quoted);
}

#[test]
fn discovery_reads_once_so_a_pipe_will_do() {
    let text = "打造“邻工汇”工作品牌。\n弘扬“邻工汇”精神。\n";
    let corpus = Corpus::of(&[("a.txt", text)]);
    let named = corpus.zjgr(&["slogans", "a.txt", "--discover"]);
    assert!(named.contains("邻工汇"), "{named}");
    let piped = corpus.0.zjgr("slogans - --discover").write_stdin(text).output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), named);
}
