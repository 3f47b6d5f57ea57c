/** What a machine with nothing installed needs beside the program: a data folder and a PostgreSQL of its own. */
@NullMarked
package io.hindcast.app.local;

import org.jspecify.annotations.NullMarked;
