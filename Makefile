# The commands of the project. `make help` lists them.

GO ?= go

# Without the paths of a checkout, one checkout finds what another has built. No test reads debug
# information, and a tenth of the compiler's time goes without it.
export GOFLAGS := -trimpath -gcflags=all=-dwarf=false $(shell $(GO) env GOFLAGS)

# A test binary with the race detector sleeps for a second at its end, unless this is set.
export GORACE := atexit_sleep_ms=100

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The race detector finds nothing in one goroutine and makes a test 10 times as long. It watches the
# folders whose code or tests share memory between goroutines. OTHERS runs whole without it, and so
# do the few folders that link SQLite, which takes a minute to compile under the detector, and chaos,
# whose processes have leases to keep. The folders that take longest start first.
FIRST = ./store/storetest/ ./webui/ ./store/bunstore/ ./
PLAIN = ./internal/chaos/ ./examples/httpserver/ ./internal/bench/ ./store/sqlitestore/
SHARES = $(sort $(dir $(shell grep -rlE --include='*.go' --exclude-dir=testdata '^[[:space:]]*go [a-z]|\b(sync|atomic|errgroup)\.' .)))
RACED = $(FIRST) $(filter-out $(FIRST) $(PLAIN),$(SHARES))
TESTED = $(sort $(dir $(shell find . -name '*_test.go' -not -path '*/testdata/*')))
OTHERS = $(filter $(TESTED),$(PLAIN)) $(filter-out $(RACED) $(PLAIN),$(TESTED))

# In the folders of RACED: long tests of one goroutine, tests that start processes, and tests with a
# browser, which gives up on slow pages. `make test` runs these without the race detector and every
# other test with it: each test runs once. `make quick` leaves them out. internal/layer checks this list.
WITHOUT_RACE = \
	TestMachineInMemory TestMachineOnPostgres TestMachineOnSQLite \
	TestStaffMachine TestStaffMachineOnPostgreSQL TestStaffMachineOnSQLite TestLifeMachine \
	TestABusyOfficeStaysFair \
	TestNothingIsLostOrDoneTwiceWhateverBreaks \
	\
	TestTenTimesTheTextCostsAboutTenTimesAsMuch TestLongTicketCostsLittleMoreThanAShortOne \
	TestSearchesFindWhatTheReferenceFinds TestTheTableOfRights \
	TestATenantComesBackAsItWas TestManyLinesAreReadAsAStream \
	TestTheSuiteCatchesEachMutant TestTheSuiteCatchesEachMutantOfBlobs TestPostgresByAnotherDriver \
	TestCalendarAgreesWithAWalkMinuteByMinute TestCalendarAgreesWithAWalkOverTenMonths \
	TestHostileTextsTakeLinearTime TestHostileHTMLTakesLinearTime \
	TestHostileHTMLIsSafeOnceSanitised TestMixturesOfHostileHTMLAreSafeOnceSanitised \
	TestSameExamplesInAnyOrderGiveTheSameBytes TestConfidenceIsHowOftenItIsRight \
	TestLearnsFromLittle TestTwoHundredClassesAreToldApart TestBytesLimitTheFile \
	TestReplaceKeepsNothingLearntFromNoise \
	TestNothingHostileComesAliveOnAnyPage TestEveryLinkOfEveryPageLeadsSomewhereUnderAnyPrefix \
	TestALongTextIsKeptWholeInAnyLanguage TestProblemsAreToldInGerman \
	TestOddFormsAreAnsweredLikeAnyOther TestNoPageShowsAKeyInsteadOfItsText \
	TestFloorsReadLongHostileTextsOnce TestSecretsOfHostileTextEnd TestCleanOfHostileTextEnds \
	TestLongHostileTextsTakeNoLongTime TestAbsurdTimesDoNoHarm \
	TestReplaceDoesNotAskTheOldModelWhatItLearnt TestReplaceGoesByTimeNotByOrder \
	TestReplaceKeepsAModelThatIsAsGood TestReplaceLearnsANewCategory \
	TestReplaceRefusesGainOnOneLabelForLossOnTheOther TestReplaceTakesAModelThatKnowsMore \
	TestReplaceTakesTheFirstModelWhenItBeatsGuessing \
	TestAbstainsSoThatConfidenceHolds TestAbstainsOnTextsOfAnotherKind \
	TestConfidenceOfConfigIsTheLeastAnswered TestAnswersCategoryPriorityAndTags \
	TestAnotherSeedOrNameIsAnotherVersion TestReadModelAnswersAsTheWrittenOne \
	TestNeverProposesACategoryThatWasNotAskedFor TestProbabilitiesAreSharesOfOne \
	TestTheModelIsCurrent TestAmongManyTheBestByRareWordsAreFound \
	\
	TestAModelThatObeysTheAttackerDoesNoHarm TestTheExamplesOfBodiesAreTaken \
	TestOneTickBreachesAllThatAreDue TestDueTimesOfTheExamples TestRaisedAfterHalfTheTime \
	TestThousandForgedMailsCauseThreeAcknowledgementsWithoutTheirText \
	TestHotQueriesUseTheirIndex TestReportsUseTheirIndexes TestEveryLetterIsIndexed \
	TestTheDemosMonthIsTheSameEachTimeAndLooksLikeOne \
	TestPagesOfAMonthFitEveryWindow \
	TestAxeFindsNothing TestASearchIsCompletedByKeyboard TestEveryPageFitsAPhoneInTheDarkInGerman \
	TestAWholeDayOfTwoAgentsInTheBrowser TestTheMainStepsWork TestTheKeyboardIsEnough TestTheTitleCountsNoticesWithoutALoad \
	TestAnAdminSetsTheDeskUp TestARefreshLeavesWhatSomebodyIsDoing TestAQuestionMarkShowsTheKeys \
	TestAFailedFormComesBackToItsTicketInTheBrowser TestWhatWasDoneIsSaidOnce \
	TestAReplyIsNotLostWithTheSession TestANoteTypedForATicketThatIsResolvedMeanwhileStays \
	TestAButtonThatIsPressedTwiceInTheBrowserSendsOnce \
	TestTagsThatAreTypedWhileSomebodyElseEditsThemAreAddedToTheirs \
	TestCustomersAreHelped TestAHiddenPageWaitsUntilItIsLookedAt \
	TestADashboardDoesNotWaitForSectionsThatTakeTime \
	TestTheTextsOfDrawingsKeepTheirSizeAndLieOnNothing TestThePhonesMenuSaysWhoIsLoggedIn \
	TestAWebhookAddedInTheBrowserIsToldOfATicket TestAnAdminEditsAMailInABrowser \
	TestSimilarTicketsFollowTheirPage TestPagesTakeFewStatements \
	TestNoSecretOfACustomerReachesAnother TestRecurringAnswersAreSuggested

NAMES = ^($(subst $() ,|,$(strip $(WITHOUT_RACE))))$$
FOLDERS = $(filter $(dir $(shell grep -rlE --include='*_test.go' '^func ($(subst $() ,|,$(strip $(WITHOUT_RACE))))\b' .)),$(RACED))

# Tests on SQLite skip themselves under the race detector (dbtest.SQLite says why). Their folders have
# a pass of their own, in which those on PostgreSQL skip themselves.
SQLITE = $(filter $(dir $(shell grep -rl --include='*_test.go' --exclude-dir=testdata 'dbtest\.SQLite' .)),$(RACED))

# The compiler and the tests collect garbage less often: a tenth less time, for up to 600 MB a process.
test quick: export GOGC := 400
test quick: export GOMEMLIMIT := 2GiB

.PHONY: test
test: check ## all that CI runs: format, vet, every test, most with the race detector
	$(GO) test -vet=off -race -timeout 20m -skip '$(NAMES)' $(RACED)
	$(MAKE) -j 2 others client
	RAPID_CHECKS=10 $(GO) test -vet=off -p 3 -timeout 10m -run '$(NAMES)' $(FOLDERS)
	HELPDESK_NO_POSTGRES=1 $(GO) test -vet=off -timeout 10m -skip '$(NAMES)' $(SQLITE)
	$(MAKE) migrators

# Most of this pass waits for chaos, so that it comes first and the client is built meanwhile.
.PHONY: others
others:
	RAPID_CHECKS=10 $(GO) test -vet=off -timeout 10m $(OTHERS)

.PHONY: quick
quick: check ## while you work: vet, and the short tests on memory and SQLite without the race detector
	$(GO) test -vet=off -short -skip '$(NAMES)' ./...

.PHONY: check
check: ## format and vet, without running a test
	@unformatted="$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go'))"; \
	if [ -n "$$unformatted" ]; then echo "not formatted with gofmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...

# The modules of client and migrators have a go.work with the library, and the same versions of what
# both need: so they share the packages that the other passes have built.
.PHONY: client
client: ## generate a client from the API's document with oapi-codegen, and use it
	cd httpapi/testdata/client && $(GO) generate . && $(GO) vet ./... && $(GO) test -vet=off -count=1 .

.PHONY: migrators
migrators: ## run the migrations with golang-migrate and goose, on both databases
	cd store/bunstore/testdata/migrators && $(GO) vet ./... && $(GO) test -vet=off -count=1 .

.PHONY: soak
soak: ## random tests for longer: 10,000 tickets, 20,000 cases, 10,000 inputs a target
	HELPDESK_SOAK=1 $(GO) test -count=1 -timeout 30m -v -run 'BusyOffice' .
	HELPDESK_SOAK=1 $(GO) test -count=1 -timeout 30m -v -run 'TestSpeed' ./transfer
	HELPDESK_SOAK=1 $(GO) test -count=1 -timeout 30m -v -run 'NoSecretOfACustomer|RecurringAnswers' ./httpapi
	$(GO) test -count=1 -timeout 60m -run '^Test(Staff|Life)?Machine(InMemory)?$$' . -rapid.checks=20000
	RAPID_CHECKS=1000 $(GO) test -count=1 -timeout 60m -run '^Test((Staff)?MachineOn|SeriesCounts)' . ./report
	$(MAKE) fuzz FUZZTIME=10000x

CHAOSTIME ?= 15m

.PHONY: chaos
chaos: ## kill, stop and cut off processes and their database for CHAOSTIME (default 15m)
	HELPDESK_CHAOS=$(CHAOSTIME) $(GO) test -count=1 -timeout 2h -v -run '^Test(NothingIsLost|Failover)' ./internal/chaos

.PHONY: bench
bench: ## print a table of benchmarks, each beside plain SQL on the same rows
	$(GO) run ./internal/bench

FUZZTIME ?= 10m
FUZZPKGS ?= ./...

.PHONY: fuzz
fuzz: ## run each fuzz target of FUZZPKGS (default all) for FUZZTIME (default 10m)
	@set -e; for dir in $$($(GO) list -f '{{.Dir}}' $(FUZZPKGS)); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$(find "$$dir" -maxdepth 1 -name '*_test.go') /dev/null); do \
			echo "$$dir $$target"; $(GO) test -vet=off -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$dir"; \
		done; \
	done

.PHONY: axe
axe: ## check the accessibility of the web pages with axe-core, fetched by npm
	npm install --silent --no-save --no-package-lock --prefix .axe axe-core@4
	AXE_CORE="$(CURDIR)/.axe/node_modules/axe-core/axe.min.js" $(GO) test -count=1 -timeout 40m -v -run '^TestAxe' ./webui

DOCSHOTS = inbox-1280-light inbox-390-light ticket-1280-light ticket-390-dark dashboard-1280-light dashboard-1280-dark

.PHONY: shots
shots: ## take pictures of all web pages into .shots, and of some into docs/img
	mkdir -p .shots docs/img
	SHOTS="$(CURDIR)/.shots" $(GO) test -count=1 -run '^TestPagesOfAMonth' ./examples/httpserver
	for name in $(DOCSHOTS); do cp ".shots/$$name.png" docs/img/; done
