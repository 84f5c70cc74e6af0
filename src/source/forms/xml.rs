//! XML, read tag by tag. Entities that a file declares itself are not looked up, and nothing is fetched.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::{Error, ErrorKind, Result};

/// How deep elements may stand in each other; no form comes near it.
const DEEPEST: usize = 256;

/// What a file consists of.
pub(super) enum Part<'x> {
    /// A tag that opens an element; one that also closes it is followed by [`Part::Close`].
    Open(Tag<'x>),
    /// The element of this name is over.
    Close(String),
    /// Text within the innermost element.
    Text(String),
}

/// A tag with its attributes.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// The name of its element, without a prefix.
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// What attribute `name` says.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    /// The number that attribute `name` says.
    pub(super) fn number(&self, name: &str) -> Option<f32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Hands the parts of `text` to `each`.
///
/// # Errors
/// Where it is not well-formed, with the line.
pub(super) fn read(text: &str, mut each: impl FnMut(Part<'_>) -> Result<()>) -> Result<()> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len());
            let line = 1 + memchr::memchr_iter(b'\n', text.as_bytes().get(..at).unwrap_or_default()).count();
            Error::new(ErrorKind::Format(format!("no XML: {error}"))).at_line(line as u64)
        })?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    let what = format!("no XML of a page: elements stand in each other {DEEPEST} deep");
                    return Err(ErrorKind::Format(what).into());
                }
                each(Part::Open(Tag(tag)))?;
            }
            Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                each(Part::Open(Tag(tag)))?;
                each(Part::Close(name))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Part::Close(tag.local_name().as_ref().to_owned()))?;
            }
            Event::Text(text) => each(Part::Text(text.to_string()))?,
            Event::CData(text) => each(Part::Text(text.to_string()))?,
            Event::GeneralRef(name) => {
                let named = format!("&{};", &*name);
                let said = quick_xml::escape::unescape(&named).map(|said| said.into_owned());
                each(Part::Text(said.unwrap_or(named)))?;
            }
            Event::Eof if depth > 0 => {
                return Err(ErrorKind::Format("cut short: the XML ends within an element".into()).into());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The name of the element that a file beginning with `head` consists of, without a prefix.
pub(super) fn root(head: &str) -> Option<&str> {
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
