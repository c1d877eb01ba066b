// A pure function of the firmware that costs a test most of its time: the first call with certain
// inputs is executed, later ones get its result and its instructions' time.
#pragma once

#include "emulator/engine.h"

#include <map>

namespace emulator {

/// For br_ecdsa_i31_vrfy_raw, 11.6 million instructions each: the inputs are the digest, the public
/// key and the signature. Shared by devices that execute the same ELF.
class RememberedCalls {
public:
    explicit RememberedCalls(std::uint32_t function) : m_function(function) {}

    std::uint32_t function() const { return m_function; }
    /// The core is about to execute `function`, or is back where an unknown call returns to.
    void arrive(Engine& engine);
    /// A new engine, maybe where an old one was: no call is under way in it.
    void forgetCall(const Engine& engine) { m_calls.erase(&engine); }

private:
    using Inputs = std::vector<std::uint32_t>;
    struct Outcome {
        std::uint32_t value = 0;
        std::uint64_t instructions = 0;
    };
    struct Call {
        Inputs inputs;
        std::uint32_t returnAddress = 0;
        std::uint32_t stack = 0;
        std::uint64_t startedAt = 0;
    };

    static Inputs inputsOf(const Engine& engine);

    std::uint32_t m_function;
    std::map<Inputs, Outcome> m_outcomes;
    std::map<const Engine*, Call> m_calls; ///< under way; devices take turns within them
};

} // namespace emulator
