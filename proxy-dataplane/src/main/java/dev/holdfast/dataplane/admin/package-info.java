/** The data plane's own HTTP interface: probes, metrics, status and configuration. */
@NullMarked
package dev.holdfast.dataplane.admin;

import org.jspecify.annotations.NullMarked;
