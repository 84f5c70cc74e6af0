//! Eras: 民国, 光绪, 昭和, and the year in which each began.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::openings::Openings;

/// An era by which years are counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub(crate) struct Era {
    /// The year of our calendar that is its first year.
    pub first: i16,
    /// True where its months and days are those of our calendar; else they are lunar.
    #[serde(default)]
    pub solar: bool,
    names: Vec<String>,
}

impl Era {
    /// The year of our calendar in which year `number` of the era began, 1 for 元年; none past the years that a
    /// calendar can hold.
    pub(crate) fn year(&self, number: u64) -> Option<i16> {
        let behind = i16::try_from(number.checked_sub(1)?).ok()?;
        self.first.checked_add(behind)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    era: Vec<Era>,
}

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| {
    // The file is compiled in: it cannot fail for a user when it does not fail in the tests.
    let file: File =
        toml::from_str(include_str!("../../data/eras.toml")).expect("data/eras.toml is well formed");
    file.era
});

/// The era that `chars` open with, and how many characters name it.
pub(crate) fn era_at(chars: &[char]) -> Option<(&'static Era, usize)> {
    static OPENINGS: LazyLock<Openings> = LazyLock::new(|| era_openings().collect());
    chars.first().filter(|&&first| OPENINGS.may_open(first))?;
    let named = |name: &str| {
        let mut at = chars.iter();
        name.chars().all(|c| at.next() == Some(&c)).then(|| name.chars().count())
    };
    ERAS.iter().find_map(|era| Some((era, era.names.iter().find_map(|name| named(name))?)))
}

/// The characters that names of eras open with.
pub(crate) fn era_openings() -> impl Iterator<Item = char> {
    ERAS.iter().flat_map(|era| era.names.iter().filter_map(|name| name.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::era_at;

    #[test]
    fn a_year_of_an_era_is_one_of_ours() {
        let year = |text: &str, number| {
            let chars: Vec<char> = text.chars().collect();
            era_at(&chars).and_then(|(era, _)| era.year(number))
        };
        assert_eq!(year("中華民國二十六年", 26), Some(1937));
        assert_eq!(year("民国元年", 1), Some(1912));
        assert_eq!(year("光绪三十一年", 31), Some(1905));
        assert_eq!(year("昭和十二年", 12), Some(1937));
        assert_eq!(year("昭和", u64::MAX), None);
        assert_eq!(year("民国", 0), None);
        assert_eq!(year("民心", 3), None);
    }
}
