#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: the first step of the Nadam updater is about 60 times the learning rate, whatever
# the gradient. It divides by the square root of the second moment without the correction for
# its start at 0, which Dozat's algorithm (and Keras, PyTorch) has; there the first step is 1 to
# 2 times the learning rate. Adam of the same package does correct.
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    for (IUpdater updater : new IUpdater[] {new Adam(0.001), new Nadam(0.001)}) {
      INDArray gradient = Nd4j.valueArrayOf(new long[] {1, 1}, 0.5, DataType.DOUBLE);
      updater
          .instantiate(Nd4j.zeros(DataType.DOUBLE, 1, updater.stateSize(1)), true)
          .applyUpdater(gradient, 0, 0);
      System.out.printf(
          "%s, learning rate 0.001: the first step is %.4f%n",
          updater.getClass().getSimpleName(), gradient.getDouble(0));
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
Adam, learning rate 0.001: the first step is 0.0010
Nadam, learning rate 0.001: the first step is 0.0601
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: the first step of the Nadam updater is about 60 times the learning rate, whatever the
gradient. It divides by the square root of the second moment without the correction for its
start at 0, which Dozat's algorithm (and Keras, PyTorch) has; there the first step is 1 to 2
times the learning rate. Adam of the same package does correct.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
