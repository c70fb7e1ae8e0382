// Reads the body of one callback from standard input and prints the event; a web server can call it.
#include <iostream>
#include <iterator>
#include <wxpusher.hpp>

struct printer {
  void operator()(const wxpusher::app_subscribe& it) const {
    std::cout << it.uid << " subscribed: " << it.source << ", " << it.extra.value_or("") << '\n';
  }
  void operator()(const wxpusher::order_pay& it) const {
    std::cout << it.uid << " paid " << it.amount << " fen for product " << it.prod_id << '\n';
  }
  void operator()(const wxpusher::send_up_cmd& it) const { std::cout << it.uid << " sent: " << it.command << '\n'; }
  void operator()(const wxpusher::unknown_callback& it) const { std::cout << "unknown callback: " << it.action << '\n'; }
};

int main() try {
  const std::string body(std::istreambuf_iterator<char>(std::cin), {});
  std::visit(printer(), wxpusher::parse_callback(body));
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
