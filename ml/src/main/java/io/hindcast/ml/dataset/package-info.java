/** Features and labels side by side, and how they are split in time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.dataset;
