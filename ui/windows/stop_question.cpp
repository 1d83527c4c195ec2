#include "windows/stop_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace espalier::ui {

void askToStop(QWidget& window, const StopQuestion& text, std::function<void()> go)
{
    const auto name = QLatin1String(text.name);
    if (window.findChild<QMessageBox*>(name))
        return;
    auto* box = new QMessageBox(QMessageBox::Question, text.title, text.question,
                                QMessageBox::NoButton, &window);
    box->setObjectName(name);
    box->setInformativeText(QCoreApplication::translate(
        "StopQuestion", "Finished epochs are in the session; opening it goes on from there."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* stop = box->addButton(text.stop, QMessageBox::AcceptRole);
    stop->setObjectName(name + QStringLiteral("Stop"));
    auto* stay = box->addButton(QCoreApplication::translate("StopQuestion", "Keep Working"),
                                QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    QObject::connect(stop, &QPushButton::clicked, &window, std::move(go));
    box->open();
}

} // namespace espalier::ui
