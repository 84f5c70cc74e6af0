//! Shapes of lines that are told character by character: `data/page/patterns.toml` has them, each with lines that have it
//! and lines that have not.
//!
//! `build.rs` makes an automaton of each (`compile.rs`), which reads a line once and gives up at the first byte that no
//! line of that shape has there.

mod name;
#[allow(dead_code, reason = "build.rs makes it, and here it is read")]
mod packed;

use std::sync::LazyLock;

use regex_automata::Anchored;
use regex_automata::dfa::Automaton;
use regex_automata::dfa::sparse::DFA;

pub(super) use name::Pattern;
use packed::{Anchor, PackedPattern};

use super::scan::is_blank;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page_patterns"));

/// The automata, each at the place of its pattern's name.
static AUTOMATA: LazyLock<Vec<PackedPattern<DFA<&[u8]>>>> = LazyLock::new(|| {
    let packed: postcard::Result<Vec<PackedPattern<&[u8]>>> = postcard::from_bytes(PACKED);
    // build.rs packs them: they cannot fail for a user when they do not fail in the tests.
    let packed = packed.expect("build.rs packs the patterns well");
    packed.into_iter().map(PackedPattern::unpacked).collect()
});

impl Pattern {
    /// True where `line` is of this shape, or opens or ends in it.
    pub(super) fn fits(self, line: &str) -> bool {
        let pattern = &AUTOMATA[self as usize];
        match (pattern.anchor, pattern.compact) {
            (Anchor::End, _) => pattern.takes(line.bytes().rev()),
            (_, false) => pattern.takes(line.bytes()),
            (_, true) => pattern.takes(line.chars().filter(|&c| !is_blank(c)).flat_map(utf8)),
        }
    }
}

fn utf8(c: char) -> impl Iterator<Item = u8> {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    bytes.into_iter().take(length)
}

impl PackedPattern<&'static [u8]> {
    fn unpacked(self) -> PackedPattern<DFA<&'static [u8]>> {
        let (automaton, _) = DFA::from_bytes(self.automaton).expect("build.rs packs automata well");
        PackedPattern { anchor: self.anchor, compact: self.compact, automaton }
    }
}

impl PackedPattern<DFA<&'static [u8]>> {
    /// True where the automaton takes `bytes`: all of them where the pattern is one of whole lines, else the first ones.
    fn takes(&self, bytes: impl Iterator<Item = u8>) -> bool {
        let Some(mut state) = self.automaton.universal_start_state(Anchored::Yes) else { return false };
        for byte in bytes {
            state = self.automaton.next_state(state, byte);
            if self.automaton.is_dead_state(state) {
                return false;
            }
            // What is behind that does not matter.
            if self.anchor != Anchor::Whole && self.automaton.is_match_state(state) {
                return true;
            }
        }
        self.automaton.is_match_state(self.automaton.next_eoi_state(state))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::Pattern;

    #[derive(Deserialize)]
    struct File {
        patterns: BTreeMap<Pattern, Examples>,
    }

    #[derive(Deserialize)]
    struct Examples {
        fits: Vec<String>,
        fails: Vec<String>,
    }

    #[test]
    fn every_pattern_fits_its_examples_and_no_others() {
        let file: File = toml::from_str(include_str!("../../../data/page/patterns.toml")).unwrap();
        for (pattern, Examples { fits, fails }) in file.patterns {
            assert!(!fits.is_empty() && !fails.is_empty(), "{pattern:?} has no examples");
            fits.iter().for_each(|line| assert!(pattern.fits(line), "{pattern:?} fits {line}"));
            fails.iter().for_each(|line| assert!(!pattern.fits(line), "{pattern:?} does not fit {line}"));
        }
    }
}
