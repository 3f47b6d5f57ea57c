package io.hindcast.graphql.engine;

import graphql.ErrorClassification;
import graphql.ExecutionInput;
import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import io.hindcast.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.ErrorType;

/**
 * A cache of parsed and validated documents by the SHA-256 of their text; the least recently used are removed first. A
 * request may name a document by that digest instead of sending it: these are the automatic persisted queries of
 * Apollo's clients, which send the text with its digest when the digest is unknown. Thread-safe.
 */
public final class DocumentCache implements PreparsedDocumentProvider {

    private static final int MAX_DOCUMENTS = 256;
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DOCUMENT_CHARACTERS = 20_000;

    private record Prepared(PreparsedDocumentEntry entry, int characters) {}

    // Not a BoundedMap: the characters of all documents are limited, too.
    private final LinkedHashMap<String, Prepared> documents = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        return CompletableFuture.completedFuture(document(input, parse));
    }

    private PreparsedDocumentEntry document(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        String text = input.getQuery();
        @Nullable Object persisted = input.getExtensions().get("persistedQuery");
        if (persisted == null) {
            return prepared(sha256(text), text, input, parse);
        }
        if (!(persisted instanceof Map<?, ?> named && named.get("sha256Hash") instanceof String hash)) {
            return error(
                    "PersistedQueryNotSupported",
                    new Refusal(
                            "PERSISTED_QUERY_NOT_SUPPORTED",
                            "extensions.persistedQuery",
                            String.valueOf(persisted),
                            "version 1 and a sha256Hash"));
        }
        if (!(named.get("version") instanceof Number version && version.intValue() == 1)) {
            return error(
                    "PersistedQueryNotSupported",
                    new Refusal(
                            "PERSISTED_QUERY_NOT_SUPPORTED",
                            "extensions.persistedQuery.version",
                            String.valueOf(named.get("version")),
                            "1"));
        }
        String digest = hash.toLowerCase(Locale.ROOT);
        if (text.isBlank() || text.equals(PersistedQuerySupport.PERSISTED_QUERY_MARKER)) {
            @Nullable PreparsedDocumentEntry known = known(digest);
            return known != null
                    ? known
                    : error(
                            "PersistedQueryNotFound",
                            new Refusal(
                                    "PERSISTED_QUERY_NOT_FOUND",
                                    "sha256Hash",
                                    hash,
                                    "the digest of a document sent before, or the document with its digest"));
        }
        String actual = sha256(text);
        if (!actual.equals(digest)) {
            return error(
                    "provided sha does not match query",
                    new Refusal(
                            "PERSISTED_QUERY_HASH_MISMATCH",
                            "sha256Hash",
                            hash,
                            actual + ", the SHA-256 of the query"));
        }
        return prepared(digest, text, input, parse);
    }

    private PreparsedDocumentEntry prepared(
            String digest, String text, ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        @Nullable PreparsedDocumentEntry known = known(digest);
        if (known != null) {
            return known;
        }
        PreparsedDocumentEntry parsed = parse.apply(input);
        if (text.length() <= MAX_DOCUMENT_CHARACTERS && !parsed.hasErrors()) {
            remember(digest, new Prepared(parsed, text.length()));
        }
        return parsed;
    }

    private @Nullable PreparsedDocumentEntry known(String digest) {
        synchronized (documents) {
            @Nullable Prepared known = documents.get(digest);
            return known == null ? null : known.entry;
        }
    }

    private void remember(String digest, Prepared prepared) {
        synchronized (documents) {
            if (documents.putIfAbsent(digest, prepared) == null) {
                characters += prepared.characters;
            }
            Iterator<Prepared> eldest = documents.values().iterator();
            while (documents.size() > MAX_DOCUMENTS || characters > MAX_CHARACTERS) {
                characters -= eldest.next().characters;
                eldest.remove();
            }
        }
    }

    /** Returns the number of documents in the cache. */
    int size() {
        synchronized (documents) {
            return documents.size();
        }
    }

    /** Clients recognise these errors by message as well as by code. */
    private static PreparsedDocumentEntry error(String message, Refusal refusal) {
        ErrorClassification type = ErrorType.BAD_REQUEST;
        return new PreparsedDocumentEntry(GraphqlErrorBuilder.newError()
                .message("%s", message)
                .errorType(type)
                .extensions(RefusalExtensions.of(refusal))
                .build());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
