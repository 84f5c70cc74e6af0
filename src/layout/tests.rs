#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::*;
use crate::source::{Area, Piece};

/// A piece whose characters are `size` wide and high.
fn piece(x: f32, y: f32, size: f32, text: &str) -> Piece {
    let width = text.chars().count() as f32 * size;
    let area = Area { x, y, width, height: size };
    Piece { text: text.into(), area, line: (x + y * 10_000.0) as u32, ..Piece::default() }
}

/// `count` lines of ten characters below each other, each begun with `name` and its number.
fn column(x: f32, y: f32, name: char, count: usize) -> Vec<Piece> {
    let line = |at: usize| format!("{name}{}", "字".repeat(8) + &at.to_string());
    (0..count).map(|at| piece(x, y + at as f32 * 28.0, 20.0, &line(at))).collect()
}

fn arranged(pieces: Vec<Piece>) -> Document {
    let sheet = Some(Sheet { number: 1, pieces, ordered: false, ..Sheet::default() });
    let mut document = Document { sheet, ..Document::default() };
    arrange(&mut document);
    document
}

/// The first characters of the lines, blank ones as `.`
fn firsts(document: &Document) -> String {
    document.text.lines().map(|line| line.chars().next().unwrap_or('.')).collect()
}

#[test]
fn columns_under_a_headline_are_read_one_after_the_other() {
    let mut pieces = vec![piece(100.0, 20.0, 44.0, "题目横跨两栏之上")];
    pieces.extend(column(0.0, 90.0, '甲', 3));
    pieces.extend(column(240.0, 90.0, '乙', 3));
    assert_eq!(firsts(&arranged(pieces)), "题.甲甲甲乙乙乙");
}

#[test]
fn a_story_beside_another_is_not_read_into_it() {
    let mut pieces = vec![piece(20.0, 20.0, 40.0, "左边题目"), piece(260.0, 20.0, 40.0, "右边题目")];
    pieces.extend(column(0.0, 90.0, '甲', 4));
    pieces.extend(column(240.0, 90.0, '乙', 4));
    assert_eq!(firsts(&arranged(pieces)), "左.甲甲甲甲..右.乙乙乙乙");
}

#[test]
fn a_short_headline_in_the_middle_stands_over_the_columns_at_its_sides() {
    let mut pieces = vec![piece(260.0, 20.0, 40.0, "公告一则")];
    for (at, name) in ['甲', '乙', '丙'].into_iter().enumerate() {
        pieces.extend(column(240.0 * at as f32, 90.0, name, 3));
    }
    assert_eq!(firsts(&arranged(pieces)), "公.甲甲甲乙乙乙丙丙丙");
}

#[test]
fn a_line_that_the_program_drew_over_two_columns_is_cut_at_the_white_between() {
    let mut pieces = column(0.0, 0.0, '甲', 8);
    pieces.extend(column(240.0, 0.0, '乙', 8));
    // The third lines of both as one box.
    let (left, right) = (pieces.remove(2), pieces.remove(9));
    let area = left.area.with(right.area);
    pieces.push(Piece { text: left.text.clone() + &right.text, area, line: 7, ..Piece::default() });
    let document = arranged(pieces);
    assert!(document.text.contains(&format!("\n{}\n", left.text)), "{}", document.text);
    assert!(document.text.contains(&format!("\n{}\n", right.text)), "{}", document.text);
}

#[test]
fn first_lines_that_were_read_as_one_are_cut_and_a_line_in_the_middle_above_is_not() {
    let (mut left, mut right) = (column(0.0, 28.0, '甲', 8), column(240.0, 28.0, '乙', 8));
    let (first, second) = (left.remove(0), right.remove(0));
    let area = first.area.with(second.area);
    let both = Piece { text: first.text.clone() + &second.text, area, ..first.clone() };
    let above = piece(120.0, 0.0, 20.0, "横在两栏正中的一句话");
    let text = arranged([vec![above.clone(), both], left, right].concat()).text;
    for line in [first.text, second.text, above.text] {
        assert!(text.lines().any(|own| own == line), "{line}: {text}");
    }
}

#[test]
fn a_page_that_was_laid_a_little_askew_reads_the_same() {
    let mut pieces = vec![piece(100.0, 20.0, 44.0, "题目横跨两栏之上")];
    pieces.extend(column(0.0, 90.0, '甲', 12));
    pieces.extend(column(900.0, 90.0, '乙', 12));
    let level = arranged(pieces.clone()).text;
    for piece in &mut pieces {
        let (x, y) = (piece.area.centre(), piece.area.middle());
        piece.area.y += x * 0.009;
        piece.area.x -= y * 0.009;
    }
    assert_eq!(arranged(pieces).text, level);
}

#[test]
fn text_set_from_top_to_bottom_is_read_from_right_to_left() {
    let upright = |x: f32, y: f32, text: &str| {
        let area = Area { x, y, width: 20.0, height: text.chars().count() as f32 * 20.0 };
        Piece { text: text.into(), area, line: (x + y * 10_000.0) as u32, ..Piece::default() }
    };
    let mut pieces = Vec::new();
    for (at, name) in ['丁', '丙', '乙', '甲'].into_iter().enumerate() {
        pieces.push(upright(at as f32 * 30.0, 0.0, &format!("{name}上段文字一二三四五")));
        pieces.push(upright(at as f32 * 30.0, 240.0, &format!("{name}下段文字一二三四五")));
    }
    let document = arranged(pieces);
    assert_eq!(
        document.text.lines().filter(|line| !line.is_empty()).map(|line| &line[..6]).collect::<Vec<_>>(),
        ["甲上", "乙上", "丙上", "丁上", "甲下", "乙下", "丙下", "丁下"]
    );
    let first = document.placements.iter().find(|placement| placement.sheet > 0).unwrap();
    assert_eq!((first.area.x, first.area.width, first.area.height), (90.0, 20.0, 200.0));
}

#[test]
fn each_line_says_where_it_stands() {
    let mut pieces = vec![piece(0.0, 0.0, 40.0, "题目四字")];
    pieces.extend(column(0.0, 60.0, '甲', 4));
    pieces[1].area.x += 40.0;
    pieces[1].area.width -= 40.0;
    let document = arranged(pieces);
    assert_eq!(document.placements.len(), document.text.lines().count());
    let heading = document.placements[0];
    assert!(heading.head && (heading.size - 2.0).abs() < 0.15, "{heading:?}");
    let first = document.placements[2];
    assert!(first.is_indented() && !first.head, "{first:?}");
    assert_eq!((first.sheet, first.column), (1, 1));
    assert_eq!((first.area.x, first.area.y), (40.0, 60.0));
}

proptest::proptest! {
    #[test]
    fn whatever_the_boxes_every_piece_is_read_once(
        boxes in proptest::collection::vec((-50.0_f32..500.0, -50.0_f32..500.0, 0.0_f32..300.0, 0.0_f32..60.0), 0..40)
    ) {
        let piece = |(at, &(x, y, width, height)): (usize, &(f32, f32, f32, f32))| Piece {
            text: format!("第{at}块"), area: Area { x, y, width, height }, line: at as u32 / 3, ..Piece::default()
        };
        let pieces: Vec<Piece> = boxes.iter().enumerate().map(piece).collect();
        let said: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
        let document = arranged(pieces);
        let read = document.text.chars().filter(|c| !c.is_whitespace()).count();
        proptest::prop_assert_eq!(read, said);
        proptest::prop_assert_eq!(document.placements.len(), document.text.lines().count());
    }
}

#[test]
fn a_rule_that_was_read_as_a_sign_parts_columns() {
    let word = |x: f32, y: f32, width: f32, text: &str| {
        let area = Area { x, y, width, height: 20.0 };
        let (line, line_height) = (y as u32, Some(24.0));
        Piece { text: text.into(), area, line, line_height, confidence: Some(0.9), ..Piece::default() }
    };
    let row = |at: usize| {
        let y = at as f32 * 28.0;
        [
            word(0.0, y, 160.0, "甲字字字字字字字"),
            word(168.0, y, 4.0, "|"),
            word(180.0, y, 160.0, "乙字字字字字字字"),
        ]
    };
    let document = arranged((0..4).flat_map(row).collect());
    assert_eq!(firsts(&document).replace('.', ""), "甲甲甲甲乙乙乙乙");
    assert!(!document.text.contains('|'), "{}", document.text);
}
