/* Only calls that a signal handler may make, but for signals_use_stack and signals_catch. */
#include "base/signals.h"

#include <stddef.h>
#include <unistd.h>

#ifdef SIGRTMAX
#define LAST SIGRTMAX
#else
#define LAST (NSIG - 1)
#endif

#define NAMED(signal) [signal] = #signal

static const char *const names[] = {
    NAMED(SIGHUP),    NAMED(SIGINT),  NAMED(SIGQUIT), NAMED(SIGILL),  NAMED(SIGTRAP),
    NAMED(SIGABRT),   NAMED(SIGBUS),  NAMED(SIGFPE),  NAMED(SIGUSR1), NAMED(SIGSEGV),
    NAMED(SIGUSR2),   NAMED(SIGPIPE), NAMED(SIGALRM), NAMED(SIGTERM), NAMED(SIGXCPU),
    NAMED(SIGVTALRM), NAMED(SIGPROF), NAMED(SIGSYS),  NAMED(SIGXFSZ),
#ifdef SIGSTKFLT
    NAMED(SIGSTKFLT),
#endif
#ifdef SIGIO
    NAMED(SIGIO),
#endif
#ifdef SIGPWR
    NAMED(SIGPWR),
#endif
};
enum { NAMES = sizeof names / sizeof names[0] };

static bool is_fault(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL ||
           number == SIGSYS || number == SIGTRAP || number == SIGABRT;
}

/* Nothing tells what a signal does by default. Those that end nobody are few. */
static bool ends_a_process(int number)
{
    static const int harmless[] = {
        SIGCHLD,  SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG,
#ifdef SIGWINCH
        SIGWINCH,
#endif
#ifdef SIGINFO
        SIGINFO,
#endif
    };
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        if (harmless[i] == number)
            return false;
    return number != SIGKILL;
}

void signals_use_stack(struct signals_stack *stack)
{
    /* cppcheck-suppress ctuuninitvar ; it is the room that counts */
    stack_t now, own = {.ss_sp = stack->bytes, .ss_size = sizeof stack->bytes};
    if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE) != 0)
        sigaltstack(&own, NULL);
}

/* Of what libc keeps it says so, and nothing changes. */
static void catch (int number, const struct sigaction *action)
{
    struct sigaction before;
    if (sigaction(number, action, &before) != 0 || before.sa_handler == SIG_DFL)
        return;
    if (before.sa_handler != SIG_IGN || !is_fault(number))
        sigaction(number, &before, NULL);
}

/* All are blocked meanwhile, so that one that is ignored falls on no handler. */
void signals_catch(signals_handler *handler)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigset_t before;
    sigfillset(&action.sa_mask);
    pthread_sigmask(SIG_SETMASK, &action.sa_mask, &before);
    for (int number = 1; number <= LAST; number++) {
        if (ends_a_process(number))
            catch (number, &action);
        if (is_fault(number))
            sigdelset(&before, number);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void signals_fill(sigset_t *blocked)
{
    sigfillset(blocked);
    for (int number = 1; number < NAMES; number++)
        if (is_fault(number))
            sigdelset(blocked, number);
}

/* To ignore a signal is to forget what came. */
void signals_let_through(signals_handler *handler)
{
    struct sigaction now;
    sigset_t let;
    sigemptyset(&let);
    for (int number = 1; number <= LAST; number++) {
        if (number == SIGPIPE || number == SIGXFSZ || sigaction(number, NULL, &now) != 0 ||
            now.sa_sigaction != handler)
            continue;
        signal(number, SIG_IGN);
        signal(number, SIG_DFL);
        sigaddset(&let, number);
    }
    pthread_sigmask(SIG_UNBLOCK, &let, NULL);
}

bool signals_of_write(int number, const siginfo_t *info)
{
    return (number == SIGPIPE || number == SIGXFSZ) &&
           (info->si_code > 0 || (info->si_code == SI_USER && info->si_pid == getpid()));
}

const char *signals_name(int number)
{
    return number > 0 && number < NAMES ? names[number] : NULL;
}
