// What is wrong with a window, in words; empty if nothing is.
#pragma once

#include <QStringList>

class QWidget;

namespace test_support {

/// Texts that are cut, controls smaller than they need or outside their window, and what could be
/// read only by scrolling sideways.
QStringList misfitsOf(const QWidget& window);

/// Controls, labels and pictures that a screen reader cannot name.
QStringList namelessOf(const QWidget& window);

/// Where Tab goes, against the order of reading: each control once, row by row.
QStringList tabFaultsOf(QWidget& window);

/// Everything that can be read in the window and in its menus.
QStringList textsOf(const QWidget& window);

} // namespace test_support
