// The slim row on top: the product's name, which device is meant if there are several, the menu.
#pragma once

#include "gui/scene.h"

#include <QWidget>

class QComboBox;
class QMenu;

namespace gui {

class Header final : public QWidget {
    Q_OBJECT

public:
    /// `menu` is shown by the button at the right.
    explicit Header(QMenu& menu, QWidget* parent = nullptr);

    void showSituation(const Situation& situation);

Q_SIGNALS:
    void deviceChosen(const std::string& uniqueId);

private:
    QComboBox* m_chooser;
};

} // namespace gui
