// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/ServerCore.h"

#include <QJsonObject>

namespace casebase {

struct TemplateEntry {
    QString id;
    QString name;
    QString description;
};

/// The templates that ship, as they stand in resources/templates.
QList<TemplateEntry> shippedTemplates();

struct CreatedPerson {
    QString username;
    QString name;
    QString password;
    QString role;
};

/// Makes a base from the template, owned by the account. With `withSamples` also the template's
/// people, each with a password of their own that is returned once, its records and its approvals.
Result<QList<CreatedPerson>> createFromTemplate(
    ServerCore &core, const QString &templateId, const Account &owner, bool withSamples);

} // namespace casebase
