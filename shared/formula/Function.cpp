// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

namespace casebase {

namespace {

QHash<QString, Function> allFunctions()
{
    QHash<QString, Function> functions;
    for (const QList<Function> &family :
        {logicFunctions(), numberFunctions(), textFunctions(), dateFunctions()}) {
        for (const Function &function : family) {
            functions.insert(QString::fromLatin1(function.name), function);
        }
    }
    return functions;
}

} // namespace

const Function *functionNamed(const QString &name)
{
    static const QHash<QString, Function> functions = allFunctions();
    static const QHash<QString, QString> synonyms{
        {QStringLiteral("DATE_ADD"), QStringLiteral("DATEADD")},
        {QStringLiteral("ISERROR"), QStringLiteral("IS_ERROR")},
        {QStringLiteral("AVG"), QStringLiteral("AVERAGE")},
        {QStringLiteral("ISBLANK"), QStringLiteral("IS_BLANK")},
        {QStringLiteral("DATE_STR"), QStringLiteral("DATESTR")}};
    const QString upper = name.toUpper();
    const auto found = functions.constFind(synonyms.value(upper, upper));
    return found == functions.cend() ? nullptr : &*found;
}

} // namespace casebase
