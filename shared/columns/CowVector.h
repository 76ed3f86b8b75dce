// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <utility>
#include <vector>

namespace casebase {

/// The base of what a CowPointer points to.
struct CowCounted {
    CowCounted() = default;
    CowCounted(const CowCounted &) { }
    CowCounted &operator=(const CowCounted &) { return *this; }
    /// Called before each write. Hidden by what keeps something that a write makes untrue.
    void beforeWrite() { }
    mutable std::atomic<int> references{0};
};

/// A pointer whose copies share their object until one of them writes.
template <class T> class CowPointer {
public:
    CowPointer() = default;
    explicit CowPointer(T *object)
        : m_object(object)
    {
        retain();
    }
    CowPointer(const CowPointer &other)
        : m_object(other.m_object)
    {
        retain();
    }
    CowPointer(CowPointer &&other) noexcept
        : m_object(std::exchange(other.m_object, nullptr))
    {
    }
    CowPointer &operator=(CowPointer other) noexcept
    {
        std::swap(m_object, other.m_object);
        return *this;
    }
    ~CowPointer() { release(); }

    const T *get() const { return m_object; }
    explicit operator bool() const { return m_object != nullptr; }
    const T *operator->() const { return m_object; }
    const T &operator*() const { return *m_object; }

    /// The object for writing, made or copied first if need be. The acquire pairs with the release
    /// of the last other owner, so what it read has been read.
    T &write()
    {
        if (!m_object) {
            *this = CowPointer(new T);
        } else if (m_object->references.load(std::memory_order_acquire) != 1) {
            *this = CowPointer(new T(*m_object));
        }
        m_object->beforeWrite();
        return *m_object;
    }

private:
    void retain() const
    {
        if (m_object) {
            m_object->references.fetch_add(1, std::memory_order_relaxed);
        }
    }
    void release() const
    {
        if (m_object && m_object->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            delete m_object;
        }
    }

    T *m_object = nullptr;
};

/// Chunks in a two-level tree: copying the vector is copying one pointer, the first write to a
/// chunk after that copies its path only (docs/decisions/0010: figures for the fan of 64).
template <class Chunk> class CowVector {
public:
    /// Null if nothing was ever written there.
    const Chunk *chunk(size_t index) const
    {
        if (!m_root || index / Fan >= m_root->nodes.size()) {
            return nullptr;
        }
        const CowPointer<Node> &node = m_root->nodes[index / Fan];
        return node ? node->chunks[index % Fan].get() : nullptr;
    }

    Chunk &write(size_t index)
    {
        Root &root = m_root.write();
        if (index / Fan >= root.nodes.size()) {
            root.nodes.resize(index / Fan + 1);
        }
        return root.nodes[index / Fan].write().chunks[index % Fan].write();
    }

    /// One more than the greatest index that may hold a chunk.
    size_t limit() const { return m_root ? m_root->nodes.size() * Fan : 0; }

private:
    static constexpr size_t Fan = 64;
    struct Node : CowCounted {
        std::array<CowPointer<Chunk>, Fan> chunks;
    };
    struct Root : CowCounted {
        std::vector<CowPointer<Node>> nodes;
    };
    CowPointer<Root> m_root;
};

} // namespace casebase
