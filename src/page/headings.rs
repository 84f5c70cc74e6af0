//! Groups of heading lines: what is kicker, headline, subhead, column label, section.

use std::sync::LazyLock;

use super::Role;
use super::lexicon::Cue;
use super::running::Setting;
use super::scan::{Ending, Raw, SHORT};

/// What stands around a group of heading lines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// No article has begun yet.
    pub(super) first: bool,
    /// A byline opens the text that follows, or a line with the writer's name does.
    pub(super) byline: bool,
    /// No text follows before the next group, or the page ends.
    pub(super) bare: bool,
    /// A photo stands between the group and its text, or the text is followed by a photo credit.
    pub(super) photo: bool,
    /// What came before ended with a credit, a turn line, an advertisement or a column label.
    pub(super) closed: bool,
    /// How many paragraphs the running article has.
    pub(super) paragraphs: usize,
    /// How much the group's last line is like other headings nearby that no byline follows, 0 to 3.
    pub(super) parallel: f32,
    /// The deepest-standing headline level in use on the page (1 or 2, …), 0 where none is marked.
    pub(super) headline_level: u8,
    /// True where the running article has a headline, and no text of its own yet.
    pub(super) waiting: bool,
    /// The level of the running article's headline.
    pub(super) article_level: u8,
    /// The running article opened with a byline.
    pub(super) bylined: bool,
    /// The running article has sections that carry a mark.
    pub(super) marked_sections: bool,
    /// It is the last group of the page.
    pub(super) last: bool,
    /// Another single heading without a byline stands next to it in the same article.
    pub(super) in_series: bool,
    /// How many items with a byline or a mark of their own follow.
    pub(super) items: usize,
    /// A name or a credit ends the text that follows.
    pub(super) signed: bool,
    /// Most paragraphs that follow open with a figure: a box of facts.
    pub(super) boxed: bool,
    /// A column label stands right before.
    pub(super) labelled: bool,
    /// The running article opened with a byline, and has no headline yet.
    pub(super) headless: bool,
}

/// How well a length of `chars` fits a role whose lines are `mean` long, give or take `spread`.
fn fit(chars: f32, mean: f32, spread: f32) -> f32 {
    let z = (chars - mean) / spread;
    (-0.5 * z * z).max(-3.0)
}

/// Gives the lines of one group their roles. Headings of an article that goes on are `Section`.
pub(super) fn assign(lines: &[Raw], group: &[usize], around: &Around, setting: &Setting) -> Vec<Role> {
    // More lines than a heading has: the last ones are the heading, the rest stands by itself.
    if group.len() > LARGEST {
        let (head, tail) = group.split_at(group.len() - LARGEST);
        let mut roles = vec![Role::Other; head.len()];
        roles.extend(assign(lines, tail, around, setting));
        return roles;
    }
    let mut best = (f32::NEG_INFINITY, [].as_slice());
    for labels in labelings(group.len()) {
        let score = score(lines, group, labels, around, setting);
        if score > best.0 {
            best = (score, labels.as_slice());
        }
    }
    best.1.to_vec()
}

/// The most lines that one group of headings has.
const LARGEST: usize = 7;

/// All the ways to name `n` lines, at most [`LARGEST`].
fn labelings(n: usize) -> &'static [Vec<Role>] {
    static ALL: LazyLock<[Vec<Vec<Role>>; LARGEST + 1]> =
        LazyLock::new(|| std::array::from_fn(all_labelings));
    &ALL[n.min(LARGEST)]
}

/// Column, kicker, headline (up to three lines), subhead (up to two), section.
fn all_labelings(n: usize) -> Vec<Vec<Role>> {
    use Role::{Column, Headline, Kicker, Other, Section, Subhead};
    let mut all = Vec::new();
    for columns in 0..=n.min(2) {
        for kickers in 0..=(n - columns).min(2) {
            let left = n - columns - kickers;
            for headlines in 1..=left.min(3) {
                for subheads in 0..=(left - headlines).min(4) {
                    let rest = left - headlines - subheads;
                    if rest > 1 {
                        continue;
                    }
                    let mut labels = vec![Column; columns];
                    labels.extend(vec![Kicker; kickers]);
                    labels.extend(vec![Headline; headlines]);
                    labels.extend(vec![Subhead; subheads]);
                    labels.extend(vec![Section; rest]);
                    all.push(labels);
                }
            }
        }
    }
    all.push(vec![Section; n]);
    all.push(vec![Column; n]);
    if n > 1 {
        let mut labels = vec![Subhead; n - 1];
        labels.push(Section);
        all.push(labels);
        let mut labels = vec![Column; 1];
        labels.extend(vec![Section; n - 1]);
        all.push(labels);
    }
    all.push(vec![Subhead; n]);
    all.push(vec![Other; n]);
    all
}

fn score(lines: &[Raw], group: &[usize], labels: &[Role], around: &Around, setting: &Setting) -> f32 {
    let mut total = 0.0;
    // A label may carry a mark where the headline has none.
    let headed = |label: &Role| !matches!(label, Role::Column | Role::Section);
    let levels = group.iter().zip(labels).filter(|(_, label)| headed(label)).map(|(&i, _)| lines[i].level);
    let top = levels.filter(|&level| level > 0).min().unwrap_or(0);
    let all_tight = group.len() > 2 && group.iter().skip(1).all(|&i| lines[i].blanks == 0);
    for (k, (&i, &label)) in group.iter().zip(labels).enumerate() {
        let line = &lines[i];
        total += line_score(line, label, top, around, setting, k + 1 == group.len());
        // A word or two above a longer line: the label of a column.
        let above = k == 0 && group.len() > 1 && line.width <= 10 && lines[group[1]].width > line.width + 2;
        total += if label == Role::Column && above && line.digits == 0 { 1.5 } else { 0.0 };
        if k == 0 {
            continue;
        }
        let (before, same) = (&lines[group[k - 1]], labels[k - 1] == label);
        let tight = line.blanks == 0;
        // In a setting with blank lines, what stands without one belongs together.
        let somewhere_apart = group.iter().skip(1).any(|&g| lines[g].blanks > 0);
        total += match (same, label) {
            (true, Role::Headline) => {
                let alike = before.width.abs_diff(line.width) <= 8;
                let levels = match line.level == before.level {
                    true if line.level > 0 => 0.4,
                    true => 0.0,
                    false => -3.0,
                };
                (if !tight || all_tight {
                    -1.6
                } else if somewhere_apart {
                    1.6
                } else {
                    -1.1
                }) + levels
                    + if alike { 0.5 } else { -0.3 }
                    // One that has its pair of phrases is whole; so is what somebody says.
                    - if before.phrases != line.phrases { 0.8 } else { 0.0 }
                    - if line.quoted { 1.0 } else { 0.0 }
            }
            (true, Role::Subhead) => {
                if tight {
                    0.2
                } else {
                    -0.6
                }
            }
            (true, Role::Kicker) => -0.8,
            (true, Role::Column) => -1.0,
            (true, _) => -0.5,
            // A label stands close above its headline.
            (false, _) if tight && labels[k - 1] == Role::Column => 0.0,
            (false, _) if tight && somewhere_apart => -1.0,
            (false, _) => 0.0,
        };
    }
    total + context(lines, group, labels, around, setting)
}

fn line_score(line: &Raw, label: Role, top: u8, around: &Around, setting: &Setting, last: bool) -> f32 {
    let chars = line.width as f32 / 2.0;
    let factual = line.has(Cue::FactualOpener) || line.digits > 0;
    let call = line.ending == Ending::Call;
    match label {
        Role::Headline => {
            let mut s = fit(chars, 13.0, 6.5).max(if line.phrases { -1.2 } else { -2.2 });
            s -= if factual { 0.4 } else { 0.0 };
            s -= if line.has(Cue::KickerEnding) { 1.4 } else { 0.0 };
            s -= if line.has(Cue::ColumnWord) { 3.0 } else { 0.0 };
            s -= if line.ending == Ending::Open { 2.0 } else { 0.0 };
            s -= if (line.has(Cue::ColumnEnding) || line.has(Cue::ColumnOpener)) && chars <= 10.0 {
                0.4
            } else {
                0.0
            };
            s += if is_notice(line) { 1.2 } else { 0.0 };
            s -= if line.has(Cue::Inset) { 3.0 } else { 0.0 };
            s -= if line.has(Cue::SectionMark) { 3.0 } else { 0.0 };
            s -= if is_address(line) { 1.5 } else { 0.0 };
            if top > 0 {
                s += if line.level == top { 3.0 } else { -4.0 };
            }
            // Headlines are marked 1 or 2: a mark deeper than those heads a part of one.
            let deep = around.headline_level > 0 && line.level > around.headline_level && !around.byline;
            s -= if deep { 2.0 } else { 0.0 };
            s
        }
        Role::Kicker => {
            let mut s = fit(chars, 14.0, 6.0) - 0.7;
            s += if factual { 0.55 } else { 0.0 };
            s -= if line.digits > 0 { 0.2 } else { 0.0 };
            s += if line.has(Cue::KickerEnding) { 1.9 } else { 0.0 };
            s += if line.ending == Ending::Open { 2.2 } else { 0.0 };
            s -= if call { 0.8 } else { 0.0 };
            s -= if line.has(Cue::ColumnWord) { 3.0 } else { 0.0 };
            s - if line.has(Cue::SectionMark) { 2.0 } else { 0.0 }
        }
        Role::Subhead => {
            let mut s = fit(chars, 20.0, 6.0) - 0.5;
            s += if factual { 0.55 } else { 0.0 };
            // What it adds is often a figure.
            s += if line.digits > 0 { 0.2 } else { 0.0 };
            s -= if line.has(Cue::KickerEnding) { 1.0 } else { 0.0 };
            s += if line.phrases && line.width > 28 { 0.3 } else { 0.0 };
            s += if line.has(Cue::SubheadEnding) { 1.2 } else { 0.0 };
            s += if line.has(Cue::Dash) { 4.0 } else { 0.0 };
            s += if line.level == 0 && top > 0 { 0.3 } else { 0.0 };
            s - if line.has(Cue::SectionMark) { 2.0 } else { 0.0 }
        }
        Role::Column => {
            let mut s = fit(chars, 7.0, 4.0) - 2.6;
            s += if line.has(Cue::ColumnWord) { 4.5 } else { 0.0 };
            s += if line.has(Cue::Inset) { 2.0 } else { 0.0 };
            s += if line.has(Cue::ColumnEnding) { 2.0 } else { 0.0 };
            s += if line.has(Cue::ColumnOpener) { 2.2 } else { 0.0 };
            let below = top > 0 && line.level > top;
            s += if line.couplet && below { 2.0 } else { 0.0 };
            s += if line.refrain { 3.0 } else { 0.0 };
            let named = line.has(Cue::ColumnEnding) || line.dotted;
            s += if line.dotted && chars <= 14.0 { 1.6 } else { 0.0 };
            s -= if line.digits > 0 && !named { 1.2 } else { 0.0 };
            s -= if line.commas > 0 { 1.0 } else { 0.0 };
            s -= if call { 1.5 } else { 0.0 };
            s -= if line.has(Cue::KickerEnding) && !line.has(Cue::ColumnEnding) { 1.5 } else { 0.0 };
            s + if around.waiting && line.level > around.article_level && line.level > 0 { 6.0 } else { 0.0 }
        }
        Role::Section => {
            let mut s =
                fit(chars, 12.0, 6.0).max(if line.width <= 2 && line.digits > 0 { 2.0 } else { -3.0 }) - 1.0;
            s += if line.has(Cue::SectionMark) { 4.0 } else { 0.0 };
            s += if line.has(Cue::Inset) && last { 7.0 } else { 0.0 };
            // A notice is a piece by itself.
            s -= if is_notice(line) { 1.5 } else { 0.0 };
            s += if line.bold && line.level == 0 { 1.6 } else { 0.0 };
            s += if last { around.parallel * 1.2 } else { -1.0 };
            s += if line.level > 0 && around.headline_level > 0 && line.level > around.headline_level {
                2.0
            } else {
                0.0
            };
            // A mark of its own says more than the level that OCR gave it.
            let high = line.level > 0 && line.level <= around.headline_level && !line.has(Cue::SectionMark);
            s -= if high { 3.0 } else { 0.0 };
            s -= if around.items >= 2 && line.has(Cue::BriefEnding) { 6.0 } else { 0.0 };
            s += if setting.marked && line.level == 0 { 0.6 } else { 0.0 };
            s - if line.has(Cue::KickerEnding) { 0.7 } else { 0.0 }
        }
        Role::Other => {
            let said = is_address(line)
                || line.has(Cue::AdvertisementWord)
                || line.has(Cue::MastheadLabel)
                || line.has(Cue::Editors);
            if said { 0.3 } else { -0.8 }
        }
        _ => -5.0,
    }
}

fn context(lines: &[Raw], group: &[usize], labels: &[Role], around: &Around, setting: &Setting) -> f32 {
    let headed = labels.contains(&Role::Headline);
    let mut s = 0.0;
    if headed {
        s += if around.byline { 4.0 } else { 0.0 };
        s += if around.photo { 1.8 } else { 0.0 };
        s += if around.closed { 1.3 } else { 0.0 };
        s += if around.labelled { 3.0 } else { 0.0 };
        s += if around.first { 6.0 } else { 0.0 };
        s += if group.len() > 1 { 0.8 } else { 0.0 };
        // Who wrote the running article was said at its start: the name at the end is another's.
        s += if around.signed && around.bylined { 1.5 } else { 0.0 };
        s += if around.boxed { 1.5 } else { 0.0 };
        // A story that stood before its headline.
        s += if around.headless && !around.byline { 3.0 } else { 0.0 };
        // The label of a column of items is the headline of none of them.
        let label = group.len() == 1 && around.items >= 2 && lines[group[0]].has(Cue::BriefEnding);
        s -= if label { 8.0 } else { 0.0 };
        // Nobody signs what follows, and an article is under way: rather a section of it.
        let under_way = around.paragraphs > 0 && !around.closed && !around.boxed;
        s -= if under_way && !around.byline && !around.photo && !around.signed { 0.9 } else { 0.0 };
        // Where headlines are marked, an unmarked line is hardly one.
        let leveled = group.iter().any(|&i| lines[i].level > 0);
        s -= if setting.marked && !leveled && !around.byline { 1.5 } else { 0.0 };
        s -= if around.waiting
            && around.article_level > 0
            && group.iter().all(|&i| lines[i].level == 0 || lines[i].level > around.article_level)
        {
            9.0
        } else {
            0.0
        };
        // A section has text of its own article under it, not the byline of another.
        s -= if around.byline && labels.last() == Some(&Role::Section) { 4.0 } else { 0.0 };
        s += 0.6;
    } else {
        if labels.contains(&Role::Other) {
            // A heading with nothing under it at the foot of the page is an advertisement, an address, a rule.
            return if around.last && around.bare && !around.first { 3.0 } else { -7.0 };
        }
        let sections = labels.iter().all(|&l| l == Role::Section);
        s -= if around.first { 4.0 } else { 0.0 };
        let brief = around.items >= 2
            && group.iter().all(|&i| lines[i].has(Cue::ColumnEnding) || lines[i].has(Cue::ColumnWord));
        s -= if around.byline && !around.waiting && !brief { 4.0 } else { 0.0 };
        if sections {
            s -= if around.waiting { 2.5 } else { 0.0 };
            s += if around.paragraphs >= 2 {
                0.8
            } else if around.paragraphs == 1 {
                0.3
            } else {
                -0.6
            };
            s -= if around.bare { 2.0 } else { 0.0 };
            s += if around.in_series { 1.3 } else { 0.0 };
            s -= if around.labelled { 3.0 } else { 0.0 };
            // Where sections of the article carry a mark, what has none is no section.
            let marked = group.iter().all(|&i| lines[i].has(Cue::SectionMark) || lines[i].bold);
            s -= if around.marked_sections && !marked { 3.0 } else { 0.0 };
        }
        if labels.iter().all(|&l| l == Role::Subhead) {
            s -= if around.waiting { 0.8 } else { 8.0 };
        }
        if labels.first() == Some(&Role::Subhead) && !around.waiting {
            s -= 8.0;
        }
        if labels.contains(&Role::Column) && labels.last() == Some(&Role::Column) {
            // A label alone leads into nothing, unless the article it stands in waits for its text.
            s += if brief {
                6.5
            } else if around.waiting {
                0.0
            } else {
                -2.5
            };
        }
    }
    s
}

/// 通告, or 关于滨江路禁止货车通行的通告; who gives notice (某某下发通知) is another matter.
fn is_notice(line: &Raw) -> bool {
    line.has(Cue::Notice) && (line.width <= 20 || !line.has(Cue::KickerEnding))
}

/// An address, a price, a telephone number to call.
fn is_address(line: &Raw) -> bool {
    line.digits > 0 && (line.has(Cue::MastheadLabel) || line.has(Cue::AdvertisementWord))
}

/// How alike two headings are, as sections of one article are: 0 to 3.
pub(super) fn likeness(text: &str, a: &Raw, b: &Raw) -> f32 {
    if a.width > SHORT || b.width > SHORT || a.level != b.level || a.bold != b.bold {
        return 0.0;
    }
    let (x, y) = (a.content(text), b.content(text));
    let mut score = 0.0f32;
    if a.has(Cue::SectionMark) && b.has(Cue::SectionMark) {
        score += 2.0;
    }
    if x.chars().take(2).eq(y.chars().take(2)) && x.chars().take(2).all(char::is_alphanumeric) {
        score += 1.5;
    }
    let split = |s: &str| s.chars().position(|c| matches!(c, ',' | '，' | ' ' | '\u{3000}' | '：' | ':'));
    if let (Some(p), Some(q)) = (split(x), split(y))
        && a.commas == b.commas
        && p.abs_diff(q) <= 1
    {
        score += 1.3;
    }
    if a.width.abs_diff(b.width) <= 4
        && a.commas == b.commas
        && a.phrases == b.phrases
        && a.ending == b.ending
    {
        score += 0.7;
    }
    score.min(3.0)
}
