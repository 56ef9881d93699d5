package io.keyledger.key.ledger.streams;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks that a record read from outside lacks no part that may not be null: the type checker cannot see what JSON leaves out. */
final class WholeRecords {

    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    private WholeRecords() {}

    /** @throws UnreadableJsonException naming the part that is missing */
    static void require(Object value) {
        switch (value) {
            case Record whole -> {
                for (var component : COMPONENTS.computeIfAbsent(whole.getClass(), Class::getRecordComponents)) {
                    requireComponent(whole, component);
                }
            }
            case Collection<?> many -> many.forEach(WholeRecords::require);
            default -> {
                // A leaf.
            }
        }
    }

    private static void requireComponent(Record whole, RecordComponent component) {
        var part = read(whole, component);
        if (part != null) {
            require(part);
        } else if (!isNullable(component.getAnnotatedType())) {
            throw new UnreadableJsonException(
                    "Expected a " + whole.getClass().getSimpleName() + " with its " + component.getName() + ".");
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(Record whole, RecordComponent component) {
        try {
            return component.getAccessor().invoke(whole);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected to read " + component, e);
        }
    }
}
