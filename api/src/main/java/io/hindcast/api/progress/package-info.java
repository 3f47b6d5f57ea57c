/** How long work says how far it is, whoever watches. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.progress;
