// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

#include <QByteArray>

namespace casebase {

/// Lists in one run of bytes, as columns hold them. Unpacking tolerates any bytes: what makes no
/// sense is left out.
QByteArray packedOptions(const Options &options);
Options unpackedOptions(QByteArrayView bytes);
QByteArray packedPersons(const Persons &persons);
Persons unpackedPersons(QByteArrayView bytes);
QByteArray packedLinks(const Links &links); ///< Without their titles.
Links unpackedLinks(QByteArrayView bytes);
QList<RecordId> unpackedRecords(QByteArrayView bytes); ///< Those that the links lead to.
QByteArray packedAttachments(const Attachments &files);
Attachments unpackedAttachments(QByteArrayView bytes);
QByteArray packedSealed(const Sealed &sealed);
Sealed unpackedSealed(QByteArrayView bytes);

} // namespace casebase
