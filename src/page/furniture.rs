//! What no article owns: the masthead block, guides, weather, advertisements, editors, page numbers.

use super::folio::Folio;
use super::imprint::Imprint;
use super::lexicon::{Cue, Lists};
use super::scan::{Ending, Raw, SHORT, compact, is_blank, is_ideograph};
use super::{Masthead, Role, masthead, nameplate, titles};

/// What the furniture of a page says.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Of the paper and the issue.
    pub(super) masthead: Masthead,
    /// Of the paper, the day and the page, line by line.
    pub(super) imprints: Vec<Imprint>,
    /// For each line, whether a footer repeats it as the headline.
    pub(super) settled: Vec<bool>,
}

/// Marks the lines of mastheads and furniture, and reads what they say.
pub(super) fn mark(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) -> Furniture {
    let mut masthead = Masthead::default();
    let mut folios = read_folios(text, lines, roles, lists);
    let mut settled = vec![false; lines.len()];
    mark_simple(text, lines, roles, &folios, lists);
    mark_page_titles(text, lines, roles);
    mark_blocks(text, lines, roles, lists);
    for footer in titles::footers(text, lines, &folios, lists) {
        let (first, last) = footer.lines;
        roles[first..=last].fill(Some(Role::Masthead));
        folios[first..=last].fill(None);
        folios[first] = Some(footer.folio);
        settled[footer.headline.0..=footer.headline.1].fill(true);
    }
    nameplate::mark(text, lines, roles, &mut masthead, &folios, lists);
    mark_contacts(lines, roles);
    mark_foot_advertisement(text, lines, roles, lists);
    mark_foot(text, lines, roles, lists);
    let imprints = imprints(text, lines, roles, folios);
    masthead.page = imprints.iter().find_map(|imprint| imprint.page.clone());
    masthead.section = imprints.iter().find_map(|imprint| imprint.section.clone());
    Furniture { masthead, imprints, settled }
}

/// The widest line that can be a folio, in columns: a footer that repeats a headline is long.
const WIDEST_FOLIO: u32 = 160;

/// What each line says as a folio, where it may be one.
fn read_folios(text: &str, lines: &[Raw], roles: &[Option<Role>], lists: &Lists) -> Vec<Option<Folio>> {
    let read = |(line, role): (&Raw, &Option<Role>)| {
        let could =
            role.is_none() && line.width <= WIDEST_FOLIO && line.ending != Ending::Stop && line.commas == 0;
        let content = line.content(text);
        let told = line.digits > 0
            || content.contains(['：', ':', '版', '报', '報', '日', '期', '年', '刊', '０', '１', '２'])
            || lists.folio_visited.iter().any(|word| content.chars().eq(word.iter().copied()));
        (could && told).then(|| Folio::read(content, lists))
    };
    let mut folios: Vec<Option<Folio>> = lines.iter().zip(roles).map(read).collect();
    // 今天是, and the day below it.
    let asks =
        |folio: &Option<Folio>| folio.as_ref().is_some_and(|folio| folio.visited && folio.date.is_none());
    let asked: Vec<bool> = folios.iter().map(asks).collect();
    for (folio, asked) in folios.iter_mut().skip(1).zip(asked) {
        if let Some(folio) = folio {
            folio.visited |= asked;
        }
    }
    // A day of the month set large is no number of a page.
    if let Some((first, last, _)) = nameplate::split_date(text, lines) {
        folios[first..=last].fill(None);
    }
    folios
}

/// What the masthead lines and the labels of pages say, in their order.
fn imprints(text: &str, lines: &[Raw], roles: &[Option<Role>], folios: Vec<Option<Folio>>) -> Vec<Imprint> {
    let masthead = |i: usize| roles.get(i) == Some(&Some(Role::Masthead));
    let mut found = Vec::new();
    for (i, folio) in folios.into_iter().enumerate() {
        let Some(folio) = folio else { continue };
        let labels_page =
            roles[i] == Some(Role::Other) && folio.is_pure() && folio.date.is_none() && !folio.visited;
        let near = i < HEAD || masthead(i + 1) || i > 0 && masthead(i - 1);
        let dates_article = roles[i] == Some(Role::Other) && (folio.is_sure() || folio.is_day());
        if masthead(i) || dates_article || labels_page && (near || lines[i].content(text).contains('版')) {
            found.push(Imprint::of(i, folio));
        }
    }
    found
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
pub(super) fn own_words(content: &str, lists: &Lists) -> usize {
    lists.own.iter().filter(|word| content.contains(word.as_str())).count()
}

/// The paper's own address and price at the foot of the page.
fn mark_foot(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) {
    for i in (lines.len().saturating_sub(5)..lines.len()).rev() {
        let line = &lines[i];
        let content = line.content(text);
        let sentence = line.inner_stop || line.ending == Ending::Stop;
        if roles[i].is_none() && line.width <= SHORT && !sentence && line.level == 0 {
            // 某某日报官方网站 www…
            if line.has(Cue::Account)
                && masthead::read_line(content, &lists.announces, &mut Masthead::default()).address
            {
                roles[i] = Some(Role::Masthead);
                continue;
            }
            let said = line.digits > 0 || content.contains(['：', ':']);
            let named = own_words(content, lists);
            let announced = said
                && lists
                    .announces
                    .words
                    .iter()
                    .any(|word| word.len() >= 4 && content.chars().take(word.len()).eq(word.iter().copied()));
            if named >= 2 || said && named == 1 && line.has(Cue::MastheadLabel) && line.phrases || announced {
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
fn mark_simple(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    folios: &[Option<Folio>],
    lists: &Lists,
) {
    for (i, (line, role)) in lines.iter().zip(roles.iter_mut()).enumerate() {
        let folio = folios[i].as_ref();
        if folio.is_some_and(|folio| is_visit_line(line.content(text), folio, lists))
            || is_visit(i, folios)
            || is_menu(line.content(text), lists)
        {
            *role = Some(Role::Other);
            continue;
        }
        // 字数：128, 浏览次数：56; who wrote it is a credit.
        let noted =
            folio.is_some_and(|folio| folio.labelled && folio.rest.is_empty() && folio.date.is_none());
        let counts = line.digits > 0 || line.ending == Ending::Open;
        if noted && counts && role.is_none() && !line.has(Cue::LeadOpener) {
            *role = Some(Role::Other);
            continue;
        }
        // A dated line that ends in 第4版 points to no other page.
        if role.is_some() || folio.is_some_and(Folio::is_sure) {
            continue;
        }
        let edge = i < HEAD || i + 4 > lines.len();
        let next = lines.get(i + 1);
        let furniture = line.markup
            || (line.has(Cue::Navigation) && !line.ends_sentence() && !line.inner_stop)
            || (line.width <= 60
                && is_page_label(line.content(text), edge)
                && (i < HEAD || !numbers_section(line, next)))
            || is_vertical(lines, i)
            || is_scrap(line.content(text))
            || line.width <= 12 && line.digits == 1 && is_page_number(line.content(text))
            || (line.width <= SHORT && (is_editors(text, line) || is_reference(text, line, lists)))
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

/// The most words that stand beside the day of a visit.
const BESIDE_VISIT: usize = 3;

/// 今天是2024年1月5日 behind the name of the site, or 今天是 with the day lost.
fn is_visit_line(content: &str, folio: &Folio, lists: &Lists) -> bool {
    let asks = || lists.folio_visited.iter().any(|word| content.ends_with(&word.iter().collect::<String>()));
    folio.visited && (folio.date.is_some() && folio.rest.len() <= BESIDE_VISIT || asks())
}

/// The day alone below 今天是: the day of the visit.
fn is_visit(i: usize, folios: &[Option<Folio>]) -> bool {
    let before = i.checked_sub(1).and_then(|before| folios[before].as_ref());
    let asks = before.is_some_and(|folio| folio.visited && folio.date.is_none());
    asks && folios[i]
        .as_ref()
        .is_some_and(|folio| folio.date.is_some() && folio.newspaper.is_none() && folio.rest.is_empty())
}

/// The most characters that an entry of a menu has.
const ENTRY: usize = 10;

/// A menu of the site: 放大 缩小 默认, 首页 > 新闻中心 > 要闻.
pub(super) fn is_menu(content: &str, lists: &Lists) -> bool {
    let (mut entries, mut known) = (0, 0);
    let mut home = false;
    let parted = content.split(|c: char| is_blank(c) || "|｜>＞»›│┃[]【】/／·:：".contains(c));
    for entry in parted.filter(|entry| !entry.is_empty()) {
        if entry.chars().count() > ENTRY {
            return false;
        }
        let listed = lists.menu.iter().any(|word| word == entry);
        home |= entries == 0 && lists.home.iter().any(|word| word == entry);
        entries += 1;
        known += usize::from(listed);
    }
    // 沙湾网 >> 社会: where in the site the page stands.
    let trail = content.contains(['>', '＞', '»']) && entries >= 2 && !content.contains(['，', '。', '<']);
    // A word of two characters by itself may label a column.
    let said = if entries == 1 { content.chars().count() > 2 } else { known >= 2 || home };
    trail || known > 0 && known * 2 >= entries && said
}

/// How many lines at the head of a page may say what page it is.
pub(super) const HEAD: usize = 6;

/// What a page is about, beside its number: 民生 03, or 02 with 综合新闻 below it.
fn mark_page_titles(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    let title = |i: usize| {
        let line = &lines[i];
        let content = line.content(text);
        line.level == 0
            && (4..=12).contains(&line.width)
            && !line.has(Cue::NameEnding)
            && content.chars().all(is_ideograph)
    };
    let edges = (0..lines.len().min(HEAD)).chain(lines.len().saturating_sub(4).max(HEAD)..lines.len());
    for i in edges {
        let content = lines[i].content(text);
        if roles[i].is_none() && lines[i].phrases && is_page_title(content) {
            roles[i] = Some(Role::Other);
        }
        // A leading zero counts pages, not anything else.
        let zero = content.starts_with('0') && (2..=3).contains(&content.len());
        if !(zero && roles[i] == Some(Role::Other)) {
            continue;
        }
        if i + 1 < lines.len() && lines[i + 1].blanks <= 1 && roles[i + 1].is_none() && title(i + 1) {
            roles[i + 1] = Some(Role::Other);
        } else if i > 0 && lines[i].blanks == 0 && roles[i - 1].is_none() && title(i - 1) {
            roles[i - 1] = Some(Role::Other);
        }
    }
}

/// 民生 03, 综合新闻 A2版.
pub(super) fn is_page_title(content: &str) -> bool {
    let Some((label, number)) = content.rsplit_once(is_blank) else { return false };
    let label = label.trim_end_matches(is_blank);
    let number = number.strip_suffix('版').unwrap_or(number);
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    number.len() - digits.len() <= 1
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (6..=18).contains(&label.len())
        && label.chars().all(is_ideograph)
}

/// Ways to reach the paper, one below the other, and what stands right above them.
fn mark_contacts(lines: &[Raw], roles: &mut [Option<Role>]) {
    let contact = |i: usize| {
        let line = &lines[i];
        (line.has(Cue::ContactLabel) && line.has(Cue::MastheadLabel) || line.has(Cue::Account))
            && line.could_head()
            && line.level == 0
    };
    let mut i = HEAD;
    while i < lines.len() {
        let end =
            (i..lines.len()).find(|&k| !contact(k) || k > i && lines[k].blanks > 0).unwrap_or(lines.len());
        if end < i + 2 || roles[i..end].iter().any(Option::is_some) {
            i = end.max(i + 1);
            continue;
        }
        let above = |k: &usize| {
            let line = &lines[*k];
            roles[*k].is_none()
                && lines[*k + 1].blanks == 0
                && line.level == 0
                && line.width <= 60
                && !line.inner_stop
                && !line.ends_sentence()
                && !line.has(Cue::LeadOpener)
        };
        let start = (i.saturating_sub(3)..i).rev().take_while(above).last().unwrap_or(i);
        for role in &mut roles[start..end] {
            *role = Some(Role::Other);
        }
        i = end;
    }
}

/// （下转第3版）, 上接第1版, 扫二维码: nothing of the story on the line.
pub(super) fn is_turn(content: &str) -> bool {
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
pub(super) fn is_scrap(content: &str) -> bool {
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

/// — 03 —, ·2·: a number between signs.
pub(super) fn is_page_number(content: &str) -> bool {
    let sign = |c: char| matches!(c, '-' | '—' | '－' | '–' | '─' | '·') || is_blank(c);
    let number = content.trim_matches(sign);
    content.starts_with(sign) && content.ends_with(sign) && number.bytes().all(|b| b.is_ascii_digit())
}

/// One of several lines with a single character each: a title set from top to bottom.
pub(super) fn is_vertical(lines: &[Raw], i: usize) -> bool {
    let single = |k: usize| lines.get(k).is_some_and(|line| line.end - line.start <= 4 && line.width == 2);
    single(i) && (single(i + 1) || i > 0 && single(i - 1))
}

/// 责任编辑:王某, 编辑 甲 校对 乙.
pub(super) fn is_editors(text: &str, line: &Raw) -> bool {
    let content = line.content(text);
    // 编辑同志： opens a letter.
    line.has(Cue::Editors)
        && !content.ends_with(['：', ':'])
        && !line.inner_stop
        && !content.contains(['，', '。', ','])
        && (content.contains(['：', ':', '/', '／', '|']) || content.contains(is_blank) || line.width <= 16)
}

/// A line of the guide: text that ends in a page, `…… 2版`, `（详见第5版）`, `·A3版`.
pub(super) fn is_reference(text: &str, line: &Raw, lists: &Lists) -> bool {
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
    // 2.0版 is how far a thing has come.
    if digits.strip_suffix('.').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let lead = digits.trim_end_matches(|c: char| c.is_ascii_uppercase());
    // Something has to set the page off from the text: 今日8版 is none.
    lead.ends_with(is_blank)
        || lead.ends_with([
            '·', '…', '→', '▶', '►', '/', '／', '（', '(', '>', '》', '—', '-', '※', '●', '◆', '|', '■', '•',
            '【', '.', '↘', '☞',
        ])
        || lists.references.iter().any(|word| lead.ends_with(word.as_str()))
}

/// 01 要闻, A1, 第4版, 00001版：一版要闻, 4.
pub(super) fn is_page_label(content: &str, edge: bool) -> bool {
    if matches!(content, "头版" | "頭版") {
        return true;
    }
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
fn mark_blocks(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lists: &Lists) {
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        if line.has(Cue::Guide) {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                let reference = roles_is_reference(text, &lines[k], lists);
                let referred_soon = (k + 1..lines.len().min(k + 3))
                    .take_while(|&n| lines[n].blanks == 0)
                    .any(|n| roles_is_reference(text, &lines[n], lists));
                reference || (lines[k].blanks == 0 && lines[k].could_head() && referred_soon)
            });
            continue;
        }
        if line.has(Cue::Related) && line.width <= 24 {
            roles[i] = Some(Role::Other);
            i = mark_run(lines, roles, i + 1, |k| {
                (lines[k].blanks == 0 || k == i + 1 && lines[k].blanks == 1 && lines[k].could_head())
                    && !lines[k].has(Cue::Edition)
                    && !lines[k].has(Cue::Navigation)
                    && !lines[k].has(Cue::LeadOpener)
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
                k == i + 1 && lines[k].blanks <= 1 && (lines[k].could_head() || line.has(Cue::Notice))
                    || lines[k].blanks == 0 && !lines[k].has(Cue::LeadOpener)
                    || lines[k].has(Cue::AdvertisementWord) && lines[k].width <= SHORT
            });
            continue;
        }
        i += 1;
    }
}

fn roles_is_reference(text: &str, line: &Raw, lists: &Lists) -> bool {
    if is_reference(text, line, lists) {
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
