/* Two threads write one variable on purpose, to show that the race detector finds races. */
#include <pthread.h>
#include <wxpusher.h>

static int64_t shared;

static void *write_it(void *argument) {
  (void)argument;
  shared += wxpusher_client_is_cancelled(NULL) + 1;
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
