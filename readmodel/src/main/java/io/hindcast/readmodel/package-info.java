/** The read models' tables, their builds, the pointer that switches readers, and SQL against them. */
@org.jspecify.annotations.NullMarked
package io.hindcast.readmodel;
