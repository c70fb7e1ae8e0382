/* Leaks a message on purpose, in whatever program it is linked into: what looks for leaks there has to find it. */
#include <wxpusher.h>

__attribute__((constructor)) static void leak(void) {
  wxpusher_message *message = NULL;
  wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", 1, &message, NULL);
}
