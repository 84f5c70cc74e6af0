//! What a person put right in the tables that say what lines are and what pages are: it is taken as it stands.
//!
//! ```
//! use zjgr::page::{Corrections, Reader, Role};
//! use zjgr::Document;
//!
//! let mut corrections = Corrections::default();
//! // A row of `zjgr layout` and one of `zjgr pages`; columns that are not asked for may stand among them.
//! corrections.take_layout("file,line,role,article,joins\np1.txt,1,column,1,0\n", b',')?;
//! corrections.take_pages("file,newspaper,date,page\np1.txt,江岸职工报,2023-05-09,4\n", b',')?;
//!
//! let mut document = Document::of("本刊絮语\n职工有了新家园\n昨天，大楼盖好了。");
//! document.file = "p1.txt".into();
//! let page = Reader::default().with_corrections(corrections).read(document);
//! assert_eq!(page.lines[0].role, Role::Column);
//! assert_eq!(page.newspaper(), Some("江岸职工报"));
//! # Ok::<(), zjgr::Error>(())
//! ```

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::articles::Gathered;
use super::learn::{Answer, Answers};
use super::outline::OutlinedArticle;
use super::{Page, Role};
use crate::calendar::compact_date;
use crate::error::{Error, ErrorKind, Result};
use crate::source::{DateFrom, Document, Meta};

/// Tables that were put right, by the files of which they tell.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    layouts: FxHashMap<PathBuf, Answers>,
    pages: FxHashMap<PathBuf, Vec<Meta>>,
}

/// A row of a table of lines.
#[derive(Debug, Deserialize)]
struct LineRow {
    file: PathBuf,
    line: u32,
    role: String,
    article: u32,
    joins: u8,
}

/// A row of a table of pages.
#[derive(Debug, Deserialize)]
struct PageRow {
    file: PathBuf,
    newspaper: Option<String>,
    date: Option<String>,
    page: Option<String>,
    section: Option<String>,
}

impl Corrections {
    /// Takes up a table of `zjgr layout`, or some of its rows, in csv, or in tsv where `delimiter` is a tab. Of its
    /// columns `file`, `line`, `role`, `article` and `joins` are read. Returns the files of which it tells.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] with its line where a row is none of such a table, or its role is no role.
    pub fn take_layout(&mut self, table: &str, delimiter: u8) -> Result<Vec<PathBuf>> {
        let wrong = |error: &csv::Error| {
            format!("no table that zjgr layout wrote, with file, line, role, article and joins: {error}")
        };
        let mut files = Files::default();
        each_row(table, delimiter, wrong, |row: LineRow| {
            let Some(role) = Role::ALL.into_iter().find(|role| role.name() == row.role) else {
                let roles = Role::ALL.map(Role::name).join(", ");
                return Err(format!("`{}` is no role; there are {roles}", row.role));
            };
            let answer = Answer { role, article: row.article, joins: row.joins > 0 };
            self.layouts.entry(files.plain(row.file)).or_default().insert(row.line, answer);
            Ok(())
        })?;
        Ok(files.told)
    }

    /// Takes up a table of `zjgr pages` in the same way. Of its columns `file` is read, and those of `newspaper`, `date`,
    /// `page` and `section` that are there; an empty cell says nothing. Returns the files of which it tells.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] with its line where a row is none of such a table, or its date is no day.
    pub fn take_pages(&mut self, table: &str, delimiter: u8) -> Result<Vec<PathBuf>> {
        let wrong = |error: &csv::Error| format!("no table that zjgr pages wrote, with file: {error}");
        let mut files = Files::default();
        each_row(table, delimiter, wrong, |row: PageRow| {
            let told = |cell: Option<String>| cell.filter(|cell| !cell.is_empty());
            let day = |day: String| compact_date(&day).ok_or_else(|| format!("`{day}` is no day"));
            let date: Option<Date> = told(row.date).map(day).transpose()?;
            let meta = Meta {
                newspaper: told(row.newspaper),
                date,
                date_from: date.map(|_| DateFrom::Corrected),
                page: told(row.page),
                section: told(row.section),
                ..Meta::default()
            };
            self.pages.entry(files.plain(row.file)).or_default().push(meta);
            Ok(())
        })?;
        Ok(files.told)
    }

    /// What is told of the lines of one file.
    pub(super) fn of_layout(file: &str, answers: Answers) -> Self {
        Self { layouts: std::iter::once((plain(Path::new(file)), answers)).collect(), ..Self::default() }
    }

    /// The files of whose lines something is told, in the order of their names.
    pub fn files(&self) -> Vec<&Path> {
        let mut files: Vec<&Path> = self.layouts.keys().map(PathBuf::as_path).collect();
        files.sort_unstable();
        files
    }

    /// What is told of the lines of `file`.
    pub(crate) fn of_lines(&self, file: &str) -> Option<&Answers> {
        if self.layouts.is_empty() { None } else { self.layouts.get(&plain(Path::new(file))) }
    }

    /// Lets a document say what is told of its one page.
    pub(super) fn of_document(&self, document: &mut Document) {
        if let [told] = self.told(&document.file) {
            document.meta = told.clone().or(std::mem::take(&mut document.meta));
        }
    }

    /// Lets articles say what is told of the pages that a file holds, a row for each of them in order.
    pub(super) fn of_sheets(&self, page: &mut Page) {
        let told = self.told(&page.file);
        if (told.len() < 2) | (told.len() != page.sheet_count()) {
            return;
        }
        for at in 0..page.articles.len() {
            let (told, article) = (&told[page.sheet_of(at)], &mut page.articles[at]);
            article.date = told.date.or(article.date);
            article.newspaper = told.newspaper.clone().or(article.newspaper.take());
            article.page = told.page.clone().or(article.page.take());
            article.section = told.section.clone().or(article.section.take());
        }
    }

    fn told(&self, file: &str) -> &[Meta] {
        let told = if self.pages.is_empty() { None } else { self.pages.get(&plain(Path::new(file))) };
        told.map_or(&[], Vec::as_slice)
    }
}

/// Lets lines be, and belong to, what is told of them, where anything is. A number that no article has yet is one more
/// article.
pub(super) fn settle(gathered: &mut Gathered, told: &[Option<Answer>]) {
    if told.is_empty() {
        return;
    }
    let mut seen = FxHashSet::default();
    let order = gathered.owners.iter().flatten().copied().filter(|&owner| seen.insert(owner));
    let mut numbers: BTreeMap<u32, usize> = (1..).zip(order).collect();
    let mut labels: FxHashMap<usize, usize> = FxHashMap::default();
    for (i, answer) in told.iter().enumerate() {
        let Some(answer) = answer else { continue };
        let next = gathered.articles.len();
        let owner = (answer.article > 0).then(|| *numbers.entry(answer.article).or_insert(next));
        gathered.articles.resize(next.max(owner.map_or(0, |owner| owner + 1)), OutlinedArticle::default());
        (gathered.roles[i], gathered.owners[i]) = (answer.role, owner);
        if let Some(owner) = owner.filter(|_| answer.role == Role::Column) {
            labels.entry(owner).or_insert(i);
        }
    }
    for (at, article) in gathered.articles.iter_mut().enumerate() {
        let before = article.column.filter(|&line| gathered.roles[line] == Role::Column);
        article.column = labels.get(&at).copied().or(before);
    }
}

/// Lets lines go on with what is told of them: the line above of their role and article.
pub(super) fn join(gathered: &Gathered, told: &[Option<Answer>], continues: &mut [Option<usize>]) {
    let mut last: BTreeMap<(Role, Option<usize>), usize> = BTreeMap::new();
    for (i, answer) in told.iter().enumerate() {
        let above = last.insert((gathered.roles[i], gathered.owners[i]), i);
        match answer {
            Some(answer) => continues[i] = above.filter(|_| answer.joins),
            // What an earlier line went on with may be something else now.
            None => continues[i] = continues[i].and(above),
        }
    }
}

/// The files of which the rows of a table tell, as they stand there.
#[derive(Debug, Default)]
struct Files {
    told: Vec<PathBuf>,
    /// The last one, by the one path for all its names.
    last: PathBuf,
}

impl Files {
    /// The one path for all names of `file`, which the next row tells of: rows of one file mostly stand together.
    fn plain(&mut self, file: PathBuf) -> PathBuf {
        if self.told.last() != Some(&file) {
            self.last = plain(&file);
            self.told.push(file);
        }
        self.last.clone()
    }
}

/// Hands each row of a table that somebody gives back to `take`; `says` what is wrong where one is none.
pub(crate) fn each_row<R: DeserializeOwned>(
    table: &str,
    delimiter: u8,
    says: impl Fn(&csv::Error) -> String,
    mut take: impl FnMut(R) -> std::result::Result<(), String>,
) -> Result<()> {
    let wrong = |error: csv::Error| {
        let line = error.position().map(csv::Position::line);
        let error = Error::new(ErrorKind::Table(says(&error)));
        line.into_iter().fold(error, Error::at_line)
    };
    let table = table.strip_prefix('\u{FEFF}').unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(table.as_bytes());
    let headers = reader.headers().map_err(wrong)?.clone();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(wrong)? {
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&headers)).map_err(wrong)?;
        take(row).map_err(|what| Error::new(ErrorKind::Table(what)).at_line(line))?;
    }
    Ok(())
}

/// One path for every name of a file; of what is no file by itself, as a part of an archive, the name.
fn plain(path: &Path) -> PathBuf {
    let named = || path.components().filter(|step| *step != Component::CurDir).collect();
    std::fs::canonicalize(path).unwrap_or_else(|_| named())
}
