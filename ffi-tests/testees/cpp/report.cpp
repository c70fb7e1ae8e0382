// Reports results in the words of the suite.
#include "testee.hpp"

namespace {

json text(const std::optional<std::string>& text) { return text ? json(*text) : json(); }

json number(std::int64_t number) { return std::to_string(number); }

json number(const std::optional<std::int64_t>& number) { return number ? json(std::to_string(*number)) : json(); }

struct callback_report {
  json operator()(const wxpusher::app_subscribe& it) const {
    return {{"action", "app_subscribe"},
            {"app_id", number(it.app_id)},
            {"app_key", text(it.app_key)},
            {"app_name", text(it.app_name)},
            {"source", it.source},
            {"user_name", text(it.user_name)},
            {"user_head_img", text(it.user_head_img)},
            {"time", number(it.time)},
            {"uid", it.uid},
            {"extra", text(it.extra)}};
  }
  json operator()(const wxpusher::order_pay& it) const {
    return {{"action", "order_pay"},
            {"add_time", number(it.add_time)},
            {"amount", number(it.amount)},
            {"app_id", number(it.app_id)},
            {"create_time", number(it.create_time)},
            {"prod_id", number(it.prod_id)},
            {"trade_no", it.trade_no},
            {"type", number(it.type)},
            {"uid", it.uid}};
  }
  json operator()(const wxpusher::send_up_cmd& it) const {
    return {{"action", "send_up_cmd"},
            {"uid", it.uid},
            {"app_id", number(it.app_id)},
            {"app_key", text(it.app_key)},
            {"app_name", text(it.app_name)},
            {"user_name", text(it.user_name)},
            {"user_head_img", text(it.user_head_img)},
            {"time", number(it.time)},
            {"content", it.content},
            {"command", it.command}};
  }
  json operator()(const wxpusher::unknown_callback& it) const {
    return {{"action", "unknown"}, {"name", it.action}, {"raw", it.raw}};
  }
};

}  // namespace

json report(const wxpusher::outcome& outcome) {
  json targets = json::array();
  for (const wxpusher::target& target : outcome.targets()) {
    targets.push_back({{"uid", text(target.uid)},
                       {"topic_id", number(target.topic_id)},
                       {"message_id", number(target.message_id)},
                       {"send_record_id", number(target.send_record_id)},
                       {"code", number(target.code)},
                       {"status", target.status}});
  }
  return {{"message_content_id", number(outcome.message_content_id())},
          {"targets", targets},
          {"succeeded", std::to_string(outcome.succeeded().size())},
          {"failed", std::to_string(outcome.failed().size())},
          {"all_ok", outcome.all_ok()}};
}

json report(const wxpusher::send_status& status) { return {{"code", number(status.code)}, {"text", status.text}}; }

json report(const wxpusher::qrcode& qrcode) {
  return {{"code", qrcode.code},
          {"url", qrcode.url},
          {"short_url", text(qrcode.short_url)},
          {"extra", text(qrcode.extra)},
          {"expires", number(qrcode.expires)}};
}

json report(const wxpusher::user& user) {
  return {{"uid", user.uid},
          {"id", number(user.id)},
          {"app_or_topic_id", number(user.app_or_topic_id)},
          {"head_img", text(user.head_img)},
          {"create_time", number(user.create_time)},
          {"nick_name", text(user.nick_name)},
          {"is_blocked", user.is_blocked},
          {"type", number(user.follow_type)},
          {"target", text(user.target)},
          {"pay_end_time", number(user.pay_end_time)}};
}

json report(const wxpusher::user_page& page) {
  json users = json::array();
  for (const wxpusher::user& user : page.users) users.push_back(report(user));
  return {{"total", number(page.total)}, {"page", page.page}, {"page_size", page.page_size}, {"users", users}};
}

json report(const wxpusher::user_page_v1& page) {
  json users = json::array();
  for (const wxpusher::user_v1& user : page.users) {
    users.push_back({{"uid", user.uid},
                     {"create_time", number(user.create_time)},
                     {"enable", user.enable},
                     {"head_img", text(user.head_img)},
                     {"nick_name", text(user.nick_name)}});
  }
  return {{"total", number(page.total)}, {"page", page.page}, {"page_size", page.page_size}, {"users", users}};
}

json report(const std::vector<wxpusher::pay_end_time>& items) {
  json rows = json::array();
  for (const wxpusher::pay_end_time& item : items) {
    rows.push_back({{"resource_type", number(item.resource_type)},
                    {"resource_id", number(item.resource_id)},
                    {"pay_end_time", number(item.until)}});
  }
  return {{"items", rows}};
}

json report(const wxpusher::batch& batch) {
  const std::optional<wxpusher::outcome> outcome = batch.outcome();
  const std::optional<wxpusher::error> error = batch.error();
  return {{"number", std::to_string(batch.number())},
          {"uids", batch.uids()},
          {"done", std::to_string(batch.done())},
          {"duplicates", std::to_string(batch.duplicates())},
          {"outcome", outcome ? report(*outcome) : json()},
          {"err", error ? report(*error) : json()}};
}

json report(const wxpusher::callback& callback) { return std::visit(callback_report(), callback); }

json report(const std::optional<std::string>& uid) { return {{"uid", text(uid)}}; }

json report(const wxpusher::error& error) {
  static const char* const sent[] = {"no", "maybe", "yes"};
  const std::optional<wxpusher::outcome> outcome = error.outcome();
  const std::optional<std::int32_t> status = error.http_status();
  return {{"kind", error.kind_name()},
          {"number", error.number()},
          {"sent", sent[static_cast<int>(error.sent())]},
          {"retry_is_safe", error.retry_is_safe()},
          {"is_rate_limited", error.is_rate_limited()},
          {"field", text(error.field())},
          {"reason", text(error.reason())},
          {"phase", text(error.phase())},
          {"status", status ? json(*status) : json()},
          {"code", number(error.code())},
          {"msg", text(error.msg())},
          {"outcome", outcome ? report(*outcome) : json()},
          {"text", error.what()}};
}
