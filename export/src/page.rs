//! A generator as one HTML file that needs nothing beside it: `page.html` with the layers and the weights in it.

use serde_json::{Value, json};

use crate::ExportError;
use crate::network::{Layer, Network};
use crate::quantized::{Packed, Quantized};

/// Bytes that a page may have.
pub const MAX_BYTES: usize = 1_000_000;
/// The largest whole number that a weight may become, from fine to coarse: the first with which the page is small
/// enough.
const LEVELS: [u8; 7] = [127, 90, 63, 45, 31, 22, 15];
const TEMPLATE: &str = include_str!("page.html");

/// The generator as an HTML file of at most [`MAX_BYTES`], which draws in any browser, also from disk. Weights are
/// rounded, the more the larger the network is.
///
/// - `blueprint`: as JSON
/// - `weights`: its safetensors
/// - `title`: of the page, plain text
/// - `class_names`: what the classes are called; their numbers, unless there are as many as the generator has
///
/// # Errors
///
/// See [`ExportError`].
pub fn page(
    blueprint: &str,
    weights: &[u8],
    title: &str,
    class_names: &[String],
) -> Result<String, ExportError> {
    let network = Network::read(blueprint, weights)?;
    if network.given().is_some() {
        return Err(ExportError::NeedsPicture);
    }
    if !network.shape.is_picture() {
        return Err(ExportError::NoPictures);
    }
    let mut pages = LEVELS
        .iter()
        .filter_map(|&levels| with(&network, levels, title, class_names));
    pages
        .next()
        .ok_or(ExportError::TooLarge { limit: MAX_BYTES })
}

/// The page with weights of so many levels, if it is small enough.
fn with(network: &Network, levels: u8, title: &str, class_names: &[String]) -> Option<String> {
    let mut numbers = Quantized::new(levels);
    let mut side = 0;
    let layers = network.layers.iter();
    let layers = layers.filter_map(|layer| told(layer, &mut side, &mut numbers));
    let layers: Vec<Value> = layers.collect();
    // Packing takes longer than counting.
    if numbers.least() > MAX_BYTES {
        return None;
    }
    let Packed { whole, bytes, text } = numbers.pack();
    let shape = network.shape;
    let numbered = || {
        (0..network.classes)
            .map(|label| label.to_string())
            .collect()
    };
    let class_names = match class_names.len() == network.classes {
        true => class_names.to_vec(),
        false => numbered(),
    };
    let head = json!({
        "latent": network.latent,
        "classes": class_names,
        "width": shape.width,
        "height": shape.height,
        "channels": shape.channels,
        "levels": levels,
        "whole": whole,
        "bytes": bytes,
        "layers": layers,
    });
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let page = TEMPLATE
        .replace("{{title}}", &title)
        // A name must not end the script that it stands in.
        .replace("{{network}}", &head.to_string().replace('<', "\\u003c"))
        .replace("{{weights}}", &text);
    (page.len() <= MAX_BYTES).then_some(page)
}

/// A layer as the page reads it, its numbers put with those before it; none where numbers stay as they lie.
///
/// - `side`: of the images that come to it, and then of those that it makes
fn told(layer: &Layer, side: &mut usize, numbers: &mut Quantized) -> Option<Value> {
    let given = *side;
    Some(match layer {
        Layer::Dense {
            input,
            output,
            weight,
            bias,
        } => {
            numbers.weights(weight, *output);
            numbers.floats(bias);
            json!({ "kind": "dense", "input": input, "output": output })
        }
        Layer::Conv {
            input,
            output,
            kernel,
            stride,
            padding,
            weight,
            bias,
        } => {
            numbers.weights(weight, *output);
            numbers.floats(bias);
            *side = (given + padding[0] + padding[1] - kernel) / stride + 1;
            json!({ "kind": "conv", "input": input, "output": output, "kernel": kernel,
                    "stride": stride, "padding": padding, "side": given })
        }
        Layer::Double {
            input,
            output,
            weight,
        } => {
            numbers.weights(weight, *input);
            *side = 2 * given;
            json!({ "kind": "double", "input": input, "output": output, "side": given })
        }
        Layer::Affine { scale, shift } => {
            numbers.floats(scale);
            numbers.floats(shift);
            json!({ "kind": "affine", "count": scale.len() })
        }
        Layer::Relu { slope } => json!({ "kind": "relu", "slope": slope }),
        Layer::Tanh => json!({ "kind": "tanh" }),
        Layer::Image { side: made, .. } => {
            *side = *made;
            return None;
        }
        Layer::Upsample => {
            *side = 2 * given;
            json!({ "kind": "upsample", "side": given })
        }
        Layer::Scale { factor } => json!({ "kind": "scale", "factor": factor }),
        // Of generators that are given a picture.
        Layer::Crop { .. } | Layer::Skip | Layer::Flatten => return None,
    })
}
