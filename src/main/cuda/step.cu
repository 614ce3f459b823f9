// The kernels of a training step on a graphics card. The same text is compiled twice: by nvcc to PTX, which the
// driver compiles for whatever card is there, and by a C++ compiler to a stand-in that runs anywhere, for tests.
// There, the threads of a block are a loop between two barriers: what a thread keeps over a barrier is declared
// by REGISTERS, everything else ends with the loop.
//
// Every sum has one order, which depends on the shapes alone, and nothing is added up by atomic operations: the same
// card gives the same bits in every run. Products and sums are contracted only where fmaf says so.
//
// Each kernel takes one structure by value: pointers first, then numbers of four bytes, as KernelArgument.java packs
// them. All numbers that stand for places are indices of floats from the pointer beside them.
#ifdef __CUDACC__
// Not static: such names hold a hash of the folder, and the PTX would be another one in each.
#define FUNCTION __device__ __forceinline__
#define CALLED extern "C" __device__ __noinline__
#define ROLLED _Pragma("unroll 1")
#define KERNEL(name, arguments) extern "C" __global__ void __launch_bounds__(256) name(const arguments p)
#define BLOCK_X ((int) blockIdx.x)
#define BLOCK_Y ((int) blockIdx.y)
#define BLOCK_Z ((int) blockIdx.z)
#define SHARED __shared__
#define REGISTERS(type, name, n) type name##Of[1][n]
#define MINE(name, t) name##Of[0]
#define THREADS(t) { const int t = threadIdx.x; {
#define BARRIER } } __syncthreads();
#else
#include <cmath>
#define FUNCTION static inline
#define CALLED static
#define ROLLED
#define KERNEL(name, arguments) extern "C" void name(const arguments p)
static thread_local int BLOCK_X, BLOCK_Y, BLOCK_Z;
#define SHARED
#define REGISTERS(type, name, n) type name##Of[256][n]
#define MINE(name, t) name##Of[t]
#define THREADS(t) for (int t = 0; t < 256; t++) { {
#define BARRIER } }
#endif

enum { BLOCK = 256, TILE = 64, DEPTH = 16, STEP_VALUES = 8, SQUARE_BLOCKS = 64 };

// What CudaMemory.java writes for each step of a chunk.
enum StepValue { RATE, MEAN_FACTOR, GRADIENT_FACTOR, ROOT_FACTOR, DECAY, AVERAGE_SHARE, MIX_SHARE };

// As KernelCodes.java has them.
enum ActivationName { SIGMOID, RELU, TANH, LEAKY_RELU, ELU, GELU, SWISH, IDENTITY };

FUNCTION float sigmoid(float x) { return 1 / (1 + expf(-x)); }

// Not copied to where they are used, which is sixteen places of the product alone: the driver compiles all of this.
CALLED float activate(int activation, float x) {
  switch (activation) {
    case SIGMOID: return sigmoid(x);
    case RELU: return x > 0 ? x : 0;
    case TANH: return tanhf(x);
    case LEAKY_RELU: return x >= 0 ? x : 0.01f * x;
    case ELU: return x > 0 ? x : expm1f(x);
    case GELU: return x * sigmoid(1.702f * x);
    case SWISH: return x * sigmoid(x);
    default: return x;
  }
}

FUNCTION float slopeOfSigmoidLinear(float k, float x) {
  const float s = sigmoid(k * x);
  return s * (1 + k * x * (1 - s));
}

// The derivative of an activation; v is the sum for gelu and swish, else the output.
CALLED float slope(int activation, float v) {
  switch (activation) {
    case SIGMOID: return v * (1 - v);
    case RELU: return v > 0 ? 1 : 0;
    case TANH: return 1 - v * v;
    case LEAKY_RELU: return v >= 0 ? 1 : 0.01f;
    case ELU: return v > 0 ? 1 : v + 1;
    case GELU: return slopeOfSigmoidLinear(1.702f, v);
    case SWISH: return slopeOfSigmoidLinear(1, v);
    default: return 1;
  }
}

// How numbers of a batch lie, [images][channels][height][width]: with zeros around and between them where a
// convolution reaches over an edge. A row of units is units channels of one pixel.
struct Layout {
  int channels, height, width, imageStride, channelStride, rowStride, columnStride, origin;
};

FUNCTION int unitsOf(const Layout &l) { return l.channels * l.height * l.width; }

FUNCTION int place(const Layout &l, int image, int channel, int y, int x) {
  return l.origin + image * l.imageStride + channel * l.channelStride + y * l.rowStride + x * l.columnStride;
}

FUNCTION int placeOfUnit(const Layout &l, int image, int unit) {
  const int pixels = l.height * l.width, pixel = unit % pixels;
  return place(l, image, unit / pixels, pixel / l.width, pixel % l.width);
}

// c[m][n] = a[m][k] b[k][n], wherever the numbers lie: that of row r and column s at rows[r] + columns[s]. So one
// product serves dense layers and convolutions, forwards and backwards. A block makes 64 x 64 numbers, a thread 4 x 4
// of them. Where that would be few blocks, `slices` of the sum over k are computed apart, `depth` numbers each, and
// added up by product_sum.
struct Product {
  const float *a, *b;
  float *c;
  const int *rowsOfA, *columnsOfA, *rowsOfB, *columnsOfB, *rowsOfC, *columnsOfC;
  const float *bias;    // added to row r where biasOfRows is set, else to column s; null for none
  float *sums;          // gets what the activation is applied to, as c lies; null where nobody asks for it
  float *rowSums;       // gets the sum over k of a[r][k]: the gradient of a bias; null for none
  float *partial;       // [slices][m][n + 1] while there are several slices; the last column is for rowSums
  int m, n, k, slices, depth, activation;
  int rowsOfAAreClose;     // whether neighbours in memory are of one column of a, else of one row
  int columnsOfBAreClose;  // whether neighbours in memory are of one row of b, else of one column
  int biasOfRows;
};

FUNCTION void finish(const Product &p, int r, int s, float sum) {
  const int at = p.rowsOfC[r] + p.columnsOfC[s];
  if (p.bias) sum += p.bias[p.biasOfRows ? r : s];
  if (p.sums) p.sums[at] = sum;
  p.c[at] = activate(p.activation, sum);
}

struct alignas(16) Four { float of[4]; };

template <int ROWS> FUNCTION void tile(const Product &p) {
  constexpr int COLUMNS = TILE * TILE / ROWS, ACROSS = COLUMNS / 4;
  SHARED alignas(16) float a[DEPTH][ROWS + 4];
  SHARED alignas(16) float b[DEPTH][COLUMNS + 4];
  REGISTERS(float, sum, 16);
  REGISTERS(float, row, 1);
  const int row0 = BLOCK_Y * ROWS, column0 = BLOCK_X * COLUMNS;
  const int first = BLOCK_Z * p.depth, last = first + p.depth < p.k ? first + p.depth : p.k;
  THREADS(t)
    for (int i = 0; i < 16; i++) MINE(sum, t)[i] = 0;
    MINE(row, t)[0] = 0;
  BARRIER
  for (int k0 = first; k0 < last; k0 += DEPTH) {
    THREADS(t)
      for (int i = t; i < ROWS * DEPTH; i += BLOCK) {
        const int q = p.rowsOfAAreClose ? i / ROWS : i % DEPTH, r = p.rowsOfAAreClose ? i % ROWS : i / DEPTH;
        a[q][r] = row0 + r < p.m && k0 + q < last ? p.a[p.rowsOfA[row0 + r] + p.columnsOfA[k0 + q]] : 0;
      }
      for (int i = t; i < COLUMNS * DEPTH; i += BLOCK) {
        const int q = p.columnsOfBAreClose ? i / COLUMNS : i % DEPTH;
        const int s = p.columnsOfBAreClose ? i % COLUMNS : i / DEPTH;
        b[q][s] = column0 + s < p.n && k0 + q < last ? p.b[p.rowsOfB[k0 + q] + p.columnsOfB[column0 + s]] : 0;
      }
    BARRIER
    THREADS(t)
      float *mine = MINE(sum, t);
      const int y = t / ACROSS * 4, x = t % ACROSS * 4;
      for (int q = 0; q < DEPTH; q++) {
        const Four u = *(const Four *) &a[q][y], v = *(const Four *) &b[q][x];
        for (int i = 0; i < 4; i++)
          for (int j = 0; j < 4; j++) mine[i * 4 + j] = fmaf(u.of[i], v.of[j], mine[i * 4 + j]);
      }
      if (p.rowSums && t < ROWS)
        for (int q = 0; q < DEPTH; q++) MINE(row, t)[0] += a[q][t];
    BARRIER
  }
  THREADS(t)
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) {
        const int r = row0 + t / ACROSS * 4 + i, s = column0 + t % ACROSS * 4 + j;
        if (r < p.m && s < p.n) {
          const float value = MINE(sum, t)[i * 4 + j];
          if (p.slices == 1)
            finish(p, r, s, value);
          else
            p.partial[(BLOCK_Z * p.m + r) * (p.n + 1) + s] = value;
        }
      }
    if (p.rowSums && column0 == 0 && t < ROWS && row0 + t < p.m) {
      if (p.slices == 1)
        p.rowSums[row0 + t] = MINE(row, t)[0];
      else
        p.partial[(BLOCK_Z * p.m + row0 + t) * (p.n + 1) + p.n] = MINE(row, t)[0];
    }
  BARRIER
}

KERNEL(product, Product) { tile<TILE>(p); }

// For few rows, such as the filters of a convolution: 32 x 128 numbers a block.
KERNEL(product_flat, Product) { tile<TILE / 2>(p); }

KERNEL(product_sum, Product) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t, r = i / (p.n + 1), s = i % (p.n + 1);
    if (r < p.m && (s < p.n || p.rowSums)) {
      float sum = 0;
      for (int slice = 0; slice < p.slices; slice++) sum += p.partial[(slice * p.m + r) * (p.n + 1) + s];
      if (s < p.n)
        finish(p, r, s, sum);
      else
        p.rowSums[r] = sum;
    }
  BARRIER
}

// The pixels of a step's images, in [0, 1], and with mixup those of their partners: one block an image.
struct Load {
  const unsigned char *pixels;  // of all images; null where `batch` has those of the step
  const float *batch;           // [steps][images][pixels]: images that are others in each epoch
  const int *order;             // of the epoch's images
  const int *control;           // the step of the chunk, the place in the order
  const int *partners;          // [steps][images]; null without mixup
  const float *steps;
  float *out;
  Layout layout;
  int images, batchSize;
};

FUNCTION float pixel(const Load &p, int image, int i) {
  const int pixels = unitsOf(p.layout);
  if (p.batch) return p.batch[((long long) p.control[0] * p.batchSize + image) * pixels + i];
  return p.pixels[(long long) p.order[p.control[1] + image] * pixels + i] / 255.f;
}

KERNEL(load, Load) {
  THREADS(t)
    for (int i = t; i < unitsOf(p.layout); i += BLOCK) {
      float value = pixel(p, BLOCK_X, i);
      if (p.partners) {
        const float share = p.steps[p.control[0] * STEP_VALUES + MIX_SHARE];
        value = share * value + (1 - share) * pixel(p, p.partners[p.control[0] * p.batchSize + BLOCK_X], i);
      }
      p.out[placeOfUnit(p.layout, BLOCK_X, i)] = value;
    }
  BARRIER
}

// The numbers after the last step of a chunk are not used: the host sets them anew for the next one.
struct NextStep {
  int *control;
  int batchSize;
};

KERNEL(next_step, NextStep) {
  THREADS(t)
    if (t == 0) {
      p.control[0] += 1;
      p.control[1] += p.batchSize;
    }
  BARRIER
}

// The loss of each image, times its weight, and the derivative of the batch's mean loss by the sums of the output
// layer: a thread an image.
enum Head { SOFTMAX_CROSS_ENTROPY, SIGMOID_CROSS_ENTROPY, SOFTMAX_SQUARED_ERROR, SQUARED_ERROR };

struct Loss {
  const float *sums;     // [images][classes]
  float *deltas;         // likewise
  float *scratch;        // likewise
  const int *labels;     // of all images
  const int *order;
  const int *control;
  const int *partners;
  const float *steps;
  const float *ofClass;  // weights of the classes; null where all are 1
  const float *ofImage;  // weights of all images; null where all are 1
  float *losses;         // [steps][images]
  int *right;            // likewise: 1 where the class with the largest output was the image's
  int images, classes, batchSize, head, activation;
  float targetOfLabel, targetOfOthers;
};

FUNCTION float target(const Loss &p, int c, int label, int other, float share) {
  const float own = c == label ? p.targetOfLabel : p.targetOfOthers;
  const float partners = c == other ? p.targetOfLabel : p.targetOfOthers;
  return share == 1 ? own : share * own + (1 - share) * partners;
}

KERNEL(loss, Loss) {
  THREADS(t)
    const int image = BLOCK_X * BLOCK + t;
    if (image < p.images) {
      const int step = p.control[0];
      const int partner = p.partners ? p.partners[step * p.batchSize + image] : image;
      const float share = p.partners ? p.steps[step * STEP_VALUES + MIX_SHARE] : 1;
      const int index = p.order[p.control[1] + image], indexOfPartner = p.order[p.control[1] + partner];
      const int label = p.labels[index], other = p.labels[indexOfPartner];
      const float *z = p.sums + image * p.classes;
      float *d = p.deltas + image * p.classes, *y = p.scratch + image * p.classes;
      const int n = p.classes;
      const bool softmax = p.head == SOFTMAX_CROSS_ENTROPY || p.head == SOFTMAX_SQUARED_ERROR;
      float top = z[0], sum = 0, loss = 0, common = 0;
      ROLLED for (int c = 1; c < n; c++) top = fmaxf(top, z[c]);
      ROLLED for (int c = 0; c < n; c++) {
        y[c] = softmax ? expf(z[c] - top) : p.head == SQUARED_ERROR ? activate(p.activation, z[c]) : sigmoid(z[c]);
        sum += y[c];
      }
      int said = 0;
      ROLLED for (int c = 0; c < n; c++) {
        // Softmax and sigmoid keep the order of the sums; rounded, two outputs may be equal where these are not.
        const float *by = p.head == SQUARED_ERROR ? y : z;
        if (by[c] > by[said]) said = c;
      }
      if (softmax)
        ROLLED for (int c = 0; c < n; c++) y[c] /= sum;
      ROLLED for (int c = 0; c < n; c++) {
        const float goal = target(p, c, label, other, share);
        if (p.head == SOFTMAX_CROSS_ENTROPY) {
          // What DL4J's softmax cross-entropy clips a probability to: the logarithm of 1e-10.
          if (goal != 0) loss -= goal * fmaxf(-23.02585093f, z[c] - top - logf(sum));
          d[c] = y[c] - goal;
        } else if (p.head == SIGMOID_CROSS_ENTROPY) {
          const float q = fmaxf(1e-7f, fminf(1 - 1e-7f, y[c]));
          loss -= goal * logf(q) + (1 - goal) * logf(1 - q);
          d[c] = (q - goal) / (q * (1 - q)) * y[c] * (1 - y[c]);
        } else {
          const float error = y[c] - goal;
          loss += error * error / n;
          d[c] = 2 * error / n;
          common += d[c] * y[c];
          if (p.head == SQUARED_ERROR)
            d[c] *= slope(p.activation, p.activation == GELU || p.activation == SWISH ? z[c] : y[c]);
        }
      }
      if (p.head == SOFTMAX_SQUARED_ERROR)
        ROLLED for (int c = 0; c < n; c++) d[c] = y[c] * (d[c] - common);
      float weight = 1;
      if (p.ofClass) weight *= share == 1 ? p.ofClass[label] : share * p.ofClass[label] + (1 - share) * p.ofClass[other];
      if (p.ofImage)
        weight *= share == 1 ? p.ofImage[index] : share * p.ofImage[index] + (1 - share) * p.ofImage[indexOfPartner];
      ROLLED for (int c = 0; c < n; c++) d[c] = d[c] * weight / p.images;
      p.losses[step * p.batchSize + image] = loss * weight;
      p.right[step * p.batchSize + image] = said == (share >= 0.5f ? label : other);
    }
  BARRIER
}

// Softmax between two layers, a thread an image: a = e^z / sum e^z, on the way back d = a (d - sum a d).
struct Softmax {
  const float *a;       // [images][units]: the sums, or on the way back what the layer made of them
  const float *deltas;  // on the way back the derivative by that
  float *b;             // the outputs; on the way back the derivative by the sums
  int images, units, backward;
};

KERNEL(softmax, Softmax) {
  THREADS(t)
    const int image = BLOCK_X * BLOCK + t;
    if (image < p.images) {
      const float *a = p.a + image * p.units, *d = p.deltas + image * p.units;
      float *b = p.b + image * p.units, top = a[0], sum = 0;
      if (p.backward) {
        ROLLED for (int u = 0; u < p.units; u++) sum += a[u] * d[u];
        ROLLED for (int u = 0; u < p.units; u++) b[u] = a[u] * (d[u] - sum);
      } else {
        ROLLED for (int u = 1; u < p.units; u++) top = fmaxf(top, a[u]);
        ROLLED for (int u = 0; u < p.units; u++) sum += b[u] = expf(a[u] - top);
        ROLLED for (int u = 0; u < p.units; u++) b[u] /= sum;
      }
    }
  BARRIER
}

// Multiplies the derivative by the outputs of an activation by its own.
struct Differentiate {
  float *deltas;
  const float *values;
  Layout ofDeltas, ofValues;
  int images, activation;
};

KERNEL(differentiate, Differentiate) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t, units = unitsOf(p.ofDeltas), image = i / units, unit = i % units;
    if (image < p.images)
      p.deltas[placeOfUnit(p.ofDeltas, image, unit)] *=
          slope(p.activation, p.values[placeOfUnit(p.ofValues, image, unit)]);
  BARRIER
}

// Dropout, either way: by 0 or 1 / the probability of being kept, by the generator of ND4J (DropoutMask.java).
struct Dropout {
  const float *from;
  float *to;
  const int *control;
  const int *draws;  // [steps][drawsOfStep]: the two numbers that the generator's state comes to, at `first`
  Layout ofFrom, ofTo;
  int images, drawsOfStep, first, threshold, masked;
  float factor;
};

FUNCTION float mask(const Dropout &p, unsigned root, unsigned node, int number) {
  const unsigned index = number + 2u, one = root | index * (node + 24243287u), two = node ^ index * (one + 723829u);
  const unsigned mixed = (one ^ two) * 0x9E3779BBu, random = (mixed << 5 | mixed >> 27) * 5;
  return (int) (random >> 9) < p.threshold ? p.factor : 0;
}

KERNEL(dropout, Dropout) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t, units = unitsOf(p.ofFrom), image = i / units, unit = i % units;
    if (image < p.images) {
      float value = p.from[placeOfUnit(p.ofFrom, image, unit)];
      if (p.masked) {
        const int *draw = p.draws + p.control[0] * p.drawsOfStep + p.first;
        value *= mask(p, draw[0], draw[1], i);
      }
      p.to[placeOfUnit(p.ofTo, image, unit)] = value;
    }
  BARRIER
}

// Pooling: the largest number, or the mean, of each square.
struct Pooling {
  const float *in;
  float *out;
  const float *outDeltas;
  float *inDeltas;
  Layout ofIn, ofOut, ofOutDeltas, ofInDeltas;
  int images, kernel, stride, mean;
};

KERNEL(pool, Pooling) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t, units = unitsOf(p.ofOut), image = i / units, unit = i % units;
    if (image < p.images) {
      const int pixels = p.ofOut.height * p.ofOut.width, c = unit / pixels;
      const int y = unit % pixels / p.ofOut.width * p.stride, x = unit % p.ofOut.width * p.stride;
      float value = p.mean ? 0 : p.in[place(p.ofIn, image, c, y, x)];
      for (int k = 0; k < p.kernel * p.kernel; k++) {
        const float other = p.in[place(p.ofIn, image, c, y + k / p.kernel, x + k % p.kernel)];
        value = p.mean ? value + other : fmaxf(value, other);
      }
      p.out[placeOfUnit(p.ofOut, image, unit)] = p.mean ? value / (p.kernel * p.kernel) : value;
    }
  BARRIER
}

// Whether the number at (y, x) is the largest of a square, and where several are, the first one.
FUNCTION bool isFirstLargest(const Pooling &p, int image, int c, int top, int left, int y, int x) {
  const float value = p.in[place(p.ofIn, image, c, y, x)];
  const int own = (y - top) * p.kernel + x - left;
  for (int k = 0; k < p.kernel * p.kernel; k++) {
    const float other = p.in[place(p.ofIn, image, c, top + k / p.kernel, left + k % p.kernel)];
    if (other > value || (other == value && k < own)) return false;
  }
  return true;
}

// Each input collects what the squares that it is in give it.
KERNEL(pool_backward, Pooling) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t, units = unitsOf(p.ofIn), image = i / units, unit = i % units;
    if (image < p.images) {
      const int pixels = p.ofIn.height * p.ofIn.width, c = unit / pixels;
      const int y = unit % pixels / p.ofIn.width, x = unit % p.ofIn.width;
      const int firstY = y < p.kernel ? 0 : (y - p.kernel) / p.stride + 1;
      const int firstX = x < p.kernel ? 0 : (x - p.kernel) / p.stride + 1;
      float delta = 0;
      for (int oy = firstY; oy < p.ofOut.height && oy * p.stride <= y; oy++)
        for (int ox = firstX; ox < p.ofOut.width && ox * p.stride <= x; ox++)
          if (p.mean || isFirstLargest(p, image, c, oy * p.stride, ox * p.stride, y, x))
            delta += p.outDeltas[place(p.ofOutDeltas, image, c, oy, ox)];
      p.inDeltas[placeOfUnit(p.ofInDeltas, image, unit)] = p.mean ? delta / (p.kernel * p.kernel) : delta;
    }
  BARRIER
}

// Batch normalisation (BatchnormLayer.java): a block a channel, sums in double precision.
struct Batchnorm {
  const float *in;
  float *out;
  const float *outDeltas;
  float *inDeltas;    // null where nothing below learns
  float *parameters;  // gamma, beta, running means, running variances, [channels] each
  float *gradients;   // likewise
  float *statistics;  // mean and variance of the batch, [channels] each
  Layout ofIn, ofOut, ofOutDeltas, ofInDeltas;
  int images, training;
  float momentum, epsilon;
};

// The sum of what 256 threads have; all of them read it from the first place.
FUNCTION void addUp(double *sums) {
  for (int half = BLOCK / 2; half > 0; half /= 2) {
    THREADS(t)
      if (t < half) sums[t] += sums[t + half];
    BARRIER
  }
}

KERNEL(batchnorm, Batchnorm) {
  SHARED double sums[BLOCK];
  SHARED float moments[2];
  const int c = BLOCK_X, channels = p.ofIn.channels, pixels = p.ofIn.height * p.ofIn.width, n = p.images * pixels;
  if (p.training) {
    ROLLED for (int moment = 0; moment < 2; moment++) {
      THREADS(t)
        double sum = 0;
        for (int i = t; i < n; i += BLOCK) {
          const float x = p.in[placeOfUnit(p.ofIn, i / pixels, c * pixels + i % pixels)];
          const float difference = moment == 0 ? x : x - moments[0];
          sum += moment == 0 ? difference : (double) difference * difference;
        }
        sums[t] = sum;
      BARRIER
      addUp(sums);
      THREADS(t)
        if (t == 0) {
          const float value = (float) (sums[0] / n), old = p.parameters[(2 + moment) * channels + c];
          moments[moment] = p.statistics[moment * channels + c] = value;
          p.parameters[(2 + moment) * channels + c] = p.momentum * old + (1 - p.momentum) * value;
        }
      BARRIER
    }
  } else {
    THREADS(t)
      if (t < 2) moments[t] = p.parameters[(2 + t) * channels + c];
    BARRIER
  }
  THREADS(t)
    const float deviation = sqrtf(moments[1] + p.epsilon);
    for (int i = t; i < n; i += BLOCK) {
      const int image = i / pixels, unit = c * pixels + i % pixels;
      const float x = (p.in[placeOfUnit(p.ofIn, image, unit)] - moments[0]) / deviation;
      p.out[placeOfUnit(p.ofOut, image, unit)] = p.parameters[c] * x + p.parameters[channels + c];
    }
  BARRIER
}

KERNEL(batchnorm_backward, Batchnorm) {
  SHARED double sums[BLOCK];
  SHARED double products[BLOCK];
  const int c = BLOCK_X, channels = p.ofIn.channels, pixels = p.ofIn.height * p.ofIn.width, n = p.images * pixels;
  const float mean = p.statistics[c], deviation = sqrtf(p.statistics[channels + c] + p.epsilon);
  THREADS(t)
    double sum = 0, product = 0;
    for (int i = t; i < n; i += BLOCK) {
      const int image = i / pixels, unit = c * pixels + i % pixels;
      const float x = (p.in[placeOfUnit(p.ofIn, image, unit)] - mean) / deviation;
      const float delta = p.outDeltas[placeOfUnit(p.ofOutDeltas, image, unit)];
      sum += delta;
      product += (double) delta * x;
    }
    sums[t] = sum;
    products[t] = product;
  BARRIER
  addUp(sums);
  addUp(products);
  THREADS(t)
    if (t == 0) {
      p.gradients[c] = (float) products[0];
      p.gradients[channels + c] = (float) sums[0];
    }
    const float shift = (float) (sums[0] / n), tilt = (float) (products[0] / n);
    if (p.inDeltas)
      for (int i = t; i < n; i += BLOCK) {
        const int image = i / pixels, unit = c * pixels + i % pixels;
        const float x = (p.in[placeOfUnit(p.ofIn, image, unit)] - mean) / deviation;
        const float delta = p.outDeltas[placeOfUnit(p.ofOutDeltas, image, unit)];
        p.inDeltas[placeOfUnit(p.ofInDeltas, image, unit)] = p.parameters[c] / deviation * (delta - shift - x * tilt);
      }
  BARRIER
}

// Changes all parameters by their gradients: clipping, penalties, the optimizer's rule (UpdateRule.java), the average.
enum Kind { FIXED, LEARNED, PENALISED };

enum Rule { SGD, MOMENTUM, NESTEROV, ADAM, ADAMW, NADAM, AMSGRAD, RMSPROP, ADAGRAD };

struct Update {
  float *weights;
  float *gradients;
  float *states;               // [states][parameters]
  float *average;              // null for none
  const unsigned char *kinds;  // of each parameter
  const float *steps;
  const int *control;
  float *partial;  // [SQUARE_BLOCKS] sums of squares, and the factor that comes of them; null without a norm
  int parameters, rule;
  float beta1, beta2, epsilon, momentum, decay, l1, l2, largestValue, largestNorm;
};

KERNEL(squares, Update) {
  SHARED double sums[BLOCK];
  THREADS(t)
    double sum = 0;
    for (int i = BLOCK_X * BLOCK + t; i < p.parameters; i += SQUARE_BLOCKS * BLOCK)
      if (p.kinds[i] != FIXED) sum += (double) p.gradients[i] * p.gradients[i];
    sums[t] = sum;
  BARRIER
  addUp(sums);
  THREADS(t)
    if (t == 0) p.partial[BLOCK_X] = (float) sums[0];
  BARRIER
}

KERNEL(clip, Update) {
  THREADS(t)
    if (t == 0) {
      double sum = 0;
      ROLLED for (int i = 0; i < SQUARE_BLOCKS; i++) sum += p.partial[i];
      const double norm = sqrt(sum);
      p.partial[SQUARE_BLOCKS] = norm > p.largestNorm ? (float) (p.largestNorm / norm) : 1;
    }
  BARRIER
}

FUNCTION void apply(const Update &p, const float *step, int i, float g, float w) {
  float *state = p.states + i;
  const int n = p.parameters;
  const float rate = step[RATE];
  switch (p.rule) {
    case MOMENTUM:
      w += state[0] = p.momentum * state[0] - rate * g;
      break;
    case NESTEROV: {
      const float v = state[0] = p.momentum * state[0] - rate * g;
      w += p.momentum * v - rate * g;
      break;
    }
    case ADAM: case ADAMW: case NADAM: case AMSGRAD: {
      const float m = state[0] = p.beta1 * state[0] + (1 - p.beta1) * g;
      float v = state[n] = p.beta2 * state[n] + (1 - p.beta2) * g * g;
      if (p.rule == NADAM) {
        w -= (step[MEAN_FACTOR] * m + step[GRADIENT_FACTOR] * g) / (sqrtf(v) * step[ROOT_FACTOR] + p.epsilon);
        break;
      }
      if (p.rule == AMSGRAD) v = state[2 * n] = fmaxf(state[2 * n], v);
      w -= rate * m / (sqrtf(v) + p.epsilon);
      break;
    }
    case RMSPROP: case ADAGRAD: {
      const float s = p.rule == RMSPROP ? p.decay * state[0] + (1 - p.decay) * g * g : state[0] + g * g;
      state[0] = s;
      w -= rate * g / (sqrtf(s) + p.epsilon);
      break;
    }
    default:
      w -= rate * g;
  }
  p.weights[i] = w;
}

KERNEL(update, Update) {
  THREADS(t)
    const int i = BLOCK_X * BLOCK + t;
    const float *step = p.steps + p.control[0] * STEP_VALUES;
    if (i < p.parameters) {
      if (p.kinds[i] != FIXED) {
        float w = p.weights[i], g = p.gradients[i];
        if (p.largestNorm > 0) g *= p.partial[SQUARE_BLOCKS];
        if (p.largestValue > 0) g = fmaxf(-p.largestValue, fminf(p.largestValue, g));
        if (p.kinds[i] == PENALISED) {
          if (p.l1 > 0) g += w > 0 ? p.l1 : w < 0 ? -p.l1 : 0;
          if (p.l2 > 0) g += p.l2 * w;
          if (step[DECAY] > 0) w -= step[DECAY] * w;
        }
        apply(p, step, i, g, w);
      }
      if (p.average) p.average[i] += step[AVERAGE_SHARE] * (p.weights[i] - p.average[i]);
    }
  BARRIER
}
