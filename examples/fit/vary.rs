//! Sets a page anew: to another width, with other gaps, marks and indents, its articles in another order, misread here
//! and there. What each line is stays known.

mod site;

use std::collections::BTreeMap;

use zjgr::page::Role;
use zjgr::page::learn::Answer;

/// A line of a page that is set anew.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    answer: Answer,
    /// How many blank lines stand above it.
    blanks: usize,
}

/// Numbers that look random, and are the same each time: SplitMix64 (Steele, Lea & Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    /// Numbers that begin with `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub(crate) fn in_hundred(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }
}

/// FNV-1a of a name.
pub(crate) fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The page called `name`, set anew for the `time`th time.
pub(crate) fn vary(
    name: &str,
    text: &str,
    answers: &BTreeMap<u32, Answer>,
    time: u32,
) -> (String, BTreeMap<u32, Answer>) {
    let mut dice = Dice::new(hash(name) ^ (u64::from(time) << 32));
    let mut lines = read(text, answers);
    let (on_site, is_brief) = (dice.in_hundred(22), dice.in_hundred(15));
    if on_site || is_brief || dice.in_hundred(40) {
        lines = cut_out(lines, &mut dice);
    }
    if is_brief {
        lines = brief(lines, &mut dice);
    }
    if on_site {
        return written(&as_a_site(lines, &mut dice));
    }
    if dice.in_hundred(35) {
        lines = shuffled(lines, &mut dice);
    }
    if dice.in_hundred(65) {
        lines = rewrapped(&lines, &mut dice);
    }
    if dice.in_hundred(40) {
        lines = lengthened(lines, &mut dice);
    }
    if dice.in_hundred(65) {
        lines = broken(lines, &mut dice);
    }
    if dice.in_hundred(35) {
        interrupt(&mut lines, &mut dice);
    }
    if dice.in_hundred(30) {
        thin(&mut lines, &mut dice);
    }
    if dice.in_hundred(30) {
        split_headings(&mut lines, &mut dice);
    }
    indent(&mut lines, &mut dice);
    mark(&mut lines, &mut dice);
    space(&mut lines, &mut dice);
    if dice.in_hundred(20) {
        lines.iter_mut().for_each(|line| line.text = half_width(&line.text));
    }
    if dice.in_hundred(30) {
        lines.iter_mut().for_each(|line| misread(&mut line.text, &mut dice));
    }
    written(&lines)
}

/// The stories as a site sets them.
fn as_a_site(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let mut lines = site::dressed(lines, dice);
    if dice.in_hundred(30) {
        thin(&mut lines, dice);
    }
    indent(&mut lines, dice);
    space(&mut lines, dice);
    if dice.in_hundred(15) {
        lines.iter_mut().for_each(|line| line.text = half_width(&line.text));
    }
    lines
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty()
}

fn read(text: &str, answers: &BTreeMap<u32, Answer>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut blanks = 0;
    for (number, line) in (1..).zip(text.lines()) {
        match answers.get(&number) {
            Some(&answer) if !is_blank(line) => {
                lines.push(Line { text: line.trim_end().to_owned(), answer, blanks });
                blanks = 0;
            }
            _ => blanks += 1,
        }
    }
    lines
}

fn written(lines: &[Line]) -> (String, BTreeMap<u32, Answer>) {
    let (mut text, mut answers, mut number) = (String::new(), BTreeMap::new(), 0);
    for line in lines.iter().filter(|line| !is_blank(&line.text)) {
        for _ in 0..line.blanks {
            text.push('\n');
            number += 1;
        }
        text.push_str(&line.text);
        text.push('\n');
        number += 1;
        answers.insert(number, line.answer);
    }
    (text, answers)
}

/// A few articles of the page alone, as a file of one story or a clipping has them; what no article owns stays on some.
fn cut_out(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let mut articles: Vec<u32> =
        lines.iter().map(|line| line.answer.article).filter(|&own| own > 0).collect();
    articles.dedup();
    let Some(&first) = articles.get(dice.below(articles.len().max(1))) else { return lines };
    let kept = first..first + 1 + dice.below(3) as u32;
    let (mastheads, others) = (dice.in_hundred(40), dice.in_hundred(30));
    let keeps = |line: &Line| match line.answer.role {
        Role::Masthead => mastheads,
        Role::Other => others,
        _ => kept.contains(&line.answer.article),
    };
    lines.into_iter().filter(keeps).collect()
}

/// Of each story its headings and the first few of its paragraphs, as of a short item, with who signed it now and then.
fn brief(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let (most, signed) = (1 + dice.below(3), dice.in_hundred(50));
    let (mut article, mut paragraphs) = (0, 0);
    let mut keeps = |line: &Line| {
        if line.answer.article != article {
            (article, paragraphs) = (line.answer.article, 0);
        }
        paragraphs += usize::from(line.answer.role == Role::Body && !line.answer.joins);
        match line.answer.role {
            Role::Body => paragraphs <= most,
            Role::Credit => signed,
            Role::Section | Role::Caption => false,
            _ => true,
        }
    };
    lines.into_iter().filter(|line| keeps(line)).collect()
}

/// The articles in another order, where each stands in one piece; what no article owns stays with what is above it.
fn shuffled(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let mut blocks: Vec<(u32, Vec<Line>)> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            Some((article, block)) if line.answer.article == 0 || *article == line.answer.article => {
                block.push(line)
            }
            _ => blocks.push((line.answer.article, vec![line])),
        }
    }
    let parted = |blocks: &[(u32, Vec<Line>)]| {
        let mut seen: Vec<u32> = blocks.iter().map(|(article, _)| *article).collect();
        seen.sort_unstable();
        seen.windows(2).any(|pair| pair[0] == pair[1])
    };
    let start = usize::from(blocks.first().is_some_and(|(article, _)| *article == 0));
    if !parted(&blocks) {
        for i in (start + 1..blocks.len()).rev() {
            blocks.swap(i, start + dice.below(i + 1 - start));
        }
    }
    blocks.into_iter().flat_map(|(_, block)| block).collect()
}

/// A width to wrap lines at, in characters, or none.
fn width(dice: &mut Dice) -> usize {
    match dice.below(10) {
        0..=2 => usize::MAX,
        3 => 8 + dice.below(6),
        4..=7 => 12 + dice.below(10),
        _ => 22 + dice.below(20),
    }
}

/// Running text wrapped to another width, or not at all; on some pages each article to its own.
fn rewrapped(lines: &[Line], dice: &mut Dice) -> Vec<Line> {
    let (apart, mut own, mut article) = (dice.in_hundred(35), width(dice), None);
    set_to(lines, |line| {
        if apart && line.answer.article > 0 && article != Some(line.answer.article) {
            (article, own) = (Some(line.answer.article), width(dice));
        }
        own
    })
}

/// Every paragraph on one line.
fn in_one_piece(lines: &[Line]) -> Vec<Line> {
    set_to(lines, |_| usize::MAX)
}

/// Running text wrapped to the `width` that is asked for each of its lines, in characters.
fn set_to(lines: &[Line], mut width: impl FnMut(&Line) -> usize) -> Vec<Line> {
    let mut set = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let first = &lines[at];
        let own = width(first);
        let goes_on = |line: &Line| {
            line.answer.joins
                && (line.answer.role, line.answer.article) == (first.answer.role, first.answer.article)
        };
        let count = match first.answer.role {
            Role::Body | Role::Caption => 1 + lines[at + 1..].iter().take_while(|line| goes_on(line)).count(),
            _ => 1,
        };
        let whole = &lines[at..at + count];
        at += count;
        if !matches!(first.answer.role, Role::Body | Role::Caption) {
            set.push(first.clone());
            continue;
        }
        let text: String = whole
            .iter()
            .enumerate()
            .map(|(k, line)| if k > 0 { line.text.trim_start() } else { &line.text })
            .collect();
        for (k, text) in wrapped(&text, own).into_iter().enumerate() {
            let joins = first.answer.joins || k > 0;
            set.push(Line {
                text,
                answer: Answer { joins, ..first.answer },
                blanks: if k > 0 { 0 } else { first.blanks },
            });
        }
    }
    set
}

/// Paragraphs run together, so that they are as long as those of meetings and speeches are.
fn lengthened(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let often = 30 + dice.below(50);
    let mut set: Vec<Line> = Vec::new();
    for line in lines {
        let runs_on = |above: &Line| {
            (line.answer.role, line.answer.article) == (above.answer.role, above.answer.article)
                && line.answer.role == Role::Body
                && above.text.ends_with(['。', '，', ','])
                && line.text.chars().count() >= BREAKS / 2
        };
        match set.last_mut().filter(|above| runs_on(above) && dice.in_hundred(often)) {
            Some(above) => above.text.push_str(line.text.trim_start()),
            None => set.push(line),
        }
    }
    set
}

/// The shortest line that is broken in two, in characters.
const BREAKS: usize = 24;

/// Long lines of running text broken anywhere, as a column's foot or a photo breaks a paragraph.
fn broken(lines: Vec<Line>, dice: &mut Dice) -> Vec<Line> {
    let often = 15 + dice.below(50);
    let mut set = Vec::new();
    for line in lines {
        let length = line.text.chars().count();
        if line.answer.role != Role::Body || length < BREAKS || !dice.in_hundred(often) {
            set.push(line);
            continue;
        }
        let at = 8 + dice.below(length - 16);
        let hangs = |c: &char| "，。、；：？！”’）》」』】,.;:?!)%".contains(*c);
        let at = at + line.text.chars().skip(at).take_while(hangs).count();
        let head: String = line.text.chars().take(at).collect();
        let tail: String = line.text.chars().skip(at).collect();
        let (gap, answer) = (dice.below(2), line.answer);
        let ends = head.ends_with(['。', '？', '！', '”']);
        set.push(Line { text: head, ..line });
        if !tail.is_empty() {
            set.push(Line { text: tail, answer: Answer { joins: !ends, ..answer }, blanks: gap });
        }
    }
    set
}

/// Photos and furniture moved into the middle of a paragraph.
fn interrupt(lines: &mut Vec<Line>, dice: &mut Dice) {
    let moves = |line: &Line| matches!(line.answer.role, Role::Caption | Role::Credit | Role::Other);
    for _ in 0..3 {
        let movable: Vec<usize> = (0..lines.len()).filter(|&i| moves(&lines[i])).collect();
        let Some(&start) = movable.get(dice.below(movable.len().max(1))) else { return };
        let own = lines[start].answer;
        let start = (0..=start)
            .rev()
            .take_while(|&i| moves(&lines[i]) && lines[i].answer.article == own.article)
            .last()
            .unwrap_or(start);
        let count = lines[start..]
            .iter()
            .take_while(|line| moves(line) && line.answer.article == own.article)
            .count();
        // What goes first, a photo with its own headline or a list, stays where it is.
        let whole = count <= 4
            && !lines[start..start + count]
                .iter()
                .any(|line| line.answer.joins && line.answer.role == Role::Body);
        let begins = !lines[..start].iter().any(|line| line.answer.article == own.article);
        if !whole || (own.article > 0 && begins) {
            continue;
        }
        let fits = |i: usize| {
            let line = &lines[i];
            line.answer.joins
                && line.answer.role == Role::Body
                && (own.article == 0 || line.answer.article == own.article)
                && i > 0
                && lines[i - 1].answer.role == Role::Body
        };
        let places: Vec<usize> = (0..lines.len()).filter(|&i| fits(i)).collect();
        let Some(&to) = places.get(dice.below(places.len().max(1))) else { continue };
        let block: Vec<Line> = lines.drain(start..start + count).collect();
        let to = if to > start { to - count } else { to };
        lines.splice(to..to, block);
    }
}

/// Without some of the lines that stand around articles and over them.
fn thin(lines: &mut Vec<Line>, dice: &mut Dice) {
    lines.retain(|line| {
        let drops = match line.answer.role {
            Role::Masthead | Role::Other => 25,
            Role::Kicker | Role::Subhead | Role::Column | Role::Credit => 20,
            _ => 0,
        };
        !dice.in_hundred(drops)
    });
}

/// `text` in lines of `width` characters; a mark that may open no line hangs over.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for c in text.chars() {
        let hangs = "，。、；：？！”’）》」』】…,.;:?!)%".contains(c);
        if used >= width.saturating_mul(2) && !hangs {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        used += if c.is_ascii() { 1 } else { 2 };
        line.push(c);
    }
    lines.push(line);
    lines
}

/// Headlines of several characters on two lines, as narrow columns have them.
fn split_headings(lines: &mut Vec<Line>, dice: &mut Dice) {
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let plain = line.text.trim();
        let length = plain.chars().count();
        let splits = line.answer.role == Role::Headline
            && length >= 10
            && !plain.starts_with('#')
            && !plain.starts_with('*');
        if splits && dice.in_hundred(50) {
            let half = match plain.chars().position(|c| c == ' ' || c == '\u{3000}') {
                Some(blank) => blank,
                None => length / 2 + dice.below(3) - 1,
            };
            let head: String = plain.chars().take(half).collect();
            let tail: String = plain.chars().skip(half).collect();
            let second = Line {
                text: tail.trim().to_owned(),
                answer: Answer { joins: true, ..line.answer },
                blanks: 0,
            };
            lines[at].text = head;
            lines.insert(at + 1, second);
            at += 1;
        }
        at += 1;
    }
}

/// The text of a line without its heading marks.
fn plain(text: &str) -> &str {
    text.trim_start_matches('#').trim_start()
}

fn indent(lines: &mut [Line], dice: &mut Dice) {
    match dice.below(4) {
        0 => lines.iter_mut().for_each(|line| line.text = line.text.trim_start().to_owned()),
        1 => {
            for line in lines.iter_mut().filter(|line| line.answer.role == Role::Body) {
                let text = line.text.trim_start();
                line.text = if line.answer.joins { text.to_owned() } else { format!("　　{text}") };
            }
        }
        _ => {}
    }
}

/// Heading marks lost, or put before whatever a converter takes for a heading.
fn mark(lines: &mut [Line], dice: &mut Dice) {
    match dice.below(5) {
        0 | 1 => {
            for line in lines.iter_mut() {
                line.text = plain(&line.text).to_owned();
            }
        }
        2 => {
            let deep = 1 + dice.below(2);
            for line in lines.iter_mut() {
                let plain = plain(&line.text).to_owned();
                let level = match line.answer.role {
                    Role::Headline => deep,
                    Role::Section => deep + 1,
                    Role::Subhead | Role::Kicker if dice.in_hundred(40) => deep + dice.below(2),
                    Role::Column if dice.in_hundred(50) => deep,
                    Role::Masthead | Role::Caption | Role::Other if dice.in_hundred(4) => deep,
                    _ => 0,
                };
                if level > 0 && plain.chars().count() > 1 {
                    line.text = format!("{} {plain}", "#".repeat(level));
                }
            }
        }
        _ => {}
    }
}

fn space(lines: &mut [Line], dice: &mut Dice) {
    match dice.below(7) {
        0 => lines.iter_mut().for_each(|line| line.blanks = 0),
        1 => lines.iter_mut().skip(1).for_each(|line| line.blanks = 1),
        2 => lines.iter_mut().skip(1).for_each(|line| line.blanks = usize::from(!line.answer.joins)),
        4 => lines.iter_mut().skip(1).for_each(|line| line.blanks = 1 + 2 * usize::from(dice.in_hundred(6))),
        3 => {
            for at in 1..lines.len() {
                let (above, own) = (lines[at - 1].answer, lines[at].answer);
                let apart =
                    above.article != own.article || (above.role == Role::Body) != (own.role == Role::Body);
                lines[at].blanks = usize::from(apart);
            }
        }
        _ => {}
    }
}

fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        other => other,
    };
    text.chars().map(half).collect()
}

/// Characters that are taken for others, marks that are lost, blanks that are read where none are.
fn misread(text: &mut String, dice: &mut Dice) {
    const OTHERS: [(char, char); 12] = [
        ('日', '曰'),
        ('人', '入'),
        ('大', '太'),
        ('未', '末'),
        ('己', '已'),
        ('天', '夭'),
        ('贝', '见'),
        ('八', '入'),
        ('力', '刀'),
        ('木', '本'),
        ('干', '千'),
        ('。', '.'),
    ];
    let mut read = String::with_capacity(text.len());
    for c in text.chars() {
        match dice.below(200) {
            0 => {
                let other = OTHERS.iter().find(|(is, _)| *is == c).map(|(_, taken)| *taken);
                read.push(other.unwrap_or(c));
            }
            1 if "，。、“”".contains(c) => {}
            2 if !c.is_ascii() && !c.is_whitespace() => {
                read.push(c);
                read.push(' ');
            }
            _ => read.push(c),
        }
    }
    *text = read.trim_end().to_owned();
}
