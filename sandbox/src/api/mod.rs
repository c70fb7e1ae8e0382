//! WxPusher's routes, one file per family.

mod content_size;
mod delete_message;
mod envelope;
mod fault_response;
mod lenient;
mod limits;
mod params;
mod product;
mod qrcode;
mod qrcode_image;
mod record;
mod send;
mod simple_push;
mod status;
mod users;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, get, on};
use hyper::Method;

pub(crate) use self::content_size::as_html;
use self::envelope::Reply;
use crate::Route;
use crate::shared::State;
use crate::world::Refusal;

pub(crate) fn router(state: &State) -> Router<State> {
    Api { router: Router::new(), state: state.clone() }
        .route(Route::Send, send::send)
        .route(Route::SendByGet, send::send_by_get)
        .route(Route::QueryMessageStatus, status::of_message)
        .route(Route::QueryStatus, status::of_record)
        .route(Route::DeleteMessage, delete_message::delete_message)
        .route(Route::CreateQrcode, qrcode::create)
        .route(Route::QueryScanUid, qrcode::scan_uid)
        .route(Route::ListUsersV1, users::list_v1)
        .route(Route::ListUsers, users::list)
        .route(Route::DeleteUser, users::delete)
        .route(Route::RejectUser, users::reject)
        .route(Route::SimplePush, simple_push::push)
        .route(Route::SimplePushByGet, simple_push::push_by_get)
        .route(Route::QueryPayEndTime, product::pay_end_time)
        .finish()
}

struct Api {
    router: Router<State>,
    state: State,
}

impl Api {
    fn route<H, T>(mut self, route: Route, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        let record = from_fn_with_state((self.state.clone(), Some(route)), record::record);
        let handler = on(filter(&route.method()), handler).route_layer(record);
        let path = route.path().trim_end_matches('/');
        // Every route is accepted with and without a slash at its end.
        self.router = self.router.route(path, handler.clone()).route(&format!("{path}/"), handler);
        self
    }

    fn finish(self) -> Router<State> {
        let record = from_fn_with_state((self.state, None), record::record);
        let unknown = no_such_interface.layer(record);
        self.router
            .route("/api/qrcode/{file}", get(qrcode_image::image))
            .method_not_allowed_fallback(unknown.clone())
            .fallback(unknown)
    }
}

fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET)
}

async fn no_such_interface(request: Request) -> Reply {
    Refusal::no_such_interface(request.method().as_str(), request.uri().path()).into()
}
