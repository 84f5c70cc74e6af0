//! The tables that zjgr itself wrote, known by how they begin.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Compression;

/// How tables begin.
static HEADS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/tables.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(|line| line.split(',').collect()).collect()
});

/// The names of all columns.
static COLUMNS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/columns.txt").lines().filter(|line| !line.starts_with('#')).collect()
});
/// Columns that are also what records call their text: of what has one, its own names cannot tell who wrote it.
const TEXTS: [&str; 2] = ["text", "body"];
/// How what was counted begins where it is kept, and what a graph and a report say at their beginning.
const KEPT: &[u8] = b"zjgr partial ";
/// How a manifest begins.
const MANIFEST: &[u8] = b"{\n  \"manifest\": ";
const MARKS: [&[u8]; 2] = [b"<!-- zjgr ", b"<meta name=\"generator\" content=\"zjgr "];

/// How much of a file is looked at; the first row of a table of articles may be long, but its first columns are not.
const LOOK: u64 = 1 << 13;
/// A header has no more bytes than this before its first columns are over.
const LONGEST_HEAD: usize = 1 << 10;

/// True where the file at `path` is empty or a table that zjgr wrote: nothing is lost where another takes its place.
///
/// ```
/// use std::path::Path;
///
/// assert!(!zjgr::source::may_be_replaced(Path::new("data/units.toml"))?);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Where it cannot be read.
pub fn may_be_replaced(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(LOOK).read_to_end(&mut head)?;
    if let Some(compression) = Compression::of(&head) {
        let mut unpacked = Vec::new();
        // The end of what is looked at is cut off in the middle.
        let _ = compression.unpack(head, io::empty())?.take(LOOK).read_to_end(&mut unpacked);
        return Ok(is_own_table(&unpacked));
    }
    let is_own_binary =
        [is_own_workbook, is_own_parquet, is_own_database].iter().any(|is_own| is_own(path, &head));
    Ok(head.is_empty() || is_own_table(&head) || head.starts_with(MANIFEST) || is_own_binary)
}

/// True for a database in which every table is in the list of those that zjgr wrote.
#[cfg(feature = "sqlite")]
fn is_own_database(path: &Path, head: &[u8]) -> bool {
    use rusqlite::{Connection, OpenFlags, OptionalExtension};
    const MAGIC: &[u8] = b"SQLite format 3\0";
    // The tables of an index of text begin with the name of the index.
    const OTHERS: &str = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name <> 'zjgr_tables' AND NOT EXISTS \
        (SELECT 1 FROM zjgr_tables AS own WHERE sqlite_master.name = own.name \
         OR substr(sqlite_master.name, 1, length(own.name) + 5) = own.name || '_text')";
    let others = || {
        let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        database.query_row(OTHERS, [], |_| Ok(())).optional()
    };
    head.starts_with(MAGIC) && others().is_ok_and(|other| other.is_none())
}

/// Nothing tells.
#[cfg(not(feature = "sqlite"))]
fn is_own_database(_path: &Path, _head: &[u8]) -> bool {
    false
}

/// True for a workbook that says so itself.
#[cfg(feature = "xlsx")]
fn is_own_workbook(path: &Path, head: &[u8]) -> bool {
    use calamine::{Reader, Xlsx, open_workbook};
    const ZIP: &[u8] = b"PK";
    let about = || {
        let mut book: Xlsx<_> = open_workbook(path).ok()?;
        let about = book.worksheet_range("about").ok()?;
        let command = about.get_value((0, 1))?.to_string();
        Some(command.starts_with("zjgr "))
    };
    head.starts_with(ZIP) && about().unwrap_or_default()
}

/// Nothing tells.
#[cfg(not(feature = "xlsx"))]
fn is_own_workbook(_path: &Path, _head: &[u8]) -> bool {
    false
}

/// True for a Parquet file that says so itself.
#[cfg(feature = "parquet")]
fn is_own_parquet(path: &Path, head: &[u8]) -> bool {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    const MAGIC: &[u8] = b"PAR1";
    let by = || {
        let reader = SerializedFileReader::new(File::open(path).ok()?).ok()?;
        reader.metadata().file_metadata().created_by().map(|by| by.starts_with("zjgr "))
    };
    head.starts_with(MAGIC) && by().unwrap_or_default()
}

/// Nothing tells.
#[cfg(not(feature = "parquet"))]
fn is_own_parquet(_path: &Path, _head: &[u8]) -> bool {
    false
}

/// True where what begins with `head` is a table that zjgr wrote, in whatever format.
pub(super) fn is_own_table(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if head.starts_with(KEPT) || is_marked(head) {
        return true;
    }
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if let Some(line) = line.strip_prefix(b"| ") {
        let line = start_of(line).replace("\\_", "_");
        let names: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
        return begins_a_table(&names) || are_columns(&names);
    }
    // Nearly every file is done here: no page begins with a name of a column.
    if !line.first().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'{') {
        return false;
    }
    if line.starts_with(b"{") {
        let keys = Keys::of(line);
        return begins_a_table(&keys) || has_only_columns(&keys);
    }
    let line = start_of(line);
    let split = |sign: &str| line.trim_end().split(sign).map(str::trim).collect::<Vec<_>>();
    [",", "\t", "  "].into_iter().map(split).any(|mut names| {
        names.retain(|name| !name.is_empty());
        begins_a_table(&names) || has_only_columns(&names)
    })
}

/// True where what begins with `head` is a table of what zjgr found in texts: one of rows that have no whole text.
pub(super) fn are_finds(head: &[u8]) -> bool {
    const WHOLE: [&str; 2] = ["body", "\"body\":"];
    let start = head.iter().position(|byte| !b"[ \r\n".contains(byte)).unwrap_or(head.len());
    let head = &head[start..];
    let line = start_of(head.split(|&byte| byte == b'\n').next().unwrap_or_default());
    let has_whole =
        line.split([',', '\t', '{']).any(|name| WHOLE.iter().any(|whole| name.starts_with(whole)));
    is_own_table(head) && !has_whole
}

/// The first line of a file, as far as it is looked at.
fn start_of(line: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(line.get(..LONGEST_HEAD).unwrap_or(line))
}

/// True for markup that says who wrote it.
fn is_marked(head: &[u8]) -> bool {
    let start = head.get(..LONGEST_HEAD).unwrap_or(head);
    head.starts_with(b"<") && MARKS.iter().any(|mark| memchr::memmem::find(start, mark).is_some())
}

/// True for several names, all of them of columns.
fn are_columns<S: AsRef<str>>(names: &[S]) -> bool {
    names.len() > 1 && names.iter().all(|name| COLUMNS.contains(name.as_ref()))
}

/// The same where none is what others call their text.
fn has_only_columns<S: AsRef<str>>(names: &[S]) -> bool {
    are_columns(names) && !names.iter().any(|name| TEXTS.contains(&name.as_ref()))
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
    fn what_was_found_is_no_text() {
        let finds = "file,id,date,page,section,article,headline,line,column,text,class\n";
        assert!(are_finds(finds.as_bytes()));
        assert!(are_finds(b"[\n{\"file\":\"a.txt\",\"id\":null,\"date\":null,\"page\":null,\"text\":\"1\"}"));
        for texts in [
            "file,id,article,date,newspaper,headline,body\n",
            "{\"file\":\"a.txt\",\"id\":null,\"article\":1,\"date\":null,\"body\":[\"a\"]}\n",
            "date,headline,text\n",
        ] {
            assert!(!are_finds(texts.as_bytes()), "{texts}");
        }
    }

    #[test]
    fn a_table_is_known_in_every_format() {
        for head in [
            "file,line,role,article,joins,duplicate_of,text\n",
            "\u{feff}slogan,family,count,articles,pages\r\n",
            "rank\tterm\tpos\tcount\n",
            "month,rank,term,pos,count\n",
            "kind,series,slope,tau,p,2021-01,2021-02\n",
            "rank  term  pos  count  per_million\n",
            "date,file\n",
            "term\tcount\r\n",
            "headline      chars\n",
            "| headline | body |\n",
            "{\"date\":\"2021-02-25\",\"headline\":\"工会\",\"chars\":7}\n",
            "name,type,count,bylines,articles\n",
            "zjgr partial 2\n",
            "<?xml version=\"1.0\"?>\n<!-- zjgr 0.1.0 -->\n<graphml>",
            "<!doctype html>\n<html><head><meta name=\"generator\" content=\"zjgr 0.1.0\"></head>",
            "| file | line | role | article | joins | duplicate\\_of | text |\n",
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
            "date\n",
            "date,headline,body\n",
            "date,headline,author\n",
            "{\"headline\":\"工会\",\"body\":\"开会\"}\n",
            "<!doctype html>\n<html><head><title>zjgr</title></head>",
            "本报讯\nfile,line,role,article,joins,duplicate_of\n",
        ] {
            assert!(!is_own_table(head.as_bytes()), "{head}");
        }
    }
}
