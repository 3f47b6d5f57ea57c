/** Content-addressed storage of models and datasets in any S3 service, or in an embedded one on a folder. */
@NullMarked
package io.hindcast.artifacts;

import org.jspecify.annotations.NullMarked;
