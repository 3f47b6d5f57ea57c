/** Models and datasets by their content, in any S3; and an S3 of our own on a folder for one machine. */
@NullMarked
package io.hindcast.artifacts;

import org.jspecify.annotations.NullMarked;
