//! How much was read of a file, and how much came out of it: what unpacks to out of all proportion is stopped.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Below so many bytes nothing is out of proportion.
const FREE: u64 = 512 << 20;
/// Text is packed to a twentieth, and the same page again and again to a few hundredths.
const MOST: u64 = 500;

/// The bytes of one file, counted on both sides of what unpacks it; clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Gauge(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    taken: AtomicU64,
    given: AtomicU64,
}

impl Gauge {
    /// How many bytes were taken from the disk.
    pub(super) fn taken(&self) -> u64 {
        self.0.taken.load(Ordering::Relaxed)
    }

    /// `source`, whose bytes stand on the disk.
    pub(super) fn packed<R: Read>(&self, source: R) -> Packed<R> {
        Packed { source, gauge: self.clone() }
    }

    /// `source`, whose bytes come out of what is packed.
    pub(super) fn unpacked<R: Read>(&self, source: R) -> Unpacked<R> {
        Unpacked { source, gauge: self.clone() }
    }
}

/// What is read from the disk.
pub(super) struct Packed<R> {
    source: R,
    gauge: Gauge,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.gauge.0.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What comes out of it.
pub(super) struct Unpacked<R> {
    source: R,
    gauge: Gauge,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        let given = self.gauge.0.given.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        if given > FREE && given / MOST > self.gauge.taken() {
            let what =
                format!("it unpacks to more than {MOST} times its size, as no text does; left off there");
            return Err(io::Error::other(what));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_out_of_all_proportion_is_stopped() {
        let gauge = Gauge::default();
        io::copy(&mut gauge.packed(&[0_u8; 1000][..]), &mut io::sink()).unwrap();
        let mut bomb = gauge.unpacked(io::repeat(0).take(FREE + 1));
        let error = io::copy(&mut bomb, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("500 times"), "{error}");
        let gauge = Gauge::default();
        io::copy(&mut gauge.packed(io::repeat(0).take(10 << 20)), &mut io::sink()).unwrap();
        let mut text = gauge.unpacked(io::repeat(0).take(FREE + 1));
        assert_eq!(io::copy(&mut text, &mut io::sink()).unwrap(), FREE + 1);
    }
}
