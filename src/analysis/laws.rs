//! The law of every analysis: any order, any split, the same rows.

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use super::collocates::Collocates;
use super::discover::Discover;
use super::figures::{Figures, Sums};
use super::group::{By, Wide};
use super::keyness::{Comparison, Condition, Keyness};
use super::lengths::Lengths;
use super::names::Wanted;
use super::names::count::Names;
use super::names::pairs::{Pairs, Unit};
use super::partial::{Kept, Portable, read, write};
use super::period::Length;
use super::query::{Case, Query, Script};
use super::reprints::{Dated, Reprints};
use super::scope::Scope;
use super::slogans::Slogans;
use super::stats::Stats;
use super::terms::{Against, Terms};
use super::trends::{Series, Shape, Trends, What};
use super::{Analysis, Tabulate};
use crate::figure::Scanner;
use crate::page::{Duplicates, Page, Reader, Selection};
use crate::slogan::{Lexicon, Overlap, SloganFinder};
use crate::source::Document;
use crate::table::Format;
use crate::term::{PhrasePatterns, Segmenter, SegmenterOptions, WordList};

static READER: LazyLock<Reader> = LazyLock::new(Reader::default);

/// Some pages, of which many have a date and some repeat a paragraph.
fn pages() -> impl Strategy<Value = Vec<Page>> {
    let sentence = prop::sample::select(vec![
        "市总工会推进职工疗休养工作。",
        "山区26县的职工领到补助1200.5元。",
        "劳模工匠进企业，“浙工赛”培训职工500人。",
        "“浙工惠”服务职工，打造“双百引领”品牌。",
        "浙江省总工会副主席王建国到杭州，王建国说，省总工会要为李秀英服务。",
        "2021年3月2日 星期二",
        "2022年11月9日 星期三",
        "浙江工人日报",
        "二十大精神进车间",
        "本报讯 记者王建国报道 昨天，职工领到补助600元。",
        "",
    ]);
    let text = prop::collection::vec(sentence, 0..8).prop_map(|lines| lines.join("\n"));
    let page = |(number, text): (usize, &String)| {
        let file = format!("{number}.txt").into();
        READER.read(Document { file, text: text.clone(), first_line: 1, ..Document::default() })
    };
    prop::collection::vec(text, 0..8).prop_map(move |texts| texts.iter().enumerate().map(page).collect())
}

fn partial<A: Analysis>(analysis: &A, pages: &[&Page]) -> A::Partial {
    let mut partial = analysis.start();
    pages.iter().for_each(|page| analysis.add(&mut partial, &Selection::all(page, Duplicates::Skip)));
    partial
}

fn table<A: Tabulate>(analysis: &A, mut partial: A::Partial) -> String {
    super::as_text(analysis, &mut partial, Format::JSONL).unwrap()
}

/// Deals the pages out to three partials, merges these in two ways, and says whether the table is that of one partial
/// with all pages.
fn holds<A: Tabulate>(analysis: &A, pages: &[Page], cuts: [usize; 2]) {
    let mut all: Vec<&Page> = pages.iter().collect();
    let whole = table(analysis, partial(analysis, &all));
    let parts = |all: &[&Page]| {
        let (first, rest) = all.split_at(cuts[0].min(all.len()));
        let (second, third) = rest.split_at(cuts[1].min(rest.len()));
        [first, second, third].map(|pages| partial(analysis, pages))
    };
    if !A::ASKS_WHO {
        let reader = READER.clone().that_asks_who(false);
        let bare: Vec<Page> = pages.iter().map(|page| reader.read(page.document().clone())).collect();
        let bare: Vec<&Page> = bare.iter().collect();
        assert_eq!(table(analysis, partial(analysis, &bare)), whole, "unasked");
    }
    let [mut a, mut b, c] = parts(&all);
    analysis.merge(&mut b, c);
    analysis.merge(&mut a, b);
    assert_eq!(table(analysis, a), whole, "merged from the end");
    // A partial that took another in goes on counting.
    let [mut a, b, _] = parts(&all);
    analysis.merge(&mut a, b);
    let seen = cuts.iter().sum::<usize>().min(all.len());
    all[seen..].iter().for_each(|page| analysis.add(&mut a, &Selection::all(page, Duplicates::Skip)));
    assert_eq!(table(analysis, a), whole, "merged, then added");
    all.reverse();
    let [a, b, mut c] = parts(&all);
    analysis.merge(&mut c, b);
    analysis.merge(&mut c, a);
    assert_eq!(table(analysis, c), whole, "backwards, merged from the start");
}

/// A partial of `documents` pages as it is kept.
fn bytes<A: Portable>(analysis: &A, partial: A::Partial, documents: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(analysis, &mut Kept { partial, documents }, "-", &mut bytes).unwrap();
    bytes
}

/// A partial that was kept is what it was, and adds up like any other; its bytes say nothing of the order in which pages
/// were counted and partials added up.
fn is_kept<A: Tabulate + Portable>(analysis: &A, pages: &[Page], cut: usize) {
    let mut all: Vec<&Page> = pages.iter().collect();
    let whole = table(analysis, partial(analysis, &all));
    let number = all.len() as u64;
    let once = bytes(analysis, partial(analysis, &all), number);
    let (first, rest) = all.split_at(cut.min(all.len()));
    let kept = |pages: &[&Page]| {
        let bytes = bytes(analysis, partial(analysis, pages), pages.len() as u64);
        let kept = read(analysis, "-", &bytes).unwrap();
        assert_eq!(kept.documents, pages.len() as u64);
        kept.partial
    };
    let merged = || {
        let mut merged = kept(rest);
        analysis.merge(&mut merged, kept(first));
        merged
    };
    assert_eq!(table(analysis, merged()), whole, "merged");
    assert_eq!(bytes(analysis, merged(), number), once, "the bytes of what was merged");
    let mut added = kept(first);
    rest.iter().for_each(|page| analysis.add(&mut added, &Selection::all(page, Duplicates::Skip)));
    assert_eq!(table(analysis, added), whole, "added to");
    all.reverse();
    assert_eq!(
        bytes(analysis, partial(analysis, &all), number),
        once,
        "the bytes of what was read backwards"
    );
}

#[test]
fn a_file_that_is_no_such_partial_is_refused() {
    let sums = Sums(Figures::new(Scanner::new(&[]).unwrap()));
    let mut bytes = Vec::new();
    write(&sums, &mut Kept { partial: sums.start(), documents: 1 }, "元", &mut bytes).unwrap();
    let error = |options, bytes: &[u8]| read(&sums, options, bytes).unwrap_err().to_string();
    assert_eq!(error("亩", &bytes), "counted with other options: 元; here: 亩");
    assert_eq!(error("元", b"text"), "no partial of this version of zjgr");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(error("元", &bytes).starts_with("cannot decompress"), "{}", error("元", &bytes));
    assert!(read(&sums, "元", &bytes[..last / 2]).is_err());
}

fn segmenter() -> Segmenter {
    let compounds = WordList::builtin().unwrap();
    Segmenter::new(SegmenterOptions { compounds, ..SegmenterOptions::default() })
}

fn lexicon() -> Lexicon {
    Lexicon::builtin().unwrap()
}

fn by() -> impl Strategy<Value = Option<By>> {
    prop::option::of(prop::sample::select(vec![By::Month, By::Page, By::Article]))
}

fn cuts() -> impl Strategy<Value = [usize; 2]> {
    [0_usize..8, 0_usize..8]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn of_stats(pages in pages(), cuts in cuts(), by in by(), wide in any::<bool>(), length in 1_usize..3) {
        let wide = (wide && by.is_some()).then_some(Wide::Share);
        let stats = Stats { by, ngrams: 1..=length, wide, ..Stats::new(segmenter()) };
        holds(&stats, &pages, cuts);
        is_kept(&stats, &pages, cuts[0]);
        let all: Vec<&Page> = pages.iter().collect();
        let alone = table(&stats, partial(&stats, &all));
        let stats = Stats { threads: NonZeroUsize::MIN.saturating_add(1), ..stats };
        prop_assert_eq!(table(&stats, partial(&stats, &all)), alone, "on two threads");
    }

    #[test]
    fn of_terms(pages in pages(), reference in pages(), cuts in cuts(), by in by()) {
        let terms = Terms {
            by,
            min_count: Some(1),
            ..Terms::new(segmenter().into(), PhrasePatterns::builtin().unwrap())
        };
        holds(&terms, &pages, cuts);
        is_kept(&terms, &pages, cuts[0]);
        // A reference adds up with what is held against it.
        let [all, reference] = [&pages, &reference].map(|pages| pages.iter().collect::<Vec<_>>());
        let other = Terms { is_reference: true, ..terms.clone() };
        let terms = Terms { against: Against::Reference, ..terms };
        let whole = || {
            let mut whole = partial(&terms, &all);
            terms.merge(&mut whole, partial(&other, &reference));
            whole
        };
        let (first, rest) = reference.split_at(cuts[1].min(reference.len()));
        let mut parts = partial(&other, rest);
        terms.merge(&mut parts, partial(&terms, &all));
        terms.merge(&mut parts, partial(&other, first));
        prop_assert_eq!(table(&terms, parts), table(&terms, whole()));
    }

    #[test]
    fn of_reprints(pages in pages(), cuts in cuts(), first in any::<bool>()) {
        let dated = if first { Dated::First } else { Dated::Own };
        let reprints = Reprints { min_chars: 12, dated, ..Reprints::default() };
        holds(&reprints, &pages, cuts);
        is_kept(&reprints, &pages, cuts[0]);
    }

    #[test]
    fn of_lengths(pages in pages(), cuts in cuts(), by in by()) {
        let lengths = Lengths { by, window: 5, ..Lengths::new(segmenter()) };
        holds(&lengths, &pages, cuts);
        is_kept(&lengths, &pages, cuts[0]);
    }

    #[test]
    fn of_slogans(pages in pages(), cuts in cuts(), by in by(), wide in any::<bool>()) {
        let finder = SloganFinder::new(lexicon(), Overlap::default());
        let wide = wide.then_some(Wide::Count);
        let slogans = Slogans { by, wide, ..Slogans::new(finder) };
        holds(&slogans, &pages, cuts);
        is_kept(&slogans, &pages, cuts[0]);
    }

    #[test]
    fn of_discovery(pages in pages(), cuts in cuts()) {
        let discover = Discover::new(Lexicon::default());
        holds(&discover, &pages, cuts);
        is_kept(&discover, &pages, cuts[0]);
    }

    #[test]
    fn of_sums_of_figures(pages in pages(), cuts in cuts()) {
        let sums = Sums(Figures::new(Scanner::new(&[]).unwrap()));
        holds(&sums, &pages, cuts);
        is_kept(&sums, &pages, cuts[0]);
    }

    #[test]
    fn of_keyness(pages in pages(), cuts in cuts()) {
        let comparison = Comparison {
                target: vec![Condition::Headline(Regex::new("车间|职工").unwrap())],
                reference: Vec::new(),
                scope: Scope::default(),
            };
        let keyness = Keyness::new(comparison, segmenter());
        holds(&keyness, &pages, cuts);
        is_kept(&keyness, &pages, cuts[0]);
    }

    #[test]
    fn of_collocates(pages in pages(), cuts in cuts()) {
        let node = Query::terms(&["职工"], Case::Distinct, Script::Distinct).unwrap();
        let collocates = Collocates {
            left: 3,
            right: 3,
            ..Collocates::new(node, segmenter())
        };
        holds(&collocates, &pages, cuts);
        is_kept(&collocates, &pages, cuts[0]);
    }

    #[test]
    fn of_names(pages in pages(), cuts in cuts(), by in by()) {
        let names = Names { by, ..Names::new(Wanted::default()) };
        holds(&names, &pages, cuts);
        is_kept(&names, &pages, cuts[0]);
    }

    #[test]
    fn of_pairs_of_names(
        pages in pages(),
        cuts in cuts(),
        unit in prop::sample::select(vec![Unit::Sentence, Unit::Paragraph, Unit::Article]),
    ) {
        let together = Pairs::new(Wanted::default(), unit);
        holds(&together, &pages, cuts);
        is_kept(&together, &pages, cuts[0]);
    }

    #[test]
    fn of_trends(
        pages in pages(),
        cuts in cuts(),
        shape in prop::sample::select(vec![Shape::Long, Shape::Wide, Shape::Plot]),
        by in prop::sample::select(vec![None, Some(By::Newspaper), Some(By::Article)]),
    ) {
        let term = What::Term(Query::terms(&["职工"], Case::Distinct, Script::Distinct).unwrap());
        let trends = Trends {
            series: vec![
                Series { name: "职工".into(), what: term },
                Series { name: "元".into(), what: What::Unit("元".into()) },
            ],
            by,
            scanner: Some(Scanner::new(&[]).unwrap()),
            shape,
            ..Trends::new(Length::Month)
        };
        holds(&trends, &pages, cuts);
        is_kept(&trends, &pages, cuts[0]);
    }
}
