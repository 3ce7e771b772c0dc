//! How far long work is, on standard error: a bar on a terminal, elsewhere a line every few seconds.
//!
//! A thread of its own, so that a slow step or a phase that cannot tell how far it is does not look
//! like the end. What the work gives is not its business.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{interrupt, output};

/// Where there is no terminal, a line is printed at the beginning and then so often.
const EVERY: Duration = Duration::from_secs(5);
/// How soon somebody who wants the program to end is answered.
const LOOK: Duration = Duration::from_millis(100);

/// Work that goes on until this is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Dropped to end the thread.
    going_on: Option<Sender<()>>,
    teller: Option<JoinHandle<()>>,
}

impl Progress {
    /// Of work that cannot tell how far it is.
    pub(crate) fn of(task: &str) -> Self {
        let style = ProgressStyle::with_template("{spinner} {prefix}, {elapsed}");
        Self::begin(ProgressBar::new_spinner(), style, task)
    }

    /// Of so many pieces, `done` of them done before.
    pub(crate) fn counted(task: &str, total: usize, done: usize) -> Self {
        let bar = ProgressBar::new(total as u64).with_position(done as u64);
        let style =
            ProgressStyle::with_template("{bar:30} {prefix} {pos} of {len}, {per_sec}, {eta} left");
        Self::begin(bar, style, task)
    }

    fn begin(
        bar: ProgressBar,
        style: std::result::Result<ProgressStyle, indicatif::style::TemplateError>,
        task: &str,
    ) -> Self {
        if output::is_dumb() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        bar.set_style(style.expect("the template is one"));
        bar.set_prefix(task.to_string());
        bar.enable_steady_tick(LOOK);
        let (going_on, ended) = channel();
        let seen = bar.clone();
        Self {
            bar,
            going_on: Some(going_on),
            teller: Some(thread::spawn(move || tell(&seen, &ended))),
        }
    }

    /// So many pieces are done.
    pub(crate) fn reach(&self, done: usize) {
        self.bar.set_position(done as u64);
    }

    /// Something besides how far it is.
    pub(crate) fn remark(&self, words: &str) {
        remark(&self.bar, words);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.going_on.take();
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
        self.bar.finish_and_clear();
    }
}

fn remark(bar: &ProgressBar, words: &str) {
    bar.suspend(|| line(&format!("webgan: {words}")));
}

/// Nobody hears it where standard error is closed; the work goes on.
fn line(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

fn tell(bar: &ProgressBar, ended: &Receiver<()>) {
    let first = bar.position();
    let begun = Instant::now();
    let mut told: Option<Instant> = None;
    let mut heard = false;
    loop {
        if bar.is_hidden() && told.is_none_or(|told| told.elapsed() >= EVERY) {
            line(&standing(bar, first, begun.elapsed()));
            told = Some(Instant::now());
        }
        if !heard && interrupt::caught().is_some() {
            heard = true;
            remark(
                bar,
                "ends after this step and keeps what there is; once more ends it at once",
            );
        }
        if ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

/// A line in place of a bar.
fn standing(bar: &ProgressBar, first: u64, elapsed: Duration) -> String {
    let (task, position) = (bar.prefix(), bar.position());
    let Some(total) = bar.length() else {
        return match elapsed.as_secs() {
            0 => task,
            seconds => format!("{task}, {seconds} s"),
        };
    };
    let done = position - first;
    if done == 0 {
        return format!("{task} {position} of {total}");
    }
    let rate = done as f64 / elapsed.as_secs_f64();
    let left = Duration::from_secs_f64((total.saturating_sub(position)) as f64 / rate);
    format!(
        "{task} {position} of {total}, {rate:.1} a second, {} left",
        HumanDuration(left)
    )
}
