package org.thalweg.train.model.layer;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradients outside of training are taken to see how a loss bends. libtorch's fastest kernels for attention and LSTMs have no second
 * derivative; the plain ones have.
 */
final class Bending {
    private Bending() {}

    /** Whether second derivatives may be asked for. */
    static boolean mayBeAsked(boolean training) {
        return !training && GradMode.is_enabled();
    }

    /** What is computed, by kernels that have a second derivative if one may be asked for. */
    static Tensor of(boolean training, Supplier<Tensor> computed) {
        if (!mayBeAsked(training)) {
            return computed.get();
        }
        Context context = torch.globalContext();
        boolean flash = context.userEnabledFlashSDP();
        boolean oneDnn = context.userEnabledMkldnn();
        context.setSDPUseFlash(false);
        context.setUserEnabledMkldnn(false);
        try {
            return computed.get();
        } finally {
            context.setSDPUseFlash(flash);
            context.setUserEnabledMkldnn(oneDnn);
        }
    }
}
