#ifndef TESTEE_HPP
#define TESTEE_HPP

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <wxpusher.hpp>

using json = nlohmann::json;

/// Makes the call; empty if the method is unknown.
std::optional<json> make_call(const std::string& verb, const json& args, const wxpusher::client& client);

json report(const wxpusher::outcome& outcome);
json report(const wxpusher::send_status& status);
json report(const wxpusher::qrcode& qrcode);
json report(const wxpusher::user& user);
json report(const wxpusher::user_page& page);
json report(const wxpusher::user_page_v1& page);
json report(const std::vector<wxpusher::pay_end_time>& items);
json report(const wxpusher::batch& batch);
json report(const wxpusher::callback& callback);
json report(const wxpusher::error& error);
json report(const std::optional<std::string>& uid);

#endif
