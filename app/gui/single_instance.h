// One window for each person: a second start hands its file to the first and ends.
#pragma once

#include <QLocalServer>
#include <QObject>

namespace gui {

class SingleInstance final : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(QString name, QObject* parent = nullptr);

    /// True if another instance took `file` (it may be empty) and raises its window.
    bool handOver(const QString& file) const;

    /// From now on this is the first instance.
    void listen();

Q_SIGNALS:
    /// Another start, with a file or without.
    void startedAgain(const QString& file);

private:
    void take();

    QString m_name;
    QLocalServer m_server;
};

} // namespace gui
