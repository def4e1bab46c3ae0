# `make run` and `make test` set up what they need; the second time they find it done. `make help` lists the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
APP := .venv/bin/desktop-crm
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What Qt loads from the system, as library:package. No program of ours starts without the first row; the second
# is for a real screen and a printer.
QT := libEGL.so.1:libegl1 libGL.so.1:libgl1 libX11.so.6:libx11-6 libdbus-1.so.3:libdbus-1-3 \
      libfontconfig.so.1:libfontconfig1 libfreetype.so.6:libfreetype6 libglib-2.0.so.0:libglib2.0-0 \
      libxkbcommon.so.0:libxkbcommon0
SCREEN := libX11-xcb.so.1:libx11-xcb1 libcups.so.2:libcups2 libdrm.so.2:libdrm2 \
      libwayland-client.so.0:libwayland-client0 libwayland-cursor.so.0:libwayland-cursor0 \
      libwayland-egl.so.1:libwayland-egl1 libxcb-cursor.so.0:libxcb-cursor0 libxcb-glx.so.0:libxcb-glx0 \
      libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 \
      libxcb-randr.so.0:libxcb-randr0 libxcb-render.so.0:libxcb-render0 libxcb-render-util.so.0:libxcb-render-util0 \
      libxcb-shape.so.0:libxcb-shape0 libxcb-shm.so.0:libxcb-shm0 libxcb-sync.so.1:libxcb-sync1 \
      libxcb-util.so.1:libxcb-util1 libxcb-xfixes.so.0:libxcb-xfixes0 libxcb-xkb.so.1:libxcb-xkb1 \
      libxkbcommon-x11.so.0:libxkbcommon-x11-0
XCB := .venv/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so
CHINESE_FONT := /usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf

DISPLAYED := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname))
# A stamp names what it stands for: this folder and the lock's content. A changed lock or a moved folder sets up anew.
stamp = .venv/.$(1)-$(shell { pwd; cat $(2); } | cksum | tr ' ' -)
RUN_READY := $(call stamp,run,requirements.lock)
TEST_READY := $(call stamp,test,requirements-dev.lock)
# Runs a command quietly: its output shows only if it fails.
quietly = $(1) > .venv/setup.log 2>&1 || { cat .venv/setup.log; exit 1; }

.PHONY: help run window showcase test lint campaign bench build wheel locks translations words fonts bytecode system app tools
.DELETE_ON_ERROR:

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | sort | awk -F '\t' '{ printf "make %-13s %s\n", $$1, $$2 }'

run: $(if $(DISPLAYED),window,showcase)  ## set up and open the window; without a screen, write reports and pictures to out/

window: app
	@sample=$$($(PY) -c 'from desktop_crm import paths; print(paths.data() / "sample.crm")'); \
	if [ -e "$$sample" ]; then $(APP); else $(APP) new "$$sample" --sample && $(APP) "$$sample"; fi

showcase: app
	@echo 'There is no screen here: writing the sample business, its daily report and pictures of the tabs to out/.'
	@mkdir -p out
	@[ -e out/sample.crm ] || $(APP) new out/sample.crm --sample
	@$(APP) report out/sample.crm daily --out out/daily.pdf
	@$(APP) report out/sample.crm daily --out out/daily.xlsx
	@$(APP) pictures out/sample.crm out/pictures

# The journeys need one core of two: style and types are checked on the other, and what pytest makes of the tests' files
# is kept beside them, else each process of tests would make it for itself.
test: tools  ## every check: style, types, import rules, tests
	@export PYTHONDONTWRITEBYTECODE=; failed=0; shown=; said=$$(mktemp); \
	{ $(MAKE) --no-print-directory lint; checked=$$?; $(PY) -m pytest --collect-only > /dev/null; exit $$checked; } \
	  > $$said 2>&1 & lint=$$!; \
	if command -v xvfb-run > /dev/null && ! ldd $(XCB) | grep -q 'not found'; then \
	  echo 'The journeys in a real window, on a screen of their own:'; shown=--ignore=tests/journeys; \
	  QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1920x1080x24' $(PY) -m pytest tests/journeys || failed=1; \
	else echo 'There is no Xvfb here: the journeys run offscreen, with everything else.'; fi; \
	wait $$lint || failed=1; echo 'Style, types and import rules:'; cat $$said; rm -f $$said; \
	echo 'Everything else, offscreen:'; \
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist worksteal $$shown || failed=1; exit $$failed

lint: tools  ## style, types and import rules alone
	@failed=0; .venv/bin/python -m ruff check --quiet . || failed=1; $(PY) -m mypy || failed=1; \
	$(PY) -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())' || failed=1; exit $$failed

campaign: tools  ## the slow tests: hundreds of kills and faults
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist worksteal -m campaign

bench: tools  ## measure against the raw floors; prints the table, writes out/bench.json
	@mkdir -p out && QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks

build: tools  ## a folder that runs without Python (dist/desktop-crm), started once as a check
	@command -v objdump > /dev/null || [ "$$(uname)" != Linux ] || { echo 'Building needs: apt-get install binutils'; exit 1; }
	@echo 'Building dist/desktop-crm'; $(call quietly,$(PY) -m PyInstaller --noconfirm --clean build.spec)
	@trial=$$(mktemp -d) && trap 'rm -rf "$$trial"' EXIT && export DESKTOP_CRM_HOME="$$trial/home" QT_QPA_PLATFORM=offscreen && \
	dist/desktop-crm/desktop-crm --version && \
	dist/desktop-crm/desktop-crm new "$$trial/a.crm" --sample && \
	dist/desktop-crm/desktop-crm report "$$trial/a.crm" daily --out "$$trial/daily.pdf" && \
	dist/desktop-crm/desktop-crm report "$$trial/a.crm" daily --out "$$trial/daily.xlsx" && \
	dist/desktop-crm/desktop-crm pictures "$$trial/a.crm" "$$trial/pictures" && \
	test -s "$$trial/daily.pdf" && test -s "$$trial/daily.xlsx" && test -n "$$(ls "$$trial/pictures")" && \
	echo 'dist/desktop-crm starts, makes a business, prints its report and paints its tabs'

wheel: tools  ## a wheel with the resources inside, in dist/
	@$(call quietly,$(PY) -m pip wheel --no-index --no-deps --no-build-isolation --wheel-dir dist .)
	@ls dist/*.whl

locks:  ## lock the dependencies of pyproject.toml anew, for every platform (UPGRADE=1: their newest versions)
	@[ -x .venv/locks/bin/uv ] || { $(PYTHON) -m venv .venv/locks && .venv/locks/bin/python -m pip install --quiet uv; }
	@compile="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links $(if $(UPGRADE),--upgrade)"; \
	.venv/locks/bin/$$compile pyproject.toml -o requirements.lock && \
	.venv/locks/bin/$$compile pyproject.toml -o requirements-dev.lock --extra dev -c requirements.lock

translations: tools  ## collect the program's messages into each language's words, and compile them
	@$(PY) -m tests.languages && $(MAKE) --no-print-directory words

words: $(RUN_READY)
	@$(call quietly,$(PY) -m desktop_crm.catalogues)

fonts: $(RUN_READY)
	@$(call quietly,$(PY) -m desktop_crm.export.fontbuild)

# Python keeps what it compiled only where it may write; so a first start is as quick as a second.
bytecode: $(RUN_READY)
	@$(PY) -m compileall -q desktop_crm

app: $(RUN_READY) words fonts bytecode

tools: $(TEST_READY) app

$(RUN_READY): .venv/bin/python
	@echo 'Installing what Desktop CRM runs on'
	@$(call quietly,$(PY) -m pip install --require-hashes --only-binary :all: -r requirements.lock)
	@$(PY) -c "$$LAUNCHER"
	@rm -f .venv/.run-* && touch $@

$(TEST_READY): $(RUN_READY)
	@echo 'Installing what tests it'
	@$(call quietly,$(PY) -m pip install --require-hashes --only-binary :all: -r requirements-dev.lock)
	@rm -f .venv/.test-* && touch $@

.venv/bin/python: | system
	@$(PYTHON) -m venv --clear .venv

# Our own code is not installed but pointed to: no build step, nothing fetched, every edit counts at once.
define LAUNCHER
import pathlib, shlex, sysconfig
here = pathlib.Path.cwd()
pathlib.Path(sysconfig.get_path("purelib"), "desktop_crm.pth").write_text(f"{here}\n", encoding="utf-8")
launcher = here / ".venv/bin/desktop-crm"
python = shlex.quote(str(here / ".venv/bin/python"))
launcher.write_text(f'#!/bin/sh\nexec {python} -P -m desktop_crm "$$@"\n', encoding="utf-8")
launcher.chmod(0o755)
endef
export LAUNCHER

system:
	@[ -x $(PY) ] || { [ -n "$(PYTHON)" ] && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; } || \
	  { echo 'Desktop CRM needs Python 3.11 or newer.'; exit 1; }
	@[ "$$(uname)" = Linux ] || exit 0; \
	libraries=$$(/sbin/ldconfig -p); needed=; useful=; \
	lacks() { case "$$libraries" in *"$${1%%:*}"*) false;; esac; }; \
	for pair in $(QT) $(if $(DISPLAYED),$(SCREEN)); do ! lacks $$pair || needed="$$needed $${pair##*:}"; done; \
	for pair in $(if $(DISPLAYED),,$(SCREEN)); do ! lacks $$pair || useful="$$useful $${pair##*:}"; done; \
	[ -x $(PY) ] || $(PYTHON) -c 'import ensurepip' 2> /dev/null || needed="$$needed python3-venv"; \
	[ -e $(CHINESE_FONT) ] || useful="$$useful fonts-droid-fallback"; \
	[ -z "$(filter test,$(MAKECMDGOALS))" ] || command -v xvfb-run > /dev/null || useful="$$useful xvfb xauth"; \
	[ -n "$$needed$$useful" ] || exit 0; \
	install="apt-get install --yes --no-install-recommends$$needed$$useful"; \
	if ! command -v apt-get > /dev/null; then \
	  echo "This system lacks what Debian calls:$$needed$$useful"; \
	elif [ "$$(id -u)" = 0 ]; then \
	  echo "Adding what the system lacks:$$needed$$useful"; log=$$(mktemp); \
	  { apt-get update && DEBIAN_FRONTEND=noninteractive $$install; } > $$log 2>&1 && { rm $$log; exit 0; }; \
	  cat $$log; rm $$log; exit 1; \
	else \
	  echo 'The system lacks something. Run this line, then make again:'; echo "  sudo $$install"; \
	fi; \
	[ -z "$$needed" ]
