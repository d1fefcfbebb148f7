/** What the schema has and this version does not do. */
@NullMarked
package dev.holdfast.api.support;

import org.jspecify.annotations.NullMarked;
