#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: INDArray.equals, and so assertEquals of two arrays, takes arrays for equal whose
# elements differ by up to 1e-5, absolutely: two runs whose weights have drifted apart by less
# "have the same weights", and all learning rates or gradients below 1e-5 are "equal" to 0.
# equalsWithEps(other, 0) is exact.
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
    INDArray one = Nd4j.createFromArray(1.0f);
    INDArray close = Nd4j.createFromArray(1.000005f);
    System.out.println("1 and 1.000005: equals " + one.equals(close));
    System.out.println("1 and 1.000005: equalsWithEps 0 " + one.equalsWithEps(close, 0));
    System.out.println(
        "0 and 0.000009 (double): equals "
            + Nd4j.createFromArray(0.0).equals(Nd4j.createFromArray(0.000009)));
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
1 and 1.000005: equals true
1 and 1.000005: equalsWithEps 0 false
0 and 0.000009 (double): equals true
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: INDArray.equals, and so assertEquals of two arrays, takes arrays for equal whose
elements differ by up to 1e-5, absolutely: two runs whose weights have drifted apart by less
"have the same weights", and all learning rates or gradients below 1e-5 are "equal" to 0.
equalsWithEps(other, 0) is exact.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
