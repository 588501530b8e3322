// A program that makes ngrams.gz from the language models of lingua-go. A module of its own, so
// that the library does not depend on their 120 MB.
module github.com/helpdesk-go/helpdesk/internal/language/testdata/make

go 1.26.0

require (
	github.com/pemistahl/lingua-go v1.4.0
	google.golang.org/protobuf v1.36.12
)
