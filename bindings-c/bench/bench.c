/* Measures a send by this library, by a raw socket, by libcurl, and by libcurl with cJSON, in turns, against a server in this
 * process. Each builds its message each time, except libcurl alone, which does no JSON work at all.
 *
 * Prints the ratios of the medians as JSON. Client and server run on different cores, as in core's bench. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <curl/curl.h>
#include <jansson.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>
#include <wxpusher.h>

#include "alarm_curl.h"

enum { ROUNDS = 6000, ROOM = 8192 };

static const char answer[] =
    "{\"code\":1000,\"msg\":\"处理成功\",\"success\":true,\"data\":[{\"uid\":\"UID_a\",\"topicId\":null,\"messageId\":7,"
    "\"messageContentId\":8,\"sendRecordId\":2438072956,\"code\":1000,\"status\":\"创建发送任务成功\"}]}";

static void check(bool is_so, const char *what) {
  if (!is_so) {
    fprintf(stderr, "%s\n", what);
    exit(EXIT_FAILURE);
  }
}

/* Keeps the current thread, and those it starts from now on, on one of the cores this process was given: the first (0) or the
 * second (1). With one core only, client and server share it. */
static void pin(int which) {
  static cpu_set_t allowed;
  cpu_set_t one;
  if (which == 0) check(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "the affinity");
  for (int core = 0; core < CPU_SETSIZE; core++) {
    if (CPU_ISSET(core, &allowed) && which-- == 0) {
      CPU_ZERO(&one);
      CPU_SET(core, &one);
      check(sched_setaffinity(0, sizeof one, &one) == 0, "pinning");
      return;
    }
  }
}

/* What came of a connection and is not used up. */
typedef struct {
  int socket;
  char bytes[ROOM + 1];
  size_t len;
} stream;

static void no_delay(int socket) {
  int yes = 1;
  check(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0, "TCP_NODELAY");
}

static void write_all(int socket, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t written = write(socket, bytes, len);
    check(written > 0, "write");
    bytes += written;
    len -= (size_t)written;
  }
}

/* Reads a request or an answer and copies its body; false at the end of the connection. */
static bool read_message(stream *it, char *body, size_t *body_len) {
  for (;;) {
    it->bytes[it->len] = '\0';
    char *head_end = strstr(it->bytes, "\r\n\r\n");
    if (head_end != NULL) {
      size_t length = 0;
      for (char *line = it->bytes; line < head_end; line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, "content-length:", 15) == 0) {
          length = strtoul(line + 15, NULL, 10);
        }
      }
      size_t whole = (size_t)(head_end - it->bytes) + 4 + length;
      if (it->len >= whole) {
        memcpy(body, head_end + 4, length);
        *body_len = length;
        it->len -= whole;
        memmove(it->bytes, it->bytes + whole, it->len);
        return true;
      }
    }
    ssize_t more = read(it->socket, it->bytes + it->len, ROOM - it->len);
    if (more <= 0) {
      return false;
    }
    it->len += (size_t)more;
  }
}

static void *serve(void *argument) {
  static const char form[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s";
  char reply[1024], body[ROOM];
  size_t body_len = 0;
  stream it = {.socket = *(int *)argument};
  free(argument);
  no_delay(it.socket);
  int len = snprintf(reply, sizeof reply, form, sizeof answer - 1, answer);
  while (read_message(&it, body, &body_len)) {
    write_all(it.socket, reply, (size_t)len);
  }
  close(it.socket);
  return NULL;
}

static void *listen_for(void *argument) {
  int listener = *(int *)argument;
  pin(1);
  for (;;) {
    pthread_t thread;
    int *connection = malloc(sizeof *connection);
    check(connection != NULL && (*connection = accept(listener, NULL, NULL)) >= 0, "accept");
    check(pthread_create(&thread, NULL, serve, connection) == 0 && pthread_detach(thread) == 0, "a thread");
  }
  return NULL;
}

static struct sockaddr_in start_server(void) {
  static int listener;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  pthread_t thread;
  listener = socket(AF_INET, SOCK_STREAM, 0);
  check(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 16) == 0, "listen");
  check(getsockname(listener, (struct sockaddr *)&address, &size) == 0, "getsockname");
  check(pthread_create(&thread, NULL, listen_for, &listener) == 0, "a thread");
  return address;
}

static const char content[] = "磁盘已满", uid[] = "UID_a";

static size_t write_body(char *body, size_t room) {
  return (size_t)snprintf(body, room, "{\"appToken\":\"AT_test\",\"content\":\"%s\",\"contentType\":1,\"uids\":[\"%s\"]}",
                          content, uid);
}

static void send_raw(stream *it) {
  char body[512], request[1024], reply[ROOM];
  size_t reply_len = 0, body_len = write_body(body, sizeof body);
  int len = snprintf(request, sizeof request,
                     "POST /api/send/message HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                     "Accept: application/json\r\nUser-Agent: raw\r\nContent-Length: %zu\r\n\r\n%s",
                     body_len, body);
  write_all(it->socket, request, (size_t)len);
  check(read_message(it, reply, &reply_len), "no answer");
  json_t *json = json_loadb(reply, reply_len, 0, NULL);
  json_t *row = json_array_get(json_object_get(json, "data"), 0);
  check(json_integer_value(json_object_get(json, "code")) == 1000, "the code");
  check(json_integer_value(json_object_get(row, "code")) == 1000, "the row's code");
  check(strcmp(json_string_value(json_object_get(row, "uid")), uid) == 0, "the row's uid");
  json_decref(json);
}

/* Builds the message each time, as a program does. */
static void send_ours(const wxpusher_client *client) {
  wxpusher_outcome *outcome = NULL;
  wxpusher_message message = WXPUSHER_MESSAGE_INIT;
  message.content = content;
  message.uid = uid;
  check(wxpusher_client_send(client, &message, &outcome, NULL) == WXPUSHER_OK, "a send by the library");
  check(outcome->failed == 0, "all recipients accepted");
  wxpusher_outcome_free(outcome);
}

static size_t keep(char *bytes, size_t size, size_t count, void *reply) {
  (void)bytes;
  *(size_t *)reply += size * count;
  return size * count;
}

static void send_curl(CURL *curl, size_t *reply_len) {
  char body[512];
  write_body(body, sizeof body);
  *reply_len = 0;
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
  check(curl_easy_perform(curl) == CURLE_OK && *reply_len == sizeof answer - 1, "a send by libcurl");
}

static void send_curl_cjson(CURL *curl) {
  char problem[256] = "";
  check(alarm_curl_send(curl, "AT_test", content, uid, problem, sizeof problem), problem);
}

static CURL *new_curl(const char *url, struct curl_slist *headers) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 15000L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
  return curl;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int by_size(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static double median(double *times) {
  qsort(times, ROUNDS, sizeof *times, by_size);
  return times[ROUNDS / 2];
}

int main(void) {
  static double raw[ROUNDS], ours[ROUNDS], curls[ROUNDS], curl_cjsons[ROUNDS];
  pin(0);
  struct sockaddr_in address = start_server();
  char url[64], send_url[128];
  snprintf(url, sizeof url, "http://127.0.0.1:%d", ntohs(address.sin_port));
  snprintf(send_url, sizeof send_url, "%s/api/send/message", url);

  wxpusher_config *config = wxpusher_config_new();
  wxpusher_client *client = NULL;
  check(wxpusher_config_set_app_token(config, "AT_test", 7, NULL) == 0, "token");
  check(wxpusher_config_set_base_url(config, url, WXPUSHER_NUL_TERMINATED, NULL) == 0, "url");
  check(wxpusher_client_with_config(config, &client, NULL) == 0, "client");

  stream connection = {.socket = socket(AF_INET, SOCK_STREAM, 0)};
  check(connect(connection.socket, (struct sockaddr *)&address, sizeof address) == 0, "connect");
  no_delay(connection.socket);

  size_t reply_len = 0;
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  CURL *curl = new_curl(send_url, headers), *curl_cjson = new_curl(send_url, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply_len);

  for (int round = 0; round < ROUNDS; round++) {
    double start = now();
    send_raw(&connection);
    double raw_end = now();
    send_ours(client);
    double ours_end = now();
    send_curl(curl, &reply_len);
    double curl_end = now();
    send_curl_cjson(curl_cjson);
    curl_cjsons[round] = now() - curl_end;
    curls[round] = curl_end - ours_end;
    ours[round] = ours_end - raw_end;
    raw[round] = raw_end - start;
  }
  double raw_s = median(raw), ours_s = median(ours), curl_s = median(curls), curl_cjson_s = median(curl_cjsons);
  fprintf(stderr, "send: %.1f µs, raw socket: %.1f µs, libcurl: %.1f µs, libcurl and cJSON: %.1f µs\n", ours_s * 1e6,
          raw_s * 1e6, curl_s * 1e6, curl_cjson_s * 1e6);
  printf("{\"c.send_vs_raw\": %.3f, \"c.send_vs_libcurl\": %.3f, \"c.send_vs_libcurl_cjson\": %.3f}\n", ours_s / raw_s,
         ours_s / curl_s, ours_s / curl_cjson_s);

  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  curl_easy_cleanup(curl_cjson);
  wxpusher_client_free(client);
  wxpusher_config_free(config);
  return EXIT_SUCCESS;
}
