// Plays a device that answers what no real one does: only for replies that the virtual device
// cannot give.
#pragma once

#include "core/usb/usb_transport.h"

#include <deque>
#include <vector>

namespace test_support {

struct ScriptedReply {
    std::vector<std::uint8_t> bytes; ///< for IN; may be longer than asked for
    bool isStalled = false;
    std::optional<updater::ErrorCode> error;
};

/// Gives its replies in turn, the last one for ever, and remembers what was asked.
class ScriptedConnection final : public updater::UsbConnection {
public:
    explicit ScriptedConnection(std::deque<ScriptedReply> replies) : m_replies(std::move(replies))
    {
    }

    updater::Result<updater::TransferEnd> controlIn(const updater::SetupFields& setup,
                                                    contract::ByteSpan out, std::uint32_t) override
    {
        return answer(setup, [&](const ScriptedReply& reply) {
            const std::size_t bytes = std::min(out.size(), reply.bytes.size());
            std::copy_n(reply.bytes.begin(), bytes, out.begin());
            return bytes;
        });
    }

    updater::Result<updater::TransferEnd>
    controlOut(const updater::SetupFields& setup, contract::ByteView bytes, std::uint32_t) override
    {
        return answer(setup, [&](const ScriptedReply&) { return bytes.size(); });
    }

    std::uint16_t interfaceNumber() const override { return 3; }

    const std::vector<updater::SetupFields>& requests() const { return m_requests; }

private:
    template <typename Move>
    updater::Result<updater::TransferEnd> answer(const updater::SetupFields& setup, Move&& move)
    {
        m_requests.push_back(setup);
        const ScriptedReply reply = m_replies.front();
        if (m_replies.size() > 1) m_replies.pop_front();
        if (reply.error) return updater::fail(*reply.error, "scripted");
        if (reply.isStalled) return updater::TransferEnd{.isStalled = true};
        return updater::TransferEnd{.bytes = move(reply)};
    }

    std::deque<ScriptedReply> m_replies;
    std::vector<updater::SetupFields> m_requests;
};

/// Sleeping is instant and remembered.
class InstantClock final : public updater::Clock {
public:
    std::uint64_t nowMs() const override { return m_nowMs; }
    void sleepMs(std::uint32_t ms) override { m_nowMs += ms; }

private:
    std::uint64_t m_nowMs = 0;
};

} // namespace test_support
