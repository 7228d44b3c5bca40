// Eight floats at a time, by the vector extension that clang and gcc share.
#ifndef VECTOR_H
#define VECTOR_H

#include <stddef.h>
#include <stdint.h>

// Vectors go from function to function only where these are compiled into one.
#pragma GCC diagnostic ignored "-Wpsabi"

// Eight channels of one pixel, as layouts blocked by 8 have them. Addresses need no alignment.
typedef float vector __attribute__((vector_size(32), aligned(4)));
typedef int32_t integers __attribute__((vector_size(32), aligned(4)));

// Functions marked so are compiled twice on x86, plainly and with AVX2 and FMA; the loader picks. Swift cannot ask for
// wider instructions in one function, which is why these loops are in C. The thread sanitizer would be called by the code that
// picks, before it is ready.
#if defined(__has_feature)
#define SANITIZES_THREADS __has_feature(thread_sanitizer)
#else
#define SANITIZES_THREADS 0
#endif
#if defined(__x86_64__) && defined(__linux__) && !SANITIZES_THREADS
#define VECTORIZED __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define VECTORIZED
#endif


// Part of the function that calls it, so that both clones have their own.
#define PART static inline __attribute__((always_inline))

PART vector repeated(float value) { return (vector){value, value, value, value, value, value, value, value}; }

PART vector chosen(integers mask, vector yes, vector no) {
  return (vector)(((integers)yes & mask) | ((integers)no & ~mask));
}

// The larger and the smaller of a value and a bound. What is not a number stays so: no comparison holds for it.
PART vector larger(vector value, vector bound) { return chosen(bound > value, bound, value); }
PART vector smaller(vector value, vector bound) { return chosen(bound < value, bound, value); }

#endif
