//! Threads in a browser: workers of JavaScript's that run this very module on the same memory. Who starts them and when
//! they are ready is JavaScript's to say; here they become rayon's.

use std::sync::{Condvar, Mutex};

use rayon::{ThreadBuilder, ThreadPoolBuilder};
use wasm_bindgen::prelude::*;

/// Threads that rayon wants and no worker has become yet.
static WANTED: Mutex<Vec<ThreadBuilder>> = Mutex::new(Vec::new());
static ARE_WANTED: Condvar = Condvar::new();

/// What a thread is instantiated from.
#[wasm_bindgen(js_name = sharedModule)]
pub fn shared_module() -> JsValue {
    wasm_bindgen::module()
}

/// What all threads share.
#[wasm_bindgen(js_name = sharedMemory)]
pub fn shared_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// Makes the calling worker one of the threads. Call it once the module is there, with the memory of the program that
/// [`share_work`] is called in; it does not return.
#[wasm_bindgen(js_name = runThread)]
pub fn run_thread() {
    let mut wanted = WANTED.lock().unwrap();
    let thread = loop {
        match wanted.pop() {
            Some(thread) => break thread,
            None => wanted = ARE_WANTED.wait(wanted).unwrap(),
        }
    };
    drop(wanted);
    thread.run();
}

/// From here on all work that can be shared out is shared by the calling worker and `others` that are in
/// [`run_thread`], or on their way to it. It waits until they all work.
///
/// # Errors
/// Where there are threads already.
#[wasm_bindgen(js_name = shareWork)]
pub fn share_work(others: usize) -> Result<(), JsError> {
    ThreadPoolBuilder::new()
        .num_threads(others + 1)
        .use_current_thread()
        .spawn_handler(|thread| {
            WANTED.lock().unwrap().push(thread);
            ARE_WANTED.notify_one();
            Ok(())
        })
        .build_global()
        .map_err(|error| JsError::new(&error.to_string()))
}
