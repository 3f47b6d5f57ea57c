package io.hindcast.graphql.engine;

import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import java.util.List;

/** Executes queries as usual, but leaves a {@link Column} as it is: its numbers need neither checks nor conversion. */
public final class ColumnStrategy extends AsyncExecutionStrategy {

    public ColumnStrategy(DataFetcherExceptionHandler errors) {
        super(errors);
    }

    @Override
    protected FieldValueInfo completeValueForList(
            ExecutionContext context, ExecutionStrategyParameters parameters, Object result) {
        return result instanceof Column
                ? new FieldValueInfo(FieldValueInfo.CompleteValueType.LIST, result, List.of())
                : super.completeValueForList(context, parameters, result);
    }
}
