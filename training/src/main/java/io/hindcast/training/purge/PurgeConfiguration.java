package io.hindcast.training.purge;

import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.model.ModelLog;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;

/**
 * Configures the deletion of purged objects. A failure is propagated, so that the token stays where it is and the event
 * is delivered again until its objects are deleted.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
public class PurgeConfiguration {

    private static final long QUERY_SECONDS = 15;

    @Bean
    ConfigurerModule purgeOfArtifacts(ArtifactStore artifacts, @Qualifier("marketClock") InstantSource marketClock) {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerEventHandler(c -> new Purge(
                        new KeptObjects(new ModelLog(c.eventStore()), c.eventStore(), () -> symbols(c.queryGateway())),
                        c.eventStore(),
                        artifacts,
                        c.commandGateway(),
                        marketClock))
                .registerListenerInvocationErrorHandler(Purge.PROCESSOR, c -> PropagatingErrorHandler.instance())
                .registerTrackingEventProcessor(
                        Purge.PROCESSOR,
                        Configuration::eventStore,
                        c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                // by default the first start treats the events in the log as a replay and skips them
                                .andInitialTrackingToken(StreamableMessageSource::createTailToken)));
    }

    private static List<Symbol> symbols(QueryGateway queries) {
        return queries
                .query(new FindMarkets(), ResponseTypes.instanceOf(MarketViews.class))
                .orTimeout(QUERY_SECONDS, TimeUnit.SECONDS)
                .join()
                .markets()
                .stream()
                .map(MarketView::symbol)
                .toList();
    }
}
