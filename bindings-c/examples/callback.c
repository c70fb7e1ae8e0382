/* Reads the body of one callback from standard input and prints the event; a web server can call it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

/* Prints a text by its length: texts from users can contain NUL, where "%s" would stop. */
static void print_text(const char *text, size_t len) {
  if (text != NULL) fwrite(text, 1, len, stdout);
}

static void print(const wxpusher_callback *callback) {
  const wxpusher_app_subscribe *subscribe = callback->app_subscribe;
  const wxpusher_order_pay *order = callback->order_pay;
  const wxpusher_send_up_cmd *cmd = callback->send_up_cmd;
  if (subscribe != NULL) {
    print_text(subscribe->uid, subscribe->uid_len);
    fputs(" subscribed: ", stdout);
    print_text(subscribe->source, subscribe->source_len);
    fputs(", ", stdout);
    print_text(subscribe->extra, subscribe->extra_len);
  } else if (order != NULL) {
    print_text(order->uid, order->uid_len);
    printf(" paid %" PRId64 " fen for product %" PRId64, order->amount, order->prod_id);
  } else if (cmd != NULL) {
    print_text(cmd->uid, cmd->uid_len);
    fputs(" sent: ", stdout);
    print_text(cmd->command, cmd->command_len);
  } else {
    /* A callback of a later version of WxPusher. */
    fputs("unknown callback", stdout);
  }
  putchar('\n');
}

int main(void) {
  static char body[1 << 20];
  wxpusher_callback *callback = NULL;
  wxpusher_error *error = NULL;
  size_t len = fread(body, 1, sizeof body, stdin);
  if (wxpusher_parse_callback(body, len, &callback, &error) != WXPUSHER_OK) {
    fprintf(stderr, "%s\n", error->text);
    wxpusher_error_free(error);
    return EXIT_FAILURE;
  }
  print(callback);
  wxpusher_callback_free(callback);
  return EXIT_SUCCESS;
}
