//! Lines that say by themselves that they are furniture: menus, page numbers, guides, who edits the page.

use super::page_words::{Cue, Lists};
use super::scan::{Raw, compact, is_blank, is_ideograph};

/// How many of the words are in `content` by which a paper speaks of its own address and price.
pub(super) fn own_words(content: &str, lists: &Lists) -> usize {
    lists.own.iter().filter(|word| content.contains(word.as_str())).count()
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
        let listed = lists.menu.contains(entry);
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
