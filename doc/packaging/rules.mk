# How jf comes to other machines: installed, as a Debian package, as static programs, as a tarball, as pages
# for a browser. The Makefile includes this.

REGISTER = $(BUILD)/bin/jobfirst-register
RELEASE  = jf-$(VERSION)
PLACE    = sh doc/packaging/files
PLACED   = $(BUILD) "$(DESTDIR)" "$(PREFIX)" $(notdir $(PROGRAMS))
STATIC   = $(COMMANDS:%=$(BUILD)/static/objects/%.o)

install: all $(REGISTER)
	$(Q)$(PLACE) install $(PLACED)

uninstall:
	$(Q)$(PLACE) uninstall $(PLACED)

# Links between these pages lead to files, those to other pages to the Debian project's: mandoc looks where it is.
html:
	@rm -rf $(BUILD)/html && mkdir -p $(BUILD)/html
	@to="$(abspath $(BUILD))/html" && cd doc && for page in $(notdir $(PAGES)); do \
	    mandoc -T html -O 'man=%N.%S.html;https://manpages.debian.org/%N.%S' $$page >"$$to/$$page.html" || exit; done
	@echo '$(BUILD)/html/jf.7.html'

# One program with a link for each name; see static.c.
$(BUILD)/static/objects/%.o: cmd/%.c Makefile doc/packaging/rules.mk | needs
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MF $@.d -Wno-missing-prototypes -Dmain=main_$(subst -,_,$*) -c -o $@ $<

$(BUILD)/static/jf: doc/packaging/static.c $(STATIC) $(LIBRARY)
	$(call say,LD)
	$(Q)$(COMPILE) -MF $(BUILD)/static/objects/static.d -DPROGRAMS='$(foreach name,$(subst -,_,$(COMMANDS)),PROGRAM($(name)))' -static -s $(LDFLAGS) \
	    -o $@ $< $(STATIC) $(LIBRARY) $$($(PKG_CONFIG) --static --libs $(PACKAGES)) $(LDLIBS) -lm

static: $(BUILD)/static/jf
	@rm -rf $(BUILD)/$(RELEASE)-static && mkdir $(BUILD)/$(RELEASE)-static
	@cp $< LICENSE $(BUILD)/$(RELEASE)-static
	@cd $(BUILD)/$(RELEASE)-static && for name in $(COMMANDS); do ln -s jf $$name; done
	@du -sh $(BUILD)/$(RELEASE)-static

-include $(wildcard $(BUILD)/static/objects/*.d)

deb: all $(REGISTER)
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory install DESTDIR=$(BUILD)/deb/root PREFIX=/usr ZSHDIR=share/zsh/vendor-completions
	@sh doc/packaging/deb $(BUILD) $(VERSION)

# git's own tar has the commit's time, no owner, and modes as they are told: whoever makes it, and where and when,
# it is the same bytes.
dist:
	@git diff --quiet HEAD || echo 'dist: what is not committed is not in it'
	@mkdir -p $(BUILD)
	@git -c tar.umask=0022 -c core.autocrlf=false archive --format=tar --prefix=$(RELEASE)/ \
	    -o $(BUILD)/$(RELEASE).tar HEAD
	@gzip -9nf $(BUILD)/$(RELEASE).tar
	@cd $(BUILD) && { sha256sum $(RELEASE).tar.gz 2>/dev/null || shasum -a 256 $(RELEASE).tar.gz; } >$(RELEASE).tar.gz.sha256
	@cat $(BUILD)/$(RELEASE).tar.gz.sha256

.PHONY: install uninstall html static deb dist
