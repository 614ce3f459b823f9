package io.mnist4j.hostile;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.data.idx.ClassMap;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.npy.NpyFixture;
import io.mnist4j.data.parquet.ParquetReader;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.store.DatasetReader;
import io.mnist4j.data.store.ReadingOptions;
import io.mnist4j.data.tabular.ArffReader;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.data.tabular.CsvRecords;
import io.mnist4j.data.tabular.LibsvmReader;
import io.mnist4j.data.tabular.TableOptions;
import io.mnist4j.data.tabular.TextForm;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.sweep.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The program's readers of what others made. Only the exception that each documents may leave it,
 * whatever the content is.
 */
enum Reader {
  /** As images and as labels. */
  IDX {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Path other = file.resolveSibling("other");
      Files.write(file, content);
      for (byte[] honest : List.of(Contents.idxImages(), Contents.idxLabels())) {
        Files.write(other, honest);
        boolean labels = honest.length < 16;
        try {
          IdxFixture.readImageSet(labels ? file : other, labels ? other : file);
        } catch (DataException e) {
          // As documented.
        }
      }
    }
  },
  /** Names of classes, of EMNIST and of Kuzushiji-MNIST. */
  CLASS_MAP {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        ClassMap.emnist(DiskFile.of(file));
      } catch (DataException e) {
        // As documented.
      }
      try {
        ClassMap.kuzushiji(DiskFile.of(file));
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  /** As pixels and as any texts. */
  CSV {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readTable(CsvReader::read, content, file);
      try (CsvRecords records = CsvRecords.open(DiskFile.of(file))) {
        while (records.next().isPresent()) {
          // To the end.
        }
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  /** As a table of the groups that images are in. */
  GROUPS {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        GroupTable.read(file);
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  ARFF {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readTable(ArffReader::read, content, file);
    }
  },
  LIBSVM {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readTable(LibsvmReader::read, content, file);
    }
  },
  YAML {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        ExperimentFile.toYaml(ExperimentFile.read(List.of(file), List.of()));
      } catch (ConfigException e) {
        // As documented.
      }
    }
  },
  /** A sweep. */
  SWEEP {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        Sweep.read(file, List.of(), List.of());
      } catch (ConfigException e) {
        // As documented.
      }
    }
  },
  /** An array, as images and as labels: on disk, and in an archive that says not how long it is. */
  NPY {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      FileEntry onDisk = new DiskFile(file, "y.npy", content.length);
      FileEntry inArchive = NpyFixture.inArchive("x.npy", content, -1);
      readArrays(List.of(inArchive, NpyFixture.inArchive("y.npy", Contents.npyLabels())));
      readArrays(List.of(NpyFixture.inArchive("x.npy", Contents.npyImages()), onDisk));
    }
  },
  /** A zip of arrays, on disk and in an archive. */
  NPZ {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      readArrays(List.of(new DiskFile(file, "a.npz", content.length)));
      readArrays(List.of(NpyFixture.inArchive("a.npz", content)));
    }
  },
  PICTURE {
    @Override
    void read(byte[] content, Path file) {
      try {
        ImageFile.decode(content, "picture");
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  PARQUET {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        ParquetReader.read(DiskFile.of(file), ParquetReader.FIND_LABELS)
            .pictures()
            .forEach(picture -> {});
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  /** A file that --dataset names: archives of pictures and of tables, and whatever else it is. */
  DATASET {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Files.write(file, content);
      try {
        DatasetReader.read(
            file,
            new ReadingOptions(PictureForm.AS_IS, Optional.empty(), "auto", Optional.empty()),
            FetchListener.SILENT);
      } catch (DataException e) {
        // As documented.
      }
    }
  },
  /** A model of any kind, as it lies on the disk. */
  MODEL {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readModel(content, file);
    }
  },
  /** The text in a DL4J zip that is otherwise sound, so that the checksums do not stop it. */
  CONFIGURATION {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readModel(HostileZips.of(HostileModelTest.honestWith("configuration.json", content)), file);
    }
  },
  PROVENANCE {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readModel(HostileZips.of(HostileModelTest.honestWith("mnist4j.json", content)), file);
    }
  },
  /** The numbers in such a zip. */
  WEIGHTS {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readModel(HostileZips.of(HostileModelTest.honestWith("coefficients.bin", content)), file);
    }
  },
  /** The text in a zip of Keras 3. */
  KERAS {
    @Override
    void read(byte[] content, Path file) throws IOException {
      Map<String, byte[]> entries =
          Map.of(
              "config.json",
              content,
              "metadata.json",
              "{}".getBytes(StandardCharsets.UTF_8),
              "model.weights.h5",
              Contents.kerasWeights());
      readModel(HostileZips.of(entries), file);
    }
  },
  HDF5 {
    @Override
    void read(byte[] content, Path file) throws IOException {
      readModel(content, file);
    }
  },
  /** All that somebody sends to a server, to the end. */
  REQUEST {
    @Override
    void read(byte[] content, Path file) throws IOException {
      AttackedServer.get().send(content);
    }
  },
  /** What comes with a request for a prediction that is otherwise sound. */
  BODY {
    @Override
    void read(byte[] content, Path file) throws IOException {
      AttackedServer.get().send(Contents.request(content));
    }
  };

  /**
   * Reads a content.
   *
   * @param file where it may be put
   */
  abstract void read(byte[] content, Path file) throws IOException;

  private static void readArrays(List<FileEntry> files) {
    try {
      NpyDataset.read(files, Optional.empty());
    } catch (DataException e) {
      // As documented.
    }
  }

  /** One of the readers of tables. */
  private interface TableReader {
    void read(FileEntry entry, TableOptions options, Consumer<String> notes) throws DataException;
  }

  private static void readTable(TableReader reader, byte[] content, Path file) throws IOException {
    Files.write(file, content);
    TextForm.of(content);
    for (String column : List.of("auto", "last", "class")) {
      for (Optional<ImageSize> size :
          List.of(Optional.<ImageSize>empty(), Optional.of(new ImageSize(1, 3)))) {
        try {
          reader.read(DiskFile.of(file), new TableOptions(size, column), note -> {});
        } catch (DataException e) {
          // As documented.
        }
      }
    }
  }

  private static void readModel(byte[] content, Path file) throws IOException {
    Files.write(file, content);
    try {
      ModelFile.read(file);
    } catch (ModelException e) {
      // As documented.
    }
  }
}
