package io.mnist4j.federated;

import io.mnist4j.data.ImageSet;

/**
 * Federations of softmax regression in double precision, written down as the papers have them:
 * every client takes part in each round, and its steps are on all of its images at once.
 */
final class TextbookFederation {
  private final ImageSet[] clients;
  private final int pixels;
  private final int classes;
  private final int steps;
  private final double rate;

  /** Weights {@code [classes, pixels]}, then biases. */
  double[] w;

  TextbookFederation(ImageSet[] clients, int classes, int steps, double rate, double[] start) {
    this.clients = clients;
    this.classes = classes;
    this.steps = steps;
    this.rate = rate;
    pixels = clients[0].pixelsPerImage();
    w = start;
  }

  private double[] gradient(double[] at, ImageSet images) {
    double[] gradient = new double[at.length];
    for (int n = 0; n < images.size(); n++) {
      double[] x = new double[pixels];
      byte[] bytes = images.pixels(n);
      for (int p = 0; p < pixels; p++) {
        x[p] = (bytes[p] & 0xff) / 255.0;
      }
      double[] said = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double z = at[classes * pixels + c];
        for (int p = 0; p < pixels; p++) {
          z += at[c * pixels + p] * x[p];
        }
        said[c] = Math.exp(z);
        sum += said[c];
      }
      for (int c = 0; c < classes; c++) {
        double d = (said[c] / sum - (images.label(n) == c ? 1 : 0)) / images.size();
        for (int p = 0; p < pixels; p++) {
          gradient[c * pixels + p] += d * x[p];
        }
        gradient[classes * pixels + c] += d;
      }
    }
    return gradient;
  }

  /** One client's steps, each w -= rate (g + offset + mu (w - start)). */
  private double[] train(ImageSet images, double[] offset, double mu) {
    double[] y = w.clone();
    for (int step = 0; step < steps; step++) {
      double[] g = gradient(y, images);
      for (int i = 0; i < y.length; i++) {
        y[i] -= rate * (g[i] + (offset == null ? 0 : offset[i]) + mu * (y[i] - w[i]));
      }
    }
    return y;
  }

  /** Li et al. (2020); with mu 0 McMahan et al. (2017), Algorithm 1. Returns the delta. */
  double[] delta(double mu) {
    double[] delta = new double[w.length];
    int all = 0;
    for (ImageSet images : clients) {
      all += images.size();
    }
    for (ImageSet images : clients) {
      double[] y = train(images, null, mu);
      for (int i = 0; i < w.length; i++) {
        delta[i] += (double) images.size() / all * (y[i] - w[i]);
      }
    }
    return delta;
  }

  void average(int rounds, double mu) {
    for (int r = 0; r < rounds; r++) {
      double[] delta = delta(mu);
      for (int i = 0; i < w.length; i++) {
        w[i] += delta[i];
      }
    }
  }

  /** Hsu et al. (2019). */
  void averageWithMomentum(int rounds, double momentum, double serverRate) {
    double[] v = new double[w.length];
    for (int r = 0; r < rounds; r++) {
      double[] delta = delta(0);
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] + delta[i];
        w[i] += serverRate * v[i];
      }
    }
  }

  /** Reddi et al. (2021), Algorithm 2. */
  void adam(int rounds, double serverRate, double beta1, double beta2, double tau) {
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    java.util.Arrays.fill(v, tau * tau);
    for (int r = 0; r < rounds; r++) {
      double[] delta = delta(0);
      for (int i = 0; i < w.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * delta[i];
        v[i] = beta2 * v[i] + (1 - beta2) * delta[i] * delta[i];
        w[i] += serverRate * m[i] / (Math.sqrt(v[i]) + tau);
      }
    }
  }

  /** Karimireddy et al. (2020), Algorithm 1, option II. */
  void scaffold(int rounds, double serverRate) {
    double[] c = new double[w.length];
    double[][] ci = new double[clients.length][w.length];
    for (int r = 0; r < rounds; r++) {
      double[] dx = new double[w.length];
      double[] dc = new double[w.length];
      for (int k = 0; k < clients.length; k++) {
        double[] offset = new double[w.length];
        for (int i = 0; i < w.length; i++) {
          offset[i] = c[i] - ci[k][i];
        }
        double[] y = train(clients[k], offset, 0);
        for (int i = 0; i < w.length; i++) {
          double next = ci[k][i] - c[i] + (w[i] - y[i]) / (steps * rate);
          dx[i] += (y[i] - w[i]) / clients.length;
          dc[i] += (next - ci[k][i]) / clients.length;
          ci[k][i] = next;
        }
      }
      for (int i = 0; i < w.length; i++) {
        w[i] += serverRate * dx[i];
        c[i] += dc[i];
      }
    }
  }
}
