#include "gui/brand.h"

#include "branding/branding.h"

namespace gui {
namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

const Brand& brand()
{
    static const Brand ours{text(branding::vendorName), text(branding::productName),
                            text(branding::updaterName), text(branding::applicationId),
                            text(branding::accent)};
    return ours;
}

} // namespace gui
