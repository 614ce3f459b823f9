#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: the derivatives of the activations SWISH and GELU are "not a number" in single precision
# from about 45 and 27 on, where they are 1: the value is right there, and so are the
# derivatives in double precision. A single activation of that size in one image makes every weight
# of the network not a number in the next step of training.
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    for (Activation activation : new Activation[] {Activation.SWISH, Activation.GELU}) {
      for (int x : new int[] {20, 40, 60}) {
        System.out.printf(
            "%s at %d: value %.0f, derivative %.0f in single precision, %.0f in double%n",
            activation,
            x,
            activation
                .getActivationFunction()
                .getActivation(Nd4j.createFromArray((float) x), false)
                .getDouble(0),
            derivative(activation, DataType.FLOAT, x),
            derivative(activation, DataType.DOUBLE, x));
      }
    }
  }

  static double derivative(Activation activation, DataType precision, int x) {
    INDArray in = Nd4j.createFromArray((double) x).castTo(precision);
    INDArray one = Nd4j.createFromArray(1.0).castTo(precision);
    return activation.getActivationFunction().backprop(in, one).getFirst().getDouble(0);
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
SWISH at 20: value 20, derivative 1 in single precision, 1 in double
SWISH at 40: value 40, derivative 1 in single precision, 1 in double
SWISH at 60: value 60, derivative NaN in single precision, 1 in double
GELU at 20: value 20, derivative 1 in single precision, 1 in double
GELU at 40: value 40, derivative NaN in single precision, 1 in double
GELU at 60: value 60, derivative NaN in single precision, 1 in double
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: the derivatives of the activations SWISH and GELU are "not a number" in single precision
from about 45 and 27 on, where they are 1: the value is right there, and so are the derivatives in
double precision. A single activation of that size in one image makes every weight of the network
not a number in the next step of training.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
