package io.hindcast.graphql.engine;

import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import java.util.List;

/**
 * Executes queries as usual, but passes on a {@link ChartColumn} unchanged: its numbers need no checks or conversion.
 */
public final class ChartColumnStrategy extends AsyncExecutionStrategy {

    public ChartColumnStrategy(DataFetcherExceptionHandler errors) {
        super(errors);
    }

    @Override
    protected FieldValueInfo completeValueForList(
            ExecutionContext context, ExecutionStrategyParameters parameters, Object result) {
        return result instanceof ChartColumn
                ? new FieldValueInfo(FieldValueInfo.CompleteValueType.LIST, result, List.of())
                : super.completeValueForList(context, parameters, result);
    }
}
