package org.thalweg.optim.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import jdk.incubator.vector.FloatVector;

/** Finds out, once, whether kernels can use vectors on this machine and in this process. */
final class VectorUnits {
    private static final Logger LOG = System.getLogger(VectorUnits.class.getName());
    private static final Lanes BEST = find();

    private VectorUnits() {}

    /** The widest lanes to be had. */
    static Lanes best() {
        return BEST;
    }

    private static Lanes find() {
        boolean readable = ModuleLayer.boot()
                .findModule("jdk.incubator.vector")
                .filter(VectorUnits.class.getModule()::canRead)
                .isPresent();
        if (!readable) {
            LOG.log(
                    Level.WARNING,
                    "The Vector API is not readable, so scalar kernels are used: same results, slower steps."
                            + " Start java with --add-modules jdk.incubator.vector to turn it on.");
            return new ScalarLanes();
        }
        int width = Preferred.width();
        if (width < 4) {
            LOG.log(Level.WARNING, "This processor has no vector unit that the JVM uses, so scalar kernels are used.");
            return new ScalarLanes();
        }
        return new VectorLanes(Math.min(width, Kernel.LANES));
    }

    /** In a class of its own, so that nothing of the Vector API is loaded where it is not there. */
    private static final class Preferred {
        static int width() {
            return FloatVector.SPECIES_PREFERRED.length();
        }
    }
}
