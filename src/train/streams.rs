//! One seed, many streams: what a run draws for one purpose has nothing to do with what it draws for
//! another.

/// What is drawn.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Generator,
    Discriminator,
    Order,
    Noise,
    FixedLatents,
    Validation,
    InstanceNoise,
    Smoothness,
    Translation,
    Classifier,
}

impl Stream {
    /// The seed of this stream in a run of that seed.
    pub(super) fn seed(self, run: u32) -> u64 {
        u64::from(run) << 8 | self as u64
    }
}
