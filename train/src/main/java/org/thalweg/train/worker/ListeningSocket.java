package org.thalweg.train.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * A socket of the system's that listens on one address. libtorch's store by itself listens on all of the machine's addresses,
 * but takes a socket that listens already. Linux only.
 */
final class ListeningSocket {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int BACKLOG = 4096;
    private static final int IPV4_BYTES = 4;

    private ListeningSocket() {}

    /**
     * Listens.
     *
     * @return the file descriptor, which the caller owns
     * @throws WorkersException if the address is not this machine's, or the port is in use
     */
    static int open(InetAddress address, int port) {
        int socket = CLibrary.call("socket", family(address), SOCK_STREAM_CLOEXEC, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment yes = arena.allocateFrom(JAVA_INT, 1);
            MemorySegment name = name(arena, address, port);
            CLibrary.call("setsockopt", socket, SOL_SOCKET, SO_REUSEADDR, yes, (int) yes.byteSize());
            if (CLibrary.call("bind", socket, name, (int) name.byteSize()) < 0
                    || CLibrary.call("listen", socket, BACKLOG) < 0) {
                CLibrary.call("close", socket);
                throw WorkersException.own(
                        "rank 0 cannot listen on %s, port %d: another job or a process left over has the port, or the address is not this machine's; end that one, or choose another MASTER_PORT or MASTER_ADDR"
                                .formatted(address.getHostAddress(), port));
            }
        }
        return socket;
    }

    private static int family(InetAddress address) {
        return address.getAddress().length == IPV4_BYTES ? AF_INET : AF_INET6;
    }

    /** {@code sockaddr_in}: family, port, address; {@code sockaddr_in6}: family, port, flow, address, scope. */
    private static MemorySegment name(Arena arena, InetAddress address, int port) {
        byte[] bytes = address.getAddress();
        boolean four = bytes.length == IPV4_BYTES;
        MemorySegment name = arena.allocate(four ? 16 : 28, Integer.BYTES);
        name.set(JAVA_SHORT, 0, (short) family(address));
        name.set(JAVA_BYTE, 2, (byte) (port >>> Byte.SIZE));
        name.set(JAVA_BYTE, 3, (byte) port);
        MemorySegment.copy(bytes, 0, name, JAVA_BYTE, four ? 4 : 8, bytes.length);
        return name;
    }
}
