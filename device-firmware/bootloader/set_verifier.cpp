#include "bootloader/set_verifier.h"

namespace boot {

using namespace contract;

SetVerifier::SetVerifier(Board& board, const Crypto& crypto, const FlashMap& map,
                         const Identity& identity)
    : m_map(map), m_image(board, crypto, identity)
{
}

void SetVerifier::start(Slot slot)
{
    m_slot = slot;
    m_contents = {};
    m_contents.isBlank = true;
    startImage(Core::M7);
}

void SetVerifier::startImage(Core core)
{
    m_core = core;
    m_image.start(core, m_map.slot(core, m_slot), m_map.slot(core, Slot::A));
}

bool SetVerifier::step()
{
    if (!m_image.step()) return false;
    finishImage();
    if (m_core == Core::M7) {
        m_m7Tlvs = m_image.tlvs();
        startImage(Core::M4);
        return false;
    }
    compareImages();
    return true;
}

const SetContents& SetVerifier::verify(Slot slot)
{
    start(slot);
    while (!step()) {
    }
    return m_contents;
}

void SetVerifier::finishImage()
{
    const std::size_t core = index(m_core);
    m_contents.faults[core] = m_image.fault();
    m_contents.isBlank &= m_image.isBlank();
    m_contents.coreVersions[core] = m_image.header().version;
    m_contents.imageHashes[core] = m_image.tlvs().hash;
    m_contents.imageBytes[core] = m_image.imageBytes();
    if (m_core != Core::M7) return;
    m_contents.isStaged = m_image.isStaged();
    m_contents.setId = m_image.tlvs().setId;
    m_contents.releaseVersion = m_image.tlvs().releaseVersion;
    m_contents.securityCounter = m_image.tlvs().securityCounter;
    m_contents.flags = m_image.tlvs().flags;
    m_contents.keyIndex = m_image.key() == nullptr ? 0 : m_image.key()->index;
}

/// Two valid images are a set only if they are of one release.
void SetVerifier::compareImages()
{
    if (!m_contents.isValid()) return;
    if (!sameSet(m_m7Tlvs, m_image.tlvs()) || m_image.isStaged() != m_contents.isStaged) {
        m_contents.faults[index(Core::M4)] = ImageFault::SetMismatch;
    } else if (m_m7Tlvs.companion != m_image.tlvs().hash) {
        m_contents.faults[index(Core::M7)] = ImageFault::Companion;
    }
}

} // namespace boot
