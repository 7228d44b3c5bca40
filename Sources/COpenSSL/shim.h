// OpenSSL's libcrypto, version 1.1 or later: digests only. Version 3 would have programs ask for a digest by name, which can
// fail where its configuration is broken; the functions that are SHA-256 itself cannot.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
