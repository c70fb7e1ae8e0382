/* Sixteen threads use one client; then all of them wait for a scan, and another thread cancels the client. */
#define _POSIX_C_SOURCE 200809L
#include "live.h"

#include <pthread.h>
#include <time.h>

enum { THREADS = 16, ROUNDS = 8 };

static live_things live;

typedef struct {
  pthread_t thread;
  int failures;
} worker;

static void *work(void *argument) {
  worker *it = argument;
  for (int round = 0; round < ROUNDS; round++) {
    wxpusher_user_page *page = NULL;
    wxpusher_outcome *outcome = NULL;
    wxpusher_callback *callback = NULL;
    wxpusher_error *error = NULL;
    it->failures += wxpusher_client_list_users(live.client, live.user_query, &page, &error) != 0;
    it->failures += page == NULL || page->users_len == 0;
    it->failures += wxpusher_client_send(live.client, live.message, &outcome, &error) != 0;
    it->failures += outcome == NULL || outcome->failed != 0;
    it->failures += live.error->number != WXPUSHER_ERROR_INVALID_ARGUMENT;
    it->failures += wxpusher_parse_callback("{\"action\":\"x\"}", WXPUSHER_NUL_TERMINATED, &callback, &error) != 0;
    if (error != NULL) {
      fprintf(stderr, "%s\n", error->text);
    }
    wxpusher_user_page_free(page);
    wxpusher_outcome_free(outcome);
    wxpusher_callback_free(callback);
    wxpusher_error_free(error);
  }
  return NULL;
}

static void *wait_for_scan(void *argument) {
  worker *it = argument;
  wxpusher_text *uid = NULL;
  wxpusher_error *error = NULL;
  int32_t status =
      wxpusher_client_wait_for_scan(live.client, live.qrcode->code, WXPUSHER_NUL_TERMINATED, 60000, &uid, &error);
  it->failures += status != WXPUSHER_ERROR_CANCELLED;
  wxpusher_error_free(error);
  return NULL;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void start(worker *workers, void *(*run)(void *)) {
  for (int index = 0; index < THREADS; index++) {
    workers[index].failures = 0;
    if (pthread_create(&workers[index].thread, NULL, run, &workers[index]) != 0) {
      exit(EXIT_FAILURE);
    }
  }
}

static int join(worker *workers) {
  int failures = 0;
  for (int index = 0; index < THREADS; index++) {
    pthread_join(workers[index].thread, NULL);
    failures += workers[index].failures;
  }
  return failures;
}

int main(void) {
  worker workers[THREADS];
  live = make_live();
  start(workers, work);
  int failures = join(workers);
  start(workers, wait_for_scan);
  double before = now();
  wxpusher_client_cancel(live.client);
  failures += join(workers);
  double took = now() - before;
  if (failures != 0 || took > 5) {
    fprintf(stderr, "%d failures, cancelled in %.1f s\n", failures, took);
    return EXIT_FAILURE;
  }
  free_live(&live);
  return EXIT_SUCCESS;
}
