/* Reports results in the words of the suite. */
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

/* Puts a field of a result; a text with its length. */
#define PUT_TEXT(object, it, field) put(object, #field, text((it)->field, (it)->field##_len))
#define PUT_NUMBER(object, it, field) put(object, #field, number((it)->field))
#define PUT_ID(object, it, field) put(object, #field, maybe((it)->field != 0, (it)->field))

json_t *report_outcome(const wxpusher_outcome *outcome) {
  json_t *targets = json_array();
  for (size_t index = 0; index < outcome->targets_len; index++) {
    const wxpusher_target *target = outcome->targets[index];
    json_t *row = json_object();
    PUT_TEXT(row, target, uid);
    PUT_ID(row, target, topic_id);
    PUT_ID(row, target, message_id);
    PUT_ID(row, target, send_record_id);
    PUT_NUMBER(row, target, code);
    PUT_TEXT(row, target, status);
    json_array_append_new(targets, row);
  }
  json_t *report = json_object();
  PUT_ID(report, outcome, message_content_id);
  put(report, "targets", targets);
  put(report, "succeeded", number((int64_t)(outcome->targets_len - outcome->failed)));
  put(report, "failed", number((int64_t)outcome->failed));
  put(report, "all_ok", json_boolean(outcome->failed == 0));
  return report;
}

json_t *report_status(const wxpusher_status *status) {
  json_t *report = json_object();
  put(report, "code", maybe(status->has_code, status->code));
  PUT_TEXT(report, status, text);
  return report;
}

json_t *report_qrcode(const wxpusher_qrcode *qrcode) {
  json_t *report = json_object();
  PUT_TEXT(report, qrcode, code);
  PUT_TEXT(report, qrcode, url);
  PUT_TEXT(report, qrcode, short_url);
  PUT_TEXT(report, qrcode, extra);
  PUT_NUMBER(report, qrcode, expires);
  return report;
}

json_t *report_user(const wxpusher_user *user) {
  json_t *report = json_object();
  PUT_TEXT(report, user, uid);
  PUT_NUMBER(report, user, id);
  PUT_ID(report, user, app_or_topic_id);
  PUT_TEXT(report, user, head_img);
  PUT_NUMBER(report, user, create_time);
  PUT_TEXT(report, user, nick_name);
  put(report, "is_blocked", json_boolean(user->is_blocked));
  put(report, "type", number(user->follow_type));
  PUT_TEXT(report, user, target);
  PUT_NUMBER(report, user, pay_end_time);
  return report;
}

json_t *report_user_page(const wxpusher_user_page *page) {
  json_t *users = json_array();
  for (size_t index = 0; index < page->users_len; index++) {
    json_array_append_new(users, report_user(page->users[index]));
  }
  json_t *report = json_object();
  PUT_NUMBER(report, page, total);
  put(report, "page", json_integer(page->page));
  put(report, "page_size", json_integer(page->page_size));
  put(report, "users", users);
  return report;
}

json_t *report_user_page_v1(const wxpusher_user_page_v1 *page) {
  json_t *users = json_array();
  for (size_t index = 0; index < page->users_len; index++) {
    const wxpusher_user_v1 *user = page->users[index];
    json_t *row = json_object();
    PUT_TEXT(row, user, uid);
    PUT_NUMBER(row, user, create_time);
    put(row, "enable", json_boolean(user->enable));
    PUT_TEXT(row, user, head_img);
    PUT_TEXT(row, user, nick_name);
    json_array_append_new(users, row);
  }
  json_t *report = json_object();
  PUT_NUMBER(report, page, total);
  put(report, "page", json_integer(page->page));
  put(report, "page_size", json_integer(page->page_size));
  put(report, "users", users);
  return report;
}

json_t *report_pay_end_times(const wxpusher_pay_end_times *times) {
  json_t *rows = json_array();
  for (size_t index = 0; index < times->items_len; index++) {
    const wxpusher_pay_end_time *item = times->items[index];
    json_t *row = json_object();
    PUT_NUMBER(row, item, resource_type);
    PUT_NUMBER(row, item, resource_id);
    PUT_NUMBER(row, item, pay_end_time);
    json_array_append_new(rows, row);
  }
  json_t *report = json_object();
  put(report, "items", rows);
  return report;
}

json_t *report_batch(const wxpusher_batch *batch) {
  json_t *uids = json_array();
  for (size_t index = 0; index < batch->uids_len; index++) {
    json_array_append_new(uids, text(batch->uids[index], batch->uid_lens[index]));
  }
  json_t *report = json_object();
  put(report, "number", number((int64_t)batch->number));
  put(report, "uids", uids);
  put(report, "done", number((int64_t)batch->done));
  put(report, "duplicates", number((int64_t)batch->duplicates));
  put(report, "outcome", batch->outcome == NULL ? json_null() : report_outcome(batch->outcome));
  put(report, "err", batch->error == NULL ? json_null() : report_error(batch->error));
  return report;
}

static void put_app_subscribe(json_t *report, const wxpusher_app_subscribe *it) {
  put(report, "action", json_string("app_subscribe"));
  PUT_NUMBER(report, it, app_id);
  PUT_TEXT(report, it, app_key);
  PUT_TEXT(report, it, app_name);
  PUT_TEXT(report, it, source);
  PUT_TEXT(report, it, user_name);
  PUT_TEXT(report, it, user_head_img);
  PUT_NUMBER(report, it, time);
  PUT_TEXT(report, it, uid);
  PUT_TEXT(report, it, extra);
}

static void put_order_pay(json_t *report, const wxpusher_order_pay *it) {
  put(report, "action", json_string("order_pay"));
  PUT_NUMBER(report, it, add_time);
  PUT_NUMBER(report, it, amount);
  PUT_NUMBER(report, it, app_id);
  PUT_NUMBER(report, it, create_time);
  PUT_NUMBER(report, it, prod_id);
  PUT_TEXT(report, it, trade_no);
  put(report, "type", number(it->order_type));
  PUT_TEXT(report, it, uid);
}

static void put_send_up_cmd(json_t *report, const wxpusher_send_up_cmd *it) {
  put(report, "action", json_string("send_up_cmd"));
  PUT_TEXT(report, it, uid);
  PUT_NUMBER(report, it, app_id);
  PUT_TEXT(report, it, app_key);
  PUT_TEXT(report, it, app_name);
  PUT_TEXT(report, it, user_name);
  PUT_TEXT(report, it, user_head_img);
  PUT_NUMBER(report, it, time);
  PUT_TEXT(report, it, content);
  PUT_TEXT(report, it, command);
}

json_t *report_callback(const wxpusher_callback *callback) {
  json_t *report = json_object();
  switch (callback->kind) {
    case WXPUSHER_CALLBACK_APP_SUBSCRIBE:
      put_app_subscribe(report, callback->app_subscribe);
      break;
    case WXPUSHER_CALLBACK_ORDER_PAY:
      put_order_pay(report, callback->order_pay);
      break;
    case WXPUSHER_CALLBACK_SEND_UP_CMD:
      put_send_up_cmd(report, callback->send_up_cmd);
      break;
    case WXPUSHER_CALLBACK_UNKNOWN:
      put(report, "action", json_string("unknown"));
      put(report, "name", text(callback->unknown->action, callback->unknown->action_len));
      PUT_TEXT(report, callback->unknown, raw);
      break;
    default:
      broken("a kind of callback that the header does not have");
  }
  return report;
}

json_t *report_text(const char *name, const wxpusher_text *it) {
  json_t *report = json_object();
  put(report, name, it == NULL ? json_null() : text(it->text, it->len));
  return report;
}

json_t *report_error(const wxpusher_error *error) {
  static const char *const sent[] = {
      [WXPUSHER_SENT_NO] = "no", [WXPUSHER_SENT_MAYBE] = "maybe", [WXPUSHER_SENT_YES] = "yes"};
  json_t *report = json_object();
  put(report, "kind", json_string(wxpusher_error_kind_name(error->number)));
  put(report, "number", json_integer(error->number));
  put(report, "sent", json_string(sent[error->sent]));
  put(report, "retry_is_safe", json_boolean(error->retry_is_safe));
  put(report, "is_rate_limited", json_boolean(error->is_rate_limited));
  put(report, "field", error->field == NULL ? json_null() : json_string(error->field));
  PUT_TEXT(report, error, reason);
  put(report, "phase", error->phase == NULL ? json_null() : json_string(error->phase));
  put(report, "status", error->http_status == 0 ? json_null() : json_integer(error->http_status));
  put(report, "code", maybe(error->has_code, error->code));
  PUT_TEXT(report, error, msg);
  put(report, "outcome", error->outcome == NULL ? json_null() : report_outcome(error->outcome));
  PUT_TEXT(report, error, text);
  return report;
}
