//! Presets and settings: the table is whole, schedules end where they should, and bad values are
//! refused by name.

use webgan::preset::{Overrides, Preset, Schedule, presets};

#[test]
fn the_five_tutorials_are_there() {
    let ids: Vec<_> = presets().iter().map(|preset| preset.id).collect();
    assert_eq!(
        ids,
        ["mlp", "dense", "least-squares", "dcgan", "conv-critic"]
    );
}

#[test]
fn every_preset_explains_itself() {
    for preset in presets() {
        assert!(preset.article.len() > 60, "{}", preset.id);
        assert!(!preset.changes.is_empty(), "{}", preset.id);
        assert!(
            preset.config.generator.describe().len() > 2,
            "{}",
            preset.id
        );
        assert!(
            preset.config.discriminator.describe().len() > 2,
            "{}",
            preset.id
        );
    }
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
    let overrides =
        Overrides::from_json(r#"{"batchSize": 7, "learningRate": 0.5, "l1Weight": 3, "seed": 9}"#);
    let changed = config.clone().with(&overrides.unwrap()).unwrap();
    assert_eq!(changed.batch_size, 7);
    assert_eq!(changed.learning_rate, 0.5);
    assert_eq!(changed.l1_weight, Some(3.0));
    assert_eq!(changed.seed, 9);
    assert_eq!(config.clone().with(&Overrides::default()).unwrap(), config);
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
