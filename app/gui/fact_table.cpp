#include "gui/fact_table.h"

#include "gui/app_style.h"
#include "gui/type_scale.h"

#include <QGridLayout>
#include <QLabel>

namespace gui {

FactTable::FactTable(QWidget* parent) : QFrame(parent), m_grid(new QGridLayout(this))
{
    setRole(*this, WidgetRole::Card);
    m_grid->setHorizontalSpacing(2 * gridPx);
    m_grid->setVerticalSpacing(gridPx / 2);
    hide();
}

void FactTable::setFacts(const QStringList& columns, const std::vector<QStringList>& rows)
{
    if (columns == m_columns && rows == m_rows) return; // what a person marks stays marked
    m_columns = columns;
    m_rows = rows;
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    int line = 0;
    if (!columns.isEmpty()) addLine(line++, QStringList{QString()} + columns, true);
    for (const QStringList& row : rows)
        addLine(line++, row, false);
    setVisible(!rows.empty());
}

void FactTable::addLine(int line, const QStringList& cells, bool isHead)
{
    for (int column = 0; column < cells.size(); ++column) {
        if (cells[column].isEmpty()) continue;
        auto* label = new QLabel(cells[column], this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        QFont font = scaledFont(TypeSize::Body);
        font.setBold(isHead);
        label->setFont(font);
        if (column == 0) setRole(*label, WidgetRole::MutedText);
        const bool hasColumn = column > 0 && column <= m_columns.size() && !isHead;
        const QString place = hasColumn ? m_columns[column - 1] + QStringLiteral(", ") : QString();
        if (column > 0 && !isHead)
            label->setAccessibleName(place + cells[0] + QStringLiteral(": ") + cells[column]);
        m_grid->addWidget(label, line, column);
        m_grid->setColumnStretch(column, column == 0 ? 2 : 3);
        label->show();
    }
}

QString FactTable::text() const
{
    QStringList lines;
    if (!m_columns.isEmpty()) lines << (QStringList{QString()} + m_columns).join(QLatin1Char('\t'));
    for (const QStringList& row : m_rows)
        lines << row.join(QLatin1Char('\t'));
    return lines.join(QLatin1Char('\n'));
}

} // namespace gui
