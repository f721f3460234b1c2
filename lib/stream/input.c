#include "stream/input.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"
#include "stream/descriptor.h"

static void open_fd(struct input *input, const char *path)
{
    int descriptor = descriptor_of(path, STDIN_FILENO);
    input->ours = descriptor == DESCRIPTOR_NONE;
    if (descriptor > STDIN_FILENO)
        input->fd = descriptor_double(descriptor, path);
    else if (descriptor == DESCRIPTOR_NONE)
        input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd < 0)
        fail_errno("%s: cannot open", path);
}

void input_open(struct input *input, const char *path)
{
    struct stat status;
    *input = (struct input){.name = strcmp(path, "-") == 0 ? "stdin" : path, .fd = STDIN_FILENO};
    open_fd(input, path);
    if (fstat(input->fd, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    off_t place = input->ours ? 0 : lseek(input->fd, 0, SEEK_CUR);
    input->size = status.st_size;
    input->left = place > 0 ? input->size - place : input->size;
}

ssize_t input_read(struct input *input, void *into, size_t length)
{
    ssize_t got;
    if (input->size > 0 && input->left <= 0)
        return 0;
    if (input->size > 0 && input->left < (off_t)length)
        length = (size_t)input->left;
    do
        got = read(input->fd, into, length);
    while (got < 0 && descriptor_wait(input->fd, POLLIN));
    if (got > 0)
        input->left -= got;
    input->is_less |= got == 0 && input->size > 0;
    return got;
}

void input_part(struct input *input, off_t from, off_t to)
{
    if (lseek(input->fd, from, SEEK_SET) != from)
        fail_errno("%s: cannot read", input->name);
    input->left = to - from;
}

void input_fail_less(const char *name)
{
    fail("%s: is shorter than it was when it was opened, so rows are lost; read it again when "
         "nobody writes it",
         name);
}

void input_check(const struct input *input)
{
    struct stat status;
    if (input->size == 0)
        return;
    if (input->is_less || (fstat(input->fd, &status) == 0 && status.st_size < input->size))
        input_fail_less(input->name);
}

void input_close(struct input *input)
{
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    input->fd = -1;
}
