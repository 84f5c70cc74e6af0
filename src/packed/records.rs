//! Records by their numbers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Records of `N` bytes each, one behind the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Records<const N: usize>(#[serde(borrow)] Cow<'static, [u8]>);

impl<const N: usize> Records<N> {
    /// The record of that number.
    #[inline]
    pub(crate) fn get(&self, number: usize) -> Option<&[u8; N]> {
        self.0.as_chunks().0.get(number)
    }

    /// The records from that number on.
    #[inline]
    pub(crate) fn from(&self, number: usize) -> &[[u8; N]] {
        self.0.as_chunks().0.get(number..).unwrap_or_default()
    }
}

impl<const N: usize> FromIterator<[u8; N]> for Records<N> {
    fn from_iter<I: IntoIterator<Item = [u8; N]>>(records: I) -> Self {
        Self(records.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_numbers() {
        let records: Records<2> = [[1, 2], [3, 4]].into_iter().collect();
        assert_eq!((records.get(1), records.get(2)), (Some(&[3, 4]), None));
        assert_eq!((records.from(1), records.from(3)), (&[[3, 4]][..], &[][..]));
    }
}
