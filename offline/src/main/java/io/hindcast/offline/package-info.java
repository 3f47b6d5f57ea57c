/** The commands {@code train}, {@code evaluate} and {@code archive}: models from files, without the platform. */
@NullMarked
package io.hindcast.offline;

import org.jspecify.annotations.NullMarked;
