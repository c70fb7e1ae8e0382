// wxpusher.hpp without a server: ranges fetch an item when it is asked for, setters chain on temporaries.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <wxpusher.hpp>
#if __cplusplus >= 202002L
#include <ranges>
#endif

static void expect(bool is_so, const char* what) {
  if (!is_so) {
    std::fprintf(stderr, "failed: %s\n", what);
    std::exit(EXIT_FAILURE);
  }
}

struct numbers {
  using item = int;
  using iterator = wxpusher::detail::input_iterator<numbers>;

  iterator begin() { return iterator(this); }
  iterator end() { return {}; }
  bool ensure_item() {
    if (!item_ && fetched < 3) item_ = ++fetched;
    return item_.has_value();
  }

  std::optional<int> item_;
  int fetched = 0;
};

// Compiled, not run.
inline void setters_chain_on_temporaries() {
  auto settings = wxpusher::config().app_token("AT_test").default_uids({"UID_testa", "UID_testb"});
  auto alarm = wxpusher::message::text("x").uids({"UID_testa", "UID_testb"}).topic(1);
  (void)settings, (void)alarm;
}

int main() {
  numbers unread;
  auto first = unread.begin();
  expect(unread.fetched == 0, "begin() fetches nothing");
  expect(*first == 1 && *first == 1 && unread.fetched == 1, "* fetches one item once");

  numbers all;
  int sum = 0;
  for (int& number : all) sum += number;
  expect(sum == 6 && all.fetched == 3, "a loop sees every item");

  numbers posted;
  auto it = posted.begin();
  expect(*it++ == 1 && posted.fetched == 1, "*it++ gives the item it left");
  expect(*it == 2 && it != posted.end(), "and goes on with the next");

#if __cplusplus >= 202002L
  static_assert(std::input_iterator<numbers::iterator>);
  numbers taken;
  for (int& number : taken | std::views::take(1)) expect(number == 1, "take(1)");
  expect(taken.fetched == 1, "take(1) fetches one item");
#endif
#if defined(__cpp_lib_expected)
  std::expected<int, wxpusher::error> number = wxpusher::result<int>(7);
  std::expected<void, wxpusher::error> nothing = wxpusher::result<void>();
  expect(number.value_or(0) == 7 && nothing.has_value(), "a result converts to std::expected");
#endif
  return EXIT_SUCCESS;
}
