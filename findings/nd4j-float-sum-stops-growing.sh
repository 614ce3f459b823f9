#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: with one thread sum and mean of FLOAT arrays add one element after the other in a
# float, so that the sum of ones stops at 2^24 and the mean of 47 million pixels of 0.5, as many
# as MNIST's training images have, is 0.178. NumPy and PyTorch add pairwise and are right. More
# threads make the error smaller and dependent on their number.
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
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    long[] mnist = {60_000, 784};
    System.out.printf(
        "sum of %d ones: %.0f%n",
        mnist[0] * mnist[1], Nd4j.ones(DataType.FLOAT, mnist).sumNumber().doubleValue());
    System.out.printf(
        "mean of as many 0.5: %.3f%n",
        Nd4j.valueArrayOf(mnist, 0.5, DataType.FLOAT).meanNumber().doubleValue());
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
sum of 47040000 ones: 16777216
mean of as many 0.5: 0.178
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: with one thread sum and mean of FLOAT arrays add one element after the other in a
float, so that the sum of ones stops at 2^24 and the mean of 47 million pixels of 0.5, as many
as MNIST's training images have, is 0.178. NumPy and PyTorch add pairwise and are right. More
threads make the error smaller and dependent on their number.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
