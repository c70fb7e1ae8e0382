// The header in a second file of the same program: nothing may be defined twice.
#include <wxpusher.hpp>

int second_file() { return static_cast<int>(wxpusher::error_kind::connect) - WXPUSHER_ERROR_CONNECT; }
