#!/usr/bin/env bash
# Package: datasets 5.0.1 with pyarrow 25.0.1 and pillow 12.3.0, from PyPI; needs Python 3.10 or newer with venv and pip.
# Behaviour: a data set of pictures and labels that is written as Parquet with the defaults has two
# kinds of compression in one file: the pictures are not compressed, everything else is Snappy. pyarrow
# by itself writes the same table with Snappy throughout. A reader that takes the first column's codec for
# that of the file fails on what data hubs keep.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check datasets==5.0.1 pyarrow==25.0.1 pillow==12.3.0 >log 2>&1 || {
  cat log
  exit 1
}
cat >finding.py <<'PYTHON'
import io
import datasets
import pyarrow.parquet
from PIL import Image


def png(shade):
    content = io.BytesIO()
    Image.new("L", (28, 28), shade).save(content, "png")
    return {"bytes": content.getvalue(), "path": None}


labels = datasets.ClassLabel(names=["light", "dark"])
features = datasets.Features({"image": datasets.Image(), "label": labels})
rows = {"image": [png(shade) for shade in range(20)], "label": [i % 2 for i in range(20)]}
datasets.Dataset.from_dict(rows, features=features).to_parquet("datasets.parquet")
pyarrow.parquet.write_table(pyarrow.parquet.read_table("datasets.parquet"), "pyarrow.parquet")
for name in ("datasets", "pyarrow"):
    group = pyarrow.parquet.ParquetFile(name + ".parquet").metadata.row_group(0)
    columns = [group.column(i) for i in range(group.num_columns)]
    print(name, ", ".join(f"{c.path_in_schema}: {c.compression}" for c in columns))
PYTHON
HF_HUB_OFFLINE=1 HF_HOME="$work/hf" venv/bin/python finding.py >seen 2>log || {
  cat log
  exit 1
}
cat >described <<'TEXT'
datasets image.bytes: UNCOMPRESSED, image.path: UNCOMPRESSED, label: SNAPPY
pyarrow image.bytes: SNAPPY, image.path: SNAPPY, label: SNAPPY
TEXT
echo "datasets 5.0.1, pyarrow 25.0.1"
cat <<'TEXT'
Behaviour: a data set of pictures and labels that is written as Parquet with the defaults has two
kinds of compression in one file: the pictures are not compressed, everything else is Snappy.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
