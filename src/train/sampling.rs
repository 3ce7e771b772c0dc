//! What can be seen of a run while it goes on: samples, the discriminator's scores of them, its loss
//! on held-out data. Nothing here moves the run.

use burn::module::Module;
use burn::tensor::Tensor;

use super::Trainer;
use super::average::copy;
use super::pairs::judged;
use super::step::discriminator_losses;
use crate::Error;
use crate::data::{Dataset, one_hot};
use crate::device::readback::read;
use crate::generator::TrainedGenerator;
use crate::preset::{ConfigError, check_labels};
use crate::random::{NormalNoise, Stream};

impl Trainer {
    /// Samples for latents that stay the same during the whole run (or for inputs, of pairs from all over the
    /// training data), from the
    /// [`averaged`](Self::averaged) generator: [`GRID_ROWS`](crate::model::GRID_ROWS) rows of
    /// [`grid_columns`](Self::grid_columns) samples of `features` numbers. A conditional generator's
    /// columns are its classes.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    pub fn sample(&self) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        self.decode_fixed(self.fixed_classes.clone())
    }

    /// [`sample`](Self::sample), with every sample of one class if one is given.
    ///
    /// # Errors
    ///
    /// `config.labels` if the generator has no such class, `train.readback`.
    pub fn sample_of(
        &self,
        class: Option<u8>,
    ) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
        Ok(self.decode_fixed(self.fixed_classes_or(class)?))
    }

    fn decode_fixed(
        &self,
        classes: Option<Tensor<2>>,
    ) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        let latents = self.fixed_latents.clone();
        read(self.averaged().network().forward(latents, classes))
    }

    /// The latents of [`sample`](Self::sample), row by row.
    ///
    /// # Errors
    ///
    /// `train.readback`.
    pub fn latents(&self) -> impl Future<Output = Result<Vec<f32>, Error>> + use<> {
        read(self.fixed_latents.clone())
    }

    /// The discriminator's score, in inference form, of each of
    /// [`sample_of`](Self::sample_of)'s samples; see
    /// [`Objective::scores`](crate::loss::Objective::scores). An objective of pairs compares
    /// them with its mean score of some training samples, of the same class where there are classes:
    /// in training both samples of a pair have one class, so what the discriminator adds to all of a
    /// class means nothing.
    ///
    /// # Errors
    ///
    /// Those of [`sample_of`](Self::sample_of).
    pub fn scores(
        &self,
        class: Option<u8>,
    ) -> Result<impl Future<Output = Result<Vec<f32>, Error>> + use<>, Error> {
        let classes = self.fixed_classes_or(class)?;
        let fake = self
            .averaged()
            .network()
            .forward(self.fixed_latents.clone(), classes.clone());
        let discriminator = self.state.discriminator.valid();
        let real = self.state.batches.dataset().examples();
        let inputs = self.fixed_inputs();
        let real_samples = judged(real.inputs.filter(|_| inputs.is_some()), real.samples);
        let real_logits = discriminator.forward(real_samples, real.classes.clone());
        let fake = discriminator.forward(judged(inputs, fake), classes.clone());
        let mean = real_logits.clone().mean_dim(0);
        let real = match (real.classes, classes) {
            (Some(known), Some(asked)) => asked.matmul(class_means(known, real_logits, mean)),
            _ => mean.expand(fake.dims()),
        };
        let [_, scores] = self.config.objective.scores(real, fake);
        Ok(read(scores))
    }

    /// What the grid's samples are made of, where they are made of others.
    fn fixed_inputs(&self) -> Option<Tensor<2>> {
        let shape = self.config.generator.input_shape();
        shape.map(|_| self.fixed_latents.clone())
    }

    /// The grid's classes, all of them this one if one is given.
    fn fixed_classes_or(&self, class: Option<u8>) -> Result<Option<Tensor<2>>, ConfigError> {
        let Some(class) = class else {
            return Ok(self.fixed_classes.clone());
        };
        let classes = self.config.generator.classes();
        check_labels(&[class], classes)?;
        let [count, _] = self.fixed_latents.dims();
        let labels = vec![class; count];
        Ok(Some(one_hot(&labels, classes, &self.state.device)))
    }

    /// A copy of the generator that samples are drawn from: with the running average of its weights
    /// where the config has one, else as it is now.
    pub fn averaged(&self) -> TrainedGenerator {
        let network = match &self.state.average {
            Some(average) => average.apply(&self.state.generator),
            None => copy(&self.state.generator.valid()),
        };
        let config = self.config.generator.clone();
        TrainedGenerator::new(network, config, &self.state.device)
    }

    /// The discriminator's loss on held-out samples: on all of them as real, plus on as many new
    /// fakes, both networks in inference form. Far above the training loss, it says that the
    /// discriminator has learned its training images by heart.
    ///
    /// The future does not borrow the trainer.
    ///
    /// # Errors
    ///
    /// `config.features` if the samples are of another size than the training data's,
    /// `config.classes` if a conditional discriminator lacks their classes, `train.readback`.
    pub fn validate(
        &self,
        held_out: &Dataset,
    ) -> Result<impl Future<Output = Result<f32, Error>> + use<>, Error> {
        let (shape, input) = (held_out.shape(), held_out.input_shape());
        (self.config).check_samples(shape, input, held_out.class_labels())?;
        let generator = self.averaged();
        let discriminator = self.state.discriminator.valid();
        let is_paired = self.config.generator.input_shape().is_some();
        let inputs = held_out.inputs().filter(|_| is_paired);
        let latents = inputs.clone().unwrap_or_else(|| {
            let (count, device) = (held_out.count(), held_out.samples().device());
            let latent_size = self.config.generator.latent_size();
            let seed = Stream::Validation.seed(self.config.seed);
            NormalNoise::new(count, latent_size, seed, &device).draw()
        });
        let classes = match self.config.generator.classes() {
            0 => None,
            _ => held_out.classes(),
        };
        let real = judged(inputs.clone(), held_out.samples());
        let real = discriminator.forward(real, classes.clone());
        let fake = generator.network().forward(latents, classes.clone());
        let fake = discriminator.forward(judged(inputs, fake), classes);
        let [loss_real, loss_fake] = discriminator_losses(&self.config, real, fake);
        let loss = (loss_real + loss_fake).mean();
        Ok(async move { Ok(read(loss).await?[0]) })
    }
}

/// The mean number of each class, or `mean` where it has none.
///
/// - `classes`: one-hot, `[count, classes]`
/// - `numbers`: `[count, 1]`
/// - `mean`: `[1, 1]`
/// - output: `[classes, 1]`
fn class_means(classes: Tensor<2>, numbers: Tensor<2>, mean: Tensor<2>) -> Tensor<2> {
    let [_, class_count] = classes.dims();
    let sizes = classes.clone().sum_dim(0).reshape([class_count, 1]);
    let sums = classes.transpose().matmul(numbers);
    let mean = mean.expand([class_count, 1]);
    (sums / sizes.clone()).mask_where(sizes.equal_elem(0.0), mean)
}
