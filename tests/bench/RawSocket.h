// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace casebase::bench {

/// A bare loopback socket for programs that measure servers and must cost next to nothing
/// themselves. POSIX only, and so are the benchmarks that use it (tests/CMakeLists.txt).
class RawSocket {
public:
    explicit RawSocket(quint16 port);
    /// Takes over a connected descriptor.
    static std::unique_ptr<RawSocket> adopt(int descriptor);
    ~RawSocket();
    Q_DISABLE_COPY_MOVE(RawSocket)

    /// Writes all of it, waiting if need be.
    void write(const QByteArray &bytes);
    /// Reads what is there into input(). False once the other end has closed.
    bool fill();
    QByteArray &input() { return m_input; }
    int descriptor() const { return m_descriptor; }

    /// Waits until one of the sockets can be read, reads, and calls `onData` with its place.
    /// Until isDone.
    static void run(const std::vector<std::unique_ptr<RawSocket>> &sockets,
        const std::function<void(size_t)> &onData, const std::function<bool()> &isDone);

private:
    RawSocket() = default;
    int m_descriptor = -1;
    QByteArray m_input;
};

/// The frames of a WebSocket on a RawSocket.
void upgradeToSync(RawSocket &socket);
void writeFrame(RawSocket &socket, const QByteArray &payload, int kind = 2);
/// The next binary frame that is there whole; pings and the like are skipped.
std::optional<QByteArray> takeFrame(RawSocket &socket);

} // namespace casebase::bench
