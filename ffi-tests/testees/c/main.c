#define _POSIX_C_SOURCE 200809L
#include "testee.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  const wxpusher_client *client;
  json_int_t after_ms;
} cancellation;

static void *cancel_later(void *argument) {
  const cancellation *it = argument;
  struct timespec wait = {it->after_ms / 1000, it->after_ms % 1000 * 1000000};
  nanosleep(&wait, NULL);
  wxpusher_client_cancel(it->client);
  return NULL;
}

static json_t *call(json_t *line, const wxpusher_client *client, result *result) {
  json_t *id = json_object_get(line, "id");
  const char *verb = json_string_value(json_object_get(line, "call"));
  json_t *after_ms = json_object_get(line, "cancel_after_ms");
  cancellation cancellation = {client, json_integer_value(after_ms)};
  pthread_t canceller;
  if (after_ms != NULL && pthread_create(&canceller, NULL, cancel_later, &cancellation) != 0) {
    broken("no thread");
  }
  bool is_known = make_call(verb, json_object_get(line, "args"), client, result);
  if (after_ms != NULL) {
    pthread_join(canceller, NULL);
  }
  if (!is_known) {
    return json_pack("{s:O, s:s}", "id", id, "unsupported", verb);
  }
  return NULL;
}

static json_t *answer(json_t *line, const wxpusher_client *client, const wxpusher_error *no_client) {
  json_t *id = json_object_get(line, "id");
  result result = {WXPUSHER_OK, NULL, NULL};
  const wxpusher_error *error = no_client;
  if (client != NULL) {
    json_t *unsupported = call(line, client, &result);
    if (unsupported != NULL) {
      return unsupported;
    }
    error = result.error;
  }
  if (error == NULL) {
    return json_pack("{s:O, s:o}", "id", id, "ok", result.ok);
  }
  fprintf(stderr, "%s: %s\n", wxpusher_error_kind_name(error->number), error->text);
  json_t *report = json_pack("{s:O, s:o}", "id", id, "err", report_error(error));
  wxpusher_error_free(result.error);
  return report;
}

int main(void) {
  char *text = NULL;
  size_t room = 0;
  wxpusher_client *client = NULL;
  wxpusher_error *no_client = NULL;
  ssize_t len = 0;
  while ((len = getline(&text, &room, stdin)) > 0) {
    json_error_t problem;
    json_t *line = json_loadb(text, (size_t)len, JSON_ALLOW_NUL, &problem);
    if (line == NULL) {
      broken(problem.text);
    }
    json_t *options = json_object_get(line, "client");
    if (options != NULL) {
      wxpusher_client_free(client);
      wxpusher_error_free(no_client);
      client = NULL;
      no_client = NULL;
      make_client(options, &client, &no_client);
    }
    json_t *report = answer(line, client, no_client);
    if (report == NULL || json_dumpf(report, stdout, JSON_COMPACT) != 0) {
      broken("a report that is not JSON");
    }
    putchar('\n');
    fflush(stdout);
    json_decref(report);
    json_decref(line);
  }
  free(text);
  wxpusher_client_free(client);
  wxpusher_error_free(no_client);
  return EXIT_SUCCESS;
}
