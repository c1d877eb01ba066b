#include "gui/inspector_model.h"

#include <QApplication>
#include <QFontDatabase>
#include <algorithm>

namespace gui {
namespace {

enum Column : std::uint8_t { partColumn, nameColumn, valueColumn, columns };

bool isSameRow(const InspectorRow& a, const InspectorRow& b)
{
    return a.part == b.part && a.name == b.name;
}

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

} // namespace

void InspectorModel::setRows(InspectorRows rows)
{
    if (rows == m_rows) return;
    if (std::ranges::equal(rows, m_rows, isSameRow)) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, valueColumn), index(rowCount() - 1, valueColumn));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int InspectorModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InspectorModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const
{
    const InspectorRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::FontRole && row.isCode && index.column() == valueColumn) return codeFont();
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case partColumn: return row.part;
    case nameColumn: return row.name;
    default: return row.value;
    }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case partColumn: return tr("Part");
    case nameColumn: return tr("What");
    default: return tr("Value");
    }
}

} // namespace gui
