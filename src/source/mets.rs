//! METS (Library of Congress): a file that names the files of an issue, page by page.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::forms::xml::{self, Part, Tag};
use super::{DateFrom, Meta, Stories, StoryPart, Told, fields};
use crate::Result;

/// The element that such a file consists of.
pub(super) const ROOT: &str = "mets";

/// What `TYPE` calls an article, and what the kinds of its parts have in them: as docWorks and Veridian write METS, after
/// the profile of the European Newspapers project (ENMAP).
const ARTICLE: &str = "article";
const ADVERTISEMENT: &str = "advertisement";
const HEADINGS: [&str; 4] = ["head", "title", "kicker", "overline"];
const CAPTIONS: [&str; 2] = ["caption", "illustration"];

/// An issue as a METS file tells it.
#[derive(Debug, Default)]
pub(super) struct Issue {
    /// Its pages in order: the files of each, which are forms of it.
    pub(super) pages: Vec<Vec<PathBuf>>,
    /// What is said of the articles in each file.
    pub(super) stories: HashMap<PathBuf, Arc<Stories>>,
    /// Its day and its newspaper.
    pub(super) meta: Meta,
}

/// The first block of an area, its last where there are several, and what is told of them.
type Area = (String, Option<String>, Told);

#[derive(Default)]
struct Reading {
    /// Where each file is, by its name within METS, in the order of the list.
    files: Vec<(String, String)>,
    file: Option<String>,
    /// The pages: their place in the order, and the names of their files.
    pages: Vec<(u32, Vec<String>)>,
    /// The divisions that are open, each with the page that it is.
    divisions: Vec<(u32, Option<usize>)>,
    is_physical: bool,
    /// The kinds of the logical divisions that are open, each with the article that it is.
    kinds: Vec<(String, Option<u32>)>,
    /// How many articles there are so far.
    count: u32,
    /// What is said of the blocks of each file, by its name within METS.
    stories: Vec<(String, Area)>,
    /// What is gathered of the element that is read as text.
    text: Option<String>,
    date: Option<String>,
    title: Option<String>,
}

impl Issue {
    /// Reads the METS file with this text that stands in `folder`.
    ///
    /// # Errors
    /// Where it is not well-formed.
    pub(super) fn read(text: &str, folder: &Path) -> Result<Self> {
        let mut reading = Reading::default();
        xml::read(text, |part| {
            match part {
                Part::Open(tag) => reading.open(&tag),
                Part::Close(name) => reading.close(name),
                Part::Text(text) => {
                    if let Some(gathered) = &mut reading.text {
                        gathered.push_str(&text);
                    }
                }
            }
            Ok(())
        })?;
        Ok(reading.issue(folder))
    }
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "file" => self.file = tag.get("ID"),
            "FLocat" => {
                if let (Some(id), Some(place)) = (self.file.clone(), tag.get("href")) {
                    self.files.push((id, place));
                }
            }
            // The logical order names parts of pages; without a word on it, it is the pages.
            "structMap" => {
                let kind = tag.get("TYPE").unwrap_or_default();
                self.is_physical = !kind.eq_ignore_ascii_case("logical");
            }
            "div" if !self.is_physical => self.part(tag),
            "area" if !self.is_physical => self.point(tag),
            "div" => {
                let order = tag.get("ORDER").and_then(|order| order.trim().parse().ok());
                self.divisions.push((order.unwrap_or(u32::MAX), None));
            }
            "fptr" | "area" => {
                if let Some(file) = tag.get("FILEID").filter(|_| self.is_physical) {
                    self.name(file);
                }
            }
            "dateIssued" | "title" => self.text = Some(String::new()),
            _ => {}
        }
    }

    /// A part of the issue, as it is read.
    fn part(&mut self, tag: &Tag<'_>) {
        let kind = tag.get("TYPE").unwrap_or_default().to_ascii_lowercase();
        let is_whole = kind == ARTICLE || kind == ADVERTISEMENT;
        self.count += u32::from(is_whole);
        self.kinds.push((kind, is_whole.then_some(self.count)));
    }

    /// The innermost division stands in these blocks of a file.
    fn point(&mut self, tag: &Tag<'_>) {
        let (Some(file), Some(from)) = (tag.get("FILEID"), tag.get("BEGIN")) else { return };
        let Some(at) = self.kinds.iter().rposition(|(_, story)| story.is_some()) else { return };
        let within = self.kinds.get(at..).unwrap_or_default();
        let Some(story) = within.first().and_then(|(_, story)| *story) else { return };
        let has =
            |words: &[&str]| within.iter().any(|(kind, _)| words.iter().any(|word| kind.contains(word)));
        let part = match () {
            () if has(&[ADVERTISEMENT]) => StoryPart::Advertisement,
            () if has(&CAPTIONS) => StoryPart::Caption,
            () if has(&HEADINGS) => StoryPart::Heading,
            () => StoryPart::Body,
        };
        let order = self.stories.len() as u32;
        self.stories.push((file, (from, tag.get("END"), Told { story, order, part })));
    }

    /// The innermost division is a page, and this one of its files.
    fn name(&mut self, file: String) {
        let Some((order, page)) = self.divisions.last_mut() else { return };
        let at = *page.get_or_insert_with(|| {
            self.pages.push((*order, Vec::new()));
            self.pages.len() - 1
        });
        if let Some((_, files)) = self.pages.get_mut(at) {
            files.push(file);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "file" => self.file = None,
            "div" if !self.is_physical => {
                self.kinds.pop();
            }
            "div" => {
                self.divisions.pop();
            }
            "dateIssued" => self.date = self.date.take().or(self.text.take()),
            // The first is that of the paper.
            "title" => self.title = self.title.take().or(self.text.take()),
            _ => {}
        }
    }

    fn issue(mut self, folder: &Path) -> Issue {
        // Pages without a number keep the order of the file.
        self.pages.sort_by_key(|page| page.0);
        let path = |place: &str| {
            let place = place.strip_prefix("file://").unwrap_or(place);
            folder.join(place.strip_prefix("./").unwrap_or(place))
        };
        let known: HashMap<&str, PathBuf> =
            self.files.iter().map(|(id, place)| (id.as_str(), path(place))).collect();
        let mut stories: HashMap<PathBuf, Stories> = HashMap::new();
        for (file, said) in self.stories {
            if let Some(path) = known.get(file.as_str()) {
                stories.entry(path.clone()).or_default().0.push(said);
            }
        }
        let stories = stories.into_iter().map(|(path, said)| (path, Arc::new(said))).collect();
        let of_page = |files: &Vec<String>| {
            files.iter().filter_map(|file| known.get(file.as_str()).cloned()).collect::<Vec<_>>()
        };
        let pages: Vec<Vec<PathBuf>> = match self.pages.is_empty() {
            true => self.files.iter().map(|(_, place)| vec![path(place)]).collect(),
            false => self.pages.iter().map(|(_, files)| of_page(files)).collect(),
        };
        let date = self.date.and_then(|date| fields::day(&date));
        let newspaper = self.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        Issue {
            pages,
            stories,
            meta: Meta { date, date_from: Some(DateFrom::Path), newspaper, ..Meta::default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_an_issue_are_in_their_order() {
        let text = r##"<mets:mets xmlns:mets="m" xmlns:xlink="x"><mets:dmdSec><mods:titleInfo><mods:title>北江日报</mods:title></mods:titleInfo>
            <mods:dateIssued>1998-03-05</mods:dateIssued></mets:dmdSec><mets:fileSec>
            <mets:file ID="A1"><mets:FLocat xlink:href="file://./alto/1.xml"/></mets:file>
            <mets:file ID="A2"><mets:FLocat xlink:href="alto/2.xml"/></mets:file>
            <mets:file ID="I2"><mets:FLocat xlink:href="img/2.jpg"/></mets:file></mets:fileSec>
            <mets:structMap TYPE="LOGICAL"><mets:div TYPE="ARTICLE"><mets:fptr><mets:area FILEID="A2" BEGIN="b1"/></mets:fptr></mets:div></mets:structMap>
            <mets:structMap TYPE="PHYSICAL"><mets:div TYPE="issue"><mets:div ORDER="2"><mets:fptr FILEID="I2"/><mets:fptr FILEID="A2"/></mets:div>
            <mets:div ORDER="1"><mets:fptr FILEID="A1"/></mets:div></mets:div></mets:structMap></mets:mets>"##;
        let issue = Issue::read(text, Path::new("报")).unwrap();
        let paths = |pages: &[&[&str]]| -> Vec<Vec<PathBuf>> {
            pages.iter().map(|page| page.iter().map(PathBuf::from).collect()).collect()
        };
        assert_eq!(issue.pages, paths(&[&["报/alto/1.xml"], &["报/img/2.jpg", "报/alto/2.xml"]]));
        assert_eq!(issue.meta.newspaper.as_deref(), Some("北江日报"));
        assert_eq!(issue.meta.date.map(|date| date.to_string()).as_deref(), Some("1998-03-05"));
    }
}
