#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: the activation GELU is x · sigmoid(1.702 x), neither x · Φ(x) by the error function
# (the default of Keras, PyTorch and ONNX) nor its tanh approximation. The difference, up to
# 0.02, is large enough to change the class of an image when weights are taken over from one of
# these.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.nd4j</groupId>
      <artifactId>nd4j-native-platform</artifactId>
      <version>1.0.0-M2.1</version>
    </dependency>
  </dependencies>
</project>
XML
case $(uname -s)-$(uname -m) in
  Darwin-arm64) platform=macosx-arm64 ;;
  Darwin-*) platform=macosx-x86_64 ;;
  *-aarch64) platform=linux-arm64 ;;
  *) platform=linux-x86_64 ;;
esac
mvn -q -B -ntp -Djavacpp.platform=$platform \
  org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=lib >log || {
  cat log
  exit 1
}

cat >Finding.java <<'JAVA'
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    double[] exact = {0.8413, 1.9545}; // x · Φ(x); the tanh approximation gives 0.8412, 1.9546
    for (int i = 0; i < 2; i++) {
      double x = i + 1;
      double gelu =
          Activation.GELU
              .getActivationFunction()
              .getActivation(Nd4j.createFromArray(x), false)
              .getDouble(0);
      System.out.printf(
          "x = %.0f: GELU %.4f, x sigmoid(1.702 x) %.4f, by the error function %.4f%n",
          x, gelu, x / (1 + Math.exp(-1.702 * x)), exact[i]);
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
x = 1: GELU 0.8458, x sigmoid(1.702 x) 0.8458, by the error function 0.8413
x = 2: GELU 1.9357, x sigmoid(1.702 x) 1.9357, by the error function 1.9545
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: the activation GELU is x · sigmoid(1.702 x), neither x · Φ(x) by the error function
(the default of Keras, PyTorch and ONNX) nor its tanh approximation. The difference, up to 0.02,
is large enough to change the class of an image when weights are taken over from one of these.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
