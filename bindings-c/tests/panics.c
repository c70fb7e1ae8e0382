/* A panic in the release library becomes an error, in functions and destructors, on any thread, and the process continues. */
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
    fprintf(stderr, "failed: %s\n", what);
    exit(EXIT_FAILURE);
  }
}

static void *panic(void *argument) {
  wxpusher_panic *out = NULL;
  wxpusher_error *error = NULL;
  uint8_t byte = 7;
  (void)argument;
  expect(wxpusher_panic_in_status(false, &out, &error) == WXPUSHER_ERROR_INTERNAL, "a panic is an error");
  expect(out == NULL, "no result is written");
  expect(strcmp(wxpusher_error_kind_name(error->number), "internal") == 0, "the kind is internal");
  expect(strcmp(error->reason, "a panic: a deliberate panic") == 0, "the reason is the panic's text");
  expect(error->sent == WXPUSHER_SENT_MAYBE, "the request may have been sent");
  wxpusher_error_free(error);
  error = NULL;
  expect(wxpusher_panic_in_status(true, &out, &error) == WXPUSHER_ERROR_INTERNAL, "a panic with a formatted text is an error");
  expect(strstr(error->reason, "AT_testsecret") == NULL, "the token in a panic's text is masked");
  wxpusher_error_free(error);
  expect(wxpusher_panic_in_status(false, &out, NULL) == WXPUSHER_ERROR_INTERNAL, "the error can be NULL");
  expect(wxpusher_panic_in_getter(&byte) == 0, "a function without status returns 0");
  expect(wxpusher_panic_new(&out, NULL) == WXPUSHER_OK, "creates the handle");
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
