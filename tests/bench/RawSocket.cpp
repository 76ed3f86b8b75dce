// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/RawSocket.h"

#include <QtEndian>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>

namespace casebase::bench {

namespace {

constexpr int PatienceMs = 120000;

} // namespace

RawSocket::RawSocket(quint16 port)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0) {
        qFatal("benchmark: no connection to port %d", port);
    }
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

std::unique_ptr<RawSocket> RawSocket::adopt(int descriptor)
{
    std::unique_ptr<RawSocket> socket(new RawSocket);
    socket->m_descriptor = descriptor;
    return socket;
}

RawSocket::~RawSocket()
{
    ::close(m_descriptor);
}

void RawSocket::write(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t written =
            ::send(m_descriptor, bytes.constData() + at, size_t(bytes.size() - at), MSG_NOSIGNAL);
        if (written > 0) {
            at += written;
        } else if (pollfd one{m_descriptor, POLLOUT, 0};
                   errno != EAGAIN || ::poll(&one, 1, PatienceMs) <= 0) {
            qFatal("benchmark: the server closed the connection");
        }
    }
}

bool RawSocket::fill()
{
    char part[65536];
    const ssize_t got = ::recv(m_descriptor, part, sizeof(part), MSG_DONTWAIT);
    if (got > 0) {
        m_input.append(part, got);
    }
    return got != 0;
}

void RawSocket::run(const std::vector<std::unique_ptr<RawSocket>> &sockets,
    const std::function<void(size_t)> &onData, const std::function<bool()> &isDone)
{
    std::vector<pollfd> polled;
    for (const auto &socket : sockets) {
        polled.push_back({socket->m_descriptor, POLLIN, 0});
    }
    while (!isDone()) {
        if (::poll(polled.data(), nfds_t(polled.size()), PatienceMs) <= 0) {
            qFatal("benchmark: nothing came for %d s", PatienceMs / 1000);
        }
        for (size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents != 0) {
                if (!sockets[i]->fill()) {
                    qFatal("benchmark: the server closed connection %zu", i);
                }
                onData(i);
            }
        }
    }
}

void upgradeToSync(RawSocket &socket)
{
    socket.write(
        "GET /sync HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    while (!socket.input().contains("\r\n\r\n")) {
        pollfd one{socket.descriptor(), POLLIN, 0};
        ::poll(&one, 1, PatienceMs);
        if (!socket.fill()) {
            qFatal("benchmark: no upgrade");
        }
    }
    socket.input().remove(0, socket.input().indexOf("\r\n\r\n") + 4);
}

void writeFrame(RawSocket &socket, const QByteArray &payload, int kind)
{
    QByteArray frame;
    frame.append(char(0x80 | kind));
    uchar size[8];
    if (payload.size() < 126) {
        frame.append(char(0x80 | payload.size()));
    } else if (payload.size() < 65536) {
        qToBigEndian(quint16(payload.size()), size);
        frame.append(char(0x80 | 126)).append(reinterpret_cast<char *>(size), 2);
    } else {
        qToBigEndian(quint64(payload.size()), size);
        frame.append(char(0x80 | 127)).append(reinterpret_cast<char *>(size), 8);
    }
    frame.append(4, '\0'); // a mask of zeros masks nothing
    socket.write(frame + payload);
}

std::optional<QByteArray> takeFrame(RawSocket &socket)
{
    QByteArray &input = socket.input();
    while (input.size() >= 2) {
        const auto *bytes = reinterpret_cast<const uchar *>(input.constData());
        const int kind = bytes[0] & 15;
        quint64 size = bytes[1] & 127;
        qsizetype head = 2;
        if (size == 126) {
            head = 4;
            size = input.size() < head ? 0 : qFromBigEndian<quint16>(bytes + 2);
        } else if (size == 127) {
            head = 10;
            size = input.size() < head ? 0 : qFromBigEndian<quint64>(bytes + 2);
        }
        if (input.size() < head + qsizetype(size)) {
            return std::nullopt;
        }
        const QByteArray payload = input.mid(head, qsizetype(size));
        input.remove(0, head + qsizetype(size));
        if (kind <= 2) {
            return payload;
        }
        if (kind == 9) {
            writeFrame(socket, payload, 10); // a ping: still here
        }
    }
    return std::nullopt;
}

} // namespace casebase::bench
