//! Numbers by their keys.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How many bytes a slot has: a key and a number.
const SLOT: usize = 12;

/// The number of a slot that is free.
const FREE: u32 = u32::MAX;

/// A hash table with open addressing, all numbers little-endian.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Table {
    #[serde(borrow)]
    slots: Cow<'static, [u8]>,
    /// One less than the number of slots, which is a power of two.
    mask: u32,
}

impl Table {
    /// The number of `key`, if it has one.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        let mut at = home(key);
        loop {
            let (known, number) = self.slot(at & self.mask)?;
            if known == key {
                return (number != FREE).then_some(number);
            }
            if number == FREE {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    #[inline]
    fn slot(&self, at: u32) -> Option<(u64, u32)> {
        let start = at as usize * SLOT;
        let (key, rest) = self.slots.get(start..start + SLOT)?.split_first_chunk()?;
        Some((u64::from_le_bytes(*key), u32::from_le_bytes(*rest.first_chunk()?)))
    }
}

/// The slot at which the search for a key begins.
fn home(key: u64) -> u32 {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

impl FromIterator<(u64, u32)> for Table {
    /// The table of all keys, which differ, with their numbers, which are less than [`u32::MAX`].
    fn from_iter<I: IntoIterator<Item = (u64, u32)>>(entries: I) -> Self {
        let entries: Vec<(u64, u32)> = entries.into_iter().collect();
        // Half of the slots are free at the least, so that a search is short, also one for what is not there, and ends.
        let count = (entries.len() * 2 + 1).next_power_of_two();
        let (mut slots, mask) = (vec![(0, FREE); count], count as u32 - 1);
        for (key, number) in entries {
            let mut at = home(key);
            while slots[(at & mask) as usize].1 != FREE {
                at = at.wrapping_add(1);
            }
            slots[(at & mask) as usize] = (key, number);
        }
        let bytes = slots.iter().flat_map(|(key, number)| {
            let (key, number) = (key.to_le_bytes(), number.to_le_bytes());
            key.into_iter().chain(number)
        });
        Self { slots: bytes.collect(), mask }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let table: Table = (0..1000).map(|number| (u64::from(number) * 77, number)).collect();
        assert!((0..1000).all(|number| table.get(u64::from(number) * 77) == Some(number)));
        assert!((0..77_000).filter(|key| key % 77 != 0).all(|key| table.get(key).is_none()));
        assert_eq!((Table::default().get(0), Table::from_iter([]).get(0)), (None, None));
    }

    #[test]
    fn it_is_read_where_it_stands() {
        let table: Table = [(7, 1), (u64::MAX, 2)].into_iter().collect();
        let bytes: &'static [u8] = postcard::to_stdvec(&table).unwrap().leak();
        let read: Table = postcard::from_bytes(bytes).unwrap();
        assert!(matches!(read.slots, Cow::Borrowed(_)));
        assert_eq!((read.get(7), read.get(u64::MAX), read.get(8)), (Some(1), Some(2), None));
    }
}
