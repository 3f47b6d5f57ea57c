package io.hindcast.graphql;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.graphql.engine.RefusalExtensions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import reactor.core.publisher.Mono;

/**
 * Turns exceptions of queries and subscriptions into GraphQL errors. A refusal is returned in full; of any other
 * failure the caller gets only the id under which the log has the details.
 */
final class ErrorResolver implements DataFetcherExceptionResolver, SubscriptionExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResolver.class);

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure, DataFetchingEnvironment environment) {
        String where = environment.getExecutionStepInfo().getPath().toString();
        return Mono.just(List.of(error(
                failure, where, environment.getExecutionId().toString(), GraphqlErrorBuilder.newError(environment))));
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure) {
        return Mono.just(List.of(
                error(failure, "A subscription", UUID.randomUUID().toString(), GraphqlErrorBuilder.newError())));
    }

    private static GraphQLError error(Throwable failure, String where, String execution, GraphqlErrorBuilder<?> error) {
        @Nullable Refusal refusal = RefusedException.in(failure);
        if (refusal != null) {
            return error.errorType(ErrorType.BAD_REQUEST)
                    .message("%s", refusal.message())
                    .extensions(RefusalExtensions.of(refusal))
                    .build();
        }
        LOG.error("{} failed in execution {}", where, execution, failure);
        boolean unavailable = isUnavailable(failure);
        return error.errorType(ErrorType.INTERNAL_ERROR)
                .message(
                        "%s",
                        unavailable
                                ? "The part that answers this is unavailable; try again. The log has details under "
                                        + execution
                                : "Internal error; the log has details under " + execution)
                .extensions(Map.of("code", unavailable ? "UNAVAILABLE" : "INTERNAL", "execution", execution))
                .build();
    }

    private static boolean isUnavailable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof TimeoutException
                    || t instanceof NoHandlerForQueryException
                    || t instanceof NoHandlerForCommandException) {
                return true;
            }
        }
        return false;
    }
}
