package org.thalweg.train.model;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In which numbers a network computes; its weights are float32 in any case. */
public enum Precision {
    /** All of it in float32. */
    FLOAT32 {
        @Override
        Tensor of(Supplier<Tensor> pass) {
            return pass.get();
        }
    },
    /**
     * Matrix products and convolutions on bfloat16 numbers, the rest as libtorch's autocast sees fit. It pays where the
     * processor multiplies bfloat16 (AVX-512 BF16, AMX) and products are large.
     */
    BFLOAT16 {
        @Override
        Tensor of(Supplier<Tensor> pass) {
            boolean cached = torch.is_autocast_cache_enabled();
            torch.set_autocast_cache_enabled(false); // it would hold on to weights that the next step changes
            torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
            torch.set_autocast_enabled(DeviceType.CPU, true);
            Tensor answer;
            try {
                answer = pass.get();
            } finally {
                torch.set_autocast_enabled(DeviceType.CPU, false);
                torch.set_autocast_cache_enabled(cached);
            }
            return answer.to(ScalarType.Float);
        }
    };

    /** A forward pass in these numbers, answered in float32. */
    abstract Tensor of(Supplier<Tensor> pass);
}
