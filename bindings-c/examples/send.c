/* Sends a text to one user: send TEXT UID. The app token is in WXPUSHER_APP_TOKEN. Ctrl-C cancels a send that waits. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

static wxpusher_client *client;

static void cancel(int signal) {
  (void)signal;
  wxpusher_client_cancel(client);
}

static void print(const wxpusher_outcome *outcome) {
  printf("%zu accepted, %zu refused\n", outcome->targets_len - outcome->failed, outcome->failed);
  for (size_t index = 0; index < outcome->targets_len; index++) {
    const wxpusher_target *target = outcome->targets[index];
    if (!target->is_ok) printf("  %s: %s\n", target->uid, target->status);
  }
}

int main(int argc, char **argv) {
  wxpusher_outcome *outcome = NULL;
  wxpusher_error *error = NULL;
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  if (argc != 3) {
    fprintf(stderr, "usage: send TEXT UID\n");
    return EXIT_FAILURE;
  }
  message.content = argv[1];
  message.uid = argv[2];
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == WXPUSHER_OK) {
    signal(SIGINT, cancel);
    status = wxpusher_client_send(client, &message, &outcome, &error);
  }
  if (status == WXPUSHER_OK) {
    print(outcome);
  } else {
    fprintf(stderr, "%s\n", error->text);
    if (error->sent == WXPUSHER_SENT_MAYBE) fprintf(stderr, "The message may have been delivered: check before sending it again.\n");
  }
  wxpusher_outcome_free(outcome);
  wxpusher_error_free(error);
  signal(SIGINT, SIG_DFL);
  wxpusher_client_free(client);
  return status == WXPUSHER_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
