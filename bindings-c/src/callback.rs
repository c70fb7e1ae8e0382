//! What WxPusher POSTs to an app's callback URL.

use std::ffi::c_char;

use wxpusher::{AppSubscribe, Callback, OrderPay, OrderType, SendUpCmd, UnknownCallback, parse_callback};

use crate::boundary::{get, get_text, release};
use crate::c_text::Text;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::pointer::{address_of, bytes};

/// An action that this version does not know; wxpusher_callback_unknown has it.
pub const WXPUSHER_CALLBACK_UNKNOWN: i32 = 0;
/// Somebody followed the app; wxpusher_callback_app_subscribe has it.
pub const WXPUSHER_CALLBACK_APP_SUBSCRIBE: i32 = 1;
/// Somebody paid for a product, or was paid back; wxpusher_callback_order_pay has it.
pub const WXPUSHER_CALLBACK_ORDER_PAY: i32 = 2;
/// Somebody sent a command to the app; wxpusher_callback_send_up_cmd has it.
pub const WXPUSHER_CALLBACK_SEND_UP_CMD: i32 = 3;

/// Paid.
pub const WXPUSHER_ORDER_PAID: i64 = 1;
/// Refunded.
pub const WXPUSHER_ORDER_REFUNDED: i64 = 2;

/// One callback.
///
/// Callbacks carry no signature: keep the callback URL hard to guess, and read facts that matter back by API.
#[derive(Debug)]
pub struct wxpusher_callback(Kind);

#[derive(Debug)]
enum Kind {
    AppSubscribe(wxpusher_app_subscribe),
    OrderPay(wxpusher_order_pay),
    SendUpCmd(wxpusher_send_up_cmd),
    Unknown(wxpusher_unknown_callback),
}

/// Somebody followed the app; this is how an app learns a uid.
#[derive(Debug)]
pub struct wxpusher_app_subscribe {
    app_id: i64,
    app_key: Option<Text>,
    app_name: Option<Text>,
    source: Text,
    user_name: Option<Text>,
    user_head_img: Option<Text>,
    time: i64,
    uid: Text,
    extra: Option<Text>,
}

/// Somebody paid for a product, or was paid back.
#[derive(Debug)]
pub struct wxpusher_order_pay {
    add_time: i64,
    amount: i64,
    app_id: i64,
    create_time: i64,
    prod_id: i64,
    trade_no: Text,
    order_type: i64,
    uid: Text,
}

/// Somebody sent a command: `#{appId} text`.
#[derive(Debug)]
pub struct wxpusher_send_up_cmd {
    uid: Text,
    app_id: i64,
    app_key: Option<Text>,
    app_name: Option<Text>,
    user_name: Option<Text>,
    user_head_img: Option<Text>,
    time: i64,
    content: Text,
    command: Text,
}

/// A callback whose action this version does not know.
#[derive(Debug)]
pub struct wxpusher_unknown_callback {
    action: Text,
    raw: Text,
}

impl From<Callback> for wxpusher_callback {
    fn from(callback: Callback) -> Self {
        Self(match callback {
            Callback::AppSubscribe(subscribe) => Kind::AppSubscribe(subscribe.into()),
            Callback::OrderPay(order) => Kind::OrderPay(order.into()),
            Callback::SendUpCmd(cmd) => Kind::SendUpCmd(cmd.into()),
            Callback::Unknown(unknown) => Kind::Unknown(unknown.into()),
        })
    }
}

impl From<AppSubscribe> for wxpusher_app_subscribe {
    fn from(subscribe: AppSubscribe) -> Self {
        let AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra } = subscribe;
        Self {
            app_id,
            app_key: app_key.map(Into::into),
            app_name: app_name.map(Into::into),
            source: source.as_str().into(),
            user_name: user_name.map(Into::into),
            user_head_img: user_head_img.map(Into::into),
            time,
            uid: uid.into(),
            extra: extra.map(Into::into),
        }
    }
}

impl From<OrderPay> for wxpusher_order_pay {
    fn from(order: OrderPay) -> Self {
        let OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, order_type, uid } = order;
        let order_type = match order_type {
            OrderType::Paid => WXPUSHER_ORDER_PAID,
            OrderType::Refunded => WXPUSHER_ORDER_REFUNDED,
            OrderType::Other(number) => number,
        };
        Self { add_time, amount, app_id, create_time, prod_id, trade_no: trade_no.into(), order_type, uid: uid.into() }
    }
}

impl From<SendUpCmd> for wxpusher_send_up_cmd {
    fn from(cmd: SendUpCmd) -> Self {
        let command = cmd.command().into();
        let SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = cmd;
        Self {
            uid: uid.into(),
            app_id,
            app_key: app_key.map(Into::into),
            app_name: app_name.map(Into::into),
            user_name: user_name.map(Into::into),
            user_head_img: user_head_img.map(Into::into),
            time,
            content: content.into(),
            command,
        }
    }
}

impl From<UnknownCallback> for wxpusher_unknown_callback {
    fn from(unknown: UnknownCallback) -> Self {
        let UnknownCallback { action, raw } = unknown;
        Self { action: action.into(), raw: raw.into() }
    }
}

/// Reads the body of a callback and puts it into `*callback`, the caller's to free with wxpusher_callback_free.
///
/// Unknown actions and sources survive. Any thread. Errors: WXPUSHER_ERROR_INVALID_CALLBACK, saying where.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_parse_callback(
    body: *const c_char,
    body_len: usize,
    callback: *mut *mut wxpusher_callback,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `body`, `callback` and `error`.
    unsafe { create(callback, "callback", error, || Ok(parse_callback(bytes(body, body_len, "body")?)?.into())) }
}

/// What it is: one of WXPUSHER_CALLBACK_… Later versions may know more kinds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_kind(callback: *const wxpusher_callback) -> i32 {
    // SAFETY: the caller keeps the header's rules for `callback`.
    unsafe {
        get(callback, |callback| match callback.0 {
            Kind::AppSubscribe(_) => WXPUSHER_CALLBACK_APP_SUBSCRIBE,
            Kind::OrderPay(_) => WXPUSHER_CALLBACK_ORDER_PAY,
            Kind::SendUpCmd(_) => WXPUSHER_CALLBACK_SEND_UP_CMD,
            Kind::Unknown(_) => WXPUSHER_CALLBACK_UNKNOWN,
        })
    }
}

/// It as a following; NULL when it is something else.
///
/// Borrowed from `callback`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_app_subscribe(
    callback: *const wxpusher_callback,
) -> *const wxpusher_app_subscribe {
    // SAFETY: the caller keeps the header's rules for `callback`.
    unsafe {
        get(callback, |callback| match &callback.0 {
            Kind::AppSubscribe(it) => address_of(Some(it)),
            Kind::OrderPay(_) | Kind::SendUpCmd(_) | Kind::Unknown(_) => address_of(None),
        })
    }
}

/// It as a payment or refund; NULL when it is something else.
///
/// Borrowed from `callback`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_order_pay(callback: *const wxpusher_callback) -> *const wxpusher_order_pay {
    // SAFETY: the caller keeps the header's rules for `callback`.
    unsafe {
        get(callback, |callback| match &callback.0 {
            Kind::OrderPay(it) => address_of(Some(it)),
            Kind::AppSubscribe(_) | Kind::SendUpCmd(_) | Kind::Unknown(_) => address_of(None),
        })
    }
}

/// It as a command; NULL when it is something else.
///
/// Borrowed from `callback`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_send_up_cmd(
    callback: *const wxpusher_callback,
) -> *const wxpusher_send_up_cmd {
    // SAFETY: the caller keeps the header's rules for `callback`.
    unsafe {
        get(callback, |callback| match &callback.0 {
            Kind::SendUpCmd(it) => address_of(Some(it)),
            Kind::AppSubscribe(_) | Kind::OrderPay(_) | Kind::Unknown(_) => address_of(None),
        })
    }
}

/// It as something unknown; NULL when it is something else.
///
/// Borrowed from `callback`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_unknown(
    callback: *const wxpusher_callback,
) -> *const wxpusher_unknown_callback {
    // SAFETY: the caller keeps the header's rules for `callback`.
    unsafe {
        get(callback, |callback| match &callback.0 {
            Kind::Unknown(it) => address_of(Some(it)),
            Kind::AppSubscribe(_) | Kind::OrderPay(_) | Kind::SendUpCmd(_) => address_of(None),
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_free(callback: *mut wxpusher_callback) {
    // SAFETY: the caller gives up `callback`, which is NULL or came from this library.
    unsafe { release(callback) }
}

/// The app.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_app_id(app_subscribe: *const wxpusher_app_subscribe) -> i64 {
    // SAFETY: the caller keeps the header's rules for `app_subscribe`.
    unsafe { get(app_subscribe, |app_subscribe| app_subscribe.app_id) }
}

/// Deprecated, may be NULL.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_app_key(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| app_subscribe.app_key.as_ref()) }
}

/// The app's name; NULL when missing.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_app_name(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| app_subscribe.app_name.as_ref()) }
}

/// How they came to follow: "scan", "link", "command", "order" or a word of later days; empty when missing.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_source(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| Some(&app_subscribe.source)) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_user_name(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| app_subscribe.user_name.as_ref()) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_user_head_img(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| app_subscribe.user_head_img.as_ref()) }
}

/// When, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_time(app_subscribe: *const wxpusher_app_subscribe) -> i64 {
    // SAFETY: the caller keeps the header's rules for `app_subscribe`.
    unsafe { get(app_subscribe, |app_subscribe| app_subscribe.time) }
}

/// Who.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_uid(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| Some(&app_subscribe.uid)) }
}

/// What the parameterised QR code carried; empty or NULL otherwise.
///
/// Borrowed from `app_subscribe`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_app_subscribe_extra(
    app_subscribe: *const wxpusher_app_subscribe,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `app_subscribe` and `len`.
    unsafe { get_text(app_subscribe, len, |app_subscribe| app_subscribe.extra.as_ref()) }
}

/// Milliseconds added to the subscription; negative on a refund.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_add_time(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.add_time) }
}

/// The amount in fen; negative on a refund.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_amount(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.amount) }
}

/// The app.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_app_id(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.app_id) }
}

/// When, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_create_time(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.create_time) }
}

/// The product.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_prod_id(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.prod_id) }
}

/// The trade number, as in the user's WeChat bill.
///
/// Borrowed from `order_pay`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_trade_no(
    order_pay: *const wxpusher_order_pay,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `order_pay` and `len`.
    unsafe { get_text(order_pay, len, |order_pay| Some(&order_pay.trade_no)) }
}

/// WXPUSHER_ORDER_PAID, WXPUSHER_ORDER_REFUNDED or a number that this version does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_type(order_pay: *const wxpusher_order_pay) -> i64 {
    // SAFETY: the caller keeps the header's rules for `order_pay`.
    unsafe { get(order_pay, |order_pay| order_pay.order_type) }
}

/// Who.
///
/// Borrowed from `order_pay`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_order_pay_uid(
    order_pay: *const wxpusher_order_pay,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `order_pay` and `len`.
    unsafe { get_text(order_pay, len, |order_pay| Some(&order_pay.uid)) }
}

/// Who.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_uid(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| Some(&send_up_cmd.uid)) }
}

/// The app.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_app_id(send_up_cmd: *const wxpusher_send_up_cmd) -> i64 {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd`.
    unsafe { get(send_up_cmd, |send_up_cmd| send_up_cmd.app_id) }
}

/// Deprecated, may be NULL.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_app_key(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| send_up_cmd.app_key.as_ref()) }
}

/// The app's name; NULL when missing.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_app_name(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| send_up_cmd.app_name.as_ref()) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_user_name(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| send_up_cmd.user_name.as_ref()) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_user_head_img(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| send_up_cmd.user_head_img.as_ref()) }
}

/// When, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_time(send_up_cmd: *const wxpusher_send_up_cmd) -> i64 {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd`.
    unsafe { get(send_up_cmd, |send_up_cmd| send_up_cmd.time) }
}

/// What the server says they typed.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_content(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| Some(&send_up_cmd.content)) }
}

/// The same without a leading `#{appId} `, which the server has been seen to leave in.
///
/// Borrowed from `send_up_cmd`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_up_cmd_command(
    send_up_cmd: *const wxpusher_send_up_cmd,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `send_up_cmd` and `len`.
    unsafe { get_text(send_up_cmd, len, |send_up_cmd| Some(&send_up_cmd.command)) }
}

/// The action, as the server wrote it.
///
/// Borrowed from `unknown_callback`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_unknown_callback_action(
    unknown_callback: *const wxpusher_unknown_callback,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `unknown_callback` and `len`.
    unsafe { get_text(unknown_callback, len, |unknown_callback| Some(&unknown_callback.action)) }
}

/// The whole body, as the server wrote it.
///
/// Borrowed from `unknown_callback`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_unknown_callback_raw(
    unknown_callback: *const wxpusher_unknown_callback,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `unknown_callback` and `len`.
    unsafe { get_text(unknown_callback, len, |unknown_callback| Some(&unknown_callback.raw)) }
}
