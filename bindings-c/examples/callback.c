/* Reads the body of one callback from stdin and says what happened; put it behind any web server. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

static const char *or_nothing(const char *text) { return text == NULL ? "" : text; }

static void print(const wxpusher_callback *callback) {
  switch (wxpusher_callback_kind(callback)) {
    case WXPUSHER_CALLBACK_APP_SUBSCRIBE: {
      const wxpusher_app_subscribe *it = wxpusher_callback_app_subscribe(callback);
      printf("%s follows: %s, %s\n", wxpusher_app_subscribe_uid(it, NULL), wxpusher_app_subscribe_source(it, NULL),
             or_nothing(wxpusher_app_subscribe_extra(it, NULL)));
      break;
    }
    case WXPUSHER_CALLBACK_ORDER_PAY: {
      const wxpusher_order_pay *it = wxpusher_callback_order_pay(callback);
      printf("%s paid %" PRId64 " fen for product %" PRId64 "\n", wxpusher_order_pay_uid(it, NULL),
             wxpusher_order_pay_amount(it), wxpusher_order_pay_prod_id(it));
      break;
    }
    case WXPUSHER_CALLBACK_SEND_UP_CMD: {
      const wxpusher_send_up_cmd *it = wxpusher_callback_send_up_cmd(callback);
      printf("%s says: %s\n", wxpusher_send_up_cmd_uid(it, NULL), wxpusher_send_up_cmd_command(it, NULL));
      break;
    }
    default:
      /* Kinds will grow, and so may a later version of this library. */
      printf("something new: %s\n",
             or_nothing(wxpusher_unknown_callback_action(wxpusher_callback_unknown(callback), NULL)));
  }
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
