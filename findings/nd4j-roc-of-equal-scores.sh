#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: the exact area under the ROC curve is 0 for a classifier that gives every example
# the same score, where 0.5 is right (each tied pair counts one half). A model that has learned
# nothing seems to be a perfect one with its classes exchanged. With thresholds (ROC(200)) it is
# 0.5, but scores that lie closer together than 1/200 are then tied, too.
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
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  static double area(int steps, float[] labels, float[] scores) {
    ROC roc = new ROC(steps);
    roc.eval(
        Nd4j.createFromArray(labels).reshape(4, 1), Nd4j.createFromArray(scores).reshape(4, 1));
    return roc.calculateAUC();
  }

  public static void main(String[] arguments) throws Exception {
    float[] labels = {0, 0, 1, 1};
    float[] equal = {0.5f, 0.5f, 0.5f, 0.5f};
    float[] sorted = {0.9971f, 0.9972f, 0.9973f, 0.9974f};
    for (int steps : new int[] {0, 200}) {
      System.out.printf(
          "ROC(%d): equal scores %.2f (0.50 is right), well sorted scores above 0.997: %.2f (1.00)%n",
          steps, area(steps, labels, equal), area(steps, labels, sorted));
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
ROC(0): equal scores 0.00 (0.50 is right), well sorted scores above 0.997: 1.00 (1.00)
ROC(200): equal scores 0.50 (0.50 is right), well sorted scores above 0.997: 0.50 (1.00)
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: the exact area under the ROC curve is 0 for a classifier that gives every example the
same score, where 0.5 is right (each tied pair counts one half). A model that has learned
nothing seems to be a perfect one with its classes exchanged. With thresholds (ROC(200)) it is
0.5, but scores that lie closer together than 1/200 are then tied, too.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
