// Kills a program at its Nth write, sync, rename or new folder, just before that is done: KILLED_AT=N. Loaded before all libraries.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long done;

static void step(void) {
    static atomic_long at = -1;
    if (at < 0) {
        const char *text = getenv("KILLED_AT");
        at = text ? atol(text) : 0;
    }
    if (at > 0 && atomic_fetch_add(&done, 1) + 1 == at) kill(getpid(), SIGKILL);
}

#define STEP(result, name, parameters, ...)                                       \
    result name parameters {                                                      \
        static result (*original) parameters;                                     \
        if (!original) original = (result(*) parameters)dlsym(RTLD_NEXT, #name);  \
        step();                                                                   \
        return original(__VA_ARGS__);                                             \
    }

STEP(ssize_t, write, (int file, const void *bytes, size_t count), file, bytes, count)
STEP(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t place), file, bytes, count, place)
STEP(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t place), file, bytes, count, place)
STEP(int, fsync, (int file), file)
STEP(int, fdatasync, (int file), file)
STEP(int, rename, (const char *from, const char *to), from, to)
STEP(int, mkdir, (const char *path, mode_t mode), path, mode)
