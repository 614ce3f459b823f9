#!/usr/bin/env bash
# Package: @tensorflow/tfjs 4.22.0, from npm; needs Node.js (18 or newer) with npm.
# Behaviour: glorotNormal, heNormal and leCunNormal cut the normal distribution off at two
# standard deviations without widening it again: the weights have 0.88 of the standard deviation
# that the name promises and Keras gives, which divides by 0.8796 for that reason. The uniform
# ones are as wide as they should be.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0

cat >finding.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
const promised = {
  glorotNormal: Math.sqrt(2 / (784 + 128)),
  heNormal: Math.sqrt(2 / 784),
  leCunNormal: Math.sqrt(1 / 784),
  glorotUniform: Math.sqrt(2 / (784 + 128)),
};
for (const [name, deviation] of Object.entries(promised)) {
  const weights = tf.initializers[name]({seed: 1}).apply([784, 128]);
  const measured = tf.moments(weights).variance.sqrt().dataSync()[0];
  const width = measured / deviation;
  console.log(`${name}: ${width > 0.97 ? 'as wide as promised' : width.toFixed(2)}`);
}
JS
node finding.cjs >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
glorotNormal: 0.88
heNormal: 0.88
leCunNormal: 0.88
glorotUniform: as wide as promised
TEXT
echo "@tensorflow/tfjs 4.22.0"
cat <<'TEXT'
Behaviour: glorotNormal, heNormal and leCunNormal cut the normal distribution off at two
standard deviations without widening it again: the weights have 0.88 of the standard deviation
that the name promises and Keras gives, which divides by 0.8796 for that reason. The uniform
ones are as wide as they should be.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
