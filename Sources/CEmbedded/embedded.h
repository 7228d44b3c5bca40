#include "CEmbedded.h"

// Standard C since 2023, which Clang takes in any C; the compiler's list of what a file depends on names what is embedded, so
// that an edit is seen by the next build.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define FILE_AT(path, bytes) {path, bytes, sizeof bytes}
