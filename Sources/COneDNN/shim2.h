// Version 3's functions for oneDNN 2. Included by shim.h.
#include <stdlib.h>

// A tensor's description, on the heap; `dnnl_memory_desc_destroy` frees it.
typedef dnnl_memory_desc_t *onednn_memory_desc_t;
typedef const dnnl_memory_desc_t *onednn_const_memory_desc_t;

// MARK: Memory descriptors: a struct of version 2, copied to the heap

static inline dnnl_status_t dnnl_memory_desc_clone(onednn_memory_desc_t *copy, onednn_const_memory_desc_t original) {
  *copy = (onednn_memory_desc_t)malloc(sizeof(dnnl_memory_desc_t));
  if (!*copy) return dnnl_out_of_memory;
  **copy = *original;
  return dnnl_success;
}

static inline dnnl_status_t dnnl_memory_desc_destroy(onednn_memory_desc_t memory_desc) {
  free(memory_desc);
  return dnnl_success;
}

static inline dnnl_status_t dnnl_memory_desc_create_with_strides(
    onednn_memory_desc_t *memory_desc, int ndims, const dnnl_dims_t dims, dnnl_data_type_t data_type,
    const dnnl_dims_t strides) {
  dnnl_memory_desc_t value;
  dnnl_status_t status = dnnl_memory_desc_init_by_strides(&value, ndims, dims, data_type, strides);
  return status == dnnl_success ? dnnl_memory_desc_clone(memory_desc, &value) : status;
}

static inline dnnl_status_t dnnl_memory_desc_create_with_tag(
    onednn_memory_desc_t *memory_desc, int ndims, const dnnl_dims_t dims, dnnl_data_type_t data_type,
    dnnl_format_tag_t tag) {
  dnnl_memory_desc_t value;
  dnnl_status_t status = dnnl_memory_desc_init_by_tag(&value, ndims, dims, data_type, tag);
  return status == dnnl_success ? dnnl_memory_desc_clone(memory_desc, &value) : status;
}

static inline dnnl_status_t dnnl_memory_desc_create_submemory(
    onednn_memory_desc_t *memory_desc, onednn_const_memory_desc_t parent, const dnnl_dims_t dims,
    const dnnl_dims_t offsets) {
  dnnl_memory_desc_t value;
  dnnl_status_t status = dnnl_memory_desc_init_submemory(&value, parent, dims, offsets);
  return status == dnnl_success ? dnnl_memory_desc_clone(memory_desc, &value) : status;
}

// MARK: Primitive descriptors: an operation descriptor of version 2, compiled at once

static inline dnnl_status_t dnnl_convolution_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t weights, onednn_const_memory_desc_t bias,
    onednn_const_memory_desc_t dst, const dnnl_dims_t strides, const dnnl_dims_t dilates, const dnnl_dims_t padding_l,
    const dnnl_dims_t padding_r, const_dnnl_primitive_attr_t attr) {
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
      &operation, prop_kind, alg_kind, src, weights, bias, dst, strides, dilates, padding_l, padding_r);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_convolution_backward_data_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t weights, onednn_const_memory_desc_t diff_dst,
    const dnnl_dims_t strides, const dnnl_dims_t dilates, const dnnl_dims_t padding_l, const dnnl_dims_t padding_r,
    const_dnnl_primitive_desc_t hint, const_dnnl_primitive_attr_t attr) {
  dnnl_convolution_desc_t operation;
  dnnl_status_t status = dnnl_dilated_convolution_backward_data_desc_init(
      &operation, alg_kind, diff_src, weights, diff_dst, strides, dilates, padding_l, padding_r);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_eltwise_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t dst, float alpha, float beta,
    const_dnnl_primitive_attr_t attr) {
  (void)dst;  // Version 2 lays the result out like the source.
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status = dnnl_eltwise_forward_desc_init(&operation, prop_kind, alg_kind, src, alpha, beta);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_eltwise_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t diff_dst, onednn_const_memory_desc_t data,
    float alpha, float beta, const_dnnl_primitive_desc_t hint, const_dnnl_primitive_attr_t attr) {
  (void)diff_dst;  // Version 2 lays both gradients out alike.
  dnnl_eltwise_desc_t operation;
  dnnl_status_t status = dnnl_eltwise_backward_desc_init(&operation, alg_kind, diff_src, data, alpha, beta);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_softmax_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t dst, int axis, const_dnnl_primitive_attr_t attr) {
  dnnl_softmax_v2_desc_t operation;
  dnnl_status_t status = dnnl_softmax_v2_forward_desc_init(&operation, prop_kind, alg_kind, src, dst, axis);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_softmax_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t diff_dst, onednn_const_memory_desc_t dst, int axis,
    const_dnnl_primitive_desc_t hint, const_dnnl_primitive_attr_t attr) {
  dnnl_softmax_v2_desc_t operation;
  dnnl_status_t status = dnnl_softmax_v2_backward_desc_init(&operation, alg_kind, diff_src, diff_dst, dst, axis);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_layer_normalization_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t dst, onednn_const_memory_desc_t statistics,
    float epsilon, unsigned flags, const_dnnl_primitive_attr_t attr) {
  (void)dst;  // Version 2 lays the result out like the source.
  dnnl_layer_normalization_desc_t operation;
  dnnl_status_t status =
      dnnl_layer_normalization_forward_desc_init(&operation, prop_kind, src, statistics, epsilon, flags);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_layer_normalization_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t diff_dst, onednn_const_memory_desc_t src,
    onednn_const_memory_desc_t statistics, float epsilon, unsigned flags, const_dnnl_primitive_desc_t hint,
    const_dnnl_primitive_attr_t attr) {
  (void)diff_dst;  // Version 2 lays both gradients out alike.
  dnnl_layer_normalization_desc_t operation;
  dnnl_status_t status =
      dnnl_layer_normalization_backward_desc_init(&operation, prop_kind, diff_src, src, statistics, epsilon, flags);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_lrn_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t dst, dnnl_dim_t local_size, float alpha, float beta,
    float k, const_dnnl_primitive_attr_t attr) {
  (void)dst;  // Version 2 lays the result out like the source.
  dnnl_lrn_desc_t operation;
  dnnl_status_t status = dnnl_lrn_forward_desc_init(&operation, prop_kind, alg_kind, src, local_size, alpha, beta, k);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_lrn_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t diff_dst, onednn_const_memory_desc_t src,
    dnnl_dim_t local_size, float alpha, float beta, float k, const_dnnl_primitive_desc_t hint,
    const_dnnl_primitive_attr_t attr) {
  (void)diff_dst;  // Version 2 lays both gradients out alike.
  dnnl_lrn_desc_t operation;
  dnnl_status_t status =
      dnnl_lrn_backward_desc_init(&operation, alg_kind, diff_src, src, local_size, alpha, beta, k);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_pooling_forward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_prop_kind_t prop_kind, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src, onednn_const_memory_desc_t dst, const dnnl_dims_t strides, const dnnl_dims_t kernel,
    const dnnl_dims_t dilation, const dnnl_dims_t padding_l, const dnnl_dims_t padding_r,
    const_dnnl_primitive_attr_t attr) {
  dnnl_pooling_v2_desc_t operation;
  dnnl_status_t status = dnnl_pooling_v2_forward_desc_init(
      &operation, prop_kind, alg_kind, src, dst, strides, kernel, dilation, padding_l, padding_r);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_pooling_backward_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t diff_src, onednn_const_memory_desc_t diff_dst, const dnnl_dims_t strides,
    const dnnl_dims_t kernel, const dnnl_dims_t dilation, const dnnl_dims_t padding_l, const dnnl_dims_t padding_r,
    const_dnnl_primitive_desc_t hint, const_dnnl_primitive_attr_t attr) {
  dnnl_pooling_v2_desc_t operation;
  dnnl_status_t status = dnnl_pooling_v2_backward_desc_init(
      &operation, alg_kind, diff_src, diff_dst, strides, kernel, dilation, padding_l, padding_r);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, hint);
}

static inline dnnl_status_t dnnl_matmul_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, onednn_const_memory_desc_t src,
    onednn_const_memory_desc_t weights, onednn_const_memory_desc_t bias, onednn_const_memory_desc_t dst,
    const_dnnl_primitive_attr_t attr) {
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, src, weights, bias, dst);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

static inline dnnl_status_t dnnl_binary_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, dnnl_alg_kind_t alg_kind,
    onednn_const_memory_desc_t src0, onednn_const_memory_desc_t src1, onednn_const_memory_desc_t dst,
    const_dnnl_primitive_attr_t attr) {
  dnnl_binary_desc_t operation;
  dnnl_status_t status = dnnl_binary_desc_init(&operation, alg_kind, src0, src1, dst);
  if (status != dnnl_success) return status;
  return dnnl_primitive_desc_create(primitive_desc, &operation, attr, engine, NULL);
}

// MARK: Functions whose signature changed

// Version 2 takes the sources' descriptions as an array of structs.
static inline dnnl_status_t onednn_concat_primitive_desc_create(
    dnnl_primitive_desc_t *primitive_desc, dnnl_engine_t engine, onednn_memory_desc_t dst, int count, int axis,
    const onednn_memory_desc_t *sources) {
  dnnl_memory_desc_t *values = (dnnl_memory_desc_t *)malloc((size_t)count * sizeof(dnnl_memory_desc_t));
  if (!values) return dnnl_out_of_memory;
  for (int index = 0; index < count; index++) values[index] = *sources[index];
  dnnl_status_t status =
      dnnl_concat_primitive_desc_create(primitive_desc, dst, count, axis, values, NULL, engine);
  free(values);
  return status;
}

// Version 2 scales the function's result.
static inline dnnl_status_t onednn_post_ops_append_eltwise(
    dnnl_post_ops_t post_ops, dnnl_alg_kind_t alg_kind, float alpha, float beta) {
  return dnnl_post_ops_append_eltwise(post_ops, 1, alg_kind, alpha, beta);
}
