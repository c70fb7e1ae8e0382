/**
 * @file wxpusher.h
 * WxPusher for C: sends push messages to WeChat and phones.
 *
 * @code
 * wxpusher_client *client = NULL;
 * wxpusher_outcome *outcome = NULL;
 * wxpusher_error *error = NULL;
 * wxpusher_message message = WXPUSHER_MESSAGE_INIT;
 * message.content = "Disk full";
 * message.uid = "UID_xxx";
 * int32_t status = wxpusher_client_from_env(&client, &error);
 * if (status == WXPUSHER_OK) status = wxpusher_client_send(client, &message, &outcome, &error);
 * if (status != WXPUSHER_OK) fprintf(stderr, "%s\n", error->text);
 * wxpusher_outcome_free(outcome);
 * wxpusher_error_free(error);
 * wxpusher_client_free(client);
 * @endcode
 *
 * Made by cbindgen of bindings-c/src; do not edit. The C++ layer is wxpusher.hpp.
 *
 * Rules for all functions:
 *
 * Results. A function that can fail returns 0 (WXPUSHER_OK) or one of WXPUSHER_ERROR_..., and writes its result only if it returns
 * 0. If it fails and its last argument `error` is not NULL, it puts an error with the details into `*error`. It writes `*error` in
 * no other case: let it start as NULL.
 *
 * Structs. A request begins with its size: initialise it with its WXPUSHER_..._INIT. A result belongs to the library: read its
 * fields, never copy or change the struct, and free it with its function. Both can get further fields in later versions. An absent
 * value is NULL, or 0 where 0 is no value; otherwise there is a `has_...` field, or -1 in a request. Rows are arrays of pointers.
 *
 * Ownership. What a function puts into a `T **` is the caller's, to free with the `_free` of T. What it puts into a `const T **`, and
 * what the pointers in a result point to, belongs to its owner and is freed with it. Arguments are the caller's, and the library
 * copies what it keeps. Every `_free` accepts NULL.
 *
 * NULL. A NULL pointer where a value is needed, text that is not UTF-8, and a number that is no such constant are
 * WXPUSHER_ERROR_INVALID_ARGUMENT, with the argument's name as `field`. An array of 0 items may be NULL. A function that names no
 * errors has only these. Passing a dangling or misaligned pointer is undefined behavior; the library detects misaligned requests.
 *
 * Texts. In: UTF-8, a start and a length in bytes, or WXPUSHER_NUL_TERMINATED for a C string. Out: UTF-8, terminated by NUL, with a
 * length that does not count that NUL. Texts that come from users can contain NUL: print them by their length.
 *
 * Threads. Any number of threads can use a `const T *` at the same time, one thread a `T *`. Every function can be called from every
 * thread. A call needs 64 KiB of stack. Thread cancellation (pthread_cancel) is disabled during a call, which ends by its timeout.
 *
 * Units. Durations and times are milliseconds, times since the epoch; the validity of a QR code is in seconds. Ids are 64-bit.
 *
 * A bug in the library, a panic, is WXPUSHER_ERROR_INTERNAL; the process continues. If memory runs out, the process is aborted.
 */
#ifndef WXPUSHER_H
#define WXPUSHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @cond */
typedef struct wxpusher_client wxpusher_client;
typedef struct wxpusher_message wxpusher_message;
typedef struct wxpusher_target wxpusher_target;
typedef struct wxpusher_outcome wxpusher_outcome;
typedef struct wxpusher_simple_push wxpusher_simple_push;
typedef struct wxpusher_status wxpusher_status;
typedef struct wxpusher_broadcast wxpusher_broadcast;
typedef struct wxpusher_batch wxpusher_batch;
typedef struct wxpusher_qrcode wxpusher_qrcode;
typedef struct wxpusher_text wxpusher_text;
typedef struct wxpusher_texts wxpusher_texts;
typedef struct wxpusher_users wxpusher_users;
typedef struct wxpusher_user_query wxpusher_user_query;
typedef struct wxpusher_user wxpusher_user;
typedef struct wxpusher_user_page wxpusher_user_page;
typedef struct wxpusher_user_v1 wxpusher_user_v1;
typedef struct wxpusher_user_page_v1 wxpusher_user_page_v1;
typedef struct wxpusher_pay_end_time wxpusher_pay_end_time;
typedef struct wxpusher_pay_end_times wxpusher_pay_end_times;
typedef struct wxpusher_app_subscribe wxpusher_app_subscribe;
typedef struct wxpusher_order_pay wxpusher_order_pay;
typedef struct wxpusher_send_up_cmd wxpusher_send_up_cmd;
typedef struct wxpusher_unknown_callback wxpusher_unknown_callback;
typedef struct wxpusher_callback wxpusher_callback;
typedef struct wxpusher_entry_link_verifier wxpusher_entry_link_verifier;
typedef struct wxpusher_config wxpusher_config;
typedef struct wxpusher_error wxpusher_error;
/** @endcond */

/**
 * @defgroup version Version
 * @{
 */

/** The version of this header; wxpusher_version() returns that of the library. */
#define WXPUSHER_VERSION "0.1.0"
/** The first part of the version. */
#define WXPUSHER_VERSION_MAJOR 0
/** The second part of the version. */
#define WXPUSHER_VERSION_MINOR 1
/** The third part of the version. */
#define WXPUSHER_VERSION_PATCH 0
/** The same as one number that grows: 1002003 for 1.2.3. */
#define WXPUSHER_VERSION_NUMBER \
  (WXPUSHER_VERSION_MAJOR * 1000000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH)

/** The length of a text that ends at its first NUL. */
#define WXPUSHER_NUL_TERMINATED ((size_t)-1)

/**
 * Returns the version of the library that is loaded, for example "0.1.0". WXPUSHER_VERSION is the version of the header.
 *
 * The text is static. Any thread.
 */
const char *wxpusher_version(void);

/** @} */

/**
 * @defgroup client Client
 * @{
 */

/**
 * A client of WxPusher. Immutable: any number of threads may use it at the same time.
 *
 * It keeps its connections open. After `fork()` the child opens its own connections.
 */
struct wxpusher_client;

/**
 * Creates a client for an app, with the default settings.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
 */
int32_t wxpusher_client_new(const char *app_token,
                            size_t app_token_len,
                            wxpusher_client **client,
                            wxpusher_error **error);

/**
 * Creates a client with the settings of the environment; see wxpusher_config_from_env.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
 */
int32_t wxpusher_client_from_env(wxpusher_client **client, wxpusher_error **error);

/**
 * Creates a client with a copy of these settings.
 *
 * `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT, naming the setting.
 */
int32_t wxpusher_client_with_config(const wxpusher_config *config,
                                    wxpusher_client **client,
                                    wxpusher_error **error);

/**
 * Frees a client; its connections close with the last wxpusher_users and wxpusher_broadcast made of it. NULL is allowed.
 *
 * No call may be running on it: call wxpusher_client_cancel and wait for the calls to return.
 */
void wxpusher_client_free(wxpusher_client *client);

/**
 * Cancels all calls of this client, and of clients scoped from it, within 200 ms, for ever: these and all later calls return
 * WXPUSHER_ERROR_CANCELLED. NULL is allowed.
 *
 * Any thread, while calls are running, and also a signal handler: it takes no lock, allocates and frees nothing. A request that
 * was sent may still be carried out: see `sent` of the error.
 */
void wxpusher_client_cancel(const wxpusher_client *client);

/** Returns whether this client, or the client that it was scoped from, was cancelled. False for NULL. */
bool wxpusher_client_is_cancelled(const wxpusher_client *client);

/**
 * Creates a client that uses the same connections and can be cancelled separately; cancelling the original cancels both. It is
 * cheap: create one for each call that you want to cancel.
 *
 * `*scoped` is the caller's to free with wxpusher_client_free. Any thread.
 */
int32_t wxpusher_client_scoped(const wxpusher_client *client,
                               wxpusher_client **scoped,
                               wxpusher_error **error);

/** @} */

/**
 * @defgroup send Sending messages
 * @{
 */

/** Plain text. */
#define WXPUSHER_CONTENT_TEXT 1

/** HTML: the content of `<body>`. */
#define WXPUSHER_CONTENT_HTML 2

/** Markdown. */
#define WXPUSHER_CONTENT_MARKDOWN 3

/** All subscribers. */
#define WXPUSHER_VERIFY_PAY_EVERYONE 0

/** Only subscribers whose paid subscription is valid. */
#define WXPUSHER_VERIFY_PAY_PAID 1

/** Only subscribers without a valid paid subscription. */
#define WXPUSHER_VERIFY_PAY_UNPAID 2

/**
 * A message to users and topics. Initialise it with WXPUSHER_MESSAGE_INIT, set the fields that you need, and send it any number
 * of times.
 *
 * A text field is a C string, unless its length says otherwise: WXPUSHER_MESSAGE_INIT sets the lengths to
 * WXPUSHER_NUL_TERMINATED. The library copies what it needs.
 */
struct wxpusher_message {
  /** The size of this struct. */
  size_t size;
  /** The content: 1 to 40000 characters, at most 65535 bytes. */
  const char *content;
  /** Its length in bytes. */
  size_t content_len;
  /** The text in the chat list, at most 100 characters; NULL: the beginning of the content. */
  const char *summary;
  /** Its length in bytes. */
  size_t summary_len;
  /** The link to the original, at most 1000 characters; NULL: none. */
  const char *url;
  /** Its length in bytes. */
  size_t url_len;
  /** The UID of a user to send to; NULL: none. In addition to `uids`. */
  const char *uid;
  /** Its length in bytes. */
  size_t uid_len;
  /** The UIDs of users to send to, at most 2000; NULL if `uids_len` is 0. */
  const char *const *uids;
  /** Their lengths in bytes; NULL: all are C strings. */
  const size_t *uid_lens;
  /** Their number. */
  size_t uids_len;
  /** The ids of topics to send to, at most 5; NULL if `topic_ids_len` is 0. */
  const int64_t *topic_ids;
  /** Their number. */
  size_t topic_ids_len;
  /** The id of a topic to send to; 0: none. In addition to `topic_ids`. */
  int64_t topic_id;
  /** WXPUSHER_CONTENT_… */
  int32_t content_type;
  /** Which subscribers of a paid app receive it: WXPUSHER_VERIFY_PAY_…; -1: not set. */
  int32_t verify_pay_type;
  /**
   * The form of 2022: 1 is WXPUSHER_VERIFY_PAY_PAID, 0 is WXPUSHER_VERIFY_PAY_EVERYONE; -1: not set. Must not be combined with
   * `verify_pay_type`.
   */
  int32_t verify_pay;
  /** Zero. */
  int32_t reserved;
};

/** The initial value of a wxpusher_message: plain text without recipients. */
#define WXPUSHER_MESSAGE_INIT                                                                            \
  {                                                                                                      \
    sizeof(wxpusher_message), NULL, WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL,        \
        WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL, NULL, 0, NULL, 0, 0,               \
        WXPUSHER_CONTENT_TEXT, -1, -1, 0                                                                 \
  }

/**
 * Sends a message. The library retries it only if no part of the request has left the machine.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the
 * message exceeds a limit or has no recipient, WXPUSHER_ERROR_REJECTED if no recipient was accepted, and those of the network
 * and the server. If only some recipients were accepted, there is no error: see `failed`, or wxpusher_outcome_ensure_all.
 */
int32_t wxpusher_client_send(const wxpusher_client *client,
                             const wxpusher_message *message,
                             wxpusher_outcome **outcome,
                             wxpusher_error **error);

/**
 * Sends plain text to one recipient by the GET interface, which puts the token into the URL. Prefer wxpusher_client_send.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send, and
 * WXPUSHER_ERROR_INVALID_ARGUMENT for more than one recipient or a content that is not plain text.
 */
int32_t wxpusher_client_send_by_get(const wxpusher_client *client,
                                    const wxpusher_message *message,
                                    wxpusher_outcome **outcome,
                                    wxpusher_error **error);

/**
 * Sends plain text to one user: the whole library as one function without structs, for languages that call DLLs.
 *
 * All texts are C strings in UTF-8. WXPUSHER_BASE_URL applies, as for wxpusher_config_from_env. `buffer`, which may be NULL,
 * receives the error's text, at most `size` bytes with the NUL at its end, or an empty text. Each call opens its own
 * connection. Any thread. Errors: as wxpusher_client_send; WXPUSHER_ERROR_INVALID_ARGUMENT for a text that is not UTF-8.
 */
int32_t wxpusher_send_text(const char *app_token,
                           const char *uid,
                           const char *content,
                           char *buffer,
                           size_t size);

#ifdef _WIN32
/** wxpusher_send_text with UTF-16 texts, for programs that have no UTF-8. `size` is the number of 16-bit units of `buffer`. */
int32_t __stdcall wxpusher_send_text_utf16(const uint16_t *app_token,
                                           const uint16_t *uid,
                                           const uint16_t *content,
                                           uint16_t *buffer,
                                           size_t size);
#endif

/** @} */

/**
 * @defgroup outcome Results of sends
 * @{
 */

/** The result for one recipient. */
struct wxpusher_target {
  /** The user's UID; NULL for a topic. */
  const char *uid;
  /** The length of the UID. */
  size_t uid_len;
  /** The topic's id; 0 for a user. */
  int64_t topic_id;
  /** Deprecated by WxPusher: the id that wxpusher_client_query_message_status takes; 0: none. */
  int64_t message_id;
  /** The id that wxpusher_client_query_status takes; 0: none. */
  int64_t send_record_id;
  /** 1000 if the send was accepted, or else the server's code; 0 if the response does not mention this recipient. */
  int64_t code;
  /** The server's text. */
  const char *status;
  /** Its length. */
  size_t status_len;
  /** Whether the send to this recipient was accepted. */
  bool is_ok;
  /** Zero. */
  int64_t reserved[4];
};

/** The result of a send. "Accepted" means that WxPusher created a sending task, not that a user has seen the message. */
struct wxpusher_outcome {
  /** The id that wxpusher_client_delete_message takes; 0: none. */
  int64_t message_content_id;
  /** One row for each recipient: first the UIDs, then the topics, in the order of the message, without duplicates. */
  const wxpusher_target *const *targets;
  /** The number of recipients. */
  size_t targets_len;
  /** The number of recipients that were not accepted. */
  size_t failed;
  /** Zero. */
  int64_t reserved[4];
};

/** Frees the result of a send. NULL is allowed. */
void wxpusher_outcome_free(wxpusher_outcome *outcome);

/** @} */

/**
 * @defgroup ensure_all Outcomes as errors
 * @{
 */

/**
 * Makes a result in which a recipient was not accepted an error.
 *
 * Any thread. Errors: WXPUSHER_ERROR_REJECTED, with the result for each recipient.
 */
int32_t wxpusher_outcome_ensure_all(const wxpusher_outcome *outcome, wxpusher_error **error);

/** @} */

/**
 * @defgroup simple_push Simple pushes, which need no app
 * @{
 */

/**
 * A message to users who are known by their simple push tokens (SPTs). Initialise it with WXPUSHER_SIMPLE_PUSH_INIT. Text fields
 * are as in wxpusher_message.
 */
struct wxpusher_simple_push {
  /** The size of this struct. */
  size_t size;
  /** The content: 1 to 40000 characters, at most 65535 bytes. */
  const char *content;
  /** Its length in bytes. */
  size_t content_len;
  /** The text in the chat list, at most 100 characters; NULL: the beginning of the content. */
  const char *summary;
  /** Its length in bytes. */
  size_t summary_len;
  /** The link to the original, at most 1000 characters; NULL: none. */
  const char *url;
  /** Its length in bytes. */
  size_t url_len;
  /** The SPT of a user to send to; NULL: none. In addition to `spts`. */
  const char *spt;
  /** Its length in bytes. */
  size_t spt_len;
  /** The SPTs of users to send to; NULL if `spts_len` is 0. More than 10 are sent in several calls. */
  const char *const *spts;
  /** Their lengths in bytes; NULL: all are C strings. */
  const size_t *spt_lens;
  /** Their number. */
  size_t spts_len;
  /** WXPUSHER_CONTENT_… */
  int32_t content_type;
  /** Zero. */
  int32_t reserved;
};

/** The initial value of a wxpusher_simple_push: plain text without recipients. */
#define WXPUSHER_SIMPLE_PUSH_INIT                                                                        \
  {                                                                                                      \
    sizeof(wxpusher_simple_push), NULL, WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL,    \
        WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL, NULL, 0, WXPUSHER_CONTENT_TEXT, 0  \
  }

/**
 * Sends a simple push. Needs no app token.
 *
 * `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
 */
int32_t wxpusher_client_simple_push(const wxpusher_client *client,
                                    const wxpusher_simple_push *simple_push,
                                    wxpusher_outcome **outcome,
                                    wxpusher_error **error);

/**
 * Sends plain text to one SPT by the GET interface, which puts the SPT into the URL. Prefer wxpusher_client_simple_push.
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

/** @} */

/**
 * @defgroup status Delivery status and deletion
 * @{
 */

/** The delivery status of a message to one recipient. */
struct wxpusher_status {
  /** The server's status number; only 1 (waiting to be sent) is documented. */
  int64_t code;
  /** The server's text. */
  const char *text;
  /** Its length. */
  size_t text_len;
  /** Whether `code` is present. */
  bool has_code;
  /** Whether the message is waiting to be sent. */
  bool is_waiting;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Returns the delivery status by send_record_id of wxpusher_target. WxPusher keeps it for 7 days.
 *
 * `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: WXPUSHER_ERROR_API if the server has no
 * such record, and those of the network and the server.
 */
int32_t wxpusher_client_query_status(const wxpusher_client *client,
                                     int64_t send_record_id,
                                     wxpusher_status **send_status,
                                     wxpusher_error **error);

/**
 * Returns the delivery status by message_id of wxpusher_target: the interface of the 2022 document.
 *
 * `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: as wxpusher_client_query_status.
 */
int32_t wxpusher_client_query_message_status(const wxpusher_client *client,
                                             int64_t message_id,
                                             wxpusher_status **send_status,
                                             wxpusher_error **error);

/** Frees a delivery status. NULL is allowed. */
void wxpusher_status_free(wxpusher_status *status);

/**
 * Deletes the page of a message, by message_content_id of wxpusher_outcome. Notifications that were delivered remain.
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if the server has no such message, and those of the network and the server.
 */
int32_t wxpusher_client_delete_message(const wxpusher_client *client,
                                       int64_t message_content_id,
                                       wxpusher_error **error);

/** @} */

/**
 * @defgroup split Long content in several messages
 * @{
 */

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

/** @} */

/**
 * @defgroup broadcast Broadcasts: one message to any number of users
 * @{
 */

/**
 * A broadcast, made by wxpusher_client_broadcast. One thread at a time.
 *
 * Add any number of UIDs with wxpusher_broadcast_add; take batches with wxpusher_broadcast_next until it returns NULL, which
 * means that more UIDs are needed; after the last UID call wxpusher_broadcast_finish and take the remaining batches. To stop,
 * stop taking batches. To resume later, leave out the first `done` UIDs.
 */
struct wxpusher_broadcast;

/** The result of one batch. */
struct wxpusher_batch {
  /** The number of the batch, from 1. */
  uint64_t number;
  /** The number of UIDs taken from the broadcast so far, this batch included. To resume later, leave out as many. */
  uint64_t done;
  /** The number of duplicate UIDs that were dropped while this batch was filled. */
  uint64_t duplicates;
  /** The UIDs of this batch. */
  const char *const *uids;
  /** Their lengths in bytes. */
  const size_t *uid_lens;
  /** Their number, at most 2000. */
  size_t uids_len;
  /** The result of the send; NULL if it failed. It belongs to the batch. */
  const wxpusher_outcome *outcome;
  /** The error of the send; NULL if there is none. It belongs to the batch. */
  const wxpusher_error *error;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Creates a broadcast of a copy of this message, which must name no recipients. Sends nothing yet.
 *
 * `*broadcast` is the caller's to free with wxpusher_broadcast_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the
 * message exceeds a limit or names recipients, or the client has no app token.
 */
int32_t wxpusher_client_broadcast(const wxpusher_client *client,
                                  const wxpusher_message *message,
                                  wxpusher_broadcast **broadcast,
                                  wxpusher_error **error);

/**
 * Adds copies of UIDs to the broadcast. Sends nothing. `lens` are their lengths in bytes; NULL: all are C strings.
 *
 * Errors: WXPUSHER_ERROR_INVALID_ARGUMENT after wxpusher_broadcast_finish.
 */
int32_t wxpusher_broadcast_add(wxpusher_broadcast *broadcast,
                               const char *const *uids,
                               const size_t *lens,
                               size_t count,
                               wxpusher_error **error);

/** Declares that no more UIDs will be added, so that the last batch need not be full. */
int32_t wxpusher_broadcast_finish(wxpusher_broadcast *broadcast, wxpusher_error **error);

/**
 * Sends the next batch, at most 2000 UIDs, and puts its result into `*batch`; NULL if the UIDs do not fill a batch and
 * wxpusher_broadcast_finish was not called, if all UIDs are sent, or after a batch that was cancelled.
 *
 * Waits for the rate limit. A batch that fails does not end the broadcast and is no error of this function: see `error` of the
 * batch. `*batch` is the caller's to free with wxpusher_batch_free.
 */
int32_t wxpusher_broadcast_next(wxpusher_broadcast *broadcast,
                                wxpusher_batch **batch,
                                wxpusher_error **error);

/** Frees a broadcast. NULL is allowed. */
void wxpusher_broadcast_free(wxpusher_broadcast *broadcast);

/** Frees the result of a batch. NULL is allowed. */
void wxpusher_batch_free(wxpusher_batch *batch);

/** @} */

/**
 * @defgroup qrcode QR codes with a parameter
 * @{
 */

/** A QR code that carries a parameter. All texts are terminated by NUL. */
struct wxpusher_qrcode {
  /** The code, for wxpusher_client_query_scan_uid and wxpusher_client_wait_for_scan. */
  const char *code;
  /** Its length. */
  size_t code_len;
  /** The URL of the image. */
  const char *url;
  /** Its length. */
  size_t url_len;
  /** The URL that the image encodes; NULL: none. */
  const char *short_url;
  /** Its length. */
  size_t short_url_len;
  /** The parameter; NULL: none. */
  const char *extra;
  /** Its length. */
  size_t extra_len;
  /** The time at which the code expires, in milliseconds since the epoch, by the server's clock. */
  int64_t expires;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Creates a QR code that carries `extra` (1 to 64 characters) and is valid for `*valid_time` seconds: 1 to 2592000 (30 days),
 * 1800 if it is NULL.
 *
 * `*qrcode` is the caller's to free with wxpusher_qrcode_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if an
 * argument exceeds a limit, and those of the network and the server.
 */
int32_t wxpusher_client_create_qrcode(const wxpusher_client *client,
                                      const char *extra,
                                      size_t extra_len,
                                      const uint32_t *valid_time,
                                      wxpusher_qrcode **qrcode,
                                      wxpusher_error **error);

/** Frees a QR code. NULL is allowed. */
void wxpusher_qrcode_free(wxpusher_qrcode *qrcode);

/**
 * Returns the UID of the user who scanned the code last; NULL in `*uid` if it was not scanned yet. Except against this machine,
 * the call first waits until 10 s have passed since the last poll of this code in this process: WxPusher bans accounts that
 * poll faster.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or expired code,
 * and those of the network and the server.
 */
int32_t wxpusher_client_query_scan_uid(const wxpusher_client *client,
                                       const char *code,
                                       size_t code_len,
                                       wxpusher_text **uid,
                                       wxpusher_error **error);

/**
 * Polls every 10 s until the code is scanned or `timeout_ms` milliseconds are over, and returns the UID of the user who scanned
 * it; NULL in `*uid` after the timeout. Transient errors do not end the wait, unless the last poll fails.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or expired code,
 * WXPUSHER_ERROR_CANCELLED, and the error of the last poll.
 */
int32_t wxpusher_client_wait_for_scan(const wxpusher_client *client,
                                      const char *code,
                                      size_t code_len,
                                      uint64_t timeout_ms,
                                      wxpusher_text **uid,
                                      wxpusher_error **error);

/** @} */

/**
 * @defgroup follow_url Subscription links
 * @{
 */

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

/** @} */

/**
 * @defgroup text Texts
 * @{
 */

/** A text. */
struct wxpusher_text {
  /** The text: UTF-8, terminated by NUL. A text that a server sent can contain NUL, too. */
  const char *text;
  /** Its length in bytes, without the NUL at its end. */
  size_t len;
  /** Zero. */
  int64_t reserved[2];
};

/** A list of texts. */
struct wxpusher_texts {
  /** The texts, each UTF-8 and terminated by NUL; NULL if there are none. */
  const char *const *texts;
  /** Their lengths in bytes. */
  const size_t *lens;
  /** Their number. */
  size_t len;
  /** Zero. */
  int64_t reserved[2];
};

/** Frees a text. NULL is allowed. */
void wxpusher_text_free(wxpusher_text *text);

/** Frees a list of texts. NULL is allowed. */
void wxpusher_texts_free(wxpusher_texts *texts);

/** @} */

/**
 * @defgroup users Subscribers
 * @{
 */

/** The app. */
#define WXPUSHER_FOLLOW_APP 0

/** A topic. */
#define WXPUSHER_FOLLOW_TOPIC 1

/**
 * An iterator over the subscribers of all pages, made by wxpusher_client_users. It requests a page when the previous one is used
 * up. One thread at a time.
 */
struct wxpusher_users;

/** Which subscribers to list. Initialise it with WXPUSHER_USER_QUERY_INIT: all subscribers, 100 per page, from page 1. */
struct wxpusher_user_query {
  /** The size of this struct. */
  size_t size;
  /** Only this user; NULL: all. */
  const char *uid;
  /** Its length in bytes, or WXPUSHER_NUL_TERMINATED. */
  size_t uid_len;
  /** The page, from 1. For wxpusher_client_users the first page. */
  uint32_t page;
  /** The number of users on a page, 1 to 100. */
  uint32_t page_size;
  /** 1: only blocked users, 0: only users who are not blocked, -1: all. */
  int32_t is_blocked;
  /** Only subscribers of the app or only those of its topics: WXPUSHER_FOLLOW_…; -1: all. */
  int32_t follow_type;
};

/** One subscription of one user. A user who subscribes to an app and to two topics appears three times. */
struct wxpusher_user {
  /** The user's UID. */
  const char *uid;
  /** Its length. */
  size_t uid_len;
  /**
   * The id of this subscription, for wxpusher_client_delete_user, wxpusher_client_block_user and
   * wxpusher_client_unblock_user. Not the UID.
   */
  int64_t id;
  /** The id of the app or topic; 0: none. */
  int64_t app_or_topic_id;
  /** Now always empty, or NULL. */
  const char *head_img;
  /** Its length. */
  size_t head_img_len;
  /** The time of the subscription, in milliseconds since the epoch. */
  int64_t create_time;
  /** Now always empty, or NULL. */
  const char *nick_name;
  /** Its length. */
  size_t nick_name_len;
  /** What the user subscribes to: WXPUSHER_FOLLOW_…, or a number that this version does not know. */
  int64_t follow_type;
  /** The name of the app or topic; NULL: none. */
  const char *target;
  /** Its length. */
  size_t target_len;
  /** The end of the paid subscription, in milliseconds since the epoch; 0: not paid. */
  int64_t pay_end_time;
  /** Whether the user is blocked. */
  bool is_blocked;
  /** Zero. */
  int64_t reserved[4];
};

/** One page of subscribers. */
struct wxpusher_user_page {
  /** The number of users on all pages. */
  int64_t total;
  /** The number of this page, from 1. */
  int64_t page;
  /** The number of users on a full page. */
  int64_t page_size;
  /** The users of this page. */
  const wxpusher_user *const *users;
  /** Their number. */
  size_t users_len;
  /** Zero. */
  int64_t reserved[4];
};

/** The initial value of a wxpusher_user_query: all subscribers, 100 per page, from page 1. */
#define WXPUSHER_USER_QUERY_INIT \
  { sizeof(wxpusher_user_query), NULL, WXPUSHER_NUL_TERMINATED, 1, 100, -1, -1 }

/**
 * Returns one page of the subscribers of the app and its topics. `user_query` may be NULL for the first page of all.
 *
 * `*page` is the caller's to free with wxpusher_user_page_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the query
 * exceeds a limit, and those of the network and the server.
 */
int32_t wxpusher_client_list_users(const wxpusher_client *client,
                                   const wxpusher_user_query *user_query,
                                   wxpusher_user_page **page,
                                   wxpusher_error **error);

/** Frees a page of subscribers. NULL is allowed. */
void wxpusher_user_page_free(wxpusher_user_page *user_page);

/**
 * Creates an iterator over all subscribers that match the query, from its page on. `user_query` may be NULL for all. Nothing is
 * requested yet.
 *
 * `*users` is the caller's to free with wxpusher_users_free. Any thread.
 */
int32_t wxpusher_client_users(const wxpusher_client *client,
                              const wxpusher_user_query *user_query,
                              wxpusher_users **users,
                              wxpusher_error **error);

/**
 * Puts the next user into `*user`, or NULL after the last.
 *
 * `*user` belongs to `users` and is valid until the next call of this function or until `users` is freed. After an error the
 * next call requests the same page again, so no user is left out. Errors: as wxpusher_client_list_users.
 */
int32_t wxpusher_users_next(wxpusher_users *users,
                            const wxpusher_user **user,
                            wxpusher_error **error);

/** Frees the iterator. NULL is allowed. */
void wxpusher_users_free(wxpusher_users *users);

/**
 * Deletes a subscription by its id, `id` of wxpusher_user (not a UID). The user can subscribe again.
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_delete_user(const wxpusher_client *client,
                                    int64_t id,
                                    wxpusher_error **error);

/**
 * Blocks a subscriber, by the id of the subscription, `id` of wxpusher_user (not a UID).
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_block_user(const wxpusher_client *client,
                                   int64_t id,
                                   wxpusher_error **error);

/**
 * Unblocks a subscriber, by the id of the subscription, `id` of wxpusher_user (not a UID).
 *
 * Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
 */
int32_t wxpusher_client_unblock_user(const wxpusher_client *client,
                                     int64_t id,
                                     wxpusher_error **error);

/** @} */

/**
 * @defgroup users_v1 The old list of subscribers, deprecated by WxPusher
 * @{
 */

/** One subscriber of the old list. */
struct wxpusher_user_v1 {
  /** The user's UID. */
  const char *uid;
  /** Its length. */
  size_t uid_len;
  /** The time of the subscription, in milliseconds since the epoch. */
  int64_t create_time;
  /** Now always empty, or NULL. */
  const char *head_img;
  /** Its length. */
  size_t head_img_len;
  /** Now always empty, or NULL. */
  const char *nick_name;
  /** Its length. */
  size_t nick_name_len;
  /** Whether the user receives messages. */
  bool enable;
  /** Zero. */
  int64_t reserved[4];
};

/** One page of the old list. */
struct wxpusher_user_page_v1 {
  /** The number of users on all pages. */
  int64_t total;
  /** The number of this page, from 1. */
  int64_t page;
  /** The number of users on a full page. */
  int64_t page_size;
  /** The users of this page. */
  const wxpusher_user_v1 *const *users;
  /** Their number. */
  size_t users_len;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Returns one page of the old list. Deprecated by WxPusher: use wxpusher_client_list_users. `uid` may be NULL for all.
 *
 * `*user_page` is the caller's to free with wxpusher_user_page_v1_free. Any thread. Errors: as wxpusher_client_list_users.
 */
int32_t wxpusher_client_list_users_v1(const wxpusher_client *client,
                                      uint32_t page,
                                      uint32_t page_size,
                                      const char *uid,
                                      size_t uid_len,
                                      wxpusher_user_page_v1 **user_page,
                                      wxpusher_error **error);

/** Frees a page of the old list. NULL is allowed. */
void wxpusher_user_page_v1_free(wxpusher_user_page_v1 *user_page_v1);

/** @} */

/**
 * @defgroup pay_end_time Paid subscriptions
 * @{
 */

/** An app. */
#define WXPUSHER_RESOURCE_APP 1

/** A topic. */
#define WXPUSHER_RESOURCE_TOPIC 2

/** The paid-until time of one resource of a product. */
struct wxpusher_pay_end_time {
  /** WXPUSHER_RESOURCE_…, or a number that this version does not know. */
  int64_t resource_type;
  /** The id of the app or topic. */
  int64_t resource_id;
  /** The end of the paid time, in milliseconds since the epoch. */
  int64_t pay_end_time;
  /** Zero. */
  int64_t reserved[4];
};

/** The paid-until times of a user for a product. */
struct wxpusher_pay_end_times {
  /** One row for each resource of the product. */
  const wxpusher_pay_end_time *const *items;
  /** Their number. */
  size_t items_len;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Returns the paid-until time of a user for each resource of a product.
 *
 * `*pay_end_times` is the caller's to free with wxpusher_pay_end_times_free. Any thread. Errors: WXPUSHER_ERROR_API if there is
 * no such product, and those of the network and the server.
 */
int32_t wxpusher_client_query_pay_end_time(const wxpusher_client *client,
                                           const char *uid,
                                           size_t uid_len,
                                           int64_t prod_id,
                                           wxpusher_pay_end_times **pay_end_times,
                                           wxpusher_error **error);

/** Frees the paid-until times. NULL is allowed. */
void wxpusher_pay_end_times_free(wxpusher_pay_end_times *pay_end_times);

/** @} */

/**
 * @defgroup callback Callbacks that WxPusher sends to an app
 * @{
 */

/** An action that this version does not know: see `unknown`. */
#define WXPUSHER_CALLBACK_UNKNOWN 0

/** A user subscribed to the app: see `app_subscribe`. */
#define WXPUSHER_CALLBACK_APP_SUBSCRIBE 1

/** A user paid for a product, or got a refund: see `order_pay`. */
#define WXPUSHER_CALLBACK_ORDER_PAY 2

/** A user sent a command to the app: see `send_up_cmd`. */
#define WXPUSHER_CALLBACK_SEND_UP_CMD 3

/** Paid. */
#define WXPUSHER_ORDER_PAID 1

/** Refunded. */
#define WXPUSHER_ORDER_REFUNDED 2

/** A user subscribed to the app. In this way an app learns a UID. Texts come from users: print them by their length. */
struct wxpusher_app_subscribe {
  /** The app's id. */
  int64_t app_id;
  /** Deprecated by WxPusher; NULL: none. */
  const char *app_key;
  /** Its length. */
  size_t app_key_len;
  /** The app's name; NULL: none. */
  const char *app_name;
  /** Its length. */
  size_t app_name_len;
  /** The way of subscription: "scan", "link", "command", "order", or another word. */
  const char *source;
  /** Its length. */
  size_t source_len;
  /** Now always empty, or NULL. */
  const char *user_name;
  /** Its length. */
  size_t user_name_len;
  /** Now always empty, or NULL. */
  const char *user_head_img;
  /** Its length. */
  size_t user_head_img_len;
  /** The time of the subscription, in milliseconds since the epoch. */
  int64_t time;
  /** The user's UID. */
  const char *uid;
  /** Its length. */
  size_t uid_len;
  /** The parameter of the QR code that was scanned; NULL: none. */
  const char *extra;
  /** Its length. */
  size_t extra_len;
  /** Zero. */
  int64_t reserved[4];
};

/** A user paid for a product, or got a refund. */
struct wxpusher_order_pay {
  /** The time of the event, in milliseconds since the epoch. */
  int64_t add_time;
  /** The amount in fen. */
  int64_t amount;
  /** The app's id. */
  int64_t app_id;
  /** The time of the order, in milliseconds since the epoch. */
  int64_t create_time;
  /** The product's id. */
  int64_t prod_id;
  /** The order's number. */
  const char *trade_no;
  /** Its length. */
  size_t trade_no_len;
  /** WXPUSHER_ORDER_PAID, WXPUSHER_ORDER_REFUNDED, or a number that this version does not know. */
  int64_t order_type;
  /** The user's UID. */
  const char *uid;
  /** Its length. */
  size_t uid_len;
  /** Zero. */
  int64_t reserved[4];
};

/** A user sent a command to the app: "#{appId} text". Texts come from users: print them by their length. */
struct wxpusher_send_up_cmd {
  /** The user's UID. */
  const char *uid;
  /** Its length. */
  size_t uid_len;
  /** The app's id. */
  int64_t app_id;
  /** Deprecated by WxPusher; NULL: none. */
  const char *app_key;
  /** Its length. */
  size_t app_key_len;
  /** The app's name; NULL: none. */
  const char *app_name;
  /** Its length. */
  size_t app_name_len;
  /** Now always empty, or NULL. */
  const char *user_name;
  /** Its length. */
  size_t user_name_len;
  /** Now always empty, or NULL. */
  const char *user_head_img;
  /** Its length. */
  size_t user_head_img_len;
  /** The time of the command, in milliseconds since the epoch. */
  int64_t time;
  /** The text as the user wrote it. */
  const char *content;
  /** Its length. */
  size_t content_len;
  /** The text without a leading "#{appId} ". */
  const char *command;
  /** Its length. */
  size_t command_len;
  /** Zero. */
  int64_t reserved[4];
};

/** A callback whose action this version does not know. */
struct wxpusher_unknown_callback {
  /** The action. */
  const char *action;
  /** Its length. */
  size_t action_len;
  /** The whole body. */
  const char *raw;
  /** Its length. */
  size_t raw_len;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * One callback. One of its pointers is not NULL.
 *
 * Callbacks have no signature: keep the callback URL secret, and verify important facts by API calls.
 */
struct wxpusher_callback {
  /** WXPUSHER_CALLBACK_… Later versions may know more kinds. */
  int32_t kind;
  /** The subscription; NULL if it is something else. */
  const wxpusher_app_subscribe *app_subscribe;
  /** The payment or refund; NULL if it is something else. */
  const wxpusher_order_pay *order_pay;
  /** The command; NULL if it is something else. */
  const wxpusher_send_up_cmd *send_up_cmd;
  /** The unknown callback; NULL if it is something else. */
  const wxpusher_unknown_callback *unknown;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Reads the body of a callback. Actions and values that this version does not know are kept.
 *
 * `*callback` is the caller's to free with wxpusher_callback_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_CALLBACK, with the
 * place in the body.
 */
int32_t wxpusher_parse_callback(const char *body,
                                size_t body_len,
                                wxpusher_callback **callback,
                                wxpusher_error **error);

/** Frees a callback. NULL is allowed. */
void wxpusher_callback_free(wxpusher_callback *callback);

/** @} */

/**
 * @defgroup entry_link Entry links, with which WxPusher leads users to a site
 * @{
 */

/**
 * Verifies entry links: the signature, the age (at most 10 minutes), and that each link is used once.
 *
 * Keep the verifier: it remembers the links that were used. Any number of threads may verify with it at the same time.
 */
struct wxpusher_entry_link_verifier;

/**
 * Creates a verifier with the verification key from the console.
 *
 * `*verifier` is the caller's to free with wxpusher_entry_link_verifier_free. Any thread.
 */
int32_t wxpusher_entry_link_verifier_new(const char *key,
                                         size_t key_len,
                                         wxpusher_entry_link_verifier **verifier,
                                         wxpusher_error **error);

/** Stops the verifier's clock at this time, in milliseconds since the epoch. For tests. */
int32_t wxpusher_entry_link_verifier_set_now_ms(wxpusher_entry_link_verifier *verifier,
                                                int64_t now_ms,
                                                wxpusher_error **error);

/**
 * Verifies the query string of a link (what follows the `?`; a whole URL is accepted, too) and returns the user's UID.
 *
 * `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE; its `reason` begins
 * with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
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

/** Frees a verifier. NULL is allowed. */
void wxpusher_entry_link_verifier_free(wxpusher_entry_link_verifier *verifier);

/** @} */

/**
 * @defgroup config Settings
 * @{
 */

/** The limits of the documentation of 2026; the default. */
#define WXPUSHER_LIMITS_CURRENT 0

/** The limits of the 2022 document. */
#define WXPUSHER_LIMITS_2022 1

/** The maximum number of characters of `content`. */
#define WXPUSHER_LIMIT_CONTENT_CHARS 1

/** The maximum number of UTF-8 bytes of `content`. */
#define WXPUSHER_LIMIT_CONTENT_BYTES 2

/** The maximum number of characters of `summary`. */
#define WXPUSHER_LIMIT_SUMMARY_CHARS 3

/** The maximum number of characters of `url`. */
#define WXPUSHER_LIMIT_URL_CHARS 4

/** The maximum number of UIDs in one call, and the size of a broadcast's batch. */
#define WXPUSHER_LIMIT_UIDS 5

/** The maximum number of topic ids in one call. */
#define WXPUSHER_LIMIT_TOPIC_IDS 6

/** The maximum number of SPTs in one call; a longer list is split into several calls. */
#define WXPUSHER_LIMIT_SPTS 7

/** The maximum number of characters of a QR code's `extra`. */
#define WXPUSHER_LIMIT_EXTRA_CHARS 8

/** The maximum validity of a QR code, in seconds. */
#define WXPUSHER_LIMIT_VALID_TIME 9

/** The maximum number of users on one page. */
#define WXPUSHER_LIMIT_PAGE_SIZE 10

/** The settings of a client. Every setting has a default. One thread at a time; a client uses a copy. */
struct wxpusher_config;

/**
 * Creates the default settings: no token, the real WxPusher, 5 s for connecting, 15 s for a call, 2 retries.
 *
 * The caller's to free with wxpusher_config_free. Never NULL.
 */
wxpusher_config *wxpusher_config_new(void);

/**
 * Creates settings from the environment: WXPUSHER_APP_TOKEN; WXPUSHER_UID, WXPUSHER_UIDS, WXPUSHER_TOPIC_ID and WXPUSHER_TOPIC_IDS
 * for messages without recipients; WXPUSHER_SPT and WXPUSHER_SPT_LIST for simple pushes without SPTs; WXPUSHER_BASE_URL. The items
 * of a list are separated by `;`, `,` or white space.
 *
 * `*config` is the caller's to free with wxpusher_config_free. No other thread may change the environment during the call. Errors:
 * WXPUSHER_ERROR_INVALID_ARGUMENT, naming the variable.
 */
int32_t wxpusher_config_from_env(wxpusher_config **config,
                                 wxpusher_error **error);

/** Sets the app token. Simple pushes, status queries, QR code queries and callbacks need none. */
int32_t wxpusher_config_set_app_token(wxpusher_config *config,
                                      const char *app_token,
                                      size_t app_token_len,
                                      wxpusher_error **error);

/** Sets the base URL, which may have a path. It must be https, or http for this machine (checked when a client is made). */
int32_t wxpusher_config_set_base_url(wxpusher_config *config,
                                     const char *base_url,
                                     size_t base_url_len,
                                     wxpusher_error **error);

/** Permits http to other machines (true). Everybody on the network can then read the tokens. False by default. */
int32_t wxpusher_config_set_allow_plain_http(wxpusher_config *config,
                                             bool allow,
                                             wxpusher_error **error);

/**
 * Sets the timeout for host name resolution, connecting and TLS handshake together, in milliseconds. 5000 by default, 1 day at
 * most (checked when a client is made).
 */
int32_t wxpusher_config_set_connect_timeout_ms(wxpusher_config *config,
                                               uint64_t ms,
                                               wxpusher_error **error);

/**
 * Sets the timeout of a whole call, with all retries and the delays before them, in milliseconds. 15000 by default, 1 day at most
 * (checked when a client is made). The wait for the rate limit comes before it.
 */
int32_t wxpusher_config_set_timeout_ms(wxpusher_config *config,
                                       uint64_t ms,
                                       wxpusher_error **error);

/** Sets the number of retries after the first attempt of a request that may be repeated. 2 by default; 0 means none. */
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

/** Makes single sends wait for the rate limit (true). False by default; broadcasts always wait for it. */
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

/** Sets the window of the rate limit, in milliseconds. 10000 by default, 1 day at most (checked when a client is made). */
int32_t wxpusher_config_set_rate_limit_window_ms(wxpusher_config *config,
                                                 uint64_t ms,
                                                 wxpusher_error **error);

/** Sets all limits that are checked before a request is sent: one of WXPUSHER_LIMITS_… */
int32_t wxpusher_config_set_limits(wxpusher_config *config, int32_t preset, wxpusher_error **error);

/** Sets one limit, one of WXPUSHER_LIMIT_…, for the case that the server's limits change. */
int32_t wxpusher_config_set_limit(wxpusher_config *config,
                                  int32_t which,
                                  uint64_t value,
                                  wxpusher_error **error);

/**
 * Sets an HTTP proxy: `http://[user:password@]host:port` (checked when a client is made). Without this setting the environment
 * variables HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY apply, but never to this machine. SOCKS is not supported.
 */
int32_t wxpusher_config_set_proxy(wxpusher_config *config,
                                  const char *proxy,
                                  size_t proxy_len,
                                  wxpusher_error **error);

/** Uses no proxy, and ignores the environment variables for proxies. */
int32_t wxpusher_config_set_no_proxy(wxpusher_config *config, wxpusher_error **error);

/** Trusts only the certificates in this PEM text (checked when a client is made). By default, the roots that Mozilla trusts. */
int32_t wxpusher_config_set_ca_pem(wxpusher_config *config,
                                   const char *pem,
                                   size_t pem_len,
                                   wxpusher_error **error);

/**
 * Like wxpusher_config_set_ca_pem, from a file, which is read at once.
 *
 * Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the file cannot be read.
 */
int32_t wxpusher_config_set_ca_file(wxpusher_config *config,
                                    const char *ca_file,
                                    size_t ca_file_len,
                                    wxpusher_error **error);

/** Adds a suffix to the library's name in the User-Agent header: printable ASCII (checked when a client is made). */
int32_t wxpusher_config_set_user_agent(wxpusher_config *config,
                                       const char *user_agent,
                                       size_t user_agent_len,
                                       wxpusher_error **error);

/**
 * Sets the interval at which wxpusher_client_wait_for_scan polls, in milliseconds. 10000 by default. A shorter interval is allowed
 * only on this machine, because WxPusher bans accounts that poll faster (checked when a client is made).
 */
int32_t wxpusher_config_set_scan_interval_ms(wxpusher_config *config,
                                             uint64_t ms,
                                             wxpusher_error **error);

/**
 * Sets the UIDs for messages without recipients; they replace earlier ones. `lens` are their lengths in bytes; NULL: all are C
 * strings.
 */
int32_t wxpusher_config_set_default_uids(wxpusher_config *config,
                                         const char *const *default_uids,
                                         const size_t *lens,
                                         size_t count,
                                         wxpusher_error **error);

/** Sets the topic ids for messages without recipients; they replace earlier ones. */
int32_t wxpusher_config_set_default_topic_ids(wxpusher_config *config,
                                              const int64_t *default_topic_ids,
                                              size_t count,
                                              wxpusher_error **error);

/**
 * Sets the SPTs for simple pushes without SPTs; they replace earlier ones. `lens` are their lengths in bytes; NULL: all are C
 * strings.
 */
int32_t wxpusher_config_set_default_spts(wxpusher_config *config,
                                         const char *const *default_spts,
                                         const size_t *lens,
                                         size_t count,
                                         wxpusher_error **error);

/** Frees the settings. NULL is allowed. */
void wxpusher_config_free(wxpusher_config *config);

/** @} */

/**
 * @defgroup error Errors
 * @{
 */

/** No error. */
#define WXPUSHER_OK 0

/** An argument was refused locally, before anything was sent; has `field` and `reason`. */
#define WXPUSHER_ERROR_INVALID_ARGUMENT 1

/** The host was not found, refused the connection or cannot be reached; has `reason`. */
#define WXPUSHER_ERROR_CONNECT 2

/** The TLS handshake failed, or the certificate is not trusted; has `reason`. */
#define WXPUSHER_ERROR_TLS 3

/** The connect timeout or the total timeout ran out; has `phase`. */
#define WXPUSHER_ERROR_TIMEOUT 4

/** The connection broke; has `reason`. */
#define WXPUSHER_ERROR_TRANSPORT 5

/** The HTTP status is not 2xx; has `http_status` and `msg`, and `code` if the body is WxPusher's JSON. */
#define WXPUSHER_ERROR_HTTP_STATUS 6

/** The code of the response is not 1000; has `code` and `msg`. */
#define WXPUSHER_ERROR_API 7

/** WxPusher accepted none of the recipients (or, from wxpusher_outcome_ensure_all, not all); has `outcome`. */
#define WXPUSHER_ERROR_REJECTED 8

/** The response is not JSON, has the wrong shape or is too large; has `reason`. */
#define WXPUSHER_ERROR_INVALID_RESPONSE 9

/** The body is not a WxPusher callback; has `reason`. */
#define WXPUSHER_ERROR_INVALID_CALLBACK 10

/** The entry link is forged, stale or replayed; has `reason`. */
#define WXPUSHER_ERROR_INVALID_SIGNATURE 11

/** The caller cancelled the call. */
#define WXPUSHER_ERROR_CANCELLED 12

/** A bug in this library; has `reason`. */
#define WXPUSHER_ERROR_INTERNAL 13

/** The rate limit shared with other processes cannot be used; has `reason`. Nothing was sent. */
#define WXPUSHER_ERROR_RATE_LIMITER 14

/** No byte of the request left this machine: sending again cannot deliver twice. */
#define WXPUSHER_SENT_NO 0

/** At least a part of the request left this machine, and no response came: the server may have carried it out. */
#define WXPUSHER_SENT_MAYBE 1

/** The server responded. */
#define WXPUSHER_SENT_YES 2

/** The reason why a call failed. Its texts contain no token and no SPT, except `msg`. */
struct wxpusher_error {
  /** The kind of error: WXPUSHER_ERROR_…, the value that the failed function returned. */
  int32_t number;
  /** Whether the request reached the server: WXPUSHER_SENT_… */
  int32_t sent;
  /** The HTTP status that is not 2xx; 0: none. */
  int32_t http_status;
  /** Whether the call can be repeated: nothing was delivered, and a repetition can succeed. */
  bool retry_is_safe;
  /** Whether the server refused the call because of its rate limit: HTTP status 429. WxPusher documents no other sign. */
  bool is_rate_limited;
  /** Whether `code` is present. */
  bool has_code;
  /** WxPusher's code. */
  int64_t code;
  /** The error as one sentence. */
  const char *text;
  /** Its length. */
  size_t text_len;
  /** The name of the argument that was refused; NULL: none. */
  const char *field;
  /** What is wrong, and what is allowed; NULL: none. */
  const char *reason;
  /** The length of the reason. */
  size_t reason_len;
  /** What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive"; NULL: no timeout. */
  const char *phase;
  /**
   * WxPusher's text, or the first 500 characters of the body of an HTTP error; NULL: none. It may quote a token: show `text`
   * instead.
   */
  const char *msg;
  /** Its length. */
  size_t msg_len;
  /** The result for each recipient, if none was accepted; NULL: none. It belongs to the error. */
  const wxpusher_outcome *outcome;
  /** Zero. */
  int64_t reserved[4];
};

/**
 * Returns the name of a kind of error, for example "invalid_argument"; "ok" for 0, "unknown" for a number that is no kind.
 *
 * The text is static. Any thread.
 */
const char *wxpusher_error_kind_name(int32_t number);

/** Frees an error. NULL is allowed. */
void wxpusher_error_free(wxpusher_error *error);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
