//! Slogans that the lexicon does not have: found by how papers print them, ranked by how they are used.
//!
//! While pages are read, what may be a slogan is gathered (`candidates`: short quotations, and words built on numerals),
//! and the text is put aside (`texts`). When all is known, those candidates are chosen that have something to show for
//! them (`choose`): quoted again and again, put forward by a word such as 打造 or 品牌, built on numerals, or one of a
//! family (浙工赛, 浙工惠, 浙工益: `families`). Then every occurrence of these is counted in the text (`count`), in
//! quotation marks or not, and what stands beside them says how likely each is a slogan (`score`).
//!
//! The text must be kept: what one page puts in quotation marks is counted on all, and another machine may have read
//! these.
//!
//! ```
//! use zjgr::analysis::{counted, discover::Discover};
//! use zjgr::page::Reader;
//! use zjgr::slogan::Lexicon;
//! use zjgr::table::Format;
//!
//! let pages = ["打造“车间夜校”品牌。", "“车间夜校”开课了。"].map(|text| Reader::default().read(zjgr::Document::of(text)));
//! let table = counted(&Discover::new(Lexicon::default()), &pages, Format::CSV)?;
//! assert!(table.contains("车间夜校"), "{table}");
//! # Ok::<(), zjgr::Error>(())
//! ```

pub(super) mod candidates;
mod choose;
mod count;
pub(super) mod families;
mod score;
mod texts;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use self::candidates::candidates;
use self::choose::Seen;
use self::score::{COLUMNS, CandidateRow, Days, Scored};
use self::texts::{Article, Sheet, Sheets, Texts};
use super::basis::Basis;
use super::ledger::{Amount, Ledger};
use super::partial::{Portable, decode, encode};
use super::scope::Scope;
use super::{Analysis, Tabulate};
use crate::Result;
use crate::page::{Selection, characters};
use crate::slogan::Lexicon;
use crate::table::{Columns, Table};
use crate::term::{Segmenter, SegmenterOptions};

/// Looks for slogans that a lexicon does not have.
#[derive(Debug)]
#[non_exhaustive]
pub struct Discover {
    /// What is known already.
    pub known: Lexicon,
    /// Which parts of an article are searched.
    pub scope: Scope,
    /// True to look only at what stands in quotation marks.
    pub quoted_only: bool,
    /// Only candidates that occur so often are shown.
    pub min_count: u64,
    /// No more than so many are shown.
    pub top: Option<usize>,
}

impl Discover {
    /// Looks everywhere for slogans that are not in `known`, and shows them all.
    pub fn new(known: Lexicon) -> Self {
        Self { known, scope: Scope::default(), quoted_only: false, min_count: 1, top: None }
    }
}

/// What was gathered so far. Partials add up in any order to the same result.
#[derive(Debug, Default)]
pub struct PhraseCounts {
    counts: Counts,
    texts: Texts,
}

/// What is known of the text without reading it again.
#[derive(Debug, Default)]
struct Counts {
    seen: FxHashMap<String, Seen>,
    chars: u64,
    articles: Days,
}

impl Analysis for Discover {
    const NAME: &'static str = "slogan-discovery";
    const ASKS_WHO: bool = false;
    type Partial = PhraseCounts;

    fn start(&self) -> PhraseCounts {
        PhraseCounts::default()
    }

    fn add(&self, gathered: &mut PhraseCounts, selection: &Selection<'_>) {
        let mut sheets: Vec<Sheet> = Vec::new();
        for (opens_page, index) in selection.by_sheet() {
            let article = Article::of(&self.scope, selection, index);
            gathered.counts.add(&article);
            match sheets.last_mut().filter(|_| !opens_page) {
                Some(sheet) => sheet.push(article),
                None => sheets.push(vec![article]),
            }
        }
        if !sheets.is_empty() {
            gathered.texts.change(&texts::name(selection), |kept| kept.add(Sheets(sheets)));
            gathered.texts.put_aside();
        }
    }

    fn merge(&self, gathered: &mut PhraseCounts, other: PhraseCounts) {
        gathered.counts.merge(other.counts);
        gathered.texts.merge(other.texts);
    }

    fn basis(&self, gathered: &PhraseCounts) -> Basis {
        Basis::default()
            .total("chars", gathered.counts.chars)
            .total("dated_articles", gathered.counts.articles.values().sum())
            .total("candidates", gathered.counts.seen.len() as u64)
            .list("slogans", &self.known.print())
    }
}

impl Counts {
    fn add(&mut self, article: &Article) {
        if let Some(date) = article.date {
            *self.articles.entry(date).or_default() += 1;
        }
        for part in &article.parts {
            self.chars += characters(&part.text) as u64;
            candidates(&part.text, |candidate| {
                let add = Seen { quoted: candidate.quoted.into(), cued: candidate.cued.into(), times: 1 };
                match self.seen.get_mut(candidate.text) {
                    Some(seen) => seen.merge(add),
                    None => {
                        self.seen.insert(candidate.text.to_owned(), add);
                    }
                }
            });
        }
    }

    fn merge(&mut self, other: Self) {
        for (text, seen) in other.seen {
            self.seen.entry(text).or_default().merge(seen);
        }
        for (date, articles) in other.articles {
            *self.articles.entry(date).or_default() += articles;
        }
        self.chars += other.chars;
    }
}

impl Portable for Discover {
    fn pack(&self, gathered: &mut PhraseCounts) -> Result<Vec<u8>> {
        let PhraseCounts { counts, texts } = gathered;
        let seen: BTreeMap<_, _> = counts.seen.iter().collect();
        encode(&(seen, counts.chars, &counts.articles, texts.pack()?))
    }

    fn unpack(&self, bytes: &[u8]) -> Result<PhraseCounts> {
        let (seen, chars, articles, texts): (_, _, _, Vec<u8>) = decode(bytes)?;
        Ok(PhraseCounts { counts: Counts { seen, chars, articles }, texts: Ledger::unpack(&texts)? })
    }
}

/// Candidates, the likeliest first.
impl Tabulate for Discover {
    fn columns(&self, _gathered: &PhraseCounts) -> Columns {
        COLUMNS.into()
    }

    fn rows(&self, gathered: &mut PhraseCounts, table: &mut Table) -> Result<()> {
        let PhraseCounts { counts, texts } = gathered;
        let dictionary = Segmenter::new(SegmenterOptions::default());
        let candidates = self.choose(&counts.seen, |text| dictionary.knows(text));
        let counted = count::count(&candidates, texts)?;
        let mut scored: Vec<Scored<'_>> =
            score::scored(&candidates, &counted, counts.chars, &counts.articles);
        scored.retain(|scored| scored.uses.tally.count >= self.min_count.max(1));
        scored.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.candidate.text.cmp(&b.candidate.text))
        });
        let shown = scored.iter().take(self.top.unwrap_or(usize::MAX)).zip(1_usize..);
        shown.into_iter().try_for_each(|(scored, rank)| table.push(COLUMNS, &CandidateRow { rank, scored }))
    }
}
