// NVIDIA's driver for machines that have none: the functions that the program calls, on the processor, with the
// program's own kernels compiled into it. Which cards it claims, and what goes wrong, says the environment:
//
//   STANDIN_GPUS           cards, separated by ';': "MAJOR.MINOR,TOTAL MiB,FREE MiB,NAME"; empty for none
//   STANDIN_CUDA           the newest CUDA that the driver knows, such as 12020 (the default)
//   STANDIN_LOST_AFTER     graphs that run before the card is lost
//   STANDIN_REFUSES        a function that fails, and the number of its error: "cuDevicePrimaryCtxRetain=46"
//
// The checks that a card would not make are made here: memory that was never given, or too little of it for a copy,
// is an error of its own.
#include "../../main/cuda/step.cu"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace {

enum Code { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NO_DEVICE = 100, INVALID_DEVICE = 101,
            INVALID_CONTEXT = 201, INVALID_PTX = 218, NOT_FOUND = 500, ILLEGAL_ADDRESS = 700, LAUNCH_FAILED = 719 };

struct Card {
  int major, minor;
  long totalMib, freeMib;
  std::string name;
};

std::vector<Card> cards() {
  std::vector<Card> all;
  const char *text = std::getenv("STANDIN_GPUS");
  std::string rest = text ? text : "9.0,81559,81000,Stand-in H100";
  while (!rest.empty()) {
    const std::string one = rest.substr(0, rest.find(';'));
    rest = one.size() < rest.size() ? rest.substr(one.size() + 1) : "";
    Card card;
    int read = 0;
    if (std::sscanf(one.c_str(), "%d.%d,%ld,%ld,%n", &card.major, &card.minor, &card.totalMib, &card.freeMib, &read) == 4) {
      card.name = one.substr(read);
      all.push_back(card);
    }
  }
  return all;
}

int number(const char *variable, int otherwise) {
  const char *text = std::getenv(variable);
  return text ? std::atoi(text) : otherwise;
}

std::map<char *, size_t> memory;
size_t used = 0;
int current = -1;
long runs = 0;
bool capturing = false;

struct Launch {
  std::function<void(const void *)> kernel;
  int x, y, z;
  std::vector<char> argument;
};

std::vector<Launch> *graph = nullptr;

template <class P> std::function<void(const void *)> kernel(void (*function)(P)) {
  return [function](const void *argument) { function(*(const P *) argument); };
}

struct Named {
  const char *name;
  std::function<void(const void *)> run;
  size_t size;
};

#define NAMED(name, type) {#name, kernel<type>(name), sizeof(type)}
Named kernels[] = {
    NAMED(product, Product), NAMED(product_flat, Product), NAMED(product_sum, Product), NAMED(load, Load), NAMED(next_step, NextStep),
    NAMED(loss, Loss), NAMED(softmax, Softmax), NAMED(differentiate, Differentiate), NAMED(dropout, Dropout),
    NAMED(pool, Pooling), NAMED(pool_backward, Pooling), NAMED(batchnorm, Batchnorm),
    NAMED(batchnorm_backward, Batchnorm), NAMED(squares, Update), NAMED(clip, Update), NAMED(update, Update)};

int refused(const char *function) {
  const char *text = std::getenv("STANDIN_REFUSES");
  const size_t length = std::strlen(function);
  return text && std::strncmp(text, function, length) == 0 && text[length] == '=' ? std::atoi(text + length + 1) : 0;
}

#define MAY_FAIL if (const int code = refused(__func__)) return code

bool owns(const void *address, size_t bytes) {
  auto next = memory.upper_bound((char *) address);
  if (next == memory.begin()) return false;
  --next;
  return (char *) address + bytes <= next->first + next->second;
}

int run(const Launch &launch) {
  for (BLOCK_Z = 0; BLOCK_Z < launch.z; BLOCK_Z++)
    for (BLOCK_Y = 0; BLOCK_Y < launch.y; BLOCK_Y++)
      for (BLOCK_X = 0; BLOCK_X < launch.x; BLOCK_X++) launch.kernel(launch.argument.data());
  return SUCCESS;
}

int lost() {
  const int after = number("STANDIN_LOST_AFTER", -1);
  return after >= 0 && runs++ >= after ? LAUNCH_FAILED : SUCCESS;
}

}  // namespace

extern "C" {

int cuInit(unsigned) {
  MAY_FAIL;
  return cards().empty() ? NO_DEVICE : SUCCESS;
}

int cuGetErrorString(int code, const char **text) {
  switch (code) {
    case OUT_OF_MEMORY: *text = "out of memory"; return SUCCESS;
    case 46: *text = "CUDA-capable device(s) is/are busy or unavailable"; return SUCCESS;
    case NO_DEVICE: *text = "no CUDA-capable device is detected"; return SUCCESS;
    case INVALID_PTX: *text = "a PTX JIT compilation failed"; return SUCCESS;
    case ILLEGAL_ADDRESS: *text = "an illegal memory access was encountered"; return SUCCESS;
    case LAUNCH_FAILED: *text = "unspecified launch failure"; return SUCCESS;
    default: *text = nullptr; return INVALID_VALUE;
  }
}

int cuDriverGetVersion(int *version) {
  *version = number("STANDIN_CUDA", 12020);
  return SUCCESS;
}

int cuDeviceGetCount(int *count) {
  *count = (int) cards().size();
  return SUCCESS;
}

int cuDeviceGet(int *device, int index) {
  *device = index;
  return index < (int) cards().size() ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetName(char *name, int length, int device) {
  std::snprintf(name, length, "%s", cards()[device].name.c_str());
  return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = (size_t) cards()[device].totalMib << 20;
  return SUCCESS;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  *value = attribute == 75 ? cards()[device].major : attribute == 76 ? cards()[device].minor : 0;
  return attribute == 75 || attribute == 76 ? SUCCESS : INVALID_VALUE;
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  MAY_FAIL;
  *context = (void *) (size_t) (device + 1);
  return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }

int cuCtxSetCurrent(void *context) {
  current = (int) (size_t) context - 1;
  return SUCCESS;
}

int cuMemGetInfo_v2(size_t *free, size_t *total) {
  if (current < 0) return INVALID_CONTEXT;
  *free = ((size_t) cards()[current].freeMib << 20) - used;
  *total = (size_t) cards()[current].totalMib << 20;
  return SUCCESS;
}

int cuMemAlloc_v2(char **address, size_t bytes) {
  MAY_FAIL;
  if (current < 0) return INVALID_CONTEXT;
  if (bytes == 0) return INVALID_VALUE;
  if (used + bytes > (size_t) cards()[current].freeMib << 20) return OUT_OF_MEMORY;
  *address = (char *) std::aligned_alloc(256, (bytes + 255) / 256 * 256);
  // A card does not clear it either.
  std::memset(*address, 0xFF, bytes);
  memory[*address] = bytes;
  used += bytes;
  return SUCCESS;
}

int cuMemFree_v2(char *address) {
  const auto found = memory.find(address);
  if (found == memory.end()) return INVALID_VALUE;
  used -= found->second;
  std::free(address);
  memory.erase(found);
  return SUCCESS;
}

int cuMemsetD8_v2(char *address, unsigned char value, size_t bytes) {
  if (!owns(address, bytes)) return ILLEGAL_ADDRESS;
  std::memset(address, value, bytes);
  return SUCCESS;
}

int cuMemcpyHtoD_v2(char *to, const void *from, size_t bytes) {
  if (!owns(to, bytes)) return ILLEGAL_ADDRESS;
  std::memcpy(to, from, bytes);
  return SUCCESS;
}

int cuMemcpyDtoH_v2(void *to, const char *from, size_t bytes) {
  if (!owns(from, bytes)) return ILLEGAL_ADDRESS;
  std::memcpy(to, from, bytes);
  return SUCCESS;
}

int cuMemcpyDtoD_v2(char *to, const char *from, size_t bytes) {
  if (!owns(from, bytes) || !owns(to, bytes)) return ILLEGAL_ADDRESS;
  std::memcpy(to, from, bytes);
  return SUCCESS;
}

int cuModuleLoadData(void **module, const void *image) {
  MAY_FAIL;
  if (!std::strstr((const char *) image, ".version 6.3\n.target sm_75")) return INVALID_PTX;
  *module = strdup((const char *) image);
  return SUCCESS;
}

int cuModuleUnload(void *module) {
  std::free(module);
  return SUCCESS;
}

int cuModuleGetFunction(void **function, const void *module, const char *name) {
  if (!std::strstr((const char *) module, (std::string(".visible .entry ") + name + "(").c_str())) return NOT_FOUND;
  for (Named &one : kernels)
    if (std::strcmp(one.name, name) == 0) {
      *function = &one;
      return SUCCESS;
    }
  return NOT_FOUND;
}

int cuStreamCreate(void **stream, unsigned) {
  *stream = (void *) 1;
  return SUCCESS;
}

int cuStreamDestroy_v2(void *) { return SUCCESS; }

int cuStreamSynchronize(void *) { return SUCCESS; }

int cuLaunchKernel(void *function, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned threadsY,
                   unsigned threadsZ, unsigned, void *, void **parameters, void **) {
  const Named &named = *(const Named *) function;
  // What a card takes.
  if (x == 0 || y == 0 || z == 0 || x > 2147483647u || y > 65535 || z > 65535 || threads != BLOCK || threadsY != 1 ||
      threadsZ != 1)
    return INVALID_VALUE;
  const char *argument = (const char *) parameters[0];
  const Launch launch{named.run, (int) x, (int) y, (int) z, std::vector<char>(argument, argument + named.size)};
  if (capturing) {
    graph->push_back(launch);
    return SUCCESS;
  }
  return run(launch);
}

int cuStreamBeginCapture_v2(void *, int) {
  capturing = true;
  graph = new std::vector<Launch>();
  return SUCCESS;
}

int cuStreamEndCapture(void *, void **made) {
  capturing = false;
  *made = graph;
  return SUCCESS;
}

int cuGraphInstantiate(void **executable, void *made, void *, char *, size_t) {
  *executable = new std::vector<Launch>(*(std::vector<Launch> *) made);
  return SUCCESS;
}

int cuGraphDestroy(void *made) {
  delete (std::vector<Launch> *) made;
  return SUCCESS;
}

int cuGraphExecDestroy(void *made) {
  delete (std::vector<Launch> *) made;
  return SUCCESS;
}

int cuGraphLaunch(void *made, void *) {
  if (const int code = lost()) return code;
  for (const Launch &launch : *(std::vector<Launch> *) made)
    if (const int code = run(launch)) return code;
  return SUCCESS;
}
}
