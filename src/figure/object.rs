//! What is counted: the noun phrase behind a unit, up to its head.

use std::ops::Range;

use super::Class;
use super::draft::DraftFigure;
use super::figure_words::{Cue, UnitKind};
use super::text::Text;
use super::words::Kind;

/// Verbs and adverbs of two characters, one a line, in the order of their bytes. They are looked up where they lie:
/// to read so many words in would take longer than most runs.
static VERBS: &str = include_str!("../../data/figures/verbs.txt");

/// How many bytes a line of them has: two characters and the line's end.
const VERB: usize = 7;

/// True for a verb of two characters.
pub(super) fn is_verb(word: [char; 2]) -> bool {
    let mut bytes = [b'\n'; VERB];
    if word.iter().any(|c| c.len_utf8() != 3) {
        return false;
    }
    for (place, c) in bytes.chunks_exact_mut(3).zip(word) {
        c.encode_utf8(place);
    }
    VERBS.as_bytes().as_chunks::<VERB>().0.binary_search(&bytes).is_ok()
}

impl Text<'_> {
    /// What `draft` counts.
    pub(super) fn object(&self, draft: &DraftFigure) -> Option<Range<usize>> {
        let unit = draft.unit_cells()?;
        let counts = match draft.class {
            Class::Count => true,
            // 第三版要闻 and 10亿元以上项目 count no news and no projects.
            Class::Ordinal => !self.is(unit.start, "版"),
            Class::Money => !draft.suffixed,
            _ => false,
        };
        counts.then_some(())?;
        match draft.sort {
            // 十四万犹太人
            Some(UnitKind::Noun) => Some(draft.noun.unwrap_or(unit.start)..unit.end),
            Some(UnitKind::Part) => self.phrase(draft.cells.end).or(Some(unit)),
            Some(UnitKind::Money) => self.phrase(draft.cells.end).filter(|phrase| self.is_money_noun(phrase)),
            _ => self.phrase(draft.cells.end),
        }
    }

    /// False where a verb follows an amount of money and no noun: 三千万元建设新厂, but 三千万元建设资金.
    fn is_money_noun(&self, phrase: &Range<usize>) -> bool {
        let verb = self.behind_word(Cue::Verb, phrase.start);
        let head =
            (phrase.start + 1..phrase.end).any(|at| self.word_at(Cue::MoneyNoun, at) == Some(phrase.end));
        !verb || head
    }

    /// The noun phrase that starts at `from`.
    fn phrase(&self, from: usize) -> Option<Range<usize>> {
        let end = self.likeliest_end(&self.open_phrase(from)?);
        let cells = match (self.kind(from), self.kind(end.saturating_sub(1))) {
            // “首席工人” alone stands without its quotation marks.
            (Kind::Open, Kind::Close) => from + 1..end - 1,
            _ => from..end,
        };
        (!cells.is_empty()).then_some(cells)
    }
}

#[cfg(test)]
mod tests {
    use super::{VERB, VERBS, is_verb};

    #[test]
    fn verbs_lie_in_order() {
        let (lines, rest) = VERBS.as_bytes().as_chunks::<VERB>();
        assert!(rest.is_empty());
        assert!(lines.is_sorted() && lines.iter().all(|line| line.ends_with(b"\n")));
        assert!(is_verb(['下', '滑']) && !is_verb(['工', '人']) && !is_verb(['a', '滑']));
    }
}
