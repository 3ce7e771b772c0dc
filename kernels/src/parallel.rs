//! Work in pieces, on all threads that there are. What a piece is never depends on how many those
//! are, so neither does any number.

#[cfg(feature = "threads")]
use rayon::prelude::*;

/// Fills an array piece by piece; the last may be shorter. `act` is told which piece it is and given
/// its thread's memory.
pub(super) fn fill<M>(
    numbers: &mut [f32],
    length: usize,
    memory: impl Fn() -> M + Send + Sync,
    act: impl Fn(&mut M, usize, &mut [f32]) + Send + Sync,
) {
    #[cfg(feature = "threads")]
    numbers
        .par_chunks_mut(length)
        .enumerate()
        .for_each_init(memory, |memory, (index, piece)| act(memory, index, piece));
    #[cfg(not(feature = "threads"))]
    {
        let mut memory = memory();
        for (index, piece) in numbers.chunks_mut(length).enumerate() {
            act(&mut memory, index, piece);
        }
    }
}

/// What each of so many pieces of work gives, in their order.
pub(super) fn map<T: Send>(count: usize, act: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
    #[cfg(feature = "threads")]
    return (0..count).into_par_iter().map(act).collect();
    #[cfg(not(feature = "threads"))]
    (0..count).map(act).collect()
}
