/** The process: assembles all rooms and runs them. The only room that depends on all others. */
@NullMarked
package io.hindcast.app;

import org.jspecify.annotations.NullMarked;
