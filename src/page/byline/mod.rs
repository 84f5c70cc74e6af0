//! Bylines, datelines and credits: who wrote it, who took the picture, where the story came from.

mod credit;
mod lead;
mod names;
mod tokens;
mod work;

pub(super) use credit::{body, cited, credit, sign_off, signature, signer, trailing, without_left_over};
pub(super) use lead::{lead, wire};
pub(super) use names::bare_name;
pub(super) use work::works;

use super::Byline;

/// The phrase that a story opens with: `本报讯 记者甲报道`, `新华社北京2月24日电（记者甲、乙）`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lead {
    /// The agency or paper it names.
    pub(super) source: Option<String>,
    /// Place and date as printed.
    pub(super) dateline: Option<String>,
    /// Who is named.
    pub(super) people: People,
}

/// Who is named in a byline or a credit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Who wrote, in print order.
    pub(super) bylines: Vec<Byline>,
    /// Who took pictures, in print order.
    pub(super) photographers: Vec<String>,
    /// The paper or agency that is named with a role (本报 in 本报记者).
    pub(super) source: Option<String>,
}

/// How far into a paragraph a byline is looked for, in characters.
const REACH: usize = 90;

/// The text inside the bracket that `text` opens with, and what follows the bracket.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close: &[char] = match open {
        '（' | '(' => &['）', ')'],
        '【' => &['】'],
        '〔' | '[' | '［' => &['〕', ']', '］'],
        '〈' => &['〉'],
        _ => return None,
    };
    let inner = &text[open.len_utf8()..];
    let end = inner.char_indices().take(REACH).find(|(_, c)| close.contains(c))?;
    Some((&inner[..end.0], &inner[end.0 + end.1.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::super::page_words::{BylineWords, PageWords};
    use super::*;

    fn words() -> BylineWords {
        PageWords::built_in().byline.clone()
    }

    fn bylines(people: &People) -> Vec<(&str, &str)> {
        people.bylines.iter().map(|b| (b.role.as_str(), b.name.as_str())).collect()
    }

    /// Source, dateline, bylines, photographers of the phrase that a text opens with.
    fn opened(text: &str) -> Option<(Option<String>, Option<String>, String, String)> {
        let found = lead(text, &words())?;
        let people =
            bylines(&found.people).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
        Some((found.source, found.dateline, people, found.people.photographers.join(" ")))
    }

    #[track_caller]
    fn check(text: &str, source: &str, dateline: &str, people: &str, photographers: &str) {
        let (s, d, p, f) = opened(text).unwrap_or_else(|| panic!("no byline in {text}"));
        assert_eq!(
            (s.unwrap_or_default().as_str(), d.unwrap_or_default().as_str(), p.as_str(), f.as_str()),
            (source, dateline, people, photographers),
            "{text}"
        );
    }

    #[test]
    fn reads_bylines_in_the_forms_papers_use() {
        check("本报讯 记者丁一平报道 昨天下午,", "本报", "", "记者=丁一平", "");
        check("本报讯 丁一平、王小二报道 近日,", "本报", "", "通讯员=丁一平 通讯员=王小二", "");
        check("本报讯 （记者 丁一平 通讯员 王二） 今天", "本报", "", "记者=丁一平 通讯员=王二", "");
        check("本报杭州7月20日讯 （记者 丁一平） 今天", "本报", "杭州7月20日讯", "记者=丁一平", "");
        check(
            "新华社北京2月24日电（记者丁一平、王小二）中国",
            "新华社",
            "北京2月24日电",
            "记者=丁一平 记者=王小二",
            "",
        );
        check("据新华社北京2月24日电 中国", "新华社", "北京2月24日电", "", "");
        check("本报记者 丁一平报道 为了", "本报", "", "记者=丁一平", "");
        check("记者丁一平报道 “山区", "", "", "记者=丁一平", "");
        check("通讯员丁一平 记者王小二 摄影报道 5月", "", "", "通讯员=丁一平 记者=王小二", "丁一平 王小二");
        check("本报讯(见习记者 丁一平)昨天", "本报", "", "见习记者=丁一平", "");
        check("本报北京今日电 外交部", "本报", "北京今日电", "", "");
        check("〔記者王小明／台北報導〕行政院", "", "台北報導", "記者=王小明", "");
        check("本报综合消息 今天", "本报", "", "", "");
        check("海岱网讯 近日,", "海岱网", "", "", "");
        check("【濠灣商報訊】記者丁一平報道：工聯", "濠灣商報", "", "記者=丁一平", "");
        check("越溪电视台讯（记者 丁一平）今天", "越溪电视台", "", "记者=丁一平", "");
        check("（記者丁一平台北十三日電）工聯", "", "台北十三日電", "記者=丁一平", "");
        check("（中央社記者丁一平越溪17日電）今天", "中央社", "越溪17日電", "記者=丁一平", "");
        check("【本报讯】昨日", "本报", "", "", "");
        check("记者 丁一平 通讯员 王小二 今年夏天,", "", "", "记者=丁一平 通讯员=王小二", "");
    }

    #[test]
    fn running_text_has_no_byline() {
        for text in [
            "记者昨日从市总工会获悉,",
            "本报将于明日起改版,",
            "记者在现场看到,工人们",
            "本报电话受理时间",
            "新华社记者走进车间,看到",
            "人民日报评论员文章指出,",
            "简讯一束",
            "本报特约记者 丁一平 本报通讯员 王小二 石羽 摄",
        ] {
            assert_eq!(opened(text), None, "{text}");
        }
    }

    #[test]
    fn reads_credits() {
        let check = |text: &str, people: &str, photographers: &str| {
            let found = credit(text, &words()).unwrap_or_else(|| panic!("no credit in {text}"));
            let said = bylines(&found).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
            assert_eq!(
                (said.as_str(), found.photographers.join(" ").as_str()),
                (people, photographers),
                "{text}"
            );
        };
        check("记者丁一平 摄", "", "丁一平");
        check("通讯员丁一平、王小二 摄", "", "丁一平 王小二");
        check("□ 丁一平", "=丁一平", "");
        check("■本报记者 丁一平", "记者=丁一平", "");
        check("文 丁一平 图 王小二", "文=丁一平 图=王小二", "王小二");
        check("记者 丁一平 通讯员 王小二 文/摄", "记者=丁一平 通讯员=王小二", "丁一平 王小二");
        check("丁一平 王小二 摄", "", "丁一平 王小二");
        check("丁一平摄", "", "丁一平");
        check("新华社发（丁一平摄）", "", "丁一平");
        check("（记者 丁 平）", "记者=丁平", "");
        check("（记者 丁 一平 通讯员 王小 二）", "记者=丁一平 通讯员=王小二", "");
        check("摄影：王小二", "", "王小二");
        check("□ 本报评论员", "", "");
    }

    #[test]
    fn names_and_places_may_have_nothing_between() {
        check("【記者丁大偉屏東報導】東港", "", "屏東報導", "記者=丁大偉", "");
        check("【本報記者丁怡紐約報導】紐約", "本報", "紐約報導", "記者=丁怡", "");
        check("〔記者丁大偉台中訊〕寒流", "", "台中訊", "記者=丁大偉", "");
        check("本報記者丁子怡／法拉盛報導　圖書館", "本報", "法拉盛報導", "記者=丁子怡", "");
        check("記者丁大偉╱台東訊 昨天", "", "台東訊", "記者=丁大偉", "");
        check("記者丁大偉／綜合報導 昨天", "", "", "記者=丁大偉", "");
        check("本報記者丁怡洛杉磯報導 昨天", "本報", "洛杉磯報導", "記者=丁怡", "");
    }

    #[test]
    fn pen_names_and_groups_sign() {
        for (line, people) in [
            ("（老茶客）", "=老茶客"),
            ("大碗茶", "=大碗茶"),
            ("（卫　民）", "=卫民"),
            ("渔工　海　浪", "=海浪"),
            ("太平　李顺发", "=李顺发"),
            ("丁一 王二", "=丁一 =王二"),
            ("古道（中學教師）", "=古道"),
            ("（市化工局报道组）", "=市化工局报道组"),
        ] {
            let found = signer(line, &words()).unwrap_or_else(|| panic!("nobody signs in {line}"));
            let said = bylines(&found).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
            assert_eq!(said, people, "{line}");
        }
        let signed = signer("罗布·才旺（藏族）", &words()).unwrap();
        assert_eq!(bylines(&signed), [("", "罗布·才旺")]);
        let signed = body("（机务段工会）", &words()).unwrap();
        assert_eq!(bylines(&signed), [("", "机务段工会")]);
        assert_eq!(signer("（未完待续）", &words()), None);
        assert_eq!(body("（未完待续）", &words()), None);
        let signed = credit("（上寨大队通讯组）", &words()).unwrap();
        assert_eq!(bylines(&signed), [("", "上寨大队通讯组")]);
        let taken = credit("摄影：本报记者 丁一平", &words()).unwrap();
        assert_eq!(bylines(&taken), []);
        assert_eq!(taken.photographers, ["丁一平"]);
    }

    #[test]
    fn a_line_of_data_says_who_wrote() {
        let authors = ["作者".to_owned()];
        for (line, people) in [
            ("2018-10-25 08:16 来源：沙湾日报 作者：丁一平 浏览次数：356", "作者=丁一平"),
            ("作者: 记者 丁一平 通讯员 王小二 来源: 沙湾日报", "记者=丁一平 通讯员=王小二"),
            ("2015-03-17 08:21 | 来源: 沙湾日报 | 记者 丁一平 通讯员 王小二", "记者=丁一平 通讯员=王小二"),
            ("沙湾日报 2023-05-04 作者：丁一平", "作者=丁一平"),
        ] {
            let found = cited(line, &authors, &words()).unwrap_or_default();
            let said = bylines(&found).iter().map(|(r, n)| format!("{r}={n}")).collect::<Vec<_>>().join(" ");
            assert_eq!(said, people, "{line}");
        }
        for line in ["沙湾日报 2023年5月4日 第3版", "作者：", "作者：2018", "要闻 | 沙湾日报"]
        {
            assert_eq!(cited(line, &authors, &words()), None, "{line}");
        }
    }

    #[test]
    fn headlines_are_no_credits() {
        for text in [
            "从学徒到记者",
            "开心做灯笼",
            "党性 传后人",
            "记者走进直播间",
            "手机一扫 后厨直播",
            "摄影大赛开幕",
        ] {
            assert_eq!(credit(text, &words()), None, "{text}");
        }
    }

    #[test]
    fn reads_what_ends_a_paragraph() {
        let found = trailing("包汤圆、做灯笼。通讯员丁一平 摄", &words()).unwrap();
        assert_eq!(found.photographers, ["丁一平"]);
        let found = trailing("大家都说好。（记者 丁一平）", &words()).unwrap();
        assert_eq!(bylines(&found), [("记者", "丁一平")]);
        let found = trailing("许多人来自外地。记者 丁一平 通讯员 王小二", &words()).unwrap();
        assert_eq!(bylines(&found), [("记者", "丁一平"), ("通讯员", "王小二")]);
        let found = trailing("复印了几十份。 读者 丁一平", &words()).unwrap();
        assert_eq!(bylines(&found), [("读者", "丁一平")]);
        for text in ["修建一座粮仓。（本栏照片为丁一平摄）", "建成了。（本版图片均由丁一平摄）"]
        {
            let found = trailing(text, &words()).unwrap();
            assert_eq!((found.bylines.len(), found.photographers), (0, vec!["丁一平".to_owned()]), "{text}");
        }
        let found = trailing("我们都没有把它扔掉。（老茶客）", &words()).unwrap();
        assert_eq!(bylines(&found), [("", "老茶客")]);
        assert_eq!(trailing("四四方方一座城。（打一用品）", &words()), None);
        assert_eq!(trailing("大家都说好。", &words()), None);
        assert_eq!(trailing("这是规定(试行)", &words()), None);
    }
}
