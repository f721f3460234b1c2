# How the harnesses are built and run; the Makefile includes this. Where DRIVER is empty libFuzzer
# gives main, else replay.c does.

HARNESSES    = source_table decimal period option moments draw split hours weeks amounts mark cumsum diff permute joint contrast test ci hist plot
SECONDS_EACH = 600
JOBS         = 2

DRIVER    = replay
FUZZERS   = $(HARNESSES:%=$(BUILD)/fuzz/%)
SHARED    = $(patsubst %,$(BUILD)/fuzz/%.o,fuzz program big $(DRIVER))
WRAPPED   = malloc calloc realloc aligned_alloc free read inflateInit2_ deflateInit2_
WRAP      = $(WRAPPED:%=-Xlinker --wrap=%)

fuzz:
	@$(MAKE) --no-print-directory fuzzers BUILD=build/fuzz CC=clang DRIVER= \
	    CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link' LDFLAGS='-fsanitize=address,undefined,fuzzer'
	@JF_BUILD="$(abspath build/fuzz)" HARNESSES='$(HARNESSES)' SECONDS_EACH=$(SECONDS_EACH) \
	    JOBS=$(JOBS) bash tests/fuzz/fuzz

fuzzers: $(FUZZERS)

$(BUILD)/fuzz/%.o: tests/fuzz/%.c Makefile tests/fuzz/rules.mk | needs
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MF $@.d -c -o $@ $<

$(FUZZERS): $(BUILD)/fuzz/%: $(BUILD)/fuzz/%.o $(SHARED) $(LIBRARY)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) -pthread $(PROTECT) $(LDFLAGS) -o $@ $(filter %.o,$^) $(WRAP) $(LIBS)

-include $(wildcard $(BUILD)/fuzz/*.d)
.SECONDARY: $(FUZZERS:%=%.o) $(SHARED)
.PHONY: fuzz fuzzers
