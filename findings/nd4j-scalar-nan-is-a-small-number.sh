#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: a number that is not a number (NaN) counts as 0.00001 where it is added to,
# subtracted from, multiplied with or divided into an array as a scalar: 2 * NaN is 0.00002. The same number
# as an array, or put into one, stays NaN. A loss or a learning rate that has become NaN so hides
# in the numbers that it scales.
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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) {
    float nan = Float.NaN;
    INDArray two = Nd4j.createFromArray(2f);
    print("2 + NaN", two.add(nan));
    print("2 - NaN", two.sub(nan));
    print("2 * NaN", two.mul(nan));
    print("2 / NaN", two.div(nan));
    print("2 * Infinity", two.mul(Float.POSITIVE_INFINITY));
    print("2 * array of NaN", two.mul(Nd4j.createFromArray(nan)));
    print("assigned", Nd4j.zeros(1).assign(nan));
  }

  static void print(String what, INDArray value) {
    System.out.printf("%s: %s%n", what, value.getFloat(0));
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
2 + NaN: 2.00001
2 - NaN: 1.99999
2 * NaN: 2.0E-5
2 / NaN: 200000.0
2 * Infinity: Infinity
2 * array of NaN: NaN
assigned: NaN
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: a number that is not a number (NaN) counts as 0.00001 where it is added to, subtracted
from, multiplied with or divided into an array as a scalar: 2 * NaN is 0.00002. The same number as
an array, or put into one, stays NaN.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
