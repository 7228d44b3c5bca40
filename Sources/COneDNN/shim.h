// oneDNN's C API, as version 3 has it.
//
// Version 2.6 computes the same things, but describes an operation by a struct of its own that a second call compiles,
// and a tensor by a struct that the caller owns. For it, this header supplies the functions of version 3 by their names
// there, so that Swift sees one API. The few functions that have one name and two signatures are wrapped under the
// prefix `onednn_`.
#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

#if DNNL_VERSION_MAJOR >= 3

// A tensor's description, on the heap; `dnnl_memory_desc_destroy` frees it.
typedef dnnl_memory_desc_t onednn_memory_desc_t;
typedef const_dnnl_memory_desc_t onednn_const_memory_desc_t;

static inline dnnl_status_t onednn_concat_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, onednn_memory_desc_t dst, int count, int axis,
    const onednn_memory_desc_t *sources) {
  return dnnl_concat_primitive_desc_create(
      primitive_desc, engine, dst, count, axis, (const const_dnnl_memory_desc_t *)sources, NULL);
}

static inline dnnl_status_t onednn_post_ops_append_eltwise(
    dnnl_post_ops_t post_ops, dnnl_alg_kind_t alg_kind, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(post_ops, alg_kind, alpha, beta);
}

#elif DNNL_VERSION_MAJOR == 2 && DNNL_VERSION_MINOR >= 6

#include "shim2.h"

#else
#error "oneDNN is too old: version 2.6 or later is needed."
#endif
