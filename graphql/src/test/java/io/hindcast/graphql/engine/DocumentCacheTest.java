package io.hindcast.graphql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DocumentCacheTest {

    private final DocumentCache documents = new DocumentCache();
    private final AtomicInteger parsed = new AtomicInteger();

    private void ask(String text) {
        documents
                .getDocumentAsync(ExecutionInput.newExecutionInput(text).build(), input -> {
                    parsed.incrementAndGet();
                    return new PreparsedDocumentEntry(Document.newDocument().build());
                })
                .join();
    }

    @Test
    void parsesADocumentOnce() {
        ask("{a}");
        ask("{a}");

        assertThat(parsed).hasValue(1);
    }

    @Test
    void limitsDocumentsByNumberAndCharacters() {
        for (int i = 0; i < 1_000; i++) {
            ask("{a" + i + "}");
        }
        assertThat(documents.size()).isEqualTo(256);

        for (int i = 0; i < 300; i++) {
            ask("{a" + i + "}" + " ".repeat(19_000));
        }
        assertThat(documents.size()).isLessThan(53);

        ask("{a}" + " ".repeat(20_000));
        assertThat(documents.size()).isLessThan(53);
    }
}
