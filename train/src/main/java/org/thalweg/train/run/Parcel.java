package org.thalweg.train.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.worker.Workers;

/** What rank 0 hands to the other workers: tensors by file and name. */
final class Parcel {
    private Parcel() {}

    /** Rank 0's tensors; the others' argument does not matter. */
    static Map<String, SequencedMap<String, StoredTensor>> tensors(
            Workers workers, Map<String, SequencedMap<String, StoredTensor>> own) {
        Map<String, Object> labels = new LinkedHashMap<>();
        own.forEach((file, tensors) -> labels.put(file, labels(tensors)));
        Document told = Document.told(workers, labels);
        Map<String, SequencedMap<String, StoredTensor>> all = own;
        if (!workers.leads()) {
            all = new LinkedHashMap<>();
            for (Map.Entry<String, Document> file : told.objects().entrySet()) {
                all.put(file.getKey(), room(file.getValue()));
            }
        }
        workers.fromLeader(memory(all, told.objects().sequencedKeySet()));
        return all;
    }

    private static List<MemorySegment> memory(
            Map<String, SequencedMap<String, StoredTensor>> tensors, SequencedSet<String> files) {
        return files.stream()
                .flatMap(file -> Objects.requireNonNull(tensors.get(file)).values().stream())
                .map(StoredTensor::data)
                .toList();
    }

    private static Map<String, Object> labels(SequencedMap<String, StoredTensor> tensors) {
        Map<String, Object> labels = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            Map<String, Long> shape = new LinkedHashMap<>();
            tensor.shape().forEach(extent -> shape.put(Integer.toString(shape.size()), extent));
            labels.put(name, Document.fields("type", tensor.type().name(), "shape", shape));
        });
        return labels;
    }

    private static SequencedMap<String, StoredTensor> room(Document labels) {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        labels.objects().forEach((name, label) -> {
            StoredTensor.Type type = StoredTensor.Type.valueOf(label.text("type"));
            List<Long> shape = List.copyOf(label.object("shape").counts().values());
            long bytes = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
            tensors.put(name, new StoredTensor(type, shape, Arena.ofAuto().allocate(bytes, Long.BYTES)));
        });
        return tensors;
    }
}
