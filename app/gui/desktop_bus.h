// The session bus of a Linux desktop, for what nobody has to answer. Nothing happens where there is
// none, and nothing here waits: connecting, which may take seconds, is done in a thread.
#pragma once

class QDBusMessage;

namespace gui {

/// In the order of the calls.
void tellDesktop(const QDBusMessage& message);

} // namespace gui
