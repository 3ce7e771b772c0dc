//! Presets and settings: the table is whole, schedules end where they should, and bad values are
//! refused by name.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use webgan::checkpoint::Blueprint;
use webgan::device;
use webgan::loss::Objective;
use webgan::model::{DiscriminatorConfig, MlpConfig};
use webgan::preset::{
    Change, GradientPenalty, LiveSetting, MAX_CHANGES, Optimizer, Overrides, Preset, Schedule,
    TrainConfig, pix2pix, points, presets,
};

#[test]
fn the_five_tutorials_are_there_behind_the_modern_gan() {
    let ids: Vec<_> = presets().iter().map(|preset| preset.id).collect();
    assert_eq!(
        ids,
        [
            "modern",
            "mlp",
            "dense",
            "least-squares",
            "dcgan",
            "conv-critic",
            "hinge-sn",
            "wgan-clip"
        ]
    );
}

#[test]
fn every_preset_tells_its_layers() {
    for preset in presets() {
        assert!(
            preset.config.generator.structure().layers.len() > 2,
            "{}",
            preset.id
        );
        assert!(
            preset.config.discriminator.structure().layers.len() > 2,
            "{}",
            preset.id
        );
    }
}

#[test]
fn a_steps_multiplications_are_those_that_were_counted_on_paper() {
    let millions = |id: &str| {
        let config = Preset::by_id(id).unwrap().config;
        (config.multiplications() as f64 / 1e5).round() / 10.0
    };
    // DESIGN.md counts these two, product by product.
    assert_eq!(millions("mlp"), 259.9);
    assert_eq!(millions("dcgan").round(), 1592.0);
    // Its critic's wide layer alone: 12,544 by 1,024 weights, for 100 real and 100 fake images, three products each,
    // and for 100 fakes two.
    assert!(millions("conv-critic") > 12.8 * (600.0 + 200.0));
    // Five steps of the critic for one.
    assert!(millions("wgan-clip") > 2.0 * millions("hinge-sn"));
}

#[test]
fn an_unknown_preset_is_answered_with_the_known_ones() {
    let error = Preset::by_id("gan9000").unwrap_err();
    assert_eq!(error.code(), "config.preset");
    assert!(error.to_string().contains("gan9000") && error.to_string().contains("conv-critic"));
}

#[test]
fn settings_replace_defaults() {
    let config = Preset::by_id("least-squares").unwrap().config;
    let overrides = Overrides::from_json(
        r#"{"generator": "z9-8n-leaky0.5", "discriminator": "7-6-relu", "batchSize": 7, "learningRate": 0.5, "l1Weight": 3, "seed": 9, "objective": "hinge",
                "penalty": 2, "discriminatorSteps": 3, "discriminatorRate": 4}"#,
    );
    let changed = config.clone().with(&overrides.unwrap()).unwrap();
    assert_eq!(changed.batch_size, 7);
    assert_eq!(changed.learning_rate, 0.5);
    assert_eq!(changed.l1_weight, Some(3.0));
    assert_eq!(changed.seed, 9);
    assert_eq!(changed.objective, Objective::Hinge);
    let gradient_penalty = GradientPenalty {
        weight: 2.0,
        deviation: 0.1,
        fakes: true,
    };
    assert_eq!(changed.gradient_penalty, Some(gradient_penalty));
    assert_eq!(changed.discriminator_steps, 3);
    assert_eq!(changed.discriminator_lr_ratio, 4.0);
    assert_eq!(config.clone().with(&Overrides::default()).unwrap(), config);
}

#[test]
fn every_setting_of_the_table_is_overridden_read_back_and_named() {
    let config = Preset::by_id("least-squares").unwrap().config;
    let settings = json!({
        "objective": "hinge", "penalty": 2.0, "discriminatorSteps": 3, "discriminatorRate": 4.0,
        "generator": "z9-8n-leaky0.5", "discriminator": "7-6-relu", "batchSize": 7, "learningRate": 0.5, "l1Weight": 3.0, "seed": 9,
        "changes": [{ "step": 2, "setting": "l1-weight", "value": 4.0 }],
    });
    let names: BTreeSet<_> = settings.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), Overrides::NAMES.len());
    assert!(
        names
            .iter()
            .all(|name| Overrides::NAMES.contains(&name.as_str()))
    );
    for (name, value) in settings.as_object().unwrap() {
        let one = Overrides::from_json(&json!({ name: value }).to_string()).unwrap();
        let changed = config.clone().with(&one).unwrap();
        assert!(changed != config, "{name}");
        let back = serde_json::to_value(Overrides::of(&changed)).unwrap();
        assert_eq!(&back[name], value, "{name}");
        let mut others = serde_json::to_value(Overrides::of(&config)).unwrap();
        others[name] = value.clone();
        assert_eq!(back, others, "{name} alone");
    }
}

#[test]
fn bad_settings_are_refused_by_name() {
    let cases = [
        ("mlp", r#"{"batchSize": 0}"#, "config.batch_size"),
        ("mlp", r#"{"batchSize": 1025}"#, "config.batch_size"),
        ("mlp", r#"{"learningRate": 0}"#, "config.learning_rate"),
        ("mlp", r#"{"learningRate": -1}"#, "config.learning_rate"),
        ("mlp", r#"{"learningRate": 1.5}"#, "config.learning_rate"),
        ("mlp", r#"{"l1Weight": 1}"#, "config.l1_weight"),
        ("least-squares", r#"{"l1Weight": -1}"#, "config.l1_weight"),
        ("least-squares", r#"{"l1Weight": 1e9}"#, "config.l1_weight"),
        ("mlp", r#"{"penalty": -1}"#, "config.range"),
        ("mlp", r#"{"penalty": 10001}"#, "config.range"),
        ("mlp", r#"{"discriminatorSteps": 0}"#, "config.range"),
        ("mlp", r#"{"discriminatorSteps": 17}"#, "config.range"),
        ("mlp", r#"{"discriminatorRate": 0}"#, "config.range"),
        ("mlp", r#"{"discriminatorRate": 10001}"#, "config.range"),
    ];
    for (id, json, code) in cases {
        let overrides = Overrides::from_json(json).unwrap();
        let error = Preset::by_id(id)
            .unwrap()
            .config
            .with(&overrides)
            .unwrap_err();
        assert_eq!(error.code(), code, "{json}");
    }
    for json in [
        "",
        "[]",
        r#"{"batchsize": 3}"#,
        r#"{"seed": -1}"#,
        r#"{"objective": "best"}"#,
        r#"{"seed": 4294967296}"#,
    ] {
        let error = Overrides::from_json(json).unwrap_err();
        assert_eq!(error.code(), "config.json", "{json}");
    }
    let not_a_number = Overrides {
        learning_rate: Some(f64::NAN),
        ..Overrides::default()
    };
    let config = Preset::by_id("mlp").unwrap().config;
    assert_eq!(
        config.with(&not_a_number).unwrap_err().code(),
        "config.learning_rate"
    );
}

#[test]
fn a_penalty_keeps_its_presets_reach_and_none_takes_it_away() {
    let penalty = |weight| Overrides {
        gradient_penalty_weight: Some(weight),
        ..Overrides::default()
    };
    let own = points().config;
    let changed = own.clone().with(&penalty(7.0)).unwrap();
    let expected = own
        .gradient_penalty
        .map(|own| GradientPenalty { weight: 7.0, ..own });
    assert_eq!(changed.gradient_penalty, expected);
    assert_eq!(changed.with(&penalty(0.0)).unwrap().gradient_penalty, None);
}

/// The learning rate from a step on.
fn rate(step: usize, value: f64) -> Change {
    Change {
        step,
        setting: LiveSetting::LearningRate,
        value,
    }
}

#[test]
fn changes_out_of_order_out_of_range_and_beyond_their_number_are_refused() {
    let code = |changes: Vec<Change>| {
        let overrides = Overrides {
            changes: Some(changes),
            ..Overrides::default()
        };
        let config = Preset::by_id("mlp").unwrap().config;
        config.with(&overrides).map_err(|error| error.code())
    };
    assert!(code((1..=MAX_CHANGES).map(|step| rate(step, 0.5)).collect()).is_ok());
    let too_many = (1..=MAX_CHANGES + 1).map(|step| rate(step, 0.5)).collect();
    let l1 = Change {
        setting: LiveSetting::L1Weight,
        ..rate(3, 1.0)
    };
    for (changes, expected) in [
        (too_many, "config.changes"),
        (vec![rate(0, 0.5)], "config.changes"),
        (vec![rate(9, 0.5), rate(8, 0.5)], "config.changes"),
        (vec![rate(9, 1.5)], "config.learning_rate"),
        (vec![rate(9, f64::NAN)], "config.learning_rate"),
        (vec![l1], "config.l1_weight"),
    ] {
        assert_eq!(code(changes).unwrap_err(), expected);
    }
}

#[test]
fn a_change_acts_from_its_step_on() {
    let config = TrainConfig {
        changes: vec![rate(5, 0.1), rate(9, 0.2)],
        ..Preset::by_id("mlp").unwrap().config
    };
    let own = config.learning_rate;
    let rates = [0, 4, 5, 8, 9, 1000].map(|step| config.at(step).learning_rate);
    assert_eq!(rates, [own, own, 0.1, 0.1, 0.2, 0.2]);
}

#[test]
fn a_changed_config_is_still_known_as_its_presets() {
    let everything = Overrides {
        objective: Some(Objective::LeastSquares),
        gradient_penalty_weight: Some(3.0),
        discriminator_steps: Some(2),
        discriminator_lr_ratio: Some(0.5),
        batch_size: Some(16),
        learning_rate: Some(0.01),
        l1_weight: None,
        seed: Some(77),
        generator: None,
        discriminator: None,
        changes: Some(vec![rate(67, 0.001)]),
    };
    for preset in presets().into_iter().chain([points(), pix2pix()]) {
        let own = Overrides::of(&preset.config);
        let networks = Overrides {
            generator: own.generator.map(|text| text.replacen("-", "-1", 1)),
            discriminator: own.discriminator.map(|text| format!("1{text}")),
            ..everything.clone()
        };
        for overrides in [&Overrides::default(), &everything, &networks] {
            let config = preset.config.clone().with(overrides).unwrap();
            let found = Preset::of(&config).map(|preset| preset.id);
            assert_eq!(found, Some(preset.id));
        }
    }
}

#[test]
fn sizes_are_read_as_they_are_written_whatever_the_network() {
    let of = |id: &str| Overrides::of(&Preset::by_id(id).unwrap().config);
    let dense = Some("z100-256-512n-leaky0.2".into());
    assert_eq!(of("mlp").generator, dense);
    assert_eq!(of("conv-critic").discriminator, Some("64-1024".into()));
    assert_eq!(of("hinge-sn").discriminator, Some("32-64-128-sn".into()));
    for preset in presets().into_iter().chain([points(), pix2pix()]) {
        let own = Overrides::of(&preset.config);
        assert_eq!(preset.config.clone().with(&own).unwrap(), preset.config);
    }
}

#[test]
fn sizes_that_cannot_be_are_refused_with_what_could_stand_there() {
    let read = |id: &str, name: &str, text: &str| {
        let overrides = Overrides::from_json(&json!({ name: text }).to_string()).unwrap();
        let refused = Preset::by_id(id).unwrap().config.with(&overrides);
        refused.map_err(|error| (error.code(), error.to_string()))
    };
    let good = [
        ("mlp", "generator", "z1-relu"),
        ("mlp", "generator", "z8-1n-2-3-4-5-6-7-8n-leaky0"),
        ("mlp", "discriminator", "16-leaky1"),
        ("modern", "discriminator", "8-8-8-sn-md"),
        ("dcgan", "generator", "z2-3-4-5-6"),
    ];
    for (id, name, text) in good {
        let config = read(id, name, text).unwrap();
        assert_eq!(
            serde_json::to_value(Overrides::of(&config)).unwrap()[name],
            text
        );
        assert_eq!(Preset::of(&config).map(|preset| preset.id), Some(id));
        let json = serde_json::to_string(&config).unwrap();
        assert_eq!(serde_json::from_str::<TrainConfig>(&json).unwrap(), config);
    }
    let bad = [
        ("mlp", "generator", "", "config.plan"),
        ("mlp", "generator", "z100-256-512n", "config.plan"),
        ("mlp", "generator", "256-leaky0.2", "config.plan"),
        ("mlp", "generator", "z100-z50-256-relu", "config.plan"),
        (
            "mlp",
            "generator",
            "z100-1-2-3-4-5-6-7-8-9-relu",
            "config.plan",
        ),
        ("mlp", "generator", "z100-relu-256", "config.plan"),
        ("mlp", "generator", "z100-+256-relu", "config.plan"),
        ("mlp", "generator", "z100-256-leaky1.5", "config.plan"),
        ("mlp", "generator", "z100-256-leakyNaN", "config.plan"),
        ("mlp", "discriminator", "z100-256-relu", "config.plan"),
        ("mlp", "discriminator", "256-relu-sn", "config.plan"),
        ("modern", "generator", "z64-64-32", "config.plan"),
        ("modern", "generator", "z64-64-32-16n", "config.plan"),
        ("modern", "discriminator", "8-8-8-sn-sn", "config.plan"),
        ("mlp", "generator", "z0-256-relu", "config.range"),
        ("mlp", "generator", "z100-0-relu", "config.weights"),
        ("mlp", "generator", "z100-99999999-relu", "config.weights"),
        (
            "mlp",
            "generator",
            "z100-99999999999999999999-relu",
            "config.plan",
        ),
        (
            "modern",
            "generator",
            "z18446744073709551615-1-1-1",
            "config.weights",
        ),
    ];
    for (id, name, text, code) in bad {
        let (found, message) = read(id, name, text).unwrap_err();
        assert_eq!(found, code, "{id} {name} {text}: {message}");
    }
    let (_, message) = read("modern", "generator", "z64-64-x-16").unwrap_err();
    assert_eq!(
        message,
        "a network's sizes have “x”, expected z and the latent size, then 3 or 4 widths, with - between"
    );
}

/// What the config's own check says of it after a change.
fn check(id: &str, change: impl Fn(&mut TrainConfig)) -> Result<TrainConfig, webgan::Error> {
    let mut config = Preset::by_id(id).unwrap().config;
    change(&mut config);
    config.with(&Overrides::default())
}

#[test]
fn numbers_out_of_range_are_refused_by_name() {
    type Set = fn(&mut TrainConfig, f64);
    type Numbers<'a> = (&'a [f64], &'a [f64]);
    // What its error calls a setting, how it is set, good numbers and bad ones.
    let share = (&[0.0, 0.5][..], &[-0.1, 1.0, f64::NAN][..]);
    let positive = (&[1e-3, 7.0][..], &[0.0, -1.0, f64::INFINITY, f64::NAN][..]);
    let settings: [(&str, Set, Numbers); 14] = [
        (
            "β₁",
            |config, x| config.optimizer = Optimizer::adam(x),
            share,
        ),
        (
            "β₂",
            |config, x| {
                config.optimizer = Optimizer::Adam {
                    beta_1: 0.5,
                    beta_2: x,
                };
            },
            share,
        ),
        (
            "RMSProp's decay",
            |config, x| config.optimizer = Optimizer::RmsProp { decay: x },
            share,
        ),
        (
            "label smoothing",
            |config, x| config.label_smoothing = Some(x),
            share,
        ),
        (
            "the average's decay",
            |config, x| config.average_decay = Some(x),
            share,
        ),
        (
            "instance noise's standard deviation",
            |config, x| config.instance_noise = Some(x),
            positive,
        ),
        (
            "smoothness's weight",
            |config, x| {
                config.gradient_penalty = Some(GradientPenalty {
                    weight: x,
                    deviation: 1.0,
                    fakes: true,
                });
            },
            positive,
        ),
        (
            "smoothness's standard deviation",
            |config, x| {
                config.gradient_penalty = Some(GradientPenalty {
                    weight: 1.0,
                    deviation: x,
                    fakes: true,
                });
            },
            positive,
        ),
        (
            "weight clipping's bound",
            |config, x| config.weight_clip = Some(x),
            positive,
        ),
        (
            "gradient clipping's bound",
            |config, x| config.gradient_clip = Some(x),
            positive,
        ),
        (
            "the discriminator's rate",
            |config, x| config.discriminator_lr_ratio = x,
            positive,
        ),
        (
            "the discriminator's steps",
            |config, x| config.discriminator_steps = x as usize,
            (&[1.0, 16.0], &[0.0, 17.0]),
        ),
        (
            "the translation",
            |config, x| config.translation = Some(x as usize),
            (&[1.0, 27.0], &[0.0, 28.0]),
        ),
        (
            "the zoom",
            |config, x| config.zoom = Some(x),
            (&[0.01, 0.99], &[0.0, 1.0, f64::NAN]),
        ),
    ];
    for (name, set, (good, bad)) in settings {
        for &number in good {
            let checked = check("mlp", |config| set(config, number));
            assert!(checked.is_ok(), "{name} {number}: {checked:?}");
        }
        for &number in bad {
            let error = check("mlp", |config| set(config, number)).unwrap_err();
            assert_eq!(error.code(), "config.range", "{name} {number}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("{name} is {number}")), "{text}");
        }
    }
}

#[test]
fn settings_that_do_not_go_together_are_refused() {
    let code = |id, change: fn(&mut TrainConfig)| check(id, change).unwrap_err().code();
    for objective in [
        Objective::LeastSquares,
        Objective::Hinge,
        Objective::Wasserstein,
        Objective::Relativistic,
    ] {
        let smooth = check("mlp", |config| {
            config.objective = objective;
            config.label_smoothing = Some(0.1);
        });
        assert_eq!(smooth.unwrap_err().code(), "config.range", "{objective:?}");
    }
    let compare_four = |config: &mut TrainConfig| {
        let DiscriminatorConfig::Projection(network) = &mut config.discriminator else {
            unreachable!()
        };
        network.minibatch_deviation = true;
    };
    assert!(check("modern", compare_four).is_ok());
    let uneven = check("modern", |config| {
        compare_four(config);
        config.batch_size = 62;
    });
    assert_eq!(uneven.unwrap_err().code(), "config.batch_size");
    let no_images = code("mlp", |config| {
        let DiscriminatorConfig::Mlp(network) = &mut config.discriminator else {
            unreachable!()
        };
        *network = MlpConfig {
            input: 2,
            ..network.clone()
        };
        config.translation = Some(1);
    });
    assert_eq!(no_images, "config.features");
}

#[test]
fn schedules_count_epochs_and_end() {
    // 10 samples in batches of 3: an epoch ends within every third or fourth batch.
    let progress = |schedule: Schedule, step| schedule.progress(step, 3, 10);

    let epochs = Schedule::Epochs { count: 2 };
    let at = progress(epochs, 0);
    assert_eq!((at.step_count, at.epoch_count), (7, 2));
    assert_eq!((at.epoch, at.epoch_progress), (0, 0.0));
    assert_eq!(progress(epochs, 3).epoch, 0);
    let at = progress(epochs, 4);
    assert_eq!(at.epoch, 1);
    assert!((at.epoch_progress - 0.2).abs() < 1e-12);
    assert_eq!(progress(epochs, 7).epoch, 2, "over");

    let fixed = Schedule::EpochsOfSteps { count: 5, steps: 4 };
    let at = progress(fixed, 9);
    assert_eq!((at.step_count, at.epoch_count, at.epoch), (20, 5, 2));
    assert_eq!(at.epoch_progress, 0.25);

    let steps = Schedule::Steps { count: 12 };
    let at = progress(steps, 12);
    assert_eq!((at.step_count, at.epoch_count, at.epoch), (12, 4, 3));
}

#[test]
fn the_code_tests_of_the_page_hold_the_networks_that_presets_have() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unit/recipes.json");
    let heads: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for Preset { id, config, .. } in presets().into_iter().chain([points(), pix2pix()]) {
        let device = device::cpu();
        let generator = Blueprint::new(&config.generator.structure(), config.generator.shape())
            .placed("generator", &config.generator.init(0, &device));
        let critic = &config.discriminator;
        let discriminator = Blueprint::new(&critic.structure(), critic.shape())
            .placed("discriminator", &critic.init(0, &device));
        for (name, blueprint) in [("generator", generator), ("discriminator", discriminator)] {
            let mut network = serde_json::to_value(&blueprint).unwrap();
            network.as_object_mut().unwrap().remove("shape");
            for layer in network["layers"].as_array_mut().unwrap() {
                for counted in ["shape", "parameters", "multiplications"] {
                    layer.as_object_mut().unwrap().remove(counted);
                }
                // The first tensor of each place is one that the preset's checkpoint has.
                if let Some(module) = layer["place"]["module"].as_str() {
                    let first = if layer["kind"] == "batch-norm" {
                        "gamma"
                    } else {
                        "weight"
                    };
                    let tensor = format!("{module}.{first}");
                    assert!(!heads[id][name][&tensor].is_null(), "{id}: {tensor}");
                }
            }
            assert_eq!(heads[id]["networks"][name], network, "{id}: {network}");
        }
    }
}
