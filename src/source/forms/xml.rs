//! XML, read tag by tag. Entities that a file declares itself are not looked up, and nothing is fetched.

use std::borrow::Cow;
use std::marker::PhantomData;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::{Format, Sheet};
use super::{Form, Read};
use crate::{Error, ErrorKind, Result};

/// What reads a form of page that is written in XML: fed with the parts of a file, it gathers its pages.
pub(super) trait Gather: Default {
    /// The name of the element that such a file consists of.
    const ROOT: &'static str;
    /// The format that it reads.
    const FORMAT: Format;

    /// An element begins.
    fn open(&mut self, tag: &Tag<'_>);

    /// The element of this name is over.
    fn close(&mut self, _name: &str) {}

    /// Text within the innermost element.
    fn text(&mut self, _text: &str) {}

    /// The pages of the file.
    fn sheets(self) -> Vec<Sheet>;
}

/// A form of page that `G` reads.
pub(super) struct Markup<G>(PhantomData<fn() -> G>);

impl<G: Gather> Markup<G> {
    pub(super) const NEW: Self = Self(PhantomData);
}

impl<G: Gather> Form for Markup<G> {
    fn format(&self) -> Format {
        G::FORMAT
    }

    fn fits(&self, head: &str) -> bool {
        head.starts_with('<') && root(head).is_some_and(|root| root == G::ROOT)
    }

    fn read(&self, text: &str) -> Result<Read> {
        let mut gather = G::default();
        read(text, |part| {
            match part {
                Part::Open(tag) => gather.open(&tag),
                Part::Close(name) => gather.close(name),
                Part::Text(text) => gather.text(&text),
            }
            Ok(())
        })?;
        Ok(Read::Sheets(gather.sheets()))
    }
}

/// How deep elements may stand in each other; no form comes near it.
const DEEPEST: usize = 256;

/// What a file consists of.
pub(in crate::source) enum Part<'x> {
    /// A tag that opens an element; one that also closes it is followed by [`Part::Close`].
    Open(Tag<'x>),
    /// The element of this name is over.
    Close(&'x str),
    /// Text within the innermost element.
    Text(Cow<'x, str>),
}

/// A tag with its attributes.
pub(in crate::source) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// The name of its element, without a prefix.
    pub(in crate::source) fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// Its attributes, without their prefixes; those whose value is not well-formed are none.
    pub(in crate::source) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some((local(attribute.key.0), value))
        })
    }

    /// What attribute `name` says.
    pub(in crate::source) fn get(&self, name: &str) -> Option<String> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value.into_owned())
    }
}

/// Hands the parts of `text` to `each`.
///
/// # Errors
/// Where it is not well-formed, with the line.
pub(in crate::source) fn read(text: &str, mut each: impl FnMut(Part<'_>) -> Result<()>) -> Result<()> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len());
            let line = 1 + memchr::memchr_iter(b'\n', text.as_bytes().get(..at).unwrap_or_default()).count();
            Error::new(ErrorKind::Unreadable(format!("no XML: {error}"))).at_line(line as u64)
        })?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    let what = format!("no XML of a page: elements stand in each other {DEEPEST} deep");
                    return Err(ErrorKind::Unreadable(what).into());
                }
                each(Part::Open(Tag(tag)))?;
            }
            Event::Empty(tag) => {
                let tag = Tag(tag);
                let name = tag.name().to_owned();
                each(Part::Open(tag))?;
                each(Part::Close(&name))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Part::Close(local(tag.name().0)))?;
            }
            Event::Text(text) => each(Part::Text(Cow::Borrowed(&text)))?,
            Event::CData(text) => each(Part::Text(Cow::Borrowed(&text)))?,
            Event::GeneralRef(name) => {
                let named = format!("&{};", &*name);
                let said = quick_xml::escape::unescape(&named).map(|said| said.into_owned());
                each(Part::Text(Cow::Owned(said.unwrap_or(named))))?;
            }
            Event::Eof if depth > 0 => {
                return Err(ErrorKind::Unreadable("cut short: the XML ends within an element".into()).into());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The name of the element that a file beginning with `head` consists of, without a prefix.
pub(in crate::source) fn root(head: &str) -> Option<&str> {
    let mut rest = head;
    loop {
        rest = rest.get(rest.find('<')? + 1..)?;
        // A comment may hold tags.
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.get(comment.find("-->")?..)?;
            continue;
        }
        if !rest.starts_with(['?', '!']) {
            let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}
