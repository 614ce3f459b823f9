package io.mnist4j.cli;

import org.nd4j.linalg.factory.Nd4j;

/** Entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println(Nd4j.rand(3, 3).mmul(Nd4j.rand(3, 3)));
  }
}
