#include "emulator/usb_fifo.h"

#include "emulator/peripheral.h"

namespace emulator {

void UsbFifo::push(Status status, contract::ByteView packet)
{
    Entry entry{status, static_cast<std::uint32_t>(packet.size()), {}};
    for (std::size_t at = 0; at < packet.size(); at += 4) {
        std::uint32_t word = 0;
        for (std::size_t i = at; i < at + 4 && i < packet.size(); ++i)
            word |= std::uint32_t{packet[i]} << 8 * (i - at);
        entry.words.push_back(word);
    }
    m_entries.push_back(std::move(entry));
}

std::size_t UsbFifo::words() const
{
    std::size_t count = 0;
    for (const Entry& entry : m_entries)
        count += 1 + entry.words.size();
    return count;
}

/// EPNUM is 0 and DPID does not matter for EP0.
std::uint32_t UsbFifo::peekStatus() const
{
    const Entry& entry = m_entries.front();
    return static_cast<std::uint32_t>(entry.status) << 17 | entry.bytes << 4;
}

std::uint32_t UsbFifo::popStatus()
{
    if (m_entries.empty()) throw IllegalAccess("GRXSTSP read while the receive FIFO is empty");
    if (!m_unread.empty()) throw IllegalAccess("GRXSTSP read before the last packet's words");
    const std::uint32_t status = peekStatus();
    m_unread = std::move(m_entries.front().words);
    m_entries.pop_front();
    return status;
}

std::uint32_t UsbFifo::popWord()
{
    if (m_unread.empty()) throw IllegalAccess("receive FIFO read behind the packet's last word");
    const std::uint32_t word = m_unread.front();
    m_unread.pop_front();
    return word;
}

void UsbFifo::clear()
{
    m_entries.clear();
    m_unread.clear();
}

} // namespace emulator
