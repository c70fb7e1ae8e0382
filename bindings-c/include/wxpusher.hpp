/*
 * WxPusher for C++17, header only, on top of wxpusher.h.
 *
 *   wxpusher::client client = wxpusher::client::from_env();
 *   wxpusher::outcome outcome = client.send(wxpusher::message::markdown("**磁盘已满**").uid("UID_xxx"));
 *   for (const wxpusher::target& target : outcome.failed()) { ... }
 *
 * A call that fails throws wxpusher::error. Its try_... form returns wxpusher::result<T>, which holds a T or an error, and converts
 * to std::expected in C++23. Without exceptions (-fno-exceptions) the plain form returns wxpusher::result<T>, too; the failure of a
 * setter of wxpusher::config is then reported by the call that uses the settings.
 *
 * Texts are UTF-8. Durations are std::chrono, times are milliseconds since the epoch.
 * Any number of threads can use a client or a verifier at the same time; everything else: one thread at a time.
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

/// The kinds of error; the numbers are those of wxpusher.h.
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

/// Whether the request reached the server. Check it before you send again.
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

inline std::string text(const char* start, std::size_t length) {
  return start == nullptr ? std::string() : std::string(start, length);
}

inline std::optional<std::string> maybe_text(const char* start, std::size_t length) {
  return start == nullptr ? std::nullopt : std::optional<std::string>(std::in_place, start, length);
}

inline std::optional<std::string> maybe_text(const char* start) {
  return start == nullptr ? std::nullopt : std::optional<std::string>(start);
}

inline std::optional<std::string> to_maybe_text(wxpusher_text* result) {
  const owned<wxpusher_text, wxpusher_text_free> it(result);
  return it == nullptr ? std::nullopt : maybe_text(it->text, it->len);
}

inline std::string to_text(wxpusher_text* result) {
  const owned<wxpusher_text, wxpusher_text_free> it(result);
  return text(it->text, it->len);
}

inline std::vector<std::string> to_texts(wxpusher_texts* result) {
  const owned<wxpusher_texts, wxpusher_texts_free> it(result);
  std::vector<std::string> texts;
  for (std::size_t index = 0; index < it->len; ++index) texts.emplace_back(it->texts[index], it->lens[index]);
  return texts;
}

/// An id; 0 is none.
inline std::optional<std::int64_t> maybe_id(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional<std::int64_t>(id);
}

/// An empty string_view can have a null start, which means an absent text in C.
inline const char* start_of(std::string_view text) noexcept { return text.data() == nullptr ? "" : text.data(); }

inline std::uint64_t count(std::chrono::milliseconds time) noexcept {
  return time.count() < 0 ? 0 : static_cast<std::uint64_t>(time.count());
}

/// An array of texts for C.
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

/// The reason why a call failed. Its texts contain no token and no SPT, except msg().
class [[nodiscard]] error : public std::exception {
 public:
  /// Takes over the error that a function of wxpusher.h made.
  error(std::int32_t number, wxpusher_error* details)
      : number_(number), details_(details, [](wxpusher_error* it) { wxpusher_error_free(it); }) {}
  /// Shares an error that belongs to something else.
  error(std::int32_t number, std::shared_ptr<const wxpusher_error> details) noexcept
      : number_(number), details_(std::move(details)) {}

  /// The error as one sentence.
  const char* what() const noexcept override {
    return details_ == nullptr ? wxpusher_error_kind_name(number_) : details_->text;
  }
  error_kind kind() const noexcept { return static_cast<error_kind>(number_); }
  std::int32_t number() const noexcept { return number_; }
  /// For example "invalid_argument".
  std::string_view kind_name() const noexcept { return wxpusher_error_kind_name(number_); }
  wxpusher::sent sent() const noexcept {
    return details_ == nullptr ? wxpusher::sent::maybe : static_cast<wxpusher::sent>(details_->sent);
  }
  /// Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
  bool retry_is_safe() const noexcept { return details_ != nullptr && details_->retry_is_safe; }
  /// Whether the server refused the call because of its rate limit (HTTP status 429).
  bool is_rate_limited() const noexcept { return details_ != nullptr && details_->is_rate_limited; }
  /// The name of the argument that was refused.
  std::optional<std::string> field() const { return detail::maybe_text(or_none().field); }
  /// What is wrong, and what is allowed.
  std::optional<std::string> reason() const { return detail::maybe_text(or_none().reason, or_none().reason_len); }
  /// What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive".
  std::optional<std::string> phase() const { return detail::maybe_text(or_none().phase); }
  std::optional<std::int32_t> http_status() const noexcept {
    const std::int32_t status = or_none().http_status;
    return status == 0 ? std::nullopt : std::optional<std::int32_t>(status);
  }
  /// The server's code.
  std::optional<std::int64_t> code() const noexcept {
    return or_none().has_code ? std::optional<std::int64_t>(or_none().code) : std::nullopt;
  }
  /// The server's text, or the first 500 characters of the body of an HTTP error. It may quote a token: show what() instead.
  std::optional<std::string> msg() const { return detail::maybe_text(or_none().msg, or_none().msg_len); }
  /// The result for each recipient, if none was accepted.
  inline std::optional<wxpusher::outcome> outcome() const;

 private:
  const wxpusher_error& or_none() const noexcept {
    static const wxpusher_error none{};
    return details_ == nullptr ? none : *details_;
  }

  std::int32_t number_;
  std::shared_ptr<const wxpusher_error> details_;
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

/// Throws the error of a result; without exceptions, returns the result.
template <class T>
returns<T> returned(result<T> result) {
#if WXPUSHER_THROWS
  if (!result.ok()) throw result.error();
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
#else
  return result;
#endif
}

inline result<void> done(std::int32_t status, wxpusher_error* problem) {
  if (status != WXPUSHER_OK) return error(status, problem);
  return {};
}

/// Calls a function that makes an H, and converts it to a T.
template <class T, class H, class Take, class Function>
result<T> make(Take take, Function function) {
  H* handle = nullptr;
  wxpusher_error* problem = nullptr;
  const std::int32_t status = function(&handle, &problem);
  if (status != WXPUSHER_OK) return error(status, problem);
  return take(handle);
}

/// Remembers the first setter that failed, if exceptions are switched off.
class builder {
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

/// The result for one recipient.
struct target {
  std::optional<std::string> uid;
  std::optional<std::int64_t> topic_id;
  /// Deprecated by WxPusher: the id that client::query_message_status takes.
  std::optional<std::int64_t> message_id;
  /// The id that client::query_status takes.
  std::optional<std::int64_t> send_record_id;
  /// 1000 if the send was accepted, or else the server's code; 0 if the response does not mention this recipient.
  std::int64_t code = 0;
  std::string status;

  bool is_ok() const noexcept { return code == 1000; }
};

/// The result of a send. Some recipients may not have been accepted: check failed(), or call ensure_all().
class [[nodiscard]] outcome {
 public:
  explicit outcome(std::shared_ptr<const wxpusher_outcome> result) : result_(std::move(result)) {
    targets_.reserve(result_->targets_len);
    for (std::size_t index = 0; index < result_->targets_len; ++index) {
      const wxpusher_target& row = *result_->targets[index];
      targets_.push_back({detail::maybe_text(row.uid, row.uid_len), detail::maybe_id(row.topic_id),
                          detail::maybe_id(row.message_id), detail::maybe_id(row.send_record_id), row.code,
                          detail::text(row.status, row.status_len)});
    }
  }

  /// The id that client::delete_message takes.
  std::optional<std::int64_t> message_content_id() const noexcept {
    return detail::maybe_id(result_->message_content_id);
  }
  /// First the UIDs, then the topics, in the order of the message, without duplicates.
  const std::vector<target>& targets() const noexcept { return targets_; }
  std::vector<target> succeeded() const { return those(true); }
  std::vector<target> failed() const { return those(false); }
  bool all_ok() const noexcept { return result_->failed == 0; }
  /// Makes a result in which a recipient was not accepted an error.
  returns<void> ensure_all() const { return detail::returned(try_ensure_all()); }
  result<void> try_ensure_all() const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_outcome_ensure_all(result_.get(), &problem);
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

  std::shared_ptr<const wxpusher_outcome> result_;
  std::vector<target> targets_;
};

inline std::optional<outcome> error::outcome() const {
  if (or_none().outcome == nullptr) return std::nullopt;
  return wxpusher::outcome(std::shared_ptr<const wxpusher_outcome>(details_, details_->outcome));
}

/// The settings of a client. Every setting has a default; see wxpusher.h for each.
class config : public detail::builder {
 public:
  config() : handle_(wxpusher_config_new()) {}
  static returns<config> from_env() { return detail::returned(try_from_env()); }
  static result<config> try_from_env() {
    return detail::make<config, wxpusher_config>([](wxpusher_config* it) { return config(it); }, wxpusher_config_from_env);
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

/// A message to users and topics. It can be sent any number of times.
class message {
 public:
  message(wxpusher::content_type type, std::string_view content) : type_(type), content_(content) {}
  static message text(std::string_view content) { return message(content_type::text, content); }
  static message html(std::string_view content) { return message(content_type::html, content); }
  static message markdown(std::string_view content) { return message(content_type::markdown, content); }

  message& summary(std::string_view text) & {
    summary_ = text;
    return *this;
  }
  message&& summary(std::string_view text) && { return std::move(summary(text)); }
  message& url(std::string_view text) & {
    url_ = text;
    return *this;
  }
  message&& url(std::string_view text) && { return std::move(url(text)); }
  message& uid(std::string_view uid) & {
    uids_.emplace_back(uid);
    return *this;
  }
  message&& uid(std::string_view uid) && { return std::move(this->uid(uid)); }
  /// Any range of what converts to std::string_view.
  template <class Range>
  message& uids(const Range& uids) & {
    for (const auto& uid : uids) uids_.emplace_back(std::string_view(uid));
    return *this;
  }
  template <class Range>
  message&& uids(const Range& uids) && {
    return std::move(this->uids(uids));
  }
  message& uids(std::initializer_list<std::string_view> uids) & {
    uids_.insert(uids_.end(), uids.begin(), uids.end());
    return *this;
  }
  message&& uids(std::initializer_list<std::string_view> uids) && { return std::move(this->uids(uids)); }
  message& topic(std::int64_t id) & {
    topic_ids_.push_back(id);
    return *this;
  }
  message&& topic(std::int64_t id) && { return std::move(topic(id)); }
  message& verify_pay_type(wxpusher::verify_pay_type type) & {
    verify_pay_type_ = static_cast<std::int32_t>(type);
    return *this;
  }
  message&& verify_pay_type(wxpusher::verify_pay_type type) && { return std::move(verify_pay_type(type)); }
  /// The form of 2022; refused together with verify_pay_type.
  message& verify_pay(bool verify) & {
    verify_pay_ = verify ? 1 : 0;
    return *this;
  }
  message&& verify_pay(bool verify) && { return std::move(verify_pay(verify)); }

  /// Calls a function with the message for wxpusher.h.
  template <class Function>
  auto with_request(Function function) const {
    const detail::text_array uids = detail::texts(uids_);
    wxpusher_message request = WXPUSHER_MESSAGE_INIT;
    request.content = content_.c_str();
    request.content_len = content_.size();
    if (summary_) request.summary = summary_->c_str(), request.summary_len = summary_->size();
    if (url_) request.url = url_->c_str(), request.url_len = url_->size();
    request.uids = uids.starts();
    request.uid_lens = uids.lengths();
    request.uids_len = uids.size();
    request.topic_ids = topic_ids_.data();
    request.topic_ids_len = topic_ids_.size();
    request.content_type = static_cast<std::int32_t>(type_);
    request.verify_pay_type = verify_pay_type_;
    request.verify_pay = verify_pay_;
    return function(&request);
  }

 private:
  wxpusher::content_type type_;
  std::string content_;
  std::optional<std::string> summary_;
  std::optional<std::string> url_;
  std::vector<std::string> uids_;
  std::vector<std::int64_t> topic_ids_;
  std::int32_t verify_pay_type_ = -1;
  std::int32_t verify_pay_ = -1;
};

/// A message to users who are known by their simple push tokens (SPTs). It needs no app.
class simple_push {
 public:
  simple_push(wxpusher::content_type type, std::string_view content) : type_(type), content_(content) {}
  static simple_push text(std::string_view content) { return simple_push(content_type::text, content); }
  static simple_push html(std::string_view content) { return simple_push(content_type::html, content); }
  static simple_push markdown(std::string_view content) { return simple_push(content_type::markdown, content); }

  simple_push& summary(std::string_view text) & {
    summary_ = text;
    return *this;
  }
  simple_push&& summary(std::string_view text) && { return std::move(summary(text)); }
  simple_push& url(std::string_view text) & {
    url_ = text;
    return *this;
  }
  simple_push&& url(std::string_view text) && { return std::move(url(text)); }
  simple_push& spt(std::string_view spt) & {
    spts_.emplace_back(spt);
    return *this;
  }
  simple_push&& spt(std::string_view spt) && { return std::move(this->spt(spt)); }

  /// Calls a function with the simple push for wxpusher.h.
  template <class Function>
  auto with_request(Function function) const {
    const detail::text_array spts = detail::texts(spts_);
    wxpusher_simple_push request = WXPUSHER_SIMPLE_PUSH_INIT;
    request.content = content_.c_str();
    request.content_len = content_.size();
    if (summary_) request.summary = summary_->c_str(), request.summary_len = summary_->size();
    if (url_) request.url = url_->c_str(), request.url_len = url_->size();
    request.spts = spts.starts();
    request.spt_lens = spts.lengths();
    request.spts_len = spts.size();
    request.content_type = static_cast<std::int32_t>(type_);
    return function(&request);
  }

 private:
  wxpusher::content_type type_;
  std::string content_;
  std::optional<std::string> summary_;
  std::optional<std::string> url_;
  std::vector<std::string> spts_;
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

/// Which subscribers to list: all by default.
struct user_query {
  std::uint32_t page = 1;
  std::uint32_t page_size = 100;
  std::optional<std::string> uid = std::nullopt;
  std::optional<bool> is_blocked = std::nullopt;
  std::optional<wxpusher::follow_type> follow_type = std::nullopt;
};

/// One subscription of one user.
struct user {
  std::string uid;
  /// The id that client::delete_user, client::block_user and client::unblock_user take. Not the UID.
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

inline user to_user(const wxpusher_user& it) {
  return {text(it.uid, it.uid_len),
          it.id,
          maybe_id(it.app_or_topic_id),
          maybe_text(it.head_img, it.head_img_len),
          it.create_time,
          maybe_text(it.nick_name, it.nick_name_len),
          it.is_blocked,
          it.follow_type,
          maybe_text(it.target, it.target_len),
          it.pay_end_time};
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

/// The subscribers of all pages: a range of `user`, or next() by hand. Without exceptions, a range of `result<user>` that ends with
/// the first error.
class [[nodiscard]] users {
 public:
  using item = returns<user>;

  explicit users(wxpusher_users* handle) : handle_(handle) {}

  /// The next user; empty after the last. After an error the next call requests the same page again.
  returns<std::optional<user>> next() { return detail::returned(try_next()); }
  result<std::optional<user>> try_next() {
    const wxpusher_user* user = nullptr;
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_users_next(handle_.get(), &user, &problem);
    if (status != WXPUSHER_OK) return error(status, problem);
    return user == nullptr ? std::optional<wxpusher::user>() : std::optional<wxpusher::user>(detail::to_user(*user));
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

/// The result of one batch of a broadcast.
class [[nodiscard]] batch {
 public:
  explicit batch(wxpusher_batch* result) : result_(result, [](wxpusher_batch* it) { wxpusher_batch_free(it); }) {}

  /// From 1.
  std::uint64_t number() const noexcept { return result_->number; }
  std::vector<std::string> uids() const {
    std::vector<std::string> uids;
    uids.reserve(result_->uids_len);
    for (std::size_t index = 0; index < result_->uids_len; ++index) {
      uids.emplace_back(result_->uids[index], result_->uid_lens[index]);
    }
    return uids;
  }
  /// The number of UIDs taken from the stream so far, this batch included. To resume later, skip as many.
  std::uint64_t done() const noexcept { return result_->done; }
  /// The number of duplicate UIDs that were dropped while this batch was filled.
  std::uint64_t duplicates() const noexcept { return result_->duplicates; }
  /// The result of the send; empty if it failed.
  std::optional<wxpusher::outcome> outcome() const {
    if (result_->outcome == nullptr) return std::nullopt;
    return wxpusher::outcome(std::shared_ptr<const wxpusher_outcome>(result_, result_->outcome));
  }
  /// The error of the send; empty if there is none. A batch that fails does not end the broadcast.
  std::optional<wxpusher::error> error() const {
    if (result_->error == nullptr) return std::nullopt;
    return wxpusher::error(result_->error->number, std::shared_ptr<const wxpusher_error>(result_, result_->error));
  }

 private:
  std::shared_ptr<const wxpusher_batch> result_;
};

/// A message to any number of users: a range of `batch`. Each step sends at most 2000 UIDs, within the rate limit. To stop, stop
/// iterating. Without exceptions, a range of `result<batch>`.
template <class Iterator, class End>
class [[nodiscard]] broadcast {
 public:
  using item = returns<batch>;

  broadcast(wxpusher_broadcast* handle, Iterator from, End to)
      : handle_(handle), from_(std::move(from)), to_(std::move(to)) {}

  /// Sends the next batch; empty after the last.
  returns<std::optional<batch>> next() { return detail::returned(try_next()); }
  result<std::optional<batch>> try_next() {
    using optional_batch = std::optional<batch>;
    for (;;) {
      wxpusher_batch* taken = nullptr;
      wxpusher_error* problem = nullptr;
      std::int32_t status = wxpusher_broadcast_next(handle_.get(), &taken, &problem);
      if (status == WXPUSHER_OK && taken != nullptr) return optional_batch(batch(taken));
      if (status == WXPUSHER_OK && is_finished_) return optional_batch();
      if (status == WXPUSHER_OK) status = feed(&problem);
      if (status != WXPUSHER_OK) return wxpusher::error(status, problem);
    }
  }
  detail::input_iterator<broadcast> begin() { return detail::input_iterator<broadcast>(this); }
  detail::input_iterator<broadcast> end() { return {}; }

 private:
  friend class detail::input_iterator<broadcast>;

  std::int32_t feed(wxpusher_error** problem) {
    constexpr std::size_t at_once = 256;
    // A text that the iterator makes may live only until the iterator moves.
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

/// A client of WxPusher. Any number of threads can use it at the same time.
class client {
 public:
#if WXPUSHER_THROWS
  explicit client(std::string_view app_token) : client(create(app_token)) {}
  explicit client(const config& settings) : client(create(settings)) {}
#endif
  /// For an app, with the default settings.
  static returns<client> create(std::string_view app_token) { return detail::returned(try_create(app_token)); }
  static result<client> try_create(std::string_view app_token) {
    return detail::make<client, wxpusher_client>(owned, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_new(detail::start_of(app_token), app_token.size(), result, error);
    });
  }
  static returns<client> create(const config& settings) { return detail::returned(try_create(settings)); }
  static result<client> try_create(const config& settings) {
    if (settings.problem()) return *settings.problem();
    return detail::make<client, wxpusher_client>(owned, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_with_config(settings.get(), result, error);
    });
  }
  /// With WXPUSHER_APP_TOKEN and the other environment variables that wxpusher.h names.
  static returns<client> from_env() { return detail::returned(try_from_env()); }
  static result<client> try_from_env() {
    return detail::make<client, wxpusher_client>(owned, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_from_env(result, error);
    });
  }

  /// Cancels all calls of this client within 200 ms, for ever. Any thread, and also a signal handler.
  void cancel() const noexcept { wxpusher_client_cancel(handle_.get()); }
  bool is_cancelled() const noexcept { return wxpusher_client_is_cancelled(handle_.get()); }
  /// A client that uses the same connections and can be cancelled separately; cancelling this one cancels both.
  returns<client> scoped() const { return detail::returned(try_scoped()); }
  result<client> try_scoped() const {
    return detail::make<client, wxpusher_client>(owned, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_scoped(get(), result, error);
    });
  }

  returns<outcome> send(const message& message) const { return detail::returned(try_send(message)); }
  result<outcome> try_send(const message& message) const {
    return message.with_request([&](const wxpusher_message* request) {
      return detail::make<outcome, wxpusher_outcome>(to_outcome, [&](auto** result, wxpusher_error** error) {
        return wxpusher_client_send(get(), request, result, error);
      });
    });
  }
  /// Plain text to one recipient. Puts the token into the URL: prefer send.
  returns<outcome> send_by_get(const message& message) const { return detail::returned(try_send_by_get(message)); }
  result<outcome> try_send_by_get(const message& message) const {
    return message.with_request([&](const wxpusher_message* request) {
      return detail::make<outcome, wxpusher_outcome>(to_outcome, [&](auto** result, wxpusher_error** error) {
        return wxpusher_client_send_by_get(get(), request, result, error);
      });
    });
  }
  returns<outcome> simple_push(const wxpusher::simple_push& push) const { return detail::returned(try_simple_push(push)); }
  result<outcome> try_simple_push(const wxpusher::simple_push& push) const {
    return push.with_request([&](const wxpusher_simple_push* request) {
      return detail::make<outcome, wxpusher_outcome>(to_outcome, [&](auto** result, wxpusher_error** error) {
        return wxpusher_client_simple_push(get(), request, result, error);
      });
    });
  }
  returns<outcome> simple_push_by_get(std::string_view spt, std::string_view content) const { return detail::returned(try_simple_push_by_get(spt, content)); }
  result<outcome> try_simple_push_by_get(std::string_view spt, std::string_view content) const {
    return detail::make<outcome, wxpusher_outcome>(to_outcome, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_simple_push_by_get(get(), detail::start_of(spt), spt.size(), detail::start_of(content),
                                                content.size(), result, error);
    });
  }

  returns<send_status> query_status(std::int64_t send_record_id) const { return detail::returned(try_query_status(send_record_id)); }
  result<send_status> try_query_status(std::int64_t send_record_id) const {
    return detail::make<send_status, wxpusher_status>(to_status, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_query_status(get(), send_record_id, result, error);
    });
  }
  returns<send_status> query_message_status(std::int64_t message_id) const { return detail::returned(try_query_message_status(message_id)); }
  result<send_status> try_query_message_status(std::int64_t message_id) const {
    return detail::make<send_status, wxpusher_status>(to_status, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_query_message_status(get(), message_id, result, error);
    });
  }
  returns<void> delete_message(std::int64_t message_content_id) const { return detail::returned(try_delete_message(message_content_id)); }
  result<void> try_delete_message(std::int64_t message_content_id) const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_client_delete_message(get(), message_content_id, &problem);
    return detail::done(status, problem);
  }

  /// Valid for `valid_time`, 30 minutes by default.
  returns<qrcode> create_qrcode(std::string_view extra, std::optional<std::chrono::seconds> valid_time = std::nullopt) const { return detail::returned(try_create_qrcode(extra, valid_time)); }
  result<qrcode> try_create_qrcode(std::string_view extra, std::optional<std::chrono::seconds> valid_time = std::nullopt) const {
    const std::uint32_t seconds = valid_time && valid_time->count() > 0
                                      ? static_cast<std::uint32_t>(std::min<std::chrono::seconds::rep>(
                                            valid_time->count(), std::chrono::seconds::rep(UINT32_MAX)))
                                      : 0;
    const std::uint32_t* validity = valid_time ? &seconds : nullptr;
    return detail::make<qrcode, wxpusher_qrcode>(to_qrcode, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_create_qrcode(get(), detail::start_of(extra), extra.size(), validity, result, error);
    });
  }
  /// The UID of the user who scanned the code last; empty if it was not scanned yet.
  returns<std::optional<std::string>> query_scan_uid(std::string_view code) const { return detail::returned(try_query_scan_uid(code)); }
  result<std::optional<std::string>> try_query_scan_uid(std::string_view code) const {
    return detail::make<std::optional<std::string>, wxpusher_text>(detail::to_maybe_text, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_query_scan_uid(get(), detail::start_of(code), code.size(), result, error);
    });
  }
  /// Polls every 10 s until the code is scanned; empty after the timeout.
  [[nodiscard]] returns<std::optional<std::string>> wait_for_scan(std::string_view code, std::chrono::milliseconds timeout) const { return detail::returned(try_wait_for_scan(code, timeout)); }
  result<std::optional<std::string>> try_wait_for_scan(std::string_view code, std::chrono::milliseconds timeout) const {
    return detail::make<std::optional<std::string>, wxpusher_text>(detail::to_maybe_text, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_wait_for_scan(get(), detail::start_of(code), code.size(), detail::count(timeout), result,
                                           error);
    });
  }
  [[nodiscard]] returns<std::optional<std::string>> wait_for_scan(const qrcode& qrcode, std::chrono::milliseconds timeout) const { return detail::returned(try_wait_for_scan(qrcode, timeout)); }
  result<std::optional<std::string>> try_wait_for_scan(const qrcode& qrcode, std::chrono::milliseconds timeout) const {
    return try_wait_for_scan(qrcode.code, timeout);
  }

  returns<user_page> list_users(const user_query& query = {}) const { return detail::returned(try_list_users(query)); }
  result<user_page> try_list_users(const user_query& query = {}) const {
    const wxpusher_user_query request = to_request(query);
    return detail::make<user_page, wxpusher_user_page>(to_page, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_list_users(get(), &request, result, error);
    });
  }
  /// The subscribers of all pages, as a range.
  [[nodiscard]] returns<wxpusher::users> users(const user_query& query = {}) const { return detail::returned(try_users(query)); }
  result<wxpusher::users> try_users(const user_query& query = {}) const {
    const wxpusher_user_query request = to_request(query);
    return detail::make<wxpusher::users, wxpusher_users>([](wxpusher_users* it) { return wxpusher::users(it); }, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_users(get(), &request, result, error);
    });
  }
  /// Deprecated by WxPusher: use list_users.
  returns<user_page_v1> list_users_v1(std::uint32_t page, std::uint32_t page_size, std::optional<std::string_view> uid = std::nullopt) const { return detail::returned(try_list_users_v1(page, page_size, uid)); }
  result<user_page_v1> try_list_users_v1(std::uint32_t page, std::uint32_t page_size, std::optional<std::string_view> uid = std::nullopt) const {
    const char* start = uid ? detail::start_of(*uid) : nullptr;
    const std::size_t length = uid ? uid->size() : 0;
    return detail::make<user_page_v1, wxpusher_user_page_v1>(to_page_v1, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_list_users_v1(get(), page, page_size, start, length, result, error);
    });
  }
  /// By user::id, not by UID. The user can subscribe again.
  returns<void> delete_user(std::int64_t id) const { return detail::returned(try_delete_user(id)); }
  result<void> try_delete_user(std::int64_t id) const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_client_delete_user(get(), id, &problem);
    return detail::done(status, problem);
  }
  /// By user::id, not by UID.
  returns<void> block_user(std::int64_t id) const { return detail::returned(try_block_user(id)); }
  result<void> try_block_user(std::int64_t id) const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_client_block_user(get(), id, &problem);
    return detail::done(status, problem);
  }
  /// By user::id, not by UID.
  returns<void> unblock_user(std::int64_t id) const { return detail::returned(try_unblock_user(id)); }
  result<void> try_unblock_user(std::int64_t id) const {
    wxpusher_error* problem = nullptr;
    const std::int32_t status = wxpusher_client_unblock_user(get(), id, &problem);
    return detail::done(status, problem);
  }
  /// The paid-until time of a user for each resource of a product.
  returns<std::vector<pay_end_time>> query_pay_end_time(std::string_view uid, std::int64_t prod_id) const { return detail::returned(try_query_pay_end_time(uid, prod_id)); }
  result<std::vector<pay_end_time>> try_query_pay_end_time(std::string_view uid, std::int64_t prod_id) const {
    return detail::make<std::vector<pay_end_time>, wxpusher_pay_end_times>(to_pay_end_times, [&](auto** result, wxpusher_error** error) {
      return wxpusher_client_query_pay_end_time(get(), detail::start_of(uid), uid.size(), prod_id, result, error);
    });
  }

  /// A broadcast to the UIDs from `from` to `to`, which convert to std::string_view and are read batch by batch.
  template <class Iterator, class End>
  [[nodiscard]] returns<wxpusher::broadcast<Iterator, End>> broadcast(const message& message, Iterator from, End to) const {
    return detail::returned(try_broadcast(message, std::move(from), std::move(to)));
  }
  template <class Iterator, class End>
  result<wxpusher::broadcast<Iterator, End>> try_broadcast(const message& message, Iterator from, End to) const {
    using sending = wxpusher::broadcast<Iterator, End>;
    return message.with_request([&](const wxpusher_message* request) {
      return detail::make<sending, wxpusher_broadcast>(
          [&](wxpusher_broadcast* it) { return sending(it, std::move(from), std::move(to)); },
          [&](auto** result, wxpusher_error** error) { return wxpusher_client_broadcast(get(), request, result, error); });
    });
  }
  /// A broadcast to a range of UIDs, which must outlive it.
  template <class Range>
  [[nodiscard]] auto broadcast(const message& message, Range& uids) const {
    return broadcast(message, std::begin(uids), std::end(uids));
  }
  template <class Range>
  auto try_broadcast(const message& message, Range& uids) const {
    return try_broadcast(message, std::begin(uids), std::end(uids));
  }

  const wxpusher_client* get() const noexcept { return handle_.get(); }

 private:
  explicit client(wxpusher_client* handle) noexcept : handle_(handle) {}

  static client owned(wxpusher_client* handle) { return client(handle); }

  /// The query must outlive the request.
  static wxpusher_user_query to_request(const user_query& query) {
    wxpusher_user_query request = WXPUSHER_USER_QUERY_INIT;
    if (query.uid) request.uid = query.uid->c_str(), request.uid_len = query.uid->size();
    request.page = query.page;
    request.page_size = query.page_size;
    if (query.is_blocked) request.is_blocked = *query.is_blocked ? 1 : 0;
    if (query.follow_type) request.follow_type = static_cast<std::int32_t>(*query.follow_type);
    return request;
  }

  static outcome to_outcome(wxpusher_outcome* result) {
    return outcome(std::shared_ptr<const wxpusher_outcome>(
        result, [](wxpusher_outcome* it) { wxpusher_outcome_free(it); }));
  }
  static send_status to_status(wxpusher_status* result) {
    const detail::owned<wxpusher_status, wxpusher_status_free> it(result);
    return {it->has_code ? std::optional<std::int64_t>(it->code) : std::nullopt, detail::text(it->text, it->text_len)};
  }
  static qrcode to_qrcode(wxpusher_qrcode* result) {
    const detail::owned<wxpusher_qrcode, wxpusher_qrcode_free> it(result);
    return {detail::text(it->code, it->code_len), detail::text(it->url, it->url_len),
            detail::maybe_text(it->short_url, it->short_url_len), detail::maybe_text(it->extra, it->extra_len),
            it->expires};
  }
  static user_page to_page(wxpusher_user_page* result) {
    const detail::owned<wxpusher_user_page, wxpusher_user_page_free> it(result);
    user_page page{it->total, it->page, it->page_size, {}};
    for (std::size_t index = 0; index < it->users_len; ++index) page.users.push_back(detail::to_user(*it->users[index]));
    return page;
  }
  static user_page_v1 to_page_v1(wxpusher_user_page_v1* result) {
    const detail::owned<wxpusher_user_page_v1, wxpusher_user_page_v1_free> it(result);
    user_page_v1 page{it->total, it->page, it->page_size, {}};
    for (std::size_t index = 0; index < it->users_len; ++index) {
      const wxpusher_user_v1& user = *it->users[index];
      page.users.push_back({detail::text(user.uid, user.uid_len), user.create_time, user.enable,
                            detail::maybe_text(user.head_img, user.head_img_len),
                            detail::maybe_text(user.nick_name, user.nick_name_len)});
    }
    return page;
  }
  static std::vector<pay_end_time> to_pay_end_times(wxpusher_pay_end_times* result) {
    const detail::owned<wxpusher_pay_end_times, wxpusher_pay_end_times_free> it(result);
    std::vector<pay_end_time> items;
    for (std::size_t index = 0; index < it->items_len; ++index) {
      const wxpusher_pay_end_time& item = *it->items[index];
      items.push_back({item.resource_type, item.resource_id, item.pay_end_time});
    }
    return items;
  }

  detail::owned<wxpusher_client, wxpusher_client_free> handle_;
};

/// A user subscribed to the app. In this way an app learns a UID.
struct app_subscribe {
  std::int64_t app_id = 0;
  std::optional<std::string> app_key;
  std::optional<std::string> app_name;
  /// "scan", "link", "command", "order", or another word.
  std::string source;
  std::optional<std::string> user_name;
  std::optional<std::string> user_head_img;
  std::int64_t time = 0;
  std::string uid;
  std::optional<std::string> extra;
};

/// A user paid for a product, or got a refund.
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

/// A user sent a command to the app.
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

namespace detail {

inline callback to_callback(wxpusher_callback* result) {
  const owned<wxpusher_callback, wxpusher_callback_free> holder(result);
  if (const wxpusher_app_subscribe* it = result->app_subscribe) {
    return app_subscribe{it->app_id,
                         maybe_text(it->app_key, it->app_key_len),
                         maybe_text(it->app_name, it->app_name_len),
                         text(it->source, it->source_len),
                         maybe_text(it->user_name, it->user_name_len),
                         maybe_text(it->user_head_img, it->user_head_img_len),
                         it->time,
                         text(it->uid, it->uid_len),
                         maybe_text(it->extra, it->extra_len)};
  }
  if (const wxpusher_order_pay* it = result->order_pay) {
    return order_pay{it->add_time,   it->amount,
                     it->app_id,     it->create_time,
                     it->prod_id,    text(it->trade_no, it->trade_no_len),
                     it->order_type, text(it->uid, it->uid_len)};
  }
  if (const wxpusher_send_up_cmd* it = result->send_up_cmd) {
    return send_up_cmd{text(it->uid, it->uid_len),
                       it->app_id,
                       maybe_text(it->app_key, it->app_key_len),
                       maybe_text(it->app_name, it->app_name_len),
                       maybe_text(it->user_name, it->user_name_len),
                       maybe_text(it->user_head_img, it->user_head_img_len),
                       it->time,
                       text(it->content, it->content_len),
                       text(it->command, it->command_len)};
  }
  const wxpusher_unknown_callback* it = result->unknown;
  return unknown_callback{text(it->action, it->action_len), text(it->raw, it->raw_len)};
}

}  // namespace detail

/// Reads the body of a callback. Callbacks have no signature.
inline result<callback> try_parse_callback(std::string_view body) {
  return detail::make<callback, wxpusher_callback>(detail::to_callback, [&](auto** result, wxpusher_error** error) {
    return wxpusher_parse_callback(detail::start_of(body), body.size(), result, error);
  });
}
inline returns<callback> parse_callback(std::string_view body) { return detail::returned(try_parse_callback(body)); }

/// Verifies the links with which WxPusher leads users to a site. Keep it: it remembers the links that were used.
class entry_link_verifier {
 public:
#if WXPUSHER_THROWS
  explicit entry_link_verifier(std::string_view key) : entry_link_verifier(create(key)) {}
#endif
  static returns<entry_link_verifier> create(std::string_view key) { return detail::returned(try_create(key)); }
  static result<entry_link_verifier> try_create(std::string_view key) {
    return detail::make<entry_link_verifier, wxpusher_entry_link_verifier>(
        [](wxpusher_entry_link_verifier* it) { return entry_link_verifier(it); },
        [&](auto** result, wxpusher_error** error) {
          return wxpusher_entry_link_verifier_new(detail::start_of(key), key.size(), result, error);
        });
  }

  /// Stops its clock at this time. For tests.
  void set_now_ms(std::int64_t now_ms) { wxpusher_entry_link_verifier_set_now_ms(handle_.get(), now_ms, nullptr); }
  /// The UID of the user, by the query string of the link.
  returns<std::string> verify(std::string_view query) const { return detail::returned(try_verify(query)); }
  result<std::string> try_verify(std::string_view query) const {
    return detail::make<std::string, wxpusher_text>(detail::to_text, [&](auto** result, wxpusher_error** error) {
      return wxpusher_verify_entry_link(handle_.get(), detail::start_of(query), query.size(), result, error);
    });
  }

 private:
  explicit entry_link_verifier(wxpusher_entry_link_verifier* handle) noexcept : handle_(handle) {}

  detail::owned<wxpusher_entry_link_verifier, wxpusher_entry_link_verifier_free> handle_;
};

/// Splits a content that exceeds the limits into parts for one message each, at ends of paragraphs or lines; more than one part
/// begin with their numbers, "(1/3)". The limits are those of `settings`, or the current ones. HTML is refused.
inline result<std::vector<std::string>> try_split_content(std::string_view content, content_type type = content_type::text,
                                                          const config* settings = nullptr) {
  return detail::make<std::vector<std::string>, wxpusher_texts>(
      detail::to_texts, [&](auto** result, wxpusher_error** error) {
        return wxpusher_split_content(static_cast<std::int32_t>(type), detail::start_of(content), content.size(),
                                      settings == nullptr ? nullptr : settings->get(), result, error);
      });
}
inline returns<std::vector<std::string>> split_content(std::string_view content, content_type type = content_type::text,
                                                       const config* settings = nullptr) {
  return detail::returned(try_split_content(content, type, settings));
}

/// The link of the page on which a user subscribes to the app or topic with this id. With `jump`, a user who is logged in and
/// subscribed is led on to the entry page of the app.
inline result<std::string> try_follow_url(follow_type type, std::int64_t id, bool jump = false) {
  return detail::make<std::string, wxpusher_text>(detail::to_text, [&](auto** result, wxpusher_error** error) {
    return wxpusher_follow_url(static_cast<std::int32_t>(type), id, jump, result, error);
  });
}
inline returns<std::string> follow_url(follow_type type, std::int64_t id, bool jump = false) {
  return detail::returned(try_follow_url(type, id, jump));
}

/// The UID of a plain entry link, `?uid=UID_xxx`. Such a link proves nothing, because anybody can write one.
inline result<std::string> try_unverified_entry_link_uid(std::string_view query) {
  return detail::make<std::string, wxpusher_text>(detail::to_text, [&](auto** result, wxpusher_error** error) {
    return wxpusher_unverified_entry_link_uid(detail::start_of(query), query.size(), result, error);
  });
}
inline returns<std::string> unverified_entry_link_uid(std::string_view query) {
  return detail::returned(try_unverified_entry_link_uid(query));
}

/// The version of the library that is loaded.
inline std::string_view version() noexcept { return wxpusher_version(); }

}  // namespace throwing or returning
}  // namespace wxpusher

#endif
