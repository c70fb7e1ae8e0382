/* The C testee: reads a call per line, makes it through wxpusher.h, writes what came of it. It expects nothing. */
#ifndef TESTEE_H
#define TESTEE_H

#include <jansson.h>
#include <wxpusher.h>

/* What came of a call: a status, and either the answer or the error. */
typedef struct {
  int32_t status;
  json_t *ok;
  wxpusher_error *error;
} result;

/* Makes the call; false when the verb is not known. `args` are those of the suite's vocabulary. */
bool make_call(const char *verb, json_t *args, const wxpusher_client *client, result *result);

/* A client from the suite's options. */
int32_t make_client(json_t *options, wxpusher_client **client, wxpusher_error **error);

/* Ends the process: a line that breaks the suite's own rules. */
_Noreturn void broken(const char *what);

int64_t integer(json_t *text);

json_t *report_outcome(const wxpusher_outcome *outcome);
json_t *report_status(const wxpusher_status *status);
json_t *report_qrcode(const wxpusher_qrcode *qrcode);
json_t *report_user_page(const wxpusher_user_page *page);
json_t *report_user(const wxpusher_user *user);
json_t *report_user_page_v1(const wxpusher_user_page_v1 *page);
json_t *report_pay_end_times(const wxpusher_pay_end_times *items);
json_t *report_batch(const wxpusher_batch *batch);
json_t *report_callback(const wxpusher_callback *callback);
json_t *report_error(const wxpusher_error *error);
json_t *report_uid(const wxpusher_text *uid);

#endif
