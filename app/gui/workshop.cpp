#include "gui/workshop.h"

#include <spdlog/spdlog.h>

namespace gui {

using updater::Result;

Workshop::Workshop(Engine& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_board(engine, this), m_chip(engine, this)
{
    connect(&m_chip, &ChipRescue::changed, this, &Workshop::changed);
    connect(&m_board, &BoardProgramming::changed, this, &Workshop::changed);
}

void Workshop::openUnitFile(const std::filesystem::path& file)
{
    if (isRunning()) return;
    m_engine.work([this, file](updater::UsbTransport&, const std::stop_token&) {
        const auto opened = [&]() -> Result<UnitFile> {
            TRY_ASSIGN(updater::FactoryBundle bundle, updater::openFactoryBundle(file));
            return std::make_shared<const updater::FactoryBundle>(std::move(bundle));
        }();
        QMetaObject::invokeMethod(
            this, [this, opened] { takeFile(opened); }, Qt::QueuedConnection);
    });
}

/// Behind a refusal there is no file: nobody programs an earlier one by mistake.
void Workshop::takeFile(const Result<UnitFile>& file)
{
    m_refusal.reset();
    m_file = file ? *file : nullptr;
    if (!file) {
        m_refusal = file.error();
        spdlog::error("{} {}", updater::errorLabel(m_refusal->code), m_refusal->detail);
    }
    Q_EMIT changed();
}

void Workshop::stop()
{
    m_board.stop();
    m_chip.stop();
}

void Workshop::forget()
{
    m_refusal.reset();
    m_board.forget();
    m_chip.forget();
}

} // namespace gui
