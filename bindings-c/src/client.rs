//! Client

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{Client, Config};

use crate::boundary::{call, release};
use crate::config::wxpusher_config;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::owned::opaque;
use crate::pointer::{required, text};

/// A client of WxPusher. Immutable: any number of threads may use it at the same time.
///
/// It keeps its connections open. After `fork()` the child opens its own connections.
#[derive(Debug)]
pub struct wxpusher_client(pub(crate) Client);

opaque!(wxpusher_client);

/// Creates a client for an app, with the default settings.
///
/// `*client` is the caller's to free with wxpusher_client_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_new(
    app_token: *const c_char,
    app_token_len: usize,
    client: Option<&mut MaybeUninit<*mut wxpusher_client>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(client, "client", error, || {
        // SAFETY: the caller keeps the header's rules for `app_token`.
        let app_token = unsafe { text(app_token, app_token_len, "app_token") }?;
        Ok(wxpusher_client(Client::new(app_token)?))
    })
}

/// Creates a client with the settings of the environment; see wxpusher_config_from_env.
///
/// `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_from_env(
    client: Option<&mut MaybeUninit<*mut wxpusher_client>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(client, "client", error, || Ok(wxpusher_client(Client::with_config(Config::from_env()?)?)))
}

/// Creates a client with a copy of these settings.
///
/// `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT, naming the setting.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_with_config(
    config: Option<&wxpusher_config>,
    client: Option<&mut MaybeUninit<*mut wxpusher_client>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(client, "client", error, || {
        Ok(wxpusher_client(Client::with_config(required(config, "config")?.config.clone())?))
    })
}

/// Frees a client; its connections close with the last wxpusher_users and wxpusher_broadcast made of it. NULL is allowed.
///
/// No call may be running on it: call wxpusher_client_cancel and wait for the calls to return.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_free(client: Option<Box<wxpusher_client>>) {
    release(client);
}

/// Cancels all calls of this client, and of clients scoped from it, within 200 ms, for ever: these and all later calls return
/// WXPUSHER_ERROR_CANCELLED. NULL is allowed.
///
/// Any thread, while calls are running, and also a signal handler: it takes no lock, allocates and frees nothing. A request that
/// was sent may still be carried out: see `sent` of the error.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_cancel(client: Option<&wxpusher_client>) {
    call(|| client.map_or((), |client| client.0.cancel()));
}

/// Returns whether this client, or the client that it was scoped from, was cancelled. False for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_is_cancelled(client: Option<&wxpusher_client>) -> bool {
    call(|| client.is_some_and(|client| client.0.is_cancelled()))
}

/// Creates a client that uses the same connections and can be cancelled separately; cancelling the original cancels both. It is
/// cheap: create one for each call that you want to cancel.
///
/// `*scoped` is the caller's to free with wxpusher_client_free. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_scoped(
    client: Option<&wxpusher_client>,
    scoped: Option<&mut MaybeUninit<*mut wxpusher_client>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(scoped, "scoped", error, || Ok(wxpusher_client(required(client, "client")?.0.scoped())))
}
