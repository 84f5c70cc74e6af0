//! Which slogans there are.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::entry::{File, Slogan};
use super::packed;
use crate::source::ListPrint;
use crate::{Error, ErrorKind, Result};

impl Slogan {
    /// A slogan on one line: `NAME` or `NAME=variant,variant`.
    ///
    /// ```
    /// let slogan = zjgr::slogan::Slogan::parse("共同富裕=共富,共同富裕示范区")?;
    /// assert_eq!(slogan.forms().collect::<Vec<_>>(), ["共同富裕", "共富", "共同富裕示范区"]);
    /// # Ok::<(), zjgr::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] where the name or a variant has no letter and no digit.
    pub fn parse(argument: &str) -> Result<Self> {
        let (name, variants) = argument.split_once('=').unwrap_or((argument, ""));
        let variants = variants.split([',', '，']).map(str::trim).filter(|variant| !variant.is_empty());
        let slogan = Self {
            name: name.trim().to_owned(),
            family: String::new(),
            variants: variants.map(str::to_owned).collect(),
            year: None,
            source: String::new(),
            note: String::new(),
        };
        slogan.check().map_err(ErrorKind::Usage)?;
        Ok(slogan)
    }

    /// The family, or the name where it has none.
    pub fn family(&self) -> &str {
        if self.family.is_empty() { &self.name } else { &self.family }
    }
}

/// A list of slogans, each name once.
///
/// ```
/// use zjgr::slogan::Lexicon;
///
/// let mut lexicon = Lexicon::parse_list("车间夜校=夜校进车间\n# a comment\n双联双促")?;
/// assert_eq!(lexicon.get("车间夜校").unwrap().forms().count(), 2);
/// lexicon.extend(Lexicon::builtin()?);
/// assert!(lexicon.get("共同富裕").is_some());
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    slogans: Vec<Slogan>,
    /// Where each name stands among them.
    places: FxHashMap<String, usize>,
}

impl Lexicon {
    /// The lexicon that comes along, `data/slogans.toml`.
    ///
    /// # Errors
    ///
    /// None, as long as the lexicon that was compiled in is well-formed; `build.rs` sees to it.
    pub fn builtin() -> Result<Self> {
        let mut lexicon = Self::default();
        packed::slogans().into_iter().for_each(|slogan| lexicon.add(slogan));
        Ok(lexicon)
    }

    /// Reads a lexicon in the form of `data/slogans.toml`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Words`] with its line where it is not of that form, or names a slogan twice.
    pub fn parse_toml(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(error.message(), line_of(text, at))
        })?;
        let mut lexicon = Self::default();
        for slogan in file.slogan {
            let line = || text.find(&slogan.name).map_or(1, |at| line_of(text, at));
            slogan.check().map_err(|message| wrong(&message, line()))?;
            if lexicon.get(&slogan.name).is_some() {
                return Err(wrong(&format!("{} is named twice", slogan.name), line()));
            }
            lexicon.add(slogan);
        }
        Ok(lexicon)
    }

    /// Reads a plain list: a line is `NAME` or `NAME=variant,variant`; what starts with `#` is a comment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Words`] with its line, as [`Slogan::parse`].
    pub fn parse_list(text: &str) -> Result<Self> {
        let mut lexicon = Self::default();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for (line, number) in text.lines().map(str::trim).zip(1..) {
            if !line.is_empty() && !line.starts_with('#') {
                let slogan = Slogan::parse(line).map_err(|error| wrong(&error.kind.to_string(), number))?;
                lexicon.add(slogan);
            }
        }
        Ok(lexicon)
    }

    /// Adds a slogan; one of the same name is replaced where it stands.
    pub fn add(&mut self, slogan: Slogan) {
        match self.places.get(&slogan.name).and_then(|&place| self.slogans.get_mut(place)) {
            Some(known) => *known = slogan,
            None => {
                self.places.insert(slogan.name.clone(), self.slogans.len());
                self.slogans.push(slogan);
            }
        }
    }

    /// Adds every slogan of `other`, as [`Lexicon::add`].
    pub fn extend(&mut self, other: Self) {
        other.slogans.into_iter().for_each(|slogan| self.add(slogan));
    }

    /// The slogan of that name.
    pub fn get(&self, name: &str) -> Option<&Slogan> {
        self.slogans.get(*self.places.get(name)?)
    }

    /// The slogans, in the order in which tables show them.
    pub fn slogans(&self) -> &[Slogan] {
        &self.slogans
    }

    /// What tells the lexicon from all others: its forms and those of which they are.
    pub fn print(&self) -> ListPrint {
        let form = |slogan: &Slogan, form: &str| format!("{}\t{}\t{form}", slogan.family(), slogan.name);
        let of = |slogan| Slogan::forms(slogan).map(move |text| form(slogan, text));
        let forms: Vec<String> = self.slogans.iter().flat_map(of).collect();
        ListPrint::of(forms.iter().map(String::as_str))
    }

    /// The lexicon in the form of `data/slogans.toml`, to be written to a file and edited.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut out = String::new();
        for slogan in &self.slogans {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "[[slogan]]\nname = {}", quoted(&slogan.name));
            if !slogan.family.is_empty() {
                let _ = writeln!(out, "family = {}", quoted(&slogan.family));
            }
            if !slogan.variants.is_empty() {
                let variants: Vec<String> = slogan.variants.iter().map(|form| quoted(form)).collect();
                let _ = writeln!(out, "variants = [{}]", variants.join(", "));
            }
            if let Some(year) = slogan.year {
                let _ = writeln!(out, "year = {year}");
            }
            if !slogan.source.is_empty() {
                let _ = writeln!(out, "source = {}", quoted(&slogan.source));
            }
            if !slogan.note.is_empty() {
                let _ = writeln!(out, "note = {}", quoted(&slogan.note));
            }
            out.push('\n');
        }
        out
    }
}

fn wrong(message: &str, line: u64) -> Error {
    Error::new(ErrorKind::Words(message.to_owned())).at_line(line)
}

/// The line, from 1, on which the byte at `at` stands.
fn line_of(text: &str, at: usize) -> u64 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    memchr::memchr_iter(b'\n', before).count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_that_comes_along_is_large_and_has_families() {
        let lexicon = Lexicon::builtin().expect("a well-formed lexicon");
        assert!(lexicon.slogans().len() >= 500);
        for name in ["浙工赛", "浙工惠", "浙工益", "浙工缘"] {
            assert_eq!(lexicon.get(name).map(Slogan::family), Some("浙工"), "{name}");
        }
    }

    #[test]
    fn a_slogan_has_a_year_and_its_source_or_neither() {
        let lexicon = Lexicon::builtin().expect("a well-formed lexicon");
        for slogan in lexicon.slogans() {
            assert!(!slogan.family.is_empty(), "{}", slogan.name);
            assert_eq!(slogan.year.is_some(), !slogan.source.is_empty(), "{}", slogan.name);
            if let Some(year) = slogan.year {
                assert!(slogan.source.starts_with(&year.to_string()), "{}", slogan.name);
            }
        }
    }

    #[test]
    fn no_form_stands_for_two_slogans() {
        let lexicon = Lexicon::builtin().expect("a well-formed lexicon");
        let mut known: FxHashMap<String, &str> = FxHashMap::default();
        for slogan in lexicon.slogans() {
            for form in slogan.forms() {
                let plain: String = form.chars().filter(|c| c.is_alphanumeric()).collect();
                let other = known.insert(plain, &slogan.name);
                assert!(other.is_none_or(|other| other == slogan.name), "{form} is {other:?} too");
            }
        }
    }

    #[test]
    fn an_argument_may_bring_variants() {
        let slogan = Slogan::parse("共同富裕=共富, 共同富裕示范区").expect("a slogan");
        assert_eq!(slogan.forms().collect::<Vec<_>>(), ["共同富裕", "共富", "共同富裕示范区"]);
        assert_eq!(slogan.family(), "共同富裕");
    }

    #[test]
    fn a_later_lexicon_replaces_a_slogan_where_it_stands_and_adds_the_rest() {
        let mut lexicon = Lexicon::parse_list("甲策=甲\n乙策").expect("a list");
        lexicon.extend(Lexicon::parse_list("# more\n丙策\n甲策=新甲\n").expect("a list"));
        let forms: Vec<Vec<&str>> = lexicon.slogans().iter().map(|slogan| slogan.forms().collect()).collect();
        assert_eq!(forms, [vec!["甲策", "新甲"], vec!["乙策"], vec!["丙策"]]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, line) in [
            ("[[slogan]]\nname = \"甲\"\nnam = \"乙\"\n", 3),
            ("[[slogan]]\nname = \"甲\"\n\n[[slogan]]\nname = \"——\"\n", 5),
            ("[[slogan]]\nname = ", 2),
        ] {
            assert_eq!(Lexicon::parse_toml(text).expect_err(text).line, Some(line), "{text}");
        }
        let twice = "[[slogan]]\nname = \"甲\"\n[[slogan]]\nname = \"甲\"\n";
        assert!(Lexicon::parse_toml(twice).expect_err(twice).to_string().ends_with("甲 is named twice"));
    }

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let lexicon = Lexicon::builtin().expect("a well-formed lexicon");
        let written = include_str!("../../data/slogans.toml");
        assert_eq!(Lexicon::parse_toml(written).expect("a well-formed lexicon"), lexicon);
        assert_eq!(Lexicon::parse_toml(&lexicon.to_toml()).expect("its own form"), lexicon);
    }
}
