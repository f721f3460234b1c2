# jf: build, try, test, install. `make help` lists what there is.

VERSION = 0.1.0
CC      = cc
CFLAGS  = -O2 -g
PREFIX  = /usr/local
BUILD   = build

FILTERS = jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-ci jf-hist
BASE    = slice heap signals leave message suggest map completion option progress
STREAM  = scan relay text descriptor input gunzip gzip formats source output ends sink header table rows files
NUMBER  = integer ratio digits decimal real period pattern moments student estimate hours interval mask bins bounds
TRIAL   = cell roster naming design keys groups gather sums effect distribution parts flow binned order running calendar course windows endings months states tally indicator outcome reader watch labels persons condition absence mark
ROOMS   = $(BASE:%=base/%) $(STREAM:%=stream/%) $(NUMBER:%=number/%) $(TRIAL:%=trial/%)
UNITS   = student real scan decimal moments period relay watch map
PAGES   = doc/jf.7 $(FILTERS:%=doc/%.1) doc/jf-plot.1
SCRIPTS = cmd/jf-plot tests/run tests/deps tests/bare tests/fresh tests/valgrind tests/bench/bench \
          tests/fault/torture tests/fault/kills tests/fault/ending tests/fault/paths tests/fault/flips \
          tests/fuzz/fuzz
TIMING  = clock digest limit
TESTED  = $(BUILD)/bin/jobfirst-register $(UNITS:%=$(BUILD)/unit/%) $(TIMING:%=$(BUILD)/bench/%) \
          $(SHIM) $(BUILD)/fault/flips $(FUZZERS)

PACKAGES = zlib libxxhash
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
STANDARD = -std=c17 -D_XOPEN_SOURCE=700 -DJF_VERSION='"$(VERSION)"' -ffp-contract=off -pthread -Ilib
COMPILE  = $(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) $(HARDEN) -MMD -MP -MF $(BUILD)/lib/$(notdir $@).d $$(pkg-config --cflags $(PACKAGES))
LIBS     = $(LIBRARY) $$(pkg-config --libs $(PACKAGES)) -lm

SHIM     = $(BUILD)/fault/shim.so

# Checked calls need an optimiser and do not go with sanitizers; level 3 needs a recent compiler.
PLAIN    = $(filter -fsanitize% -O0,$(CFLAGS))$(if $(filter -O%,$(CFLAGS)),,plain)
LEVEL   := $(shell echo '\#include <stdio.h>' | $(CC) -O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -E -x c - \
             >/dev/null 2>&1 && echo 3 || echo 2)
HARDEN   = -fstack-protector-strong -fPIE $(if $(PLAIN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(LEVEL))
PROTECT  = -pie -Wl,-z,relro,-z,now

OBJECTS  = $(ROOMS:%=$(BUILD)/lib/%.o)
LIBRARY  = $(BUILD)/lib/libjf.a
PROGRAMS = $(FILTERS:%=$(BUILD)/bin/%) $(BUILD)/bin/jf-plot

SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

all: $(PROGRAMS)

help:
	@echo 'make              build the programs into $(BUILD)/bin'
	@echo 'make deps         install what building and testing need'
	@echo 'make demo         the JobFirst evaluation from made data, into examples/jobfirst/out'
	@echo 'make check        all tests'
	@echo 'make check-asan   all tests under AddressSanitizer, LeakSanitizer and UBSan'
	@echo 'make check-plain  all tests without vector instructions'
	@echo 'make check-tsan   the tests of threads under ThreadSanitizer'
	@echo 'make check-fresh  make deps demo and make deps check on a bare Debian (as root; 4 minutes)'
	@echo 'make check-valgrind   the pipelines under valgrind'
	@echo 'make bench        how fast, beside the programs that are installed (tests/bench/bench)'
	@echo 'make torture      every call fails, every stage is killed, every path is another; 20 minutes'
	@echo 'make flips        small gzip streams, cut after every byte and with every bit turned'
	@echo 'make fuzz         arbitrary input, SECONDS_EACH=600 for each of HARNESSES, JOBS=2 at a time'
	@echo 'make lint         clang-format, clang-tidy, cppcheck, shellcheck, mandoc'
	@echo 'make install      into $$DESTDIR$$PREFIX (PREFIX=$(PREFIX))'
	@echo 'make clean        remove what was built'

$(BUILD)/lib/%.o: lib/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(LIBRARY): $(OBJECTS)
	rm -f $@
	$(AR) rcs $@ $(OBJECTS)

$(BUILD)/bin/jf-plot: cmd/jf-plot Makefile
	@mkdir -p $(@D)
	sed 's/@VERSION@/$(VERSION)/' cmd/jf-plot >$@
	chmod +x $@

$(BUILD)/bin/%: cmd/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(COMPILE) $(PROTECT) $(LDFLAGS) -o $@ $< $(LIBS)

$(BUILD)/bin/jobfirst-register: examples/jobfirst/generate.c examples/jobfirst/model.c $(LIBRARY)
	@mkdir -p $(@D)
	$(COMPILE) $(PROTECT) $(LDFLAGS) -o $@ $(filter %.c,$^) $(LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(COMPILE) $(PROTECT) $(LDFLAGS) -o $@ $< $(LIBS)

$(BUILD)/bench/%: tests/bench/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) -O3 -o $@ $< $$(pkg-config --cflags --libs zlib) -lm

$(SHIM): tests/fault/shim.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c17 $(WARNINGS) -O1 -g -shared -fPIC -o $@ $< -ldl

$(BUILD)/fault/%: tests/fault/%.c Makefile
	@mkdir -p $(@D) $(BUILD)/lib
	$(COMPILE) $(PROTECT) $(LDFLAGS) -o $@ $<

include tests/fuzz/rules.mk

-include $(wildcard $(BUILD)/lib/*.d)

deps:
	@sh tests/deps

demo: all $(BUILD)/bin/jobfirst-register
	@$(MAKE) --no-print-directory -C examples/jobfirst JF=$(abspath $(BUILD))/bin

nsw: all
	@$(MAKE) --no-print-directory -C examples/nsw JF=$(abspath $(BUILD))/bin

own: all
	@$(MAKE) --no-print-directory -C examples/own JF=$(abspath $(BUILD))/bin

check: all $(TESTED)
	@JF_BUILD=$(abspath $(BUILD)) sh tests/run $(TESTS)

check-asan:
	@JF_SANITIZED=1 $(MAKE) --no-print-directory check BUILD=build/asan \
	    CFLAGS='$(SANITIZE)' LDFLAGS='-fsanitize=address,undefined'

check-plain:
	@$(MAKE) --no-print-directory check BUILD=build/plain CFLAGS='-O2 -g -DSCAN_PLAIN'

check-tsan:
	@JF_SANITIZED=1 $(MAKE) --no-print-directory check BUILD=build/tsan TESTS='tests/threads.bats tests/rows.bats' \
	    CFLAGS='-O1 -g -fsanitize=thread' LDFLAGS=-fsanitize=thread

check-valgrind: all
	@JF_BUILD=$(abspath $(BUILD)) bash tests/valgrind

check-fresh:
	@sh tests/fresh

bench: all $(BUILD)/bin/jobfirst-register $(TIMING:%=$(BUILD)/bench/%)
	@JF_BUILD=$(abspath $(BUILD)) bash tests/bench/bench

torture: all $(BUILD)/bin/jobfirst-register $(SHIM)
	@JF_BUILD=$(abspath $(BUILD)) bash tests/fault/torture
	@JF_BUILD=$(abspath $(BUILD)) bash tests/fault/kills
	@JF_BUILD=$(abspath $(BUILD)) bash tests/fault/paths

flips: all $(BUILD)/fault/flips
	@JF_BUILD=$(abspath $(BUILD)) bash tests/fault/flips

lint:
	clang-format --dry-run --Werror cmd/*.c lib/*/*.[ch] tests/*/*.c tests/*.h tests/fuzz/*.h examples/*/*.c
	cppcheck --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --quiet -Ilib -DJF_VERSION='""' \
	    cmd lib tests/unit tests/bench tests/fault tests/fuzz examples
	clang-tidy --quiet --warnings-as-errors='*' cmd/*.c lib/*/*.c tests/bench/*.c tests/fuzz/*.c \
	    examples/*/*.c -- $(STANDARD)
	shellcheck -S warning $(SCRIPTS) tests/bench/*.sh tests/bench/peers/*.sh .ci/run
	shellcheck -S warning -s bash tests/*.bats tests/*.bash
	mandoc -T lint -W warning $(PAGES)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/man/man7 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 doc/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 doc/*.7 $(DESTDIR)$(PREFIX)/share/man/man7
	for program in $(FILTERS) jf-plot; do install -m 644 cmd/jf-completion.bash \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$program; done

clean:
	rm -rf build examples/*/out

.PHONY: all help deps demo nsw own check check-asan check-plain check-tsan check-fresh check-valgrind bench torture flips lint install clean
.SECONDARY: $(OBJECTS)
