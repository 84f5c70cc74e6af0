//! In which language help and messages are given. What is said is written in English all through the program; the
//! catalogue `data/chinese.txt` has the Chinese for each sentence.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsString;
use std::sync::OnceLock;

use clap::ValueEnum;

/// The sentences of this program: a line in English and one in Chinese, a blank line between. `{}` is what changes.
const CATALOGUE: &str = include_str!("../../../data/chinese.txt");
const HOLE: &str = "{}";
/// The variables that name a user's language, the first that is set counts (POSIX, environment variables).
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];
const FLAG: &str = "--lang";

/// A language that help and messages are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// Chooses for all of the run: what `args` ask for, or what the user's system speaks.
pub(crate) fn choose(args: &[OsString]) {
    let asked = asked(args).or_else(of_system).unwrap_or(Language::En);
    let _ = CHOSEN.set(asked);
}

/// The language that was chosen.
pub(crate) fn chosen() -> Language {
    CHOSEN.get().copied().unwrap_or(Language::En)
}

/// What `--lang` says, which must be known before anything else is read.
fn asked(args: &[OsString]) -> Option<Language> {
    let mut args = args.iter().map_while(|arg| arg.to_str().filter(|arg| *arg != "--"));
    let value = args.find_map(|arg| arg.strip_prefix(FLAG).map(|rest| rest.strip_prefix('=')))?;
    Language::from_str(value.or_else(|| args.next())?, true).ok()
}

fn of_system() -> Option<Language> {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let spoken = VARIABLES.iter().find_map(set)?;
    spoken.to_ascii_lowercase().starts_with("zh").then_some(Language::Zh)
}

/// `text` in the language of the user.
pub(crate) fn tell(text: &str) -> Cow<'_, str> {
    match chosen() {
        Language::En => Cow::Borrowed(text),
        Language::Zh => in_chinese(text),
    }
}

/// `text` in Chinese; as it is where the catalogue does not have it.
pub(crate) fn in_chinese(text: &str) -> Cow<'_, str> {
    static CHINESE: OnceLock<Catalogue> = OnceLock::new();
    CHINESE.get_or_init(|| Catalogue::parse(CATALOGUE)).translate(text)
}

/// What may be written in Chinese for the values of some flags.
const CODES: &str = include_str!("../../../data/chinese-codes.toml");

/// The value that `name` stands for where it is Chinese: `money` for 金额 among the values of `kind`.
pub(crate) fn code<'t>(kind: &str, name: &'t str) -> &'t str {
    static NAMES: OnceLock<HashMap<String, HashMap<String, String>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| toml::from_str(CODES).unwrap_or_default());
    names.get(kind).and_then(|names| names.get(name)).map_or(name, String::as_str)
}

/// Sentences in one language by those in another.
struct Catalogue {
    whole: HashMap<&'static str, &'static str>,
    /// Those with holes, the one with the most words first.
    templates: Vec<Template>,
}

struct Template {
    /// What stands around the holes.
    pieces: Vec<&'static str>,
    chinese: &'static str,
}

impl Catalogue {
    fn parse(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<&'static str> = lines.collect();
        let pairs = || lines.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        let (holes, whole) = pairs().partition::<Vec<_>, _>(|(english, _)| english.contains(HOLE));
        let template = |(english, chinese): (&'static str, _)| Template {
            pieces: english.split(HOLE).collect(),
            chinese,
        };
        let mut templates: Vec<Template> = holes.into_iter().map(template).collect();
        templates.sort_by_key(|template| std::cmp::Reverse(template.length()));
        Self { whole: whole.into_iter().collect(), templates }
    }

    fn translate<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if let Some(chinese) = self.whole.get(text) {
            return Cow::Borrowed(chinese);
        }
        let found = self.templates.iter().find_map(|template| Some((template, template.holes(text)?)));
        let Some((template, holes)) = found else { return Cow::Borrowed(text) };
        let mut filled = String::new();
        let mut holes = holes.into_iter();
        for (number, piece) in template.chinese.split(HOLE).enumerate() {
            if number > 0 {
                filled.push_str(&self.translate(holes.next().unwrap_or_default()));
            }
            filled.push_str(piece);
        }
        Cow::Owned(filled)
    }
}

impl Template {
    /// How much of it is the same each time.
    fn length(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }

    /// What stands in its holes, where `text` is of this form. Each hole reaches to the first place at which what follows
    /// stands; the last one to the end.
    fn holes<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, rest) = self.pieces.split_first()?;
        let (last, between) = rest.split_last()?;
        let mut text = text.strip_prefix(first)?.strip_suffix(last)?;
        let mut holes = Vec::with_capacity(rest.len());
        for piece in between {
            let (hole, behind) = text.split_once(piece)?;
            holes.push(hole);
            text = behind;
        }
        holes.push(text);
        Some(holes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_known_before_anything_else() {
        let of = |line: &str| asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("zjgr stats --lang zh"), Some(Language::Zh));
        assert_eq!(of("zjgr --lang=en stats"), Some(Language::En));
        assert_eq!(of("zjgr --lang fr"), None);
        assert_eq!(of("zjgr concordance -- --lang zh"), None);
    }

    #[test]
    fn values_have_chinese_names() {
        assert_eq!((code("class", "金额"), code("pos", "名词"), code("pos", "n")), ("money", "n", "n"));
    }

    #[test]
    fn a_sentence_is_found_by_what_stands_around_its_holes() {
        let catalogue = Catalogue::parse(
            "no {} in {}\n{} 中没有\n\n# a word\npage\n版\n\n{}: {}\n{}：{}\n\n{} in {} too\n{}、{}\n",
        );
        assert_eq!(catalogue.translate("page"), "版");
        assert_eq!(catalogue.translate("x.txt: page"), "x.txt：版");
        assert_eq!(catalogue.translate("a in b too"), "a、b");
        assert_eq!(catalogue.translate("something else"), "something else");
    }

    /// The strings of a source file that stand before its tests, but for reasons that only the compiler reads, and what is
    /// written in place of values.
    fn strings(source: &str) -> Vec<String> {
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code = regex::Regex::new(r"(?m)^\s*//.*$|\s//\s.*$|'(?:\\.|[^'\\])'").unwrap();
        let code = code.replace_all(source, "");
        let string =
            regex::Regex::new(r#"(reason = |expect\(|after_help = |r#*)?"((?:[^"\\]|\\[\s\S])*)""#).unwrap();
        let holes = regex::Regex::new(r"\{[^{}]*\}").unwrap();
        let folds = regex::Regex::new(r"\\\n\s*").unwrap();
        let found = string.captures_iter(&code).filter(|found| found.get(1).is_none());
        let plain = |text: &str| folds.replace_all(text, "").replace("\\\"", "\"");
        found.map(|found| holes.replace_all(&plain(&found[2]), HOLE).into_owned()).collect()
    }

    /// What looks like a sentence and is none, or is said to nobody who uses the program: marks of files, pieces of
    /// sentences, tests, what ends a build.
    const NEVER_SAID: [&str; 25] = [
        "SQLite format 3\\0",
        "a brace is open",
        "an object",
        "at line",
        "backwards, merged from the start",
        "counted with other options: 元; here: 亩",
        "goes back",
        "merged from the end",
        "merged, then added",
        "names {{{}}}; it may name {}",
        "no class and no list of that name in a pattern: {}",
        "not two characters",
        "on two threads",
        "the bytes of what was merged",
        "the bytes of what was read backwards",
        "the edge",
        "the name of a field",
        "there was room for everything",
        "what stands before {} is missing",
        "zjgr columns",
        "zjgr partial",
        "zjgr partial 2\\n",
        "zjgr version",
        "{} is there twice",
        "{}: {} damaged character(s), read as \\u{}",
    ];

    /// Every file of the source.
    fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn what_the_program_says_has_its_chinese() {
        let sentence = regex::Regex::new("^[^\n]*[a-z]{2,},? [a-z]{2,}[^\n]*$").unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let is_code = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "rs");
        let is_test = |path: &std::path::PathBuf| path.to_string_lossy().contains("tests");
        // What is said of the facts about a line is documentation, and never shown.
        let is_fact = |path: &std::path::PathBuf| path.to_string_lossy().contains("evidence");
        let files =
            sources(&folder).into_iter().filter(|path| is_code(path) && !is_test(path) && !is_fact(path));
        let said = files.flat_map(|path| strings(&std::fs::read_to_string(path).unwrap()));
        let is_said = |text: &String| {
            sentence.is_match(text) && !text.contains('<') && !NEVER_SAID.contains(&text.trim())
        };
        let missing: Vec<String> =
            said.filter(is_said).filter(|text| !CATALOGUE.contains(text.as_str())).collect();
        assert!(missing.is_empty(), "not in data/chinese.txt:\n\n{}", missing.join("\n\n"));
    }

    #[test]
    fn every_sentence_of_the_catalogue_has_its_holes() {
        let lines: Vec<&str> =
            CATALOGUE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(lines.len().is_multiple_of(2), "a line in English, one in Chinese");
        let mut known = std::collections::HashSet::new();
        for pair in lines.chunks(2) {
            let holes = |text: &str| text.matches(HOLE).count();
            assert_eq!(holes(pair[0]), holes(pair[1]), "{}", pair[0]);
            assert!(!pair[1].is_ascii() || pair[0] == pair[1], "{}", pair[1]);
            assert!(known.insert(pair[0]), "twice: {}", pair[0]);
        }
    }
}
