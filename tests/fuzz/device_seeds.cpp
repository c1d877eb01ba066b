#include "begin_states.h"
#include "hostile_host.h"
#include "seeds.h"

namespace fuzz {

using namespace contract;

namespace {

constexpr std::uint8_t normalStart = 0x01;
constexpr std::uint8_t gullible = 0x02;
constexpr std::uint8_t smallMap = 0x04;
constexpr std::uint8_t updatedAtEnd = 0x10;
constexpr std::uint8_t journalProtected = 0x20;
constexpr std::uint8_t hasFaulted = 0x40;
constexpr std::uint8_t neverConfirms = 0x60;

class Session : public Script {
public:
    Session(Begin begin, std::uint8_t bits) { bytes(begin, bits); }

    template <typename... Arguments>
    Session& act(Action action, Arguments... arguments)
    {
        bytes(action, arguments...);
        return *this;
    }
    Session& setup(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                   std::uint16_t index, std::uint16_t length)
    {
        act(Action::RawSetup, type, request);
        word(value).word(index).word(length).byte(0);
        if (length != 0) byte(0); // no data of the input's
        return *this;
    }
    /// A whole update block by block.
    Session& update(std::size_t set, bool isAnnounced)
    {
        act(Action::ChooseStream, set, isAnnounced ? 1 : 0).act(Action::GetMissing, 0);
        act(Action::SendNext, 1).act(Action::GetMissing, 0).act(Action::SendNext, 31);
        return act(Action::GetMissing, 0).act(Action::Finish, 8).act(Action::PollStatus, 1);
    }
    Session& cut(Tear tear, bool staysInUpdateMode)
    {
        return act(Action::CutPower, tear, staysInUpdateMode ? 3 : 2);
    }
};

void addUpdates(std::vector<Bytes>& seeds)
{
    constexpr std::array<std::uint8_t, 6> bits{0,        updatedAtEnd,     smallMap,
                                               gullible, journalProtected, hasFaulted};
    for (std::size_t begin = 0; begin < beginStates; ++begin) {
        for (const std::uint8_t setting : bits) {
            for (const std::size_t set :
                 {release::first, release::second, release::newest, release::slotAOnly}) {
                Session session(static_cast<Begin>(begin), setting);
                session.act(Action::GetStatus, 0).update(set, begin % 2 == 0);
                session.act(Action::Reboot, 0).act(Action::Wait, 200);
                seeds.push_back(session.act(Action::GetStatus, 0).act(Action::ClassRequest, 0));
            }
        }
    }
    for (const std::size_t set : {release::unflagged, release::foreign, release::tooNew})
        seeds.push_back(Session(Begin::OneSet, smallMap).update(set, true).act(Action::Reboot, 0));
}

/// What operating systems and dfu-util ask for.
void addEnumerations(std::vector<Bytes>& seeds)
{
    for (const std::uint8_t bits : {std::uint8_t{0}, normalStart}) {
        Session session(Begin::TwoSets, bits);
        session.setup(0x80, 6, 0x0100, 0, 64).setup(0x80, 6, 0x0200, 0, 255);
        session.setup(0x80, 6, 0x0F00, 0, 255).setup(0x80, 6, 0x0300, 0, 255);
        for (std::uint16_t string = 1; string < 8; ++string)
            session.setup(0x80, 6, static_cast<std::uint16_t>(0x0300 + string), 0x0409, 255);
        session.setup(0x00, 9, 1, 0, 0).setup(0x01, 11, 0, 0, 0).setup(0x80, 0, 0, 0, 2);
        session.setup(0xC0, 0x20, 0, 7, 0xFFFF).setup(0xC0, 0x21, 0, 7, 0xFFFF);
        session.setup(0xA1, 3, 0, 0, 6).setup(0xA1, 5, 0, 0, 1).setup(0xA1, 2, 0, 0, 4096);
        session.setup(0xC0, 1, 0, 0, 0xFFFF).setup(0xC0, 3, 0, 0, 66).setup(0xC0, 7, 0, 0, 4096);
        seeds.push_back(session.setup(0xC1, 1, 0, 0, 64).setup(0x21, 0, 1000, 0, 0));
    }
}

/// Block numbers that jump, wrap and repeat; lengths that do not fit.
void addWrongBlocks(std::vector<Bytes>& seeds)
{
    constexpr std::array<std::uint16_t, 9> numbers{0, 1, 2, 3, 5, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF};
    constexpr std::array<std::uint16_t, 6> lengths{1, 64, 1024, 4095, 4097, 8191};
    for (const bool isAnnounced : {false, true}) {
        for (const std::uint16_t number : numbers) {
            Session session(Begin::OneSet, 0);
            session.act(Action::ChooseStream, release::second, isAnnounced ? 1 : 0);
            session.act(Action::SendNext, 2).act(Action::Download).word(number);
            session.byte(number).word(4096).byte(32);
            session.act(Action::SendNext, 31);
            seeds.push_back(session.act(Action::Finish, 0).act(Action::GetStatus, 0));
        }
        for (const std::uint16_t length : lengths) {
            Session session(Begin::TwoSets, 0);
            session.act(Action::ChooseStream, release::first, isAnnounced ? 1 : 0);
            session.act(Action::Download).word(0).byte(0).word(length).byte(4 | 8 | 16 | 32);
            seeds.push_back(session.act(Action::SendNext, 31).act(Action::Finish, 0));
        }
    }
}

void addCrafted(std::vector<Bytes>& seeds)
{
    for (std::size_t field = 0; field < 9; ++field) {
        for (const std::uint32_t value : telling) {
            Session session(Begin::OneSet, gullible);
            session.act(Action::CraftStream, release::first, 0, field).longWord(value);
            session.byte(3);
            session.act(Action::SendNext, 31);
            seeds.push_back(session.act(Action::GetMissing, 0).act(Action::Finish, 0));
        }
    }
}

void addDisturbances(std::vector<Bytes>& seeds)
{
    for (const Tear tear :
         {Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad, Tear::TornFlaky}) {
        for (const std::size_t operations : {0U, 1U, 2U, 5U, 9U, 20U, 40U}) {
            Session session(Begin::OneSet, operations % 2 == 0 ? smallMap : 0);
            session.act(Action::CutPowerSoon, 5 * operations + static_cast<std::size_t>(tear));
            session.update(release::second, true).act(Action::Wait, 0, 3);
            seeds.push_back(session.update(release::second, true).act(Action::Reboot, 0));
        }
        Session session(Begin::TwoSets, neverConfirms);
        session.act(Action::ChooseStream, release::newest, 1).act(Action::SendNext, 2);
        session.cut(tear, true).act(Action::SelectSet, 0).act(Action::Reboot, 0);
        session.act(Action::Wait, 250).cut(tear, false).cut(tear, false);
        seeds.push_back(session.act(Action::Reset, 3).act(Action::Reset, 4));
    }
    Session idle(Begin::TwoSets, 0);
    idle.act(Action::StayQuiet, 255).act(Action::BusReset, 0).act(Action::Replug, 9);
    idle.act(Action::ChangeButton, 1).act(Action::Reset, 8).act(Action::Reboot, 2);
    seeds.push_back(idle.act(Action::StayOrJournal, 1).act(Action::StayQuiet, 255));
}

/// Without the fill behind its header.
Bytes compact(const bundler::Bytes& image)
{
    Script script;
    script.raw(ByteView{image}.first(ImageHeader::encodedBytes));
    return script.raw(ByteView{image}.subspan(imageHeaderBytes));
}

void replace(bundler::Bytes& bytes, const Digest& from, const Digest& to)
{
    const auto at = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
    if (at != bytes.end()) std::copy(to.begin(), to.end(), at);
}

/// An image whose hashes are all the blind crypto's.
bundler::Bytes blinded(const SignedSet& set, Core core, Slot slot)
{
    bundler::Bytes image = set.images[index(core)][index(slot)];
    for (const auto& hashes : set.header.imageHashes)
        replace(image, hashes[index(slot)], BlindCrypto::constantDigest);
    return image;
}

} // namespace

std::vector<Bytes> requestSeeds()
{
    std::vector<Bytes> seeds;
    addUpdates(seeds);
    addEnumerations(seeds);
    addWrongBlocks(seeds);
    addCrafted(seeds);
    addDisturbances(seeds);
    return seeds;
}

std::vector<Bytes> headerSeeds()
{
    std::vector<Bytes> seeds;
    const Releases& releases = releasesFor(MapChoice::Tiny);
    for (std::size_t set = 0; set < releases.sets.size(); ++set) {
        const ByteView slotData = ByteView{releases.sets[set].stream}.subspan(streamBlockBytes);
        const ByteView patch = slotDataOf(releases.sets[set].header, slotData, Core::M7).patch;
        for (const std::size_t mode : {0U, 1U, 3U}) {
            Script script;
            script.bytes(mode & 1, mode >> 1, 0, set).word(1).bytes(0, 0, 0);
            seeds.push_back(script.raw(patch));
        }
    }
    for (std::size_t field = 0; field < 13; ++field) {
        for (const std::uint32_t value : telling) {
            Script script;
            script.bytes(1, 1, field % 2, release::second).word(1).bytes(0, 1, field);
            seeds.push_back(script.longWord(value).byte(1).bytes(0, 1, 0x81, 0x20, 2));
        }
    }
    return seeds;
}

std::vector<Bytes> imageSeeds()
{
    std::vector<Bytes> seeds;
    const Releases& releases = releasesFor(MapChoice::Tiny);
    for (const std::size_t set : {release::first, release::unflagged, release::newest}) {
        for (const std::size_t mode : {0U, 1U, 2U}) {
            for (const Slot slot : slots) {
                Script script;
                script.bytes(mode, slot, 0);
                for (const Core core : cores) {
                    const auto& image = releases.sets[set].images[index(core)][index(slot)];
                    script.piece(
                        compact(mode == 2 ? blinded(releases.sets[set], core, slot) : image));
                }
                seeds.push_back(script.byte(0));
            }
        }
    }
    Script staged;
    staged.bytes(0, Slot::B, 0);
    for (const Core core : cores)
        staged.piece(compact(releases.sets[release::slotAOnly].images[index(core)][0]));
    seeds.push_back(staged.byte(0));
    return seeds;
}

/// The journals of all histories, word by word, over the slots that belong to them.
std::vector<Bytes> journalSeeds()
{
    std::vector<Bytes> seeds;
    for (std::size_t begin = 0; begin < beginStates; ++begin) {
        const BeginState& state = beginState(MapChoice::Tiny, static_cast<Begin>(begin));
        const FlashMap& map = releasesFor(MapChoice::Tiny).map;
        const ByteView journal = ByteView{state.remains.flash.bytes}.subspan(
            map.journal.address - map.baseAddress, map.journal.bytes);
        std::size_t words = 0;
        while (words < 100 && journal[words * flashWordBytes] != 0xFF)
            ++words;
        for (const std::size_t isStarted : {0U, 1U}) {
            Script script;
            script.bytes(isStarted, 2 * release::first, 2 * release::second, words);
            for (std::size_t word = 0; word < words; ++word)
                script.byte(3).raw(journal.subspan(word * flashWordBytes, flashWordBytes));
            // Facts of a decision, then appends; or causes and tears.
            script.bytes(2, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 8);
            for (std::size_t append = 0; append < 6; ++append)
                script.bytes(0, append, 0x25, 0, 1, 0, 0, 0, 1).longWord(0x01020304);
            seeds.push_back(script);
        }
    }
    return seeds;
}

} // namespace fuzz
