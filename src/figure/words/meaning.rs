//! What the words of the lists mean.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::figure::bound::Bound;

/// Which unit, as an index into the lexicon's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct UnitId(pub(crate) u16);

/// What kind of thing a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum UnitKind {
    Money,
    Percent,
    Ratio,
    Measure,
    Duration,
    /// A classifier: what is counted follows it.
    Count,
    /// A noun that is counted itself.
    Noun,
    /// A noun, unless another follows: 五方面要求.
    Part,
}

impl UnitKind {
    /// Every kind, in this order.
    pub(crate) const ALL: [Self; 8] = [
        Self::Money,
        Self::Percent,
        Self::Ratio,
        Self::Measure,
        Self::Duration,
        Self::Count,
        Self::Noun,
        Self::Part,
    ];

    /// True for units that things are sold by.
    pub(crate) fn is_sold(self) -> bool {
        matches!(self, Self::Measure | Self::Duration | Self::Count)
    }
}

/// A unit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Unit {
    pub(crate) sort: UnitKind,
    #[serde(serialize_with = "write_name", deserialize_with = "read_name")]
    pub(crate) canonical: Arc<str>,
}

fn write_name<S: Serializer>(name: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(name)
}

fn read_name<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
    <&str>::deserialize(from).map(Arc::from)
}

/// What a word with a numeral in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// No figure.
    Ordinary,
    /// A fixed name.
    Named,
    /// Nothing special: the entry keeps a shorter word from matching.
    Plain,
}

/// What stands beside a number and says how it is meant, or only looks so.
pub(crate) type Modifier = Option<Bound>;

/// What the words around a number can tell. The lists are in `data/figures/cues.toml`, each by its name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    Identifier,
    Address,
    Lunar,
    Lasting,
    ChangeFrom,
    Dialling,
    ChangeAmount,
    Currency,
    Spent,
    Reported,
    Since,
    HaoDay,
    Many,
    OneCounts,
    NeverPassed,
    NoArticle,
    PlaceRank,
    PointsBefore,
    PointsAgainst,
    Magnitude,
    Cheaper,
    PriceNear,
    PointsNear,
    HalfWord,
    RankBefore,
    ScoreBefore,
    Leader,
    Surname,
    Dialled,
    Each,
    Per,
    Change,
    ObjectEnd,
    Action,
    Outcome,
    Person,
    Done,
    NounSuffix,
    NotUnit,
    NoMore,
    VerbalUnit,
    PlaceName,
    PlaceLead,
    JoinsName,
    SurnameLead,
    PersonHead,
    BodyHead,
    PlaceMiddle,
    PlaceEnd,
    NoPlace,
    Institution,
    UnitKeep,
    ObjectKeep,
    Ahead,
    Effective,
    HaoDayBehind,
    HaoName,
    DialledBehind,
    Harmed,
    LastingBehind,
    ListedNumber,
    MoneyNoun,
    MoneyLink,
    OtherThanMoney,
    NounStop,
    Rounded,
    Reached,
    Age,
    PlaceBehind,
    PointsBehind,
    Portion,
    Road,
    ReportedBehind,
    ScoreBehind,
    SlashDate,
    SlashRatio,
    Verb,
    YearLength,
    Standard,
    CurrencyLetters,
    DegreeBehind,
    PageCount,
    Lasted,
    ReachingUnit,
    Traded,
    InAll,
    SumNoun,
}

/// The part of the day that a word in front of a time of day names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DayPart {
    /// 今日, 时间: it stands in front of times and says nothing of the half of the day.
    Any,
    /// 凌晨, 上午: as printed, and twelve is midnight.
    Morning,
    /// 中午: one and two are after noon.
    Noon,
    /// 下午, 傍晚.
    Afternoon,
    /// 晚, 夜: twelve is midnight, and the small hours are those of the morning.
    Night,
}

impl DayPart {
    /// The hour of 24 that `hour`, as printed, is in this part of the day.
    pub(crate) fn hour(self, hour: u32) -> u32 {
        match (self, hour) {
            (Self::Morning, 12) => 0,
            (Self::Noon, 1..=3) | (Self::Afternoon, 1..=11) | (Self::Night, 5..=12) => hour + 12,
            _ => hour,
        }
    }
}

/// Which months the years of an era have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Months {
    /// Those of the lunar calendar.
    Lunar,
    /// Ours.
    Solar,
    /// Ours, and the years too: 公元.
    Ours,
}

/// An era that years are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Era {
    /// The year of ours that is its first; 0 where that is not known, negative where its years count backwards.
    pub(crate) first: i32,
    pub(crate) months: Months,
}

impl Era {
    /// The year of ours that its year `year` is; before our era as ISO 8601 counts, with a year 0.
    pub(crate) fn year(self, year: i32) -> Option<i32> {
        match self.first {
            0 => None,
            first if first < 0 => Some(1 - year),
            first => Some(first + year - 1),
        }
    }
}

/// What a word in front of a date counts from, and in what steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// From the page's year.
    Years,
    /// From the page's month.
    Months,
    /// From the page's quarter.
    Quarters,
    /// From the year that was said last.
    Following,
}

/// Where a word in front of a date places it: 去年 is one step of a year back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Relative {
    pub(crate) step: Step,
    pub(crate) steps: i32,
}
