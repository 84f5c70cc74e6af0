//! Which of the candidates have something to show for them.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::Discover;
use super::candidates::is_number_word;
use super::families::{families, prefix};
use crate::slogan::Fold;

/// What is seen so often is no accident.
const AGAIN: u32 = 2;

/// How a candidate was seen.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) quoted: u32,
    pub(super) cued: u32,
    pub(super) times: u32,
}

impl Seen {
    pub(super) fn merge(&mut self, other: Self) {
        self.quoted += other.quoted;
        self.cued += other.cued;
        self.times += other.times;
    }
}

/// A candidate that was chosen.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) family: Option<String>,
    pub(super) number_word: bool,
    pub(super) cued: bool,
}

impl Discover {
    /// Chooses those of `seen` that have something to show for them, in the order of their characters. `is_word` says
    /// whether a general dictionary has a word: what is in there is no news, unless it is put in quotation marks again
    /// and again.
    pub(super) fn choose(
        &self,
        seen: &FxHashMap<String, Seen>,
        is_word: impl Fn(&str) -> bool,
    ) -> Vec<Candidate> {
        let fold = Fold::get();
        let known: FxHashSet<String> = self
            .known
            .slogans()
            .iter()
            .flat_map(|slogan| slogan.forms())
            .map(|form| fold.text(form))
            .collect();
        let mut found: Vec<(&str, Seen)> = seen.iter().map(|(text, seen)| (text.as_str(), *seen)).collect();
        found.retain(|(text, seen)| seen.quoted >= AGAIN || !is_word(text));
        found.retain(|(_, seen)| seen.quoted > 0 || !self.quoted_only);
        found.sort_unstable_by_key(|&(text, _)| text);
        // The known ones count as members, so that a new brand of a known family is seen as one.
        let names = found.iter().filter(|(_, seen)| seen.quoted > 0).map(|&(text, _)| text);
        let families = families(names.chain(known.iter().map(String::as_str)));
        found
            .into_iter()
            .filter(|(text, _)| !known.contains(&fold.text(text)))
            .map(|(text, seen)| {
                let family = prefix(text).filter(|&p| families.contains(p) && seen.quoted > 0);
                let candidate = Candidate {
                    text: text.to_owned(),
                    family: family.map(str::to_owned),
                    number_word: is_number_word(text),
                    cued: seen.cued > 0,
                };
                (candidate, seen)
            })
            .filter(|(candidate, seen)| match seen.quoted {
                0 => seen.times >= AGAIN,
                AGAIN.. => true,
                _ => candidate.cued || candidate.number_word || candidate.family.is_some(),
            })
            .map(|(candidate, _)| candidate)
            .collect()
    }
}
