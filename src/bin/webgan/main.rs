//! The command line: trains, measures and exports natively what the page trains in a tab.
//!
//! Files and words only; all arithmetic is the library's.

mod bench;
mod classifier;
mod data;
mod evaluate;
mod export;
mod files;
mod folder;
mod interrupt;
mod losses;
mod numbers;
mod output;
mod pairs;
mod progress;
mod settings;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use webgan::device::Device;
use webgan::opening::Native;

use data::Data;

type Outcome = files::Result<()>;

/// Generative adversarial networks that train in a browser tab, from the command line.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the GANs that can be trained, and what can be set in each.
    Presets(settings::Arguments),
    /// Trains a GAN: losses as CSV, sample grids as PNG, checkpoints as safetensors.
    Train(train::Arguments),
    /// Trains the classifier that generated pictures are measured with.
    Classifier(classifier::Arguments),
    /// Measures a generator: classifier-Fréchet distance, score, modes, precision and recall.
    Evaluate(evaluate::Arguments),
    /// Draws a grid of samples.
    Sample(evaluate::SampleArguments),
    /// Takes the generator out of a checkpoint.
    Export(export::Arguments),
    /// Times training steps on a device and compares its numbers with the CPU's: JSON, a line each.
    Bench(bench::Arguments),
    /// Lets other machines train on a device of this one, until it is interrupted.
    #[cfg(feature = "remote")]
    Serve(ServeArguments),
}

/// What computes.
#[derive(clap::Args)]
struct On {
    /// The device.
    #[arg(long, value_enum, default_value = "cpu")]
    device: Native,
    /// Threads of the CPU, as many as it has cores unless given. They change no number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// In its place, the device of another machine that runs `webgan serve`, such as
    /// ws://gpu.local:3000.
    #[cfg(feature = "remote")]
    #[arg(long, value_name = "URL", conflicts_with = "device")]
    remote: Option<String>,
}

impl On {
    fn open(&self) -> Result<Device, webgan::Error> {
        #[cfg(feature = "remote")]
        if let Some(url) = &self.remote {
            return pollster::block_on(webgan::opening::open_remote(url));
        }
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads.into())
                .build_global()
                .expect("nothing has computed before");
        }
        pollster::block_on(self.device.open())
    }

    /// The words of a command that computes on the same device.
    fn words(&self) -> Vec<String> {
        #[cfg(feature = "remote")]
        if let Some(url) = &self.remote {
            return vec!["--remote".into(), output::shell_word(url)];
        }
        let device = self.device.to_possible_value().expect("none is hidden");
        match self.device == Native::Cpu {
            true => Vec::new(),
            false => vec!["--device".into(), device.get_name().into()],
        }
    }
}

/// Where a device is served.
#[cfg(feature = "remote")]
#[derive(clap::Args)]
struct ServeArguments {
    /// The device.
    #[arg(long, value_enum, default_value = "cpu")]
    device: Native,
    /// Who can reach it: this machine alone by default, any with 0.0.0.0. The connection is neither
    /// encrypted nor guarded.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000")]
    listen: String,
}

#[cfg(feature = "remote")]
fn serve(arguments: ServeArguments) -> Outcome {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() || output::is_dumb() {
        // What Burn logs is coloured otherwise.
        // SAFETY: the program has no other thread yet.
        unsafe { std::env::set_var("NO_COLOR", "1") };
    }
    let device = pollster::block_on(arguments.device.open())?;
    let listener =
        std::net::TcpListener::bind(&arguments.listen).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidInput => format!(
                "--listen {}: expected ADDRESS:PORT, such as 127.0.0.1:3000, a port from 0 to {}",
                arguments.listen,
                u16::MAX
            ),
            _ => format!("{}: {error}", arguments.listen),
        })?;
    output::print(&format!("serving at ws://{}", listener.local_addr()?))?;
    Ok(webgan::device::serve(device, listener)?)
}

fn main() -> ExitCode {
    match begin() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let ended = error.downcast_ref::<output::Ended>();
            let words = error.to_string();
            if !words.is_empty() {
                output::remark(&words);
            }
            ended.map_or(ExitCode::FAILURE, |ended| ended.status.into())
        }
    }
}

fn begin() -> Outcome {
    interrupt::watch()?;
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(misuse) if misuse.use_stderr() => misuse.exit(),
        // What was asked for: help, the version.
        Err(help) => return output::printed(help.print()),
    };
    match arguments.command {
        Command::Presets(arguments) => settings::list(arguments),
        Command::Train(arguments) => train::train(arguments),
        Command::Classifier(arguments) => classifier::classifier(arguments),
        Command::Evaluate(arguments) => evaluate::evaluate(arguments),
        Command::Sample(arguments) => evaluate::sample(arguments),
        Command::Export(arguments) => export::export(arguments),
        Command::Bench(arguments) => bench::bench(arguments),
        #[cfg(feature = "remote")]
        Command::Serve(arguments) => serve(arguments),
    }
}
