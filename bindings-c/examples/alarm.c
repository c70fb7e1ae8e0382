/* An alarm in one call: alarm TEXT UID. The app token is in WXPUSHER_APP_TOKEN. */
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

int main(int argc, char **argv) {
  char problem[256];
  const char *token = getenv("WXPUSHER_APP_TOKEN");
  if (argc != 3 || token == NULL) {
    fputs("usage: WXPUSHER_APP_TOKEN=AT_xxx alarm TEXT UID\n", stderr);
    return EXIT_FAILURE;
  }
  if (wxpusher_send_text(token, argv[2], argv[1], problem, sizeof problem) != WXPUSHER_OK) {
    fprintf(stderr, "%s\n", problem);
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
