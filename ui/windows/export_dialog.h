#pragma once

#include <QDialog>

#include "session/session_controller.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace espalier::ui {

class PathEdit;

/// Writes a network to a file: which one, as what, where. Stays open while the engine writes it and
/// reads it back, and says what came out of that.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(SessionController& controller, QWidget* parent = nullptr);

    void selectNetwork(IterationId iteration); ///< an invalid one leaves the current network

private:
    void addNetworks();
    void connectFields();
    QString suffix() const;
    void followFormat();
    void followFile();
    void start();
    void showResult(const QString& text, bool isError);
    void refresh();

    SessionController& m_controller;
    QComboBox* m_network;
    QComboBox* m_format;
    PathEdit* m_file;
    QLabel* m_result;
    QProgressBar* m_bar;
    QPushButton* m_show;
    QPushButton* m_copy;
    QPushButton* m_export;
    QPushButton* m_close;
    bool m_isExporting = false;
    std::filesystem::path m_written; ///< the file of the last export that went well
};

} // namespace espalier::ui
