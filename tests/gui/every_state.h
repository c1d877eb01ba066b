// Everything that the window can show, made from what virtual devices say.
#pragma once

#include "gui/scene.h"

#include <QString>
#include <vector>

namespace test_support {

struct State {
    QString name; ///< also of the screenshot
    gui::Situation situation;
};

/// Each scene in each of its forms, in the order in which people meet them.
std::vector<State> everyState();

/// The Problem scene, once for each error code.
std::vector<State> everyProblem();

} // namespace test_support
