#pragma once
#include <curl/curl.h>

// curl's setters and getters take a variable argument, which Swift cannot pass: one function for each type.
typedef size_t (*curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) { return (curl_easy_setopt)(handle, option, value); }
static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) { return (curl_easy_setopt)(handle, option, value); }
static inline CURLcode curl_set_bytes(CURL *handle, CURLoption option, const void *value) { return (curl_easy_setopt)(handle, option, value); }
static inline CURLcode curl_set_lines(CURL *handle, CURLoption option, struct curl_slist *value) { return (curl_easy_setopt)(handle, option, value); }
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) { return (curl_easy_setopt)(handle, option, value); }
static inline CURLcode curl_set_receiver(CURL *handle, CURLoption option, curl_receiver value) { return (curl_easy_setopt)(handle, option, value); }

static inline long curl_response_code(CURL *handle) {
  long code = 0;
  (curl_easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

// Microseconds until the request could be sent; 0 if it never came to that.
static inline long long curl_pretransfer_time(CURL *handle) {
  curl_off_t time = 0;
  (curl_easy_getinfo)(handle, CURLINFO_PRETRANSFER_TIME_T, &time);
  return time;
}

static inline void *curl_private_pointer(CURL *handle) {
  char *pointer = 0;
  (curl_easy_getinfo)(handle, CURLINFO_PRIVATE, &pointer);
  return pointer;
}

static inline CURLMcode curl_multi_set_number(CURLM *multi, CURLMoption option, long value) { return (curl_multi_setopt)(multi, option, value); }
static inline CURLcode curl_message_result(const CURLMsg *message) { return message->data.result; }
