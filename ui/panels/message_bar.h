#pragma once

#include <functional>

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace espalier::ui {

/// One calm message above the picture, with at most one way on. A new message replaces the old one,
/// so they never pile up.
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// What the button says and does; no button without it.
    struct WayOn {
        QString text;
        std::function<void()> go;
    };
    void showError(const QString& text, WayOn wayOn = {});
    void showNotice(const QString& text, WayOn wayOn = {});
    QString text() const;
    bool isError() const { return m_isError; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void show(const QString& text, WayOn wayOn, bool isError);
    void restyle();

    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
    QToolButton* m_close;
    WayOn m_wayOn;
    bool m_isError = false;
};

} // namespace espalier::ui
