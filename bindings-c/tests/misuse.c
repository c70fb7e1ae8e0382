/* Misuse besides NULL: each is an error, never a crash; and the version macros agree with the library. */
#include "live.h"

#include <string.h>

static live_things live;
static int wrong;

static void expect(bool is_so, const char *what) {
  if (!is_so) {
    fprintf(stderr, "failed: %s\n", what);
    wrong++;
  }
}

/* The status, the error's field and the beginning of its reason. */
static void expect_refused(int32_t status, wxpusher_error *error, const char *field, const char *reason) {
  if (status != WXPUSHER_ERROR_INVALID_ARGUMENT || error == NULL || error->field == NULL ||
      strcmp(error->field, field) != 0 || strncmp(error->reason, reason, strlen(reason)) != 0) {
    fprintf(stderr, "expected `%s`: %s; got %d, %s\n", field, reason, status, error == NULL ? "no error" : error->text);
    wrong++;
  }
  expect(error != NULL && error->sent == WXPUSHER_SENT_NO, "nothing was sent");
  wxpusher_error_free(error);
}

/* Sends a message that must be refused. */
static void expect_send_refused(const wxpusher_message *message, const char *field, const char *reason) {
  wxpusher_error *error = NULL;
  wxpusher_outcome *outcome = NULL;
  int32_t status = wxpusher_client_send(live.client, message, &outcome, &error);
  expect_refused(status, error, field, reason);
  expect(outcome == NULL, "no result without success");
}

static void versions(void) {
  char joined[32];
  snprintf(joined, sizeof joined, "%d.%d.%d", WXPUSHER_VERSION_MAJOR, WXPUSHER_VERSION_MINOR, WXPUSHER_VERSION_PATCH);
  expect(strcmp(WXPUSHER_VERSION, joined) == 0, "the version macros agree");
  expect(strcmp(wxpusher_version(), WXPUSHER_VERSION) == 0, "header and library have the same version");
  expect(WXPUSHER_VERSION_NUMBER ==
             WXPUSHER_VERSION_MAJOR * 1000 * 1000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH,
         "the version number has all three parts");
}

static void misaligned_requests(void) {
  char room[512] = {0};
  void *odd = room + 1 + ((uintptr_t)room % 2);
  wxpusher_error *error = NULL;
  wxpusher_user_page *page = NULL;
  expect_send_refused(odd, "message", "must be an aligned pointer");
  int32_t status = wxpusher_client_list_users(live.client, odd, &page, &error);
  expect_refused(status, error, "user_query", "must be an aligned pointer");
  expect(wxpusher_outcome_ensure_all(odd, NULL) == WXPUSHER_ERROR_INVALID_ARGUMENT, "a misaligned outcome is refused");
  wxpusher_error_free(odd);
}

/* Programs with an older header have smaller requests, programs with a newer header larger ones. */
static void sizes_of_requests(void) {
  wxpusher_error *error = NULL;
  wxpusher_outcome *outcome = NULL;
  wxpusher_message message = *live.message;
  struct {
    wxpusher_message known;
    int64_t later[4];
  } newer = {message, {1, 2, 3, 4}};
  newer.known.size = sizeof newer;
  must(wxpusher_client_send(live.client, &newer.known, &outcome, &error), &error, "a larger request");
  wxpusher_outcome_free(outcome);

  /* Only what the older header had: the rest is not readable. */
  size_t older_size = offsetof(wxpusher_message, uids);
  wxpusher_message *older = malloc(older_size);
  if (older == NULL) exit(EXIT_FAILURE);
  memcpy(older, live.message, older_size);
  memcpy(older, &older_size, sizeof older_size);
  must(wxpusher_client_send(live.client, older, &outcome, &error), &error, "a smaller request");
  wxpusher_outcome_free(outcome);
  free(older);

  message.size = 0;
  expect_send_refused(&message, "message", "must be initialised with its WXPUSHER_");
  message.size = sizeof message.size - 1;
  expect_send_refused(&message, "message", "must be initialised with its WXPUSHER_");
  message.size = SIZE_MAX;
  expect_send_refused(&message, "message", "must be initialised with its WXPUSHER_");
}

static void texts(void) {
  static const char *const uids[] = {"UID_testalice", "\xff"};
  static const size_t lens[] = {WXPUSHER_NUL_TERMINATED, 1};
  wxpusher_message message = *live.message;
  message.content = "ab\xc3\x28";
  expect_send_refused(&message, "content", "must be UTF-8 (byte 3 is not)");
  message = *live.message;
  message.uids = uids;
  message.uid_lens = lens;
  message.uids_len = 2;
  expect_send_refused(&message, "uids", "must be UTF-8 (byte 1 is not)");
  message = *live.message;
  message.content_len = SIZE_MAX - 1;
  expect_send_refused(&message, "content", "must have a length that fits into memory (got 18446744073709551614)");
  message.content_len = 0;
  expect_send_refused(&message, "content", "must have 1 to 40000 characters (got 0)");
}

static void texts_with_nul(void) {
  wxpusher_error *error = NULL;
  wxpusher_callback *callback = NULL;
  must(wxpusher_parse_callback("{\"action\":\"send_up_cmd\",\"data\":{\"uid\":\"UID_testalice\",\"appId\":97,\"time\":1,"
                               "\"content\":\"a\\u0000b\"}}",
                               Z, &callback, &error),
       &error, "callback");
  expect(callback->send_up_cmd->content_len == 3 && memcmp(callback->send_up_cmd->content, "a\0b", 4) == 0,
         "a text that contains NUL has its length");
  wxpusher_callback_free(callback);
}

static void arrays(void) {
  wxpusher_message message = *live.message;
  message.uid = NULL;
  expect_send_refused(&message, "uids", "no recipient");
  message.uids = live.uids;
  message.uids_len = SIZE_MAX / 2;
  expect_send_refused(&message, "uids", "must have a length that fits into memory (got 9223372036854775807)");
}

static void numbers(void) {
  wxpusher_error *error = NULL;
  wxpusher_user_page *page = NULL;
  wxpusher_message message = *live.message;
  wxpusher_user_query query = WXPUSHER_USER_QUERY_INIT;
  message.content_type = 4;
  expect_send_refused(&message, "content_type", "must be one of WXPUSHER_CONTENT_");
  message = *live.message;
  message.verify_pay_type = 3;
  expect_send_refused(&message, "verify_pay_type", "must be -1 or WXPUSHER_VERIFY_PAY_");
  message = *live.message;
  message.verify_pay = 2;
  expect_send_refused(&message, "verify_pay", "must be -1, 0 or 1 (got 2)");
  message.verify_pay = 1;
  message.verify_pay_type = WXPUSHER_VERIFY_PAY_UNPAID;
  expect_send_refused(&message, "verify_pay", "must not be combined with verify_pay_type");
  int32_t status = wxpusher_config_set_limits(live.config, 2, &error);
  expect_refused(status, error, "preset", "must be one of WXPUSHER_LIMITS_");
  error = NULL;
  status = wxpusher_config_set_limit(live.config, 0, 1, &error);
  expect_refused(status, error, "which", "must be one of WXPUSHER_LIMIT_");
  error = NULL;
  query.follow_type = 2;
  status = wxpusher_client_list_users(live.client, &query, &page, &error);
  expect_refused(status, error, "type", "must be -1 or WXPUSHER_FOLLOW_");
  error = NULL;
  query.follow_type = -1;
  query.is_blocked = 2;
  status = wxpusher_client_list_users(live.client, &query, &page, &error);
  expect_refused(status, error, "is_blocked", "must be -1, 0 or 1 (got 2)");
  expect(strcmp(wxpusher_error_kind_name(15), "unknown") == 0, "there is no kind 15");
}

static void long_content_and_links(void) {
  wxpusher_error *error = NULL;
  wxpusher_config *config = wxpusher_config_new();
  wxpusher_texts *parts = NULL;
  wxpusher_text *text = NULL;
  must(wxpusher_config_set_limit(config, WXPUSHER_LIMIT_CONTENT_CHARS, 20, &error), &error, "limit");
  must(wxpusher_split_content(WXPUSHER_CONTENT_TEXT, "one two\n\nthree four\n\nfive", Z, config, &parts, &error), &error,
       "split");
  expect(parts->len > 1 && strncmp(parts->texts[0], "(1/", 3) == 0 && parts->lens[0] <= 20,
         "numbered parts within the limit");
  wxpusher_texts_free(parts);
  wxpusher_config_free(config);
  int32_t status = wxpusher_split_content(WXPUSHER_CONTENT_HTML, "<p>", Z, NULL, &parts, &error);
  expect_refused(status, error, "content", "HTML cannot be split");
  error = NULL;
  must(wxpusher_follow_url(WXPUSHER_FOLLOW_TOPIC, 12, true, &text, &error), &error, "follow_url");
  expect(strcmp(text->text, "https://wxpusher.zjiecode.com/app/#/follow?type=2&id=12&jump=auto") == 0,
         "the link of a topic");
  wxpusher_text_free(text);
  status = wxpusher_follow_url(2, 12, true, &text, &error);
  expect_refused(status, error, "follow_type", "must be one of WXPUSHER_FOLLOW_");
  error = NULL;
  must(wxpusher_unverified_entry_link_uid("uid=UID_testalice", Z, &text, &error), &error, "plain entry link");
  expect(strcmp(text->text, "UID_testalice") == 0, "the UID of a plain entry link");
  wxpusher_text_free(text);
}

static void send_text(void) {
  char buffer[32];
  expect(wxpusher_send_text("AT_testdemo", "UID_testalice", "你好", buffer, sizeof buffer) == WXPUSHER_OK && *buffer == '\0',
         "send_text sends");
  expect(wxpusher_send_text("AT_testdemo", "UID_testalice", "\xff", buffer, sizeof buffer) == 1, "not UTF-8 is error 1");
  expect(strcmp(buffer, "invalid argument `content`: mus") == 0, "a text that is too long is cut and terminated");
  expect(wxpusher_send_text("AT_testdemo", "UID_testnobody", "x", buffer, 1) == WXPUSHER_ERROR_REJECTED && *buffer == '\0',
         "a buffer of one byte is terminated");
  memset(buffer, 'x', sizeof buffer);
  expect(wxpusher_send_text("AT_testdemo", "UID_testnobody", "x", buffer, 0) == WXPUSHER_ERROR_REJECTED && *buffer == 'x',
         "a buffer of no bytes is not written");
}

static void absent_values(void) {
  expect(live.outcome->failed == 0 && live.outcome->targets_len == 1, "one recipient accepted");
  expect(live.outcome->targets[0]->topic_id == 0 && live.outcome->targets[0]->is_ok, "a user has no topic id");
  for (size_t index = 0; index < 4; index++) {
    expect(live.outcome->reserved[index] == 0 && live.error->reserved[index] == 0, "reserved fields are zero");
  }
  expect(live.error->outcome == NULL && live.error->msg == NULL && !live.error->has_code, "absent values of an error");
  expect(live.callbacks[3]->kind == WXPUSHER_CALLBACK_UNKNOWN && live.callbacks[3]->app_subscribe == NULL &&
             strcmp(live.callbacks[3]->unknown->action, "unknown_action") == 0,
         "an unknown callback has only `unknown`");
}

static void adding_after_finish(void) {
  wxpusher_error *error = NULL;
  wxpusher_batch *batch = NULL;
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "no batch without UIDs");
  must(wxpusher_broadcast_add(live.broadcast, live.uids, NULL, 1, &error), &error, "add");
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "one UID does not fill a batch");
  must(wxpusher_broadcast_finish(live.broadcast, &error), &error, "finish");
  int32_t status = wxpusher_broadcast_add(live.broadcast, live.uids, NULL, 1, &error);
  expect_refused(status, error, "uids", "cannot be added: the broadcast is finished");
  error = NULL;
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch->uids_len == 1 && batch->done == 1, "the last batch can be small");
  wxpusher_batch_free(batch);
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "no batch after the last");
}

/* Duplicates are dropped before a batch is full, so that batches are full. */
static void batches_are_full(void) {
  static const char *const first[] = {"UID_testalice", "UID_testalice"}, *const second[] = {"UID_testbob"};
  wxpusher_error *error = NULL;
  wxpusher_config *config = NULL;
  wxpusher_client *client = NULL;
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  wxpusher_broadcast *broadcast = NULL;
  wxpusher_batch *batch = NULL;
  must(wxpusher_config_from_env(&config, &error), &error, "config");
  must(wxpusher_config_set_limit(config, WXPUSHER_LIMIT_UIDS, 2, &error), &error, "two at a time");
  must(wxpusher_client_with_config(config, &client, &error), &error, "client");
  message.content = "x";
  must(wxpusher_client_broadcast(client, &message, &broadcast, &error), &error, "broadcast");
  must(wxpusher_broadcast_add(broadcast, first, NULL, 2, &error), &error, "add");
  must(wxpusher_broadcast_next(broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "one uid twice fills no batch of two");
  must(wxpusher_broadcast_add(broadcast, second, NULL, 1, &error), &error, "add");
  must(wxpusher_broadcast_next(broadcast, &batch, &error), &error, "next");
  expect(batch->uids_len == 2 && batch->done == 3 && batch->duplicates == 1,
         "a full batch, sent before the broadcast is finished");
  wxpusher_batch_free(batch);
  wxpusher_broadcast_free(broadcast);
  wxpusher_client_free(client);
  wxpusher_config_free(config);
}

static void after_cancel(void) {
  wxpusher_error *error = NULL;
  wxpusher_client *scoped = NULL;
  wxpusher_outcome *outcome = NULL;
  wxpusher_status *status = NULL;
  must(wxpusher_client_scoped(live.client, &scoped, &error), &error, "scoped");
  wxpusher_client_cancel(scoped);
  expect(wxpusher_client_is_cancelled(scoped) && !wxpusher_client_is_cancelled(live.client), "only the scoped one");
  expect(wxpusher_client_send(scoped, live.message, &outcome, &error) == WXPUSHER_ERROR_CANCELLED, "no send");
  expect(error->sent == WXPUSHER_SENT_NO, "a call after the cancellation sends nothing");
  wxpusher_error_free(error);
  expect(wxpusher_client_query_status(scoped, 1, &status, NULL) == WXPUSHER_ERROR_CANCELLED, "no query");
  wxpusher_client_free(scoped);
}

int main(void) {
  live = make_live();
  versions();
  misaligned_requests();
  sizes_of_requests();
  texts();
  texts_with_nul();
  arrays();
  numbers();
  long_content_and_links();
  send_text();
  absent_values();
  adding_after_finish();
  batches_are_full();
  after_cancel();
  free_live(&live);
  return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
