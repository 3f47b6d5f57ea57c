package io.hindcast.history;

import io.hindcast.history.audit.AuditLog;
import io.hindcast.history.audit.AuditedCandles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.DayFiles;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.history.prediction.PredictionLog;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the readers of the log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistorySettings.class)
public class HistoryConfiguration {

    @Bean
    CandleLog candleLog(EventStore events, HistorySettings settings) {
        return settings.cacheDir() == null
                ? new CandleLog(events)
                : new CandleLog(events, new DayFiles(settings.cacheDir()));
    }

    @Bean
    ModelLog modelLog(EventStore events) {
        return new ModelLog(events);
    }

    @Bean
    PredictionLog predictionLog(EventStore events) {
        return new PredictionLog(events);
    }

    @Bean
    AuditLog auditLog(EventStore events) {
        return new AuditLog(events);
    }

    /** Reads candles from the log alone, since a day file may have been changed. */
    @Bean
    AuditedCandles auditedCandles(EventStore events) {
        return new AuditedCandles(new CandleLog(events));
    }

    @Bean
    ArticleLog articleLog(EventStore events) {
        return new ArticleLog(events);
    }

    @Bean
    SentimentLog sentimentLog(EventStore events) {
        return new SentimentLog(events);
    }
}
