#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: PolySchedule, the polynomial decay of Caffe and of segmentation networks, raises
# the learning rate: it computes (1 + i/n)^power where the decay is (1 - i/n)^power. With power
# 2 the rate is almost four times the initial one before it falls to 0 at the end.
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
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    var schedule = new PolySchedule(ScheduleType.ITERATION, 1.0, 2, 10);
    for (int i : new int[] {0, 5, 9, 10}) {
      System.out.printf(
          "iteration %d of 10: rate %.2f, polynomial decay %.2f%n",
          i, schedule.valueAt(i, 0), Math.pow(1 - i / 10.0, 2));
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
iteration 0 of 10: rate 1.00, polynomial decay 1.00
iteration 5 of 10: rate 2.25, polynomial decay 0.25
iteration 9 of 10: rate 3.61, polynomial decay 0.01
iteration 10 of 10: rate 0.00, polynomial decay 0.00
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: PolySchedule, the polynomial decay of Caffe and of segmentation networks, raises the
learning rate: it computes (1 + i/n)^power where the decay is (1 - i/n)^power. With power 2 the
rate is almost four times the initial one before it falls to 0 at the end.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
