/* One live thing of every kind, made with a sandbox whose URL the environment has in WXPUSHER_BASE_URL. */
#ifndef LIVE_H
#define LIVE_H

#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

typedef struct {
  wxpusher_config *config;
  wxpusher_message *message;
  wxpusher_simple_push *simple_push;
  wxpusher_user_query *user_query;
  wxpusher_client *client;
  wxpusher_error *error;
  wxpusher_text *text;
  wxpusher_outcome *outcome;
  const wxpusher_target *target;
  wxpusher_status *status;
  wxpusher_qrcode *qrcode;
  wxpusher_user_page *user_page;
  const wxpusher_user *user;
  wxpusher_user_page_v1 *user_page_v1;
  const wxpusher_user_v1 *user_v1;
  wxpusher_users *users;
  wxpusher_broadcast *broadcast;
  wxpusher_batch *batch;
  wxpusher_callback *callbacks[4];
  const wxpusher_app_subscribe *app_subscribe;
  const wxpusher_order_pay *order_pay;
  const wxpusher_send_up_cmd *send_up_cmd;
  const wxpusher_unknown_callback *unknown_callback;
  wxpusher_entry_link_verifier *entry_link_verifier;
  const char *uids[1];
  wxpusher_texts *texts;
  size_t lens[1];
  int64_t numbers[1];
  uint32_t seconds[1];
} live_things;

static void must(int32_t status, wxpusher_error **error, const char *what) {
  if (status != WXPUSHER_OK) {
    fprintf(stderr, "%s: %s\n", what, wxpusher_error_text(*error, NULL));
    exit(EXIT_FAILURE);
  }
}

#define Z WXPUSHER_NUL_TERMINATED

static live_things make_live(void) {
  static const char *const bodies[] = {
      "{\"action\":\"app_subscribe\",\"data\":{\"appId\":97,\"time\":1,\"uid\":\"UID_testalice\"}}",
      "{\"action\":\"order_pay\",\"data\":{\"addTime\":1,\"amount\":1,\"appId\":97,\"createTime\":1,\"prodId\":12,"
      "\"tradeNo\":\"t\",\"type\":1,\"uid\":\"UID_testalice\"}}",
      "{\"action\":\"send_up_cmd\",\"data\":{\"uid\":\"UID_testalice\",\"appId\":97,\"time\":1,\"content\":\"x\"}}",
      "{\"action\":\"of_later_days\"}",
  };
  live_things it = {0};
  wxpusher_error *e = NULL;
  int64_t record = 0;
  it.uids[0] = "UID_testalice";
  it.lens[0] = Z;
  it.numbers[0] = 9701;
  it.seconds[0] = 60;
  it.config = wxpusher_config_new();
  must(wxpusher_split_content(WXPUSHER_CONTENT_TEXT, "x", Z, it.config, &it.texts, &e), &e, "split");
  it.user_query = wxpusher_user_query_new();
  must(wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "你好", Z, &it.message, &e), &e, "message");
  must(wxpusher_client_from_env(&it.client, &e), &e, "client");
  must(wxpusher_client_broadcast(it.client, it.message, &it.broadcast, &e), &e, "broadcast");
  must(wxpusher_broadcast_add(it.broadcast, it.uids, NULL, 1, &e), &e, "add");
  must(wxpusher_broadcast_finish(it.broadcast, &e), &e, "finish");
  must(wxpusher_broadcast_next(it.broadcast, &it.batch, &e), &e, "next");
  wxpusher_broadcast_free(it.broadcast);
  must(wxpusher_client_broadcast(it.client, it.message, &it.broadcast, &e), &e, "broadcast");
  must(wxpusher_message_add_uid(it.message, "UID_testalice", Z, &e), &e, "uid");
  must(wxpusher_simple_push_new(WXPUSHER_CONTENT_TEXT, "你好", Z, &it.simple_push, &e), &e, "push");
  must(wxpusher_simple_push_add_spt(it.simple_push, "SPT_testalice", Z, &e), &e, "spt");
  must(wxpusher_client_send(it.client, it.message, &it.outcome, &e), &e, "send");
  it.target = wxpusher_outcome_target(it.outcome, 0);
  if (wxpusher_client_send(it.client, NULL, NULL, &it.error) != WXPUSHER_ERROR_INVALID_ARGUMENT ||
      !wxpusher_target_send_record_id(it.target, &record)) {
    fputs("no error, or no send record\n", stderr);
    exit(EXIT_FAILURE);
  }
  must(wxpusher_client_query_status(it.client, record, &it.status, &e), &e, "status");
  must(wxpusher_client_create_qrcode(it.client, "user-7", Z, NULL, &it.qrcode, &e), &e, "qrcode");
  must(wxpusher_client_list_users(it.client, NULL, &it.user_page, &e), &e, "users");
  it.user = wxpusher_user_page_user(it.user_page, 0);
  must(wxpusher_client_list_users_v1(it.client, 1, 10, NULL, 0, &it.user_page_v1, &e), &e, "users v1");
  it.user_v1 = wxpusher_user_page_v1_user(it.user_page_v1, 0);
  must(wxpusher_client_users(it.client, NULL, &it.users, &e), &e, "all users");
  for (size_t index = 0; index < 4; index++) {
    must(wxpusher_parse_callback(bodies[index], Z, &it.callbacks[index], &e), &e, bodies[index]);
  }
  it.app_subscribe = wxpusher_callback_app_subscribe(it.callbacks[0]);
  it.order_pay = wxpusher_callback_order_pay(it.callbacks[1]);
  it.send_up_cmd = wxpusher_callback_send_up_cmd(it.callbacks[2]);
  it.unknown_callback = wxpusher_callback_unknown(it.callbacks[3]);
  /* HMAC-SHA256 of "nonce=n1&sv=1&ts=1700000000000&uid=UID_testalice" with the key "testkey", made elsewhere. */
  must(wxpusher_entry_link_verifier_new("testkey", Z, &it.entry_link_verifier, &e), &e, "verifier");
  must(wxpusher_entry_link_verifier_set_now_ms(it.entry_link_verifier, 1700000000000, &e), &e, "clock");
  must(wxpusher_verify_entry_link(it.entry_link_verifier, "uid=UID_testalice&ts=1700000000000&nonce=n1&sv=1&sign="
                                  "4f54476219077a15ae4d1cdce7f1291dab350bc257f49eee8949538edf21bf66", Z,
                                  &it.text, &e),
       &e, "link");
  return it;
}

static void free_live(live_things *it) {
  wxpusher_config_free(it->config);
  wxpusher_message_free(it->message);
  wxpusher_simple_push_free(it->simple_push);
  wxpusher_user_query_free(it->user_query);
  wxpusher_client_free(it->client);
  wxpusher_error_free(it->error);
  wxpusher_text_free(it->text);
  wxpusher_texts_free(it->texts);
  wxpusher_outcome_free(it->outcome);
  wxpusher_status_free(it->status);
  wxpusher_qrcode_free(it->qrcode);
  wxpusher_user_page_free(it->user_page);
  wxpusher_user_page_v1_free(it->user_page_v1);
  wxpusher_users_free(it->users);
  wxpusher_broadcast_free(it->broadcast);
  wxpusher_batch_free(it->batch);
  for (size_t index = 0; index < 4; index++) {
    wxpusher_callback_free(it->callbacks[index]);
  }
  wxpusher_entry_link_verifier_free(it->entry_link_verifier);
}

#endif
