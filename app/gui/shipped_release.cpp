#include "gui/shipped_release.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDir>

namespace gui {

QString shippedRelease()
{
    const QDir folder(QCoreApplication::applicationDirPath() +
                      QStringLiteral("/../share/h755-updater/releases"));
    QStringList names = folder.entryList({QStringLiteral("*.h755")}, QDir::Files);
    if (names.isEmpty()) return {};
    QCollator byNumber;
    byNumber.setNumericMode(true); // 1.10.0 is newer than 1.9.0
    const auto newest = std::max_element(names.cbegin(), names.cend(), byNumber);
    return folder.absoluteFilePath(*newest);
}

} // namespace gui
