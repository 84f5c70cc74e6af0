//! Sentences with other names in the places of theirs, so that what stands around a name is learnt, and what names are
//! made of, and not the names.

use zjgr::name::{Annotated, NameType};

/// Copies of `sentences` in which many persons have got another's given or family name, and places and bodies have
/// changed with those of other sentences. The same for the same `seed`.
pub(crate) fn exchanged(sentences: &[Annotated], seed: u64) -> Vec<Annotated> {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let texts = |kind: NameType| {
        let names = sentences.iter().flat_map(move |s| s.names.iter().map(move |name| (s, name)));
        names
            .filter(move |(_, name)| name.1 == kind)
            .map(|(s, name)| s.text[name.0.clone()].to_owned())
            .collect::<Vec<String>>()
    };
    let pools: Vec<(NameType, Vec<String>)> = NameType::ALL.map(|kind| (kind, texts(kind))).into();
    sentences.iter().map(|sentence| exchange(sentence, &pools, &mut random)).collect()
}

fn exchange(sentence: &Annotated, pools: &[(NameType, Vec<String>)], random: &mut Random) -> Annotated {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut at = 0;
    for (range, kind) in &sentence.names {
        text.push_str(&sentence.text[at..range.start]);
        let start = text.len();
        let own = &sentence.text[range.clone()];
        let pool = pools.iter().find(|(of, _)| of == kind).map_or(&[][..], |(_, pool)| pool);
        text.push_str(&other(own, *kind, pool, random));
        names.push((start..text.len(), *kind));
        at = range.end;
    }
    text.push_str(&sentence.text[at..]);
    Annotated { text, names, kind: sentence.kind.clone() }
}

/// Another name in place of `own`.
fn other(own: &str, kind: NameType, pool: &[String], random: &mut Random) -> String {
    let alike = |name: &&String| {
        name.chars().count() == own.chars().count() && name.contains('·') == own.contains('·')
    };
    match kind {
        // A family name from one, the given name from another.
        NameType::Person if (2..=3).contains(&own.chars().count()) => {
            let alike: Vec<&String> = pool.iter().filter(alike).collect();
            let (first, second) = (random.of(&alike), random.of(&alike));
            first.chars().take(1).chain(second.chars().skip(1)).collect()
        }
        NameType::Place => random.of(pool).clone(),
        _ => own.to_owned(),
    }
}

/// Numbers that look like chance (Marsaglia 2003, xorshift).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn of<'p, T>(&mut self, pool: &'p [T]) -> &'p T {
        &pool[(self.next() % pool.len() as u64) as usize]
    }
}
