//! What is written and kept in memory: for tables that are looked at where they were made.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A stream that keeps what is written into it; a clone of it is the same stream.
///
/// ```
/// use zjgr::table::{Column, Destination, Format, Memory, Row, Table};
///
/// struct Word(&'static str);
///
/// impl Row for Word {
///     type At<'p> = Word;
/// }
///
/// let columns = [Column::<Word>::text("word", "The word", |word| word.0.into())];
/// let memory = Memory::default();
/// let mut table = Table::new(Destination::stream(memory.clone()), Format::CSV, &columns);
/// table.push(&columns, &Word("工会"))?;
/// table.finish()?;
/// assert_eq!(memory.text(), "word\n工会\n");
/// # Ok::<(), zjgr::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<Vec<u8>>>);

impl Memory {
    /// What was written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same as text; what is none is read as U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes())
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
