package io.hindcast.readmodel.database;

import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;

/**
 * The tables of Axon's JDBC stores, as {@link Migrations} creates them. Names are qualified with the schema, so no
 * search path has to be set. Payloads are {@code bytea}: configure the stores with {@code dataType(byte[].class)}.
 */
public final class AxonTables {

    /** Name of db-scheduler's table. */
    public static final String SCHEDULED_TASKS = Migrations.SCHEMA + ".scheduled_tasks";

    private AxonTables() {}

    /** Returns the schema for {@code JdbcEventStorageEngine}. */
    public static EventSchema events() {
        return EventSchema.builder()
                .eventTable(Migrations.SCHEMA + ".domain_event_entry")
                .snapshotTable(Migrations.SCHEMA + ".snapshot_event_entry")
                .globalIndexColumn("global_index")
                .timestampColumn("time_stamp")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .build();
    }

    /** Returns the schema for {@code JdbcTokenStore}, which also needs {@code contentType(byte[].class)}. */
    public static TokenSchema tokens() {
        return TokenSchema.builder()
                .setTokenTable(Migrations.SCHEMA + ".token_entry")
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("time_stamp")
                .setOwnerColumn("owner")
                .build();
    }

    /** Returns the schema for {@code JdbcSagaStore}, to be wrapped in a {@code PostgresSagaSqlSchema}. */
    public static SagaSchema sagas() {
        return SagaSchema.builder()
                .sagaEntryTable(Migrations.SCHEMA + ".saga_entry")
                .revisionColumn("revision")
                .serializedSagaColumn("serialized_saga")
                .associationValueEntryTable(Migrations.SCHEMA + ".association_value_entry")
                .associationKeyColumn("association_key")
                .associationValueColumn("association_value")
                .sagaIdColumn("saga_id")
                .sagaTypeColumn("saga_type")
                .build();
    }

    /** Returns the schema for {@code JdbcSequencedDeadLetterQueue}. */
    public static DeadLetterSchema deadLetters() {
        return DeadLetterSchema.builder()
                .deadLetterTable(Migrations.SCHEMA + ".dead_letter_entry")
                .deadLetterIdentifierColumn("dead_letter_identifier")
                .processingGroupColumn("processing_group")
                .sequenceIdentifierColumn("sequence_identifier")
                .sequenceIndexColumn("sequence_index")
                .messageTypeColumn("message_type")
                .eventIdentifierColumn("event_identifier")
                .timestampColumn("time_stamp")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .aggregateTypeColumn("type")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .tokenTypeColumn("token_type")
                .tokenColumn("token")
                .enqueuedAtColumn("enqueued_at")
                .lastTouchedColumn("last_touched")
                .processingStartedColumn("processing_started")
                .causeTypeColumn("cause_type")
                .causeMessageColumn("cause_message")
                .diagnosticsColumn("diagnostics")
                .build();
    }
}
