/** Runs manifests on this machine: reads and watches the files, listens to signals, drains. */
@NullMarked
package dev.holdfast.cli.run;

import org.jspecify.annotations.NullMarked;
