/** What the CRD generator needs beside annotations. Not loaded at run time. */
@NullMarked
package dev.holdfast.api.schema;

import org.jspecify.annotations.NullMarked;
