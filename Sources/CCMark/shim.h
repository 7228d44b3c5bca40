// libcmark, the reference implementation of CommonMark, version 0.30 or later.
#include <cmark.h>
