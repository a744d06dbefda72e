import Core
import Testing

@testable import Buildspec

@Suite("What a build pulls by way of make")
struct MakeTests {
    /// A Makefile that `make test` reads, with what it pulls.
    struct Case: CustomTestStringConvertible {
        let name: String
        let makefile: String
        var command = "make test"
        var files: [String: String] = [:]
        var head = ""
        let pulls: [String]
        var testDescription: String { name }
    }

    private static let compose = ["docker-compose.yml": "services: {a: {image: 'a:1'}, b: {image: 'b:$V'}}"]

    static let textCases = [
        Case(
            name: "a value that starts with an assignment",
            makefile: "DC = ENV=${ENV} docker-compose -f docker-compose.yml\ntest:\n\t$(DC) up -d\n",
            files: ["docker-compose.yml": "services: {a: {image: 'a:1'}}"], pulls: ["a:1 certain"]),
        Case(
            name: "a value of several words, with what a shell prints in it",
            makefile: "R := docker run --rm -v $(shell pwd):/app golang:1.21\ntest:\n\t$(R) go vet\n",
            pulls: ["golang:1.21 certain"]),
        Case(
            name: "what a shell prints stays the shell's",
            makefile: "R := docker run --rm -u $(shell id -u) golang:$(shell cat v)\ntest:\n\t$(R) go vet\n",
            pulls: ["golang:$(...) likely"]),
        Case(
            name: "options", makefile: "OPTS = --rm -v $(shell pwd):/src\ntest:\n\tdocker run $(OPTS) node:20\n",
            pulls: ["node:20 certain"]),
        Case(
            name: "quotes are the shell's", makefile: "R = docker run -e \"A=b c\" node:20\ntest:\n\t$(R) x\n",
            pulls: ["node:20 certain"]),
        Case(
            name: "what is added stands behind a blank",
            makefile:
                "ARGS = --build-arg V=20\nARGS += --target a\nS := x\nS += y # no more\ntest:\n\tdocker build $(ARGS) .\n\tdocker pull $(word 2,$(S))\n",
            files: ["Dockerfile": "ARG V\nFROM node:$V AS a\nFROM b:1"],
            pulls: ["node:20 certain", "y certain"]),
        Case(
            name: "make's own marks may come from a variable",
            makefile:
                "IMG = node:20\nR := @docker run --rm --env-file <(env | grep ^ENV) -v `pwd`:/data $(IMG)\nQ = -+\ntest:\n\t$(R)\n\t$(Q) @docker pull b:1\n\t$(V)docker pull c:1\n\t$(SUDO) docker pull d:1\n",
            pulls: ["node:20 certain", "b:1 certain", "c:1 certain", "d:1 certain"]),
        Case(
            name: "operators of the shell in a value",
            makefile:
                "R = cd sub && docker build .\nB = docker pull a:1 && docker pull b:1\ntest:\n\t$(R)\n\t$(B) > log\n",
            files: ["sub/Dockerfile": "FROM c:1"], pulls: ["c:1 certain", "a:1 certain", "b:1 certain"]),
        Case(
            name: "a recursive value is read where it is used, a simple one where it is set",
            makefile:
                "IMG = $(REG)/node\nNOW := $(REG)x\nREG = docker.io/library\ntest:\n\tdocker pull $(IMG):1\n\tdocker pull $(NOW)\n\tdocker pull $($(WHICH))\nWHICH = TWO\nTWO = two:2\n",
            pulls: ["docker.io/library/node:1 certain", "${REG}x unknown", "two:2 certain"]),
        Case(
            name: "the folder in which make runs",
            makefile:
                "HERE := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))\ntest:\n\tdocker build $(CURDIR)/sub\n\tcd sub && docker build $(HERE)/sub\n\tcd x && docker build $(PWD)/other\n",
            files: ["sub/Dockerfile": "FROM a:1", "other/Dockerfile": "FROM b:1"],
            pulls: ["a:1 certain", "a:1 certain", "b:1 certain"]),
        Case(
            name: "the same of another folder", makefile: "test:\n\t$(MAKE) -C app\n",
            files: [
                "app/Makefile": "all:\n\tdocker build $(CURDIR)/sub\n\tdocker build $(shell pwd)/../other\n",
                "app/sub/Dockerfile": "FROM a:1", "other/Dockerfile": "FROM b:1",
            ], pulls: ["a:1 certain", "b:1 certain"]),
        Case(
            name: "a variable changes its words; names of one letter need no brackets",
            makefile:
                "L = a b\nI = x:1\ntest: $(L:%=t-%) $(L:=.z)\n\tdocker pull $I\n\techo $$I\n%.z:\n\tdocker pull $(basename $@):z\nt-%:\n\tdocker pull $*:$(@F)\n",
            pulls: ["a:t-a certain", "b:t-b certain", "a:z certain", "b:z certain", "x:1 certain"]),
        Case(
            name: "targets and what they need",
            makefile:
                "NEEDS = one two\nT = test\n$(T): $(NEEDS) $(NOTHING)\n\tdocker pull c:1\none two: %: %.x\n\tdocker pull $*:1\n%.x: ;docker pull $*:x\n",
            pulls: ["one:x certain", "one:1 certain", "two:x certain", "two:1 certain", "c:1 certain"]),
        Case(
            name: "a target's own variables reach what it needs",
            makefile:
                "V = 1\ntest: V = 2\ntest: up\n\tdocker pull a:$(V)\nup:\n\tdocker pull b:$(V)\nother:\n\tdocker pull c:$(V)\n",
            command: "make test other", pulls: ["b:2 certain", "a:2 certain", "c:1 certain"]),
        Case(
            name: "a later recipe takes an earlier one's place",
            makefile:
                "test:\n\tdocker pull a:1\ntest:\n\tdocker pull b:1\nx::\n\tdocker pull c:1\nx::\n\tdocker pull d:1\n",
            command: "make test x", pulls: ["b:1 certain", "c:1 certain", "d:1 certain"]),
        Case(
            name: "one shell for all lines",
            makefile: ".ONESHELL:\ntest:\n\t@cd sub\n\t@docker build .\n", files: ["sub/Dockerfile": "FROM a:1"],
            pulls: ["a:1 certain"]),
        Case(
            name: "another mark before recipes",
            makefile: ".RECIPEPREFIX = >\ntest:\n>docker pull a:1\n", pulls: ["a:1 certain"]),
    ]

    /// Apart from the others, since what comes of its like takes a parser long.
    static let endlessCases = [
        Case(
            name: "what doubles itself, or is itself, ends",
            makefile:
                "A = $(B)$(B)\nB = $(A)x\n" + (1...30).map { "V\($0) = $(V\($0 - 1))$(V\($0 - 1))\n" }.joined()
                + "V0 = docker\nS := s\n" + String(repeating: "S := $(S)$(S)\n", count: 40)
                + "f = $(call f,$(1)$(1))\ntest:\n\t$(A)\n\t$(V30)\n\t$(call f,docker)\n\tdocker pull a:1\n",
            pulls: ["? unknown", "? unknown", "? unknown", "a:1 certain"])
    ]

    static let sureCases = [
        Case(
            name: "a program that a shell looks up",
            makefile:
                "DOCKER := $(shell which docker)\nCOMPOSE = $(shell command -v docker-compose 2>/dev/null)\ntest:\n\t$(DOCKER) pull redis:7\n\tsudo $(DOCKER) pull b:1\n\t$(COMPOSE) up a\n",
            files: compose, pulls: ["redis:7 likely", "b:1 likely", "a:1 likely"]),
        Case(
            name: "the same in a shell", makefile: "",
            command:
                "DOCKER=$(which docker)\n$DOCKER pull redis:7\n$(command -v docker) pull b:1\n$(type -p x) pull c:1",
            pulls: ["redis:7 likely", "b:1 likely"]),
        Case(
            name: "the Makefile wins over the environment, a default does not",
            makefile:
                "A = make\nB ?= make\nC ?= make\nD ?= run\ntest:\n\tdocker pull a:$(A)\n\tdocker pull b:$(B)\n\tdocker pull c:$(C)\n\tdocker pull d:$(E)\n\tdocker $(D) e:1\n",
            head: "env: {variables: {A: env, B: env, E: env}}\n",
            pulls: ["a:make certain", "b:env likely", "c:make likely", "d:env likely", "e:1 likely"]),
        Case(
            name: "-e lets the environment win", makefile: "A = make\nB = make\ntest:\n\tdocker pull a:$(A)$(B)\n",
            command: "make -e test", head: "env: {variables: {A: env}}\n", pulls: ["a:envmake likely"]),
        Case(
            name: "the command wins over all but override, for another make too",
            makefile:
                "A = 1\nB ?= 1\noverride C = 1\ntest:\n\tdocker pull a:$(A)$(B)$(C)\n\t$(MAKE) -C sub\n",
            command: "make test A=2 B=2 C=2 IMG='x:1 y:1'",
            files: [
                "sub/Makefile": "A = 3\nall:\n\tdocker pull sub:$(A)\n\tfor i in $(IMG); do docker pull $$i; done\n"
            ],
            pulls: ["a:221 certain", "sub:2 certain", "x:1 certain", "y:1 certain"]),
        Case(
            name: "a default of several words, and one that only names what is built",
            makefile:
                "R ?= docker run --rm node:20\nO ?= --rm -t\nN ?= app\ntest:\n\t$(R) x\n\tdocker build -t $(N) .\n\tdocker run $(O) c:1\n\tdocker run $(N)\n",
            files: ["Dockerfile": "FROM a:1"], pulls: ["node:20 likely", "a:1 certain", "c:1 certain"]),
        Case(
            name: "compose sees what is exported, and what the environment held",
            makefile: "export V := 2\ntest:\n\tdocker-compose up b\n", files: compose, pulls: ["b:2 certain"]),
        Case(
            name: "compose does not see the rest",
            makefile: "V := 2\nW = 3\nunexport W\ntest:\n\tdocker-compose up b\n",
            files: compose, pulls: ["b:$V likely"]),
        Case(
            name: "export of all, and of a variable of the command",
            makefile: "V ?= 2\nexport\ntest:\n\tdocker-compose up b\n",
            command: "make test\nmake test V=3", files: compose, pulls: ["b:2 likely", "b:3 certain"]),
        Case(
            name: "a login counts, whatever holds the program",
            makefile: "DOCKER ?= docker\ntest:\n\t$(DOCKER) login -u x -p y\n\t$(DOCKER) pull a:1\n",
            pulls: ["a:1 likely +"]),
    ]

    static let branchCases = [
        Case(
            name: "a branch of a recipe is likely at most",
            makefile:
                "test:\n\tdocker pull a:1\nifeq ($(CI),true)\n\tdocker pull b:1\nelse\n\tdocker pull c:1\nendif\n\tdocker pull d:1\n",
            pulls: ["a:1 certain", "b:1 likely", "c:1 likely", "d:1 certain"]),
        Case(
            name: "a variable that branches set has the value where nothing else is known",
            makefile:
                "A = a:1\nifdef ARM\nA = a:arm\nB = b:arm\nelse ifeq \"$(X)\" \"y\"\nB = b:y\nelse\nB = b:1\nendif\nifndef C\nC = c:1\nendif\ntest:\n\tdocker pull $(A)\n\tdocker pull $(B)\n\tdocker pull $(C)\n",
            pulls: ["a:1 certain", "b:1 likely", "c:1 likely"]),
        Case(
            name: "a branch that is surely not taken",
            makefile:
                "V = 2\nifeq ($(V),1)\nI = a:1\ntest:\n\tdocker pull x:1\nelse\nI = a:2\nendif\ntest: up\n\tdocker pull $(I)\nifneq (,$(V))\nup: deep\nendif\ndeep:\n\tdocker pull c:1\n",
            pulls: ["c:1 likely", "a:2 likely"]),
        Case(
            name: "a goal that the Makefile names",
            makefile: "first:\n\tdocker pull a:1\n.DEFAULT_GOAL := second\nsecond:\n\tdocker pull b:1\n",
            command: "make",
            pulls: ["b:1 certain"]),
        Case(
            name: "files that cannot be listed",
            makefile: "include mk/*.mk\n-include none.mk\ntest: up Makefile\n\tdocker pull a:1\n",
            command: "make test\nmake other", pulls: ["? unknown", "a:1 certain", "? unknown"]),
        Case(
            name: "the same by a function, without any target", makefile: "include $(wildcard mk/*.mk)\n",
            command: "make",
            pulls: ["? unknown"]),
        Case(
            name: "targets whose names cannot be told, where such a one may use docker",
            makefile:
                "I := $(shell ./list.sh a:b)\nall: $(I:%=x-%)\nsame: $(addprefix x-,$(I))\nx-%:\n\tdocker build $*\n",
            command: "make all\nmake same", pulls: ["? unknown", "? unknown"]),
        Case(
            name: "targets whose names cannot be told, where none does",
            makefile: "S = $(shell find . -name '*.c')\nall: $(S:.c=.o)\n\tcc $^\ntest: all\n\tdocker pull a:1\n",
            command: "make test", pulls: ["a:1 certain"]),
        Case(
            name: "a file that may be missing hides no target",
            makefile: "-include none.mk\ntest: up\n\tdocker pull a:1\n",
            pulls: ["a:1 certain"]),
        Case(
            name: "a file by the folder's name, and one that a condition looks for",
            makefile: "include $(CURDIR)/a.mk\nifneq (,$(wildcard .env))\ninclude .env\nexport\nendif\ntest: up\n",
            files: ["a.mk": "up:\n\tdocker pull a:1\n\tdocker-compose up b\n", ".env": "V=3\n"].merging(compose) { $1 },
            pulls: ["a:1 certain", "b:3 likely"]),
    ]

    static let functionCases = [
        Case(
            name: "call", makefile: "f = docker run $(1) node:20\ntest:\n\t$(call f,--rm -t,b)\n",
            pulls: ["node:20 certain"]
        ),
        Case(
            name: "a definition of several lines",
            makefile: "define f\n@docker pull $(1)\n-docker pull $(2):$(or $(V),1)\nendef\ntest:\n\t$(call f,a:1,b)\n",
            pulls: ["a:1 certain", "b:1 likely"]),
        Case(
            name: "foreach, with a list that is known and one that is not",
            makefile:
                "L := a b\ntest:\n\t$(foreach i,$(L),docker pull $(i):1;)\n\t$(foreach i,$(M),docker pull $(i);)\n",
            pulls: ["a:1 certain", "b:1 certain", "${i} unknown"]),
        Case(
            name: "functions of texts",
            makefile:
                "L := b a c\ntest:\n\tdocker pull $(firstword $(sort $(L))):$(subst x,1,x)\n\tdocker pull $(patsubst %,r/%,$(filter-out a b,$(L)))\n\tdocker pull $(addsuffix :$(words $(L)),n)\n",
            pulls: ["a:1 certain", "r/c certain", "n:3 certain"]),
        Case(
            name: "if, and the branch that it does not take",
            makefile:
                "A = y\ntest:\n\t$(if $(A),docker pull a:1,docker pull b:1)\n\t$(if $(X),docker pull c:1,docker pull d:1)\n\t$(if $(Y),docker pull e:1)\n",
            pulls: ["a:1 certain", "d:1 likely", "? unknown"]),
        Case(
            name: "rules that a function makes",
            makefile:
                "define rule\nup-$(1):\n\tdocker pull $(1):$$(V)\nendef\nV = 1\n$(foreach n,a b,$(eval $(call rule,$(n))))\ntest: up-a up-b\n",
            pulls: ["a:1 certain", "b:1 certain"]),
        Case(
            name: "a function that may hide a command",
            makefile:
                "test:\n\t$(call unknown,docker-up)\n\t$(guile (docker-run))\n\techo $(subst /,-,$(BRANCH))\n\t$(subst /,-,$(BRANCH)) up\n",
            pulls: ["? unknown", "? unknown", "? unknown"]),
    ]

    /// Apart from the others, since each makes much work.
    static let boundCases = [
        Case(
            name: "functions in functions",
            makefile:
                "test:\n\t\(times("$(or ", 30))x\(times(")", 30))\n\t\(loops)x\(times("))", 9))\n\tdocker pull a:1\n",
            pulls: ["? unknown", "a:1 certain"]),
        Case(
            name: "words by patterns",
            makefile:
                "W := \(words("w", 10_000))\nP := \(words("p%", 250))\nQ := \(words("q", 4000))\ntest:\n\t$(foreach a,$(W),$(if $(filter $(P),$(Q)),))\n\tdocker pull a:1\n",
            pulls: ["? unknown", "a:1 certain"]),
        Case(
            name: "lines by targets", makefile: "\(words("t", 9000)):\n\tdocker pull $@\n\(times("\t@echo\n", 9000))",
            command: "make t1", pulls: ["t1 certain", "? unknown"]),
        Case(
            name: "needs by targets", makefile: "\(words("t", 9000)): \(words("n", 9000))\n\tdocker pull a:1\n",
            command: "make t1", pulls: ["a:1 certain", "? unknown"]),
        Case(
            name: "an environment for each target",
            makefile:
                "export\n\(lines(2000) { "V\($0) = \($0)" })test: \(words("t", 2000))\nt%:\n\t@docker pull a:$$V7\n",
            pulls: ["a:7 certain"]),
        Case(
            name: "make again and again", makefile: "\(times("# one\n", 3000))all:\n\tdocker pull a:1\n",
            command: "for i in {1..49}; do for j in {1..49}; do make; done; done",
            pulls: ["a:1 certain", "? unknown"]),
        Case(
            name: "texts of functions",
            makefile:
                "define T\nt-$(1):\n\tdocker pull a:$(1)\nendef\n\(lines(300) { "$(eval $(call T,i\($0)))" })all: t-i250\n",
            command: "make all", pulls: ["a:i250 certain"]),
        Case(
            name: "files in files", makefile: "include Makefile\ntest:\n\tdocker pull a:1\n",
            pulls: ["a:1 certain", "? unknown"]),
        Case(
            name: "needs of needs", makefile: "\(lines(500) { "t\($0): t\($0 + 1)" })t501:\n\tdocker pull a:1\n",
            command: "make t1", pulls: ["? unknown"]),
        Case(
            name: "a value that grows too long",
            makefile: "R = docker pull\n\(times("R += \(times("x", 999))\n", 70))test:\n\t$(R)\n",
            pulls: ["? unknown"]),
        Case(
            name: "conditionals in conditionals",
            makefile:
                "\(times("ifndef N\n", 65))\(times("endif\n", 64))test:\n\tdocker pull a:1\nendif\n\tdocker pull b:1\n",
            pulls: ["a:1 likely", "b:1 certain"]),
    ]

    private static let loops = "abcdefghi".map { "$(strip $(foreach \($0),1 2 3 4 5 6 7 8 9 10," }.joined()

    private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (1...count).map { line($0) + "\n" }.joined()
    }

    private static func words(_ word: String, _ count: Int) -> String {
        (1...count).map { "\(word)\($0)" }.joined(separator: " ")
    }

    static let quoteCases = [
        Case(
            name: "a value between single quotes is no variable",
            makefile: "IMG ?= node:18\ntest:\n\tX='$(IMG)'; docker pull $$X\n\tX=\"$(IMG)\"; docker pull $$X\n",
            pulls: ["node:18 likely", "node:18 likely"]),
        Case(
            name: "nor in a text that the shell takes as it is",
            makefile: ".ONESHELL:\nI ?= a:1\ntest:\n\tbash <<'EOF'\n\tdocker pull $(I)\n\tEOF\n", pulls: ["a:1 likely"]),
        Case(
            name: "the shell does a default's quotes and words",
            makefile: "I ?= a\ntest:\n\tdocker run '$(I)':1 $(I)\n",
            pulls: ["a:1 likely"]),
    ]

    /// Commands in which a shell variable would be shown, since nobody puts its value in.
    @Test(
        "the variables that stand for values are never shown",
        arguments: [
            "./x-$(X).sh", "sudo -E bash $(X)/x", "if a; then timeout 5 ./x-$(X).sh; fi", "sh -c 'docker pull $(X)'",
            "docker pull $${B%$(X)}", "X='$(X)'; docker pull $$X$$Y", "./docker-$(X).sh", "python -u $(X).py", "$(X)",
            "cat <<'E' > Dockerfile; docker build .", ". ./$(X)/docker", "make -f $(X) docker-$(X)", "make docker-$(X)",
        ])
    func names(_ command: String) throws {
        for value in ["node:18", "Foo-1", "a/B.x"] {
            let files = ["Makefile": "X ?= \(value)\ntest:\n\t\(command)\n"]
            for pull in try PullSurveyTests.survey("make test", files).pulls {
                #expect(!"\(pull)".contains("__make"))
            }
        }
    }

    static let ruleCases = [
        Case(
            name: "only an override changes an override",
            makefile:
                "ifdef NO\noverride I = x:1\nendif\nI = x:2\noverride I = node:18\nI = b:1\nI += b:2\ntest:\n\tdocker pull $(I)\noverride X = c:1\nexport X\nexport Y = d:1\ntest: up\nup:\n\tdocker pull $$X\n\tdocker pull $$Y\n",
            command: "make test X=redis:1 Y=redis:2",
            pulls: ["c:1 certain", "redis:2 certain", "node:18 certain"]),
        Case(
            name: "a target's own variable hides an override",
            makefile: "override I = a:1\ntest: I = b:1\ntest: up\n\tdocker pull $(I)\nup: ; docker pull x:1\n",
            pulls: ["x:1 certain", "b:1 certain"]),
        Case(
            name: "no pattern makes what is no file",
            makefile: ".PHONY: test-a\ntest: test-a test-b\ntest-%:\n\tdocker pull $*:1\n", pulls: ["b:1 certain"]),
        Case(
            name: "the pattern that fits best",
            makefile:
                "%:\n\tdocker pull a:1\nt%:\n\tdocker pull b:1\ntes%:\n\tdocker pull c:1\nte%:\n\tdocker pull d:1\n",
            pulls: ["c:1 certain"]),
        Case(
            name: "a target that exports all",
            makefile: ".EXPORT_ALL_VARIABLES:\nV = 2\ntest:\n\tdocker-compose up b\n", files: compose,
            pulls: ["b:2 certain"]),
        Case(
            name: "a backslash that another one quotes, and an operator of three colons",
            makefile: "A = x\\\\\nI = a:1\ndefine J :::=\n$(I)\nendef\nI = a:2\ntest:\n\tdocker pull $(J)\n",
            pulls: ["a:1 certain"]),
        Case(
            name: "what make runs while it reads",
            makefile:
                "X := $(shell docker pull a:1)\nY != docker pull b:1\nZ = $(shell docker pull c:1)\nifdef CI\nV := $(shell docker pull d:1)\nendif\nifeq ($(shell docker pull e:1),)\nendif\ntest:\n\techo $(X) $(Y)\n",
            pulls: ["a:1 certain", "b:1 certain", "d:1 likely", "e:1 certain"]),
        Case(
            name: "a choice is made once, and what it does not choose leaves nothing",
            makefile:
                "A = 1\n$(if $(A),,$(eval test: b))\n$(or $(eval test: a),)\na:\n\tdocker pull a:1\nb:\n\tdocker pull b:1\ntest:\n\tdocker pull $(or $(I),c:1)\n",
            pulls: ["a:1 certain", "c:1 likely"]),
    ]

    @Test(
        "its variables are put in before the shell reads a line",
        arguments: textCases + endlessCases + sureCases + branchCases + functionCases + boundCases + quoteCases
            + ruleCases)
    func pulls(_ sample: Case) throws {
        let files = sample.files.merging(["Makefile": sample.makefile]) { $1 }
        let survey = try PullSurveyTests.survey(sample.command, files, head: sample.head)
        let words = PullSurveyTests.words(survey).map { String($0.drop { $0 != " " }.dropFirst()) }
        #expect(words == sample.pulls)
    }
}
