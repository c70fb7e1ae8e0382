// Sends a text to one user: send TEXT UID. The app token is in WXPUSHER_APP_TOKEN.
#include <iostream>
#include <wxpusher.hpp>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: send TEXT UID\n";
    return 1;
  }
  const wxpusher::client client = wxpusher::client::from_env();
  const wxpusher::outcome outcome = client.send(wxpusher::message::text(argv[1]).uid(argv[2]));
  std::cout << outcome.succeeded().size() << " accepted, " << outcome.failed().size() << " refused\n";
  for (const wxpusher::target& target : outcome.failed()) {
    std::cout << "  " << target.uid.value_or("a topic") << ": " << target.status << '\n';
  }
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  if (error.sent() == wxpusher::sent::maybe) std::cerr << "The message may have been delivered: check before sending it again.\n";
  return 1;
}
