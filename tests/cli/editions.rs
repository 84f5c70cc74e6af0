//! Texts of digital editions: newspaper, day and articles, against what `tests/editions/expected.json` says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The least share of newspapers and days that may be right, and of all fields.
const DATED: f64 = 0.99;
const FIELDS: f64 = 0.95;

/// The rows of a command on a file.
fn rows(command: &str, file: &Path) -> Vec<Value> {
    let ran = Command::cargo_bin("zjgr").unwrap().arg(command).arg(file).args(["--format", "jsonl"]).unwrap();
    String::from_utf8_lossy(&ran.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A value without blanks, a list without its order.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => text.split_whitespace().collect::<String>().into(),
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(plain).collect();
            list.sort_by_key(Value::to_string);
            list.into()
        }
        other => other.clone(),
    }
}

#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Score {
    fn check(&mut self, what: String, got: &Value, wanted: &Value) {
        let right = plain(got) == plain(wanted);
        self.right += usize::from(right);
        self.all += 1;
        if !right {
            self.wrong.push(format!("{what}: {got}, right {wanted}"));
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.all as f64
    }
}

#[test]
fn what_digital_editions_say_around_a_text_is_read() {
    let folder = Path::new("tests/editions");
    let expected = fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_str(&expected).unwrap();
    let (mut dated, mut fields) = (Score::default(), Score::default());
    for (name, wanted) in &expected {
        let file = folder.join(name).with_extension("txt");
        let page = rows("pages", &file).into_iter().next().unwrap_or_default();
        for key in ["newspaper", "date"] {
            if let Some(wanted) = wanted.get(key) {
                dated.check(format!("{name} {key}"), &page[key], wanted);
            }
        }
        let articles = rows("articles", &file);
        let wanted = wanted["articles"].as_array().unwrap();
        fields.check(format!("{name} articles"), &articles.len().into(), &wanted.len().into());
        for (k, wanted) in wanted.iter().enumerate() {
            let article = articles.get(k).cloned().unwrap_or_default();
            for (key, wanted) in wanted.as_object().unwrap() {
                fields.check(format!("{name} {key}"), &article[key], wanted);
            }
        }
    }
    assert!(dated.share() >= DATED, "{:.3} {:#?}", dated.share(), dated.wrong);
    let all = (dated.right + fields.right) as f64 / (dated.all + fields.all) as f64;
    assert!(all >= FIELDS, "{all:.3} {:#?}", fields.wrong);
}
