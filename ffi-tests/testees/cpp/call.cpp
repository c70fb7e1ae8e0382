// The methods, with the suite's arguments.
#include <chrono>
#include <functional>
#include <map>

#include "testee.hpp"

namespace {

using wxpusher::client;

std::string text(const json& args, const char* name) { return args.at(name).get<std::string>(); }

std::int64_t integer(const json& args, const char* name) { return std::stoll(text(args, name)); }

template <class T>
std::optional<T> maybe(const json& args, const char* name) {
  return args.contains(name) ? std::optional<T>(args[name].get<T>()) : std::nullopt;
}

wxpusher::content_type content_type(const json& args) {
  const std::string name = args.value("content_type", "text");
  if (name == "html") return wxpusher::content_type::html;
  return name == "markdown" ? wxpusher::content_type::markdown : wxpusher::content_type::text;
}

/// A message without recipients.
wxpusher::message text_of_message(const json& args) {
  wxpusher::message message(content_type(args), text(args, "content"));
  if (args.contains("summary")) message.summary(text(args, "summary"));
  if (args.contains("url")) message.url(text(args, "url"));
  if (const auto type = maybe<int>(args, "verify_pay_type")) {
    message.verify_pay_type(static_cast<wxpusher::verify_pay_type>(*type));
  }
  if (const auto pay = maybe<bool>(args, "verify_pay")) message.verify_pay(*pay);
  return message;
}

wxpusher::message to_message(const json& args) {
  wxpusher::message message = text_of_message(args);
  if (const auto uids = maybe<std::vector<std::string>>(args, "uids")) message.uids(*uids);
  for (const json& id : args.value("topic_ids", json::array())) message.topic(std::stoll(id.get<std::string>()));
  if (args.contains("uid")) message.uid(text(args, "uid"));
  if (args.contains("topic_id")) message.topic(integer(args, "topic_id"));
  return message;
}

wxpusher::user_query user_query(const json& args) {
  wxpusher::user_query query;
  query.page = args.value("page", 1u);
  query.page_size = args.at("page_size").get<std::uint32_t>();
  query.uid = maybe<std::string>(args, "uid");
  query.is_blocked = maybe<bool>(args, "is_blocked");
  if (const auto type = maybe<int>(args, "type")) query.follow_type = static_cast<wxpusher::follow_type>(*type);
  return query;
}

json send(const json& args, const client& client) {
  const wxpusher::outcome outcome = client.send(to_message(args));
  if (args.value("ensure_all", false)) outcome.ensure_all();
  return report(outcome);
}

json simple_push(const json& args, const client& client) {
  wxpusher::simple_push push(content_type(args), text(args, "content"));
  if (args.contains("summary")) push.summary(text(args, "summary"));
  if (args.contains("url")) push.url(text(args, "url"));
  for (const json& spt : args.at("spts")) push.spt(spt.get<std::string>());
  return report(client.simple_push(push));
}

json create_qrcode(const json& args, const client& client) {
  std::optional<std::chrono::seconds> valid_time;
  if (const auto seconds = maybe<long>(args, "valid_time")) valid_time = std::chrono::seconds(*seconds);
  return report(client.create_qrcode(text(args, "extra"), valid_time));
}

json wait_for_scan(const json& args, const client& client) {
  const std::chrono::milliseconds timeout(args.at("timeout_ms").get<long>());
  if (!args.contains("as_qrcode")) return report(client.wait_for_scan(text(args, "code"), timeout));
  wxpusher::qrcode qrcode;
  qrcode.code = text(args, "code");
  qrcode.expires = 1000;
  return report(client.wait_for_scan(qrcode, timeout));
}

json users(const json& args, const client& client) {
  json rows = json::array();
  for (const wxpusher::user& user : client.users(user_query(args))) rows.push_back(report(user));
  return {{"users", rows}};
}

json list_users_v1(const json& args, const client& client) {
  const std::optional<std::string> uid = maybe<std::string>(args, "uid");
  const auto page = args.at("page").get<std::uint32_t>(), page_size = args.at("page_size").get<std::uint32_t>();
  return report(client.list_users_v1(page, page_size, uid ? std::optional<std::string_view>(*uid) : std::nullopt));
}

json broadcast(const json& args, const client& client) {
  const auto uids = args.at("uids").get<std::vector<std::string>>();
  json batches = json::array();
  for (const wxpusher::batch& batch : client.broadcast(text_of_message(args), uids)) batches.push_back(report(batch));
  return {{"batches", batches}};
}

std::string from_base64(const std::string& base64) {
  static const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0, have = 0;
  for (const char letter : base64.substr(0, base64.find('='))) {
    bits = bits << 6 | static_cast<unsigned>(letters.find(letter));
    have += 6;
    if (have >= 8) {
      have -= 8;
      bytes.push_back(static_cast<char>(bits >> have & 0xff));
    }
  }
  return bytes;
}

json parse_callback(const json& args, const client&) {
  const bool is_base64 = args.contains("body_base64");
  return report(wxpusher::parse_callback(is_base64 ? from_base64(text(args, "body_base64")) : text(args, "body")));
}

json verify_entry_link(const json& args, const client&) {
  wxpusher::entry_link_verifier verifier(text(args, "key"));
  verifier.set_now_ms(integer(args, "now_ms"));
  for (int left = args.value("repeat", 1); left > 1; --left) {
    try {
      verifier.verify(text(args, "query"));
    } catch (const wxpusher::error&) {
      // Only the last result counts.
    }
  }
  return {{"uid", verifier.verify(text(args, "query"))}};
}

using verb = std::function<json(const json&, const client&)>;

const std::map<std::string, verb> verbs = {
    {"send", send},
    {"send_by_get", [](const json& a, const client& c) { return report(c.send_by_get(to_message(a))); }},
    {"simple_push", simple_push},
    {"simple_push_by_get",
     [](const json& a, const client& c) { return report(c.simple_push_by_get(text(a, "spt"), text(a, "content"))); }},
    {"query_status",
     [](const json& a, const client& c) { return report(c.query_status(integer(a, "send_record_id"))); }},
    {"query_message_status",
     [](const json& a, const client& c) { return report(c.query_message_status(integer(a, "message_id"))); }},
    {"delete_message",
     [](const json& a, const client& c) {
       c.delete_message(integer(a, "message_content_id"));
       return json::object();
     }},
    {"create_qrcode", create_qrcode},
    {"query_scan_uid", [](const json& a, const client& c) { return report(c.query_scan_uid(text(a, "code"))); }},
    {"wait_for_scan", wait_for_scan},
    {"list_users", [](const json& a, const client& c) { return report(c.list_users(user_query(a))); }},
    {"users", users},
    {"list_users_v1", list_users_v1},
    {"delete_user",
     [](const json& a, const client& c) {
       c.delete_user(integer(a, "id"));
       return json::object();
     }},
    {"block_user",
     [](const json& a, const client& c) {
       c.block_user(integer(a, "id"));
       return json::object();
     }},
    {"unblock_user",
     [](const json& a, const client& c) {
       c.unblock_user(integer(a, "id"));
       return json::object();
     }},
    {"query_pay_end_time",
     [](const json& a, const client& c) {
       return report(c.query_pay_end_time(text(a, "uid"), integer(a, "prod_id")));
     }},
    {"broadcast", broadcast},
    {"parse_callback", parse_callback},
    {"verify_entry_link", verify_entry_link},
};

}  // namespace

std::optional<json> make_call(const std::string& verb, const json& args, const client& client) {
  const auto found = verbs.find(verb);
  return found == verbs.end() ? std::nullopt : std::optional<json>(found->second(args, client));
}
