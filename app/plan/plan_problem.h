// A mistake in a plan, told so that its author can correct it without asking anybody.
#pragma once

#include <string>
#include <vector>

namespace plan {

struct Problem {
    std::string file;
    std::string pointer; ///< JSON pointer (RFC 6901); empty: the file as a whole
    std::string cause;
    std::string remedy;

    std::string text() const
    {
        const std::string place = pointer.empty() ? file : file + ": " + pointer;
        return place + ": " + cause + ". " + remedy + ".";
    }
};

using Problems = std::vector<Problem>;

} // namespace plan
