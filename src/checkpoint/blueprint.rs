//! A network as other programs need it, to build it and to fill it from a file: its layers, and where in the
//! file the numbers of each are.
//!
//! The layers are the model's own account, the places are read off the network itself: no list of names here.

use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;
use serde::Serialize;

use super::GeneratorFile;
use super::tensors::GENERATOR;
use crate::device;
use crate::model::{CountedLayer, Layer, Structure};
use crate::shape::SampleShape;

/// A network's layers with their places, and what goes in and comes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blueprint {
    /// Numbers in each row.
    pub input: usize,
    /// Numbers in each row that it makes.
    pub output: usize,
    /// Classes that it is told, as one-hot rows; 0 for none.
    pub classes: usize,
    /// Whether these stand beside its input.
    pub joins_classes: bool,
    /// Of the samples that it takes or makes.
    pub shape: SampleShape,
    /// In the order in which samples pass through them.
    pub layers: Vec<PlacedLayer>,
}

/// A layer, counted, and where its numbers are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlacedLayer {
    /// The layer.
    #[serde(flatten)]
    pub layer: CountedLayer,
    /// `None` where it has no numbers, or where no network was at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Where a file has a layer's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// What the names of its tensors begin with; `.weight` and `.bias` follow, or those of batch normalisation:
    /// `.gamma`, `.beta`, `.running_mean`, `.running_var`.
    pub module: String,
    /// Whether its kernel is that of a transposed convolution, `[input, output, kernel, kernel]`: a convolution
    /// with it turned round, of stride 1, is the same.
    pub turned: bool,
}

impl Blueprint {
    /// Without places.
    pub fn new(structure: &Structure, shape: SampleShape) -> Self {
        let layers = structure.counted().into_iter();
        Self {
            input: structure.input,
            output: structure.output,
            classes: structure.classes,
            joins_classes: structure.joins_classes,
            shape,
            layers: layers
                .map(|layer| PlacedLayer { layer, place: None })
                .collect(),
        }
    }

    /// With those that a network of this structure has in a file.
    ///
    /// - `name`: what its tensors' names begin with, such as `generator`
    #[must_use]
    pub fn placed<M: Module>(mut self, name: &str, network: &M) -> Self {
        let mut places = Places::below(name);
        network.visit(&mut places);
        let mut places = places.found.into_iter();
        for layer in &mut self.layers {
            if matches!(
                layer.layer.layer,
                Layer::Dense { .. }
                    | Layer::Conv { .. }
                    | Layer::ConvTranspose { .. }
                    | Layer::BatchNorm { .. }
            ) {
                layer.place = places.next();
            }
        }
        self
    }
}

impl GeneratorFile {
    /// Its network, with the places of this file.
    pub fn blueprint(&self) -> Blueprint {
        let network = self.config.init(0, &device::cpu());
        let shape = self.config.shape();
        Blueprint::new(&self.config.structure(), shape).placed(GENERATOR, &network)
    }
}

/// Finds the modules that layers are made of. They are visited in the order in which samples pass through them.
struct Places {
    path: Vec<String>,
    found: Vec<Place>,
}

impl Places {
    fn below(name: &str) -> Self {
        Self {
            path: vec![name.into()],
            found: Vec::new(),
        }
    }
}

impl ModuleVisitor for Places {
    fn enter_module(&mut self, name: &str, container: &str) {
        let turned = container == "Struct:ConvTranspose2d";
        let first = match container {
            "Struct:Linear" | "Struct:Conv2d" | "Struct:ConvTranspose2d" => "weight",
            "Struct:BatchNorm" => "gamma",
            _ => "",
        };
        if name == first {
            let module = self.path.join(".");
            self.found.push(Place { module, turned });
        }
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, _param: &Param<Tensor<D>>) {}
}
