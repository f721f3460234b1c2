#include "base/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leave.h"
#include "base/message.h"

struct progress progress_begin(char *const files[], size_t count, bool always, bool never)
{
    struct progress progress = {0};
    struct stat status;
    bool whole = count > 0;
    for (size_t i = 0; i < count; i++) {
        if (stat(files[i], &status) == 0 && S_ISREG(status.st_mode))
            progress.total += (uint64_t)status.st_size;
        else
            whole = false;
    }
    if (count == 0 && fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode)) {
        progress.total = (uint64_t)status.st_size;
        whole = true;
    }
    progress.shown = !never && (always || (isatty(STDERR_FILENO) && progress.total > 0));
    if (!whole)
        progress.total = 0;
    clock_gettime(CLOCK_MONOTONIC, &progress.begun);
    progress.said = progress.begun;
    return progress;
}

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
}

/* The terminal's width may change at any time. A line that fills it would go on in the next one,
 * and stay there. */
static void cut_to_terminal(char *text)
{
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    if (known && strlen(text) >= size.ws_col)
        text[size.ws_col - 1] = '\0';
}

void progress_add(struct progress *progress, size_t bytes)
{
    if (!progress->shown)
        return;
    struct timespec now;
    progress->read += bytes;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(progress->said, now) < 0.25)
        return;
    progress->said = now;
    char text[160];
    double megabytes = 1e-6 * (double)progress->read;
    double rate = megabytes / seconds_between(progress->begun, now);
    int at =
        snprintf(text, sizeof text, "%s: %.0f MB, %.0f MB/s", leave_program(), megabytes, rate);
    if (progress->total >= progress->read && rate > 0)
        snprintf(text + at, sizeof text - (size_t)at, ", %.0f %%, %.0f s left",
                 100.0 * (double)progress->read / (double)progress->total,
                 1e-6 * (double)(progress->total - progress->read) / rate);
    cut_to_terminal(text);
    message_status(text);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        message_status(NULL);
}
