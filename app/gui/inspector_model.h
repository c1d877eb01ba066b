// The inspector's rows for a table view. New rows keep the place that a person looks at.
#pragma once

#include "gui/inspector_table.h"

#include <QAbstractTableModel>

namespace gui {

class InspectorModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(InspectorRows rows);
    const InspectorRows& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    InspectorRows m_rows;
};

} // namespace gui
