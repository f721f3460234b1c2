# jf: build, test, install. `make help` lists the targets.

VERSION = 0.1.0
CC      = cc
PREFIX  = /usr/local
BUILD   = build

PACKAGES = zlib libxxhash
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
CFLAGS   = -O2 -g
STANDARD = -std=c17 -D_XOPEN_SOURCE=700 -ffp-contract=off -DJF_VERSION='"$(VERSION)"' -Ilib

FILTERS = jf-split jf-hours jf-cumsum jf-diff jf-ci jf-hist
ROOMS   = slice message heap suggest option map source sink table fan roster \
          integer ratio decimal real period moments student estimate \
          degree tally interval mask cell wide arms groups

PROGRAMS = $(FILTERS:%=$(BUILD)/bin/%)
OBJECTS  = $(ROOMS:%=$(BUILD)/lib/%.o)
LIBRARY  = $(BUILD)/lib/libjf.a

all: $(PROGRAMS)

$(BUILD)/lib/%.o: lib/%.c $(wildcard lib/*.h) Makefile
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) $$(pkg-config --cflags $(PACKAGES)) -c -o $@ $<

$(LIBRARY): $(OBJECTS)
	rm -f $@
	$(AR) rcs $@ $(OBJECTS)

$(BUILD)/bin/jf-%: cmd/jf-%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $$(pkg-config --libs $(PACKAGES)) -lm
