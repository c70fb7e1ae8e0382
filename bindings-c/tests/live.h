/* One value of every type, made with the sandbox whose URL is in WXPUSHER_BASE_URL. */
#ifndef LIVE_H
#define LIVE_H

#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

typedef struct {
  wxpusher_config *config;
  wxpusher_client *client;
  wxpusher_message message[1];
  wxpusher_simple_push simple_push[1];
  wxpusher_user_query user_query[1];
  wxpusher_error *error;
  wxpusher_outcome *outcome;
  wxpusher_status *status;
  wxpusher_texts *texts;
  wxpusher_qrcode *qrcode;
  wxpusher_user_page *user_page;
  wxpusher_user_page_v1 *user_page_v1;
  wxpusher_pay_end_times *pay_end_times;
  wxpusher_users *users;
  wxpusher_broadcast *broadcast;
  wxpusher_batch *batch;
  wxpusher_callback *callbacks[4];
  wxpusher_entry_link_verifier *entry_link_verifier;
  wxpusher_text *text;
  const char *uids[1];
  size_t lens[1];
  int64_t numbers[1];
  uint32_t seconds[1];
} live_things;

static void must(int32_t status, wxpusher_error **error, const char *what) {
  if (status != WXPUSHER_OK) {
    fprintf(stderr, "%s: %s\n", what, (*error)->text);
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
      "{\"action\":\"unknown_action\"}",
  };
  static const wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  static const wxpusher_simple_push simple_push = WXPUSHER_SIMPLE_PUSH_INIT;
  static const wxpusher_user_query user_query = WXPUSHER_USER_QUERY_INIT;
  live_things it = {0};
  wxpusher_error *e = NULL;
  it.uids[0] = "UID_testalice";
  it.lens[0] = Z;
  it.numbers[0] = 9701;
  it.seconds[0] = 60;
  it.message[0] = message;
  it.message->content = "你好";
  it.simple_push[0] = simple_push;
  it.simple_push->content = "你好";
  it.simple_push->spt = "SPT_testalice";
  it.user_query[0] = user_query;
  it.config = wxpusher_config_new();
  must(wxpusher_client_from_env(&it.client, &e), &e, "client");
  must(wxpusher_split_content(WXPUSHER_CONTENT_TEXT, "x", Z, it.config, &it.texts, &e), &e, "split");
  must(wxpusher_client_broadcast(it.client, it.message, &it.broadcast, &e), &e, "broadcast");
  must(wxpusher_broadcast_add(it.broadcast, it.uids, NULL, 1, &e), &e, "add");
  must(wxpusher_broadcast_finish(it.broadcast, &e), &e, "finish");
  must(wxpusher_broadcast_next(it.broadcast, &it.batch, &e), &e, "next");
  wxpusher_broadcast_free(it.broadcast);
  must(wxpusher_client_broadcast(it.client, it.message, &it.broadcast, &e), &e, "broadcast");
  it.message->uid = "UID_testalice";
  must(wxpusher_client_send(it.client, it.message, &it.outcome, &e), &e, "send");
  if (wxpusher_client_send(it.client, NULL, NULL, &it.error) != WXPUSHER_ERROR_INVALID_ARGUMENT) {
    fputs("send accepts NULL\n", stderr);
    exit(EXIT_FAILURE);
  }
  must(wxpusher_client_query_status(it.client, it.outcome->targets[0]->send_record_id, &it.status, &e), &e, "status");
  must(wxpusher_client_create_qrcode(it.client, "user-7", Z, NULL, &it.qrcode, &e), &e, "qrcode");
  must(wxpusher_client_list_users(it.client, NULL, &it.user_page, &e), &e, "users");
  must(wxpusher_client_list_users_v1(it.client, 1, 10, NULL, 0, &it.user_page_v1, &e), &e, "users v1");
  must(wxpusher_client_users(it.client, NULL, &it.users, &e), &e, "all users");
  for (size_t index = 0; index < 4; index++) {
    must(wxpusher_parse_callback(bodies[index], Z, &it.callbacks[index], &e), &e, bodies[index]);
  }
  /* HMAC-SHA256 of "nonce=n1&sv=1&ts=1700000000000&uid=UID_testalice" with the key "testkey", computed with another tool. */
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
  wxpusher_client_free(it->client);
  wxpusher_error_free(it->error);
  wxpusher_outcome_free(it->outcome);
  wxpusher_status_free(it->status);
  wxpusher_texts_free(it->texts);
  wxpusher_qrcode_free(it->qrcode);
  wxpusher_user_page_free(it->user_page);
  wxpusher_user_page_v1_free(it->user_page_v1);
  wxpusher_pay_end_times_free(it->pay_end_times);
  wxpusher_users_free(it->users);
  wxpusher_broadcast_free(it->broadcast);
  wxpusher_batch_free(it->batch);
  for (size_t index = 0; index < 4; index++) {
    wxpusher_callback_free(it->callbacks[index]);
  }
  wxpusher_entry_link_verifier_free(it->entry_link_verifier);
  wxpusher_text_free(it->text);
}

#endif
