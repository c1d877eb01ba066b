#include "bootloader/set_survey.h"

namespace boot {

using namespace contract;

void SetSurvey::ask(Slot slot)
{
    forget(slot);
    m_isAsked[index(slot)] = true;
}

void SetSurvey::askBoth()
{
    for (const Slot slot : slots)
        ask(slot);
}

void SetSurvey::forget(Slot slot)
{
    m_contents[index(slot)] = {};
    m_isKnown[index(slot)] = false;
}

void SetSurvey::poll()
{
    for (const Slot slot : slots) {
        if (m_running || !m_isAsked[index(slot)]) continue;
        m_isAsked[index(slot)] = false;
        m_running = slot;
        m_verifier.start(slot);
        return;
    }
    if (!m_running || !m_verifier.step()) return;
    m_contents[index(*m_running)] = m_verifier.contents();
    m_isKnown[index(*m_running)] = true;
    m_running.reset();
}

bool SetSurvey::isValid(Slot slot) const
{
    return isKnown(slot) && contents(slot).isValid();
}

} // namespace boot
