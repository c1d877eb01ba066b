#include "gui/single_instance.h"

#include <QLocalSocket>
#include <QTimer>
#include <utility>

namespace gui {
namespace {

constexpr int answerMs = 1'000;
constexpr qint64 maximumPathBytes = 4'096;

} // namespace

SingleInstance::SingleInstance(QString name, QObject* parent)
    : QObject(parent), m_name(std::move(name))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::take);
}

bool SingleInstance::handOver(const QString& file) const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(answerMs)) return false;
    socket.write(file.toUtf8() + '\n');
    return socket.waitForBytesWritten(answerMs) && socket.waitForDisconnected(answerMs);
}

void SingleInstance::listen()
{
    if (m_server.listen(m_name)) return;
    // Left behind by an instance that crashed: nobody has answered handOver.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
}

void SingleInstance::take()
{
    QLocalSocket* const socket = m_server.nextPendingConnection();
    if (socket == nullptr) return;
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(answerMs, socket, [socket] { socket->abort(); });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() > maximumPathBytes) socket->abort();
            return;
        }
        const QString file = QString::fromUtf8(socket->readLine(maximumPathBytes)).trimmed();
        socket->disconnectFromServer();
        Q_EMIT startedAgain(file);
    });
}

} // namespace gui
