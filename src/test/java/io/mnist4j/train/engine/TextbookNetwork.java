package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;

/**
 * The mean loss of a batch in training, as textbooks have it: plain loops in double precision, with
 * neither DL4J nor the fused step in them. Without dropout.
 */
final class TextbookNetwork {
  private final NetworkSpec model;
  private final double[] parameters;
  private int next;

  private TextbookNetwork(NetworkSpec model, double[] parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  /**
   * Computes the loss.
   *
   * @param parameters in DL4J's order
   * @param batch indices of the images
   */
  static double loss(NetworkSpec model, double[] parameters, ImageSet images, int[] batch) {
    return new TextbookNetwork(model, parameters).loss(images, batch);
  }

  private double loss(ImageSet images, int[] batch) {
    double[][] rows = new double[batch.length][images.pixelsPerImage()];
    for (int i = 0; i < rows.length; i++) {
      for (int p = 0; p < rows[i].length; p++) {
        rows[i][p] = (images.pixels()[batch[i] * rows[i].length + p] & 0xff) / 255f;
      }
    }
    for (LayerSpec layer : model.layers()) {
      if (layer instanceof Dense dense) {
        rows = dense(rows, dense.units(), dense.activation());
      } else if (layer instanceof Batchnorm batchnorm) {
        normalize(rows, batchnorm.epsilon());
      } else {
        throw new IllegalArgumentException(layer.key());
      }
    }
    OutputSpec output = model.output();
    int classes = 3;
    rows = dense(rows, classes, output.activation());
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += loss(rows[i], output, output.targets(classes)[images.label(batch[i])]);
    }
    return sum / rows.length;
  }

  private double[][] dense(double[][] in, int units, Activation activation) {
    int inputs = in[0].length;
    double[][] out = new double[in.length][units];
    for (int i = 0; i < in.length; i++) {
      for (int u = 0; u < units; u++) {
        out[i][u] = parameters[next + units * inputs + u];
        for (int k = 0; k < inputs; k++) {
          out[i][u] += in[i][k] * parameters[next + u * inputs + k];
        }
      }
      activate(out[i], activation);
    }
    next += units * (inputs + 1);
    return out;
  }

  private static void activate(double[] z, Activation activation) {
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value);
    }
    for (int u = 0; u < z.length; u++) {
      double x = z[u];
      z[u] =
          switch (activation) {
            case IDENTITY -> x;
            case RELU -> Math.max(0, x);
            case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
            case ELU -> x > 0 ? x : Math.exp(x) - 1;
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case GELU -> x / (1 + Math.exp(-1.702 * x));
            case SWISH -> x / (1 + Math.exp(-x));
            case SOFTMAX -> Math.exp(x) / sum;
          };
    }
  }

  private void normalize(double[][] rows, double epsilon) {
    int units = rows[0].length;
    for (int u = 0; u < units; u++) {
      double mean = 0;
      double variance = 0;
      for (double[] row : rows) {
        mean += row[u] / rows.length;
      }
      for (double[] row : rows) {
        variance += (row[u] - mean) * (row[u] - mean) / rows.length;
      }
      for (double[] row : rows) {
        double normalized = (row[u] - mean) / Math.sqrt(variance + epsilon);
        row[u] = parameters[next + u] * normalized + parameters[next + units + u];
      }
    }
    next += 4 * units;
  }

  private static double loss(double[] outputs, OutputSpec output, float[] targets) {
    double sum = 0;
    for (int c = 0; c < outputs.length; c++) {
      double y = outputs[c];
      double t = targets[c];
      if (output.loss() == Loss.MSE) {
        sum += (y - t) * (y - t) / outputs.length;
      } else if (output.activation() == Activation.SOFTMAX) {
        sum -= t * Math.log(y);
      } else {
        sum -= t * Math.log(y) + (1 - t) * Math.log(1 - y);
      }
    }
    return sum;
  }
}
