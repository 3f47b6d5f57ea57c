package io.hindcast.query;

/**
 * Names the definition of the read models that this program's statements are written for. The application takes it from
 * the projections that fill them.
 *
 * @param digest as builds carry it
 */
public record TableDefinition(String digest) {}
