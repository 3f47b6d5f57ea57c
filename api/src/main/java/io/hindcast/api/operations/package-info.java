/** The state of the platform: outages, and work that was abandoned. */
@NullMarked
package io.hindcast.api.operations;

import org.jspecify.annotations.NullMarked;
