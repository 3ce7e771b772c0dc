//! Rust values as JavaScript ones.

use js_sys::{Float32Array, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use crate::Error;

/// A JS `Error` with the message and the code.
pub(super) fn js_error(error: &Error) -> JsValue {
    let object = js_sys::Error::new(&error.to_string());
    Reflect::set(&object, &"code".into(), &error.code().into())
        .expect("a new Error object takes properties");
    object.into()
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        js_error(&error)
    }
}

/// A promise for what a future gives.
pub(super) fn promise<T: Into<JsValue>>(
    future: impl Future<Output = Result<T, Error>> + 'static,
) -> Promise {
    future_to_promise(async move { Ok(future.await?.into()) })
}

/// A promise of a `Float32Array`.
pub(super) fn floats(numbers: impl Future<Output = Result<Vec<f32>, Error>> + 'static) -> Promise {
    promise(async { Ok(Float32Array::from(numbers.await?.as_slice())) })
}

/// JSON text of one of our own views.
pub(super) fn to_json<T: Serialize>(view: &T) -> String {
    serde_json::to_string(view).expect("views hold strings and numbers only")
}
