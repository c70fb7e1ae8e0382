#include <stdio.h>
#include <string.h>
#include <wxpusher.h>

int main(void) {
  wxpusher_client *client = NULL;
  wxpusher_outcome *outcome = NULL;
  wxpusher_error *error = NULL;
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  message.content = "C";
  message.uid = "UID_testalice";
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == WXPUSHER_OK) status = wxpusher_client_send(client, &message, &outcome, &error);
  if (status == WXPUSHER_OK && (outcome->failed != 0 || strcmp(wxpusher_version(), WXPUSHER_VERSION) != 0)) status = 1;
  if (error != NULL) fprintf(stderr, "%s\n", error->text);
  wxpusher_outcome_free(outcome);
  wxpusher_error_free(error);
  wxpusher_client_free(client);
  return status;
}
