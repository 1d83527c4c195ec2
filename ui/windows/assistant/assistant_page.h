#pragma once

#include <QWidget>

#include "base/result.h"
#include "session/events.h"
#include "session/experiment.h"

namespace espalier::ui {

/// One page of the assistant: fields for a part of the experiment, and what a check has found about
/// that part, in words.
class AssistantPage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString title() const = 0;
    virtual QString explanation() const = 0;

    /// Puts the page's part into `experiment`; an Error is the first thing wrong with the fields.
    virtual Status write(Experiment& experiment) const = 0;
    /// What the page asks for has not been chosen yet: nothing is wrong, it is the next thing to
    /// do.
    virtual bool isBlank() const { return false; }
    /// Shows the page's part of `experiment`.
    virtual void read(const Experiment& experiment) = 0;
    /// What was found so far; empty when that says nothing of this page yet.
    virtual QString findings(const ExperimentChecked& known) const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace espalier::ui
