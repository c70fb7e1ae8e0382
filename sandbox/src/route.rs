//! WxPusher's routes by name.

use hyper::Method;
use serde::{Deserialize, Serialize};

macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident $json:literal = $method:ident $path:literal;)*) => {
        /// One of WxPusher's routes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Route {
            $($(#[$doc])* #[doc = concat!("`", stringify!($method), " ", $path, "`")] #[serde(rename = $json)] $name,)*
        }

        impl Route {
            /// All routes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub(crate) fn method(self) -> Method {
                match self {
                    $(Self::$name => Method::$method,)*
                }
            }

            /// The name of the route in JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $json,)*
                }
            }

            /// The path, with `{…}` for values.
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
