/* A signal handler cancels a call of the thread that it interrupts; pthread_cancel does not interrupt a call. */
#define _POSIX_C_SOURCE 200809L
#include "live.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static live_things live;

static void cancel(int number) {
  (void)number;
  wxpusher_client_cancel(live.client);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int32_t wait_for_scan(uint64_t timeout_ms) {
  wxpusher_text *uid = NULL;
  int32_t status = wxpusher_client_wait_for_scan(live.client, live.qrcode->code, Z, timeout_ms, &uid, NULL);
  wxpusher_text_free(uid);
  return status;
}

static void *wait_in_thread(void *place) {
  *(int32_t *)place = wait_for_scan(500);
  /* The cancellation takes effect here, after the call. */
  pthread_testcancel();
  return NULL;
}

int main(void) {
  int failures = 0;
  int32_t status = -1;
  void *result = NULL;
  pthread_t thread;
  live = make_live();

  if (pthread_create(&thread, NULL, wait_in_thread, &status) != 0) return EXIT_FAILURE;
  pthread_cancel(thread);
  pthread_join(thread, &result);
  if (status != WXPUSHER_OK) failures++, fprintf(stderr, "the call of the cancelled thread: %d\n", status);
  if (result != PTHREAD_CANCELED) failures++, fputs("the thread was not cancelled after the call\n", stderr);

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = cancel;
  sigaction(SIGALRM, &action, NULL);
  double before = now();
  alarm(1);
  status = wait_for_scan(60000);
  if (status != WXPUSHER_ERROR_CANCELLED || now() - before > 5) {
    failures++;
    fprintf(stderr, "cancelled by a signal: %s after %.1f s\n", wxpusher_error_kind_name(status), now() - before);
  }
  free_live(&live);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
