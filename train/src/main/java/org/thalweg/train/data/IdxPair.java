package org.thalweg.train.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** An IDX file of examples and the one of their labels. */
record IdxPair(Idx inputs, Idx labels) {
    /**
     * Opens both.
     *
     * @throws DataException if one is no IDX file, or they do not belong together
     */
    static IdxPair read(Path inputs, Path labels) {
        Idx examples = Idx.read(inputs, 2, 4);
        Idx answers = Idx.read(labels, 1, 1);
        int count = examples.dimensions().getFirst();
        if (!answers.dimensions().equals(List.of(count))) {
            throw new DataException("%s, offset 4: %d labels for the %d examples of %s"
                    .formatted(labels, answers.dimensions().getFirst(), count, inputs));
        }
        if (examples.dimensions().stream().skip(1).reduce(1L, (product, size) -> product * size, Long::sum)
                > Integer.MAX_VALUE / Float.BYTES) {
            throw new DataException(
                    "%s, offset 4: one example of %s items is too large".formatted(inputs, examples.dimensions()));
        }
        return new IdxPair(examples, answers);
    }

    /** Rows of a table are vectors; planes are images of one channel; four dimensions are images as channels, height, width. */
    Shape shape() {
        List<Integer> sizes = inputs.dimensions();
        return switch (sizes.size()) {
            case 2 -> Shape.vector(sizes.get(1));
            case 3 -> Shape.image(1, sizes.get(1), sizes.get(2));
            default -> Shape.image(sizes.get(1), sizes.get(2), sizes.get(3));
        };
    }

    /** One more than the largest label. */
    int classes() {
        return 1 + IntStream.of(numbers()).max().orElse(0);
    }

    /**
     * The examples with their labels.
     *
     * @throws DataException naming the first label that is not below the number of classes
     */
    ByteExamples examples(int classes) {
        int[] numbers = numbers();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] >= classes) {
                throw new DataException("%s, offset %d: label %d is outside 0 to %d"
                        .formatted(labels.path(), labels.start() + i, numbers[i], classes - 1));
            }
        }
        return new ByteExamples(
                shape(),
                classes,
                inputs.file(),
                inputs.start(),
                inputs.itemSize(),
                numbers,
                inputs.path().toString());
    }

    private int[] numbers() {
        return IntStream.range(0, labels.dimensions().getFirst())
                .map(labels::item)
                .toArray();
    }
}
