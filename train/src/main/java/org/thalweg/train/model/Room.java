package org.thalweg.train.model;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether a model can be held at all: asked before memory is taken for it. */
final class Room {
    /** A weight and its gradient, float32 each. */
    private static final long BYTES_EACH = 2L * Float.BYTES;

    private Room() {}

    static void check(Plan plan) {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (plan.parameters() > memory / BYTES_EACH) {
            throw new IllegalArgumentException(
                    "model %s has %,d parameters, which with their gradients take more than the %,d MB of this machine; make it smaller"
                            .formatted(plan.model().name(), plan.parameters(), memory >> 20));
        }
    }
}
