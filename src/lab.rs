//! Runs that are made to fail, each in its own way, and what mends a run that fails.
//!
//! Settings alone: what goes wrong in a run is seen by [`monitor`](crate::monitor). It
//! trains nothing.

use serde::Serialize;

use crate::loss::Objective;
use crate::monitor::Symptom;
use crate::preset::{Overrides, Preset, TrainConfig};

/// A run of the preset `points` that fails.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The name it is asked for by.
    pub id: &'static str,
    /// What the monitor names it.
    pub symptom: Symptom,
    /// The [`Toy`](crate::data::Toy) it trains on.
    pub toy: &'static str,
    /// What is changed in the preset.
    pub settings: Overrides,
}

/// Every failure, in the order in which they are shown.
pub fn failures() -> Vec<Failure> {
    let toy = "ring";
    vec![
        // The fakes gather on one or two of the eight real clusters.
        Failure {
            id: "collapse",
            symptom: Symptom::ModeCollapse,
            toy,
            settings: Overrides {
                objective: Some(Objective::NonSaturating),
                gradient_penalty_weight: Some(0.0),
                discriminator_steps: Some(5),
                learning_rate: Some(1e-2),
                ..Overrides::default()
            },
        },
        // Where the discriminator is sure the minimax loss is flat, and the generator stands still.
        Failure {
            id: "saturation",
            symptom: Symptom::VanishingGradient,
            toy,
            settings: Overrides {
                objective: Some(Objective::Minimax),
                gradient_penalty_weight: Some(0.0),
                discriminator_steps: Some(2),
                learning_rate: Some(2e-2),
                ..Overrides::default()
            },
        },
        // The discriminator learns 300 times faster and tells every pair apart.
        Failure {
            id: "strong-discriminator",
            symptom: Symptom::DiscriminatorWon,
            toy,
            settings: Overrides {
                objective: Some(Objective::NonSaturating),
                gradient_penalty_weight: Some(0.0),
                discriminator_lr_ratio: Some(300.0),
                learning_rate: Some(1e-5),
                ..Overrides::default()
            },
        },
        // Every step overshoots.
        Failure {
            id: "learning-rate",
            symptom: Symptom::Divergence,
            toy,
            settings: Overrides {
                learning_rate: Some(0.5),
                ..Overrides::default()
            },
        },
        // The L1 term outweighs the duel and pulls every fake into the middle.
        Failure {
            id: "l1",
            symptom: Symptom::ModeCollapse,
            toy,
            settings: Overrides {
                l1_weight: Some(20.0),
                ..Overrides::default()
            },
        },
    ]
}

/// What to change in a run that shows a symptom: settings in which it departs from its preset and
/// that bring the symptom about, as they are in the preset. Nothing where it departs in none of
/// them, or comes from no preset.
///
/// The run is to start over with them: what it has learned by then may be beyond mending.
pub fn cure(symptom: Symptom, config: &TrainConfig) -> Option<Overrides> {
    let own = Preset::of(config)?.config;
    // A heavy L1 term looks like several symptoms.
    let l1_weight = own.l1_weight.filter(|own| config.l1_weight > Some(*own));
    let settings = match symptom {
        Symptom::Memorisation => Overrides::default(),
        Symptom::Divergence => Overrides {
            learning_rate: Some(own.learning_rate),
            ..Overrides::default()
        },
        _ if l1_weight.is_some() => Overrides {
            l1_weight,
            ..Overrides::default()
        },
        Symptom::ModeCollapse | Symptom::VanishingGradient | Symptom::DiscriminatorWon => {
            Overrides {
                batch_size: None,
                seed: None,
                changes: None,
                ..Overrides::of(&own)
            }
        }
    };
    settings.beyond(config)
}
