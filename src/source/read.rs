//! From a file to documents.

use std::io::Read;

use super::{Document, Format, Input, Meta};
use crate::{Error, ErrorKind, Result};

/// How files are to be understood.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// The layout of the text; none looks at each file.
    pub format: Option<Format>,
}

impl ReadOptions {
    /// Hands every document of `input` to `each`, or what is wrong with it.
    pub fn read(&self, input: &Input, mut each: impl FnMut(Result<Document>)) {
        match self.load(input) {
            Err(error) => each(Err(error.at_path(input.name.as_ref()))),
            Ok(text) => self.split(input, text, &mut each),
        }
    }

    fn load(&self, input: &Input) -> Result<String> {
        let mut bytes = Vec::new();
        match &input.path {
            Some(path) => bytes = std::fs::read(path)?,
            None => drop(std::io::stdin().lock().read_to_end(&mut bytes)?),
        }
        String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::Encoding { encoding: "utf-8".into() }))
    }

    fn split(&self, input: &Input, text: String, each: &mut impl FnMut(Result<Document>)) {
        let format = self.format.unwrap_or(match input.name.rsplit('.').next() {
            Some("jsonl" | "ndjson") => Format::Jsonl,
            _ => Format::Page,
        });
        let document = |text: String, first_line: usize, meta| Document {
            file: input.name.clone(),
            text,
            format,
            first_line: first_line as u32,
            single_line: matches!(format, Format::Jsonl | Format::Lines),
            meta,
        };
        match format {
            Format::Page | Format::Epaper | Format::Plain => each(Ok(document(text, 1, Meta::default()))),
            Format::Lines => text
                .lines()
                .enumerate()
                .for_each(|(i, line)| each(Ok(document(line.to_owned(), i + 1, Meta::default())))),
            Format::Jsonl => {
                for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    each(
                        record(line)
                            .map(|(text, meta)| document(text, i + 1, meta))
                            .map_err(|error| error.at_path(input.name.as_ref()).at_line(i as u64 + 1)),
                    );
                }
            }
        }
    }
}

#[derive(serde::Deserialize)]
struct Record {
    text: String,
    id: Option<String>,
    date: Option<jiff::civil::Date>,
    newspaper: Option<String>,
    headline: Option<String>,
}

fn record(line: &str) -> Result<(String, Meta)> {
    let record: Record =
        serde_json::from_str(line).map_err(|error| Error::new(ErrorKind::Format(error.to_string())))?;
    let Record { text, id, date, newspaper, headline } = record;
    Ok((text, Meta { id, date, newspaper, headline }))
}
