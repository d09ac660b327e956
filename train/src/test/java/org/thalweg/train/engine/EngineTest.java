package org.thalweg.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void littleWorkIsOneThreadsAndMuchIsEveryOnes() {
        assertThat(Engine.threadsWorth(0, 4)).isEqualTo(1);
        assertThat(Engine.threadsWorth(39_999_999, 4)).isEqualTo(1);
        assertThat(Engine.threadsWorth(40_000_000, 4)).isEqualTo(2);
        assertThat(Engine.threadsWorth(Long.MAX_VALUE, 4)).isEqualTo(4);
        assertThat(Engine.threadsWorth(Long.MAX_VALUE, 1)).isEqualTo(1);
    }

    @Test
    void libtorchComputesWithThem() {
        Engine engine = Engine.start();
        engine.compute(1);
        assertThat(torch.get_num_threads()).isEqualTo(1);
        engine.compute(Long.MAX_VALUE);
        assertThat(torch.get_num_threads()).isEqualTo(engine.setup().threads());
    }
}
