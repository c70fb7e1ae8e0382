/* The layout of the structs on 64-bit systems; src/layout_test.rs makes the numbers of the Rust structs. */
#include <wxpusher.h>

#define LAYOUT(type, size, field, offset)                                  \
  _Static_assert(sizeof(type) == (size), #type " has another size");       \
  _Static_assert(offsetof(type, field) == (offset), #type "." #field " is at another place")

#if UINTPTR_MAX == UINT64_MAX
#include "layout.inc"
#endif

int main(void) { return 0; }
