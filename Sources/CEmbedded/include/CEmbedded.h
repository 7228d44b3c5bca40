#ifndef CEmbedded_h
#define CEmbedded_h

#include <stddef.h>

/// A file of the project that is built into the program.
struct embedded_file {
  /// Its path, with `/` between parts.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

/// The files of templates/, as many as `count` says.
const struct embedded_file *embedded_theme(size_t *count);

/// The files of strings/, as many as `count` says.
const struct embedded_file *embedded_strings(size_t *count);

/// The files of the content folder with which a new site begins, as many as `count` says.
const struct embedded_file *embedded_starter(size_t *count);

/// The networks that can be fetched by name, and the names of their classes; as many files as `count` says.
const struct embedded_file *embedded_catalogue(size_t *count);

#endif
