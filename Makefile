# unthrottle: every target does its own set-up and says what it does. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test fuzz build release format lint bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## The whole story on a sandbox of this machine: two failing builds, the fix, the proof
	@Scripts/setup build
	@Scripts/build-quietly --product unthrottle
	@.build/debug/unthrottle demo

test: ## Build and run every test; ends with the counts
	@Scripts/setup test
	@Scripts/test

fuzz: ## Run each parser on ROUNDS mutated texts (20000) from SEED (1); failures go to Tests/FuzzCorpus
	@Scripts/setup build
	UNTHROTTLE_FUZZ_ROUNDS=$(or $(ROUNDS),20000) UNTHROTTLE_FUZZ_SEED=$(or $(SEED),1) swift test --filter BuildspecTests.FuzzTests

build: ## Build both the program and its tests, for debugging
	@Scripts/setup build
	swift build --build-tests

release: ## Build the static release binary into dist/
	@Scripts/release

format: ## Format all Swift files
	swift format --in-place --recursive Package.swift Sources Tests

lint: ## Check the format, strictly
	swift format lint --strict --recursive Package.swift Sources Tests

bench: ## Run the benchmarks of Benchmarks/, each beside a peer
	@Scripts/setup test
	@Benchmarks/run

clean: ## Remove everything that was built or fetched
	rm -rf .build .build-* .venv .cache dist
