//! What is one paper's own: its name as OCR reads it, its numbers, its mottoes, its columns.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::scan::compact;
use crate::error::{Error, ErrorKind, Result};

/// The profiles that are compiled in, by name.
const BUILT_IN: [(&str, &str); 4] = [
    ("generic", include_str!("../../data/profiles/generic.toml")),
    ("renmin-ribao", include_str!("../../data/profiles/renmin-ribao.toml")),
    ("zhejiang-gongren-ribao", include_str!("../../data/profiles/zhejiang-gongren-ribao.toml")),
    ("zhejiang-ribao", include_str!("../../data/profiles/zhejiang-ribao.toml")),
];

/// What a paper's masthead and columns look like. The file is TOML; every key but `name` may be left out.
///
/// ```
/// use zjgr::page::Profile;
///
/// let profile = Profile::parse("name = \"东浦工人报\"\nserial_number = \"CN33-0099\"\ncolumns = [\"车间来信\"]")?;
/// assert_eq!(profile.columns, ["车间来信"]);
/// assert_eq!(Profile::load("zhejiang-gongren-ribao")?.name, "浙江工人日报");
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// The paper's name; empty for a profile of no paper in particular.
    pub name: String,
    /// Other ways in which its name is found, misreadings of OCR among them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its serial number, `CN33-0018`.
    pub serial_number: Option<String>,
    /// Its postal subscription number, `31-2`.
    pub postal_number: Option<String>,
    /// Lines of its masthead that stand there in every issue.
    #[serde(default)]
    pub mottoes: Vec<String>,
    /// The labels of its running columns.
    #[serde(default)]
    pub columns: Vec<String>,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Where the text is no TOML of this form; the error has the line.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| {
            let line =
                error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() as u64 + 1);
            let error = Error::new(ErrorKind::Profile(error.message().to_owned()));
            match line {
                Some(line) => error.at_line(line),
                None => error,
            }
        })
    }

    /// The profile that is compiled in under `name`, or the one in the file of that path.
    ///
    /// # Errors
    /// Where there is neither, or the file cannot be read as a profile.
    pub fn load(name: &str) -> Result<Self> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name) {
            return Self::parse(text);
        }
        let path = Path::new(name);
        if !path.exists() {
            let known = BUILT_IN.map(|(name, _)| name).join(", ");
            let what = format!("no profile {name}: name a TOML file, or one of {known}");
            return Err(Error::new(ErrorKind::Usage(what)));
        }
        let text = std::fs::read_to_string(path).map_err(|error| Error::from(error).at_path(path))?;
        Self::parse(&text).map_err(|error| error.at_path(path))
    }
}

/// What a whole line is in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The paper's name.
    Name,
    /// A line that its masthead always has.
    Motto,
    /// The label of one of its columns.
    Column,
}

/// Profiles, ready to be looked for in pages.
#[derive(Debug, Clone, Default)]
pub(super) struct Profiles {
    papers: Vec<Arc<Paper>>,
}

/// One profile, its lines ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Paper {
    pub(super) profile: Profile,
    lines: FxHashMap<String, Known>,
    /// True where the user chose it: it holds for every page.
    chosen: bool,
}

impl Profiles {
    /// Every profile that is compiled in; each page picks its own.
    pub(super) fn built_in() -> Self {
        // The files are compiled in: they cannot fail for a user when they do not fail in the tests.
        let papers = BUILT_IN.iter().map(|(_, text)| {
            let profile = Profile::parse(text).expect("the profiles under data/ are well formed");
            Arc::new(Paper::new(profile, false))
        });
        Self { papers: papers.collect() }
    }

    /// One profile for all pages.
    pub(super) fn only(profile: Profile) -> Self {
        Self { papers: vec![Arc::new(Paper::new(profile, true))] }
    }

    /// The paper that a page's short lines name, by its name or by one of its numbers.
    pub(super) fn of_page<'l>(&self, mut lines: impl Iterator<Item = &'l str>) -> Option<Arc<Paper>> {
        if let Some(paper) = self.papers.iter().find(|paper| paper.chosen) {
            return Some(paper.clone());
        }
        lines.find_map(|line| {
            let line = compact(line);
            self.papers.iter().find(|paper| paper.is_named_by(&line)).cloned()
        })
    }
}

impl Paper {
    fn new(profile: Profile, chosen: bool) -> Self {
        let mut lines = FxHashMap::default();
        let mut add = |words: &[String], known: Known| {
            for word in words.iter().filter(|word| !word.trim().is_empty()) {
                lines.insert(compact(word), known);
            }
        };
        add(&profile.columns, Known::Column);
        add(&profile.mottoes, Known::Motto);
        add(&profile.aliases, Known::Name);
        add(std::slice::from_ref(&profile.name), Known::Name);
        Self { profile, lines, chosen }
    }

    /// What `line`, as a whole, is in this paper.
    pub(super) fn knows(&self, line: &str) -> Option<Known> {
        if self.lines.is_empty() {
            return None;
        }
        self.lines.get(compact(line).as_str()).copied()
    }

    fn is_named_by(&self, line: &str) -> bool {
        let numbered = line.contains("CN")
            && self.profile.serial_number.as_ref().is_some_and(|serial| {
                // Dashes come in all lengths.
                line.replace(['—', '–', '－', '一'], "-").contains(serial.as_str())
            });
        numbered || self.lines.get(line) == Some(&Known::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_that_is_compiled_in_can_be_loaded_by_its_name() {
        for (name, _) in BUILT_IN {
            assert!(Profile::load(name).is_ok(), "{name}");
        }
        assert!(Profile::load("no-such-paper").is_err());
    }

    #[test]
    fn a_page_picks_its_paper_by_name_misread_name_or_number() {
        let profiles = Profiles::built_in();
        let name = |lines: &[&str]| profiles.of_page(lines.iter().copied()).map(|p| p.profile.name.clone());
        assert_eq!(name(&["星期四", "浙 江 工 人 曰 报"]).as_deref(), Some("浙江工人日报"));
        assert_eq!(name(&["国内统一刊号:CN33—0018 邮发代号:31-2"]).as_deref(), Some("浙江工人日报"));
        assert_eq!(name(&["越州晚报"]), None);
    }

    #[test]
    fn a_damaged_profile_says_on_which_line() {
        let error = Profile::parse("name = \"某报\"\nmottos = []\n").unwrap_err();
        assert_eq!(error.line, Some(2));
    }
}
