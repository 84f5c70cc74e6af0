//! Words as a tree of their characters, folded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::signs::SignTable;
use crate::packed::Table;

/// Words with what they mean.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static, T: Deserialize<'de>"))]
pub(crate) struct Trie<T> {
    /// From a node by a character to the next node; both are packed into one key.
    edges: Table,
    /// What the words mean that end at the first nodes behind the root; at the others none does.
    values: Vec<T>,
    /// Its number among all lists, by which [`Row::may_begin`](super::groups::Row::may_begin) knows it.
    pub(crate) list: u32,
}

/// The node from which all words start.
pub(crate) const ROOT: u32 = 0;

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c)
}

impl<T: Copy> Trie<T> {
    /// The trie of `words`, to be matched forwards, or from the last character of each to its first, whose first
    /// characters it marks in `signs`; `list` is its number among all lists. Of two words that are alike the second counts.
    pub(super) fn new<'w>(
        signs: &mut SignTable,
        list: u32,
        reversed: bool,
        words: impl IntoIterator<Item = (&'w str, T)>,
    ) -> Self {
        let (mut edges, mut values) = (BTreeMap::new(), vec![None]);
        for (word, value) in words {
            let mut characters: Vec<char> = word.chars().map(|c| signs.fold(c)).collect();
            if reversed {
                characters.reverse();
            }
            characters.first().into_iter().for_each(|&first| signs.put_on_list(first, list));
            let mut node = ROOT;
            for c in characters {
                let next = values.len() as u32;
                node = *edges.entry((node, c)).or_insert(next);
                if node == next {
                    values.push(None);
                }
            }
            values[node as usize] = Some(value);
        }
        let numbers = numbers(&values);
        let edges =
            edges.into_iter().map(|((from, c), to)| (edge(numbers[from as usize], c), numbers[to as usize]));
        Self { edges: edges.collect(), values: values.into_iter().skip(1).flatten().collect(), list }
    }

    /// The node that `c` leads to from `node`.
    #[inline]
    pub(crate) fn next(&self, node: u32, c: char) -> Option<u32> {
        self.edges.get(edge(node, c))
    }

    /// What the word means that ends at `node`, where one does.
    #[inline]
    pub(crate) fn value(&self, node: u32) -> Option<T> {
        self.values.get((node as usize).checked_sub(1)?).copied()
    }
}

/// New numbers for the nodes behind the root: those at which a word ends come first.
fn numbers<T>(values: &[Option<T>]) -> Vec<u32> {
    let mut numbers = vec![ROOT; values.len()];
    let of = |ends: bool| (1..values.len()).filter(move |&node| values[node].is_some() == ends);
    of(true).chain(of(false)).zip(1..).for_each(|(node, number)| numbers[node] = number);
    numbers
}
