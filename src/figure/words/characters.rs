//! Characters that tell something where they stand beside a number, in lists that have names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::in_order;
use crate::packed::{Problem, parse};

/// The lists, with what they tell beside them.
const CHARACTERS: &str = include_str!("../../../data/figures/characters.toml");

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
    Graded,
    NoStage,
    BeforeChapters,
    BehindJiang,
    BeforeJiang,
    Provinces,
    NationalRoads,
    TypedZeros,
    BeginsDate,
    Wave,
    Signs,
    Stems,
    Branches,
    NumberSigns,
    Members,
    SumLinks,
    ClauseSigns,
    BeforeTraded,
    ChangesHands,
    HandsOver,
    NoShopPlace,
}

/// The characters of every list, in the order of their names.
///
/// # Errors
/// Where a list is missing.
pub(super) fn characters() -> Result<BTreeMap<Set, String>, Problem> {
    const FILE: &str = "data/figures/characters.toml";
    let file: BTreeMap<Set, String> = parse(FILE, CHARACTERS)?;
    let names = file.keys().map(|&set| (set, set)).collect();
    in_order(FILE, names, |set| *set as usize)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::{Set, characters};

    #[test]
    fn every_list_has_characters() {
        let characters = characters().unwrap();
        assert!(characters.values().all(|list| !list.is_empty()));
        // There is no row for what lies outside the basic plane.
        assert!(characters.values().flat_map(|list| list.chars()).all(|c| c <= '\u{ffff}'));
        assert_eq!(characters.len(), Set::NoShopPlace as usize + 1);
        assert!(characters[&Set::Weekdays].contains('三') && !characters[&Set::Weekdays].contains('八'));
    }
}
