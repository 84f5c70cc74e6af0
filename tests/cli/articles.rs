//! `zjgr articles`: where articles begin and end, and what each has of its own.

use super::Folder;
use super::pages::page;

#[test]
fn a_line_between_headline_and_text_does_not_cut_the_article() {
    for line in [
        "《沙湾工人报》（2021年6月12日 03版）",
        "来源：沙湾工人报  2021-06-12 07:12",
        "沙湾工人报 2021年6月12日 第3版",
    ] {
        let text = format!(
            "机修班夜里抢修水泵\n{line}\n\n　　6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n　　今年已抢修了12台。\n"
        );
        let row = page(&text);
        assert_eq!((row["date"].as_str(), row["articles"].as_u64()), (Some("2021-06-12"), Some(1)), "{line}");
        let articles = Folder::new().with("p.txt", &text).run("articles p.txt --format jsonl");
        assert!(articles.out.contains("\"headline\":\"机修班夜里抢修水泵\""), "{line}: {}", articles.out);
    }
}

#[test]
fn the_furniture_of_sites_is_no_article() {
    let text = "首页 | 新闻中心 | 要闻 | 图片 | 视频\n您当前的位置 : 沙湾网  >  新闻中心  >  图片新闻\n\n机修班夜里抢修水泵\n稿源: 沙湾晚报   2021-06-12 07:43:44\n\n　　6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n\n编辑: 白杉\n上篇 下篇\n放大 缩小 默认\n跟帖评论自律管理承诺书  不良信息举报电话：0999-8733000\n";
    let folder = Folder::new().with("p.txt", text);
    let articles = folder.run("articles p.txt --format jsonl");
    assert_eq!(articles.out.lines().count(), 1, "{}", articles.out);
    assert!(articles.out.contains("\"headline\":\"机修班夜里抢修水泵\""), "{}", articles.out);
}

#[test]
fn what_a_writer_is_says_more_than_that_somebody_wrote() {
    let text = "机修班夜里抢修水泵\n2021-06-12 来源：沙湾晚报\n作者：白杉 丁一平\n\n　　本报讯（记者白杉 通讯员丁一平）6月11日夜里，沙湾机修班抢修水泵3台，清早全部送回车间。\n";
    let articles = Folder::new().with("p.txt", text).run("articles p.txt --format jsonl");
    let article: serde_json::Value = serde_json::from_str(&articles.out).unwrap();
    assert_eq!(article["bylines"], serde_json::json!([["记者", "白杉"], ["通讯员", "丁一平"]]));
}
