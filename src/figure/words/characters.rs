//! Characters that tell something where they stand beside a number, in lists that have names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::in_order;
use crate::packed::Problem;

/// The lists, with what they tell beside them.
pub(super) const CHARACTERS: &str = include_str!("../../../data/figures/characters.toml");

/// A list of characters. What it tells is said in `data/figures/characters.toml`, each by its name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Set {
    More,
    MoreOrAbout,
    TimeLinks,
    And,
    Span,
    NumberSpan,
    Dashes,
    LongDashes,
    ScoreSigns,
    DateSigns,
    RepublicSigns,
    ProportionSigns,
    PageDashes,
    ListSigns,
    NumberListSigns,
    OrdinalListSigns,
    LunarSpan,
    Zeros,
    NoMinute,
    First,
    FirstOrPlace,
    End,
    Edges,
    BeforeMinus,
    Within,
    Sides,
    BehindSide,
    NoPlaceUnits,
    BehindRank,
    Offices,
    Natural,
    BehindCue,
    NoIdentifier,
    HouseParts,
    YearOpen,
    YearClose,
    Issues,
    NoBus,
    YearEnds,
    Halved,
    Apostrophes,
    CellSigns,
    Numbered,
    CurrencySigns,
    Dimes,
    SmallMoney,
    Whole,
    BehindWhole,
    BehindSideWord,
    Price,
    BoundLinks,
    Done,
    From,
    Few,
    BeforeDay,
    BeforePart,
    Generations,
    BeforeTold,
    SplitUnits,
    Troops,
    BehindPlace,
    NoWay,
    NoShop,
    NoAnniversary,
    NoDay,
    Hours,
    Colons,
    ScoreLinks,
    BeforeFront,
    BehindFirst,
    Thirds,
    NearDays,
    Months,
    BeforeLunar,
    Until,
    Weekdays,
    Wires,
    Lunar,
    LunarCalendars,
    Yen,
    Points,
    Scaled,
    Counted,
    Scales,
    Myriads,
    Thousands,
    NoPiece,
    Multipliers,
    BeforeHalf,
    BeforePoints,
    BehindHour,
    BeforeHour,
    YearParts,
    HalfUnits,
    PriceNear,
    BeforeWays,
    Goods,
    Rounds,
    OpenWords,
    NoSlogan,
    NoSloganFirst,
    NoSloganSecond,
    Grows,
    LeadsNumber,
    People,
    Places,
    Schools,
    NoJoin,
    Graded,
    NoStage,
    BeforeChapters,
    BehindJiang,
    BeforeJiang,
    SingleNouns,
    Provinces,
    NationalRoads,
    TypedZeros,
    BeginsDate,
    Wave,
    Signs,
    Stems,
    Branches,
    NumberSigns,
    Leads,
    Members,
    SumLinks,
    ClauseSigns,
    BeforeTraded,
    ChangesHands,
    HandsOver,
    NoShopPlace,
    EventClassifiers,
}

/// The characters of every list, each list at the place of its name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Characters {
    lists: Vec<Box<[char]>>,
}

impl Characters {
    /// The lists of `file`, in the order of their names.
    pub(super) fn new(file: &BTreeMap<Set, String>) -> Result<Self, Problem> {
        let lists = file.iter().map(|(&set, characters)| (set, characters.chars().collect())).collect();
        let lists = in_order("data/figures/characters.toml", lists, |set| *set as usize)?;
        Ok(Self { lists })
    }

    /// True for a character of the list.
    #[inline]
    pub(crate) fn has(&self, set: Set, c: char) -> bool {
        self.lists.get(set as usize).is_some_and(|list| list.contains(&c))
    }
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, Characters, Set};

    #[test]
    fn every_list_has_characters() {
        let characters = Characters::new(&toml::from_str(CHARACTERS).unwrap()).unwrap();
        assert!(characters.lists.iter().all(|list| !list.is_empty()));
        assert_eq!(characters.lists.len(), Set::EventClassifiers as usize + 1);
        assert!(characters.has(Set::Weekdays, '三') && !characters.has(Set::Weekdays, '八'));
    }
}
