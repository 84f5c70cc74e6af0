//! How alike two texts are: twice the characters of their matching blocks, over the characters of both
//! (Ratcliff & Metzener 1988, as Python's `difflib` has it without its heuristic for long texts).

use std::collections::HashMap;

/// The likeness of `a` and `b`, 0 to 1.
pub(crate) fn likeness(a: &[char], b: &[char]) -> f64 {
    let mut places: HashMap<char, Vec<usize>> = HashMap::new();
    for (at, &c) in b.iter().enumerate() {
        places.entry(c).or_default().push(at);
    }
    let mut matched = 0;
    let mut open = vec![(0, a.len(), 0, b.len())];
    // For each place of b, the length of the match that ends there and at the character of a before the one at hand.
    let mut lengths = vec![0usize; b.len() + 1];
    while let Some((from_a, to_a, from_b, to_b)) = open.pop() {
        if from_a == to_a || from_b == to_b {
            continue;
        }
        let (i, j, length) = longest(a, &places, &mut lengths, (from_a, to_a, from_b, to_b));
        if length > 0 {
            matched += length;
            open.push((from_a, i, from_b, j));
            open.push((i + length, to_a, j + length, to_b));
        }
    }
    ratio(matched, a.len() + b.len())
}

/// The longest block that both texts have between these places: where it starts in each, and its length.
fn longest(
    a: &[char],
    places: &HashMap<char, Vec<usize>>,
    lengths: &mut [usize],
    (from_a, to_a, from_b, to_b): (usize, usize, usize, usize),
) -> (usize, usize, usize) {
    let mut best = (from_a, from_b, 0);
    lengths[from_b..=to_b].fill(0);
    let mut before: &[usize] = &[];
    for (i, c) in a.iter().enumerate().take(to_a).skip(from_a) {
        let all = places.get(c).map_or(&[][..], Vec::as_slice);
        let here = &all[all.partition_point(|&j| j < from_b)..all.partition_point(|&j| j < to_b)];
        let found: Vec<usize> = here.iter().map(|&j| lengths[j] + 1).collect();
        // `lengths[j]` is of the place before j: that of the character of a before this one.
        for &j in before {
            lengths[j + 1] = 0;
        }
        for (&j, &length) in here.iter().zip(&found) {
            lengths[j + 1] = length;
            if length > best.2 {
                best = (i + 1 - length, j + 1 - length, length);
            }
        }
        before = here;
    }
    best
}

/// No less than the likeness, and quickly known: which characters the texts have, whatever their order.
pub(crate) fn likeness_at_most(a: &[char], b: &[char]) -> f64 {
    let mut counts: HashMap<char, i64> = HashMap::new();
    for c in b {
        *counts.entry(*c).or_default() += 1;
    }
    let shared = a.iter().filter(|c| {
        counts.get_mut(c).is_some_and(|count| {
            *count -= 1;
            *count >= 0
        })
    });
    ratio(shared.count(), a.len() + b.len())
}

fn ratio(matched: usize, both: usize) -> f64 {
    if both == 0 { 1.0 } else { 2.0 * matched as f64 / both as f64 }
}

#[test]
fn likeness_is_that_of_difflib() {
    let chars = |text: &str| text.chars().collect::<Vec<char>>();
    let of = |a: &str, b: &str| likeness(&chars(a), &chars(b));
    // difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    assert_eq!(of("渡口的灯亮了四十年", "渡口的灯亮了四十年"), 1.0);
    assert!((of("渡口的灯亮了四十年", "渡口灯又亮了十四年") - 0.777_777).abs() < 1e-5);
    assert!((of("abcabba", "cbabac") - 0.461_538).abs() < 1e-5);
    assert_eq!((of("", ""), of("渡", "")), (1.0, 0.0));
    assert!(likeness_at_most(&chars("abcabba"), &chars("cbabac")) >= 0.461_538);
}
