//! What WxPusher POSTs to an app's callback URL.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use wxpusher::Callback;

use crate::arguments::wrong_type;
use crate::record::{record, utc};
use crate::wait::guard;
use crate::words::{OrderType, SubscribeSource};

record! {
    /// Somebody followed the app; this is how an app learns a uid.
    AppSubscribe {
        /// The app.
        app_id: i64,
        /// Deprecated by WxPusher, may vanish.
        app_key: Option<String>,
        /// The app's name.
        app_name: Option<String>,
        /// How they came to follow it: a `SubscribeSource`.
        source: SubscribeSource,
        /// Now always empty.
        user_name: Option<String>,
        /// Now always empty.
        user_head_img: Option<String>,
        /// When, in milliseconds since the epoch.
        time: i64,
        /// Who.
        uid: String,
        /// What the parameterised QR code carried; None or empty otherwise.
        extra: Option<String>,
    }

    /// The word on the wire.
    #[classattr]
    fn action() -> &'static str {
        "app_subscribe"
    }

    /// `time` as an aware datetime.
    #[getter]
    fn time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.time)
    }
}

record! {
    /// Somebody paid for a product, or was paid back.
    OrderPay {
        /// Milliseconds added to the subscription; negative on a refund.
        add_time: i64,
        /// The amount in fen; negative on a refund.
        amount: i64,
        /// The app.
        app_id: i64,
        /// When, in milliseconds since the epoch.
        create_time: i64,
        /// The product.
        prod_id: i64,
        /// The trade number, as in the user's WeChat bill.
        trade_no: String,
        /// Paid or refunded: an `OrderType`.
        r#type: OrderType,
        /// Who.
        uid: String,
    }

    /// The word on the wire.
    #[classattr]
    fn action() -> &'static str {
        "order_pay"
    }

    /// `create_time` as an aware datetime.
    #[getter]
    fn create_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.create_time)
    }
}

record! {
    /// Somebody sent a command: `#{appId} text`.
    SendUpCmd {
        /// Who.
        uid: String,
        /// The app.
        app_id: i64,
        /// Deprecated by WxPusher, None.
        app_key: Option<String>,
        /// The app's name.
        app_name: Option<String>,
        /// Now always empty.
        user_name: Option<String>,
        /// Now always empty.
        user_head_img: Option<String>,
        /// When, in milliseconds since the epoch.
        time: i64,
        /// What they typed.
        content: String,
    }

    /// The word on the wire.
    #[classattr]
    fn action() -> &'static str {
        "send_up_cmd"
    }

    /// `content` without a leading `#{appId} `, which the server has been seen to leave in.
    #[getter]
    fn command(&self) -> String {
        let Self { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = self;
        let command = wxpusher::SendUpCmd {
            uid: uid.clone(),
            app_id: *app_id,
            app_key: app_key.clone(),
            app_name: app_name.clone(),
            user_name: user_name.clone(),
            user_head_img: user_head_img.clone(),
            time: *time,
            content: content.clone(),
        };
        command.command().to_owned()
    }

    /// `time` as an aware datetime.
    #[getter]
    fn time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.time)
    }
}

record! {
    /// A callback whose action this version does not know.
    UnknownCallback {
        /// The action, as the server wrote it.
        action: String,
        /// The whole body, as the server wrote it.
        raw: String,
    }
}

/// Reads the body of a callback, as bytes or text.
///
/// Callbacks carry no signature: keep the callback URL hard to guess, and read facts that matter back by API.
///
/// Raises:
///     InvalidCallbackError: the body is not JSON or not of a callback's form; says where.
///     TypeError: the body is neither bytes nor str, for example already decoded.
#[pyfunction]
#[pyo3(signature = (body, /))]
pub(crate) fn parse_callback<'py>(py: Python<'py>, body: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let callback = if let Ok(body) = body.cast::<PyBytes>() {
        guard(py, || wxpusher::parse_callback(body.as_bytes()))?
    } else if let Ok(body) = body.cast::<PyString>() {
        match body.extract::<String>() {
            Ok(text) => guard(py, || wxpusher::parse_callback(text.as_bytes()))?,
            // Bytes that are no UTF-8 either, so that the error is the one of a wrong body.
            Err(_) => guard(py, || wxpusher::parse_callback(b"\xff"))?,
        }
    } else if let Ok(body) = body.cast::<PyByteArray>() {
        guard(py, || wxpusher::parse_callback(&body.to_vec()))?
    } else if body.hasattr("keys")? {
        return Err(PyTypeError::new_err("body must be the raw body, bytes or str, not one that is already decoded"));
    } else {
        return Err(wrong_type("body", "bytes or str", body));
    };
    match callback {
        Callback::AppSubscribe(wxpusher::AppSubscribe {
            app_id,
            app_key,
            app_name,
            source,
            user_name,
            user_head_img,
            time,
            uid,
            extra,
        }) => {
            let source = SubscribeSource(source.as_str().to_owned());
            AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra }
                .into_bound_py_any(py)
        }
        Callback::OrderPay(wxpusher::OrderPay {
            add_time,
            amount,
            app_id,
            create_time,
            prod_id,
            trade_no,
            order_type,
            uid,
        }) => {
            let r#type = OrderType(order_type.number());
            OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, r#type, uid }.into_bound_py_any(py)
        }
        Callback::SendUpCmd(wxpusher::SendUpCmd {
            uid,
            app_id,
            app_key,
            app_name,
            user_name,
            user_head_img,
            time,
            content,
        }) => {
            SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content }.into_bound_py_any(py)
        }
        Callback::Unknown(wxpusher::UnknownCallback { action, raw }) => {
            UnknownCallback { action, raw }.into_bound_py_any(py)
        }
    }
}
