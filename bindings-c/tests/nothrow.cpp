// wxpusher.hpp where exceptions are switched off: results instead, setters that fail are reported by the call that uses them.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#include <wxpusher.hpp>

static_assert(!WXPUSHER_THROWS, "compile it with -fno-exceptions");

static void expect(bool is_so, const char* what) {
  if (!is_so) {
    std::fprintf(stderr, "not so: %s\n", what);
    std::exit(EXIT_FAILURE);
  }
}

int main() {
  wxpusher::result<wxpusher::client> made = wxpusher::client::from_env();
  expect(made.ok(), "a client");
  wxpusher::client client = std::move(*made);

  wxpusher::result<wxpusher::outcome> sent = client.send(wxpusher::message::text("你好").uid("UID_testalice"));
  expect(sent && sent->all_ok() && sent->ensure_all(), "sent");

  wxpusher::result<wxpusher::outcome> refused = client.send(wxpusher::message::text("你好").uid("\xff"));
  expect(!refused && refused.error().kind() == wxpusher::error_kind::invalid_argument, "a setter's failure is kept");
  expect(refused.error().field() == "uids" && refused.error().sent() == wxpusher::sent::no, "with its field");

  wxpusher::result<void> unknown = client.delete_user(-1);
  expect(!unknown && unknown.error().code() == 1001, "an error of the server");

  std::size_t users = 0;
  wxpusher::result<wxpusher::users> all = client.users();
  expect(all.ok(), "users");
  for (const wxpusher::result<wxpusher::user>& user : *all) users += user.ok() && !user->uid.empty();
  expect(users == 2, "alice follows the app and its topic");
  for (const wxpusher::result<wxpusher::user>& user : *client.users()) users += user.ok() && !user->uid.empty();
  expect(users == 4, "a loop over a temporary result keeps the range alive");

  const std::vector<std::string> uids(3, "UID_testalice");
  auto broadcast = client.broadcast(wxpusher::message::text("你好"), uids);
  expect(broadcast.ok(), "a broadcast");
  std::uint64_t done = 0;
  for (const wxpusher::result<wxpusher::batch>& batch : *broadcast) {
    expect(batch.ok() && batch->outcome() && batch->duplicates() == 2, "a batch");
    done = batch->done();
  }
  expect(done == 3, "all done");

  expect(!wxpusher::client::create(wxpusher::config().base_url("\xff")), "settings that will not do");
  expect(!wxpusher::parse_callback("{}"), "no callback");
  expect(!wxpusher::entry_link_verifier::create("key")->verify("uid=x"), "no signature");
  client.cancel();
  expect(client.send(wxpusher::message::text("x").uid("UID_testalice")).error().kind() == wxpusher::error_kind::cancelled,
         "cancelled");
  return EXIT_SUCCESS;
}
