package org.thalweg.optim.text;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads and builds records by their components, so that a record's declaration is the only list of its options. */
public final class Records {
    private Records() {}

    public static List<RecordComponent> components(Class<? extends Record> type) {
        return List.of(type.getRecordComponents());
    }

    /** Whether the values can be read: not those of a record that its module keeps to itself. */
    public static boolean isOpen(Record record) {
        return components(record.getClass()).stream()
                .allMatch(component -> component.getAccessor().trySetAccessible());
    }

    /** The component values, in order; the record must be open. */
    public static List<Object> values(Record record) {
        return components(record.getClass()).stream()
                .map(component -> value(record, component))
                .toList();
    }

    /** The numbers of arguments for which a constructor takes exactly the first components; the rest have defaults. */
    public static List<Integer> arities(Class<? extends Record> type) {
        return IntStream.rangeClosed(0, type.getRecordComponents().length)
                .filter(count -> constructor(type, count).isPresent())
                .boxed()
                .toList();
    }

    /**
     * A record from the values of its first components.
     *
     * @throws IllegalArgumentException as thrown by the record's constructor, or if none takes that many values
     */
    public static <R extends Record> R of(Class<R> type, List<?> values) {
        Constructor<R> constructor = constructor(type, values.size())
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s cannot be made from %d values".formatted(type.getSimpleName(), values.size())));
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException reason) {
                throw reason;
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", refused.getCause());
        } catch (ReflectiveOperationException inaccessible) {
            throw new IllegalStateException("the constructor of " + type.getName() + " is closed", inaccessible);
        }
    }

    private static <R extends Record> Optional<Constructor<R>> constructor(Class<R> type, int count) {
        Class<?>[] leading = Arrays.stream(type.getRecordComponents())
                .limit(count)
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(leading));
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException inaccessible) {
            throw new IllegalStateException(
                    "component %s of %s is closed"
                            .formatted(component.getName(), record.getClass().getName()),
                    inaccessible);
        }
    }
}
