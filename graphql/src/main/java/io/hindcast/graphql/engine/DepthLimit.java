package io.hindcast.graphql.engine;

import graphql.ExecutionResult;
import graphql.analysis.QueryTraverser;
import graphql.analysis.QueryVisitorFieldEnvironment;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that nest too deep. Introspection has a limit of its own: a type takes one level for each list and
 * non-null around it, so the tools' standard query is deeper than any query for data. Introspection that cycles through
 * types is refused by GraphQL Java itself.
 */
final class DepthLimit extends SimplePerformantInstrumentation {

    private final int most;
    private final int mostOfIntrospection;

    DepthLimit(int most, int mostOfIntrospection) {
        this.most = most;
        this.mostOfIntrospection = mostOfIntrospection;
    }

    private record Depths(int data, int introspection) {

        Depths with(QueryVisitorFieldEnvironment field) {
            int depth = 1;
            QueryVisitorFieldEnvironment root = field;
            for (QueryVisitorFieldEnvironment parent = field.getParentEnvironment();
                    parent != null;
                    parent = parent.getParentEnvironment()) {
                depth++;
                root = parent;
            }
            String name = root.getField().getName();
            return name.equals("__schema") || name.equals("__type")
                    ? new Depths(data, Math.max(introspection, depth))
                    : new Depths(Math.max(data, depth), introspection);
        }
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        Depths depths = QueryTraverser.newQueryTraverser()
                .schema(context.getGraphQLSchema())
                .document(context.getDocument())
                .operationName(context.getExecutionInput().getOperationName())
                .coercedVariables(context.getCoercedVariables())
                .build()
                .reducePreOrder((field, deepest) -> deepest.with(field), new Depths(0, 0));
        if (depths.data > most) {
            throw RequestLimits.refusal("TOO_DEEP", "depth of the query", depths.data, most);
        }
        if (depths.introspection > mostOfIntrospection) {
            throw RequestLimits.refusal(
                    "TOO_DEEP", "depth of the introspection", depths.introspection, mostOfIntrospection);
        }
        return super.beginExecuteOperation(parameters, state);
    }
}
