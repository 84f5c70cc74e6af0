//! Where a line goes on with the sentence of an earlier one.

use rustc_hash::FxHashMap;

use super::Role;
use super::lexicon::{Cue, Lists};
use super::outline::{Draft, Outline};
use super::rows::{self, is_quoted_scrap, says};
use super::running::Setting;
use super::scan::{Ending, Raw, opens_with_number};

/// Fills in [`Draft::continues`].
pub(super) fn join(text: &str, lines: &[Raw], outline: &mut Outline, lists: &Lists) {
    let setting = outline.setting;
    let drafts = &mut outline.drafts;
    // The last line of running text of each article.
    let mut last_body: Vec<Option<usize>> = vec![None; outline.articles.len()];
    // How lines of running text open, with the first that opens so.
    let mut openings: FxHashMap<&[u8], usize> = FxHashMap::default();
    for i in 0..lines.len() {
        let Some(article) = drafts[i].article else { continue };
        match drafts[i].role {
            Role::Body => {
                // The end of another sentence, in a list whose points open with a mark: what comes next joins over it.
                if let Some(before) = last_body[article]
                    && is_quoted_scrap(lines[i].content(text))
                    && is_astray(text, lines, drafts, lists, before, i)
                {
                    continue;
                }
                // What opens as an earlier paragraph does is that paragraph once more, whatever broke off above it.
                let opening = opening(text, &lines[i]);
                let again = opening.is_some_and(|opening| {
                    let &mut first = openings.entry(opening).or_insert(i);
                    first < i && drafts[first].continues.is_none()
                });
                if !again
                    && let Some(before) = last_body[article]
                    && goes_on(
                        Around { text, lines, drafts, setting: &setting, lists },
                        before,
                        i,
                        outline.bylines[i],
                    )
                {
                    drafts[i].continues = Some(before);
                }
                last_body[article] = Some(i);
            }
            Role::Headline | Role::Kicker | Role::Subhead => {
                let same = i > 0
                    && drafts[i - 1].role == drafts[i].role
                    && drafts[i - 1].article == drafts[i].article;
                if same {
                    drafts[i].continues = Some(i - 1);
                }
            }
            Role::Caption => {
                let same = i > 0
                    && drafts[i - 1].role == Role::Caption
                    && drafts[i - 1].article == drafts[i].article;
                if same && !lines[i - 1].ends_sentence() && !lines[i].has(Cue::CaptionOpener) {
                    drafts[i].continues = Some(i - 1);
                }
            }
            _ => {}
        }
    }
}

/// What a line is joined in: the page so far, and the words that say that a sentence goes on.
#[derive(Clone, Copy)]
struct Around<'a> {
    text: &'a str,
    lines: &'a [Raw],
    drafts: &'a [Draft],
    setting: &'a Setting,
    lists: &'a Lists,
}

/// True where line `i` goes on with the sentence that line `before` left.
fn goes_on(around: Around<'_>, before: usize, i: usize, lead: bool) -> bool {
    let Around { text, lines, drafts, setting, lists } = around;
    let (a, b) = (&lines[before], &lines[i]);
    if lead
        || b.level > 0
        || b.bold
        || b.has(Cue::SectionMark)
        || starts_item(text, b, lists)
        || rows::is_row(text, lines, i)
    {
        return false;
    }
    if setting.opens_indented {
        if b.indent {
            return false;
        }
        if i == before + 1 && setting.is_full(a) {
            return true;
        }
    }
    // 编辑同志： stands on a line of its own.
    if a.has(Cue::Salutation) && a.ending == Ending::Open && a.width <= 24 {
        return false;
    }
    // So does the day under who signs.
    if b.digits > 0 && !setting.is_full(a) && rows::is_day(text, b) {
        return false;
    }
    let so_far = || unfinished(text, lines, drafts, before);
    let apart =
        (before + 1..i).any(|k| drafts[k].role != Role::Other && !is_quoted_scrap(lines[k].content(text)));
    match a.ending {
        Ending::Stop | Ending::Call => {
            // A sentence that happens to end at the column edge, in a paragraph that goes on.
            // Where each line stands by itself, the one that a sentence ends has to fill its column.
            let loose = !setting.spaced
                && b.blanks == 1
                && a.blanks == 1
                && a.width + 2 >= setting.edge(a)
                && !b.has(Cue::BodyOpener)
                && !b.phrases
                && lines_before(drafts, before) < LONG;
            let adjacent = i == before + 1 && (b.blanks == 0 || loose);
            adjacent
                && !setting.opens_indented
                && setting.is_full(a)
                && a.width + EXACT >= setting.edge(a)
                && a.width <= setting.edge(a) + 8
                && (setting.spaced || !b.has(Cue::BodyOpener))
                && b.width <= setting.edge(a) + 8
                && (b.ends_sentence() || setting.is_full(b))
                && !says(b.content(text), lists)
                && !is_quoted_scrap(b.content(text))
        }
        Ending::Open => {
            // The items of a list end in ； or ：, short of the column edge.
            let listed = a.content(text).ends_with(['；', '：', ';', ':']) && i == before + 1;
            // Where paragraphs are indented, what is not begins none.
            let short = !setting.opens_indented
                && setting.edge(a) > 0
                && !setting.is_full(a)
                && a.width < setting.edge(a);
            // What a colon announces in lines of its own, a poem or the people of an interview.
            let announced = listed && setting.edge(a) == 0 && b.could_head() && b.width <= 48;
            // A heading between, in unwrapped text: what the section above it ended in is lost.
            let sectioned = !setting.is_full(a) && (before + 1..i).any(|k| drafts[k].role == Role::Section);
            !(listed && short
                || announced
                || sectioned
                || lacks_word(b.content(text))
                || is_lost(&so_far(), b.content(text), lists))
        }
        Ending::Bare => {
            if a.digits > 0 && rows::is_row(text, lines, before) {
                return false;
            }
            if is_lost(&so_far(), b.content(text), lists) {
                return false;
            }
            // A photo in the middle of unwrapped text: what stood around the cut is often lost.
            let wrapped = setting.is_full(a) && a.width <= setting.edge(a) + 8;
            // 当天，… and 据悉，… start a sentence: the end of the one before is lost.
            let starts =
                b.has(Cue::BodyOpener) && b.content(text).chars().take(5).any(|c| matches!(c, '，' | ','));
            let reports = lists.reports.iter().any(|word| b.content(text).starts_with(word.as_str()));
            if !wrapped && (starts || reports || quotes_anew(&so_far(), b.content(text))) {
                return false;
            }
            // A short line in a setting that wraps none is one on purpose; so are two that are far from the edge.
            let verse = i == before + 1
                && a.width <= 40
                && drafts[before].continues.is_none()
                && (setting.edge(a) == 0
                    || a.could_head()
                        && b.could_head()
                        && a.digits == 0
                        && a.width.max(b.width) * 3 <= setting.edge(a) * 2);
            if verse {
                return false;
            }
            // Where paragraphs are indented, what is not begins none.
            !apart || wrapped || setting.opens_indented || ends_in_particle(text, a, lists) || !a.balanced
        }
    }
}

/// `——…`, `问：…`: an item of its own.
fn starts_item(text: &str, line: &Raw, lists: &Lists) -> bool {
    let content = line.content(text);
    opens_with_number(content) || lists.items.iter().any(|mark| content.starts_with(mark.as_str()))
}

/// How many bytes tell how a line opens: ten characters.
const OPENING: usize = 30;

/// How a line opens, where it has as much.
fn opening<'t>(text: &'t str, line: &Raw) -> Option<&'t [u8]> {
    text.as_bytes().get(line.start..line.end).and_then(|line| line.get(..OPENING))
}

/// True where the scrap at `i` stands in the middle of a point of a list: what comes behind it opens no point.
fn is_astray(text: &str, lines: &[Raw], drafts: &[Draft], lists: &Lists, before: usize, i: usize) -> bool {
    let first = std::iter::successors(Some(before), |&line| drafts[line].continues).take(LONG * 4).last();
    let listed = first.is_some_and(|first| starts_item(text, &lines[first], lists));
    let open = matches!(lines[before].ending, Ending::Bare | Ending::Open);
    let goes_on = drafts.get(i + 1).is_some_and(|next| {
        next.role == Role::Body
            && next.article == drafts[i].article
            && !starts_item(text, &lines[i + 1], lists)
    });
    listed && open && goes_on
}

/// Opens with what only follows a word, and so not a comma.
fn lacks_word(content: &str) -> bool {
    content.starts_with(['的', '了', '着'])
}

/// A word that cannot end a sentence: what comes next belongs to it.
fn ends_in_particle(text: &str, line: &Raw, lists: &Lists) -> bool {
    line.content(text).chars().next_back().is_some_and(|c| lists.particles.contains(c))
}

/// By how many columns a line may fall short of the edge that nothing but the edge ended: its next character and the
/// mark behind that, of which neither may open a line.
const EXACT: u32 = 3;

/// How many lines of a paragraph that may go on behind a full stop at the column edge: a longer one is over there.
const LONG: usize = 6;

/// How many lines of its paragraph stand before line `i`, up to [`LONG`].
fn lines_before(drafts: &[Draft], i: usize) -> usize {
    std::iter::successors(drafts[i].continues, |&before| drafts[before].continues).take(LONG).count()
}

/// The paragraph so far, up to line `last`; of a long one its end.
fn unfinished(text: &str, lines: &[Raw], drafts: &[Draft], last: usize) -> String {
    let mut chain = vec![last];
    while let Some(before) = drafts[chain[chain.len() - 1]].continues
        && chain.len() < 16
    {
        chain.push(before);
    }
    chain.iter().rev().map(|&i| lines[i].content(text)).collect()
}

/// True where `x` breaks off in a quotation and `y` is a whole sentence with quotations of its own: between the two stood
/// the end of what was quoted.
fn quotes_anew(x: &str, y: &str) -> bool {
    let inside = || x.rfind('“').is_some_and(|at| !x[at..].contains('”'));
    let mut open = false;
    let paired = y.chars().all(|c| match c {
        '“' => !std::mem::replace(&mut open, true),
        '”' => std::mem::replace(&mut open, false),
        _ => true,
    });
    y.contains('“') && paired && !open && inside()
}

/// True where `y` cannot go on with `x`, because something that it closes was opened in neither: a bracket, a
/// quotation, or 以 before 为.
fn is_lost(x: &str, y: &str, lists: &Lists) -> bool {
    for (open, close) in [('《', '》'), ('“', '”'), ('「', '」'), ('（', '）'), ('(', ')')] {
        let unopened = y.find(close).is_some_and(|at| !y[..at].contains(open));
        let opened_before = || x.rfind(open).is_some_and(|at| !x[at..].contains(close));
        if unopened && !opened_before() {
            return true;
        }
    }
    let first_clause = y.split(['，', ',', '。', '；', '、']).next().unwrap_or_default();
    let last_clause = || x.rsplit(['，', ',', '。', '；']).next().unwrap_or_default();
    lists.taken_as.iter().any(|word| {
        first_clause.find(word.as_str()).is_some_and(|at| {
            !first_clause[..at].contains(['以', '作']) && !first_clause[..at].contains("成")
        })
    }) && !last_clause().contains(['以', '把', '将'])
}
