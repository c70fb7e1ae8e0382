/*
 * WxPusher for C++17: a thin layer over wxpusher.h, header only.
 *
 *   wxpusher::client client = wxpusher::client::from_env();
 *   wxpusher::outcome outcome = client.send(wxpusher::message::markdown("**磁盘已满**").uid("UID_xxx"));
 *   for (const wxpusher::target& target : outcome.failed()) { ... }
 *
 * Failures are thrown as wxpusher::error. Where exceptions are switched off (-fno-exceptions), what would return T returns
 * wxpusher::result<T> instead, which holds a T or an error; a setter that fails is then reported by the call that uses
 * what was being set up.
 *
 * Texts are UTF-8. Durations are std::chrono, times are milliseconds since the epoch.
 * Clients, verifiers: any number of threads at the same time. Everything else: one thread at a time.
 */
#ifndef WXPUSHER_HPP
#define WXPUSHER_HPP

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#if __cplusplus > 202002L && defined(__has_include)
#if __has_include(<expected>)
#include <expected>
#endif
#endif

#include "wxpusher.h"

#if defined(__cpp_exceptions)
#define WXPUSHER_THROWS 1
#else
#define WXPUSHER_THROWS 0
#endif

namespace wxpusher {

// Two sets of names, so that a program may link files compiled with and without exceptions.
#if WXPUSHER_THROWS
inline namespace throwing {
#else
inline namespace returning {
#endif

class client;

/// What went wrong; the numbers are those of wxpusher.h.
enum class error_kind : std::int32_t {
  invalid_argument = WXPUSHER_ERROR_INVALID_ARGUMENT,
  connect = WXPUSHER_ERROR_CONNECT,
  tls = WXPUSHER_ERROR_TLS,
  timeout = WXPUSHER_ERROR_TIMEOUT,
  transport = WXPUSHER_ERROR_TRANSPORT,
  http_status = WXPUSHER_ERROR_HTTP_STATUS,
  api = WXPUSHER_ERROR_API,
  rejected = WXPUSHER_ERROR_REJECTED,
  invalid_response = WXPUSHER_ERROR_INVALID_RESPONSE,
  invalid_callback = WXPUSHER_ERROR_INVALID_CALLBACK,
  invalid_signature = WXPUSHER_ERROR_INVALID_SIGNATURE,
  cancelled = WXPUSHER_ERROR_CANCELLED,
  internal = WXPUSHER_ERROR_INTERNAL,
  rate_limiter = WXPUSHER_ERROR_RATE_LIMITER,
};

/// Did the request reach the server? What to know before sending again.
enum class sent : std::int32_t { no = WXPUSHER_SENT_NO, maybe = WXPUSHER_SENT_MAYBE, yes = WXPUSHER_SENT_YES };

enum class content_type : std::int32_t {
  text = WXPUSHER_CONTENT_TEXT,
  html = WXPUSHER_CONTENT_HTML,
  markdown = WXPUSHER_CONTENT_MARKDOWN,
};

enum class verify_pay_type : std::int32_t {
  everyone = WXPUSHER_VERIFY_PAY_EVERYONE,
  paid = WXPUSHER_VERIFY_PAY_PAID,
  unpaid = WXPUSHER_VERIFY_PAY_UNPAID,
};

enum class follow_type : std::int32_t { app = WXPUSHER_FOLLOW_APP, topic = WXPUSHER_FOLLOW_TOPIC };

enum class limits : std::int32_t { current = WXPUSHER_LIMITS_CURRENT, year_2022 = WXPUSHER_LIMITS_2022 };

enum class limit : std::int32_t {
  content_chars = WXPUSHER_LIMIT_CONTENT_CHARS,
  content_bytes = WXPUSHER_LIMIT_CONTENT_BYTES,
  summary_chars = WXPUSHER_LIMIT_SUMMARY_CHARS,
  url_chars = WXPUSHER_LIMIT_URL_CHARS,
  uids = WXPUSHER_LIMIT_UIDS,
  topic_ids = WXPUSHER_LIMIT_TOPIC_IDS,
  spts = WXPUSHER_LIMIT_SPTS,
  extra_chars = WXPUSHER_LIMIT_EXTRA_CHARS,
  valid_time = WXPUSHER_LIMIT_VALID_TIME,
  page_size = WXPUSHER_LIMIT_PAGE_SIZE,
};

namespace detail {

template <class T, void (*Free)(T*)>
struct freed_by {
  void operator()(T* handle) const noexcept { Free(handle); }
};

template <class T, void (*Free)(T*)>
using owned = std::unique_ptr<T, freed_by<T, Free>>;

template <class H>
using text_getter = const char* (*)(const H*, std::size_t*);

/// Is T, and takes no part in finding out what T is.
template <class T>
using given = std::enable_if_t<true, T>;

template <class H>
std::string text(text_getter<H> get, given<const H*> handle) {
  std::size_t length = 0;
  const char* start = get(handle, &length);
  return start == nullptr ? std::string() : std::string(start, length);
}

template <class H>
std::optional<std::string> maybe_text(text_getter<H> get, given<const H*> handle) {
  std::size_t length = 0;
  const char* start = get(handle, &length);
  return start == nullptr ? std::nullopt : std::optional<std::string>(std::in_place, start, length);
}

template <class H>
std::optional<std::int64_t> maybe_number(bool (*get)(const H*, std::int64_t*), given<const H*> handle) {
  std::int64_t value = 0;
  return get(handle, &value) ? std::optional<std::int64_t>(value) : std::nullopt;
}

/// A string_view may be empty with a null start, which C takes for a missing text.
inline const char* start_of(std::string_view text) noexcept { return text.data() == nullptr ? "" : text.data(); }

inline std::uint64_t count(std::chrono::milliseconds time) noexcept {
  return time.count() < 0 ? 0 : static_cast<std::uint64_t>(time.count());
}

/// Texts in a row, as C takes them.
class text_array {
 public:
  void add(std::string_view text) {
    starts_.push_back(start_of(text));
    lengths_.push_back(text.size());
  }
  const char* const* starts() const noexcept { return starts_.data(); }
  const std::size_t* lengths() const noexcept { return lengths_.data(); }
  std::size_t size() const noexcept { return starts_.size(); }

 private:
  std::vector<const char*> starts_;
  std::vector<std::size_t> lengths_;
};

template <class Range>
text_array texts(const Range& range) {
  text_array array;
  for (const auto& text : range) array.add(text);
  return array;
}

}  // namespace detail

class outcome;

/// Why a call failed. No text of it holds a token but msg(), the server's own words.
class [[nodiscard]] error : public std::exception {
 public:
  /// Takes over what a function of wxpusher.h gave.
  error(std::int32_t number, wxpusher_error* handle)
      : number_(number), handle_(handle, [](wxpusher_error* it) { wxpusher_error_free(it); }) {}
  /// Shares what something else keeps.
  error(std::int32_t number, std::shared_ptr<const wxpusher_error> handle) noexcept
      : number_(number), handle_(std::move(handle)) {}

  /// One sentence for people.
  const char* what() const noexcept override {
    const char* text = wxpusher_error_text(handle_.get(), nullptr);
    return text == nullptr ? wxpusher_error_kind_name(number_) : text;
  }
  error_kind kind() const noexcept { return static_cast<error_kind>(number_); }
  std::int32_t number() const noexcept { return number_; }
  /// For example "invalid_argument".
  std::string_view kind_name() const noexcept { return wxpusher_error_kind_name(number_); }
  wxpusher::sent sent() const noexcept {
    // Without details nothing is known.
    return handle_ == nullptr ? wxpusher::sent::maybe
                              : static_cast<wxpusher::sent>(wxpusher_error_sent(handle_.get()));
  }
  /// Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
  bool retry_is_safe() const noexcept { return wxpusher_error_retry_is_safe(handle_.get()); }
  /// Whether the server refused the call because of its rate limit (HTTP status 429).
  bool is_rate_limited() const noexcept { return wxpusher_error_is_rate_limited(handle_.get()); }
  /// The name of the argument that was refused.
  std::optional<std::string> field() const { return detail::maybe_text(wxpusher_error_field, handle_.get()); }
  std::optional<std::string> reason() const { return detail::maybe_text(wxpusher_error_reason, handle_.get()); }
  /// What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive".
  std::optional<std::string> phase() const { return detail::maybe_text(wxpusher_error_phase, handle_.get()); }
  std::optional<std::int32_t> http_status() const noexcept {
    const std::int32_t status = wxpusher_error_http_status(handle_.get());
    return status == 0 ? std::nullopt : std::optional<std::int32_t>(status);
  }
  /// The server's code.
  std::optional<std::int64_t> code() const noexcept { return detail::maybe_number(wxpusher_error_code, handle_.get()); }
  /// The server's own text for that code, untouched: it may quote the request, so show what() instead.
  std::optional<std::string> msg() const { return detail::maybe_text(wxpusher_error_msg, handle_.get()); }
  /// What became of each target when none was accepted.
  inline std::optional<wxpusher::outcome> outcome() const;

 private:
  std::int32_t number_;
  std::shared_ptr<const wxpusher_error> handle_;
};

/// A T or an error.
template <class T>
class [[nodiscard]] result {
 public:
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  result(wxpusher::error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }
  /// The value; only when ok().
  T& value() & noexcept { return *std::get_if<0>(&state_); }
  const T& value() const& noexcept { return *std::get_if<0>(&state_); }
  /// By value, so that `for (auto& user : *client.users())` keeps the range alive.
  T value() && { return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & noexcept { return value(); }
  const T& operator*() const& noexcept { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() noexcept { return &value(); }
  const T* operator->() const noexcept { return &value(); }
  /// The error; only when not ok().
  const wxpusher::error& error() const noexcept { return *std::get_if<1>(&state_); }
#if defined(__cpp_lib_expected)
  /// Converts to the standard type (C++23).
  operator std::expected<T, wxpusher::error>() && {
    if (!ok()) return std::unexpected(error());
    return std::move(*this).value();
  }
#endif

 private:
  std::variant<T, wxpusher::error> state_;
};

/// Nothing, or an error.
template <>
class [[nodiscard]] result<void> {
 public:
  result() = default;
  result(wxpusher::error error) : error_(std::move(error)) {}

  bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  /// The error; only when not ok().
  const wxpusher::error& error() const noexcept { return *error_; }
#if defined(__cpp_lib_expected)
  /// Converts to the standard type (C++23).
  operator std::expected<void, wxpusher::error>() && {
    if (!ok()) return std::unexpected(error());
    return {};
  }
#endif

 private:
  std::optional<wxpusher::error> error_;
};

#if WXPUSHER_THROWS
/// T; failures are thrown.
template <class T>
using returns = T;
#else
/// T or an error.
template <class T>
using returns = result<T>;
#endif

namespace detail {

template <class T>
[[nodiscard]] returns<T> fail(error error) {
#if WXPUSHER_THROWS
  throw error;
#else
  return result<T>(std::move(error));
#endif
}

inline returns<void> done(std::int32_t status, wxpusher_error* problem) {
  if (status != WXPUSHER_OK) return fail<void>(error(status, problem));
  return returns<void>();
}

/// Something that is set up step by step: remembers the first step that failed, where it cannot be thrown.
class built {
 public:
  const std::optional<error>& problem() const noexcept { return problem_; }

 protected:
  void keep(std::int32_t status, wxpusher_error* problem) {
    if (status == WXPUSHER_OK) return;
    error failure(status, problem);
#if WXPUSHER_THROWS
    throw failure;
#else
    if (!problem_) problem_ = std::move(failure);
#endif
  }

 private:
  std::optional<error> problem_;
};

}  // namespace detail

/// What became of one target.
struct target {
  std::optional<std::string> uid;
  std::optional<std::int64_t> topic_id;
  /// Deprecated; what client::query_message_status takes.
  std::optional<std::int64_t> message_id;
  /// What client::query_status takes.
  std::optional<std::int64_t> send_record_id;
  /// 1000 when the task was created, the server's code when not, 0 when the answer did not mention this target.
  std::int64_t code = 0;
  std::string status;

  bool is_ok() const noexcept { return code == 1000; }
};

/// What WxPusher answered to one send. Some targets may have failed: look at failed(), or call ensure_all().
class [[nodiscard]] outcome {
 public:
  explicit outcome(std::shared_ptr<const wxpusher_outcome> handle) : handle_(std::move(handle)) {
    for (std::size_t index = 0; index < wxpusher_outcome_len(handle_.get()); ++index) {
      const wxpusher_target* row = wxpusher_outcome_target(handle_.get(), index);
      targets_.push_back({detail::maybe_text(wxpusher_target_uid, row),
                          detail::maybe_number(wxpusher_target_topic_id, row),
                          detail::maybe_number(wxpusher_target_message_id, row),
                          detail::maybe_number(wxpusher_target_send_record_id, row), wxpusher_target_code(row),
                          detail::text(wxpusher_target_status, row)});
    }
  }

  /// What client::delete_message takes.
  std::optional<std::int64_t> message_content_id() const noexcept {
    return detail::maybe_number(wxpusher_outcome_message_content_id, handle_.get());
  }
  /// Uids first, then topics, in the order asked, duplicates collapsed.
  const std::vector<target>& targets() const noexcept { return targets_; }
  std::vector<target> succeeded() const { return those(true); }
  std::vector<target> failed() const { return those(false); }
  bool all_ok() const noexcept { return wxpusher_outcome_all_ok(handle_.get()); }
  /// Makes an outcome with a failed target an error.
  returns<void> ensure_all() const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_outcome_ensure_all(handle_.get(), &problem);
    return detail::done(status, problem);
  }

 private:
  std::vector<target> those(bool ok) const {
    std::vector<target> found;
    for (const target& target : targets_) {
      if (target.is_ok() == ok) found.push_back(target);
    }
    return found;
  }

  std::shared_ptr<const wxpusher_outcome> handle_;
  std::vector<target> targets_;
};

inline std::optional<outcome> error::outcome() const {
  const wxpusher_outcome* borrowed = wxpusher_error_outcome(handle_.get());
  if (borrowed == nullptr) return std::nullopt;
  return wxpusher::outcome(std::shared_ptr<const wxpusher_outcome>(handle_, borrowed));
}

/// The settings of a client. Everything has a default; see wxpusher.h for each.
class config : public detail::built {
 public:
  config() : handle_(wxpusher_config_new()) {}
  static returns<config> from_env() {
    wxpusher_config* handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_config_from_env(&handle, &problem);
    if (status != WXPUSHER_OK) return detail::fail<config>(error(status, problem));
    return config(handle);
  }

  config& app_token(std::string_view token) & { return set(wxpusher_config_set_app_token, token); }
  config&& app_token(std::string_view token) && { return std::move(app_token(token)); }
  config& base_url(std::string_view url) & { return set(wxpusher_config_set_base_url, url); }
  config&& base_url(std::string_view url) && { return std::move(base_url(url)); }
  config& allow_plain_http(bool allow) & { return set(wxpusher_config_set_allow_plain_http, allow); }
  config&& allow_plain_http(bool allow) && { return std::move(allow_plain_http(allow)); }
  config& connect_timeout(std::chrono::milliseconds time) & {
    return set(wxpusher_config_set_connect_timeout_ms, detail::count(time));
  }
  config&& connect_timeout(std::chrono::milliseconds time) && { return std::move(connect_timeout(time)); }
  config& timeout(std::chrono::milliseconds time) & { return set(wxpusher_config_set_timeout_ms, detail::count(time)); }
  config&& timeout(std::chrono::milliseconds time) && { return std::move(timeout(time)); }
  /// Retries after the first attempt; 2 by default.
  config& max_retries(std::uint32_t retries) & { return set(wxpusher_config_set_max_retries, retries); }
  config&& max_retries(std::uint32_t retries) && { return std::move(max_retries(retries)); }
  config& base_delay(std::chrono::milliseconds time) & {
    return set(wxpusher_config_set_base_delay_ms, detail::count(time));
  }
  config&& base_delay(std::chrono::milliseconds time) && { return std::move(base_delay(time)); }
  config& max_delay(std::chrono::milliseconds time) & {
    return set(wxpusher_config_set_max_delay_ms, detail::count(time));
  }
  config&& max_delay(std::chrono::milliseconds time) && { return std::move(max_delay(time)); }
  /// Makes single sends wait for the rate limit; false by default.
  config& rate_limit_sends(bool wait) & { return set(wxpusher_config_set_rate_limit_sends, wait); }
  config&& rate_limit_sends(bool wait) && { return std::move(rate_limit_sends(wait)); }
  config& rate_limit_calls(std::uint32_t calls) & { return set(wxpusher_config_set_rate_limit_calls, calls); }
  config&& rate_limit_calls(std::uint32_t calls) && { return std::move(rate_limit_calls(calls)); }
  config& rate_limit_window(std::chrono::milliseconds time) & {
    return set(wxpusher_config_set_rate_limit_window_ms, detail::count(time));
  }
  config&& rate_limit_window(std::chrono::milliseconds time) && { return std::move(rate_limit_window(time)); }
  config& limits(wxpusher::limits preset) & {
    return set(wxpusher_config_set_limits, static_cast<std::int32_t>(preset));
  }
  config&& limits(wxpusher::limits preset) && { return std::move(limits(preset)); }
  config& limit(wxpusher::limit which, std::uint64_t value) & {
    return set(wxpusher_config_set_limit, static_cast<std::int32_t>(which), value);
  }
  config&& limit(wxpusher::limit which, std::uint64_t value) && { return std::move(limit(which, value)); }
  config& proxy(std::string_view url) & { return set(wxpusher_config_set_proxy, url); }
  config&& proxy(std::string_view url) && { return std::move(proxy(url)); }
  config& no_proxy() & { return set(wxpusher_config_set_no_proxy); }
  config&& no_proxy() && { return std::move(no_proxy()); }
  config& ca_pem(std::string_view pem) & { return set(wxpusher_config_set_ca_pem, pem); }
  config&& ca_pem(std::string_view pem) && { return std::move(ca_pem(pem)); }
  config& ca_file(std::string_view path) & { return set(wxpusher_config_set_ca_file, path); }
  config&& ca_file(std::string_view path) && { return std::move(ca_file(path)); }
  config& user_agent(std::string_view suffix) & { return set(wxpusher_config_set_user_agent, suffix); }
  config&& user_agent(std::string_view suffix) && { return std::move(user_agent(suffix)); }
  config& scan_interval(std::chrono::milliseconds time) & {
    return set(wxpusher_config_set_scan_interval_ms, detail::count(time));
  }
  config&& scan_interval(std::chrono::milliseconds time) && { return std::move(scan_interval(time)); }
  /// Any range of what converts to std::string_view.
  template <class Range>
  config& default_uids(const Range& uids) & {
    return set_texts(wxpusher_config_set_default_uids, detail::texts(uids));
  }
  template <class Range>
  config&& default_uids(const Range& uids) && { return std::move(default_uids(uids)); }
  config& default_topic_ids(const std::vector<std::int64_t>& ids) & {
    return set(wxpusher_config_set_default_topic_ids, ids.data(), ids.size());
  }
  config&& default_topic_ids(const std::vector<std::int64_t>& ids) && { return std::move(default_topic_ids(ids)); }
  /// Any range of what converts to std::string_view.
  template <class Range>
  config& default_spts(const Range& spts) & {
    return set_texts(wxpusher_config_set_default_spts, detail::texts(spts));
  }
  template <class Range>
  config&& default_spts(const Range& spts) && { return std::move(default_spts(spts)); }

  config& default_uids(std::initializer_list<std::string_view> uids) & {
    return set_texts(wxpusher_config_set_default_uids, detail::texts(uids));
  }
  config&& default_uids(std::initializer_list<std::string_view> uids) && { return std::move(default_uids(uids)); }
  config& default_spts(std::initializer_list<std::string_view> spts) & {
    return set_texts(wxpusher_config_set_default_spts, detail::texts(spts));
  }
  config&& default_spts(std::initializer_list<std::string_view> spts) && { return std::move(default_spts(spts)); }

  const wxpusher_config* get() const noexcept { return handle_.get(); }

 private:
  explicit config(wxpusher_config* handle) noexcept : handle_(handle) {}

  template <class... Params, class... Args>
  config& set(std::int32_t (*function)(wxpusher_config*, Params...), Args... args) {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(handle_.get(), args..., &problem);
    keep(status, problem);
    return *this;
  }
  template <class... Params>
  config& set(std::int32_t (*function)(wxpusher_config*, Params...), std::string_view text) {
    return set(function, detail::start_of(text), text.size());
  }
  template <class... Params>
  config& set_texts(std::int32_t (*function)(wxpusher_config*, Params...), const detail::text_array& texts) {
    return set(function, texts.starts(), texts.lengths(), texts.size());
  }

  detail::owned<wxpusher_config, wxpusher_config_free> handle_;
};

/// A message to users and topics. Can be sent any number of times.
class message : public detail::built {
 public:
  message(wxpusher::content_type type, std::string_view content) {
    wxpusher_message* handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_message_new(static_cast<std::int32_t>(type), detail::start_of(content),
                                                     content.size(), &handle, &problem);
    handle_.reset(handle);
    keep(status, problem);
  }
  static message text(std::string_view content) { return message(content_type::text, content); }
  static message html(std::string_view content) { return message(content_type::html, content); }
  static message markdown(std::string_view content) { return message(content_type::markdown, content); }

  message& summary(std::string_view text) & { return set(wxpusher_message_set_summary, text); }
  message& url(std::string_view text) & { return set(wxpusher_message_set_url, text); }
  message& uid(std::string_view text) & { return set(wxpusher_message_add_uid, text); }
  /// Any range of what converts to std::string_view.
  template <class Range>
  message& uids(const Range& range) & {
    const detail::text_array texts = detail::texts(range);
    return set(wxpusher_message_add_uids, texts.starts(), texts.lengths(), texts.size());
  }
  message& uids(std::initializer_list<std::string_view> list) & {
    const detail::text_array texts = detail::texts(list);
    return set(wxpusher_message_add_uids, texts.starts(), texts.lengths(), texts.size());
  }
  message& topic(std::int64_t id) & { return set(wxpusher_message_add_topic_id, id); }
  message& verify_pay_type(wxpusher::verify_pay_type type) & {
    return set(wxpusher_message_set_verify_pay_type, static_cast<std::int32_t>(type));
  }
  /// The yes-or-no form of 2022; refused together with verify_pay_type.
  message& verify_pay(bool verify) & { return set(wxpusher_message_set_verify_pay, verify); }

  message&& summary(std::string_view text) && { return std::move(summary(text)); }
  message&& url(std::string_view text) && { return std::move(url(text)); }
  message&& uid(std::string_view text) && { return std::move(uid(text)); }
  template <class Range>
  message&& uids(const Range& range) && {
    return std::move(uids(range));
  }
  message&& uids(std::initializer_list<std::string_view> list) && { return std::move(uids(list)); }
  message&& topic(std::int64_t id) && { return std::move(topic(id)); }
  message&& verify_pay_type(wxpusher::verify_pay_type type) && { return std::move(verify_pay_type(type)); }
  message&& verify_pay(bool verify) && { return std::move(verify_pay(verify)); }

  const wxpusher_message* get() const noexcept { return handle_.get(); }

 private:
  template <class... Params, class... Args>
  message& set(std::int32_t (*function)(wxpusher_message*, Params...), Args... args) {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(handle_.get(), args..., &problem);
    keep(status, problem);
    return *this;
  }
  template <class... Params>
  message& set(std::int32_t (*function)(wxpusher_message*, Params...), std::string_view text) {
    return set(function, detail::start_of(text), text.size());
  }

  detail::owned<wxpusher_message, wxpusher_message_free> handle_;
};

/// A message to people known only by their simple push tokens; it needs no app.
class simple_push : public detail::built {
 public:
  simple_push(wxpusher::content_type type, std::string_view content) {
    wxpusher_simple_push* handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_simple_push_new(static_cast<std::int32_t>(type), detail::start_of(content),
                                                         content.size(), &handle, &problem);
    handle_.reset(handle);
    keep(status, problem);
  }
  static simple_push text(std::string_view content) { return simple_push(content_type::text, content); }
  static simple_push html(std::string_view content) { return simple_push(content_type::html, content); }
  static simple_push markdown(std::string_view content) { return simple_push(content_type::markdown, content); }

  simple_push& summary(std::string_view text) & { return set(wxpusher_simple_push_set_summary, text); }
  simple_push& url(std::string_view text) & { return set(wxpusher_simple_push_set_url, text); }
  simple_push& spt(std::string_view text) & { return set(wxpusher_simple_push_add_spt, text); }

  simple_push&& summary(std::string_view text) && { return std::move(summary(text)); }
  simple_push&& url(std::string_view text) && { return std::move(url(text)); }
  simple_push&& spt(std::string_view text) && { return std::move(spt(text)); }

  const wxpusher_simple_push* get() const noexcept { return handle_.get(); }

 private:
  simple_push& set(std::int32_t (*function)(wxpusher_simple_push*, const char*, std::size_t, wxpusher_error**),
                   std::string_view text) {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(handle_.get(), detail::start_of(text), text.size(), &problem);
    keep(status, problem);
    return *this;
  }

  detail::owned<wxpusher_simple_push, wxpusher_simple_push_free> handle_;
};

struct send_status {
  /// The server's status number; empty if the response has none. Only 1 (waiting to be sent) is documented.
  std::optional<std::int64_t> code;
  std::string text;

  bool is_waiting() const noexcept { return code == 1; }
};

struct qrcode {
  std::string code;
  std::string url;
  std::optional<std::string> short_url;
  std::optional<std::string> extra;
  /// Milliseconds since the epoch.
  std::int64_t expires = 0;
};

/// Which users to list. Everything left out means "all".
struct user_query {
  std::uint32_t page = 1;
  std::uint32_t page_size = 100;
  std::optional<std::string> uid = std::nullopt;
  std::optional<bool> is_blocked = std::nullopt;
  std::optional<wxpusher::follow_type> follow_type = std::nullopt;
};

/// One following of one person.
struct user {
  std::string uid;
  /// What client::delete_user, client::block_user and client::unblock_user take. Not the uid.
  std::int64_t id = 0;
  std::optional<std::int64_t> app_or_topic_id;
  std::optional<std::string> head_img;
  std::int64_t create_time = 0;
  std::optional<std::string> nick_name;
  bool is_blocked = false;
  /// A follow_type, or a number that this version does not know.
  std::int64_t follow_type = 0;
  std::optional<std::string> target;
  std::int64_t pay_end_time = 0;
};

struct user_page {
  std::int64_t total = 0;
  std::int64_t page = 0;
  std::int64_t page_size = 0;
  std::vector<user> users;
};

struct user_v1 {
  std::string uid;
  std::int64_t create_time = 0;
  bool enable = false;
  std::optional<std::string> head_img;
  std::optional<std::string> nick_name;
};

struct user_page_v1 {
  std::int64_t total = 0;
  std::int64_t page = 0;
  std::int64_t page_size = 0;
  std::vector<user_v1> users;
};

struct pay_end_time {
  /// WXPUSHER_RESOURCE_APP, WXPUSHER_RESOURCE_TOPIC, or a number that this version does not know.
  std::int64_t resource_type = 0;
  std::int64_t resource_id = 0;
  std::int64_t until = 0;
};

namespace detail {

inline user to_user(const wxpusher_user* it) {
  return {text(wxpusher_user_uid, it),          wxpusher_user_id(it),
          maybe_number(wxpusher_user_app_or_topic_id, it), maybe_text(wxpusher_user_head_img, it),
          wxpusher_user_create_time(it),        maybe_text(wxpusher_user_nick_name, it),
          wxpusher_user_is_blocked(it),             wxpusher_user_follow_type(it),
          maybe_text(wxpusher_user_target, it), wxpusher_user_pay_end_time(it)};
}

/// An input iterator over a range that has `ensure_item()`, which fetches an item if the range holds none, `item_`, which
/// holds the current item, and `is_over_`. It fetches in `*`, `->` and `==`, not in `begin()`.
template <class Range>
class input_iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = typename Range::item;
  using difference_type = std::ptrdiff_t;
  using pointer = value_type*;
  using reference = value_type&;

  /// Holds the item that `it++` left, for `*it++`.
  class proxy {
   public:
    explicit proxy(value_type item) : item_(std::move(item)) {}
    value_type& operator*() noexcept { return item_; }

   private:
    value_type item_;
  };

  input_iterator() = default;
  explicit input_iterator(Range* range) : range_(range) {}

  reference operator*() const {
    range_->ensure_item();
    return *range_->item_;
  }
  pointer operator->() const { return &**this; }
  /// Skips the current item. An item that was never looked at is fetched first, so that each `++` is one item.
  input_iterator& operator++() {
    range_->ensure_item();
    range_->item_.reset();
    return *this;
  }
  proxy operator++(int) {
    proxy left(std::move(**this));
    ++*this;
    return left;
  }
  friend bool operator==(const input_iterator& left, const input_iterator& right) {
    return left.is_at_end() == right.is_at_end();
  }
  friend bool operator!=(const input_iterator& left, const input_iterator& right) { return !(left == right); }

 private:
  bool is_at_end() const { return range_ == nullptr || !range_->ensure_item(); }

  Range* range_ = nullptr;
};

}  // namespace detail

/// All users that a query names, page after page: a range of `user` (of `result<user>`, ending with the first error, where
/// exceptions are switched off), or next() by hand.
class [[nodiscard]] users {
 public:
  using item = returns<user>;

  explicit users(wxpusher_users* handle) : handle_(handle) {}

  /// The next user, or nothing after the last. After an error the next call asks for the same page again.
  returns<std::optional<user>> next() {
    const wxpusher_user* user = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_users_next(handle_.get(), &user, &problem);
    if (status != WXPUSHER_OK) return detail::fail<std::optional<wxpusher::user>>(error(status, problem));
    if (user == nullptr) return std::optional<wxpusher::user>();
    return std::optional<wxpusher::user>(detail::to_user(user));
  }
  detail::input_iterator<users> begin() { return detail::input_iterator<users>(this); }
  detail::input_iterator<users> end() { return {}; }

 private:
  friend class detail::input_iterator<users>;

  bool ensure_item() {
    if (item_ || is_over_) return item_.has_value();
#if WXPUSHER_THROWS
    item_ = next();
    is_over_ = !item_;
#else
    result<std::optional<user>> user = next();
    is_over_ = !user.ok() || !user->has_value();
    if (!user.ok()) {
      item_.emplace(user.error());
    } else if (user->has_value()) {
      item_.emplace(std::move(**user));
    }
#endif
    return item_.has_value();
  }

  detail::owned<wxpusher_users, wxpusher_users_free> handle_;
  std::optional<item> item_;
  bool is_over_ = false;
};

/// What became of one batch of a broadcast.
class [[nodiscard]] batch {
 public:
  explicit batch(wxpusher_batch* handle)
      : handle_(handle, [](wxpusher_batch* it) { wxpusher_batch_free(it); }) {}

  /// From 1.
  std::uint64_t number() const noexcept { return wxpusher_batch_number(handle_.get()); }
  std::vector<std::string> uids() const {
    std::vector<std::string> uids;
    for (std::size_t index = 0; index < wxpusher_batch_len(handle_.get()); ++index) {
      std::size_t length = 0;
      const char* start = wxpusher_batch_uid(handle_.get(), index, &length);
      uids.emplace_back(start, length);
    }
    return uids;
  }
  /// How many uids are done with, this batch included. To resume later, skip as many.
  std::uint64_t done() const noexcept { return wxpusher_batch_done(handle_.get()); }
  std::uint64_t duplicates() const noexcept { return wxpusher_batch_duplicates(handle_.get()); }
  /// What the server said of it; nothing when the batch failed.
  std::optional<wxpusher::outcome> outcome() const {
    const wxpusher_outcome* borrowed = wxpusher_batch_outcome(handle_.get());
    if (borrowed == nullptr) return std::nullopt;
    return wxpusher::outcome(std::shared_ptr<const wxpusher_outcome>(handle_, borrowed));
  }
  /// Why it failed; nothing when it did not. A failed batch does not end the broadcast.
  std::optional<wxpusher::error> error() const {
    const wxpusher_error* borrowed = wxpusher_batch_error(handle_.get());
    if (borrowed == nullptr) return std::nullopt;
    return wxpusher::error(wxpusher_error_number(borrowed), std::shared_ptr<const wxpusher_error>(handle_, borrowed));
  }

 private:
  std::shared_ptr<const wxpusher_batch> handle_;
};

/// A message on its way to any number of users: a range of `batch` (of `result<batch>` where exceptions are switched off);
/// each step sends at most 2000, at WxPusher's pace. To stop, stop iterating.
template <class Iterator, class End>
class [[nodiscard]] broadcast {
 public:
  using item = returns<batch>;

  broadcast(wxpusher_broadcast* handle, Iterator from, End to)
      : handle_(handle), from_(std::move(from)), to_(std::move(to)) {}

  /// Sends the next batch; nothing after the last.
  returns<std::optional<batch>> next() {
    using optional_batch = std::optional<batch>;
    for (;;) {
      wxpusher_batch* taken = nullptr;
      wxpusher_error* problem = nullptr;
      std::int32_t status = wxpusher_broadcast_next(handle_.get(), &taken, &problem);
      if (status == WXPUSHER_OK && taken != nullptr) return optional_batch(batch(taken));
      if (status == WXPUSHER_OK && is_finished_) return optional_batch();
      if (status == WXPUSHER_OK) status = feed(&problem);
      if (status != WXPUSHER_OK) return detail::fail<optional_batch>(wxpusher::error(status, problem));
    }
  }
  detail::input_iterator<broadcast> begin() { return detail::input_iterator<broadcast>(this); }
  detail::input_iterator<broadcast> end() { return {}; }

 private:
  friend class detail::input_iterator<broadcast>;

  std::int32_t feed(wxpusher_error** problem) {
    constexpr std::size_t at_once = 256;
    // Texts that the iterator makes as it goes would be gone by the time they are handed over.
    std::vector<std::string> texts;
    for (; from_ != to_ && texts.size() < at_once; ++from_) texts.emplace_back(std::string_view(*from_));
    if (texts.empty()) {
      is_finished_ = true;
      return wxpusher_broadcast_finish(handle_.get(), problem);
    }
    const detail::text_array array = detail::texts(texts);
    return wxpusher_broadcast_add(handle_.get(), array.starts(), array.lengths(), array.size(), problem);
  }

  bool ensure_item() {
    if (item_ || is_over_) return item_.has_value();
#if WXPUSHER_THROWS
    item_ = next();
    is_over_ = !item_;
#else
    result<std::optional<batch>> batch = next();
    is_over_ = !batch.ok() || !batch->has_value();
    if (!batch.ok()) {
      item_.emplace(batch.error());
    } else if (batch->has_value()) {
      item_.emplace(std::move(**batch));
    }
#endif
    return item_.has_value();
  }

  detail::owned<wxpusher_broadcast, wxpusher_broadcast_free> handle_;
  Iterator from_;
  End to_;
  bool is_finished_ = false;
  std::optional<item> item_;
  bool is_over_ = false;
};

/// A client of WxPusher. Any number of threads may call it at the same time.
class client {
 public:
#if WXPUSHER_THROWS
  explicit client(std::string_view app_token) : client(create(app_token)) {}
  explicit client(const config& settings) : client(create(settings)) {}
#endif
  /// For an app, with the default settings.
  static returns<client> create(std::string_view app_token) {
    return made(wxpusher_client_new, detail::start_of(app_token), app_token.size());
  }
  static returns<client> create(const config& settings) {
    if (settings.problem()) return detail::fail<client>(*settings.problem());
    return made(wxpusher_client_with_config, settings.get());
  }
  /// Set up by WXPUSHER_APP_TOKEN and the other variables that wxpusher.h names.
  static returns<client> from_env() { return made(wxpusher_client_from_env); }

  /// Ends all calls of this client within 200 ms, and refuses further ones. Any thread.
  void cancel() const noexcept { wxpusher_client_cancel(handle_.get()); }
  bool is_cancelled() const noexcept { return wxpusher_client_is_cancelled(handle_.get()); }
  /// A client over the same connections that can be cancelled by itself; it ends with this one, too.
  returns<client> scoped() const { return made(wxpusher_client_scoped, get()); }

  returns<outcome> send(const message& message) const { return send_with(wxpusher_client_send, message); }
  returns<outcome> send_by_get(const message& message) const { return send_with(wxpusher_client_send_by_get, message); }
  returns<outcome> simple_push(const wxpusher::simple_push& push) const {
    return send_with(wxpusher_client_simple_push, push);
  }
  returns<outcome> simple_push_by_get(std::string_view spt, std::string_view content) const {
    return got<outcome>(shared_outcome, wxpusher_client_simple_push_by_get, detail::start_of(spt), spt.size(),
                        detail::start_of(content), content.size());
  }

  returns<send_status> query_status(std::int64_t send_record_id) const {
    return got<send_status>(to_status, wxpusher_client_query_status, send_record_id);
  }
  returns<send_status> query_message_status(std::int64_t message_id) const {
    return got<send_status>(to_status, wxpusher_client_query_message_status, message_id);
  }
  returns<void> delete_message(std::int64_t message_content_id) const {
    return did(wxpusher_client_delete_message, message_content_id);
  }

  /// Lives `valid_time`, 30 minutes when left out.
  returns<qrcode> create_qrcode(std::string_view extra,
                                std::optional<std::chrono::seconds> valid_time = std::nullopt) const {
    const std::uint32_t seconds = valid_time && valid_time->count() > 0
                                      ? static_cast<std::uint32_t>(std::min<std::chrono::seconds::rep>(
                                            valid_time->count(), std::chrono::seconds::rep(UINT32_MAX)))
                                      : 0;
    const std::uint32_t* given = valid_time ? &seconds : nullptr;
    return got<qrcode>(to_qrcode, wxpusher_client_create_qrcode, detail::start_of(extra), extra.size(), given);
  }
  /// Who scanned the code last; nothing when nobody has yet.
  returns<std::optional<std::string>> query_scan_uid(std::string_view code) const {
    return got<std::optional<std::string>>(to_uid, wxpusher_client_query_scan_uid, detail::start_of(code), code.size());
  }
  /// Polls every 10 s until the code is scanned; empty after the timeout.
  [[nodiscard]] returns<std::optional<std::string>> wait_for_scan(const qrcode& qrcode,
                                                                  std::chrono::milliseconds timeout) const {
    return wait_for_scan(qrcode.code, timeout);
  }
  [[nodiscard]] returns<std::optional<std::string>> wait_for_scan(std::string_view code,
                                                                  std::chrono::milliseconds timeout) const {
    return got<std::optional<std::string>>(to_uid, wxpusher_client_wait_for_scan, detail::start_of(code), code.size(),
                                           detail::count(timeout));
  }

  returns<user_page> list_users(const user_query& query = {}) const {
    return asked<user_page>(query, to_page, wxpusher_client_list_users);
  }
  /// All users, page after page, as a range.
  returns<wxpusher::users> users(const user_query& query = {}) const {
    return asked<wxpusher::users>(query, [](wxpusher_users* it) { return wxpusher::users(it); }, wxpusher_client_users);
  }
  /// Deprecated by WxPusher in favour of list_users.
  returns<user_page_v1> list_users_v1(std::uint32_t page, std::uint32_t page_size,
                                      std::optional<std::string_view> uid = std::nullopt) const {
    const char* start = uid ? detail::start_of(*uid) : nullptr;
    return got<user_page_v1>(to_page_v1, wxpusher_client_list_users_v1, page, page_size, start, uid ? uid->size() : 0);
  }
  /// By user::id, not by uid.
  returns<void> delete_user(std::int64_t id) const { return did(wxpusher_client_delete_user, id); }
  /// By user::id, not by uid.
  returns<void> block_user(std::int64_t id) const { return did(wxpusher_client_block_user, id); }
  /// By user::id, not by uid.
  returns<void> unblock_user(std::int64_t id) const { return did(wxpusher_client_unblock_user, id); }
  returns<std::vector<pay_end_time>> query_pay_end_time(std::string_view uid, std::int64_t prod_id) const {
    return got<std::vector<pay_end_time>>(to_pay_end_times, wxpusher_client_query_pay_end_time, detail::start_of(uid),
                                          uid.size(), prod_id);
  }

  /// A broadcast to the uids from `from` to `to`, which convert to std::string_view and are read as it goes.
  template <class Iterator, class End>
  returns<wxpusher::broadcast<Iterator, End>> broadcast(const message& message, Iterator from, End to) const {
    using sending = wxpusher::broadcast<Iterator, End>;
    if (message.problem()) return detail::fail<sending>(*message.problem());
    return got<sending>(
        [&](wxpusher_broadcast* it) { return sending(it, std::move(from), std::move(to)); }, wxpusher_client_broadcast,
        message.get());
  }
  /// A broadcast to a range of uids, which has to outlive it.
  template <class Range>
  auto broadcast(const message& message, Range& uids) const {
    return broadcast(message, std::begin(uids), std::end(uids));
  }

  const wxpusher_client* get() const noexcept { return handle_.get(); }

 private:
  explicit client(wxpusher_client* handle) noexcept : handle_(handle) {}

  template <class Function, class... Args>
  static returns<client> made(Function function, Args... args) {
    wxpusher_client* handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(args..., &handle, &problem);
    if (status != WXPUSHER_OK) return detail::fail<client>(error(status, problem));
    return client(handle);
  }

  /// Makes a call whose result `take` turns into a T.
  template <class T, class Take, class... Params, class... Args>
  returns<T> got(Take take, std::int32_t (*function)(const wxpusher_client*, Params...), Args... args) const {
    static_assert(sizeof...(Params) == sizeof...(Args) + 2, "all but the result and the error");
    std::remove_pointer_t<std::tuple_element_t<sizeof...(Args), std::tuple<Params...>>> handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(get(), args..., &handle, &problem);
    if (status != WXPUSHER_OK) return detail::fail<T>(error(status, problem));
    return take(handle);
  }
  template <class... Params, class... Args>
  returns<void> did(std::int32_t (*function)(const wxpusher_client*, Params...), Args... args) const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = function(get(), args..., &problem);
    return detail::done(status, problem);
  }
  template <class Function, class Message>
  returns<outcome> send_with(Function function, const Message& message) const {
    if (message.problem()) return detail::fail<outcome>(*message.problem());
    return got<outcome>(shared_outcome, function, message.get());
  }

  template <class T, class Take, class Function>
  returns<T> asked(const user_query& query, Take take, Function function) const {
    const detail::owned<wxpusher_user_query, wxpusher_user_query_free> built(wxpusher_user_query_new());
    wxpusher_error* problem = nullptr;
    wxpusher_user_query* it = built.get();
    std::int32_t status = wxpusher_user_query_set_page(it, query.page, &problem);
    if (status == WXPUSHER_OK) status = wxpusher_user_query_set_page_size(it, query.page_size, &problem);
    if (status == WXPUSHER_OK && query.uid) {
      status = wxpusher_user_query_set_uid(it, query.uid->data(), query.uid->size(), &problem);
    }
    if (status == WXPUSHER_OK && query.is_blocked) {
      status = wxpusher_user_query_set_is_blocked(it, *query.is_blocked, &problem);
    }
    if (status == WXPUSHER_OK && query.follow_type) {
      status = wxpusher_user_query_set_follow_type(it, static_cast<std::int32_t>(*query.follow_type), &problem);
    }
    if (status != WXPUSHER_OK) return detail::fail<T>(error(status, problem));
    return got<T>(take, function, static_cast<const wxpusher_user_query*>(it));
  }

  static outcome shared_outcome(wxpusher_outcome* handle) {
    return outcome(std::shared_ptr<const wxpusher_outcome>(
        handle, [](wxpusher_outcome* it) { wxpusher_outcome_free(it); }));
  }
  static send_status to_status(wxpusher_status* handle) {
    const detail::owned<wxpusher_status, wxpusher_status_free> it(handle);
    return {detail::maybe_number(wxpusher_status_code, handle), detail::text(wxpusher_status_text, handle)};
  }
  static qrcode to_qrcode(wxpusher_qrcode* handle) {
    const detail::owned<wxpusher_qrcode, wxpusher_qrcode_free> it(handle);
    return {detail::text(wxpusher_qrcode_code, handle), detail::text(wxpusher_qrcode_url, handle),
            detail::maybe_text(wxpusher_qrcode_short_url, handle),
            detail::maybe_text(wxpusher_qrcode_extra, handle), wxpusher_qrcode_expires(handle)};
  }
  static std::optional<std::string> to_uid(wxpusher_text* handle) {
    const detail::owned<wxpusher_text, wxpusher_text_free> it(handle);
    return detail::maybe_text(wxpusher_text_get, handle);
  }
  static user_page to_page(wxpusher_user_page* handle) {
    const detail::owned<wxpusher_user_page, wxpusher_user_page_free> it(handle);
    user_page page{wxpusher_user_page_total(handle), wxpusher_user_page_page(handle),
                   wxpusher_user_page_page_size(handle), {}};
    for (std::size_t index = 0; index < wxpusher_user_page_len(handle); ++index) {
      page.users.push_back(detail::to_user(wxpusher_user_page_user(handle, index)));
    }
    return page;
  }
  static user_page_v1 to_page_v1(wxpusher_user_page_v1* handle) {
    const detail::owned<wxpusher_user_page_v1, wxpusher_user_page_v1_free> it(handle);
    user_page_v1 page{wxpusher_user_page_v1_total(handle), wxpusher_user_page_v1_page(handle),
                      wxpusher_user_page_v1_page_size(handle), {}};
    for (std::size_t index = 0; index < wxpusher_user_page_v1_len(handle); ++index) {
      const wxpusher_user_v1* user = wxpusher_user_page_v1_user(handle, index);
      page.users.push_back({detail::text(wxpusher_user_v1_uid, user), wxpusher_user_v1_create_time(user),
                            wxpusher_user_v1_enable(user), detail::maybe_text(wxpusher_user_v1_head_img, user),
                            detail::maybe_text(wxpusher_user_v1_nick_name, user)});
    }
    return page;
  }
  static std::vector<pay_end_time> to_pay_end_times(wxpusher_pay_end_times* handle) {
    const detail::owned<wxpusher_pay_end_times, wxpusher_pay_end_times_free> it(handle);
    std::vector<pay_end_time> items;
    for (std::size_t index = 0; index < wxpusher_pay_end_times_len(handle); ++index) {
      const wxpusher_pay_end_time* item = wxpusher_pay_end_times_item(handle, index);
      items.push_back({wxpusher_pay_end_time_resource_type(item), wxpusher_pay_end_time_resource_id(item),
                       wxpusher_pay_end_time_pay_end_time(item)});
    }
    return items;
  }
  detail::owned<wxpusher_client, wxpusher_client_free> handle_;
};

/// Somebody followed the app; this is how an app learns a uid.
struct app_subscribe {
  std::int64_t app_id = 0;
  std::optional<std::string> app_key;
  std::optional<std::string> app_name;
  /// "scan", "link", "command", "order" or a word of later days.
  std::string source;
  std::optional<std::string> user_name;
  std::optional<std::string> user_head_img;
  std::int64_t time = 0;
  std::string uid;
  std::optional<std::string> extra;
};

/// Somebody paid for a product, or was paid back.
struct order_pay {
  std::int64_t add_time = 0;
  std::int64_t amount = 0;
  std::int64_t app_id = 0;
  std::int64_t create_time = 0;
  std::int64_t prod_id = 0;
  std::string trade_no;
  /// WXPUSHER_ORDER_PAID, WXPUSHER_ORDER_REFUNDED, or a number that this version does not know.
  std::int64_t type = 0;
  std::string uid;
};

/// Somebody sent a command to the app.
struct send_up_cmd {
  std::string uid;
  std::int64_t app_id = 0;
  std::optional<std::string> app_key;
  std::optional<std::string> app_name;
  std::optional<std::string> user_name;
  std::optional<std::string> user_head_img;
  std::int64_t time = 0;
  std::string content;
  /// The content without a leading "#{appId} ".
  std::string command;
};

/// An action that this version does not know.
struct unknown_callback {
  std::string action;
  std::string raw;
};

using callback = std::variant<app_subscribe, order_pay, send_up_cmd, unknown_callback>;

/// Reads the body of a callback. Callbacks carry no signature.
inline returns<callback> parse_callback(std::string_view body) {
  wxpusher_callback* handle = nullptr;
  wxpusher_error* problem = nullptr;
  const std::int32_t status = wxpusher_parse_callback(detail::start_of(body), body.size(), &handle, &problem);
  if (status != WXPUSHER_OK) return detail::fail<callback>(error(status, problem));
  const detail::owned<wxpusher_callback, wxpusher_callback_free> freed(handle);
  if (const wxpusher_app_subscribe* it = wxpusher_callback_app_subscribe(handle)) {
    return callback(app_subscribe{
        wxpusher_app_subscribe_app_id(it), detail::maybe_text(wxpusher_app_subscribe_app_key, it),
        detail::maybe_text(wxpusher_app_subscribe_app_name, it), detail::text(wxpusher_app_subscribe_source, it),
        detail::maybe_text(wxpusher_app_subscribe_user_name, it),
        detail::maybe_text(wxpusher_app_subscribe_user_head_img, it), wxpusher_app_subscribe_time(it),
        detail::text(wxpusher_app_subscribe_uid, it), detail::maybe_text(wxpusher_app_subscribe_extra, it)});
  }
  if (const wxpusher_order_pay* it = wxpusher_callback_order_pay(handle)) {
    return callback(order_pay{wxpusher_order_pay_add_time(it), wxpusher_order_pay_amount(it),
                              wxpusher_order_pay_app_id(it), wxpusher_order_pay_create_time(it),
                              wxpusher_order_pay_prod_id(it), detail::text(wxpusher_order_pay_trade_no, it),
                              wxpusher_order_pay_type(it), detail::text(wxpusher_order_pay_uid, it)});
  }
  if (const wxpusher_send_up_cmd* it = wxpusher_callback_send_up_cmd(handle)) {
    return callback(send_up_cmd{
        detail::text(wxpusher_send_up_cmd_uid, it), wxpusher_send_up_cmd_app_id(it),
        detail::maybe_text(wxpusher_send_up_cmd_app_key, it), detail::maybe_text(wxpusher_send_up_cmd_app_name, it),
        detail::maybe_text(wxpusher_send_up_cmd_user_name, it),
        detail::maybe_text(wxpusher_send_up_cmd_user_head_img, it), wxpusher_send_up_cmd_time(it),
        detail::text(wxpusher_send_up_cmd_content, it), detail::text(wxpusher_send_up_cmd_command, it)});
  }
  const wxpusher_unknown_callback* it = wxpusher_callback_unknown(handle);
  return callback(unknown_callback{detail::text(wxpusher_unknown_callback_action, it),
                                   detail::text(wxpusher_unknown_callback_raw, it)});
}

/// Checks links that WxPusher signs and sends users with to your site. Keep it: it remembers which links were used.
class entry_link_verifier {
 public:
#if WXPUSHER_THROWS
  explicit entry_link_verifier(std::string_view key) : entry_link_verifier(create(key)) {}
#endif
  static returns<entry_link_verifier> create(std::string_view key) {
    wxpusher_entry_link_verifier* handle = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status =
        wxpusher_entry_link_verifier_new(detail::start_of(key), key.size(), &handle, &problem);
    if (status != WXPUSHER_OK) return detail::fail<entry_link_verifier>(error(status, problem));
    return entry_link_verifier(handle);
  }

  /// Makes its clock stand still, for tests.
  returns<void> set_now_ms(std::int64_t now_ms) {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_entry_link_verifier_set_now_ms(handle_.get(), now_ms, &problem);
    return detail::done(status, problem);
  }
  /// Who came, by the query string of the link.
  returns<std::string> verify(std::string_view query) const {
    wxpusher_text* uid = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status =
        wxpusher_verify_entry_link(handle_.get(), detail::start_of(query), query.size(), &uid, &problem);
    if (status != WXPUSHER_OK) return detail::fail<std::string>(error(status, problem));
    const detail::owned<wxpusher_text, wxpusher_text_free> freed(uid);
    return detail::text(wxpusher_text_get, uid);
  }

 private:
  explicit entry_link_verifier(wxpusher_entry_link_verifier* handle) noexcept : handle_(handle) {}

  detail::owned<wxpusher_entry_link_verifier, wxpusher_entry_link_verifier_free> handle_;
};

/// Splits a content that exceeds the limits into parts for one message each, at ends of paragraphs or lines; more than one part
/// begin with their numbers, "(1/3)". The limits are those of `settings`, or the current ones. HTML is refused.
inline returns<std::vector<std::string>> split_content(std::string_view content, content_type type = content_type::text,
                                                       const config* settings = nullptr) {
  wxpusher_texts* handle = nullptr;
  wxpusher_error* problem = nullptr;
  const std::int32_t status =
      wxpusher_split_content(static_cast<std::int32_t>(type), detail::start_of(content), content.size(),
                             settings == nullptr ? nullptr : settings->get(), &handle, &problem);
  if (status != WXPUSHER_OK) return detail::fail<std::vector<std::string>>(error(status, problem));
  const detail::owned<wxpusher_texts, wxpusher_texts_free> freed(handle);
  std::vector<std::string> parts;
  for (std::size_t index = 0; index < wxpusher_texts_len(handle); ++index) {
    std::size_t length = 0;
    const char* start = wxpusher_texts_get(handle, index, &length);
    parts.emplace_back(start, length);
  }
  return parts;
}

/// The link of the page on which a user subscribes to the app or topic with this id. With `jump`, a user who is logged in and
/// subscribed is led on to the entry page of the app.
inline returns<std::string> follow_url(follow_type type, std::int64_t id, bool jump = false) {
  wxpusher_text* url = nullptr;
  wxpusher_error* problem = nullptr;
  const std::int32_t status = wxpusher_follow_url(static_cast<std::int32_t>(type), id, jump, &url, &problem);
  if (status != WXPUSHER_OK) return detail::fail<std::string>(error(status, problem));
  const detail::owned<wxpusher_text, wxpusher_text_free> freed(url);
  return detail::text(wxpusher_text_get, url);
}

/// The UID of a plain entry link, `?uid=UID_xxx`. Such a link proves nothing, because anybody can write one.
inline returns<std::string> unverified_entry_link_uid(std::string_view query) {
  wxpusher_text* uid = nullptr;
  wxpusher_error* problem = nullptr;
  const std::int32_t status =
      wxpusher_unverified_entry_link_uid(detail::start_of(query), query.size(), &uid, &problem);
  if (status != WXPUSHER_OK) return detail::fail<std::string>(error(status, problem));
  const detail::owned<wxpusher_text, wxpusher_text_free> freed(uid);
  return detail::text(wxpusher_text_get, uid);
}

/// The version of the library that runs.
inline std::string_view version() noexcept { return wxpusher_version(); }

}  // namespace throwing or returning
}  // namespace wxpusher

#endif
