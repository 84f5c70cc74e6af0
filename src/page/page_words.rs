//! The words of `data/page.toml` and of a paper's profile, ready to be looked for.

//!
//! `build.rs` has this file as a module of its own: it makes [`PageWords`] of `data/page.toml` and packs it
//! ([`crate::packed`]).

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};

use super::word_index::{CharacterSet, WordIndex, pair};
use crate::calendar::era_openings;
use crate::openings::Openings;
use crate::packed::{Problem, Table, parse};

/// What the words of a line say about it; one bit a list and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cues(u64);

/// One kind of cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Cue {
    MastheadLabel,
    NameEnding,
    Edition,
    Navigation,
    Guide,
    Weather,
    WeatherWord,
    Advertisement,
    AdvertisementWord,
    Editors,
    Turn,
    CaptionOpener,
    CreditEnding,
    KickerEnding,
    ColumnOpener,
    ColumnEnding,
    ColumnWord,
    SectionMark,
    BodyOpener,
    Role,
    LeadOpener,
    FactualOpener,
    Signer,
    Notice,
    WeatherOpener,
    BriefEnding,
    Related,
    SubheadEnding,
    Dash,
    Salutation,
    /// A label of the masthead that says nothing without a number or an address behind it.
    ContactLabel,
    /// Where else the paper is to be found: its account, its application.
    Account,
    /// Ends like the name of a paper, and is none: 汇报.
    NoName,
    /// Opens the line that says whom a picture is from.
    Given,
    /// The label of something that stands inside a story: 记者手记.
    Inset,
    /// Set by the profile of a paper: a line of its masthead.
    Own,
}

impl Cues {
    pub(super) fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u64) != 0
    }

    /// Takes over those of `only` that `other` has.
    pub(super) fn merge(&mut self, other: Self, only: &[Cue]) {
        for &cue in only.iter().filter(|&&cue| other.has(cue)) {
            self.add(cue);
        }
    }

    pub(super) fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u64;
    }
}

/// Where in a line a word must stand to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Anchor {
    Start,
    End,
    Anywhere,
    Whole,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct File {
    masthead: MastheadWords,
    folio: FolioWords,
    header: HeaderWords,
    furniture: FurnitureWords,
    caption: CaptionWords,
    byline: BylineLists,
    heading: HeadingWords,
    body: BodyWords,
}

/// What else a line of a byline may open with.
const LEAD_OPENERS: [&str; 7] = ["（", "(", "【", "〔", "[", "据", "據"];

/// How many lists say something wherever they are met, once for each place.
const LISTS: usize = 40;

impl File {
    /// Each list with what its words say, and where they must stand to say it; what else opens bylines is given, and the roles of
    /// two characters and more beside those of one, which are met in other words.
    fn cues<'f>(
        &'f self,
        [openers, roles, works]: [&'f [String]; 3],
    ) -> [(&'f [String], Cue, Anchor); LISTS] {
        let Self { masthead, furniture, caption, byline, heading, body, .. } = self;
        [
            (&masthead.contains, Cue::MastheadLabel, Anchor::Anywhere),
            (&masthead.contacts, Cue::ContactLabel, Anchor::Anywhere),
            (&masthead.name_endings, Cue::NameEnding, Anchor::End),
            (&masthead.no_names, Cue::NoName, Anchor::End),
            (&masthead.accounts, Cue::Account, Anchor::Anywhere),
            (&furniture.edition, Cue::Edition, Anchor::Anywhere),
            (&furniture.navigation, Cue::Navigation, Anchor::Anywhere),
            (&furniture.guide, Cue::Guide, Anchor::Whole),
            (&furniture.related, Cue::Related, Anchor::Start),
            (&furniture.weather, Cue::WeatherOpener, Anchor::Start),
            (&furniture.weather, Cue::Weather, Anchor::Whole),
            (&furniture.weather_words, Cue::WeatherWord, Anchor::Anywhere),
            (&furniture.advertisement, Cue::Advertisement, Anchor::Whole),
            (&furniture.advertisement_words, Cue::AdvertisementWord, Anchor::Anywhere),
            (&furniture.editors, Cue::Editors, Anchor::Start),
            (&furniture.turns, Cue::Turn, Anchor::Start),
            (&caption.openers, Cue::CaptionOpener, Anchor::Start),
            (&caption.given, Cue::Given, Anchor::Start),
            (&caption.credit_endings, Cue::CreditEnding, Anchor::End),
            (&heading.kicker_endings, Cue::KickerEnding, Anchor::End),
            (&heading.column_openers, Cue::ColumnOpener, Anchor::Start),
            (&heading.brief_endings, Cue::ColumnEnding, Anchor::End),
            (&heading.brief_endings, Cue::BriefEnding, Anchor::End),
            (&heading.column_endings, Cue::ColumnEnding, Anchor::End),
            (&heading.column_words, Cue::ColumnWord, Anchor::Whole),
            (&heading.insets, Cue::Inset, Anchor::Whole),
            (&heading.section_marks, Cue::SectionMark, Anchor::Start),
            (&body.openers, Cue::BodyOpener, Anchor::Start),
            (&heading.subhead_endings, Cue::SubheadEnding, Anchor::End),
            (&heading.dashes, Cue::Dash, Anchor::Start),
            (&body.salutations, Cue::Salutation, Anchor::End),
            (&heading.notices, Cue::Notice, Anchor::End),
            (&body.signers, Cue::Signer, Anchor::End),
            (&heading.factual_openers, Cue::FactualOpener, Anchor::Start),
            (roles, Cue::Role, Anchor::Anywhere),
            (works, Cue::Role, Anchor::Start),
            (works, Cue::Role, Anchor::End),
            (roles, Cue::LeadOpener, Anchor::Start),
            (&byline.agencies, Cue::LeadOpener, Anchor::Start),
            (openers, Cue::LeadOpener, Anchor::Start),
        ]
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MastheadWords {
    contains: Vec<String>,
    contacts: Vec<String>,
    announces: Vec<String>,
    own: Vec<String>,
    publishers: Vec<String>,
    name_endings: Vec<String>,
    no_names: Vec<String>,
    no_openings: Vec<String>,
    accounts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FolioWords {
    labels: Vec<String>,
    visited: Vec<String>,
    sent_from: BTreeSet<String>,
    pointers: Vec<String>,
    sections: Vec<String>,
}

/// Names of the header lines above a text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderWords {
    pub(super) headline: Vec<String>,
    pub(super) kicker: Vec<String>,
    pub(super) subhead: Vec<String>,
    /// How names of databases begin that print them above what they have, and what stands in others.
    pub(super) databases: Vec<String>,
    pub(super) database_words: Vec<String>,
    /// Before the name of the column, on a line by itself.
    pub(super) column: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) newspaper: Vec<String>,
    pub(super) page: Vec<String>,
    pub(super) section: Vec<String>,
    pub(super) author: Vec<String>,
    pub(super) text: Vec<String>,
    pub(super) other: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureWords {
    edition: Vec<String>,
    navigation: Vec<String>,
    guide: Vec<String>,
    home: Vec<String>,
    menu: Vec<String>,
    related: Vec<String>,
    weather: Vec<String>,
    weather_words: Vec<String>,
    advertisement: Vec<String>,
    advertisement_words: Vec<String>,
    editors: Vec<String>,
    turns: Vec<String>,
    continued_on: Vec<String>,
    continued_from: Vec<String>,
    /// Patterns alone ask for these.
    #[serde(rename = "references")]
    _references: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptionWords {
    openers: Vec<String>,
    given: Vec<String>,
    credit_endings: Vec<String>,
}

/// Words that a text may open with.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Openers(WordIndex<()>);

impl<'de: 'static> Deserialize<'de> for Openers {
    /// A list of words where people wrote it, and what was made of it where it was packed.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            return Vec::deserialize(from).map(Vec::<String>::into);
        }
        WordIndex::deserialize(from).map(Self)
    }
}

impl Openers {
    /// Those that `text` opens with, the longest first.
    pub(super) fn at<'w>(&'w self, text: &str) -> impl Iterator<Item = &'w str> {
        self.0.opening(text).map(|(word, ())| word)
    }
}

impl From<Vec<String>> for Openers {
    fn from(words: Vec<String>) -> Self {
        Self(words.into_iter().map(|word| (word, ())).collect())
    }
}

/// The words of a byline as the file lists them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BylineLists {
    agencies: Vec<String>,
    message_words: Vec<String>,
    roles: Vec<String>,
    closers: Vec<String>,
    about_author: Vec<String>,
    agency_endings: Vec<String>,
    marks: Vec<String>,
    no_names: Vec<String>,
    signers: Vec<String>,
    writers: Vec<String>,
    groups: Vec<String>,
    bodies: Vec<String>,
    works: Vec<String>,
    places: Vec<String>,
    surnames: String,
}

/// What a word says that a byline is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum List {
    /// What stands before a name: 记者, 通讯员; on lines that are credits 读者.
    Role,
    /// What a story is said to come from.
    Agency,
    /// What closes a byline in running text: 报道.
    Closer,
    /// What may follow an agency: 讯, 电, 消息.
    Message,
    /// A place that datelines name.
    Place,
    /// What a group or a body is called that signs, and how names of papers end: 报道组, 工会, 日报.
    Group,
    /// What is no name, although it has the length of one.
    NoName,
    /// What somebody made who signs a work: 画, 译. Where nothing but a byline stands, it is a role.
    Work,
}

impl List {
    /// All of them but the last, which is the first among bylines.
    pub(super) const ALL: [Self; 7] =
        [Self::Role, Self::Agency, Self::Closer, Self::Message, Self::Place, Self::Group, Self::NoName];
}

/// The words a byline is made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct BylineWords {
    listed: WordIndex<List>,
    /// What opens the line that says more of a writer.
    pub(super) about_author: Vec<String>,
    /// Marks in front of a byline.
    pub(super) marks: Vec<String>,
    /// Roles that say no more than that somebody wrote it.
    pub(super) writers: Vec<String>,
    /// The characters that family names begin with.
    pub(super) surnames: CharacterSet,
}

impl BylineWords {
    fn new(lists: BylineLists) -> Self {
        let listed = [
            (List::Role, lists.roles),
            // They open no line by themselves: the cues are without them.
            (List::Role, lists.signers),
            (List::Work, lists.works),
            (List::Agency, lists.agencies),
            (List::Closer, lists.closers),
            (List::Message, lists.message_words),
            (List::Place, lists.places),
            (List::Group, lists.groups),
            (List::Group, lists.bodies),
            (List::Group, lists.agency_endings),
            (List::NoName, lists.no_names),
        ];
        let listed =
            listed.into_iter().flat_map(|(list, words)| words.into_iter().map(move |word| (word, list)));
        Self {
            listed: listed.collect(),
            about_author: lists.about_author,
            marks: lists.marks,
            writers: lists.writers,
            surnames: lists.surnames.chars().collect(),
        }
    }

    /// The words that `text` opens with, the longest first, and what each says.
    pub(super) fn opening<'w>(&'w self, text: &str) -> impl Iterator<Item = (&'w str, List)> {
        self.listed.opening(text)
    }

    /// Those of one list.
    pub(super) fn at<'w>(&'w self, list: List, text: &str) -> impl Iterator<Item = &'w str> {
        self.opening(text).filter(move |(_, other)| *other == list).map(|(word, _)| word)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingWords {
    factual_openers: Vec<String>,
    kicker_endings: Vec<String>,
    column_openers: Vec<String>,
    brief_endings: Vec<String>,
    column_endings: Vec<String>,
    column_words: Vec<String>,
    insets: Vec<String>,
    section_marks: Vec<String>,
    item_marks: String,
    notices: Vec<String>,
    subhead_endings: Vec<String>,
    dashes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyWords {
    signers: Vec<String>,
    salutations: Vec<String>,
    openers: Vec<String>,
    particles: String,
    reports: Vec<String>,
    says: Vec<String>,
    items: Vec<String>,
}

/// The words that announce masthead data, and a quick look whether any data may begin at a character: most of a page is
/// text, in which none does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Announcing {
    pub(super) words: Vec<Vec<char>>,
    pub(super) openings: Openings,
}

/// What data may begin with, beside ASCII: digits, the names of years, 农历, 星期, 总第, 邮发代号, 今日8版, ….
const OPENS: &str = "Ｃ０１２３４５６７８９Ｏ〇○零一二三四五六七八九中民农農夏阴甲乙丙丁戊己庚辛壬癸星礼禮周週总總第国邮郵代今本共对（）—";

impl Announcing {
    fn new(words: &[String]) -> Self {
        let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
        let announced = words.iter().filter_map(|word| word.first().copied());
        let ascii = '\0'..='\x7f';
        let openings = OPENS.chars().chain(ascii).chain(era_openings()).chain(announced).collect();
        Self { words, openings }
    }
}

/// Words that are looked for where one has to stand, not in every line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Lists {
    /// What announces a number, a date or an address of a masthead, the longer of two first.
    pub(super) announces: Announcing,
    /// By what a paper speaks of its own address and price.
    pub(super) own: Vec<String>,
    /// How names of papers end.
    name_endings: Vec<String>,
    /// What ends like the name of a paper and names none.
    no_names: Vec<String>,
    /// How what is said of a paper opens, and the name of none does.
    no_paper_openings: Vec<String>,
    /// What follows the name of a paper where its publisher is named.
    pub(super) publishers: Vec<String>,
    /// The labels of what a digital edition says of a page.
    pub(super) folio_labels: Vec<Vec<char>>,
    /// What stands before a day that is none of issue.
    pub(super) folio_visited: Vec<Vec<char>>,
    /// Where a stamp says that it was sent from.
    pub(super) folio_sent_from: BTreeSet<String>,
    /// What labels and what stands before such days open with.
    pub(super) folio_openings: Openings,
    /// What stands before the day and the page of another text.
    pub(super) pointers: Vec<String>,
    /// Names of pages that many papers have.
    pub(super) sections: BTreeSet<String>,
    /// What stands before the page that a story goes on on.
    pub(super) continued_on: Vec<String>,
    /// What stands before the page that it comes from.
    pub(super) continued_from: Vec<String>,
    /// What a site's menu calls its first page.
    pub(super) home: Vec<String>,
    /// Entries of the menus of a site.
    pub(super) menu: BTreeSet<String>,
    /// What says that this is a digital edition, or who has the rights.
    pub(super) editions: Vec<String>,
    /// What stands before the name of an editor, or of a writer in a line about the source: 记者, 通讯员.
    pub(super) posts: Openers,
    /// The marks in front of the items of a column.
    pub(super) item_marks: String,
    /// The characters that end no sentence.
    pub(super) particles: String,
    /// How a sentence starts that says what a meeting did.
    pub(super) reports: Vec<String>,
    /// How a clause ends that says who speaks.
    pub(super) says: Vec<String>,
    /// How an item starts that is a paragraph of its own.
    pub(super) items: Vec<String>,
}

impl Lists {
    fn new(file: &File) -> Self {
        // A line is read without its blanks: Last updated.
        let plain = |word: &String| word.chars().filter(|c| !c.is_whitespace()).collect();
        let characters = |words: &[String]| words.iter().map(plain).collect();
        Self {
            folio_labels: characters(&file.folio.labels),
            folio_visited: characters(&file.folio.visited),
            folio_sent_from: file.folio.sent_from.clone(),
            folio_openings: [&file.folio.labels, &file.folio.visited]
                .into_iter()
                .flatten()
                .filter_map(|word| word.chars().next())
                .collect(),
            pointers: file.folio.pointers.clone(),
            sections: file.folio.sections.iter().cloned().collect(),
            continued_on: file.furniture.continued_on.clone(),
            continued_from: file.furniture.continued_from.clone(),
            home: file.furniture.home.clone(),
            menu: file.furniture.menu.iter().cloned().collect(),
            posts: file
                .byline
                .roles
                .iter()
                .filter(|role| role.ends_with(['者', '员', '員']))
                .chain(&file.furniture.editors)
                .cloned()
                .collect::<Vec<_>>()
                .into(),
            editions: file.furniture.edition.clone(),
            announces: Announcing::new(&file.masthead.announces),
            own: file.masthead.own.clone(),
            name_endings: file.masthead.name_endings.clone(),
            no_names: file.masthead.no_names.clone(),
            no_paper_openings: file.masthead.no_openings.clone(),
            publishers: file.masthead.publishers.clone(),
            item_marks: file.heading.item_marks.clone(),
            particles: file.body.particles.clone(),
            reports: file.body.reports.clone(),
            says: file.body.says.clone(),
            items: file.body.items.clone(),
        }
    }

    /// True for what is said of a paper: 我和某某日报.
    pub(super) fn is_about_a_paper(&self, word: &str) -> bool {
        self.no_paper_openings.iter().any(|opening| word.starts_with(opening.as_str()))
    }

    /// True for what only ends like the name of a paper: 情况简报, but not 某某青年报.
    pub(super) fn names_no_paper(&self, word: &str) -> bool {
        if self.is_about_a_paper(word) {
            return true;
        }
        let longest = |ends: &[String]| {
            ends.iter().filter(|end| word.ends_with(end.as_str())).map(String::len).max().unwrap_or_default()
        };
        longest(&self.no_names) > longest(&self.name_endings)
    }
}

/// All words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct PageWords {
    /// Each word with what it says and where it must stand.
    words: WordIndex<(Cue, Anchor)>,
    /// The words of bylines.
    pub(super) byline: BylineWords,
    /// Names of header lines.
    pub(super) header: HeaderWords,
    /// The words that are asked for by themselves.
    pub(super) lists: Lists,
    /// The number of each pair of characters that tells what a line is, its line in [`PAIRS`].
    pub(super) pairs: Table,
}

/// Pairs of characters that tell what a line is.
pub(super) const PAIRS: &str = include_str!("../../data/page/pairs.txt");

/// The numbers of [`PAIRS`].
fn pairs() -> Result<Table, Problem> {
    let numbered = PAIRS.lines().enumerate().map(|(number, line)| {
        let mut chars = line.chars();
        let known = chars.next().zip(chars.next()).filter(|_| chars.next().is_none());
        let problem = Problem {
            line: Some(number + 1),
            ..Problem::of("data/page/pairs.txt", "not two characters".into())
        };
        known.map(|(first, second)| (pair(first, second), number as u32)).ok_or(problem)
    });
    numbered.collect()
}

impl PageWords {
    /// The words of `data/page.toml`.
    ///
    /// # Errors
    /// Where the file is not of its form; the error has the line.
    pub(crate) fn read() -> Result<Self, Problem> {
        let file: File = parse("data/page.toml", include_str!("../../data/page.toml"))?;
        let openers = LEAD_OPENERS.map(str::to_owned);
        let (works, roles): (Vec<_>, Vec<_>) =
            file.byline.roles.iter().cloned().partition(|role| role.chars().count() == 1);
        let words = file
            .cues([&openers, &roles, &works])
            .into_iter()
            .flat_map(|(list, cue, anchor)| list.iter().map(move |word| (word.clone(), (cue, anchor))));
        let words = words.collect();
        let lists = Lists::new(&file);
        Ok(Self { words, byline: BylineWords::new(file.byline), header: file.header, lists, pairs: pairs()? })
    }

    /// What the words at the start of a long line say; `head` is its start without blanks.
    pub(super) fn opening_cues(&self, head: &str) -> Cues {
        let mut cues = Cues::default();
        for (_, (cue, anchor)) in self.words.opening(head) {
            if anchor == Anchor::Start {
                cues.add(cue);
            }
        }
        cues
    }

    /// What the words of `compact` (a line without its blanks) say.
    pub(super) fn cues(&self, compact: &str) -> Cues {
        let mut cues = Cues::default();
        for (start, end, (cue, anchor)) in self.words.all(compact) {
            let (start, end) = (start == 0, end == compact.len());
            let counts = match anchor {
                Anchor::Start => start,
                Anchor::End => end,
                Anchor::Anywhere => true,
                Anchor::Whole => start && end,
            };
            if counts {
                cues.add(cue);
            }
        }
        cues
    }
}
