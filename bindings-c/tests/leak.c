/* Leaks a message on purpose: whatever looks for leaks has to find it. */
#include <wxpusher.h>

int main(void) {
  wxpusher_message *message = NULL;
  int32_t status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "x", 1, &message, NULL);
  message = NULL;
  return status;
}
