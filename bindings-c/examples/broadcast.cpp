// Sends a text to all UIDs on standard input, one per line, any number of them: broadcast TEXT.
#include <iostream>
#include <iterator>
#include <wxpusher.hpp>

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: broadcast TEXT <UIDS\n";
    return 1;
  }
  const wxpusher::client client = wxpusher::client::from_env();
  const std::istream_iterator<std::string> first(std::cin), last;
  std::size_t accepted = 0, refused = 0;
  std::uint64_t duplicates = 0;
  // UIDs are read batch by batch: a million need no more memory than two thousand.
  for (const wxpusher::batch& batch : client.broadcast(wxpusher::message::text(argv[1]), first, last)) {
    std::optional<wxpusher::outcome> outcome = batch.outcome();
    if (const std::optional<wxpusher::error> error = batch.error()) {
      std::cerr << "batch " << batch.number() << ": " << error->what() << '\n';
      outcome = error->outcome();
    }
    accepted += outcome ? outcome->succeeded().size() : 0;
    refused += outcome ? outcome->failed().size() : batch.uids().size();
    duplicates += batch.duplicates();
    std::cout << '\r' << batch.done() << " done, " << accepted << " accepted, " << refused << " refused, "
              << duplicates << " duplicates" << std::flush;
  }
  std::cout << '\n';
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
