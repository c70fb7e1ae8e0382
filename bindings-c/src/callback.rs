//! Callbacks that WxPusher sends to an app

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{AppSubscribe, Callback, OrderPay, OrderType, SendUpCmd, UnknownCallback, parse_callback};

use crate::boundary::release_result;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::owned::{Owned, Texts, array};
use crate::pointer::bytes;

/// An action that this version does not know: see `unknown`.
pub const WXPUSHER_CALLBACK_UNKNOWN: i32 = 0;
/// A user subscribed to the app: see `app_subscribe`.
pub const WXPUSHER_CALLBACK_APP_SUBSCRIBE: i32 = 1;
/// A user paid for a product, or got a refund: see `order_pay`.
pub const WXPUSHER_CALLBACK_ORDER_PAY: i32 = 2;
/// A user sent a command to the app: see `send_up_cmd`.
pub const WXPUSHER_CALLBACK_SEND_UP_CMD: i32 = 3;

/// Paid.
pub const WXPUSHER_ORDER_PAID: i64 = 1;
/// Refunded.
pub const WXPUSHER_ORDER_REFUNDED: i64 = 2;

/// A user subscribed to the app. In this way an app learns a UID. Texts come from users: print them by their length.
#[repr(C)]
pub struct wxpusher_app_subscribe {
    /// The app's id.
    pub app_id: i64,
    /// Deprecated by WxPusher; NULL: none.
    pub app_key: *const c_char,
    /// Its length.
    pub app_key_len: usize,
    /// The app's name; NULL: none.
    pub app_name: *const c_char,
    /// Its length.
    pub app_name_len: usize,
    /// The way of subscription: "scan", "link", "command", "order", or another word.
    pub source: *const c_char,
    /// Its length.
    pub source_len: usize,
    /// Now always empty, or NULL.
    pub user_name: *const c_char,
    /// Its length.
    pub user_name_len: usize,
    /// Now always empty, or NULL.
    pub user_head_img: *const c_char,
    /// Its length.
    pub user_head_img_len: usize,
    /// The time of the subscription, in milliseconds since the epoch.
    pub time: i64,
    /// The user's UID.
    pub uid: *const c_char,
    /// Its length.
    pub uid_len: usize,
    /// The parameter of the QR code that was scanned; NULL: none.
    pub extra: *const c_char,
    /// Its length.
    pub extra_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

/// A user paid for a product, or got a refund.
#[repr(C)]
pub struct wxpusher_order_pay {
    /// The time of the event, in milliseconds since the epoch.
    pub add_time: i64,
    /// The amount in fen.
    pub amount: i64,
    /// The app's id.
    pub app_id: i64,
    /// The time of the order, in milliseconds since the epoch.
    pub create_time: i64,
    /// The product's id.
    pub prod_id: i64,
    /// The order's number.
    pub trade_no: *const c_char,
    /// Its length.
    pub trade_no_len: usize,
    /// WXPUSHER_ORDER_PAID, WXPUSHER_ORDER_REFUNDED, or a number that this version does not know.
    pub order_type: i64,
    /// The user's UID.
    pub uid: *const c_char,
    /// Its length.
    pub uid_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

/// A user sent a command to the app: "#{appId} text". Texts come from users: print them by their length.
#[repr(C)]
pub struct wxpusher_send_up_cmd {
    /// The user's UID.
    pub uid: *const c_char,
    /// Its length.
    pub uid_len: usize,
    /// The app's id.
    pub app_id: i64,
    /// Deprecated by WxPusher; NULL: none.
    pub app_key: *const c_char,
    /// Its length.
    pub app_key_len: usize,
    /// The app's name; NULL: none.
    pub app_name: *const c_char,
    /// Its length.
    pub app_name_len: usize,
    /// Now always empty, or NULL.
    pub user_name: *const c_char,
    /// Its length.
    pub user_name_len: usize,
    /// Now always empty, or NULL.
    pub user_head_img: *const c_char,
    /// Its length.
    pub user_head_img_len: usize,
    /// The time of the command, in milliseconds since the epoch.
    pub time: i64,
    /// The text as the user wrote it.
    pub content: *const c_char,
    /// Its length.
    pub content_len: usize,
    /// The text without a leading "#{appId} ".
    pub command: *const c_char,
    /// Its length.
    pub command_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

/// A callback whose action this version does not know.
#[repr(C)]
pub struct wxpusher_unknown_callback {
    /// The action.
    pub action: *const c_char,
    /// Its length.
    pub action_len: usize,
    /// The whole body.
    pub raw: *const c_char,
    /// Its length.
    pub raw_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

/// One callback. One of its pointers is not NULL.
///
/// Callbacks have no signature: keep the callback URL secret, and verify important facts by API calls.
#[repr(C)]
pub struct wxpusher_callback {
    /// WXPUSHER_CALLBACK_… Later versions may know more kinds.
    pub kind: i32,
    /// The subscription; NULL if it is something else.
    pub app_subscribe: *const wxpusher_app_subscribe,
    /// The payment or refund; NULL if it is something else.
    pub order_pay: *const wxpusher_order_pay,
    /// The command; NULL if it is something else.
    pub send_up_cmd: *const wxpusher_send_up_cmd,
    /// The unknown callback; NULL if it is something else.
    pub unknown: *const wxpusher_unknown_callback,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedCallback = Owned<wxpusher_callback, CallbackMemory>;

/// At most one item in all four.
#[derive(Default)]
pub(crate) struct CallbackMemory {
    texts: Texts,
    app_subscribe: Vec<wxpusher_app_subscribe>,
    order_pay: Vec<wxpusher_order_pay>,
    send_up_cmd: Vec<wxpusher_send_up_cmd>,
    unknown: Vec<wxpusher_unknown_callback>,
}

impl From<Callback> for OwnedCallback {
    fn from(callback: Callback) -> Self {
        let mut memory = CallbackMemory::default();
        let texts = &mut memory.texts;
        let kind = match callback {
            Callback::AppSubscribe(subscribe) => {
                memory.app_subscribe.push(app_subscribe(subscribe, texts));
                WXPUSHER_CALLBACK_APP_SUBSCRIBE
            }
            Callback::OrderPay(order) => {
                memory.order_pay.push(order_pay(order, texts));
                WXPUSHER_CALLBACK_ORDER_PAY
            }
            Callback::SendUpCmd(cmd) => {
                memory.send_up_cmd.push(send_up_cmd(cmd, texts));
                WXPUSHER_CALLBACK_SEND_UP_CMD
            }
            Callback::Unknown(callback) => {
                memory.unknown.push(unknown(callback, texts));
                WXPUSHER_CALLBACK_UNKNOWN
            }
        };
        let public = wxpusher_callback {
            kind,
            app_subscribe: array(&memory.app_subscribe),
            order_pay: array(&memory.order_pay),
            send_up_cmd: array(&memory.send_up_cmd),
            unknown: array(&memory.unknown),
            reserved: [0; 4],
        };
        Self::new(public, memory)
    }
}

fn app_subscribe(subscribe: AppSubscribe, texts: &mut Texts) -> wxpusher_app_subscribe {
    let AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra } = subscribe;
    let (app_key, app_key_len) = texts.add_optional(app_key);
    let (app_name, app_name_len) = texts.add_optional(app_name);
    let (source, source_len) = texts.add(source.as_str());
    let (user_name, user_name_len) = texts.add_optional(user_name);
    let (user_head_img, user_head_img_len) = texts.add_optional(user_head_img);
    let (uid, uid_len) = texts.add(uid);
    let (extra, extra_len) = texts.add_optional(extra);
    wxpusher_app_subscribe {
        app_id,
        app_key,
        app_key_len,
        app_name,
        app_name_len,
        source,
        source_len,
        user_name,
        user_name_len,
        user_head_img,
        user_head_img_len,
        time,
        uid,
        uid_len,
        extra,
        extra_len,
        reserved: [0; 4],
    }
}

fn order_pay(order: OrderPay, texts: &mut Texts) -> wxpusher_order_pay {
    let OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, order_type, uid } = order;
    let order_type = match order_type {
        OrderType::Paid => WXPUSHER_ORDER_PAID,
        OrderType::Refunded => WXPUSHER_ORDER_REFUNDED,
        OrderType::Other(number) => number,
    };
    let (trade_no, trade_no_len) = texts.add(trade_no);
    let (uid, uid_len) = texts.add(uid);
    wxpusher_order_pay {
        add_time,
        amount,
        app_id,
        create_time,
        prod_id,
        trade_no,
        trade_no_len,
        order_type,
        uid,
        uid_len,
        reserved: [0; 4],
    }
}

fn send_up_cmd(cmd: SendUpCmd, texts: &mut Texts) -> wxpusher_send_up_cmd {
    let (command, command_len) = texts.add(cmd.command());
    let SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = cmd;
    let (uid, uid_len) = texts.add(uid);
    let (app_key, app_key_len) = texts.add_optional(app_key);
    let (app_name, app_name_len) = texts.add_optional(app_name);
    let (user_name, user_name_len) = texts.add_optional(user_name);
    let (user_head_img, user_head_img_len) = texts.add_optional(user_head_img);
    let (content, content_len) = texts.add(content);
    wxpusher_send_up_cmd {
        uid,
        uid_len,
        app_id,
        app_key,
        app_key_len,
        app_name,
        app_name_len,
        user_name,
        user_name_len,
        user_head_img,
        user_head_img_len,
        time,
        content,
        content_len,
        command,
        command_len,
        reserved: [0; 4],
    }
}

fn unknown(callback: UnknownCallback, texts: &mut Texts) -> wxpusher_unknown_callback {
    let UnknownCallback { action, raw } = callback;
    let (action, action_len) = texts.add(action);
    let (raw, raw_len) = texts.add(raw);
    wxpusher_unknown_callback { action, action_len, raw, raw_len, reserved: [0; 4] }
}

/// Reads the body of a callback. Actions and values that this version does not know are kept.
///
/// `*callback` is the caller's to free with wxpusher_callback_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_CALLBACK, with the
/// place in the body.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_parse_callback(
    body: *const c_char,
    body_len: usize,
    callback: Option<&mut MaybeUninit<*mut wxpusher_callback>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedCallback>(callback, "callback", error, || {
        // SAFETY: the caller keeps the header's rules for `body`.
        Ok(parse_callback(unsafe { bytes(body, body_len, "body") }?)?.into())
    })
}

/// Frees a callback. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_callback_free(callback: *mut wxpusher_callback) {
    // SAFETY: the caller gives up `callback`, which is NULL or came from this library.
    unsafe { release_result::<OwnedCallback>(callback) }
}
