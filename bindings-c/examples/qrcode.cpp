// Creates a QR code that carries EXTRA and waits until it is scanned: qrcode EXTRA SECONDS.
#include <iostream>
#include <wxpusher.hpp>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: qrcode EXTRA SECONDS\n";
    return 1;
  }
  const wxpusher::client client = wxpusher::client::from_env();
  const wxpusher::qrcode qrcode = client.create_qrcode(argv[1]);
  std::cout << qrcode.url << ' ' << qrcode.code << std::endl;
  const std::optional<std::string> uid = client.wait_for_scan(qrcode, std::chrono::seconds(std::stol(argv[2])));
  std::cout << (uid ? "scanned by " + *uid : "not scanned in time") << '\n';
} catch (const wxpusher::error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
