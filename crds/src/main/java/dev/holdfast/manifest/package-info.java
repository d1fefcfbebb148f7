/**
 * Reads manifests as the API server would: schema, defaults and rules, with all problems at once.
 */
@NullMarked
package dev.holdfast.manifest;

import org.jspecify.annotations.NullMarked;
