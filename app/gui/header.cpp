#include "gui/header.h"

#include "gui/brand.h"
#include "gui/scene_text.h"
#include "gui/type_scale.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace gui {

Header::Header(QMenu& menu, QWidget* parent) : QWidget(parent), m_chooser(new QComboBox(this))
{
    auto* name = new QLabel(brand().productName, this);
    name->setFont(scaledFont(TypeSize::Lead));
    m_chooser->setObjectName(QStringLiteral("chooser"));
    m_chooser->setAccessibleName(tr("Which device"));
    m_chooser->setPlaceholderText(tr("Choose a device"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("menu"));
    button->setText(tr("Menu"));
    button->setAccessibleName(tr("Menu"));
    button->setMenu(&menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);

    setTabOrder(button, m_chooser);

    auto* row = new QHBoxLayout;
    row->addWidget(name);
    row->addStretch(1);
    row->addWidget(button);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(2 * gridPx, gridPx, 2 * gridPx, gridPx);
    rows->addLayout(row);
    rows->addWidget(m_chooser, 0, Qt::AlignLeft); // a serial number needs the whole width
    connect(m_chooser, &QComboBox::activated, this, [this](int index) {
        Q_EMIT deviceChosen(m_chooser->itemData(index).toString().toStdString());
    });
}

void Header::showSituation(const Situation& situation)
{
    const QSignalBlocker silence(m_chooser);
    const auto& devices = situation.bus.devices;
    m_chooser->setVisible(devices.size() > 1);
    m_chooser->setEnabled(!situation.running);
    m_chooser->clear();
    int current = -1;
    for (const updater::UsbDevice& device : devices) {
        if (!device.serial.empty() && device.serial == situation.bus.chosenId)
            current = m_chooser->count();
        m_chooser->addItem(deviceName(device), QString::fromStdString(device.serial));
    }
    m_chooser->setCurrentIndex(current);
}

} // namespace gui
