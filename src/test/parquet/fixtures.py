"""Writes the Parquet files that the tests read, by the programs that people write them with.

    pip install datasets pandas pillow polars duckdb
    python src/test/parquet/fixtures.py STROKES src/test/resources/parquet

STROKES holds the first 20 images of the drawn digits, `Strokes.generate(1, 20)`: 20 labels, a byte
each, then 28 * 28 pixels for each. The files were written by datasets 5.0.1 with pyarrow 25.0.1,
pandas 3.0.6, Polars 1.44.2 and DuckDB 1.5.6.
"""

import io
import sys

import datasets
import duckdb
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet
from PIL import Image

COUNT = 20
SOURCE, TARGET = sys.argv[1], sys.argv[2]

content = numpy.fromfile(SOURCE, numpy.uint8)
labels = content[:COUNT].astype(int).tolist()
pixels = content[COUNT:].reshape(COUNT, 28, 28)


def png(image):
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG")
    return out.getvalue()


pngs = [png(image) for image in pixels]
images = [{"bytes": content, "path": None} for content in pngs]
names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def target(name):
    return f"{TARGET}/{name}.parquet"


# What the hub has: `datasets.Dataset.push_to_hub` writes the same.
features = datasets.Features(image=datasets.Image(), label=datasets.ClassLabel(names=names))
hub = datasets.Dataset.from_dict({"image": images, "label": labels}, features=features)
hub.to_parquet(target("hub"))

# As older versions wrote it: every column with Snappy.
table = pyarrow.parquet.read_table(target("hub"))
pyarrow.parquet.write_table(table, target("pyarrow"))

# Pages of the second version with gzip and checksums, in groups of rows, labels as texts.
texts = pyarrow.table({"img": pngs, "class": [names[label] for label in labels]})
pyarrow.parquet.write_table(
    texts,
    target("pages"),
    row_group_size=7,
    data_page_version="2.0",
    compression="gzip",
    write_page_checksum=True,
)

pandas.DataFrame({"image": images, "label": labels}).to_parquet(target("pandas"))
frame = polars.from_arrow(table)
frame.write_parquet(target("polars"), compression="snappy")
frame.write_parquet(target("zstandard"))
query = f"select * from '{target('hub')}'"
duckdb.sql(f"copy ({query}) to '{target('duckdb')}' (format parquet)")
