//! Running text or heading: which lines are sentences, wrapped or not, and which stand by themselves.

use super::Role;
use super::byline;
use super::lexicon::{BylineWords, Cue};
use super::rows::{is_row, opens_with_day, signs};
use super::scan::{Ending, Raw, SHORT, opens_with_number, opens_with_speaker, opens_with_time};

/// How the running text of a page is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// The width that wrapped lines have, in columns; 0 where lines are not wrapped.
    pub(super) width: u32,
    /// True where wrapped lines of a paragraph follow each other without a blank line, and paragraphs do not.
    pub(super) spaced: bool,
    /// True where paragraphs start with an indent.
    pub(super) indented: bool,
    /// The same, first lines of narrow columns counted too, which end in no sentence: true wherever `indented` is.
    pub(super) opens_indented: bool,
    /// True where headlines carry Markdown marks.
    pub(super) marked: bool,
}

/// A column is no narrower than eight characters.
const NARROWEST: u32 = 16;

/// By how many columns wrapped lines of one setting may differ.
const SLACK: u32 = 6;

/// How far ahead a run of wrapped lines is followed.
const AHEAD: usize = 8;

impl Setting {
    /// Finds the setting of a page from the lines that are not furniture.
    pub(super) fn of(lines: &[Raw], roles: &[Option<Role>]) -> Self {
        let text: Vec<&Raw> =
            lines.iter().zip(roles).filter(|(_, role)| role.is_none()).map(|(line, _)| line).collect();
        let mut votes = [0u32; 160];
        let (mut adjacent, mut apart) = (0u32, 0u32);
        for pair in text.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if goes_on(a, b)
                && let Some(vote) = votes.get_mut(a.width as usize)
            {
                *vote += 1;
                if b.blanks == 0 {
                    adjacent += 1;
                } else {
                    apart += 1;
                }
            }
        }
        let near = |w: usize| votes[w.saturating_sub(2)..(w + 3).min(votes.len())].iter().sum::<u32>();
        let best = (NARROWEST as usize..votes.len()).max_by_key(|&w| (near(w), w)).unwrap_or(0);
        let enough = near(best) >= 3 && near(best) as usize * 16 >= text.len();
        let is_body = |l: &Raw| l.width > 40 || l.ending == Ending::Stop;
        let sentences = text.iter().filter(|l| is_body(l)).count();
        let indents = text.iter().filter(|l| l.indent && is_body(l)).count();
        // In a narrow column the first line of a paragraph is rarely its whole first sentence.
        let fills = |l: &Raw| enough && l.width as usize + 6 >= best;
        let first_lines = text.iter().filter(|l| l.indent && (is_body(l) || fills(l))).count();
        let often = |indents: usize| indents >= 2 && indents * 5 >= sentences && indents < text.len();
        let blanks = text.iter().filter(|l| l.blanks > 0).count();
        Self {
            width: if enough { best as u32 } else { 0 },
            spaced: adjacent > apart && blanks * 12 > text.len(),
            indented: often(indents),
            opens_indented: often(first_lines),
            marked: lines.iter().zip(roles).filter(|(line, role)| role.is_none() && line.level > 0).count()
                >= 2,
        }
    }

    /// The width of the column that `line` stands in; 0 where lines are not wrapped.
    pub(super) fn edge(&self, line: &Raw) -> u32 {
        if line.column > 0 { line.column } else { self.width }
    }

    /// True where `line` reaches the column edge of a wrapped setting.
    pub(super) fn is_full(&self, line: &Raw) -> bool {
        let edge = self.edge(line);
        edge > 0 && line.width + SLACK >= edge && line.width <= edge + SLACK + 4
    }
}

/// True where `b` looks like the next line of the paragraph that `a` is in the middle of.
fn goes_on(a: &Raw, b: &Raw) -> bool {
    // Headings stand above one another too; running text has commas.
    let running = a.commas + b.commas > 0 || a.inner_stop || b.inner_stop || b.ending == Ending::Stop;
    running && a.ending != Ending::Stop && a.level == 0 && b.level == 0 && a.width.abs_diff(b.width) <= SLACK
}

/// How many lines from a run of wrapped lines another line may stand to be of its column.
const REACH: usize = 12;

/// Fills in [`Raw::column`]: an article over two columns, a box, an editor's note have lines of a width of their own.
pub(super) fn mark_columns(lines: &mut [Raw], roles: &[Option<Role>], setting: &Setting) {
    let order: Vec<usize> = (0..lines.len()).filter(|&i| roles[i].is_none()).collect();
    // Runs of wrapped lines: where in `order` they start and end, and how wide they are.
    let mut runs: Vec<(usize, usize, u32)> = Vec::new();
    let mut start = 0;
    for at in 1..=order.len() {
        if at < order.len() && goes_on(&lines[order[at - 1]], &lines[order[at]]) {
            continue;
        }
        let run = &order[start..at];
        // Wrapped lines end anywhere; those of a list end in a mark each.
        let cut = run.iter().filter(|&&i| lines[i].ending == Ending::Bare).count();
        // Three headings one above the other are no paragraph: one of those has a full stop somewhere.
        let told = || {
            let stops = |i: &usize| lines[*i].inner_stop || lines[*i].ending == Ending::Stop;
            run.iter().any(stops) || order.get(at).is_some_and(|i| lines[*i].width <= SHORT && stops(i))
        };
        if run.len() >= 3 && cut * 2 >= run.len() && told() {
            let mut widths: Vec<u32> = run.iter().map(|&i| lines[i].width).collect();
            widths.sort_unstable();
            runs.push((start, at - 1, widths[widths.len() / 2]));
        }
        start = at;
    }
    let other = |width: u32| width.abs_diff(setting.width) > SLACK / 2 && (NARROWEST..160).contains(&width);
    if !runs.iter().any(|run| other(run.2)) {
        return;
    }
    // How far the run stands that a line may share the column of, before it or behind it, and how wide it is.
    let mut near: Vec<Option<(usize, u32)>> = vec![None; order.len()];
    for &(start, end, width) in &runs {
        let blanks = lines[order[start + 1]].blanks;
        near[start..=end].fill(Some((0, width)));
        // A wider gap or a wider line ends the column.
        let fits = |at: usize, below: usize| {
            lines[order[at]].width <= width + SLACK && lines[order[below]].blanks <= blanks
        };
        let mut reach = |at: usize, distance: usize| {
            let closer = near[at].is_none_or(|(other, _)| distance < other);
            if closer {
                near[at] = Some((distance, width));
            }
            closer
        };
        for at in (end + 1..order.len()).take(REACH) {
            if !(fits(at, at) && reach(at, at - end)) {
                break;
            }
        }
        for at in (0..start).rev().take(REACH) {
            if !(fits(at, at + 1) && reach(at, start - at)) {
                break;
            }
        }
    }
    for (&i, near) in order.iter().zip(&near) {
        if let Some((_, width)) = near.filter(|&(_, width)| other(width)) {
            lines[i].column = width;
        }
    }
}

/// True where `line` can only be the start of a paragraph.
pub(super) fn starts_paragraph(line: &Raw, lead: bool, setting: &Setting) -> bool {
    let item = line.has(Cue::Dash) && (line.commas > 0 || line.inner_stop);
    lead || line.level > 0 || item || (setting.indented && line.indent) || line.has(Cue::SectionMark)
}

/// Says of every line that is not furniture whether it is running text (`Body`); headings stay open (`None`).
pub(super) fn mark(
    text: &str,
    lines: &[Raw],
    roles: &mut [Option<Role>],
    leads: &[bool],
    setting: &Setting,
    words: &BylineWords,
) {
    // The last line of running text, where its sentence goes on.
    let mut open: Option<usize> = None;
    // The narrowest inner line of the run that `open` ends.
    let mut run_width = 0;
    let order: Vec<usize> = (0..lines.len()).filter(|&i| roles[i].is_none()).collect();
    // The last line that may be a heading says that a notice stands under it.
    let mut notice = false;
    // Up to where in `order` lines belong to what a colon announced.
    let mut announced = 0;
    // The line below names who wrote what is below it in turn.
    let credits: Vec<bool> = (0..lines.len()).map(|i| roles[i] == Some(Role::Credit)).collect();
    let signed_below = |i: usize| {
        credits.get(i + 1) == Some(&true)
            && lines.get(i + 2).is_some_and(|below| below.ends_sentence() || below.commas > 0)
            && byline::credit(lines[i + 1].content(text), words)
                .is_some_and(|people| !people.bylines.is_empty())
    };
    for (at, &i) in order.iter().enumerate() {
        let line = &lines[i];
        if at < announced {
            roles[i] = Some(Role::Body);
            open = None;
            continue;
        }
        let rest = &order[at + 1..];
        // A poem: short lines in stanzas, below its title, or the name of who wrote it.
        if i > 0 && open.is_none() && line.width <= 36 && line.blanks > 0 && line.level == 0 {
            let above = lines[i - 1].content(text);
            let signed = i > 1
                && roles[i - 2].is_none()
                && (roles[i - 1] == Some(Role::Credit)
                    || lines[i - 1].width <= 12 && byline::bare_name(above, words));
            let titled = roles[i - 1].is_none() && lines[i - 1].width <= 24;
            if signed {
                announced = at + stanzas(lines, leads, &order[at..], 4, 36);
            } else if titled {
                announced = at + stanzas(lines, leads, &order[at..], 5, 18);
            }
            if at < announced {
                roles[i] = Some(Role::Body);
                open = None;
                continue;
            }
        }
        if line.level == 0 && !leads[i] && line.width > 60 && line.ends_sentence() {
            // Most lines of most pages: a paragraph, whole.
            roles[i] = Some(Role::Body);
            open = None;
            continue;
        }
        let signed =
            at > 0 && roles[order[at - 1]] == Some(Role::Body) && signs(text, lines, line, notice, rest);
        let row = is_row(text, lines, i);
        // ——记全国劳模某某: below a headline it completes it.
        let completes =
            line.has(Cue::Dash) && line.commas == 0 && line.could_head() && i > 0 && roles[i - 1].is_none();
        // Right under the heading of a notice stands what it says.
        let noticed = notice
            && line.level == 0
            && line.width > 24
            && rest.first().is_some_and(|&next| lines[next].blanks == 0 && !lines[next].could_head());
        // “灯亮了！” above ——某某侧记, or above the line of who wrote it: a headline.
        let headline = line.could_head()
            && line.width <= 44
            && (lines.get(i + 1).is_some_and(|next| {
                next.has(Cue::Dash) && next.commas == 0 && next.could_head() && next.width <= 60
            }) || signed_below(i));
        // The end of a sentence, however short: 元。
        let ends = open.is_some() && line.ending == Ending::Stop;
        // A full line right below a full one is of its paragraph, although a sentence ended between.
        let inside = line.blanks == 0
            && i > 0
            && roles[i - 1] == Some(Role::Body)
            && setting.is_full(&lines[i - 1])
            && setting.is_full(line);
        let headline =
            headline || open.is_none() && !inside && heads_indented(lines, leads, setting, line, rest);
        let body = !headline
            && (ends
                || noticed
                || !completes && is_sentence(text, line, leads[i])
                || same_paragraph(lines, roles, leads, setting, i)
                || signed
                || row
                || match open {
                    Some(before) => {
                        continues(text, lines, leads, setting, Open { before, run_width }, i, rest)
                            || starts_run(text, lines, leads, setting, i, rest)
                    }
                    None => starts_run(text, lines, leads, setting, i, rest),
                });
        if !body {
            open = None;
            notice = line.has(Cue::Notice);
            continue;
        }
        roles[i] = Some(Role::Body);
        announced = at + 1 + announces(text, lines, leads, i, rest);
        let unfinished = !signed && !row && (line.ending == Ending::Open || line.ending == Ending::Bare);
        if unfinished {
            run_width = if open.is_some() { run_width.min(line.width) } else { line.width };
            open = Some(i);
        } else {
            open = None;
        }
    }
}

/// Where paragraphs open with an indent, what has none starts no paragraph: with an indented line below it, or after
/// another line or two of its kind, it is a heading.
fn heads_indented(lines: &[Raw], leads: &[bool], setting: &Setting, line: &Raw, rest: &[usize]) -> bool {
    let heads = |line: &Raw| !line.indent && line.could_head();
    setting.opens_indented
        && heads(line)
        && line.width <= 60
        && rest.iter().take(3).find(|&&k| !heads(&lines[k])).is_some_and(|&k| lines[k].indent || leads[k])
}

/// How many short lines that line `i` announces with a colon follow right below it, a poem or what is on a sign, up
/// to the sentence that goes on.
fn announces(text: &str, lines: &[Raw], leads: &[bool], i: usize, rest: &[usize]) -> usize {
    if lines[i].ending != Ending::Open
        || !lines[i].content(text).ends_with(['：', ':'])
        || lines[i].width <= 24
    {
        return 0;
    }
    let short = |k: usize| {
        let line = &lines[k];
        line.blanks == 0
            && !leads[k]
            && line.level == 0
            && line.width <= 48
            && line.could_head()
            && !line.has(Cue::SectionMark)
    };
    let count = rest.iter().take(20).take_while(|&&k| short(k)).count();
    let goes_on = rest.get(count).is_some_and(|&k| {
        let line = &lines[k];
        line.blanks == 0 && !leads[k] && line.level == 0 && (line.ends_sentence() || line.inner_stop)
    });
    if goes_on { count } else { 0 }
}

/// How many short lines that are no sentences stand together in `order`, in stanzas of two lines or more; none where
/// there are fewer than `least`, too few to be a poem.
fn stanzas(lines: &[Raw], leads: &[bool], order: &[usize], least: usize, width: u32) -> usize {
    let verse = |at: usize| {
        order.get(at).is_some_and(|&i| {
            let line = &lines[i];
            line.width <= width && line.could_head() && line.level == 0 && line.digits == 0 && !leads[i]
        })
    };
    let tight = |at: usize| order.get(at).is_some_and(|&i| lines[i].blanks == 0);
    let mut count = 0;
    while count < 60 && verse(count) {
        // A stanza opens with a gap, and has a second line.
        if count > 0 && !tight(count) && !(verse(count + 1) && tight(count + 1)) {
            break;
        }
        count += 1;
    }
    let stacked = (1..count).filter(|&at| tight(at)).count();
    if count >= least && stacked * 2 >= count { count } else { 0 }
}

/// Running text by itself: it ends a sentence, holds one, or is far too long for a heading.
fn is_sentence(text: &str, line: &Raw, lead: bool) -> bool {
    if line.level > 0 {
        return false;
    }
    let content = line.content(text);
    let said = line.ending == Ending::Call
        && content.starts_with(['“', '「', '问', '答'])
        && content.ends_with(['”', '」', '？', '！'])
        && (line.commas > 0 || line.width > 40);
    let item =
        opens_with_number(content) && (line.commas > 0 || content.contains(['：', ':']) || line.width > 40);
    lead || item
        || opens_with_time(content)
        || opens_with_speaker(content)
        || line.inner_stop
        || line.ending == Ending::Stop && line.width > 2
        || said
        || line.width > 120 && (line.commas > 0 || !line.phrases)
        || !line.balanced && line.width > 24 && line.commas > 0
        || content.starts_with("——") && line.commas + u32::from(line.width > 24) > 0
        || line.commas >= 2 && !line.phrases && line.width > 44
        || line.has(Cue::BodyOpener)
            && (content.ends_with(['：', ':'])
                || content.chars().take(6).any(|c| matches!(c, '，' | ',')) && line.width > 30)
}

/// A sentence that the lines so far leave open.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// The last of its lines.
    before: usize,
    /// The narrowest of those that another follows.
    run_width: u32,
}

/// True where line `i` goes on with the sentence before it.
fn continues(
    text: &str,
    lines: &[Raw],
    leads: &[bool],
    setting: &Setting,
    open: Open,
    i: usize,
    rest: &[usize],
) -> bool {
    let Open { before, run_width } = open;
    let line = &lines[i];
    if starts_paragraph(line, leads[i], setting) || line.bold || line.blanks > 3 {
        return false;
    }
    if line.ends_sentence() || !line.balanced && !lines[before].balanced {
        return true;
    }
    // A byline opens a story, whose first sentence has hardly ended on its line.
    if leads[before]
        && line.blanks <= lines[before].blanks.max(1)
        && follows_on(lines, leads, setting, 0, rest)
    {
        return true;
    }
    // In a narrow column a comma at the edge is followed by the rest of the sentence, however little of it stands
    // before a page number or a photo.
    if matches!(setting.edge(line), 1..=60)
        && lines[before].ending == Ending::Open
        && setting.is_full(&lines[before])
        && line.blanks <= 1
        && rest
            .first()
            .is_some_and(|&next| !starts_paragraph(&lines[next], leads[next], setting) && !lines[next].indent)
    {
        return true;
    }
    // A headline above a byline, although the text before it breaks off.
    if line.could_head()
        && rest.first().is_some_and(|&next| leads[next])
        && !(line.blanks == 0 && setting.is_full(&lines[before]))
    {
        return false;
    }
    // A sentence that breaks off at the column edge goes on, in whatever is left of it.
    if setting.is_full(&lines[before])
        && (line.ending == Ending::Open
            || line.commas > 0
            || run_width < setting.edge(line) + SLACK && rest.is_empty())
    {
        return true;
    }
    if setting.is_full(&lines[before])
        && line.content(text).ends_with(['的', '和', '与', '及', '把', '将', '被', '并', '而'])
    {
        return true;
    }
    // Right below a line that reaches the column edge, with nothing to set it off.
    let edge = setting.is_full(&lines[before]) || !lines[before].balanced;
    if i == before + 1 && line.blanks == 0 && edge {
        return true;
    }
    // Where paragraphs are set apart by blank lines, a blank line ends a paragraph, but for a photo in its middle.
    if setting.spaced && line.blanks > 0 && line.balanced && line.commas == 0 && !setting.is_full(line) {
        return false;
    }
    // A wrapped line in the middle of a sentence is about as wide as those before it.
    let narrow = line.width + 8 < run_width && line.width * 4 < run_width * 3;
    if narrow {
        return line.ending == Ending::Open && line.commas > 1;
    }
    if line.ending == Ending::Open || setting.is_full(line) && run_width.abs_diff(line.width) <= 8 {
        return true;
    }
    // What follows has to go on in its turn.
    follows_on(lines, leads, setting, line.width, rest)
}

/// True where the lines in `rest` carry a sentence of lines about `width` wide to its end.
fn follows_on(lines: &[Raw], leads: &[bool], setting: &Setting, width: u32, rest: &[usize]) -> bool {
    for &k in rest.iter().take(AHEAD) {
        let next = &lines[k];
        if starts_paragraph(next, leads[k], setting)
            || next.has(Cue::BodyOpener) && next.blanks > 0 && next.ending == Ending::Stop
            || next.blanks > 2
        {
            return false;
        }
        if next.ending == Ending::Stop || next.inner_stop {
            return true;
        }
        if next.width + 8 < width && next.width * 4 < width * 3 {
            return next.ending == Ending::Open;
        }
    }
    // Nothing but wrapped lines as far as one can see, or the page ends here.
    rest.len() >= AHEAD
}

/// True where line `i`, which is no sentence, starts a paragraph whose lines are wrapped.
fn starts_run(
    text: &str,
    lines: &[Raw],
    leads: &[bool],
    setting: &Setting,
    i: usize,
    rest: &[usize],
) -> bool {
    let line = &lines[i];
    if line.level > 0 || line.bold {
        return false;
    }
    if line.ending == Ending::Open && line.width > 20 {
        // 全国人大代表某某—— leads into the headline below it.
        let leads_in = line.content(text).ends_with(['：', ':', '—']) && line.balanced && line.commas < 2;
        return !(leads_in && rest.first().is_some_and(|&next| lines[next].could_head() && !leads[next]));
    }
    if line.has(Cue::Salutation) {
        return true;
    }
    if line.ending == Ending::Open && line.content(text).ends_with(['：', ':']) {
        // 任命：, indented like the paragraphs around it.
        if setting.opens_indented
            && line.indent
            && rest.first().is_some_and(|&next| lines[next].indent || !lines[next].could_head())
        {
            return true;
        }
        let item = |next: usize| {
            is_row(text, lines, next)
                || lines[next].has(Cue::SectionMark)
                || opens_with_number(lines[next].content(text))
        };
        return rest.first().is_some_and(|&next| item(next));
    }
    let Some(&next) = rest.first() else {
        return line.ending == Ending::Open;
    };
    // Indented, as wide as its column, and the line below it is not indented: the start of a paragraph.
    if setting.opens_indented
        && line.indent
        && setting.is_full(line)
        && text[..line.start].chars().rev().take_while(|&c| c == '\u{3000}').count() <= 2
        && lines[next].blanks == 0
        && !lines[next].indent
        && !leads[next]
    {
        return true;
    }
    // 12月2日7：30～17：00 and a place: an entry of a list, over the whole width of its column.
    if setting.is_full(line)
        && line.digits >= 3
        && setting.edge(line) <= 60
        && opens_with_day(line.content(text))
        && lines[next].ending == Ending::Stop
    {
        return true;
    }
    let follower = &lines[next];
    if setting.spaced && follower.blanks > 0 && line.balanced && line.commas < 2 {
        return false;
    }
    if starts_paragraph(follower, leads[next], setting)
        || follower.blanks > 2
        || follower.width + 4 < line.width
            && follower.could_head()
            && !follower.has(Cue::BodyOpener)
            && !setting.is_full(line)
    {
        return false;
    }
    if line.has(Cue::SectionMark) && line.could_head() && line.width + 2 < setting.edge(line) {
        return false;
    }
    if setting.indented && line.indent && line.width > 16 {
        return true;
    }
    if !line.balanced && (line.width > 24 || setting.is_full(line)) {
        return true;
    }
    if setting.indented && !line.indent && !setting.is_full(line) {
        return false;
    }
    // As wide as the column, a comma in it, and no phrases: hardly a heading.
    if setting.edge(line) > 0
        && line.width.abs_diff(setting.edge(line)) <= 2
        && line.commas > 0
        && !line.phrases
        && line.digits == 0
    {
        return true;
    }
    let opener = line.has(Cue::BodyOpener) && (line.commas > 0 || setting.is_full(line));
    // The lines that follow, as long as they are wrapped to the same edge.
    let mut same = 0;
    let mut ended = false;
    let mut widest = 0;
    for &k in rest.iter().take(AHEAD) {
        let next = &lines[k];
        if starts_paragraph(next, leads[k], setting) || next.blanks > 2 {
            break;
        }
        widest = widest.max(next.width);
        if next.ends_sentence() && next.width <= line.width + SLACK
            || next.ending == Ending::Stop
            || next.inner_stop
                && (next.ending != Ending::Bare || line.commas > 0 && line.width + 2 >= setting.edge(line))
        {
            ended = true;
            break;
        }
        // An indent makes the first line look narrower.
        if next.width.abs_diff(line.width) > SLACK + 2 {
            break;
        }
        same += 1;
    }
    // A line well short of the edge that those behind it reach is no wrapped line.
    if widest > line.width + SLACK + 4 && !opener {
        return false;
    }
    if opener {
        return ended || same >= 1;
    }
    // Below a marked heading, and what follows is wider than the column: what completes the heading.
    let completes = i > 0
        && lines[i - 1].level > 0
        && line.could_head()
        && line.commas == 0
        && same == 0
        && follower.width > setting.edge(line) + SLACK;
    if completes {
        return false;
    }
    if setting.edge(line) > 0 && line.width.abs_diff(setting.edge(line)) <= SLACK && !line.phrases {
        return ended || same >= 2 && widest.max(line.width) + 3 >= setting.edge(line);
    }
    // Two lines of one width with no blank line between, and a comma in the first: a short paragraph.
    let short = ended && line.commas > 0 && follower.blanks == 0 && (same >= 1 || line.blanks > 0);
    short || same >= 2 && line.width >= NARROWEST && (ended || same + 1 >= AHEAD)
}

/// True where line `i` stands right below a full line of running text, in a setting that sets paragraphs apart: it
/// belongs to the same one, whatever it looks like.
fn same_paragraph(
    lines: &[Raw],
    roles: &[Option<Role>],
    leads: &[bool],
    setting: &Setting,
    i: usize,
) -> bool {
    let line = &lines[i];
    let Some(above) = i.checked_sub(1) else { return false };
    let below = line.blanks == 0 && roles[above] == Some(Role::Body) && setting.is_full(&lines[above]);
    // A paragraph breaks at the column edge and ends with its sentence: what does neither, behind a sentence that
    // is over, is a heading.
    let ends_below = lines.get(i + 1).is_some_and(|next| {
        next.blanks == 0 && !starts_paragraph(next, leads[i + 1], setting) && !next.could_head()
    });
    if lines[above].ending == Ending::Stop && line.could_head() && !setting.is_full(line) && !ends_below {
        return false;
    }
    let apart = setting.indented && !line.indent
        || setting.spaced && !setting.indented && lines[above].width <= setting.edge(line) + SLACK;
    below
        && apart
        && !line.bold
        && !starts_paragraph(line, leads[i], setting)
        && line.width <= setting.edge(line) + SLACK
}
