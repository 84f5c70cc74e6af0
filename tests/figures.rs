//! Sentences in the look of many papers and years, and every figure that a careful reader finds in them.
//!
//! `tests/figures/*.jsonl`: a sentence a line, with all its figures. One that is marked `missed` is known to be
//! read wrong; the mark goes when it is read right.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "objects/mod.rs"]
mod objects;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use zjgr::figure::{Context, End, Figure, Scanner};

#[derive(Deserialize)]
struct Case {
    input: String,
    expect: Vec<Expected>,
    /// The day of the page.
    #[serde(default)]
    date: Option<jiff::civil::Date>,
    #[serde(default)]
    missed: bool,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Expected {
    text: String,
    class: String,
    value: String,
    value_max: String,
    unit: String,
    bound: String,
    object: Option<String>,
    per: Option<String>,
    iso: Option<String>,
    /// Which end of a change it is: `from` or `to`.
    change: Option<String>,
}

impl Expected {
    fn of(figure: &Figure) -> Self {
        Self {
            text: figure.text.clone(),
            class: figure.class.name().into(),
            value: figure.value.map(|value| value.to_string()).unwrap_or_default(),
            value_max: figure.value_max.map(|value| value.normalize().to_string()).unwrap_or_default(),
            unit: figure.unit.clone(),
            bound: figure.bound.name().into(),
            object: None,
            per: figure.per.clone(),
            iso: figure.iso.clone(),
            change: figure.change.map(|change| if change.end == End::From { "from" } else { "to" }.into()),
        }
    }

    /// True where `said` has all that is expected here of `per`, `iso` and `change`.
    fn is_told_by(&self, said: &Self) -> bool {
        let told = |expected: &Option<String>, said: &Option<String>| {
            expected.as_ref().is_none_or(|expected| expected == said.as_deref().unwrap_or_default())
        };
        told(&self.per, &said.per) && told(&self.iso, &said.iso) && told(&self.change, &said.change)
    }

    /// Without what is judged apart: blanks, and the object.
    fn core(&self) -> [String; 6] {
        let squashed = |text: &str| text.replace(' ', "");
        [&self.text, &self.class, &self.value, &self.value_max, &self.unit, &self.bound]
            .map(|text| squashed(text))
    }
}

fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let numbered = text
            .lines()
            .enumerate()
            .map(|(k, line)| (format!("{name}:{}", k + 1), serde_json::from_str(line).unwrap()));
        numbered.collect::<Vec<_>>()
    };
    files.iter().flat_map(read).collect()
}

#[test]
fn every_figure_of_every_sentence() {
    let scanner = Scanner::new(&[]).unwrap();
    let mut wrong = Vec::new();
    for (place, case) in cases() {
        let mut context = Context::default();
        context.date = case.date;
        let said: Vec<_> = scanner.scan(&case.input, &context).iter().map(Expected::of).collect();
        let core = said.iter().map(Expected::core).eq(case.expect.iter().map(Expected::core));
        let right = core && case.expect.iter().zip(&said).all(|(expected, said)| expected.is_told_by(said));
        if right == case.missed {
            wrong.push(format!("{place} {}\n  expected {:?}\n  said     {said:?}", case.input, case.expect));
        }
    }
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nineteen_in_twenty_objects() {
    let scanner = Scanner::new(&[]).unwrap();
    let (mut right, mut all) = (0, 0);
    for (_, case) in cases() {
        let said = scanner.scan(&case.input, &Context::default());
        for expected in case.expect.iter().filter(|expected| expected.object.is_some()) {
            let object = said
                .iter()
                .find(|figure| figure.text == expected.text)
                .and_then(|figure| figure.object.clone());
            let object = object.map(|range| case.input[range].to_owned()).unwrap_or_default();
            all += 1;
            right += usize::from(Some(object) == expected.object);
        }
    }
    assert!(right * 20 >= all * 19, "{right} of {all}");
}

/// The sentences of `tests/objects/kept.txt`, from which nothing is learnt.
#[test]
fn nine_in_ten_objects_of_sentences_that_were_kept_apart() {
    let scanner = Scanner::new(&[]).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/objects/kept.txt");
    let (mut right, mut wrong) = (0, Vec::new());
    for told in objects::marked(&path) {
        let said = scanner.scan(&told.text, &Context::default());
        for (span, object) in &told.figures {
            let figure = said.iter().find(|figure| figure.span == *span);
            match figure.and_then(|figure| figure.object.clone()) {
                said if figure.is_some() && said == *object => right += 1,
                said => wrong.push(format!("{} {:?}", told.text, said.map(|range| &told.text[range]))),
            }
        }
    }
    assert!(right * 10 >= (right + wrong.len()) * 9, "{right} right, but not\n{}", wrong.join("\n"));
}

/// `n` in Chinese numerals, the way a newspaper writes it.
fn spelled(n: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    fn below_ten_thousand(n: u64) -> String {
        let mut out = String::new();
        let mut zero = false;
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = n / unit % 10;
            if digit == 0 {
                zero = !out.is_empty();
                continue;
            }
            if zero {
                out.push('零');
                zero = false;
            }
            out.push(DIGITS[digit as usize]);
            out.push_str(name);
        }
        out
    }
    let mut out = String::new();
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = n / unit % 10_000;
        if part == 0 {
            continue;
        }
        if !out.is_empty() && (part < 1000 || (n / (unit * 10_000)).is_multiple_of(10_000)) {
            out.push('零');
        }
        out.push_str(&below_ten_thousand(part));
        out.push_str(name);
    }
    out
}

/// Texts of what is hard: numerals of every kind, units, signs, marks, halves of tags.
fn hard() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "1",
        "12",
        "0",
        "2021",
        "1,234",
        ".",
        ",",
        "5%",
        "一",
        "二",
        "两",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "兆",
        "廿",
        "半",
        "几",
        "数",
        "零",
        "〇",
        "壹",
        "佰",
        "第",
        "年",
        "月",
        "日",
        "时",
        "点",
        "分",
        "之",
        "成",
        "个",
        "名",
        "元",
        "角",
        "县",
        "米",
        "千米",
        "人次",
        "至",
        "到",
        "—",
        "-",
        "~",
        ":",
        "/",
        "比",
        "约",
        "近",
        "不少于",
        "以上",
        "左右",
        "余",
        "多",
        "的",
        "每",
        "“",
        "”",
        "‘",
        "’",
        "《",
        "》",
        "(",
        ")",
        "〔",
        "〕",
        "、",
        "，",
        "。",
        " ",
        "\u{3000}",
        "\n",
        "$",
        "\\%",
        "{",
        "}",
        "<b>",
        "</b>",
        "<",
        "l",
        "O",
        "A",
        "kg",
        "CN33-0018",
        "www.a1.cn",
        "正月",
        "初",
        "闰",
        "农历",
        "民国",
        "右",
        "统",
        "起",
        "大",
        "职工",
        "提高到",
        "由",
        "电话",
        "号",
        "负",
        "又",
        "e\u{301}",
        "👨‍👩‍👧",
        "\u{10ffff}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn scanner() -> &'static Scanner {
    static SCANNER: std::sync::OnceLock<Scanner> = std::sync::OnceLock::new();
    SCANNER.get_or_init(|| Scanner::new(&[]).unwrap())
}

proptest! {
    /// A numeral that is written out in Chinese has the value it was written from.
    #[test]
    fn chinese_numerals_have_their_value(n in prop_oneof![11_u64..100_000, 100_000_u64..999_999_999_999]) {
        let text = format!("共{}个。", spelled(n));
        let figures = scanner().scan(&text, &Context::default());
        prop_assert_eq!(figures.len(), 1, "{}", &text);
        let value = figures[0].value.map(|value| value.to_string());
        prop_assert_eq!(value, Some(n.to_string()), "{}", &text);
    }

    /// Whatever the text: figures come in order, do not overlap, and stand where they say.
    #[test]
    fn figures_stand_in_the_text_one_after_the_other(text in hard()) {
        let figures = scanner().scan(&text, &Context::default());
        let mut end = 0;
        for figure in &figures {
            prop_assert!(figure.span.start >= end && figure.span.start < figure.span.end, "{:?} in {:?}", figure, &text);
            end = figure.span.end;
            let inside = text.get(figure.span.clone());
            prop_assert!(inside.is_some(), "{:?} in {:?}", figure, &text);
            prop_assert!(!figure.text.is_empty());
            prop_assert!(figure.text.chars().count() <= inside.unwrap().chars().count());
            if let Some(range) = &figure.object {
                prop_assert!(text.get(range.clone()).is_some());
            }
        }
    }

    /// Full-width digits say what half-width ones say.
    #[test]
    fn the_width_of_digits_makes_no_difference(n in 1_u32..10_000_000) {
        let half = format!("投入{n}元");
        let wide: String = half.chars().map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c }).collect();
        let value = |text: &str| scanner().scan(text, &Context::default()).first().and_then(|figure| figure.value);
        prop_assert_eq!(value(&half), value(&wide));
    }

    /// A scratch that has seen other texts gives what a new one gives.
    #[test]
    fn memory_leaves_no_trace(first in hard(), second in hard()) {
        let mut scratch = zjgr::figure::Scratch::default();
        let mut figures = Vec::new();
        scanner().scan_into(&first, &Context::default(), &mut scratch, &mut figures);
        figures.clear();
        scanner().scan_into(&second, &Context::default(), &mut scratch, &mut figures);
        prop_assert_eq!(figures, scanner().scan(&second, &Context::default()));
    }
}
