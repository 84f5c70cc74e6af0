//! How fast figures are found: over newspaper text, over text without numerals, and over lines made to be slow.
//!
//! `cargo bench --bench figures`. The target is 50 MB/s on one core, and time that grows with the input and no
//! faster, whatever the digits.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use zjgr::figure::{Context, Scanner, Scratch};

fn main() {
    divan::main();
}

/// About a megabyte of news: a figure every thirty characters.
fn news() -> String {
    const NEWS: &str = "今年1月至11月，全市规模以上工业增加值达到1286.4亿元，同比增长7.2%，比上年同期提高0.4个百分点。\
        会议指出，要进一步统一思想，全面落实稳就业政策，不断增强职工群众的获得感和幸福感。截至目前，全市已建成驿站620多个，\
        服务户外劳动者30余万人次；由市总工会牵头的技能竞赛吸引了一百二十家企业、近三千名选手参加，其中青年选手占三分之二。\
        每人每天的补助由80元提高到120元，最高不超过5000元。负责人表示，下一步将继续推进这项工作，让更多的人受益。\n";
    NEWS.repeat(1_000_000 / NEWS.len())
}

/// About a megabyte without one numeral.
fn plain() -> String {
    const PLAIN: &str =
        "会议要求各级工会认真学习贯彻会议精神，切实把思想和行动落实到具体工作中去，努力为职工群众服务。\n";
    PLAIN.repeat(1_000_000 / PLAIN.len())
}

fn scan_lines(bencher: Bencher<'_, '_>, text: &str) {
    let scanner = Scanner::new(&[]).expect("the compiled-in lists are sound");
    let mut scratch = Scratch::default();
    let mut figures = Vec::new();
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        figures.clear();
        for line in black_box(text).lines() {
            scanner.scan_into(line, &Context::default(), &mut scratch, &mut figures);
        }
        figures.len()
    });
}

#[divan::bench]
fn newspaper(bencher: Bencher<'_, '_>) {
    scan_lines(bencher, &news());
}

#[divan::bench]
fn no_numerals(bencher: Bencher<'_, '_>) {
    scan_lines(bencher, &plain());
}

/// One line of `count` times the same few characters: twice the count must take twice the time.
#[divan::bench(args = [50_000, 100_000, 200_000], consts = [0, 1, 2, 3, 4, 5, 6])]
fn one_line<const KIND: usize>(bencher: Bencher<'_, '_>, count: usize) {
    const LINES: [&str; 7] = ["7", "一", "1,", "3至", "百千", "“一", "五年又"];
    scan_lines(bencher, &LINES[KIND].repeat(count));
}

#[divan::bench]
fn building_a_scanner() -> Scanner {
    Scanner::new(&[]).expect("the compiled-in lists are sound")
}
