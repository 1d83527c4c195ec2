#include "windows/path_edit.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include "style/text.h"

namespace espalier::ui {

PathEdit::PathEdit(Kind kind, const QString& title, const QString& filter, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_title(title)
    , m_filter(filter)
    , m_line(new QLineEdit(this))
{
    m_line->setAccessibleName(title);
    m_line->setMinimumWidth(300);
    setFocusProxy(m_line);
    auto* button = new QPushButton(tr("Browse…"), this);
    button->setAccessibleName(tr("Browse: %1").arg(title));
    button->setAutoDefault(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line, 1);
    layout->addWidget(button);
    connect(m_line, &QLineEdit::textChanged, this, &PathEdit::changed);
    connect(button, &QPushButton::clicked, this, &PathEdit::browse);
}

std::filesystem::path PathEdit::path() const
{
    return toPath(m_line->text().trimmed());
}

void PathEdit::setPath(const std::filesystem::path& path)
{
    m_line->setText(toText(path));
}

void PathEdit::browse()
{
    auto* dialog = new QFileDialog(this, m_title, m_line->text(), m_filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_kind == Kind::Directory) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else if (m_kind == Kind::NewFile) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    connect(dialog, &QFileDialog::fileSelected, m_line, &QLineEdit::setText);
    dialog->open();
}

} // namespace espalier::ui
