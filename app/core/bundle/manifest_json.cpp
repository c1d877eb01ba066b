#include "core/bundle/manifest_json.h"

#include "core/bundle/text_forms.h"

#include <set>

namespace updater {

using nlohmann::json;

namespace {

/// Walks a text without keeping its values. Returning false ends the walk.
class StructureCheck final : public nlohmann::json_sax<json> {
public:
    explicit StructureCheck(int maximumDepth) : m_depthLeft(maximumDepth) {}

    bool isDuplicate() const { return m_isDuplicate; }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return false; }
    bool start_array(std::size_t) override { return m_depthLeft-- > 0; }
    bool end_array() override { return ++m_depthLeft > 0; }
    bool start_object(std::size_t) override
    {
        m_keys.emplace_back();
        return m_depthLeft-- > 0;
    }
    bool end_object() override
    {
        m_keys.pop_back();
        return ++m_depthLeft > 0;
    }
    /// `name` is decoded, so an escaped repetition is the same key.
    bool key(string_t& name) override
    {
        m_isDuplicate = !m_keys.back().insert(name).second;
        return !m_isDuplicate;
    }
    bool parse_error(std::size_t, const std::string&, const json::exception&) override
    {
        return false;
    }

private:
    int m_depthLeft;
    bool m_isDuplicate = false;
    std::vector<std::set<std::string>> m_keys;
};

} // namespace

Result<json> parseStrictJson(contract::ByteView text, int maximumDepth)
{
    StructureCheck check(maximumDepth);
    if (!json::sax_parse(text.begin(), text.end(), &check)) {
        if (check.isDuplicate()) return fail(ErrorCode::BundleDuplicateKey, "a key twice");
        return fail(ErrorCode::BundleManifest, "not JSON, or nested too deeply");
    }
    json value = json::parse(text.begin(), text.end(), nullptr, false);
    if (value.is_discarded()) return fail(ErrorCode::BundleManifest, "not JSON");
    return value;
}

ObjectReader::ObjectReader(const json& object, std::string name)
    : m_object(object), m_name(std::move(name))
{
    if (!object.is_object()) refuse("(not an object)");
}

const json* ObjectReader::take(const char* field)
{
    if (!m_object.is_object()) return nullptr;
    const auto found = m_object.find(field);
    if (found == m_object.end()) return nullptr;
    ++m_taken;
    return &*found;
}

void ObjectReader::refuse(const std::string& field)
{
    if (m_refused.empty()) m_refused = field;
}

void ObjectReader::text(const char* field, std::string& out, bool (*isAcceptable)(std::string_view))
{
    const json* value = take(field);
    const auto* text = value == nullptr ? nullptr : value->get_ptr<const std::string*>();
    if (text == nullptr || !isAcceptable(*text)) return refuse(field);
    out = *text;
}

void ObjectReader::version(const char* field, contract::Version& out)
{
    const json* value = take(field);
    const auto* text = value == nullptr ? nullptr : value->get_ptr<const std::string*>();
    const auto version = text == nullptr ? std::nullopt : parseVersion(*text);
    if (!version) return refuse(field);
    out = *version;
}

void ObjectReader::hex(const char* field, contract::ByteSpan out)
{
    const json* value = take(field);
    const auto* text = value == nullptr ? nullptr : value->get_ptr<const std::string*>();
    if (text == nullptr || !parseHex(*text, out)) refuse(field);
}

const json& ObjectReader::child(const char* field)
{
    static const json nothing;
    const json* value = take(field);
    return value == nullptr ? nothing : *value;
}

Result<> ObjectReader::finish() const
{
    if (!m_refused.empty()) return fail(ErrorCode::BundleManifest, m_name + "." + m_refused);
    if (m_taken != m_object.size())
        return fail(ErrorCode::BundleManifest, m_name + ": a field that is not known");
    return {};
}

} // namespace updater
