/** The data folder and the services embedded on it: PostgreSQL and the artifact store. */
@NullMarked
package io.hindcast.app.local;

import org.jspecify.annotations.NullMarked;
