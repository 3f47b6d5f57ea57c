/** Messages and value types shared by all rooms: one package per topic, refusals and the JSON form. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api;
