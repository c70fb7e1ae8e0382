//! WxPusher's routes by name.

use hyper::Method;
use serde::{Deserialize, Serialize};

macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident $json:literal = $method:ident $path:literal;)*) => {
        /// One of WxPusher's interfaces: where a fault goes, and which one was called.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Route {
            $($(#[$doc])* #[doc = concat!("`", stringify!($method), " ", $path, "`")] #[serde(rename = $json)] $name,)*
        }

        impl Route {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub(crate) fn method(self) -> Method {
                match self {
                    $(Self::$name => Method::$method,)*
                }
            }

            /// Its name, as faults spell it in JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $json,)*
                }
            }

            /// Its path, with `{…}` where a value goes.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }
        }
    };
}

routes! {
    Send "send" = POST "/api/send/message";
    SendByGet "sendByGet" = GET "/api/send/message/";
    QueryMessageStatus "queryMessageStatus" = GET "/api/send/query/{messageId}";
    QueryStatus "queryStatus" = GET "/api/send/query/status";
    DeleteMessage "deleteMessage" = DELETE "/api/send/message";
    CreateQrcode "createQrcode" = POST "/api/fun/create/qrcode";
    QueryScanUid "queryScanUid" = GET "/api/fun/scan-qrcode-uid";
    ListUsersV1 "listUsersV1" = GET "/api/fun/wxuser";
    ListUsers "listUsers" = GET "/api/fun/wxuser/v2";
    DeleteUser "deleteUser" = DELETE "/api/fun/remove";
    RejectUser "rejectUser" = PUT "/api/fun/reject";
    SimplePush "simplePush" = POST "/api/send/message/simple-push";
    SimplePushByGet "simplePushByGet" = GET "/api/send/message/{spt}/{content}";
    QueryPayEndTime "queryPayEndTime" = GET "/api/product/query-pay-end-time";
}
