// Reads the body of one callback from stdin and says what happened; put it behind any web server.
#include <iostream>
#include <iterator>
#include <wxpusher.hpp>

struct teller {
  void operator()(const wxpusher::app_subscribe& it) const {
    std::cout << it.uid << " follows: " << it.source << ", " << it.extra.value_or("") << '\n';
  }
  void operator()(const wxpusher::order_pay& it) const {
    std::cout << it.uid << " paid " << it.amount << " fen for product " << it.prod_id << '\n';
  }
  void operator()(const wxpusher::send_up_cmd& it) const { std::cout << it.uid << " says: " << it.command << '\n'; }
  void operator()(const wxpusher::unknown_callback& it) const { std::cout << "something new: " << it.action << '\n'; }
};

int main() try {
  const std::string body(std::istreambuf_iterator<char>(std::cin), {});
  std::visit(teller(), wxpusher::parse_callback(body));
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
