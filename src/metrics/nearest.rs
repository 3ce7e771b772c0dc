//! The nearest neighbour of each row, to show that samples are no copies. No verdict.

use super::Features;
use super::features::squared_distance;
use serde::Serialize;

/// The nearest reference of one query.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Nearest {
    /// The reference's row.
    pub index: usize,
    /// Its Euclidean distance, at least 0.
    pub distance: f64,
}

/// Finds the reference nearest to each query; of equals, the first.
///
/// # Shapes
///
/// - `queries`: `[count, width]`
/// - `references`: `[references, width]`
/// - output: `[count]`
///
/// # Panics
///
/// If the widths differ.
pub fn nearest(queries: &Features, references: &Features) -> Vec<Nearest> {
    assert_eq!(
        queries.width(),
        references.width(),
        "the rows' widths differ"
    );
    queries
        .rows()
        .map(|query| {
            let (index, squared) = references
                .rows()
                .map(|reference| squared_distance(query, reference))
                .enumerate()
                .min_by(|(_, a), (_, b)| a.total_cmp(b))
                .expect("features have at least one row");
            Nearest {
                index,
                distance: squared.sqrt(),
            }
        })
        .collect()
}
