/** TCP sockets on Netty's epoll loop, without Netty's own epoll channels, and splice(2). */
@NullMarked
package dev.holdfast.dataplane.relay.epoll;

import org.jspecify.annotations.NullMarked;
