package org.thalweg.train.model.foreign;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Shape;

/** Finds out about a foreign module by sending zeros through it; its state and the random numbers stay as they were. */
public final class Probe {
    private static final long COUNT = 2;

    private Probe() {}

    /**
     * The shape of its answer to an example.
     *
     * @throws IllegalArgumentException if it cannot take such examples, or answers with something else than one tensor
     */
    public static Shape output(Foreign foreign, Shape input) {
        try (PointerScope _ = new PointerScope()) {
            Tensor answer = forward(foreign, input, false);
            List<Integer> sizes = IntStream.range(1, Math.toIntExact(answer.dim()))
                    .mapToObj(i -> Math.toIntExact(answer.size(i)))
                    .toList();
            if (answer.dim() == 0 || answer.size(0) != COUNT) {
                throw new IllegalArgumentException("it does not answer once for each example of a batch");
            }
            return switch (sizes.size()) {
                case 1 -> Shape.vector(sizes.getFirst());
                case 2 -> Shape.sequence(sizes.getFirst(), sizes.getLast());
                case 3 -> Shape.image(sizes.get(0), sizes.get(1), sizes.get(2));
                default -> throw new IllegalArgumentException("its answer for one example is of shape " + sizes);
            };
        }
    }

    static Tensor forward(Foreign foreign, Shape input, boolean training) {
        NoGradGuard guard = new NoGradGuard();
        Generator random = torch.getDefaultCPUGenerator();
        Tensor before = random.get_state();
        try {
            return foreign.forward(zeros(input), training);
        } catch (IllegalArgumentException refused) {
            throw refused;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(Sentence.of(e), e);
        } finally {
            random.set_state(before);
            guard.close();
        }
    }

    private static Tensor zeros(Shape input) {
        long[] sizes = LongStream.concat(
                        LongStream.of(COUNT), input.sizes().stream().mapToLong(Integer::longValue))
                .toArray();
        boolean tokens = input.kind() == Shape.Kind.TOKENS;
        return torch.zeros(sizes, new TensorOptions(tokens ? ScalarType.Long : ScalarType.Float));
    }
}
