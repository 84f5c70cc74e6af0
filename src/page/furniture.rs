//! What no article owns: the masthead block, guides, weather, advertisements, editors, page numbers.

use super::lexicon::{Cue, Lists};
use super::masthead::{self, Coverage};
use super::scan::{Raw, SHORT, compact, is_blank};
use super::{Masthead, Role};

/// Marks the lines of mastheads and furniture, and reads what the mastheads say.
pub(super) fn mark(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) -> Masthead {
    let mut masthead = Masthead::default();
    mark_simple(text, lines, roles);
    mark_blocks(text, lines, roles);
    mark_masthead(text, lines, roles, &mut masthead, lists);
    mark_foot_advertisement(text, lines, roles, lists);
    mark_foot(text, lines, roles, lists);
    masthead
}

/// A block of short lines at the foot of the page that ends in a telephone number or an address: somebody advertises.
fn mark_foot_advertisement(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) {
    for end in (lines.len().saturating_sub(8)..lines.len()).rev() {
        let called = lines[end].has(Cue::ContactLabel)
            && lines[end].has(Cue::AdvertisementWord)
            && lines[end].digits > 0
            && roles[end].is_none();
        let short = |i: usize| {
            roles[i].is_none()
                && lines[i].could_head()
                && lines[i].level == 0
                && !lines[i].has(Cue::LeadOpener)
        };
        if !called || !short(end) {
            continue;
        }
        let start =
            (0..end).rev().take(6).find(|&i| lines[i + 1].blanks > 0 || !short(i)).map_or(0, |i| i + 1);
        let above = end - start;
        // With something else right above it, the block is the end of that.
        let own = |i: usize| own_words(lines[i].content(text), lists) >= 2;
        if (1..=5).contains(&above) && lines[start].blanks > 0 && !(start..=end).any(own) {
            for role in &mut roles[start..=end] {
                *role = Some(Role::Other);
            }
        }
    }
}

/// How many of the words are in `content` by which a paper speaks of its own address and price.
fn own_words(content: &str, lists: &Lists) -> usize {
    lists.own.iter().filter(|word| content.contains(word.as_str())).count()
}

/// The paper's own address and price at the foot of the page.
fn mark_foot(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) {
    for i in (lines.len().saturating_sub(5)..lines.len()).rev() {
        let line = &lines[i];
        let content = line.content(text);
        if roles[i].is_none() && line.width <= SHORT && !line.inner_stop && line.level == 0 {
            let said = line.digits > 0 || content.contains(['：', ':']);
            let named = if said { own_words(content, lists) } else { 0 };
            if named >= 2 || named == 1 && line.has(Cue::MastheadLabel) && line.phrases {
                roles[i] = Some(Role::Masthead);
                continue;
            }
        }
        if roles[i].is_none() {
            break;
        }
    }
}

/// Lines that say by themselves that they are furniture.
fn mark_simple(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    for (i, (line, role)) in lines.iter().zip(roles.iter_mut()).enumerate() {
        let edge = i < 6 || i + 4 > lines.len();
        let next = lines.get(i + 1);
        let furniture = line.markup
            || (line.has(Cue::Navigation) && !line.ends_sentence() && !line.inner_stop)
            || (line.width <= 60 && is_page_label(line.content(text), edge) && !numbers_section(line, next))
            || is_vertical(lines, i)
            || is_scrap(line.content(text))
            || (line.width <= SHORT && (is_editors(text, line) || is_reference(text, line)))
            || (line.has(Cue::Turn) && is_turn(line.content(text)))
            || (line.has(Cue::WeatherOpener) && line.has(Cue::WeatherWord) && line.phrases)
            || (line.has(Cue::WeatherWord)
                && line.width <= 60
                && line.content(text).contains(['℃', '度', '风'])
                && line.could_head()
                && line.digits > 0
                && line.phrases);
        if furniture {
            *role = Some(Role::Other);
        }
    }
}

/// （下转第3版）, 上接第1版, 扫二维码: nothing of the story on the line.
fn is_turn(content: &str) -> bool {
    let opened = content.starts_with(['（', '(', '【']);
    let story = if opened {
        content.split_once(['）', ')', '】']).is_some_and(|(_, rest)| !rest.trim_matches(is_blank).is_empty())
    } else {
        content.contains(['，', '。'])
    };
    !story && content.chars().count() <= 24
}

/// A number on a line of its own, right above a heading of the same section: 01, then the words.
pub(super) fn numbers_section(line: &Raw, next: Option<&Raw>) -> bool {
    line.width <= 2
        && line.digits == 1
        && next
            .is_some_and(|next| next.blanks == 0 && next.could_head() && next.width > 6 && next.digits == 0)
}

/// Dust that OCR took for marks: signs, and hardly a letter among them.
fn is_scrap(content: &str) -> bool {
    // Eight characters have 32 bytes at most: most lines are done with here.
    if content.len() > 32 || content.chars().count() > 8 {
        return false;
    }
    let letters = content.chars().filter(|c| c.is_alphanumeric()).count();
    let signs = content
        .chars()
        .filter(|&c| !c.is_alphanumeric() && !is_blank(c) && !"。，？！”」』）".contains(c))
        .count();
    letters <= 1 && signs >= 2
}

/// One of several lines with a single character each: a title set from top to bottom.
fn is_vertical(lines: &[Raw], i: usize) -> bool {
    let single = |k: usize| lines.get(k).is_some_and(|line| line.end - line.start <= 4 && line.width == 2);
    single(i) && (single(i + 1) || i > 0 && single(i - 1))
}

/// 责任编辑:王某, 编辑 甲 校对 乙.
fn is_editors(text: &str, line: &Raw) -> bool {
    let content = line.content(text);
    // 编辑同志： opens a letter.
    line.has(Cue::Editors)
        && !content.ends_with(['：', ':'])
        && !line.inner_stop
        && !content.contains(['，', '。', ','])
        && (content.contains(['：', ':', '/', '／', '|']) || content.contains(is_blank) || line.width <= 16)
}

/// A line of the guide: text that ends in a page, `…… 2版`, `（详见第5版）`, `·A3版`.
fn is_reference(text: &str, line: &Raw) -> bool {
    if line.inner_stop || line.width < 10 || line.width > 80 || line.commas > 2 {
        return false;
    }
    // A3 and the headline that stands there.
    let code = line.content(text).as_bytes();
    if matches!(
        code,
        [b'A'..=b'D', b'0'..=b'9', b' ', ..] | [b'A'..=b'D', b'0'..=b'9', b'0'..=b'9', b' ', ..]
    ) && line.could_head()
    {
        return true;
    }
    let content = line.content(text).trim_end_matches(['）', ')', '】', '》', '>', '〉']);
    let Some(before) = content.strip_suffix('版') else { return false };
    let digits = before.trim_end_matches(|c: char| {
        c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c)
    });
    if digits.len() == before.len() || before.len() - digits.len() > 9 {
        return false;
    }
    let lead = digits.trim_end_matches(|c: char| c.is_ascii_uppercase());
    // Something has to set the page off from the text: 今日8版 is none.
    lead.ends_with(is_blank)
        || lead.ends_with([
            '·', '…', '→', '▶', '►', '/', '／', '（', '(', '>', '》', '—', '-', '※', '●', '◆', '|', '■', '•',
            '【', '.', '↘', '☞',
        ])
        || ["详见第", "详见", "见第", "刊第", "刊", "见", "詳見第", "詳見", "转第", "第"]
            .iter()
            .any(|word| lead.ends_with(word))
}

/// 01 要闻, A1, 第4版, 00001版：一版要闻, 4.
fn is_page_label(content: &str, edge: bool) -> bool {
    if !content.starts_with(|c: char| c == '第' || c.is_ascii_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let compact = compact(content);
    let rest = compact.strip_prefix('第').unwrap_or(&compact);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = compact.len() - rest.len();
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - after.len();
    if digits == 0 {
        let chinese = after.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
        let numeral = after.len() - chinese.len();
        return numeral > 0 && compact.starts_with('第') && matches!(chinese, "版" | "页");
    }
    if after.is_empty() {
        // A bare number is a page number; a year standing alone is not.
        return digits <= 3 || (letters > 0 && digits <= 2) || digits == 5;
    }
    if let Some(label) = after.strip_prefix('版') {
        return label.chars().count() <= 12 && !label.contains(['。', '，']);
    }
    // 01 要闻: a number with a leading zero, or a letter, and a short label.
    let spaced = content
        .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
        .starts_with(|c: char| is_blank(c) || "/／|｜:：·".contains(c));
    let label = after.trim_start_matches([':', '：', '/', '／', '|', '｜', '·']);
    spaced
        && digits <= 2
        && (edge || rest.starts_with('0') || letters > 0)
        && !label.contains(|c: char| c.is_ascii_digit())
        && label.chars().count() <= 6
}

/// Labels with the lines under them: guides, weather, advertisements.
fn mark_blocks(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        if line.has(Cue::Guide) {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                let reference = roles_is_reference(text, &lines[k]);
                let referred_soon = (k + 1..lines.len().min(k + 3))
                    .take_while(|&n| lines[n].blanks == 0)
                    .any(|n| roles_is_reference(text, &lines[n]));
                reference || (lines[k].blanks == 0 && lines[k].could_head() && referred_soon)
            });
            continue;
        }
        if line.has(Cue::Related) && line.width <= 24 {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                lines[k].blanks == 0 && !lines[k].has(Cue::Edition) && !lines[k].has(Cue::LeadOpener)
            });
            continue;
        }
        if line.has(Cue::Weather) {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                lines[k].has(Cue::WeatherWord)
                    && lines[k].width <= SHORT
                    && (lines[k].blanks == 0 || lines[k].could_head())
            });
            continue;
        }
        if line.has(Cue::Advertisement) {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                k == i + 1 && lines[k].blanks <= 1 && lines[k].could_head()
                    || lines[k].blanks == 0 && !lines[k].has(Cue::LeadOpener)
                    || lines[k].has(Cue::AdvertisementWord) && lines[k].width <= SHORT
            });
            continue;
        }
        i += 1;
    }
}

fn roles_is_reference(text: &str, line: &Raw) -> bool {
    if is_reference(text, line) {
        return true;
    }
    // In a guide a bare page number will do: 加装电梯“快进键” 2
    let content = line.content(text);
    let stem = content.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'A'..='D' | 'P'));
    stem.len() < content.len()
        && content.len() - stem.len() <= 4
        && stem.ends_with(|c: char| is_blank(c) || "…·→▶/／".contains(c))
        && !line.inner_stop
}

/// Marks lines from `from` on as furniture while `belongs` says so; gives the first line that it left alone.
fn mark_run(
    lines: &[Raw],
    roles: &mut [Option<Role>],
    from: usize,
    belongs: impl Fn(usize) -> bool,
) -> usize {
    let mut k = from;
    while k < lines.len() && lines[k].level == 0 && belongs(k) {
        roles[k] = Some(Role::Other);
        k += 1;
    }
    k
}

/// How many lines may stand between two lines of one masthead.
const GAP: usize = 4;

/// Finds the masthead lines: those made of a paper's own data, and what stands between them.
fn mark_masthead(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    masthead: &mut Masthead,
    lists: &Lists,
) {
    let mut scores: Vec<(usize, u32)> = Vec::new();
    let mut names: Vec<usize> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if roles[i].is_some() || line.width > SHORT || line.ending == super::scan::Ending::Stop {
            continue;
        }
        let content = line.content(text);
        let coverage = if line.digits > 0 || content.contains(['第', '年', '〇', '一', '.', '@']) {
            masthead::read_line(content, &lists.announces, &mut Masthead::default())
        } else {
            Coverage::default()
        };
        let edition = line.has(Cue::Edition);
        let name = is_name(content, line);
        let score = if edition {
            4
        } else if line.has(Cue::Own) {
            2
        } else if coverage.is_high() {
            let sure =
                2 * u32::from(coverage.certain) + u32::from(coverage.dated) + u32::from(coverage.address);
            sure + u32::from(content.contains("星期") && coverage.dated)
                + u32::from(coverage.certain && coverage.covered > 8)
        } else if coverage.certain && line.commas == 0 {
            2
        } else if line.has(Cue::MastheadLabel)
            && line.could_head()
            && (coverage.address || coverage.dated || line.width <= 44 || is_published(content, lists))
            && line.level == 0
        {
            1
        } else {
            u32::from(name)
        };
        if score > 0 {
            scores.push((i, score));
            if name {
                names.push(i);
            }
        }
    }
    // Lines near one another make a block; a block that says enough is a masthead.
    let mut from = 0;
    while from < scores.len() {
        let mut to = from;
        while to + 1 < scores.len() && bridges(lines, roles, scores[to].0, scores[to + 1].0) {
            to += 1;
        }
        let total: u32 = scores[from..=to].iter().map(|&(_, score)| score).sum();
        let strong = scores[from..=to].iter().any(|&(_, score)| score >= 2);
        let at_top = scores[from].0 <= 3;
        if strong && (total >= 3 || at_top) || scores[from..=to].iter().any(|&(_, s)| s >= 4) {
            let (first, last) = (scores[from].0, scores[to].0);
            // What stands before a masthead at the top of the page is its own: a motto, the name in Latin.
            let start = if first <= 4
                && lines[..first].iter().all(|l| l.could_head() && l.width <= 40 && l.level == 0)
            {
                0
            } else {
                first
            };
            for k in start..=last {
                if roles[k].is_none() {
                    roles[k] = Some(Role::Masthead);
                    masthead::read_line(lines[k].content(text), &lists.announces, masthead);
                }
            }
            mark_latin_name(text, lines, roles, last + 1);
            read_name(text, lines, roles, start, masthead, &names);
            for &n in names.iter().filter(|n| (start..=last).contains(*n)) {
                if masthead.newspaper.is_none() {
                    masthead.newspaper = Some(name_of(lines[n].content(text)));
                }
            }
        }
        from = to + 1;
    }
    if masthead.newspaper.is_none() {
        masthead.newspaper = lines
            .iter()
            .zip(roles.iter())
            .filter(|(_, role)| **role == Some(Role::Masthead))
            .find_map(|(line, _)| publisher(line.content(text), lists));
    }
}

/// The paper's name, where its line ends in no word that names end in, or only the end of it is on one line.
fn read_name(
    text: &str,
    lines: &[Raw],
    roles: &[Option<Role>],
    start: usize,
    masthead: &mut Masthead,
    names: &[usize],
) {
    if masthead.newspaper.is_some() {
        return;
    }
    let plain = |i: usize| {
        let name = name_of(lines[i].content(text));
        let count = name.chars().count();
        let chinese = name.chars().all(|c| c.is_alphanumeric() && !c.is_ascii());
        (roles[i] == Some(Role::Masthead) && chinese && count <= 8 && !lines[i].has(Cue::MastheadLabel))
            .then_some((name, count))
    };
    if let Some(&first) = names.first() {
        // 江海 above 工人日报: one name on two lines.
        if let Some(before) = first.checked_sub(1)
            && let (Some((head, 2..=3)), Some((tail, 2..=4))) = (plain(before), plain(first))
        {
            masthead.newspaper = Some(head + &tail);
        }
        return;
    }
    if start <= 1
        && let Some((name, 3..=8)) = plain(start)
    {
        masthead.newspaper = Some(name);
    }
}

/// The paper's name in Latin letters behind its masthead: YUEXI RIBAO.
fn mark_latin_name(text: &str, lines: &[Raw], roles: &mut [Option<Role>], k: usize) {
    if k < lines.len() && roles[k].is_none() && lines[k].width <= 40 {
        let latin = lines[k].content(text).chars().all(|c| c.is_ascii_uppercase() || is_blank(c));
        if latin {
            roles[k] = Some(Role::Masthead);
        }
    }
}

/// True where line `a` and line `b` may belong to one masthead: few lines between, none of them running text.
fn bridges(lines: &[Raw], roles: &[Option<Role>], a: usize, b: usize) -> bool {
    let between = &lines[a + 1..b];
    let own = between.iter().zip(&roles[a + 1..b]).filter(|(_, role)| role.is_none()).count();
    own <= GAP
        && between.len() <= 2 * GAP + 4
        && between.iter().all(|line| {
            line.width <= 60
                && !line.inner_stop
                && line.ending != super::scan::Ending::Stop
                && (line.level == 0 || line.level > 1)
                && !line.has(Cue::LeadOpener)
        })
}

/// The name of a paper, alone on its line.
fn is_name(content: &str, line: &Raw) -> bool {
    let compact = compact(content);
    let count = compact.chars().count();
    line.has(Cue::NameEnding)
        && (3..=12).contains(&count)
        && line.could_head()
        && !compact.contains(['“', '”', '：', '，', '《', '！', '？'])
}

fn name_of(content: &str) -> String {
    compact(content).replace("曰报", "日报")
}

/// True where the line ends in who publishes the paper: 中共某某县委 某某县人民政府主办.
fn is_published(content: &str, lists: &Lists) -> bool {
    lists.publishers.iter().any(|end| content.ends_with(end.as_str()))
}

/// The paper's name from a line about its publisher: `…  越溪日报社出版`, `浙江工人日报 数字报纸`.
fn publisher(content: &str, lists: &Lists) -> Option<String> {
    content.split(|c: char| is_blank(c) || "，,。：:　|".contains(c)).find_map(|word| {
        let stem = lists.publishers.iter().find_map(|end| word.strip_suffix(end.as_str())).unwrap_or(word);
        let stem = stem.trim_start_matches("本报由");
        let ends = ["报", "報", "周刊", "晚刊"].iter().any(|end| stem.ends_with(end));
        (ends
            && (3..=12).contains(&stem.chars().count())
            && !["电子报", "数字报", "手机报", "机关报", "機關報"].iter().any(|w| stem.ends_with(w)))
        .then(|| name_of(stem))
    })
}
