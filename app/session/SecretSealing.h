// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/operation/Request.h"
#include "shared/secret/Box.h"

namespace casebase {

/// Seals the sensitive texts that people type, to the key of the server, before a request is kept
/// or sent: no file of the client holds one that can be read. The server's key is kept in a file,
/// so that it is known without the network, too.
class SecretSealing {
public:
    explicit SecretSealing(const QString &file);

    /// The server says its key; an empty one if it has none just now.
    void setServerKey(const QByteArray &key);
    /// The request with sealed texts. Refused if a text is not what its field takes, and with
    /// SecretsLocked if the key is not known.
    Result<Request> sealed(
        const Request &request, const Document &document, const FieldContext &context) const;

private:
    QString m_file;
    QByteArray m_key;
    std::optional<Sealer> m_sealer;
};

} // namespace casebase
