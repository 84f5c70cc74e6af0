//! The tables that zjgr itself wrote, known by how they begin.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::LazyLock;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// How tables begin.
static HEADS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/tables.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| line.split(',').collect()).collect()
});

/// How much of a file is looked at; the first row of a table of articles may be long, but its first columns are not.
const LOOK: u64 = 1 << 13;
/// A header has no more bytes than this before its first columns are over.
const LONGEST_HEAD: usize = 1 << 10;

/// True where the file at `path` is empty or a table that zjgr wrote: nothing is lost where another takes its place.
///
/// # Errors
/// Where it cannot be read.
pub fn may_be_replaced(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(LOOK).read_to_end(&mut head)?;
    Ok(head.is_empty() || is_own_table(&head))
}

/// True where what begins with `head` is a table that zjgr wrote, in whatever format.
pub(super) fn is_own_table(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    // Nearly every file is done here: no page begins with a name of a column.
    if !line.first().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'{') {
        return false;
    }
    if line.starts_with(b"{") {
        return begins_a_table(&Keys::of(line));
    }
    let line = String::from_utf8_lossy(line.get(..LONGEST_HEAD).unwrap_or(line));
    [',', '\t'].iter().any(|&sign| begins_a_table(&line.trim_end().split(sign).collect::<Vec<_>>()))
        || begins_a_table(&line.split_whitespace().collect::<Vec<_>>())
}

fn begins_a_table<S: AsRef<str>>(names: &[S]) -> bool {
    let begins = |names: &[S], head: &[&str]| {
        names.len() >= head.len() && names.iter().zip(head).all(|(name, known)| name.as_ref() == *known)
    };
    let behind_a_group = names.get(1..).unwrap_or_default();
    HEADS.iter().any(|head| begins(names, head) || begins(behind_a_group, head))
}

/// The keys of an object, in order, as far as it is there.
struct Keys<'k>(&'k mut Vec<String>);

impl Keys<'_> {
    fn of(line: &[u8]) -> Vec<String> {
        let mut keys = Vec::new();
        // What is cut off in the middle has told its first keys before that comes out.
        let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Keys(&mut keys));
        keys
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.0.push(key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_in_every_format() {
        for head in [
            "file,line,role,article,joins,duplicate_of,text\n",
            "\u{feff}slogan,family,count,articles,pages\r\n",
            "rank\tterm\tpos\tcount\n",
            "month,rank,term,pos,count\n",
            "kind,series,slope,tau,p,2021-01,2021-02\n",
            "rank  term  pos  count  per_million\n",
            "{\"file\":\"a.txt\",\"line\":1,\"role\":\"body\",\"article\":1,\"joins\":\"\",\"duplicate_of\":null,\"text\":\"工",
        ] {
            assert!(is_own_table(head.as_bytes()), "{head}");
        }
    }

    #[test]
    fn what_others_wrote_is_not() {
        for head in [
            "",
            "file,date,text\n",
            "{\"file\":\"a.txt\",\"date\":\"2021-02-25\",\"text\":\"工会\"}\n",
            "{\"text\":\"file,line,role,article,joins,duplicate_of\"}\n",
            "rank term\n",
            "本报讯\nfile,line,role,article,joins,duplicate_of\n",
        ] {
            assert!(!is_own_table(head.as_bytes()), "{head}");
        }
    }
}
