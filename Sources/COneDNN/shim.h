// oneDNN's C API.
#include <oneapi/dnnl/dnnl.h>
