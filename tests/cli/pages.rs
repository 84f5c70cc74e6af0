//! `zjgr pages`: newspaper, day and page, wherever they are said.

use super::Folder;

/// What every page here goes on with.
const STORY: &str = "\n机修班夜里抢修水泵\n\n    本报讯 记者丁一平报道 6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n    车间主任说，今年已抢修了12台。\n";

/// The first row of `pages` for a file.
pub(super) fn page(text: &str) -> serde_json::Value {
    let folder = Folder::new().with("p.txt", text);
    let ran = folder.run("pages p.txt --format jsonl");
    let row = ran.out.lines().next().unwrap_or_else(|| panic!("no page in {text}"));
    serde_json::from_str(row).unwrap()
}

#[track_caller]
fn check(head: &str, newspaper: &str, date: &str, number: &str) {
    let row = page(&format!("{head}\n{STORY}"));
    let said = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (said("newspaper"), said("date"), said("page")),
        (newspaper.into(), date.into(), number.into()),
        "{head}"
    );
    assert_eq!(row["articles"], 1, "{head}");
    if !date.is_empty() {
        assert_eq!(row["date_from"], "page", "{head}");
    }
}

#[test]
fn a_masthead_is_read_on_one_line_or_four_in_any_order() {
    for head in [
        "沙湾工人报 2021年6月12日 星期六 第3版",
        "2021年6月12日 星期六 沙湾工人报 第3版",
        "第3版 2021年6月12日 星期六 沙湾工人报",
        "沙湾工人报\n2021年6月12日 星期六 第3版",
        "沙湾工人报\n2021年6月12日\n星期六\n第三版",
        "第三版\n二〇二一年六月十二日\n星期六\n沙湾工人报",
        "03版 车间 沙湾工人报 2021年06月12日 星期六",
        "沙湾工人报 2021/06/12 03版",
        "沙湾工人报 2021-06-12 第03版:车间",
        "《沙湾工人报》（2021年6月12日 第3版）",
        "《 沙湾工人报 》（ 2021年06月12日   03 版）",
        "2021年6月12日沙湾工人报 第3版",
        "3 综合新闻 沙湾工人报 2021年6月12日 星期六",
        "沙湾工人报 | 2021年6月12日 | 星期六 | 第3版 | 责编：白杉 | 美编：陆秋",
        "沙湾工人报  2021年6月12日  星期六  第3版  编辑 白杉 校对 陆秋",
    ] {
        check(head, "沙湾工人报", "2021-06-12", "3");
    }
    check("沙湾工人报 2021年6月12日 A03", "沙湾工人报", "2021-06-12", "A03");
    check("沙 湾 工 人 报\n2 0 2 1 年 6 月 1 2 日", "沙湾工人报", "2021-06-12", "");
    check("沙湾工人报\n星期六 2021年6月12日", "沙湾工人报", "2021-06-12", "");
    check("沙灣日報\n中華民國二十六年六月十二日\n星期六", "沙灣日報", "1937-06-12", "");
    check("沙灣日報 民國26年6月12日 第二版", "沙灣日報", "1937-06-12", "2");
    check("沙灣商報 電子報\n2021年6月12日 星期六", "沙灣商報", "2021-06-12", "");
}

#[test]
fn what_a_site_prints_of_an_article_is_read() {
    check("出版日期：2021年6月12日\n头版\n01", "", "2021-06-12", "1");
    check(
        "当前位置：沙湾新闻网 > 新闻中心 > 正文\n来源：沙湾工人报 2021-06-12 09:12:33",
        "沙湾工人报",
        "2021-06-12",
        "",
    );
    check("您的位置：首页 > 要闻\n稿源：沙湾工人报 2021-06-12 09:12", "沙湾工人报", "2021-06-12", "");
    check("发布时间：2021-06-12 来源：沙湾工人报 作者：白杉", "沙湾工人报", "2021-06-12", "");
    check("发布时间：2021年06月12日 09:12 浏览次数：128 字体：[大 中 小]", "", "2021-06-12", "");
}

#[test]
fn the_day_of_a_visit_or_a_scan_is_not_the_day_of_issue() {
    check("沙湾工人报官方网站 今天是2024年1月5日 星期五\n出版日期：2021年6月12日", "", "2021-06-12", "");
    check("沙湾工人报 2021年6月12日 第3版\n扫描日期：2024年1月5日", "沙湾工人报", "2021-06-12", "3");
    check("今天是\n2024年1月5日 星期五", "", "", "");
    check("访问时间：2024-01-05", "", "", "");
}

#[test]
fn what_a_database_calls_itself_is_no_headline() {
    for head in [
        "江海报刊全文数据库\n沙湾工人报 2021年6月12日 第3版",
        "中国近代报刊库 大报编\n沙湾工人报 2021年6月12日 第3版",
        "中国重要报纸全文数据库\n《沙湾工人报》2021年6月12日 第003版 综合新闻",
        "慧科新闻检索\n沙湾工人报 | 2021-06-12\n报章 | 综合新闻 | 3版",
        "WiseNews 慧科新聞\n沙湾工人报 | 2021-06-12 | 03",
        "读秀报纸\n报纸名称：沙湾工人报 出版日期：2021.06.12 版号：03",
        "江海图书馆 数字报纸阅览系统\n报纸名称：沙湾工人报\n出版日期：2021年6月12日\n版次：第3版",
        "沙湾数字档案馆\n检索结果\n沙湾工人报 2021年6月12日 03版",
    ] {
        let row = page(&format!("{head}\n{STORY}"));
        assert_eq!(
            (&row["newspaper"], &row["date"], &row["page"], &row["articles"]),
            (&"沙湾工人报".into(), &"2021-06-12".into(), &"3".into(), &1.into()),
            "{head}"
        );
    }
    let headline = |text: &str| {
        let ran = Folder::new().with("p.txt", text).run("articles p.txt --format jsonl --columns headline");
        ran.out.lines().next().unwrap_or_default().to_owned()
    };
    let story = "机修班夜里抢修水泵\n【来源】沙湾工人报\n【日期】2021-06-12\n【版次】3\n\n    本报讯 记者丁一平报道 6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n";
    assert!(headline(&format!("全国报刊索引\n{story}")).contains("机修班夜里抢修水泵"));
    let own =
        "全县建成职工数据库\n\n    本报讯 记者丁一平报道 6月11日，全县建成职工数据库，录入职工三万人。\n";
    assert!(headline(own).contains("全县建成职工数据库"), "a headline that ends like one stays");
    let dated = own.replacen('\n', "\n来源：沙湾工人报 2021-06-12\n", 1);
    assert!(headline(&dated).contains("全县建成职工数据库"), "above the day too");
}

#[test]
fn of_several_kinds_of_days_that_of_issue_counts() {
    for head in [
        "更新日期：2024年1月5日 发布日期：2021年6月12日 来源：沙湾工人报",
        "发布日期：2021年6月12日 更新日期：2024年1月5日 来源：沙湾工人报",
        "更新时间：2024-01-05\n来源：沙湾工人报 2021-06-12",
        "入藏日期：2024-01-05\n见报日期：2021-06-12\n报纸：沙湾工人报",
        "修改时间：2024-01-05 10:20:30\n发表时间：2021-06-12 08:00:00\n来源：沙湾工人报",
        "校对日期：2024-01-05\n沙湾工人报 2021年6月12日",
        "拍摄日期：2024-01-05\n沙湾工人报 2021年6月12日",
        "建档时间：2024年1月5日\n沙湾工人报 2021年6月12日",
        "OCR日期：2024-01-05\n沙湾工人报 2021年6月12日",
        "网页快照时间：2024-01-05\n沙湾工人报 2021年6月12日",
        "上网日期：2024-01-05\n沙湾工人报 2021年6月12日",
        "访问于 2024年1月5日\n沙湾工人报 2021年6月12日",
        "下载于2024年1月5日\n沙湾工人报 2021年6月12日",
        "Last updated: 2024-01-05\n沙湾工人报 2021年6月12日",
        "Accessed 5 January 2024\n沙湾工人报 2021年6月12日",
    ] {
        let row = page(&format!("{head}\n{STORY}"));
        let said = (&row["newspaper"], &row["date"], &row["articles"]);
        assert_eq!(said, (&"沙湾工人报".into(), &"2021-06-12".into(), &1.into()), "{head}");
    }
    check("沙湾工人报 2021年6月12日 第3版\n数字化时间：2024-01-05", "沙湾工人报", "2021-06-12", "3");
    for foot in
        ["访问日期：2024-01-05", "最后更新：2024-01-05", "更新于2024年1月5日", "录入时间 2024-01-05 10:20"]
    {
        let row = page(&format!("{STORY}\n{foot}\n"));
        assert_eq!(row["date"], serde_json::Value::Null, "{foot}");
    }
}

#[test]
fn a_count_of_readers_is_no_page() {
    check("发布时间: 2021-06-12 08:30 信息来源: 沙湾工人报 阅读次数: 77", "沙湾工人报", "2021-06-12", "");
    check("日期：2021-6-12 版次：03 版名：综合新闻 报纸：沙湾工人报", "沙湾工人报", "2021-06-12", "3");
    check("B2·副刊\n2021年6月12日 星期六\n沙湾工人报", "沙湾工人报", "2021-06-12", "B2");
    check("中华民国三十六年九月四日 星期四\n沙湾日报 第二版", "沙湾日报", "1947-09-04", "2");
}

/// Two pages of a digital edition in one file.
const TWO_PAGES: &str = "沙湾工人报 数字报纸\n\n00002版：车间\n\n机修班夜里抢修水泵\n\n　　本报讯 记者丁一平报道 6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n\n沙湾工人报 车间 00002 机修班夜里抢修水泵 2021-06-12 2 2021年06月12日 星期六\n\n\n沙湾工人报 数字报纸\n\n00004版：副刊\n\n夜校门口的灯\n\n　　夜校门口的灯又亮了，一百多个工人在灯下走进课堂，坐得满满当当。\n\n沙湾工人报 副刊 00004 夜校门口的灯 2022-01-20 4 2022年01月20日 星期四\n";

#[test]
fn header_lines_and_front_matter_say_what_the_page_does_not() {
    let text = "标题：机修班夜里抢修水泵\n日期：2021年6月12日\n来源：沙湾工人报\n版次：第3版\n作者：白杉\n正文：\n6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n";
    let yaml = "---\ntitle: \"机修班夜里抢修水泵\"\ndate: 2021-06-12\nnewspaper: 沙湾工人报\npage: 3\n---\n\n6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n";
    let brackets = "【标题】机修班夜里抢修水泵\n【报纸】沙湾工人报\n【日期】2021.06.12\n【版次】03\n\n6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n";
    for text in [text, yaml, brackets] {
        let row = page(text);
        assert_eq!(row["date"], "2021-06-12", "{text}");
        assert_eq!((&row["newspaper"], &row["page"]), (&"沙湾工人报".into(), &"3".into()), "{text}");
        assert_eq!((&row["date_from"], &row["articles"]), (&"header".into(), &1.into()), "{text}");
        let articles = Folder::new().with("p.txt", text).run("articles p.txt --format jsonl");
        assert!(articles.out.contains("\"headline\":\"机修班夜里抢修水泵\""), "{}", articles.out);
    }
}

#[test]
fn header_lines_name_kicker_and_subhead() {
    let text = "引题：三个班组轮着上\n标题：机修班夜里抢修水泵\n副题：清早全部送回车间\n日期：2021年6月12日\n\n　　本报讯 6月11日夜里，沙湾机修班抢修水泵3台。\n";
    let article = Folder::new().with("p.txt", text).run("articles p.txt --format jsonl");
    let article: serde_json::Value = serde_json::from_str(&article.out).unwrap();
    assert_eq!(article["kicker"], "三个班组轮着上");
    assert_eq!(article["headline"], "机修班夜里抢修水泵");
    assert_eq!(article["subhead"], "清早全部送回车间");
}

#[test]
fn the_path_fills_in_and_flags_outrank_the_page() {
    let dated = format!("沙湾工人报 2021年6月12日 第3版\n{STORY}");
    let folder =
        Folder::new().with("沙湾工人报/20230317-01.txt", STORY).with("沙湾工人报/20230317-02.txt", dated);
    let ran = folder.run("pages 沙湾工人报");
    assert!(ran.out.contains("沙湾工人报,2023-03-17,1,,path"), "{}", ran.out);
    assert!(ran.out.contains("沙湾工人报,2021-06-12,3,,page"), "{}", ran.out);
    let ran = folder.run("pages 沙湾工人报 --path-pattern {newspaper}/{date}-{page}");
    assert!(ran.out.contains("沙湾工人报,2023-03-17,2,,pattern"), "{}", ran.out);
    let ran = folder.run("pages 沙湾工人报 --path-pattern {date}-{page} --set-date 1963-03-17 --set-newspaper 某报 --set-page A1");
    assert_eq!(ran.out.matches("某报,1963-03-17,A1,,set").count(), 2, "{}", ran.out);
    let ran = folder.run("pages 沙湾工人报 --path-pattern {year}/{date}");
    assert!(ran.err.contains("fits none of 2 path(s)"), "{}", ran.err);
    let ran = folder.run("pages 沙湾工人报 --path-pattern {paper}");
    assert!(ran.err.contains("{newspaper}"), "{}", ran.err);
}

#[test]
fn a_record_outranks_the_page_and_the_path() {
    let record =
        format!("{{\"text\": \"{}\", \"date\": \"2020-01-02\"}}\n{{\"text\": \"水泵3台\"}}\n", "水泵12台");
    let folder = Folder::new().with("20230317.jsonl", record);
    let ran = folder.run("pages 20230317.jsonl");
    assert!(ran.out.contains(",2020-01-02,,,record"), "{}", ran.out);
    assert!(ran.out.contains(",2023-03-17,,,path"), "{}", ran.out);
}

#[test]
fn a_day_is_put_together_from_what_stands_apart() {
    for head in [
        "2021.6 星期六\n12\n农历辛丑年五月初三\n沙湾都市报",
        "二〇二一年\n六月\n十二日\n星期六\n沙湾都市报",
        "沙湾都市报 2021年第24期 6月12日出版",
        "沙湾都市报(2021-06-12 第3版)",
        "沙湾都市报 20210612 第03版",
        "报纸：沙湾都市报　出版日期：20210612　版次：3",
        "2021年06月12日 星期六 放大 缩小 默认\n沙湾都市报 第3版：车间",
        "沙湾都市报 2021年6月 12日 星期六 03版 CHEJIAN 车间",
    ] {
        let paged = ["第3版", "03版", "版次"].iter().any(|word| head.contains(word));
        let number = if paged { "3" } else { "" };
        check(head, "沙湾都市报", "2021-06-12", number);
    }
}

#[test]
fn the_papers_of_the_young_are_papers() {
    check("沙湾青年报2021年6月12日星期六要闻02", "沙湾青年报", "2021-06-12", "2");
    check("02要闻2021年6月12日星期六沙湾青年报", "沙湾青年报", "2021-06-12", "2");
    check("《沙湾青年报》\n2021年6月12日 星期六", "沙湾青年报", "2021-06-12", "");
}

#[test]
fn each_article_of_a_file_has_its_own_day_and_page() {
    let folder = Folder::new().with("two.txt", TWO_PAGES);
    let ran = folder.run("pages two.txt -v");
    assert_eq!(
        ran.cells(["date", "page", "section", "articles"]),
        [["2021-06-12", "2", "车间", "1"], ["2022-01-20", "4", "副刊", "1"]]
    );
    assert!(ran.err.contains("holds 2 pages of 2 day(s)"), "{}", ran.err);
    let later = folder.run("articles two.txt --since 2022 --format jsonl");
    assert_eq!(later.out.lines().count(), 1);
    assert!(later.out.contains("夜校门口的灯"));
    let by_page = folder.run("stats two.txt --by page");
    assert!(by_page.out.contains("two.txt:2022-01-20:4,"), "{}", by_page.out);
    let by_file = folder.run("stats two.txt --by file");
    assert!(by_file.out.contains("two.txt,"), "{}", by_file.out);
}
