//! Failures as WxPusher reports them.

/// A business code and the Chinese text that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i32,
    pub(crate) msg: String,
}

impl Refusal {
    /// 1001: understood, but not possible.
    pub(crate) fn business(msg: impl Into<String>) -> Self {
        Self { code: 1001, msg: msg.into() }
    }

    /// 1002: unknown app token.
    pub(crate) fn unauthenticated() -> Self {
        Self { code: 1002, msg: "appToken不正确，未授权".to_owned() }
    }

    /// 1004: no such interface.
    pub(crate) fn no_such_interface(method: &str, path: &str) -> Self {
        Self { code: 1004, msg: format!("接口 [{method} {path}] 不存在") }
    }

    /// 1005: the request broke the server, which responds with the Java exception.
    pub(crate) fn server_error(path: &str, exception: &str, detail: &str) -> Self {
        Self { code: 1005, msg: format!("接口 [{path}] 出现异常：{exception}: {detail}") }
    }
}
