# jf: build, try, test, install. `make help` lists what there is.

# The first line that is not GNU make's alone; another make ends here, with this word.
.error : this Makefile is for GNU make, which systems with a make of their own call gmake
ifneq ($(filter 3.%,$(MAKE_VERSION)),)
$(error this is GNU make $(MAKE_VERSION), and jf needs 4.0 or newer; it may be there as gmake)
endif

# CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS, PREFIX and DESTDIR of the environment are kept.
VERSION    = 0.1.0
CFLAGS     ?= -O2 -g
PREFIX     ?= /usr/local
PKG_CONFIG ?= pkg-config
BUILD      = build

FILTERS = jf-draw jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-permute jf-joint jf-contrast jf-test jf-ci jf-hist
COMMANDS = $(FILTERS) jf-plot
BASE    = slice heap signals leave message suggest map completion option progress
STREAM  = scan relay text descriptor input bgzf deflate gunzip gzip formats source share output ends selection sink header table rows files lettering script gnuplot
NUMBER  = integer ratio digits decimal real period pattern moments student estimate studentised extreme hours interval mask bins bounds cluster covariance scaled products covary spectrum tails band wald value scale
TRIAL   = cell roster naming design keys groups gather sums effect distribution parts flow binned order running calendar course windows endings months states tally indicator outcome reader watch labels persons condition absence mark clusters compare people records redraw vectors permutation joint collect covariances crossed sets grid proportion family bands members lot twins shares intake lottery blocks audit language look canvas timeline caption figure heading sheet milestones series stack forest bars picture
ROOMS   = $(BASE:%=base/%) $(STREAM:%=stream/%) $(NUMBER:%=number/%) $(TRIAL:%=trial/%)
UNITS   = student real scan decimal moments period relay watch map spectrum tails lot studentised
PAGES   = doc/jf.7 $(COMMANDS:%=doc/%.1)
SCRIPTS = doc/packaging/deb doc/packaging/files examples/cluster/slurm tests/run tests/deps tests/slurm tests/bare tests/fresh tests/valgrind \
          tests/bench/bench tests/bench/scale tests/fuzz/fuzz tests/fault/torture tests/fault/kills tests/fault/ending tests/fault/paths tests/fault/flips tests/fault/random-cuts tests/simulate/effects tests/simulate/draw
TIMING  = clock digest limit reads
TESTED  = $(BUILD)/bin/jobfirst-register $(UNITS:%=$(BUILD)/unit/%) $(TIMING:%=$(BUILD)/bench/%) \
          $(SHIM) $(BUILD)/fault/flips $(BUILD)/fault/cuts $(BUILD)/simulate/trials $(FUZZERS)

REQUIRED = zlib libxxhash
# Used where it is there, and where LIBDEFLATE=no does not say otherwise.
OPTIONAL = $(call once,OPTIONAL,$(if $(filter no,$(LIBDEFLATE)),,$(shell $(PKG_CONFIG) --exists libdeflate 2>/dev/null && echo libdeflate)))
PACKAGES = $(REQUIRED) $(OPTIONAL)
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
STANDARD = -std=c17 -D_XOPEN_SOURCE=700 -D_DARWIN_C_SOURCE -D__BSD_VISIBLE=1 -DJF_VERSION='"$(VERSION)"' \
           -ffp-contract=off -pthread -Ilib
COMPILE  = $(CC) $(STANDARD) $(WARNINGS) $(HARDEN) $(OPTIONAL:libdeflate=-DJF_LIBDEFLATE) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $(BUILD)/lib/$(notdir $@).d \
           $$($(PKG_CONFIG) --cflags $(PACKAGES))
LIBS     = $(LIBRARY) $$($(PKG_CONFIG) --libs $(PACKAGES)) $(LDLIBS) -lm

# A flag, where the compiler and the linker know it.
known    = $(shell out=$$(mktemp) && echo 'int main(void) { return 0; }' | \
             $(CC) -Werror -fPIE $(1) -x c -o "$$out" - >/dev/null 2>&1 && echo '$(1)'; rm -f "$$out")
# What is asked once, when something is first built.
once     = $(eval $(1) := $(2))$($(1))

# Checked calls need an optimiser, and not those of sanitizers; the user may have set them.
PLAIN    = $(filter -fsanitize% -O0,$(CFLAGS))$(if $(filter -O%,$(CFLAGS)),,plain)$(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS))
FORTIFY  = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=
LEVEL    = $(call once,LEVEL,$(if $(call known,-O2 $(FORTIFY)3 -include stdio.h),3,2))
HARDEN   = -fstack-protector-strong -fPIE $(if $(PLAIN),,$(FORTIFY)$(LEVEL))
LINKING  = -pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed
PROTECT  = $(call once,PROTECT,$(foreach flag,$(LINKING),$(call known,$(flag))))

OBJECTS  = $(ROOMS:%=$(BUILD)/lib/%.o)
LIBRARY  = $(BUILD)/lib/libjf.a
PROGRAMS = $(COMMANDS:%=$(BUILD)/bin/%)
SHIM     = $(BUILD)/fault/shim.so
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# A line for each command, `  CC lib/base/map.o`; V=1 shows the command itself, make -s neither.
Q        = $(if $(V),,@)
SILENT   = $(findstring s,$(firstword -$(MAKEFLAGS)))
say      = $(if $(V)$(SILENT),,@echo '  $(1) $(@:$(BUILD)/%=%)')
define link
	$(call say,LD)
	@mkdir -p $(@D) $(BUILD)/lib
	$(Q)$(COMPILE) $(PROTECT) $(LDFLAGS) -o $@ $(filter %.c,$^)
endef

all: $(PROGRAMS)

help:
	@echo 'make              build the programs into $(BUILD)/bin; V=1 shows the commands'
	@echo 'make deps         install what building and testing need'
	@echo 'make deps-cluster   install Slurm, GNU parallel and snakemake, which examples/cluster is tested with'
	@echo 'make demo         the JobFirst evaluation from made data, into examples/jobfirst/out'
	@echo 'make check        all tests'
	@echo 'make check-asan   all tests under AddressSanitizer, LeakSanitizer and UBSan'
	@echo 'make check-plain  all tests without vector instructions'
	@echo 'make check-tsan   the tests of threads under ThreadSanitizer'
	@echo 'make check-fresh  make deps demo and make deps check on a bare Debian (as root; 4 minutes)'
	@echo 'make check-valgrind   the pipelines under valgrind'
	@echo 'make bench        how fast, beside the programs that are installed (tests/bench/bench)'
	@echo 'make scale        what parts cost (--part): one extract in 1 to 1,000 of them (PERSONS=700000)'
	@echo 'make torture      every call fails, every stage is killed, every path is another; 20 minutes'
	@echo 'make cuts         random tables in random parts (--part): each row once; CASES=10000'
	@echo 'make flips        small gzip streams, cut after every byte and with every bit turned'
	@echo 'make fuzz         arbitrary input, SECONDS_EACH=600 for each of HARNESSES, JOBS=2 at a time'
	@echo 'make simulate     do intervals cover, do tests keep their size: thousands of made trials; 2 minutes'
	@echo 'make lint         clang-format, clang-tidy, cppcheck, shellcheck, mandoc'
	@echo 'make html         the manual pages for a browser, in $(BUILD)/html'
	@echo 'make install      into $$DESTDIR$$PREFIX (PREFIX=$(PREFIX)); make uninstall takes it away again'
	@echo 'make static       programs that need no library, in $(BUILD)/static'
	@echo 'make deb          a Debian package of what is installed, in $(BUILD)'
	@echo 'make dist         the last commit as a tarball with its checksum, in $(BUILD)'
	@echo 'make clean        remove what was built'

# What building needs and is not here.
LACKING  = $(shell command -v $(PKG_CONFIG) >/dev/null || { echo $(PKG_CONFIG); exit 0; }; \
             for name in $(REQUIRED); do $(PKG_CONFIG) --exists $$name || echo $$name; done)
needs:
	$(if $(LACKING),$(error not here: $(LACKING); `make deps` installs what building needs))

$(BUILD)/lib/%.o: lib/%.c Makefile | needs
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

$(LIBRARY): $(OBJECTS)
	$(call say,AR)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(OBJECTS)

$(BUILD)/bin/%: cmd/%.c $(LIBRARY)
	$(link) $(LIBS)

$(BUILD)/bin/jobfirst-register: examples/jobfirst/generate.c examples/jobfirst/model.c $(LIBRARY)
	$(link) $(LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	$(link) $(LIBS)

$(BUILD)/simulate/%: tests/simulate/%.c Makefile | needs
	$(link) -lm

$(BUILD)/fault/%: tests/fault/%.c Makefile | needs
	$(link) $$($(PKG_CONFIG) --libs zlib)

$(BUILD)/bench/%: tests/bench/%.c Makefile | needs
	$(call say,LD)
	@mkdir -p $(@D)
	$(Q)$(CC) $(STANDARD) $(WARNINGS) -O3 -o $@ $< $$($(PKG_CONFIG) --cflags --libs zlib) -lm

$(SHIM): tests/fault/shim.c Makefile
	$(call say,LD)
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 $(WARNINGS) -O1 -g -shared -fPIC -o $@ $< -ldl

include tests/fuzz/rules.mk
include doc/packaging/rules.mk

-include $(wildcard $(BUILD)/lib/*.d)

deps:
	@sh tests/deps

deps-cluster:
	@sh tests/deps cluster

demo: all $(BUILD)/bin/jobfirst-register
	@$(MAKE) --no-print-directory -C examples/jobfirst JF="$(abspath $(BUILD))/bin"

nsw: all
	@$(MAKE) --no-print-directory -C examples/nsw JF="$(abspath $(BUILD))/bin"

own: all
	@$(MAKE) --no-print-directory -C examples/own JF="$(abspath $(BUILD))/bin"

check: all $(TESTED)
	@JF_BUILD="$(abspath $(BUILD))" sh tests/run $(TESTS)

check-asan:
	@JF_SANITIZED=1 $(MAKE) --no-print-directory check BUILD=build/asan \
	    CFLAGS='$(SANITIZE)' LDFLAGS='-fsanitize=address,undefined'

check-plain:
	@$(MAKE) --no-print-directory check BUILD=build/plain CFLAGS='-O2 -g -DSCAN_PLAIN'

check-tsan:
	@JF_SANITIZED=1 $(MAKE) --no-print-directory check BUILD=build/tsan TESTS='tests/threads.bats tests/rows.bats' \
	    CFLAGS='-O1 -g -fsanitize=thread' LDFLAGS=-fsanitize=thread

check-valgrind: all
	@JF_BUILD="$(abspath $(BUILD))" bash tests/valgrind

check-fresh:
	@sh tests/fresh

bench: all $(BUILD)/bin/jobfirst-register $(TIMING:%=$(BUILD)/bench/%)
	@JF_BUILD="$(abspath $(BUILD))" bash tests/bench/bench

scale: all $(BUILD)/bin/jobfirst-register $(TIMING:%=$(BUILD)/bench/%)
	@JF_BUILD="$(abspath $(BUILD))" bash tests/bench/scale

torture: all $(BUILD)/bin/jobfirst-register $(SHIM)
	@JF_BUILD="$(abspath $(BUILD))" bash tests/fault/torture
	@JF_BUILD="$(abspath $(BUILD))" bash tests/fault/kills
	@JF_BUILD="$(abspath $(BUILD))" bash tests/fault/paths

simulate: all $(BUILD)/simulate/trials
	@JF_BUILD="$(abspath $(BUILD))" bash tests/simulate/effects
	@JF_BUILD="$(abspath $(BUILD))" bash tests/simulate/draw

flips: all $(BUILD)/fault/flips
	@JF_BUILD="$(abspath $(BUILD))" bash tests/fault/flips

cuts: all $(BUILD)/fault/cuts
	@JF_BUILD="$(abspath $(BUILD))" sh tests/fault/random-cuts

lint:
	clang-format --dry-run --Werror cmd/*.c lib/*/*.[ch] tests/*/*.c tests/*.h tests/fuzz/*.h examples/*/*.c doc/packaging/*.c
	cppcheck --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --quiet -Ilib -DJF_VERSION='""' \
	    -D__SIZEOF_INT128__=16 '-DPROGRAMS=PROGRAM(jf_ci)' cmd lib doc/packaging tests/unit tests/bench tests/fault tests/fuzz examples
	clang-tidy --quiet --warnings-as-errors='*' cmd/*.c lib/*/*.c tests/bench/*.c tests/fuzz/*.c \
	    examples/*/*.c -- $(STANDARD)
	shellcheck -S warning $(SCRIPTS) tests/bench/*.sh tests/bench/peers/*.sh .ci/run
	shellcheck -S warning -s bash tests/*.bats tests/*.bash cmd/jf-completion.bash
	mandoc -T lint -W warning $(PAGES)

clean:
	rm -rf build examples/*/out

.PHONY: all help needs deps deps-cluster demo nsw own check check-asan check-plain check-tsan check-fresh check-valgrind bench scale torture flips cuts simulate lint clean
.SECONDARY: $(OBJECTS)
