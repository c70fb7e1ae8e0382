/* Leaks settings on purpose in the program that it is linked into, to show that the leak checker finds leaks. */
#include <wxpusher.h>

__attribute__((constructor)) static void leak(void) {
  wxpusher_config *volatile config = wxpusher_config_new();
  wxpusher_config_set_app_token(config, "AT_test", 7, NULL);
  config = NULL;
}
