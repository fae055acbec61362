/* Writes down what a process asks the operating system to store, so that a power loss can be played back.
 *
 * Loaded before the C library (LD_PRELOAD). Each write, flush and truncation of a file whose name contains
 * $POWER_FILES goes to $POWER_LOG as: one letter, the length of the path, the offset, the length of the data
 * (three 64-bit numbers), the path, the data. Lock and shared-memory files (-shm, .lock) are left out: they
 * mean nothing after a restart.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void note(char what, int file, int64_t offset, const void *data, uint64_t length) {
    static int log_file = -1;
    char link[64], path[4096];
    const char *log_name = getenv("POWER_LOG"), *part = getenv("POWER_FILES");
    if (!log_name || !part) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    if (!strstr(path, part) || strstr(path, "-shm") || strstr(path, ".lock")) return;
    if (log_file < 0) log_file = open(log_name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    uint64_t head[3] = {(uint64_t)size, (uint64_t)offset, length};
    syscall(SYS_write, log_file, &what, 1);
    syscall(SYS_write, log_file, head, sizeof head);
    syscall(SYS_write, log_file, path, size);
    if (length) syscall(SYS_write, log_file, data, length);
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    ssize_t written = real(file, data, length, offset);
    if (written > 0) note('w', file, offset, data, written);
    return written;
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) { return pwrite64(file, data, length, offset); }

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    int result = real(file);
    if (!result) note('s', file, 0, 0, 0);
    return result;
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    int result = real(file);
    if (!result) note('s', file, 0, 0, 0);
    return result;
}

int ftruncate64(int file, off64_t length) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    int result = real(file, length);
    if (!result) note('t', file, length, 0, 0);
    return result;
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }
