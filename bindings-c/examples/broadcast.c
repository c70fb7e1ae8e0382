/* Sends a text to all uids on stdin, one a line, any number of them: broadcast TEXT. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wxpusher.h>

typedef struct {
  size_t accepted, refused;
  uint64_t there_before;
} sums;

/* Sends what is ready; the line of progress is written over and over. */
static int32_t send_ready(wxpusher_broadcast *broadcast, sums *sums, wxpusher_error **error) {
  for (;;) {
    wxpusher_batch *batch = NULL;
    int32_t status = wxpusher_broadcast_next(broadcast, &batch, error);
    if (status != WXPUSHER_OK || batch == NULL) {
      return status;
    }
    const wxpusher_outcome *outcome = wxpusher_batch_outcome(batch);
    const wxpusher_error *problem = wxpusher_batch_error(batch);
    if (outcome == NULL) {
      fprintf(stderr, "batch %zu: %s\n", (size_t)wxpusher_batch_number(batch), wxpusher_error_text(problem, NULL));
      outcome = wxpusher_error_outcome(problem);
    }
    sums->accepted += wxpusher_outcome_succeeded(outcome);
    sums->refused += outcome == NULL ? wxpusher_batch_len(batch) : wxpusher_outcome_failed(outcome);
    sums->there_before += wxpusher_batch_duplicates(batch);
    printf("\r%zu done, %zu accepted, %zu refused, %zu there before", (size_t)wxpusher_batch_done(batch),
           sums->accepted, sums->refused, (size_t)sums->there_before);
    fflush(stdout);
    wxpusher_batch_free(batch);
  }
}

static int32_t run(const wxpusher_client *client, const char *text, wxpusher_error **error) {
  wxpusher_message *message = NULL;
  wxpusher_broadcast *broadcast = NULL;
  sums sums = {0, 0, 0};
  char line[256];
  int32_t status = wxpusher_message_new(WXPUSHER_CONTENT_TEXT, text, WXPUSHER_NUL_TERMINATED, &message, error);
  if (status == WXPUSHER_OK) {
    status = wxpusher_client_broadcast(client, message, &broadcast, error);
  }
  while (status == WXPUSHER_OK && fgets(line, sizeof line, stdin) != NULL) {
    const char *uid = line;
    size_t len = strcspn(line, "\r\n");
    status = wxpusher_broadcast_add(broadcast, &uid, &len, 1, error);
    if (status == WXPUSHER_OK) {
      status = send_ready(broadcast, &sums, error);
    }
  }
  if (status == WXPUSHER_OK) {
    status = wxpusher_broadcast_finish(broadcast, error);
  }
  if (status == WXPUSHER_OK) {
    status = send_ready(broadcast, &sums, error);
  }
  printf("\n");
  wxpusher_broadcast_free(broadcast);
  wxpusher_message_free(message);
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
  if (status == WXPUSHER_OK) {
    status = run(client, argv[1], &error);
  }
  if (status != WXPUSHER_OK) {
    fprintf(stderr, "%s\n", wxpusher_error_text(error, NULL));
  }
  wxpusher_error_free(error);
  wxpusher_client_free(client);
  return status == WXPUSHER_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
