//! Patterns of what stands beside a number: `data/figures/patterns.toml` has them, each with what it tells.
//!
//! A pattern is a row of elements parted by blanks, in the order of the text, with `·` where the number stands. What
//! stands before it is compared from the number backwards, what stands behind it forwards. An element is
//!
//! * characters as they are, `年级`;
//! * `[zeros]`: one character of that list of `characters.toml`;
//! * `{address}`: the longest word of that list of `cues.toml`;
//! * `:han`: one character of that kind, or `:unit`: a unit of that kind, `:counted` where it begins no other
//!   word, or `:number`, or `:edge`: nothing but the end of a phrase.
//!
//! Where only some of it is to be covered with the number, `|` parts that from what else must stand beside it.
//!
//! `!` before an element asks that it does not stand there, `=` that it does and the next one too, `_` that no blank stands before it, `~` that one does; `?`
//! behind it lets it be missing, and `*8` lets it stand up to eight times, as few as will do.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{Cue, Kind, Set, UnitKind, in_order};
use crate::packed::{Problem, parse};

/// The patterns, with what they tell.
pub(super) const PATTERNS: &str = include_str!("../../../data/figures/patterns.toml");
const FILE: &str = "data/figures/patterns.toml";

/// A pattern, or several of which one must fit. What it tells is said in `data/figures/patterns.toml`, each by its
/// name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pattern {
    ScoresPoints,
    Joint,
    Announced,
    NoIdentifier,
    TollFree,
    Dialled,
    AreaCode,
    YearClose,
    HousePart,
    TotalIssue,
    Issue,
    NumberSpan,
    PageTotal,
    CrewNumber,
    BusLine,
    NumberedByDigits,
    PageOfPaper,
    Hao,
    HaoNames,
    RoadNumber,
    NumberPlate,
    Recommended,
    Standard,
    TokenJoint,
    LongDash,
    WholeMoney,
    Cents,
    OneSold,
    TwoOfNext,
    Steps,
    NamesBody,
    GreatThings,
    Ways,
    NoSide,
    ScoredPoints,
    PricedGoods,
    PriceNear,
    Dearer,
    AmongPoints,
    AndAHalf,
    PiecesMore,
    MoreBehind,
    Hundredths,
    MixedFraction,
    PartsOf,
    PartOfPiece,
    MoreThanPart,
    FewPercent,
    Few,
    MorePercent,
    OfHundred,
    PartOrUnit,
    SlashDate,
    SlashRatio,
    Scored,
    NextScore,
    ScoreSign,
    ScoreNamed,
    ScoreLed,
    BehindScore,
    BehindListedScore,
    ProportionSign,
    GoesOnOrMeasures,
    GluedLetter,
    Portion,
    Side,
    FrontRank,
    Lasting,
    NaturalDegree,
    LeastDegree,
    BeginsPhrase,
    GradedOrPrize,
    Stage,
    PageCount,
    RankLed,
    HasChapters,
    Assembly,
    SpanSign,
    OrdinalSpan,
    SharedPlace,
    NextPlace,
    OfficeNumber,
    LunarCalendar,
    YearOfBusiness,
    YearWithMonth,
    YearWithPart,
    YearsLong,
    DayWord,
    LeadingZero,
    SpacedPoint,
    Thousands,
    ThousandsAndPoint,
    CountedThousands,
    RaisedDecimal,
    SpacedDigits,
    GluedNumber,
    DigitsAndUnit,
    DecimalAndUnit,
    GroupAndUnit,
    Grows,
    TenTo,
    TimesTenTo,
    NumberGoesOn,
    ApartYear,
    ZeroInside,
    TwoOfScale,
    OneOrTwo,
    PausedPair,
    NextCell,
    RareScale,
    FewMore,
    MoreMyriads,
    MisreadThousand,
    Piece,
    DecimalPiece,
    OrEight,
    Trillion,
    TimeOfDay,
    BracketedDay,
    NumberOfNoThing,
    HaoDay,
    BeginsDate,
    DateSpan,
    Weekday,
    DaysLong,
    InDigits,
    DateSign,
    RepublicSign,
    DigitsGoOn,
    JoinedByDash,
    NoWholeDate,
    Colon,
    BeforeNoon,
    AfterNoon,
    HalfPast,
    OnTheHour,
    QuartersPast,
    MinutesPast,
    SecondsPast,
    ToldHour,
    PointsOfList,
    SmallPoints,
    LooksLikeTime,
    PointFirst,
    BelowZero,
    Negative,
    Passed,
    Inclusive,
    Connector,
    NumberSign,
    NoTurn,
    PieceAndHalf,
    PersonsByNumber,
    TwoOfAmount,
    Noun,
    GluedNoun,
    NounHead,
    People,
    OfPeople,
    NoPeople,
    NoNoun,
    EndsAmount,
    Spent,
    NextSum,
    SumBehind,
    SoldFor,
    Reached,
    OfAge,
    ClosesNumber,
    Threshold,
    OneCounts,
    OneBehindNoun,
    EachOfAll,
    PerSign,
    PerBehind,
    SoldByPhrase,
    Of,
    ReportedDay,
    AloneAhead,
    ChangeAmount,
    ChangeFrom,
    FromFigure,
    FirstQuarters,
    Quarter,
    FirstMonths,
    Edge,
    YearAnd,
    BetweenYears,
    FirstHalf,
    SecondHalf,
    PartOfYear,
    LeadOfPart,
    QuarterWord,
    SeasonWord,
    MonthWord,
    PartOfMonth,
    CenturyWord,
    DecadeWord,
    PartOfAge,
    FirstYear,
    CyclicYear,
    BehindLunarCalendar,
    NewYear,
    NoLunarDay,
    OneOfTime,
    Generation,
    EachTael,
    ToldMarker,
    BracketMarker,
    ShortMarker,
    Marker,
    BetweenDashes,
    NoNameNumeral,
    Half,
    ShortYear,
    Exchange,
    NextCellBegins,
    CountsAfterName,
    OneByOne,
    Slogan,
    NoAnniversary,
    FormedVerb,
    CurrencySign,
    EndsWord,
    Lasted,
    ReachingUnit,
    SinceThen,
    TimeLink,
    ChainedMinutes,
    EndsChange,
    NumberSigns,
}

/// All patterns, each at the place of its name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Patterns(Vec<Vec<Sides>>);

/// What stands on the two sides of a number; none where it does not matter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sides {
    pub(crate) before: Option<Side>,
    pub(crate) behind: Option<Side>,
}

/// What stands on one side of a number, from the number on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Side {
    /// What is covered with the number.
    pub(crate) covered: Vec<Element>,
    /// What must stand beyond that.
    pub(crate) context: Vec<Element>,
}

/// One element of a pattern.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Element {
    pub(crate) test: Test,
    /// Whether a blank stands before it; none where that does not matter.
    pub(crate) gap: Option<bool>,
    pub(crate) times: Times,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Times {
    Never,
    /// It stands there and is passed by the next element.
    Here,
    Once,
    Perhaps,
    UpTo(usize),
}

/// What an element asks of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Test {
    Char(char),
    Set(Set),
    Word(Cue),
    Kind(Kinds),
    Unit(Kinds),
    Counted,
    Number,
    Edge,
}

/// Some of the kinds of characters or of units, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// Those of `all`, each given with its number, of which `is` holds.
    fn of<T: Copy>(all: impl IntoIterator<Item = (T, u8)>, is: fn(T) -> bool) -> Self {
        Self(all.into_iter().filter(|(kind, _)| is(*kind)).fold(0, |kinds, (_, number)| kinds | 1 << number))
    }

    /// True for the kind of that number.
    #[inline]
    pub(crate) fn has(self, number: u8) -> bool {
        self.0 >> number & 1 == 1
    }

    /// True where one of them is among those of `bits`.
    pub(super) fn shares(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

/// A name, and what it is the name of.
type Named<T> = (&'static str, fn(T) -> bool);

/// The names of kinds of characters.
const KINDS: [Named<Kind>; 18] = [
    ("any", |_| true),
    ("han", |kind| kind == Kind::Han),
    ("letter", |kind| kind == Kind::Letter),
    ("digit", |kind| kind == Kind::Digit),
    ("numeral", |kind| kind == Kind::Numeral),
    ("scale", |kind| kind == Kind::Scale),
    ("formal_scale", |kind| kind == Kind::FormalScale),
    ("pause", |kind| kind == Kind::Pause),
    ("unstopped", |kind| kind != Kind::Stop),
    ("stop", |kind| kind == Kind::Stop),
    ("open", |kind| kind == Kind::Open),
    ("close", |kind| kind == Kind::Close),
    ("bracket", |kind| kind == Kind::Bracket),
    ("numeric", Kind::is_numeric),
    ("chinese", Kind::is_chinese),
    ("formal", Kind::is_formal),
    ("clause", Kind::ends_clause),
    ("phrase", Kind::ends_phrase),
];

/// The names of kinds of units.
const UNITS: [Named<UnitKind>; 9] = [
    ("unit", |_| true),
    ("money", |sort| sort == UnitKind::Money),
    ("percent", |sort| sort == UnitKind::Percent),
    ("measure", |sort| sort == UnitKind::Measure),
    ("duration", |sort| sort == UnitKind::Duration),
    ("count", |sort| sort == UnitKind::Count),
    ("noun", |sort| sort == UnitKind::Noun),
    ("uncounted", |sort| sort != UnitKind::Count),
    ("sold", UnitKind::is_sold),
];

/// What a pattern is in the file: one, or a list of which one must fit.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Printed {
    One(String),
    Several(Vec<String>),
}

impl Printed {
    fn lines(&self) -> &[String] {
        match self {
            Self::One(line) => std::slice::from_ref(line),
            Self::Several(lines) => lines,
        }
    }
}

impl Patterns {
    /// The patterns that are compiled in.
    ///
    /// # Errors
    /// Where one is missing, or an element names a list or a kind that does not exist.
    pub(super) fn new() -> Result<Self, Problem> {
        let file: BTreeMap<Pattern, Spanned<Printed>> = parse(FILE, PATTERNS)?;
        let pattern = |(name, printed): (Pattern, Spanned<Printed>)| {
            let lines = printed.get_ref().lines();
            let sides = lines.iter().map(|line| Sides::parse(line)).collect::<Result<Vec<_>, String>>();
            let sides = sides.map_err(|what| Problem::of(FILE, what).within(PATTERNS, printed.span()))?;
            Ok((name, sides))
        };
        let patterns = file.into_iter().map(pattern).collect::<Result<_, _>>()?;
        in_order(FILE, patterns, |pattern| *pattern as usize).map(Self)
    }

    /// Every alternative of every pattern, with the number of the pattern.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Sides)> {
        self.0.iter().enumerate().flat_map(|(number, sides)| sides.iter().map(move |sides| (number, sides)))
    }

    pub(crate) fn of(&self, pattern: Pattern) -> &[Sides] {
        self.0.get(pattern as usize).map_or(&[], Vec::as_slice)
    }
}

impl Side {
    fn of(covered: Vec<Element>, context: Vec<Element>) -> Option<Self> {
        let asks = !(covered.is_empty() && context.is_empty());
        asks.then_some(Self { covered, context })
    }

    /// What stands there, from the number on.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.covered.iter().chain(&self.context)
    }
}

impl Sides {
    fn parse(line: &str) -> Result<Self, String> {
        let (before, behind) = line.split_once('·').unwrap_or(("", line));
        let (far, near) = before.rsplit_once('|').unwrap_or(("", before));
        let (covered, context) = behind.split_once('|').unwrap_or((behind, ""));
        let backwards = |side| elements(side).map(|side| side.into_iter().rev().collect());
        Ok(Self {
            before: Side::of(backwards(near)?, backwards(far)?),
            behind: Side::of(elements(covered)?, elements(context)?),
        })
    }
}

fn elements(side: &str) -> Result<Vec<Element>, String> {
    let words = side.split_whitespace().map(Element::parse);
    words.collect::<Result<Vec<_>, _>>().map(|words| words.concat())
}

impl Element {
    /// The elements of one word of a pattern: of characters, one each.
    fn parse(word: &str) -> Result<Vec<Self>, String> {
        let (word, plain) = match word.chars().next() {
            Some('!') => (word.trim_start_matches('!'), Times::Never),
            Some('=') => (word.trim_start_matches('='), Times::Here),
            _ => (word, Times::Once),
        };
        let (word, gap) = match word.chars().next() {
            Some('_') => (word.trim_start_matches('_'), Some(false)),
            Some('~') => (word.trim_start_matches('~'), Some(true)),
            _ => (word, None),
        };
        let (word, times) = match (word.split_once('*'), word.strip_suffix('?')) {
            (Some((word, most)), _) => (word, Times::UpTo(most.parse().unwrap_or(1))),
            (None, Some(word)) => (word, Times::Perhaps),
            (None, None) => (word, plain),
        };
        let tests = match Test::named(word) {
            Some(test) => vec![test?],
            None => word.chars().map(Test::Char).collect(),
        };
        Ok(tests.into_iter().map(|test| Self { test, gap, times }).collect())
    }
}

impl Test {
    /// The test that `word` names; none where it is characters as they are.
    fn named(word: &str) -> Option<Result<Self, String>> {
        let inside = |open, close| word.strip_prefix(open).and_then(|word| word.strip_suffix(close));
        if let Some(name) = inside('[', ']') {
            return Some(list(name).map(Self::Set));
        }
        if let Some(name) = inside('{', '}') {
            return Some(list(name).map(Self::Word));
        }
        let name = word.strip_prefix(':').filter(|name| !name.is_empty())?;
        Some(Self::of_kind(name).ok_or_else(|| unknown(name)))
    }

    fn of_kind(name: &str) -> Option<Self> {
        let kinds = || Kind::ALL.into_iter().map(|kind| (kind, kind as u8));
        let units = || UnitKind::ALL.into_iter().map(|unit| (unit, unit as u8));
        let kind =
            || KINDS.iter().find(|kind| kind.0 == name).map(|kind| Self::Kind(Kinds::of(kinds(), kind.1)));
        let unit =
            || UNITS.iter().find(|unit| unit.0 == name).map(|unit| Self::Unit(Kinds::of(units(), unit.1)));
        match name {
            "counted" => Some(Self::Counted),
            "number" => Some(Self::Number),
            "edge" => Some(Self::Edge),
            _ => kind().or_else(unit),
        }
    }
}

/// The list of that name.
fn list<T: DeserializeOwned>(name: &str) -> Result<T, String> {
    T::deserialize(name.into_deserializer()).map_err(|_: serde::de::value::Error| unknown(name))
}

fn unknown(name: &str) -> String {
    format!("no list and no kind of that name in a pattern: {name}")
}

#[cfg(test)]
mod tests {
    use super::{Element, Patterns, Sides};

    #[test]
    fn lists_and_kinds_that_do_not_exist_are_told() {
        for line in ["· [zero]", "· {adress}", "· :hann", "· ![zeroes]", "· :digits*3"] {
            let error = Sides::parse(line).unwrap_err();
            assert!(error.contains("pattern"), "{line}: {error}");
        }
        assert!(Sides::parse("{address} · 弄 ![zeros] :han*3 ~:digit?").is_ok());
    }

    #[test]
    fn characters_are_elements_of_their_own() {
        assert_eq!(Element::parse("次列车").unwrap().len(), 3);
        assert_eq!(Element::parse("{identifier}").unwrap().len(), 1);
    }

    #[test]
    fn every_pattern_has_elements() {
        let patterns = Patterns::new().unwrap();
        assert!(patterns.0.iter().all(|sides| !sides.is_empty()));
    }
}
