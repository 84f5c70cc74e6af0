//! What the places of lines say, learnt from printed pages that OCR programs read: beside what was learnt of their text, which
//! stays as it is.

use std::collections::BTreeMap;
use std::path::Path;

use zjgr::chain::{Example, Options};
use zjgr::page::learn::{Teacher, is_of_boxes};
use zjgr::page::{Reader, Weights};

use crate::gold::{Gold, MEASURES, Scores, pages, score};
use crate::{Asked, answers, errors, paper, show, vary};

/// The folder of pages whose places are known.
pub(crate) const FOLDER: &str = "corpus-printed";

/// What was learnt of text.
const TEXT: &str = "data/page/weights.tsv";
/// What is learnt of boxes.
const BOXES: &str = "data/page/boxes.tsv";

/// Learns from all printed pages and writes what is learnt; with `cross` leaves out papers in turn instead, and prints how well
/// their pages are read, before and after.
pub(crate) fn learn(asked: &Asked, cross: bool) {
    let printed = pages(&Path::new("tests").join(FOLDER));
    let text = Weights::load(Path::new(TEXT)).unwrap();
    if cross {
        return leave_out(asked, &printed, &text);
    }
    let learnt = fitted(asked, &text, &printed.iter().collect::<Vec<_>>()).rows_to_tsv(is_of_boxes);
    std::fs::write(BOXES, &learnt).unwrap();
    println!("{BOXES}: {} bytes", learnt.len());
}

/// `text` with what `printed` pages teach of boxes.
fn fitted(asked: &Asked, text: &Weights, printed: &[&Gold]) -> Weights {
    let options = |deviation: (&str, f64)| Options {
        deviation: asked.number(deviation.0, deviation.1),
        rounds: 80,
        tolerance: 1e-3,
        of: is_of_boxes,
        least: 0.05,
        threads: 2,
        ..Options::default()
    };
    let teacher = Teacher::new(text.clone());
    let lines: Vec<Example> =
        printed.iter().filter_map(|gold| teacher.lines(&gold.document(), &answers(gold))).collect();
    let teacher = Teacher::new(teacher.fit_lines(&lines, &options(("deviation", 0.7))).unwrap());
    let articles: Vec<Example> =
        printed.iter().map(|gold| teacher.articles(&gold.document(), &answers(gold))).collect();
    teacher.fit_articles(&articles, &options(("articles-deviation", 0.4))).unwrap()
}

/// Reads pages by what was learnt without their papers.
fn leave_out(asked: &Asked, printed: &[Gold], text: &Weights) {
    let folds = asked.number("folds", 4);
    let part = |gold: &Gold| vary::hash(paper(gold)) % folds;
    let before = Reader::default().with_weights(text.clone());
    let mut scores: BTreeMap<String, [Vec<Scores>; 2]> = BTreeMap::new();
    for left_out in 0..folds {
        let (read, taught): (Vec<&Gold>, Vec<&Gold>) =
            printed.iter().partition(|gold| part(gold) == left_out);
        let after = Reader::default().with_weights(fitted(asked, text, &taught));
        for gold in read {
            let program = gold.name.rsplit('-').next().unwrap().to_owned();
            let [old, new] = scores.entry(program).or_default();
            let of = |reader: &Reader| reader.read(gold.document());
            let page = of(&after);
            old.push(score(gold, &of(&before)));
            new.push(score(gold, &page));
            if asked.options.contains_key("errors") {
                errors(gold, &page);
            }
        }
    }
    println!("{:24} {}", "", MEASURES.map(|measure| format!("{measure:>11}")).concat());
    for (program, [old, new]) in &scores {
        show(&format!("{program}, {} before", old.len()), old);
        show("after", new);
    }
}
