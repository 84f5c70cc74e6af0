//! Who is named on a line: bylines that open a story, credits, signatures.

use super::super::byline::{self, Lead, PageBylines, People, Phrase};
use super::super::page_words::{BylineWords, Cue, List, PageWords};
use super::super::scan::{self, Raw, SHORT, is_blank};
use super::Fact;

pub(super) const FACTS: &[Fact] = &[
    Fact::names(
        "byline",
        "A byline opens it; what it names.",
        &["", "bare", "source", "people", "both"],
        |view, i| view.named[i].lead,
    )
    .far(),
    Fact::names("credit", "It is nothing but a credit, of these.", &CREDITS, |view, i| view.named[i].credit)
        .far(),
    Fact::names("closing-credit", "A credit ends it, of these.", &CREDITS, |view, i| view.named[i].trailing)
        .near(),
    Fact::names("named", "How much of it says who wrote it or where it came from.", &SHARES, |view, i| {
        view.named[i].share
    })
    .near(),
    Fact::flag("name", "It looks like a person's name.", |view, i| view.named[i].bare.into()).near(),
    Fact::flag("explained-name", "It is a name, and who that is in brackets.", |view, i| {
        view.named[i].explained.into()
    }),
    Fact::flag("about-author", "It says more of a writer.", |view, i| view.named[i].about.into()),
    Fact::flag("byline-mark", "It opens with a mark that stands in front of bylines.", |view, i| {
        view.named[i].marked.into()
    })
    .near(),
    Fact::flag("bracketed", "All of it stands in brackets.", |view, i| view.named[i].bracketed.into()).near(),
];

const SHARES: [&str; 5] = ["", "little", "half", "most", "all"];

const CREDITS: [&str; 5] = ["", "nobody", "writer", "picture", "both"];

/// Who is named on a line, and how.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::page) struct Named {
    pub(super) lead: u32,
    pub(super) credit: u32,
    trailing: u32,
    share: u32,
    bare: bool,
    explained: bool,
    about: bool,
    marked: bool,
    bracketed: bool,
}

/// The widest line that can be a credit, in columns.
const WIDEST_CREDIT: u32 = 72;

impl Named {
    pub(super) fn of(text: &str, line: &Raw, page_words: &PageWords, bylines: &PageBylines<'_>) -> Self {
        let words = &page_words.byline;
        let [opening, closing, whole] =
            phrases(text, line, words).map(|phrase| phrase.map(|phrase| bylines.read(phrase)));
        let content = line.content(text);
        let named = Self {
            lead: opening.map_or(0, |lead| lead_kind(&lead)),
            trailing: closing.map_or(0, |lead| kind(&lead)),
            ..Self::default()
        };
        if line.width > WIDEST_CREDIT {
            return named;
        }
        let inside = content.strip_prefix(['（', '(', '〔', '【']);
        Self {
            credit: whole.as_ref().map_or(0, kind),
            share: whole.as_ref().map_or(0, |whole| share(whole.share)),
            bare: byline::bare_name(content, words),
            explained: content
                .strip_suffix(['）', ')'])
                .and_then(|content| content.split_once(['（', '(']))
                .is_some_and(|(name, _)| byline::bare_name(name, words)),
            about: inside.is_some_and(|inside| {
                words.about_author.iter().any(|word| inside.starts_with(word.as_str()))
            }),
            marked: words.marks.iter().any(|mark| content.starts_with(mark.as_str())),
            bracketed: inside.is_some_and(|inside| {
                let end = inside.find(['）', ')', '〕', '】']);
                end.is_some_and(|end| inside[end..].chars().skip(1).all(is_blank))
            }),
            ..named
        }
    }

    /// True where a byline opens the line.
    pub(in crate::page) fn opens(&self) -> bool {
        self.lead > 0
    }

    /// True where it is little else than a credit.
    pub(in crate::page) fn is_credit(&self) -> bool {
        self.credit > 0 && self.share >= MOST
    }

    /// Whom it credits as a line by itself, and whom its end does: the place in [`CREDITS`].
    pub(in crate::page) fn credits(&self) -> [u32; 2] {
        [self.credit, self.trailing]
    }
}

/// What of a line may name people: how it opens, how it ends, all of it.
pub(in crate::page) fn phrases(text: &str, line: &Raw, words: &BylineWords) -> [Option<Phrase>; 3] {
    let content = line.content(text);
    let closes =
        content.ends_with(['）', ')', '】', '〕']) | line.has(Cue::CreditEnding) | line.has(Cue::Role);
    byline::line_phrases(
        &scan::clean(content),
        line.has(Cue::LeadOpener),
        closes,
        may_be_credit(content, line, words),
    )
}

/// False for what is no credit as a whole, whatever it names: a long line, a sentence or a piece of one, a phrase at whose
/// end no name can stand. Nearly all lines are, and the others take longer to read.
fn may_be_credit(content: &str, line: &Raw, words: &BylineWords) -> bool {
    let is_marked = || words.marks.iter().any(|mark| content.starts_with(mark.as_str()));
    let closes = |c: char| byline::CLOSES.contains(&c) || LEFT_OVER.contains(&c);
    let is_bracketed = || content.starts_with(byline::OPENS) && content.ends_with(closes);
    let is_sentence = || line.inner_stop || content.contains(['，', ',', '；', '。', '？', '！']);
    let may_name = || line.has(Cue::Role) | line.has(Cue::CreditEnding) || ends_in_name(content, words);
    line.width <= WIDEST_CREDIT && (may_name() && !is_sentence() || is_bracketed() || is_marked())
}

/// True where the last word of `content` may be a name, or what a body is called that signs.
fn ends_in_name(content: &str, words: &BylineWords) -> bool {
    // 丁一平（教师）: in brackets who that is.
    let named = content.strip_suffix(['）', ')']).and_then(|content| content.rsplit_once(['（', '(']));
    let last = named.map_or(content, |named| named.0).rsplit(is_blank).next().unwrap_or_default();
    let ends = |count: usize| last.char_indices().rev().nth(count - 1).map_or("", |(at, _)| &last[at..]);
    let is_group = |count| words.at(List::Group, ends(count)).any(|word| word == ends(count));
    last.chars().count() <= LONGEST_NAME || last.contains(['·', '•']) || (2..=4).any(is_group)
}

/// The longest name without a dot, in characters.
const LONGEST_NAME: usize = 4;

/// What a site left behind some credits in brackets.
const LEFT_OVER: [char; 2] = ['?', '？'];

fn lead_kind(lead: &Lead) -> u32 {
    let has_source = lead.source.is_some() | lead.dateline.is_some();
    match (has_source, lead.people.bylines.is_empty()) {
        (false, true) => 0,
        (has_source, nobody) => 1 + u32::from(has_source) + 2 * u32::from(!nobody),
    }
}

fn kind(lead: &Lead) -> u32 {
    let People { bylines, photographers, .. } = &lead.people;
    u32::from(lead.share > 0) + u32::from(!bylines.is_empty()) + 2 * u32::from(!photographers.is_empty())
}

/// The place in [`SHARES`] of so many of a hundred, and that from which on it is most.
fn share(of: u32) -> u32 {
    match of {
        0 => 0,
        1..=33 => 1,
        34..=66 => 2,
        67..=94 => MOST,
        _ => 4,
    }
}
const MOST: u32 = 3;

/// The widest line that the byline parsers are asked about.
const _: () = assert!(WIDEST_CREDIT < SHORT);

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    #[test]
    fn bylines() {
        assert_eq!(
            said("byline", "本报讯 昨天开会。\n本报讯 （记者 丁一平） 今天\n记者丁一平报道 今天\n大楼"),
            "source both people -"
        );
        assert_eq!(
            said("credit", "记者丁一平 摄\n□ 丁一平\n记者 丁一平 文/摄\n大楼"),
            "picture writer both -"
        );
        assert_eq!(said("closing-credit", "开会。（记者 丁一平）\n开会。"), "writer -");
    }

    #[test]
    fn names_and_signatures() {
        assert_eq!(said("named", "记者 丁一平\n阀门厂工人 石立本\n大楼"), "all half -");
        assert_eq!(said("name", "丁一平\n大楼"), "x -");
        assert_eq!(said("explained-name", "丁一平（教师）\n大楼"), "x -");
        assert_eq!(said("about-author", "（作者系教师）\n大楼"), "x -");
        assert_eq!(said("byline-mark", "□丁一平\n大楼"), "x -");
        assert_eq!(said("bracketed", "（丁一平）\n（丁）大楼\n(丁一平)?"), "x - x");
    }
}
