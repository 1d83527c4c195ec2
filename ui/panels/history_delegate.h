#pragma once

#include <QStyledItemDelegate>

namespace espalier::ui {

class HistoryModel;

/// Paints the history's tree into the first column: lines from network to network, a dot for each
/// (the current one ringed), and its number. What does not lead to the current one is grey.
class HistoryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit HistoryDelegate(const HistoryModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const HistoryModel& m_model;
};

} // namespace espalier::ui
