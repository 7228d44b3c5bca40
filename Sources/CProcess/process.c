#include "CProcess.h"

#if defined(__linux__)
#include <sys/auxv.h>
#endif

static int count;
static char *const *arguments;

// Swift reads the arguments from /proc, which a container need not have. glibc and Darwin hand them to every initializer;
// other C libraries do not, and leave what Swift finds.
#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
  count = argc;
  arguments = argv;
}
#endif

int process_argument_count(void) { return count; }

char *const *process_arguments(void) { return arguments; }

const char *process_path(void) {
#if defined(__linux__)
  return (const char *)getauxval(AT_EXECFN);
#else
  return 0;
#endif
}
