//! Numbers among the words of a command. What is none, or beyond its range, is told the range.

use std::ops::RangeInclusive;

/// Reads a whole number of a range.
pub(crate) fn whole(
    range: RangeInclusive<u32>,
) -> impl Fn(&str) -> Result<u32, String> + Clone + Send + Sync + 'static {
    move |word| {
        let (first, last) = (range.start(), range.end());
        match word.parse() {
            Ok(number) if range.contains(&number) => Ok(number),
            _ => Err(format!("expected a whole number, {first} to {last}")),
        }
    }
}

/// A count: at least one.
pub(crate) fn count(word: &str) -> Result<u32, String> {
    whole(1..=u32::MAX)(word)
}

/// What randomness comes from.
pub(crate) fn seed(word: &str) -> Result<u32, String> {
    whole(0..=u32::MAX)(word)
}
