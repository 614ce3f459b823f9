'use strict';

/**
 * The network of this page, and what a server would do before it: finds the digits in a picture,
 * brings them into the form of MNIST's, and names them. Answers as the server does.
 */
window.exportedNetwork = (() => {
  const stored = JSON.parse(document.getElementById('network').textContent);
  const {config, about} = stored;
  const [height, width] = [about.height, about.width];
  /** Of the box in an image of 28 pixels that a digit fills. */
  const BOX = 20 / 28;
  /** Ink lighter than this part of the darkest is paper. */
  const PAPER = 0.25;
  /** What is smaller than this part of the largest digit's height and width is a speck. */
  const SPECK = 0.15;
  /** A picture is looked at with at most so many pixels along its longer side. */
  const MOST_PIXELS = 600;

  // ---- The network: modules with PyTorch's names, one image at a time

  const weights = {};
  for (const [name, text] of Object.entries(stored.weights)) {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    weights[name] = new Float32Array(bytes.buffer);
  }

  const pair = (value, usual) => {
    const some = value === undefined ? usual : value;
    return Array.isArray(some) ? some : [some, some];
  };

  /** Calls visit(channel, place, from) for each number under a window at each of its places. */
  function slide(shape, layer, visit) {
    const [rows, columns] = shape.slice(1);
    const kernel = pair(layer.kernel_size);
    const stride = pair(layer.stride, layer.type === 'Conv2d' ? 1 : kernel);
    const padding = pair(layer.padding, 0);
    const dilation = pair(layer.dilation, 1);
    const count = (d, size) => Math.floor(
      (size + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d]) + 1;
    const [high, wide] = [count(0, rows), count(1, columns)];
    for (let r = 0; r < high; r++) {
      for (let c = 0; c < wide; c++) {
        for (let i = 0; i < kernel[0]; i++) {
          const row = r * stride[0] - padding[0] + i * dilation[0];
          for (let j = 0; j < kernel[1]; j++) {
            const column = c * stride[1] - padding[1] + j * dilation[1];
            if (row >= 0 && row < rows && column >= 0 && column < columns) {
              visit(r * wide + c, row * columns + column, i * kernel[1] + j);
            }
          }
        }
      }
    }
    return [high, wide, kernel[0] * kernel[1]];
  }

  function convolution(x, shape, layer, kernel, bias) {
    const [channels, rows, columns] = shape;
    const filters = layer.out_channels;
    const taps = [];
    const [high, wide, size] = slide(shape, layer, (...tap) => taps.push(tap));
    const out = new Float32Array(filters * high * wide);
    for (let f = 0; f < filters; f++) {
      out.fill(bias[f], f * high * wide, (f + 1) * high * wide);
      for (let channel = 0; channel < channels; channel++) {
        const from = channel * rows * columns;
        const first = (f * channels + channel) * size;
        for (const [place, pixel, tap] of taps) {
          out[f * high * wide + place] += kernel[first + tap] * x[from + pixel];
        }
      }
    }
    return [out, [filters, high, wide]];
  }

  function pooling(x, shape, layer) {
    const [channels, rows, columns] = shape;
    const max = layer.type === 'MaxPool2d';
    const taps = [];
    const [high, wide, size] = slide(shape, layer, (...tap) => taps.push(tap));
    const out = new Float32Array(channels * high * wide).fill(max ? -Infinity : 0);
    const counts = new Float32Array(high * wide);
    taps.forEach(([place]) => counts[place]++);
    for (let channel = 0; channel < channels; channel++) {
      for (const [place, pixel] of taps) {
        const at = channel * high * wide + place;
        const value = x[channel * rows * columns + pixel];
        out[at] = max ? Math.max(out[at], value) : out[at] + value;
      }
    }
    const all = layer.count_include_pad !== false;
    return [
      max ? out : out.map((sum, i) => sum / (all ? size : counts[i % (high * wide)])),
      [channels, high, wide],
    ];
  }

  function linear(x, layer, kernel, bias) {
    const out = Float32Array.from(bias);
    for (let o = 0; o < out.length; o++) {
      for (let i = 0; i < x.length; i++) {
        out[o] += kernel[o * x.length + i] * x[i];
      }
    }
    return [out, [out.length]];
  }

  function batchNorm(x, shape, layer, name) {
    const of = (part) => weights[name + part];
    const size = x.length / shape[0];
    return [x.map((value, i) => {
      const c = Math.floor(i / size);
      return (value - of('running_mean')[c]) / Math.sqrt(of('running_var')[c] + layer.eps)
        * of('weight')[c] + of('bias')[c];
    }), shape];
  }

  function padded(x, shape, [left, right, top, bottom]) {
    const [channels, rows, columns] = shape;
    const [high, wide] = [rows + top + bottom, columns + left + right];
    const out = new Float32Array(channels * high * wide);
    for (let i = 0; i < x.length; i++) {
      const row = Math.floor(i / columns) % rows + top;
      out[(Math.floor(i / columns / rows) * high + row) * wide + i % columns + left] = x[i];
    }
    return [out, [channels, high, wide]];
  }

  function softmax(x) {
    const most = Math.max(...x);
    const powers = x.map((value) => Math.exp(value - most));
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  }

  const sigmoid = (v) => 1 / (1 + Math.exp(-v));
  const softplus = (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
  const between = (least, most) => (v) => Math.min(most, Math.max(least, v));
  /** The error function, to 1.5e-7: Abramowitz and Stegun, 7.1.26. */
  const erf = (v) => {
    const t = 1 / (1 + 0.3275911 * Math.abs(v));
    const series = t * (0.254829592 + t * (-0.284496736
      + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.sign(v) * (1 - series * Math.exp(-v * v));
  };
  const activations = {
    ReLU: () => (v) => Math.max(v, 0),
    ReLU6: () => between(0, 6),
    Hardtanh: (layer) => between(layer.min_val, layer.max_val),
    LeakyReLU: (layer) => (v) => (v > 0 ? v : layer.negative_slope * v),
    ELU: (layer) => (v) => (v > 0 ? v : layer.alpha * Math.expm1(v)),
    SELU: () => (v) =>
      1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v)),
    SiLU: () => (v) => v * sigmoid(v),
    GELU: () => (v) => v * (1 + erf(v / Math.SQRT2)) / 2,
    Mish: () => (v) => v * Math.tanh(softplus(v)),
    Sigmoid: () => sigmoid,
    Tanh: () => Math.tanh,
    Softplus: () => softplus,
    Softsign: () => (v) => v / (1 + Math.abs(v)),
    Hardsigmoid: () => (v) => between(0, 1)(v / 6 + 0.5),
    Hardswish: () => (v) => v * between(0, 1)(v / 6 + 0.5),
  };

  function step(x, shape, layer, index) {
    const name = index + '.';
    const [kernel, bias] = [weights[name + 'weight'], weights[name + 'bias']];
    switch (layer.type) {
      case 'Linear': return linear(x, layer, kernel, bias);
      case 'Conv2d': return convolution(x, shape, layer, kernel, bias);
      case 'MaxPool2d':
      case 'AvgPool2d': return pooling(x, shape, layer);
      case 'AdaptiveMaxPool2d':
      case 'AdaptiveAvgPool2d': return pooling(x, shape, {
        type: layer.type.replace('Adaptive', ''), kernel_size: shape.slice(1),
      });
      case 'BatchNorm1d':
      case 'BatchNorm2d': return batchNorm(x, shape, layer, name);
      case 'ZeroPad2d': return padded(x, shape, layer.padding);
      case 'Flatten': return [x, [x.length]];
      case 'Dropout': return [x, shape];
      case 'Softmax': return [softmax(x), shape];
      default: return [x.map(activations[layer.type](layer)), shape];
    }
  }

  /** What the network says of an image of numbers from 0 (paper) to 255 (ink). */
  function probabilities(image) {
    const [paper, ink] = config.pixels.split('..').map(Number);
    let x = Float32Array.from(image, (value) => paper + (ink - paper) * value / 255);
    let shape = config.input;
    config.layers.forEach((layer, index) => {
      [x, shape] = step(x, shape, layer, index);
    });
    return Array.from(x);
  }

  // ---- The picture: ink, digits, and the form of MNIST's images

  /** Scales a part of ink to another size; each pixel is the mean of what it covers. */
  function scaled(ink, inkWidth, box, toWidth, toHeight) {
    const out = new Float32Array(toWidth * toHeight);
    const overlap = (a, b, at) => Math.max(0, Math.min(b, at + 1) - Math.max(a, at));
    for (let r = 0; r < toHeight; r++) {
      const [top, bottom] = [r, r + 1].map((at) => box.y + at * box.height / toHeight);
      for (let c = 0; c < toWidth; c++) {
        const [left, right] = [c, c + 1].map((at) => box.x + at * box.width / toWidth);
        let sum = 0;
        for (let y = Math.floor(top); y < bottom; y++) {
          for (let x = Math.floor(left); x < right; x++) {
            sum += overlap(top, bottom, y) * overlap(left, right, x) * ink[y * inkWidth + x];
          }
        }
        out[r * toWidth + c] = sum / ((bottom - top) * (right - left));
      }
    }
    return out;
  }

  /** A digit in a box of 20 pixels, its centre of mass in the middle of 28. */
  function normalized(ink, inkWidth, box) {
    const side = Math.round(BOX * Math.min(height, width));
    const longest = Math.max(box.width, box.height);
    const [wide, high] = [box.width, box.height].map(
      (length) => Math.max(1, Math.round(length * side / longest)));
    const small = scaled(ink, inkWidth, box, wide, high);
    let [mass, rows, columns] = [0, 0, 0];
    small.forEach((value, i) => {
      mass += value;
      rows += value * Math.floor(i / wide);
      columns += value * (i % wide);
    });
    const shift = (length, inner, centre) => Math.min(
      length - inner, Math.max(0, Math.floor(Math.floor(length / 2) - centre + 0.5)));
    const [top, left] = [shift(height, high, rows / mass), shift(width, wide, columns / mass)];
    const image = new Array(height * width).fill(0);
    small.forEach((value, i) => {
      const at = (top + Math.floor(i / wide)) * width + left + i % wide;
      image[at] = Math.round(255 * Math.min(1, value));
    });
    return image;
  }

  /** Boxes around ink that hangs together; parts that lie above one another are one digit. */
  function boxes(ink, wide, high) {
    const seen = new Uint8Array(ink.length);
    const found = [];
    for (let start = 0; start < ink.length; start++) {
      if (seen[start] || ink[start] < PAPER) {
        continue;
      }
      const part = {left: wide, top: high, right: 0, bottom: 0};
      const open = [start];
      seen[start] = 1;
      while (open.length > 0) {
        const at = open.pop();
        const [x, y] = [at % wide, Math.floor(at / wide)];
        part.left = Math.min(part.left, x);
        part.right = Math.max(part.right, x + 1);
        part.top = Math.min(part.top, y);
        part.bottom = Math.max(part.bottom, y + 1);
        for (let ny = Math.max(0, y - 1); ny <= Math.min(high - 1, y + 1); ny++) {
          for (let nx = Math.max(0, x - 1); nx <= Math.min(wide - 1, x + 1); nx++) {
            const next = ny * wide + nx;
            if (!seen[next] && ink[next] >= PAPER) {
              seen[next] = 1;
              open.push(next);
            }
          }
        }
      }
      found.push(part);
    }
    found.sort((a, b) => a.left - b.left);
    const digits = [];
    for (const part of found) {
      const before = digits[digits.length - 1];
      const common = before ? Math.min(before.right, part.right) - part.left : 0;
      const narrower = before
        ? Math.min(before.right - before.left, part.right - part.left) : 1;
      if (common > narrower / 2) {
        before.right = Math.max(before.right, part.right);
        before.top = Math.min(before.top, part.top);
        before.bottom = Math.max(before.bottom, part.bottom);
      } else {
        digits.push(part);
      }
    }
    const size = (digit) => Math.max(digit.right - digit.left, digit.bottom - digit.top);
    const largest = Math.max(0, ...digits.map(size));
    return digits.filter((digit) => size(digit) > SPECK * largest).map((digit) => ({
      x: digit.left, y: digit.top,
      width: digit.right - digit.left, height: digit.bottom - digit.top,
    }));
  }

  /** Ink from 0 to 1: what differs from the paper at the edges. */
  function inkOf(data) {
    const tones = new Float32Array(data.width * data.height);
    for (let i = 0; i < tones.length; i++) {
      const [red, green, blue, alpha] = data.data.subarray(4 * i, 4 * i + 4);
      const tone = 0.299 * red + 0.587 * green + 0.114 * blue;
      tones[i] = 255 + (tone - 255) * alpha / 255;
    }
    const edge = tones.filter((_, i) => {
      const [x, y] = [i % data.width, Math.floor(i / data.width)];
      return x === 0 || y === 0 || x === data.width - 1 || y === data.height - 1;
    }).sort();
    const paper = edge[edge.length >> 1];
    const contrasts = tones.map((tone) => Math.abs(tone - paper));
    const most = contrasts.reduce((a, b) => Math.max(a, b), 0);
    return contrasts.map((contrast) => (most > 20 && contrast > PAPER * most ? contrast / most : 0));
  }

  async function pixels(blob) {
    const bitmap = await createImageBitmap(blob);
    const scale = Math.min(1, MOST_PIXELS / Math.max(bitmap.width, bitmap.height));
    const sheet = document.createElement('canvas');
    sheet.width = Math.max(1, Math.round(bitmap.width * scale));
    sheet.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = sheet.getContext('2d');
    context.drawImage(bitmap, 0, 0, sheet.width, sheet.height);
    return [context.getImageData(0, 0, sheet.width, sheet.height), scale];
  }

  async function predictions(blob) {
    const [data, scale] = await pixels(blob);
    const whole = {x: 0, y: 0, width: data.width, height: data.height};
    let ink;
    let found;
    if (about.wholePictures) {
      ink = Float32Array.from(
        {length: data.width * data.height}, (_, i) => data.data[4 * i] / 255);
      found = [whole];
    } else {
      ink = inkOf(data);
      found = boxes(ink, data.width, data.height);
    }
    return found.map((box) => {
      const image = about.wholePictures
        ? Array.from(scaled(ink, data.width, box, width, height), (v) => Math.round(255 * v))
        : normalized(ink, data.width, box);
      const shares = probabilities(image);
      const best = shares.indexOf(Math.max(...shares));
      return {
        digit: about.labels[best],
        probability: shares[best],
        probabilities: Object.fromEntries(shares.map((share, i) => [about.labels[i], share])),
        box: Object.fromEntries(Object.entries(box).map(([key, value]) => [key, value / scale])),
        image,
      };
    });
  }

  const answer = (document) => ({ok: true, json: async () => document});

  async function send(path, options) {
    if (path === '/v1/model') {
      return answer({
        ...about, input: {height, width, wholePictures: about.wholePictures},
        limits: {bodyBytes: Infinity}, collects: false, compared: [],
      });
    }
    return answer({predictions: await predictions(options.body)});
  }
  send.probabilities = probabilities;
  return send;
})();
