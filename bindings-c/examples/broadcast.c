/* Sends a text to all UIDs on standard input, one per line, any number of them: broadcast TEXT. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wxpusher.h>

typedef struct {
  size_t accepted, refused;
  uint64_t duplicates;
} sums;

/* Sends the batches that are full, and prints the progress. */
static int32_t send_batches(wxpusher_broadcast *broadcast, sums *sums, wxpusher_error **error) {
  for (;;) {
    wxpusher_batch *batch = NULL;
    int32_t status = wxpusher_broadcast_next(broadcast, &batch, error);
    if (status != WXPUSHER_OK || batch == NULL) return status;
    const wxpusher_outcome *outcome = batch->outcome;
    if (batch->error != NULL) {
      fprintf(stderr, "batch %zu: %s\n", (size_t)batch->number, batch->error->text);
      outcome = batch->error->outcome;
    }
    size_t refused = outcome == NULL ? batch->uids_len : outcome->failed;
    sums->accepted += batch->uids_len - refused;
    sums->refused += refused;
    sums->duplicates += batch->duplicates;
    printf("\r%zu done, %zu accepted, %zu refused, %zu duplicates", (size_t)batch->done, sums->accepted, sums->refused,
           (size_t)sums->duplicates);
    fflush(stdout);
    wxpusher_batch_free(batch);
  }
}

static int32_t run(const wxpusher_client *client, const char *text, wxpusher_error **error) {
  wxpusher_broadcast *broadcast = NULL;
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  sums sums = {0, 0, 0};
  char line[256];
  message.content = text;
  int32_t status = wxpusher_client_broadcast(client, &message, &broadcast, error);
  while (status == WXPUSHER_OK && fgets(line, sizeof line, stdin) != NULL) {
    const char *uid = line;
    size_t len = strcspn(line, "\r\n");
    status = wxpusher_broadcast_add(broadcast, &uid, &len, 1, error);
    if (status == WXPUSHER_OK) status = send_batches(broadcast, &sums, error);
  }
  if (status == WXPUSHER_OK) status = wxpusher_broadcast_finish(broadcast, error);
  if (status == WXPUSHER_OK) status = send_batches(broadcast, &sums, error);
  printf("\n");
  wxpusher_broadcast_free(broadcast);
  return status;
}

int main(int argc, char **argv) {
  wxpusher_client *client = NULL;
  wxpusher_error *error = NULL;
  if (argc != 2) {
    fprintf(stderr, "usage: broadcast TEXT <UIDS\n");
    return EXIT_FAILURE;
  }
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == WXPUSHER_OK) status = run(client, argv[1], &error);
  if (status != WXPUSHER_OK) fprintf(stderr, "%s\n", error->text);
  wxpusher_error_free(error);
  wxpusher_client_free(client);
  return status == WXPUSHER_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
