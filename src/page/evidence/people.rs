//! Who is named on a line: bylines that open a story, credits, signatures.

use super::super::byline::{self, Lead, People};
use super::super::page_words::Cue;
use super::super::page_words::PageWords;
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
    Fact::flag("sign-off", "It says where a story came from that is over.", |view, i| {
        view.named[i].sign_off.into()
    })
    .near(),
    Fact::flag("signature", "It is a name behind where its bearer works.", |view, i| {
        view.named[i].signature.into()
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

const CREDITS: [&str; 5] = ["", "nobody", "writer", "picture", "both"];

/// Who is named on a line, and how.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::page) struct Named {
    pub(super) lead: u32,
    pub(super) credit: u32,
    trailing: u32,
    sign_off: bool,
    signature: bool,
    bare: bool,
    explained: bool,
    about: bool,
    marked: bool,
    bracketed: bool,
}

/// The widest line that can be a credit, in columns.
const WIDEST_CREDIT: u32 = 72;

impl Named {
    pub(super) fn of(text: &str, line: &Raw, page_words: &PageWords) -> Self {
        let words = &page_words.byline;
        let content = byline::without_left_over(line.content(text));
        let opened = line.has(Cue::LeadOpener).then(|| byline::lead(&scan::clean(content), words)).flatten();
        let ends =
            content.ends_with(['）', ')', '】', '〕']) | line.has(Cue::CreditEnding) | line.has(Cue::Role);
        let trailing = ends.then(|| byline::trailing(content, words)).flatten();
        let named = Self {
            lead: opened.map_or(0, |lead| lead_kind(&lead)),
            trailing: trailing.map_or(0, |people| kind(&people)),
            ..Self::default()
        };
        if line.width > WIDEST_CREDIT {
            return named;
        }
        let inside = content.strip_prefix(['（', '(', '〔', '【']);
        Self {
            credit: byline::credit(content, words).map_or(0, |people| kind(&people)),
            sign_off: byline::sign_off(content, words).is_some(),
            signature: byline::signature(content, words).is_some(),
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
}

fn lead_kind(lead: &Lead) -> u32 {
    1 + u32::from(lead.source.is_some()) + 2 * u32::from(!lead.people.bylines.is_empty())
}

fn kind(people: &People) -> u32 {
    1 + u32::from(!people.bylines.is_empty()) + 2 * u32::from(!people.photographers.is_empty())
}

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
        assert_eq!(said("sign-off", "（据新华社北京10月8日电）\n大楼"), "x -");
        assert_eq!(said("signature", "阀门厂工人 石立本\n大楼"), "x -");
        assert_eq!(said("name", "丁一平\n大楼"), "x -");
        assert_eq!(said("explained-name", "丁一平（教师）\n大楼"), "x -");
        assert_eq!(said("about-author", "（作者系教师）\n大楼"), "x -");
        assert_eq!(said("byline-mark", "□丁一平\n大楼"), "x -");
        assert_eq!(said("bracketed", "（丁一平）\n（丁）大楼\n(丁一平)?"), "x - x");
    }
}
