package io.mnist4j.explain;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Images by which explanations are tried.
 *
 * @param images of one size, at least one
 * @param labels [n] of the classes that are explained, outputs of the network
 * @param squares that are taken out of each image
 * @param happened [n, squares] by how much the log-odds of the class fell, in nats
 * @param network what it says of images, whose labels it does not look at
 */
record TriedImages(
    List<GreyImage> images,
    int[] labels,
    List<SquareRemoval> squares,
    List<double[]> happened,
    Function<ImageSet, Predictions> network) {

  /** Takes the squares out and asks the network. */
  static TriedImages of(
      List<GreyImage> images,
      int[] labels,
      List<SquareRemoval> squares,
      Function<ImageSet, Predictions> network) {
    int perImage = images.get(0).pixels().length;
    int each = 1 + SquareRemoval.SQUARES;
    byte[] pixels = new byte[images.size() * each * perImage];
    for (int i = 0; i < labels.length; i++) {
      byte[] image = images.get(i).pixels();
      System.arraycopy(image, 0, pixels, i * each * perImage, perImage);
      squares.get(i).remove(image, pixels, (i * each + 1) * perImage);
    }
    Predictions said = ask(network, images.get(0), pixels);
    List<double[]> happened = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      double[] falls = new double[SquareRemoval.SQUARES];
      double whole = logOdds(said, i * each, labels[i]);
      for (int square = 0; square < falls.length; square++) {
        falls[square] = whole - logOdds(said, i * each + 1 + square, labels[i]);
      }
      happened.add(falls);
    }
    return new TriedImages(images, labels, squares, happened, network);
  }

  private static double logOdds(Predictions said, int image, int label) {
    double[] outputs = new double[said.classes()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = said.output(image, i);
    }
    return ClassMargin.LOG_ODDS.ofOutputs(outputs, label, new double[outputs.length]);
  }

  /**
   * What the network says of changed images.
   *
   * @param pixels {@code [changed, height * width]}, unsigned
   */
  Predictions ask(byte[] pixels) {
    return ask(network, images.get(0), pixels);
  }

  private static Predictions ask(
      Function<ImageSet, Predictions> network, GreyImage size, byte[] pixels) {
    byte[] labels = new byte[pixels.length / size.pixels().length];
    return network.apply(new ImageSet(size.height(), size.width(), pixels, labels));
  }
}
