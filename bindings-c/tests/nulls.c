/* NULL for every pointer of every function: an error that names the argument, or nothing; never a crash. */
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
  const char *named = wxpusher_error_field(error, NULL), *reason = wxpusher_error_reason(error, NULL);
  if (status != WXPUSHER_ERROR_INVALID_ARGUMENT) {
    complain(function, argument, "not refused");
  } else if (named == NULL || strcmp(named, field) != 0) {
    complain(function, argument, named == NULL ? "no field" : named);
  } else if (strcmp(reason, "NULL") != 0 || wxpusher_error_sent(error) != WXPUSHER_SENT_NO) {
    complain(function, argument, "not for being NULL");
  }
  wxpusher_error_free(error);
}

/* An argument that may be NULL is never what a call is refused for. */
static void expect_status(const char *function, const char *argument, int32_t status) {
  if (status < WXPUSHER_OK || status > WXPUSHER_ERROR_RATE_LIMITER || status == WXPUSHER_ERROR_INTERNAL) {
    complain(function, argument, wxpusher_error_kind_name(status));
  }
}

static void expect_nothing(const char *function, bool is_nothing) {
  if (!is_nothing) {
    complain(function, "its handle", "NULL gives something");
  }
}

static void expect_untouched(const char *function, bool is_untouched) {
  if (!is_untouched) {
    complain(function, "its result", "written without success");
  }
}

#include "null_calls.inc"

int main(void) {
  live = make_live();
  null_calls();
  free_live(&live);
  printf("%zu functions, %zu calls\n", functions, calls);
  return wrong == 0 && functions > 150 && calls > functions ? EXIT_SUCCESS : EXIT_FAILURE;
}
