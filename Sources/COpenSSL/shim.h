// OpenSSL's libcrypto, version 1.1 or later: digests only.
#include <openssl/evp.h>
