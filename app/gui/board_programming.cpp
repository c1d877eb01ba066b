#include "gui/board_programming.h"

#include "contract/flash_map.h"
#include "core/usb/device_text.h"

#include <spdlog/spdlog.h>

namespace gui {
namespace {

using updater::ErrorCode;
using updater::FactoryBundle;
using updater::ProvisionedUnit;
using updater::Provisioning;
using updater::Result;
using Phase = BoardState::Phase;

/// Hands need time: a jumper, a plug, a look into the guide.
constexpr std::chrono::minutes startLimit(10);
/// Between two of them the bus is looked at, so that the page sees a ROM loader that is back.
constexpr std::uint64_t waitSliceMs = 1'000;

std::size_t sectorsOf(const FactoryBundle& file)
{
    const std::size_t sectorBytes = contract::h755FlashMap.sectorBytes;
    std::size_t sectors = 0;
    for (const updater::FlashPiece& piece : file.image)
        sectors += (piece.bytes.size() + sectorBytes - 1) / sectorBytes;
    return sectors;
}

/// Ports alone name boards in their ROM loader, and somebody may have exchanged this one.
Result<Provisioning> openBoard(updater::UsbTransport& transport, const std::string& portPath,
                               const std::string& uniqueId)
{
    TRY_ASSIGN(Provisioning board, Provisioning::begin(transport, portPath));
    if (!uniqueId.empty() && !updater::isSameSerial(board.unit().uniqueId, uniqueId))
        return updater::fail(ErrorCode::NamedDeviceMissing,
                             "port " + portPath + " has unit " + board.unit().uniqueId);
    return board;
}

/// The unit may be on its way yet.
bool mayStillCome(ErrorCode code)
{
    return code == ErrorCode::DeviceDidNotReturn || code == ErrorCode::ConfirmationTimeout ||
           code == ErrorCode::ConnectionLost || code == ErrorCode::NamedDeviceMissing;
}

template <typename Deed>
void inThreadOf(QObject* receiver, Deed deed)
{
    QMetaObject::invokeMethod(receiver, std::move(deed), Qt::QueuedConnection);
}

} // namespace

BoardProgramming::BoardProgramming(Engine& engine, QObject* parent)
    : QObject(parent), m_engine(engine)
{
}

bool BoardProgramming::isRunning() const
{
    return m_state.phase == Phase::Writing || m_state.phase == Phase::Starting;
}

void BoardProgramming::read(const std::string& portPath)
{
    if (isRunning()) return;
    m_state = {};
    m_state.phase = Phase::Reading;
    m_engine.work([this, portPath, read = ++m_readCount](updater::UsbTransport& transport,
                                                         const std::stop_token&) {
        const auto unit = [&]() -> Result<ProvisionedUnit> {
            TRY_ASSIGN(const Provisioning board, Provisioning::begin(transport, portPath));
            return board.unit();
        }();
        inThreadOf(this, [this, read, unit] { takeRead(read, unit); });
    });
    Q_EMIT changed();
}

void BoardProgramming::takeRead(std::uint32_t read, const Result<ProvisionedUnit>& unit)
{
    if (read != m_readCount || m_state.phase != Phase::Reading) return;
    if (!unit) return fail(unit.error());
    m_state.phase = Phase::Idle;
    m_state.unit = *unit;
    Q_EMIT changed();
}

void BoardProgramming::write(const std::string& portPath, const UnitFile& file)
{
    if (isRunning() || !m_state.unit || file == nullptr) return;
    m_file = file;
    const ProvisionedUnit unit = *m_state.unit;
    m_state = {};
    m_state.phase = Phase::Writing;
    m_state.unit = unit;
    m_state.sectorsTotal = sectorsOf(*file);
    for (const updater::FlashPiece& piece : file->image)
        m_state.bytesTotal += piece.bytes.size();
    m_engine.work([this, portPath, file, id = unit.uniqueId,
                   board = m_board](updater::UsbTransport& transport, const std::stop_token& stop) {
        const auto progress = [this](std::size_t done, std::size_t total) {
            inThreadOf(this, [this, done, total] { takeProgress(done, total); });
        };
        const auto written = [&]() -> Result<> {
            TRY_ASSIGN(Provisioning opened, openBoard(transport, portPath, id));
            TRY(opened.write(*file, progress, stop));
            board->emplace(std::move(opened));
            (void)(*board)->waitForStart(*file, 0, stop); // lets go of it: it is switched off now
            return {};
        }();
        inThreadOf(this, [this, written] { takeWritten(written); });
    });
    Q_EMIT changed();
}

void BoardProgramming::takeProgress(std::size_t bytesDone, std::size_t bytesTotal)
{
    m_state.bytesDone = bytesDone;
    m_state.bytesTotal = bytesTotal; // with the fill of last blocks
    ++m_state.sectorsDone;
    Q_EMIT changed();
}

void BoardProgramming::takeWritten(const Result<>& written)
{
    if (!written) return fail(written.error());
    m_state.isWritten = true;
    waitForStart();
}

void BoardProgramming::waitForStart()
{
    if (!m_state.isWritten) return;
    m_state.phase = Phase::Starting;
    m_state.isStopping = false;
    m_state.problem.reset();
    m_deadline = QDeadlineTimer(startLimit);
    waitALittle();
    Q_EMIT changed();
}

void BoardProgramming::waitALittle()
{
    m_engine.work([this, file = m_file, board = m_board](updater::UsbTransport&,
                                                         const std::stop_token& stop) {
        const auto status = (*board)->waitForStart(*file, waitSliceMs, stop);
        inThreadOf(this, [this, status, id = (*board)->unit().uniqueId] { takeStart(status, id); });
    });
}

void BoardProgramming::takeStart(const Result<contract::RuntimeStatus>& status,
                                 const std::string& id)
{
    if (status) {
        m_state.phase = Phase::Started;
        m_state.isStopping = false;
        m_state.unit->uniqueId = id;
        m_state.running = status->releaseVersion;
        Q_EMIT changed();
        return;
    }
    // Between two slices there is nothing that could take the request to stop.
    if (m_state.isStopping) return fail({ErrorCode::Cancelled, "while waiting for its start"});
    const bool goesOn = mayStillCome(status.error().code) && !m_deadline.hasExpired();
    goesOn ? waitALittle() : fail(status.error());
}

void BoardProgramming::stop()
{
    if (!isRunning()) return;
    m_state.isStopping = true;
    m_engine.cancel();
    Q_EMIT changed();
}

void BoardProgramming::forget()
{
    if (isRunning()) return;
    m_state = {};
    Q_EMIT changed();
}

void BoardProgramming::fail(const updater::Error& error)
{
    spdlog::error("{} {}", updater::errorLabel(error.code), error.detail);
    m_state.phase = Phase::Idle;
    m_state.isStopping = false;
    m_state.problem = error;
    Q_EMIT changed();
}

} // namespace gui
