/** Progress of long-running work. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.progress;
