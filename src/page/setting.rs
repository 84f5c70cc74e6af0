//! How the running text of a page is set: wrapped or not, indented or not.

use super::scan::{Ending, Raw};

/// How the running text of a page is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// The width that wrapped lines have, in columns; 0 where lines are not wrapped.
    pub(super) width: u32,
    /// True where paragraphs start with an indent; first lines of narrow columns count, which end in no sentence.
    pub(super) indented: bool,
}

/// A column is no narrower than eight characters.
pub(super) const NARROWEST: u32 = 16;
/// By how many columns wrapped lines of one setting may differ.
pub(super) const SLACK: u32 = 6;
/// No line of running text is wrapped that is as wide as that.
pub(super) const WIDEST: u32 = 160;
/// The fewest lines that show that text is wrapped.
const ENOUGH: u32 = 3;
/// One line in so many, at least, is wrapped where text is.
const ONE_IN: usize = 16;
/// A line wider than that is no heading.
const HEADING: u32 = 40;

impl Setting {
    /// Finds the setting of a page.
    pub(super) fn of(lines: &[Raw]) -> Self {
        let width = width(lines);
        let is_sentence = |line: &&Raw| (line.width > HEADING) | (line.ending == Ending::Stop);
        // In a narrow column the first line of a paragraph is rarely its whole first sentence.
        let fills = |line: &&Raw| (width > 0) & (line.width + SLACK >= width);
        let sentences = lines.iter().filter(is_sentence).count();
        let opening = |line: &&Raw| line.indent & (is_sentence(line) | fills(line));
        let openings = lines.iter().filter(opening).count();
        let often = (openings >= 2) & (openings * 5 >= sentences) & (openings < lines.len());
        Self { width, indented: often }
    }
}

/// The width that most wrapped lines have; 0 where lines are not wrapped.
fn width(lines: &[Raw]) -> u32 {
    let mut votes = [0u32; WIDEST as usize];
    for pair in lines.windows(2).filter(|pair| wraps_into(&pair[0], &pair[1])) {
        if let Some(vote) = votes.get_mut(pair[0].width as usize) {
            *vote += 1;
        }
    }
    let near =
        |width: usize| votes[width.saturating_sub(2)..(width + 3).min(votes.len())].iter().sum::<u32>();
    let best = (NARROWEST as usize..votes.len()).max_by_key(|&width| (near(width), width)).unwrap_or(0);
    let enough = (near(best) >= ENOUGH) & (near(best) as usize * ONE_IN >= lines.len());
    if enough { best as u32 } else { 0 }
}

/// True where `b` looks like the next line of the paragraph that `a` is in the middle of.
fn wraps_into(a: &Raw, b: &Raw) -> bool {
    // Headings stand above one another too; running text has commas.
    let running = (a.commas + b.commas > 0) | a.inner_stop | b.inner_stop | (b.ending == Ending::Stop);
    let unmarked = a.level + b.level == 0;
    running & unmarked & (a.ending != Ending::Stop) & (a.width.abs_diff(b.width) <= SLACK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::page_words::PageWords;
    use crate::page::rejoined::LineIndex;
    use crate::page::scan::scan;

    fn setting(text: &str) -> Setting {
        let mut lines = Vec::new();
        scan(text, &LineIndex::new(text, 1, false), &PageWords::built_in(), &mut lines);
        Setting::of(&lines)
    }

    #[test]
    fn tells_wrapped_text_from_text_that_is_not() {
        let column = "　　本报讯昨天下午，城\n南的工地上，有许多人在\n干活，他们说今年要把大\n楼盖起来，给新来的人住\n在里面。\n　　昨天。";
        let set = setting(column);
        assert_eq!((set.width, set.indented), (20, true));
        let set = setting("职工有了新家园\n昨天，大楼盖好了。");
        assert_eq!((set.width, set.indented), (0, false));
    }
}
