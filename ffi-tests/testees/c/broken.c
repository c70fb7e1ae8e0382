#include <stdio.h>
#include <stdlib.h>

#include "testee.h"

void broken(const char *what) {
  fprintf(stderr, "a line that violates the suite's rules: %s\n", what);
  exit(EXIT_FAILURE);
}
