//! What is trained: a preset, and `--set` for any field of its config. The defaults and what is sound
//! are the library's.

use clap::builder::{PossibleValue, PossibleValuesParser};
use serde_json::{Value, json};
use webgan::data::ImageSet;
use webgan::model::{DiscriminatorConfig, GeneratorConfig};
use webgan::preset::{Overrides, Preset, Schedule, TrainConfig, pix2pix, presets};
use webgan::shape::SampleShape;

use crate::Outcome;
use crate::files::Result;
use crate::output::print;
use crate::pairs::CURE;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Lists what `train --set` can change in this one, each with its value.
    #[arg(long, value_name = "PRESET", value_parser = ids())]
    show: Option<String>,
}

/// `webgan presets`.
pub(crate) fn list(arguments: Arguments) -> Outcome {
    match arguments.show {
        Some(id) => {
            let config = serde_json::to_value(Preset::by_id(&id)?.config)?;
            print(&fields("", &config).join("\n"))
        }
        None => {
            let line = |preset: &Preset| format!("{:<14} {}", preset.id, about(&preset.config));
            let lines: Vec<_> = all().map(|preset| line(&preset)).collect();
            print(&lines.join("\n"))
        }
    }
}

/// Those for pictures.
fn all() -> impl Iterator<Item = Preset> {
    presets().into_iter().chain([pix2pix()])
}

/// The presets' names, each with a line about it.
pub(crate) fn ids() -> PossibleValuesParser {
    PossibleValuesParser::new(
        all().map(|preset| PossibleValue::new(preset.id).help(about(&preset.config))),
    )
}

/// A config in a line.
fn about(config: &TrainConfig) -> String {
    let generator = match &config.generator {
        GeneratorConfig::Mlp(_) => "dense",
        GeneratorConfig::Dcgan(_) => "transposed convolutions",
        GeneratorConfig::Upsample(_) => "upsampling",
        GeneratorConfig::UNet(_) => "a U-Net from picture to picture",
    };
    let discriminator = match &config.discriminator {
        DiscriminatorConfig::Mlp(_) => "dense",
        DiscriminatorConfig::Dcgan(_)
        | DiscriminatorConfig::ConvCritic(_)
        | DiscriminatorConfig::Projection(_) => "convolutions",
        DiscriminatorConfig::Patch(_) => "patches of pairs",
    };
    let objective = serde_json::to_value(config.objective).expect("a name");
    let objective = objective.as_str().expect("a name");
    let classes = match config.generator.classes() {
        0 => String::new(),
        classes => format!(", draws {classes} classes on demand"),
    };
    let length = match config.schedule {
        Schedule::Epochs { count } => format!("{count} epochs"),
        Schedule::EpochsOfSteps { count, steps } => format!("{} steps", count * steps),
        Schedule::Steps { count } => format!("{count} steps"),
    };
    let batch_size = config.batch_size;
    format!(
        "{generator} against {discriminator}, {objective}{classes}; {length} of {batch_size} images"
    )
}

/// What helps where a preset does not fit the data, which are of a shape.
pub(crate) fn with_cure(error: &webgan::Error, shape: SampleShape) -> String {
    match error.code() {
        "config.features" if shape != SampleShape::DIGIT => format!(
            "{error}. Pictures come as 28×28 greys by --side 28 --channels 1; --preset modern takes others"
        ),
        "config.inputs" => format!("{error}: {CURE}"),
        "config.batch_size" => format!("{error}. The batch is a setting: --set batch_size=NUMBER"),
        _ => error.to_string(),
    }
}

/// Every field as `--set` takes it.
fn fields(path: &str, value: &Value) -> Vec<String> {
    let below = |key: &str, value| match path {
        "" => fields(key, value),
        path => fields(&format!("{path}.{key}"), value),
    };
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| below(key, value))
            .collect(),
        Value::Array(items) if !items.is_empty() => (0..items.len())
            .flat_map(|index| below(&index.to_string(), &items[index]))
            .collect(),
        Value::String(word) => vec![format!("{path}={word}")],
        other => vec![format!("{path}={other}")],
    }
}

/// The preset's config with settings changed: fields by their paths, and what the page knows by its name
/// for it.
pub(crate) fn config(preset: &str, settings: &[String], images: &ImageSet) -> Result<TrainConfig> {
    let preset = Preset::by_id(preset)?;
    let (shape, classes) = (images.shape(), images.class_labels().len());
    let fitted = preset.config.fitted(shape, classes);
    let fitted = match images.inputs() {
        Some(inputs) => fitted.fitted_to_pairs(inputs.shape()),
        None => fitted,
    };
    let mut config = fitted.clone();
    let mut json = serde_json::to_value(&config)?;
    let by_name = |setting: &&String| {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        // A network is a field, as an object, and has its sizes in one text.
        let is_field = |now: &Value| !now.is_object() || value.starts_with('{');
        !json.get(name).is_some_and(is_field) && Overrides::NAMES.contains(&name)
    };
    let (names, paths): (Vec<_>, Vec<_>) = settings.iter().partition(by_name);
    // A setting may need the next one: its error counts only if that is not so.
    let mut fault: Option<String> = None;
    for setting in paths {
        change(&mut json, setting).map_err(|reason| {
            let id = preset.id;
            format!("--set {setting}: {reason}; `webgan presets --show {id}` lists what there is")
        })?;
        match serde_json::from_value(json.clone()) {
            Ok(changed) => {
                config = changed;
                fault = None;
            }
            Err(error) => {
                fault.get_or_insert_with(|| format!("--set {setting}: {}", in_words(&error)));
            }
        }
    }
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    if config.generator != fitted.generator || config.discriminator != fitted.discriminator {
        config.preset = Some(preset.id.into());
    }
    for setting in names {
        let (name, value) = parts(setting)?;
        let changed = Overrides::from_json(&json!({ name: value }).to_string());
        config = changed
            .and_then(|changed| config.with_for(&changed, shape, classes))
            .map_err(|error| format!("--set {setting}: {error}"))?;
    }
    Ok(config)
}

/// Where a value goes, and the value: JSON, or a bare word.
fn parts(setting: &str) -> std::result::Result<(&str, Value), String> {
    let (place, value) = setting
        .split_once('=')
        .ok_or("expected PATH=VALUE, such as learning_rate=0.001")?;
    let word = || Value::String(value.into());
    Ok((
        place,
        serde_json::from_str(value).unwrap_or_else(|_| word()),
    ))
}

/// What a value should have been, without the names of types.
fn in_words(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let Some((found, expected)) = words.rsplit_once("expected ") else {
        return words;
    };
    match expected {
        "u32" => format!("{found}expected a whole number, 0 to {}", u32::MAX),
        "usize" => format!("{found}expected a whole number, 0 to {}", usize::MAX),
        "f32" | "f64" => format!("{found}expected a number"),
        _ => words,
    }
}

/// Puts a value in its place.
fn change(json: &mut Value, setting: &str) -> std::result::Result<(), String> {
    let (path, value) = parts(setting)?;
    let mut field = json;
    let mut walked = String::new();
    for key in path.split('.') {
        let found = match field {
            Value::Object(map) => map.get_mut(key),
            Value::Array(items) => key
                .parse()
                .ok()
                .and_then(|index: usize| items.get_mut(index)),
            Value::Null => {
                return Err(format!("{walked} is null, and takes a whole value as JSON"));
            }
            _ => None,
        };
        field = found.ok_or_else(|| match walked.as_str() {
            "" => format!("the config has no \"{key}\""),
            walked => format!("{walked} has no \"{key}\""),
        })?;
        if !walked.is_empty() {
            walked.push('.');
        }
        walked.push_str(key);
    }
    *field = value;
    Ok(())
}
