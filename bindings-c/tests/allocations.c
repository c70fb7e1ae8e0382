/* Counts the allocations of a send on an open connection; linked with --wrap for malloc, calloc, realloc and posix_memalign. */
#include "live.h"

enum { SENDS = 20, MAX_PER_SEND = 62 };

static _Thread_local size_t count;

void *__real_malloc(size_t size);
void *__real_calloc(size_t number, size_t size);
void *__real_realloc(void *start, size_t size);
int __real_posix_memalign(void **start, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t number, size_t size);
void *__wrap_realloc(void *start, size_t size);
int __wrap_posix_memalign(void **start, size_t alignment, size_t size);

void *__wrap_malloc(size_t size) { return count++, __real_malloc(size); }
void *__wrap_calloc(size_t number, size_t size) { return count++, __real_calloc(number, size); }
void *__wrap_realloc(void *start, size_t size) { return count++, __real_realloc(start, size); }
int __wrap_posix_memalign(void **start, size_t alignment, size_t size) {
  return count++, __real_posix_memalign(start, alignment, size);
}

static void send_message(const live_things *live) {
  wxpusher_outcome *outcome = NULL;
  wxpusher_error *error = NULL;
  must(wxpusher_client_send(live->client, live->message, &outcome, &error), &error, "send");
  wxpusher_outcome_free(outcome);
}

int main(void) {
  live_things live = make_live();
  send_message(&live);
  count = 0;
  for (int send = 0; send < SENDS; send++) send_message(&live);
  size_t per_send = count / SENDS;
  printf("%zu allocations per send\n", per_send);
  free_live(&live);
  return per_send > 0 && per_send <= MAX_PER_SEND ? EXIT_SUCCESS : EXIT_FAILURE;
}
