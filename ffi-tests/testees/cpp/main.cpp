// The C++ testee: reads a call per line, makes it through wxpusher.hpp and writes its result. It contains no expectations.
#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

#include "testee.hpp"

namespace {

std::int64_t to_integer(const json& value) { return std::stoll(value.get<std::string>()); }

wxpusher::client make_client(const json& options) {
  using std::chrono::milliseconds;
  wxpusher::config config;
  for (const auto& [name, value] : options.items()) {
    if (name == "app_token") {
      config.app_token(value.get<std::string>());
    } else if (name == "base_url") {
      config.base_url(value.get<std::string>());
    } else if (name == "timeout_ms") {
      config.timeout(milliseconds(value.get<long>()));
    } else if (name == "connect_timeout_ms") {
      config.connect_timeout(milliseconds(value.get<long>()));
    } else if (name == "max_retries") {
      config.max_retries(value.get<std::uint32_t>());
    } else if (name == "base_delay_ms") {
      config.base_delay(milliseconds(value.get<long>()));
    } else if (name == "max_delay_ms") {
      config.max_delay(milliseconds(value.get<long>()));
    } else if (name == "rate_limit_calls") {
      config.rate_limit_calls(value.get<std::uint32_t>());
    } else if (name == "rate_limit_window_ms") {
      config.rate_limit_window(milliseconds(value.get<long>()));
    } else if (name == "rate_limit_sends") {
      config.rate_limit_sends(value.get<bool>());
    } else if (name == "limits") {
      config.limits(value == "2022" ? wxpusher::limits::year_2022 : wxpusher::limits::current);
    } else if (name == "allow_plain_http") {
      config.allow_plain_http(value.get<bool>());
    } else if (name == "user_agent") {
      config.user_agent(value.get<std::string>());
    } else if (name == "scan_interval_ms") {
      config.scan_interval(milliseconds(value.get<long>()));
    } else if (name == "default_uids") {
      config.default_uids(value.get<std::vector<std::string>>());
    } else if (name == "default_spts") {
      config.default_spts(value.get<std::vector<std::string>>());
    } else if (name == "default_topic_ids") {
      std::vector<std::int64_t> ids;
      for (const json& id : value) ids.push_back(to_integer(id));
      config.default_topic_ids(ids);
    } else {
      throw std::invalid_argument("no client option " + name);
    }
  }
  return wxpusher::client(config);
}

json error_line(const json& id, const wxpusher::error& error) {
  std::cerr << error.kind_name() << ": " << error.what() << '\n';
  return {{"id", id}, {"err", report(error)}};
}

json answer(const json& line, const wxpusher::client& client) {
  std::thread canceller;
  if (line.contains("cancel_after_ms")) {
    canceller = std::thread([&client, ms = std::chrono::milliseconds(line["cancel_after_ms"].get<long>())] {
      std::this_thread::sleep_for(ms);
      client.cancel();
    });
  }
  json answer{{"id", line["id"]}};
  const std::string verb = line["call"];
  try {
    if (std::optional<json> ok = make_call(verb, line["args"], client)) {
      answer["ok"] = std::move(*ok);
    } else {
      answer["unsupported"] = verb;
    }
  } catch (const wxpusher::error& error) {
    answer = error_line(line["id"], error);
  }
  if (canceller.joinable()) canceller.join();
  return answer;
}

}  // namespace

int main() {
  std::unique_ptr<wxpusher::client> client;
  std::optional<wxpusher::error> no_client;
  for (std::string text; std::getline(std::cin, text);) {
    const json line = json::parse(text);
    if (line.contains("client")) {
      client.reset();
      no_client.reset();
      try {
        client = std::make_unique<wxpusher::client>(make_client(line["client"]));
      } catch (const wxpusher::error& error) {
        no_client = error;
      }
    }
    std::cout << (client ? answer(line, *client) : error_line(line["id"], *no_client)) << std::endl;
  }
}
