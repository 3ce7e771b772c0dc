//! Signals that ask the program to end: at once, or where there is something to keep, after the step
//! at hand. A second one always ends it at once.
//!
//! Handlers are there from the start, whatever the command: the first process of a container gets no
//! signal without one. What there is to keep, the command knows.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether the next signal ends the program where it is.
static AT_ONCE: AtomicBool = AtomicBool::new(true);
/// The signal that came; 0 before.
static CAUGHT: AtomicUsize = AtomicUsize::new(0);

/// Takes the signals over.
pub(crate) fn watch() -> io::Result<()> {
    for signal in signals() {
        // In this order: the one that asks for a gentle end lets the next end it at once.
        flag::register_conditional_shutdown(signal, status(signal).into(), &AT_ONCE)?;
        flag::register(signal, &AT_ONCE)?;
        flag::register_usize(signal, &CAUGHT, signal as usize)?;
    }
    Ok(())
}

/// From now on the first signal waits to be looked for with [`caught`].
pub(crate) fn gently() {
    AT_ONCE.store(false, Ordering::SeqCst);
}

/// The exit status for the signal that came, if one came.
pub(crate) fn caught() -> Option<u8> {
    match CAUGHT.load(Ordering::SeqCst) {
        0 => None,
        signal => Some(status(signal as i32)),
    }
}

/// What shells call the end by a signal.
fn status(signal: i32) -> u8 {
    128 + signal as u8
}

fn signals() -> Vec<i32> {
    let mut signals = vec![SIGINT, SIGTERM];
    #[cfg(unix)]
    {
        use signal_hook::consts::SIGHUP;
        signals.push(SIGHUP);
        // What whoever started the program does not want it to hear of, as `nohup` does.
        signals.retain(|&signal| !is_ignored(signal));
    }
    signals
}

#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: nothing is changed, and `action` has room for what is asked for; zeros are a valid one.
    unsafe {
        libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr());
        action.assume_init().sa_sigaction == libc::SIG_IGN
    }
}
