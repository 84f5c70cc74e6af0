//! Annotated pages, and how well a page that was read agrees with its annotation. Every measure is a fraction, 1 is
//! perfect; `../corpus/README.md` says what the annotation means.

#![allow(dead_code, clippy::unwrap_used, reason = "shared by tests and by the program that fits the weights")]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use zjgr::Document;
use zjgr::page::{Article, Page, Role};
use zjgr::source::{Format, Placement};

pub(crate) mod likeness;
mod places;
pub(crate) mod tables;

use likeness::{likeness, likeness_at_most};

/// One annotated page.
pub(crate) struct Gold {
    /// The folder and the name of the page, `corpus/beijiang-2009-03-06-p1`.
    pub(crate) name: String,
    /// The page as a user has it.
    pub(crate) text: String,
    /// What each line is, by its number.
    pub(crate) lines: BTreeMap<u32, GoldLine>,
    /// The fields of the page and its articles.
    pub(crate) articles: Value,
    /// Where each line of the text stands; nothing of a page without boxes.
    pub(crate) placements: Vec<Placement>,
}

impl Gold {
    /// The page as a document to be read.
    pub(crate) fn document(&self) -> Document {
        let mut document = document(&self.text);
        document.placements.clone_from(&self.placements);
        document
    }
}

/// How a person understood a line.
#[derive(Clone)]
pub(crate) struct GoldLine {
    pub(crate) role: String,
    /// 0 where no article owns it.
    pub(crate) article: u32,
    pub(crate) joins: bool,
    pub(crate) duplicate_of: Option<u32>,
}

/// The folders of pages that nothing is ever learnt from.
pub(crate) const KEPT: [&str; 2] = ["corpus-kept", "corpus-fronts"];

/// The folders of annotated pages under tests/: those whose name starts with `corpus`, but for those kept back.
pub(crate) fn folders() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut folders: Vec<PathBuf> = fs::read_dir(tests).unwrap().map(|entry| entry.unwrap().path()).collect();
    let annotated = |folder: &PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy();
        name.starts_with("corpus") && !KEPT.contains(&&*name) && folder.join("gold").is_dir()
    };
    folders.retain(annotated);
    folders.sort();
    folders
}

/// Reads every annotated page of `folder`.
pub(crate) fn pages(folder: &Path) -> Vec<Gold> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder.join("pages")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| read_gold(folder, path)).collect()
}

fn read_gold(folder: &Path, path: &Path) -> Gold {
    let name = path.file_stem().unwrap().to_string_lossy();
    let gold =
        |ending: &str| fs::read_to_string(folder.join("gold").join(format!("{name}.{ending}"))).unwrap();
    let line = |row: &str| {
        let cells: Vec<&str> = row.split('\t').collect();
        let line = GoldLine {
            role: cells[1].to_owned(),
            article: cells[2].parse().unwrap(),
            joins: cells[3] == "1",
            duplicate_of: cells.get(4).and_then(|cell| cell.parse().ok()),
        };
        (cells[0].parse().unwrap(), line)
    };
    let text = fs::read_to_string(path).unwrap();
    let places = fs::read_to_string(path.with_extension("places.tsv"));
    Gold {
        name: format!("{}/{name}", folder.file_name().unwrap().to_string_lossy()),
        placements: places
            .map_or_else(|_| Vec::new(), |table| places::from_tsv(&table, text.lines().count())),
        text,
        lines: gold("layout.tsv").lines().skip(1).map(line).collect(),
        articles: serde_json::from_str(&gold("articles.json")).unwrap(),
    }
}

/// The text of a page as a document to be read.
pub(crate) fn document(text: &str) -> Document {
    let mut document = Document::of(text);
    document.file = Arc::from("page.txt");
    document.format = Format::Page;
    document
}

/// The measures, in the order they are shown in.
pub(crate) const MEASURES: [&str; 9] =
    ["role", "macro F1", "B-cubed", "joins", "repeats", "page fields", "text", "fields", "bylines"];

/// The measures of one page, or their mean over several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Scores(pub(crate) [f64; MEASURES.len()]);

impl Scores {
    /// The mean of each measure over pages.
    pub(crate) fn mean(of: &[Self]) -> Self {
        let mean = |at: usize| of.iter().map(|scores| scores.0[at]).sum::<f64>() / of.len().max(1) as f64;
        Self(std::array::from_fn(mean))
    }

    /// The measure called `name`.
    pub(crate) fn get(&self, name: &str) -> f64 {
        self.0[MEASURES.iter().position(|measure| *measure == name).unwrap()]
    }
}

/// How well `page` agrees with the annotation.
pub(crate) fn score(gold: &Gold, page: &Page) -> Scores {
    let [role, macro_f1, bcubed, joins, repeats] = score_lines(gold, page);
    let [page_fields, text, fields, bylines] = score_articles(gold, page);
    Scores([role, macro_f1, bcubed, joins, repeats, page_fields, text, fields, bylines])
}

fn f1(hit: usize, said: usize, gold: usize) -> f64 {
    if said + gold == 0 { 1.0 } else { 2.0 * hit as f64 / (said + gold) as f64 }
}

fn score_lines(gold: &Gold, page: &Page) -> [f64; 5] {
    let said: HashMap<u32, &zjgr::page::Line> = page.lines.iter().map(|line| (line.number, line)).collect();
    let pairs: Vec<(&str, &str)> = (gold.lines.iter())
        .map(|(number, line)| (line.role.as_str(), said.get(number).map_or("", |said| said.role.name())))
        .collect();
    let right = pairs.iter().filter(|(gold, said)| gold == said).count();
    let roles: BTreeSet<&str> = pairs.iter().map(|pair| pair.0).collect();
    let of_role = |role: &&str| {
        let (gold, said) = (
            pairs.iter().filter(|pair| pair.0 == *role).count(),
            pairs.iter().filter(|pair| pair.1 == *role).count(),
        );
        f1(pairs.iter().filter(|pair| pair.0 == *role && pair.1 == *role).count(), said, gold)
    };
    let macro_f1 = roles.iter().map(of_role).sum::<f64>() / roles.len().max(1) as f64;
    let owned: Vec<(u32, Option<usize>)> = (gold.lines.iter().filter(|(_, line)| line.article > 0))
        .map(|(number, line)| (line.article, said.get(number).and_then(|said| said.article)))
        .collect();
    let marked = |gold_mark: fn(&GoldLine) -> u32, said_mark: fn(&zjgr::page::Line) -> u32| {
        let both = gold
            .lines
            .iter()
            .map(|(number, line)| (gold_mark(line), said.get(number).map_or(0, |said| said_mark(said))));
        let both: Vec<(u32, u32)> = both.collect();
        f1(
            both.iter().filter(|(gold, said)| *gold > 0 && gold == said).count(),
            both.iter().filter(|pair| pair.1 > 0).count(),
            both.iter().filter(|pair| pair.0 > 0).count(),
        )
    };
    [
        right as f64 / gold.lines.len() as f64,
        macro_f1,
        bcubed(&owned),
        marked(|line| u32::from(line.joins), |line| u32::from(line.joins)),
        marked(|line| line.duplicate_of.unwrap_or(0), |line| line.duplicate_of.unwrap_or(0)),
    ]
}

/// B-cubed F1 of two clusterings of the same lines (Bagga & Baldwin 1998); what is in no article is alone.
fn bcubed(lines: &[(u32, Option<usize>)]) -> f64 {
    if lines.is_empty() {
        return 1.0;
    }
    let (mut of_gold, mut of_said, mut of_both) = (HashMap::new(), HashMap::new(), HashMap::new());
    // Whatever no article owns gets a number of its own, behind those of the articles.
    let said = |at: usize| lines[at].1.unwrap_or(lines.len() + at);
    for (at, (gold, _)) in lines.iter().enumerate() {
        *of_gold.entry(*gold).or_insert(0.0) += 1.0;
        *of_said.entry(said(at)).or_insert(0.0) += 1.0;
        *of_both.entry((*gold, said(at))).or_insert(0.0) += 1.0;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (at, (gold, _)) in lines.iter().enumerate() {
        let both: f64 = of_both[&(*gold, said(at))];
        precision += both / of_said[&said(at)];
        recall += both / of_gold[gold];
    }
    2.0 * precision * recall / ((precision + recall) * lines.len() as f64)
}

/// Text without regard to blanks, and full-width marks like half-width ones.
fn squash(text: &str) -> String {
    let half = |c: char| match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '％' => '%',
        '～' => '~',
        '—' | '－' => '-',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(half).collect()
}

fn string(value: &Value) -> String {
    squash(value.as_str().unwrap_or_default())
}

/// The fields of an article, in one order for gold and page.
struct Fields {
    fields: [String; 6],
    people: Vec<(String, String)>,
    text: Vec<char>,
}

fn gold_fields(article: &Value) -> Fields {
    let list = |key: &str| article[key].as_array().cloned().unwrap_or_default();
    let body: String = list("body").iter().map(string).collect();
    let photographers = list("photographers");
    Fields {
        fields: ["headline", "kicker", "subhead", "column", "source", "dateline"]
            .map(|key| string(&article[key])),
        people: (list("bylines").iter().map(|pair| (string(&pair[0]), string(&pair[1]))))
            .chain(photographers.iter().map(|name| ("摄影".to_owned(), string(name))))
            .collect(),
        text: (string(&article["headline"]) + &body).chars().collect(),
    }
}

fn said_fields(page: &Page, index: usize, article: &Article) -> Fields {
    let part = |part: Option<usize>| squash(part.map_or("", |part| page.part_text(part)));
    let headline = squash(page.headline(index).unwrap_or_default());
    let is_body =
        |part: &&usize| page.parts[**part].role == Role::Body && page.parts[**part].duplicate_of.is_none();
    let body: String =
        article.parts.iter().filter(is_body).map(|part| squash(page.part_text(*part))).collect();
    let field = |field: &Option<String>| squash(field.as_deref().unwrap_or_default());
    Fields {
        text: (headline.clone() + &body).chars().collect(),
        fields: [
            headline,
            part(article.kicker),
            part(article.subhead),
            part(article.column),
            field(&article.source),
            field(&article.dateline),
        ],
        people: (article.bylines.iter().map(|byline| (squash(&byline.role), squash(&byline.name))))
            .chain(article.photographers.iter().map(|name| ("摄影".to_owned(), squash(name))))
            .collect(),
    }
}

fn score_articles(gold: &Gold, page: &Page) -> [f64; 4] {
    let wanted: Vec<Fields> = gold.articles["articles"].as_array().unwrap().iter().map(gold_fields).collect();
    let said: Vec<Fields> =
        page.articles.iter().enumerate().map(|(index, article)| said_fields(page, index, article)).collect();
    let matched = match_articles(&wanted, &said);
    let (mut fields, mut hit) = (0, 0);
    for (at, wanted) in wanted.iter().enumerate() {
        let said = matched[at].map(|(other, _)| &said[other]);
        fields += (0..wanted.fields.len())
            .filter(|&k| said.map_or(wanted.fields[k].is_empty(), |said| said.fields[k] == wanted.fields[k]))
            .count();
        let mut left: Vec<&(String, String)> = said.map_or(Vec::new(), |said| said.people.iter().collect());
        for person in &wanted.people {
            if let Some(at) = left.iter().position(|other| *other == person) {
                left.swap_remove(at);
                hit += 1;
            }
        }
    }
    let people = |fields: &[&Fields]| fields.iter().map(|fields| fields.people.len()).sum::<usize>();
    let matched_said: Vec<&Fields> = matched.iter().flatten().map(|(other, _)| &said[*other]).collect();
    let most = wanted.len().max(said.len());
    let text = matched.iter().flatten().map(|(_, ratio)| ratio).sum::<f64>();
    [
        page_fields(gold, page),
        if most == 0 { 1.0 } else { text / most as f64 },
        if wanted.is_empty() { 1.0 } else { fields as f64 / (wanted.len() * 6) as f64 },
        f1(hit, people(&matched_said), people(&wanted.iter().collect::<Vec<_>>())),
    ]
}

fn page_fields(gold: &Gold, page: &Page) -> f64 {
    let masthead = &page.masthead;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let said = [
        ("newspaper", page.newspaper().unwrap_or_default().to_owned()),
        ("date", page.date().map(|date| date.to_string()).unwrap_or_default()),
        ("lunar_date", text(&masthead.lunar_date)),
        ("weekday", text(&masthead.weekday)),
        ("issue_number", text(&masthead.issue_number)),
        ("serial_number", text(&masthead.serial_number)),
        ("postal_number", text(&masthead.postal_number)),
    ];
    let asked: Vec<(String, &String)> = (said.iter())
        .map(|(key, said)| (string(&gold.articles["page"][*key]), said))
        .filter(|(gold, _)| !gold.is_empty())
        .collect();
    let right = asked.iter().filter(|(gold, said)| *gold == squash(said)).count();
    if asked.is_empty() { 1.0 } else { right as f64 / asked.len() as f64 }
}

/// Articles that are less alike are no pair.
const ALIKE: f64 = 0.3;

/// For each annotated article the one of the page that is most like it, the surest pair first; with the likeness.
fn match_articles(gold: &[Fields], said: &[Fields]) -> Vec<Option<(usize, f64)>> {
    // What a pair can reach at most costs little; the likeness itself is worked out for pairs that come up.
    let mut pairs: Vec<(f64, bool, usize, usize)> = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        for (j, b) in said.iter().enumerate() {
            pairs.push((likeness_at_most(&a.text, &b.text), false, i, j));
        }
    }
    let mut matched = vec![None; gold.len()];
    let mut used = HashSet::new();
    loop {
        pairs.retain(|&(ratio, _, i, j)| ratio > ALIKE && matched[i].is_none() && !used.contains(&j));
        let order = |a: &&mut (f64, bool, usize, usize), b: &&mut (f64, bool, usize, usize)| {
            a.0.total_cmp(&b.0).then((a.2, a.3).cmp(&(b.2, b.3)))
        };
        let Some(best) = pairs.iter_mut().max_by(order) else { return matched };
        if best.1 {
            matched[best.2] = Some((best.3, best.0));
            used.insert(best.3);
        } else {
            (best.0, best.1) = (likeness(&gold[best.2].text, &said[best.3].text), true);
        }
    }
}
