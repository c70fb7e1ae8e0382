/* A panic in the release library ends at the boundary: a status, a getter, a destructor, from any thread, and life goes on. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wxpusher.h>

typedef struct wxpusher_panic wxpusher_panic;
int32_t wxpusher_panic_in_status(bool secret, wxpusher_panic **out, wxpusher_error **error);
int64_t wxpusher_panic_in_getter(const uint8_t *handle);
int32_t wxpusher_panic_new(wxpusher_panic **out, wxpusher_error **error);
void wxpusher_panic_free(wxpusher_panic *handle);

static void expect(bool is_so, const char *what) {
  if (!is_so) {
    fprintf(stderr, "not so: %s\n", what);
    exit(EXIT_FAILURE);
  }
}

static void *panic(void *argument) {
  wxpusher_panic *out = NULL;
  wxpusher_error *error = NULL;
  uint8_t byte = 7;
  (void)argument;
  expect(wxpusher_panic_in_status(false, &out, &error) == WXPUSHER_ERROR_INTERNAL, "a panic is a number");
  expect(out == NULL, "no result");
  expect(strcmp(wxpusher_error_kind(error), "internal") == 0, "its name");
  expect(strcmp(wxpusher_error_reason(error, NULL), "a panic: a deliberate panic") == 0, "its reason");
  expect(wxpusher_error_sent(error) == WXPUSHER_SENT_MAYBE, "nobody knows how far it came");
  wxpusher_error_free(error);
  error = NULL;
  expect(wxpusher_panic_in_status(true, &out, &error) == WXPUSHER_ERROR_INTERNAL, "a panic with a made text");
  expect(strcmp(wxpusher_error_reason(error, NULL), "a panic") == 0, "which is not repeated");
  wxpusher_error_free(error);
  expect(wxpusher_panic_in_status(false, &out, NULL) == WXPUSHER_ERROR_INTERNAL, "nobody wants the details");
  expect(wxpusher_panic_in_getter(&byte) == 0, "a getter gives nothing");
  expect(wxpusher_panic_new(&out, NULL) == WXPUSHER_OK, "made");
  wxpusher_panic_free(out);
  return NULL;
}

int main(void) {
  pthread_t thread;
  panic(NULL);
  expect(pthread_create(&thread, NULL, panic, NULL) == 0, "a thread");
  pthread_join(thread, NULL);
  puts("survived");
  return EXIT_SUCCESS;
}
