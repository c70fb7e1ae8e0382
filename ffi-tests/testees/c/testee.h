/* The C testee: reads a call per line, makes it through wxpusher.h and writes its result. It contains no expectations. */
#ifndef TESTEE_H
#define TESTEE_H

#include <jansson.h>
#include <wxpusher.h>

/* The result of a call: a status, and either the report or the error. */
typedef struct {
  int32_t status;
  json_t *ok;
  wxpusher_error *error;
} result;

/* Makes the call; false if the method is unknown. `args` are those of the suite. */
bool make_call(const char *verb, json_t *args, const wxpusher_client *client, result *result);

/* Creates a client with the suite's options. */
int32_t make_client(json_t *options, wxpusher_client **client, wxpusher_error **error);

/* Ends the process because of a line that violates the suite's rules. */
_Noreturn void broken(const char *what);

int64_t integer(json_t *text);

json_t *report_outcome(const wxpusher_outcome *outcome);
json_t *report_status(const wxpusher_status *status);
json_t *report_qrcode(const wxpusher_qrcode *qrcode);
json_t *report_user_page(const wxpusher_user_page *page);
json_t *report_user(const wxpusher_user *user);
json_t *report_user_page_v1(const wxpusher_user_page_v1 *page);
json_t *report_pay_end_times(const wxpusher_pay_end_times *times);
json_t *report_batch(const wxpusher_batch *batch);
json_t *report_callback(const wxpusher_callback *callback);
json_t *report_error(const wxpusher_error *error);
json_t *report_text(const char *name, const wxpusher_text *text);

#endif
