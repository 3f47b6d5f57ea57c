package io.hindcast.app.store;

import org.axonframework.config.Configuration;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Runs {@link StoreAssertions} when every bean is made and nothing has started. */
final class StoreCheck implements SmartInitializingSingleton {

    private final Configuration axon;
    private final EventStoreKind kind;

    StoreCheck(Configuration axon, EventStoreKind kind) {
        this.axon = axon;
        this.kind = kind;
    }

    @Override
    public void afterSingletonsInstantiated() {
        StoreAssertions.check(axon, kind);
    }
}
