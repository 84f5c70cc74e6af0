//! Which fields of a record say what, and reading them.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, Unexpected, Visitor};

use super::{Meta, page_number};
use crate::calendar::compact_date;
use crate::{Error, ErrorKind, Result};

/// What a record may say of its document, by the name that a field has by default.
pub const FIELDS: [&str; 7] = ["text", "id", "date", "newspaper", "headline", "page", "section"];

/// Which of them is the text itself.
const TEXT: usize = 0;

/// The names of the fields of records.
///
/// ```
/// use std::sync::Arc;
/// use zjgr::source::{Fields, ReadOptions};
///
/// let mut fields = Fields::default();
/// fields.set("text", "content")?;
/// fields.keep("author");
/// assert_eq!(fields.kept(), ["author"]);
/// let mut options = ReadOptions::default();
/// options.fields = Arc::new(fields);
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The field's name for each of [`FIELDS`].
    names: [String; FIELDS.len()],
    /// Further fields whose values are carried along.
    keep: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        Self { names: FIELDS.map(str::to_owned), keep: Vec::new() }
    }
}

impl Fields {
    /// Takes the field called `name` for `what`, which is one of [`FIELDS`].
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where `what` is none of them.
    pub fn set(&mut self, what: &str, name: &str) -> Result<()> {
        let slot = FIELDS.iter().position(|field| *field == what);
        let slot = slot.and_then(|slot| self.names.get_mut(slot));
        let wrong = || ErrorKind::Usage(format!("{what}: fields are {}", FIELDS.join(", ")));
        name.clone_into(slot.ok_or_else(wrong)?);
        Ok(())
    }

    /// Carries the field called `name` along.
    pub fn keep(&mut self, name: &str) {
        if !self.keep.iter().any(|kept| kept == name) {
            self.keep.push(name.to_owned());
        }
    }

    /// The names of the fields that are carried along: those of [`Meta::kept`].
    pub fn kept(&self) -> &[String] {
        &self.keep
    }

    /// The fields that the user names, beside that of the text.
    pub fn named(&self) -> Vec<&str> {
        let said = self.names.iter().zip(FIELDS).skip(TEXT + 1);
        let said = said.filter(|(name, field)| *name != field).map(|(name, _)| name);
        said.chain(&self.keep).map(String::as_str).collect()
    }

    /// Which of them a record has that says `meta`: a bit for each of the first 64.
    pub(crate) fn met(&self, meta: &Meta) -> u64 {
        let Meta { id, date, newspaper, headline, page, section, kept, .. } = meta;
        let texts = [newspaper, headline, page, section].map(Option::is_some);
        let said = [id.is_some(), date.is_some()].into_iter().chain(texts);
        let named = self.names.iter().zip(FIELDS).skip(TEXT + 1).map(|(name, field)| name != field);
        let said = named.zip(said).filter(|(named, _)| *named).map(|(_, said)| said);
        let met = said.chain(kept.iter().map(Option::is_some)).zip(0..u64::BITS);
        met.fold(0, |bits, (met, bit)| bits | u64::from(met) << bit)
    }

    /// True where a record in `head` may have the field with the text.
    pub(super) fn may_be_in(&self, head: &[u8]) -> bool {
        let name = self.names.first().map_or("", String::as_str);
        memchr::memmem::find(head, format!("\"{name}\"").as_bytes()).is_some()
    }

    /// True where the text is in a field that the user names, and a record in `head` may have it: a table of zjgr itself is
    /// meant as input then.
    pub(super) fn name_text_in(&self, head: &[u8]) -> bool {
        self.names.first().is_some_and(|name| name != FIELDS[TEXT]) && self.may_be_in(head)
    }

    /// Where the fields stand in a table whose columns have these names. A field that is named by a number, where no
    /// column is called so, is the column of that number, from 1, in a table without a header.
    ///
    /// # Errors
    /// Where no column has the text.
    pub(super) fn columns(&self, names: &[String]) -> Result<Columns> {
        let named = |name: &String| names.iter().position(|known| known == name);
        let numbered =
            |name: &String| name.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len());
        let has_header =
            self.names.first().is_none_or(|text| named(text).is_some() || numbered(text).is_none());
        let place = |name: &String| if has_header { named(name) } else { numbered(name) };
        let said = self.names.each_ref().map(place);
        if said[TEXT].is_none() {
            return Err(self.no_text("column", names.to_vec()));
        }
        Ok(Columns { said, kept: self.keep.iter().map(place).collect(), has_header })
    }

    /// The error of a table or a record that has no text, but `has` something else.
    fn no_text(&self, place: &'static str, has: Vec<String>) -> Error {
        let name = self.names.first().cloned().unwrap_or_default();
        ErrorKind::NoText { place, name, has }.into()
    }

    /// Reads a record: its text, and what it says of it.
    pub(super) fn read(&self, line: &str) -> Result<(String, Meta)> {
        if !line.trim_start().starts_with('{') {
            return Err(wrong("not a JSON object"));
        }
        let mut json = serde_json::Deserializer::from_str(line);
        let values = json.deserialize_map(Values(self)).and_then(|values| json.end().map(|()| values));
        let values = values.map_err(|error| {
            let what = error.to_string();
            // A record is one line, and its number in the file is told beside this.
            let what = what.split(" at line ").next().unwrap_or_default();
            wrong(&format!("{what} (at column {})", error.column()))
        })?;
        let [text, id, date, newspaper, headline, page, section] = values.said;
        let text =
            text.ok_or_else(|| self.no_text("field", values.met.iter().map(ToString::to_string).collect()))?;
        let date = date.map(|date| day(&date).ok_or_else(|| wrong(&no_day(&date)))).transpose()?;
        let page = page.map(|page| page_number(&page)).filter(|page| !page.is_empty());
        Ok((
            text,
            Meta { id, date, newspaper, headline, page, section, kept: values.kept, ..Meta::default() },
        ))
    }
}

/// Where the fields of records stand in a table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    said: [Option<usize>; FIELDS.len()],
    kept: Vec<Option<usize>>,
    /// True where the first row says how the columns are called.
    pub(super) has_header: bool,
}

impl Columns {
    /// True where the text stands in column `at`.
    #[cfg(feature = "parquet")]
    pub(super) fn is_text(&self, at: usize) -> bool {
        self.said[TEXT] == Some(at)
    }

    /// The columns that are asked for.
    #[cfg(feature = "parquet")]
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.said.iter().chain(&self.kept).copied().flatten()
    }

    /// The record that a row is, whose cells `cell` gives: its text, and what it says of it.
    pub(super) fn record(&self, cell: impl Fn(usize) -> Option<String>) -> Result<(String, Meta)> {
        let filled = |at: &Option<usize>| at.and_then(&cell).filter(|text| !text.trim().is_empty());
        let [_, id, date, newspaper, headline, page, section] = self.said.each_ref().map(filled);
        // An empty cell is an empty text; a row that is too short has none.
        let text = self.said[TEXT].and_then(&cell).unwrap_or_default();
        let date = date.map(|date| day(&date).ok_or_else(|| wrong(&no_day(&date)))).transpose()?;
        let kept = self.kept.iter().map(filled).collect();
        let page = page.map(|page| page_number(&page)).filter(|page| !page.is_empty());
        Ok((text, Meta { id, date, newspaper, headline, page, section, kept, ..Meta::default() }))
    }
}

fn wrong(what: &str) -> Error {
    Error::new(ErrorKind::Record(format!("no record: {what}")))
}

fn no_day(text: &str) -> String {
    format!("the date {text:?} is not written like 2021-02-25, 2021/2/25, 20210225 or 2021年2月25日")
}

/// The values of a record.
#[derive(Default)]
struct Said {
    said: [Option<String>; FIELDS.len()],
    kept: Vec<Option<String>>,
    /// The names of the fields, as long as there is no text.
    met: Vec<String>,
}

/// Reads the values of the fields that are asked for, and passes over the others.
struct Values<'f>(&'f Fields);

impl<'de> Visitor<'de> for Values<'_> {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Said, A::Error> {
        let mut said = Said { kept: vec![None; self.0.keep.len()], ..Said::default() };
        while let Some(key) = map.next_key_seed(Key(self.0))? {
            // A field may be the headline and be carried along besides.
            let Found { field, kept, name } = key;
            if said.said[TEXT].is_none() {
                said.met.push(name);
            }
            if field.or(kept).is_none() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: Value = map.next_value()?;
            let value = match field {
                Some(TEXT) => value.into_text()?,
                _ => value.into_cell(),
            };
            if let Some(slot) = kept.and_then(|kept| said.kept.get_mut(kept)) {
                slot.clone_from(&value);
            }
            if let Some(slot) = field.and_then(|field| said.said.get_mut(field)) {
                *slot = value;
            }
        }
        Ok(said)
    }
}

/// What the name of a field says.
struct Found {
    field: Option<usize>,
    kept: Option<usize>,
    name: String,
}

struct Key<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Found;

    fn deserialize<D: serde::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> std::result::Result<Found, E> {
        let field = self.0.names.iter().position(|known| known == name);
        let kept = self.0.keep.iter().position(|kept| kept == name);
        Ok(Found { field, kept, name: name.to_owned() })
    }
}

/// A value of a record.
enum Value {
    Nothing,
    Text(String),
    /// A number or a truth value as it is written, and what it is.
    Written(String, Unexpected<'static>),
    List(Vec<Value>),
    Map,
}

impl Value {
    /// The text of a document: a string as it is, a list of strings a paragraph each.
    fn into_text<E: serde::de::Error>(self) -> std::result::Result<Option<String>, E> {
        let paragraph = |value| {
            let other = match value {
                Self::Text(text) => return Ok(text),
                Self::Written(_, what) => what,
                Self::List(_) => Unexpected::Seq,
                Self::Map => Unexpected::Map,
                Self::Nothing => Unexpected::Unit,
            };
            Err(E::invalid_type(other, &"a string or a list of strings"))
        };
        match self {
            Self::Nothing => Ok(None),
            Self::List(items) => {
                let paragraphs: std::result::Result<Vec<String>, E> =
                    items.into_iter().map(paragraph).collect();
                Ok(Some(paragraphs?.join("\n")))
            }
            value => paragraph(value).map(Some),
        }
    }

    /// A value as text: a string as it is, a list with `; ` between. None for `null` and for what is empty.
    fn into_cell(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text).filter(|text| !text.is_empty()),
            Self::Written(text, _) => Some(text),
            Self::List(items) => {
                let items: Vec<String> = items.into_iter().filter_map(Self::into_cell).collect();
                (!items.is_empty()).then(|| items.join("; "))
            }
            Self::Nothing | Self::Map => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> std::result::Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_i64<E>(self, number: i64) -> std::result::Result<Value, E> {
        Ok(Value::Written(number.to_string(), Unexpected::Signed(number)))
    }

    fn visit_u64<E>(self, number: u64) -> std::result::Result<Value, E> {
        Ok(Value::Written(number.to_string(), Unexpected::Unsigned(number)))
    }

    fn visit_f64<E>(self, number: f64) -> std::result::Result<Value, E> {
        Ok(Value::Written(number.to_string(), Unexpected::Float(number)))
    }

    fn visit_bool<E>(self, flag: bool) -> std::result::Result<Value, E> {
        Ok(Value::Written(flag.to_string(), Unexpected::Bool(flag)))
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Map)
    }
}

/// A day, and what may be told of it besides: its weekday, a time of day.
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^
        (?: (?<y>\d{4})(?<m>\d{2})(?<d>\d{2})
          | (?<year>\d{4}) \s*(?<first>[-/.年])\s* (?<month>\d{1,2}) \s*(?<second>[-/.月])\s* (?<day>\d{1,2}) (?:\s*[日号號])? )
        (?: ,?\s* [(（]? (?: (?:星期|礼拜|禮拜|周|週)[一二三四五六日天] | (?:mon|tue|wed|thu|fri|sat|sun)[a-z]* ) [)）]? )?
        (?: (?:t|,?\s*) (?:上午|下午|凌晨|早上|中午|晚上|早|晚)?
            (?:[01]?\d|2[0-4]) (?: [:时時點点] (?: [0-5]\d (?: [:分] (?: [0-5]\d (?:[.,]\d+)? 秒? )? )? )? )
            \s*(?:am|pm)? \s*(?: z | utc | gmt | cst | [+-]\d{2}:?\d{2} )? )?
        $",
    )
    .ok()
});

/// A weekday around a day.
static WEEKDAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[\s,，]*[(（]?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天][)）]?[\s,，]*|[\s,，]*[(（]?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天][)）]?\s*$").ok()
});

/// The day that `text` is: 2021-02-25, 2021/2/25, 2021.2.25, 20210225, 2021年2月25日, with its weekday and a time of
/// day or without; or one of another era, or in Chinese numerals: 民國三十六年九月四日.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = match WEEKDAY.as_ref()?.find(text).filter(|found| found.start() == 0) {
        Some(weekday) => &text[weekday.end()..],
        None => text,
    };
    numbered_day(text).or_else(|| compact_date(&WEEKDAY.as_ref()?.replace(text, "")))
}

fn numbered_day(text: &str) -> Option<Date> {
    let found = DAY.as_ref()?.captures(text)?;
    let said = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |long: &str, short: &str| said(long).or(said(short))?.parse().ok();
    let closes = said("first").map(|sign| if sign == "年" { "月" } else { sign });
    let day = date(number("year", "y")?, number("month", "m")?, number("day", "d")?);
    day.filter(|_| said("second") == closes)
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_many_ways() {
        for text in [
            "2021-02-05",
            "2021-2-5",
            "2021/02/05",
            "2021.2.5",
            "20210205",
            "2021年2月5日",
            "2021年02月05日 星期五",
            "2021-02-05T08:30:00Z",
            "2021-02-05T08:30:00.123+08:00",
            "2021年2月5日（星期五）上午8时30分",
            "2021-02-05 Fri 08:30:00 UTC",
            "2021/2/5 8:30",
            " 2021-02-05 ",
            "20210205083000",
        ] {
            let day = day(text).map(|day| day.to_string());
            match text.len() {
                14 if !text.contains(['-', '/', '.']) && !text.contains('年') => assert_eq!(day, None),
                _ => assert_eq!(day.as_deref(), Some("2021-02-05"), "{text}"),
            }
        }
        for text in [
            "",
            "2021",
            "2021-02",
            "2021-13-01",
            "05/02/2021",
            "二月五日",
            "2021-02-30",
            "2021-02-05Zebra",
            "2021-02-05日本",
            "2021-02-05 and 6",
            "2021-02-05T99:99",
            "2021x02y05",
            "2021-02-05,06",
            "2021-02/05",
            "2021年2月5日6",
            "20210205 x",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_other_eras_and_in_numerals_are_read() {
        for (text, right) in [
            ("民國三十六年九月四日", "1947-09-04"),
            ("中華民國卅六年九月四日", "1947-09-04"),
            ("民国36年9月4日 星期四", "1947-09-04"),
            ("星期四 民國三十六年九月四日", "1947-09-04"),
            ("二〇一九年九月四日", "2019-09-04"),
            ("一九六三年三月十七日（星期日）", "1963-03-17"),
            ("一九六三年三月十七号", "1963-03-17"),
            ("星期三 2019-09-04", "2019-09-04"),
            ("周三，2019年9月4日 8:30", "2019-09-04"),
            ("２０１９年９月４日", "2019-09-04"),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some(right), "{text}");
        }
        for text in
            ["民國三十六年", "九月四日", "星期四", "民國三十六年九月四日晨报", "民國三十六年十三月四日"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn fields_go_by_the_names_that_they_have() {
        let mut fields = Fields::default();
        for (what, name) in [("text", "content"), ("date", "pubdate"), ("headline", "title")] {
            fields.set(what, name).unwrap();
        }
        fields.keep("author");
        fields.keep("title");
        let line = r#"{"title":"招聘会","content":"开会。","pubdate":"2023/3/17","page":"第04版","section":"要闻","author":["甲","乙"],"n":{"a":1},"id":7}"#;
        let (text, meta) = fields.read(line).unwrap();
        assert_eq!(
            (text.as_str(), meta.headline.as_deref(), meta.id.as_deref()),
            ("开会。", Some("招聘会"), Some("7"))
        );
        assert_eq!(meta.date.map(|date| date.to_string()).as_deref(), Some("2023-03-17"));
        assert_eq!((meta.page.as_deref(), meta.section.as_deref()), (Some("4"), Some("要闻")));
        assert_eq!(meta.kept, [Some("甲; 乙".to_owned()), Some("招聘会".to_owned())]);
        assert!(fields.set("author", "by").is_err());
    }

    #[test]
    fn of_the_fields_that_are_named_it_is_known_which_a_record_has() {
        let mut fields = Fields::default();
        fields.set("date", "day").unwrap();
        fields.set("headline", "title").unwrap();
        fields.keep("author");
        assert_eq!(fields.named(), ["day", "title", "author"]);
        let met = |line: &str| fields.met(&fields.read(line).unwrap().1);
        assert_eq!(met(r#"{"text":"开会。","day":"2021-02-05","id":"1","author":"甲"}"#), 0b101);
        assert_eq!(met(r#"{"text":"开会。","date":"2021-02-05","title":"招聘会","author":null}"#), 0b010);
    }

    #[test]
    fn a_record_without_text_is_told_which_fields_it_has() {
        let error =
            Fields::default().read(r#"{"title":"甲","content":"乙","date":null}"#).unwrap_err().to_string();
        assert!(error.contains("title, content"), "{error}");
    }
}
