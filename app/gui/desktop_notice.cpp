#include "gui/desktop_notice.h"

#include "gui/error_text.h"
#include "gui/scene_text.h"

namespace gui {

void notifyOfEnd(const Situation& situation)
{
    if (situation.failure) {
        const ErrorText problem = gui::errorText(situation.failure->code);
        return notify(problem.title, problem.sentence);
    }
    if (!situation.outcome) return;
    const SceneText done = sceneText(situation);
    notify(done.title, done.sentence);
}

} // namespace gui
