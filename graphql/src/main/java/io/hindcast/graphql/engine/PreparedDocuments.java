package io.hindcast.graphql.engine;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Parsed and validated documents by their text, the least recently used forgotten first. Pages send the same few. */
public final class PreparedDocuments implements PreparsedDocumentProvider {

    private static final int MOST = 256;
    private static final int LONGEST = 20_000;

    private final LinkedHashMap<String, PreparsedDocumentEntry> documents = new LinkedHashMap<>(16, 0.75f, true);

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        String text = input.getQuery();
        PreparsedDocumentEntry known;
        synchronized (documents) {
            known = documents.get(text);
        }
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        PreparsedDocumentEntry parsed = parse.apply(input);
        if (text.length() <= LONGEST && !parsed.hasErrors()) {
            synchronized (documents) {
                documents.put(text, parsed);
                Iterator<?> eldest = documents.keySet().iterator();
                while (documents.size() > MOST) {
                    eldest.next();
                    eldest.remove();
                }
            }
        }
        return CompletableFuture.completedFuture(parsed);
    }
}
