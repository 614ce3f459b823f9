#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: argMax and max pass over a NaN unless it is the first element, in which case argMax
# is 0. NumPy and PyTorch let a NaN win wherever it is. So a network whose outputs have become
# NaN in part still predicts classes, and which ones depends on the order.
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
  public static void main(String[] arguments) throws Exception {
    INDArray middle = Nd4j.createFromArray(1f, Float.NaN, 3f);
    INDArray first = Nd4j.createFromArray(Float.NaN, 1f, 3f);
    System.out.println("[1, NaN, 3]: argMax " + middle.argMax().getInt(0));
    System.out.println("[NaN, 1, 3]: argMax " + first.argMax().getInt(0));
    System.out.println("[1, NaN, 3]: max " + middle.maxNumber());
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
[1, NaN, 3]: argMax 2
[NaN, 1, 3]: argMax 0
[1, NaN, 3]: max 3.0
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: argMax and max pass over a NaN unless it is the first element, in which case argMax
is 0. NumPy and PyTorch let a NaN win wherever it is. So a network whose outputs have become NaN
in part still predicts classes, and which ones depends on the order.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
