package io.hindcast.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * A token store that keeps the stored token of the training processor before the first event that opened unfinished
 * work, so that the next owner of the segment (this process after a {@code kill -9}, or another one) receives these
 * events again. The claim on the segment is thereby also the claim on the work: one dispatcher at a time.
 *
 * <p>The stored token is always one batch behind, because the framework stores a batch's token before its handlers run;
 * while work is open it does not advance. Repeated events change nothing: what is to be done follows from the log.
 */
final class OpenWorkTokenStore implements TokenStore {
    private final TokenStore store;
    private final BooleanSupplier hold;
    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    OpenWorkTokenStore(TokenStore store, BooleanSupplier hold) {
        this.store = store;
        this.hold = hold;
    }

    /** Stored and latest token of a segment. */
    private record Position(
            @Nullable TrackingToken stored, @Nullable TrackingToken latest) {}

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        Position before = positions.get(key(processorName, segment));
        if (before == null) {
            store.storeToken(token, processorName, segment);
            return;
        }
        TrackingToken behind = hold.getAsBoolean() ? before.stored() : before.latest();
        store.storeToken(behind, processorName, segment);
        positions.put(key(processorName, segment), new Position(behind, token));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return fetched(store.fetchToken(processorName, segment), processorName, segment);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        return fetched(store.fetchToken(processorName, segment), processorName, segment.getSegmentId());
    }

    private @Nullable TrackingToken fetched(@Nullable TrackingToken token, String processorName, int segment) {
        positions.put(key(processorName, segment), new Position(token, token));
        return token;
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        store.extendClaim(processorName, segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        positions.remove(key(processorName, segment));
        store.releaseClaim(processorName, segment);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        store.initializeTokenSegments(processorName, segmentCount);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        store.initializeTokenSegments(processorName, segmentCount, initialToken);
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        store.initializeSegment(token, processorName, segment);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        store.deleteToken(processorName, segment);
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return store.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return store.fetchSegments(processorName);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return store.fetchAvailableSegments(processorName);
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return store.retrieveStorageIdentifier();
    }

    private static String key(String processorName, int segment) {
        return processorName + "/" + segment;
    }
}
