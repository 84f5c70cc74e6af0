//! Lines that say by themselves that they are furniture: menus, page numbers, guides, who edits the page.

use super::page_words::{Cue, Lists};
use super::pattern::Pattern;
use super::scan::{Raw, is_blank};

/// How many of the words are in `content` by which a paper speaks of its own address and price.
pub(super) fn own_words(content: &str, lists: &Lists) -> usize {
    lists.own.iter().filter(|word| content.contains(word.as_str())).count()
}

/// The most characters that an entry of a menu has.
const ENTRY: usize = 10;

/// What parts the entries of a menu.
const PARTS: &str = "|｜>＞»›│┃[]【】/／·:：";

/// A menu of the site: 放大 缩小 默认, 首页 > 新闻中心 > 要闻.
pub(super) fn is_menu(content: &str, lists: &Lists) -> bool {
    let (mut entries, mut known) = (0, 0);
    let mut home = false;
    let parted = content.split(|c: char| is_blank(c) || PARTS.contains(c));
    for entry in parted.filter(|entry| !entry.is_empty()) {
        if entry.chars().nth(ENTRY).is_some() {
            return false;
        }
        home |= entries == 0 && lists.home.iter().any(|word| word == entry);
        entries += 1;
        known += usize::from(lists.menu.contains(entry));
    }
    // 沙湾网 >> 社会: where in the site the page stands.
    let is_trail = content.contains(['>', '＞', '»']) && !content.contains(['，', '。', '<']);
    match (entries, known) {
        (2.., _) if is_trail => true,
        // A word of two characters by itself may label a column.
        (1, 1) => content.chars().count() > 2,
        (2, 1) => home,
        (_, 0 | 1) => false,
        _ => known * 2 >= entries,
    }
}

/// How many lines at the head of a page may say what page it is.
pub(super) const HEAD: usize = 6;

/// 民生 03, 综合新闻 A2版.
pub(super) fn is_page_title(content: &str) -> bool {
    Pattern::PageTitle.fits(content)
}

/// How many characters the line has that says where a story goes on.
const TURN: usize = 24;

/// （下转第3版）, 上接第1版, 扫二维码: nothing of the story on the line.
pub(super) fn is_turn(content: &str) -> bool {
    Pattern::Turn.fits(content) && content.chars().nth(TURN).is_none()
}

/// How many characters dust has.
const SCRAP: usize = 8;

/// Dust that OCR took for marks: signs, and hardly a letter among them.
pub(super) fn is_scrap(content: &str) -> bool {
    if content.chars().nth(SCRAP).is_some() {
        return false;
    }
    let (mut letters, mut signs) = (0, 0);
    for c in content.chars() {
        match c {
            '。' | '，' | '？' | '！' | '”' | '」' | '』' | '）' => {}
            c if is_blank(c) => {}
            c if c.is_alphanumeric() => letters += 1,
            _ => signs += 1,
        }
    }
    letters <= 1 && signs >= 2
}

/// — 03 —, ·2·: a number between signs.
pub(super) fn is_page_number(content: &str) -> bool {
    Pattern::PageNumber.fits(content)
}

/// One of several lines with a single character each: a title set from top to bottom.
pub(super) fn is_vertical(lines: &[Raw], i: usize) -> bool {
    is_one_of_several(i, |k| lines.get(k).is_some_and(|line| line.width == 2 && line.end - line.start <= 4))
}

/// True where line `i` is of a kind, and so is one beside it.
pub(super) fn is_one_of_several(i: usize, is: impl Fn(usize) -> bool) -> bool {
    is(i) && [i + 1, i.wrapping_sub(1)].into_iter().any(is)
}

/// The widest line that names editors with nothing that parts it, in columns.
const EDITORS: u32 = 16;

/// 责任编辑:王某, 编辑 甲 校对 乙.
pub(super) fn is_editors(text: &str, line: &Raw) -> bool {
    let content = line.content(text);
    line.has(Cue::Editors)
        && !line.inner_stop
        && Pattern::Editors.fits(content)
        && (line.width <= EDITORS || Pattern::Fields.fits(content))
}

/// A line of the guide: text that ends in a page, `…… 2版`, `（详见第5版）`, `·A3版`; or A3 and the headline there.
pub(super) fn is_reference(text: &str, line: &Raw) -> bool {
    if line.inner_stop || line.commas > 2 || !(10..=80).contains(&line.width) {
        return false;
    }
    let content = line.content(text);
    Pattern::PageReference.fits(content) || line.could_head() && Pattern::PageCode.fits(content)
}

/// 01 要闻, A1, 第4版, 00001版：一版要闻, 4.
pub(super) fn is_page_label(content: &str, edge: bool) -> bool {
    let named = if edge { Pattern::PageAndName } else { Pattern::LetteredPageAndName };
    Pattern::PageLabel.fits(content)
        || Pattern::FrontPage.fits(content)
        || Pattern::SpacedNumber.fits(content) && named.fits(content)
}
