/* What came of a call, in the vocabulary of the suite. */
#include "testee.h"

#include <inttypes.h>
#include <stdio.h>

static json_t *text(const char *start, size_t len) {
  return start == NULL ? json_null() : json_stringn(start, len);
}

static json_t *number(int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  return json_string(digits);
}

static json_t *maybe(bool there, int64_t value) { return there ? number(value) : json_null(); }

static void put(json_t *object, const char *name, json_t *value) {
  if (json_object_set_new(object, name, value) != 0) {
    broken(name);
  }
}

/* Puts what the getter wxpusher_<type>_<field> says. */
#define PUT_TEXT(object, type, handle, field, name)                  \
  do {                                                               \
    size_t put_len = 0;                                              \
    const char *put_start = wxpusher_##type##_##field(handle, &put_len); \
    put(object, name, text(put_start, put_len));                     \
  } while (0)
#define PUT_NUMBER(object, type, handle, field, name) put(object, name, number(wxpusher_##type##_##field(handle)))
#define PUT_COUNT(object, type, handle, field, name) \
  put(object, name, number((int64_t)wxpusher_##type##_##field(handle)))
#define PUT_MAYBE(object, type, handle, field, name)                    \
  do {                                                                  \
    int64_t put_value = 0;                                              \
    bool put_there = wxpusher_##type##_##field(handle, &put_value);     \
    put(object, name, maybe(put_there, put_value));                     \
  } while (0)
#define PUT_BOOL(object, type, handle, field, name) put(object, name, json_boolean(wxpusher_##type##_##field(handle)))

json_t *report_outcome(const wxpusher_outcome *outcome) {
  json_t *targets = json_array();
  for (size_t index = 0; index < wxpusher_outcome_len(outcome); index++) {
    const wxpusher_target *target = wxpusher_outcome_target(outcome, index);
    json_t *row = json_object();
    PUT_TEXT(row, target, target, uid, "uid");
    PUT_MAYBE(row, target, target, topic_id, "topic_id");
    PUT_MAYBE(row, target, target, message_id, "message_id");
    PUT_MAYBE(row, target, target, send_record_id, "send_record_id");
    PUT_NUMBER(row, target, target, code, "code");
    PUT_TEXT(row, target, target, status, "status");
    json_array_append_new(targets, row);
  }
  json_t *answer = json_object();
  PUT_MAYBE(answer, outcome, outcome, message_content_id, "message_content_id");
  put(answer, "targets", targets);
  PUT_COUNT(answer, outcome, outcome, succeeded, "succeeded");
  PUT_COUNT(answer, outcome, outcome, failed, "failed");
  PUT_BOOL(answer, outcome, outcome, all_ok, "all_ok");
  return answer;
}

json_t *report_status(const wxpusher_status *status) {
  json_t *answer = json_object();
  PUT_MAYBE(answer, status, status, code, "code");
  PUT_TEXT(answer, status, status, text, "text");
  return answer;
}

json_t *report_qrcode(const wxpusher_qrcode *qrcode) {
  json_t *answer = json_object();
  PUT_TEXT(answer, qrcode, qrcode, code, "code");
  PUT_TEXT(answer, qrcode, qrcode, url, "url");
  PUT_TEXT(answer, qrcode, qrcode, short_url, "short_url");
  PUT_TEXT(answer, qrcode, qrcode, extra, "extra");
  PUT_NUMBER(answer, qrcode, qrcode, expires, "expires");
  return answer;
}

json_t *report_user(const wxpusher_user *user) {
  json_t *answer = json_object();
  PUT_TEXT(answer, user, user, uid, "uid");
  PUT_NUMBER(answer, user, user, id, "id");
  PUT_MAYBE(answer, user, user, app_or_topic_id, "app_or_topic_id");
  PUT_TEXT(answer, user, user, head_img, "head_img");
  PUT_NUMBER(answer, user, user, create_time, "create_time");
  PUT_TEXT(answer, user, user, nick_name, "nick_name");
  PUT_BOOL(answer, user, user, is_blocked, "is_blocked");
  PUT_NUMBER(answer, user, user, follow_type, "type");
  PUT_TEXT(answer, user, user, target, "target");
  PUT_NUMBER(answer, user, user, pay_end_time, "pay_end_time");
  return answer;
}

json_t *report_user_page(const wxpusher_user_page *page) {
  json_t *users = json_array();
  for (size_t index = 0; index < wxpusher_user_page_len(page); index++) {
    json_array_append_new(users, report_user(wxpusher_user_page_user(page, index)));
  }
  json_t *answer = json_object();
  PUT_NUMBER(answer, user_page, page, total, "total");
  put(answer, "page", json_integer(wxpusher_user_page_page(page)));
  put(answer, "page_size", json_integer(wxpusher_user_page_page_size(page)));
  put(answer, "users", users);
  return answer;
}

json_t *report_user_page_v1(const wxpusher_user_page_v1 *page) {
  json_t *users = json_array();
  for (size_t index = 0; index < wxpusher_user_page_v1_len(page); index++) {
    const wxpusher_user_v1 *user = wxpusher_user_page_v1_user(page, index);
    json_t *row = json_object();
    PUT_TEXT(row, user_v1, user, uid, "uid");
    PUT_NUMBER(row, user_v1, user, create_time, "create_time");
    PUT_BOOL(row, user_v1, user, enable, "enable");
    PUT_TEXT(row, user_v1, user, head_img, "head_img");
    PUT_TEXT(row, user_v1, user, nick_name, "nick_name");
    json_array_append_new(users, row);
  }
  json_t *answer = json_object();
  PUT_NUMBER(answer, user_page_v1, page, total, "total");
  put(answer, "page", json_integer(wxpusher_user_page_v1_page(page)));
  put(answer, "page_size", json_integer(wxpusher_user_page_v1_page_size(page)));
  put(answer, "users", users);
  return answer;
}

json_t *report_pay_end_times(const wxpusher_pay_end_times *items) {
  json_t *rows = json_array();
  for (size_t index = 0; index < wxpusher_pay_end_times_len(items); index++) {
    const wxpusher_pay_end_time *item = wxpusher_pay_end_times_item(items, index);
    json_t *row = json_object();
    PUT_NUMBER(row, pay_end_time, item, resource_type, "resource_type");
    PUT_NUMBER(row, pay_end_time, item, resource_id, "resource_id");
    PUT_NUMBER(row, pay_end_time, item, pay_end_time, "pay_end_time");
    json_array_append_new(rows, row);
  }
  json_t *answer = json_object();
  put(answer, "items", rows);
  return answer;
}

json_t *report_batch(const wxpusher_batch *batch) {
  json_t *uids = json_array();
  for (size_t index = 0; index < wxpusher_batch_len(batch); index++) {
    size_t len = 0;
    const char *uid = wxpusher_batch_uid(batch, index, &len);
    json_array_append_new(uids, text(uid, len));
  }
  const wxpusher_outcome *outcome = wxpusher_batch_outcome(batch);
  const wxpusher_error *error = wxpusher_batch_error(batch);
  json_t *answer = json_object();
  PUT_COUNT(answer, batch, batch, number, "number");
  put(answer, "uids", uids);
  PUT_COUNT(answer, batch, batch, done, "done");
  PUT_COUNT(answer, batch, batch, duplicates, "duplicates");
  put(answer, "outcome", outcome == NULL ? json_null() : report_outcome(outcome));
  put(answer, "err", error == NULL ? json_null() : report_error(error));
  return answer;
}

static void put_app_subscribe(json_t *answer, const wxpusher_app_subscribe *it) {
  put(answer, "action", json_string("app_subscribe"));
  PUT_NUMBER(answer, app_subscribe, it, app_id, "app_id");
  PUT_TEXT(answer, app_subscribe, it, app_key, "app_key");
  PUT_TEXT(answer, app_subscribe, it, app_name, "app_name");
  PUT_TEXT(answer, app_subscribe, it, source, "source");
  PUT_TEXT(answer, app_subscribe, it, user_name, "user_name");
  PUT_TEXT(answer, app_subscribe, it, user_head_img, "user_head_img");
  PUT_NUMBER(answer, app_subscribe, it, time, "time");
  PUT_TEXT(answer, app_subscribe, it, uid, "uid");
  PUT_TEXT(answer, app_subscribe, it, extra, "extra");
}

static void put_order_pay(json_t *answer, const wxpusher_order_pay *it) {
  put(answer, "action", json_string("order_pay"));
  PUT_NUMBER(answer, order_pay, it, add_time, "add_time");
  PUT_NUMBER(answer, order_pay, it, amount, "amount");
  PUT_NUMBER(answer, order_pay, it, app_id, "app_id");
  PUT_NUMBER(answer, order_pay, it, create_time, "create_time");
  PUT_NUMBER(answer, order_pay, it, prod_id, "prod_id");
  PUT_TEXT(answer, order_pay, it, trade_no, "trade_no");
  PUT_NUMBER(answer, order_pay, it, type, "type");
  PUT_TEXT(answer, order_pay, it, uid, "uid");
}

static void put_send_up_cmd(json_t *answer, const wxpusher_send_up_cmd *it) {
  put(answer, "action", json_string("send_up_cmd"));
  PUT_TEXT(answer, send_up_cmd, it, uid, "uid");
  PUT_NUMBER(answer, send_up_cmd, it, app_id, "app_id");
  PUT_TEXT(answer, send_up_cmd, it, app_key, "app_key");
  PUT_TEXT(answer, send_up_cmd, it, app_name, "app_name");
  PUT_TEXT(answer, send_up_cmd, it, user_name, "user_name");
  PUT_TEXT(answer, send_up_cmd, it, user_head_img, "user_head_img");
  PUT_NUMBER(answer, send_up_cmd, it, time, "time");
  PUT_TEXT(answer, send_up_cmd, it, content, "content");
  PUT_TEXT(answer, send_up_cmd, it, command, "command");
}

json_t *report_callback(const wxpusher_callback *callback) {
  json_t *answer = json_object();
  switch (wxpusher_callback_kind(callback)) {
    case WXPUSHER_CALLBACK_APP_SUBSCRIBE:
      put_app_subscribe(answer, wxpusher_callback_app_subscribe(callback));
      break;
    case WXPUSHER_CALLBACK_ORDER_PAY:
      put_order_pay(answer, wxpusher_callback_order_pay(callback));
      break;
    case WXPUSHER_CALLBACK_SEND_UP_CMD:
      put_send_up_cmd(answer, wxpusher_callback_send_up_cmd(callback));
      break;
    case WXPUSHER_CALLBACK_UNKNOWN: {
      const wxpusher_unknown_callback *it = wxpusher_callback_unknown(callback);
      put(answer, "action", json_string("unknown"));
      PUT_TEXT(answer, unknown_callback, it, action, "name");
      PUT_TEXT(answer, unknown_callback, it, raw, "raw");
      break;
    }
    default:
      broken("a kind of callback that the header does not know");
  }
  return answer;
}

json_t *report_uid(const wxpusher_text *uid) {
  json_t *answer = json_object();
  PUT_TEXT(answer, text, uid, get, "uid");
  return answer;
}

json_t *report_error(const wxpusher_error *error) {
  static const char *const sent[] = {
      [WXPUSHER_SENT_NO] = "no", [WXPUSHER_SENT_MAYBE] = "maybe", [WXPUSHER_SENT_YES] = "yes"};
  const wxpusher_outcome *outcome = wxpusher_error_outcome(error);
  int32_t status = wxpusher_error_http_status(error);
  json_t *answer = json_object();
  put(answer, "kind", json_string(wxpusher_error_kind(error)));
  put(answer, "number", json_integer(wxpusher_error_number(error)));
  put(answer, "sent", json_string(sent[wxpusher_error_sent(error)]));
  PUT_BOOL(answer, error, error, retry_is_safe, "retry_is_safe");
  PUT_BOOL(answer, error, error, is_rate_limited, "is_rate_limited");
  PUT_TEXT(answer, error, error, field, "field");
  PUT_TEXT(answer, error, error, reason, "reason");
  PUT_TEXT(answer, error, error, phase, "phase");
  put(answer, "status", status == 0 ? json_null() : json_integer(status));
  PUT_MAYBE(answer, error, error, code, "code");
  PUT_TEXT(answer, error, error, msg, "msg");
  put(answer, "outcome", outcome == NULL ? json_null() : report_outcome(outcome));
  PUT_TEXT(answer, error, error, text, "text");
  return answer;
}
