/* Sends a text to one user: send TEXT UID. The token is in WXPUSHER_APP_TOKEN. */
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

static int fail(wxpusher_error *error) {
  fprintf(stderr, "%s\n", wxpusher_error_text(error, NULL));
  if (wxpusher_error_sent(error) == WXPUSHER_SENT_MAYBE) {
    fprintf(stderr, "it may have been delivered: look before sending it again\n");
  }
  wxpusher_error_free(error);
  return EXIT_FAILURE;
}

static void print(const wxpusher_outcome *outcome) {
  printf("%zu accepted, %zu refused\n", wxpusher_outcome_succeeded(outcome), wxpusher_outcome_failed(outcome));
  for (size_t index = 0; index < wxpusher_outcome_len(outcome); index++) {
    const wxpusher_target *target = wxpusher_outcome_target(outcome, index);
    if (!wxpusher_target_is_ok(target)) {
      printf("  %s: %s\n", wxpusher_target_uid(target, NULL), wxpusher_target_status(target, NULL));
    }
  }
}

int main(int argc, char **argv) {
  wxpusher_client *client = NULL;
  wxpusher_message *message = NULL;
  wxpusher_outcome *outcome = NULL;
  wxpusher_error *error = NULL;
  if (argc != 3) {
    fprintf(stderr, "usage: send TEXT UID\n");
    return EXIT_FAILURE;
  }
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == WXPUSHER_OK) {
    status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, argv[1], WXPUSHER_NUL_TERMINATED, &message, &error);
  }
  if (status == WXPUSHER_OK) {
    status = wxpusher_message_add_uid(message, argv[2], WXPUSHER_NUL_TERMINATED, &error);
  }
  if (status == WXPUSHER_OK) {
    status = wxpusher_client_send(client, message, &outcome, &error);
  }
  if (status == WXPUSHER_OK) {
    print(outcome);
  }
  wxpusher_outcome_free(outcome);
  wxpusher_message_free(message);
  wxpusher_client_free(client);
  return status == WXPUSHER_OK ? EXIT_SUCCESS : fail(error);
}
