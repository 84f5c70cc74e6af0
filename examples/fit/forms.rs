//! Phrases in the forms in which papers name people, with names of annotated pages in them (`vary/bylines.tsv`): each form
//! is learnt as often as it is common in print, and not as often as a page at hand happens to have it.

use zjgr::page::learn::{Credited, Phrase, Place};

use super::vary::Dice;

/// A form a line: where it stands, its text, whom it names.
const FORMS: &str = include_str!("vary/bylines.tsv");

/// How often each form is filled in.
const TIMES: usize = 16;

const PLACES: [&str; 12] =
    ["杭州", "北京", "上海", "溪口", "台北", "高雄", "桃園", "沙湾", "广州", "临江", "宁远", "衢江"];
const ROLES: [&str; 16] = [
    "首席记者",
    "见习记者",
    "实习记者",
    "实习生",
    "特约记者",
    "全媒体记者",
    "融媒体记者",
    "特约通讯员",
    "学生记者",
    "小记者",
    "撰文",
    "记者",
    "通讯员",
    "記者",
    "评论员",
    "教师",
];
const BODIES: [&str; 14] = [
    "机务段",
    "第二小学三年级",
    "纺织厂",
    "县文化馆",
    "师范学院中文系",
    "运输二队",
    "市总工会",
    "红旗公社",
    "中心医院",
    "采油三厂",
    "桥头镇",
    "供电公司",
    "外语学院2013级",
    "西河大队",
];
const POSTS: [&str; 10] =
    ["工人", "教师", "学生", "护士", "司机", "农民", "战士", "退休职工", "女工", "干部"];

/// How papers, sites and stations are called, behind where they are.
const WIRES: [&str; 14] = [
    "网",
    "新闻网",
    "在线",
    "日报",
    "晚报",
    "晨报",
    "商报",
    "时报",
    "电视台",
    "广播电台",
    "发布",
    "周刊",
    "工人报",
    "青年报",
];
const WIRES_IN_FULL: [&str; 9] = ["商報", "時報", "網", "晚報", "日報", "電台", "週刊", "電視台", "新聞網"];

/// Each form, filled in several times with some of `names`, and of `texts` that name nobody.
pub(crate) fn lessons(names: &[String], texts: &[String]) -> Vec<(Phrase, Credited)> {
    let mut dice = Dice::new(7);
    let forms = FORMS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    forms
        .flat_map(|form| (0..TIMES).map(|_| filled(&form, [names, texts], &mut dice)).collect::<Vec<_>>())
        .collect()
}

fn filled(form: &[&str], [names, texts]: [&[String]; 2], dice: &mut Dice) -> (Phrase, Credited) {
    let mut pick = |of: &[&str]| of[dice.below(of.len())].to_owned();
    let mut fills = vec![
        ("{P}", pick(&PLACES)),
        ("{R}", pick(&ROLES)),
        ("{G}", pick(&BODIES)),
        ("{O}", pick(&POSTS)),
        ("{W}", pick(&WIRES)),
        ("{V}", pick(&WIRES_IN_FULL)),
    ];
    for letter in ["{A}", "{B}", "{C}", "{D}"] {
        fills.push((letter, spelled(&names[dice.below(names.len())], dice)));
    }
    fills.push(("{T}", texts[dice.below(texts.len())].clone()));
    let fill = |text: &str| fills.iter().fold(text.to_owned(), |text, (what, with)| text.replace(what, with));
    let letter = |text: &str| {
        fills.iter().find(|(what, _)| what.trim_matches(['{', '}']) == text).map(|(_, with)| with.clone())
    };
    let mut credited = Credited::default();
    for told in form.get(2).unwrap_or(&"").split(' ').filter(|told| !told.is_empty()) {
        let told = fill(told);
        match (told.split_once('='), told.split_once(':')) {
            (Some(("photo", who)), _) => credited.photographers = who.split(',').filter_map(letter).collect(),
            (Some(("source", source)), _) => credited.source = Some(source.to_owned()),
            (Some(("dateline", dateline)), _) => credited.dateline = Some(dateline.to_owned()),
            (_, Some((role, name))) => {
                let role = letter(role).unwrap_or_else(|| role.to_owned());
                credited.bylines.push((role, letter(name).unwrap_or_else(|| name.to_owned())));
            }
            _ => panic!("{told}"),
        }
    }
    let place = Place::ALL.into_iter().find(|place| format!("{place:?}").to_lowercase() == form[0]).unwrap();
    (Phrase { place, chars: fill(form[1]).chars().collect() }, credited)
}

/// A name as it is printed: one of two characters is set wide now and then.
fn spelled(name: &str, dice: &mut Dice) -> String {
    match name.chars().collect::<Vec<_>>()[..] {
        [first, last] if dice.in_hundred(15) => format!("{first}　{last}"),
        _ => name.to_owned(),
    }
}
