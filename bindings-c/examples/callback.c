/* Reads the body of one callback from stdin and prints the event; a web server can call it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

/* Prints a text by its length: texts from users may contain NUL, where "%s" would stop. */
static void print_text(const char *text, size_t len) {
  if (text != NULL) fwrite(text, 1, len, stdout);
}

static void print(const wxpusher_callback *callback) {
  const char *text;
  size_t len;
  switch (wxpusher_callback_kind(callback)) {
    case WXPUSHER_CALLBACK_APP_SUBSCRIBE: {
      const wxpusher_app_subscribe *it = wxpusher_callback_app_subscribe(callback);
      text = wxpusher_app_subscribe_uid(it, &len);
      print_text(text, len);
      fputs(" follows: ", stdout);
      text = wxpusher_app_subscribe_source(it, &len);
      print_text(text, len);
      fputs(", ", stdout);
      text = wxpusher_app_subscribe_extra(it, &len);
      print_text(text, len);
      break;
    }
    case WXPUSHER_CALLBACK_ORDER_PAY: {
      const wxpusher_order_pay *it = wxpusher_callback_order_pay(callback);
      text = wxpusher_order_pay_uid(it, &len);
      print_text(text, len);
      printf(" paid %" PRId64 " fen for product %" PRId64, wxpusher_order_pay_amount(it), wxpusher_order_pay_prod_id(it));
      break;
    }
    case WXPUSHER_CALLBACK_SEND_UP_CMD: {
      const wxpusher_send_up_cmd *it = wxpusher_callback_send_up_cmd(callback);
      text = wxpusher_send_up_cmd_uid(it, &len);
      print_text(text, len);
      fputs(" says: ", stdout);
      text = wxpusher_send_up_cmd_command(it, &len);
      print_text(text, len);
      break;
    }
    default:
      /* Kinds will grow, and so may a later version of this library. */
      fputs("something new: ", stdout);
      text = wxpusher_unknown_callback_action(wxpusher_callback_unknown(callback), &len);
      print_text(text, len);
  }
  putchar('\n');
}

int main(void) {
  static char body[1 << 20];
  wxpusher_callback *callback = NULL;
  wxpusher_error *error = NULL;
  size_t len = fread(body, 1, sizeof body, stdin);
  if (wxpusher_parse_callback(body, len, &callback, &error) != WXPUSHER_OK) {
    fprintf(stderr, "%s\n", wxpusher_error_text(error, NULL));
    wxpusher_error_free(error);
    return EXIT_FAILURE;
  }
  print(callback);
  wxpusher_callback_free(callback);
  return EXIT_SUCCESS;
}
