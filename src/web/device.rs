//! `Device` for JavaScript.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::convert::js_error;
use crate::Error;
use crate::device::{DeviceChoice, OpenDevice};
use crate::opening::open;

thread_local! {
    /// Who hears of GPU errors. Beside the device, because wgpu's handlers must be `Send` and a
    /// JS function is not.
    static ERROR_CALLBACK: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// A device that passed the self-test.
#[wasm_bindgen]
pub struct Device(pub(super) OpenDevice);

#[wasm_bindgen]
impl Device {
    /// Opens `"auto"`, `"cpu"` or `"webgpu"`; see [`open`](crate::opening::open). Rejects with the
    /// codes `device.choice`, `device.unavailable` and `device.self_test`.
    pub async fn open(choice: String) -> Result<Device, Error> {
        let choice: DeviceChoice = choice.parse()?;
        Ok(Self(open(choice).await?))
    }

    /// `"cpu"` or `"webgpu"`.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.0.kind.as_str().into()
    }

    /// Its name, for people.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// Why the CPU was taken instead of a GPU: one sentence.
    #[wasm_bindgen(getter)]
    pub fn note(&self) -> Option<String> {
        self.0.note.clone()
    }

    /// Calls `callback(error)` for GPU errors that no operation reports: codes `device.error` and
    /// `device.lost`.
    #[wasm_bindgen(js_name = onError)]
    pub fn on_error(&self, callback: Function) {
        ERROR_CALLBACK.with(|slot| *slot.borrow_mut() = Some(callback));
        self.0.on_error(|error| {
            let callback = ERROR_CALLBACK.with(|slot| slot.borrow().clone());
            if let Some(callback) = callback {
                // If the callback throws there is nobody left to tell.
                let _ = callback.call1(&JsValue::NULL, &js_error(&error));
            }
        });
    }
}
