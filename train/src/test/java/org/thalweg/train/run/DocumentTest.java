package org.thalweg.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.thalweg.train.data.DataException;

class DocumentTest {
    @Test
    void namesThatASentenceCannotTellAreDamage() {
        Document document = Document.parse("state.json", "{\"scalars\": {\"l\\near1.weight\": {}}}");
        assertThatThrownBy(() -> document.object("scalars").objects())
                .isInstanceOf(DataException.class)
                .hasMessage("state.json, at scalars: a name there holds a character that cannot be printed");
        assertThat(Document.parse("state.json", "{\"é 1\": {}}").objects()).containsOnlyKeys("é 1");
    }
}
