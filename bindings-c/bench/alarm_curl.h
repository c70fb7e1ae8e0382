#ifndef ALARM_CURL_H
#define ALARM_CURL_H

#include <curl/curl.h>
#include <stdbool.h>

/* Builds a message, sends it over the handle's connection and checks the response; false with the problem if it failed. */
bool alarm_curl_send(CURL *curl, const char *token, const char *content, const char *uid, char *problem, size_t size);

#endif
