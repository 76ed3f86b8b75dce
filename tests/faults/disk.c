// SPDX-License-Identifier: GPL-3.0-or-later
// Linux only. Stands between a program and the disk (LD_PRELOAD), below the folder CB_DISK_FOLDER:
//
// CB_DISK_LOG=FILE     records every change of a file or folder, in order; powercut.py makes of it what a
//                      disk may hold after a power cut at any moment.
// CB_DISK_FAULT=CALL:NAME:COUNT:WHAT
//                      the COUNT-th CALL (write, sync, rename, unlink or send; the last one is of
//                      sockets, named "socket") on a file whose name ends with NAME does WHAT: `kill` kills
//                      the program before it, `killed` after it, `half` after half of the bytes; EIO, ENOSPC
//                      or EDQUOT make it fail, and with a + behind it every later one too.
// CB_DISK_WHEN=FILE    faults happen only while this file is there.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define PATHS 65536
#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real)                                                                                     \
    real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int is_ready, log_file = -1;
static char folder[512], fault_call[16], fault_name[128], fault_what[16];
static long fault_count, calls;
static int fault_stays;
static const char *fault_when;
static char *paths[PATHS]; // of the open files below the folder
static char is_folder[PATHS];

static int real_open(const char *path, int flags, mode_t mode)
{
    REAL(int, open64, const char *, int, ...);
    return real(path, flags, mode);
}
static ssize_t real_write(int fd, const void *bytes, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    return real(fd, bytes, size);
}

static void prepare(void)
{
    if (is_ready) {
        return;
    }
    is_ready = 1;
    const char *wanted = getenv("CB_DISK_FOLDER"), *log = getenv("CB_DISK_LOG"), *fault = getenv("CB_DISK_FAULT");
    if (!wanted || !realpath(wanted, folder)) {
        folder[0] = 0;
        return;
    }
    if (log) {
        log_file = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    }
    fault_when = getenv("CB_DISK_WHEN");
    if (fault && sscanf(fault, "%15[^:]:%127[^:]:%ld:%15s", fault_call, fault_name, &fault_count, fault_what) == 4) {
        char *plus = strchr(fault_what, '+');
        fault_stays = plus != NULL;
        if (plus) {
            *plus = 0;
        }
    }
}

/// One record: a letter, both paths, offset, size, bytes. Written at once, so that several programs may
/// write to the same log.
static void record(char what, const char *path, const char *path2, uint64_t offset, const void *bytes, uint64_t size)
{
    prepare();
    if (log_file < 0) {
        return;
    }
    uint32_t length = (uint32_t)strlen(path), length2 = path2 ? (uint32_t)strlen(path2) : 0;
    uint64_t stored = bytes ? size : 0;
    struct iovec parts[] = {{&what, 1}, {&length, 4}, {(void *)path, length}, {&length2, 4},
        {(void *)path2, length2}, {&offset, 8}, {&size, 8}, {&stored, 8}, {(void *)bytes, stored}};
    REAL(ssize_t, writev, int, const struct iovec *, int);
    pthread_mutex_lock(&lock);
    if (real(log_file, parts, 9) < 0) {
        abort();
    }
    pthread_mutex_unlock(&lock);
}

static const char *path_of(int fd)
{
    return fd >= 0 && fd < PATHS ? paths[fd] : NULL;
}

/// What must happen to this call: 0 nothing, 1 half of it, or an errno to fail with, negative.
static int strike(const char *call, const char *path)
{
    prepare();
    if (!fault_count || strcmp(call, fault_call) != 0) {
        return 0;
    }
    const char *name = path ? path : "socket";
    size_t length = strlen(name), wanted = strlen(fault_name);
    if (length < wanted || strcmp(name + length - wanted, fault_name) != 0) {
        return 0;
    }
    if (fault_when && access(fault_when, F_OK) != 0) {
        return 0;
    }
    long number = __sync_add_and_fetch(&calls, 1);
    if (number != fault_count && !(fault_stays && number > fault_count)) {
        return 0;
    }
    if (!strcmp(fault_what, "kill")) {
        kill(getpid(), SIGKILL);
    }
    return !strcmp(fault_what, "EIO") ? -EIO : !strcmp(fault_what, "ENOSPC") ? -ENOSPC
        : !strcmp(fault_what, "EDQUOT")                                      ? -EDQUOT
        : !strcmp(fault_what, "half")                                        ? 1
                                                                             : 2;
}
static void struck(int fault)
{
    if (fault > 0) {
        kill(getpid(), SIGKILL);
    }
}
#define FAIL_IF_STRUCK(call, path)                                                                 \
    const int fault = strike(call, path);                                                          \
    if (fault < 0) {                                                                               \
        errno = -fault;                                                                            \
        return -1;                                                                                 \
    }

static void note_open(int fd, const char *path, int flags, int was_there)
{
    prepare();
    if (fd < 0 || fd >= PATHS || !folder[0]) {
        return;
    }
    char full[4096];
    free(paths[fd]);
    paths[fd] = NULL;
    if (!realpath(path, full) || strncmp(full, folder, strlen(folder)) != 0) {
        return;
    }
    struct stat info;
    fstat(fd, &info);
    is_folder[fd] = S_ISDIR(info.st_mode);
    if ((flags & O_TMPFILE) == O_TMPFILE) { // a file without a name in that folder, until linkat()
        static long unnamed;
        char made[4200];
        snprintf(made, sizeof made, "%s/#unnamed-%d-%ld", full, getpid(), __sync_add_and_fetch(&unnamed, 1));
        paths[fd] = strdup(made);
        record('C', made, NULL, 0, NULL, 0);
        return;
    }
    paths[fd] = strdup(full);
    if ((flags & O_CREAT) && !was_there) {
        record('C', full, NULL, 0, NULL, 0);
    }
    if (flags & O_TRUNC) {
        record('T', full, NULL, 0, NULL, 0);
    }
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int was_there = access(path, F_OK) == 0;
    int fd = real_open(path, flags, mode), kept = errno;
    note_open(fd, path, flags, was_there);
    errno = kept;
    return fd;
}
int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open64(path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    REAL(int, openat64, int, const char *, int, ...);
    int was_there = faccessat(at, path, F_OK, 0) == 0;
    int fd = real(at, path, flags, mode), kept = errno;
    if (at == AT_FDCWD || path[0] == '/') {
        note_open(fd, path, flags, was_there);
    }
    errno = kept;
    return fd;
}
int close(int fd)
{
    REAL(int, close, int);
    if (path_of(fd)) {
        free(paths[fd]);
        paths[fd] = NULL;
    }
    return real(fd);
}

static ssize_t written(int fd, const void *bytes, size_t size, off64_t offset)
{
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    FAIL_IF_STRUCK("write", paths[fd])
    ssize_t done = real(fd, bytes, fault == 1 ? size / 2 : size, offset);
    if (done > 0) {
        record('W', paths[fd], NULL, (uint64_t)offset, bytes, (uint64_t)done);
    }
    struck(fault);
    return done;
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    if (path_of(fd)) {
        return written(fd, bytes, size, offset);
    }
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return real(fd, bytes, size, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(fd, bytes, size, offset);
}
ssize_t write(int fd, const void *bytes, size_t size)
{
    if (!path_of(fd)) {
        struct stat info;
        if (!fault_count || strcmp(fault_call, "send") != 0 || fstat(fd, &info) != 0 || !S_ISSOCK(info.st_mode)) {
            return real_write(fd, bytes, size);
        }
        FAIL_IF_STRUCK("send", NULL)
        ssize_t done = real_write(fd, bytes, fault == 1 ? size / 2 : size);
        struck(fault);
        return done;
    }
    int flags = fcntl(fd, F_GETFL);
    off64_t at = lseek64(fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t done = written(fd, bytes, size, at);
    if (done > 0) {
        lseek64(fd, at + done, SEEK_SET);
    }
    return done;
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
    ssize_t all = 0;
    for (int i = 0; i < count; ++i) {
        ssize_t done = pwrite64(fd, parts[i].iov_base, parts[i].iov_len, offset + all);
        if (done < 0) {
            return all > 0 ? all : -1;
        }
        all += done;
    }
    return all;
}
int ftruncate64(int fd, off64_t size)
{
    REAL(int, ftruncate64, int, off64_t);
    int done = real(fd, size);
    if (!done && path_of(fd)) {
        record('T', paths[fd], NULL, (uint64_t)size, NULL, 0);
    }
    return done;
}
int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}
int fallocate64(int fd, int mode, off64_t offset, off64_t size)
{
    if (path_of(fd)) {
        errno = EOPNOTSUPP; // the log has no word for it
        return -1;
    }
    REAL(int, fallocate64, int, int, off64_t, off64_t);
    return real(fd, mode, offset, size);
}

static int synced(int fd, int (*real)(int))
{
    if (!path_of(fd)) {
        return real(fd);
    }
    const int fault = strike("sync", paths[fd]);
    if (fault < 0) {
        record('E', paths[fd], NULL, 0, NULL, 0);
        errno = -fault;
        return -1;
    }
    int done = real(fd);
    if (!done) {
        record(is_folder[fd] ? 'D' : 'S', paths[fd], NULL, 0, NULL, 0);
    }
    struck(fault);
    return done;
}
int fsync(int fd)
{
    REAL(int, fsync, int);
    return synced(fd, real);
}
int fdatasync(int fd)
{
    REAL(int, fdatasync, int);
    return synced(fd, real);
}

/// The full path of a file that may not be there, if it is below the folder.
static int below(const char *path, char *full)
{
    prepare();
    char copy[4096];
    snprintf(copy, sizeof copy, "%s", path);
    char *slash = strrchr(copy, '/');
    if (!folder[0] || !slash) {
        return 0;
    }
    *slash = 0;
    char parent[4096 - 300];
    char resolved[4096];
    if (!realpath(copy, resolved) || strlen(resolved) >= sizeof parent || strlen(slash + 1) > 255) {
        return 0;
    }
    strcpy(parent, resolved);
    snprintf(full, 4096, "%s/%s", parent, slash + 1);
    return strncmp(full, folder, strlen(folder)) == 0;
}
int unlink(const char *path)
{
    REAL(int, unlink, const char *);
    char full[4096];
    int mine = below(path, full);
    FAIL_IF_STRUCK("unlink", mine ? full : "")
    int done = real(path);
    if (!done && mine) {
        record('U', full, NULL, 0, NULL, 0);
    }
    struck(fault);
    return done;
}
int remove(const char *path)
{
    return unlink(path) == 0 ? 0 : rmdir(path);
}
int mkdir(const char *path, mode_t mode)
{
    REAL(int, mkdir, const char *, mode_t);
    char full[4096];
    int done = real(path, mode);
    if (!done && below(path, full)) {
        record('M', full, NULL, 0, NULL, 0);
    }
    return done;
}
static int renamed(int done, const char *from, const char *to, int mine)
{
    if (!done && mine) {
        record('R', from, to, 0, NULL, 0);
        for (int fd = 0; fd < PATHS; ++fd) {
            if (paths[fd] && !strcmp(paths[fd], from)) {
                free(paths[fd]);
                paths[fd] = strdup(to);
            }
        }
    }
    return done;
}
int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *);
    char full[4096], full2[4096];
    int mine = below(from, full) && below(to, full2);
    FAIL_IF_STRUCK("rename", mine ? full2 : "")
    int done = renamed(real(from, to), full, full2, mine);
    struck(fault);
    return done;
}
int renameat2(int at, const char *from, int at2, const char *to, unsigned flags)
{
    REAL(int, renameat2, int, const char *, int, const char *, unsigned);
    char full[4096], full2[4096];
    int mine = below(from, full) && below(to, full2);
    FAIL_IF_STRUCK("rename", mine ? full2 : "")
    int done = renamed(real(at, from, at2, to, flags), full, full2, mine);
    struck(fault);
    return done;
}
int link(const char *from, const char *to)
{
    REAL(int, link, const char *, const char *);
    char full[4096], full2[4096];
    int mine = below(from, full) && below(to, full2);
    int done = real(from, to);
    if (!done && mine) {
        record('L', full, full2, 0, NULL, 0);
    }
    return done;
}

int linkat(int at, const char *from, int at2, const char *to, int flags)
{
    REAL(int, linkat, int, const char *, int, const char *, int);
    char full[4096], full2[4096];
    int fd = -1;
    const char *source = sscanf(from, "/proc/self/fd/%d", &fd) == 1 ? path_of(fd) : below(from, full) ? full : NULL;
    int done = real(at, from, at2, to, flags);
    if (!done && source && below(to, full2)) {
        record('L', source, full2, 0, NULL, 0);
    }
    return done;
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    REAL(ssize_t, send, int, const void *, size_t, int);
    FAIL_IF_STRUCK("send", NULL)
    ssize_t done = real(fd, bytes, fault == 1 ? size / 2 : size, flags);
    struck(fault);
    return done;
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    REAL(ssize_t, sendmsg, int, const struct msghdr *, int);
    FAIL_IF_STRUCK("send", NULL)
    ssize_t done = real(fd, message, flags);
    struck(fault);
    return done;
}
