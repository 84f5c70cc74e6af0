//! Faults of the libraries of others, which become errors here.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local!(static CONTAINED: Cell<bool> = const { Cell::new(false) });

/// What `work` gives; none where it panics. What it has begun to change must not be used any more then.
#[cfg_attr(
    not(any(feature = "xlsx", feature = "parquet")),
    allow(dead_code, reason = "only these libraries are known to panic")
)]
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = CONTAINED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    done.ok()
}

/// True while a panic of this thread becomes an error that is returned: a panic hook need not tell of it.
pub fn is_contained() -> bool {
    CONTAINED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_none_and_what_follows_is_told_again() {
        assert_eq!(contained(|| 1), Some(1));
        assert_eq!(contained(|| -> u8 { panic!("{}", is_contained()) }), None);
        assert!(!is_contained());
    }
}
