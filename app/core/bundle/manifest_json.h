// Strict JSON for manifests: the structure first, then field by field.
#pragma once

#include "contract/image_format.h"
#include "core/result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace updater {

/// Parses `text`: one value, at most `maximumDepth` deep, no key twice in an object however it is
/// written. Codes: BundleManifest, BundleDuplicateKey.
Result<nlohmann::json> parseStrictJson(contract::ByteView text, int maximumDepth);

/// Reads the fields of one JSON object. The first field that is missing or not of its type and
/// range is remembered; `finish` also refuses fields that nobody asked for.
class ObjectReader {
public:
    ObjectReader(const nlohmann::json& object, std::string name);

    template <std::unsigned_integral T>
    void number(const char* field, T& out)
    {
        const nlohmann::json* value = take(field);
        if (value == nullptr || !value->is_number_unsigned()) return refuse(field);
        const auto number = value->get<std::uint64_t>();
        if (number > std::numeric_limits<T>::max()) return refuse(field);
        out = static_cast<T>(number);
    }
    /// `pattern`: a function that says whether the text is acceptable.
    void text(const char* field, std::string& out, bool (*isAcceptable)(std::string_view));
    void version(const char* field, contract::Version& out);
    void hex(const char* field, contract::ByteSpan out);
    /// An object or array to read on with; null if it is missing.
    const nlohmann::json& child(const char* field);
    void refuse(const std::string& field);

    Result<> finish() const;

private:
    const nlohmann::json* take(const char* field);

    const nlohmann::json& m_object;
    std::string m_name;
    std::size_t m_taken = 0;
    std::string m_refused;
};

} // namespace updater
