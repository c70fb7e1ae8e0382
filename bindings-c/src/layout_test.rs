//! The layout of the structs is the same in Rust and in the header, and does not change: `tests/layout.inc` has the numbers, and
//! `tests/layout.c` checks them in C.
//!
//! `WXPUSHER_GENERATE=1 cargo test -p wxpusher-c --lib` writes the numbers of new structs and fields.

use std::fmt::Write;
use std::fs;
use std::mem::offset_of;
use std::path::Path;

macro_rules! layouts {
    ($($type:ident: $($field:ident)+;)+) => {{
        let mut text = String::new();
        $($(
            writeln!(
                text,
                "LAYOUT({}, {}, {}, {});",
                stringify!($type),
                size_of::<crate::$type>(),
                stringify!($field),
                offset_of!(crate::$type, $field)
            )
            .expect("a String can be written");
        )+)+
        text
    }};
}

#[test]
fn layout_is_unchanged() {
    let numbers = layouts! {
        wxpusher_message: size content summary_len url uid uids uid_lens uids_len topic_ids topic_id content_type verify_pay reserved;
        wxpusher_simple_push: size content summary_len url spt spts spt_lens spts_len content_type reserved;
        wxpusher_user_query: size uid page page_size is_blocked follow_type;
        wxpusher_target: uid topic_id message_id send_record_id code status status_len is_ok reserved;
        wxpusher_outcome: message_content_id targets targets_len failed reserved;
        wxpusher_error: number sent http_status retry_is_safe is_rate_limited has_code code text field reason phase msg outcome reserved;
        wxpusher_status: code text text_len has_code is_waiting reserved;
        wxpusher_text: text len reserved;
        wxpusher_texts: texts lens len reserved;
        wxpusher_qrcode: code url short_url extra expires reserved;
        wxpusher_user: uid id app_or_topic_id head_img create_time nick_name follow_type target pay_end_time is_blocked reserved;
        wxpusher_user_page: total page page_size users users_len reserved;
        wxpusher_user_v1: uid create_time head_img nick_name enable reserved;
        wxpusher_user_page_v1: total page page_size users users_len reserved;
        wxpusher_pay_end_time: resource_type resource_id pay_end_time reserved;
        wxpusher_pay_end_times: items items_len reserved;
        wxpusher_batch: number done duplicates uids uid_lens uids_len outcome error reserved;
        wxpusher_callback: kind app_subscribe order_pay send_up_cmd unknown reserved;
        wxpusher_app_subscribe: app_id app_key app_name source user_name user_head_img time uid extra reserved;
        wxpusher_order_pay: add_time amount app_id create_time prod_id trade_no order_type uid reserved;
        wxpusher_send_up_cmd: uid app_id app_key app_name user_name user_head_img time content command reserved;
        wxpusher_unknown_callback: action raw reserved;
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout.inc");
    if std::env::var_os("WXPUSHER_GENERATE").is_some() {
        fs::write(&path, &numbers).expect("the file can be written");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), numbers, "the layout of a struct changed");
}
