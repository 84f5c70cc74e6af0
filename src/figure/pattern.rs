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
use std::ops::Range;

use serde::Deserialize;

use super::chars::Kind;
use super::figure_words::{Cue, Set, UnitKind};
use super::text::Text;
use crate::error::{Error, ErrorKind, Result};

/// The patterns, with what they tell.
pub(super) const PATTERNS: &str = include_str!("../../data/figures/patterns.toml");

/// The longest word that is looked for backwards though its list is read forwards.
const LONGEST_WORD: usize = 8;

/// A pattern, or several of which one must fit. What it tells is said in `data/figures/patterns.toml`, each by its
/// name here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Pattern {
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
    PartedDigit,
    DecimalPoint,
    SecondPoint,
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
    OneCharacterNoun,
    Inside,
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
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns(Vec<Vec<Sides>>);

/// What stands on the two sides of a number.
#[derive(Debug, Clone)]
struct Sides {
    before: Side,
    behind: Side,
}

/// What stands on one side of a number, from the number on.
#[derive(Debug, Clone)]
struct Side {
    /// What is covered with the number.
    covered: Vec<Element>,
    /// What must stand beyond that.
    context: Vec<Element>,
}

/// One element of a pattern.
#[derive(Debug, Clone, Copy)]
struct Element {
    test: Test,
    /// Whether a blank stands before it; none where that does not matter.
    gap: Option<bool>,
    times: Times,
}

#[derive(Debug, Clone, Copy)]
enum Times {
    Never,
    /// It stands there and is passed by the next element.
    Here,
    Once,
    Perhaps,
    UpTo(usize),
}

/// What an element asks of the text.
#[derive(Debug, Clone, Copy)]
enum Test {
    Char(char),
    Set(Set),
    Word(Cue),
    Kind(fn(Kind) -> bool),
    Unit(fn(UnitKind) -> bool),
    Counted,
    Number,
    Edge,
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

impl Patterns {
    /// The patterns of `file`.
    ///
    /// # Errors
    /// Where an element names a list or a kind that does not exist.
    pub(super) fn new(file: BTreeMap<Pattern, PrintedPattern>) -> Result<Self> {
        let mut patterns = Vec::new();
        for (pattern, printed) in file {
            patterns.resize(patterns.len().max(pattern as usize + 1), Vec::new());
            let sides = printed.lines().iter().map(|line| Sides::parse(line)).collect::<Result<_>>()?;
            if let Some(slot) = patterns.get_mut(pattern as usize) {
                *slot = sides;
            }
        }
        Ok(Self(patterns))
    }

    fn of(&self, pattern: Pattern) -> &[Sides] {
        self.0.get(pattern as usize).map_or(&[], Vec::as_slice)
    }
}

/// A pattern as the file has it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct PrintedPattern(Printed);

impl PrintedPattern {
    fn lines(&self) -> &[String] {
        match &self.0 {
            Printed::One(line) => std::slice::from_ref(line),
            Printed::Several(lines) => lines,
        }
    }
}

impl Sides {
    fn parse(line: &str) -> Result<Self> {
        let (before, behind) = line.split_once('·').unwrap_or(("", line));
        let (far, near) = before.rsplit_once('|').unwrap_or(("", before));
        let (covered, context) = behind.split_once('|').unwrap_or((behind, ""));
        let backwards = |side| elements(side).map(|side| side.into_iter().rev().collect());
        Ok(Self {
            before: Side { covered: backwards(near)?, context: backwards(far)? },
            behind: Side { covered: elements(covered)?, context: elements(context)? },
        })
    }
}

fn elements(side: &str) -> Result<Vec<Element>> {
    let words = side.split_whitespace().map(Element::parse);
    words.collect::<Result<Vec<_>>>().map(|words| words.concat())
}

impl Element {
    /// The elements of one word of a pattern: of characters, one each.
    fn parse(word: &str) -> Result<Vec<Self>> {
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
    fn named(word: &str) -> Option<Result<Self>> {
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
        let kind = || KINDS.iter().find(|kind| kind.0 == name).map(|kind| Self::Kind(kind.1));
        let unit = || UNITS.iter().find(|unit| unit.0 == name).map(|unit| Self::Unit(unit.1));
        match name {
            "counted" => Some(Self::Counted),
            "number" => Some(Self::Number),
            "edge" => Some(Self::Edge),
            _ => kind().or_else(unit),
        }
    }
}

/// The list of that name.
fn list<T: serde::de::DeserializeOwned>(name: &str) -> Result<T> {
    use serde::de::IntoDeserializer;
    T::deserialize(name.into_deserializer()).map_err(|_: serde::de::value::Error| unknown(name))
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Format(format!("no list and no kind of that name in a pattern: {name}")))
}

impl Text<'_> {
    /// True where `pattern` fits around the number in `cells`.
    pub(super) fn fits(&self, pattern: Pattern, cells: Range<usize>) -> bool {
        self.around(pattern, cells).is_some()
    }

    /// What `pattern` covers, with the number in `cells`, where it fits there.
    pub(super) fn around(&self, pattern: Pattern, cells: Range<usize>) -> Option<Range<usize>> {
        self.lexicon.patterns.of(pattern).iter().find_map(|sides| {
            let end = self.ahead(&sides.behind.covered, cells.end)?;
            self.ahead(&sides.behind.context, end)?;
            let start = self.back(&sides.before.covered, cells.start)?;
            // What stands further off may belong to an earlier figure.
            Self { floor: 0, ..*self }.back(&sides.before.context, start)?;
            Some(start..end)
        })
    }

    /// Where `pattern` ends that begins at `at`.
    pub(super) fn past_pattern(&self, pattern: Pattern, at: usize) -> Option<usize> {
        self.around(pattern, at..at).map(|cells| cells.end)
    }

    /// Behind `elements`, where they stand one behind the other from `at` on.
    fn ahead(&self, elements: &[Element], at: usize) -> Option<usize> {
        self.follow::<false>(elements, at)
    }

    /// In front of `elements`, where they stand one before the other up to `at`.
    fn back(&self, elements: &[Element], at: usize) -> Option<usize> {
        self.follow::<true>(elements, at)
    }

    /// Where one comes to from `at`, element by element.
    fn follow<const BACK: bool>(&self, elements: &[Element], from: usize) -> Option<usize> {
        let mut at = from;
        let mut rest = elements;
        while let Some((first, others)) = rest.split_first() {
            rest = others;
            let next = |at| self.next::<BACK>(first, at);
            match first.times {
                Times::Once => at = next(at)?,
                Times::Here => at = next(at).map(|_| at)?,
                Times::Never => at = next(at).is_none().then_some(at)?,
                Times::Perhaps => {
                    let with = next(at).and_then(|at| self.follow::<BACK>(rest, at));
                    return with.or_else(|| self.follow::<BACK>(rest, at));
                }
                Times::UpTo(most) => {
                    let mut times = std::iter::successors(Some(at), |&at| next(at)).take(most + 1);
                    return times.find_map(|at| self.follow::<BACK>(rest, at));
                }
            }
        }
        Some(at)
    }

    /// Where one comes to from `at` by what `element` asks for.
    #[inline]
    fn next<const BACK: bool>(&self, element: &Element, at: usize) -> Option<usize> {
        let next = if BACK { self.step_back(element.test, at)? } else { self.step_ahead(element.test, at)? };
        let cell = if BACK { next } else { at };
        let parted = || self.cells.get(cell).map(|cell| cell.gap);
        element.gap.is_none_or(|wanted| parted() == Some(wanted)).then_some(next)
    }

    /// Behind what `test` asks for at `at`.
    fn step_ahead(&self, test: Test, at: usize) -> Option<usize> {
        let cell = self.cells.get(at);
        match test {
            Test::Char(c) => cell.filter(|cell| cell.ch == c).map(|_| at + 1),
            Test::Set(set) => cell.filter(|cell| self.lexicon.has(set, cell.ch)).map(|_| at + 1),
            Test::Kind(is) => cell.filter(|cell| is(cell.kind)).map(|_| at + 1),
            Test::Word(cue) => self.word_at(cue, at),
            Test::Unit(is) => self.unit_of(at, is),
            Test::Counted => self.unit_of(at, |_| true).filter(|_| self.counted(at)),
            Test::Number => self.numeral(at).map(|numeral| numeral.end),
            Test::Edge => cell.is_none_or(|cell| cell.kind.ends_phrase()).then_some(at),
        }
    }

    /// Where what `test` asks for starts that ends before `at` and belongs to no earlier figure.
    fn step_back(&self, test: Test, at: usize) -> Option<usize> {
        if let Test::Edge = test {
            return at.checked_sub(1).is_none_or(|last| self.kind(last).ends_phrase()).then_some(at);
        }
        let last = at.checked_sub(1).filter(|&last| last >= self.floor)?;
        match test {
            Test::Word(cue) if self.lexicon.is_read_backwards(cue) => {
                self.lexicon.cue_before(cue, self.cells, self.floor, at)
            }
            Test::Word(_) | Test::Unit(_) | Test::Counted | Test::Number => {
                let starts = (self.floor..at).rev().take(LONGEST_WORD);
                starts.into_iter().find(|&start| self.step_ahead(test, start) == Some(at))
            }
            _ => self.step_ahead(test, last).map(|_| last),
        }
    }

    /// Behind the unit at `at`, where it is of the kinds that `is` knows.
    fn unit_of(&self, at: usize, is: fn(UnitKind) -> bool) -> Option<usize> {
        let (end, id) = self.lexicon.unit_at(self.cells, at)?;
        self.sort(id).filter(|&sort| is(sort)).map(|_| end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Patterns, Sides};
    use crate::figure::{Context, Scanner};

    fn classes(text: &str) -> Vec<String> {
        let figures = Scanner::new(&[]).unwrap().scan(text, &Context::default());
        figures.into_iter().map(|figure| format!("{} {}", figure.text, figure.class.name())).collect()
    }

    #[test]
    fn lists_and_kinds_that_do_not_exist_are_told() {
        for line in ["· [zero]", "· {adress}", "· :hann", "· ![zeroes]", "· :digits*3"] {
            let error = Sides::parse(line).unwrap_err().to_string();
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
        let patterns = Patterns::new(toml::from_str(super::PATTERNS).unwrap()).unwrap();
        assert!(patterns.0.iter().all(|sides| !sides.is_empty()));
    }

    #[test]
    fn what_stands_beside_a_number_decides() {
        // Covered, and only looked at: 次 belongs to the number, 列车 does not.
        assert_eq!(classes("乘109次列车。"), ["109次 identifier"]);
        // Something that must not stand there.
        assert_eq!(classes("坐23路去。"), ["23路 identifier"]);
        assert_eq!(classes("来了三路人马。"), ["三路 count"]);
        // One of several, up to so many times.
        assert_eq!(classes("领先上海队4分。"), ["4分 count"]);
        assert_eq!(classes("第2页共8页"), ["第2页 ordinal", "8页 identifier"]);
    }
}
