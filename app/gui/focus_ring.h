// The frame around what the keyboard acts on.
#pragma once

#include <QFocusFrame>
#include <QPointer>

class QApplication;

namespace gui {

/// Appears when Tab or an accelerator moves the focus, not after a click; one for the application.
class FocusRing final : public QObject {
    Q_OBJECT

public:
    /// Once; further calls do nothing.
    static void install(QApplication& application);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit FocusRing(QApplication& application);

    QPointer<QFocusFrame> m_frame; ///< Qt deletes it with the window it is in
};

} // namespace gui
