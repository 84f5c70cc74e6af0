//! Which layout a file has, as far as a look at it tells.

use super::content::has_ending;
use super::encoding::{Encoding, decode};
use super::{Format, compression::Compression};

/// True for names that promise a record a line, compressed or not.
pub(super) fn has_records_ending(name: &str) -> bool {
    has_ending(name, &["jsonl", "ndjson"])
}

/// [`Format::Jsonl`] where the first line of a file that begins with `head` is a record, else [`Format::Page`].
pub(super) fn detect_records(head: &[u8], encoding: Option<Encoding>) -> Format {
    let opens =
        |byte: u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0xef | 0xbb | 0xbf | 0xff | 0xfe);
    // Hardly any page begins with a brace, so that this is where nearly every file is done.
    if head.iter().copied().find(|&byte| opens(byte)) != Some(b'{') || Compression::of(head).is_some() {
        return Format::Page;
    }
    let mut text = String::new();
    let _ = decode(head, encoding, &mut text);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_record = match serde_json::from_str::<serde_json::Value>(line) {
        Ok(record) => record.get("text").is_some_and(serde_json::Value::is_string),
        // A record that is longer than the look.
        Err(error) => error.is_eof() && line.contains("\"text\""),
    };
    if is_record { Format::Jsonl } else { Format::Page }
}
