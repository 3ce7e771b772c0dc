//! Pairs on the command line: the pictures that show what a network makes out of others, and the table of its measures.

use pollster::block_on;
use webgan::data::ImageSet;
use webgan::evaluate::{PairQuality, with_channels};
use webgan::generator::TrainedGenerator;
use webgan::metrics::Likeness;
use webgan::shape::SampleShape;

use crate::Outcome;
use crate::files::Result;
use crate::output;

/// Some pairs of a set, evenly spread over it.
pub(crate) struct Pairs {
    /// From -1 to 1, channel by channel, one picture after another.
    inputs: Vec<f32>,
    input_shape: SampleShape,
    truth: Vec<f32>,
    shape: SampleShape,
}

/// Rows of a picture of pairs.
const ROWS: usize = 8;

impl Pairs {
    /// Input, what is made of it, and the truth.
    pub(crate) const COLUMNS: usize = 3;

    /// Of pictures with inputs.
    pub(crate) fn of(images: &ImageSet) -> Self {
        let rows = ROWS.min(images.count());
        let places: Vec<_> = (0..rows).map(|row| row * images.count() / rows).collect();
        let inputs = images
            .inputs()
            .expect("the data were checked to have inputs");
        Self {
            inputs: numbers(&inputs.pixels, inputs.shape(), &places),
            input_shape: inputs.shape(),
            truth: numbers(images.pixels(), images.shape(), &places),
            shape: images.shape(),
        }
    }

    /// A row of three pictures for each.
    pub(crate) fn made_by(&self, generator: &TrainedGenerator) -> Result<Vec<f32>> {
        let made = block_on(generator.decode(&self.inputs, &[])?)?;
        let inputs = with_channels(&self.inputs, self.input_shape, self.shape);
        let size = self.shape.features();
        let columns = [&inputs, &made, &self.truth];
        let row = |place: usize| columns.map(|all| &all[place * size..][..size]).concat();
        Ok((0..self.truth.len() / size).flat_map(row).collect())
    }
}

/// What brings pairs where there are none.
pub(crate) const CURE: &str =
    "--pairs outline, grey, half or coarse makes some; `npm run data -- lineart` draws some";

/// Refuses data in which nothing is made of anything, for a network that makes pictures out of others: before anything
/// else is said of them, as it is not their pictures that are wrong.
pub(crate) fn given(images: &ImageSet) -> Result<()> {
    match images.inputs() {
        Some(_) => Ok(()),
        None => Err(format!(
            "this GAN makes pictures out of others, and the data has none to begin with: {CURE}"
        )
        .into()),
    }
}

/// Pictures in some places, as networks take them.
fn numbers(pixels: &[u8], shape: SampleShape, places: &[usize]) -> Vec<f32> {
    let size = shape.features();
    let of_place = |&place: &usize| crate::data::scaled(&pixels[place * size..][..size], shape);
    places.iter().flat_map(of_place).collect()
}

/// Prints what was measured.
pub(crate) fn tell(quality: &PairQuality, json: bool) -> Outcome {
    if json {
        return output::print(&serde_json::to_string(quality)?);
    }
    let rows = [
        ("made", quality.made),
        ("input itself", quality.input),
        ("mean picture", quality.mean),
        ("nearest training pair", quality.nearest),
    ];
    let line = |(name, found): (&str, Likeness)| {
        let Likeness { l1, psnr, ssim } = found;
        format!("{name:<24}{l1:>8.4}{psnr:>8.2}{ssim:>8.3}")
    };
    let head = format!("{} held-out pairs", quality.count);
    let mut lines = vec![format!("{head:<24}{:>8}{:>8}{:>8}", "L1", "PSNR", "SSIM")];
    lines.extend(rows.map(line));
    output::print(&lines.join("\n"))
}
