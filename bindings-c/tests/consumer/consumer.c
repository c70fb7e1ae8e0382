#include <stdio.h>
#include <string.h>
#include <wxpusher.h>

int main(void) {
  wxpusher_client *client = NULL;
  wxpusher_message *message = NULL;
  wxpusher_outcome *outcome = NULL;
  wxpusher_error *error = NULL;
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == 0) status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, "C", 1, &message, &error);
  if (status == 0) status = wxpusher_message_add_uid(message, "UID_testalice", WXPUSHER_NUL_TERMINATED, &error);
  if (status == 0) status = wxpusher_client_send(client, message, &outcome, &error);
  if (status == 0 && !(wxpusher_outcome_all_ok(outcome) && strcmp(wxpusher_version(), WXPUSHER_VERSION) == 0)) status = 1;
  if (error != NULL) fprintf(stderr, "%s\n", wxpusher_error_text(error, NULL));
  wxpusher_outcome_free(outcome);
  wxpusher_message_free(message);
  wxpusher_client_free(client);
  wxpusher_error_free(error);
  return status;
}
