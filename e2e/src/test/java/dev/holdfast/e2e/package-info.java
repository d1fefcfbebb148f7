/** What a user sees of Holdfast on a real cluster, with kubectl and helm as a user has them. */
@NullMarked
package dev.holdfast.e2e;

import org.jspecify.annotations.NullMarked;
