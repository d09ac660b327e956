package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParameterTest {
    @Test
    void a_gradient_that_does_not_fit_the_shape_is_refused_with_both_sizes() {
        assertThatThrownBy(() -> Parameter.of("w", new float[6], new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gradient of parameter w holds 20 bytes, but shape [2, 3] needs 24");
    }

    @Test
    void size_is_the_product_of_the_shape() {
        assertThat(Parameter.of("w", new float[6], new float[6], 2, 3).size()).isEqualTo(6);
    }
}
