/** Makes manifests of what another tool's command line and configuration say. */
@NullMarked
package dev.holdfast.cli.convert;

import org.jspecify.annotations.NullMarked;
