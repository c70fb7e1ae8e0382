/* Creates a QR code that carries EXTRA and waits until it is scanned: qrcode EXTRA SECONDS. */
#include <stdio.h>
#include <stdlib.h>
#include <wxpusher.h>

static int32_t wait_for_scan(const wxpusher_client *client, const char *extra, uint64_t seconds, wxpusher_error **error) {
  wxpusher_qrcode *qrcode = NULL;
  wxpusher_text *uid = NULL;
  int32_t status = wxpusher_client_create_qrcode(client, extra, WXPUSHER_NUL_TERMINATED, NULL, &qrcode, error);
  if (status == WXPUSHER_OK) {
    printf("%s %s\n", qrcode->url, qrcode->code);
    fflush(stdout);
    status = wxpusher_client_wait_for_scan(client, qrcode->code, qrcode->code_len, seconds * 1000, &uid, error);
  }
  if (status == WXPUSHER_OK && uid == NULL) {
    printf("not scanned in time\n");
  } else if (status == WXPUSHER_OK) {
    printf("scanned by %s\n", uid->text);
  }
  wxpusher_text_free(uid);
  wxpusher_qrcode_free(qrcode);
  return status;
}

int main(int argc, char **argv) {
  wxpusher_client *client = NULL;
  wxpusher_error *error = NULL;
  if (argc != 3) {
    fprintf(stderr, "usage: qrcode EXTRA SECONDS\n");
    return EXIT_FAILURE;
  }
  int32_t status = wxpusher_client_from_env(&client, &error);
  if (status == WXPUSHER_OK) status = wait_for_scan(client, argv[1], strtoull(argv[2], NULL, 10), &error);
  if (status != WXPUSHER_OK) fprintf(stderr, "%s\n", error->text);
  wxpusher_error_free(error);
  wxpusher_client_free(client);
  return status == WXPUSHER_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
