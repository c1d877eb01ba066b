// Everything that the chosen device tells of itself, for technicians: a dense table that follows
// the device, with a filter, and the way into update mode, where a device tells most.
#pragma once

#include "gui/inspector_model.h"
#include "gui/session.h"

#include <QDialog>
#include <QSortFilterProxyModel>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace gui {

class Inspector final : public QDialog {
    Q_OBJECT

public:
    /// `session` outlives the dialog.
    Inspector(Session& session, QWidget* parent);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Of which journal the rows are, so that each is read once.
    struct JournalPlace {
        std::string uniqueId;
        int bus = -1;
        int address = -1;
        int wordsUsed = -1;

        bool operator==(const JournalPlace&) const = default;
    };

    void setUpTable();
    void setUpButtons();
    void fitValues();
    void refresh();
    void showRows();
    void showButtons();
    QString notice() const;
    void followJournal();
    JournalPlace journalPlace() const;
    void takeJournal(const updater::Result<updater::Bytes>& sector);
    void restart();
    void takeRestart(const std::optional<updater::Error>& problem);
    void readAgain();
    void copySelected();
    void askForFile();
    void save(const QString& file);

    Session& m_session;
    InspectorModel m_model;
    QSortFilterProxyModel m_filtered;
    QLabel* m_notice;
    QLineEdit* m_filter;
    QTableView* m_table;
    QPushButton* m_restart;
    QPushButton* m_again;
    QPushButton* m_copy;
    QPushButton* m_save;
    JournalPlace m_journalOf;
    InspectorRows m_journal;
    QString m_problem; ///< of the last thing that was asked for
    bool m_isRestarting = false;
};

} // namespace gui
