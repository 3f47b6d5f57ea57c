/** Deletion of artifacts and datasets that were purged. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.purge;
