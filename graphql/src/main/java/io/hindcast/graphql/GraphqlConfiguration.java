package io.hindcast.graphql;

import graphql.execution.instrumentation.Instrumentation;
import io.hindcast.graphql.audit.AuditController;
import io.hindcast.graphql.comparison.ComparisonController;
import io.hindcast.graphql.engine.BatchRequestFilter;
import io.hindcast.graphql.engine.ChartColumnStrategy;
import io.hindcast.graphql.engine.DocumentCache;
import io.hindcast.graphql.engine.PersistedQuerySocketHandler;
import io.hindcast.graphql.engine.RequestLimits;
import io.hindcast.graphql.market.MarketController;
import io.hindcast.graphql.model.BackfillController;
import io.hindcast.graphql.model.DecisionController;
import io.hindcast.graphql.model.ModelController;
import io.hindcast.graphql.model.RegistryController;
import io.hindcast.graphql.news.NewsController;
import io.hindcast.graphql.news.ReactionSettings;
import io.hindcast.graphql.operations.OperationsController;
import io.hindcast.graphql.prediction.PredictionController;
import io.hindcast.graphql.training.TrainingController;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** Beans of the GraphQL API: scalars, limits, errors and controllers. The schema is {@code graphql/schema.graphqls}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GraphqlProperties.class, ReactionSettings.class})
@Import({
    PlatformController.class,
    MarketController.class,
    PredictionController.class,
    BackfillController.class,
    ModelController.class,
    RegistryController.class,
    DecisionController.class,
    NewsController.class,
    TrainingController.class,
    AuditController.class,
    OperationsController.class,
    ComparisonController.class
})
public class GraphqlConfiguration {

    @Bean
    QueryDispatcher queryDispatcher(QueryGateway gateway, GraphqlProperties limits, MeterRegistry meters) {
        return new QueryDispatcher(gateway, limits, meters);
    }

    @Bean
    NameResolver names(QueryDispatcher queries) {
        return new NameResolver(queries);
    }

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring ->
                wiring.scalar(Scalars.DATE_TIME).scalar(Scalars.DECIMAL).scalar(Scalars.LONG);
    }

    @Bean
    Instrumentation depthLimit(GraphqlProperties limits) {
        return RequestLimits.depth(limits.maxDepth(), limits.maxIntrospectionDepth());
    }

    @Bean
    Instrumentation complexityLimit(GraphqlProperties limits) {
        return RequestLimits.complexity(limits.maxComplexity());
    }

    @Bean
    ErrorResolver errorResolver() {
        return new ErrorResolver();
    }

    @Bean
    FilterRegistrationBean<BatchRequestFilter> batchRequestFilter(
            @Value("${spring.graphql.http.path:/graphql}") String path) {
        FilterRegistrationBean<BatchRequestFilter> filter = new FilterRegistrationBean<>(new BatchRequestFilter());
        filter.addUrlPatterns(path);
        return filter;
    }

    @Bean
    GraphQlWebSocketHandler persistedQuerySocketHandler(
            WebGraphQlHandler handler,
            JsonMapper json,
            org.springframework.boot.graphql.autoconfigure.GraphQlProperties settings) {
        return new PersistedQuerySocketHandler(
                handler,
                json,
                settings.getWebsocket().getConnectionInitTimeout(),
                settings.getWebsocket().getKeepAlive());
    }

    /** Installs the document cache and the strategy that passes on chart columns as a whole. */
    @Bean
    GraphQlSourceBuilderCustomizer engine(ErrorResolver errors) {
        return source -> source.configureGraphQl(graphql -> graphql.preparsedDocumentProvider(new DocumentCache())
                .queryExecutionStrategy(
                        new ChartColumnStrategy(DataFetcherExceptionResolver.createExceptionHandler(List.of(errors)))));
    }
}
