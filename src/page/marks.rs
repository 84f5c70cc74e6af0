//! Lines that say by themselves what they are: credits, signatures, captions.

use rustc_hash::FxHashMap;

use super::Role;
use super::byline;
use super::lexicon::{Cue, Lexicon};
use super::rows::is_month_day;
use super::scan::{Ending, Raw, is_blank, is_ideograph};

/// 图片由市农业局提供: a picture, and whom it is from.
pub(super) fn is_given(line: &Raw) -> bool {
    line.has(Cue::CreditEnding) && line.width <= 48 && line.commas == 0 && line.has(Cue::Given)
}

/// Lines that only name who wrote or who took the photo.
pub(super) fn credits(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    leads: &[bool],
    lexicon: &Lexicon,
) {
    for (i, line) in lines.iter().enumerate() {
        if roles[i].is_some() || line.width > 72 || line.level > 0 || line.inner_stop {
            continue;
        }
        let content = line.content(text);
        let signed = line.has(Cue::CreditEnding)
            || line.has(Cue::Role)
            || lexicon.byline.marks.iter().any(|mark| content.starts_with(mark.as_str()));
        // 本报讯 记者甲报道 alone on its line opens a story.
        let given = is_given(line);
        if given
            || signed
                && (!leads[i] || line.width <= 40)
                && !content.ends_with(['讯', '电', '訊', '電'])
                && byline::credit(content, &lexicon.byline).is_some()
            || byline::sign_off(content, &lexicon.byline).is_some()
            || content.strip_prefix(['（', '(']).is_some_and(|inner| {
                lexicon.byline.about_author.iter().any(|word| inner.starts_with(word.as_str()))
            })
        {
            roles[i] = Some(Role::Credit);
        }
    }
}

/// A word that heads something, 公 告 or 来 信, although it has the look of a name.
fn is_label(line: &Raw) -> bool {
    [Cue::ColumnWord, Cue::Notice, Cue::Guide, Cue::Weather, Cue::Advertisement]
        .iter()
        .any(|&cue| line.has(cue))
}

/// A name by itself between a headline and its text.
pub(super) fn signatures(text: &str, lines: &[Raw], roles: &mut [Option<Role>], lexicon: &Lexicon) {
    for i in 1..lines.len() {
        // A line with the day may stand between.
        let dated =
            i >= 2 && matches!(roles[i - 1], Some(Role::Masthead | Role::Other)) && roles[i - 2].is_none();
        let under_heading = roles[i].is_none() && (roles[i - 1].is_none() || dated);
        let over_text = lines.get(i + 1).is_some_and(|_| roles[i + 1] == Some(Role::Body));
        if under_heading
            && over_text
            && lines[i].level == 0
            && !is_label(&lines[i])
            && byline::bare_name(lines[i].content(text), &lexicon.byline)
        {
            roles[i] = Some(Role::Credit);
        }
        // Whoever wrote the letter signs below it.
        let below_text = roles[i - 1] == Some(Role::Body) && lines[i - 1].ends_sentence();
        let open = matches!(roles[i], None | Some(Role::Body)) && lines[i].could_head();
        let short = lines[i].level == 0 && lines[i].width <= 48;
        if !(below_text && open && short) {
            continue;
        }
        let content = lines[i].content(text);
        // A name by itself: set wide as names are, or with nothing behind it that it could be a heading of.
        let ends =
            lines.get(i + 1).is_none_or(|_| matches!(roles[i + 1], Some(Role::Other | Role::Masthead)));
        let wide =
            content.contains(is_blank) && lines.get(i + 1).is_none_or(|_| roles[i + 1] != Some(Role::Body));
        // 文向荣（退休职工）: a name, and who that is.
        let explained = || {
            content
                .strip_suffix(['）', ')'])
                .and_then(|content| content.split_once(['（', '(']))
                .is_some_and(|(name, _)| byline::bare_name(name, &lexicon.byline))
        };
        if byline::signature(content, &lexicon.byline).is_some()
            || explained()
            || (ends || wide) && !is_label(&lines[i]) && byline::bare_name(content, &lexicon.byline)
        {
            roles[i] = Some(Role::Credit);
            // Below who signs stands when.
            if lines.get(i + 1).is_some_and(|below| {
                below.blanks <= 1 && roles[i + 1].is_none() && is_month_day(below.content(text))
            }) {
                roles[i + 1] = Some(Role::Credit);
            }
        }
    }
}

/// ①… ②… ③… above a credit: what stands on several photos.
fn numbered_captions(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    let circled = |i: usize| lines[i].content(text).starts_with(|c: char| ('①'..='⑳').contains(&c));
    let mut i = 0;
    while i < lines.len() {
        let end = (i..lines.len())
            .find(|&k| !(roles[k].is_none() && (circled(k) || k > i && lines[k].blanks == 0)))
            .unwrap_or(lines.len());
        if end > i && end - i <= 8 && circled(i) && roles.get(end) == Some(&Some(Role::Credit)) {
            for role in &mut roles[i..end] {
                *role = Some(Role::Caption);
            }
        }
        i = end.max(i + 1);
    }
}

/// Captions that say that they are, with the lines they go on over.
pub(super) fn captions(text: &str, lines: &[Raw], roles: &mut [Option<Role>]) {
    numbered_captions(text, lines, roles);
    // The same mark before several lines lists items.
    let mark = |line: &Raw| {
        let first = line.content(text).chars().next();
        first.filter(|&c| !is_ideograph(c) && !c.is_alphanumeric() && !matches!(c, '（' | '('))
    };
    let mut marked: FxHashMap<char, usize> = FxHashMap::default();
    for c in lines.iter().filter(|line| line.has(Cue::CaptionOpener)).filter_map(mark) {
        *marked.entry(c).or_default() += 1;
    }
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        i += 1;
        if roles[i - 1].is_some() || !line.has(Cue::CaptionOpener) || line.level > 0 {
            continue;
        }
        if mark(line).is_some_and(|c| marked.get(&c).is_some_and(|&count| count > 1)) {
            continue;
        }
        // 图书馆 and 图强 are no captions, but 图为 is; the openers are chosen so. A mark alone is none either.
        if line.width <= 2 {
            continue;
        }
        roles[i - 1] = Some(Role::Caption);
        let mut last = i - 1;
        // It goes on until its sentence ends, over lines of its own width.
        while last + 1 < lines.len() && last + 1 - (i - 1) <= 6 {
            let (before, next) = (&lines[last], &lines[last + 1]);
            let goes_on = !before.ends_sentence()
                && roles[last + 1].is_none()
                && next.blanks <= before.blanks.max(1)
                && next.level == 0
                && !next.has(Cue::CaptionOpener)
                && !next.has(Cue::LeadOpener);
            let fits = next.width <= line.width + 6
                && (before.ending == Ending::Open || next.ending == Ending::Stop || !before.balanced)
                && next.blanks == 0;
            let fits = fits
                || (next.blanks == lines[last].blanks
                    && before.ending == Ending::Open
                    && next.width <= line.width + 6);
            if !(goes_on && fits) {
                break;
            }
            last += 1;
            roles[last] = Some(Role::Caption);
        }
        i = last + 1;
    }
}
