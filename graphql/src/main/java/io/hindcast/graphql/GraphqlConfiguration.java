package io.hindcast.graphql;

import graphql.execution.instrumentation.Instrumentation;
import io.hindcast.graphql.engine.ColumnStrategy;
import io.hindcast.graphql.engine.Limits;
import io.hindcast.graphql.engine.NoBatches;
import io.hindcast.graphql.engine.PreparedDocuments;
import io.hindcast.graphql.engine.SocketHandler;
import io.hindcast.graphql.market.MarketController;
import io.hindcast.graphql.model.ModelController;
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

/** The GraphQL wing: scalars, limits, errors and controllers. The schema is {@code graphql/schema.graphqls}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GraphqlProperties.class, ReactionSettings.class})
@Import({
    PlatformController.class,
    MarketController.class,
    PredictionController.class,
    ModelController.class,
    NewsController.class,
    TrainingController.class,
    OperationsController.class
})
public class GraphqlConfiguration {

    @Bean
    Asking asking(QueryGateway queries, GraphqlProperties limits, MeterRegistry meters) {
        return new Asking(queries, limits, meters);
    }

    @Bean
    Known known(Asking asking) {
        return new Known(asking);
    }

    @Bean
    RuntimeWiringConfigurer scalars() {
        return wiring ->
                wiring.scalar(Scalars.DATE_TIME).scalar(Scalars.DECIMAL).scalar(Scalars.LONG);
    }

    @Bean
    Instrumentation depthLimit(GraphqlProperties limits) {
        return Limits.depth(limits.maxDepth(), limits.maxIntrospectionDepth());
    }

    @Bean
    Instrumentation complexityLimit(GraphqlProperties limits) {
        return Limits.complexity(limits.maxComplexity());
    }

    @Bean
    Errors errors() {
        return new Errors();
    }

    @Bean
    FilterRegistrationBean<NoBatches> noBatches(@Value("${spring.graphql.http.path:/graphql}") String path) {
        FilterRegistrationBean<NoBatches> filter = new FilterRegistrationBean<>(new NoBatches());
        filter.addUrlPatterns(path);
        return filter;
    }

    @Bean
    GraphQlWebSocketHandler socketHandler(
            WebGraphQlHandler handler,
            JsonMapper json,
            org.springframework.boot.graphql.autoconfigure.GraphQlProperties settings) {
        return new SocketHandler(
                handler,
                json,
                settings.getWebsocket().getConnectionInitTimeout(),
                settings.getWebsocket().getKeepAlive());
    }

    /** Documents are parsed once; the columns of charts go out as they are. */
    @Bean
    GraphQlSourceBuilderCustomizer engine(Errors errors) {
        return source -> source.configureGraphQl(graphql -> graphql.preparsedDocumentProvider(new PreparedDocuments())
                .queryExecutionStrategy(
                        new ColumnStrategy(DataFetcherExceptionResolver.createExceptionHandler(List.of(errors)))));
    }
}
