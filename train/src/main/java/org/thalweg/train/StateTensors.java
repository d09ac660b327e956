package org.thalweg.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.StateFormat;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.run.Document;

/**
 * An {@link OptimizerState} as tensors named such as {@code conv1.weight/first_moment}, and what is no tensor as JSON.
 *
 * @param parameters whose state it is
 * @param format in which tensors are saved: that of the memory, in which no bit is lost
 */
record StateTensors(List<Parameter> parameters, StateFormat format) {
    private static final int HALF = Short.SIZE;

    SequencedMap<String, StoredTensor> tensors(OptimizerState state) {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            List<Long> shape = LongStream.of(parameter.shape()).boxed().toList();
            state.tensors()
                    .getOrDefault(parameter.name(), Map.of())
                    .forEach((name, values) -> tensors.put(key(parameter, name), stored(shape, values)));
        }
        return tensors;
    }

    private StoredTensor stored(List<Long> shape, float[] values) {
        if (format == StateFormat.FLOAT32) {
            return new StoredTensor(StoredTensor.Type.F32, shape, MemorySegment.ofArray(values));
        }
        short[] upper = new short[values.length];
        for (int i = 0; i < upper.length; i++) {
            upper[i] = (short) (Float.floatToRawIntBits(values[i]) >>> HALF);
        }
        return new StoredTensor(StoredTensor.Type.BF16, shape, MemorySegment.ofArray(upper));
    }

    static Map<String, Object> json(OptimizerState state) {
        return Document.fields("steps", state.steps(), "scalars", state.scalars());
    }

    /** The state again; the optimizer that takes it says whether it fits. */
    OptimizerState state(Map<String, StoredTensor> tensors, Document json) {
        Map<String, Map<String, float[]>> states = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            String parameter = parameter(key);
            String name = key.substring(Math.min(key.length(), parameter.length() + 1));
            states.computeIfAbsent(parameter, _ -> new LinkedHashMap<>()).put(name, values(tensor));
        });
        Map<String, Map<String, Double>> scalars = new LinkedHashMap<>();
        json.object("scalars").objects().forEach((parameter, numbers) -> scalars.put(parameter, numbers.numbers()));
        return new OptimizerState(json.count("steps"), states, scalars);
    }

    private static float[] values(StoredTensor tensor) {
        if (tensor.type() == StoredTensor.Type.F32) {
            return tensor.data().toArray(ValueLayout.JAVA_FLOAT);
        }
        if (tensor.type() != StoredTensor.Type.BF16) {
            throw new IllegalArgumentException("state is saved as F32 or BF16, not as " + tensor.type());
        }
        short[] upper = tensor.data().toArray(ValueLayout.JAVA_SHORT);
        float[] values = new float[upper.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(upper[i] << HALF);
        }
        return values;
    }

    /** The longest name that the key starts with; one that is not known is told by the optimizer. */
    private String parameter(String key) {
        return parameters.stream()
                .map(Parameter::name)
                .filter(name -> key.startsWith(name + "/"))
                .reduce((one, other) -> one.length() > other.length() ? one : other)
                .orElse(key);
    }

    private static String key(Parameter parameter, String name) {
        return parameter.name() + "/" + name;
    }
}
