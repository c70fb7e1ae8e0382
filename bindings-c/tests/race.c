/* Two threads write one word on purpose: whatever looks for races has to find it. */
#include <pthread.h>
#include <wxpusher.h>

static int64_t shared;

static void *write_it(void *argument) {
  (void)argument;
  shared += wxpusher_error_number(NULL) + 1;
  return NULL;
}

int main(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, write_it, NULL) != 0) {
    return 1;
  }
  write_it(NULL);
  pthread_join(thread, NULL);
  return 0;
}
