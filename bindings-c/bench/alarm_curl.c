/* An alarm with libcurl and cJSON instead of this library: alarm_curl TEXT UID. The counterpart of examples/alarm.c, and, built with
 * -DALARM_CURL_ONLY_SEND, what bench.c measures. It checks what the library checks of a response, and nothing of the request. */
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alarm_curl.h"

typedef struct {
  char *bytes;
  size_t len;
} reply;

static size_t keep(char *bytes, size_t size, size_t count, void *place) {
  reply *it = place;
  char *grown = realloc(it->bytes, it->len + size * count + 1);
  if (grown == NULL) return 0;
  memcpy(grown + it->len, bytes, size * count);
  it->bytes = grown;
  it->len += size * count;
  it->bytes[it->len] = '\0';
  return size * count;
}

static char *message(const char *token, const char *content, const char *uid) {
  cJSON *json = cJSON_CreateObject();
  cJSON *uids = cJSON_AddArrayToObject(json, "uids");
  cJSON_AddStringToObject(json, "appToken", token);
  cJSON_AddStringToObject(json, "content", content);
  cJSON_AddNumberToObject(json, "contentType", 1);
  cJSON_AddItemToArray(uids, cJSON_CreateString(uid));
  char *text = cJSON_PrintUnformatted(json);
  cJSON_Delete(json);
  return text;
}

static bool check_reply(const char *text, const char *uid, char *problem, size_t size) {
  cJSON *json = text == NULL ? NULL : cJSON_Parse(text);
  const cJSON *code = cJSON_GetObjectItem(json, "code"), *msg = cJSON_GetObjectItem(json, "msg");
  const cJSON *row = cJSON_GetArrayItem(cJSON_GetObjectItem(json, "data"), 0);
  const cJSON *row_code = cJSON_GetObjectItem(row, "code"), *row_uid = cJSON_GetObjectItem(row, "uid");
  bool is_ok = false;
  if (!cJSON_IsNumber(code)) {
    snprintf(problem, size, "the response is not JSON");
  } else if (code->valuedouble != 1000) {
    snprintf(problem, size, "code %.0f: %s", code->valuedouble, cJSON_IsString(msg) ? msg->valuestring : "");
  } else if (!cJSON_IsString(row_uid) || strcmp(row_uid->valuestring, uid) != 0 || !cJSON_IsNumber(row_code) ||
             row_code->valuedouble != 1000) {
    snprintf(problem, size, "the recipient was not accepted");
  } else {
    is_ok = true;
  }
  cJSON_Delete(json);
  return is_ok;
}

bool alarm_curl_send(CURL *curl, const char *token, const char *content, const char *uid, char *problem, size_t size) {
  reply answer = {NULL, 0};
  char *body = message(token, content, uid);
  long status = 0;
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  CURLcode sent = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  bool is_ok = false;
  if (sent != CURLE_OK) {
    snprintf(problem, size, "%s", curl_easy_strerror(sent));
  } else if (status != 200) {
    snprintf(problem, size, "HTTP status %ld", status);
  } else {
    is_ok = check_reply(answer.bytes, uid, problem, size);
  }
  free(answer.bytes);
  cJSON_free(body);
  return is_ok;
}

#ifndef ALARM_CURL_ONLY_SEND
int main(int argc, char **argv) {
  char problem[256];
  const char *token = getenv("WXPUSHER_APP_TOKEN");
  if (argc != 3 || token == NULL) {
    fputs("usage: WXPUSHER_APP_TOKEN=AT_xxx alarm_curl TEXT UID\n", stderr);
    return EXIT_FAILURE;
  }
  CURL *curl = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, "https://wxpusher.zjiecode.com/api/send/message");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 15000L);
  bool is_sent = alarm_curl_send(curl, token, argv[1], argv[2], problem, sizeof problem);
  if (!is_sent) fprintf(stderr, "%s\n", problem);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return is_sent ? EXIT_SUCCESS : EXIT_FAILURE;
}
#endif
