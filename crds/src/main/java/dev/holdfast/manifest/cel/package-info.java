/** Evaluates the rules of the schemas; the only part of the program that needs the CEL library. */
@NullMarked
package dev.holdfast.manifest.cel;

import org.jspecify.annotations.NullMarked;
