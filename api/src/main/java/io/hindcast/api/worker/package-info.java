/** Messages between the platform and a worker, which exchange them as JSON over HTTP. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.worker;
