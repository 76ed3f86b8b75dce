// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/support/Result.h"

namespace casebase {

/// What a personal access token allows; a signed-in session allows everything its person may do.
enum class Scope : quint8 { Read = 1, Write = 2, Schema = 4, Admin = 8 };
using Scopes = quint8;
inline constexpr Scopes AllScopes = 15;

/// On whose behalf something is asked.
struct Actor {
    UserId user;
    Scopes scopes = AllScopes;
    bool isSystem = false; ///< The server itself: init, templates, people kept in step.

    bool has(Scope scope) const { return isSystem || (scopes & Scopes(scope)) != 0; }
};

/// The role of the actor in the base; None for a stranger.
Role roleOf(const Document &document, const Actor &actor);

/// May the actor ask for this here? Says what is missing if not. A stranger is told that there is
/// no such base, as for one that does not exist.
Done mayDo(const Document &document, const Actor &actor, const Request &request);

/// May the actor read sensitive texts there? For now, whoever may change records.
Done mayReveal(const Document &document, const Actor &actor);

/// What one person may see of a base. Only of() makes one, and only it can be sent.
class VisibleDocument {
public:
    /// Nothing if the actor may not read the base.
    static std::optional<VisibleDocument> of(const Document &document, const Actor &actor);
    const Document &document() const { return m_document; }

private:
    explicit VisibleDocument(const Document &document);
    Document m_document;
};

/// What one person may see of the changes of one commit.
class VisibleChanges {
public:
    /// Nothing if the actor may not read the base after the commit.
    static std::optional<VisibleChanges> of(
        const Document &after, const ChangeSet &changes, const Actor &actor);
    const ChangeSet &changes() const { return m_changes; }

    /// Names what an actor sees: those of one class see the same of every change.
    using Class = Role;
    /// Nothing if the actor may not read the base.
    static std::optional<Class> classOf(const Document &document, const Actor &actor);

private:
    explicit VisibleChanges(const ChangeSet &changes);
    ChangeSet m_changes;
};

} // namespace casebase
