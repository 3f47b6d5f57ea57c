/** The platform's database: its migrations, and the names of Axon's tables in it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.readmodel.database;
