//! HTML: the page of an article in a digital edition. Its title, what it says of itself, and the text between
//! navigation and footer.

use html5gum::{StartTag, Token, Tokenizer};

use super::super::{Format, Meta};
use super::{Form, Read};
use crate::Result;

pub(super) struct Html;

impl Form for Html {
    fn format(&self) -> Format {
        Format::Html
    }

    fn fits(&self, head: &str) -> bool {
        let opening: String = head.chars().take(15).collect::<String>().to_ascii_lowercase();
        ["<!doctype html", "<html"].iter().any(|mark| opening.starts_with(mark))
    }

    fn read(&self, text: &str) -> Result<Read> {
        let mut reading = Reading::default();
        for Ok(token) in Tokenizer::new(text) {
            match token {
                Token::StartTag(tag) => reading.open(&tag),
                Token::EndTag(tag) => reading.close(&tag.name),
                Token::String(text) => reading.say(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        reading.end_block();
        Ok(reading.article())
    }
}

/// Elements whose text is no text of the article.
const SKIPPED: [&[u8]; 14] = [
    b"script",
    b"style",
    b"noscript",
    b"nav",
    b"header",
    b"footer",
    b"aside",
    b"form",
    b"select",
    b"button",
    b"iframe",
    b"svg",
    b"template",
    b"textarea",
];
/// Elements within which a line goes on.
const INLINE: [&[u8]; 18] = [
    b"a", b"abbr", b"b", b"bdi", b"big", b"cite", b"code", b"em", b"font", b"i", b"mark", b"small", b"span",
    b"strong", b"sub", b"sup", b"u", b"wbr",
];

/// A stretch of text between block elements.
#[derive(Debug, Default)]
struct Block {
    text: String,
    /// How many of its characters are links.
    linked: usize,
    heading: bool,
}

#[derive(Default)]
struct Reading {
    skipped: Vec<Vec<u8>>,
    in_title: bool,
    title: String,
    said: Vec<(String, String)>,
    blocks: Vec<Block>,
    block: Block,
    links: usize,
}

impl Reading {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        let get = |wanted: &[u8]| {
            let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == wanted);
            value.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
        };
        match name {
            _ if SKIPPED.contains(&name) => {
                if !tag.self_closing {
                    self.skipped.push(name.to_vec());
                }
            }
            b"title" => self.in_title = true,
            b"meta" => {
                let key = get(b"name").or_else(|| get(b"property"));
                self.said.extend(key.map(|key| key.to_ascii_lowercase()).zip(get(b"content")));
            }
            b"a" => self.links += 1,
            b"td" | b"th" => self.say("\t"),
            _ if INLINE.contains(&name) => {}
            _ => {
                self.end_block();
                self.block.heading = matches!(name, b"h1" | b"h2");
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            _ if self.skipped.last().is_some_and(|open| open == name) => {
                self.skipped.pop();
            }
            b"title" => self.in_title = false,
            b"a" => self.links = self.links.saturating_sub(1),
            b"td" | b"th" => {}
            _ if INLINE.contains(&name) => {}
            _ => self.end_block(),
        }
    }

    fn say(&mut self, text: &str) {
        if !self.skipped.is_empty() {
            return;
        }
        if self.in_title {
            return self.title.push_str(text);
        }
        if self.links > 0 {
            self.block.linked += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        self.block.text.push_str(text);
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        // Line ends of the file are blanks; full-width ones are the article's own.
        let words: Vec<&str> =
            block.text.split([' ', '\t', '\n', '\r', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        block.text = words.join(" ").trim().to_owned();
        if !block.text.is_empty() {
            self.blocks.push(block);
        }
    }

    fn article(self) -> Read {
        let headings = self.blocks.iter().filter(|block| block.heading).map(|block| block.text.clone());
        let said = |names: &[&str]| {
            let found = self
                .said
                .iter()
                .find(|(name, value)| names.contains(&name.as_str()) && !value.trim().is_empty());
            found.map(|(_, value)| value.trim().to_owned())
        };
        // Sites put their name behind the title of the page.
        let title = self
            .title
            .split(['_', '|', '\n'])
            .map(str::trim)
            .find(|part| !part.is_empty())
            .map(str::to_owned);
        let headline = said(&["og:title", "articletitle"]).or_else(|| headings.clone().next()).or(title);
        let date = said(&["article:published_time", "publishdate", "pubdate", "date", "dc.date"]);
        let date = date.and_then(|date| date.get(..10)?.replace('/', "-").parse().ok());
        let first = self.blocks.iter().position(is_running);
        let last = self.blocks.iter().rposition(is_running);
        let span =
            first.zip(last).and_then(|(first, last)| self.blocks.get(first..=last)).unwrap_or(&self.blocks);
        let mut text = String::new();
        for block in span.iter().filter(|block| !is_navigation(block)) {
            text.push_str(&block.text);
            text.push('\n');
        }
        Read::Text(text, Format::Plain, Meta { headline, date, ..Meta::default() })
    }
}

/// The share of a block that may be links, in percent.
const LINKED: usize = 40;

fn is_navigation(block: &Block) -> bool {
    block.linked * 100 > block.text.chars().count() * LINKED
}

/// True for running text: sentences, and hardly a link.
fn is_running(block: &Block) -> bool {
    /// Sentences that are shorter may be a label.
    const LONG: usize = 20;
    let is_sentence = block.text.contains(['。', '，', '；', '！', '？']);
    is_sentence && block.text.chars().count() >= LONG && !is_navigation(block)
}
