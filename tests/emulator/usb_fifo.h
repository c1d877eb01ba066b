// The receive FIFO of the OTG core with its status queue (RM0399, GRXSTSP): every packet's words
// have to be read before the next status.
#pragma once

#include "contract/layout.h"

#include <deque>
#include <optional>

namespace emulator {

class UsbFifo {
public:
    enum class Status : std::uint8_t { OutData = 2, OutDone = 3, SetupDone = 4, SetupData = 6 };

    /// Queues a packet with its status.
    void push(Status status, contract::ByteView packet);

    bool isEmpty() const { return m_entries.empty(); }
    /// Words that the queue takes, one for each status (RM0399 60.11.1).
    std::size_t words() const;

    /// GRXSTSR. The queue must not be empty.
    std::uint32_t peekStatus() const;
    /// GRXSTSP. Throws IllegalAccess if the queue is empty or the last packet was not read.
    std::uint32_t popStatus();
    /// The next word of the packet whose status was popped last. Throws IllegalAccess behind it.
    std::uint32_t popWord();

    void clear();

private:
    struct Entry {
        Status status;
        std::uint32_t bytes;
        std::deque<std::uint32_t> words;
    };

    std::deque<Entry> m_entries;
    std::deque<std::uint32_t> m_unread;
};

} // namespace emulator
