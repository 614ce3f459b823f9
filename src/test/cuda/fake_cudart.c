/*
 * A CUDA runtime that claims whatever graphics cards a test wants, for machines without any. GpuIT
 * compiles it as libcudart.so.11.0, and for itself alone as libcuda.so.1. Of the real one it has the
 * functions that the program's probe calls, nothing that computes.
 *
 *   FAKE_DRIVER  the CUDA version that the driver knows, as CUDA writes it (default 11060)
 *   FAKE_GPUS    MAJOR.MINOR,TOTAL MIB,FREE MIB,NAME for each card, separated by semicolons
 *   FAKE_CRASH   the driver crashes when it is asked for the cards
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, MEMORY_ALLOCATION = 2, INSUFFICIENT_DRIVER = 35, NO_DEVICE = 100, INVALID_DEVICE = 101 };
enum { CAPABILITY_MAJOR = 75, CAPABILITY_MINOR = 76 };

struct gpu {
  int major, minor;
  size_t total_mib, free_mib;
  char name[256];
};

/* The beginning of the real cudaDeviceProp, which is longer. */
struct properties {
  char name[256];
  char uuid[16];
  char luid[8];
  unsigned luid_node_mask;
  size_t total_bytes;
};

static int current;

static int driver(void) {
  const char *value = getenv("FAKE_DRIVER");
  return value ? atoi(value) : 11060;
}

static int find(int wanted, struct gpu *found) {
  char all[4096];
  int count = 0;
  snprintf(all, sizeof all, "%s", getenv("FAKE_GPUS") ? getenv("FAKE_GPUS") : "");
  for (char *rest = all, *one; (one = strsep(&rest, ";"));) {
    struct gpu gpu;
    if (sscanf(one, "%d.%d,%zu,%zu,%255[^;]", &gpu.major, &gpu.minor, &gpu.total_mib, &gpu.free_mib,
               gpu.name) == 5 && count++ == wanted) {
      *found = gpu;
    }
  }
  return count;
}

int cudaDriverGetVersion(int *version) {
  *version = driver();
  return SUCCESS;
}

int cudaRuntimeGetVersion(int *version) {
  *version = 11060;
  return SUCCESS;
}

int cudaGetDeviceCount(int *count) {
  struct gpu unused;
  const char *visible = getenv("CUDA_VISIBLE_DEVICES");
  if (getenv("FAKE_CRASH")) {
    raise(SIGSEGV);
  }
  if (driver() < 11000) {
    return INSUFFICIENT_DRIVER;
  }
  *count = visible && !*visible ? 0 : find(-1, &unused);
  return *count ? SUCCESS : NO_DEVICE;
}

int cudaGetDeviceProperties(struct properties *properties, int index) {
  struct gpu gpu;
  if (find(index, &gpu) <= index) {
    return INVALID_DEVICE;
  }
  memcpy(properties->name, gpu.name, sizeof gpu.name);
  properties->total_bytes = gpu.total_mib << 20;
  return SUCCESS;
}

int cudaDeviceGetAttribute(int *value, int attribute, int index) {
  struct gpu gpu;
  if (find(index, &gpu) <= index) {
    return INVALID_DEVICE;
  }
  *value = attribute == CAPABILITY_MAJOR ? gpu.major : attribute == CAPABILITY_MINOR ? gpu.minor : 0;
  return SUCCESS;
}

int cudaSetDevice(int index) {
  current = index;
  return SUCCESS;
}

int cudaMemGetInfo(size_t *free, size_t *total) {
  struct gpu gpu;
  if (find(current, &gpu) <= current) {
    return INVALID_DEVICE;
  }
  if (!gpu.free_mib) {
    return MEMORY_ALLOCATION;
  }
  *free = gpu.free_mib << 20;
  *total = gpu.total_mib << 20;
  return SUCCESS;
}

const char *cudaGetErrorString(int error) { return error == INVALID_DEVICE ? "invalid device ordinal" : "an error"; }
