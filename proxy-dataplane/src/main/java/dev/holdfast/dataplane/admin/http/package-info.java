/** A small HTTP/1.1 server on Netty: bounded in connections, sizes and times. */
@NullMarked
package dev.holdfast.dataplane.admin.http;

import org.jspecify.annotations.NullMarked;
