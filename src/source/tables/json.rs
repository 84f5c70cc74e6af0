//! JSON arrays of records, item by item, so that their size does not matter.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use super::super::Fields;
use super::{Numbered, Records};
use crate::{ErrorKind, Result};

/// The longest item that is read.
const LONGEST: usize = 64 << 20;

/// The items of an array.
pub(super) struct Items {
    text: BufReader<Box<dyn Read + Send>>,
    fields: Arc<Fields>,
    line: u64,
    is_over: bool,
}

impl Items {
    pub(super) fn new(text: Box<dyn Read + Send>, fields: Arc<Fields>) -> Self {
        Self { text: BufReader::with_capacity(1 << 16, text), fields, line: 1, is_over: false }
    }

    /// The next object of the array, with the line it begins on.
    fn object(&mut self) -> Result<Option<(u64, Vec<u8>)>> {
        let (mut object, mut first_line) = (Vec::new(), self.line);
        let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
        loop {
            let ready = self.text.fill_buf()?;
            if ready.is_empty() {
                return match self.is_over {
                    true => Ok(None),
                    false => {
                        Err(ErrorKind::Unreadable("cut short: the JSON ends within its array".into()).into())
                    }
                };
            }
            let mut end = None;
            let mut used = 0;
            for &byte in ready {
                used += 1;
                self.line += u64::from(byte == b'\n');
                let within = depth > 0;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' if within => in_string = !in_string,
                    _ if in_string => {}
                    b'{' => {
                        if depth == 0 {
                            first_line = self.line;
                        }
                        depth += 1;
                    }
                    b'}' => depth = depth.saturating_sub(1),
                    b']' if !within => self.is_over = true,
                    _ => {}
                }
                if within || depth > 0 {
                    object.push(byte);
                }
                if within && depth == 0 {
                    end = Some(());
                    break;
                }
            }
            self.text.consume(used);
            if end.is_some() {
                return Ok(Some((first_line, object)));
            }
            if object.len() > LONGEST {
                let what = format!("an item of more than {} MiB", LONGEST >> 20);
                return Err(ErrorKind::Record(what).into());
            }
        }
    }
}

impl Records for Items {
    fn next(&mut self) -> Result<Option<Numbered>> {
        let Some((line, object)) = self.object()? else { return Ok(None) };
        let record = match std::str::from_utf8(&object) {
            Ok(text) => self.fields.read(text),
            Err(_) => Err(ErrorKind::Encoding { encoding: "UTF-8".into() }.into()),
        };
        Ok(Some(Numbered { line, record }))
    }
}
