// Names and values side by side, as long as they need to be: nothing scrolls inside, words wrap.
#pragma once

#include <QFrame>
#include <QStringList>
#include <vector>

class QGridLayout;

namespace gui {

class FactTable final : public QFrame {
    Q_OBJECT

public:
    explicit FactTable(QWidget* parent = nullptr);

    /// `columns` stand over the values, or are empty. Each row starts with its name. Nothing is
    /// shown without rows.
    void setFacts(const QStringList& columns, const std::vector<QStringList>& rows);

    /// The same for the clipboard: a line for each row, separated by tabs.
    QString text() const;

private:
    void addLine(int row, const QStringList& cells, bool isHead);

    QGridLayout* m_grid;
    QStringList m_columns;
    std::vector<QStringList> m_rows;
};

} // namespace gui
