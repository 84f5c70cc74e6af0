//! How often the chosen candidates occur, in quotation marks or not, and what stands beside them.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::choose::Candidate;
use super::texts::{Article, Texts};
use crate::Result;
use crate::analysis::tally::{PageStamp, Tally};
use crate::slogan::{Compare, Phrases, Quotations};

/// What is counted: candidates by their index, and after these what their parts are.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) uses: Vec<Uses>,
    /// How often each phrase occurs, parts of candidates included.
    pub(super) occurrences: Vec<u64>,
    /// How often each character stands before (false) or behind (true) a candidate.
    pub(super) neighbours: FxHashMap<(u32, bool, char), u64>,
    /// For each candidate the ways to divide it: the numbers of the two parts.
    pub(super) splits: Vec<Vec<(u32, u32)>>,
}

/// How a candidate is used.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Uses {
    pub(super) tally: Tally,
    pub(super) in_headlines: u64,
    pub(super) quoted: u64,
    /// How often it stands at an edge of the text or beside a mark.
    pub(super) free_left: u64,
    pub(super) free_right: u64,
    here: u64,
}

/// Counts `candidates` in `texts`.
///
/// # Errors
/// Where what was put aside cannot be read again.
pub(super) fn count(candidates: &[Candidate], texts: &mut Texts) -> Result<Counted> {
    let (phrases, mut counted) = nothing(candidates);
    let mut page = PageStamp::default();
    let mut touched = Vec::new();
    texts.read(|_, sheets| {
        for sheet in sheets.0 {
            page.turn();
            for article in sheet {
                counted.add(&phrases, page, &article, &mut touched);
            }
        }
        Ok(())
    })?;
    Ok(counted)
}

/// What finds `candidates` and their parts, and nothing counted of them.
fn nothing<'c>(candidates: &'c [Candidate]) -> (Phrases, Counted) {
    let mut numbers: FxHashMap<&'c str, u32> = FxHashMap::default();
    let mut number = |text: &'c str| {
        let next = numbers.len() as u32;
        *numbers.entry(text).or_insert(next)
    };
    for candidate in candidates {
        number(&candidate.text);
    }
    let divided = |candidate: &'c Candidate| {
        let inner = candidate.text.char_indices().skip(1).map(|(at, _)| candidate.text.split_at(at));
        inner.map(|(left, right)| (number(left), number(right))).collect()
    };
    let splits = candidates.iter().map(divided).collect();
    let counted = Counted {
        uses: vec![Uses::default(); candidates.len()],
        occurrences: vec![0; numbers.len()],
        neighbours: FxHashMap::default(),
        splits,
    };
    let phrases = numbers.iter().map(|(&text, &number)| (text, number));
    (Phrases::new(Compare::Exact, phrases), counted)
}

impl Counted {
    /// Adds what `article` has, which stands on `page`. `touched` is empty before and after.
    fn add(&mut self, phrases: &Phrases, page: PageStamp, article: &Article, touched: &mut Vec<u32>) {
        for part in &article.parts {
            let text = &*part.text;
            let quotations = LazyCell::new(|| Quotations::of(text));
            phrases.find_all(text, |found| {
                if let Some(times) = self.occurrences.get_mut(found.value as usize) {
                    *times += 1;
                }
                let Some(uses) = self.uses.get_mut(found.value as usize) else { return };
                if uses.here == 0 {
                    touched.push(found.value);
                }
                uses.here += 1;
                uses.in_headlines += u64::from(part.is_headline);
                uses.quoted += u64::from(quotations.hold(found.start, found.end));
                let before = text.get(..found.start).and_then(|text| text.chars().next_back());
                let after = text.get(found.end..).and_then(|text| text.chars().next());
                match before.filter(|c| c.is_alphanumeric()) {
                    Some(c) => *self.neighbours.entry((found.value, false, c)).or_default() += 1,
                    None => uses.free_left += 1,
                }
                match after.filter(|c| c.is_alphanumeric()) {
                    Some(c) => *self.neighbours.entry((found.value, true, c)).or_default() += 1,
                    None => uses.free_right += 1,
                }
            });
        }
        for candidate in touched.drain(..) {
            if let Some(uses) = self.uses.get_mut(candidate as usize) {
                uses.tally.add(std::mem::take(&mut uses.here), page, article.date);
            }
        }
    }
}
