//! A generator as an ONNX model: one graph, weights inside, batches of any size.

use prost::Message;

use crate::ExportError;
use crate::network::{Layer, Network};
use schema::tensor_proto::DataType;
use schema::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto,
    TensorProto, TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto::AttributeType,
    tensor_shape_proto, type_proto,
};

/// Generated from `onnx.proto`, the format's own; `tests/schema.rs` does it again.
#[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
mod schema {
    include!("schema.rs");
}

/// The operators' version, and that of the file with it.
const OPSET: i64 = 17;
const IR_VERSION: i64 = 8;

/// What it is given.
const LATENTS: &str = "standard normal";
const PICTURES: &str = "pictures in [-1, 1]";

/// The generator as the bytes of an ONNX model: `latents` `[batch, latent]`, drawn from a standard normal
/// distribution, and `classes` `[batch, classes]`, one-hot, where it takes them, to `samples`, which are `[batch,
/// channels, height, width]` in [-1, 1] if they are pictures, else `[batch, numbers]`. One that makes pictures out of
/// others takes `inputs`, such pictures, in place of latents.
///
/// - `blueprint`: as JSON
/// - `weights`: its safetensors
///
/// # Errors
///
/// See [`ExportError`].
pub fn onnx(blueprint: &str, weights: &[u8]) -> Result<Vec<u8>, ExportError> {
    let network = Network::read(blueprint, weights)?;
    Ok(model(&network).encode_to_vec())
}

fn model(network: &Network) -> ModelProto {
    let mut graph = Graph::default();
    let (given, sizes, about) = match network.given() {
        Some([channels, side]) => ("inputs", vec![channels, side, side], PICTURES),
        None => ("latents", vec![network.latent], LATENTS),
    };
    let mut inputs = vec![value(given, &sizes)];
    let mut last = given.to_string();
    if network.classes > 0 {
        inputs.push(value("classes", &[network.classes]));
        let both = [last, "classes".into()];
        last = graph.node("Concat", &both, vec![integer("axis", 1)]);
    }
    for layer in &network.layers {
        last = graph.layer(layer, last);
    }
    let shape = network.shape;
    let sizes = match shape.is_picture() {
        true => vec![shape.channels, shape.height, shape.width],
        false => vec![network.output],
    };
    let sides = graph.integers("sizes", &with_batch(&sizes));
    graph.name(
        "Reshape",
        &[last, sides],
        vec![integer("allowzero", 0)],
        "samples",
    );
    ModelProto {
        ir_version: Some(IR_VERSION),
        producer_name: Some("webgan".into()),
        producer_version: Some(env!("CARGO_PKG_VERSION").into()),
        doc_string: Some(format!("A GAN's generator. Its {given}: {about}.")),
        opset_import: vec![OperatorSetIdProto {
            domain: Some(String::new()),
            version: Some(OPSET),
        }],
        metadata_props: vec![StringStringEntryProto {
            key: Some(given.into()),
            value: Some(about.into()),
        }],
        graph: Some(GraphProto {
            name: Some("generator".into()),
            node: graph.nodes,
            initializer: graph.tensors,
            input: inputs,
            output: vec![value("samples", &sizes)],
            ..GraphProto::default()
        }),
        ..ModelProto::default()
    }
}

/// A batch first: in a shape to reshape to, 0 is what is there.
fn with_batch(sizes: &[usize]) -> Vec<i64> {
    let sizes = sizes.iter().map(|&size| size as i64);
    std::iter::once(0).chain(sizes).collect()
}

#[derive(Default)]
struct Graph {
    nodes: Vec<NodeProto>,
    tensors: Vec<TensorProto>,
    /// What came to each convolution of stride 2, for the way up.
    passed: Vec<String>,
}

impl Graph {
    /// Adds what a layer makes of a value, and gives that one's name.
    fn layer(&mut self, layer: &Layer, x: String) -> String {
        match layer {
            Layer::Dense {
                input,
                output,
                weight,
                bias,
            } => {
                let weight = self.floats("weight", &[*output, *input], weight);
                let bias = self.floats("bias", &[*output], bias);
                self.node("Gemm", &[x, weight, bias], vec![integer("transB", 1)])
            }
            Layer::Conv {
                input,
                output,
                kernel,
                stride,
                padding: [before, after],
                weight,
                bias,
            } => {
                let sizes = [*output, *input, *kernel, *kernel];
                let weight = self.floats("weight", &sizes, weight);
                let bias = self.floats("bias", &[*output], bias);
                let how = vec![
                    integers("kernel_shape", &[*kernel; 2]),
                    integers("strides", &[*stride; 2]),
                    integers("pads", &[*before, *before, *after, *after]),
                ];
                if *stride == 2 {
                    self.passed.push(x.clone());
                }
                self.node("Conv", &[x, weight, bias], how)
            }
            Layer::Double {
                input,
                output,
                weight,
            } => {
                let weight = self.floats("weight", &[*input, *output, 4, 4], weight);
                let how = vec![
                    integers("kernel_shape", &[4, 4]),
                    integers("strides", &[2, 2]),
                    integers("pads", &[1, 1, 1, 1]),
                ];
                self.node("ConvTranspose", &[x, weight], how)
            }
            Layer::Affine { scale, shift } => {
                let size = [scale.len()];
                let (zeros, ones) = (vec![0.0; scale.len()], vec![1.0; scale.len()]);
                let scale = self.floats("scale", &size, scale);
                let shift = self.floats("shift", &size, shift);
                let mean = self.floats("mean", &size, &zeros);
                let variance = self.floats("variance", &size, &ones);
                // The statistics are in scale and shift.
                let how = vec![float("epsilon", 0.0)];
                self.node(
                    "BatchNormalization",
                    &[x, scale, shift, mean, variance],
                    how,
                )
            }
            Layer::Relu { slope } if *slope == 0.0 => self.node("Relu", &[x], vec![]),
            Layer::Relu { slope } => self.node("LeakyRelu", &[x], vec![float("alpha", *slope)]),
            Layer::Tanh => self.node("Tanh", &[x], vec![]),
            Layer::Image { channels, side } => {
                let sizes = self.integers("sizes", &with_batch(&[*channels, *side, *side]));
                self.node("Reshape", &[x, sizes], vec![])
            }
            Layer::Upsample => {
                let scales = self.floats("scales", &[4], &[1.0, 1.0, 2.0, 2.0]);
                let how = vec![
                    text("mode", "nearest"),
                    text("coordinate_transformation_mode", "asymmetric"),
                    text("nearest_mode", "floor"),
                ];
                self.node("Resize", &[x, String::new(), scales], how)
            }
            Layer::Scale { factor } => {
                let factor = self.floats("factor", &[1], &[*factor]);
                self.node("Mul", &[x, factor], vec![])
            }
            Layer::Crop { side } => {
                let start = self.integers("start", &[0, 0]);
                let end = self.integers("end", &[*side as i64; 2]);
                let axes = self.integers("axes", &[2, 3]);
                self.node("Slice", &[x, start, end, axes], vec![])
            }
            Layer::Skip => match self.passed.pop() {
                Some(beside) => self.node("Concat", &[x, beside], vec![integer("axis", 1)]),
                None => x,
            },
            Layer::Flatten => self.node("Flatten", &[x], vec![integer("axis", 1)]),
        }
    }

    fn node(&mut self, operator: &str, inputs: &[String], how: Vec<AttributeProto>) -> String {
        let name = format!("{}_{}", operator.to_lowercase(), self.nodes.len());
        self.name(operator, inputs, how, &name);
        name
    }

    fn name(&mut self, operator: &str, inputs: &[String], how: Vec<AttributeProto>, name: &str) {
        self.nodes.push(NodeProto {
            input: inputs.to_vec(),
            output: vec![name.into()],
            name: Some(name.into()),
            op_type: Some(operator.into()),
            attribute: how,
            ..NodeProto::default()
        });
    }

    fn floats(&mut self, name: &str, sizes: &[usize], numbers: &[f32]) -> String {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        self.tensor(name, sizes, DataType::Float, bytes.collect())
    }

    fn integers(&mut self, name: &str, numbers: &[i64]) -> String {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        self.tensor(name, &[numbers.len()], DataType::Int64, bytes.collect())
    }

    fn tensor(&mut self, name: &str, sizes: &[usize], of: DataType, bytes: Vec<u8>) -> String {
        let name = format!("{name}_{}", self.tensors.len());
        self.tensors.push(TensorProto {
            dims: sizes.iter().map(|&size| size as i64).collect(),
            data_type: Some(of as i32),
            raw_data: Some(bytes),
            name: Some(name.clone()),
            ..TensorProto::default()
        });
        name
    }
}

/// A value of the graph: batches of so many numbers.
fn value(name: &str, sizes: &[usize]) -> ValueInfoProto {
    use tensor_shape_proto::{Dimension, dimension::Value};
    let dimension = |value| Dimension {
        value: Some(value),
        ..Dimension::default()
    };
    let sizes = sizes.iter().map(|&size| Value::DimValue(size as i64));
    let sizes = std::iter::once(Value::DimParam("batch".into())).chain(sizes);
    ValueInfoProto {
        name: Some(name.into()),
        r#type: Some(TypeProto {
            value: Some(type_proto::Value::TensorType(type_proto::Tensor {
                elem_type: Some(DataType::Float as i32),
                shape: Some(TensorShapeProto {
                    dim: sizes.map(dimension).collect(),
                }),
            })),
            ..TypeProto::default()
        }),
        ..ValueInfoProto::default()
    }
}

fn attribute(name: &str, of: AttributeType) -> AttributeProto {
    AttributeProto {
        name: Some(name.into()),
        r#type: Some(of as i32),
        ..AttributeProto::default()
    }
}

fn integer(name: &str, value: i64) -> AttributeProto {
    AttributeProto {
        i: Some(value),
        ..attribute(name, AttributeType::Int)
    }
}

fn integers(name: &str, values: &[usize]) -> AttributeProto {
    AttributeProto {
        ints: values.iter().map(|&value| value as i64).collect(),
        ..attribute(name, AttributeType::Ints)
    }
}

fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto {
        f: Some(value),
        ..attribute(name, AttributeType::Float)
    }
}

fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto {
        s: Some(value.as_bytes().to_vec()),
        ..attribute(name, AttributeType::String)
    }
}
