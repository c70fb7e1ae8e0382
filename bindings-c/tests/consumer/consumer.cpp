#include <iostream>
#include <wxpusher.hpp>

int second_file();

int main() try {
  const wxpusher::client client = wxpusher::client::from_env();
  client.send(wxpusher::message::markdown("**C++**").uid("UID_testalice")).ensure_all();
  return wxpusher::version() == WXPUSHER_VERSION ? second_file() : 1;
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  return error.number();
}
