//! A guess at the part of speech of a word that the dictionary does not have.
//!
//! As jieba guesses: by a hidden Markov model over characters, in which a state is a place in a word (0 begins it, 1 is
//! inside, 2 ends it, 3 is the word) times 64 plus the number of a tag. The most probable states of all characters are
//! found by Viterbi's algorithm; they make words of their own, and the longest of these has the tag.

use std::sync::LazyLock;

/// The tags, by number, a line each.
static TAGS: &str = include_str!(concat!(env!("OUT_DIR"), "/model_tags"));
/// The logarithm of the probability of each state at the start.
static STARTS: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/model_starts")).as_chunks().0;
/// The same of each state after each: of the 256 before, by the one that follows.
static STEPS: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/model_steps")).as_chunks().0;
/// Where the states of each character of the basic plane start, and where those of the last end.
static ROWS: &[[u8; 4]] = include_bytes!(concat!(env!("OUT_DIR"), "/model_rows")).as_chunks().0;
/// The states that characters may be in, in rising order for each,
static STATES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/model_states"));
/// and the logarithm of the probability that the state shows as this character.
static SHOWN: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/model_probabilities")).as_chunks().0;

const BEGINS: u8 = 0;
const ENDS: u8 = 2;
const SINGLE: u8 = 3;

/// The tag of `word`, in jieba's tag set; `x` where the model does not know what to say.
pub(super) fn tag(word: &str) -> &'static str {
    static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| TAGS.lines().collect());
    let characters: Vec<char> = word.chars().collect();
    let tag = match *characters {
        [character] => single(character),
        _ => longest(&characters, &most_probable(&characters)),
    };
    tag.and_then(|tag| LIST.get(usize::from(tag))).copied().unwrap_or("x")
}

/// The most probable tag of a character that is a word; of equals the last.
fn single(character: char) -> Option<u8> {
    let tags = row(character).filter(|&(state, _)| place_of(state) == SINGLE);
    let tags = tags.map(|(state, shown)| (tag_of(state), number(STARTS, state.into()) + shown));
    let tags = tags.filter(|&(_, probability)| probability > f64::NEG_INFINITY);
    tags.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(tag, _)| tag)
}

/// The tag of the longest of the words that `states` make of `characters`; of equals the last.
fn longest(characters: &[char], states: &[u8]) -> Option<u8> {
    let (mut length, mut longest) = (0, (0, None));
    for (character, &state) in characters.iter().zip(states) {
        if matches!(place_of(state), BEGINS | SINGLE) {
            length = 0;
        }
        length += character.len_utf8();
        if matches!(place_of(state), ENDS | SINGLE) && length >= longest.0 {
            longest = (length, Some(tag_of(state)));
        }
    }
    longest.1
}

/// The most probable state of each of two or more characters; none where the model does not know them.
fn most_probable(characters: &[char]) -> Vec<u8> {
    let Some((&first, others)) = characters.split_first() else { return Vec::new() };
    let possible = |&(_, probability): &(u8, f64)| probability > f64::NEG_INFINITY;
    let start = |(state, shown)| (state, number(STARTS, usize::from(state)) + shown);
    let mut live: Vec<(u8, f64)> = row(first).map(start).filter(possible).collect();
    // For each character but the first the state before each state.
    let mut before = Vec::with_capacity(others.len());
    for &character in others {
        let mut from = [0; 256];
        // A word is not over before its end, and a new one begins only then: the states before a state are all of
        // the first two places or all of the last two.
        let (inside, over) = live.split_at(live.partition_point(|&(state, _)| place_of(state) < ENDS));
        let next = row(character).map(|(state, shown)| {
            let steps = STEPS.get(usize::from(state) * 256..).unwrap_or_default();
            let mut best = f64::NEG_INFINITY;
            for &(last, probability) in if matches!(place_of(state), BEGINS | SINGLE) { over } else { inside }
            {
                let probability = probability + number(steps, last.into()) + shown;
                if probability > best {
                    best = probability;
                    from[usize::from(state)] = last;
                }
            }
            (state, best)
        });
        live = next.filter(possible).collect();
        before.push(from);
    }
    // Of equals the first.
    let last = live
        .into_iter()
        .filter(|&(state, _)| place_of(state) >= ENDS)
        .rev()
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((mut state, _)) = last else { return Vec::new() };
    let mut states = vec![state];
    for from in before.iter().rev() {
        state = from[usize::from(state)];
        states.push(state);
    }
    states.reverse();
    states
}

/// The states that `character` may be in, in rising order, and how probably each shows as it.
fn row(character: char) -> impl Iterator<Item = (u8, f64)> {
    let edge = |at: usize| ROWS.get(at).map_or(0, |&bytes| u32::from_le_bytes(bytes)) as usize;
    let at = character as usize;
    let range = edge(at)..edge(at + 1).max(edge(at));
    let states = STATES.get(range.clone()).unwrap_or_default();
    let shown = SHOWN.get(range).unwrap_or_default();
    states.iter().zip(shown).map(|(&state, &shown)| (state, f64::from_le_bytes(shown)))
}

fn number(numbers: &[[u8; 8]], at: usize) -> f64 {
    numbers.get(at).map_or(f64::NEG_INFINITY, |&bytes| f64::from_le_bytes(bytes))
}

fn place_of(state: u8) -> u8 {
    state / 64
}

fn tag_of(state: u8) -> u8 {
    state % 64
}
