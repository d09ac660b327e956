package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A data set in a few letters, as a run sees it: preprocessed, part by part. Of a part larger than 256 MiB evenly spaced examples
 * stand for all; where a part lies with several workers, each has looked at its own.
 */
public final class Fingerprint {
    private static final long MOST_BYTES = 1 << 28;

    private Fingerprint() {}

    /** Of the sizes, what is asked for, and the examples; equal data has equal letters. */
    public static String of(Dataset data) {
        StringBuilder text = new StringBuilder(of(data.train()));
        data.validation().ifPresent(part -> text.append('-').append(of(part)));
        return text.append('-').append(of(data.test())).toString();
    }

    static String of(Examples part) {
        return part.stamp().orElseGet(() -> computed(part));
    }

    /** Of parts that make one, in their order. */
    static String joined(List<String> parts) {
        CRC32C sum = new CRC32C();
        sum.update(String.join(",", parts).getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    private static String computed(Examples part) {
        CRC32C sum = new CRC32C();
        sum.update("%d %s %s".formatted(part.count(), part.shape(), part.task()).getBytes(StandardCharsets.UTF_8));
        long bytes = part.inputLayout().bytes() + part.targetLayout().bytes();
        long stride = Math.max(1, Math.ceilDiv(part.count() * bytes, MOST_BYTES));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment example = arena.allocate(bytes, Long.BYTES);
            MemorySegment target = example.asSlice(0, part.targetLayout().bytes());
            MemorySegment input = example.asSlice(target.byteSize());
            for (long row = 0; row < part.count(); row += stride) {
                part.copy((int) row, input, target);
                sum.update(example.asByteBuffer());
            }
        }
        return "%08x".formatted(sum.getValue());
    }
}
