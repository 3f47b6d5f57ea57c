package io.hindcast.app.market;

import io.hindcast.feeds.FeedsConfiguration;
import io.hindcast.feeds.FeedsProperties;
import io.hindcast.feeds.market.GoLivePrerequisite;
import io.hindcast.news.NewsConfiguration;
import io.hindcast.news.NewsPlan;
import io.hindcast.news.NewsService;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The feeds role: market feed, news, and the simulated exchange if it is enabled. */
@Configuration(proxyBeanMethods = false)
@Import({SimulatorConfiguration.class, FeedsConfiguration.class, NewsConfiguration.class})
public class MarketConfiguration {

    /** Delays going live until the history of the news is recorded. */
    @Bean
    GoLivePrerequisite goLivePrerequisite(NewsService news) {
        return news::awaitHistory;
    }

    /** News plan for the symbols that are followed on Binance. */
    @Bean
    @ConditionalOnBooleanProperty(name = "hindcast.simulator.enabled", havingValue = false, matchIfMissing = true)
    NewsPlan newsPlan(FeedsProperties feeds) {
        return new NewsPlan(feeds.followed(), Optional.empty());
    }
}
