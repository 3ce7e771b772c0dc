//! The preset for pairs.

use super::{GradientPenalty, Preset, Schedule, TrainConfig};
use crate::loss::Objective;
use crate::model::{
    DiscriminatorConfig, GeneratorConfig, PatchDiscriminatorConfig, UNetGeneratorConfig,
};
use crate::shape::SampleShape;

/// The preset for pairs: pictures that are made out of others, as pix2pix does it (Isola et al. 2017), small. The
/// U-Net, the discriminator of patches, the L1 term and the jitter are the paper's; what keeps the discriminator
/// smooth, the pairs of its losses and the average are those of `modern`. Its generator has no randomness of its own:
/// the paper's dropout changed little.
pub fn pix2pix() -> Preset {
    let (input, shape) = (SampleShape::square(32, 1), SampleShape::square(32, 3));
    Preset {
        id: "pix2pix",
        validation: false,
        config: TrainConfig {
            preset: None,
            l1_weight: Some(100.0),
            gradient_penalty: Some(GradientPenalty::MODERN),
            mirror: true,
            translation: Some(2),
            zoom: Some(0.25),
            learning_rate: 1e-3,
            discriminator_lr_ratio: 0.5,
            average_decay: Some(0.995),
            batch_size: 16,
            schedule: Schedule::Steps { count: 1500 },
            ..TrainConfig::new(
                GeneratorConfig::UNet(UNetGeneratorConfig {
                    channels: vec![16, 32, 64, 128, 128],
                    input,
                    shape,
                }),
                DiscriminatorConfig::Patch(PatchDiscriminatorConfig {
                    channels: vec![32, 64, 64],
                    input,
                    shape,
                }),
                Objective::Relativistic,
            )
        },
    }
}
