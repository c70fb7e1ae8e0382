/* What C can get wrong besides NULL: each is an error, none a crash; and the version macros agree with the library. */
#include "live.h"

#include <string.h>

static live_things live;
static int wrong;

static void expect(bool is_so, const char *what) {
  if (!is_so) {
    fprintf(stderr, "not so: %s\n", what);
    wrong++;
  }
}

/* The status, and the error's field and the beginning of its reason. */
static void expect_refused(int32_t status, wxpusher_error *error, const char *field, const char *reason) {
  const char *named = wxpusher_error_field(error, NULL), *given = wxpusher_error_reason(error, NULL);
  if (status != WXPUSHER_ERROR_INVALID_ARGUMENT || named == NULL || strcmp(named, field) != 0 || given == NULL ||
      strncmp(given, reason, strlen(reason)) != 0) {
    fprintf(stderr, "expected `%s`: %s; got %s, `%s`: %s\n", field, reason, wxpusher_error_kind_name(status), named, given);
    wrong++;
  }
  expect(wxpusher_error_sent(error) == WXPUSHER_SENT_NO, "nothing was sent");
  wxpusher_error_free(error);
}

static void versions(void) {
  char joined[32];
  snprintf(joined, sizeof joined, "%d.%d.%d", WXPUSHER_VERSION_MAJOR, WXPUSHER_VERSION_MINOR, WXPUSHER_VERSION_PATCH);
  expect(strcmp(WXPUSHER_VERSION, joined) == 0, "the macros agree among themselves");
  expect(strcmp(wxpusher_version(), WXPUSHER_VERSION) == 0, "header and library are of one version");
  expect(WXPUSHER_VERSION_NUMBER ==
             WXPUSHER_VERSION_MAJOR * 1000 * 1000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH,
         "the number is made of all three parts");
}

static void misaligned(void) {
  char room[64] = {0};
  char *odd = room + 1 + ((uintptr_t)room % 2);
  wxpusher_error *error = NULL;
  wxpusher_outcome *outcome = NULL;
  size_t len = 7;
  void *pointer = odd;
  int32_t status = wxpusher_client_send(pointer, live.message, &outcome, &error);
  expect_refused(status, error, "client", "a misaligned pointer");
  error = NULL;
  status = wxpusher_client_send(live.client, live.message, pointer, &error);
  expect_refused(status, error, "outcome", "a misaligned pointer");
  error = NULL;
  status = wxpusher_config_set_default_topic_ids(live.config, pointer, 1, &error);
  expect_refused(status, error, "default_topic_ids", "a misaligned pointer");
  expect(wxpusher_client_send(NULL, live.message, &outcome, pointer) == WXPUSHER_ERROR_INVALID_ARGUMENT,
         "a misaligned error is left alone");
  expect(wxpusher_error_text(pointer, &len) == NULL && len == 0, "a misaligned handle has no text");
  wxpusher_error_free(pointer);
  expect(outcome == NULL, "no result without success");
}

static void texts(void) {
  static const char *const uids[] = {"UID_testalice", "\xff"};
  static const size_t lens[] = {WXPUSHER_NUL_TERMINATED, 1};
  wxpusher_error *error = NULL;
  wxpusher_message *message = NULL;
  int32_t status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "ab\xc3\x28", 4, &message, &error);
  expect_refused(status, error, "content", "not UTF-8: the first wrong byte is number 3");
  error = NULL;
  status = wxpusher_message_add_uids(live.message, uids, lens, 2, &error);
  expect_refused(status, error, "uids", "not UTF-8: the first wrong byte is number 1");
  error = NULL;
  status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", SIZE_MAX - 1, &message, &error);
  expect_refused(status, error, "content", "18446744073709551614 items are more than memory can hold");
  expect(message == NULL, "no message of a text that is none");
  must(wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "a\0b", 3, &message, &error), &error, "a text that holds NUL");
  wxpusher_message_free(message);
}

static void arrays(void) {
  wxpusher_error *error = NULL;
  wxpusher_message *message = NULL;
  wxpusher_outcome *outcome = NULL;
  must(wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", 1, &message, &error), &error, "message");
  must(wxpusher_message_add_uids(message, NULL, NULL, 0, &error), &error, "no uids");
  int32_t status = wxpusher_client_send(live.client, message, &outcome, &error);
  expect_refused(status, error, "uids", "no recipient");
  error = NULL;
  status = wxpusher_message_add_uids(message, NULL, NULL, 1, &error);
  expect_refused(status, error, "uids", "NULL");
  error = NULL;
  status = wxpusher_message_add_uids(message, live.uids, NULL, SIZE_MAX / 2, &error);
  expect_refused(status, error, "uids", "9223372036854775807 items are more than memory can hold");
  wxpusher_message_free(message);
}

static void numbers(void) {
  wxpusher_error *error = NULL;
  wxpusher_message *message = NULL;
  int32_t status = wxpusher_message_new(4, "x", 1, &message, &error);
  expect_refused(status, error, "content_type", "4 is none of");
  error = NULL;
  status = wxpusher_message_set_verify_pay_type(live.message, -1, &error);
  expect_refused(status, error, "verify_pay_type", "-1 is none of");
  error = NULL;
  status = wxpusher_config_set_limits(live.config, 2, &error);
  expect_refused(status, error, "preset", "2 is none of");
  error = NULL;
  status = wxpusher_config_set_limit(live.config, 0, 1, &error);
  expect_refused(status, error, "which", "0 is none of");
  error = NULL;
  status = wxpusher_user_query_set_follow_type(live.user_query, 2, &error);
  expect_refused(status, error, "type", "2 is none of");
  expect(strcmp(wxpusher_error_kind_name(15), "unknown") == 0, "there is no kind 15");
}

static void long_content_and_links(void) {
  wxpusher_error *error = NULL;
  wxpusher_config *config = wxpusher_config_new();
  wxpusher_texts *parts = NULL;
  wxpusher_text *text = NULL;
  size_t len = 0;
  must(wxpusher_config_set_limit(config, WXPUSHER_LIMIT_CONTENT_CHARS, 20, &error), &error, "limit");
  must(wxpusher_split_content(WXPUSHER_CONTENT_TEXT, "one two\n\nthree four\n\nfive", Z, config, &parts, &error), &error,
       "split");
  expect(wxpusher_texts_len(parts) > 1 && strncmp(wxpusher_texts_get(parts, 0, &len), "(1/", 3) == 0 && len <= 20,
         "numbered parts within the limit");
  expect(wxpusher_texts_get(parts, wxpusher_texts_len(parts), NULL) == NULL, "no text after the last");
  wxpusher_texts_free(parts);
  wxpusher_config_free(config);
  int32_t status = wxpusher_split_content(WXPUSHER_CONTENT_HTML, "<p>", Z, NULL, &parts, &error);
  expect_refused(status, error, "content", "HTML cannot be split");
  error = NULL;
  must(wxpusher_follow_url(WXPUSHER_FOLLOW_TOPIC, 12, true, &text, &error), &error, "follow_url");
  expect(strcmp(wxpusher_text_get(text, NULL), "https://wxpusher.zjiecode.com/app/#/follow?type=2&id=12&jump=auto") == 0,
         "the link of a topic");
  wxpusher_text_free(text);
  status = wxpusher_follow_url(2, 12, true, &text, &error);
  expect_refused(status, error, "follow_type", "2 is none of");
  error = NULL;
  must(wxpusher_unverified_entry_link_uid("uid=UID_testalice", Z, &text, &error), &error, "plain entry link");
  expect(strcmp(wxpusher_text_get(text, NULL), "UID_testalice") == 0, "the UID of a plain entry link");
  wxpusher_text_free(text);
}

static void verify_pay_twice(void) {
  wxpusher_error *error = NULL;
  wxpusher_message *message = NULL;
  must(wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", 1, &message, &error), &error, "message");
  must(wxpusher_message_set_verify_pay(message, true, &error), &error, "verify_pay");
  int32_t status = wxpusher_message_set_verify_pay_type(message, WXPUSHER_VERIFY_PAY_UNPAID, &error);
  expect_refused(status, error, "verify_pay", "verify_pay_type says the same");
  wxpusher_message_free(message);
}

static void feeding_what_is_finished(void) {
  wxpusher_error *error = NULL;
  wxpusher_batch *batch = NULL;
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "a hungry broadcast gives nothing");
  must(wxpusher_broadcast_add(live.broadcast, live.uids, NULL, 1, &error), &error, "add");
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "one uid is no batch");
  must(wxpusher_broadcast_finish(live.broadcast, &error), &error, "finish");
  int32_t status = wxpusher_broadcast_add(live.broadcast, live.uids, NULL, 1, &error);
  expect_refused(status, error, "uids", "cannot be added: the broadcast is finished");
  error = NULL;
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(wxpusher_batch_len(batch) == 1 && wxpusher_batch_done(batch) == 1, "the last batch may be small");
  wxpusher_batch_free(batch);
  must(wxpusher_broadcast_next(live.broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "the end");
}

/* Duplicates are dropped before a batch is cut, so that they cost no call. */
static void batches_are_full(void) {
  static const char *const first[] = {"UID_testalice", "UID_testalice"}, *const second[] = {"UID_testbob"};
  wxpusher_error *error = NULL;
  wxpusher_config *config = NULL;
  wxpusher_client *client = NULL;
  wxpusher_message *message = NULL;
  wxpusher_broadcast *broadcast = NULL;
  wxpusher_batch *batch = NULL;
  must(wxpusher_config_from_env(&config, &error), &error, "config");
  must(wxpusher_config_set_limit(config, WXPUSHER_LIMIT_UIDS, 2, &error), &error, "two at a time");
  must(wxpusher_client_with_config(config, &client, &error), &error, "client");
  must(wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", 1, &message, &error), &error, "message");
  must(wxpusher_client_broadcast(client, message, &broadcast, &error), &error, "broadcast");
  must(wxpusher_broadcast_add(broadcast, first, NULL, 2, &error), &error, "add");
  must(wxpusher_broadcast_next(broadcast, &batch, &error), &error, "next");
  expect(batch == NULL, "one uid twice fills no batch of two");
  must(wxpusher_broadcast_add(broadcast, second, NULL, 1, &error), &error, "add");
  must(wxpusher_broadcast_next(broadcast, &batch, &error), &error, "next");
  expect(wxpusher_batch_len(batch) == 2 && wxpusher_batch_done(batch) == 3 && wxpusher_batch_duplicates(batch) == 1,
         "a full batch, sent before the broadcast is finished");
  wxpusher_batch_free(batch);
  wxpusher_broadcast_free(broadcast);
  wxpusher_message_free(message);
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
  expect(wxpusher_error_sent(error) == WXPUSHER_SENT_NO, "a call after the cancellation sends nothing");
  wxpusher_error_free(error);
  expect(wxpusher_client_query_status(scoped, 1, &status, NULL) == WXPUSHER_ERROR_CANCELLED, "no query");
  wxpusher_client_free(scoped);
}

int main(void) {
  live = make_live();
  versions();
  misaligned();
  texts();
  arrays();
  numbers();
  long_content_and_links();
  verify_pay_twice();
  feeding_what_is_finished();
  batches_are_full();
  after_cancel();
  free_live(&live);
  return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
