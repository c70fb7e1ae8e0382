/* The methods, with the suite's arguments. */
#include "testee.h"

#include <stdlib.h>
#include <string.h>

/* A text argument with its length; NULL if it is absent. */
typedef struct {
  const char *start;
  size_t len;
} view;

static view text(json_t *args, const char *name) {
  json_t *value = json_object_get(args, name);
  view it = {NULL, 0};
  if (value != NULL) {
    if (!json_is_string(value)) {
      broken(name);
    }
    it.start = json_string_value(value);
    it.len = json_string_length(value);
  }
  return it;
}

static json_int_t small(json_t *args, const char *name, json_int_t otherwise) {
  json_t *value = json_object_get(args, name);
  return value == NULL ? otherwise : json_integer_value(value);
}

int64_t integer(json_t *text) {
  char *end = NULL;
  if (!json_is_string(text)) {
    broken("an integer must be a text");
  }
  long long value = strtoll(json_string_value(text), &end, 10);
  if (*end != '\0') {
    broken("a text that is not an integer");
  }
  return value;
}

/* An array of texts. */
typedef struct {
  const char **starts;
  size_t *lens;
  size_t count;
} views;

static views texts(json_t *list) {
  views it = {NULL, NULL, json_array_size(list)};
  size_t index = 0;
  json_t *item = NULL;
  if (it.count == 0) {
    return it;
  }
  it.starts = calloc(it.count, sizeof *it.starts);
  it.lens = calloc(it.count, sizeof *it.lens);
  if (it.starts == NULL || it.lens == NULL) {
    broken("no memory");
  }
  json_array_foreach(list, index, item) {
    it.starts[index] = json_string_value(item);
    it.lens[index] = json_string_length(item);
  }
  return it;
}

static void free_views(views it) {
  free(it.starts);
  free(it.lens);
}

static int32_t content_type(json_t *args) {
  const char *name = json_string_value(json_object_get(args, "content_type"));
  if (name == NULL || strcmp(name, "text") == 0) {
    return WXPUSHER_CONTENT_TEXT;
  }
  return strcmp(name, "html") == 0 ? WXPUSHER_CONTENT_HTML : WXPUSHER_CONTENT_MARKDOWN;
}

/* The array of a list of ids; the caller frees it. */
static int64_t *integers(json_t *list) {
  int64_t *ids = calloc(json_array_size(list) + 1, sizeof *ids);
  if (ids == NULL) {
    broken("no memory");
  }
  for (size_t index = 0; index < json_array_size(list); index++) {
    ids[index] = integer(json_array_get(list, index));
  }
  return ids;
}

/* A message without recipients. */
static wxpusher_message text_of_message(json_t *args) {
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  view content = text(args, "content"), summary = text(args, "summary"), url = text(args, "url");
  json_t *pay = json_object_get(args, "verify_pay"), *pay_type = json_object_get(args, "verify_pay_type");
  message.content_type = content_type(args);
  message.content = content.start;
  message.content_len = content.len;
  message.summary = summary.start;
  message.summary_len = summary.len;
  message.url = url.start;
  message.url_len = url.len;
  if (pay != NULL) {
    message.verify_pay = json_is_true(pay);
  }
  if (pay_type != NULL) {
    message.verify_pay_type = (int32_t)json_integer_value(pay_type);
  }
  return message;
}

typedef int32_t send_function(const wxpusher_client *, const wxpusher_message *, wxpusher_outcome **, wxpusher_error **);

/* Reports the outcome of a send and frees it. */
static void report_sent(wxpusher_outcome *outcome, result *result) {
  if (result->status == 0) {
    result->ok = report_outcome(outcome);
  }
  wxpusher_outcome_free(outcome);
}

static void send_with(send_function *function, json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_outcome *outcome = NULL;
  wxpusher_message message = text_of_message(args);
  view uid = text(args, "uid");
  json_t *topic_id = json_object_get(args, "topic_id"), *list = json_object_get(args, "topic_ids");
  views uids = texts(json_object_get(args, "uids"));
  int64_t *topic_ids = integers(list);
  message.uid = uid.start;
  message.uid_len = uid.len;
  message.uids = uids.starts;
  message.uid_lens = uids.lens;
  message.uids_len = uids.count;
  message.topic_ids = topic_ids;
  message.topic_ids_len = json_array_size(list);
  message.topic_id = topic_id == NULL ? 0 : integer(topic_id);
  result->status = function(client, &message, &outcome, &result->error);
  if (result->status == 0 && json_is_true(json_object_get(args, "ensure_all"))) {
    result->status = wxpusher_outcome_ensure_all(outcome, &result->error);
  }
  report_sent(outcome, result);
  free(topic_ids);
  free_views(uids);
}

static void send(json_t *args, const wxpusher_client *client, result *result) {
  send_with(wxpusher_client_send, args, client, result);
}

static void send_by_get(json_t *args, const wxpusher_client *client, result *result) {
  send_with(wxpusher_client_send_by_get, args, client, result);
}

static void simple_push(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_simple_push push = WXPUSHER_SIMPLE_PUSH_INIT;
  wxpusher_outcome *outcome = NULL;
  view content = text(args, "content"), summary = text(args, "summary"), url = text(args, "url");
  views spts = texts(json_object_get(args, "spts"));
  push.content_type = content_type(args);
  push.content = content.start;
  push.content_len = content.len;
  push.summary = summary.start;
  push.summary_len = summary.len;
  push.url = url.start;
  push.url_len = url.len;
  push.spts = spts.starts;
  push.spt_lens = spts.lens;
  push.spts_len = spts.count;
  result->status = wxpusher_client_simple_push(client, &push, &outcome, &result->error);
  report_sent(outcome, result);
  free_views(spts);
}

static void simple_push_by_get(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_outcome *outcome = NULL;
  view spt = text(args, "spt"), content = text(args, "content");
  result->status = wxpusher_client_simple_push_by_get(client, spt.start, spt.len, content.start, content.len, &outcome,
                                                      &result->error);
  report_sent(outcome, result);
}

static void report_sending(wxpusher_status *status, result *result) {
  if (result->status == 0) {
    result->ok = report_status(status);
  }
  wxpusher_status_free(status);
}

static void query_status(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_status *status = NULL;
  int64_t id = integer(json_object_get(args, "send_record_id"));
  result->status = wxpusher_client_query_status(client, id, &status, &result->error);
  report_sending(status, result);
}

static void query_message_status(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_status *status = NULL;
  int64_t id = integer(json_object_get(args, "message_id"));
  result->status = wxpusher_client_query_message_status(client, id, &status, &result->error);
  report_sending(status, result);
}

static void report_done(result *result) {
  if (result->status == 0) {
    result->ok = json_object();
  }
}

static void delete_message(json_t *args, const wxpusher_client *client, result *result) {
  int64_t id = integer(json_object_get(args, "message_content_id"));
  result->status = wxpusher_client_delete_message(client, id, &result->error);
  report_done(result);
}

static void create_qrcode(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_qrcode *qrcode = NULL;
  view extra = text(args, "extra");
  json_t *given = json_object_get(args, "valid_time");
  uint32_t valid_time = (uint32_t)json_integer_value(given);
  result->status = wxpusher_client_create_qrcode(client, extra.start, extra.len, given == NULL ? NULL : &valid_time,
                                                 &qrcode, &result->error);
  if (result->status == 0) {
    result->ok = report_qrcode(qrcode);
  }
  wxpusher_qrcode_free(qrcode);
}

static void report_found(wxpusher_text *uid, result *result) {
  if (result->status == 0) {
    result->ok = report_text("uid", uid);
  }
  wxpusher_text_free(uid);
}

static void query_scan_uid(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_text *uid = NULL;
  view code = text(args, "code");
  result->status = wxpusher_client_query_scan_uid(client, code.start, code.len, &uid, &result->error);
  report_found(uid, result);
}

static void wait_for_scan(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_text *uid = NULL;
  view code = text(args, "code");
  uint64_t timeout = (uint64_t)small(args, "timeout_ms", 0);
  result->status = wxpusher_client_wait_for_scan(client, code.start, code.len, timeout, &uid, &result->error);
  report_found(uid, result);
}

static wxpusher_user_query user_query(json_t *args) {
  wxpusher_user_query query = WXPUSHER_USER_QUERY_INIT;
  view uid = text(args, "uid");
  json_t *is_blocked = json_object_get(args, "is_blocked"), *type = json_object_get(args, "type");
  query.page = (uint32_t)small(args, "page", 1);
  query.page_size = (uint32_t)small(args, "page_size", 0);
  query.uid = uid.start;
  query.uid_len = uid.len;
  if (is_blocked != NULL) {
    query.is_blocked = json_is_true(is_blocked);
  }
  if (type != NULL) {
    query.follow_type = (int32_t)json_integer_value(type);
  }
  return query;
}

static void list_users(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_user_page *page = NULL;
  wxpusher_user_query query = user_query(args);
  result->status = wxpusher_client_list_users(client, &query, &page, &result->error);
  if (result->status == 0) {
    result->ok = report_user_page(page);
  }
  wxpusher_user_page_free(page);
}

static void users(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_users *users = NULL;
  const wxpusher_user *user = NULL;
  json_t *rows = json_array();
  wxpusher_user_query query = user_query(args);
  result->status = wxpusher_client_users(client, &query, &users, &result->error);
  while (result->status == 0) {
    result->status = wxpusher_users_next(users, &user, &result->error);
    if (result->status != 0 || user == NULL) {
      break;
    }
    json_array_append_new(rows, report_user(user));
  }
  if (result->status == 0) {
    result->ok = json_pack("{s:O}", "users", rows);
  }
  json_decref(rows);
  wxpusher_users_free(users);
}

static void list_users_v1(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_user_page_v1 *page = NULL;
  view uid = text(args, "uid");
  result->status = wxpusher_client_list_users_v1(client, (uint32_t)small(args, "page", 0),
                                                 (uint32_t)small(args, "page_size", 0), uid.start, uid.len, &page,
                                                 &result->error);
  if (result->status == 0) {
    result->ok = report_user_page_v1(page);
  }
  wxpusher_user_page_v1_free(page);
}

static void delete_user(json_t *args, const wxpusher_client *client, result *result) {
  result->status = wxpusher_client_delete_user(client, integer(json_object_get(args, "id")), &result->error);
  report_done(result);
}

static void block_user(json_t *args, const wxpusher_client *client, result *result) {
  result->status = wxpusher_client_block_user(client, integer(json_object_get(args, "id")), &result->error);
  report_done(result);
}

static void unblock_user(json_t *args, const wxpusher_client *client, result *result) {
  result->status = wxpusher_client_unblock_user(client, integer(json_object_get(args, "id")), &result->error);
  report_done(result);
}

static void query_pay_end_time(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_pay_end_times *items = NULL;
  view uid = text(args, "uid");
  int64_t prod_id = integer(json_object_get(args, "prod_id"));
  result->status = wxpusher_client_query_pay_end_time(client, uid.start, uid.len, prod_id, &items, &result->error);
  if (result->status == 0) {
    result->ok = report_pay_end_times(items);
  }
  wxpusher_pay_end_times_free(items);
}

static void take_batches(wxpusher_broadcast *broadcast, json_t *batches, result *result) {
  wxpusher_batch *batch = NULL;
  while (result->status == 0) {
    result->status = wxpusher_broadcast_next(broadcast, &batch, &result->error);
    if (result->status != 0 || batch == NULL) {
      return;
    }
    json_array_append_new(batches, report_batch(batch));
    wxpusher_batch_free(batch);
  }
}

static void broadcast(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_broadcast *broadcast = NULL;
  json_t *batches = json_array();
  wxpusher_message message = text_of_message(args);
  views uids = texts(json_object_get(args, "uids"));
  result->status = wxpusher_client_broadcast(client, &message, &broadcast, &result->error);
  if (result->status == 0) {
    result->status = wxpusher_broadcast_add(broadcast, uids.starts, uids.lens, uids.count, &result->error);
  }
  if (result->status == 0) {
    result->status = wxpusher_broadcast_finish(broadcast, &result->error);
  }
  take_batches(broadcast, batches, result);
  if (result->status == 0) {
    result->ok = json_pack("{s:O}", "batches", batches);
  }
  json_decref(batches);
  free_views(uids);
  wxpusher_broadcast_free(broadcast);
}

/* Decodes standard base64 into `out`, which has room for it. */
static size_t from_base64(const char *base64, char *out) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned bits = 0, have = 0;
  size_t len = 0;
  for (; *base64 != '\0' && *base64 != '='; base64++) {
    const char *letter = strchr(letters, *base64);
    if (letter == NULL) {
      broken("body_base64");
    }
    bits = (bits << 6) | (unsigned)(letter - letters);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out[len++] = (char)(unsigned char)(bits >> have & 0xffu);
    }
  }
  return len;
}

static void parse_callback(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_callback *callback = NULL;
  view base64 = text(args, "body_base64"), body = text(args, "body");
  (void)client;
  if (base64.start == NULL) {
    result->status = wxpusher_parse_callback(body.start, body.len, &callback, &result->error);
  } else {
    char *bytes = malloc(base64.len + 1);
    if (bytes == NULL) {
      broken("no memory");
    }
    size_t len = from_base64(base64.start, bytes);
    result->status = wxpusher_parse_callback(bytes, len, &callback, &result->error);
    free(bytes);
  }
  if (result->status == 0) {
    result->ok = report_callback(callback);
  }
  wxpusher_callback_free(callback);
}

static void verify_entry_link(json_t *args, const wxpusher_client *client, result *result) {
  wxpusher_entry_link_verifier *verifier = NULL;
  wxpusher_text *uid = NULL;
  view key = text(args, "key"), query = text(args, "query");
  (void)client;
  result->status = wxpusher_entry_link_verifier_new(key.start, key.len, &verifier, &result->error);
  if (result->status == 0) {
    result->status =
        wxpusher_entry_link_verifier_set_now_ms(verifier, integer(json_object_get(args, "now_ms")), &result->error);
  }
  for (json_int_t left = small(args, "repeat", 1); result->status == 0 && left > 0; left--) {
    if (left == 1) {
      result->status = wxpusher_verify_entry_link(verifier, query.start, query.len, &uid, &result->error);
    } else if (wxpusher_verify_entry_link(verifier, query.start, query.len, &uid, NULL) == 0) {
      wxpusher_text_free(uid);
      uid = NULL;
    }
  }
  report_found(uid, result);
  wxpusher_entry_link_verifier_free(verifier);
}

typedef void verb_function(json_t *, const wxpusher_client *, result *);

#define VERB(name) {#name, name}
static const struct {
  const char *name;
  verb_function *call;
} verbs[] = {
    VERB(send),          VERB(send_by_get),     VERB(simple_push),        VERB(simple_push_by_get),
    VERB(query_status),  VERB(query_message_status), VERB(delete_message), VERB(create_qrcode),
    VERB(query_scan_uid), VERB(wait_for_scan),  VERB(list_users),         VERB(users),
    VERB(list_users_v1), VERB(delete_user),     VERB(block_user), VERB(unblock_user),        VERB(query_pay_end_time),
    VERB(broadcast),     VERB(parse_callback),  VERB(verify_entry_link),
};

bool make_call(const char *verb, json_t *args, const wxpusher_client *client, result *result) {
  for (size_t index = 0; index < sizeof verbs / sizeof *verbs; index++) {
    if (strcmp(verbs[index].name, verb) == 0) {
      verbs[index].call(args, client, result);
      return true;
    }
  }
  return false;
}

static int32_t set_option(wxpusher_config *config, const char *name, json_t *value, wxpusher_error **error) {
  const char *start = json_string_value(value);
  size_t len = json_string_length(value);
  uint64_t ms = (uint64_t)json_integer_value(value);
  views list = texts(value);
  int32_t status = WXPUSHER_OK;
  if (strcmp(name, "app_token") == 0) {
    status = wxpusher_config_set_app_token(config, start, len, error);
  } else if (strcmp(name, "base_url") == 0) {
    status = wxpusher_config_set_base_url(config, start, len, error);
  } else if (strcmp(name, "timeout_ms") == 0) {
    status = wxpusher_config_set_timeout_ms(config, ms, error);
  } else if (strcmp(name, "connect_timeout_ms") == 0) {
    status = wxpusher_config_set_connect_timeout_ms(config, ms, error);
  } else if (strcmp(name, "max_retries") == 0) {
    status = wxpusher_config_set_max_retries(config, (uint32_t)ms, error);
  } else if (strcmp(name, "base_delay_ms") == 0) {
    status = wxpusher_config_set_base_delay_ms(config, ms, error);
  } else if (strcmp(name, "max_delay_ms") == 0) {
    status = wxpusher_config_set_max_delay_ms(config, ms, error);
  } else if (strcmp(name, "rate_limit_calls") == 0) {
    status = wxpusher_config_set_rate_limit_calls(config, (uint32_t)ms, error);
  } else if (strcmp(name, "rate_limit_window_ms") == 0) {
    status = wxpusher_config_set_rate_limit_window_ms(config, ms, error);
  } else if (strcmp(name, "rate_limit_sends") == 0) {
    status = wxpusher_config_set_rate_limit_sends(config, json_is_true(value), error);
  } else if (strcmp(name, "limits") == 0) {
    int32_t preset = strcmp(start, "2022") == 0 ? WXPUSHER_LIMITS_2022 : WXPUSHER_LIMITS_CURRENT;
    status = wxpusher_config_set_limits(config, preset, error);
  } else if (strcmp(name, "allow_plain_http") == 0) {
    status = wxpusher_config_set_allow_plain_http(config, json_is_true(value), error);
  } else if (strcmp(name, "user_agent") == 0) {
    status = wxpusher_config_set_user_agent(config, start, len, error);
  } else if (strcmp(name, "scan_interval_ms") == 0) {
    status = wxpusher_config_set_scan_interval_ms(config, ms, error);
  } else if (strcmp(name, "default_uids") == 0) {
    status = wxpusher_config_set_default_uids(config, list.starts, list.lens, list.count, error);
  } else if (strcmp(name, "default_spts") == 0) {
    status = wxpusher_config_set_default_spts(config, list.starts, list.lens, list.count, error);
  } else if (strcmp(name, "default_topic_ids") == 0) {
    int64_t *ids = integers(value);
    status = wxpusher_config_set_default_topic_ids(config, ids, list.count, error);
    free(ids);
  } else {
    broken(name);
  }
  free_views(list);
  return status;
}

int32_t make_client(json_t *options, wxpusher_client **client, wxpusher_error **error) {
  wxpusher_config *config = wxpusher_config_new();
  const char *name = NULL;
  json_t *value = NULL;
  int32_t status = WXPUSHER_OK;
  json_object_foreach(options, name, value) {
    if (status == WXPUSHER_OK) {
      status = set_option(config, name, value, error);
    }
  }
  if (status == WXPUSHER_OK) {
    status = wxpusher_client_with_config(config, client, error);
  }
  wxpusher_config_free(config);
  return status;
}
