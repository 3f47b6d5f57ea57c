package io.hindcast.api.worker;

/**
 * Reason of a refused request of a worker.
 *
 * @param reason for people
 */
public record RunRefusal(String reason) {}
