/*
 * WxPusher for C: one call, and a message reaches people on WeChat and phones.
 *
 * Made by cbindgen from bindings-c/src; do not edit. The C++ layer over it is wxpusher.hpp.
 *
 * The rules, which hold for every function:
 *
 * Results. A function that can fail returns 0 (WXPUSHER_OK) or one of WXPUSHER_ERROR_..., and writes its result only when
 * it returns 0. When it fails and its last argument `error` is not NULL, `*error` becomes an error with the details, the
 * caller's to free with wxpusher_error_free. It is not touched otherwise, so let it start as NULL.
 *
 * Ownership. What a function puts into a `T **` is the caller's, to free with T's `_free`. What it returns as, or puts into,
 * a `const T *` or `const char *` is borrowed: it lives as long as what it was asked of is neither changed nor freed.
 * Arguments stay the caller's and are copied where they are kept. Every `_free` takes NULL.
 *
 * NULL. A NULL or misaligned pointer where one is needed, text that is not UTF-8, a number that is no such constant: all are
 * WXPUSHER_ERROR_INVALID_ARGUMENT with the argument's name as field. Getters answer a NULL handle with NULL, 0 or false.
 * An array of 0 items may be NULL. A function that names no errors of its own has only these. A dangling pointer is beyond
 * help.
 *
 * Text in: UTF-8, a start and a length in bytes. Text may hold NUL; the length WXPUSHER_NUL_TERMINATED means up to the
 * first. Text out: UTF-8 with a NUL behind it, and its length in `*len` (not counting that NUL; 0 when there is no text).
 *
 * Threads. What is taken as `const T *` may be used by any number of threads at the same time; what is taken as `T *` by
 * one. Every function may be called from any thread.
 *
 * Units. Durations and times are milliseconds, times since the epoch; QR codes live seconds. Ids are 64-bit.
 *
 * A bug in this library, a panic, comes back as WXPUSHER_ERROR_INTERNAL; the process goes on.
 */


#ifndef WXPUSHER_H
#define WXPUSHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
/**
 * The version of this header; wxpusher_version() tells that of the library.
 */
#define WXPUSHER_VERSION "0.1.0"
#define WXPUSHER_VERSION_MAJOR 0
#define WXPUSHER_VERSION_MINOR 1
#define WXPUSHER_VERSION_PATCH 0
/**
 * The same as one number that grows: 1002003 for 1.2.3.
 */
#define WXPUSHER_VERSION_NUMBER \
  (WXPUSHER_VERSION_MAJOR * 1000000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH)

/**
 * The length of a text that ends at its first NUL.
 */
#define WXPUSHER_NUL_TERMINATED ((size_t)-1)


/**
 * It worked.
 */
#define WXPUSHER_OK 0

/**
 * Refused here, before anything was sent; has a field and a reason.
 */
#define WXPUSHER_ERROR_INVALID_ARGUMENT 1

/**
 * The host was not found, refused the connection or cannot be reached.
 */
#define WXPUSHER_ERROR_CONNECT 2

/**
 * The TLS handshake failed, or the certificate is not to be trusted.
 */
#define WXPUSHER_ERROR_TLS 3

/**
 * The connect timeout or the total timeout ran out; has a phase.
 */
#define WXPUSHER_ERROR_TIMEOUT 4

/**
 * The connection broke.
 */
#define WXPUSHER_ERROR_TRANSPORT 5

/**
 * The HTTP status is not 2xx; has the status, the code if the body is WxPusher's JSON, and a text.
 */
#define WXPUSHER_ERROR_HTTP_STATUS 6

/**
 * The envelope's code is not 1000; has a code and the server's text.
 */
#define WXPUSHER_ERROR_API 7

/**
 * WxPusher took the call and accepted none of its targets; has an outcome.
 */
#define WXPUSHER_ERROR_REJECTED 8

/**
 * The answer is not JSON, has the wrong shape or is larger than 8 MiB.
 */
#define WXPUSHER_ERROR_INVALID_RESPONSE 9

/**
 * The body is not a WxPusher callback.
 */
#define WXPUSHER_ERROR_INVALID_CALLBACK 10

/**
 * The entry link is forged, stale or replayed; has a reason.
 */
#define WXPUSHER_ERROR_INVALID_SIGNATURE 11

/**
 * The caller stopped the call.
 */
#define WXPUSHER_ERROR_CANCELLED 12

/**
 * A bug of this library.
 */
#define WXPUSHER_ERROR_INTERNAL 13

/**
 * The rate limit shared with other processes cannot be used; has a reason. Nothing was sent.
 */
#define WXPUSHER_ERROR_RATE_LIMITER 14

/**
 * No byte of the request left this machine: sending again cannot deliver twice.
 */
#define WXPUSHER_SENT_NO 0

/**
 * The request, or a part of it, went out and no answer came: it may have been carried out.
 */
#define WXPUSHER_SENT_MAYBE 1

/**
 * The server answered.
 */
#define WXPUSHER_SENT_YES 2

/**
 * What the documentation of 2026 says; the default.
 */
#define WXPUSHER_LIMITS_CURRENT 0

/**
 * What the document of 2022 says.
 */
#define WXPUSHER_LIMITS_2022 1

/**
 * Characters of `content`, at most.
 */
#define WXPUSHER_LIMIT_CONTENT_CHARS 1

/**
 * UTF-8 bytes of `content`, at most.
 */
#define WXPUSHER_LIMIT_CONTENT_BYTES 2

/**
 * Characters of `summary`, at most.
 */
#define WXPUSHER_LIMIT_SUMMARY_CHARS 3

/**
 * Characters of `url`, at most.
 */
#define WXPUSHER_LIMIT_URL_CHARS 4

/**
 * Uids in one call, at most. Also the size of a batch of a broadcast.
 */
#define WXPUSHER_LIMIT_UIDS 5

/**
 * Topics in one call, at most.
 */
#define WXPUSHER_LIMIT_TOPIC_IDS 6

/**
 * SPTs in one call, at most.
 */
#define WXPUSHER_LIMIT_SPTS 7

/**
 * Characters of a QR code's `extra`, at most.
 */
#define WXPUSHER_LIMIT_EXTRA_CHARS 8

/**
 * Seconds a QR code may live, at most.
 */
#define WXPUSHER_LIMIT_VALID_TIME 9

/**
 * Users on one page, at most.
 */
#define WXPUSHER_LIMIT_PAGE_SIZE 10

/**
 * Plain text.
 */
#define WXPUSHER_CONTENT_TEXT 1

/**
 * HTML: what goes inside `<body>`.
 */
#define WXPUSHER_CONTENT_HTML 2

/**
 * Markdown.
 */
#define WXPUSHER_CONTENT_MARKDOWN 3

/**
 * Everyone who follows.
 */
#define WXPUSHER_VERIFY_PAY_EVERYONE 0

/**
 * Only those whose subscription is paid up.
 */
#define WXPUSHER_VERIFY_PAY_PAID 1

/**
 * Only those whose subscription is not.
 */
#define WXPUSHER_VERIFY_PAY_UNPAID 2

/**
 * The app.
 */
#define WXPUSHER_FOLLOW_APP 0

/**
 * A topic.
 */
#define WXPUSHER_FOLLOW_TOPIC 1

/**
 * An app.
 */
#define WXPUSHER_RESOURCE_APP 1

/**
 * A topic.
 */
#define WXPUSHER_RESOURCE_TOPIC 2

/**
 * An action that this version does not know; wxpusher_callback_unknown has it.
 */
#define WXPUSHER_CALLBACK_UNKNOWN 0

/**
 * Somebody followed the app; wxpusher_callback_app_subscribe has it.
 */
#define WXPUSHER_CALLBACK_APP_SUBSCRIBE 1

/**
 * Somebody paid for a product, or was paid back; wxpusher_callback_order_pay has it.
 */
#define WXPUSHER_CALLBACK_ORDER_PAY 2

/**
 * Somebody sent a command to the app; wxpusher_callback_send_up_cmd has it.
 */
#define WXPUSHER_CALLBACK_SEND_UP_CMD 3

/**
 * Paid.
 */
#define WXPUSHER_ORDER_PAID 1

/**
 * Refunded.
 */
#define WXPUSHER_ORDER_REFUNDED 2

/**
 * Somebody followed the app; this is how an app learns a uid.
 */
typedef struct wxpusher_app_subscribe wxpusher_app_subscribe;

/**
 * What became of one batch.
 */
typedef struct wxpusher_batch wxpusher_batch;

/**
 * A message on its way to any number of users; made by wxpusher_client_broadcast. One thread at a time.
 *
 * Feed it with wxpusher_broadcast_add, as much or as little at a time as is at hand; take batches with
 * wxpusher_broadcast_next until it gives NULL, which means "feed me"; after the last uid call
 * wxpusher_broadcast_finish and take the remaining batches. To stop, stop asking. To resume later, leave out the
 * wxpusher_batch_done first uids.
 */
typedef struct wxpusher_broadcast wxpusher_broadcast;

/**
 * One callback.
 *
 * Callbacks carry no signature: keep the callback URL hard to guess, and read facts that matter back by API.
 */
typedef struct wxpusher_callback wxpusher_callback;

/**
 * A client of WxPusher. Immutable: any number of threads may call it at the same time.
 *
 * Keeps its connections open. May be used in a forked child, which makes connections of its own.
 */
typedef struct wxpusher_client wxpusher_client;

/**
 * The settings of a client. Everything has a default.
 *
 * Setters change it and may not run while another thread uses it; a client takes a copy.
 */
typedef struct wxpusher_config wxpusher_config;

/**
 * Checks entry links: signature, age (10 minutes either way), and that each is used once.
 *
 * Keep it: it is what remembers the links that were used. Any number of threads may verify with it at the same time.
 */
typedef struct wxpusher_entry_link_verifier wxpusher_entry_link_verifier;

/**
 * Why a call failed. Holds no token and no SPT in any of its texts but wxpusher_error_msg.
 */
typedef struct wxpusher_error wxpusher_error;

/**
 * A message to users and topics. Can be sent any number of times.
 */
typedef struct wxpusher_message wxpusher_message;

/**
 * Somebody paid for a product, or was paid back.
 */
typedef struct wxpusher_order_pay wxpusher_order_pay;

/**
 * What WxPusher answered to one send. Some targets may have failed: ask wxpusher_outcome_all_ok.
 *
 * Accepted means that a sending task was created, not that somebody has seen the message.
 */
typedef struct wxpusher_outcome wxpusher_outcome;

/**
 * Until when somebody has paid for one app or topic.
 */
typedef struct wxpusher_pay_end_time wxpusher_pay_end_time;

/**
 * Until when somebody has paid, for each app and topic of a product.
 */
typedef struct wxpusher_pay_end_times wxpusher_pay_end_times;

/**
 * A QR code that tells its scanners apart by what it carries.
 */
typedef struct wxpusher_qrcode wxpusher_qrcode;

/**
 * Somebody sent a command: `#{appId} text`.
 */
typedef struct wxpusher_send_up_cmd wxpusher_send_up_cmd;

/**
 * A message to people known only by their simple push tokens; it needs no app.
 */
typedef struct wxpusher_simple_push wxpusher_simple_push;

/**
 * The delivery status of one recipient. WxPusher keeps it for 7 days.
 */
typedef struct wxpusher_status wxpusher_status;

/**
 * What became of one target.
 */
typedef struct wxpusher_target wxpusher_target;

/**
 * A text of its own, for functions that give nothing else: a uid.
 */
typedef struct wxpusher_text wxpusher_text;

/**
 * A list of texts.
 */
typedef struct wxpusher_texts wxpusher_texts;

/**
 * A callback whose action this version does not know.
 */
typedef struct wxpusher_unknown_callback wxpusher_unknown_callback;

/**
 * One following of one person. Who follows an app and two topics appears three times.
 */
typedef struct wxpusher_user wxpusher_user;

/**
 * One page of users.
 */
typedef struct wxpusher_user_page wxpusher_user_page;

/**
 * One page of the old user list.
 */
typedef struct wxpusher_user_page_v1 wxpusher_user_page_v1;

/**
 * Which users to list. Everything left out means "all".
 */
typedef struct wxpusher_user_query wxpusher_user_query;

/**
 * One user of the old list.
 */
typedef struct wxpusher_user_v1 wxpusher_user_v1;

/**
 * All users that a query names; made by wxpusher_client_users. Asks for a page when the one before is used up.
 */
typedef struct wxpusher_users wxpusher_users;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library that runs, for example "0.1.0". WXPUSHER_VERSION is the one compiled against.
 *
 * Lives for ever. Any thread.
 */
const char *wxpusher_version(void);

/**
 * The name of a status number, for example "invalid_argument"; "ok" for 0 and "unknown" for a number that is none.
 *
 * Lives for ever. Any thread.
 */
const char *wxpusher_error_kind_name(int32_t number);

/**
 * The kind as a number, the same that the failed function returned: one of WXPUSHER_ERROR_…
 */
int32_t wxpusher_error_number(const wxpusher_error *error);

/**
 * The kind as a name, for example "invalid_argument".
 *
 * Lives for ever.
 */
const char *wxpusher_error_kind(const wxpusher_error *error);

/**
 * Did the request reach the server? One of WXPUSHER_SENT_…: what to know before sending again.
 */
int32_t wxpusher_error_sent(const wxpusher_error *error);

/**
 * Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
 */
bool wxpusher_error_retry_is_safe(const wxpusher_error *error);

/**
 * Whether the server refused the call because of its rate limit: HTTP status 429. WxPusher documents no other sign.
 */
bool wxpusher_error_is_rate_limited(const wxpusher_error *error);

/**
 * The error as one sentence.
 *
 * Borrowed from `error`. `len` may be NULL.
 */
const char *wxpusher_error_text(const wxpusher_error *error, size_t *len);

/**
 * The argument that was refused, by its name in this library; NULL when it was not about one.
 *
 * Borrowed from `error`. `len` may be NULL.
 */
const char *wxpusher_error_field(const wxpusher_error *error, size_t *len);

/**
 * What is wrong, in words; NULL when the kind says it all.
 *
 * Borrowed from `error`. `len` may be NULL.
 */
const char *wxpusher_error_reason(const wxpusher_error *error, size_t *len);

/**
 * What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive"; NULL when it was no timeout.
 *
 * Borrowed from `error`. `len` may be NULL.
 */
const char *wxpusher_error_phase(const wxpusher_error *error, size_t *len);

/**
 * The HTTP status that is not a 2xx; 0 when it was not about one.
 */
int32_t wxpusher_error_http_status(const wxpusher_error *error);

/**
 * WxPusher's code; false if the response has none.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_error_code(const wxpusher_error *error, int64_t *value);

/**
 * WxPusher's text, or the first 500 characters of the body of an HTTP error: it may quote a token, so show
 * wxpusher_error_text instead. NULL if there is none.
 *
 * Borrowed from `error`. `len` may be NULL.
 */
const char *wxpusher_error_msg(const wxpusher_error *error, size_t *len);

/**
 * What became of each target when none was accepted; NULL when it was not about that.
 *
 * Borrowed from `error`: do not free it.
 */
const wxpusher_outcome *wxpusher_error_outcome(const wxpusher_error *error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_error_free(wxpusher_error *error);

/**
 * The text, UTF-8 with a NUL behind.
 *
 * Borrowed from `text`. `len` may be NULL.
 */
const char *wxpusher_text_get(const wxpusher_text *text, size_t *len);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_text_free(wxpusher_text *text);

/**
 * New settings: no token, the real WxPusher, 5 s to connect, 15 s in all, 3 tries for what may be repeated.
 *
 * The caller's to free with wxpusher_config_free. Never NULL.
 */
wxpusher_config *wxpusher_config_new(void);

/**
 * New settings from the environment: WXPUSHER_APP_TOKEN, WXPUSHER_UIDS and WXPUSHER_TOPIC_IDS (separated by `;`, for
 * messages without target), WXPUSHER_SPT_LIST (separated by `,`, for simple pushes without token),
 * WXPUSHER_BASE_URL.
 *
 * `*config` is the caller's to free with wxpusher_config_free. Must not run while another thread changes the
 * environment. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT naming the variable.
 */
int32_t wxpusher_config_from_env(wxpusher_config **config,
                                 wxpusher_error **error);

/**
 * The app's token. Simple pushes, status queries and a few more need none.
 */
int32_t wxpusher_config_set_app_token(wxpusher_config *config,
                                      const char *app_token,
                                      size_t app_token_len,
                                      wxpusher_error **error);

/**
 * Where WxPusher is; may have a path. https, or http on a loopback host. Checked when a client is made.
 */
int32_t wxpusher_config_set_base_url(wxpusher_config *config,
                                     const char *base_url,
                                     size_t base_url_len,
                                     wxpusher_error **error);

/**
 * Allows http to hosts other than this machine. Tokens then travel readable for everybody on the way.
 */
int32_t wxpusher_config_set_allow_plain_http(wxpusher_config *config, bool allow, wxpusher_error **error);

/**
 * The time for finding the host, connecting and the TLS handshake together, in milliseconds: 1 to one day, 5000 by
 * default. Checked when a client is made.
 */
int32_t wxpusher_config_set_connect_timeout_ms(wxpusher_config *config,
                                               uint64_t ms,
                                               wxpusher_error **error);

/**
 * The time for a whole call, all tries and the waits between them included, in milliseconds: 1 to one day, 15000 by
 * default. Checked when a client is made.
 */
int32_t wxpusher_config_set_timeout_ms(wxpusher_config *config,
                                       uint64_t ms,
                                       wxpusher_error **error);

/**
 * Sets the number of retries after the first attempt of a request that may be repeated. 2 by default; 0 means none.
 */
int32_t wxpusher_config_set_max_retries(wxpusher_config *config,
                                        uint32_t max_retries,
                                        wxpusher_error **error);

/**
 * Sets the maximum delay before the first retry, in milliseconds; the delay is random, and the maximum doubles with each
 * retry. 200 by default, 1 day at most (checked when a client is made).
 */
int32_t wxpusher_config_set_base_delay_ms(wxpusher_config *config,
                                          uint64_t ms,
                                          wxpusher_error **error);

/**
 * Sets the maximum delay before any retry, in milliseconds; a longer `Retry-After` of the server is respected. 5000 by
 * default, 1 day at most (checked when a client is made).
 */
int32_t wxpusher_config_set_max_delay_ms(wxpusher_config *config,
                                         uint64_t ms,
                                         wxpusher_error **error);

/**
 * Makes single sends wait for the rate limit (true). False by default; broadcasts always wait for it.
 */
int32_t wxpusher_config_set_rate_limit_sends(wxpusher_config *config,
                                             bool rate_limit_sends,
                                             wxpusher_error **error);

/**
 * Sets the number of calls that the rate limit allows in a window, at least 1 (checked when a client is made). 20 by
 * default. The limit holds for all clients of this process with the same app token, number of calls and window.
 */
int32_t wxpusher_config_set_rate_limit_calls(wxpusher_config *config,
                                             uint32_t rate_limit_calls,
                                             wxpusher_error **error);

/**
 * Sets the window of the rate limit, in milliseconds. 10000 by default, 1 day at most (checked when a client is made).
 */
int32_t wxpusher_config_set_rate_limit_window_ms(wxpusher_config *config,
                                                 uint64_t ms,
                                                 wxpusher_error **error);

/**
 * Takes a whole table of limits: one of WXPUSHER_LIMITS_…
 */
int32_t wxpusher_config_set_limits(wxpusher_config *config, int32_t preset, wxpusher_error **error);

/**
 * Changes one limit, one of WXPUSHER_LIMIT_…, because the server's move over the years.
 */
int32_t wxpusher_config_set_limit(wxpusher_config *config,
                                  int32_t which,
                                  uint64_t value,
                                  wxpusher_error **error);

/**
 * Goes through this HTTP proxy, `http://[user:password@]host:port`. Without it the environment's HTTPS_PROXY,
 * ALL_PROXY, HTTP_PROXY and NO_PROXY hold, but never for a loopback host. Checked when a client is made.
 */
int32_t wxpusher_config_set_proxy(wxpusher_config *config,
                                  const char *proxy,
                                  size_t proxy_len,
                                  wxpusher_error **error);

/**
 * Goes through no proxy, whatever the environment says.
 */
int32_t wxpusher_config_set_no_proxy(wxpusher_config *config, wxpusher_error **error);

/**
 * Trusts the certificates in this PEM text, and no others. By default the roots that Mozilla trusts. Checked when a
 * client is made.
 */
int32_t wxpusher_config_set_ca_pem(wxpusher_config *config,
                                   const char *pem,
                                   size_t pem_len,
                                   wxpusher_error **error);

/**
 * Like wxpusher_config_set_ca_pem, from a file, which is read at once. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT when
 * it cannot be read.
 */
int32_t wxpusher_config_set_ca_file(wxpusher_config *config,
                                    const char *ca_file,
                                    size_t ca_file_len,
                                    wxpusher_error **error);

/**
 * Puts this behind the library's own name in the User-Agent header; printable ASCII. Checked when a client is made.
 */
int32_t wxpusher_config_set_user_agent(wxpusher_config *config,
                                       const char *user_agent,
                                       size_t user_agent_len,
                                       wxpusher_error **error);

/**
 * How often wxpusher_client_wait_for_scan asks, in milliseconds: 10000 by default, and never less but on a loopback
 * host, because WxPusher bans accounts for that. Checked when a client is made.
 */
int32_t wxpusher_config_set_scan_interval_ms(wxpusher_config *config,
                                             uint64_t ms,
                                             wxpusher_error **error);

/**
 * The users that messages without any target go to, instead of those set before. `lens` is NULL or has the lengths;
 * without it the texts are NUL-terminated.
 */
int32_t wxpusher_config_set_default_uids(wxpusher_config *config,
                                         const char *const *default_uids,
                                         const size_t *lens,
                                         size_t count,
                                         wxpusher_error **error);

/**
 * The topics that messages without any target go to, instead of those set before.
 */
int32_t wxpusher_config_set_default_topic_ids(wxpusher_config *config,
                                              const int64_t *default_topic_ids,
                                              size_t count,
                                              wxpusher_error **error);

/**
 * Whom simple pushes without any token go to, instead of those set before. `lens` is NULL or has the lengths;
 * without it the texts are NUL-terminated.
 */
int32_t wxpusher_config_set_default_spts(wxpusher_config *config,
                                         const char *const *default_spts,
                                         const size_t *lens,
                                         size_t count,
                                         wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_config_free(wxpusher_config *config);

/**
 * Makes a message: `content_type` is one of WXPUSHER_CONTENT_…, `content` 1 to 40000 characters and at most 65535
 * bytes (checked when it is sent).
 *
 * `*message` is the caller's to free with wxpusher_message_free.
 */
int32_t wxpusher_message_new(int32_t content_type,
                             const char *content,
                             size_t content_len,
                             wxpusher_message **message,
                             wxpusher_error **error);

/**
 * Sets what the chat list shows, at most 100 characters; without it WxPusher takes the beginning of the content.
 */
int32_t wxpusher_message_set_summary(wxpusher_message *message,
                                     const char *summary,
                                     size_t summary_len,
                                     wxpusher_error **error);

/**
 * Sets the link to the original, at most 1000 characters.
 */
int32_t wxpusher_message_set_url(wxpusher_message *message,
                                 const char *url,
                                 size_t url_len,
                                 wxpusher_error **error);

/**
 * Adds a user to reach; at most 2000 in all.
 */
int32_t wxpusher_message_add_uid(wxpusher_message *message,
                                 const char *uid,
                                 size_t uid_len,
                                 wxpusher_error **error);

/**
 * Adds users to reach. `lens` is NULL or has the lengths; without it the uids are NUL-terminated.
 */
int32_t wxpusher_message_add_uids(wxpusher_message *message,
                                  const char *const *uids,
                                  const size_t *lens,
                                  size_t count,
                                  wxpusher_error **error);

/**
 * Adds a topic to reach; at most 5 in all.
 */
int32_t wxpusher_message_add_topic_id(wxpusher_message *message, int64_t topic_id, wxpusher_error **error);

/**
 * Sets which users of a paid product receive it: one of WXPUSHER_VERIFY_PAY_… Without it the server decides
 * (everyone).
 */
int32_t wxpusher_message_set_verify_pay_type(wxpusher_message *message,
                                             int32_t verify_pay_type,
                                             wxpusher_error **error);

/**
 * The yes-or-no form of 2022: true only reaches those who have paid. Refused together with
 * wxpusher_message_set_verify_pay_type.
 */
int32_t wxpusher_message_set_verify_pay(wxpusher_message *message, bool verify_pay, wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_message_free(wxpusher_message *message);

/**
 * Makes a simple push: `content_type` is one of WXPUSHER_CONTENT_…, `content` 1 to 40000 characters and at most
 * 65535 bytes (checked when it is sent).
 *
 * `*simple_push` is the caller's to free with wxpusher_simple_push_free.
 */
int32_t wxpusher_simple_push_new(int32_t content_type,
                                 const char *content,
                                 size_t content_len,
                                 wxpusher_simple_push **simple_push,
                                 wxpusher_error **error);

/**
 * Sets what the chat list shows, at most 100 characters; without it WxPusher takes the beginning of the content.
 */
int32_t wxpusher_simple_push_set_summary(wxpusher_simple_push *simple_push,
                                         const char *summary,
                                         size_t summary_len,
                                         wxpusher_error **error);

/**
 * Sets the link to the original, at most 1000 characters.
 */
int32_t wxpusher_simple_push_set_url(wxpusher_simple_push *simple_push,
                                     const char *url,
                                     size_t url_len,
                                     wxpusher_error **error);

/**
 * Adds somebody to reach; at most 10 in all.
 */
int32_t wxpusher_simple_push_add_spt(wxpusher_simple_push *simple_push,
                                     const char *spt,
                                     size_t spt_len,
                                     wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_simple_push_free(wxpusher_simple_push *simple_push);

/**
 * The id of the landing page that all targets share, what wxpusher_client_delete_message takes; false when there is
 * none.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_outcome_message_content_id(const wxpusher_outcome *outcome,
                                         int64_t *value);

/**
 * How many targets it tells of.
 */
size_t wxpusher_outcome_len(const wxpusher_outcome *outcome);

/**
 * The target with this index: uids first, then topics, in the order asked, duplicates collapsed; NULL when there are
 * not so many.
 *
 * Borrowed from `outcome`.
 */
const wxpusher_target *wxpusher_outcome_target(const wxpusher_outcome *outcome,
                                               size_t index);

/**
 * For how many targets a sending task was created.
 */
size_t wxpusher_outcome_succeeded(const wxpusher_outcome *outcome);

/**
 * For how many targets none was.
 */
size_t wxpusher_outcome_failed(const wxpusher_outcome *outcome);

/**
 * Whether every target was accepted.
 */
bool wxpusher_outcome_all_ok(const wxpusher_outcome *outcome);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_outcome_free(wxpusher_outcome *outcome);

/**
 * The user it is about; NULL for a topic.
 *
 * Borrowed from `target`. `len` may be NULL.
 */
const char *wxpusher_target_uid(const wxpusher_target *target, size_t *len);

/**
 * The topic it is about; false for a user.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_target_topic_id(const wxpusher_target *target, int64_t *value);

/**
 * The message id of the 2022 document, deprecated, what wxpusher_client_query_message_status takes; false when there
 * is none.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_target_message_id(const wxpusher_target *target,
                                int64_t *value);

/**
 * The id of this delivery, what wxpusher_client_query_status takes; false when there is none.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_target_send_record_id(const wxpusher_target *target, int64_t *value);

/**
 * 1000 when the task was created, the server's code when not, 0 when the answer did not mention this target.
 */
int64_t wxpusher_target_code(const wxpusher_target *target);

/**
 * The server's text for this target, untouched; empty when it said nothing.
 *
 * Borrowed from `target`. `len` may be NULL.
 */
const char *wxpusher_target_status(const wxpusher_target *target, size_t *len);

/**
 * Whether a sending task was created.
 */
bool wxpusher_target_is_ok(const wxpusher_target *target);

/**
 * Makes an outcome with a failed target an error, for callers who want all or nothing.
 *
 * `outcome` stays the caller's. Returns WXPUSHER_ERROR_REJECTED, carrying a copy of it, when any target failed.
 */
int32_t wxpusher_outcome_ensure_all(const wxpusher_outcome *outcome,
                                    wxpusher_error **error);

/**
 * The server's status number; false if the response has none. Only 1 (waiting to be sent) is documented.
 *
 * `value` may be NULL and is unchanged if there is none.
 */
bool wxpusher_status_code(const wxpusher_status *status, int64_t *value);

/**
 * The server's text, for example "等待发送".
 *
 * Borrowed from `status`. `len` may be NULL.
 */
const char *wxpusher_status_text(const wxpusher_status *status, size_t *len);

/**
 * Whether the message still waits to be sent.
 */
bool wxpusher_status_is_waiting(const wxpusher_status *status);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_status_free(wxpusher_status *status);

/**
 * What wxpusher_client_query_scan_uid and wxpusher_client_wait_for_scan take.
 *
 * Borrowed from `qrcode`. `len` may be NULL.
 */
const char *wxpusher_qrcode_code(const wxpusher_qrcode *qrcode, size_t *len);

/**
 * The picture.
 *
 * Borrowed from `qrcode`. `len` may be NULL.
 */
const char *wxpusher_qrcode_url(const wxpusher_qrcode *qrcode, size_t *len);

/**
 * A short link to the same; NULL when there is none.
 *
 * Borrowed from `qrcode`. `len` may be NULL.
 */
const char *wxpusher_qrcode_short_url(const wxpusher_qrcode *qrcode, size_t *len);

/**
 * What it carries; NULL when the server did not repeat it.
 *
 * Borrowed from `qrcode`. `len` may be NULL.
 */
const char *wxpusher_qrcode_extra(const wxpusher_qrcode *qrcode, size_t *len);

/**
 * When it expires, in milliseconds since the epoch.
 */
int64_t wxpusher_qrcode_expires(const wxpusher_qrcode *qrcode);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_qrcode_free(wxpusher_qrcode *qrcode);

/**
 * A query for all users, 100 on a page, from page 1.
 *
 * The caller's to free with wxpusher_user_query_free. Never NULL.
 */
wxpusher_user_query *wxpusher_user_query_new(void);

/**
 * The page, from 1. For wxpusher_client_users the first page. Checked when it is asked for.
 */
int32_t wxpusher_user_query_set_page(wxpusher_user_query *user_query, uint32_t page, wxpusher_error **error);

/**
 * Users on a page, 1 to 100. Checked when it is asked for.
 */
int32_t wxpusher_user_query_set_page_size(wxpusher_user_query *user_query,
                                          uint32_t page_size,
                                          wxpusher_error **error);

/**
 * Only this user.
 */
int32_t wxpusher_user_query_set_uid(wxpusher_user_query *user_query,
                                    const char *uid,
                                    size_t uid_len,
                                    wxpusher_error **error);

/**
 * Only blocked users (true), or only those who are not (false).
 */
int32_t wxpusher_user_query_set_is_blocked(wxpusher_user_query *user_query,
                                           bool is_blocked,
                                           wxpusher_error **error);

/**
 * Only followers of the app, or only those of its topics: one of WXPUSHER_FOLLOW_…
 */
int32_t wxpusher_user_query_set_follow_type(wxpusher_user_query *user_query,
                                            int32_t follow_type,
                                            wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_user_query_free(wxpusher_user_query *user_query);

/**
 * Users on all pages.
 */
int64_t wxpusher_user_page_total(const wxpusher_user_page *user_page);

/**
 * This page, from 1.
 */
int64_t wxpusher_user_page_page(const wxpusher_user_page *user_page);

/**
 * Users on a full page.
 */
int64_t wxpusher_user_page_page_size(const wxpusher_user_page *user_page);

/**
 * Users on this page.
 */
size_t wxpusher_user_page_len(const wxpusher_user_page *user_page);

/**
 * The user of this page with this index; NULL when there are not so many.
 *
 * Borrowed from `user_page`.
 */
const wxpusher_user *wxpusher_user_page_user(const wxpusher_user_page *user_page, size_t index);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_user_page_free(wxpusher_user_page *user_page);

/**
 * Puts the next user into `*user`, or NULL after the last.
 *
 * `*user` is borrowed from `users` and lives until the next call of this function or until `users` is freed. After
 * an error the next call asks for the same page again, so nobody is left out. One thread at a time. Errors: as
 * wxpusher_client_list_users.
 */
int32_t wxpusher_users_next(wxpusher_users *users,
                            const wxpusher_user **user,
                            wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_users_free(wxpusher_users *users);

/**
 * Who.
 *
 * Borrowed from `user`. `len` may be NULL.
 */
const char *wxpusher_user_uid(const wxpusher_user *user, size_t *len);

/**
 * The id of this subscription, which wxpusher_client_delete_user, wxpusher_client_block_user and
 * wxpusher_client_unblock_user take. Not the uid.
 */
int64_t wxpusher_user_id(const wxpusher_user *user);

/**
 * The app or topic followed; false when the server does not say.
 *
 * `value` may be NULL and is left alone when there is none.
 */
bool wxpusher_user_app_or_topic_id(const wxpusher_user *user, int64_t *value);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `user`. `len` may be NULL.
 */
const char *wxpusher_user_head_img(const wxpusher_user *user, size_t *len);

/**
 * Since when, in milliseconds since the epoch.
 */
int64_t wxpusher_user_create_time(const wxpusher_user *user);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `user`. `len` may be NULL.
 */
const char *wxpusher_user_nick_name(const wxpusher_user *user, size_t *len);

/**
 * Whether the user is blocked.
 */
bool wxpusher_user_is_blocked(const wxpusher_user *user);

/**
 * WXPUSHER_FOLLOW_APP, WXPUSHER_FOLLOW_TOPIC or a number that this version does not know.
 */
int64_t wxpusher_user_follow_type(const wxpusher_user *user);

/**
 * The name of the app or topic followed; NULL when the server does not say.
 *
 * Borrowed from `user`. `len` may be NULL.
 */
const char *wxpusher_user_target(const wxpusher_user *user, size_t *len);

/**
 * 0 when they never paid, else until when they have, in milliseconds since the epoch; may be past.
 */
int64_t wxpusher_user_pay_end_time(const wxpusher_user *user);

/**
 * Users on all pages.
 */
int64_t wxpusher_user_page_v1_total(const wxpusher_user_page_v1 *user_page_v1);

/**
 * This page, from 1.
 */
int64_t wxpusher_user_page_v1_page(const wxpusher_user_page_v1 *user_page_v1);

/**
 * Users on a full page.
 */
int64_t wxpusher_user_page_v1_page_size(const wxpusher_user_page_v1 *user_page_v1);

/**
 * Users on this page.
 */
size_t wxpusher_user_page_v1_len(const wxpusher_user_page_v1 *user_page_v1);

/**
 * The user of this page with this index; NULL when there are not so many.
 *
 * Borrowed from `user_page_v1`.
 */
const wxpusher_user_v1 *wxpusher_user_page_v1_user(const wxpusher_user_page_v1 *user_page_v1, size_t index);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_user_page_v1_free(wxpusher_user_page_v1 *user_page_v1);

/**
 * Who.
 *
 * Borrowed from `user_v1`. `len` may be NULL.
 */
const char *wxpusher_user_v1_uid(const wxpusher_user_v1 *user_v1, size_t *len);

/**
 * Since when, in milliseconds since the epoch.
 */
int64_t wxpusher_user_v1_create_time(const wxpusher_user_v1 *user_v1);

/**
 * Whether they receive messages.
 */
bool wxpusher_user_v1_enable(const wxpusher_user_v1 *user_v1);

/**
 * Their picture; NULL when the server does not say.
 *
 * Borrowed from `user_v1`. `len` may be NULL.
 */
const char *wxpusher_user_v1_head_img(const wxpusher_user_v1 *user_v1, size_t *len);

/**
 * Their name; NULL when the server does not say.
 *
 * Borrowed from `user_v1`. `len` may be NULL.
 */
const char *wxpusher_user_v1_nick_name(const wxpusher_user_v1 *user_v1, size_t *len);

/**
 * How many there are.
 */
size_t wxpusher_pay_end_times_len(const wxpusher_pay_end_times *pay_end_times);

/**
 * The one with this index; NULL when there are not so many.
 *
 * Borrowed from `pay_end_times`.
 */
const wxpusher_pay_end_time *wxpusher_pay_end_times_item(const wxpusher_pay_end_times *pay_end_times,
                                                         size_t index);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_pay_end_times_free(wxpusher_pay_end_times *pay_end_times);

/**
 * WXPUSHER_RESOURCE_APP, WXPUSHER_RESOURCE_TOPIC or a number that this version does not know.
 */
int64_t wxpusher_pay_end_time_resource_type(const wxpusher_pay_end_time *pay_end_time);

/**
 * The id of the app or topic.
 */
int64_t wxpusher_pay_end_time_resource_id(const wxpusher_pay_end_time *pay_end_time);

/**
 * Until when, in milliseconds since the epoch; may be past.
 */
int64_t wxpusher_pay_end_time_pay_end_time(const wxpusher_pay_end_time *pay_end_time);

/**
 * A client for an app, with the default settings.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
 */
int32_t wxpusher_client_new(const char *app_token,
                            size_t app_token_len,
                            wxpusher_client **client,
                            wxpusher_error **error);

/**
 * A client set up by the environment, as wxpusher_config_from_env reads it.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
 */
int32_t wxpusher_client_from_env(wxpusher_client **client, wxpusher_error **error);

/**
 * A client with these settings, of which it takes a copy.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT naming the
 * setting that will not do.
 */
int32_t wxpusher_client_with_config(const wxpusher_config *config,
                                    wxpusher_client **client,
                                    wxpusher_error **error);

/**
 * Frees it; its connections close with the last wxpusher_users and wxpusher_broadcast made from it. NULL is fine.
 *
 * No call may be running on it: wxpusher_client_cancel first and let the calls return.
 */
void wxpusher_client_free(wxpusher_client *client);

/**
 * Ends all calls of this client and of what was made from it, within 200 ms, and refuses further ones: all return
 * WXPUSHER_ERROR_CANCELLED.
 *
 * Any thread, while calls are running. A call whose request had left may still be carried out: see
 * wxpusher_error_sent.
 */
void wxpusher_client_cancel(const wxpusher_client *client);

/**
 * Whether wxpusher_client_cancel was called, here or on the client this one was scoped from.
 */
bool wxpusher_client_is_cancelled(const wxpusher_client *client);

/**
 * A client over the same connections that can be cancelled by itself; it ends with this one, too. Cheap: make one
 * per call.
 *
 * `*scoped` is the caller's to free with wxpusher_client_free. Any thread. Errors: only those of misuse.
 */
int32_t wxpusher_client_scoped(const wxpusher_client *client,
                               wxpusher_client **scoped,
                               wxpusher_error **error);

/**
 * Sends a message to users and topics. Repeated by itself only when nothing of it was sent.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
 * for what is over a limit or has no target, WXPUSHER_ERROR_REJECTED when no target was accepted, and those of the
 * network and the server.
 */
int32_t wxpusher_client_send(const wxpusher_client *client,
                             const wxpusher_message *message,
                             wxpusher_outcome **outcome,
                             wxpusher_error **error);

/**
 * Sends a plain text to one target by the GET interface, which puts the token into the URL. Prefer
 * wxpusher_client_send.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send, and
 * WXPUSHER_ERROR_INVALID_ARGUMENT for more than one target or content that is not text.
 */
int32_t wxpusher_client_send_by_get(const wxpusher_client *client,
                                    const wxpusher_message *message,
                                    wxpusher_outcome **outcome,
                                    wxpusher_error **error);

/**
 * Sends to people known by their simple push tokens only. Needs no app token.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
 */
int32_t wxpusher_client_simple_push(const wxpusher_client *client,
                                    const wxpusher_simple_push *simple_push,
                                    wxpusher_outcome **outcome,
                                    wxpusher_error **error);

/**
 * Sends a plain text to one simple push token by the GET interface.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
 */
int32_t wxpusher_client_simple_push_by_get(const wxpusher_client *client,
                                           const char *spt,
                                           size_t spt_len,
                                           const char *content,
                                           size_t content_len,
                                           wxpusher_outcome **outcome,
                                           wxpusher_error **error);

/**
 * What has become of a delivery, by its send record id. WxPusher remembers for 7 days.
 *
 * `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: WXPUSHER_ERROR_API when the
 * server does not know the record, and those of the network and the server.
 */
int32_t wxpusher_client_query_status(const wxpusher_client *client,
                                     int64_t send_record_id,
                                     wxpusher_status **send_status,
                                     wxpusher_error **error);

/**
 * The same by the message id of the 2022 document.
 *
 * `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: as
 * wxpusher_client_query_status.
 */
int32_t wxpusher_client_query_message_status(const wxpusher_client *client,
                                             int64_t message_id,
                                             wxpusher_status **send_status,
                                             wxpusher_error **error);

/**
 * Takes the landing page of a message away. What was pushed stays pushed.
 *
 * Any thread. Errors: WXPUSHER_ERROR_API when the server does not know the message, and those of the network and the
 * server.
 */
int32_t wxpusher_client_delete_message(const wxpusher_client *client,
                                       int64_t message_content_id,
                                       wxpusher_error **error);

/**
 * Makes a QR code that carries `extra` (1 to 64 characters) and lives `*valid_time` seconds: 1 to 2592000 (30 days),
 * 1800 when NULL.
 *
 * `*qrcode` is the caller's to free with wxpusher_qrcode_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
 * for what is over a limit, and those of the network and the server.
 */
int32_t wxpusher_client_create_qrcode(const wxpusher_client *client,
                                      const char *extra,
                                      size_t extra_len,
                                      const uint32_t *valid_time,
                                      wxpusher_qrcode **qrcode,
                                      wxpusher_error **error);

/**
 * Who scanned the code last; NULL when nobody has yet. Against any host but this machine it first waits until 10 s
 * have passed since anybody in this process asked for the same code: WxPusher bans accounts that ask faster.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or
 * expired code, and those of the network and the server.
 */
int32_t wxpusher_client_query_scan_uid(const wxpusher_client *client,
                                       const char *code,
                                       size_t code_len,
                                       wxpusher_text **uid,
                                       wxpusher_error **error);

/**
 * Polls every 10 s until the code is scanned or `timeout_ms` milliseconds are over, and puts the UID of the user who scanned
 * it into `*uid`; NULL after the timeout. Transient errors do not end the wait, unless the last poll fails.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or
 * expired code, WXPUSHER_ERROR_CANCELLED, and the error of the last poll.
 */
int32_t wxpusher_client_wait_for_scan(const wxpusher_client *client,
                                      const char *code,
                                      size_t code_len,
                                      uint64_t timeout_ms,
                                      wxpusher_text **uid,
                                      wxpusher_error **error);

/**
 * One page of those who follow the app or its topics. `user_query` may be NULL for the first page of all.
 *
 * `*page` is the caller's to free with wxpusher_user_page_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
 * for a page that cannot be, and those of the network and the server.
 */
int32_t wxpusher_client_list_users(const wxpusher_client *client,
                                   const wxpusher_user_query *user_query,
                                   wxpusher_user_page **page,
                                   wxpusher_error **error);

/**
 * All users that the query names, page after page, beginning with its page; wxpusher_users_next asks for them.
 * `user_query` may be NULL for all.
 *
 * `*users` is the caller's to free with wxpusher_users_free. Any thread. Errors: only those of misuse: nothing is
 * asked yet.
 */
int32_t wxpusher_client_users(const wxpusher_client *client,
                              const wxpusher_user_query *user_query,
                              wxpusher_users **users,
                              wxpusher_error **error);

/**
 * One page of the old user list, deprecated by WxPusher in favour of wxpusher_client_list_users. `uid` may be NULL
 * for all.
 *
 * `*user_page` is the caller's to free with wxpusher_user_page_v1_free. Any thread. Errors: as
 * wxpusher_client_list_users.
 */
int32_t wxpusher_client_list_users_v1(const wxpusher_client *client,
                                      uint32_t page,
                                      uint32_t page_size,
                                      const char *uid,
                                      size_t uid_len,
                                      wxpusher_user_page_v1 **user_page,
                                      wxpusher_error **error);

/**
 * Deletes a subscription by its id, wxpusher_user_id (not a UID). The user can subscribe again.
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_delete_user(const wxpusher_client *client,
                                    int64_t id,
                                    wxpusher_error **error);

/**
 * Blocks a subscriber, by the id of the subscription, wxpusher_user_id (not a UID).
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_block_user(const wxpusher_client *client,
                                   int64_t id,
                                   wxpusher_error **error);

/**
 * Unblocks a subscriber, by the id of the subscription, wxpusher_user_id (not a UID).
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_unblock_user(const wxpusher_client *client,
                                     int64_t id,
                                     wxpusher_error **error);

/**
 * Returns the paid-until time of a user for each resource of a product.
 *
 * `*pay_end_times` is the caller's to free with wxpusher_pay_end_times_free. Any thread. Errors: WXPUSHER_ERROR_API
 * when there is no such product, and those of the network and the server.
 */
int32_t wxpusher_client_query_pay_end_time(const wxpusher_client *client,
                                           const char *uid,
                                           size_t uid_len,
                                           int64_t prod_id,
                                           wxpusher_pay_end_times **pay_end_times,
                                           wxpusher_error **error);

/**
 * Splits a content that exceeds the limits into parts for one message each, at ends of paragraphs or lines. If there is more
 * than one part, each begins with its number: "(1/3)" and a line feed. `content_type` is WXPUSHER_CONTENT_TEXT or
 * WXPUSHER_CONTENT_MARKDOWN. The limits are those of `config`, or WXPUSHER_LIMITS_CURRENT if it is NULL.
 *
 * `*texts` is the caller's to free with wxpusher_texts_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT for HTML,
 * for an empty content, and for more than 9999 parts.
 */
int32_t wxpusher_split_content(int32_t content_type,
                               const char *content,
                               size_t content_len,
                               const wxpusher_config *config,
                               wxpusher_texts **texts,
                               wxpusher_error **error);

/**
 * The number of texts.
 */
size_t wxpusher_texts_len(const wxpusher_texts *texts);

/**
 * The text with this index; NULL if there is none.
 *
 * Borrowed from `texts`. `len` may be NULL.
 */
const char *wxpusher_texts_get(const wxpusher_texts *texts, size_t index, size_t *len);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_texts_free(wxpusher_texts *texts);

/**
 * Begins a broadcast of a message, of which it takes a copy, and which must name no target of its own. Sends nothing
 * yet.
 *
 * `*broadcast` is the caller's to free with wxpusher_broadcast_free. Any thread. Errors:
 * WXPUSHER_ERROR_INVALID_ARGUMENT when the message is over a limit or names targets, or the client has no app token.
 */
int32_t wxpusher_client_broadcast(const wxpusher_client *client,
                                  const wxpusher_message *message,
                                  wxpusher_broadcast **broadcast,
                                  wxpusher_error **error);

/**
 * Adds uids to those that wait to be sent to. `lens` is NULL or has the lengths; without it the uids are
 * NUL-terminated.
 *
 * Copies them. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT after wxpusher_broadcast_finish.
 */
int32_t wxpusher_broadcast_add(wxpusher_broadcast *broadcast,
                               const char *const *uids,
                               const size_t *lens,
                               size_t count,
                               wxpusher_error **error);

/**
 * Says that no uid will be added: what waits is sent even if it fills no batch.
 */
int32_t wxpusher_broadcast_finish(wxpusher_broadcast *broadcast, wxpusher_error **error);

/**
 * Sends the next batch, at most 2000 uids, and puts what became of it into `*batch`; NULL when fewer wait and
 * wxpusher_broadcast_finish was not called, when all are sent, or after the batch that was cancelled.
 *
 * Waits for its turn: 20 calls in 10 s per app token. A batch that fails does not end the broadcast, and is no error
 * of this function: see wxpusher_batch_error. `*batch` is the caller's to free with wxpusher_batch_free.
 */
int32_t wxpusher_broadcast_next(wxpusher_broadcast *broadcast,
                                wxpusher_batch **batch,
                                wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_broadcast_free(wxpusher_broadcast *broadcast);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_batch_free(wxpusher_batch *batch);

/**
 * The batch's number, from 1.
 */
uint64_t wxpusher_batch_number(const wxpusher_batch *batch);

/**
 * To how many uids it went.
 */
size_t wxpusher_batch_len(const wxpusher_batch *batch);

/**
 * The uid of this batch with this index; NULL when there are not so many.
 *
 * Borrowed from `batch`. `len` may be NULL.
 */
const char *wxpusher_batch_uid(const wxpusher_batch *batch, size_t index, size_t *len);

/**
 * How many of the uids added are done with, this batch included. To resume later, leave out as many.
 */
uint64_t wxpusher_batch_done(const wxpusher_batch *batch);

/**
 * How many uids were dropped while this batch was filled, because they had been there before.
 */
uint64_t wxpusher_batch_duplicates(const wxpusher_batch *batch);

/**
 * What the server said of it; NULL when the batch failed.
 *
 * Borrowed from `batch`: do not free it.
 */
const wxpusher_outcome *wxpusher_batch_outcome(const wxpusher_batch *batch);

/**
 * Why it failed; NULL when it did not.
 *
 * Borrowed from `batch`: do not free it.
 */
const wxpusher_error *wxpusher_batch_error(const wxpusher_batch *batch);

/**
 * Reads the body of a callback and puts it into `*callback`, the caller's to free with wxpusher_callback_free.
 *
 * Unknown actions and sources survive. Any thread. Errors: WXPUSHER_ERROR_INVALID_CALLBACK, saying where.
 */
int32_t wxpusher_parse_callback(const char *body,
                                size_t body_len,
                                wxpusher_callback **callback,
                                wxpusher_error **error);

/**
 * What it is: one of WXPUSHER_CALLBACK_… Later versions may know more kinds.
 */
int32_t wxpusher_callback_kind(const wxpusher_callback *callback);

/**
 * It as a following; NULL when it is something else.
 *
 * Borrowed from `callback`.
 */
const wxpusher_app_subscribe *wxpusher_callback_app_subscribe(const wxpusher_callback *callback);

/**
 * It as a payment or refund; NULL when it is something else.
 *
 * Borrowed from `callback`.
 */
const wxpusher_order_pay *wxpusher_callback_order_pay(const wxpusher_callback *callback);

/**
 * It as a command; NULL when it is something else.
 *
 * Borrowed from `callback`.
 */
const wxpusher_send_up_cmd *wxpusher_callback_send_up_cmd(const wxpusher_callback *callback);

/**
 * It as something unknown; NULL when it is something else.
 *
 * Borrowed from `callback`.
 */
const wxpusher_unknown_callback *wxpusher_callback_unknown(const wxpusher_callback *callback);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_callback_free(wxpusher_callback *callback);

/**
 * The app.
 */
int64_t wxpusher_app_subscribe_app_id(const wxpusher_app_subscribe *app_subscribe);

/**
 * Deprecated, may be NULL.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_app_key(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * The app's name; NULL when missing.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_app_name(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * How they came to follow: "scan", "link", "command", "order" or a word of later days; empty when missing.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_source(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_user_name(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_user_head_img(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * When, in milliseconds since the epoch.
 */
int64_t wxpusher_app_subscribe_time(const wxpusher_app_subscribe *app_subscribe);

/**
 * Who.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_uid(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * What the parameterised QR code carried; empty or NULL otherwise.
 *
 * Borrowed from `app_subscribe`. `len` may be NULL.
 */
const char *wxpusher_app_subscribe_extra(const wxpusher_app_subscribe *app_subscribe, size_t *len);

/**
 * Milliseconds added to the subscription; negative on a refund.
 */
int64_t wxpusher_order_pay_add_time(const wxpusher_order_pay *order_pay);

/**
 * The amount in fen; negative on a refund.
 */
int64_t wxpusher_order_pay_amount(const wxpusher_order_pay *order_pay);

/**
 * The app.
 */
int64_t wxpusher_order_pay_app_id(const wxpusher_order_pay *order_pay);

/**
 * When, in milliseconds since the epoch.
 */
int64_t wxpusher_order_pay_create_time(const wxpusher_order_pay *order_pay);

/**
 * The product.
 */
int64_t wxpusher_order_pay_prod_id(const wxpusher_order_pay *order_pay);

/**
 * The trade number, as in the user's WeChat bill.
 *
 * Borrowed from `order_pay`. `len` may be NULL.
 */
const char *wxpusher_order_pay_trade_no(const wxpusher_order_pay *order_pay, size_t *len);

/**
 * WXPUSHER_ORDER_PAID, WXPUSHER_ORDER_REFUNDED or a number that this version does not know.
 */
int64_t wxpusher_order_pay_type(const wxpusher_order_pay *order_pay);

/**
 * Who.
 *
 * Borrowed from `order_pay`. `len` may be NULL.
 */
const char *wxpusher_order_pay_uid(const wxpusher_order_pay *order_pay, size_t *len);

/**
 * Who.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_uid(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * The app.
 */
int64_t wxpusher_send_up_cmd_app_id(const wxpusher_send_up_cmd *send_up_cmd);

/**
 * Deprecated, may be NULL.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_app_key(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * The app's name; NULL when missing.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_app_name(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_user_name(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * Now always empty, or NULL.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_user_head_img(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * When, in milliseconds since the epoch.
 */
int64_t wxpusher_send_up_cmd_time(const wxpusher_send_up_cmd *send_up_cmd);

/**
 * What the server says they typed.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_content(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * The same without a leading `#{appId} `, which the server has been seen to leave in.
 *
 * Borrowed from `send_up_cmd`. `len` may be NULL.
 */
const char *wxpusher_send_up_cmd_command(const wxpusher_send_up_cmd *send_up_cmd, size_t *len);

/**
 * The action, as the server wrote it.
 *
 * Borrowed from `unknown_callback`. `len` may be NULL.
 */
const char *wxpusher_unknown_callback_action(const wxpusher_unknown_callback *unknown_callback, size_t *len);

/**
 * The whole body, as the server wrote it.
 *
 * Borrowed from `unknown_callback`. `len` may be NULL.
 */
const char *wxpusher_unknown_callback_raw(const wxpusher_unknown_callback *unknown_callback, size_t *len);

/**
 * Makes the link of the page on which a user subscribes to the app or topic with this id; `follow_type` is one of
 * WXPUSHER_FOLLOW_… With `jump`, a user who is logged in and subscribed is led on to the entry page of the app.
 *
 * `*url` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the id is
 * not positive.
 */
int32_t wxpusher_follow_url(int32_t follow_type,
                            int64_t id,
                            bool jump,
                            wxpusher_text **url,
                            wxpusher_error **error);

/**
 * A verifier with the verification key from the console.
 *
 * `*verifier` is the caller's to free with wxpusher_entry_link_verifier_free. Any thread.
 */
int32_t wxpusher_entry_link_verifier_new(const char *key,
                                         size_t key_len,
                                         wxpusher_entry_link_verifier **verifier,
                                         wxpusher_error **error);

/**
 * Makes the verifier's clock stand still at this time, in milliseconds since the epoch; for tests.
 */
int32_t wxpusher_entry_link_verifier_set_now_ms(wxpusher_entry_link_verifier *verifier,
                                                int64_t now_ms,
                                                wxpusher_error **error);

/**
 * Checks the query string of a link (what follows the `?`; a whole URL will do) and says who came.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE with
 * a reason that begins with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
 */
int32_t wxpusher_verify_entry_link(const wxpusher_entry_link_verifier *verifier,
                                   const char *query,
                                   size_t query_len,
                                   wxpusher_text **uid,
                                   wxpusher_error **error);

/**
 * Reads the UID of a plain entry link, `?uid=UID_xxx`. Such a link proves nothing, because anybody can write one: use it only
 * where a false UID does no harm, and wxpusher_verify_entry_link for signed links.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE if the query
 * has no UID, or several.
 */
int32_t wxpusher_unverified_entry_link_uid(const char *query,
                                           size_t query_len,
                                           wxpusher_text **uid,
                                           wxpusher_error **error);

/**
 * Frees it. NULL is fine.
 */
void wxpusher_entry_link_verifier_free(wxpusher_entry_link_verifier *verifier);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* WXPUSHER_H */
