//! What a file of a folder is, by its name and, where that leaves it open, by how it begins; and which files are one
//! page in several forms.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;

use super::inputs::name_of;
use super::{Compression, Format, forms, mets};

/// How much of a file is looked at to know its form.
const LOOK: u64 = 1 << 14;

/// What a file is. The forms of a page stand in the order of how much they tell, the richest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "archives"), allow(dead_code, reason = "what is packed as zip is not read"))]
pub(super) enum Kind {
    /// ALTO or PAGE XML: the place of each word or line, and its confidence.
    Layout,
    /// hOCR or Tesseract's table.
    Words,
    /// JSON of an OCR program.
    Lines,
    /// A PDF.
    Pdf,
    /// A word processor's file.
    Word,
    /// A web page.
    Html,
    /// Text, laid out by nothing but its lines.
    Text,
    /// Markup that is none of these: read only where it is the only form.
    Markup,
    /// Many documents, a line each.
    Records,
    /// Many files.
    Archive,
    /// A list of the files of an issue.
    Issue,
}

/// Files by their endings; those without a kind are looked at.
const ENDINGS: &[(&str, Option<Kind>)] = &[
    ("txt", Some(Kind::Text)),
    ("text", Some(Kind::Text)),
    ("md", Some(Kind::Text)),
    ("jsonl", Some(Kind::Records)),
    ("ndjson", Some(Kind::Records)),
    ("pdf", Some(Kind::Pdf)),
    #[cfg(feature = "archives")]
    ("docx", Some(Kind::Word)),
    ("xml", None),
    ("hocr", None),
    ("html", None),
    ("htm", None),
    ("xhtml", None),
    ("json", None),
    ("tsv", None),
    #[cfg(feature = "archives")]
    ("zip", Some(Kind::Archive)),
    #[cfg(feature = "archives")]
    ("tar", Some(Kind::Archive)),
    #[cfg(feature = "archives")]
    ("tgz", Some(Kind::Archive)),
    #[cfg(feature = "archives")]
    ("txz", Some(Kind::Archive)),
    #[cfg(feature = "archives")]
    ("tbz2", Some(Kind::Archive)),
];
/// The endings that may follow them.
pub(super) const COMPRESSED: &[&str] = &[
    "gz",
    "zst",
    #[cfg(feature = "archives")]
    "bz2",
    #[cfg(feature = "archives")]
    "xz",
];
/// Those that belong to tables and data of all kinds: read in a folder only where an OCR program wrote them.
const DOUBTFUL: [&str; 2] = ["json", "tsv"];

/// The endings of the files that are read in a folder, with blanks between.
///
/// ```
/// assert!(zjgr::source::endings().contains("txt"));
/// ```
pub fn endings() -> String {
    ENDINGS.iter().map(|(ending, _)| format!(".{ending}")).collect::<Vec<_>>().join(" ")
}

impl Kind {
    /// What the file `name` is; none for what is not read in a folder. `open` gives its bytes, which are looked at
    /// where the name leaves it open.
    pub(super) fn of<R: Read + Send + 'static>(
        name: &Path,
        open: impl FnOnce() -> io::Result<R>,
    ) -> Option<Self> {
        let ending = ending(name)?;
        let (_, kind) = ENDINGS.iter().find(|(known, _)| *known == ending)?;
        if kind.is_some() {
            return *kind;
        }
        // What cannot be read will be told when it is.
        let head = open().and_then(head).unwrap_or_default();
        let head = String::from_utf8_lossy(&head);
        let markup = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r']);
        if markup.starts_with('<') && forms::xml::root(markup) == Some(mets::ROOT) {
            return Some(Self::Issue);
        }
        let form = forms::detect(&head).map(|form| form.format());
        let other = (!DOUBTFUL.contains(&ending.as_str())).then_some(Self::Markup);
        form.map(Self::of_form).or(other)
    }

    fn of_form(format: Format) -> Self {
        match format {
            Format::Alto | Format::PageXml => Self::Layout,
            Format::Hocr | Format::TesseractTsv => Self::Words,
            Format::OcrJson => Self::Lines,
            Format::Html => Self::Html,
            _ => Self::Text,
        }
    }

    /// True where a file of the same name beside it may be the same page.
    pub(super) fn is_page(self) -> bool {
        !matches!(self, Self::Records | Self::Archive | Self::Issue)
    }
}

/// How a file begins, unpacked.
fn head(mut file: impl Read + Send + 'static) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.by_ref().take(LOOK).read_to_end(&mut head)?;
    let Some(compression) = Compression::of(&head) else { return Ok(head) };
    let mut unpacked = Vec::new();
    compression.unpack(head, file)?.take(LOOK).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// The ending of `name` below that of its compression, in small letters.
fn ending(name: &Path) -> Option<String> {
    let last = |name: &Path| Some(name.extension()?.to_str()?.to_ascii_lowercase());
    let ending = last(name)?;
    match COMPRESSED.contains(&ending.as_str()) {
        true => last(Path::new(name.file_stem()?)),
        false => Some(ending),
    }
}

/// The name of the page that the file `name` is a form of: what stands before its endings.
pub(super) fn page_of(name: &Path) -> String {
    let is_ending = |stem: &str, known: &dyn Fn(&str) -> bool| {
        let ending = Path::new(stem).extension().and_then(OsStr::to_str);
        ending.is_some_and(|ending| known(&ending.to_ascii_lowercase()))
    };
    let mut stem = name.file_name().map(|name| name_of(Path::new(name))).unwrap_or_default();
    let strip = |stem: &mut String| {
        if let Some(dot) = stem.rfind('.') {
            stem.truncate(dot);
        }
    };
    if is_ending(&stem, &|ending| COMPRESSED.contains(&ending)) {
        strip(&mut stem);
    }
    if is_ending(&stem, &|ending| ENDINGS.iter().any(|(known, _)| *known == ending)) {
        strip(&mut stem);
    }
    let lower = stem.to_ascii_lowercase();
    let marks = include_str!("../../data/form-endings.txt").lines().filter(|line| !line.starts_with('#'));
    let mark = marks.filter(|mark| lower.ends_with(mark)).max_by_key(|mark| mark.len());
    let kept = mark.map_or(stem.len(), |mark| stem.len() - mark.len());
    // What is called by its form alone has no other name.
    if kept > 0 {
        stem.truncate(kept);
    }
    stem
}

/// Of files that are forms of the same page, the one to read: for each of `files` (folder, name and kind) the index of
/// the richest form of its page, which may be itself.
pub(super) fn richest<'f>(files: impl Iterator<Item = (&'f Path, Kind)>) -> Vec<usize> {
    let mut best: rustc_hash::FxHashMap<(&Path, bool, String), (Kind, usize)> = Default::default();
    let keys: Vec<_> = files
        .enumerate()
        .map(|(at, (path, kind))| {
            // A byte that is no character is another than what it is shown as.
            let is_text = path.to_str().is_some();
            let key = kind.is_page().then(|| (path.parent().unwrap_or(path), is_text, page_of(path)));
            if let Some(key) = &key {
                let first = best.entry(key.clone()).or_insert((kind, at));
                *first = (kind, at).min(*first);
            }
            key
        })
        .collect();
    let chosen = |(at, key): (usize, Option<_>)| key.and_then(|key| best.get(&key)).map_or(at, |best| best.1);
    keys.into_iter().enumerate().map(chosen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_page_have_one_name() {
        for name in [
            "0001.txt",
            "0001.md",
            "0001.TXT.gz",
            "0001.alto.xml",
            "0001.alto.xml.zst",
            "0001.xml",
            "0001.hocr",
            "0001.hocr.html",
            "0001.tsv",
            "0001.rapidocr.json",
            "0001_content_list.json",
            "0001_res.json",
            "0001.pdf",
            "dir/0001_alto.xml",
        ] {
            assert_eq!(page_of(Path::new(name)), "0001", "{name}");
        }
    }

    #[test]
    fn what_is_no_ending_stays_in_the_name() {
        for (name, page) in [
            ("2021.02.25.txt", "2021.02.25"),
            ("2021.02.25.alto.xml", "2021.02.25"),
            ("v1.0", "v1.0"),
            (".alto.xml", ".alto"),
            ("alto.xml", "alto"),
            ("第1版.第2版.txt", "第1版.第2版"),
            ("homepage.txt", "homepage"),
        ] {
            assert_eq!(page_of(Path::new(name)), page, "{name}");
        }
    }

    #[test]
    fn the_richest_form_of_a_page_is_chosen_and_records_stay() {
        let files = [
            ("a/1.txt", Kind::Text),
            ("a/1.xml", Kind::Layout),
            ("a/1.jsonl", Kind::Records),
            ("b/1.md", Kind::Text),
            ("b/1.txt", Kind::Text),
            ("b/2.xml", Kind::Markup),
        ];
        let chosen = richest(files.iter().map(|&(name, kind)| (Path::new(name), kind)));
        assert_eq!(chosen, [1, 1, 2, 3, 3, 5]);
    }
}
