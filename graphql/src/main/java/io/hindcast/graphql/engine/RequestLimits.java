package io.hindcast.graphql.engine;

import graphql.ErrorClassification;
import graphql.GraphqlErrorBuilder;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.Instrumentation;
import io.hindcast.api.Refusal;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.execution.ErrorType;

/** Refuses requests that nest too deep or ask for too much, before any part of them runs. */
public final class RequestLimits {

    private static final Map<String, Integer> ROOT_FIELD_COST = Map.ofEntries(
            Map.entry("candles", 20),
            Map.entry("signalMarkers", 20),
            Map.entry("performance", 20),
            Map.entry("predictions", 5),
            Map.entry("models", 5),
            Map.entry("trainingCycles", 5),
            Map.entry("articles", 5),
            Map.entry("sentiment", 20),
            Map.entry("comparison", 100),
            Map.entry("coverage", 100),
            Map.entry("rollingScores", 100),
            Map.entry("disagreements", 20));

    private RequestLimits() {}

    public static Instrumentation depth(int most, int mostOfIntrospection) {
        return new DepthLimit(most, mostOfIntrospection);
    }

    public static MaxQueryComplexityInstrumentation complexity(int most) {
        return new MaxQueryComplexityInstrumentation(most, RequestLimits::cost) {
            @Override
            protected AbortExecutionException mkAbortException(int complexity, int allowed) {
                return refusal("TOO_COMPLEX", "complexity of the query", complexity, allowed);
            }
        };
    }

    private static int cost(FieldComplexityEnvironment field, int children) {
        if (field.getParentEnvironment() != null) {
            return 1 + children;
        }
        int ownCost = ROOT_FIELD_COST.getOrDefault(field.getField().getName(), 1);
        int entries = field.getArguments().get("first") instanceof Integer first ? Math.clamp(first, 0, 100_000) : 0;
        return ownCost + children * Math.max(1, (entries + 99) / 100);
    }

    static AbortExecutionException refusal(String code, String field, int actual, int most) {
        Refusal refusal = new Refusal(code, field, Integer.toString(actual), "at most " + most);
        ErrorClassification type = ErrorType.BAD_REQUEST;
        return new AbortExecutionException(List.of(GraphqlErrorBuilder.newError()
                .message(refusal.message())
                .errorType(type)
                .extensions(RefusalExtensions.of(refusal))
                .build()));
    }
}
