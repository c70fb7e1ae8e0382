/* NULL for every pointer of every function and every field of a request: an error that names it, or no effect; no crash. */
#include "live.h"

#include <string.h>

static live_things live;
static size_t calls, wrong;

static void complain(const char *function, const char *argument, const char *what) {
  fprintf(stderr, "%s(%s): %s\n", function, argument, what);
  wrong++;
}

static void expect_refused(const char *function, const char *argument, int32_t status, wxpusher_error *error,
                           const char *field) {
  if (status != WXPUSHER_ERROR_INVALID_ARGUMENT || error == NULL) {
    complain(function, argument, "not refused");
  } else if (error->field == NULL || strcmp(error->field, field) != 0) {
    complain(function, argument, error->text);
  } else if (strcmp(error->reason, "must not be NULL") != 0 || error->sent != WXPUSHER_SENT_NO) {
    complain(function, argument, error->reason);
  }
  wxpusher_error_free(error);
}

static void expect_text(const char *function, const char *argument, int32_t status, const char *text) {
  if (status != WXPUSHER_ERROR_INVALID_ARGUMENT || strstr(text, argument) == NULL) {
    complain(function, argument, text);
  }
}

/* A call is never refused because an optional argument is NULL. */
static void expect_status(const char *function, const char *argument, int32_t status) {
  if (status < WXPUSHER_OK || status > WXPUSHER_ERROR_RATE_LIMITER || status == WXPUSHER_ERROR_INTERNAL) {
    complain(function, argument, wxpusher_error_kind_name(status));
  }
}

static void expect_nothing(const char *function, bool is_nothing) {
  if (!is_nothing) {
    complain(function, "its handle", "NULL has a value");
  }
}

static void expect_untouched(const char *function, bool is_untouched) {
  if (!is_untouched) {
    complain(function, "its result", "written although the call failed");
  }
}

#include "null_calls.inc"

static void refuse_message(const wxpusher_message *message, const char *field) {
  wxpusher_error *error = NULL;
  wxpusher_outcome *outcome = NULL;
  int32_t status = wxpusher_client_send(live.client, message, &outcome, &error);
  expect_refused("send", field, status, error, field);
}

static void refuse_push(const wxpusher_simple_push *push, const char *field) {
  wxpusher_error *error = NULL;
  wxpusher_outcome *outcome = NULL;
  int32_t status = wxpusher_client_simple_push(live.client, push, &outcome, &error);
  expect_refused("simple_push", field, status, error, field);
}

/* Fields that may be NULL were NULL in the calls above. */
static void null_fields(void) {
  wxpusher_message message = *live.message;
  wxpusher_simple_push push = *live.simple_push;
  message.content = NULL;
  refuse_message(&message, "content");
  message = *live.message;
  message.uids_len = 1;
  refuse_message(&message, "uids");
  message = *live.message;
  message.topic_ids_len = 1;
  refuse_message(&message, "topic_ids");
  push.content = NULL;
  refuse_push(&push, "content");
  push = *live.simple_push;
  push.spts_len = 1;
  refuse_push(&push, "spts");
}

int main(void) {
  live = make_live();
  null_calls();
  null_fields();
  free_live(&live);
  printf("%zu functions, %zu calls\n", functions, calls);
  return wrong == 0 && functions > 70 && functions <= 80 && calls > functions ? EXIT_SUCCESS : EXIT_FAILURE;
}
