#include "panels/history_panel.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "models/history_model.h"
#include "panels/table.h"

namespace espalier::ui {

HistoryPanel::HistoryPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HistoryModel(this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(tr("The iterations of a session are listed here."), this))
{
    m_table->setObjectName(QStringLiteral("historyTable"));
    m_table->setAccessibleName(tr("History of iterations"));
    m_table->setModel(m_model);
    setUpTable(*m_table);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(12);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_table, 1);
    m_table->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                if (row.isValid())
                    Q_EMIT iterationSelected(m_model->iteration(row.row()).id);
            });
}

void HistoryPanel::setHistory(const std::vector<Iteration>& history, IterationId current)
{
    m_model->setHistory(history, current);
    m_table->setVisible(!history.empty());
    m_empty->setVisible(history.empty());
    if (const auto row = m_model->rowOf(current))
        m_table->scrollTo(m_model->index(*row, 0));
}

} // namespace espalier::ui
