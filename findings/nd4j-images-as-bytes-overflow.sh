#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: sum() of an array of UINT8, the natural type of pixels, is a UINT8 again and wraps
# around at 256, while mean() of the same array is a float and right.
# ImagePreProcessingScaler(0, 1) on such an array leaves 0 and 1 alone: every grey tone below
# 255 becomes black.
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
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    INDArray pixels = Nd4j.createFromArray(0, 128, 254, 255).castTo(DataType.UINT8).reshape(1, 4);
    INDArray sum = pixels.sum();
    System.out.println("sum " + sum.getInt(0) + " (637 is right), " + sum.dataType());
    INDArray mean = pixels.mean();
    System.out.println("mean " + mean.getFloat(0) + ", " + mean.dataType());
    new ImagePreProcessingScaler(0, 1).transform(pixels);
    System.out.println("scaled " + pixels.toString().replaceAll("\\s+", ""));
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
sum 125 (637 is right), UBYTE
mean 159.25, FLOAT
scaled [[0,0,0,1]]
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: sum() of an array of UINT8, the natural type of pixels, is a UINT8 again and wraps
around at 256, while mean() of the same array is a float and right. ImagePreProcessingScaler(0,
1) on such an array leaves 0 and 1 alone: every grey tone below 255 becomes black.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
